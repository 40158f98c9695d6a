//! Prices that changed, as product exports and price events noted them, and what orders did at each.

use crate::analytics::journey::evidence::{Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::ground::{Ground, fact};
use crate::analytics::journey::trail::DAY;
use crate::model::Day;
use crate::model::journey::{Cell, Stage};
use crate::model::signals::Observed;

/// Fewer products with changing prices tell nothing.
const LEAST_PRODUCTS: usize = 5;
/// Fewer units sold of these tell nothing.
const LEAST_UNITS: f64 = 50.0;

/// A price that held from one moment to another.
struct Held {
    product: u32,
    from: i64,
    until: i64,
    price: i64,
}

/// Prices of a product whose price was observed to change, in the order of time, cut to the period.
fn held(observed: &[Observed], (first, end): (i64, i64)) -> Vec<Held> {
    let priced: Vec<(i64, i64)> = observed.iter().filter_map(|seen| Some((seen.at, seen.price?))).collect();
    let until = |n: usize| priced.get(n + 1).map_or(i64::MAX, |next| next.0);
    let mut held: Vec<Held> = Vec::new();
    for (n, (at, price)) in priced.iter().enumerate() {
        let (from, until) = ((*at).max(first), until(n).min(end));
        match held.last_mut() {
            Some(last) if last.price == *price => last.until = until.max(last.until),
            _ if from < until => held.push(Held { product: observed[0].product, from, until, price: *price }),
            _ => {}
        }
    }
    held
}

fn changes(ground: &Ground<'_>, days: (Day, Day)) -> Vec<Vec<Held>> {
    let window = ground.moments(days);
    let products = ground.q.shop.signals.observed.chunk_by(|a, b| a.product == b.product);
    products.map(|observed| held(observed, window)).filter(|held| held.len() > 1).collect()
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let import = "Product exports of several dates, or events that tell prices";
    if ground.is_filtered() {
        let reason = "Prices are the same for everybody: not told by customer or device";
        return Evidence::nothing(&cell.id, stage, reason, "");
    }
    let changed = changes(ground, ground.q.period);
    let count: u64 = changed.iter().map(|held| held.len() as u64 - 1).sum();
    if changed.len() < LEAST_PRODUCTS {
        return Evidence::nothing(&cell.id, stage, "Prices did not vary enough", import);
    }
    let [low, high] = sold(ground, &changed);
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    let before: u64 = changes(ground, ground.before()).iter().map(|held| held.len() as u64 - 1).sum();
    evidence.volume = Some(Volume { count, what: "price changes", people: None });
    evidence.trend = Some(Trend::of(before, count));
    evidence.headline = vec![
        Quantity::Count(count).into(),
        " price changes of ".into(),
        Quantity::Count(changed.len() as u64).into(),
        " products".into(),
    ];
    if low.units + high.units < LEAST_UNITS || low.days == 0.0 || high.days == 0.0 || high.units == 0.0 {
        evidence.state = State::Partly;
        evidence.reason = "too few sold at each price".into();
        return evidence;
    }
    evidence.state = State::Measured;
    let times = (low.units / low.days) / (high.units / high.days);
    evidence.beside = vec![Quantity::Number(times).into(), " times the units a day at the lower price".into()];
    evidence.facts = vec![
        fact("Units at the lower price", Quantity::Number(low.units)),
        fact("Days at the lower price", Quantity::Number(low.days)),
        fact("Units at the higher price", Quantity::Number(high.units)),
        fact("Days at the higher price", Quantity::Number(high.days)),
    ];
    evidence
}

/// Units and product days.
#[derive(Clone, Copy, Default)]
struct Sold {
    units: f64,
    days: f64,
}

/// What was sold while each product cost less than its dearest price of the period, and while it cost that.
fn sold(ground: &Ground<'_>, changed: &[Vec<Held>]) -> [Sold; 2] {
    let data = ground.q.shop.data;
    let mut of: rustc_hash::FxHashMap<u32, (&[Held], i64)> = rustc_hash::FxHashMap::default();
    let mut sums = [Sold::default(); 2];
    for held in changed {
        let dearest = held.iter().map(|held| held.price).max().unwrap_or(0);
        of.insert(held[0].product, (held, dearest));
        for one in held {
            sums[usize::from(one.price == dearest)].days += (one.until - one.from) as f64 / DAY as f64;
        }
    }
    let mut clock = crate::model::time::DayClock::new(ground.q.shop.definitions.zone);
    for order in ground.orders(ground.q.period) {
        let at = clock.local(data.orders.placed_at[order]);
        let first = data.orders.line_start[order] as usize;
        for line in first..first + data.orders.line_count[order] as usize {
            let Some((held, dearest)) = of.get(&data.lines.product[line]) else { continue };
            if let Some(one) = held.iter().find(|one| (one.from..one.until).contains(&at)) {
                let units = data.lines.quantity_milli.get(line) as f64 / 1_000.0;
                sums[usize::from(one.price == *dearest)].units += units.max(0.0);
            }
        }
    }
    sums
}
