//! Where a table stands: scroll position, chosen row, sort.

use egui::{EventFilter, Id, Key, Rect, Sense, Ui, pos2, vec2};

use crate::ui::theme::{self, Theme};

/// What a table remembers from frame to frame.
///
/// The scroll position is a row number and the points scrolled into that row, so that millions of rows
/// move as evenly as ten: pixel offsets in 32-bit floats begin to jump beyond 800,000 rows.
#[derive(Debug, Clone, Default)]
pub struct TableState {
    top: u64,
    rest: f32,
    pub(super) shift: f32,
    /// The chosen row.
    pub selected: Option<u64>,
    /// Column that sorts, and whether downwards.
    pub sort: Option<(usize, bool)>,
}

/// The window through which rows are seen.
pub(super) struct View {
    pub rows: u64,
    pub row: f32,
    pub rect: Rect,
}

impl View {
    fn total(&self) -> f64 {
        self.rows as f64 * f64::from(self.row)
    }

    fn height(&self) -> f64 {
        f64::from(self.rect.height())
    }

    fn overflows(&self) -> bool {
        self.total() > self.height() + 0.5
    }
}

impl TableState {
    /// Sorted by a column from the start.
    pub fn sorted(column: usize, down: bool) -> Self {
        Self { sort: Some((column, down)), ..Self::default() }
    }

    /// Scrolls to the first row and chooses none.
    pub fn rewind(&mut self) {
        (self.top, self.rest, self.selected) = (0, 0.0, None);
    }

    /// The first row on view.
    pub fn top(&self) -> u64 {
        self.top
    }

    /// Scrolls so that `row` is the first on view.
    pub fn scroll_to(&mut self, row: u64) {
        (self.top, self.rest) = (row, 0.0);
    }

    pub(super) fn rest(&self) -> f32 {
        self.rest
    }

    fn points(&self, view: &View) -> f64 {
        self.top as f64 * f64::from(view.row) + f64::from(self.rest)
    }

    fn place(&mut self, points: f64, view: &View) {
        let at = points.clamp(0.0, (view.total() - view.height()).max(0.0));
        self.top = (at / f64::from(view.row)) as u64;
        self.rest = (at - self.top as f64 * f64::from(view.row)) as f32;
    }

    fn bring(&mut self, row: u64, view: &View) {
        let (from, at) = (row as f64 * f64::from(view.row), self.points(view));
        if from < at {
            self.place(from, view);
        } else if from + f64::from(view.row) > at + view.height() {
            self.place(from + f64::from(view.row) - view.height(), view);
        }
    }

    /// Follows the wheel and keeps within the rows there are.
    pub(super) fn follow_wheel(&mut self, ui: &Ui, view: &View) {
        let turning = view.overflows() && ui.rect_contains_pointer(view.rect);
        let delta = if turning { ui.input(|i| i.smooth_scroll_delta().y) } else { 0.0 };
        self.place(self.points(view) - f64::from(delta), view);
    }

    /// Moves the chosen row by key. Returns the newly chosen row.
    pub(super) fn follow_keys(&mut self, ui: &Ui, id: Id, view: &View) -> Option<u64> {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let page = (view.height() / f64::from(view.row)).floor().max(1.0) as i64;
        let last = i64::try_from(view.rows).unwrap_or(i64::MAX) - 1;
        let at = self.selected.map_or(-1, |row| row as i64);
        let steps = [
            (Key::ArrowDown, at + 1),
            (Key::ArrowUp, at - 1),
            (Key::PageDown, at + page),
            (Key::PageUp, at - page),
            (Key::Home, 0),
            (Key::End, last),
        ];
        let to = ui.input(|i| steps.into_iter().find(|(key, _)| i.key_pressed(*key)))?.1;
        let row = to.clamp(0, last.max(0)) as u64;
        self.selected = Some(row);
        self.bring(row, view);
        Some(row)
    }

    /// The scroll bar: drag the handle, or click beside it.
    pub(super) fn scroll_bar(&mut self, ui: &Ui, t: &Theme, id: Id, view: &View) {
        if !view.overflows() {
            return;
        }
        let width = t.shell().scroll_bar;
        let track = Rect::from_min_max(
            pos2(view.rect.right() - width - 2.0, view.rect.top() + 2.0),
            view.rect.max - vec2(2.0, 2.0),
        );
        let length = ((view.height() / view.total()) as f32 * track.height()).max(t.space().x6);
        let (room, end) = (track.height() - length, view.total() - view.height());
        let handle_at = |state: &Self| track.top() + (state.points(view) / end) as f32 * room;
        let response = ui.interact(track, id.with("bar"), Sense::CLICK | Sense::DRAG);
        let held = response.dragged() || response.clicked();
        if let (Some(pointer), true) = (response.interact_pointer_pos(), held) {
            let grip_id = id.with("grip");
            if response.drag_started() || response.clicked() {
                let inside = pointer.y - handle_at(self);
                let grip = if (0.0..length).contains(&inside) { inside } else { length / 2.0 };
                ui.data_mut(|d| d.insert_temp(grip_id, grip));
            }
            let grip = ui.data(|d| d.get_temp(grip_id)).unwrap_or(length / 2.0);
            let share = f64::from(pointer.y - grip - track.top()) / f64::from(room.max(1.0));
            self.place(share * end, view);
        }
        let handle = Rect::from_min_size(pos2(track.left(), handle_at(self)), vec2(width, length));
        let lively = response.hovered() || response.dragged();
        let ink = if lively { t.border.control } else { t.chart.bar_rest };
        ui.painter().rect_filled(handle, theme::corner(width / 2.0), ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(rows: u64) -> View {
        View { rows, row: 24.0, rect: Rect::from_min_size(egui::Pos2::ZERO, vec2(100.0, 240.0)) }
    }

    #[test]
    fn one_point_is_one_point_at_the_end_of_two_million_rows() {
        let view = view(2_000_000);
        let mut state = TableState::default();
        state.place(1_999_000.0 * 24.0, &view);
        for step in 1..=24 {
            let at = state.points(&view);
            state.place(at + 1.0, &view);
            assert_eq!(state.points(&view), 1_999_000.0 * 24.0 + f64::from(step));
        }
        assert_eq!((state.top, state.rest), (1_999_001, 0.0));
    }

    #[test]
    fn stays_within_the_rows_there_are() {
        let mut state = TableState::default();
        state.scroll_to(500);
        state.place(state.points(&view(20)), &view(20));
        assert_eq!(state.top(), 10);
        state.place(state.points(&view(3)), &view(3));
        assert_eq!(state.top(), 0);
    }

    #[test]
    fn brings_a_row_into_view_by_the_shorter_way() {
        let (mut state, view) = (TableState::default(), view(100));
        state.bring(50, &view);
        assert_eq!(state.top(), 41);
        state.bring(45, &view);
        assert_eq!(state.top(), 41);
        state.bring(10, &view);
        assert_eq!(state.top(), 10);
    }
}
