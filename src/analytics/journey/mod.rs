//! The journey from data: what happened at each touchpoint, where in life with the shop everybody is, and who went on.
//!
//! Nothing here says that a touchpoint caused what followed it; experiments do, whose lift stands beside it.

pub mod evidence;
pub mod steps;

pub use evidence::{
    Conversion, Evidence, Fact, Followed, Journey, Lift, Line, Piece, Quantity, StageFigure, State, Trend, Volume,
};
pub use steps::{By, Funnel, Group, LIVES, Life, Lives, STEPS, Step, Taken};
