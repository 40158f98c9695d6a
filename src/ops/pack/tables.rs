//! Tables of an aggregated pack: segments, cohorts, KPIs and months, from the results that the pages show.

use anyhow::Result;

use super::few::{FEWER, Sheet, hide_in_list, is_few};
use crate::analytics::cohorts::{Cell, Cohort, Settings};
use crate::analytics::kpi::KpiSettings;
use crate::analytics::segments::{Segment, SegmentRow};
use crate::jobs::Progress;
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

fn cohorts(rows: &[Cohort], names: &[String], total: &Cohort) -> (Sheet, u64) {
    let ages = total.cells.len();
    let mut few = 0;
    let mut row = |name: &str, cohort: &Cohort| {
        let mut row = vec![Value::Text(name.to_owned()), Value::Count(cohort.customers)];
        row.extend(cohort.cells.iter().map(|cell: &Cell| match is_few(cell.active as f64) {
            true => {
                few += 1;
                Value::Text(FEWER.to_owned())
            }
            false => Value::Count(cell.active),
        }));
        row.resize(ages + 2, Value::Empty);
        row
    };
    let mut all: Vec<_> = names.iter().zip(rows).map(|(name, cohort)| row(name, cohort)).collect();
    all.push(row(&total.name, total));
    few += hide_in_list(&mut all, 1, true);
    let mut columns = vec!["Cohort".to_owned(), "Customers".to_owned()];
    columns.extend((0..ages).map(|age| format!("Bought again after {age}")));
    ((List { title: "Cohorts".into(), columns }, all), few)
}

fn kpis(found: &crate::analytics::kpi::Kpis) -> (Sheet, u64) {
    let mut few = 0;
    let rows = found.rows.iter().map(|row| {
        let metric = row.metric.metric();
        let small = row.n.is_some_and(|(n, _)| is_few(n as f64));
        few += u64::from(small);
        let value = if small { Value::Text(FEWER.to_owned()) } else { Value::from(row.value) };
        vec![
            Value::Text(metric.name.to_owned()),
            Value::Text(metric.unit.name().to_owned()),
            value,
            Value::from(row.baseline),
            Value::from(row.target.as_ref().map(|target| target.value)),
            Value::Text(metric.in_words.to_owned()),
        ]
    });
    let rows = rows.collect();
    ((list("KPIs", &["Metric", "Unit", "Value", "Baseline", "Target", "In words"]), rows), few)
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
        let hidden = |value: Value| if small { Value::Text(FEWER.to_owned()) } else { value };
        [Value::Day(step.from), Value::Day(step.to)].into_iter().chain(values.into_iter().map(hidden)).collect()
    });
    let rows = rows.collect();
    let mut columns = vec!["From", "To"];
    columns.extend(courses.iter().map(|row| row.metric.metric().name));
    ((list("Months", &columns), rows), few)
}
