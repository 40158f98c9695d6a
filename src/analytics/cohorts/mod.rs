//! Cohorts: customers grouped by their first order, and what each group did in the periods after it.
//!
//! A cohort of a period is followed along the calendar: age 0 is the period of the first order, age 1 the next one.
//! A cohort of something else (first product, country …) holds customers of many periods: at each age only those are
//! counted whose period of that age is over on the as-of day, so that every share has its own number of customers.

mod cost;
mod group;
mod periods;
mod tally;
mod who;

use serde::Serialize;

pub use self::cost::{Cac, CacFrom};
pub use self::group::{Grouping, OTHERS};
pub use self::periods::{Calendar, Step};
use self::tally::Tally;
pub use self::who::{active, members};
use super::door::{average, share};
use super::revenue::divide_rounded;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Dataset, Day, Definitions, TooLittle};

/// What to follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Length of a period.
    pub step: Step,
    /// What makes a cohort.
    pub by: Grouping,
    /// Ages at most, age 0 included.
    pub ages: usize,
    /// What a new customer cost as typed, minor units of the shop's currency; `None` = by imported spend.
    pub cac: Option<i64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { step: Step::Month, by: Grouping::FirstOrder, ages: 13, cac: None }
    }
}

/// What a cohort did at one age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Customers whose period of this age lies within the history.
    pub eligible: u64,
    /// Of them, how many ordered in it.
    pub active: u64,
    /// Orders in it.
    pub orders: u64,
    /// Revenue of it, minor units.
    pub revenue: i64,
    /// Revenue left after the cost of goods. Where the cost of some is not known, the others speak for them; `None`
    /// where those bring less than half of the revenue.
    pub margin: Option<i64>,
    /// Whether the period is not over on the as-of day: more may come.
    pub unfinished: bool,
}

impl Cell {
    /// Share of the eligible customers who ordered; `None` of nobody.
    pub fn retention(&self) -> Option<f64> {
        share(self.active as f64, self.eligible as f64)
    }

    /// Revenue per order.
    pub fn aov(&self) -> Option<i64> {
        average(self.revenue, self.orders)
    }
}

/// A cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// What it is called: a period, or what its customers have in common.
    pub name: String,
    /// First day of its period; `None` where it is no period.
    pub start: Option<Day>,
    /// Customers in it.
    pub customers: u64,
    /// What it did, by age. Ends where the history ends.
    pub cells: Vec<Cell>,
    /// What a new customer cost by imported spend, minor units of the shop's currency; `None` = cannot tell.
    pub spent: Option<i64>,
}

impl Cohort {
    /// Revenue per customer up to each age. Where not all customers are that old, the averages of the ages are added.
    pub fn cumulative_revenue(&self) -> Vec<Option<i64>> {
        self.cumulative(|cell| Some(cell.revenue))
    }

    /// Margin per customer up to each age; `None` from where a cost is not known.
    pub fn cumulative_margin(&self) -> Vec<Option<i64>> {
        self.cumulative(|cell| cell.margin)
    }

    fn cumulative(&self, value: impl Fn(&Cell) -> Option<i64>) -> Vec<Option<i64>> {
        // In millionths, so that many small averages do not lose cents.
        const PARTS: i128 = 1_000_000;
        let mut sum = Some(0_i128);
        self.cells
            .iter()
            .map(|cell| {
                let each = value(cell).filter(|_| cell.eligible > 0);
                let each = each.map(|v| i128::from(v) * PARTS / i128::from(cell.eligible));
                sum = sum.zip(each).map(|(sum, each)| sum + each);
                sum.and_then(|sum| i64::try_from(divide_rounded(sum, PARTS)).ok())
            })
            .collect()
    }

    /// What a new customer cost: as typed, else by imported spend.
    pub fn cac(&self, typed: Option<i64>) -> Option<Cac> {
        let typed = typed.map(|amount| Cac { amount, from: CacFrom::Typed });
        typed.or_else(|| self.spent.map(|amount| Cac { amount, from: CacFrom::Spend }))
    }

    /// Margin per customer so far, or revenue where no cost is known, divided by what a customer cost.
    pub fn ltv_to_cac(&self, cac: Option<Cac>) -> Option<f64> {
        // Where the last period is not over there is no sum to its end.
        let worth = self.worth().into_iter().flatten().last()?;
        share(worth as f64, cac?.amount as f64)
    }

    /// The first age at which a customer has brought what they cost; `None` while they have not.
    pub fn payback(&self, cac: Option<Cac>) -> Option<usize> {
        let cac = cac?.amount;
        self.worth().iter().position(|worth| worth.is_some_and(|worth| worth >= cac))
    }

    /// Whether [`Self::ltv_to_cac`] and [`Self::payback`] rest on margin; else, where costs are not known, on revenue.
    pub fn is_on_margin(&self) -> bool {
        let (margin, revenue) = (self.cumulative_margin(), self.cumulative_revenue());
        margin.iter().zip(&revenue).all(|(margin, revenue)| margin.is_some() || revenue.is_none())
    }

    /// Cumulative margin where it is known as far as revenue is, else cumulative revenue.
    fn worth(&self) -> Vec<Option<i64>> {
        if self.is_on_margin() { self.cumulative_margin() } else { self.cumulative_revenue() }
    }
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohorts {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// What was asked for.
    pub settings: Settings,
    /// The cohorts: periods from old to new, others from large to small.
    pub rows: Vec<Cohort>,
    /// Products of the rows, index in the dataset, where they are grouped by product: their names are in SQLite.
    pub products: Vec<Option<u32>>,
    /// All customers together, by age.
    pub total: Cohort,
    /// How many order again soon after the first time.
    pub repeat: Vec<RepeatWithin>,
    /// Share of revenue whose cost of goods is known, 0–1; `None` without revenue.
    pub cost_known: Option<f64>,
}

/// How much of a shop buys again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RepeatWithin {
    /// Days after the first order.
    pub days: i32,
    /// Customers whose first order is at least so long ago.
    pub eligible: u64,
    /// Of them, how many ordered again within the days.
    pub repeated: u64,
}

impl RepeatWithin {
    /// Share of the eligible customers who ordered again; `None` of nobody.
    pub fn rate(&self) -> Option<f64> {
        share(self.repeated as f64, self.eligible as f64)
    }
}

/// Days after the first order within which a second one is looked for.
const REPEAT_WITHIN: [i32; 5] = [30, 60, 90, 180, 365];

/// Follows the cohorts of a shop, grouped by anything but discount codes.
///
/// # Errors
/// See [`cohorts_with`].
pub fn cohorts(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: Settings,
    progress: &Progress,
) -> Result<Result<Cohorts, TooLittle>, Cancelled> {
    cohorts_with((data, &[]), definitions, as_of, settings, progress)
}

/// Follows the cohorts of a shop. `codes` are the discount codes used, by position of the order, as in
/// [`crate::model::Details::codes`]; only [`Grouping::FirstCode`] looks at them.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that nobody ordered.
pub fn cohorts_with(
    (data, codes): (&Dataset, &[(u32, u32)]),
    definitions: &Definitions,
    as_of: Day,
    settings: Settings,
    progress: &Progress,
) -> Result<Result<Cohorts, TooLittle>, Cancelled> {
    let calendar = Calendar::new(data, as_of, settings.step);
    let groups = group::groups(data, definitions, as_of, &calendar, (settings.by, codes), progress)?;
    if groups.names.is_empty() {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "orders of identified customers" }));
    }
    let tally = Tally::count(data, definitions, as_of, &calendar, &groups, settings, progress)?;
    let mut found = tally.matrix(data, &calendar, groups, definitions, as_of, settings);
    found.repeat = repeat_within(data, definitions, as_of, &REPEAT_WITHIN);
    Ok(Ok(found))
}

/// How many customers order again within some days of their first order. Whole calendar days; a second order on the
/// first day is one.
pub fn repeat_within(data: &Dataset, definitions: &Definitions, as_of: Day, days: &[i32]) -> Vec<RepeatWithin> {
    let revenue = super::revenue::Revenue::new(data, definitions, as_of);
    let mut found: Vec<RepeatWithin> =
        days.iter().map(|&days| RepeatWithin { days, eligible: 0, repeated: 0 }).collect();
    for customer in 0..data.customers.id.len() {
        let mut orders = data.orders.of_customer(customer).filter(|&i| revenue.is_purchase(i));
        let Some(first) = orders.next().map(|i| data.orders.day[i]) else { continue };
        let second = orders.next().map(|i| data.orders.day[i]);
        for one in &mut found {
            if as_of.0 - first.0 >= one.days {
                one.eligible += 1;
                one.repeated += u64::from(second.is_some_and(|second| second.0 - first.0 <= one.days));
            }
        }
    }
    found
}
