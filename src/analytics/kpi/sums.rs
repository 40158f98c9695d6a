//! What adds up over days, whatever days are taken together.

use crate::model::Day;

macro_rules! sums {
    ($($(#[$doc:meta])* $field:ident),* $(,)?) => {
        /// Sums over orders of some days; money is minor units of the shop's currency.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Sums { $($(#[$doc])* pub $field: i64,)* }

        impl Sums {
            /// Both together.
            pub fn plus(&mut self, other: &Self) {
                $(self.$field += other.$field;)*
            }

            fn minus(mut self, other: &Self) -> Self {
                $(self.$field -= other.$field;)*
                self
            }
        }
    };
}

sums! {
    /// Orders that count.
    orders,
    /// Revenue, less refunds.
    revenue,
    /// Revenue of orders that count, before refunds.
    before_refunds,
    /// Discounts that were taken off these orders.
    discount,
    /// What refunds and returns took away.
    given_back,
    /// Orders with a refund, and returns booked as rows of their own.
    returned,
    /// Orders of identified customers.
    named_orders,
    /// Revenue of identified customers, less refunds.
    named_revenue,
    /// Units on the lines of orders, thousandths.
    units_milli,
    /// Orders whose lines are known.
    lined,
    /// Customers whose first order it is.
    new,
    /// Of them, those who bought again on a later day within 90 days.
    again,
    /// Revenue of them in the 90 days from the first order on.
    first_revenue,
    /// Revenue of orders whose cost of goods is known.
    costed,
    /// What of it is left after that cost.
    margin,
}

/// Sums by day, added up from the first day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Daily {
    /// The first day.
    pub first: Day,
    /// Sums of all days before a position.
    until: Vec<Sums>,
}

impl Daily {
    /// From the sums of each day.
    pub fn new(first: Day, days: &[Sums]) -> Self {
        let mut until = Vec::with_capacity(days.len() + 1);
        let mut sum = Sums::default();
        until.push(sum);
        for day in days {
            sum.plus(day);
            until.push(sum);
        }
        Self { first, until }
    }

    /// The last day; the day before the first when there is none.
    pub fn last(&self) -> Day {
        Day(self.first.0 + self.until.len() as i32 - 2)
    }

    /// The sums from one day to another, both included.
    pub fn of(&self, (from, to): (Day, Day)) -> Sums {
        let at = |day: i32| (i64::from(day) - i64::from(self.first.0)).clamp(0, self.until.len() as i64 - 1) as usize;
        let (from, to) = (at(from.0), at(to.0.saturating_add(1)));
        if to <= from { Sums::default() } else { self.until[to].minus(&self.until[from]) }
    }
}
