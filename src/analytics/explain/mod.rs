//! Why revenue moved between two periods ([`explain()`]), and why a platform tells another figure ([`difference()`]).
//!
//! A change is taken apart by what revenue is a product of: customers × orders per customer × order value. What a factor
//! adds depends on the order in which factors are replaced; its part here is the mean over all orders (the Shapley value,
//! Shorrocks 2013), which leaves no rest, treats all factors alike and turns its sign when periods are swapped. The
//! logarithmic mean (LMDI) is the other rule that does so; it has no answer where a figure turns negative or zero.
//! Parts are minor units rounded by the largest remainder, so that they add up to the cent.

mod change;
mod difference;
mod dimension;
mod factors;
mod groups;
mod platform;
mod presets;
mod rows;
pub mod said;
mod shapley;
mod tally;
#[cfg(test)]
mod tests;

pub use change::{Change, Note, Settings, explain};
pub use difference::{Asked, Difference, Left, Step, Theirs, What, difference};
pub use dimension::Dimension;
pub use factors::{Factor, Part};
pub use groups::Naming;
pub use platform::Platform;
pub use presets::{Preset, last_month};
pub use rows::Row;
pub use tally::Sums;
