//! What orders say: order value, margin, discounts, returns, revenue and new customers by month. One pass over the
//! orders, customer by customer.

use rayon::prelude::*;

use super::months::{LEAST, Window};
use super::ratio::{Estimate, Ratio, mean_of, ratio_of};
use super::{Given, Interval, customers};
use crate::analytics::costs::{Costs, speak_for_all};
use crate::analytics::math::normal::student_quantile;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::assumption::AssumptionId as Id;
use crate::model::{Dataset, Day, Definitions, Locale};

const CHUNK: usize = 16_384;
/// Fewer orders than this make no average.
const LEAST_ORDERS: u64 = 30;
/// After so many days hardly anything is sent back any more.
const RETURNS_DAYS: i32 = 90;

/// What was counted.
#[derive(Debug, Clone)]
pub struct Counted {
    /// New customers by month.
    pub new: Vec<u64>,
    revenue: Vec<i64>,
    orders: u64,
    buyers: u64,
    unrated: u64,
    costed: i64,
    sold: i64,
    aov: Ratio,
    margin: Ratio,
    basket: Ratio,
    discounts: Ratio,
    returns: Ratio,
}

/// What one customer adds to each ratio.
#[derive(Default)]
struct Own {
    orders: f64,
    value: f64,
    costed: f64,
    margin: f64,
    goods: f64,
    discounts: f64,
    older: f64,
    returned: f64,
}

struct Look<'a> {
    data: &'a Dataset,
    definitions: &'a Definitions,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    window: &'a Window,
    as_of: Day,
}

/// Counts the orders of the window.
pub fn count(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    window: &Window,
    progress: &Progress,
) -> Result<Counted, Cancelled> {
    let look = Look {
        data,
        definitions,
        revenue: Revenue::new(data, definitions, as_of),
        costs: Costs::new(data, definitions.default_margin),
        window,
        as_of,
    };
    let n = data.customers.id.len();
    let starts: Vec<usize> = (0..n).step_by(CHUNK).collect();
    let parts: Vec<Counted> = starts
        .par_iter()
        .map(|&from| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut part = Counted::new(window.months());
            (from..(from + CHUNK).min(n)).for_each(|one| look.customer(data.orders.of_customer(one), true, &mut part));
            Ok(part)
        })
        .collect::<Result<_, _>>()?;
    // Added in order, so that the sums are the same on every number of threads.
    let mut all = Counted::new(window.months());
    parts.iter().for_each(|part| all.join(part));
    data.orders.unidentified().for_each(|i| look.customer(i..i + 1, false, &mut all));
    Ok(all)
}

impl Look<'_> {
    fn customer(&self, orders: std::ops::Range<usize>, is_known: bool, out: &mut Counted) {
        let mut refunds = self.revenue.refunds_of(orders.start, orders.end).peekable();
        let (mut own, mut has_bought) = (Own::default(), false);
        let year = self.window.year();
        for i in orders {
            let mut refunded = 0;
            while let Some(r) = refunds.next_if(|r| self.data.refunds.order[*r] as usize == i) {
                refunded += self.revenue.refunded(r);
            }
            let day = self.data.orders.day[i];
            let month = self.window.month(day);
            if !self.revenue.is_counted(i) {
                let is_ours = month.is_some_and(|month| year.contains(&month));
                out.unrated += u64::from(is_ours && !self.revenue.convertible(i));
                continue;
            }
            let is_first = !has_bought && self.revenue.is_purchase(i);
            has_bought |= is_first;
            let Some(month) = month else { continue };
            let before = self.revenue.before_refunds(i);
            out.revenue[month] += before - refunded;
            out.new[month] += u64::from(is_known && is_first);
            if year.contains(&month) {
                self.order(i, (before, refunded), &mut own);
            }
        }
        out.add(&own);
    }

    /// An order of the last year.
    fn order(&self, i: usize, (before, refunded): (i64, i64), own: &mut Own) {
        let value = before - refunded;
        own.value += value as f64;
        if !self.revenue.is_purchase(i) {
            return;
        }
        own.orders += 1.0;
        if let Some(margin) = self.costs.margin(i, value) {
            own.costed += value as f64;
            own.margin += margin as f64;
        }
        let orders = &self.data.orders;
        let currency = self.data.currencies.get(usize::from(orders.currency[i])).copied();
        let discount = self.definitions.convert(orders.discount.get(i), currency.unwrap_or(self.definitions.currency));
        let discount = discount.unwrap_or(0).max(0) as f64;
        own.goods += before as f64 + discount;
        own.discounts += discount;
        if self.as_of.0 - orders.day[i].0 >= RETURNS_DAYS {
            own.older += before as f64;
            own.returned += refunded as f64;
        }
    }
}

impl Counted {
    fn new(months: usize) -> Self {
        let none = Ratio::default();
        Self {
            new: vec![0; months],
            revenue: vec![0; months],
            orders: 0,
            buyers: 0,
            unrated: 0,
            costed: 0,
            sold: 0,
            aov: none,
            margin: none,
            basket: none,
            discounts: none,
            returns: none,
        }
    }

    fn add(&mut self, own: &Own) {
        self.orders += own.orders as u64;
        self.buyers += u64::from(own.orders > 0.0);
        self.costed += own.costed as i64;
        self.sold += own.value as i64;
        self.aov.add(own.value, own.orders);
        self.margin.add(own.margin, own.costed);
        self.basket.add(own.goods, own.orders);
        self.discounts.add(own.discounts, own.goods);
        self.returns.add(own.returned, own.older);
    }

    fn join(&mut self, other: &Self) {
        self.new.iter_mut().zip(&other.new).for_each(|(a, b)| *a += b);
        self.revenue.iter_mut().zip(&other.revenue).for_each(|(a, b)| *a += b);
        self.orders += other.orders;
        self.buyers += other.buyers;
        self.unrated += other.unrated;
        self.costed += other.costed;
        self.sold += other.sold;
        self.aov.join(&other.aov);
        self.margin.join(&other.margin);
        self.basket.join(&other.basket);
        self.discounts.join(&other.discounts);
        self.returns.join(&other.returns);
    }

    /// What that says of assumptions.
    pub fn given(&self, definitions: &Definitions, window: &Window) -> Vec<(Id, Given)> {
        let year = window.year();
        let revenue: Vec<f64> = self.revenue[year.clone()].iter().map(|minor| *minor as f64).collect();
        let new: Vec<f64> = self.new[year].iter().map(|n| *n as f64).collect();
        let months = |values: &[f64], what: &str, by: f64| {
            if values.len() < LEAST {
                return Given::nothing(too_few_months(window));
            }
            let from = format!("{what} in {}{}", window.in_words(), self.left_out());
            Given::told(mean_of(values).times(by), Interval::Months, (values.len() as u64, "months"), from)
        };
        vec![
            (Id::Revenue, months(&revenue, "Revenue", 1.0)),
            (Id::ExposedRevenue, months(&revenue, "Revenue of a month, times 12,", 12.0)),
            (Id::NewCustomers, months(&new, "First orders", 1.0)),
            (Id::Growth, self.growth(window)),
            (Id::Aov, self.of_orders(&self.aov, "Revenue ÷ orders", window)),
            (Id::Basket, self.of_orders(&self.basket, "Order value before discounts and refunds ÷ orders", window)),
            (Id::DiscountShare, self.of_orders(&self.discounts, "Discounts ÷ order value before them", window)),
            (Id::ReturnRate, self.returned(window)),
            (Id::Margin, self.margin(definitions, window)),
        ]
    }

    fn of_orders(&self, ratio: &Ratio, what: &str, window: &Window) -> Given {
        let Some(estimate) = ratio.estimate().filter(|_| self.orders >= LEAST_ORDERS) else {
            return Given::nothing(self.too_few_orders(window));
        };
        let (orders, buyers) = (Locale::En.counted(self.orders, "order", "orders"), customers(self.buyers));
        let from = format!("{what}, {orders} of {buyers} in {}{}", window.in_words(), self.left_out());
        Given::told(estimate, Interval::Differ, (self.orders, "orders"), from)
    }

    fn returned(&self, window: &Window) -> Given {
        let what = format!("Refunds ÷ revenue before them of orders {RETURNS_DAYS} days old or older");
        if self.returns.bottom() <= 0.0 && self.orders >= LEAST_ORDERS {
            return Given::nothing(format!("no order is {RETURNS_DAYS} days old yet, so returns are not all in"));
        }
        self.of_orders(&self.returns, &what, window)
    }

    fn margin(&self, definitions: &Definitions, window: &Window) -> Given {
        if self.orders < LEAST_ORDERS {
            return Given::nothing(self.too_few_orders(window));
        }
        if !speak_for_all(self.costed, self.sold) {
            let words = "unit costs are known for less than half of the revenue; import products with their costs, or \
                         set the margin of the definitions";
            return Given::nothing(words);
        }
        let otherwise = definitions.default_margin.map_or_else(String::new, |margin| {
            format!(", and the definitions’ margin of {} where none is known", Locale::En.percent(margin, 1))
        });
        let known = Locale::En.percent(self.costed as f64 / self.sold as f64, 0);
        self.of_orders(&self.margin, &format!("Unit costs of {known} of the revenue{otherwise}"), window)
    }

    /// The last 12 months against the 12 before; how much their months differ in growth makes the interval.
    fn growth(&self, window: &Window) -> Given {
        let months: Vec<(f64, f64)> = match self.revenue.len() {
            24 => (12..24).map(|n| (self.revenue[n] as f64, self.revenue[n - 12] as f64)).collect(),
            n => return Given::nothing(format!("there are {n} whole months of history, 24 are needed")),
        };
        let Some(ratio) = ratio_of(&months).filter(|ratio| ratio.value > 0.0) else {
            return Given::nothing("there was no revenue in the 12 months before");
        };
        let logs: Vec<f64> = months.iter().filter(|(a, b)| *a > 0.0 && *b > 0.0).map(|(a, b)| (a / b).ln()).collect();
        // A month without revenue has no growth: then nobody can tell how much months differ.
        let interval = (logs.len() == months.len()).then(|| {
            let n = logs.len() as f64;
            let mean = logs.iter().sum::<f64>() / n;
            let deviation = (logs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt();
            let by = student_quantile(0.05, n - 1.0) * deviation;
            (ratio.value * (-by).exp() - 1.0, ratio.value * by.exp() - 1.0)
        });
        let from = format!("Revenue of {} against the 12 months before{}", window.in_words(), self.left_out());
        let estimate = Estimate { value: ratio.value - 1.0, interval };
        Given::told(estimate, Interval::Months, (24, "months"), from)
    }

    fn left_out(&self) -> String {
        match self.unrated {
            0 => String::new(),
            n => format!("; {} in a currency without a rate left out", Locale::En.counted(n, "order", "orders")),
        }
    }

    fn too_few_orders(&self, window: &Window) -> String {
        match window.months() {
            0 => too_few_months(window),
            _ => format!(
                "there are {} in {}{}, at least {LEAST_ORDERS} are needed",
                Locale::En.counted(self.orders, "order", "orders"),
                window.in_words(),
                self.left_out()
            ),
        }
    }
}

fn too_few_months(window: &Window) -> String {
    let n = window.months();
    format!("there are {n} whole months of history, at least {LEAST} are needed")
}
