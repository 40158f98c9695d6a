//! The strategy framework's form: what data say of its fields.

mod fills;
mod inventory;

pub(super) use fills::Kept;
pub use inventory::{Inventory, Kind, Source};
