//! Typed numbers and dates, as every part of the program reads them.

pub use crate::model::typed::*;
