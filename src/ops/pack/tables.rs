//! Tables of an aggregated pack: segments, cohorts, KPIs and months, from the results that the pages show.

use anyhow::Result;

use super::few::{FEWER, HIDDEN, Sheet, hide_in_grid, hide_in_list, is_few};
use crate::analytics::cohorts::{Cell, Cohort, Settings};
use crate::analytics::kpi::{KpiRow, KpiSettings};
use crate::analytics::segments::{Segment, SegmentRow};
use crate::jobs::Progress;
use crate::model::figure::Value as Figure;
use crate::model::kpi::Grain;
use crate::model::{Currency, Day, MetricId};
use crate::ops::Session;
use crate::report::table_export::{List, Value};

/// Metrics whose course is told month by month.
const MONTHLY: [MetricId; 4] = [MetricId::Revenue, MetricId::Orders, MetricId::Buyers, MetricId::Aov];

/// The tables, and how many rows or cells of too few people are hidden in them.
pub fn tables(session: &mut Session, as_of: Option<Day>, progress: &Progress) -> Result<(Vec<Sheet>, u64)> {
    let (mut sheets, mut few) = (Vec::new(), 0);
    let mut add = |(sheet, hidden): (Sheet, u64)| {
        few += hidden;
        sheets.push(sheet);
    };
    if let Ok(table) = session.segments(as_of, progress)? {
        add(segments(&table.rows, &table.total, table.currency));
    }
    if let Ok(found) = session.cohorts(as_of, Settings::default(), progress)? {
        let names = session.cohort_names(&found)?;
        add(cohorts(&found.rows, &names, &found.total));
    }
    let settings = KpiSettings { grain: Some(Grain::Month), ..KpiSettings::default() };
    let found = session.kpis(as_of, &settings, progress)?;
    add(kpis(&found));
    add(months(&found));
    Ok((sheets, few))
}

fn list(title: &str, columns: &[&str]) -> List {
    List { title: title.into(), columns: columns.iter().map(|column| (*column).to_owned()).collect() }
}

fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Empty, Value::Number)
}

fn segments(rows: &[SegmentRow], total: &SegmentRow, currency: Currency) -> (Sheet, u64) {
    let money = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
    let row = |row: &SegmentRow| {
        vec![
            Value::Text(row.segment.map_or("All customers", Segment::name).to_owned()),
            Value::Count(row.customers),
            number(row.customer_share),
            Value::Count(row.orders),
            money(Some(row.revenue)),
            number(row.revenue_share),
            money(row.aov),
            number(row.frequency_per_year),
            money(row.ltv),
        ]
    };
    let columns =
        ["Segment", "Customers", "Customer share", "Orders", "Revenue", "Revenue share", "AOV", "Frequency", "LTV"];
    let mut rows: Vec<_> = rows.iter().chain([total]).map(row).collect();
    let few = hide_in_list(&mut rows, 1, true);
    ((list("Segments", &columns), rows), few)
}

/// The month of the first order is left out: everybody bought in it, so it would tell sizes a second time.
fn cohorts(rows: &[Cohort], names: &[String], total: &Cohort) -> (Sheet, u64) {
    let ages = total.cells.len();
    let row = |name: &str, cohort: &Cohort| {
        let mut row = vec![Value::Text(name.to_owned()), Value::Count(cohort.customers)];
        row.extend(cohort.cells.iter().skip(1).map(|cell: &Cell| Value::Count(cell.active)));
        row.resize(ages.max(1) + 1, Value::Empty);
        row
    };
    let mut all: Vec<_> = names.iter().zip(rows).map(|(name, cohort)| row(name, cohort)).collect();
    all.push(row(&total.name, total));
    let few = hide_in_grid(&mut all, 1);
    let mut columns = vec!["Cohort".to_owned(), "Customers".to_owned()];
    columns.extend((1..ages).map(|age| format!("Bought again after {age}")));
    ((List { title: "Cohorts".into(), columns }, all), few)
}

fn kpis(found: &crate::analytics::kpi::Kpis) -> (Sheet, u64) {
    let mut few = 0;
    let rows = found.rows.iter().map(|row| {
        let metric = row.metric.metric();
        let small = of_few(row);
        few += u64::from(small);
        let shown = |value: Value| if small { few_or_hidden(&value) } else { value };
        let small_before = small || matches!(row.baseline, Some(Figure::Count(n)) if is_few(n as f64));
        let before = |value: Value| if small_before { few_or_hidden(&value) } else { value };
        vec![
            Value::Text(metric.name.to_owned()),
            Value::Text(metric.unit.name().to_owned()),
            shown(Value::from(row.value)),
            before(Value::from(row.baseline)),
            // A target may be the baseline and so many percent.
            before(Value::from(row.target.as_ref().map(|target| target.value))),
            Value::Text(metric.in_words.to_owned()),
        ]
    });
    let rows = rows.collect();
    ((list("KPIs", &["Metric", "Unit", "Value", "Baseline", "Target", "In words"]), rows), few)
}

/// Whether a metric rests on too few to be shown.
pub fn of_few(row: &KpiRow) -> bool {
    let count = if let Some(Figure::Count(n)) = row.value { Some(n) } else { None };
    count.into_iter().chain(row.n.map(|(n, _)| n)).any(|n| is_few(n as f64))
}

/// What stands in the place of a figure that is of too few.
fn few_or_hidden(value: &Value) -> Value {
    match value {
        Value::Empty => Value::Empty,
        Value::Count(n) if is_few(*n as f64) => Value::Text(FEWER.to_owned()),
        _ => Value::Text(HIDDEN.to_owned()),
    }
}

fn months(found: &crate::analytics::kpi::Kpis) -> (Sheet, u64) {
    let courses: Vec<_> = MONTHLY.iter().filter_map(|metric| found.row(*metric)).collect();
    let steps = courses.first().map_or(&[][..], |row| &row.course);
    let mut few = 0;
    let rows = steps.iter().enumerate().map(|(at, step)| {
        let values: Vec<Value> =
            courses.iter().map(|row| Value::from(row.course.get(at).and_then(|point| point.value))).collect();
        let small = values.iter().any(|value| matches!(value, Value::Count(n) if is_few(*n as f64)));
        few += u64::from(small);
        let hidden = |value: Value| if small { few_or_hidden(&value) } else { value };
        [Value::Day(step.from), Value::Day(step.to)].into_iter().chain(values.into_iter().map(hidden)).collect()
    });
    let rows = rows.collect();
    let mut columns = vec!["From", "To"];
    columns.extend(courses.iter().map(|row| row.metric.metric().name));
    ((list("Months", &columns), rows), few)
}
