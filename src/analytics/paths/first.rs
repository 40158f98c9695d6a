//! What leads to a second order: of the buyers who began with a thing, how many came back in time.

use super::Thing;
use super::walk::{Keys, Walk};
use crate::analytics::door::share;
use crate::analytics::math::beta::{Beta, Tally, wilson};
use crate::model::Day;

/// Fewer buyers than this with enough history say nothing by themselves.
pub const LEAST: u64 = 30;
/// Things that are listed.
const LISTED: usize = 500;

/// How a first thing compares with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// More come back than on average.
    More,
    /// No difference that could not be chance.
    AsUsual,
    /// Fewer come back.
    Fewer,
    /// Fewer than [`LEAST`] buyers with enough history.
    TooFew,
}

impl Standing {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::More => "More come back",
            Self::AsUsual => "As usual",
            Self::Fewer => "Fewer come back",
            Self::TooFew => "Too few to tell",
        }
    }
}

/// Buyers who began with a thing.
#[derive(Debug, Clone, PartialEq)]
pub struct First {
    /// What they began with.
    pub thing: Thing,
    /// All who began with it.
    pub buyers: u64,
    /// Of them, whose first order is at least [`super::Settings::within`] days ago.
    pub eligible: u64,
    /// Of those, who ordered again within the days.
    pub returned: u64,
    /// Wilson's 95 % interval of the share.
    pub wilson: Option<(f64, f64)>,
    /// The share drawn towards the shop's by what the shop's other things show, with its 95 % interval: what is to be
    /// expected of the next buyers. `None` where nobody, or everybody, came back.
    pub expected: Option<(f64, (f64, f64))>,
    /// How it compares with the shop's average, by that interval.
    pub standing: Standing,
    pub(super) key: u32,
}

impl First {
    /// Share of the eligible who ordered again in time.
    pub fn rate(&self) -> Option<f64> {
        share(self.returned as f64, self.eligible as f64)
    }
}

/// Counts of one thing.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    buyers: u64,
    eligible: u64,
    returned: u64,
}

/// The largest first things, and all buyers together.
pub(super) fn first(keys: &Keys<'_>, walks: &[Walk], as_of: Day, within: i32) -> (Vec<First>, First) {
    let mut counts = vec![Counts::default(); keys.len()];
    for walk in walks.iter().filter(|walk| walk.orders > 0) {
        let counts = &mut counts[walk.keys[0] as usize];
        counts.buyers += 1;
        if as_of.0 - walk.days[0].0 >= within {
            counts.eligible += 1;
            counts.returned += u64::from(walk.gap(0).is_some_and(|days| days <= within));
        }
    }
    let mut all = Counts::default();
    for one in &counts {
        all.buyers += one.buyers;
        all.eligible += one.eligible;
        all.returned += one.returned;
    }
    let usual = Beta::fit(&tallies(&counts));
    let average = share(all.returned as f64, all.eligible as f64);
    let mut order: Vec<(u32, Counts)> = (0..).zip(counts).filter(|(_, counts)| counts.buyers > 0).collect();
    order.sort_unstable_by_key(|&(key, counts)| (std::cmp::Reverse((counts.eligible, counts.buyers)), key));
    order.truncate(LISTED);
    let one = |(key, counts): (u32, Counts)| {
        let after = usual.map(|usual| usual.after(counts.returned, counts.eligible));
        let expected = after.map(|after| (after.mean(), after.interval()));
        let standing = match (expected, average) {
            _ if counts.eligible < LEAST => Standing::TooFew,
            (Some((_, (low, _))), Some(average)) if low > average => Standing::More,
            (Some((_, (_, high))), Some(average)) if high < average => Standing::Fewer,
            _ => Standing::AsUsual,
        };
        First { expected, standing, ..bare(keys.thing(key), key, counts) }
    };
    let total = Thing { name: "All buyers".to_owned(), product: None };
    (order.into_iter().map(one).collect(), bare(total, u32::MAX, all))
}

fn bare(thing: Thing, key: u32, counts: Counts) -> First {
    let Counts { buyers, eligible, returned } = counts;
    let standing = if eligible < LEAST { Standing::TooFew } else { Standing::AsUsual };
    First { thing, buyers, eligible, returned, wilson: wilson(returned, eligible), expected: None, standing, key }
}

fn tallies(counts: &[Counts]) -> Vec<Tally> {
    let mut pairs: Vec<(u64, u64)> =
        counts.iter().filter(|one| one.eligible > 0).map(|one| (one.eligible, one.returned)).collect();
    pairs.sort_unstable();
    let group = |pairs: &[(u64, u64)]| Tally { n: pairs[0].0, k: pairs[0].1, groups: pairs.len() as u64 };
    pairs.chunk_by(|a, b| a == b).map(group).collect()
}
