//! What is known of one customer, in the order of time.

use super::ground::Ground;
use crate::model::Day;
use crate::model::dataset::NO_DAY;
use crate::model::sequence::{Channel, DAY};
use crate::model::signals::{CartSeen, View};
use crate::model::time::DayClock;

/// One customer.
#[derive(Default)]
pub struct Life {
    pub customer: u32,
    /// Purchases: moment and position.
    pub orders: Vec<(i64, u32)>,
    pub carts: Vec<CartSeen>,
    pub views: Vec<View>,
    /// Messages that files tell of.
    pub contacts: Vec<i64>,
    /// Products bought and when, sorted; empty unless asked for.
    pub bought: Vec<(u32, i64)>,
    /// Products that the customer looked at or left in a cart, and when.
    pub interest: Vec<(u32, i64)>,
    pub created: Option<Day>,
    pub birth: Option<Day>,
    /// The answer by channel: agreed or not, and from which moment on.
    pub consents: [Option<(bool, i64)>; Channel::ALL.len()],
    /// Whether there is an address, by channel.
    pub address: [bool; Channel::ALL.len()],
}

impl Life {
    /// Reads a customer.
    pub fn read(&mut self, ground: &Ground<'_>, customer: usize, clock: &mut DayClock) {
        let (data, details) = (ground.question.data, ground.question.details);
        let known = |day: Option<&Day>| day.copied().filter(|day| *day != NO_DAY);
        self.customer = customer as u32;
        self.orders.clear();
        let orders = data.orders.of_customer(customer).filter(|&order| ground.revenue.is_purchase(order));
        self.orders.extend(orders.map(|order| (clock.local(data.orders.placed_at[order]), order as u32)));
        // When clocks are set back, an hour of the day comes twice.
        self.orders.sort_unstable();
        self.created = known(data.customers.created.get(customer));
        self.birth = known(details.birth_date.get(customer));
        let has = |flags: &Vec<bool>| flags.get(customer).copied().unwrap_or(false);
        self.address = [has(&details.has_email), has(&details.has_phone), true];
        for channel in Channel::ALL {
            let answers = details.consents.get(channel.key()).map_or(&[][..], Vec::as_slice);
            let found = answers.binary_search_by_key(&self.customer, |answer| answer.customer).ok();
            self.consents[channel as usize] = found.map(|n| {
                let Day(day) = answers[n].day;
                (answers[n].granted, if answers[n].day == NO_DAY { i64::MIN } else { i64::from(day) * DAY })
            });
        }
        self.read_signals(ground);
        self.bought.clear();
        if ground.asks_products {
            products_of(ground, customer, clock, &mut self.bought);
        }
    }

    fn read_signals(&mut self, ground: &Ground<'_>) {
        let (signals, customer, end) = (ground.question.signals, self.customer, ground.end);
        self.carts.clear();
        self.carts.extend(own(&signals.carts, customer, |cart| cart.customer).filter(|cart| cart.at < end));
        self.views.clear();
        self.views.extend(own(&signals.views, customer, |view| view.customer).filter(|view| view.at < end));
        self.contacts.clear();
        self.contacts.extend(own(&signals.contacts, customer, |contact| contact.0).map(|contact| contact.1));
        self.interest.clear();
        if !ground.asks_products {
            return;
        }
        self.interest.extend(self.views.iter().map(|view| (view.product, view.at)));
        for cart in &self.carts {
            let products = signals.cart_products.iter().skip(cart.first as usize).take(cart.count as usize);
            self.interest.extend(products.map(|product| (*product, cart.at)));
        }
        self.interest.retain(|(product, _)| *product > 0);
        self.interest.sort_unstable();
        self.interest.dedup();
    }

    /// The first moment at which the shop knew the customer.
    pub fn known_since(&self) -> Option<i64> {
        let created = self.created.map(|day| i64::from(day.0) * DAY);
        let firsts = [
            created,
            self.orders.first().map(|o| o.0),
            self.carts.first().map(|c| c.at),
            self.views.first().map(|v| v.at),
        ];
        firsts.into_iter().flatten().min()
    }

    /// Whether there was an order in `from..=to`.
    pub fn ordered(&self, from: i64, to: i64) -> bool {
        let first = self.orders.partition_point(|order| order.0 < from);
        self.orders.get(first).is_some_and(|order| order.0 <= to)
    }

    /// Whether the product was bought in `from..=to`.
    pub fn bought_product(&self, product: u32, from: i64, to: i64) -> bool {
        let first = self.bought.partition_point(|known| *known < (product, from));
        self.bought.get(first).is_some_and(|known| known.0 == product && known.1 <= to)
    }
}

/// What belongs to a customer, of a list that is sorted by customer.
fn own<T: Copy>(all: &[T], customer: u32, of: impl Fn(&T) -> u32) -> impl Iterator<Item = T> {
    let first = all.partition_point(|entry| of(entry) < customer);
    all[first..].iter().copied().take_while(move |entry| of(entry) == customer)
}

/// Products that a customer bought and when, sorted, each moment once.
pub fn products_of(ground: &Ground<'_>, customer: usize, clock: &mut DayClock, bought: &mut Vec<(u32, i64)>) {
    let (orders, lines) = (&ground.question.data.orders, &ground.question.data.lines);
    bought.clear();
    for order in orders.of_customer(customer).filter(|&order| ground.revenue.is_purchase(order)) {
        let at = clock.local(orders.placed_at[order]);
        let first = orders.line_start[order] as usize;
        let own = first..first + orders.line_count[order] as usize;
        let taken = own.filter(|&line| lines.product[line] > 0 && lines.quantity_milli.get(line) > 0);
        bought.extend(taken.map(|line| (lines.product[line], at)));
    }
    bought.sort_unstable();
    bought.dedup();
}
