//! Words by their place in the type scale.

use egui::{Color32, Response, RichText, Ui};

use crate::ui::theme::{self, Icon, Theme, Type};

/// Words that begin a sentence.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Text by its place in the type scale, in its usual colour.
pub fn say(ui: &mut Ui, role: Type, text: impl Into<String>) -> Response {
    let t = theme::of(ui);
    ui.label(rich(t, role, text))
}

/// Text by its place in the type scale, in a given colour.
pub fn say_in(ui: &mut Ui, role: Type, colour: Color32, text: impl Into<String>) -> Response {
    let t = theme::of(ui);
    ui.label(rich(t, role, text).color(colour))
}

/// Body text in subdued colour.
pub fn remark(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = theme::of(ui).text.subdued;
    say_in(ui, Type::Body, colour, text)
}

/// Text for egui's own widgets, by its place in the type scale.
pub fn rich(t: &Theme, role: Type, text: impl Into<String>) -> RichText {
    RichText::new(text).font(t.font(role)).color(t.ink(role)).line_height(Some(t.line(role)))
}

/// An icon among words.
pub fn icon(ui: &mut Ui, icon: Icon, size: f32, colour: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(size, size), egui::Sense::hover());
    super::paint::icon(ui.painter(), rect.center(), icon, size, colour);
    response
}
