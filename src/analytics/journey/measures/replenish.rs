//! Repeat buyers who are back within their own usual interval.

use crate::analytics::journey::evidence::{Conversion, Evidence, Quantity, State, Trend, Volume, quantile};
use crate::analytics::journey::follow::{Credit, net};
use crate::analytics::journey::ground::{Ground, fact, share};
use crate::model::Day;
use crate::model::journey::{Cell, Stage};

/// A buyer has a usual interval from so many days with an order on.
const LEAST_DAYS: usize = 3;
/// Back in time is within the usual interval and a quarter of it.
const GRACE: f64 = 1.25;

/// Buyers who were due in a time.
#[derive(Default)]
struct Due {
    due: u64,
    people: u64,
    back: u64,
    times: Vec<i64>,
    credit: Credit,
    usual: Vec<i64>,
}

fn due(ground: &Ground<'_>, days: (Day, Day)) -> Due {
    let data = ground.q.shop.data;
    let mut found = Due::default();
    let mut dates: Vec<(i32, usize)> = Vec::new();
    for customer in (0..ground.trail.customers).filter(|&customer| ground.counts(customer)) {
        dates.clear();
        let orders = data.orders.of_customer(customer).filter(|&order| ground.revenue.is_purchase(order));
        dates.extend(orders.map(|order| (data.orders.day[order].0, order)));
        dates.dedup_by_key(|(day, _)| *day);
        let before = found.due;
        for n in LEAST_DAYS..=dates.len() {
            let mut gaps: Vec<i64> = dates[..n].windows(2).map(|pair| i64::from(pair[1].0 - pair[0].0)).collect();
            gaps.sort_unstable();
            let usual = quantile(&gaps, 0.5);
            let last = dates[n - 1].0;
            let until = i64::from(last) + (usual * GRACE).ceil() as i64;
            // The day on which it is settled whether somebody is back in time.
            if until < i64::from(days.0.0) || until > i64::from(days.1.0.min(ground.q.shop.as_of.0)) {
                continue;
            }
            found.due += 1;
            found.usual.push(usual as i64);
            if let Some((day, order)) = dates.get(n).filter(|(day, _)| i64::from(*day) <= until) {
                found.back += 1;
                found.times.push(i64::from(day - last) * crate::analytics::journey::trail::DAY);
                found.credit.add(Credit { orders: 1, revenue: net(&ground.revenue, *order) });
            }
        }
        found.people += u64::from(found.due > before);
    }
    found
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    if ground.q.device.is_some() {
        return Evidence::nothing(&cell.id, stage, "Orders are not told by device", "");
    }
    let found = due(ground, ground.q.period);
    let Some(rate) = share(found.back, found.due) else {
        let reason = "Nobody with three orders was due in the period";
        return Evidence::nothing(&cell.id, stage, reason, "Orders of a longer time");
    };
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count: found.due, what: "reorders due", people: Some(found.people) });
    evidence.trend = Some(Trend::of(due(ground, ground.before()).due, found.due));
    evidence.headline = vec![Quantity::Share(rate).into(), " reorder in time".into()];
    evidence.beside = vec![Quantity::Money(found.credit.revenue).into()];
    evidence.followed = Some(found.credit.followed("Orders that came within the buyer’s own interval"));
    let mut usual = found.usual;
    usual.sort_unstable();
    let days = crate::analytics::journey::trail::DAY as f64;
    evidence.facts = vec![
        fact("Reorders in time", Quantity::Count(found.back)),
        fact("Median usual interval", Quantity::Seconds(quantile(&usual, 0.5) * days)),
    ];
    let within = (quantile(&usual, 0.5) * GRACE).ceil() as u32;
    evidence.conversion = Some(Conversion::of("Ordered again", within, [found.due, found.back, 0], found.times));
    evidence
}
