//! What narrows a list: a chip per filter that can be taken away, and how many rows are left.

use egui::{Layout, Sense, Ui, UiBuilder, vec2};

use super::chip::removable_chip;
use super::text::say_in;
use crate::ui::locale;
use crate::ui::theme::{self, Type};

/// `3 of 1,204 customers`
pub fn n_of_m(shown: u64, all: u64, what: &str) -> String {
    let what = if all == 1 { what.trim_end_matches('s') } else { what };
    format!("{} of {} {what}", locale::count(shown), locale::count(all))
}

/// A line above a table: at the left `choices` (what can be filtered by), a chip per filter that is on, and the count;
/// at the right `search`. Returns the chip that was taken away.
pub fn filter_line<S>(
    ui: &mut Ui,
    state: &mut S,
    choices: impl FnOnce(&mut Ui, &mut S),
    chips: &[String],
    count: &str,
    search: impl FnOnce(&mut Ui, &mut S),
) -> Option<usize> {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().field), Sense::hover());
    let layout = Layout::right_to_left(egui::Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("search"));
    search(&mut right, state);
    let left = egui::Rect::from_min_max(rect.min, egui::pos2(right.min_rect().left() - t.space().x2, rect.bottom()));
    let layout = Layout::left_to_right(egui::Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(left).layout(layout).id_salt("filters"));
    line.set_clip_rect(left.intersect(ui.clip_rect()));
    choices(&mut line, state);
    let mut gone = None;
    for (i, chip) in chips.iter().enumerate() {
        if removable_chip(&mut line, chip) {
            gone = Some(i);
        }
    }
    say_in(&mut line, Type::Caption, t.text.subdued, count);
    ui.add_space(t.space().x1);
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_thousands() {
        assert_eq!(n_of_m(1, 1, "customers"), "1 of 1 customer");
        assert_eq!(n_of_m(67, 1_180, "customers"), "67 of 1,180 customers");
    }
}
