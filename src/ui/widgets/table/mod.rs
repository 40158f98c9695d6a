//! The table: virtual rows in any number, sticky first column, sort, selection, keyboard, accessible rows and cells.

mod cell;
mod column;
mod state;

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Id, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

pub use cell::Cell;
pub use column::Column;
use column::header_cell;
pub use state::TableState;
use state::View;

use super::paint;
use crate::ui::theme::{self, Theme};

/// What happened in a table.
#[derive(Debug, Default)]
pub struct Shown {
    /// Rows that were drawn.
    pub visible: Range<u64>,
    /// A header was clicked; [`TableState::sort`] has changed.
    pub sorted: bool,
    /// This row was clicked or reached by key.
    pub chosen: Option<u64>,
    /// This row was double-clicked or entered by key.
    pub entered: Option<u64>,
}

/// A table about to be shown.
pub struct Table<'a> {
    name: &'a str,
    columns: &'a [Column],
    rows: u64,
    row_height: f32,
    totals: bool,
    selectable: bool,
    square: bool,
}

/// What the parts of a table share while it is drawn.
struct Pass {
    t: &'static Theme,
    id: Id,
    rect: Rect,
    /// Left edge and width of each column.
    slots: Vec<(f32, f32)>,
}

impl Pass {
    fn first_ends(&self) -> f32 {
        self.slots.first().map_or(self.rect.left(), |(x, width)| x + width)
    }

    fn cell_rect(&self, row: Rect, i: usize) -> Rect {
        let (x, width) = self.slots[i];
        let space = self.t.space();
        let left = if i == 0 { space.x4 } else { space.x2 };
        let right = if i + 1 == self.slots.len() { space.x4 } else { space.x2 };
        Rect::from_min_max(pos2(x + left, row.top()), pos2((x + width - right).max(x + left), row.bottom()))
    }
}

impl<'a> Table<'a> {
    /// A table; `name` is for screen readers.
    pub fn new(name: &'a str, columns: &'a [Column], rows: u64, row_height: f32) -> Self {
        Self { name, columns, rows, row_height, totals: false, selectable: true, square: false }
    }

    /// With a last row that sums up; its cells are asked for as row number `rows`.
    pub fn totals(mut self) -> Self {
        self.totals = true;
        self
    }

    /// Rows that cannot be chosen.
    pub fn plain(mut self) -> Self {
        self.selectable = false;
        self
    }

    /// Below something else on its sheet: the header has no round corners.
    pub fn square(mut self) -> Self {
        self.square = true;
        self
    }

    /// How high it would like to be.
    pub fn height(&self, t: &Theme) -> f32 {
        let foot = if self.totals { self.row_height } else { 0.0 };
        t.row().header + foot + (self.rows.min(100_000) as f32) * self.row_height
    }

    /// Shows it in the height that is left. `cell` draws the cell of a row and column, for visible rows only.
    pub fn show(self, ui: &mut Ui, state: &mut TableState, mut cell: impl FnMut(u64, usize, &mut Cell<'_>)) -> Shown {
        let t = theme::of(ui);
        let least = t.row().header + self.row_height;
        let size = vec2(ui.available_width(), self.height(t).min(ui.available_height().max(least)));
        let (rect, outer) = ui.allocate_exact_size(size, Sense::hover());
        let foot = if self.totals { self.row_height } else { 0.0 };
        let body = Rect::from_min_max(rect.min + vec2(0.0, t.row().header), rect.max - vec2(0.0, foot));
        let view = View { rows: self.rows, row: self.row_height, rect: body };

        let builder = UiBuilder::new().max_rect(rect).id_salt(self.name).accessibility_role(Role::Table);
        let mut ui = ui.new_child(builder.accessibility_label(self.name));
        ui.shrink_clip_rect(rect);
        let pass = Pass { t, id: outer.id.with(self.name), rect, slots: self.place_columns(&ui, rect, state) };
        let mut shown = Shown::default();
        let focus = self.focus(&ui, &pass, state, &view, &mut shown);
        state.follow_wheel(&ui, &view);

        let reach = f64::from(body.height() + state.rest()) / f64::from(view.row);
        shown.visible = state.top()..(state.top() + reach.ceil() as u64).min(self.rows);
        let mut rows_ui = ui.new_child(UiBuilder::new().max_rect(body).id_salt("rows"));
        rows_ui.shrink_clip_rect(body);
        for row in shown.visible.clone() {
            let y = body.top() + (row - state.top()) as f32 * view.row - state.rest();
            let place = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), view.row));
            self.row(&mut rows_ui, &pass, row, place, state, &mut shown, &mut cell);
        }
        self.header(&mut ui, &pass, state, &mut shown);
        if self.totals {
            self.total_row(&mut ui, &pass, Rect::from_min_max(pos2(rect.left(), body.bottom()), rect.max), &mut cell);
        }
        state.scroll_bar(&ui, t, pass.id, &view);
        if focus.has_focus() && state.selected.is_none() {
            paint::ring(ui.painter(), t, body.shrink(t.stroke().focus + t.stroke().focus_gap), t.radius().small);
        }
        shown
    }

    /// The body is one stop of the Tab key; arrow keys move the chosen row.
    fn focus(&self, ui: &Ui, pass: &Pass, state: &mut TableState, view: &View, shown: &mut Shown) -> Response {
        let sense = if self.selectable { Sense::click() } else { Sense::hover() };
        let response = ui.interact(view.rect, pass.id, sense);
        if self.selectable {
            let name = format!("{}, {} rows", self.name, self.rows);
            response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &name));
        }
        if self.selectable && self.rows > 0 && response.has_focus() {
            shown.chosen = state.follow_keys(ui, pass.id, view);
            if ui.input(|i| i.key_pressed(egui::Key::Enter)) {
                shown.entered = state.selected;
            }
        }
        response
    }

    /// What is left of the width is shared out; what is too much scrolls behind the first column.
    fn place_columns(&self, ui: &Ui, rect: Rect, state: &mut TableState) -> Vec<(f32, f32)> {
        let least: f32 = self.columns.iter().map(|c| c.width).sum();
        let shares: f32 = self.columns.iter().map(|c| c.grow).sum();
        let (spare, overflow) = ((rect.width() - least).max(0.0), (least - rect.width()).max(0.0));
        if overflow > 0.0 && ui.rect_contains_pointer(rect) {
            state.shift -= ui.input(|i| i.smooth_scroll_delta().x);
        }
        state.shift = state.shift.clamp(0.0, overflow);
        let mut x = rect.left();
        let mut slots = Vec::with_capacity(self.columns.len());
        for (i, column) in self.columns.iter().enumerate() {
            let width = column.width + if shares > 0.0 { spare * column.grow / shares } else { 0.0 };
            slots.push((if i == 0 { x } else { x - state.shift }, width));
            x += width;
        }
        slots
    }

    #[allow(clippy::too_many_arguments, reason = "a row needs its place, the table's state and its cells")]
    fn row(
        &self,
        ui: &mut Ui,
        pass: &Pass,
        row: u64,
        rect: Rect,
        state: &mut TableState,
        shown: &mut Shown,
        cell: &mut impl FnMut(u64, usize, &mut Cell<'_>),
    ) {
        let t = pass.t;
        let builder = UiBuilder::new().max_rect(rect).id_salt(row).accessibility_role(Role::Row);
        let mut ui = ui.new_child(builder);
        let sense = if self.selectable { Sense::CLICK } else { Sense::HOVER };
        let response = ui.interact(rect, ui.unique_id().with("row"), sense);
        let chosen = self.selectable && state.selected == Some(row);
        let hovered = ui.rect_contains_pointer(rect);
        let fill = match (chosen, hovered) {
            (true, _) => t.surface.selected,
            (_, true) => t.surface.hover,
            _ => t.surface.panel,
        };
        if chosen || hovered {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - t.stroke().hairline / 2.0, t.hairline(t.border.subtle));
        self.cells(&mut ui, pass, row, rect, (hovered, fill), cell);
        if chosen {
            let edge = Rect::from_min_size(rect.min, vec2(t.stroke().series, rect.height()));
            ui.painter().rect_filled(edge, 0.0, t.accent.base);
        }
        if self.selectable && response.clicked() {
            state.selected = Some(row);
            shown.chosen = Some(row);
            ui.memory_mut(|memory| memory.request_focus(pass.id));
        }
        if self.selectable && response.double_clicked() {
            shown.entered = Some(row);
        }
    }

    fn cells(
        &self,
        ui: &mut Ui,
        pass: &Pass,
        row: u64,
        rect: Rect,
        (hovered, fill): (bool, Color32),
        cell: &mut impl FnMut(u64, usize, &mut Cell<'_>),
    ) {
        let first_ends = pass.first_ends();
        let shifted = pass.slots.get(1).is_some_and(|(x, _)| *x < first_ends - 0.5);
        let clip = ui.clip_rect();
        for i in (0..pass.slots.len()).rev() {
            if shifted && i > 0 {
                ui.set_clip_rect(clip.intersect(Rect::everything_right_of(first_ends)));
            } else if shifted {
                ui.set_clip_rect(clip);
                let under = Rect::from_min_max(rect.min, pos2(first_ends, rect.bottom() - pass.t.stroke().hairline));
                ui.painter().rect_filled(under, 0.0, fill);
            }
            let mut one = Cell::new(ui, pass.t, pass.cell_rect(rect, i), self.columns[i].numeric, hovered);
            cell(row, i, &mut one);
            one.finish(i);
        }
        ui.set_clip_rect(clip);
    }

    fn header(&self, ui: &mut Ui, pass: &Pass, state: &mut TableState, shown: &mut Shown) {
        let t = pass.t;
        let (clip, first_ends) = (ui.clip_rect(), pass.first_ends());
        let bar = Rect::from_min_size(pass.rect.min, vec2(pass.rect.width(), t.row().header));
        let round = if self.square { 0 } else { t.radius().large as u8 };
        ui.painter().rect_filled(bar, CornerRadius { nw: round, ne: round, sw: 0, se: 0 }, t.surface.raised);
        for (i, column) in self.columns.iter().enumerate() {
            let place = pass.cell_rect(bar, i);
            // What scrolls sideways goes behind the first column.
            ui.set_clip_rect(if i == 0 { clip } else { clip.intersect(Rect::everything_right_of(first_ends)) });
            let sense = if column.sortable { Sense::click() } else { Sense::hover() };
            let response = ui.interact(place, pass.id.with(("header", i)), sense);
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &column.title));
            let sorted = state.sort.filter(|(by, _)| *by == i).map(|(_, down)| down);
            header_cell(ui, t, place, column, sorted, &response);
            if column.sortable && response.clicked() {
                state.sort = Some((i, !sorted.unwrap_or(!column.numeric)));
                shown.sorted = true;
            }
            if column.sortable {
                response.on_hover_cursor(egui::CursorIcon::PointingHand);
            }
        }
        ui.set_clip_rect(clip);
    }

    fn total_row(&self, ui: &mut Ui, pass: &Pass, rect: Rect, cell: &mut impl FnMut(u64, usize, &mut Cell<'_>)) {
        let t = pass.t;
        let round = t.radius().large as u8;
        ui.painter().rect_filled(rect, CornerRadius { nw: 0, ne: 0, sw: round, se: round }, t.surface.raised);
        let builder = UiBuilder::new().max_rect(rect).id_salt("totals").accessibility_role(Role::Row);
        let mut ui = ui.new_child(builder);
        let hovered = ui.rect_contains_pointer(rect);
        self.cells(&mut ui, pass, self.rows, rect, (hovered, t.surface.raised), cell);
    }
}
