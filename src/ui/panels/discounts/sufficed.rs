//! Which discount sufficed for how many, as a picture.

use egui::{Rect, Ui};

use crate::analytics::discounts::{Curve, Discounts};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::{Chart, Kind, Series};

/// Draws the card.
pub fn show(cx: &mut Cx, ui: &mut Ui, found: &Discounts, rect: Rect) {
    let series =
        |name: &str, counts: &[u64]| Series { name: name.into(), kind: Kind::Line, values: Curve::shares(counts) };
    let percents: Vec<String> = found.curve.percents().map(|at| format!("{at}%")).collect();
    let series = [series("Only on sale", &found.curve.only), series("All who bought on sale", &found.curve.all)];
    let title = match Curve::reaches(&found.curve.only, 0.5) {
        Some(half) => format!("{half}% off sufficed for every second one"),
        None => "Nobody buys only on sale".to_owned(),
    };
    let chart = Chart {
        title: &title,
        line: "Share of customers who bought at this discount or less",
        about: "Customers by the smallest discount they bought at, in percent of the price of the goods. Less may have \
                sufficed, had it been offered; who also buys at full price needed none",
        period: "Discount up to",
        periods: &percents,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|share| locale::percent(share, 0),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Discounts that sufficed", asked, |row, column| chart.value(row, column));
    }
}
