//! Parts of an order become a whole one.

use rustc_hash::FxHashMap;

use super::super::names::OrderNumbers;
use super::super::people::{NewCustomer, People};
use super::super::products::Products;
use super::super::{Context, Error, Result};
use super::row::{LineRow, OrderRow, REFUND_ALONE, RefundRow, SUMMARY, TOTAL_STATED};
use crate::model::dataset::flag;
use crate::model::record::{MAX_LINES_PER_ORDER, OrderRecord, OrderStatus, RefundRecord};

pub fn is_refund_alone(record: &OrderRecord) -> bool {
    record.lines.is_empty() && record.total.is_none() && !record.refunds.is_empty()
}

/// A refund row says nothing of its order but the refund; its date is that of the refund.
pub fn only_refunds(record: OrderRecord) -> OrderRecord {
    let mut refunds = record.refunds;
    for refund in &mut refunds {
        refund.at = refund.at.or(record.placed_at);
    }
    let OrderRecord { line, key, customer, currency, summary, .. } = record;
    OrderRecord { line, key, customer, currency, summary, refunds, ..Default::default() }
}

/// One record per order with its number, in the order of their first refund.
pub fn join_by_key(records: Vec<(u32, OrderRecord)>) -> Vec<(u32, OrderRecord)> {
    let mut joined: Vec<(u32, OrderRecord)> = Vec::new();
    let mut place: FxHashMap<String, usize> = FxHashMap::default();
    for (number, record) in records {
        match place.get(&record.key) {
            Some(&at) => join_parts(&mut joined[at].1, record),
            None => {
                place.insert(record.key.clone(), joined.len());
                joined.push((number, record));
            }
        }
    }
    joined
}

/// A refund whose order was never seen becomes a return.
pub fn book_as_return(record: &mut OrderRecord) {
    record.total = Some(-record.refunds.iter().map(|r| r.amount).sum::<i64>());
    record.placed_at = record.placed_at.or(record.refunds.iter().find_map(|r| r.at));
    record.refunds.clear();
}

pub fn check_line_count(lines: usize, key: &str) -> Result<()> {
    if lines > MAX_LINES_PER_ORDER {
        return Err(Error::Refused(format!(
            "order {key} has more than {MAX_LINES_PER_ORDER} lines; nothing was changed, check which column is the order number"
        )));
    }
    Ok(())
}

/// Adds a later part of an order to an earlier one of the same file: the first value that is not blank holds.
pub fn join_parts(whole: &mut OrderRecord, part: OrderRecord) {
    fn first<T>(a: &mut Option<T>, b: Option<T>) {
        if a.is_none() {
            *a = b;
        }
    }
    whole.placed_at = match (whole.placed_at, part.placed_at) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    if whole.customer.is_empty() {
        whole.customer = part.customer;
    }
    first(&mut whole.number, part.number);
    first(&mut whole.country, part.country);
    first(&mut whole.channel, part.channel);
    first(&mut whole.currency, part.currency);
    first(&mut whole.status, part.status);
    first(&mut whole.discount, part.discount);
    first(&mut whole.shipping, part.shipping);
    first(&mut whole.tax, part.tax);
    first(&mut whole.total, part.total);
    // Yes beats no, and either beats silence.
    whole.test = whole.test.max(part.test);
    whole.summary |= part.summary;
    whole.nothing_refunded |= part.nothing_refunded;
    whole.codes.extend(part.codes);
    whole.refunds.extend(part.refunds);
    whole.lines.extend(part.lines);
    whole.attributes.extend(part.attributes);
}

pub fn refund_row(r: &RefundRecord, import: i64) -> RefundRow {
    RefundRow { at: r.at, amount: r.amount, reason: r.reason.clone(), import, line: r.line }
}

pub fn new_row<'c>(
    record: &OrderRecord,
    numbers: OrderNumbers<'_>,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    check_line_count(record.lines.len(), &record.key)?;
    let new =
        NewCustomer { name: record.customer_name.as_deref(), country: record.country.as_deref(), line: record.line };
    let mut lines = Vec::with_capacity(record.lines.len());
    for (n, line) in record.lines.iter().enumerate() {
        lines.push(LineRow {
            product: products.of_line(line, numbers.product(n), context)?,
            quantity: line.quantity_milli,
            amount: line.amount,
            discount: line.discount,
            line: line.line,
        });
    }
    let mut codes = Vec::with_capacity(record.codes.len());
    for code in &record.codes {
        codes.push((context.labels.id(&code.code)?, code.amount));
    }
    codes.sort_unstable();
    codes.dedup_by_key(|c| c.0);
    let currency = record.currency.unwrap_or(context.currency);
    let mut row = OrderRow {
        number: record.number.clone(),
        customer: people.resolve(&record.customer, numbers.customer, &new, context)?,
        placed_at: record.placed_at.unwrap_or(context.imported_at),
        status: record.status.unwrap_or(OrderStatus::Paid) as u8,
        flags: flags_of(record),
        currency: context.labels.id(currency.code())?,
        country: context.labels.optional(record.country.as_deref())?,
        channel: context.labels.optional(record.channel.as_deref())?,
        discount: 0,
        shipping: record.shipping.unwrap_or(0),
        tax: record.tax.unwrap_or(0),
        total: record.total.unwrap_or(0),
        line: record.line,
        lines_import: context.import,
        lines,
        refunds: record.refunds.iter().map(|r| refund_row(r, context.import)).collect(),
        codes,
    };
    row.settle(record.discount.unwrap_or(0));
    Ok(row)
}

fn flags_of(record: &OrderRecord) -> u8 {
    let set = |flag: u8, on: bool| if on { flag } else { 0 };
    set(flag::TEST, record.test == Some(true))
        | set(TOTAL_STATED, record.total.is_some())
        | set(SUMMARY, record.summary)
        | set(flag::TAX_UNKNOWN, record.tax.is_none())
}

/// What a stored order becomes by a record: blanks leave what is known, lines are replaced as a set.
pub fn overlay<'c>(
    stored: &OrderRow,
    record: &OrderRecord,
    numbers: OrderNumbers<'_>,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    if stored.flags & REFUND_ALONE != 0 {
        return if is_refund_alone(record) {
            let mut record = record.clone();
            book_as_return(&mut record);
            overlay_known(stored, &record, numbers, context, people, products)
        } else {
            overlay_known(&stored.with_refund_of_its_own(), record, numbers, context, people, products)
        };
    }
    overlay_known(stored, record, numbers, context, people, products)
}

fn overlay_known<'c>(
    stored: &OrderRow,
    record: &OrderRecord,
    numbers: OrderNumbers<'_>,
    context: &mut Context<'c>,
    people: &mut People<'c>,
    products: &mut Products<'c>,
) -> Result<OrderRow> {
    let mut new = new_row(record, numbers, context, people, products)?;
    let fills_only = record.summary && stored.flags & SUMMARY == 0;
    let stored_discount = stored.discount - stored.line_discount();
    new.number = new.number.or_else(|| stored.number.clone());
    new.customer = new.customer.or(stored.customer);
    new.placed_at = record.placed_at.unwrap_or(stored.placed_at);
    new.status = record.status.map_or(stored.status, |s| s as u8);
    new.flags |= stored.flags & REFUND_ALONE;
    if record.test.is_none() {
        new.flags |= stored.flags & flag::TEST;
    }
    if record.tax.is_none() {
        new.flags = new.flags & !flag::TAX_UNKNOWN | stored.flags & flag::TAX_UNKNOWN;
    }
    new.currency = if record.currency.is_some() { new.currency } else { stored.currency };
    new.country = new.country.or(stored.country);
    new.channel = new.channel.or(stored.channel);
    new.shipping = record.shipping.unwrap_or(stored.shipping);
    new.tax = record.tax.unwrap_or(stored.tax);
    if fills_only {
        (new.shipping, new.tax, new.total) = (stored.shipping, stored.tax, stored.total);
        (new.country, new.channel) = (stored.country.or(new.country), stored.channel.or(new.channel));
        new.flags = new.flags & !(SUMMARY | TOTAL_STATED) | stored.flags & TOTAL_STATED;
    }
    if record.lines.is_empty() || (fills_only && !stored.lines.is_empty()) {
        new.lines.clone_from(&stored.lines);
        new.lines_import = stored.lines_import;
    }
    if record.total.is_none() && (stored.flags & TOTAL_STATED != 0) {
        new.total = stored.total;
        new.flags |= TOTAL_STATED;
    }
    if fills_only && !stored.refunds.is_empty() {
        new.refunds.clone_from(&stored.refunds);
    } else if record.refunds.is_empty() {
        // Refunds with a date stand on rows of their own, of which this record knows nothing.
        let stays = |refund: &&RefundRow| !record.nothing_refunded || refund.at.is_some();
        new.refunds = stored.refunds.iter().filter(stays).cloned().collect();
    }
    if record.codes.is_empty() {
        new.codes.clone_from(&stored.codes);
    }
    new.line = stored.line;
    new.settle(record.discount.filter(|_| !fills_only).unwrap_or(stored_discount));
    Ok(new)
}
