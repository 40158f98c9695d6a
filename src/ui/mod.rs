//! The window. The only module that knows egui.

pub mod theme;
pub mod widgets;
