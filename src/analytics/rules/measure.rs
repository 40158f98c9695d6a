//! What a customer's orders, lines, carts or touchpoints come to: one number for each customer.

use rayon::prelude::*;

use super::bits::{Bits, CHUNK};
use super::book::{Book, in_shop_currency};
use super::lines::Lines;
use super::narrow::Mask;
use crate::analytics::discounts::rate;
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::FieldId;
use crate::model::{Dataset, Day, Definitions};

/// Nothing to measure, or nothing known.
pub const UNKNOWN: i64 = i64::MIN;

/// A number for each customer: whole units, or a fraction of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// In units of [`FieldId::scale`], or days since 1970; [`UNKNOWN`] where there is none.
    Whole(Numbers),
    /// Sums and how many they are of; unknown of 0.
    Fraction(Numbers, Vec<u32>),
}

/// Whole numbers, four bytes each while all of them fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers {
    /// All values fit 32 bits; the smallest one stands for [`UNKNOWN`].
    Small(Vec<i32>),
    /// Some value does not.
    Large(Vec<i64>),
}

impl From<Vec<i64>> for Numbers {
    fn from(values: Vec<i64>) -> Self {
        let small = |value: i64| {
            if value == UNKNOWN { Some(i32::MIN) } else { i32::try_from(value).ok().filter(|v| *v > i32::MIN) }
        };
        if values.par_iter().all(|&value| small(value).is_some()) {
            Self::Small(values.par_iter().map(|&value| small(value).unwrap_or(i32::MIN)).collect())
        } else {
            Self::Large(values)
        }
    }
}

impl Numbers {
    /// The number at `i`, or [`UNKNOWN`].
    #[inline]
    pub fn get(&self, i: usize) -> i64 {
        match self {
            Self::Small(values) if values[i] == i32::MIN => UNKNOWN,
            Self::Small(values) => i64::from(values[i]),
            Self::Large(values) => values[i],
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Small(values) => values.capacity() * 4,
            Self::Large(values) => values.capacity() * 8,
        }
    }
}

impl Column {
    /// Bytes held.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Whole(values) => values.bytes(),
            Self::Fraction(sums, of) => sums.bytes() + of.capacity() * 4,
        }
    }
}

/// What is measured over.
pub struct Orders<'a> {
    pub data: &'a Dataset,
    pub definitions: &'a Definitions,
    pub book: &'a Book,
    pub lines: &'a Lines,
    pub mask: &'a Mask,
    /// First and last day that count, both included.
    pub days: (Day, Day),
}

/// Sums of one customer's orders.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    orders: u32,
    on_sale: u32,
    spend: i64,
    saved: i64,
    first: Option<Day>,
    last: Option<Day>,
    unrated: bool,
}

impl Orders<'_> {
    /// The column of a field about orders or lines.
    pub fn column(&self, field: FieldId, progress: &Progress) -> Result<Column, Cancelled> {
        let day = |day: Option<Day>| day.map_or(UNKNOWN, |day| i64::from(day.0));
        let whole = |value: &(dyn Fn(&Sums) -> i64 + Sync)| {
            let told = |sums: Sums| if sums.unrated { UNKNOWN } else { value(&sums) };
            Ok(Column::Whole(self.customers(progress, UNKNOWN, |customer, _| told(self.sums(customer)))?.into()))
        };
        let fraction = |value: fn(&Sums) -> i64| {
            let told = |sums: Sums| if sums.unrated { (0, 0) } else { (value(&sums), sums.orders) };
            let pairs = self.customers(progress, (0, 0), |customer, _| told(self.sums(customer)))?;
            let sums: Vec<i64> = pairs.par_iter().map(|pair| pair.0).collect();
            Ok(Column::Fraction(sums.into(), pairs.par_iter().map(|pair| pair.1).collect()))
        };
        match field {
            FieldId::Orders => whole(&|sums| i64::from(sums.orders)),
            FieldId::Spend => whole(&|sums| sums.spend),
            FieldId::Saved => whole(&|sums| sums.saved),
            FieldId::FirstOrder => whole(&|sums| day(sums.first)),
            FieldId::LastOrder => whole(&|sums| day(sums.last)),
            FieldId::OrderAverage => fraction(|sums| sums.spend),
            FieldId::SaleShare => fraction(|sums| i64::from(sums.on_sale)),
            FieldId::SmallestDiscount => {
                Ok(Column::Whole(self.customers(progress, UNKNOWN, |customer, _| self.smallest(customer))?.into()))
            }
            field => Ok(Column::Whole(self.lines(field, progress)?.into())),
        }
    }

    /// Millionths; unknown without an order on sale.
    fn smallest(&self, customer: usize) -> i64 {
        let mut smallest = None;
        for i in self.of_customer(customer) {
            if self.book.unrated.has(i) && !self.book.counted.has(i) {
                return UNKNOWN;
            }
            if self.book.purchase.has(i) {
                smallest = rate(self.data, i).into_iter().chain(smallest).min();
            }
        }
        smallest.map_or(UNKNOWN, i64::from)
    }

    /// A value of each customer; the list is there to be used again, so that none is made for each of a million.
    fn customers<T: Copy + Send + Sync>(
        &self,
        progress: &Progress,
        empty: T,
        value: impl Fn(usize, &mut Vec<u32>) -> T + Sync,
    ) -> Result<Vec<T>, Cancelled> {
        let mut column = vec![empty; self.data.customers.id.len()];
        column.par_chunks_mut(CHUNK / 8).enumerate().try_for_each(|(chunk, values)| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut list = Vec::new();
            for (i, slot) in values.iter_mut().enumerate() {
                *slot = value(chunk * (CHUNK / 8) + i, &mut list);
            }
            Ok(())
        })?;
        Ok(column)
    }

    /// Positions of a customer's orders that count, days and mask considered; orders without a rate among them.
    #[inline]
    fn of_customer(&self, customer: usize) -> impl Iterator<Item = usize> + '_ {
        let days = &self.data.orders.day;
        let (first, last) = self.days;
        let in_mask = |i: &usize| self.mask.orders.as_ref().is_none_or(|mask: &Bits| mask.has(*i));
        let own = self.data.orders.of_customer(customer);
        own.filter(move |&i| days[i] >= first && days[i] <= last).filter(in_mask)
    }

    #[inline]
    fn sums(&self, customer: usize) -> Sums {
        let mut sums = Sums::default();
        let discount = &self.data.orders.discount;
        for i in self.of_customer(customer) {
            if !self.book.counted.has(i) {
                sums.unrated |= self.book.unrated.has(i);
                continue;
            }
            sums.spend += self.book.value.get(i);
            if self.book.purchase.has(i) {
                let (day, off) = (self.data.orders.day[i], discount.get(i));
                sums.orders += 1;
                sums.first = sums.first.or(Some(day));
                sums.last = Some(day);
                if off > 0 {
                    sums.on_sale += 1;
                    sums.saved += in_shop_currency(self.data, self.definitions, i, off);
                }
            }
        }
        sums
    }

    fn lines(&self, field: FieldId, progress: &Progress) -> Result<Vec<i64>, Cancelled> {
        let (starts, product) = (self.lines.starts(self.data), self.lines.product(self.data));
        let values = match field {
            FieldId::ProductSpend => self.lines.spend(self.data, self.definitions),
            _ => self.lines.quantity(self.data),
        };
        let counts = |line: usize| self.mask.products.as_ref().is_none_or(|mask| mask.has(product[line] as usize));
        self.customers(progress, UNKNOWN, |customer, seen| {
            let mut sum = 0;
            seen.clear();
            for order in self.of_customer(customer) {
                if !self.book.counted.has(order) {
                    if self.book.unrated.has(order) {
                        return UNKNOWN;
                    }
                    continue;
                }
                let own = starts[order] as usize..starts[order + 1] as usize;
                for line in own.filter(|&line| counts(line)) {
                    let value = values.get(line);
                    sum += value;
                    if field == FieldId::Products && product[line] > 0 && value > 0 {
                        seen.push(product[line]);
                    }
                }
            }
            if field != FieldId::Products {
                return sum;
            }
            seen.sort_unstable();
            seen.dedup();
            seen.len() as i64
        })
    }
}
