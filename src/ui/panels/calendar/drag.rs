//! Bars moved and stretched by pointer and by keys: whole days, one step of the history each time.

use egui::{CursorIcon, EventFilter, Key, Response, Ui};

use super::grid::Grid;
use crate::model::{Campaign, Day};
use crate::planner::rounds::Span;

/// This near to an end of the window its end is meant.
const EDGE: f32 = 6.0;

/// What is done to a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// All of it goes to other days.
    Move,
    /// Its window begins on another day.
    Start,
    /// Its window ends on another day.
    End,
}

/// A drag under way.
#[derive(Debug, Clone, Copy)]
pub struct Drag {
    /// Number of the campaign.
    pub id: i64,
    /// What is done to it.
    pub change: Change,
    /// By how many days.
    pub days: i32,
    /// Where the pointer began.
    from: f32,
    /// Esc was pressed: nothing happens any more until the pointer is let go.
    pub off: bool,
}

impl Change {
    /// The campaign after it; a window keeps at least a day.
    pub fn of(self, campaign: &Campaign, days: i32) -> Campaign {
        let by = chrono::TimeDelta::days(days.into());
        let mut changed = campaign.clone();
        let least = chrono::TimeDelta::days(1);
        match self {
            Self::Move => return campaign.moved(days.into()),
            Self::Start => {
                let latest = campaign.ends.checked_sub_signed(least).unwrap_or(campaign.starts).max(campaign.starts);
                changed.starts = campaign.starts.checked_add_signed(by).unwrap_or(campaign.starts).min(latest);
            }
            Self::End => {
                let first = campaign.starts.checked_add_signed(least).unwrap_or(campaign.ends).min(campaign.ends);
                changed.ends = campaign.ends.checked_add_signed(by).unwrap_or(campaign.ends).max(first);
            }
        }
        changed
    }

    /// What the pointer would do at `x`.
    fn at(grid: &Grid, window: Span, x: f32) -> Self {
        let near = |edge: f32| (x - edge).abs() <= EDGE;
        if near(grid.x(Day(window.1.0.saturating_add(1)))) {
            Self::End
        } else if near(grid.x(window.0)) {
            Self::Start
        } else {
            Self::Move
        }
    }
}

/// Follows the pointer on the bars of a campaign. Gives what is to be saved once it is let go.
pub fn by_pointer(
    ui: &Ui,
    grid: &Grid,
    response: &Response,
    (id, window): (i64, Span),
    drag: &mut Option<Drag>,
) -> Option<(Change, i32)> {
    let own = drag.filter(|drag| drag.id == id);
    if let Some(at) = response.hover_pos()
        && own.is_none()
    {
        let icon = match Change::at(grid, window, at.x) {
            Change::Move => CursorIcon::Grab,
            Change::Start | Change::End => CursorIcon::ResizeHorizontal,
        };
        ui.set_cursor_icon(icon);
    }
    if response.drag_started()
        && let Some(at) = ui.input(|i| i.pointer.press_origin())
    {
        let change = Change::at(grid, window, at.x);
        *drag = Some(Drag { id, change, days: 0, from: at.x, off: false });
        return None;
    }
    let mut own = own?;
    if ui.input(|i| i.key_pressed(Key::Escape)) {
        (own.off, own.days) = (true, 0);
    }
    if let Some(at) = response.interact_pointer_pos().filter(|_| !own.off) {
        own.days = ((at.x - own.from) / grid.day()).round() as i32;
        ui.set_cursor_icon(if own.change == Change::Move {
            CursorIcon::Grabbing
        } else {
            CursorIcon::ResizeHorizontal
        });
    }
    *drag = Some(own);
    if response.drag_stopped() {
        *drag = None;
        return (own.days != 0).then_some((own.change, own.days));
    }
    None
}

/// Follows the keys while the campaign has the focus: arrows move it by a day, with Shift they move its end.
pub fn by_keys(ui: &Ui, response: &Response) -> Option<(Change, i32)> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.input(|i| {
        let days = i32::from(i.key_pressed(Key::ArrowRight)) - i32::from(i.key_pressed(Key::ArrowLeft));
        (days != 0).then_some((if i.modifiers.shift { Change::End } else { Change::Move }, days))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;
    use crate::model::campaign::Template;

    #[test]
    fn a_window_moves_whole_and_keeps_a_day() {
        let at = |day: i32| Day(day).date().and_hms_opt(10, 0, 0).unwrap();
        let sale = Campaign::from_template(Template::SaleEvent, at(20_000), Currency::USD);
        assert_eq!(Change::Move.of(&sale, -4).days(), (Day(19_996), Day(19_999)));
        assert_eq!(Change::End.of(&sale, 2).days(), (Day(20_000), Day(20_005)));
        assert_eq!(Change::Start.of(&sale, -1).days(), (Day(19_999), Day(20_003)));
        let least = |campaign: Campaign| (campaign.ends - campaign.starts).num_days();
        assert_eq!(least(Change::End.of(&sale, -90)), 1);
        assert_eq!(least(Change::Start.of(&sale, 90)), 1);
    }
}
