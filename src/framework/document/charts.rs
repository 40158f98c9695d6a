//! Charts of values that the pages have; nothing is computed here.

use crate::analytics::journey::OmnichannelTable;
use crate::analytics::kpi::Kpis;
use crate::analytics::segments::{Segment, SegmentTable};
use crate::framework::words::period;
use crate::model::figure::Value;
use crate::model::{Locale, MetricId};
use crate::report::document::{Block, Chart, ChartKind, ChartUnit, Series};

use super::References;

fn shown(chart: Chart) -> Option<Block> {
    let values = || chart.series.iter().flat_map(|series| &series.values);
    values().any(Option::is_some).then_some(Block::Chart(chart))
}

/// Revenue of each step of the dashboard's course, beside the same days a year before; `None` where nothing is told.
pub fn revenue_by_month(found: &Kpis, references: &mut References) -> Option<Block> {
    let row = found.row(MetricId::Revenue)?;
    let major = |value: Option<Value>| match value {
        Some(Value::Money(minor, currency)) => Some(currency.major(minor)),
        _ => None,
    };
    // A step that is not over would look like a fall.
    let whole: Vec<_> = row.course.iter().filter(|point| !point.unfinished).collect();
    let series = |name: &str, of: &dyn Fn(usize) -> Option<Value>| Series {
        name: name.into(),
        values: (0..whole.len()).map(|at| major(of(at))).collect(),
    };
    let mut all = vec![series("Revenue", &|at| whole.get(at)?.value)];
    let before = series("A year before", &|at| whole.get(at)?.year_before);
    if before.values.iter().any(Option::is_some) {
        all.push(before);
    }
    let metric = MetricId::Revenue.metric();
    let text = format!("{}: {}. As of {}, page KPIs", metric.name, metric.in_words, found.as_of.display());
    shown(Chart {
        caption: format!("Revenue, {}", period(found.period)),
        kind: ChartKind::Lines,
        labels: whole.iter().map(|point| Locale::En.date(point.from)).collect(),
        series: all,
        unit: ChartUnit::Money(found.currency.code().to_owned()),
        reference: Some(references.number(text)),
    })
}

/// Revenue of each segment; `None` where nobody bought.
pub fn by_segment(table: &SegmentTable, references: &mut References) -> Option<Block> {
    let text = format!(
        "Revenue by segment: {}. As of {}, {}, page Segments",
        MetricId::Revenue.metric().in_words,
        table.as_of.display(),
        period(table.period)
    );
    if table.total.revenue == 0 {
        return None;
    }
    shown(Chart {
        caption: "Revenue by segment, last 12 months".into(),
        kind: ChartKind::Bars,
        labels: table.rows.iter().map(|row| row.segment.map_or("", Segment::name).to_owned()).collect(),
        series: vec![Series {
            name: "Revenue".into(),
            values: table.rows.iter().map(|row| Some(table.currency.major(row.revenue))).collect(),
        }],
        unit: ChartUnit::Money(table.currency.code().to_owned()),
        reference: Some(references.number(text)),
    })
}

/// Shares of customers and revenue by channel; `None` where no channel is known.
pub fn channel_shares(table: &OmnichannelTable, references: &mut References) -> Option<Block> {
    let text = format!(
        "Shares of channels: customers who ordered there or came through it, and the revenue of their orders. As of {}, {}, \
         page Journey",
        table.as_of.display(),
        period(table.period)
    );
    shown(Chart {
        caption: format!("Customer usage and revenue share by channel, {}", period(table.period)),
        kind: ChartKind::Bars,
        labels: table.rows.iter().map(|row| row.name.clone()).collect(),
        series: vec![
            Series { name: "Customer usage".into(), values: table.rows.iter().map(|row| row.usage.value).collect() },
            Series { name: "Revenue share".into(), values: table.rows.iter().map(|row| row.revenue.value).collect() },
        ],
        unit: ChartUnit::Share,
        reference: Some(references.number(text)),
    })
}

/// The framework's KPIs that are shares: baseline, current value and target. Amounts have no scale in common with them.
pub fn against_target(found: &Kpis, references: &mut References) -> Option<Block> {
    let share = |value: Option<Value>| match value {
        Some(Value::Share(share)) => Some(share),
        _ => None,
    };
    let rows: Vec<_> = found
        .framework
        .iter()
        .filter(|row| share(row.current).or(share(row.target)).or(share(row.baseline)).is_some())
        .collect();
    let series = |name: &str, of: fn(&crate::analytics::kpi::FrameworkRow) -> Option<Value>| Series {
        name: name.into(),
        values: rows.iter().map(|row| share(of(row))).collect(),
    };
    let text = format!(
        "Framework KPIs: baseline {}, current {}. As of {}, page KPIs",
        period(found.baseline),
        period(found.period),
        found.as_of.display()
    );
    shown(Chart {
        caption: "KPIs that are shares, against their targets".into(),
        kind: ChartKind::Columns,
        labels: rows.iter().map(|row| row.metric.metric().name.to_owned()).collect(),
        series: vec![
            series("Baseline", |row| row.baseline),
            series("Current", |row| row.current),
            series("Target", |row| row.target),
        ],
        unit: ChartUnit::Share,
        reference: Some(references.number(text)),
    })
}

/// Average lift of each kind of test; `None` before any was decided.
pub fn lift_by_test(kinds: &[(String, Option<f64>)], references: &mut References) -> Option<Block> {
    kinds.iter().any(|(_, lift)| lift.is_some()).then_some(())?;
    let text =
        "Average lift: mean relative difference of the adopted variants in the measure that decided; page Experiments";
    shown(Chart {
        caption: "Average lift of adopted variants by kind of test".into(),
        kind: ChartKind::Bars,
        labels: kinds.iter().map(|(name, _)| name.clone()).collect(),
        series: vec![Series { name: "Average lift".into(), values: kinds.iter().map(|(_, lift)| *lift).collect() }],
        unit: ChartUnit::Share,
        reference: Some(references.number(text)),
    })
}
