//! Counting: one pass over the orders, one over the refunds.

use rayon::prelude::*;

use super::{DAY_ORDERS, Group, Habit, SaleDays, given_of, rate};
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
}

/// Sums by segment; customers of no segment stand behind the last.
type Sums = Vec<Group>;

struct Look<'a> {
    data: &'a Dataset,
    definitions: &'a Definitions,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    segment_of: &'a [u8],
}

pub(super) fn count(
    data: &Dataset,
    definitions: &Definitions,
    table: &SegmentTable,
    progress: &Progress,
) -> Result<Counted, Cancelled> {
    let look = Look {
        data,
        definitions,
        revenue: Revenue::new(data, definitions, table.as_of),
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
            *habit = look.customer(customer, &mut sums[look.place(customer)]);
        }
        Ok(sums)
    });
    let mut sums = parts.try_reduce(empty, |mut a, b| {
        a.iter_mut().zip(&b).for_each(|(a, b)| a.add(b));
        Ok(a)
    })?;
    progress.step(0)?;
    look.refunds(&mut sums);
    look.medians(&habits, &mut sums);
    let mut total = Group::default();
    sums.iter().for_each(|group| total.add(group));
    total.smallest = median(habits.iter().map(|habit| habit.smallest));
    progress.step(0)?;
    let segments = Segment::ALL.into_iter().zip(sums).collect();
    Ok(Counted { sale_days: look.sale_days(), habits, segments, total })
}

fn empty() -> Sums {
    vec![Group::default(); Segment::ALL.len() + 1]
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

    fn customer(&self, customer: usize, sums: &mut Group) -> Habit {
        let mut habit = Habit::default();
        for i in self.data.orders.of_customer(customer).filter(|&i| self.revenue.is_purchase(i)) {
            self.order(i, &mut habit, sums);
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

    /// Looks at the orders of everybody, identified or not.
    fn sale_days(&self) -> SaleDays {
        let Some((first, last)) = self.data.span else { return SaleDays::default() };
        let mut days = vec![(0_u32, 0_u32); usize::try_from(last.0 - first.0 + 1).unwrap_or(0)];
        for i in (0..self.data.orders.id.len()).filter(|&i| self.revenue.is_purchase(i)) {
            let at = usize::try_from(self.data.orders.day[i].0 - first.0).ok();
            if let Some((orders, on_sale)) = at.and_then(|at| days.get_mut(at)) {
                *orders += 1;
                *on_sale += u32::from(self.data.orders.discount.get(i) > 0);
            }
        }
        let full = days.iter().filter(|(orders, on_sale)| *orders >= DAY_ORDERS && 10 * on_sale >= 9 * orders);
        full.fold(SaleDays::default(), |sum, (_, on_sale)| SaleDays {
            days: sum.days + 1,
            on_sale: sum.on_sale + u64::from(*on_sale),
        })
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
