//! Which group an order or a line belongs to.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::dimension::Dimension;
use crate::analytics::facts::customer_facts;
use crate::analytics::revenue::Revenue;
use crate::analytics::segments::{Segment, SegmentRules};
use crate::jobs::{Cancelled, Progress};
use crate::model::channels::Said;
use crate::model::dataset::{NO_CUSTOMER, NO_DAY};
use crate::model::{ChannelNames, Dataset, Day, Definitions};

/// What is known of the shop beyond its orders.
#[derive(Debug, Clone, Copy)]
pub struct Naming<'a> {
    /// Names of channels.
    pub channels: &'a ChannelNames,
    /// Cut-offs of the segments; `None` = from the shop's distribution before the later period.
    pub rules: Option<SegmentRules>,
}

/// The name of what has none.
pub(super) const NOT_KNOWN: &str = "Not known";
/// Orders that no customer is known of.
pub(super) const NAMELESS: &str = "Without a customer";
const WITHOUT_LINES: &str = "Orders without lines";
const NOT_YET: &str = "Not there before";

/// Groups with their names. A product has its index for a name.
pub(super) struct Groups {
    pub by: Dimension,
    pub names: Vec<(String, Option<u32>)>,
    of: Of,
}

enum Of {
    /// Day of the first order by customer.
    First(Vec<Day>),
    /// Group by customer, before and after.
    Customer([Vec<u32>; 2]),
    /// Group by label of the customer's country.
    Country(Vec<u32>),
    /// Group by label of the order's channel.
    Channel(Vec<u32>),
    Discount,
    Weekday,
    /// Group by product.
    Product(Vec<u32>),
}

impl Groups {
    pub fn new(
        by: Dimension,
        data: &Dataset,
        (definitions, as_of): (&Definitions, Day),
        periods: [(Day, Day); 2],
        naming: &Naming,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let texts = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), None)).collect();
        let (names, of) = match by {
            Dimension::Newness => {
                let names = texts(&["New customers", "Returning customers", NAMELESS]);
                (names, Of::First(first_days(data, &Revenue::new(data, definitions, as_of), progress)?))
            }
            Dimension::Segment => {
                let mut names: Vec<(String, Option<u32>)> = texts(&Segment::ALL.map(Segment::name));
                names.extend(texts(&[NOT_YET, NAMELESS]) as Vec<_>);
                (names, Of::Customer(segments(data, definitions, periods, naming.rules, progress)?))
            }
            Dimension::Discount => (texts(&["With a discount", "At full price"]), Of::Discount),
            Dimension::Weekday => {
                let names = texts(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);
                (names, Of::Weekday)
            }
            Dimension::Channel => {
                let (names, of) = labelled(data, |text| naming.channels.name(&Said::channel(text)).0);
                (names, Of::Channel(of))
            }
            Dimension::Country => {
                let (names, of) = labelled(data, str::to_owned);
                (names, Of::Country(of))
            }
            Dimension::Category => {
                let (mut names, of) = labelled(data, str::to_owned);
                let of_label = |label: &u32| of.get(*label as usize).copied().unwrap_or(0);
                names.push((WITHOUT_LINES.into(), None));
                (names, Of::Product(data.products.category.iter().map(of_label).collect()))
            }
            Dimension::Product => {
                let products = u32::try_from(data.products.id.len()).unwrap_or(u32::MAX);
                let mut names: Vec<_> = (0..products).map(|n| (String::new(), Some(n))).collect();
                names.push((WITHOUT_LINES.into(), None));
                (names, Of::Product((0..products).collect()))
            }
        };
        Ok(Self { by, names, of })
    }

    pub fn is_of_lines(&self) -> bool {
        self.by.is_of_lines()
    }

    /// The group of orders that have no lines, where groups are made of lines.
    pub fn without_lines(&self) -> usize {
        self.names.len() - 1
    }

    /// The group of a product.
    pub fn of_product(&self, product: u32) -> usize {
        let Of::Product(of) = &self.of else { return 0 };
        of.get(product as usize).map_or(self.without_lines(), |&group| group as usize)
    }

    /// The group of an order of the period `days`, the earlier (0) or the later (1).
    pub fn of_order(&self, data: &Dataset, days: (Day, Day), side: usize, i: usize) -> usize {
        let orders = &data.orders;
        let customer = (orders.customer[i] != NO_CUSTOMER).then_some(orders.customer[i] as usize);
        let nameless = self.names.len() - 1;
        let at = |of: &Vec<u32>, key: usize| of.get(key).map_or(0, |&group| group as usize);
        match &self.of {
            Of::First(first) => customer.map_or(nameless, |c| usize::from(first[c] < days.0)),
            Of::Customer(of) => customer.map_or(nameless, |c| at(&of[side], c)),
            Of::Country(of) => at(of, customer.map_or(0, |c| data.customers.country[c] as usize)),
            Of::Channel(of) => at(of, orders.channel[i] as usize),
            Of::Discount => usize::from(orders.discount.get(i) <= 0),
            Of::Weekday => weekday(orders.day[i]),
            Of::Product(_) => self.without_lines(),
        }
    }
}

/// Monday is 0.
fn weekday(day: Day) -> usize {
    // The first day of all was a Thursday.
    (day.0.rem_euclid(7) as usize + 3) % 7
}

/// How often each day of the week, from Monday on, is in a period.
pub(super) fn weekdays((from, to): (Day, Day)) -> [u32; 7] {
    let mut days = [0; 7];
    let all = (i64::from(to.0) - i64::from(from.0) + 1).max(0);
    for (n, count) in days.iter_mut().enumerate() {
        let first = (n + 7 - weekday(from)) as i64 % 7;
        *count = u32::try_from((all - first + 6).max(0) / 7).unwrap_or(u32::MAX);
    }
    days
}

/// Groups by the names of labels: group by label, the first of them for what has no label.
fn labelled(data: &Dataset, name: impl Fn(&str) -> String) -> (Vec<(String, Option<u32>)>, Vec<u32>) {
    let mut names = vec![(NOT_KNOWN.to_owned(), None)];
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    let mut of = Vec::with_capacity(data.labels.len());
    for label in data.labels.iter() {
        of.push(if label.trim().is_empty() {
            0
        } else {
            *known.entry(name(label)).or_insert_with_key(|name| {
                names.push((name.clone(), None));
                names.len() as u32 - 1
            })
        });
    }
    (names, of)
}

/// Day of the first order of every customer; before all days of one who only sent something back.
fn first_days(data: &Dataset, revenue: &Revenue, progress: &Progress) -> Result<Vec<Day>, Cancelled> {
    progress.step(0)?;
    let first = |customer: usize| {
        let first = data.orders.of_customer(customer).find(|&i| revenue.is_purchase(i));
        first.map_or(NO_DAY, |i| data.orders.day[i])
    };
    Ok((0..data.customers.id.len()).into_par_iter().map(first).collect())
}

/// Segments of all customers on the day before each period, by the same cut-offs.
fn segments(
    data: &Dataset,
    definitions: &Definitions,
    periods: [(Day, Day); 2],
    rules: Option<SegmentRules>,
    progress: &Progress,
) -> Result<[Vec<u32>; 2], Cancelled> {
    let days = periods.map(|(from, _)| Day(from.0.saturating_sub(1)));
    let facts = |day: Day| customer_facts(data, definitions, day, progress);
    let (before, after) = (facts(days[0])?, facts(days[1])?);
    let rules = rules.unwrap_or_else(|| SegmentRules::from_distribution(data, definitions, days[1], &after).0);
    let not_yet = Segment::ALL.len() as u32;
    let place = |facts: &_, day: Day| rules.segment(facts, day).map_or(not_yet, |segment| segment as u32);
    Ok([
        before.par_iter().map(|facts| place(facts, days[0])).collect(),
        after.par_iter().map(|facts| place(facts, days[1])).collect(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_are_counted() {
        for (from, length) in [(0, 1), (3, 30), (17, 31), (100, 365), (5, 0)] {
            let period = (Day(from), Day(from + length - 1));
            let mut naive = [0; 7];
            (from..from + length).for_each(|day| naive[weekday(Day(day))] += 1);
            assert_eq!(weekday(period.0), chrono::Datelike::weekday(&period.0.date()).num_days_from_monday() as usize);
            assert_eq!(weekdays(period), naive, "{from} {length}");
        }
    }
}
