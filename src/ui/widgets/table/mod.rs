//! The table: virtual rows in any number, a sticky first column, sort, chosen rows and ranges of cells, copy and
//! export, columns that the user resizes, hides and moves, keyboard, accessible rows and cells.

mod cell;
mod column;
mod header;
pub mod layout;
pub mod menu;
mod pass;
mod range;
mod rows;
mod select;
mod state;
mod wanted;

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, vec2};

pub use cell::Cell;
pub use column::Column;
pub use range::CellRange;
pub use state::TableState;
pub use wanted::{Target, Wanted};

use self::menu::Chosen;
use self::pass::{Pass, Slot};
pub use self::select::take_copy;
use self::state::View;
use super::paint;
use crate::ui::theme::{self, Theme};

/// What happened in a table.
#[derive(Default)]
pub struct Shown {
    /// Rows that were drawn.
    pub visible: Range<u64>,
    /// A header was clicked; [`TableState::sort`] has changed.
    pub sorted: bool,
    /// This row was clicked or reached by key.
    pub chosen: Option<u64>,
    /// This row was double-clicked or entered by key.
    pub entered: Option<u64>,
    /// Cells that are to be copied or saved: hand them to [`crate::ui::cx::Cx::deliver`].
    pub wanted: Option<Wanted>,
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
    opens: Option<&'a str>,
}

impl<'a> Table<'a> {
    /// A table. Under its `name` screen readers know it, exports are proposed, and its columns are remembered.
    pub fn new(name: &'a str, columns: &'a [Column], rows: u64, row_height: f32) -> Self {
        Self { name, columns, rows, row_height, totals: false, selectable: true, square: false, opens: None }
    }

    /// With a last row that sums up; its cells are asked for as row number `rows`.
    pub fn totals(mut self) -> Self {
        self.totals = true;
        self
    }

    /// Rows that cannot be chosen; cells still can, to copy them.
    pub fn plain(mut self) -> Self {
        self.selectable = false;
        self
    }

    /// Below something else on its sheet: the header has no round corners.
    pub fn square(mut self) -> Self {
        self.square = true;
        self
    }

    /// What entering a row does, as the menu under the pointer calls it: [`Shown::entered`] tells the row.
    pub fn opens(mut self, words: &'a str) -> Self {
        self.opens = Some(words);
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
        // What scrolls sideways has a strip of its own for the bar, which would cover a row.
        let strip = if self.least_width(ui) > ui.available_width() { t.shell().scroll_bar + t.space().x1 } else { 0.0 };
        let size = vec2(ui.available_width(), (self.height(t) + strip).min(ui.available_height().max(least)));
        let (rect, outer) = ui.allocate_exact_size(size, Sense::hover());
        let foot = strip + if self.totals { self.row_height } else { 0.0 };
        let body = Rect::from_min_max(rect.min + vec2(0.0, t.row().header), rect.max - vec2(0.0, foot));
        let view = View { rows: self.rows, row: self.row_height, rect: body };

        let builder = UiBuilder::new().max_rect(rect).id_salt(self.name).accessibility_role(Role::Table);
        let mut ui = ui.new_child(builder.accessibility_label(self.name));
        ui.shrink_clip_rect(rect);
        let pass = self.place_columns(&ui, rect, outer.id.with(self.name), state);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_row_count(usize::try_from(self.rows).unwrap_or(usize::MAX));
            node.set_column_count(pass.slots.len());
        });
        let mut shown = Shown::default();
        let body = self.body(&ui, &pass, state, &view, &mut shown);
        self.rows_on_view(&mut ui, &pass, &view, state, &mut shown, &mut cell);
        paint_range(&ui, &pass, &view, state, body.has_focus());
        let from_menu = self.header(&mut ui, &pass, state, &mut shown);
        if self.totals {
            self.total_row(&mut ui, &pass, view.rect.bottom(), &mut cell);
        }
        state.scroll_bar(&ui, t, pass.id, &view);
        let track = Rect::from_min_max(egui::pos2(pass.first_ends(), rect.bottom() - strip), rect.max);
        state.side_bar(&ui, t, pass.id, track, pass.overflow);
        if body.has_focus() && state.range.is_none() {
            paint::ring(ui.painter(), t, view.rect.shrink(t.stroke().focus + t.stroke().focus_gap), t.radius().small);
        }
        let whole = from_menu.or(state.take_asked());
        shown.wanted = shown.wanted.take().or_else(|| self.wanted(&ui, &pass, state, &body, whole, &mut shown.entered));
        shown
    }

    /// The body is one stop of the Tab key. Keys and pointer choose rows and cells in it.
    fn body(&self, ui: &Ui, pass: &Pass, state: &mut TableState, view: &View, shown: &mut Shown) -> Response {
        let response = ui.interact(view.rect, pass.id, Sense::click_and_drag());
        let name = format!("{}, {} rows", self.name, self.rows);
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &name));
        let columns = pass.slots.len();
        state.settle_range(self.rows, columns, self.selectable);
        state.open = None;
        if response.has_focus() {
            let moved = state.follow_keys(ui, pass.id, view, columns, self.selectable);
            (shown.chosen, shown.entered) = (moved.chosen, moved.entered);
            // A figure under the pointer answers the copy key before a single cell does.
            if state.range.is_some_and(|range| !range.is_one()) && take_copy(ui) {
                shown.wanted = self.chosen_cells(pass, state, false);
            }
        }
        let moved = state.follow_pointer(ui, &response, pass, view, self.selectable);
        shown.chosen = moved.chosen.or(shown.chosen);
        shown.entered = moved.entered.or(shown.entered);
        state.follow_wheel(ui, view);
        response
    }

    /// Columns on view from left to right, with their least widths and what they take of width that is left over.
    fn sizes(&self, ui: &Ui) -> (Vec<usize>, Vec<(f32, f32)>) {
        let layout = layout::of(ui.ctx(), self.name);
        let shown = layout.shown(self.columns);
        let mut sizes: Vec<(f32, f32)> = shown
            .iter()
            .map(|&i| {
                let column = &self.columns[i];
                layout.width(column).map_or((column.width, column.grow), |width| (width, 0.0))
            })
            .collect();
        // The last column leaves room for the table's menu above it.
        if let Some(last) = sizes.last_mut() {
            last.0 += pass::menu_room(theme::of(ui));
        }
        (shown, sizes)
    }

    fn least_width(&self, ui: &Ui) -> f32 {
        self.sizes(ui).1.iter().map(|(width, _)| width).sum()
    }

    /// What is left of the width is shared out; what is too much scrolls behind the first column.
    fn place_columns(&self, ui: &Ui, rect: Rect, id: egui::Id, state: &mut TableState) -> Pass {
        let (shown, sizes) = self.sizes(ui);
        let least: f32 = sizes.iter().map(|(width, _)| width).sum();
        let shares: f32 = sizes.iter().map(|(_, grow)| grow).sum();
        let (spare, overflow) = ((rect.width() - least).max(0.0), (least - rect.width()).max(0.0));
        if overflow > 0.0 && ui.rect_contains_pointer(rect) {
            state.shift -= ui.input(|i| i.smooth_scroll_delta().x);
        }
        if let Some(place) = state.bring_column.take().filter(|place| *place > 0 && *place < sizes.len()) {
            let left: f32 = sizes[1..place].iter().map(|(width, _)| width).sum();
            let room = rect.width() - sizes[0].0;
            state.shift = state.shift.clamp((left + sizes[place].0 - room).min(left), left);
        }
        state.shift = state.shift.clamp(0.0, overflow);
        let mut x = rect.left();
        let place = |(n, (column, (width, grow))): (usize, (usize, (f32, f32)))| {
            let width = width + if shares > 0.0 { spare * grow / shares } else { 0.0 };
            let slot = Slot { column, x: if n == 0 { x } else { x - state.shift }, width };
            x += width;
            slot
        };
        let slots = shown.into_iter().zip(sizes).enumerate().map(place).collect();
        Pass { t: theme::of(ui), id, rect, slots, overflow }
    }

    /// Cells that a menu or the copy key asks for.
    fn wanted(
        &self,
        ui: &Ui,
        pass: &Pass,
        state: &TableState,
        body: &Response,
        whole: Option<Target>,
        entered: &mut Option<u64>,
    ) -> Option<Wanted> {
        if let Some(target) = whole {
            return Some(self.all(pass, target));
        }
        let range = state.range?;
        match menu::context_menu(body, !range.is_one(), self.opens) {
            Some(Chosen::Open) => *entered = Some(range.at.0),
            Some(Chosen::Cell) => return self.chosen_cells(pass, state, false),
            Some(Chosen::Cells { headers }) => return self.chosen_cells(pass, state, headers),
            Some(Chosen::Row) => {
                let rows = range.at.0..range.at.0 + 1;
                return Some(Wanted::new(self.name, self.columns, &columns_of(pass), copy(false), rows));
            }
            Some(Chosen::Export(target)) => return Some(self.all(pass, target)),
            None => {}
        }
        (body.has_focus() && take_copy(ui)).then(|| self.chosen_cells(pass, state, false)).flatten()
    }

    fn all(&self, pass: &Pass, target: Target) -> Wanted {
        Wanted::new(self.name, self.columns, &columns_of(pass), target, 0..self.rows)
    }

    fn chosen_cells(&self, pass: &Pass, state: &TableState, headers: bool) -> Option<Wanted> {
        let range = state.range?;
        let columns = columns_of(pass).get(range.columns())?.to_vec();
        Some(Wanted::new(self.name, self.columns, &columns, copy(headers), range.rows()))
    }
}

fn copy(headers: bool) -> Target {
    Target::Copy { headers }
}

fn columns_of(pass: &Pass) -> Vec<usize> {
    pass.slots.iter().map(|slot| slot.column).collect()
}

/// The edge around chosen cells; around a single one only while keys would move it.
fn paint_range(ui: &Ui, pass: &Pass, view: &View, state: &TableState, focused: bool) {
    let Some(range) = state.range.filter(|range| focused || !range.is_one()) else { return };
    let columns = range.columns();
    let (Some(first), Some(last)) = (pass.slots.get(columns.start), pass.slots.get(columns.end - 1)) else { return };
    // Rows far away from the view are cut before they become points.
    let y = |row: u64| {
        let rows = row as f64 - state.top() as f64;
        let beyond = f64::from(view.rect.height() / view.row) + 2.0;
        view.rect.top() + rows.clamp(-2.0, beyond) as f32 * view.row - state.rest()
    };
    let left = if columns.start == 0 { first.x } else { first.x.max(pass.first_ends()) };
    let rect = Rect::from_min_max(
        egui::pos2(left, y(range.rows().start)),
        egui::pos2(last.right().max(left), y(range.rows().end)),
    );
    let painter = ui.painter().with_clip_rect(view.rect.intersect(ui.clip_rect()));
    painter.rect_stroke(rect, 0.0, egui::Stroke::new(1.5, pass.t.accent.base), egui::StrokeKind::Inside);
}
