//! The waterfalls: by factor, by group, and from one figure to another.

use egui::{Rect, Ui};

use super::change::lowered;
use super::steps::{Scale, of_difference, of_groups, of_parts};
use crate::analytics::explain::{Change, Difference, said};
use crate::model::Currency;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::waterfall::{Fall, Waterfall, axis_cut};

/// Why revenue moved: what each factor made of it; with `apart` the value of orders by what it is made of.
pub fn moved(cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Change, apart: bool) {
    let steps = of_parts(found, apart);
    let title = said::title(found, locale::current());
    let about = "Each part is what one factor adds while the others stay, as the mean over all orders in which they can be \
                 replaced; so nothing is left over";
    draw(cx, ui, rect, (&title, "parts add up to the cent", about), &steps, found.currency);
}

/// Where it came from: what each group made of the change.
pub(super) fn by_group(cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Change, most: usize) {
    let steps = of_groups(found, most);
    let by = found.settings.by;
    let title = format!("The same change by {}", lowered(by.name()));
    draw(cx, ui, rect, (&title, "groups add up to the cent", by.in_words()), &steps, found.currency);
}

/// From the shop's revenue to the figure of a platform.
pub(super) fn from_figure_to_figure(cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Difference) {
    let steps = of_difference(found);
    let title = format!("Your revenue as {}", found.asked.platform.name());
    draw(cx, ui, rect, (&title, "rule by rule", found.asked.platform.in_words()), &steps, found.currency);
}

fn draw(
    cx: &mut Cx,
    ui: &mut Ui,
    rect: Rect,
    (title, words, about): (&str, &str, &str),
    (steps, scale): &(Vec<Fall>, Scale),
    currency: Currency,
) {
    let cut = axis_cut(steps).map_or_else(String::new, |cut| format!("; axis cut at {}", scale.axis(cut)));
    let line = format!("{}, {words}{cut}", scale.unit());
    let unit = format!("Amount ({currency})");
    let chart = Waterfall { frame: Frame { title, line: &line, about }, unit: &unit, steps };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart(title, asked, |row, column| chart.value(row, column));
    }
}
