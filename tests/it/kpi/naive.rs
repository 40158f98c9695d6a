//! The KPIs of orders a second time: as slowly and plainly as they are defined.

use std::collections::BTreeMap;

use cartwright::analytics::revenue::Revenue;
use cartwright::model::dataset::NO_CUSTOMER;
use cartwright::model::figure::Value;
use cartwright::model::{Currency, Dataset, Day, Definitions, MetricId};

/// What is counted here.
pub const COUNTED: [MetricId; 17] = [
    MetricId::Revenue,
    MetricId::Orders,
    MetricId::Aov,
    MetricId::NewCustomers,
    MetricId::Buyers,
    MetricId::ReturningCustomers,
    MetricId::OrdersPerCustomer,
    MetricId::RepeatRate,
    MetricId::Retention,
    MetricId::Churn,
    MetricId::RepeatWithin90,
    MetricId::CustomerQuality,
    MetricId::CustomerQualityValue,
    MetricId::LtvToDate,
    MetricId::DiscountRate,
    MetricId::RefundRate,
    MetricId::ReturnRate,
];

/// An order that counts.
struct Counted {
    day: i32,
    customer: Option<u32>,
    is_purchase: bool,
    before: i64,
    net: i64,
}

/// The orders that count, and the first day of each customer.
pub struct Naive {
    orders: Vec<Counted>,
    first: BTreeMap<u32, i32>,
    begins: Option<i32>,
    as_of: i32,
}

type Days = (Day, Day);

impl Naive {
    pub fn new(data: &Dataset, definitions: &Definitions, as_of: Day) -> Self {
        let revenue = Revenue::new(data, definitions, as_of);
        let mut orders = Vec::new();
        for i in (0..data.orders.id.len()).filter(|&i| revenue.is_counted(i)) {
            let refunded: i64 = (0..data.refunds.order.len())
                .filter(|&r| data.refunds.order[r] as usize == i)
                .map(|r| revenue.refunded(r))
                .sum();
            let customer = data.orders.customer[i];
            orders.push(Counted {
                day: data.orders.day[i].0,
                customer: (customer != NO_CUSTOMER).then_some(customer),
                is_purchase: revenue.is_purchase(i),
                before: revenue.before_refunds(i),
                net: revenue.before_refunds(i) - refunded,
            });
        }
        let mut first = BTreeMap::new();
        for order in orders.iter().filter(|order| order.is_purchase) {
            if let Some(customer) = order.customer {
                let day = first.entry(customer).or_insert(order.day);
                *day = order.day.min(*day);
            }
        }
        Self { orders, first, begins: data.span.map(|(first, _)| first.0), as_of: as_of.0 }
    }

    fn within(&self, days: Days) -> impl Iterator<Item = &Counted> {
        self.orders.iter().filter(move |order| order.day >= days.0.0 && order.day <= days.1.0)
    }

    fn purchases(&self, days: Days) -> impl Iterator<Item = &Counted> {
        self.within(days).filter(|order| order.is_purchase)
    }

    fn buyers(&self, days: Days) -> Vec<u32> {
        let mut buyers: Vec<u32> = self.purchases(days).filter_map(|order| order.customer).collect();
        buyers.sort_unstable();
        buyers.dedup();
        buyers
    }

    fn new_in(&self, from: i32, to: i32) -> Vec<u32> {
        self.first.iter().filter(|(_, day)| **day >= from && **day <= to).map(|(customer, _)| *customer).collect()
    }

    /// Of these customers those with an order on a later day within 90 days of their first.
    fn came_back(&self, customers: &[u32]) -> usize {
        let back = |customer: &&u32| {
            let first = self.first[customer];
            let theirs = self.orders.iter().filter(|order| order.is_purchase && order.customer == Some(**customer));
            theirs.clone().any(|order| order.day > first && order.day <= first + 90)
        };
        customers.iter().filter(back).count()
    }

    pub fn value(&self, metric: MetricId, days: Days, before: Days) -> Option<Value> {
        let money = |minor: i64| Some(Value::Money(minor, Currency::USD));
        let share = |k: usize, n: usize| (n > 0 && k <= n).then(|| Value::Share(k as f64 / n as f64));
        let average = |sum: i64, n: usize| {
            (n > 0).then(|| {
                let (n, half) = (n as i128, n as i128 / 2);
                let sum = i128::from(sum);
                let rounded = if sum < 0 { -((-sum + half) / n) } else { (sum + half) / n };
                Value::Money(rounded as i64, Currency::USD)
            })
        };
        let revenue: i64 = self.within(days).map(|order| order.net).sum();
        let orders = self.purchases(days).count();
        let buyers = self.buyers(days);
        let new = self.new_in(days.0.0, days.1.0);
        let watched = self.new_in(days.0.0, days.1.0.min(self.as_of - 90));
        let ended = self.new_in(days.0.0 - 90, days.1.0 - 90);
        match metric {
            MetricId::Revenue => money(revenue),
            MetricId::Orders => Some(Value::Count(orders as u64)),
            MetricId::Aov => average(revenue, orders),
            MetricId::NewCustomers => Some(Value::Count(new.len() as u64)),
            MetricId::Buyers => Some(Value::Count(buyers.len() as u64)),
            MetricId::ReturningCustomers => {
                Some(Value::Count(buyers.iter().filter(|customer| self.first[customer] < days.0.0).count() as u64))
            }
            MetricId::OrdersPerCustomer => {
                let named = self.purchases(days).filter(|order| order.customer.is_some()).count();
                (!buyers.is_empty()).then(|| Value::Number(named as f64 / buyers.len() as f64))
            }
            MetricId::RepeatRate => {
                let again = |customer: &&u32| {
                    let later =
                        |order: &Counted| order.customer == Some(**customer) && order.day > self.first[customer];
                    self.purchases(days).any(later)
                };
                share(buyers.iter().filter(again).count(), buyers.len())
            }
            MetricId::Retention | MetricId::Churn => {
                if self.begins.is_none_or(|begins| begins > before.0.0 || begins > self.as_of) {
                    return None;
                }
                let were = self.buyers(before);
                let kept = were.iter().filter(|customer| buyers.contains(customer)).count();
                share(if metric == MetricId::Retention { kept } else { were.len() - kept }, were.len())
            }
            MetricId::RepeatWithin90 => share(self.came_back(&ended), ended.len()),
            MetricId::CustomerQuality => share(self.came_back(&watched), watched.len()),
            MetricId::CustomerQualityValue => {
                let of = |order: &&Counted| {
                    let first = order.customer.filter(|customer| watched.contains(customer));
                    first.is_some_and(|customer| {
                        let first = self.first[&customer];
                        order.day >= first && order.day <= first + 90
                    })
                };
                average(self.orders.iter().filter(of).map(|order| order.net).sum(), watched.len())
            }
            MetricId::LtvToDate => {
                let ever = self.new_in(i32::MIN, days.1.0).len();
                let so_far = self.orders.iter().filter(|order| order.customer.is_some() && order.day <= days.1.0);
                average(so_far.map(|order| order.net).sum(), ever)
            }
            MetricId::DiscountRate => {
                let before: i64 = self.purchases(days).map(|order| order.before).sum();
                (before > 0).then_some(Value::Share(0.0))
            }
            MetricId::RefundRate => {
                let before: i64 = self.purchases(days).map(|order| order.before).sum();
                let back: i64 = self
                    .within(days)
                    .map(|order| if order.is_purchase { order.before - order.net } else { -order.before })
                    .sum();
                (before > 0).then(|| Value::Share(back as f64 / before as f64))
            }
            MetricId::ReturnRate => {
                let returned =
                    self.within(days).filter(|order| !order.is_purchase || order.net != order.before).count();
                share(returned, orders)
            }
            _ => None,
        }
    }
}
