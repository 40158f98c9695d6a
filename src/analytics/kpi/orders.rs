//! Metrics that the orders give, from the sums of some days.

use super::answer::Answer;
use super::frame::Window;
use super::pass::{Found, WATCHED};
use super::sums::Sums;
use crate::analytics::costs::speak_for_all;
use crate::analytics::revenue::divide_rounded;
use crate::model::figure::Value;
use crate::model::kpi::{Grain, same_weekdays};
use crate::model::{Currency, Day, MetricId};

/// What the orders say.
pub struct Orders<'a> {
    /// The sums of the pass.
    pub found: &'a Found,
    /// The last day that is known.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
}

fn whole(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// Where all of these come from.
const FROM: &str = "from orders";

impl Orders<'_> {
    /// Whether the shop's history covers days from their first on.
    pub fn covers(&self, days: (Day, Day)) -> bool {
        let daily = &self.found.daily;
        daily.first <= days.0 && daily.first <= daily.last()
    }

    /// Sums of some days.
    pub fn sums(&self, days: (Day, Day)) -> Sums {
        self.found.daily.of(days)
    }

    /// A metric over some days; `None` for one that orders do not give.
    pub fn answer(&self, metric: MetricId, window: &Window) -> Option<Answer> {
        let (sums, people) = (self.sums(window.days), window.people);
        let money = |minor: i64| Value::Money(minor, self.currency);
        let (orders, buyers) = (whole(sums.orders), people.buyers);
        Some(match metric {
            MetricId::Revenue => Answer { n: Some((orders, "orders")), ..Answer::of(money(sums.revenue), FROM) },
            MetricId::Orders => Answer::count(orders, FROM),
            MetricId::Aov => Answer::average(sums.revenue, orders, self.currency, "orders", FROM),
            MetricId::NewCustomers => Answer::count(whole(sums.new), FROM),
            MetricId::Buyers => Answer::count(buyers, FROM),
            MetricId::ReturningCustomers => Answer::count(buyers.saturating_sub(whole(sums.new)), FROM),
            MetricId::OrdersPerCustomer => Answer::per(sums.named_orders as f64, buyers, "customers", FROM),
            MetricId::RepeatRate => Answer::share((people.again, buyers), "customers", FROM),
            MetricId::Retention => self.kept(window, people.kept),
            MetricId::Churn => self.kept(window, people.before - people.kept),
            MetricId::RepeatWithin90 => {
                let then = self.sums((Day(window.days.0.0 - WATCHED), Day(window.days.1.0 - WATCHED)));
                Answer::share((whole(then.again), whole(then.new)), "new customers whose 90 days ended", FROM)
            }
            MetricId::CustomerQuality => match self.watched(window.days) {
                Some(old) => Answer::share((whole(old.again), whole(old.new)), "new customers after 90 days", FROM),
                None => Answer::unknown(TOO_NEW),
            },
            MetricId::CustomerQualityValue => match self.watched(window.days) {
                Some(old) => {
                    let (sum, n) = (old.first_revenue, whole(old.new));
                    Answer::average(sum, n, self.currency, "new customers after 90 days", FROM)
                }
                None => Answer::unknown(TOO_NEW),
            },
            MetricId::TimeToFirstPurchase => match self.found.time_to_first(window.days) {
                Some((median, n)) => {
                    Answer { n: Some((n, "new customers with an account")), ..Answer::of(Value::Number(median), FROM) }
                }
                None => Answer::unknown("No new customer has an account of a known day; import customers"),
            },
            MetricId::LtvToDate => {
                let so_far = self.sums((self.found.daily.first, window.days.1));
                Answer::average(so_far.named_revenue, whole(so_far.new), self.currency, "customers who bought", FROM)
            }
            MetricId::RevenueGrowthMonth => self.month_on_month(window),
            MetricId::RevenueGrowthYear => self.growth(window.days, same_weekdays(window.days), window.unfinished),
            MetricId::ItemsPerOrder => {
                Answer::per(sums.units_milli as f64 / 1_000.0, whole(sums.lined), "orders with lines", FROM)
            }
            MetricId::GrossProfit => match profit(&sums) {
                Some(profit) => Answer::of(money(profit), self.costed_in_words(&sums)),
                None => Answer::unknown(NO_COST),
            },
            MetricId::Margin => match speak_for_all(sums.costed, sums.revenue) {
                true => Answer::part(sums.margin, sums.costed, "revenue", &self.costed_in_words(&sums)),
                false => Answer::unknown(NO_COST),
            },
            MetricId::DiscountRate => Answer::part(sums.discount, sums.before_refunds + sums.discount, "revenue", FROM),
            MetricId::RefundRate => Answer::part(sums.given_back, sums.before_refunds, "revenue", FROM),
            MetricId::ReturnRate => Answer::share((whole(sums.returned), orders), "orders", FROM),
            _ => return None,
        })
    }

    /// Of the customers of the window before, so many; nobody can tell where that is not known whole.
    fn kept(&self, window: &Window, n: u64) -> Answer {
        match self.covers(window.before) {
            true => Answer::share((n, window.people.before), "customers of the days before", FROM),
            false => Answer::unknown("The days before lie before the first order"),
        }
    }

    /// Sums of those of the days after which the 90 days are over; `None` when there is none.
    fn watched(&self, (from, to): (Day, Day)) -> Option<Sums> {
        let to = to.min(Day(self.as_of.0 - WATCHED));
        (from <= to).then(|| self.sums((from, to)))
    }

    /// The last whole month up to the end of a window against the one before it.
    fn month_on_month(&self, window: &Window) -> Answer {
        let mut month = Grain::Month.around(window.days.1);
        if month.1 > window.days.1 {
            month = Grain::Month.around(Day(month.0.0 - 1));
        }
        let mut answer = self.growth(month, Grain::Month.around(Day(month.0.0 - 1)), false);
        if answer.value.is_some() {
            answer.from = format!("{} – {} against the month before", month.0.display(), month.1.display());
        }
        answer
    }

    fn growth(&self, days: (Day, Day), before: (Day, Day), unfinished: bool) -> Answer {
        let (is, was) = (self.sums(days).revenue, self.sums(before).revenue);
        match () {
            () if unfinished => Answer::unknown("These days are not over"),
            () if !self.covers(before) => Answer::unknown("The days before lie before the first order"),
            () if was <= 0 => Answer::unknown("There was no revenue to grow from"),
            () => Answer::of(Value::Share((is - was) as f64 / was as f64), FROM),
        }
    }

    fn costed_in_words(&self, sums: &Sums) -> String {
        match sums.revenue {
            all if all > 0 && sums.costed < all => {
                let share = sums.costed as f64 / all as f64 * 100.0;
                format!("from orders; the cost of goods is known for {share:.0}% of the revenue")
            }
            _ => FROM.into(),
        }
    }
}

const TOO_NEW: &str = "Nobody’s 90 days are over yet";
const NO_COST: &str = "The cost of goods is known for less than half of the revenue; import unit costs or set a margin in the definitions";

/// What is left after the cost of goods: of orders without a known cost the same part as of the others.
fn profit(sums: &Sums) -> Option<i64> {
    let all = || divide_rounded(i128::from(sums.margin) * i128::from(sums.revenue), i128::from(sums.costed));
    match speak_for_all(sums.costed, sums.revenue) {
        true if sums.costed == sums.revenue => Some(sums.margin),
        true => i64::try_from(all()).ok(),
        false => None,
    }
}
