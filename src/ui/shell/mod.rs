//! The window around the page: top bar, navigation, time rail.

pub mod banner;
pub mod nav;
pub mod rail;
pub mod top_bar;
