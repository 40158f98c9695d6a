//! Columns of a table and their headers.

use egui::{Align2, Rect, Response, Ui, pos2};

use crate::ui::theme::{Theme, Type, icons};
use crate::ui::widgets::paint;

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Header, with the unit.
    pub title: String,
    /// Least width, padding included.
    pub width: f32,
    /// Share of the width that is left over.
    pub grow: f32,
    /// Numbers stand right, header too.
    pub numeric: bool,
    /// Whether a click on the header sorts.
    pub sortable: bool,
}

impl Column {
    /// A text column.
    pub fn text(title: impl Into<String>, width: f32) -> Self {
        Self { title: title.into(), width, grow: 0.0, numeric: false, sortable: false }
    }

    /// A number column.
    pub fn number(title: impl Into<String>, width: f32) -> Self {
        Self { numeric: true, ..Self::text(title, width) }
    }

    /// Takes a share of the width that is left over.
    pub fn grow(mut self, share: f32) -> Self {
        self.grow = share;
        self
    }

    /// Sorts at a click on its header.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// Draws a header: its words, and the arrow where it sorts.
pub(super) fn header_cell(ui: &Ui, t: &Theme, rect: Rect, column: &Column, sorted: Option<bool>, response: &Response) {
    let lively = sorted.is_some() || (column.sortable && response.hovered());
    let ink = if lively { t.text.strong } else { t.text.subdued };
    let arrow = if sorted.is_some() { t.icon().small } else { 0.0 };
    let mut words = rect;
    if column.numeric {
        words.max.x -= arrow;
    }
    let anchor = if column.numeric { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let (place, _) = paint::text_in(ui.painter(), words, anchor, &column.title, t.font(Type::Caption), ink);
    if let Some(down) = sorted {
        let icon = if down { icons::ARROW_DOWN } else { icons::ARROW_UP };
        let centre = pos2(place.right() + arrow / 2.0 + 1.0, rect.center().y);
        paint::icon(ui.painter(), centre, icon, t.icon().small - 2.0, ink);
    }
    paint::focus_ring(ui, t, rect, t.radius().small, response);
}
