//! The framework's five segments, from the shop's own orders.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::door::{average, per_year, share};
use super::facts::{self, CustomerFacts, Remainder};
use super::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::{Dataset, flag};
use crate::model::definitions::{Definitions, Part, YEAR_DAYS};
use crate::model::figure::{Filter, Value};
use crate::model::{Currency, Day, Figure, Locale, MetricId, Scope, TooLittle};

pub use crate::model::Segment;

/// Marks customers that were not there on the as-of day.
pub const NOT_PRESENT: u8 = u8::MAX;

/// Cut-offs. New is tested first, then the segments from top to bottom: the first that fits counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRules {
    /// VIP/Loyal: at least this many orders in 12 months …
    pub vip_orders: u32,
    /// … the last of them within this many days.
    pub vip_within_days: i32,
    /// Regular Buyers: at least this many orders in 12 months.
    pub regular_orders: u32,
    /// New Customers: first order within this many days.
    pub new_days: i32,
}

impl Default for SegmentRules {
    /// The framework's usual cut-offs, for shops with too few buyers to have a distribution.
    fn default() -> Self {
        Self { vip_orders: 5, vip_within_days: 120, regular_orders: 2, new_days: 90 }
    }
}

/// Where the cut-offs of a table come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesFrom {
    /// Typed by the user.
    Typed,
    /// The shop's own distribution.
    Distribution,
    /// The framework's usual ones, because too few customers bought, or bought again.
    Usual,
}

impl RulesFrom {
    /// As a sentence, for captions and documents.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Typed => "Cut-offs as typed",
            Self::Distribution => "Cut-offs from the shop’s own distribution",
            Self::Usual => "The usual cut-offs: too few buyers for the shop’s own",
        }
    }
}

/// Buyers needed before cut-offs come from the shop's own distribution.
const BUYERS_FOR_CUTOFFS: usize = 50;

impl SegmentRules {
    /// Cut-offs from the shop's own distribution, and whether there were enough buyers for that.
    ///
    /// * new: within the time in which three quarters of second orders came, in steps of 30 days, 30–120;
    /// * VIP: the smallest number of orders in 12 months (at least 3) that at most a tenth of the year's buyers reach,
    ///   the last within the time in which nine tenths of all repeat orders came, in steps of 30 days, 60–180;
    /// * regular: bought again in 12 months.
    pub fn from_distribution(
        data: &Dataset,
        definitions: &Definitions,
        as_of: Day,
        facts: &[CustomerFacts],
    ) -> (Self, bool) {
        let buyers = facts.iter().filter(|f| f.orders_in_year > 0).count();
        let gaps = RepeatGaps::measure(data, definitions, as_of);
        let (Some(second), Some(any)) = (gaps.second.quantile(0.75), gaps.any.quantile(0.90)) else {
            return (Self::default(), false);
        };
        if buyers < BUYERS_FOR_CUTOFFS {
            return (Self::default(), false);
        }
        let new_days = in_steps(second, 30, 30, 120);
        let mut reach = [0_usize; 64];
        for f in facts.iter().filter(|f| f.orders_in_year > 0) {
            reach[(f.orders_in_year as usize).min(63)] += 1;
        }
        let at_least = |n: usize| reach[n..].iter().sum::<usize>();
        let vip_orders = (3..63).find(|&n| at_least(n) * 10 <= buyers).unwrap_or(63) as u32;
        (Self { vip_orders, vip_within_days: in_steps(any, 30, 60, 180), regular_orders: 2, new_days }, true)
    }

    /// The rule of a segment as a sentence.
    pub fn in_words(&self, segment: Segment) -> String {
        let plural = |n: i64, one: &str, many: &str| if n == 1 { format!("{n} {one}") } else { format!("{n} {many}") };
        let days = |n: i32| plural(i64::from(n), "day", "days");
        match segment {
            Segment::Vip => {
                format!("{}+ orders in 12 months, last within {}", self.vip_orders, days(self.vip_within_days))
            }
            Segment::Regular => format!("{}+ orders in 12 months", self.regular_orders),
            Segment::Occasional => format!("At least 1 order ever, fewer than {} in 12 months", self.regular_orders),
            Segment::New => format!("First order within {}", days(self.new_days)),
            Segment::Browsers => "Account or cart, no order".into(),
        }
    }

    /// The segment of a customer on `as_of`; `None` when the customer was not there yet, or bought only in currencies
    /// without a rate, so that nobody can tell.
    pub fn segment(&self, facts: &CustomerFacts, as_of: Day) -> Option<Segment> {
        if !facts.present {
            return None;
        }
        let Some(recency) = facts.recency(as_of) else {
            return match (facts.bought, facts.unrated) {
                (true, _) => Some(Segment::Occasional),
                (false, true) => None,
                (false, false) => Some(Segment::Browsers),
            };
        };
        let within = |days: i32, day: Day| as_of.0 - day.0 < days;
        Some(if within(self.new_days, facts.first) {
            Segment::New
        } else if facts.orders_in_year >= self.vip_orders && recency < self.vip_within_days {
            Segment::Vip
        } else if facts.orders_in_year >= self.regular_orders {
            Segment::Regular
        } else {
            Segment::Occasional
        })
    }
}

fn in_steps(days: u32, step: u32, least: u32, most: u32) -> i32 {
    days.div_ceil(step).saturating_mul(step).clamp(least, most) as i32
}

/// A histogram of whole days.
struct DayHistogram(Vec<u32>);

impl DayHistogram {
    const LONGEST: usize = 1_100;

    fn new() -> Self {
        Self(vec![0; Self::LONGEST])
    }

    fn add(&mut self, days: i32) {
        self.0[usize::try_from(days).unwrap_or(0).min(Self::LONGEST - 1)] += 1;
    }

    fn merge(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a += b);
        self
    }

    /// The smallest number of days that at least a share `q` of the entries reach; `None` when empty.
    fn quantile(&self, q: f64) -> Option<u32> {
        let all: u64 = self.0.iter().map(|&n| u64::from(n)).sum();
        let mut seen = 0;
        self.0
            .iter()
            .position(|&n| {
                seen += u64::from(n);
                all > 0 && seen as f64 >= q * all as f64
            })
            .map(|days| days as u32)
    }
}

/// Days between an order and the one before it.
struct RepeatGaps {
    second: DayHistogram,
    any: DayHistogram,
}

impl RepeatGaps {
    fn measure(data: &Dataset, definitions: &Definitions, as_of: Day) -> Self {
        const CHUNK: usize = 65_536;
        let revenue = Revenue::new(data, definitions, as_of);
        let new = || Self { second: DayHistogram::new(), any: DayHistogram::new() };
        let customers = data.customers.id.len();
        (0..customers.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut gaps = new();
                for customer in chunk * CHUNK..((chunk + 1) * CHUNK).min(customers) {
                    let mut before: Option<Day> = None;
                    let mut nth = 0;
                    for i in data.orders.of_customer(customer).filter(|&i| revenue.is_purchase(i)) {
                        let day = data.orders.day[i];
                        // Orders of one day count once.
                        if before == Some(day) {
                            continue;
                        }
                        nth += 1;
                        if let Some(before) = before.replace(day) {
                            gaps.any.add(day.0 - before.0);
                            if nth == 2 {
                                gaps.second.add(day.0 - before.0);
                            }
                        }
                    }
                }
                gaps
            })
            .reduce(new, |a, b| Self { second: a.second.merge(&b.second), any: a.any.merge(&b.any) })
    }
}

/// A row of the framework's table. Money is minor units of the shop's currency; shares are 0–1.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentRow {
    /// Which segment; `None` in the total row.
    pub segment: Option<Segment>,
    /// Customers in it.
    pub customers: u64,
    /// Of them, how many bought in the period.
    pub buyers: u64,
    /// Of them, how many ever bought.
    pub ever_buyers: u64,
    /// Share of all customers.
    pub customer_share: Option<f64>,
    /// Orders in the period.
    pub orders: u64,
    /// Revenue in the period.
    pub revenue: i64,
    /// Share of the revenue of identified customers.
    pub revenue_share: Option<f64>,
    /// Average order value in the period.
    pub aov: Option<i64>,
    /// Orders per buyer of the period, per year.
    pub frequency_per_year: Option<f64>,
    /// Revenue since the first order, of all customers in it.
    pub lifetime_revenue: i64,
    /// Revenue since the first order per customer who ever bought.
    pub ltv: Option<i64>,
    /// The rule as a sentence; empty in the total row.
    pub rule: String,
}

/// The framework's table, with the assignment it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentTable {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// The last 12 months, both days included.
    pub period: (Day, Day),
    /// Days of the period for which the shop has a history.
    pub observed_days: i32,
    /// The cut-offs used.
    pub rules: SegmentRules,
    /// Where the cut-offs come from.
    pub rules_from: RulesFrom,
    /// Version of the definitions used.
    pub definitions: u32,
    /// The five segments in the framework's order.
    pub rows: Vec<SegmentRow>,
    /// All customers.
    pub total: SegmentRow,
    /// Orders of the period that cannot be given to a customer. They are in no share above.
    pub unidentified: Remainder,
    /// Orders that could not be counted because their currency has no rate.
    pub without_rate: u64,
    /// Customers who bought only in such currencies. They are in no segment.
    pub customers_without_rate: u64,
    /// Orders of the period whose source does not say the tax, while revenue is to be without it.
    pub tax_unknown: u64,
    /// Number of the segment of each customer, or [`NOT_PRESENT`].
    pub segment_of: Vec<u8>,
    /// Facts of each customer.
    pub facts: Vec<CustomerFacts>,
}

impl SegmentTable {
    /// Customers of a segment, by index; all present ones for `None`.
    pub fn members(&self, segment: Option<Segment>) -> Vec<u32> {
        let wanted = |&s: &u8| segment.map_or(s != NOT_PRESENT, |segment| s == segment as u8);
        (0_u32..).zip(&self.segment_of).filter(|(_, s)| wanted(s)).map(|(i, _)| i).collect()
    }

    /// The segment whose share of revenue most exceeds its share of customers; `None` when nobody bought.
    pub fn concentration(&self) -> Option<&SegmentRow> {
        let excess = |row: &SegmentRow| row.revenue_share.unwrap_or(0.0) - row.customer_share.unwrap_or(0.0);
        let buying = self.rows.iter().filter(|row| row.revenue_share.is_some_and(|share| share > 0.0));
        buying.max_by(|a, b| excess(a).total_cmp(&excess(b)))
    }

    /// Share of all revenue that no customer stands behind; `None` without revenue.
    pub fn unidentified_share(&self) -> Option<f64> {
        let left = self.unidentified.revenue;
        share(left as f64, (self.total.revenue + left) as f64)
    }

    /// What stands beside the table because it is in no segment, as sentences without a full stop.
    pub fn beside(&self, locale: Locale) -> Vec<String> {
        let orders = |n: u64| locale.counted(n, "order", "orders");
        let mut words = Vec::new();
        let left = &self.unidentified;
        if left.orders > 0 || left.revenue != 0 {
            let part = self.unidentified_share().map_or_else(String::new, |s| format!(" ({})", locale.percent(s, 1)));
            words.push(format!(
                "{} without a customer {} {}{part}; {} in no segment, and shares are of identified revenue",
                orders(left.orders),
                if left.orders == 1 { "brings" } else { "bring" },
                locale.money(left.revenue, self.currency),
                if left.orders == 1 { "it is" } else { "they are" },
            ));
        }
        if self.without_rate > 0 {
            let who = match self.customers_without_rate {
                0 => String::new(),
                n => format!(
                    "; {} bought nothing else and stand in no segment",
                    locale.counted(n, "customer", "customers")
                ),
            };
            words.push(format!(
                "{} could not be counted, because the definitions have no rate for the currency{who}",
                orders(self.without_rate)
            ));
        }
        if self.tax_unknown > 0 {
            words.push(format!(
                "Of {} no file says the tax; where their totals contain it, so does revenue",
                orders(self.tax_unknown)
            ));
        }
        words
    }

    /// A cell of the table as a figure with its scope.
    pub fn figure(&self, row: &SegmentRow, metric: MetricId) -> Figure {
        let money = |minor: i64| Value::Money(minor, self.currency);
        let (value, period) = match metric {
            MetricId::Customers => (Some(Value::Count(row.customers)), None),
            MetricId::CustomerShare => (row.customer_share.map(Value::Share), None),
            MetricId::BuyerShare => {
                (share(row.ever_buyers as f64, self.total.ever_buyers as f64).map(Value::Share), None)
            }
            MetricId::Revenue => (Some(money(row.revenue)), Some(self.period)),
            MetricId::RevenueShare => (row.revenue_share.map(Value::Share), Some(self.period)),
            MetricId::Orders => (Some(Value::Count(row.orders)), Some(self.period)),
            MetricId::Aov => (row.aov.map(money), Some(self.period)),
            MetricId::Frequency => (row.frequency_per_year.map(Value::Number), Some(self.period)),
            MetricId::LtvToDate => (row.ltv.map(money), None),
            // The models foretell customers, not segments; KPIs are of the whole shop.
            _ => (None, None),
        };
        let filter = row.segment.map_or(Filter::All, Filter::Segment);
        Figure { metric, scope: Scope { as_of: self.as_of, period, filter, definitions: self.definitions }, value }
    }
}

/// The framework's segment table on `as_of`. With `rules` of `None` the cut-offs come from the shop's distribution.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that there is no customer to speak of.
pub fn segment_table(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    rules: Option<SegmentRules>,
    progress: &Progress,
) -> Result<Result<SegmentTable, TooLittle>, Cancelled> {
    let facts = facts::customer_facts(data, definitions, as_of, progress)?;
    let (rules, rules_from) = match rules {
        Some(rules) => (rules, RulesFrom::Typed),
        None => match SegmentRules::from_distribution(data, definitions, as_of, &facts) {
            (rules, true) => (rules, RulesFrom::Distribution),
            (rules, false) => (rules, RulesFrom::Usual),
        },
    };
    let period = facts::year_to(as_of);
    let segment_of: Vec<u8> =
        facts.par_iter().map(|f| rules.segment(f, as_of).map_or(NOT_PRESENT, |s| s as u8)).collect();
    let sums = sum_by_segment(&facts, &segment_of);
    let all = sums.iter().fold(Sums::default(), |a, b| a.plus(b));
    if all.customers == 0 {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "customers" }));
    }
    let first = data.span.map_or(as_of, |(first, _)| first);
    let observed_days = (as_of.0 - first.0.max(period.0.0) + 1).clamp(1, YEAR_DAYS);
    let row = |segment: Option<Segment>, sums: &Sums| SegmentRow {
        segment,
        customers: sums.customers,
        buyers: sums.buyers,
        ever_buyers: sums.ever_buyers,
        customer_share: share(sums.customers as f64, all.customers as f64),
        orders: sums.orders,
        revenue: sums.revenue,
        revenue_share: share(sums.revenue as f64, all.revenue as f64),
        aov: average(sums.revenue, sums.orders),
        frequency_per_year: per_year(sums.orders, sums.buyers, observed_days),
        lifetime_revenue: sums.lifetime_revenue,
        ltv: average(sums.lifetime_revenue, sums.ever_buyers),
        rule: segment.map_or_else(String::new, |s| rules.in_words(s)),
    };
    Ok(Ok(SegmentTable {
        as_of,
        currency: definitions.currency,
        period,
        observed_days,
        rules,
        rules_from,
        definitions: definitions.version,
        rows: Segment::ALL.iter().zip(&sums).map(|(&s, sums)| row(Some(s), sums)).collect(),
        total: row(None, &all),
        unidentified: facts::unidentified(data, definitions, period),
        without_rate: orders_without_rate(data, definitions, period),
        customers_without_rate: facts.iter().filter(|f| f.present && f.unrated && !f.bought).count() as u64,
        tax_unknown: orders_of_unknown_tax(data, definitions, period),
        segment_of,
        facts,
    }))
}

/// Orders whose revenue may hold a tax that the definitions leave out.
fn orders_of_unknown_tax(data: &Dataset, definitions: &Definitions, period: (Day, Day)) -> u64 {
    if definitions.tax == Part::Included {
        return 0;
    }
    let (revenue, orders) = (Revenue::new(data, definitions, period.1), &data.orders);
    let unknown =
        |i: &usize| orders.flags[*i] & flag::TAX_UNKNOWN != 0 && orders.day[*i] >= period.0 && revenue.is_purchase(*i);
    (0..orders.day.len()).into_par_iter().with_min_len(65_536).filter(unknown).count() as u64
}

fn orders_without_rate(data: &Dataset, definitions: &Definitions, period: (Day, Day)) -> u64 {
    if data.currencies.iter().all(|c| definitions.convert(0, *c).is_some()) {
        return 0;
    }
    let revenue = Revenue::new(data, definitions, period.1);
    let days = &data.orders.day;
    (0..days.len()).filter(|&i| days[i] >= period.0 && days[i] <= period.1 && !revenue.convertible(i)).count() as u64
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    customers: u64,
    buyers: u64,
    ever_buyers: u64,
    orders: u64,
    revenue: i64,
    lifetime_revenue: i64,
}

impl Sums {
    fn add(&mut self, f: &CustomerFacts) {
        self.customers += 1;
        self.buyers += u64::from(f.orders_in_year > 0);
        self.ever_buyers += u64::from(f.orders > 0);
        self.orders += u64::from(f.orders_in_year);
        self.revenue += f.revenue_in_year;
        self.lifetime_revenue += f.revenue;
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            customers: self.customers + other.customers,
            buyers: self.buyers + other.buyers,
            ever_buyers: self.ever_buyers + other.ever_buyers,
            orders: self.orders + other.orders,
            revenue: self.revenue + other.revenue,
            lifetime_revenue: self.lifetime_revenue + other.lifetime_revenue,
        }
    }
}

fn sum_by_segment(facts: &[CustomerFacts], segment_of: &[u8]) -> [Sums; 5] {
    let mut sums = [Sums::default(); 5];
    for (f, &s) in facts.iter().zip(segment_of) {
        if let Some(sums) = sums.get_mut(usize::from(s)) {
            sums.add(f);
        }
    }
    sums
}
