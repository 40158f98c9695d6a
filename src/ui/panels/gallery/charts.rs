//! Charts and heat maps.

use egui::{Rect, Ui, pos2};

use crate::ui::cx::Cx;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::{Chart, Kind, Series, Unfinished};
use crate::ui::widgets::heat_map::{HeatCell, HeatMap, Scale};
use crate::ui::widgets::say;

/// What the part remembers.
#[derive(Default)]
pub struct Charts {
    cohort: Option<(usize, usize)>,
    change: Option<(usize, usize)>,
}

impl Charts {
    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let gap = t.shell().gutter;
        let (middle, half) = (area.left() + ((area.width() - gap) * 0.56).round(), area.height() * 0.47);
        let top = |from: f32, to: f32| Rect::from_min_max(pos2(from, area.top()), pos2(to, area.top() + half));
        let low = |from: f32, to: f32| Rect::from_min_max(pos2(from, area.top() + half + gap), pos2(to, area.bottom()));
        revenue(cx, ui, top(area.left(), middle));
        retention(cx, ui, top(middle + gap, area.right()));
        card_at(ui, low(area.left(), middle), t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, "Monthly cohorts");
            say(ui, Type::Caption, "Buyers who order again, %, by months since the first order");
            ui.add_space(t.space().x2);
            cohorts(ui, &mut self.cohort);
        });
        card_at(ui, low(middle + gap, area.right()), t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, "Change against the year before");
            say(ui, Type::Caption, "Percentage points around zero");
            ui.add_space(t.space().x2);
            changes(ui, &mut self.change);
        });
        ui.advance_cursor_after_rect(area);
    }
}

fn revenue(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let months = ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"];
    let periods = months.map(str::to_owned);
    let now = [612.0, 668.0, 402.0, 381.0, 418.0, 430.0, 447.0, 436.0, 410.0, 424.0, 452.0, 214.0];
    let before = [560.0, 615.0, 371.0, 356.0, 383.0, 402.0, 408.0, 400.0, 375.0, 388.0, 420.0, 380.0];
    let series = |name: &str, kind, values: [f64; 12]| Series {
        name: name.into(),
        kind,
        values: values.into_iter().map(Some).collect(),
    };
    let chart = Chart {
        title: "Revenue by month",
        line: "$K, net of tax, shipping and refunds",
        about: "Paid orders by the day they were placed, minus refunds, without tax and shipping",
        period: "Month",
        periods: &periods,
        series: &[series("this year", Kind::Bars, now), series("a year before", Kind::Before, before)],
        unfinished: Some(Unfinished { words: "to 14 Oct".into(), expected: Some(466.0) }),
        flags: &[],
        print: &|value| format!("{value:.0}"),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart(chart.title, asked, |row, column| chart.value(row, column));
    }
}

fn retention(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let periods: Vec<String> = (1..=11).map(|month| month.to_string()).collect();
    let course = |from: f64| (1..=11).map(|m| (m != 6).then_some(from / f64::from(m).sqrt())).collect::<Vec<_>>();
    let series = |name: &str, from: f64| Series { name: name.into(), kind: Kind::Line, values: course(from) };
    let chart = Chart {
        title: "21.1% come back in month 1",
        line: "%, by months since the first order",
        about: "Buyers of a month who order again in a later one; month 6 has no value in this example",
        period: "Month",
        periods: &periods,
        series: &[series("All", 21.1), series("VIP/Loyal", 46.0), series("Regular", 33.0)],
        unfinished: None,
        flags: &[],
        print: &|value| format!("{value:.0}%"),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart(chart.title, asked, |row, column| chart.value(row, column));
    }
}

fn cohorts(ui: &mut Ui, chosen: &mut Option<(usize, usize)>) {
    let rows: Vec<String> =
        ["Mar 26", "Apr 26", "May 26", "Jun 26", "Jul 26", "Aug 26", "Sep 26"].map(str::to_owned).to_vec();
    let columns: Vec<String> = (0..8).map(|month| month.to_string()).collect();
    let cell = |row: usize, column: usize| {
        let last = 7 - row;
        let value = 21.0 / (column as f64 * 0.8 + 1.0) + row as f64 * 0.4;
        (column <= last).then(|| HeatCell {
            value,
            text: format!("{value:.1}"),
            below: String::new(),
            unfinished: column == last,
        })
    };
    let map = HeatMap {
        name: "Monthly cohorts",
        rows: &rows,
        columns: &columns,
        row: None,
        cell: &cell,
        scale: Scale::Amount { from: 3.0, to: 24.0 },
        print: &|value| format!("{value:.0}%"),
    };
    map.show(ui, chosen);
}

fn changes(ui: &mut Ui, chosen: &mut Option<(usize, usize)>) {
    let rows: Vec<String> = ["US", "DE", "FR", "CA", "AU"].map(str::to_owned).to_vec();
    let columns: Vec<String> = ["Q1", "Q2", "Q3", "Q4"].map(str::to_owned).to_vec();
    let cell = |row: usize, column: usize| {
        let value = ((row * 7 + column * 3) % 11) as f64 - 5.0;
        let sign = ["−", "", "+"][(value.total_cmp(&0.0) as i8 + 1) as usize];
        Some(HeatCell { value, text: format!("{sign}{:.1}", value.abs()), below: String::new(), unfinished: false })
    };
    let map = HeatMap {
        name: "Change by country and quarter",
        rows: &rows,
        columns: &columns,
        row: None,
        cell: &cell,
        scale: Scale::Around { centre: 0.0, reach: 5.0 },
        print: &|value| format!("{value:+.0} pp").replace('-', "−"),
    };
    map.show(ui, chosen);
}
