//! Sequences and triggers: the replay against a naive one, and its properties.

mod naive;
mod properties;
mod saved;

use std::sync::Arc;

use cartwright::analytics::rules::Bits;
use cartwright::analytics::triggers::{Audiences, Monthly, Question, month_ends};
use cartwright::model::dataset::{Customers, Dataset, Lines, NO_DAY, Orders, Products};
use cartwright::model::details::{Consent, Details};
use cartwright::model::plan::Percent;
use cartwright::model::sequence::{
    Again, Amount, Channel, Check, Exit, Message, Offer, Pressure, Quiet, Sequence, Step, Trigger, Wait,
};
use cartwright::model::signals::{CartSeen, Observed, Signals, View};
use cartwright::model::{Currency, Day, Definitions, Rule};
use proptest::prelude::*;

pub const FIRST: i32 = 20_000;
pub const DAYS: i32 = 64;
pub const PRODUCTS: u32 = 3;
pub const AS_OF: Day = Day(FIRST + DAYS - 1);

/// An order of the made-up shop: hour since the first day, products with their price, whether it had a code.
#[derive(Debug, Clone)]
pub struct Bought {
    pub hour: i64,
    pub lines: Vec<(u32, i64)>,
    pub coded: bool,
}

/// A customer of the made-up shop. Hours count from the first day of history.
#[derive(Debug, Clone)]
pub struct Person {
    pub orders: Vec<Bought>,
    pub carts: Vec<(i64, Vec<u32>)>,
    pub views: Vec<(i64, u32)>,
    pub contacts: Vec<i64>,
    pub created: Option<i32>,
    pub birth: Option<i32>,
    /// By channel: agreed or not, and the day when it is known.
    pub consents: [Option<(bool, Option<i32>)>; 3],
    pub email: bool,
    pub phone: bool,
    /// Whether a member of A and of B at the end of each month.
    pub member: Vec<(bool, bool)>,
}

/// A made-up shop.
#[derive(Debug, Clone)]
pub struct Made {
    pub people: Vec<Person>,
    /// Product, hour, price, stock.
    pub observed: Vec<(u32, i64, Option<i64>, Option<i64>)>,
}

pub struct World {
    pub data: Dataset,
    pub details: Details,
    pub signals: Signals,
    pub definitions: Definitions,
    pub audiences: Audiences,
}

impl World {
    pub fn question<'a>(&'a self, sequences: &'a [Sequence], pressure: &'a Pressure) -> Question<'a> {
        Question {
            data: &self.data,
            details: &self.details,
            signals: &self.signals,
            definitions: &self.definitions,
            sequences,
            pressure,
            audiences: &self.audiences,
            as_of: AS_OF,
        }
    }
}

pub fn segment(name: &str) -> Rule {
    Rule::InSegment(name.into())
}

/// The shop as the program sees it.
pub fn world(made: &Made) -> World {
    let moment = |hour: i64| i64::from(FIRST) * 86_400 + hour * 3_600;
    let (mut o, mut l, mut signals, mut details) =
        (Orders::default(), Lines::default(), Signals::default(), Details::default());
    o.by_customer.push(0);
    for (c, person) in (0_u32..).zip(&made.people) {
        for order in &person.orders {
            if order.coded {
                signals.coded.push(o.id.len() as u32);
            }
            let goods: i64 = order.lines.iter().map(|line| line.1).sum();
            o.id.push(o.id.len() as u32 + 1);
            o.customer.push(c);
            o.placed_at.push(moment(order.hour));
            o.day.push(Day(FIRST + (order.hour / 24) as i32));
            o.total.push(goods);
            for money in [&mut o.shipping, &mut o.tax, &mut o.discount] {
                money.push(0);
            }
            o.status.push(0);
            o.flags.push(0);
            o.currency.push(0);
            o.channel.push(0);
            o.line_start.push(l.product.len() as u32);
            o.line_count.push(order.lines.len() as u32);
            for (product, price) in &order.lines {
                l.product.push(*product);
                // Two units with a discount, so that the price of one is what was paid for it.
                l.quantity_milli.push(2_000);
                l.amount.push(price * 2 + 10);
                l.discount.push(10);
            }
        }
        o.by_customer.push(o.id.len() as u32);
        for (hour, products) in &person.carts {
            let first = signals.cart_products.len() as u32;
            signals.cart_products.extend(products);
            signals.carts.push(CartSeen { customer: c, at: moment(*hour), first, count: products.len() as u32 });
        }
        signals.views.extend(person.views.iter().map(|(hour, product)| View {
            customer: c,
            at: moment(*hour),
            product: *product,
        }));
        signals.contacts.extend(person.contacts.iter().map(|hour| (c, moment(*hour))));
        details.has_email.push(person.email);
        details.has_phone.push(person.phone);
        details.birth_date.push(person.birth.map_or(NO_DAY, Day));
        for channel in Channel::ALL {
            if let Some((granted, day)) = person.consents[channel as usize] {
                let answer = Consent { customer: c, granted, day: day.map_or(NO_DAY, Day) };
                details.consents.entry(channel.key().into()).or_default().push(answer);
            }
        }
    }
    let seen = |&(product, hour, price, stock): &(u32, i64, Option<i64>, Option<i64>)| Observed {
        product,
        at: moment(hour),
        price,
        stock,
    };
    signals.observed = made.observed.iter().map(seen).collect();
    signals.observed.sort_by_key(|seen| (seen.product, seen.at));
    let n = made.people.len();
    let none = || vec![None; PRODUCTS as usize + 1];
    let days = month_ends(Day(FIRST), AS_OF);
    let monthly = |is: fn(&(bool, bool)) -> bool| Monthly {
        days: days.clone(),
        members: (0..days.len()).map(|look| Bits::of(n, |c| is(&made.people[c].member[look]))).collect(),
    };
    World {
        data: Dataset {
            customers: Arc::new(Customers {
                id: (1..=n as u32).collect(),
                created: made.people.iter().map(|person| person.created.map_or(NO_DAY, Day)).collect(),
                country: vec![0; n],
            }),
            orders: Arc::new(o),
            lines: Arc::new(l),
            products: Arc::new(Products {
                id: (0..=PRODUCTS).collect(),
                category: vec![0; PRODUCTS as usize + 1],
                price: none(),
                cost: none(),
                stock: none(),
            }),
            currencies: vec![Currency::USD],
            labels: Arc::new(vec![String::new()]),
            span: Some((Day(FIRST), AS_OF)),
            ..Dataset::default()
        },
        details,
        signals,
        definitions: Definitions::default(),
        audiences: Audiences(vec![(segment("A"), monthly(|is| is.0)), (segment("B"), monthly(|is| is.1))]),
    }
}

fn hour() -> impl Strategy<Value = i64> {
    0..i64::from(DAYS) * 24
}

fn person() -> impl Strategy<Value = Person> {
    let lines = prop::collection::vec((0..=PRODUCTS, 100_i64..2_000), 1..3);
    let order =
        (hour(), lines, prop::bool::weighted(0.2)).prop_map(|(hour, lines, coded)| Bought { hour, lines, coded });
    let consent = || {
        prop_oneof![
            1 => Just(None),
            2 => Just(Some((true, None))),
            1 => Just(Some((false, None))),
            2 => (any::<bool>(), FIRST - 5..FIRST + DAYS).prop_map(|(granted, day)| Some((granted, Some(day)))),
        ]
    };
    (
        (
            prop::collection::vec(order, 0..7),
            prop::collection::vec((hour(), prop::collection::vec(0..=PRODUCTS, 0..3)), 0..4),
            prop::collection::vec((hour(), 0..=PRODUCTS), 0..8),
            prop::collection::vec(hour(), 0..3),
        ),
        (prop::option::of(FIRST - 9..FIRST + DAYS), prop::option::of(0..FIRST + 40)),
        [consent(), consent(), consent()],
        (prop::bool::weighted(0.9), any::<bool>()),
        prop::collection::vec(any::<(bool, bool)>(), 6),
    )
        .prop_map(
            |((mut orders, mut carts, mut views, mut contacts), (created, birth), consents, (email, phone), member)| {
                orders.sort_by_key(|order| order.hour);
                carts.sort_by_key(|cart| cart.0);
                views.sort();
                contacts.sort_unstable();
                Person { orders, carts, views, contacts, created, birth, consents, email, phone, member }
            },
        )
}

pub fn any_shop() -> impl Strategy<Value = Made> {
    let seen = (1..=PRODUCTS, hour(), prop::option::of(50_i64..2_000), prop::option::of(-1_i64..3));
    (prop::collection::vec(person(), 1..5), prop::collection::vec(seen, 0..12)).prop_map(|(people, mut observed)| {
        observed.sort_by_key(|seen| (seen.0, seen.1));
        observed.dedup_by_key(|seen| (seen.0, seen.1));
        Made { people, observed }
    })
}

fn trigger() -> impl Strategy<Value = Trigger> {
    prop_oneof![
        Just(Trigger::FirstOrder),
        (1_u32..4).prop_map(|n| Trigger::NthOrder { n }),
        (1_u32..4, 1_u32..40).prop_map(|(n, days)| Trigger::Regularly { n, days }),
        (1_u32..20).prop_map(|days| Trigger::NoOrder { days }),
        Just(Trigger::Joins { audience: segment("A") }),
        (1_u32..60).prop_map(|hours| Trigger::BrowseAbandoned { hours }),
        (1_u32..60).prop_map(|hours| Trigger::CartAbandoned { hours }),
        (1_u32..30, 1_u32..40).prop_map(|(percent, interest_days)| Trigger::PriceDrop {
            percent: Percent::whole(percent),
            interest_days
        }),
        (1_u32..40).prop_map(|interest_days| Trigger::BackInStock { interest_days }),
        (1_u32..4).prop_map(|repeats| Trigger::Replenishment { repeats }),
        (0_u32..30).prop_map(|days_before| Trigger::Birthday { days_before }),
        Just(Trigger::Signup),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let offer = prop_oneof![
        2 => Just(None),
        1 => (1_u32..100).prop_map(|percent| Some(Offer::Percent(Percent::whole(percent)))),
        1 => (1_i64..1_500).prop_map(|minor| Some(Offer::Amount(Amount { minor, currency: Currency::USD }))),
    ];
    let message = (0_usize..3, offer).prop_map(|(channel, offer)| Message {
        channel: Channel::ALL[channel],
        offer,
        ..Message::default()
    });
    prop_oneof![
        4 => message.prop_map(Step::Message),
        3 => (0_u32..6, 0_u32..30).prop_map(|(days, hours)| Step::Wait(Wait { days, hours })),
        1 => Just(Step::OnlyIf(Check::NotBought)),
        1 => Just(Step::OnlyIf(Check::Rule(segment("B")))),
    ]
}

fn sequence(n: usize) -> impl Strategy<Value = Sequence> {
    let exit = prop_oneof![
        Just(Exit::Bought),
        Just(Exit::Unsubscribed),
        (0_usize..4).prop_map(|other| Exit::Entered(format!("S{other}")))
    ];
    let again = prop_oneof![Just(Again::Once), (1_u32..20).prop_map(Again::AfterDays)];
    (
        trigger(),
        prop::collection::vec(step(), 0..7),
        prop::collection::vec(exit, 0..3),
        (0_u32..3, again, 1_u32..12, prop::bool::weighted(0.9)),
        prop_oneof![2 => Just(None), 1 => Just(Some(segment("A"))), 1 => Just(Some(segment("B")))],
    )
        .prop_map(move |(trigger, steps, exits, (priority, again, window_days, active), audience)| Sequence {
            exits,
            priority,
            again,
            window_days,
            active,
            audience,
            ..Sequence::new(&format!("S{n}"), trigger, steps)
        })
}

pub fn any_sequences() -> impl Strategy<Value = Vec<Sequence>> {
    (sequence(0), sequence(1), sequence(2), sequence(3), 1_usize..=4).prop_map(|(a, b, c, d, n)| {
        let mut all = vec![a, b, c, d];
        all.truncate(n);
        all
    })
}

pub fn any_pressure() -> impl Strategy<Value = Pressure> {
    let quiet = prop::option::of((0_u8..24, 0_u8..24).prop_map(|(from, to)| Quiet { from, to }));
    let limit = |most: u32| prop::option::of(1..most);
    (limit(3), limit(4), limit(7), quiet, 0_u32..4, any::<bool>(), any::<bool>()).prop_map(
        |(per_day, per_week, per_30_days, quiet, apart_days, contacts, assume_consent)| Pressure {
            per_day,
            per_week,
            per_30_days,
            quiet,
            apart_days,
            contacts,
            assume_consent,
        },
    )
}
