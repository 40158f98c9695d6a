//! Touchpoints that people use: events and touches of their kinds, and what users do against others who also looked.

use crate::analytics::journey::evidence::{Conversion, Evidence, Quantity, State, Trend, Volume};
use crate::analytics::journey::follow::{after_uses, converted};
use crate::analytics::journey::ground::{Ground, fact, meant};
use crate::analytics::journey::steps::Step;
use crate::analytics::journey::trail::from;
use crate::model::Day;
use crate::model::journey::{Cell, Links, Stage};

/// Every use, person and moment, sorted.
pub(super) fn uses(ground: &Ground<'_>, links: &Links) -> Vec<(u32, i64)> {
    let (events, touches) = (ground.q.shop.events, ground.q.shop.touches);
    let (of_events, of_touches) = (meant(&events.kinds, &links.kinds), meant(&touches.kinds, &links.kinds));
    let end = ground.q.shop.end();
    let mut uses = Vec::new();
    // Events tell no device.
    if of_events.contains(&true) && ground.q.device.is_none() {
        let wanted = (0..events.customer.len()).filter(|&i| of_events[usize::from(events.kind[i])]);
        uses.extend(wanted.map(|i| (events.customer[i], events.at[i])));
    }
    if of_touches.contains(&true) {
        let device = ground.q.device.map(|device| touches.devices.iter().position(|known| known == device));
        for person in 0..ground.trail.persons {
            let theirs = ground.trail.touches(person).filter(|&i| {
                of_touches[usize::from(touches.kind[i])]
                    && device.is_none_or(|device| device == Some(usize::from(touches.device[i])))
            });
            uses.extend(theirs.map(|i| (person as u32, touches.at[i])));
        }
    }
    uses.retain(|(person, at)| *at < end && ground.counts(*person as usize));
    uses.sort_unstable();
    uses
}

/// Everybody with the first use in a time.
pub(super) fn first_in(ground: &Ground<'_>, uses: &[(u32, i64)], days: (Day, Day)) -> Vec<(u32, i64)> {
    let (first, end) = ground.moments(days);
    let theirs = uses.chunk_by(|a, b| a.0 == b.0);
    theirs.filter_map(|theirs| theirs.iter().find(|(_, at)| (first..end).contains(at)).copied()).collect()
}

fn count_in(ground: &Ground<'_>, uses: &[(u32, i64)], days: (Day, Day)) -> u64 {
    let (first, end) = ground.moments(days);
    uses.iter().filter(|(_, at)| (first..end).contains(at)).count() as u64
}

pub fn measure(ground: &Ground<'_>, cell: &Cell, stage: Stage) -> Evidence {
    let links = cell.links();
    let uses = uses(ground, &links);
    if uses.is_empty() {
        let kinds = links.kinds.iter().map(|kind| format!("“{kind}”")).collect::<Vec<_>>().join(", ");
        let import = format!("Events with customer and moment, of a kind such as {kinds}");
        let reason = match ground.q.device {
            Some(_) => "No such events on this device",
            None => "No events imported",
        };
        return Evidence::nothing(&cell.id, stage, reason, import);
    }
    of_uses(ground, cell, stage, &uses)
}

/// What uses tell.
pub(super) fn of_uses(ground: &Ground<'_>, cell: &Cell, stage: Stage, uses: &[(u32, i64)]) -> Evidence {
    let people = first_in(ground, uses, ground.q.period);
    let count = count_in(ground, uses, ground.q.period);
    if count == 0 {
        return Evidence::nothing(&cell.id, stage, "No events in the period", "");
    }
    let mut evidence = Evidence::nothing(&cell.id, stage, "", "");
    evidence.state = State::Measured;
    evidence.volume = Some(Volume { count, what: "uses", people: Some(people.len() as u64) });
    evidence.trend = Some(Trend::of(count_in(ground, uses, ground.before()), count));
    evidence.conversion = Some(ground.went_on(&people, stage));
    let (shop, within) = (&ground.q.shop, ground.q.within_days);
    let credit = after_uses(shop, ground.trail, &ground.revenue, uses, ground.q.period, within);
    evidence.followed = Some(credit.followed("Orders after a use within the days"));
    evidence.headline = vec![Quantity::Count(count).into(), " uses".into()];
    if stage != Stage::Consideration {
        return evidence;
    }
    let with = converted(ground.trail, &people, Step::Bought, within, shop.end());
    let without = others(ground, &people);
    if let (Some(a), Some(b)) = (with.rate, without.rate) {
        let (with, without) = (Quantity::Share(a), Quantity::Share(b));
        evidence.headline = vec![with.into(), " buy with, ".into(), without.into(), " without".into()];
        evidence.beside = vec![Quantity::Count(count).into(), " uses; users may differ anyway".into()];
        evidence.facts.push(fact("Users who bought", with));
        evidence.facts.push(fact("Others who looked and bought", without));
    }
    evidence
}

/// Of people who looked at products in the period and did not use it, those who bought.
fn others(ground: &Ground<'_>, users: &[(u32, i64)]) -> Conversion {
    let (first, end) = ground.moments(ground.q.period);
    let is_user = |person: usize| users.binary_search_by_key(&(person as u32), |(user, _)| *user).is_ok();
    let looked = |person: usize| {
        let did = from(ground.trail.of(person), first).iter().take_while(|did| did.at() < end);
        did.clone().find(|did| did.step() >= Step::Considered.index()).map(|did| (person as u32, did.at()))
    };
    let persons = (0..ground.trail.persons).filter(|&person| ground.counts(person) && !is_user(person));
    let people: Vec<(u32, i64)> = persons.filter_map(looked).collect();
    converted(ground.trail, &people, Step::Bought, ground.q.within_days, ground.q.shop.end())
}
