//! What shipping costs, and from which order value on it is free.

use crate::analytics::journey::evidence::{Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::ground::{Ground, fact, mean, share};
use crate::model::journey::{Cell, Stage};

/// Fewer orders show no threshold.
const LEAST: usize = 50;
/// A threshold that tells so many orders right is one.
const RIGHT: f64 = 0.9;

/// Where shipping becomes free: the roundest amount between the orders below and above, if one divides free from paid.
/// Orders are `(value of the goods, ships free)`, in minor units; `unit` is one of the currency.
pub fn threshold(orders: &mut [(i64, bool)], unit: i64) -> Option<i64> {
    if orders.len() < LEAST {
        return None;
    }
    orders.sort_unstable();
    let free = orders.iter().filter(|(_, free)| *free).count();
    // Right when all counted as free: the free ones. Each paid order below the threshold is told right, each free wrong.
    let (mut right, mut best) = (free, (free, 0));
    for at in 0..orders.len() {
        if orders[at].1 {
            right -= 1
        } else {
            right += 1
        }
        let divides = orders.get(at + 1).is_some_and(|next| next.0 > orders[at].0);
        if divides && right > best.0 {
            best = (right, at + 1);
        }
    }
    let (right, at) = best;
    if at == 0 || (right as f64) < RIGHT * orders.len() as f64 {
        return None;
    }
    // What is said of all orders alike is no threshold.
    let most = free.max(orders.len() - free);
    if right <= most + (orders.len() - most) / 2 {
        return None;
    }
    let (below, above) = (orders[at - 1].0, orders[at].0);
    let round = |step: i64| {
        let amount = above - above.rem_euclid(step);
        (amount > below).then_some(amount)
    };
    [100, 50, 25, 10, 5, 1].into_iter().find_map(|step| round(step * unit)).or(Some(above))
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Shipping is not told by device", "");
    }
    let (data, definitions) = (ground.q.shop.data, ground.q.shop.definitions);
    let mut goods = Vec::new();
    // Orders and goods: free, paid.
    let (mut counts, mut sums, mut charged) = ([0_u64; 2], [0_i64; 2], 0_i64);
    for order in ground.orders(ground.q.period) {
        // In one currency, since thresholds are.
        if data.currencies.get(usize::from(data.orders.currency[order])) != Some(&definitions.currency) {
            continue;
        }
        let (total, shipping) = (data.orders.total.get(order), data.orders.shipping.get(order));
        let value = total - data.orders.tax.get(order) - shipping;
        let paid = usize::from(shipping > 0);
        counts[paid] += 1;
        sums[paid] += value;
        charged += shipping;
        goods.push((value, shipping <= 0));
    }
    let all = counts[0] + counts[1];
    if counts[1] == 0 {
        let reason = if all == 0 { "No orders in the period" } else { "No order tells of paid shipping" };
        return Evidence::nothing(&cell.id, stage, reason, "Orders with what was charged for shipping");
    }
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count: all, what: "orders", people: None });
    evidence.trend = Some(Trend::of(ground.orders(ground.before()).count() as u64, all));
    let free = share(counts[0], all).unwrap_or(0.0);
    evidence.headline = vec![Quantity::Share(free).into(), " ship free".into()];
    let unit = 10_i64.pow(definitions.currency.exponent());
    let from = threshold(&mut goods, unit);
    evidence.beside = match from {
        Some(from) => vec!["from ".into(), Quantity::Money(from).into()],
        None => vec!["no clear threshold".into()],
    };
    evidence.facts.extend(from.map(|from| fact("Free from", Quantity::Money(from))));
    let each = [
        ("Average value of goods, free", mean(sums[0], counts[0])),
        ("Average value of goods, paid", mean(sums[1], counts[1])),
        ("Average shipping where paid", mean(charged, counts[1])),
    ];
    evidence.facts.extend(each.into_iter().filter_map(|(name, each)| Some(fact(name, Quantity::Each(each?)))));
    if let Some(from) = from {
        let near = goods.iter().filter(|(value, _)| *value < from && *value * 5 >= from * 4).count() as u64;
        let over = goods.iter().filter(|(value, _)| *value >= from && *value * 5 < from * 6).count() as u64;
        evidence.facts.push(fact("Orders within 20% below it", Quantity::Count(near)));
        evidence.facts.push(fact("Orders within 20% above it", Quantity::Count(over)));
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_found_as_people_would_write_it() {
        let mut orders: Vec<(i64, bool)> = (0..400).map(|n| (n * 37 + 900, n * 37 + 900 >= 7_500)).collect();
        assert_eq!(threshold(&mut orders, 100), Some(7_500));
        // Some orders ship free by a code, whatever they are worth.
        orders.iter_mut().step_by(20).for_each(|order| order.1 = true);
        assert_eq!(threshold(&mut orders, 100), Some(7_500));
        let mut by_chance: Vec<(i64, bool)> = (0..400_i64).map(|n| (n * 37, n * 7_919 % 10 < 3)).collect();
        assert_eq!(threshold(&mut by_chance, 100), None);
        assert_eq!(threshold(&mut orders[..10].to_vec(), 100), None);
        let mut all_free: Vec<(i64, bool)> = (0..400).map(|n| (n, true)).collect();
        assert_eq!(threshold(&mut all_free, 100), None);
    }
}
