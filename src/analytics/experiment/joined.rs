//! Customers of an experiment joined with the shop's orders: what each of them bought after joining.

use super::values::{Column, Values};
use crate::analytics::costs::{Costs, speak_for_all};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::experiment::{METRICS, Metric};
use crate::model::time::DayClock;
use crate::model::{Dataset, Day, Definitions};

const SECONDS_PER_DAY: i64 = 86_400;
/// Customers between two reports of progress.
const STEP: usize = 65_536;
/// The cost of the goods of an order is not known.
const NOT_KNOWN: i64 = i64::MIN;

/// Who took part, as indices of the dataset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exposed {
    /// Names of the variants, the control first.
    pub variants: Vec<String>,
    /// Which of them each customer got.
    pub variant: Vec<u32>,
    /// Each customer; best in ascending order, in which orders lie.
    pub customer: Vec<u32>,
    /// When each joined, UTC seconds; empty = all of them at the start of the first day.
    pub at: Vec<i64>,
}

/// When people took part, and which of their orders count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day on which people joined; must be given where nobody knows when each of them did.
    pub starts: Option<Day>,
    /// Last such day.
    pub ends: Option<Day>,
    /// Days after joining in which orders count; `None` = all that are known.
    pub days: Option<u32>,
    /// Days before joining whose revenue is what was known before.
    pub before: Option<u32>,
}

/// An order that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Place of the visitor who bought.
    pub row: u32,
    /// When.
    pub day: Day,
    /// Revenue after refunds, minor units.
    pub revenue: i64,
    /// Revenue whose cost is known, and the margin of it.
    margin: i64,
    /// Whether it is a purchase, rather than a return booked as an order.
    pub is_purchase: bool,
}

/// People who are counted, or who are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Joined before the first day: left out.
    pub too_early: u64,
    /// Joined after the last day: left out.
    pub too_late: u64,
    /// Joined after the last day with data: left out.
    pub not_yet: u64,
    /// Bought during the experiment before they joined; those orders do not count.
    pub bought_before: u64,
    /// Their days are not over yet: what they buy later is missing.
    pub unfinished: u64,
}

/// Customers joined with their orders.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// Names of the variants.
    pub variants: Vec<String>,
    /// Which of them each visitor got.
    pub variant: Vec<u32>,
    /// On which day each joined.
    pub day: Vec<Day>,
    /// Place of each in [`Exposed`].
    pub row_of: Vec<u32>,
    /// Orders that count, by visitor, then by time.
    pub events: Vec<Event>,
    /// Revenue of each before joining, minor units; empty = not asked for.
    pub before: Vec<i64>,
    /// Who is counted and who is not.
    pub counts: Counts,
    /// Margin as a share of the revenue whose cost is known; `None` = that is too little to speak for the rest.
    pub margin: Option<f64>,
    /// Minor units in a major one.
    scale: f64,
}

/// Joins customers with their orders, by what is known at the end of `as_of`.
///
/// # Errors
/// When the work was cancelled.
pub fn join(
    data: &Dataset,
    definitions: &Definitions,
    exposed: &Exposed,
    window: Window,
    as_of: Day,
    progress: &Progress,
) -> Result<Joined, Cancelled> {
    let mut joining = Joining {
        data,
        revenue: Revenue::new(data, definitions, as_of),
        costs: Costs::new(data, definitions.default_margin),
        zone: definitions.zone,
        window,
        as_of,
        costed: (0, 0, 0),
        joined: Joined {
            variants: exposed.variants.clone(),
            variant: Vec::with_capacity(exposed.variant.len()),
            day: Vec::with_capacity(exposed.variant.len()),
            row_of: Vec::with_capacity(exposed.variant.len()),
            events: Vec::new(),
            before: Vec::new(),
            counts: Counts::default(),
            margin: None,
            scale: 10_f64.powi(definitions.currency.exponent() as i32),
        },
    };
    progress.expect(exposed.variant.len() as u64);
    let mut clock = DayClock::new(definitions.zone);
    let all_at = window.starts.map(|day| joining.midnight(day));
    for row in 0..exposed.variant.len() {
        if row % STEP == 0 {
            progress.step(row as u64)?;
        }
        let Some(at) = exposed.at.get(row).copied().or(all_at) else { continue };
        joining.take(row, exposed, at, clock.day(at));
    }
    let (costed, margin, revenue) = joining.costed;
    joining.joined.margin = speak_for_all(costed, revenue).then(|| margin as f64 / costed as f64);
    Ok(joining.joined)
}

struct Joining<'a> {
    data: &'a Dataset,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    zone: crate::model::Zone,
    window: Window,
    as_of: Day,
    /// Revenue whose cost is known, its margin, and all revenue.
    costed: (i64, i64, i64),
    joined: Joined,
}

impl Joining<'_> {
    fn midnight(&self, day: Day) -> i64 {
        self.zone.to_utc(day.date().and_time(chrono::NaiveTime::MIN))
    }

    /// The first moment whose orders no longer count.
    fn until(&self, at: i64, day: Day, is_dated: bool) -> i64 {
        match self.window.days {
            None => i64::MAX,
            Some(days) if is_dated => at.saturating_add(i64::from(days) * SECONDS_PER_DAY),
            // Where all join with a day, whole days count, whatever the clocks do meanwhile.
            Some(days) => self.midnight(Day(day.0.saturating_add_unsigned(days))),
        }
    }

    fn take(&mut self, row: usize, exposed: &Exposed, at: i64, day: Day) {
        let counts = &mut self.joined.counts;
        match () {
            () if self.window.starts.is_some_and(|starts| day < starts) => counts.too_early += 1,
            () if self.window.ends.is_some_and(|ends| day > ends) => counts.too_late += 1,
            () if day > self.as_of => counts.not_yet += 1,
            () => self.count(row, exposed, at, day),
        }
    }

    fn count(&mut self, row: usize, exposed: &Exposed, at: i64, day: Day) {
        let place = self.joined.variant.len() as u32;
        let until = self.until(at, day, !exposed.at.is_empty());
        let orders = &self.data.orders;
        let from = self.window.before.map(|days| at.saturating_sub(i64::from(days) * SECONDS_PER_DAY));
        let (mut before, mut bought_before) = (0_i64, false);
        for order in orders.of_customer(exposed.customer[row] as usize) {
            let placed = orders.placed_at[order];
            if placed < at {
                if !self.revenue.is_purchase(order) {
                    continue;
                }
                if from.is_some_and(|from| placed >= from) {
                    before = before.saturating_add(self.revenue.before_refunds(order));
                }
                bought_before |= self.window.starts.is_some_and(|starts| orders.day[order] >= starts);
            } else if placed < until && self.revenue.is_counted(order) {
                self.event(place, order);
            }
        }
        let joined = &mut self.joined;
        joined.counts.bought_before += u64::from(bought_before);
        joined.counts.unfinished += u64::from(
            self.window.days.is_some_and(|days| i64::from(day.0) + i64::from(days) > i64::from(self.as_of.0) + 1),
        );
        if self.window.before.is_some() {
            joined.before.push(before);
        }
        joined.variant.push(exposed.variant[row]);
        joined.day.push(day);
        joined.row_of.push(row as u32);
    }

    fn event(&mut self, row: u32, order: usize) {
        let refunds: i64 = self.revenue.refunds_of(order, order + 1).map(|r| self.revenue.refunded(r)).sum();
        let revenue = self.revenue.before_refunds(order).saturating_sub(refunds);
        let margin = self.costs.margin(order, revenue).unwrap_or(NOT_KNOWN);
        let (costed, of_costed, all) = &mut self.costed;
        if margin != NOT_KNOWN {
            (*costed, *of_costed) = (costed.saturating_add(revenue), of_costed.saturating_add(margin));
        }
        *all = all.saturating_add(revenue);
        let is_purchase = self.revenue.is_purchase(order);
        self.joined.events.push(Event { row, day: self.data.orders.day[order], revenue, margin, is_purchase });
    }
}

/// What a visitor did so far.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Did {
    revenue: i64,
    profit: f64,
    orders: u32,
}

impl Joined {
    /// What a visitor did, once an order is added.
    pub fn add(&self, did: &mut Did, event: &Event) {
        did.revenue = did.revenue.saturating_add(event.revenue);
        did.profit += match event.margin {
            NOT_KNOWN => self.margin.unwrap_or(0.0) * event.revenue as f64,
            margin => margin as f64,
        };
        did.orders += u32::from(event.is_purchase);
    }

    /// A measure of what a visitor did: its value, and what it is divided by.
    pub fn value(&self, metric: &Metric, did: &Did) -> (f64, f64) {
        let (money, orders) = (did.revenue as f64 / self.scale, f64::from(did.orders));
        let is = |yes: bool| f64::from(u8::from(yes));
        match metric {
            Metric::Conversion => (is(did.orders > 0), 0.0),
            Metric::Revenue => (money, 0.0),
            Metric::Profit => (did.profit / self.scale, 0.0),
            Metric::OrderValue => (money, orders),
            Metric::Orders => (orders, 0.0),
            Metric::Repeat => (is(did.orders > 1), is(did.orders > 0)),
            Metric::Named(_) => (0.0, 0.0),
        }
    }

    /// What was known of a visitor before, in major units; nothing where that was not asked for.
    pub fn known(&self, row: usize) -> f64 {
        self.before.get(row).map_or(0.0, |before| *before as f64 / self.scale)
    }

    /// Whether the orders tell a measure.
    pub fn tells(&self, metric: &Metric) -> bool {
        match metric {
            Metric::Named(_) => false,
            Metric::Profit => self.margin.is_some(),
            own => METRICS.iter().any(|(known, _)| known == own),
        }
    }

    /// The measures that the orders tell, of those that are wanted.
    pub fn values(&self, wanted: &[Metric]) -> Values {
        let n = self.variant.len();
        let told: Vec<&Metric> = wanted.iter().filter(|metric| self.tells(metric)).collect();
        let ratio = |metric: &Metric| metric.shape() == crate::model::experiment::Shape::Ratio;
        let column = |metric: &&Metric| Column {
            metric: (*metric).clone(),
            over: vec![0.0; n],
            under: ratio(metric).then(|| vec![0.0; n]),
        };
        let mut columns: Vec<Column> = told.iter().map(column).collect();
        for events in self.events.chunk_by(|one, next| one.row == next.row) {
            let mut did = Did::default();
            events.iter().for_each(|event| self.add(&mut did, event));
            let row = events[0].row as usize;
            for column in &mut columns {
                let (over, under) = self.value(&column.metric, &did);
                column.over[row] = over;
                if let Some(column) = &mut column.under {
                    column[row] = under;
                }
            }
        }
        let covariate = (!self.before.is_empty()).then(|| (0..n).map(|row| self.known(row)).collect());
        Values {
            variants: self.variants.clone(),
            variant: self.variant.clone(),
            day: self.day.clone(),
            columns,
            covariate,
        }
    }
}
