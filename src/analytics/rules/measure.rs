//! What a customer's orders, lines, carts or touchpoints come to: one number for each customer.

use rayon::prelude::*;

use super::bits::{Bits, CHUNK};
use super::book::{Book, in_shop_currency};
use super::narrow::Mask;
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::FieldId;
use crate::model::{Dataset, Day, Definitions};

/// Nothing to measure, or nothing known.
pub const UNKNOWN: i64 = i64::MIN;

/// A number for each customer: whole units, or a fraction of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// In units of [`FieldId::scale`], or days since 1970; [`UNKNOWN`] where there is none.
    Whole(Vec<i64>),
    /// Numerator and denominator; unknown where the denominator is 0.
    Fraction(Vec<(i64, u32)>),
}

impl Column {
    /// Bytes held.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Whole(values) => values.capacity() * 8,
            Self::Fraction(values) => values.capacity() * 16,
        }
    }
}

/// What is measured over.
pub struct Orders<'a> {
    pub data: &'a Dataset,
    pub definitions: &'a Definitions,
    pub book: &'a Book,
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
        Ok(match field {
            FieldId::Orders => Column::Whole(self.each(progress, |sums| i64::from(sums.orders))?),
            FieldId::Spend => Column::Whole(self.each(progress, |sums| sums.spend)?),
            FieldId::Saved => Column::Whole(self.each(progress, |sums| sums.saved)?),
            FieldId::FirstOrder => Column::Whole(self.each(progress, |sums| day(sums.first))?),
            FieldId::LastOrder => Column::Whole(self.each(progress, |sums| day(sums.last))?),
            FieldId::OrderAverage => Column::Fraction(self.fractions(progress, |sums| (sums.spend, sums.orders))?),
            FieldId::SaleShare => {
                // In millionths, as shares are compared.
                Column::Fraction(self.fractions(progress, |sums| (i64::from(sums.on_sale) * 1_000_000, sums.orders))?)
            }
            field => Column::Whole(self.lines(field, progress)?),
        })
    }

    fn each(&self, progress: &Progress, value: impl Fn(&Sums) -> i64 + Sync) -> Result<Vec<i64>, Cancelled> {
        self.customers(progress, UNKNOWN, |customer| {
            let sums = self.sums(customer);
            if sums.unrated { UNKNOWN } else { value(&sums) }
        })
    }

    fn fractions(
        &self,
        progress: &Progress,
        value: impl Fn(&Sums) -> (i64, u32) + Sync,
    ) -> Result<Vec<(i64, u32)>, Cancelled> {
        self.customers(progress, (0, 0), |customer| {
            let sums = self.sums(customer);
            if sums.unrated { (0, 0) } else { value(&sums) }
        })
    }

    fn customers<T: Copy + Send + Sync>(
        &self,
        progress: &Progress,
        empty: T,
        value: impl Fn(usize) -> T + Sync,
    ) -> Result<Vec<T>, Cancelled> {
        let mut column = vec![empty; self.data.customers.id.len()];
        column.par_chunks_mut(CHUNK / 4).enumerate().try_for_each(|(chunk, values)| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            for (i, slot) in values.iter_mut().enumerate() {
                *slot = value(chunk * (CHUNK / 4) + i);
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
        let lines = &self.data.lines;
        let counts = |line: usize| self.mask.products.as_ref().is_none_or(|p| p.has(lines.product[line] as usize));
        self.customers(progress, UNKNOWN, |customer| {
            let (mut sum, mut seen) = (0, Vec::new());
            for i in self.of_customer(customer) {
                if !self.book.counted.has(i) {
                    if self.book.unrated.has(i) {
                        return UNKNOWN;
                    }
                    continue;
                }
                let start = self.data.orders.line_start[i] as usize;
                for line in (start..start + self.data.orders.line_count[i] as usize).filter(|&line| counts(line)) {
                    match field {
                        FieldId::Units => sum += lines.quantity_milli.get(line),
                        FieldId::ProductSpend => {
                            let price = lines.amount.get(line) - lines.discount.get(line);
                            sum += in_shop_currency(self.data, self.definitions, i, price);
                        }
                        _ if lines.product[line] > 0 && lines.quantity_milli.get(line) > 0 => {
                            seen.push(lines.product[line]);
                        }
                        _ => {}
                    }
                }
            }
            match field {
                FieldId::Units | FieldId::ProductSpend => sum,
                _ => {
                    seen.sort_unstable();
                    seen.dedup();
                    seen.len() as i64
                }
            }
        })
    }
}
