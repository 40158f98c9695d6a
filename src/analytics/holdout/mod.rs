//! Hold-outs: a part of an audience that is not written to, drawn at random, so that what the messages add can be read
//! as an experiment.

mod outcome;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use outcome::{Arm, Difference, Outcome, outcome};

use crate::analytics::math::two::{Aim, Sample, smallest_mean, smallest_share};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, TooLittle};

/// Fewer people in either part show nothing.
pub const LEAST: u64 = 20;
/// Parts of buyers by what they spent so far, each of which gives its share of the control group.
const DECILES: u64 = 10;
/// With which probability the smallest difference is seen.
const POWER: f64 = 0.8;

/// How large the control group is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// A share of the audience, 0–1.
    Share(f64),
    /// So many people.
    People(u64),
}

/// How a hold-out is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// How large the control group is.
    pub size: Size,
    /// Seed of all chance: the same seed draws the same people of the same audience.
    pub seed: u64,
    /// Days after the start in which orders count.
    pub days: i32,
}

/// A part of the audience that is alike, and its share of the control group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stratum {
    /// In words.
    pub name: String,
    /// People.
    pub members: u64,
    /// Of them held out.
    pub control: u64,
}

/// What the comparison will be able to see, told beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Visible {
    /// Share of the audience that bought in as many days before.
    pub usual: f64,
    /// The smallest difference of that share that is seen four times in five; `None` = none would be.
    pub share: Option<f64>,
    /// Mean revenue of a member in these days, minor units.
    pub revenue: f64,
    /// The smallest difference of that mean that is seen four times in five, minor units.
    pub revenue_each: f64,
}

/// A control group and those who are written to, as indices of the dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Up to the end of this day the audience was known.
    pub as_of: Day,
    /// Those who are not written to.
    pub control: Vec<u32>,
    /// Those who are.
    pub written: Vec<u32>,
    /// How the control group is spread.
    pub strata: Vec<Stratum>,
    /// What can be seen.
    pub visible: Visible,
}

/// Draws a control group from an audience (indices of the dataset): at random within equal parts by what was spent so
/// far, so that both groups have the same spenders. Which part a person falls into depends on the audience, the seed and
/// their row in the workspace only.
///
/// # Errors
/// When the work was cancelled; inside, when either group would have fewer than [`LEAST`] people.
pub fn draw(
    data: &Dataset,
    definitions: &Definitions,
    members: &[u32],
    as_of: Day,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<Drawn, TooLittle>, Cancelled> {
    let all = members.len() as u64;
    let held = match settings.size {
        Size::Share(share) => (share.clamp(0.0, 1.0) * all as f64).round() as u64,
        Size::People(people) => people.min(all),
    };
    let least = held.min(all - held);
    if least < LEAST {
        return Ok(Err(TooLittle { have: least, need: LEAST, what: "people in the smaller of both groups" }));
    }
    let strata = strata(data, definitions, members, as_of, progress)?;
    let mut order: Vec<(u32, u64, u32)> = members
        .iter()
        .zip(&strata)
        .map(|(&member, &stratum)| {
            (stratum, scatter(settings.seed, u64::from(data.customers.id[member as usize])), member)
        })
        .collect();
    order.sort_unstable();
    // Every so-manieth of those sorted by part, from a place of chance on: each part gives its share, rounded.
    let offset = scatter(settings.seed, u64::MAX) % all;
    let mut drawn = Drawn {
        as_of,
        control: Vec::new(),
        written: Vec::new(),
        strata: Vec::new(),
        visible: visible(data, definitions, members, as_of, settings.days, (held, all - held)),
    };
    let mut tally: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for (i, (stratum, _, member)) in (0_u64..).zip(order) {
        let steps = |at: u64| u128::from(at + offset) * u128::from(held) / u128::from(all);
        let is_held = steps(i + 1) > steps(i);
        if is_held {
            drawn.control.push(member)
        } else {
            drawn.written.push(member)
        }
        let counts = tally.entry(stratum).or_default();
        *counts = (counts.0 + 1, counts.1 + u64::from(is_held));
    }
    let name = |stratum: u32| match stratum {
        0 => "Bought nothing yet".to_owned(),
        n => format!("Spend so far, part {n} of {DECILES}"),
    };
    let stratum = |(number, (members, control))| Stratum { name: name(number), members, control };
    drawn.strata = tally.into_iter().map(stratum).collect();
    drawn.control.sort_unstable();
    drawn.written.sort_unstable();
    Ok(Ok(drawn))
}

/// The part of each member: 0 = bought nothing, then by tenths of what buyers spent.
fn strata(
    data: &Dataset,
    definitions: &Definitions,
    members: &[u32],
    as_of: Day,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let revenue = Revenue::new(data, definitions, as_of);
    progress.expect(members.len() as u64);
    let mut buyers: Vec<(i64, usize)> = Vec::new();
    for (i, &member) in members.iter().enumerate() {
        if i % 65_536 == 0 {
            progress.step(i as u64)?;
        }
        let own = || data.orders.of_customer(member as usize);
        if own().any(|order| revenue.is_purchase(order)) {
            buyers.push((own().filter(|&o| revenue.is_counted(o)).map(|o| value(&revenue, o)).sum(), i));
        }
    }
    buyers.sort_unstable();
    let mut strata = vec![0; members.len()];
    for (rank, (_, i)) in (0_u64..).zip(&buyers) {
        strata[*i] = (rank * DECILES / buyers.len() as u64) as u32 + 1;
    }
    Ok(strata)
}

/// Revenue of an order after refunds.
fn value(revenue: &Revenue<'_>, order: usize) -> i64 {
    let refunds: i64 = revenue.refunds_of(order, order + 1).map(|r| revenue.refunded(r)).sum();
    revenue.before_refunds(order) - refunds
}

/// What two groups of these sizes can see, by what the audience did in as many days before.
fn visible(
    data: &Dataset,
    definitions: &Definitions,
    members: &[u32],
    as_of: Day,
    days: i32,
    (held, written): (u64, u64),
) -> Visible {
    let revenue = Revenue::new(data, definitions, as_of);
    let (mut bought, mut spent) = (0_u64, Vec::with_capacity(members.len()));
    for &member in members {
        let recent = || data.orders.of_customer(member as usize).filter(|&o| data.orders.day[o].0 > as_of.0 - days);
        bought += u64::from(recent().any(|o| revenue.is_purchase(o)));
        spent.push(recent().filter(|&o| revenue.is_counted(o)).map(|o| value(&revenue, o)).sum::<i64>() as f64);
    }
    let usual = bought as f64 / members.len().max(1) as f64;
    let (n, m, spent) = (held as f64, written as f64, Sample::of(&spent));
    Visible {
        usual,
        share: smallest_share(usual, n, m, Aim::at_five_percent(POWER)).map(|share| share - usual),
        revenue: spent.mean,
        revenue_each: smallest_mean(spent.variance, n, m, Aim::at_five_percent(POWER)),
    }
}

/// A number of chance for a person, the same on every computer (SplitMix64).
fn scatter(seed: u64, person: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(person).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
