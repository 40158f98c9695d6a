//! Groups with what they made of a change, and by which factors.

use serde::Serialize;

use super::dimension::Dimension;
use super::factors::{Factor, Part, add};
use super::groups::{Groups, weekdays};
use super::shapley::{shapley, whole};
use super::tally::{Cell, Pair, Sums};
use crate::model::Day;

/// A group and its part of a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its name; of a product empty until somebody who knows it fills it in.
    pub name: String,
    /// The product, by index, where the group is one.
    pub product: Option<u32>,
    /// How many groups are joined in it; 1 = it is one by itself.
    pub joined: u64,
    /// The earlier period.
    pub before: Sums,
    /// The later period.
    pub after: Sums,
    /// What each factor made of it; sums to [`Row::amount`].
    pub parts: Vec<Part>,
}

impl Row {
    /// What the group made of the change, minor units.
    pub fn amount(&self) -> i64 {
        self.after.revenue() - self.before.revenue()
    }

    /// What a factor made of it; 0 where it has no part.
    pub fn part(&self, factor: Factor) -> i64 {
        self.parts.iter().find(|part| part.factor == factor).map_or(0, |part| part.amount)
    }
}

/// Rows of all groups in which something happened: in their own order where they have one, else the largest changes
/// first, the rest behind the first `most` joined.
pub(super) fn rows(groups: &Groups, cells: &[Cell], periods: [(Day, Day); 2], most: usize) -> Vec<Row> {
    let days = periods.map(weekdays);
    let units = [0, 1].map(|side| cells.iter().map(|cell| cell.all()[side].units_milli).sum::<i64>() as f64);
    let mut rows: Vec<Row> = Vec::new();
    for (at, (cell, (name, product))) in cells.iter().zip(&groups.names).enumerate() {
        let [before, after] = cell.all();
        if before.is_empty() && after.is_empty() {
            continue;
        }
        let parts = match groups.by {
            Dimension::Weekday => of_days(&cell.all(), days.map(|days| days[at])),
            Dimension::Product | Dimension::Category if at == groups.without_lines() => untold(&cell.all()),
            Dimension::Product | Dimension::Category => of_product(&cell.all(), units),
            _ => of_orders(cell),
        };
        rows.push(Row { name: name.clone(), product: *product, joined: 1, before, after, parts });
    }
    if matches!(groups.by, Dimension::Channel | Dimension::Product | Dimension::Category | Dimension::Country) {
        rows.sort_by_key(|row| std::cmp::Reverse((row.amount().unsigned_abs(), row.after.revenue())));
        join(&mut rows, most);
    }
    rows
}

/// Joins what stands behind the first rows.
fn join(rows: &mut Vec<Row>, most: usize) {
    if rows.len() <= most.saturating_add(1) {
        return;
    }
    let rest = rows.split_off(most);
    let mut other = Row {
        name: "All others".into(),
        product: None,
        joined: rest.len() as u64,
        before: Sums { customers: None, ..Sums::default() },
        after: Sums { customers: None, ..Sums::default() },
        parts: Vec::new(),
    };
    for row in &rest {
        other.before = other.before.plus(&row.before);
        other.after = other.after.plus(&row.after);
        add(&mut other.parts, &row.parts);
    }
    rows.push(other);
}

/// Customers × orders per customer × order value; of orders without a customer their number × order value.
pub(super) fn of_orders(cell: &Cell) -> Vec<Part> {
    let mut parts = Vec::new();
    add(&mut parts, &of_customers(&cell.named));
    add(&mut parts, &of_nameless(&cell.nameless));
    add(&mut parts, &refunds(&cell.all()));
    parts
}

fn of_customers(pair: &Pair) -> Vec<Part> {
    let [o0, o1] = pair.map(|sums| sums.orders as f64);
    let [n0, n1] = pair.map(|sums| sums.customers.unwrap_or(0) as f64);
    if o0 == 0.0 || o1 == 0.0 {
        return one_sided(Factor::Customers, pair);
    }
    let [v0, v1] = values(pair);
    let shares = shapley([n0, o0 / n0, v0], [n1, o1 / n1, v1]);
    let weight = (o0 + o1) / 3.0 + (n0 * (o1 / n1) + n1 * (o0 / n0)) / 6.0;
    with_value([Factor::Customers, Factor::OrdersPerCustomer, Factor::OrderValue], pair, &shares, weight)
}

fn of_nameless(pair: &Pair) -> Vec<Part> {
    let [o0, o1] = pair.map(|sums| sums.orders as f64);
    if o0 == 0.0 || o1 == 0.0 {
        return one_sided(Factor::NamelessOrders, pair);
    }
    let [v0, v1] = values(pair);
    let shares = shapley([o0, v0], [o1, v1]);
    with_value([Factor::NamelessOrders, Factor::OrderValue], pair, &shares, (o0 + o1) / 2.0)
}

/// Days × orders per day × order value.
fn of_days(pair: &Pair, days: [u32; 2]) -> Vec<Part> {
    let [o0, o1] = pair.map(|sums| sums.orders as f64);
    let [d0, d1] = days.map(f64::from);
    let mut parts = if d0 == 0.0 || d1 == 0.0 {
        one_sided(Factor::Days, pair)
    } else if o0 == 0.0 || o1 == 0.0 {
        one_sided(Factor::OrdersPerDay, pair)
    } else {
        let [v0, v1] = values(pair);
        let shares = shapley([d0, o0 / d0, v0], [d1, o1 / d1, v1]);
        let weight = (o0 + o1) / 3.0 + (d0 * (o1 / d1) + d1 * (o0 / d0)) / 6.0;
        with_value([Factor::Days, Factor::OrdersPerDay, Factor::OrderValue], pair, &shares, weight)
    };
    add(&mut parts, &refunds(pair));
    parts
}

/// Units of all × share of the units × price × what is kept of it × charges.
fn of_product(pair: &Pair, units: [f64; 2]) -> Vec<Part> {
    let sold = pair.map(|sums| sums.gross != 0 || sums.units_milli != 0);
    // What was not sold in one of the periods had no price there: its coming or going is mix alone.
    let told = match (told(&pair[0]), told(&pair[1])) {
        (Some(before), Some(after)) => Some((before, after)),
        (Some(before), None) if !sold[1] => Some((before, Goods { units: 0.0, ..before })),
        (None, Some(after)) if !sold[0] => Some((Goods { units: 0.0, ..after }, after)),
        _ => None,
    };
    let (Some((a, b)), true) = (told, units[0] > 0.0 && units[1] > 0.0) else {
        return untold(pair);
    };
    let factors = |goods: Goods, all: f64| [all, goods.units / all, goods.list, goods.kept, goods.charges];
    let shares = shapley(factors(a, units[0]), factors(b, units[1]));
    let names = [Factor::Volume, Factor::Mix, Factor::ListPrice, Factor::Discounts, Factor::Charges];
    let mut parts = Vec::new();
    let amounts = whole(pair[1].gross - pair[0].gross, &shares);
    let found: Vec<Part> = names.into_iter().zip(amounts).map(|(factor, amount)| Part::plain(factor, amount)).collect();
    add(&mut parts, &found);
    parts.retain(|part| part.factor != Factor::Charges || part.amount != 0);
    add(&mut parts, &refunds(pair));
    parts
}

/// A change of which no factor can be told.
fn untold(pair: &Pair) -> Vec<Part> {
    let mut parts = one_sided(Factor::Untold, pair);
    add(&mut parts, &refunds(pair));
    parts
}

/// All of it to one factor: where one period has nothing, nobody can tell what the others were.
fn one_sided(factor: Factor, pair: &Pair) -> Vec<Part> {
    match pair[1].gross - pair[0].gross {
        0 => Vec::new(),
        amount => vec![Part::plain(factor, amount)],
    }
}

/// Refunds by themselves; none where there were none.
fn refunds(pair: &Pair) -> Vec<Part> {
    if pair.iter().all(|sums| sums.refunds == 0) {
        return Vec::new();
    }
    vec![Part::plain(Factor::Refunds, pair[0].refunds - pair[1].refunds)]
}

fn values(pair: &Pair) -> [f64; 2] {
    pair.map(|sums| sums.gross as f64 / sums.orders as f64)
}

/// Parts of the change before refunds, the last of them the value of orders, which is taken apart further: what it adds
/// is its change times `weight`, so what its own factors add is their share of its change times the same.
fn with_value<const N: usize>(factors: [Factor; N], pair: &Pair, shares: &[f64; N], weight: f64) -> Vec<Part> {
    let amounts = whole(pair[1].gross - pair[0].gross, shares);
    let mut parts: Vec<Part> =
        factors.into_iter().zip(amounts).map(|(factor, amount)| Part::plain(factor, amount)).collect();
    if let (Some(value), Some(a), Some(b)) = (parts.last_mut(), told(&pair[0]), told(&pair[1])) {
        let factors = |goods: Goods, orders: u64| [goods.units / orders as f64, goods.list, goods.kept, goods.charges];
        let shares = shapley(factors(a, pair[0].orders), factors(b, pair[1].orders)).map(|share| share * weight);
        let names = [Factor::UnitsPerOrder, Factor::ListPrice, Factor::Discounts, Factor::Charges];
        let amounts = whole(value.amount, &shares);
        value.of = names.into_iter().zip(amounts).map(|(factor, amount)| Part::plain(factor, amount)).collect();
        value.of.retain(|part| part.factor != Factor::Charges || part.amount != 0);
    }
    parts
}

/// What lines tell of orders.
#[derive(Clone, Copy)]
struct Goods {
    /// Thousandths of a unit.
    units: f64,
    /// Price of one before discounts.
    list: f64,
    /// Part of the price that is left after discounts.
    kept: f64,
    /// Revenue divided by what is left: tax, shipping and fees, and orders without lines.
    charges: f64,
}

/// What the lines of orders tell, where nearly all orders have them.
fn told(sums: &Sums) -> Option<Goods> {
    let left = sums.list.checked_sub(sums.given).filter(|left| *left > 0)?;
    let enough = sums.orders > 0 && 20 * sums.lined >= 19 * sums.orders && sums.units_milli > 0;
    // Cents that were rounded on lines are no charge.
    let same = i128::from(sums.gross.abs_diff(left)) * 1_000 <= i128::from(left);
    let kept = if same { sums.gross } else { left };
    enough.then(|| Goods {
        units: sums.units_milli as f64,
        list: sums.list as f64 / sums.units_milli as f64,
        kept: kept as f64 / sums.list as f64,
        charges: if same { 1.0 } else { sums.gross as f64 / left as f64 },
    })
}
