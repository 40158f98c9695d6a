//! Where in life with the shop everybody is on a day.

use rayon::prelude::*;

use super::steps::{Life, Lives, Step};
use super::trail::{DAY, Did, Shop, Trail, has_account};
use crate::model::Day;

/// Nobody that was there on the day.
pub const ABSENT: u8 = u8::MAX;

/// The stage of life of somebody on a day; `None` = not there yet. `account` = had an account by then.
pub fn life(did: &[Did], account: bool, day: Day, lapsed_days: u32) -> Option<Life> {
    let end = (i64::from(day.0) + 1) * DAY;
    let (mut furthest, mut days, mut last) = (None, 0_u32, i64::MIN);
    for did in did.iter().take_while(|did| did.at() < end) {
        furthest = furthest.max(Some(did.step()));
        if did.step() == Step::Bought.index() && did.day() != last {
            (days, last) = (days + 1, did.day());
        }
    }
    if days > 0 {
        return Some(match (i64::from(day.0) - last > i64::from(lapsed_days), days) {
            (true, _) => Life::Lapsed,
            (false, 1) => Life::Bought,
            (false, _) => Life::Repeated,
        });
    }
    match furthest {
        Some(step) if step >= Step::Considered.index() => Some(Life::Considered),
        Some(_) => Some(Life::Visited),
        None => account.then_some(Life::Visited),
    }
}

/// The stage of every person on a day, as a place in [`super::LIVES`] or [`ABSENT`].
pub fn stages(shop: &Shop<'_>, trail: &Trail, day: Day, lapsed_days: u32) -> Vec<u8> {
    (0..trail.persons)
        .into_par_iter()
        .with_min_len(4_096)
        .map(|person| {
            let account = person < trail.customers && has_account(shop.data, person, day);
            life(trail.of(person), account, day, lapsed_days).map_or(ABSENT, |life| life as u8)
        })
        .collect()
}

/// People by stage on a day.
pub fn lives(shop: &Shop<'_>, trail: &Trail, day: Day, lapsed_days: u32) -> Lives {
    let mut lives = Lives { day, lapsed_days, customers: [0; 5], nameless: [0; 5] };
    for (person, stage) in stages(shop, trail, day, lapsed_days).into_iter().enumerate() {
        let counts = if person < trail.customers { &mut lives.customers } else { &mut lives.nameless };
        if let Some(count) = counts.get_mut(usize::from(stage)) {
            *count += 1;
        }
    }
    lives
}
