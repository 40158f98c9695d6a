//! Scores counted: the map of any two of them, and the groups with what they bring.

use std::sync::Arc;

use super::{Group, Limits, Scores, Settings, scores};
use crate::analytics::door::{average, share};
use crate::analytics::facts::{CustomerFacts, customer_facts, year_to};
use crate::analytics::rules::{Bits, Picked};
use crate::jobs::{Cancelled, Progress};
use crate::model::figure::{Figure, Filter, Scope, Value};
use crate::model::rule::{FieldId, Rule, Test};
use crate::model::{Currency, Dataset, Day, Definitions, MetricId, TooLittle};

/// One of the three scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Days since the last order.
    Recency,
    /// Orders since the first one.
    Frequency,
    /// Revenue since the first order.
    Monetary,
}

impl Axis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Recency, Self::Frequency, Self::Monetary];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recency => "Recency",
            Self::Frequency => "Frequency",
            Self::Monetary => "Monetary value",
        }
    }

    /// Its letter.
    pub fn letter(self) -> char {
        match self {
            Self::Recency => 'R',
            Self::Frequency => 'F',
            Self::Monetary => 'M',
        }
    }

    /// The field of rules that holds it.
    pub fn field(self) -> FieldId {
        match self {
            Self::Recency => FieldId::RecencyScore,
            Self::Frequency => FieldId::FrequencyScore,
            Self::Monetary => FieldId::MoneyScore,
        }
    }

    /// The score of a customer.
    pub fn score(self, scores: Scores) -> u8 {
        match self {
            Self::Recency => scores.r,
            Self::Frequency => scores.f,
            Self::Monetary => scores.m,
        }
    }

    /// What is scored: days, orders or minor units.
    pub fn value(self, facts: &CustomerFacts, as_of: Day) -> i64 {
        match self {
            Self::Recency => i64::from(as_of.0) - i64::from(facts.last.0),
            Self::Frequency => facts.orders.into(),
            Self::Monetary => facts.revenue,
        }
    }

    /// The same so that more is better.
    pub(super) fn rising(self, facts: &CustomerFacts, as_of: Day) -> i64 {
        let value = self.value(facts, as_of);
        if self == Self::Recency { -value } else { value }
    }

    /// Cut-offs for [`Self::rising`] values, going up.
    pub(super) fn rising_limits(self, limits: &Limits) -> Vec<i64> {
        match self {
            Self::Recency => limits.recency.iter().rev().map(|&days| -i64::from(days)).collect(),
            Self::Frequency => limits.frequency.iter().map(|&orders| orders.into()).collect(),
            Self::Monetary => limits.monetary.clone(),
        }
    }
}

/// Customers of a group or a cell, and what they bring. Money is minor units of the shop's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Row {
    /// Customers; all of them have bought.
    pub customers: u64,
    /// Their orders since the first one.
    pub orders: u64,
    /// Their days since the last order, added up.
    pub recency: i64,
    /// Their revenue since the first order.
    pub lifetime_revenue: i64,
    /// Their revenue of the last 12 months.
    pub revenue: i64,
}

impl Row {
    fn add(&mut self, facts: &CustomerFacts, as_of: Day) {
        self.customers += 1;
        self.orders += u64::from(facts.orders);
        self.recency += Axis::Recency.value(facts, as_of);
        self.lifetime_revenue += facts.revenue;
        self.revenue += facts.revenue_in_year;
    }

    fn plus(&mut self, other: &Self) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.recency += other.recency;
        self.lifetime_revenue += other.lifetime_revenue;
        self.revenue += other.revenue;
    }

    /// Revenue since the first order for each customer; `None` for none.
    pub fn ltv(&self) -> Option<i64> {
        average(self.lifetime_revenue, self.customers)
    }

    /// Orders for each customer since the first one.
    pub fn orders_each(&self) -> Option<f64> {
        share(self.orders as f64, self.customers as f64)
    }

    /// Days since the last order for each customer.
    pub fn recency_each(&self) -> Option<f64> {
        share(self.recency as f64, self.customers as f64)
    }
}

/// A group or a cell that somebody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Everybody who bought.
    Buyers,
    /// A named group.
    Group(Group),
    /// A cell of the map: two scores.
    Cell((Axis, u8), (Axis, u8)),
}

impl Pick {
    /// What the customers are called.
    pub fn name(self) -> String {
        match self {
            Self::Buyers => "All buyers".into(),
            Self::Group(group) => group.name().into(),
            Self::Cell(x, y) => format!("{}{} {}{}", x.0.letter(), x.1, y.0.letter(), y.1),
        }
    }

    /// The rule that picks the same customers; `None` for all buyers, who are no group.
    pub fn rule(self) -> Option<Rule> {
        let score = |(axis, score): (Axis, u8)| Rule::is(axis.field(), Test::Exactly(score.into()));
        match self {
            Self::Buyers => None,
            Self::Group(group) => Some(Rule::is(FieldId::RfmGroup, Test::Is(vec![group.name().into()]))),
            Self::Cell(x, y) => Some(Rule::All(vec![score(x), score(y)])),
        }
    }

    fn has(self, scores: Scores, bins: u8) -> bool {
        match self {
            Self::Buyers => scores.r > 0,
            Self::Group(group) => Group::of(scores, bins) == Some(group),
            Self::Cell(x, y) => x.0.score(scores) == x.1 && y.0.score(scores) == y.1,
        }
    }
}

/// Scores of a shop on a day, counted.
#[derive(Debug, Clone)]
pub struct RfmTable {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// How the scores were made.
    pub settings: Settings,
    /// Scores of every customer.
    pub scores: Vec<Scores>,
    /// Facts of every customer.
    pub facts: Arc<Vec<CustomerFacts>>,
    /// By score of recency, frequency, monetary value, each from 1: place `(r * bins + f) * bins + m`.
    cube: Vec<Row>,
    /// Least and most of what each score stands for, by axis.
    ranges: [Vec<Option<(i64, i64)>>; 3],
    /// The groups that so many bins have, best first.
    pub groups: Vec<(Group, Row)>,
    /// Everybody who bought.
    pub total: Row,
    /// Revenue of all identified customers in the last 12 months, those of returns without a purchase among them.
    pub revenue: i64,
}

impl RfmTable {
    /// A cell of the map of two scores.
    pub fn cell(&self, x: (Axis, u8), y: (Axis, u8)) -> Row {
        let mut row = Row::default();
        for (at, cell) in self.cube.iter().enumerate() {
            let scores = at_place(at, self.settings.bins);
            if x.0.score(scores) == x.1 && y.0.score(scores) == y.1 {
                row.plus(cell);
            }
        }
        row
    }

    /// Customers of these three scores, each from 1.
    pub fn exact(&self, r: u8, f: u8, m: u8) -> Row {
        let bins = usize::from(self.settings.bins);
        let place = |score: u8| usize::from(score.max(1)) - 1;
        self.cube.get((place(r) * bins + place(f)) * bins + place(m)).copied().unwrap_or_default()
    }

    /// What customers picked come to.
    pub fn row(&self, pick: Pick) -> Row {
        match pick {
            Pick::Buyers => self.total,
            Pick::Group(group) => {
                self.groups.iter().find(|(own, _)| *own == group).map_or_else(Row::default, |(_, row)| *row)
            }
            Pick::Cell(x, y) => self.cell(x, y),
        }
    }

    /// The customers picked, under their name.
    pub fn picked(&self, pick: Pick) -> Picked {
        let members = Bits::of(self.scores.len(), |i| pick.has(self.scores[i], self.settings.bins));
        Picked::new(pick.name(), members)
    }

    /// Least and most of what a score stands for; `None` when nobody has it.
    pub fn range(&self, axis: Axis, score: u8) -> Option<(i64, i64)> {
        *self.ranges[axis as usize].get(usize::from(score).checked_sub(1)?)?
    }

    /// Cut-offs near the ones that the customers make, for who goes on with cut-offs of their own.
    pub fn limits(&self) -> Limits {
        let bins = self.settings.bins;
        let rising = |least: i64, wishes: Vec<Option<i64>>| -> Vec<i64> {
            let up = |before: &mut i64, wish: Option<i64>| {
                *before = wish.unwrap_or(*before + 1).max(*before + 1).max(least);
                Some(*before)
            };
            wishes.into_iter().scan(least - 1, up).collect()
        };
        let lows = |axis| (2..=bins).map(|score| self.range(axis, score).map(|range| range.0)).collect();
        let highs = (2..=bins).rev().map(|score| self.range(Axis::Recency, score).map(|range| range.1)).collect();
        let (recency, frequency) = (rising(0, highs), rising(2, lows(Axis::Frequency)));
        let monetary = rising(1, lows(Axis::Monetary));
        let small = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        Limits {
            recency: recency.into_iter().map(small).collect(),
            frequency: frequency.into_iter().map(|orders| small(orders).unsigned_abs()).collect(),
            monetary,
        }
    }

    /// A figure of customers picked, with its scope.
    pub fn figure(&self, pick: Pick, picked: &Picked, metric: MetricId) -> Figure {
        let (row, year) = (self.row(pick), Some(year_to(self.as_of)));
        let money = |minor| Value::Money(minor, self.currency);
        let (value, period) = match metric {
            MetricId::BuyerShare => (share(row.customers as f64, self.total.customers as f64).map(Value::Share), None),
            MetricId::Revenue => (Some(money(row.revenue)), year),
            MetricId::RevenueShare => (share(row.revenue as f64, self.revenue as f64).map(Value::Share), year),
            MetricId::LtvToDate => (row.ltv().map(money), None),
            _ => (Some(Value::Count(row.customers)), None),
        };
        let filter = Filter::Picked(picked.key);
        Figure { metric, scope: Scope { as_of: self.as_of, period, filter, definitions: self.definitions }, value }
    }
}

fn at_place(place: usize, bins: u8) -> Scores {
    let bins = usize::from(bins);
    let score = |n: usize| (n % bins) as u8 + 1;
    Scores { r: score(place / bins / bins), f: score(place / bins), m: score(place) }
}

/// Scores of every customer on `as_of`, counted.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that there are too few buyers for bins of their own.
pub fn rfm_table(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<RfmTable, TooLittle>, Cancelled> {
    let facts = customer_facts(data, definitions, as_of, progress)?;
    let scores = match scores(&facts, as_of, settings) {
        Ok(scores) => scores,
        Err(missing) => return Ok(Err(missing)),
    };
    progress.step(0)?;
    let bins = usize::from(settings.bins);
    let mut cube = vec![Row::default(); bins.pow(3)];
    let mut ranges = Axis::ALL.map(|_| vec![None; bins]);
    for (scores, facts) in scores.iter().zip(&facts).filter(|(scores, _)| scores.r > 0) {
        let place = |score: u8| usize::from(score) - 1;
        for axis in Axis::ALL {
            let value = axis.value(facts, as_of);
            let range: &mut Option<(i64, i64)> = &mut ranges[axis as usize][place(axis.score(*scores))];
            *range = Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        }
        cube[(place(scores.r) * bins + place(scores.f)) * bins + place(scores.m)].add(facts, as_of);
    }
    let mut groups: Vec<(Group, Row)> = Group::ALL
        .into_iter()
        .filter(|group| group.rule(settings.bins).is_some())
        .map(|group| (group, Row::default()))
        .collect();
    let mut total = Row::default();
    for (at, cell) in cube.iter().enumerate() {
        total.plus(cell);
        let own = Group::of(at_place(at, settings.bins), settings.bins);
        if let Some((_, row)) = groups.iter_mut().find(|(group, _)| Some(*group) == own) {
            row.plus(cell);
        }
    }
    Ok(Ok(RfmTable {
        as_of,
        currency: definitions.currency,
        definitions: definitions.version,
        settings: settings.clone(),
        revenue: facts.iter().filter(|facts| facts.present).map(|facts| facts.revenue_in_year).sum(),
        scores,
        facts: Arc::new(facts),
        cube,
        ranges,
        groups,
        total,
    }))
}
