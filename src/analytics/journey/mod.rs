//! The journey from data: what happened at each touchpoint, where in life with the shop everybody is, and who went on.
//!
//! Nothing here says that a touchpoint caused what followed it; experiments do, whose lift stands beside it.

pub mod by_day;
mod content;
pub mod evidence;
mod fill;
mod follow;
mod funnel;
mod ground;
mod kinds;
mod lives;
mod measures;
mod omnichannel;
pub mod said;
pub mod steps;
#[cfg(test)]
mod tests;
mod trail;

pub use content::{ContentRow, content};
pub use evidence::{
    Conversion, Evidence, Fact, Followed, Journey, Lift, Line, Piece, Quantity, StageFigure, State, Trend, Volume,
};
pub use fill::journey;
pub use follow::visits_that_sold;
pub use funnel::{Ask, funnel};
pub use ground::{Question, before};
pub use lives::{ABSENT, lives, stages};
pub use measures::MEASURES;
pub use omnichannel::{ChannelRow, OmnichannelTable, Told, omnichannel};
pub use steps::{By, Funnel, Group, LIVES, Life, Lives, STEPS, Step, Taken};
pub use trail::{Shop, Trail};
