//! Sales by week with and without what spend adds, and what a channel's spend adds at every level.

use egui::{Rect, Ui};

use super::sales;
use crate::analytics::media::{Measure, Media};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::{Chart, Kind, Series};

/// Sales by week.
pub(super) fn course(cx: &mut Cx, ui: &mut Ui, found: &Media, place: Rect) {
    let names: Vec<String> = found.course.iter().map(|week| locale::date(week.monday)).collect();
    let values = |of: &dyn Fn(usize) -> f64| (0..found.course.len()).map(|n| Some(of(n))).collect::<Vec<_>>();
    let series = |name: &str, kind, values| Series { name: name.into(), kind, values };
    let all = [
        series("Sales", Kind::Rest, values(&|n| found.course[n].sales)),
        series("As the model has it", Kind::Line, values(&|n| found.course[n].expected)),
        series("Without spend", Kind::Line, values(&|n| found.course[n].expected - found.course[n].added)),
    ];
    let line = match found.settings.measure {
        Measure::Revenue => format!("Revenue by week ({})", found.currency.code()),
        Measure::Orders => "Orders by week".to_owned(),
    };
    let title = "What spend adds to the weeks";
    let chart = Chart {
        title,
        line: &line,
        about: "Level, trend, season and sales of the shop make the lower line; the distance to the upper one is what \
                the model ascribes to spend. What moves together is not always cause and effect",
        period: "Week from",
        periods: &names,
        series: &all,
        unfinished: None,
        flags: &[],
        print: &|amount| sales(found, amount),
    };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(title, asked, |row, column| chart.value(row, column));
    }
}

/// What a steady spend of a channel adds.
pub(super) fn curve(cx: &mut Cx, ui: &mut Ui, found: &Media, chosen: usize, place: Rect) {
    let Some(channel) = found.channels.get(chosen) else { return };
    let money = |minor: f64| locale::current().money_whole(minor.round() as i64, found.currency);
    let names: Vec<String> = channel.curve.iter().map(|point| money(point.spend)).collect();
    let series = |name: &str, kind, of: &dyn Fn(usize) -> f64| Series {
        name: name.into(),
        kind,
        values: (0..channel.curve.len()).map(|n| Some(of(n))).collect(),
    };
    let level = locale::percent(found.settings.level, 0);
    let all = [
        series("Added a week", Kind::Line, &|n| channel.curve[n].adds.mean),
        series(&format!("{level} interval, from"), Kind::Edge, &|n| channel.curve[n].adds.interval.0),
        series(&format!("{level} interval, to"), Kind::Edge, &|n| channel.curve[n].adds.interval.1),
    ];
    let title = format!("What spend on {} adds", channel.channel);
    let line = format!("A week, by its spend; {} at present", money(channel.present));
    let chart = Chart {
        title: &title,
        line: &line,
        about: "The curve ends at one and a half times the most that any week had: beyond that nobody knows. Choose \
                another channel in the table",
        period: "Spend of a week",
        periods: &names,
        series: &all,
        unfinished: None,
        flags: &[],
        print: &|amount| sales(found, amount),
    };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(&title, asked, |row, column| chart.value(row, column));
    }
}
