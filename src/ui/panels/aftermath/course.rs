//! Revenue by day around a sale, over what its days would have brought without it.

use egui::{Sense, Ui, vec2};

use crate::analytics::forecast::ForetoldDay;
use crate::model::{Currency, Day};
use crate::ops::sale_results::Course;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::{Chart, Kind, Series};

/// Height of the picture.
const HEIGHT: f32 = 280.0;

/// Draws the card over the whole width. `lift` multiplies the baseline of the sale's days to what is expected of them.
pub fn show(cx: &mut Cx, ui: &mut Ui, course: &Course, currency: Currency, title: &str, lift: Option<f64>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let last = course.baseline.days.last().map_or(course.first, |day| day.day);
    let days: Vec<Day> = (course.first.0..=last.0).map(Day).collect();
    let names: Vec<String> = days.iter().map(|day| short(*day)).collect();
    let on_sale = |day: &Day| (course.sale.0..=course.sale.1).contains(day);
    let came = |wanted: bool| {
        let value = |(at, day): (usize, &Day)| {
            course.came.get(at).filter(|_| on_sale(day) == wanted).map(|minor| *minor as f64)
        };
        days.iter().enumerate().map(value).collect()
    };
    let foretold = |of: &dyn Fn(&ForetoldDay) -> f64, among: &dyn Fn(&Day) -> bool| {
        let find = |day: &Day| course.baseline.days.iter().find(|foretold| foretold.day == *day);
        days.iter().map(|day| find(day).filter(|_| among(day)).map(of)).collect::<Vec<_>>()
    };
    let any = |_: &Day| true;
    let series = |name: &str, kind, values| Series { name: name.into(), kind, values };
    let mut all = vec![
        series("During the sale", Kind::Bars, came(true)),
        series("Other days", Kind::Rest, came(false)),
        series("Without the sale", Kind::Line, foretold(&|day| day.middle, &any)),
        series("95% interval, from", Kind::Edge, foretold(&|day| day.within_95.0, &any)),
        series("95% interval, to", Kind::Edge, foretold(&|day| day.within_95.1, &any)),
    ];
    if let Some(lift) = lift {
        all.push(series("With the sale", Kind::Line, foretold(&|day| day.middle * lift, &on_sale)));
    }
    let chart = Chart {
        title,
        line: &format!("Revenue by day ({})", currency.code()),
        about: "What came by day, and what the days before the sale let expect without it: the rule that was nearest on \
                the shop’s own past, with the interval of single days",
        period: "Day",
        periods: &names,
        series: &all,
        unfinished: None,
        flags: &[],
        print: &|minor| locale::current().money_whole(minor.round() as i64, currency),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Revenue around the sale", asked, |row, column| chart.value(row, column));
    }
}

/// A day without its year: the page says which one it is.
fn short(day: Day) -> String {
    let date = locale::date(day);
    let year = day.date().format("%Y").to_string();
    let short = date.trim_end_matches(&year).trim_start_matches(&year);
    short.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '.' || c == '-' || c == '/').to_owned()
}
