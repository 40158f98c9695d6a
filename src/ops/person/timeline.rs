//! What happened to one customer, newest first, and the words for it.

use std::cmp::Reverse;

use crate::analytics::person::Portrait;
use crate::model::definitions::UndatedRefund;
use crate::model::{Currency, Day, Definitions, Locale, Segment};
use crate::workspace::lists::Origin;
use crate::workspace::person::{OrderEntry, Person};

/// What happened: where it stands in [`Person`], or in the stays of the [`Portrait`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An order.
    Order(usize),
    /// A refund: order, and which of its refunds.
    Refund(usize, usize),
    /// A cart was left.
    Cart(usize),
    /// An answer to the question whether one may write.
    Consent(usize),
    /// A contact with the shop.
    Touch(usize),
    /// An account was made.
    Account(usize),
    /// A stay in a segment began.
    Stay(usize),
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Its day in the shop's zone; `None` when the source does not say.
    pub day: Option<Day>,
    /// What it was.
    pub what: What,
}

/// An event in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// What happened.
    pub title: String,
    /// The rest of it.
    pub details: String,
    /// Money, minor units.
    pub amount: Option<(i64, Currency)>,
    /// The segment that was entered.
    pub segment: Option<Segment>,
}

/// Everything up to the day of the portrait, newest first. What has no date is known today and stands last.
pub fn of(person: &Person, portrait: &Portrait, definitions: &Definitions) -> Vec<Event> {
    let zone = definitions.zone;
    let mut found: Vec<(Option<i64>, Event)> = Vec::new();
    let mut add = |at: Option<i64>, what: What| found.push((at, Event { day: at.map(|at| zone.day(at)), what }));
    for (i, account) in person.accounts.iter().enumerate() {
        if account.created_at.is_some() || i > 0 {
            add(account.created_at, What::Account(i));
        }
    }
    for (i, order) in person.orders.iter().enumerate() {
        add(Some(order.placed_at), What::Order(i));
        for (r, refund) in order.refunds.iter().enumerate() {
            // The day that analyses take where the source has none.
            let usual = match definitions.undated_refunds {
                UndatedRefund::OrderDate => order.placed_at,
                UndatedRefund::ImportDate => refund.origin.imported_at,
            };
            add(refund.at.or(Some(usual)), What::Refund(i, r));
        }
    }
    for (i, cart) in person.carts.iter().enumerate() {
        add(cart.at, What::Cart(i));
    }
    for (i, consent) in person.consents.iter().enumerate() {
        add(consent.at, What::Consent(i));
    }
    for (i, touch) in person.touches.iter().enumerate() {
        add(Some(touch.at), What::Touch(i));
    }
    // A stay begins with what happened on its day, and so stands above it.
    let stays = (0..portrait.stays.len()).filter(|&i| portrait.stays[i].segment.is_some());
    found.extend(stays.map(|i| (None, Event { day: portrait.stays[i].from, what: What::Stay(i) })));
    found.retain(|(_, event)| event.day.is_none_or(|day| day <= portrait.as_of));
    found.sort_by_key(|(at, event)| Reverse((event.day, at.unwrap_or(i64::MAX))));
    found.into_iter().map(|(_, event)| event).collect()
}

impl Event {
    /// The event in words.
    pub fn words(&self, person: &Person, portrait: &Portrait, locale: Locale) -> Words {
        match self.what {
            What::Order(i) => order(&person.orders[i], locale),
            What::Refund(i, r) => {
                let (order, refund) = (&person.orders[i], &person.orders[i].refunds[r]);
                Words {
                    title: format!("Refund of order {}", order.number),
                    details: refund.reason.clone().unwrap_or_default(),
                    amount: Some((-refund.amount, order.currency)),
                    ..Words::default()
                }
            }
            What::Cart(i) => {
                let cart = &person.carts[i];
                Words {
                    title: "Cart left".into(),
                    details: locale.counted(cart.lines, "product", "products"),
                    amount: cart.total.map(|total| (total, cart.currency)),
                    ..Words::default()
                }
            }
            What::Consent(i) => {
                let consent = &person.consents[i];
                let said = if consent.granted { "Agreed to" } else { "Refused" };
                let source = format!("Told by {}", consent.source);
                Words { title: format!("{said} {}", channel(&consent.channel)), details: source, ..Words::default() }
            }
            What::Touch(i) => {
                let touch = &person.touches[i];
                let around = [touch.campaign.as_deref(), touch.channel.as_deref()];
                let details = around.into_iter().flatten().collect::<Vec<_>>().join(", ");
                Words { title: capital(&touch.kind), details, ..Words::default() }
            }
            What::Account(0) => Words { title: "Account made".into(), ..Words::default() },
            What::Account(i) => {
                let account = &person.accounts[i];
                let of = person.identities.iter().find(|identity| identity.account == account.id);
                let called = account.name.as_deref().or(of.map(|identity| identity.value.as_str()));
                let title = "Account that was merged into this one".to_owned();
                Words { title, details: called.unwrap_or_default().to_owned(), ..Words::default() }
            }
            What::Stay(i) => stay(portrait, i, locale),
        }
    }

    /// Where the event came from; `None` for what follows from others.
    pub fn origin<'a>(&self, person: &'a Person) -> Option<&'a Origin> {
        match self.what {
            What::Order(i) => Some(&person.orders[i].origin),
            What::Refund(i, r) => Some(&person.orders[i].refunds[r].origin),
            What::Cart(i) => Some(&person.carts[i].origin),
            What::Consent(i) => Some(&person.consents[i].origin),
            What::Touch(i) => Some(&person.touches[i].origin),
            What::Account(i) => Some(&person.accounts[i].origin),
            What::Stay(_) => None,
        }
    }
}

/// What kind of order it was, what was in it, and what became of it.
fn order(order: &OrderEntry, locale: Locale) -> Words {
    let kind = match (order.test, order.is_return) {
        (true, _) => "Test order",
        (_, true) => "Return",
        _ => "Order",
    };
    let units = order.lines.iter().map(|line| line.quantity_milli).fold(0, i64::saturating_add);
    let mut parts = vec![quantity(units, locale), capital(order.status.word())];
    if order.lines.is_empty() {
        parts.remove(0);
    }
    if order.discount != 0 {
        parts.push(format!("discount {}", locale.money(order.discount, order.currency)));
    }
    if !order.codes.is_empty() {
        parts.push(format!("code {}", order.codes.join(", ")));
    }
    Words {
        title: format!("{kind} {}", order.number),
        details: parts.join(" · "),
        amount: Some((order.total, order.currency)),
        ..Words::default()
    }
}

fn stay(portrait: &Portrait, i: usize, locale: Locale) -> Words {
    let segment = portrait.stays[i].segment;
    let name = segment.map_or("", Segment::name);
    let until = portrait.stays.get(i + 1).and_then(|next| next.from).map_or(portrait.as_of.0 + 1, |day| day.0);
    let days = portrait.stays[i].from.map(|from| u64::from((until - from.0).unsigned_abs()));
    let stayed = days.map(|days| locale.counted(days, "day", "days"));
    let details = match (stayed, i + 1 == portrait.stays.len()) {
        (Some(stayed), true) => format!("For {stayed} so far"),
        (Some(stayed), false) => format!("For {stayed}"),
        (None, _) => String::new(),
    };
    Words { title: format!("Segment {name}"), details, segment, ..Words::default() }
}

/// `3 units`, `0.25 units`.
pub fn quantity(milli: i64, locale: Locale) -> String {
    if milli % 1_000 == 0 {
        let sign = if milli < 0 { "−" } else { "" };
        return format!("{sign}{}", locale.counted(milli.unsigned_abs() / 1_000, "unit", "units"));
    }
    format!("{} units", locale.number(milli as f64 / 1_000.0, 3))
}

/// A channel that one can agree to, as people say it.
pub fn channel(key: &str) -> &str {
    match key {
        "email" => "e-mail",
        "sms" => "text messages",
        other => other,
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
