//! The look: tokens, fonts, icons, and their application to egui. The only folder that may hold a colour.

mod blindness;
mod checks;
mod fonts;
pub mod icons;
pub mod style;
mod tokens;

use egui::{Context, Ui};

pub use icons::Icon;
pub use tokens::{Semantic, THEMES, Theme, Tone, Type, UNTINTED, chosen, corner};

/// Installs fonts and both themes.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    style::install(ctx);
}

/// The theme a `Ui` is drawn in.
pub fn of(ui: &Ui) -> &'static Theme {
    get(ui.visuals().dark_mode)
}

/// A theme by its side.
pub fn get(dark: bool) -> &'static Theme {
    &THEMES[usize::from(dark)]
}
