//! Rules asked of every customer of a shop on one day.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::bits::{Bits, Truth};
use super::book::Book;
use super::figures::Figures;
use super::lines::Lines;
use super::measure::{Column, Orders, UNKNOWN};
use super::narrow::{Mask, Source};
use crate::analytics::door::share;
use crate::analytics::facts::{CustomerFacts, customer_facts};
use crate::analytics::rfm;
use crate::analytics::segments::SegmentRules;
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::{About, Condition, FieldId, Kind, Rule, Test};
use crate::model::{Dataset, Day, Definitions, Details};

/// What measured columns may hold together; the oldest go first.
const KEPT_BYTES: usize = 128 << 20;

/// A shop as rules see it.
#[derive(Clone)]
pub struct Shop {
    /// Its columns.
    pub data: Arc<Dataset>,
    /// What stands beside them.
    pub details: Arc<Details>,
    /// Its lines in the order of its orders; belongs to `data` and `definitions`.
    pub lines: Arc<Lines>,
    /// What its words mean.
    pub definitions: Definitions,
    /// Cut-offs of the framework's segments; `None` = from the shop's distribution.
    pub segment_rules: Option<SegmentRules>,
    /// How recency, frequency and monetary value are scored.
    pub scored: rfm::Settings,
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
    /// What all of them come to.
    pub total: Count,
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
            total: total(&facts, &present),
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
            Rule::Not(rule) => self.truth(rule, progress)?.opposite(),
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
            let (data, definitions) = (&*self.shop.data, &self.shop.definitions);
            let mask = self.masks.get(format!("{only:?}"), mask_bytes, || Ok(self.source().mask(only)))?;
            let lines = &self.shop.lines;
            Orders { data, definitions, book: &self.book, lines, mask: &mask, days }.column(*field, progress)
        })
    }

    /// What conditions are narrowed from.
    pub(super) fn source(&self) -> Source<'_> {
        let Shop { data, details, lines, definitions, .. } = &self.shop;
        Source { data, details, book: &self.book, lines, currency: definitions.currency }
    }

    /// The truth of a test of a column.
    pub(super) fn compared(&self, column: &Column, field: FieldId, test: &Test) -> Truth {
        let (n, currency) = (self.facts.len(), self.shop.definitions.currency);
        let bounds = match field.field().kind {
            Kind::Day => {
                let (first, last) = test.days(self.as_of);
                (first.map(|day| i64::from(day.0)), last.map(|day| i64::from(day.0)))
            }
            _ => test.bounds(field.scale(currency)),
        };
        let (yes, unknown) = match column {
            Column::Whole(values) => {
                let (low, high) = (bounds.0.unwrap_or(i64::MIN + 1), bounds.1.unwrap_or(i64::MAX));
                let right = |value: i64| value >= low && value <= high;
                // Unknown is the smallest number there is, and below every bound.
                (Bits::of(n, |i| right(values.get(i))), Bits::of(n, |i| values.get(i) == UNKNOWN))
            }
            Column::Fraction(sums, of) => {
                // Of amounts in units, of counts in ones: those are brought to the units of the bounds.
                let times = if field.field().kind == Kind::Share { field.scale(currency) } else { 1 };
                let right = |i: usize| of[i] > 0 && Test::within(bounds, sums.get(i) * times, of[i].into());
                (Bits::of(n, right), Bits::of(n, |i| of[i] == 0))
            }
        };
        Truth { yes, unknown: if *test == Test::Known { Bits::none(n) } else { unknown } }
    }

    /// What members come to.
    pub fn count(&self, members: &Members) -> Count {
        Count { unknown: members.unknown.count(), ..self.count_of(&members.yes) }
    }

    /// What these customers come to.
    pub fn count_of(&self, members: &Bits) -> Count {
        let all = &self.total;
        let (orders, revenue) = sums(&self.facts, members);
        let customers = members.count();
        Count {
            customers,
            unknown: 0,
            customer_share: share(customers as f64, all.of as f64),
            orders,
            revenue,
            revenue_share: share(revenue as f64, all.revenue as f64),
            ..*all
        }
    }
}

/// Orders and revenue of the last 12 months of these customers.
fn sums(facts: &[CustomerFacts], of: &Bits) -> (u64, i64) {
    let of_word = |(word, facts): (&u64, &[CustomerFacts])| {
        let own = facts.iter().enumerate().filter(|(bit, _)| word >> bit & 1 == 1);
        own.fold((0, 0), |sum, (_, facts)| (sum.0 + u64::from(facts.orders_in_year), sum.1 + facts.revenue_in_year))
    };
    let words = of.words().par_iter().zip(facts.par_chunks(64)).with_min_len(256);
    words.map(of_word).reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
}

fn total(facts: &[CustomerFacts], present: &Bits) -> Count {
    let (customers, (orders, revenue)) = (present.count(), sums(facts, present));
    let customer_share = share(customers as f64, customers as f64);
    let revenue_share = share(revenue as f64, revenue as f64);
    Count { customers, of: customers, unknown: 0, customer_share, orders, revenue, revenue_share }
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
