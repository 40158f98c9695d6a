//! Small shops made by hand or by chance, and everything told a second time, person by person.

mod cells;
mod naive;

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::jobs::Progress;
use crate::model::dataset::{Customers, Lines, NO_CUSTOMER, NO_DAY, Orders, Products};
use crate::model::journey::Matrix;
use crate::model::record::OrderStatus;
use crate::model::signals::{CartSeen, View};
use crate::model::touch::{NO_ORDER, Tied};
use crate::model::{ChannelNames, Currency, Dataset, Day, Definitions, Details, Events, Signals, Touches};

pub const DAY: i64 = 86_400;

/// A touch: person (customers first, then visitors), moment, channel, kind, device.
pub type Touch = (u32, i64, u16, u16, u16);

/// A shop in columns, made from lists.
#[derive(Debug, Default)]
pub struct Made {
    pub data: Dataset,
    pub signals: Signals,
    pub events: Events,
    pub touches: Touches,
    pub details: Details,
    pub definitions: Definitions,
    pub matrix: Matrix,
}

/// An order: customer (`None` = nobody knows), moment, total in minor units, shipping in it.
pub type Order = (Option<u32>, i64, i64, i64);

impl Made {
    /// Customers without an account date, orders, and nothing else.
    pub fn new(customers: u32, orders: &[Order]) -> Self {
        let mut sorted = orders.to_vec();
        sorted.sort_by_key(|order| (order.0.unwrap_or(NO_CUSTOMER), order.1));
        let mut columns = Orders::default();
        let mut lines = Lines::default();
        for (n, (customer, at, total, shipping)) in sorted.iter().enumerate() {
            columns.id.push(n as u32);
            columns.customer.push(customer.unwrap_or(NO_CUSTOMER));
            columns.placed_at.push(*at);
            columns.day.push(Day(at.div_euclid(DAY) as i32));
            columns.total.push(*total);
            columns.tax.push(0);
            columns.shipping.push(*shipping);
            columns.discount.push(0);
            columns.status.push(OrderStatus::Paid as u8);
            columns.flags.push(0);
            columns.currency.push(0);
            columns.channel.push(0);
            columns.line_start.push(n as u32);
            columns.line_count.push(1);
            lines.product.push(1);
            lines.quantity_milli.push(1_000);
            lines.amount.push(*total);
            lines.discount.push(0);
        }
        let first = |c: u32| sorted.partition_point(|order| order.0.unwrap_or(NO_CUSTOMER) < c) as u32;
        columns.by_customer = (0..=customers).map(first).collect();
        let days = || columns.day.iter().copied();
        let span = days().min().zip(days().max());
        let created = vec![NO_DAY; customers as usize];
        let data = Dataset {
            customers: Arc::new(Customers {
                id: (0..customers).collect(),
                created,
                country: vec![0; customers as usize],
            }),
            orders: Arc::new(columns),
            lines: Arc::new(lines),
            products: Arc::new(Products::default()),
            currencies: vec![Currency::USD],
            labels: Arc::new(vec![String::new()]),
            span,
            ..Dataset::default()
        };
        let definitions = Definitions { currency: Currency::USD, ..Definitions::default() };
        Self { data, definitions, ..Self::default() }
    }

    pub fn touches(mut self, visitors: u32, touches: &[Touch]) -> Self {
        let mut sorted = touches.to_vec();
        sorted.sort_unstable();
        let customers = self.data.customers.id.len() as u32;
        self.touches = Touches {
            channels: ["Paid search", "E-mail", "Organic social"].map(str::to_owned).into(),
            campaigns: vec![String::new()],
            kinds: ["visit", "sent", "add_to_cart", "compare"].map(str::to_owned).into(),
            devices: ["", "mobile", "desktop"].map(str::to_owned).into(),
            customers,
            persons: customers + visitors,
            tied: Tied { by_customer: sorted.len() as u64, ..Tied::default() },
            ..Touches::default()
        };
        for (person, at, channel, kind, device) in sorted {
            let t = &mut self.touches;
            t.person.push(person);
            t.at.push(at);
            t.channel.push(channel);
            t.kind.push(kind);
            t.device.push(device);
            t.order.push(NO_ORDER);
            t.campaign.push(0);
            t.cost.push(Some(25));
        }
        self
    }

    pub fn looks(mut self, looks: &[(u32, i64)]) -> Self {
        self.signals.views = looks.iter().map(|&(customer, at)| View { customer, at, product: 0 }).collect();
        self.signals.views.sort_unstable();
        self
    }

    pub fn carts(mut self, carts: &[(u32, i64)]) -> Self {
        self.signals.carts =
            carts.iter().map(|&(customer, at)| CartSeen { customer, at, first: 0, count: 0 }).collect();
        self.signals.carts.sort_by_key(|cart| (cart.customer, cart.at));
        self
    }

    pub fn shop(&self, as_of: Day) -> Shop<'_> {
        Shop {
            data: &self.data,
            signals: &self.signals,
            events: &self.events,
            touches: &self.touches,
            definitions: &self.definitions,
            matrix: &self.matrix,
            as_of,
        }
    }

    pub fn trail(&self, as_of: Day) -> Trail {
        Trail::new(&self.shop(as_of), &Progress::none()).unwrap()
    }

    pub fn funnel(&self, as_of: Day, period: (Day, Day), within_days: u32, by: By) -> Funnel {
        let ask = Ask { period, within_days, by, segment_of: &[], who: None, device: None };
        funnel(&self.shop(as_of), &self.trail(as_of), &ask, &Progress::none()).unwrap()
    }

    pub fn journey(&self, as_of: Day, period: (Day, Day), within_days: u32) -> Journey {
        let question = Question {
            shop: self.shop(as_of),
            details: &self.details,
            campaigns: &[],
            web: [None, None],
            names: &ChannelNames::default(),
            experiments: &[],
            period,
            within_days,
            who: None,
            device: None,
        };
        journey(&question, &self.trail(as_of), &Progress::none()).unwrap()
    }
}

pub fn people(funnel: &Funnel) -> Vec<Option<u64>> {
    funnel.total.steps.iter().map(|step| step.people).collect()
}

#[test]
fn a_shop_of_five_is_told_as_it_was() {
    let day = |n: i64| n * DAY;
    // 0 looks and buys twice, 1 leaves a cart, 2 only visits, 3 buys at once, a visitor comes, a stranger buys.
    let made = Made::new(
        4,
        &[(Some(0), day(3), 5_000, 0), (Some(0), day(20), 5_000, 0), (Some(3), day(4), 900, 0), (None, day(5), 700, 0)],
    )
    .touches(1, &[(0, day(1), 0, 0, 1), (2, day(2), 1, 0, 2), (4, day(6), 0, 0, 1), (1, day(1), 1, 1, 0)])
    .looks(&[(0, day(2)), (1, day(2))])
    .carts(&[(1, day(3))]);
    let found = made.funnel(Day(60), (Day(0), Day(10)), 30, By::All);
    assert_eq!(people(&found), [6, 4, 4, 3, 1].map(Some));
    assert_eq!((found.nameless, found.total.open), (1, 0));
    let bought = &found.total.steps[3];
    assert_eq!(bought.of_before.as_ref().unwrap().rate, Some(0.75));
    assert_eq!(bought.of_all.as_ref().unwrap().seconds, Some([2.0 * DAY as f64; 3]));
    let by = made.funnel(Day(60), (Day(0), Day(10)), 30, By::Channel);
    let names: Vec<(&str, Option<u64>)> = by.groups.iter().map(|g| (g.name.as_str(), g.steps[0].people)).collect();
    assert_eq!(names, [("No touch", Some(3)), ("Paid search", Some(2)), ("E-mail", Some(1))]);
    let months = made.funnel(Day(60), (Day(0), Day(40)), 30, By::Period);
    assert_eq!(months.groups[0].name, "1970-01");
    // On day 15: 0 and 3 bought, 1 considered, 2 and the visitor came, the stranger bought.
    let lives = lives(&made.shop(Day(60)), &made.trail(Day(60)), Day(15), 180);
    assert_eq!((lives.customers, lives.nameless), ([1, 1, 2, 0, 0], [1, 0, 1, 0, 0]));
    let later = super::lives(&made.shop(Day(60)), &made.trail(Day(60)), Day(30), 20);
    assert_eq!(later.customers, [1, 1, 0, 1, 1]);
}

#[test]
fn what_nobody_tells_of_is_no_step() {
    let made = Made::new(2, &[(Some(0), DAY, 100, 0), (Some(1), 2 * DAY, 100, 0)]);
    let found = made.funnel(Day(100), (Day(0), Day(10)), 30, By::All);
    assert_eq!(people(&found), [Some(2), None, None, Some(2), Some(0)]);
    let empty = Made::new(0, &[]);
    let found = empty.funnel(Day(100), (Day(0), Day(10)), 30, By::Segment);
    assert_eq!((people(&found)[0], found.groups.len()), (Some(0), 0));
    let journey = empty.journey(Day(100), (Day(0), Day(10)), 30);
    assert!(journey.cells.iter().all(|cell| cell.state == State::NoData && !cell.reason.is_empty()));
    assert_eq!(journey.cells.len(), 20);
}

#[test]
fn who_came_too_late_is_open() {
    let made = Made::new(2, &[(Some(0), DAY, 100, 0), (Some(1), 9 * DAY, 100, 0)]);
    let found = made.funnel(Day(12), (Day(0), Day(12)), 10, By::All);
    assert_eq!((people(&found)[0], found.total.open), (Some(1), 1));
}

fn moments() -> impl Strategy<Value = i64> {
    (0_i64..60 * 24).prop_map(|hour| hour * 3_600)
}

prop_compose! {
    pub fn shops()(
        orders in prop::collection::vec((prop::option::weighted(0.8, 0_u32..6), moments(), 0_i64..9_000, 0_i64..2), 0..30),
        touches in prop::collection::vec((0_u32..9, moments(), 0_u16..3, 0_u16..4, 0_u16..3), 0..40),
        looks in prop::collection::vec((0_u32..6, moments()), 0..20),
        carts in prop::collection::vec((0_u32..6, moments()), 0..12),
    ) -> Made {
        let orders: Vec<Order> = orders.into_iter().map(|(c, at, total, paid)| (c, at, total + 500 * paid, 500 * paid)).collect();
        Made::new(6, &orders).touches(3, &touches).looks(&looks).carts(&carts)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everybody_is_in_exactly_one_stage_and_the_funnel_never_widens(
        made in shops(), day in 0_i32..60, first in 0_i32..60, days in 0_i32..60, within in 0_u32..70,
    ) {
        let as_of = Day(60);
        let (shop, trail) = (made.shop(as_of), made.trail(as_of));
        let stages = stages(&shop, &trail, Day(day), 20);
        let naive = naive::lives(&made, Day(day), 20);
        prop_assert_eq!(&stages, &naive);
        let lives = lives(&shop, &trail, Day(day), 20);
        let there = stages.iter().filter(|stage| **stage != ABSENT).count() as u64;
        prop_assert_eq!(LIVES.map(|life| lives.people(life)).iter().sum::<u64>(), there);
        for by in By::ALL {
            let found = made.funnel(as_of, (Day(first), Day(first + days)), within, by);
            for group in found.groups.iter().chain([&found.total]) {
                let counts: Vec<u64> = group.steps.iter().filter_map(|step| step.people).collect();
                prop_assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{:?}", counts);
            }
            if by != By::All {
                let sum: u64 = found.groups.iter().filter_map(|group| group.steps[0].people).sum();
                // Whoever came in several months is in each of them.
                let all = people(&found)[0];
                prop_assert!(if by == By::Period { Some(sum) >= all } else { Some(sum) == all }, "{sum} {all:?}");
            }
        }
        let found = made.funnel(as_of, (Day(first), Day(first + days)), within, By::All);
        prop_assert_eq!(naive::funnel(&made, as_of, (Day(first), Day(first + days)), within), (people(&found), found.total.open));
    }

    #[test]
    fn evidence_holds_for_any_shop(made in shops(), first in 0_i32..60, days in 0_i32..60, within in 0_u32..70) {
        let period = (Day(first), Day(first + days));
        let journey = made.journey(Day(60), period, within);
        for cell in &journey.cells {
            prop_assert_eq!(cell.state == State::NoData, cell.headline.is_empty());
            prop_assert_eq!(cell.state == State::Measured, cell.reason.is_empty());
            if let Some(conversion) = &cell.conversion {
                prop_assert!(conversion.moved <= conversion.people);
            }
        }
        cells::agree(&made, &journey, period, within)?;
    }
}
