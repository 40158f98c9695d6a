//! What changes the size of a test.

use serde::Serialize;

use super::{Looks, Plan, Size};
use crate::analytics::experiment::settings::Spending;

/// A plan with one thing changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIf {
    /// What is changed.
    pub words: &'static str,
    /// What it then needs.
    pub size: Size,
    /// Users over those of the plan.
    pub ratio: f64,
}

/// A change of a plan.
type Change = (&'static str, fn(&Plan) -> Option<Plan>);

const CHANGES: &[Change] = &[
    ("Adjusted by what is known of users from before, at a correlation of 0.5", |plan| {
        (plan.correlation.abs() < 0.5).then(|| Plan { correlation: 0.5, ..plan.clone() })
    }),
    ("Adjusted at a correlation of 0.7", |plan| {
        (plan.correlation.abs() < 0.7).then(|| Plan { correlation: 0.7, ..plan.clone() })
    }),
    ("One variant more", |plan| {
        let arms = plan.shares.len() + 1;
        Some(Plan { shares: vec![1.0 / arms as f64; arms], ..plan.clone() })
    }),
    ("One variant less", |plan| {
        let arms = plan.shares.len().checked_sub(1).filter(|arms| *arms >= 2)?;
        Some(Plan { shares: vec![1.0 / arms as f64; arms], ..plan.clone() })
    }),
    ("As many users in each variant", |plan| {
        let even = 1.0 / plan.shares.len() as f64;
        let is_even = plan.shares.iter().all(|share| (share - even).abs() < 1e-3);
        (!is_even).then(|| Plan { shares: vec![even; plan.shares.len()], ..plan.clone() })
    }),
    ("Read once, at the end", |plan| {
        (plan.looks != Looks::AtTheEnd).then(|| Plan { looks: Looks::AtTheEnd, ..plan.clone() })
    }),
    ("Read at four planned looks", |plan| {
        let looks = Looks::Planned { spending: Spending::ObrienFleming, looks: 4, look: 4 };
        (!matches!(plan.looks, Looks::Planned { .. })).then(|| Plan { looks, ..plan.clone() })
    }),
    ("Read whenever one likes", |plan| {
        (plan.looks != Looks::Always).then(|| Plan { looks: Looks::Always, ..plan.clone() })
    }),
    ("A change half as large", |plan| Some(Plan { change: plan.change / 2.0, ..plan.clone() })),
    ("Found in nine of ten tests", |plan| (plan.power < 0.9).then(|| Plan { power: 0.9, ..plan.clone() })),
];

/// What each change of a plan does to its size; empty where the plan cannot be.
pub fn what_if(plan: &Plan) -> Vec<WhatIf> {
    let Some(now) = plan.size() else { return Vec::new() };
    let each = CHANGES.iter().filter_map(|(words, change)| {
        let size = change(plan)?.size()?;
        let ratio = size.users as f64 / now.users.max(1) as f64;
        Some(WhatIf { words, size, ratio })
    });
    each.collect()
}
