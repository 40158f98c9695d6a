//! Where the parts of a table lie while one frame is drawn.

use egui::{Id, Pos2, Rect, pos2};

use super::state::{TableState, View};
use crate::ui::theme::Theme;

/// A column on view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Which column.
    pub column: usize,
    /// Left edge.
    pub x: f32,
    /// Width.
    pub width: f32,
}

impl Slot {
    pub fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// Room at the right end of the last column, so that its header does not lie under the table's menu.
pub(super) fn menu_room(t: &Theme) -> f32 {
    t.space().x3
}

/// What the parts of a table share while it is drawn.
pub(super) struct Pass {
    pub t: &'static Theme,
    pub id: Id,
    pub rect: Rect,
    /// The columns on view, from left to right. The first stays when the others scroll sideways.
    pub slots: Vec<Slot>,
    /// Points by which the columns are wider than the table.
    pub overflow: f32,
}

impl Pass {
    /// Where the sticky column ends.
    pub fn first_ends(&self) -> f32 {
        self.slots.first().map_or(self.rect.left(), Slot::right)
    }

    /// Whether a column lies behind the sticky one.
    pub fn is_shifted(&self) -> bool {
        self.slots.get(1).is_some_and(|slot| slot.x < self.first_ends() - 0.5)
    }

    /// Whether anything of a column can be seen.
    pub fn sees(&self, place: usize) -> bool {
        let slot = &self.slots[place];
        place == 0 || (slot.right() > self.first_ends() && slot.x < self.rect.right())
    }

    /// A cell without its padding. The last column leaves room for the table's menu in the header above it.
    pub fn cell_rect(&self, row: Rect, place: usize) -> Rect {
        let slot = &self.slots[place];
        let space = self.t.space();
        let left = if place == 0 { space.x4 } else { space.x2 };
        let right = if place + 1 == self.slots.len() { space.x4 + menu_room(self.t) } else { space.x2 };
        let from = slot.x + left;
        Rect::from_min_max(pos2(from, row.top()), pos2((slot.right() - right).max(from), row.bottom()))
    }

    /// A cell with its padding.
    pub fn slot_rect(&self, row: Rect, place: usize) -> Rect {
        let slot = &self.slots[place];
        Rect::from_min_max(pos2(slot.x, row.top()), pos2(slot.right(), row.bottom()))
    }

    /// The row and the place of the column under a point, the nearest ones where it is outside.
    pub fn cell_at(&self, at: Pos2, state: &TableState, view: &View) -> (u64, usize) {
        let down = f64::from(at.y - view.rect.top() + state.rest()).max(0.0);
        let row = (state.top() + (down / f64::from(view.row)) as u64).min(view.rows.saturating_sub(1));
        let behind_first = self.slots.iter().rposition(|slot| slot.x <= at.x).unwrap_or(0);
        (row, if at.x < self.first_ends() { 0 } else { behind_first })
    }
}
