//! A sheet of cells that are written into as in a spreadsheet: arrows and Tab move, typing replaces, Enter and F2 change,
//! Delete empties, blocks of cells are copied and pasted. What was written is told, whoever keeps the values takes it.

mod draw;
mod keys;

use egui::accesskit::Role;
use egui::{Align2, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Theme, Type};

/// What a column takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: Enter opens the row.
    Fixed,
    /// A text.
    Text,
    /// One of these.
    Choice(Vec<String>),
}

/// A column.
#[derive(Debug, Clone)]
pub struct SheetColumn {
    /// Its header.
    pub title: String,
    /// Least width.
    pub width: f32,
    /// Share of the width that is left over.
    pub grow: f32,
    /// What it takes.
    pub kind: Kind,
}

impl SheetColumn {
    /// A column of texts.
    pub fn text(title: &str, width: f32, grow: f32) -> Self {
        Self { title: title.to_owned(), width, grow, kind: Kind::Text }
    }

    /// A column that only shows.
    pub fn fixed(title: &str, width: f32, grow: f32) -> Self {
        Self { kind: Kind::Fixed, ..Self::text(title, width, grow) }
    }

    /// A column of choices.
    pub fn choice<'n>(title: &str, width: f32, names: impl IntoIterator<Item = &'n str>) -> Self {
        let names = names.into_iter().map(str::to_owned).collect();
        Self { kind: Kind::Choice(names), ..Self::text(title, width, 0.0) }
    }
}

/// Where one is in a sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetState {
    /// Row and column of the chosen cell.
    pub at: (usize, usize),
    typing: Option<String>,
    /// The chosen cell is to be brought on view.
    bring: bool,
}

/// A text for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// What stands there from now on.
    pub text: String,
}

/// What happened in a sheet.
#[derive(Debug, Default)]
pub struct Shown {
    /// What was written, in order.
    pub written: Vec<Written>,
    /// This row is to be opened.
    pub opened: Option<usize>,
}

/// A sheet about to be shown.
pub struct Spreadsheet<'a> {
    /// Its name for screen readers.
    pub name: &'a str,
    /// Columns.
    pub columns: &'a [SheetColumn],
    /// For every row the group it belongs to; a caption stands where another one begins.
    pub groups: &'a [String],
    /// What stands in a cell.
    pub value: &'a dyn Fn(usize, usize) -> String,
    /// What is wrong with it.
    pub wrong: &'a dyn Fn(usize, usize) -> Option<String>,
}

/// What a frame needs everywhere.
struct Pass<'p> {
    t: &'static Theme,
    whole: &'p Response,
    state: &'p mut SheetState,
    shown: &'p mut Shown,
}

impl Pass<'_> {
    fn write(&mut self, (row, column): (usize, usize), text: impl Into<String>) {
        self.shown.written.push(Written { row, column, text: text.into() });
    }
}

/// A line of the sheet.
#[derive(Clone, Copy)]
enum Line {
    Group(usize),
    Row(usize),
}

impl Spreadsheet<'_> {
    /// Draws the sheet into the space that is left.
    pub fn show(&self, ui: &mut Ui, state: &mut SheetState) -> Shown {
        let t = theme::of(ui);
        let mut shown = Shown::default();
        if self.groups.is_empty() || self.columns.is_empty() {
            return shown;
        }
        state.at = (state.at.0.min(self.groups.len() - 1), state.at.1.min(self.columns.len() - 1));
        let area = ui.available_rect_before_wrap();
        let id = ui.unique_id().with(("spreadsheet", self.name));
        let whole = ui.interact(area, id, Sense::focusable_noninteractive());
        whole.widget_info(|| WidgetInfo::labeled(Role::Grid, true, format!("{}, arrow keys choose a cell", self.name)));
        let mut pass = Pass { t, whole: &whole, state, shown: &mut shown };
        if whole.has_focus() && pass.state.typing.is_none() {
            self.follow(ui, &mut pass);
        }
        let widths = self.widths(area.width() - t.shell().scroll_bar);
        self.header(ui, t, area, &widths);
        let body = area.with_min_y(area.top() + t.row().header);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt(("sheet body", self.name)));
        inner.spacing_mut().item_spacing.y = 0.0;
        let lines = self.lines();
        let high = t.row().nav;
        ScrollArea::vertical().auto_shrink(false).id_salt(("sheet rows", self.name)).show(&mut inner, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(body.width(), high * lines.len() as f32), Sense::hover());
            for (n, line) in lines.iter().enumerate() {
                let place = Rect::from_min_size(rect.min + vec2(0.0, n as f32 * high), vec2(rect.width(), high));
                let chosen = matches!(line, Line::Row(row) if *row == pass.state.at.0);
                if chosen && std::mem::take(&mut pass.state.bring) {
                    ui.scroll_to_rect(place, None);
                }
                if chosen || ui.is_rect_visible(place) {
                    self.line(ui, (place, *line), &widths, &mut pass);
                }
            }
        });
        paint::focus_ring(ui, t, area, t.radius().small, &whole);
        ui.advance_cursor_after_rect(area);
        shown
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (row, group) in self.groups.iter().enumerate() {
            if !group.is_empty() && (row == 0 || self.groups[row - 1] != *group) {
                lines.push(Line::Group(row));
            }
            lines.push(Line::Row(row));
        }
        lines
    }

    fn widths(&self, room: f32) -> Vec<f32> {
        let least: f32 = self.columns.iter().map(|column| column.width).sum();
        let grow: f32 = self.columns.iter().map(|column| column.grow).sum();
        let rest = (room - least).max(0.0);
        let part = |column: &SheetColumn| if grow > 0.0 { rest * column.grow / grow } else { 0.0 };
        self.columns.iter().map(|column| (column.width + part(column)).floor()).collect()
    }

    fn header(&self, ui: &Ui, t: &Theme, area: Rect, widths: &[f32]) {
        let mut x = area.left();
        for (column, width) in self.columns.iter().zip(widths) {
            let place = Rect::from_min_size(pos2(x, area.top()), vec2(*width, t.row().header));
            let words = place.shrink2(vec2(t.space().x2, 0.0));
            let font = t.font(Type::Caption);
            paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &column.title, font, t.text.subdued);
            x += width;
        }
        ui.painter().hline(area.x_range(), area.top() + t.row().header, t.hairline(t.border.normal));
    }
}
