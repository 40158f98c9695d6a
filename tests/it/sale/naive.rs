//! The rules of a sale told a second time, order by order, as plainly as can be: every allowed set of tiers is tried.

use std::collections::BTreeMap;

use cartwright::analytics::sale::Resolved;
use cartwright::model::dataset::Dataset;
use cartwright::model::plan::{Benefit, BuyGet, Stacking, Tier};
use cartwright::model::{Definitions, SalePlan};

use super::WINDOW;

/// Totals, and for each order (by id) what each tier of the plan gave.
#[derive(Debug, Default, PartialEq)]
pub struct Totals {
    pub baskets: u64,
    pub goods: i64,
    pub discount: i64,
    pub shipping: i64,
    pub gifts: i64,
    pub cost: i64,
    pub to_full_price: i64,
    pub given: BTreeMap<u32, Vec<Option<i64>>>,
    pub qualifies: Vec<u64>,
    pub sold: BTreeMap<String, i64>,
}

#[derive(Clone)]
struct Line {
    product: u32,
    milli: i128,
    price: i128,
}

fn half_up(numerator: i128, denominator: i128) -> i128 {
    (2 * numerator + denominator).div_euclid(2 * denominator)
}

struct Purse {
    total: i128,
    tiers: Vec<(i128, i128)>,
}

/// What one set of tiers does to a basket: what each gives (discount, shipping, gift, thousandths).
type Gifts = Vec<(usize, i128, i128, i128, i128)>;

pub fn replay(data: &Dataset, definitions: &Definitions, plan: &SalePlan, resolved: &Resolved) -> Totals {
    let orders = &data.orders;
    let mut all: Vec<usize> = (0..orders.id.len()).collect();
    all.retain(|&i| (WINDOW.from..WINDOW.to).contains(&orders.placed_at[i]) && orders.total.get(i) > 0);
    all.sort_by_key(|&i| (orders.placed_at[i], orders.id[i]));
    let most = i128::MAX / 4;
    let mut purse = Purse {
        total: plan.caps.budget.map_or(most, |a| a.minor.into()),
        tiers: plan
            .tiers
            .iter()
            .map(|tier| {
                let budget = tier.caps.budget.map_or(most, |a| a.minor.into());
                (budget, tier.caps.units.map_or(most, |units| i128::from(units) * 1_000))
            })
            .collect(),
    };
    let mut stock: BTreeMap<String, i128> =
        plan.featured.iter().map(|f| (f.product.clone(), i128::from(f.units) * 1_000)).collect();
    let mut totals = Totals { qualifies: vec![0; plan.tiers.len()], ..Totals::default() };
    let category = |product: u32| data.labels[data.products.category[product as usize] as usize].to_lowercase();
    let among = |skus: &[String], categories: &[String], product: u32| {
        skus.contains(&format!("P{product}")) || categories.iter().any(|c| c.to_lowercase() == category(product))
    };
    for i in all {
        let mut lines = Vec::new();
        let range = orders.line_start[i] as usize..(orders.line_start[i] + orders.line_count[i]) as usize;
        let mut bought: Vec<(u32, i128, i128, bool)> = range
            .clone()
            .map(|l| {
                let amount = data.lines.amount.get(l);
                (
                    data.lines.product[l],
                    data.lines.quantity_milli.get(l).into(),
                    amount.into(),
                    data.lines.discount.get(l) > 0,
                )
            })
            .collect();
        if range.is_empty() {
            let goods = orders.total.get(i) - orders.shipping.get(i) - orders.tax.get(i) + orders.discount.get(i);
            bought.push((0, 0, goods.into(), false));
        }
        bought.retain(|line| line.2 > 0);
        let mut cost = 0;
        for &(product, milli, price, marked_down) in &bought {
            totals.goods += price as i64;
            cost += match data.products.cost[product as usize] {
                Some(unit) if milli > 0 => half_up(i128::from(unit) * milli, 1_000),
                _ => half_up(price * (1e6 - definitions.default_margin.unwrap() * 1e6).round() as i128, 1_000_000),
            };
            let out = among(&plan.excluded.products, &plan.excluded.categories, product)
                || (plan.excluded.discounted_lines && marked_down);
            if out {
                continue;
            }
            let mut line = Line { product, milli, price };
            if let Some(left) = stock.get_mut(&format!("P{product}")) {
                let own = milli.min(*left);
                line.price = if own == 0 { 0 } else { half_up(price * own, milli) };
                line.milli = own;
                *left -= own;
            }
            if line.price > 0 {
                lines.push(line);
            }
        }
        let covers = |tier: &Tier, line: &Line| {
            (tier.when.products.is_empty() && tier.when.categories.is_empty())
                || among(&tier.when.products, &tier.when.categories, line.product)
        };
        let mut open = Vec::new();
        for (n, tier) in plan.tiers.iter().enumerate() {
            let own: Vec<&Line> = lines.iter().filter(|line| covers(tier, line)).collect();
            let (value, milli): (i128, i128) = own.iter().fold((0, 0), |s, l| (s.0 + l.price, s.1 + l.milli));
            let invited = resolved.audiences[n].as_ref().is_none_or(|bits| bits.has(orders.customer[i] as usize));
            let set = match &tier.benefit {
                Benefit::BuyGet(BuyGet { buy, get, .. }) => buy + get,
                _ => 0,
            };
            let units = i128::from(tier.when.units.unwrap_or(0).max(set)) * 1_000;
            if invited && value > 0 && value >= tier.when.from.map_or(0, |a| a.minor.into()) && milli >= units {
                totals.qualifies[n] += 1;
                let (budget, left) = purse.tiers[n];
                if budget.min(purse.total) > 0 && left > 0 {
                    open.push(n);
                }
            }
        }
        let shipping: i128 = plan.assumptions.shipping.map_or(orders.shipping.get(i), |a| a.minor).into();
        let mut best: Option<(i32, i128, Gifts)> = None;
        for set in sets(plan, &open) {
            let priority = set.iter().map(|&n| plan.tiers[n].priority).min().unwrap();
            let gifts = apply(plan, &set, &lines, shipping, &purse, &|tier, line| covers(tier, line));
            let worth: i128 = gifts.iter().map(|g| g.1 + g.2 + g.3).sum();
            let better = best.as_ref().is_none_or(|(p, w, _)| priority < *p || (priority == *p && worth > *w));
            if better {
                best = Some((priority, worth, gifts));
            }
        }
        totals.baskets += 1;
        totals.cost += cost as i64;
        let mut row = vec![None; plan.tiers.len()];
        for (n, discount, ship, gift, milli) in best.map_or_else(Vec::new, |b| b.2) {
            let worth = discount + ship + gift;
            row[n] = Some(worth as i64);
            totals.discount += discount as i64;
            totals.shipping += ship as i64;
            totals.gifts += gift as i64;
            totals.to_full_price += if orders.discount.get(i) <= 0 { worth as i64 } else { 0 };
            purse.total -= worth;
            purse.tiers[n].0 -= worth;
            purse.tiers[n].1 -= milli;
        }
        totals.given.insert(orders.id[i], row);
    }
    for featured in &plan.featured {
        let left = stock[&featured.product];
        totals.sold.insert(featured.product.clone(), i64::from(featured.units) * 1_000 - left as i64);
    }
    totals
}

/// Every set of tiers that may apply together: one exclusive tier, or all that go with others and at most one of those
/// of which only the best applies — one of the first priority among them.
fn sets(plan: &SalePlan, open: &[usize]) -> Vec<Vec<usize>> {
    let of = |stacking| open.iter().copied().filter(move |&n| plan.tiers[n].stacking == stacking);
    let with: Vec<usize> = of(Stacking::WithOthers).collect();
    let first = of(Stacking::BestOnly).map(|n| plan.tiers[n].priority).min();
    let best: Vec<usize> = of(Stacking::BestOnly).filter(|&n| Some(plan.tiers[n].priority) == first).collect();
    let mut sets: Vec<Vec<usize>> = if best.is_empty() {
        if with.is_empty() { Vec::new() } else { vec![with] }
    } else {
        best.iter().map(|&n| with.iter().copied().chain([n]).collect()).collect()
    };
    // The first of equals wins: of the best ones that of the first kind and name.
    let key = |n: usize| (plan.tiers[n].priority, kind(&plan.tiers[n]), plan.tiers[n].name.clone());
    sets.sort_by_key(|set| set.last().map(|&n| key(n)));
    let mut alone: Vec<usize> = of(Stacking::Exclusive).collect();
    alone.sort_by_key(|&n| key(n));
    sets.extend(alone.into_iter().map(|n| vec![n]));
    sets
}

fn kind(tier: &Tier) -> u8 {
    match tier.benefit {
        Benefit::BuyGet(_) => 0,
        Benefit::PercentOff(_) => 1,
        Benefit::AmountOff(_) => 2,
        Benefit::Gift(_) => 3,
        Benefit::FreeShipping => 4,
    }
}

fn apply(
    plan: &SalePlan,
    set: &[usize],
    lines: &[Line],
    shipping: i128,
    purse: &Purse,
    covers: &dyn Fn(&Tier, &Line) -> bool,
) -> Gifts {
    let mut order = set.to_vec();
    order.sort_by_key(|&n| (plan.tiers[n].priority, kind(&plan.tiers[n]), plan.tiers[n].name.clone()));
    let mut prices: Vec<i128> = lines.iter().map(|line| line.price).collect();
    let (mut on_order, mut total, mut to_ship) =
        (plan.caps.per_order.map_or(i128::MAX / 4, |a| a.minor.into()), purse.total, shipping);
    let mut gifts = Gifts::new();
    for n in order {
        let tier = &plan.tiers[n];
        let room = total.min(purse.tiers[n].0).min(tier.caps.per_order.map_or(i128::MAX / 4, |a| a.minor.into()));
        let own: Vec<usize> = (0..lines.len()).filter(|&l| covers(tier, &lines[l])).collect();
        let mut base = vec![0; lines.len()];
        let mut milli = 1_000;
        let (discount, ship, gift, wanted) = match &tier.benefit {
            Benefit::FreeShipping => (0, to_ship.min(room), 0, to_ship),
            Benefit::Gift(gift) => {
                let cost = i128::from(gift.cost.minor);
                (0, 0, if cost <= room { cost } else { 0 }, cost)
            }
            Benefit::AmountOff(amount) => {
                own.iter().for_each(|&l| base[l] = prices[l]);
                let wanted = i128::from(amount.minor).min(base.iter().sum());
                (wanted.min(room).min(on_order), 0, 0, wanted)
            }
            Benefit::PercentOff(percent) => {
                let mut left = purse.tiers[n].1;
                milli = 0;
                for l in own {
                    let taken = lines[l].milli.min(left);
                    base[l] =
                        if taken == lines[l].milli { prices[l] } else { half_up(prices[l] * taken, lines[l].milli) };
                    left -= taken;
                    milli += taken;
                }
                let wanted = half_up(base.iter().sum::<i128>() * i128::from(percent.0), 10_000);
                (wanted.min(room).min(on_order), 0, 0, wanted)
            }
            Benefit::BuyGet(BuyGet { buy, get, percent }) => {
                // One entry for each whole unit, the cheapest first.
                let mut units: Vec<usize> = Vec::new();
                own.iter().for_each(|&l| units.extend((0..lines[l].milli / 1_000).map(|_| l)));
                let sets = units.len() as i128 / i128::from(buy + get);
                units.sort_by(|&a, &b| (prices[a] * lines[b].milli).cmp(&(prices[b] * lines[a].milli)));
                let free = (sets * i128::from(*get)).min(purse.tiers[n].1 / 1_000);
                milli = free * 1_000;
                for l in 0..lines.len() {
                    let own = units.iter().take(free as usize).filter(|&&unit| unit == l).count() as i128 * 1_000;
                    base[l] = if own == 0 { 0 } else { half_up(prices[l] * own, lines[l].milli) };
                }
                let wanted = half_up(base.iter().sum::<i128>() * i128::from(percent.0), 10_000);
                (wanted.min(room).min(on_order), 0, 0, wanted)
            }
        };
        on_order -= discount;
        for (price, part) in prices.iter_mut().zip(parts(discount, &base)) {
            *price -= part;
        }
        if wanted > 0 && discount + ship + gift == 0 {
            continue;
        }
        to_ship -= ship;
        total -= discount + ship + gift;
        gifts.push((n, discount, ship, gift, milli));
    }
    gifts
}

/// One cent after the other to the line that is furthest below its share, once all have their whole cents.
fn parts(amount: i128, base: &[i128]) -> Vec<i128> {
    let sum: i128 = base.iter().sum();
    if sum == 0 {
        return vec![0; base.len()];
    }
    let mut parts: Vec<i128> = base.iter().map(|b| amount * b / sum).collect();
    let short = |parts: &[i128], l: usize| amount * base[l] - parts[l] * sum;
    for _ in 0..amount - parts.iter().sum::<i128>() {
        let mut at = 0;
        for l in 1..base.len() {
            if short(&parts, l) > short(&parts, at) {
                at = l;
            }
        }
        parts[at] += 1;
    }
    parts
}
