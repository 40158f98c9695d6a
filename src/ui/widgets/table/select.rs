//! Choosing rows and cells, by key and by pointer.

use egui::{Event, EventFilter, Id, Key, Modifiers, PointerButton, Response, Ui};

use super::pass::Pass;
use super::range::CellRange;
use super::state::{TableState, View};

/// Points that a range grows by per frame while the pointer is held above or below the rows.
const PULL: f64 = 12.0;

/// What keys and pointer did.
#[derive(Default)]
pub(super) struct Moved {
    pub chosen: Option<u64>,
    pub entered: Option<u64>,
}

impl TableState {
    /// Keeps the range within the cells there are, and on the chosen row where a page has chosen another.
    pub(super) fn settle_range(&mut self, rows: u64, columns: usize, selectable: bool) {
        self.range = self.range.and_then(|range| range.within(rows, columns));
        let chosen = self.selected.filter(|row| selectable && *row < rows && columns > 0);
        if let Some(row) = chosen
            && self.range.is_none_or(|range| range.is_one() && range.at.0 != row)
        {
            self.range = Some(CellRange::one(row, self.range.map_or(0, |range| range.at.1)));
        }
    }

    fn choose(&mut self, row: u64, column: usize, selectable: bool) -> Moved {
        self.range = Some(CellRange::one(row, column));
        if !selectable {
            return Moved::default();
        }
        self.selected = Some(row);
        Moved { chosen: Some(row), entered: None }
    }

    /// Moves by key: arrows, Home, End, pages; with Shift the range grows, Ctrl A takes all.
    pub(super) fn follow_keys(&mut self, ui: &Ui, id: Id, view: &View, columns: usize, selectable: bool) -> Moved {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        if view.rows == 0 || columns == 0 {
            return Moved::default();
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A)) {
            self.range = Some(CellRange::all(view.rows, columns));
            return Moved::default();
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Space)) {
            self.open = self.range.map(|range| range.at);
            return Moved::default();
        }
        if selectable && ui.input(|i| i.key_pressed(Key::Enter)) {
            return Moved { chosen: None, entered: self.selected };
        }
        let Some((row, column)) = self.key_target(ui, view, columns) else { return Moved::default() };
        self.bring(row, view);
        self.bring_column = Some(column);
        match self.range {
            Some(range) if ui.input(|i| i.modifiers.shift) => {
                self.range = Some(range.to(row, column));
                Moved::default()
            }
            _ => self.choose(row, column, selectable),
        }
    }

    fn key_target(&self, ui: &Ui, view: &View, columns: usize) -> Option<(u64, usize)> {
        let page = view.page() as i64;
        let last = i64::try_from(view.rows).unwrap_or(i64::MAX) - 1;
        let (row, column) = self.range.map_or((-1, 0), |range| (range.at.0 as i64, range.at.1 as i64));
        let steps = [
            (Key::ArrowDown, (row + 1, column)),
            (Key::ArrowUp, (row - 1, column)),
            (Key::ArrowLeft, (row, column - 1)),
            (Key::ArrowRight, (row, column + 1)),
            (Key::PageDown, (row + page, column)),
            (Key::PageUp, (row - page, column)),
            (Key::Home, (0, column)),
            (Key::End, (last, column)),
        ];
        let (_, (row, column)) = ui.input(|i| steps.into_iter().find(|(key, _)| i.key_pressed(*key)))?;
        Some((row.clamp(0, last) as u64, column.clamp(0, columns as i64 - 1) as usize))
    }

    /// Chooses by pointer: click, Shift click, drag, double click.
    pub(super) fn follow_pointer(
        &mut self,
        ui: &Ui,
        body: &Response,
        pass: &Pass,
        view: &View,
        selectable: bool,
    ) -> Moved {
        if view.rows == 0 || pass.slots.is_empty() {
            return Moved::default();
        }
        let mut moved = Moved::default();
        let pointer = body.interact_pointer_pos();
        let (shift, origin) = ui.input(|i| (i.modifiers.shift, i.pointer.press_origin()));
        if body.drag_started_by(PointerButton::Primary)
            && let Some(origin) = origin
            && !(shift && self.range.is_some())
        {
            let (row, column) = pass.cell_at(origin, self, view);
            self.range = Some(CellRange::one(row, column));
        }
        if let (true, Some(at)) = (body.dragged_by(PointerButton::Primary), pointer) {
            self.pull(ui, at.y, view);
            let (row, column) = pass.cell_at(at.clamp(view.rect.min, view.rect.max), self, view);
            self.range = self.range.map(|range| range.to(row, column));
        }
        // A key can click too, and says nothing about a place.
        let released = ui.input(|i| i.pointer.any_released());
        if let (true, Some(at)) = (released, pointer) {
            let (row, column) = pass.cell_at(at, self, view);
            match self.range {
                Some(range) if body.clicked() && shift => self.range = Some(range.to(row, column)),
                _ if body.clicked() => moved = self.choose(row, column, selectable),
                Some(range) if body.secondary_clicked() && range.contains(row, column) => {}
                _ if body.secondary_clicked() => moved = self.choose(row, column, selectable),
                _ => {}
            }
            if selectable && body.double_clicked() {
                moved.entered = Some(row);
            }
        }
        if body.clicked() || body.secondary_clicked() || body.drag_started() {
            ui.memory_mut(|memory| memory.request_focus(body.id));
        }
        moved
    }

    /// While a drag leaves the rows, they come along.
    fn pull(&mut self, ui: &Ui, y: f32, view: &View) {
        let by = match y {
            y if y < view.rect.top() => -PULL,
            y if y > view.rect.bottom() => PULL,
            _ => return,
        };
        self.scroll_by(by, view);
        ui.ctx().request_repaint();
    }
}

/// Whether the copy key was pressed; nothing else answers it then.
pub fn take_copy(ui: &Ui) -> bool {
    ui.input_mut(|i| {
        let before = i.events.len();
        i.events.retain(|event| !matches!(event, Event::Copy));
        i.events.len() < before
    })
}
