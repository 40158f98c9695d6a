//! A person for programs: money in major units beside its currency, shares 0–1, dates and moments by RFC 3339.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use super::Dossier;
use super::timeline::What;
use crate::analytics::clv::{Estimate, PerCustomer, Unfit, day_after};
use crate::analytics::rfm::Group;
use crate::model::{Currency, Day, Definitions, Segment};
use crate::workspace::lists::Origin;
use crate::workspace::person::{Account, Attribute, CartEntry, ConsentEntry, LineEntry, OrderEntry, Person};
use crate::workspace::person::{RefundEntry, TouchEntry};

/// A moment: `2026-10-14T09:30:00Z`.
pub fn moment(at: i64) -> Option<String> {
    DateTime::from_timestamp(at, 0).map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn from(origin: &Origin) -> Value {
    json!({"file": origin.file, "line": origin.line, "imported_at": moment(origin.imported_at)})
}

fn interval(e: &Estimate) -> Value {
    json!({"value": e.value, "low": e.low, "high": e.high})
}

fn attributes(list: &[Attribute]) -> Value {
    list.iter().map(|a| (a.name.clone(), Value::from(a.value.clone()))).collect::<Map<_, _>>().into()
}

fn account(account: &Account) -> Value {
    json!({
        "row": account.id,
        "name": account.name,
        "phone": account.phone,
        "country": account.country,
        "created_at": account.created_at.and_then(moment),
        "birth_date": account.birth_date,
        "tags": account.tags,
        "from": from(&account.origin),
    })
}

fn consent(consent: &ConsentEntry) -> Value {
    json!({
        "channel": consent.channel,
        "granted": consent.granted,
        "at": consent.at.and_then(moment),
        "source": consent.source,
        "from": from(&consent.origin),
    })
}

fn line(line: &LineEntry, currency: Currency) -> Value {
    json!({
        "product": line.product,
        "sku": line.sku,
        "quantity": line.quantity_milli as f64 / 1_000.0,
        "amount": currency.major(line.amount),
        "discount": currency.major(line.discount),
        "from": from(&line.origin),
    })
}

fn refund(refund: &RefundEntry, currency: Currency) -> Value {
    json!({
        "at": refund.at.and_then(moment),
        "amount": currency.major(refund.amount),
        "reason": refund.reason,
        "from": from(&refund.origin),
    })
}

fn order(order: &OrderEntry) -> Value {
    let (currency, major) = (order.currency, |minor: i64| order.currency.major(minor));
    json!({
        "number": order.number,
        "placed_at": moment(order.placed_at),
        "status": order.status,
        "test": order.test,
        "return": order.is_return,
        "currency": currency,
        "total": major(order.total),
        "discount": major(order.discount),
        "shipping": major(order.shipping),
        "tax": major(order.tax),
        "country": order.country,
        "channel": order.channel,
        "codes": order.codes,
        "lines": order.lines.iter().map(|l| line(l, currency)).collect::<Vec<_>>(),
        "refunds": order.refunds.iter().map(|r| refund(r, currency)).collect::<Vec<_>>(),
        "attributes": attributes(&order.attributes),
        "from": from(&order.origin),
    })
}

fn cart(cart: &CartEntry) -> Value {
    json!({
        "at": cart.at.and_then(moment),
        "currency": cart.currency,
        "total": cart.total.map(|minor| cart.currency.major(minor)),
        "products": cart.lines,
        "from": from(&cart.origin),
    })
}

fn touch(touch: &TouchEntry) -> Value {
    json!({
        "at": moment(touch.at),
        "kind": touch.kind,
        "channel": touch.channel,
        "campaign": touch.campaign,
        "from": from(&touch.origin),
    })
}

/// Everything that is known of a person, whatever the day.
pub fn person(person: &Person) -> Value {
    json!({
        "row": person.id,
        "name": person.name(),
        "emails": person.emails().collect::<Vec<_>>(),
        "phone": person.phone(),
        "country": person.country(),
        "birth_date": person.birth_date(),
        "shop_ids": person.shop_ids().map(|(system, id)| json!({"system": system, "id": id})).collect::<Vec<_>>(),
        "tags": person.tags(),
        "attributes": attributes(&person.attributes),
        "accounts": person.accounts.iter().map(account).collect::<Vec<_>>(),
        "consents": person.consents.iter().map(consent).collect::<Vec<_>>(),
        "orders": person.orders.iter().map(order).collect::<Vec<_>>(),
        "carts": person.carts.iter().map(cart).collect::<Vec<_>>(),
        "touches": person.touches.iter().map(touch).collect::<Vec<_>>(),
    })
}

/// The figures of a day.
pub fn figures(dossier: &Dossier, definitions: &Definitions) -> Value {
    let (portrait, currency) = (&dossier.portrait, definitions.currency);
    let facts = &portrait.facts;
    let known = |day: Day| (facts.orders > 0).then_some(day);
    let stay =
        |stay: &crate::analytics::course::Stay| json!({"segment": stay.segment.map(Segment::name), "from": stay.from});
    let rfm = portrait
        .scores
        .map(|scores| json!({"r": scores.r, "f": scores.f, "m": scores.m, "group": portrait.group.map(Group::name)}));
    json!({
        "as_of": portrait.as_of,
        "currency": currency,
        "definitions": definitions.version,
        "customer_since": dossier.since(definitions),
        "orders": facts.orders,
        "orders_in_12_months": facts.orders_in_year,
        "revenue": currency.major(facts.revenue),
        "revenue_in_12_months": currency.major(facts.revenue_in_year),
        "average_order_value": portrait.average.map(|minor| currency.major(minor)),
        "first_order": known(facts.first),
        "last_order": known(facts.last),
        "recency_days": facts.recency(portrait.as_of),
        "segment": portrait.segment.map(Segment::name),
        "rfm": rfm,
        "segment_history": portrait.stays.iter().map(stay).collect::<Vec<_>>(),
    })
}

/// What models foretell of a customer; for those who never bought, or where no model fits, why it cannot be told.
pub fn foretold(found: &Result<PerCustomer, Unfit>, customer: u32) -> Value {
    let base = match found {
        Ok(base) => base,
        Err(unfit) => return json!({"cannot_tell": unfit.to_string()}),
    };
    let Some(one) = base.customers.get(customer as usize).and_then(Option::as_ref) else {
        return json!({"cannot_tell": "this customer has not bought by then"});
    };
    let outlook = base.with_intervals(one);
    let next = &outlook.next_order;
    let day = |days: f64| day_after(base.as_of, days);
    json!({
        "model": base.fit.model,
        "horizon_days": base.settings.horizon,
        "discount_per_year": base.settings.discount,
        "p_alive": interval(&outlook.p_alive),
        "expected_orders": interval(&outlook.orders),
        "orders_range": [outlook.orders_range.0, outlook.orders_range.1],
        "predicted_value": interval(&outlook.value),
        "next_order": {"median": day(next.value), "low": day(next.low), "high": day(next.high)},
    })
}

/// What happened, newest first.
pub fn timeline(dossier: &Dossier) -> Value {
    let (of, portrait) = (&dossier.person, &dossier.portrait);
    let event = |event: &super::Event| {
        let (kind, mut body) = match event.what {
            What::Order(i) => ("order", order(&of.orders[i])),
            What::Refund(i, r) => {
                let mut body = refund(&of.orders[i].refunds[r], of.orders[i].currency);
                body["order"] = of.orders[i].number.clone().into();
                body["currency"] = json!(of.orders[i].currency);
                ("refund", body)
            }
            What::Cart(i) => ("cart", cart(&of.carts[i])),
            What::Consent(i) => ("consent", consent(&of.consents[i])),
            What::Touch(i) => ("touch", touch(&of.touches[i])),
            What::Account(0) => ("account", account(&of.accounts[0])),
            What::Account(i) => ("merged_account", account(&of.accounts[i])),
            What::Stay(i) => ("segment", json!({"segment": portrait.stays[i].segment.map(Segment::name)})),
        };
        body["kind"] = kind.into();
        body["day"] = json!(event.day);
        body
    };
    dossier.events.iter().map(event).collect::<Vec<_>>().into()
}
