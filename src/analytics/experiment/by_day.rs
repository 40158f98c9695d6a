//! An experiment day by day: what was known at the end of each day.

use super::joined::{Did, Joined};
use super::sample::Arm;
use super::values::{Sums, Values};
use crate::jobs::{Cancelled, Progress};
use crate::model::Day;
use crate::model::experiment::Metric;

/// More days are no picture.
const MOST_DAYS: i32 = 1_100;

/// Sums of each variant while days go by.
struct Running<'a> {
    variants: &'a [String],
    sums: Vec<Sums>,
    metric: &'a Metric,
    covariate: bool,
}

impl<'a> Running<'a> {
    fn new(variants: &'a [String], metric: &'a Metric, covariate: bool) -> Self {
        Self { variants, sums: vec![Sums::default(); variants.len()], metric, covariate }
    }

    fn arms(&self) -> Vec<Arm> {
        let arm = |(name, sums): (&String, &Sums)| Arm {
            name: name.clone(),
            users: sums.n,
            measures: vec![sums.measured(self.metric.shape(), self.covariate)],
        };
        self.variants.iter().zip(&self.sums).map(arm).collect()
    }
}

/// Rows by a day of theirs, oldest first.
fn by_day(days: impl Iterator<Item = Day>) -> Vec<(Day, u32)> {
    let mut found: Vec<(Day, u32)> = days.enumerate().map(|(row, day)| (day, row as u32)).collect();
    found.sort_unstable();
    found
}

/// One measure at the end of each day on which somebody joined or bought; a visitor counts at most `cap`.
///
/// # Errors
/// When the work was cancelled.
pub fn of_orders(
    joined: &Joined,
    metric: &Metric,
    cap: Option<f64>,
    progress: &Progress,
) -> Result<Vec<(Day, Vec<Arm>)>, Cancelled> {
    let mut running = Running::new(&joined.variants, metric, !joined.before.is_empty());
    let joins = by_day(joined.day.iter().copied());
    let events = by_day(joined.events.iter().map(|event| event.day));
    let mut did = vec![Did::default(); joined.day.len()];
    let value = |did: &Did| {
        let (over, under) = joined.value(metric, did);
        (cap.map_or(over, |cap| over.min(cap)), under)
    };
    let (mut joins, mut events) = (joins.into_iter().peekable(), events.into_iter().peekable());
    let mut found = Vec::new();
    while let Some(day) = joins.peek().into_iter().chain(events.peek()).map(|(day, _)| *day).min() {
        progress.step(0)?;
        while let Some((_, row)) = joins.next_if(|(at, _)| *at == day) {
            let row = row as usize;
            running.sums[joined.variant[row] as usize].add(0.0, 0.0, joined.known(row));
        }
        while let Some((_, at)) = events.next_if(|(at, _)| *at == day) {
            let event = &joined.events[at as usize];
            let (row, was) = (event.row as usize, value(&did[event.row as usize]));
            joined.add(&mut did[row], event);
            let is = value(&did[row]);
            running.sums[joined.variant[row] as usize].change(was, is, joined.known(row));
        }
        push(&mut found, day, running.arms());
    }
    Ok(found)
}

/// One measure by the day on which visitors joined: what those did who had joined by then.
pub fn of_joining(values: &Values, metric: usize) -> Vec<(Day, Vec<Arm>)> {
    let Some(column) = values.columns.get(metric) else { return Vec::new() };
    let mut running = Running::new(&values.variants, &column.metric, values.covariate.is_some());
    let mut found = Vec::new();
    for rows in by_day(values.day.iter().copied()).chunk_by(|one, next| one.0 == next.0) {
        for (_, row) in rows {
            let row = *row as usize;
            let (x, y) = column.of(row);
            let c = values.covariate.as_ref().map_or(0.0, |covariate| covariate[row]);
            running.sums[values.variant[row] as usize].add(x, y, c);
        }
        push(&mut found, rows[0].0, running.arms());
    }
    found
}

/// Notes a day; of more days than a picture holds the last ones.
fn push(found: &mut Vec<(Day, Vec<Arm>)>, day: Day, arms: Vec<Arm>) {
    if found.len() as i32 >= MOST_DAYS {
        found.remove(0);
    }
    found.push((day, arms));
}
