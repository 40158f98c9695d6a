//! Counting: one pass over the orders, one over the refunds.

use rayon::prelude::*;

use super::chance::Chances;
use super::{Group, HABIT, Habit, SaleDays, given_of, rate};
use crate::analytics::costs::Costs;
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::in_shop_currency;
use crate::analytics::segments::{Segment, SegmentTable};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Definitions};

/// Customers that one thread takes at once.
const CHUNK: usize = 8_192;

/// What was counted.
pub(super) struct Counted {
    pub habits: Vec<Habit>,
    pub segments: Vec<(Segment, Group)>,
    pub total: Group,
    pub sale_days: SaleDays,
    pub only_by_chance: f64,
}

/// Sums of customers.
#[derive(Clone)]
struct Sums {
    /// By segment; customers of no segment stand behind the last.
    groups: Vec<Group>,
    /// Customers expected to buy only on sale, in parts of [`WHOLE`]: sums of whole numbers are the same in any order.
    only_by_chance: u64,
}

/// What one customer is in sums of probabilities.
const WHOLE: f64 = 1e9;

struct Look<'a> {
    data: &'a Dataset,
    definitions: &'a Definitions,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    chances: Chances,
    segment_of: &'a [u8],
}

pub(super) fn count(
    data: &Dataset,
    definitions: &Definitions,
    table: &SegmentTable,
    progress: &Progress,
) -> Result<Counted, Cancelled> {
    let revenue = Revenue::new(data, definitions, table.as_of);
    let look = Look {
        data,
        definitions,
        chances: Chances::new(data, &revenue),
        revenue,
        costs: Costs::new(data, definitions.default_margin),
        segment_of: &table.segment_of,
    };
    let mut habits = vec![Habit::default(); data.customers.id.len()];
    let parts = habits.par_chunks_mut(CHUNK).enumerate().map(|(chunk, habits)| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        let mut sums = empty();
        for (offset, habit) in habits.iter_mut().enumerate() {
            let customer = chunk * CHUNK + offset;
            *habit = look.customer(customer, &mut sums);
        }
        Ok(sums)
    });
    let sums = parts.try_reduce(empty, |mut a, b| {
        a.groups.iter_mut().zip(&b.groups).for_each(|(a, b)| a.add(b));
        a.only_by_chance += b.only_by_chance;
        Ok(a)
    })?;
    progress.step(0)?;
    let only_by_chance = sums.only_by_chance as f64 / WHOLE;
    let mut sums = sums.groups;
    look.refunds(&mut sums);
    look.medians(&habits, &mut sums);
    let mut total = Group::default();
    sums.iter().for_each(|group| total.add(group));
    total.smallest = median(habits.iter().map(|habit| habit.smallest));
    progress.step(0)?;
    let segments = Segment::ALL.into_iter().zip(sums).collect();
    Ok(Counted { sale_days: look.chances.sale_days(), only_by_chance, habits, segments, total })
}

fn empty() -> Sums {
    Sums { groups: vec![Group::default(); Segment::ALL.len() + 1], only_by_chance: 0 }
}

impl Group {
    fn add(&mut self, other: &Self) {
        self.buyers += other.buyers;
        self.classes.iter_mut().zip(other.classes).for_each(|(a, b)| *a += b);
        self.orders += other.orders;
        self.on_sale += other.on_sale;
        self.revenue += other.revenue;
        self.revenue_on_sale += other.revenue_on_sale;
        self.given += other.given;
        self.given_of_goods += other.given_of_goods;
        self.goods += other.goods;
        self.margin += other.margin;
        self.given_of_margin += other.given_of_margin;
        self.costless += other.costless;
    }
}

impl Look<'_> {
    fn place(&self, customer: usize) -> usize {
        usize::from(self.segment_of[customer]).min(Segment::ALL.len())
    }

    fn customer(&self, customer: usize, sums: &mut Sums) -> Habit {
        let (mut habit, mut only_by_chance) = (Habit::default(), 1.0);
        let Sums { groups, only_by_chance: expected } = sums;
        let sums = &mut groups[self.place(customer)];
        let orders = &self.data.orders;
        for i in orders.of_customer(customer).filter(|&i| self.revenue.is_purchase(i)) {
            only_by_chance *= self.chances.of(orders.day[i], habit.orders == 0, orders.discount.get(i) > 0);
            self.order(i, &mut habit, sums);
        }
        if habit.orders >= HABIT {
            *expected += (only_by_chance * WHOLE).round() as u64;
        }
        sums.orders += u64::from(habit.orders);
        sums.on_sale += u64::from(habit.on_sale);
        if let Some(class) = habit.class() {
            sums.buyers += 1;
            sums.classes[class as usize] += 1;
        }
        habit
    }

    fn order(&self, i: usize, habit: &mut Habit, sums: &mut Group) {
        let value = self.revenue.before_refunds(i);
        let local = |minor: i64| in_shop_currency(self.data, self.definitions, i, minor);
        let off = self.data.orders.discount.get(i);
        habit.orders += 1;
        sums.revenue += value;
        let given = if off > 0 { local(off) } else { 0 };
        match self.costs.margin(i, value) {
            Some(margin) => {
                sums.margin += margin;
                sums.given_of_margin += given;
            }
            None => sums.costless += 1,
        }
        if off <= 0 {
            return;
        }
        habit.on_sale += 1;
        sums.revenue_on_sale += value;
        sums.given += given;
        if let Some((off, goods)) = given_of(self.data, i) {
            sums.given_of_goods += local(off);
            sums.goods += local(goods);
            let rate = rate(self.data, i).unwrap_or(0);
            habit.smallest = if habit.smallest == 0 { rate } else { habit.smallest.min(rate) };
        }
    }

    /// Refunds are few: one pass over them. A refund takes back its part of the margin too.
    fn refunds(&self, sums: &mut [Group]) {
        for r in 0..self.data.refunds.order.len() {
            let order = self.data.refunds.order[r] as usize;
            let customer = self.data.orders.customer[order] as usize;
            let amount = self.revenue.refunded(r);
            if amount == 0 || customer >= self.segment_of.len() {
                continue;
            }
            let sums = &mut sums[self.place(customer)];
            sums.revenue -= amount;
            if self.data.orders.discount.get(order) > 0 {
                sums.revenue_on_sale -= amount;
            }
            sums.margin -= self.costs.margin(order, amount).unwrap_or(0);
        }
    }

    fn medians(&self, habits: &[Habit], sums: &mut [Group]) {
        let mut smallest = vec![Vec::new(); sums.len()];
        for (customer, habit) in habits.iter().enumerate().filter(|(_, habit)| habit.smallest > 0) {
            smallest[self.place(customer)].push(habit.smallest);
        }
        sums.iter_mut().zip(smallest).for_each(|(sums, rates)| sums.smallest = median(rates.into_iter()));
    }
}

/// Median of rates in millionths, as a share; those of 0 do not count.
fn median(rates: impl Iterator<Item = u32>) -> Option<f64> {
    let mut rates: Vec<u32> = rates.filter(|rate| *rate > 0).collect();
    let n = rates.len();
    let (below, &mut upper, _) = (n > 0).then(|| rates.select_nth_unstable(n / 2))?;
    let lower = if n % 2 == 1 { upper } else { below.iter().copied().max()? };
    Some((f64::from(lower) + f64::from(upper)) / 2e6)
}
