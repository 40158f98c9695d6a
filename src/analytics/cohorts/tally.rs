//! Counting: one pass over the orders, one over the refunds.

use rayon::prelude::*;

use super::cost::costs;
use super::group::{Groups, NOBODY, Name};
use super::periods::Calendar;
use super::{Cell, Cohort, Cohorts, Grouping, Settings};
use crate::analytics::costs::{Costs, speak_for_all};
use crate::analytics::door::share;
use crate::analytics::revenue::{Revenue, divide_rounded};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions};

/// Customers that one thread takes at once.
const CHUNK: usize = 16_384;

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    active: u64,
    orders: u64,
    revenue: i64,
    margin: i64,
    /// Revenue of orders whose cost is not known.
    costless: i64,
    costless_orders: u64,
}

impl Sums {
    /// Margin of all revenue; where the cost of some goods is not known, those whose cost is known speak for them, if
    /// they bring at least half of it.
    fn margin(&self) -> Option<i64> {
        let known = self.revenue - self.costless;
        if self.costless_orders == 0 {
            return Some(self.margin);
        }
        let all = || divide_rounded(i128::from(self.margin) * i128::from(self.revenue), i128::from(known));
        speak_for_all(known, self.revenue).then(all).and_then(|margin| i64::try_from(margin).ok())
    }

    fn add(&mut self, other: &Self) {
        self.active += other.active;
        self.orders += other.orders;
        self.revenue += other.revenue;
        self.margin += other.margin;
        self.costless += other.costless;
        self.costless_orders += other.costless_orders;
    }
}

/// What was counted: groups × ages.
pub(super) struct Tally {
    ages: usize,
    sums: Vec<Sums>,
    /// Customers by group and period of the first order.
    sizes: Vec<Vec<u64>>,
}

/// Everything that counting looks at.
struct Look<'a> {
    data: &'a Dataset,
    revenue: Revenue<'a>,
    calendar: &'a Calendar,
    groups: &'a Groups,
    by: Grouping,
    ages: usize,
    costs: Costs<'a>,
}

impl Tally {
    /// Counts.
    pub fn count(
        data: &Dataset,
        definitions: &Definitions,
        as_of: Day,
        calendar: &Calendar,
        groups: &Groups,
        settings: Settings,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let ages = settings.ages.clamp(1, calendar.starts.len().max(1));
        let look = Look {
            data,
            revenue: Revenue::new(data, definitions, as_of),
            calendar,
            groups,
            by: settings.by,
            ages,
            costs: Costs::new(data, definitions.default_margin),
        };
        let customers = groups.first.len();
        let cells = groups.names.len() * ages;
        let empty = || vec![Sums::default(); cells];
        let sums = (0..customers.div_ceil(CHUNK)).into_par_iter().try_fold(empty, |mut sums, chunk| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            for customer in chunk * CHUNK..((chunk + 1) * CHUNK).min(customers) {
                look.customer(customer, &mut sums);
            }
            Ok(sums)
        });
        let mut sums = sums.try_reduce(empty, |mut a, b| {
            a.iter_mut().zip(&b).for_each(|(a, b)| a.add(b));
            Ok(a)
        })?;
        look.refunds(&mut sums);
        let mut sizes = vec![vec![0; calendar.starts.len()]; groups.names.len()];
        for (&first, &group) in groups.first.iter().zip(&groups.of).filter(|(first, _)| **first != NOBODY) {
            sizes[group as usize][first as usize] += 1;
        }
        Ok(Self { ages, sums, sizes })
    }

    /// The matrix of what was counted.
    pub fn matrix(
        self,
        data: &Dataset,
        calendar: &Calendar,
        groups: Groups,
        definitions: &Definitions,
        as_of: Day,
        settings: Settings,
    ) -> Cohorts {
        let last = calendar.last() as usize;
        let by_period = settings.by == Grouping::FirstOrder;
        let cell = |sums: &Sums, eligible: u64, unfinished: bool| Cell {
            eligible,
            active: sums.active,
            orders: sums.orders,
            revenue: sums.revenue,
            margin: sums.margin(),
            unfinished,
        };
        // The last period counts for groups of many periods only once it is over.
        let until = if by_period || calendar.is_over { last + 1 } else { last };
        let (spent, spent_of_all) =
            costs(data, definitions, as_of, (calendar, settings.by), (&groups.names, &self.sizes));
        let row = |(group, name): (usize, Name)| {
            let sums = &self.sums[group * self.ages..(group + 1) * self.ages];
            let sizes = &self.sizes[group];
            let period = if let Name::Period(period) = name { Some(period as usize) } else { None };
            let ages = period.map_or(until, |period| last + 1 - period).min(self.ages);
            let cells = (0..ages).map(|age| match period {
                Some(period) => cell(&sums[age], sizes[period], period + age == last && !calendar.is_over),
                None => cell(&sums[age], sizes.iter().take(until.saturating_sub(age)).sum(), false),
            });
            let cells: Vec<Cell> = cells.collect();
            Cohort {
                name: match name {
                    Name::Period(period) => calendar.name(period),
                    Name::Text(text) => text,
                    Name::Product(product) => format!("Product {product}"),
                },
                start: period.map(|period| calendar.starts[period]),
                customers: sizes.iter().sum(),
                cells,
                spent: spent[group],
            }
        };
        let products = groups.names.iter().map(|name| if let Name::Product(p) = name { Some(*p) } else { None });
        let products: Vec<Option<u32>> = products.collect();
        let rows: Vec<Cohort> = groups.names.into_iter().enumerate().map(row).collect();
        let total = Cohort { spent: spent_of_all, ..total(&rows, by_period) };
        let all = self.sums.iter().fold((0_i64, 0_i64), |(all, less), s| (all + s.revenue, less + s.costless));
        Cohorts {
            as_of,
            currency: definitions.currency,
            definitions: definitions.version,
            settings,
            rows,
            products,
            total,
            repeat: Vec::new(),
            cost_known: share((all.0 - all.1) as f64, all.0 as f64),
        }
    }
}

/// All cohorts together: at each age those that have it. A period that is not over is left out.
fn total(rows: &[Cohort], by_period: bool) -> Cohort {
    let ages = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let cells = (0..ages).map(|age| {
        let mut all = Cell { margin: Some(0), ..Cell::default() };
        for cell in rows.iter().filter_map(|row| row.cells.get(age)).filter(|cell| !(by_period && cell.unfinished)) {
            all.eligible += cell.eligible;
            all.active += cell.active;
            all.orders += cell.orders;
            all.revenue += cell.revenue;
            all.margin = all.margin.zip(cell.margin).map(|(a, b)| a + b);
        }
        all
    });
    let cells: Vec<Cell> = cells.collect();
    let customers = rows.iter().map(|row| row.customers).sum();
    Cohort { name: "All customers".into(), start: None, customers, cells, spent: None }
}

impl Look<'_> {
    /// The place of an order in the sums, when its age is followed.
    fn place(&self, customer: usize, period: u32) -> Option<usize> {
        let first = self.groups.first[customer];
        let age = period.checked_sub(first)? as usize;
        // A group of many periods is followed only through periods that are over.
        let open = self.by != Grouping::FirstOrder && period == self.calendar.last() && !self.calendar.is_over;
        (age < self.ages && !open).then(|| self.groups.of[customer] as usize * self.ages + age)
    }

    fn customer(&self, customer: usize, sums: &mut [Sums]) {
        if self.groups.first[customer] == NOBODY {
            return;
        }
        let orders = &self.data.orders;
        let mut active = NOBODY;
        for i in orders.of_customer(customer) {
            if !self.revenue.is_counted(i) {
                continue;
            }
            let period = self.calendar.period(orders.day[i]);
            let Some(place) = self.place(customer, period) else { continue };
            let sums = &mut sums[place];
            let value = self.revenue.before_refunds(i);
            sums.revenue += value;
            self.add_margin(i, value, sums);
            if self.revenue.is_purchase(i) {
                sums.orders += 1;
                if active != period {
                    active = period;
                    sums.active += 1;
                }
            }
        }
    }

    fn add_margin(&self, order: usize, value: i64, sums: &mut Sums) {
        match self.costs.margin(order, value) {
            Some(margin) => sums.margin += margin,
            None => {
                sums.costless += value;
                sums.costless_orders += u64::from(value != 0);
            }
        }
    }

    /// Refunds are few: one pass over them. A refund takes back its part of the margin too.
    fn refunds(&self, sums: &mut [Sums]) {
        for r in 0..self.data.refunds.order.len() {
            let order = self.data.refunds.order[r] as usize;
            let customer = self.data.orders.customer[order] as usize;
            if self.groups.first.get(customer).is_none_or(|first| *first == NOBODY) {
                continue;
            }
            let amount = self.revenue.refunded(r);
            if amount == 0 {
                continue;
            }
            let period = self.calendar.period(self.data.orders.day[order]);
            if let Some(place) = self.place(customer, period) {
                sums[place].revenue -= amount;
                self.add_margin(order, -amount, &mut sums[place]);
            }
        }
    }
}
