//! What each product sold by week, from one pass over orders; weeks end on the as-of day.

use rayon::prelude::*;

use crate::analytics::revenue::Revenue;
use crate::analytics::rules::in_shop_currency;
use crate::jobs::{Cancelled, Progress};
use crate::model::signals::Observed;
use crate::model::{Dataset, Day, Definitions};

/// Two years.
pub const WEEKS: usize = 104;
/// A week of more days without stock tells no demand.
const MOST_WITHOUT: u8 = 3;
/// A product that has no row.
const NO_ROW: u32 = u32::MAX;
/// A price that differs by more is another one.
const OTHER_PRICE: f32 = 0.03;
/// Seconds of a day of the shop's clock.
const SECONDS: i64 = 86_400;

/// Units and what was paid for them, by product and week.
pub struct Weeks {
    /// The last day of the last week.
    pub as_of: Day,
    /// Weeks that orders reach back to, at most `WEEKS`.
    pub known: usize,
    row_of: Vec<u32>,
    products: Vec<u32>,
    units: Vec<f32>,
    paid: Vec<f64>,
    /// Days without stock, by row and week; empty where no history of stock says so.
    without: Vec<u8>,
    seen: Vec<Option<Day>>,
    /// What most buyers of a week paid, by row and week; empty where nobody asked for prices.
    typical: Vec<Typical>,
}

/// What one unit cost the buyers of a week.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Typical {
    /// Median over order lines, minor units; 0 = nothing was sold.
    price: f32,
    /// Order lines.
    lines: u32,
    /// Those whose price was another one.
    others: u32,
}

impl Weeks {
    /// Reads the lines of orders up to the end of `as_of`, and what was observed of stock (sorted by product and moment);
    /// with what was paid for a unit line by line where `prices` are asked for.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn read(
        data: &Dataset,
        definitions: &Definitions,
        observed: &[Observed],
        as_of: Day,
        prices: bool,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let first = data.span.map_or(as_of, |(first, _)| first);
        let known = ((as_of.0 - first.0 + 1).max(0) as usize / 7).min(WEEKS);
        let mut weeks = Self {
            as_of,
            known,
            row_of: vec![NO_ROW; data.products.id.len()],
            products: Vec::new(),
            units: Vec::new(),
            paid: Vec::new(),
            without: Vec::new(),
            seen: Vec::new(),
            typical: Vec::new(),
        };
        let mut paid = prices.then(Vec::new);
        let revenue = Revenue::new(data, definitions, as_of);
        for order in 0..data.orders.id.len() {
            if order % 65_536 == 0 {
                progress.step(order as u64)?;
            }
            if let Some(week) = weeks.week(data.orders.day[order]).filter(|_| revenue.is_counted(order)) {
                weeks.add(data, definitions, (order, week), &mut paid);
            }
        }
        weeks.observe(observed);
        weeks.typical = paid.map_or_else(Vec::new, |paid| typical(paid, weeks.units.len()));
        Ok(weeks)
    }

    /// Position of the week that holds a day, the oldest first.
    fn week(&self, day: Day) -> Option<usize> {
        let back = usize::try_from(self.as_of.0 - day.0).ok()? / 7;
        (back < self.known).then(|| WEEKS - 1 - back)
    }

    fn add(
        &mut self,
        data: &Dataset,
        definitions: &Definitions,
        (order, week): (usize, usize),
        prices: &mut Option<Vec<(u32, f32)>>,
    ) {
        let (orders, lines) = (&data.orders, &data.lines);
        let first = orders.line_start[order] as usize;
        let all = first..first + orders.line_count[order] as usize;
        let (mut goods, mut off) = (0_i64, 0_i64);
        for line in all.clone() {
            goods += lines.amount.get(line) - lines.discount.get(line);
            off += lines.discount.get(line);
        }
        // What was taken off the order as a whole is borne by its lines in proportion.
        let rest = (orders.discount.get(order) - off).clamp(0, goods.max(0));
        let kept = if goods > 0 { 1.0 - rest as f64 / goods as f64 } else { 1.0 };
        for line in all {
            let net = lines.amount.get(line) - lines.discount.get(line);
            let paid = in_shop_currency(data, definitions, order, net) as f64 * kept;
            let Some(row) = self.row(lines.product[line]) else { continue };
            let at = row * WEEKS + week;
            let units = lines.quantity_milli.get(line) as f64 / 1_000.0;
            self.units[at] += units as f32;
            self.paid[at] += paid;
            if let Some(prices) = prices.as_mut().filter(|_| units > 0.0 && paid > 0.0) {
                prices.push((at as u32, (paid / units) as f32));
            }
        }
    }

    fn row(&mut self, product: u32) -> Option<usize> {
        let row = self.row_of.get_mut(product as usize)?;
        if *row == NO_ROW {
            *row = self.products.len() as u32;
            self.products.push(product);
            self.units.resize(self.units.len() + WEEKS, 0.0);
            self.paid.resize(self.paid.len() + WEEKS, 0.0);
        }
        Some(*row as usize)
    }

    /// Days on which a product had no stock, from one observation to the next.
    fn observe(&mut self, observed: &[Observed]) {
        self.seen = vec![None; self.products.len()];
        self.without = vec![0; self.units.len()];
        let stocked: Vec<&Observed> = observed.iter().filter(|seen| seen.stock.is_some()).collect();
        for (at, seen) in stocked.iter().enumerate() {
            let day = Day(seen.at.div_euclid(SECONDS) as i32);
            let Some(row) = self.row_of.get(seen.product as usize).copied().filter(|row| *row != NO_ROW) else {
                continue;
            };
            if day > self.as_of {
                continue;
            }
            self.seen[row as usize] = Some(day);
            if seen.stock.is_some_and(|stock| stock <= 0) {
                let next = stocked.get(at + 1).filter(|next| next.product == seen.product);
                let until = next.map_or(self.as_of.0, |next| next.at.div_euclid(SECONDS) as i32 - 1).min(self.as_of.0);
                self.leave_out(row as usize, day.0..=until);
            }
        }
    }

    fn leave_out(&mut self, row: usize, days: std::ops::RangeInclusive<i32>) {
        for day in days {
            let Some(week) = self.week(Day(day)) else { continue };
            let days = &mut self.without[row * WEEKS + week];
            *days = (*days + 1).min(7);
        }
    }

    /// Products that sold.
    pub fn rows(&self) -> usize {
        self.products.len()
    }

    /// The product of a row.
    pub fn product(&self, row: usize) -> u32 {
        self.products[row]
    }

    /// The day on which the stock of a row was seen last.
    pub fn seen(&self, row: usize) -> Option<Day> {
        self.seen.get(row).copied().flatten()
    }

    fn range(&self, row: usize, last: usize) -> std::ops::Range<usize> {
        let end = (row + 1) * WEEKS;
        end - last.min(WEEKS)..end
    }

    /// Whether a row had sales in the last weeks.
    pub fn sold(&self, row: usize, last: usize) -> bool {
        self.units[self.range(row, last)].iter().any(|units| *units > 0.0)
    }

    /// Units of the last weeks.
    pub fn units(&self, row: usize, last: usize) -> f64 {
        self.units[self.range(row, last)].iter().map(|units| f64::from(*units)).sum()
    }

    /// What was paid in the last weeks, minor units.
    pub fn revenue(&self, row: usize, last: usize) -> i64 {
        self.paid[self.range(row, last)].iter().sum::<f64>().round() as i64
    }

    /// Days without stock in the last weeks.
    pub fn days_without_stock(&self, row: usize, last: usize) -> u32 {
        self.without[self.range(row, last)].iter().map(|days| u32::from(*days)).sum()
    }

    /// Units of a week, as if there had been stock on all its days; `None` where there was on few of them.
    fn asked_for(&self, at: usize) -> Option<f64> {
        let without = self.without[at];
        (without <= MOST_WITHOUT).then(|| f64::from(self.units[at]).max(0.0) * 7.0 / f64::from(7 - without.min(6)))
    }

    /// Every known week, oldest first.
    pub fn all(&self, row: usize) -> Vec<Option<f64>> {
        self.range(row, self.known).map(|at| self.asked_for(at)).collect()
    }

    /// The weeks from the first one with a sale on: nothing was asked for before a product was there.
    pub fn series(&self, row: usize) -> Vec<Option<f64>> {
        let range = self.range(row, self.known);
        let first = range.clone().find(|at| self.units[*at] > 0.0).unwrap_or(range.end);
        (first..range.end).map(|at| self.asked_for(at)).collect()
    }

    /// Units of all products, by known week.
    pub fn totals(&self) -> Vec<f64> {
        let mut totals = vec![0.0; self.known];
        for row in 0..self.rows() {
            let units = &self.units[self.range(row, self.known)];
            totals.iter_mut().zip(units).for_each(|(total, units)| *total += f64::from(units.max(0.0)));
        }
        totals
    }

    /// Units, price of one and days without stock, by known week; the price is `None` where nothing was sold, and
    /// everywhere where prices were not asked for.
    pub fn priced(&self, row: usize) -> Vec<Priced> {
        let priced = |at: usize| {
            let typical = self.typical.get(at).copied().unwrap_or_default();
            Priced {
                units: f64::from(self.units[at]).max(0.0),
                price: (typical.lines > 0).then(|| f64::from(typical.price)),
                lines: typical.lines,
                others: typical.others,
                without: self.without[at],
            }
        };
        self.range(row, self.known).map(priced).collect()
    }
}

/// Medians of what was paid by row and week, with how many paid something else. A median is what most buyers paid: a mean
/// would fall with every buyer of many who has a price of his own, as if the price had brought the units.
fn typical(mut paid: Vec<(u32, f32)>, len: usize) -> Vec<Typical> {
    paid.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut typical = vec![Typical::default(); len];
    for lines in paid.chunk_by(|a, b| a.0 == b.0) {
        let price = lines[lines.len() / 2].1;
        let others = lines.iter().filter(|line| (line.1 / price - 1.0).abs() > OTHER_PRICE).count() as u32;
        typical[lines[0].0 as usize] = Typical { price, lines: lines.len() as u32, others };
    }
    typical
}

/// A week of a product.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priced {
    /// Units.
    pub units: f64,
    /// What one unit cost most buyers, discounts taken off, minor units.
    pub price: Option<f64>,
    /// Order lines.
    pub lines: u32,
    /// Those at another price.
    pub others: u32,
    /// Days without stock.
    pub without: u8,
}
