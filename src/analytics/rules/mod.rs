//! Rules over the dataset: who belongs to a segment, and how many that are while the rule is being written.
//!
//! A [`Sieve`] is made for one day. It keeps what conditions measured, so that another threshold costs one comparison
//! a customer, and the sets of a rule are joined 64 customers at a time.

pub mod bits;
mod book;
mod customers;
mod figures;
mod lines;
mod measure;
mod narrow;
mod overlap;
mod picked;
mod sieve;
pub mod sql;
mod suggest;
mod values;

pub use bits::{Bits, Truth};
pub use book::{in_shop_currency, is_unrated};
pub use figures::{FIGURE_FIELDS, FigureOf, Figures};
pub use lines::Lines;
pub use overlap::{Intersection, MOST, overlap};
pub use picked::Picked;
pub use sieve::{Count, Members, Shop, Sieve};
pub use suggest::{Suggestion, suggestions};
