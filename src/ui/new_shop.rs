//! A shop about to be made: its name, and where its file will lie.

use std::path::{Path, PathBuf};

use egui::{Response, Ui};

use super::cx::Cx;
use super::settings::short_path;
use super::slot::Slot;
use super::theme::{self, Type};
use super::widgets::{Field, text, typing};
use super::worker::aside;

/// A name that gives the file its name.
pub struct NewShop {
    /// The name as typed.
    pub name: String,
    /// Takes the focus when it is drawn.
    fresh: bool,
    place: Slot<String, PathBuf>,
}

impl Default for NewShop {
    fn default() -> Self {
        Self { name: "My shop".into(), fresh: false, place: Slot::new("Looking for a free place") }
    }
}

impl NewShop {
    /// One whose field takes the focus.
    pub fn asked() -> Self {
        Self { fresh: true, ..Self::default() }
    }

    /// The name, when there is one.
    pub fn named(&self) -> Option<&str> {
        Some(self.name.trim()).filter(|name| !name.is_empty())
    }

    /// Where the file will lie, once it is known that nothing lies there.
    pub fn place(&self) -> Option<&Path> {
        self.place.latest().filter(|(name, _)| **name == self.name).map(|(_, path)| path.as_path())
    }

    /// The field for the name.
    pub fn field(&mut self, cx: &Cx, ui: &mut Ui, width: f32) -> Response {
        let (places, name) = (cx.places.clone(), self.name.clone());
        self.place.ask(self.name.clone(), || aside(&cx.ctx, move || Ok(Ok(places.free(&stem(&name))))));
        let response = Field::new("Name of the shop", width).show(ui, &mut self.name);
        if std::mem::take(&mut self.fresh) {
            typing::focus_whole(&response, &self.name);
        }
        response
    }

    /// Where the file will lie, in words.
    pub fn remark(&self, ui: &mut Ui) {
        let t = theme::of(ui);
        let words = match (self.named(), self.place()) {
            (None, _) => "A shop needs a name".to_owned(),
            (_, Some(path)) => format!("Kept in {}", short_path(path)),
            (_, None) => String::new(),
        };
        text::say_in(ui, Type::Caption, t.text.subdued, words);
    }
}

/// A name as a file name.
pub fn stem(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let trimmed = safe.trim_matches('-');
    if trimmed.is_empty() { "shop".into() } else { trimmed.into() }
}
