//! What chance makes of sales: how likely an order was to be on sale, whoever placed it.
//!
//! By the day (on some days much is on sale) and by whether it was the customer's first order (which welcome codes make
//! cheaper): the odds of both together, as if they were independent, are the odds of the day times those of the kind of
//! order divided by those of all orders. The order itself does not count for its day, whose share is drawn towards the
//! shop's by [`DRAWN`] orders.

use super::SaleDays;
use crate::analytics::revenue::Revenue;
use crate::model::{Dataset, Day};

/// Orders that the shop's share is worth beside those of a day.
const DRAWN: f64 = 20.0;
/// Fewer orders make no sale day.
const DAY_ORDERS: u32 = super::DAY_ORDERS;

/// Orders, and those on sale among them.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    orders: u32,
    on_sale: u32,
}

impl Counts {
    fn add(&mut self, on_sale: bool) {
        self.orders += 1;
        self.on_sale += u32::from(on_sale);
    }

    fn share(self) -> f64 {
        f64::from(self.on_sale) / f64::from(self.orders.max(1))
    }
}

/// How likely orders were to be on sale.
pub(super) struct Chances {
    first_day: Day,
    days: Vec<Counts>,
    all: f64,
    /// Of first orders, and of later ones.
    kinds: [f64; 2],
}

impl Chances {
    /// Looks at the orders of everybody, identified or not.
    pub fn new(data: &Dataset, revenue: &Revenue<'_>) -> Self {
        let (first_day, last) = data.span.unwrap_or((Day(0), Day(-1)));
        let mut days = vec![Counts::default(); usize::try_from(last.0 - first_day.0 + 1).unwrap_or(0)];
        let (mut all, mut kinds) = (Counts::default(), [Counts::default(); 2]);
        let orders = &data.orders;
        let mut before = None;
        for i in (0..orders.id.len()).filter(|&i| revenue.is_purchase(i)) {
            let on_sale = orders.discount.get(i) > 0;
            all.add(on_sale);
            if let Some(day) = at(first_day, orders.day[i]).and_then(|at| days.get_mut(at)) {
                day.add(on_sale);
            }
            // Orders stand by customer, those without one last.
            if (orders.customer[i] as usize) < data.customers.id.len() {
                let is_later = before == Some(orders.customer[i]);
                kinds[usize::from(is_later)].add(on_sale);
                before = Some(orders.customer[i]);
            }
        }
        Self { first_day, days, all: all.share(), kinds: kinds.map(Counts::share) }
    }

    /// Probability that an order was on sale.
    pub fn of(&self, day: Day, is_first: bool, on_sale: bool) -> f64 {
        let day = at(self.first_day, day).and_then(|at| self.days.get(at)).copied().unwrap_or_default();
        let others = f64::from(day.orders.saturating_sub(1));
        let day = (f64::from(day.on_sale) - f64::from(u8::from(on_sale)) + DRAWN * self.all) / (others + DRAWN);
        let odds = odds(day) * odds(self.kinds[usize::from(!is_first)]) / odds(self.all);
        odds / (1.0 + odds)
    }

    /// Days on which nearly everybody bought on sale.
    pub fn sale_days(&self) -> SaleDays {
        let is_full = |day: &&Counts| day.orders >= DAY_ORDERS && 10 * day.on_sale >= 9 * day.orders;
        self.days.iter().filter(is_full).fold(SaleDays::default(), |sum, day| SaleDays {
            days: sum.days + 1,
            on_sale: sum.on_sale + u64::from(day.on_sale),
        })
    }
}

fn at(first: Day, day: Day) -> Option<usize> {
    usize::try_from(day.0 - first.0).ok()
}

/// Odds of a share, kept away from certainty, which no finite number of orders shows.
fn odds(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    share / (1.0 - share)
}
