//! The course of a metric with a year before, what happened meanwhile, and its last step marked when it is not over.

use egui::{Rect, Ui};

use super::print;
use crate::analytics::kpi::{AnnotationKind, KpiRow, Kpis, Point};
use crate::model::figure::Value;
use crate::model::kpi::Grain;
use crate::model::metric::MetricKind;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::widgets::chart::{Chart, Flag, Kind, Series, Unfinished};

/// Draws it into a card of a given place.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, found: &Kpis, row: &KpiRow, place: Rect) {
    let metric = row.metric.metric();
    let names: Vec<String> = row.course.iter().map(|point| locale::step(found.grain, point.from)).collect();
    let is_sum = matches!(metric.kind, MetricKind::Sum | MetricKind::Count);
    let values = |of: &dyn Fn(&Point) -> Option<Value>| -> Vec<Option<f64>> {
        row.course.iter().map(|point| of(point).map(Value::number)).collect()
    };
    let mut series = vec![Series {
        name: "this period".into(),
        kind: if is_sum { Kind::Bars } else { Kind::Line },
        values: values(&|point| point.value),
    }];
    if row.course.iter().any(|point| point.year_before.is_some()) {
        series.push(Series {
            name: "a year before".into(),
            kind: if is_sum { Kind::Before } else { Kind::Line },
            values: values(&|point| point.year_before),
        });
    }
    let unfinished = row.course.last().filter(|point| point.unfinished);
    let unfinished = unfinished
        .map(|point| Unfinished { words: format!("to {}", locale::step(Grain::Day, point.to)), expected: None });
    let title = format!("{} by {}", metric.name, found.grain.name());
    let line = format!(
        "{} – {}; a year before on the same weekdays, 364 days earlier",
        locale::date(found.period.0),
        locale::date(found.period.1)
    );
    let about = format!("{}. {}", metric.in_words, row.from);
    let chart = Chart {
        title: &title,
        line: &line,
        about: about.trim_end_matches([' ', '.']),
        period: found.grain.name(),
        periods: &names,
        series: &series,
        unfinished,
        flags: &flags(found, row),
        print: &|number| print::plain(metric, found, number),
    };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(&title, asked, |row, column| chart.value(row, column));
    }
}

/// What happened, at the step in which it began; several of one step become one flag.
fn flags(found: &Kpis, row: &KpiRow) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for note in &found.annotations {
        let Some(period) = row.course.iter().position(|point| (point.from..=point.to).contains(&note.from)) else {
            continue;
        };
        let words = match note.kind {
            AnnotationKind::Campaign | AnnotationKind::Price => note.text.clone(),
            AnnotationKind::Experiment => format!("Test: {}", note.text),
        };
        match flags.iter_mut().find(|flag| flag.period == period) {
            Some(flag) => flag.words = format!("{}, {words}", flag.words),
            None => flags.push(Flag { period, words }),
        }
    }
    flags.sort_by_key(|flag| flag.period);
    flags
}
