//! Rows of every exported table, one at a time.

use anyhow::{Result, bail};

use crate::analytics::discounts::rate;
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::{FIGURE_FIELDS, FigureOf, Sieve, in_shop_currency, is_unrated};
use crate::model::dataset::{NO_CUSTOMER, NO_DAY};
use crate::model::details::{Attributes, millionths};
use crate::model::{Dataset, Day, Details};
use crate::ops::Session;
use crate::report::table_export::Value;

/// Rows of a table.
pub type Rows<'a> = Box<dyn Iterator<Item = Result<Vec<Value>>> + 'a>;

/// Customers whose names are fetched at once.
const PAGE: usize = 4_096;
/// Every fact, whenever it happened: the SQL of a rule picks those of its day.
const EVER: Day = Day(i32::MAX);

/// Rows of the table of a name.
pub fn of<'a>(session: &'a Session, sieve: &'a Sieve, table: &str) -> Result<Rows<'a>> {
    let (data, details) = (&*sieve.shop.data, &*sieve.shop.details);
    let customer = |at: u32| number(data.customers.id[at as usize]);
    Ok(match table {
        "customers" => customers(session, data, details),
        "products" => products(data, details),
        "orders" => orders(sieve),
        "refunds" => refunds(sieve),
        "order_lines" => lines(sieve),
        "order_codes" => {
            let kept = exported(sieve);
            let codes = details.codes.iter().filter(move |(order, _)| kept(*order as usize));
            plain(
                codes.map(|(order, code)| {
                    vec![number(data.orders.id[*order as usize]), text(&data.labels[*code as usize])]
                }),
            )
        }
        "order_attributes" => {
            let kept = exported(sieve);
            let id = move |at: u32| kept(at as usize).then(|| number(data.orders.id[at as usize]));
            attributes(details, &details.order_attributes, id)
        }
        "product_attributes" => attributes(details, &details.product_attributes, |at| Some(number(at))),
        "customer_attributes" => attributes(details, &details.customer_attributes, move |at| Some(customer(at))),
        "customer_tags" => plain(
            details.tags.iter().flat_map(move |(tag, all)| all.iter().map(move |at| vec![customer(*at), text(tag)])),
        ),
        "consents" => plain(details.consents.iter().flat_map(move |(channel, answers)| {
            answers.iter().map(move |answer| {
                vec![customer(answer.customer), text(channel), flag(answer.granted), day(answer.day)]
            })
        })),
        "carts" => plain(
            details
                .carts
                .iter()
                .filter(|cart| cart.day != NO_DAY)
                .map(move |cart| vec![customer(cart.customer), day(cart.day)]),
        ),
        "touchpoints" => plain(details.touches.iter().map(move |touch| {
            let word = |number| text(details.texts.get(number));
            vec![customer(touch.customer), day(touch.day), word(touch.kind), word(touch.channel), word(touch.campaign)]
        })),
        "customer_figures" => figures(sieve),
        other => bail!("there is no table {other}"),
    })
}

fn plain<'a>(rows: impl Iterator<Item = Vec<Value>> + 'a) -> Rows<'a> {
    Box::new(rows.map(Ok))
}

fn number(n: u32) -> Value {
    Value::Count(n.into())
}

/// Whole numbers up to 2^53 stand in a float as they are.
fn whole(n: i64) -> Value {
    Value::Number(n as f64)
}

fn flag(is: bool) -> Value {
    Value::Count(is.into())
}

fn text(text: &str) -> Value {
    // An empty cell is the one that says “nothing known”.
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

fn day(day: Day) -> Value {
    if day == NO_DAY { Value::Empty } else { Value::Day(day) }
}

fn customers<'a>(session: &'a Session, data: &'a Dataset, details: &'a Details) -> Rows<'a> {
    let known = |list: &[bool], at: usize| flag(list.get(at).copied().unwrap_or(false));
    Box::new((0..data.customers.id.len()).step_by(PAGE).flat_map(move |from| {
        let to = (from + PAGE).min(data.customers.id.len());
        let listed = match session.customers(&data.customers.id[from..to]) {
            Ok(listed) => listed,
            Err(error) => return vec![Err(error)],
        };
        (from..to)
            .zip(listed)
            .map(|(at, listing)| {
                let created = data.customers.created[at];
                let first = data.orders.of_customer(at).next().map_or(NO_DAY, |i| data.orders.day[i]);
                let seen = [created, first].into_iter().filter(|day| *day != NO_DAY).min().unwrap_or(NO_DAY);
                let word = |text: Option<String>| text.map_or(Value::Empty, Value::Text);
                Ok(vec![
                    number(data.customers.id[at]),
                    word(listing.shop_id),
                    word(listing.email),
                    day(seen),
                    day(created),
                    day(details.birth_date.get(at).copied().unwrap_or(NO_DAY)),
                    text(&data.labels[data.customers.country[at] as usize]),
                    known(&details.has_email, at),
                    known(&details.has_phone, at),
                ])
            })
            .collect()
    }))
}

fn products<'a>(data: &'a Dataset, details: &'a Details) -> Rows<'a> {
    let names = &details.products;
    let word = |number: u32| text(details.texts.get(number));
    // Entry 0 stands for “no product”.
    plain((1..data.products.id.len()).map(move |at| {
        let category = text(&data.labels[data.products.category[at] as usize]);
        vec![number(at as u32), word(names.sku[at]), word(names.title[at]), category, word(names.brand[at])]
    }))
}

/// Whether an order is exported: it is somebody's, and counts or would if its currency had a rate.
fn exported(sieve: &Sieve) -> impl Fn(usize) -> bool + '_ {
    let (data, definitions) = (&*sieve.shop.data, &sieve.shop.definitions);
    let revenue = Revenue::new(data, definitions, EVER);
    move |i| {
        data.orders.customer[i] != NO_CUSTOMER && (revenue.is_counted(i) || is_unrated(data, definitions, &revenue, i))
    }
}

fn orders(sieve: &Sieve) -> Rows<'_> {
    let (data, definitions, details) = (&*sieve.shop.data, &sieve.shop.definitions, &*sieve.shop.details);
    let revenue = Revenue::new(data, definitions, EVER);
    let label = |number: u32| text(data.labels.get(number as usize).map_or("", String::as_str));
    let kept = exported(sieve);
    plain((0..data.orders.id.len()).filter(move |&i| kept(i)).map(move |i| {
        let o = &data.orders;
        let unrated = is_unrated(data, definitions, &revenue, i);
        let off = o.discount.get(i);
        vec![
            number(o.id[i]),
            number(data.customers.id[o.customer[i] as usize]),
            day(o.day[i]),
            flag(revenue.is_purchase(i)),
            flag(unrated),
            whole(if unrated { 0 } else { revenue.before_refunds(i) }),
            whole(in_shop_currency(data, definitions, i, off)),
            flag(off > 0),
            rate(data, i).map_or(Value::Empty, number),
            label(o.channel[i]),
            label(details.order_country.get(i).copied().unwrap_or(0)),
        ]
    }))
}

fn refunds(sieve: &Sieve) -> Rows<'_> {
    let (data, definitions) = (&*sieve.shop.data, &sieve.shop.definitions);
    let revenue = Revenue::new(data, definitions, EVER);
    plain((0..data.refunds.order.len()).filter_map(move |r| {
        let order = data.refunds.order[r] as usize;
        let taken = revenue.refunded(r);
        let kept = taken != 0 && data.orders.customer[order] != NO_CUSTOMER;
        kept.then(|| vec![number(data.orders.id[order]), day(revenue.refund_day(r)), whole(taken)])
    }))
}

fn lines(sieve: &Sieve) -> Rows<'_> {
    let (data, definitions) = (&*sieve.shop.data, &sieve.shop.definitions);
    let kept = exported(sieve);
    plain((0..data.orders.id.len()).filter(move |&i| kept(i)).flat_map(move |i| {
        let start = data.orders.line_start[i];
        (start..start + data.orders.line_count[i]).map(move |at| {
            let (lines, line) = (&data.lines, at as usize);
            let price = lines.amount.get(line) - lines.discount.get(line);
            vec![
                number(data.orders.id[i]),
                number(at - start + 1),
                if lines.product[line] == 0 { Value::Empty } else { number(lines.product[line]) },
                whole(lines.quantity_milli.get(line)),
                whole(in_shop_currency(data, definitions, i, price)),
            ]
        })
    }))
}

fn attributes<'a>(
    details: &'a Details,
    attributes: &'a Attributes,
    id: impl Fn(u32) -> Option<Value> + 'a,
) -> Rows<'a> {
    let all = attributes.iter().flat_map(|(name, values)| values.iter().map(move |(at, value)| (name, *at, *value)));
    plain(all.filter(|(_, _, value)| *value > 0).filter_map(move |(name, at, value)| {
        let value = details.texts.get(value);
        Some(vec![id(at)?, text(name), text(value), millionths(value).map_or(Value::Empty, whole)])
    }))
}

fn figures(sieve: &Sieve) -> Rows<'_> {
    plain(sieve.present.iter().map(move |at| {
        let mut row = vec![number(sieve.shop.data.customers.id[at as usize]), day(sieve.as_of)];
        row.extend(FIGURE_FIELDS.iter().map(|field| match sieve.figure(*field, at as usize) {
            Some(FigureOf::Text(name)) => text(name),
            Some(FigureOf::Number(n)) => whole(n),
            None => Value::Empty,
        }));
        row
    }))
}
