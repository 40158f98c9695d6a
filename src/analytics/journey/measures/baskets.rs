//! More than one product in an order.

use crate::analytics::journey::evidence::{Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::ground::{Ground, fact, mean, share};
use crate::model::Day;
use crate::model::journey::{Cell, Stage};

/// Orders with lines, by whether they have several products.
#[derive(Default)]
struct Baskets {
    /// Orders: of one product, of several.
    orders: [u64; 2],
    revenue: [i64; 2],
    lines: u64,
    lineless: u64,
}

fn baskets(ground: &Ground<'_>, days: (Day, Day)) -> Baskets {
    let data = ground.q.shop.data;
    let mut found = Baskets::default();
    for order in ground.orders(days) {
        let (first, count) = (data.orders.line_start[order] as usize, data.orders.line_count[order] as usize);
        if count == 0 {
            found.lineless += 1;
            continue;
        }
        let products = &data.lines.product[first..first + count];
        let several = usize::from(products.iter().any(|product| *product != products[0]));
        found.orders[several] += 1;
        found.revenue[several] += ground.revenue.before_refunds(order);
        found.lines += count as u64;
    }
    found
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Baskets are not told by device", "");
    }
    let found = baskets(ground, ground.q.period);
    let all = found.orders[0] + found.orders[1];
    let Some(part) = share(found.orders[1], all) else {
        return Evidence::nothing(&cell.id, stage, "No order lines imported", "Orders with their lines");
    };
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Partly;
    evidence.reason = "lift not tested".into();
    if !ground.lifts(cell, &cell.links()).is_empty() {
        evidence.state = State::Measured;
        evidence.reason = String::new();
    }
    evidence.volume = Some(Volume { count: all, what: "orders", people: None });
    let before = baskets(ground, ground.before());
    evidence.trend = Some(Trend::of(before.orders[0] + before.orders[1], all));
    let lines = found.lines as f64 / all as f64;
    evidence.headline = vec![Quantity::Share(part).into(), " of orders with 2+ products".into()];
    evidence.beside = vec![Quantity::Number(lines).into(), " lines an order".into()];
    evidence.facts =
        vec![fact("Orders with 2+ products", Quantity::Share(part)), fact("Lines an order", Quantity::Number(lines))];
    let means = [0, 1].map(|several| mean(found.revenue[several], found.orders[several]));
    if let [Some(one), Some(several)] = means {
        evidence.beside = vec!["AOV ".into(), Quantity::Each(several - one).into(), " higher with 2+".into()];
        evidence.facts.push(fact("Average order of one product", Quantity::Each(one)));
        evidence.facts.push(fact("Average order of several", Quantity::Each(several)));
    }
    if found.lineless > 0 {
        evidence.facts.push(fact("Orders without lines, left out", Quantity::Count(found.lineless)));
    }
    evidence
}
