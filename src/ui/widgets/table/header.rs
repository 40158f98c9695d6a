//! The header: titles, sort, edges that resize, columns that are dragged to another place, and the table's menu.

use egui::accesskit::Role;
use egui::{Align2, CornerRadius, CursorIcon, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::layout::{self, is_movable};
use super::pass::Pass;
use super::state::TableState;
use super::wanted::Target;
use super::{Column, Shown, Table, menu};
use crate::ui::theme::{Theme, Type, icons};
use crate::ui::widgets::paint;

/// Half the width of the place where an edge can be taken.
const EDGE: f32 = 4.0;

impl Table<'_> {
    /// Draws the header. Returns what the table's menu asks for.
    pub(super) fn header(&self, ui: &mut Ui, pass: &Pass, state: &mut TableState, shown: &mut Shown) -> Option<Target> {
        let t = pass.t;
        let (clip, first_ends) = (ui.clip_rect(), pass.first_ends());
        let bar = Rect::from_min_size(pass.rect.min, vec2(pass.rect.width(), t.row().header));
        let round = if self.square { 0 } else { t.radius().large as u8 };
        let corners = CornerRadius { nw: round, ne: round, sw: 0, se: 0 };
        ui.painter().rect_filled(bar, corners, t.surface.raised);
        let hovered = ui.rect_contains_pointer(bar);
        for place in (0..pass.slots.len()).filter(|&place| pass.sees(place)) {
            // What scrolls sideways goes behind the first column.
            ui.set_clip_rect(if place == 0 { clip } else { clip.intersect(Rect::everything_right_of(first_ends)) });
            self.title(ui, pass, state, shown, bar, place);
        }
        for place in (0..pass.slots.len()).filter(|&place| pass.sees(place)) {
            ui.set_clip_rect(if place == 0 { clip } else { clip.intersect(Rect::everything_right_of(first_ends)) });
            self.edge(ui, pass, state, (bar, hovered), place);
        }
        ui.set_clip_rect(clip);
        let side = t.row().dense;
        let corner = Rect::from_min_size(pos2(bar.right() - side - 2.0, bar.top() + 2.0), vec2(side, side));
        if pass.overflow > 0.0 {
            ui.painter().rect_filled(corner, 0.0, t.surface.raised);
        }
        menu::table_menu(ui, corner, self.name, self.columns)
    }

    fn title(&self, ui: &Ui, pass: &Pass, state: &mut TableState, shown: &mut Shown, bar: Rect, place: usize) {
        let i = pass.slots[place].column;
        let column = &self.columns[i];
        let rect = pass.cell_rect(bar, place);
        let mut sense = if column.sortable { Sense::click() } else { Sense::hover() };
        if is_movable(self.columns, i) {
            sense |= Sense::DRAG;
        }
        let response = ui.interact(rect, pass.id.with(("header", i)), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &column.title));
        let sorted = state.sort.filter(|(by, _)| *by == i).map(|(_, down)| down);
        let cut = title(ui, pass.t, rect, column, sorted, &response);
        if column.sortable && response.clicked() {
            state.sort = Some((i, !sorted.unwrap_or(!column.numeric)));
            shown.sorted = true;
        }
        self.follow_move(ui, pass, bar, place, &response);
        let response = if cut { response.on_hover_text(&column.title) } else { response };
        if column.sortable {
            response.on_hover_cursor(CursorIcon::PointingHand);
        }
    }

    /// A header that is dragged shows where it would go, and goes there when it is let go.
    fn follow_move(&self, ui: &Ui, pass: &Pass, bar: Rect, place: usize, response: &Response) {
        if !response.dragged() && !response.drag_stopped() {
            return;
        }
        let Some(at) = response.interact_pointer_pos().or_else(|| ui.input(|i| i.pointer.latest_pos())) else { return };
        let i = pass.slots[place].column;
        let others = || pass.slots.iter().filter(|slot| is_movable(self.columns, slot.column) && slot.column != i);
        let before: Vec<usize> = others().filter(|s| s.x + s.width / 2.0 < at.x).map(|s| s.column).collect();
        let x = match before.last() {
            Some(last) => others().find(|slot| slot.column == *last).map_or(pass.first_ends(), |slot| slot.right()),
            None => pass.first_ends(),
        };
        if response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            let mark = Rect::from_center_size(pos2(x, bar.center().y), vec2(pass.t.stroke().series, bar.height()));
            ui.ctx().layer_painter(ui.layer_id()).rect_filled(mark, 0.0, pass.t.accent.base);
            return;
        }
        layout::change(ui.ctx(), self.name, true, |layout| {
            let order = layout.shown(self.columns);
            let movable: Vec<usize> = order.into_iter().filter(|&c| is_movable(self.columns, c) && c != i).collect();
            let to = before.last().and_then(|last| movable.iter().position(|c| c == last)).map_or(0, |n| n + 1);
            layout.place(self.columns, i, to);
        });
    }

    /// The right edge of a column: drag it, or double-click it to fit the cells on view.
    fn edge(&self, ui: &Ui, pass: &Pass, state: &mut TableState, (bar, hovered): (Rect, bool), place: usize) {
        let (t, slot) = (pass.t, pass.slots[place]);
        let column = &self.columns[slot.column];
        if !column.has_values() || place + 1 == pass.slots.len() {
            return;
        }
        let grip = Rect::from_center_size(pos2(slot.right(), bar.center().y), vec2(2.0 * EDGE, bar.height()));
        let response = ui.interact(grip, pass.id.with(("edge", slot.column)), Sense::CLICK | Sense::DRAG);
        if response.double_clicked() {
            state.fit = Some(slot.column);
        } else if let (true, Some(at)) = (response.dragged(), response.interact_pointer_pos()) {
            // What stands left of it keeps its width, so that the edge stays under the pointer.
            let left = &pass.slots[..place];
            layout::change(ui.ctx(), self.name, false, |layout| {
                left.iter().for_each(|slot| layout.set_width(&self.columns[slot.column], slot.width));
                layout.set_width(column, at.x - slot.x);
            });
        } else if response.drag_stopped() {
            layout::change(ui.ctx(), self.name, true, |_| {});
        }
        let lively = response.hovered() || response.dragged();
        if hovered || lively {
            let ink = if lively { t.accent.base } else { t.border.normal };
            let inset = t.space().x2 - 1.0;
            let y = if lively { bar.y_range() } else { bar.shrink2(vec2(0.0, inset)).y_range() };
            ui.painter().vline(slot.right(), y, t.hairline(ink));
        }
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// Draws a header's words, and the arrow where it sorts. Says whether the words were cut.
fn title(ui: &Ui, t: &Theme, rect: Rect, column: &Column, sorted: Option<bool>, response: &Response) -> bool {
    let lively = sorted.is_some() || (column.sortable && response.hovered());
    let ink = if lively { t.text.strong } else { t.text.subdued };
    let arrow = if sorted.is_some() { t.icon().small } else { 0.0 };
    let mut words = rect;
    if column.numeric {
        words.max.x -= arrow;
    }
    let anchor = if column.numeric { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let (place, cut) = paint::text_in(ui.painter(), words, anchor, column.head(), t.font(Type::Caption), ink);
    if let Some(down) = sorted {
        let icon = if down { icons::ARROW_DOWN } else { icons::ARROW_UP };
        let centre = pos2(place.right() + arrow / 2.0 + 1.0, rect.center().y);
        paint::icon(ui.painter(), centre, icon, t.icon().small - 2.0, ink);
    }
    paint::focus_ring(ui, t, rect, t.radius().small, response);
    cut
}
