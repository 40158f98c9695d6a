//! Members of a programme, known by attributes, tags or events, against other buyers.

use crate::analytics::journey::evidence::{Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::follow::net;
use crate::analytics::journey::ground::{Ground, fact, mean, share};
use crate::model::journey::{Cell, Links, Stage, plain};

use super::used;

/// Members by customer index; `None` where nothing tells.
fn members(ground: &Ground<'_>, links: &Links) -> Option<Vec<bool>> {
    let details = ground.q.details;
    let names: Vec<String> = links.attributes.iter().map(|name| plain(name)).collect();
    let mut member = vec![false; ground.trail.customers];
    let mut told = false;
    for (name, values) in details.customer_attributes.iter().filter(|(name, _)| names.contains(&plain(name))) {
        told = told || !name.is_empty();
        for (customer, value) in values {
            member[*customer as usize] |= is_yes(details.texts.get(*value));
        }
    }
    for (_, customers) in details.tags.iter().filter(|(tag, _)| names.contains(&plain(tag))) {
        told = true;
        customers.iter().for_each(|customer| member[*customer as usize] = true);
    }
    told.then_some(member)
}

/// Whether a value says that somebody is in: neither no nor nothing.
fn is_yes(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    let is_nothing = value.parse::<f64>().is_ok_and(|number| number == 0.0);
    !is_nothing && !["", "no", "false", "none", "nein", "non", "-"].contains(&value.as_str())
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    let uses = used::uses(ground, &links);
    if ground.q.device.is_some() && uses.is_empty() {
        return Evidence::nothing(&cell.id, stage, "Members are not told by device", "");
    }
    let Some(member) = members(ground, &links) else {
        if !uses.is_empty() {
            return used::of_uses(ground, cell, stage, &uses);
        }
        let words = links.attributes.iter().take(3).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let import = format!("Customers with a tag or a kept column such as {words}, or events of points");
        return Evidence::nothing(&cell.id, stage, "Not imported", import);
    };
    let orders = &ground.q.shop.data.orders;
    // Others, members.
    let (mut count, mut revenue, mut buyers) = ([0_u64; 2], [0_i64; 2], [0_u64; 2]);
    let mut last = None;
    for order in ground.orders(ground.q.period) {
        let Some(is) = member.get(orders.customer[order] as usize).map(|is| usize::from(*is)) else { continue };
        count[is] += 1;
        revenue[is] += net(&ground.revenue, order);
        // Orders stand by customer.
        if last != Some(orders.customer[order]) {
            buyers[is] += 1;
            last = Some(orders.customer[order]);
        }
    }
    let all = member.iter().enumerate().filter(|(person, is)| **is && ground.counts(*person)).count() as u64;
    if all == 0 {
        return Evidence::nothing(&cell.id, stage, "Nobody is a member", "");
    }
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count: count[1], what: "orders of members", people: Some(buyers[1]) });
    let earlier = ground
        .orders(ground.before())
        .filter(|&order| member.get(orders.customer[order] as usize).copied().unwrap_or(false));
    evidence.trend = Some(Trend::of(earlier.count() as u64, count[1]));
    let part = share(buyers[1], buyers[0] + buyers[1]);
    evidence.headline = match part {
        Some(part) => vec![Quantity::Share(part).into(), " of buyers are members".into()],
        None => vec![Quantity::Count(all).into(), " members".into()],
    };
    let often = [0, 1].map(|is| mean(count[is] as i64, buyers[is]));
    if let [Some(others), Some(members)] = often {
        let (members, others) = (Quantity::Number(members), Quantity::Number(others));
        evidence.beside = vec![members.into(), " orders each, others ".into(), others.into()];
        evidence.facts.push(fact("Orders of a member", members));
        evidence.facts.push(fact("Orders of another buyer", others));
    }
    evidence.facts.push(fact("Members", Quantity::Count(all)));
    let values = [("Average order of a member", 1), ("Average order of another buyer", 0)];
    let value = |(name, is): (&str, usize)| Some(fact(name, Quantity::Each(mean(revenue[is], count[is])?)));
    evidence.facts.extend(values.into_iter().filter_map(value));
    let people = first_orders(ground, &member);
    evidence.conversion = Some(ground.went_on(&people, stage));
    evidence
}

/// Members with the moment of their first order in the period.
fn first_orders(ground: &Ground<'_>, member: &[bool]) -> Vec<(u32, i64)> {
    let (first, end) = ground.moments(ground.q.period);
    let bought = crate::analytics::journey::steps::Step::Bought.index();
    let of = |person: usize| {
        let did = crate::analytics::journey::trail::from(ground.trail.of(person), first);
        let order = did.iter().take_while(|did| did.at() < end).find(|did| did.step() == bought)?;
        Some((person as u32, order.at()))
    };
    (0..member.len()).filter(|&person| member[person] && ground.counts(person)).filter_map(of).collect()
}
