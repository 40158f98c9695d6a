//! From rows to columns: the dataset that analyses read.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};

use super::write::LINE_BITS;
use super::{Result, Workspace};
use crate::jobs::Progress;
use crate::model::dataset::{Customers, Dataset, Lines, NO_CUSTOMER, NO_DAY, Orders, Products, Refunds, Spend, flag};
use crate::model::record::OrderStatus;
use crate::model::time::DayClock;
use crate::model::{Currency, Day, Zone};

/// Rows between two looks at the cancel flag.
const STEP: u64 = 65_536;

impl Workspace {
    /// Reads the whole shop into columns. Lines are read on a thread of their own.
    ///
    /// Merged customers become one; orders are sorted by customer, then by time.
    pub fn dataset(&self, zone: Zone, progress: &Progress) -> Result<Dataset> {
        let revision = self.data_revision()?;
        let reader = self.reader()?;
        let connection = &self.connection;
        let rows: u32 = connection.query_row("SELECT coalesce(max(id), 0) FROM orders", [], |row| row.get(0))?;
        let rows = u64::from(rows);
        progress.expect(rows);
        std::thread::scope(|scope| {
            let lines = scope.spawn(move || read_lines(&reader, rows, progress));
            let labels = read_labels(connection)?;
            let (customers, index_of) = read_customers(connection, zone)?;
            let Read { mut orders, currencies, refunded } =
                read_orders(connection, &labels, &index_of, rows, zone, progress)?;
            let refunds = read_refunds(connection, zone, &refunded)?;
            let products = read_products(connection)?;
            let spend = read_spend(connection)?;
            let (lines, lines_of) = match lines.join() {
                Ok(lines) => lines?,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            give_lines(&mut orders, &lines_of);
            drop(lines_of);
            group_by_customer(&mut orders, customers.id.len());
            let refunds = place_refunds(refunds, &orders);
            let span = span_of(&orders, &refunds);
            Ok(Dataset {
                customers: Arc::new(customers),
                orders: Arc::new(orders),
                lines: Arc::new(lines),
                products: Arc::new(products),
                refunds: Arc::new(refunds),
                spend: Arc::new(spend),
                currencies,
                labels: Arc::new(labels),
                revision,
                span,
            })
        })
    }
}

/// First day with an order, last day with an order or a refund. Test orders are no part of the shop's history.
fn span_of(orders: &Orders, refunds: &Refunds) -> Option<(Day, Day)> {
    let real =
        || orders.day.iter().zip(&orders.flags).filter(|(_, flags)| *flags & flag::TEST == 0).map(|(day, _)| *day);
    let last_refund = refunds.day.iter().copied().max().unwrap_or(NO_DAY);
    Some((real().min()?, real().max()?.max(last_refund)))
}

/// A file of an older Cartwright that is opened for reading keeps its columns, which know days only.
fn read_spend(connection: &Connection) -> Result<Vec<Spend>> {
    let knows_periods = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('spend') WHERE name = 'until')";
    let knows_periods: bool = connection.query_row(knows_periods, [], |row| row.get(0))?;
    let (until, origin) = if knows_periods { ("until", "origin") } else { ("NULL", "0") };
    let mut select = connection.prepare(&format!(
        "SELECT day, channel, amount, label.text, {until}, {origin}, coalesce(campaign_id, 0) FROM spend
         JOIN label ON label.id = currency ORDER BY day, spend.id"
    ))?;
    let mut rows = select.query([])?;
    let mut spend = Vec::new();
    while let Some(row) = rows.next()? {
        let day = row.get_ref(0)?.as_str_or_null()?.and_then(Day::parse);
        let currency = row.get_ref(3)?.as_str_or_null()?.and_then(Currency::parse);
        if let Some((day, currency)) = day.zip(currency) {
            let until = row.get_ref(4)?.as_str_or_null()?.and_then(Day::parse).unwrap_or(day);
            let (origin, campaign) = (row.get(5)?, row.get(6)?);
            spend.push(Spend { day, until, channel: row.get(1)?, amount: row.get(2)?, currency, origin, campaign });
        }
    }
    Ok(spend)
}

fn read_labels(connection: &Connection) -> Result<Vec<String>> {
    let mut labels = vec![String::new()];
    let mut select = connection.prepare("SELECT id, text FROM label ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get::<_, u32>(0)? as usize;
        labels.resize(labels.len().max(id + 1), String::new());
        labels[id] = row.get(1)?;
    }
    Ok(labels)
}

/// Customers that were not merged into another, and the index of every customer id.
pub(super) fn read_customers(connection: &Connection, zone: Zone) -> Result<(Customers, Vec<u32>)> {
    let mut customers = Customers::default();
    let mut index_of: Vec<u32> = Vec::new();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    let mut clock = DayClock::new(zone);
    let mut select = connection.prepare("SELECT id, created_at, country, merged_into FROM customer ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: u32 = row.get(0)?;
        index_of.resize(id as usize + 1, NO_CUSTOMER);
        if let Some(into) = row.get::<_, Option<u32>>(3)? {
            merged.push((id as usize, into as usize));
            continue;
        }
        index_of[id as usize] = customers.id.len() as u32;
        customers.id.push(id);
        customers.created.push(row.get::<_, Option<i64>>(1)?.map_or(NO_DAY, |at| clock.day(at)));
        customers.country.push(row.get::<_, Option<u32>>(2)?.unwrap_or(0));
    }
    // Later merges may point at customers that were merged before: follow until an account is reached.
    for _ in 0..merged.len() {
        let mut open = false;
        for &(from, into) in &merged {
            let target = index_of.get(into).copied().unwrap_or(NO_CUSTOMER);
            open |= target == NO_CUSTOMER;
            index_of[from] = target;
        }
        if !open {
            break;
        }
    }
    Ok((customers, index_of))
}

/// What one pass over the orders gives.
struct Read {
    orders: Orders,
    currencies: Vec<Currency>,
    /// Id and total of the orders that were refunded by their status.
    refunded: Vec<(u32, i64)>,
}

/// Orders by customer and time, and the currencies they use.
fn read_orders(
    connection: &Connection,
    labels: &[String],
    index_of: &[u32],
    rows: u64,
    zone: Zone,
    progress: &Progress,
) -> Result<Read> {
    let mut o = Orders::default();
    let mut refunded = Vec::new();
    reserve(&mut o, rows as usize);
    let mut currencies: Vec<Currency> = Vec::new();
    let mut currency_index: Vec<Option<u8>> = vec![None; labels.len()];
    let mut clock = DayClock::new(zone);
    let sql = "SELECT id, customer_id, placed_at, status, flags, currency, channel, discount, shipping, tax, total FROM orders";
    let mut select = connection.prepare(sql)?;
    let mut found = select.query([])?;
    let mut n = 0;
    while let Some(row) = found.next()? {
        n += 1;
        if n % STEP == 0 {
            progress.step(n)?;
        }
        let placed_at = integer(row, 2);
        let label = integer(row, 5) as usize;
        let currency = match currency_index.get(label).copied().flatten() {
            Some(index) => index,
            None => {
                let currency = labels.get(label).and_then(|code| Currency::parse(code)).unwrap_or(Currency::USD);
                let at = currencies.iter().position(|&c| c == currency).unwrap_or(currencies.len());
                if at == currencies.len() {
                    currencies.push(currency);
                }
                let index = u8::try_from(at).unwrap_or(u8::MAX);
                if let Some(slot) = currency_index.get_mut(label) {
                    *slot = Some(index);
                }
                index
            }
        };
        o.id.push(integer(row, 0) as u32);
        o.customer.push(match integer(row, 1) {
            0 => NO_CUSTOMER,
            id => index_of.get(id as usize).copied().unwrap_or(NO_CUSTOMER),
        });
        o.placed_at.push(placed_at);
        o.day.push(clock.day(placed_at));
        o.status.push(integer(row, 3) as u8);
        o.flags.push(integer(row, 4) as u8 & (flag::TEST | flag::RETURN | flag::TAX_UNKNOWN));
        o.currency.push(currency);
        o.channel.push(integer(row, 6) as u32);
        o.discount.push(integer(row, 7));
        o.shipping.push(integer(row, 8));
        o.tax.push(integer(row, 9));
        let total = integer(row, 10);
        o.total.push(total);
        if integer(row, 3) == OrderStatus::Refunded as i64 && total > 0 {
            refunded.push((integer(row, 0) as u32, total));
        }
    }
    Ok(Read { orders: o, currencies, refunded })
}

/// An integer column; NULL reads as 0, which no id and no label has.
fn integer(row: &Row<'_>, column: usize) -> i64 {
    row.get_ref(column).ok().and_then(|value| value.as_i64_or_null().ok().flatten()).unwrap_or(0)
}

fn reserve(o: &mut Orders, n: usize) {
    o.id.reserve_exact(n);
    o.customer.reserve_exact(n);
    o.placed_at.reserve_exact(n);
    o.day.reserve_exact(n);
    o.status.reserve_exact(n);
    o.flags.reserve_exact(n);
    o.currency.reserve_exact(n);
    o.channel.reserve_exact(n);
    for money in [&mut o.discount, &mut o.shipping, &mut o.tax, &mut o.total] {
        money.reserve(n);
    }
}

/// Lines in the order of the workspace, and where the lines of each order id start (one more entry than ids).
fn read_lines(connection: &Connection, orders: u64, progress: &Progress) -> Result<(Lines, Vec<u32>)> {
    let mut lines = Lines::default();
    let mut starts: Vec<u32> = Vec::with_capacity(orders as usize + 2);
    // Ids leave gaps, so the count takes a scan; twice the orders is a fair guess and saves it.
    lines.product.reserve(orders as usize * 2);
    let mut select = connection.prepare("SELECT id, product_id, quantity, amount, discount FROM line")?;
    let mut rows = select.query([])?;
    let mut n = 0_u32;
    while let Some(row) = rows.next()? {
        if u64::from(n).is_multiple_of(STEP) && progress.is_cancelled() {
            return Err(crate::jobs::Cancelled.into());
        }
        let order = (integer(row, 0) >> LINE_BITS) as usize;
        while starts.len() <= order {
            starts.push(n);
        }
        lines.product.push(integer(row, 1) as u32);
        lines.quantity_milli.push(integer(row, 2));
        lines.amount.push(integer(row, 3));
        lines.discount.push(integer(row, 4));
        n += 1;
    }
    while starts.len() <= orders as usize + 1 {
        starts.push(n);
    }
    lines.product.shrink_to_fit();
    for money in [&mut lines.quantity_milli, &mut lines.amount, &mut lines.discount] {
        money.shrink_to_fit();
    }
    Ok((lines, starts))
}

fn give_lines(orders: &mut Orders, starts: &[u32]) {
    let start = |id: u32| starts[(id as usize).min(starts.len() - 1)];
    orders.line_start = orders.id.iter().map(|&id| start(id)).collect();
    orders.line_count = orders.id.iter().map(|&id| start(id + 1) - start(id)).collect();
}

fn read_products(connection: &Connection) -> Result<Products> {
    let mut products = Products::default();
    let mut select = connection.prepare("SELECT id, category, price, cost, stock FROM product ORDER BY id")?;
    let mut rows = select.query([])?;
    // Lines point at row ids, which imports give without gaps; entry 0 stands for "no product".
    let mut push = |id: u32, category: u32, price, cost, stock| {
        products.id.push(id);
        products.category.push(category);
        products.price.push(price);
        products.cost.push(cost);
        products.stock.push(stock);
        products.id.len() as u32
    };
    let mut next = push(0, 0, None, None, None);
    while let Some(row) = rows.next()? {
        let id: u32 = row.get(0)?;
        while next < id {
            next = push(next, 0, None, None, None);
        }
        next = push(id, row.get::<_, Option<u32>>(1)?.unwrap_or(0), row.get(2)?, row.get(3)?, row.get(4)?);
    }
    Ok(products)
}

/// A refund with the row id of its order.
struct RawRefund {
    order: u32,
    day: Day,
    imported: Day,
    amount: i64,
}

/// Refunds; `by_status` are orders (id, total) whose status says that they were refunded.
fn read_refunds(connection: &Connection, zone: Zone, by_status: &[(u32, i64)]) -> Result<Vec<RawRefund>> {
    let mut clock = DayClock::new(zone);
    let sql = "SELECT refund.order_id, refund.at, refund.amount, import.imported_at FROM refund
               LEFT JOIN import ON import.id = refund.import_id ORDER BY refund.order_id, refund.id";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut refunds = Vec::new();
    while let Some(row) = rows.next()? {
        let mut day = |at: Option<i64>| at.map_or(NO_DAY, |at| clock.day(at));
        refunds.push(RawRefund {
            order: row.get(0)?,
            day: day(row.get(1)?),
            imported: day(row.get(3)?),
            amount: row.get(2)?,
        });
    }
    drop(rows);
    // An order that is refunded by its status, while no file says how much, is refunded whole.
    let told = refunds.len();
    let mut imported = connection
        .prepare("SELECT imported_at FROM import JOIN orders ON orders.import_id = import.id WHERE orders.id = ?")?;
    for &(order, amount) in by_status {
        if refunds[..told].binary_search_by_key(&order, |refund| refund.order).is_err() {
            let at: Option<i64> = imported.query_row([order], |row| row.get(0)).optional()?;
            refunds.push(RawRefund { order, day: NO_DAY, imported: at.map_or(NO_DAY, |at| clock.day(at)), amount });
        }
    }
    Ok(refunds)
}

/// Refunds by the position of their order.
fn place_refunds(raw: Vec<RawRefund>, orders: &Orders) -> Refunds {
    if raw.is_empty() {
        return Refunds::default();
    }
    let last = orders.id.iter().max().copied().unwrap_or(0) as usize;
    let mut position_of = vec![u32::MAX; last + 1];
    for (position, &id) in (0_u32..).zip(&orders.id) {
        position_of[id as usize] = position;
    }
    let mut placed: Vec<(u32, RawRefund)> = raw
        .into_iter()
        .filter_map(|r| position_of.get(r.order as usize).filter(|&&p| p != u32::MAX).map(|&p| (p, r)))
        .collect();
    placed.sort_by_key(|(position, _)| *position);
    let mut refunds = Refunds::default();
    for (position, r) in placed {
        refunds.order.push(position);
        refunds.day.push(r.day);
        refunds.imported.push(r.imported);
        refunds.amount.push(r.amount);
    }
    refunds
}

/// Sorts orders by customer and time (a counting sort by customer, then each customer's few orders), column by column
/// so that only one column is ever held twice.
fn group_by_customer(o: &mut Orders, customers: usize) {
    let slot = |c: u32| (c as usize).min(customers);
    let mut starts = vec![0_u32; customers + 2];
    for &c in &o.customer {
        starts[slot(c) + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut next = starts.clone();
    let mut order = vec![0_u32; o.id.len()];
    for (i, &c) in (0_u32..).zip(&o.customer) {
        let at = &mut next[slot(c)];
        order[*at as usize] = i;
        *at += 1;
    }
    let key = |&i: &u32| (o.placed_at[i as usize], i);
    for range in starts.windows(2) {
        let own = &mut order[range[0] as usize..range[1] as usize];
        if !own.is_sorted_by_key(key) {
            own.sort_unstable_by_key(key);
        }
    }
    fn arrange<T: Copy>(column: &mut Vec<T>, order: &[u32]) {
        *column = order.iter().map(|&i| column[i as usize]).collect();
    }
    arrange(&mut o.id, &order);
    arrange(&mut o.customer, &order);
    arrange(&mut o.placed_at, &order);
    arrange(&mut o.day, &order);
    arrange(&mut o.status, &order);
    arrange(&mut o.flags, &order);
    arrange(&mut o.currency, &order);
    arrange(&mut o.channel, &order);
    arrange(&mut o.line_start, &order);
    arrange(&mut o.line_count, &order);
    for money in [&mut o.discount, &mut o.shipping, &mut o.tax, &mut o.total] {
        *money = money.permuted(&order);
    }
    starts.truncate(customers + 1);
    o.by_customer = starts;
}
