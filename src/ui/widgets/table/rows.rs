//! The rows on view, and the row that sums up.

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Rect, Ui, UiBuilder, pos2, vec2};

use super::cell::Cell;
use super::pass::Pass;
use super::state::{TableState, View};
use super::{Shown, Table, layout};

/// Draws the cell of a row and column.
type Draw<'d> = &'d mut dyn FnMut(u64, usize, &mut Cell<'_>);

/// How a row looks.
struct Look {
    hovered: bool,
    fill: Color32,
}

impl Table<'_> {
    /// Draws the rows on view and fits a column to them where that is asked for.
    pub(super) fn rows_on_view(
        &self,
        ui: &mut Ui,
        pass: &Pass,
        view: &View,
        state: &mut TableState,
        shown: &mut Shown,
        cell: Draw<'_>,
    ) {
        let reach = f64::from(view.rect.height() + state.rest()) / f64::from(view.row);
        shown.visible = state.top()..(state.top() + reach.ceil() as u64).min(self.rows);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(view.rect).id_salt("rows"));
        ui.shrink_clip_rect(view.rect);
        let mut widest: f32 = 0.0;
        for row in shown.visible.clone() {
            let y = view.rect.top() + (row - state.top()) as f32 * view.row - state.rest();
            let place = Rect::from_min_size(pos2(pass.rect.left(), y), vec2(pass.rect.width(), view.row));
            widest = widest.max(self.row(&mut ui, pass, row, place, state, cell));
        }
        if let Some(column) = state.fit.take().and_then(|i| self.columns.get(i)) {
            let t = pass.t;
            let font = t.font(crate::ui::theme::Type::Caption);
            let header = ui.painter().layout_no_wrap(column.head().to_owned(), font, t.text.normal).size().x;
            let sort = if column.sortable { t.icon().small } else { 0.0 };
            let padding = t.space().x4 + t.space().x2;
            let width = widest.max(header + sort).ceil() + padding;
            layout::change(ui.ctx(), self.name, true, |layout| layout.set_width(column, width));
        }
    }

    /// Draws a row. Returns the width that the column to be fitted would like.
    fn row(&self, ui: &mut Ui, pass: &Pass, row: u64, rect: Rect, state: &TableState, cell: Draw<'_>) -> f32 {
        let t = pass.t;
        let builder = UiBuilder::new().max_rect(rect).id_salt(row).accessibility_role(Role::Row);
        let mut ui = ui.new_child(builder);
        let chosen = self.selectable && state.selected == Some(row);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_row_index(usize::try_from(row).unwrap_or(usize::MAX));
            if self.selectable {
                node.set_selected(chosen);
            }
        });
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
        let wish = self.cells(&mut ui, pass, (row, rect), state, &Look { hovered, fill }, cell);
        if chosen {
            let edge = Rect::from_min_size(rect.min, vec2(t.stroke().series, rect.height()));
            ui.painter().rect_filled(edge, 0.0, t.accent.base);
        }
        wish
    }

    fn cells(
        &self,
        ui: &mut Ui,
        pass: &Pass,
        (row, rect): (u64, Rect),
        state: &TableState,
        look: &Look,
        cell: Draw<'_>,
    ) -> f32 {
        let (t, first_ends, shifted) = (pass.t, pass.first_ends(), pass.is_shifted());
        let clip = ui.clip_rect();
        let range = state.range.filter(|range| !range.is_one());
        let mut wish: f32 = 0.0;
        for place in (0..pass.slots.len()).rev() {
            let column = pass.slots[place].column;
            let fits = state.fit == Some(column);
            if !pass.sees(place) && !fits {
                continue;
            }
            let inner = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - t.stroke().hairline));
            if shifted && place > 0 {
                ui.set_clip_rect(clip.intersect(Rect::everything_right_of(first_ends)));
            } else if shifted {
                ui.set_clip_rect(clip);
                let under = Rect::from_min_max(inner.min, pos2(first_ends, inner.bottom()));
                ui.painter().rect_filled(under, 0.0, look.fill);
            }
            if range.is_some_and(|range| range.contains(row, place)) {
                ui.painter().rect_filled(pass.slot_rect(inner, place), 0.0, t.accent.tint);
            }
            let place_of = pass.cell_rect(rect, place);
            let mut one = Cell::new(ui, t, place_of, self.columns[column].numeric, look.hovered);
            if fits {
                one = one.measured();
            }
            one.opened = state.open == Some((row, place));
            cell(row, column, &mut one);
            wish = wish.max(one.wish());
            one.finish(column);
        }
        ui.set_clip_rect(clip);
        wish
    }

    pub(super) fn total_row(&self, ui: &mut Ui, pass: &Pass, top: f32, cell: Draw<'_>) {
        let t = pass.t;
        let rect = Rect::from_min_max(pos2(pass.rect.left(), top), pos2(pass.rect.right(), top + self.row_height));
        // The strip of the side bar may follow.
        let round = if rect.bottom() < pass.rect.bottom() - 1.0 { 0 } else { t.radius().large as u8 };
        ui.painter().rect_filled(rect, CornerRadius { nw: 0, ne: 0, sw: round, se: round }, t.surface.raised);
        let builder = UiBuilder::new().max_rect(rect).id_salt("totals").accessibility_role(Role::Row);
        let mut ui = ui.new_child(builder);
        let look = Look { hovered: ui.rect_contains_pointer(rect), fill: t.surface.raised };
        self.cells(&mut ui, pass, (self.rows, rect), &TableState::default(), &look, cell);
    }
}
