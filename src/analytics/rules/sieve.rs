//! Rules asked of every customer of a shop on one day.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::bits::{Bits, Truth};
use super::book::Book;
use super::figures::Figures;
use super::measure::{Column, Orders, UNKNOWN};
use super::narrow::{Mask, Source};
use crate::analytics::door::share;
use crate::analytics::facts::{CustomerFacts, customer_facts};
use crate::analytics::segments::SegmentRules;
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::{About, Condition, FieldId, Kind, Rule, Test};
use crate::model::{Dataset, Day, Definitions, Details};

/// What measured columns may hold together; the oldest go first.
const KEPT_BYTES: usize = 96 << 20;

/// A shop as rules see it.
#[derive(Clone)]
pub struct Shop {
    /// Its columns.
    pub data: Arc<Dataset>,
    /// What stands beside them.
    pub details: Arc<Details>,
    /// What its words mean.
    pub definitions: Definitions,
    /// Cut-offs of the framework's segments; `None` = from the shop's distribution.
    pub segment_rules: Option<SegmentRules>,
}

/// Asks rules of the customers who were there on a day.
pub struct Sieve {
    /// The shop.
    pub shop: Shop,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Facts of every customer.
    pub facts: Vec<CustomerFacts>,
    /// Customers who were there.
    pub present: Bits,
    pub(super) book: Book,
    pub(super) figures: OnceLock<Figures>,
    columns: Kept<Column>,
    masks: Kept<Mask>,
}

/// Who a rule means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The members, by customer index.
    pub yes: Bits,
    /// Customers of whom nobody can tell. They are no members.
    pub unknown: Bits,
}

/// How many a rule means, and what they bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// Members.
    pub customers: u64,
    /// All customers.
    pub of: u64,
    /// Customers of whom nobody can tell.
    pub unknown: u64,
    /// Share of all customers.
    pub customer_share: Option<f64>,
    /// Orders of the last 12 months.
    pub orders: u64,
    /// Revenue of the last 12 months, minor units of the shop's currency.
    pub revenue: i64,
    /// Share of the revenue of identified customers in the last 12 months.
    pub revenue_share: Option<f64>,
}

impl Sieve {
    /// A sieve for the end of `as_of`.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn new(shop: Shop, as_of: Day, progress: &Progress) -> Result<Self, Cancelled> {
        let facts = customer_facts(&shop.data, &shop.definitions, as_of, progress)?;
        let present = Bits::of(facts.len(), |i| facts[i].present);
        let book = Book::new(&shop.data, &shop.definitions, as_of);
        progress.step(0)?;
        Ok(Self {
            shop,
            as_of,
            facts,
            present,
            book,
            figures: OnceLock::new(),
            columns: Kept::new(KEPT_BYTES),
            masks: Kept::new(KEPT_BYTES / 8),
        })
    }

    /// The members of a rule that was checked and speaks of no saved segment ([`crate::model::rule::Library::resolve`]).
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn members(&self, rule: &Rule, progress: &Progress) -> Result<Members, Cancelled> {
        let Truth { yes, unknown } = self.truth(rule, progress)?;
        Ok(Members { yes: yes.and(&self.present), unknown: unknown.and(&self.present) })
    }

    fn truth(&self, rule: &Rule, progress: &Progress) -> Result<Truth, Cancelled> {
        let n = self.facts.len();
        Ok(match rule {
            Rule::All(rules) => {
                let mut truth = Truth::known(Bits::all(n));
                for rule in rules {
                    truth = truth.and(&self.truth(rule, progress)?);
                }
                truth
            }
            Rule::Any(rules) => {
                let mut truth = Truth::known(Bits::none(n));
                for rule in rules {
                    truth = truth.or(&self.truth(rule, progress)?);
                }
                truth
            }
            Rule::Not(rule) => self.truth(rule, progress)?.not(),
            // Nobody can tell what a segment means that was not looked up.
            Rule::InSegment(_) => Truth { yes: Bits::none(n), unknown: Bits::all(n) },
            Rule::Where(condition) => {
                progress.step(0)?;
                self.of(condition, progress)?
            }
        })
    }

    fn of(&self, condition: &Condition, progress: &Progress) -> Result<Truth, Cancelled> {
        match condition.field.field().about {
            About::Customer => Ok(self.of_customer(condition)),
            About::Figure => Ok(self.of_figure(condition)),
            _ => Ok(self.compared(&*self.column(condition, progress)?, condition.field, &condition.test)),
        }
    }

    /// What a condition measures, without its test.
    fn column(&self, condition: &Condition, progress: &Progress) -> Result<Arc<Column>, Cancelled> {
        let Condition { field, only, within, .. } = condition;
        let days = within.map_or((Day(i32::MIN + 1), self.as_of), |window| window.days(self.as_of));
        let key = format!("{field:?} {only:?} {days:?}");
        self.columns.get(key, Column::bytes, || {
            if !matches!(field.field().about, About::Orders | About::Lines) {
                return Ok(self.of_contacts(condition, days));
            }
            let (data, details, definitions) = (&*self.shop.data, &*self.shop.details, &self.shop.definitions);
            let source = Source { data, details, book: &self.book, currency: definitions.currency };
            let mask = self.masks.get(format!("{only:?}"), mask_bytes, || Ok(source.mask(only)))?;
            Orders { data, definitions, book: &self.book, mask: &mask, days }.column(*field, progress)
        })
    }

    /// The truth of a test of a column.
    pub(super) fn compared(&self, column: &Column, field: FieldId, test: &Test) -> Truth {
        let n = self.facts.len();
        let bounds = match field.field().kind {
            Kind::Day => {
                let (first, last) = test.days(self.as_of);
                (first.map(|day| i64::from(day.0)), last.map(|day| i64::from(day.0)))
            }
            _ => test.bounds(field.scale(self.shop.definitions.currency)),
        };
        let (yes, unknown) = match column {
            Column::Whole(values) => {
                let (low, high) = (bounds.0.unwrap_or(i64::MIN), bounds.1.unwrap_or(i64::MAX));
                let right = |i: usize| values[i] != UNKNOWN && values[i] >= low && values[i] <= high;
                (Bits::of(n, right), Bits::of(n, |i| values[i] == UNKNOWN))
            }
            Column::Fraction(values) => (
                Bits::of(n, |i| values[i].1 > 0 && Test::within(bounds, values[i].0, values[i].1.into())),
                Bits::of(n, |i| values[i].1 == 0),
            ),
        };
        Truth { yes, unknown: if *test == Test::Known { Bits::none(n) } else { unknown } }
    }

    /// What members come to.
    pub fn count(&self, members: &Members) -> Count {
        let all = self.total();
        let mut count =
            Count { customers: members.yes.count(), unknown: members.unknown.count(), orders: 0, revenue: 0, ..all };
        for i in members.yes.iter() {
            let facts = &self.facts[i as usize];
            count.orders += u64::from(facts.orders_in_year);
            count.revenue += facts.revenue_in_year;
        }
        count.customer_share = share(count.customers as f64, count.of as f64);
        count.revenue_share = share(count.revenue as f64, all.revenue as f64);
        count
    }

    /// What all customers come to.
    pub fn total(&self) -> Count {
        let (customers, mut orders, mut revenue) = (self.present.count(), 0, 0);
        for i in self.present.iter() {
            orders += u64::from(self.facts[i as usize].orders_in_year);
            revenue += self.facts[i as usize].revenue_in_year;
        }
        Count {
            customers,
            of: customers,
            unknown: 0,
            customer_share: share(customers as f64, customers as f64),
            orders,
            revenue,
            revenue_share: share(revenue as f64, revenue as f64),
        }
    }
}

fn mask_bytes(mask: &Mask) -> usize {
    mask.orders.as_ref().map_or(0, Bits::bytes) + mask.products.as_ref().map_or(0, Bits::bytes)
}

/// Results by key, as many as fit.
struct Kept<T> {
    most: usize,
    entries: Mutex<VecDeque<(String, Arc<T>)>>,
}

impl<T> Kept<T> {
    fn new(most: usize) -> Self {
        Self { most, entries: Mutex::default() }
    }

    /// The result of a key, made when it is not kept. While it is made others may look up theirs.
    fn get(
        &self,
        key: String,
        bytes: impl Fn(&T) -> usize,
        make: impl FnOnce() -> Result<T, Cancelled>,
    ) -> Result<Arc<T>, Cancelled> {
        let find = |entries: &mut VecDeque<(String, Arc<T>)>| {
            let at = entries.iter().position(|(known, _)| *known == key)?;
            let entry = entries.remove(at)?;
            let found = entry.1.clone();
            entries.push_front(entry);
            Some(found)
        };
        if let Some(found) = find(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_front((key, made.clone()));
        let mut held = 0;
        entries.retain(|(_, kept)| {
            held += bytes(kept);
            held <= self.most
        });
        Ok(made)
    }
}
