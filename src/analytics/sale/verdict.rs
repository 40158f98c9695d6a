//! What a sale comes to under three behaviours, and whether it probably pays.

use super::lift::{Lift, PastSale};
use super::{Outcome, Replay};
use crate::analytics::revenue::divide_rounded;
use crate::model::plan::Percent;
use crate::model::{Day, TooLittle};

/// From this chance on a sale "probably pays"; below the rest of it, it "probably does not".
pub const PROBABLE: f64 = 0.8;

/// The lift of orders at which a sale leaves as much as no sale.
///
/// With `m₀` the margin without the sale and `m₁` that of the same baskets with it, `m₁ × (1 + lift) = m₀`, so that
/// `lift = m₀ ÷ m₁ − 1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// So many orders more, relative to those without the sale; below 0 when it leaves more as it is.
    At(f64),
    /// Every order loses, so that more of them lose more.
    Never,
    /// What goods cost is not known.
    Unknown,
}

/// Whether a sale pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It probably leaves more than no sale.
    Pays,
    /// It probably leaves less.
    DoesNot,
    /// Nobody can tell.
    CannotTell,
}

/// Some orders and what they bring, minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// Orders.
    pub orders: u64,
    /// What buyers pay for goods.
    pub revenue: i64,
    /// What is left of it; `None` where the cost of some goods is not known.
    pub margin: Option<i64>,
    /// Margin above that of no sale.
    pub against: Option<i64>,
}

/// A sale under three behaviours.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// No sale.
    pub no_sale: Scenario,
    /// The same baskets, cheaper.
    pub nobody: Scenario,
    /// A share of the near baskets buys what is missing.
    pub top_up: Scenario,
    /// Orders are lifted as in past sales: the mean, and both ends of what the next one may bring; or what is missing
    /// to tell.
    pub lifted: Result<[Scenario; 3], TooLittle>,
    /// Where it breaks even.
    pub break_even: BreakEven,
    /// The chance that the lift is above that.
    pub chance: Option<f64>,
    /// What follows.
    pub verdict: Verdict,
    /// Past sales that lie within the replayed days: these were no ordinary ones.
    pub within: Vec<PastSale>,
    /// Orders that the replayed days would have had without those sales ÷ orders they had, 0–1. All scenarios are of so
    /// many of them, since a past sale's lift must not be lifted again.
    pub ordinary: f64,
}

/// Judges a replay by what past sales brought; `top_up` is the share of near baskets that buy more.
pub fn judge(replay: &Replay, top_up: Percent, lift: &Result<Lift, TooLittle>) -> Judged {
    let before = &replay.before;
    let sales = lift.as_ref().map_or(&[][..], |lift| &lift.sales);
    let (first, last) = replay.window.days;
    let within: Vec<PastSale> = sales.iter().filter(|sale| sale.first <= last && sale.last >= first).copied().collect();
    let ordinary = ordinary(&within, (first, last));
    let no_sale = scaled(&scenario(before, before), ordinary, None);
    let scenario = |outcome: &Outcome| scaled(&scenario(outcome, before), ordinary, no_sale.margin);
    let break_even = break_even(before, &replay.nobody);
    let chance = match (break_even, lift) {
        (BreakEven::At(at), Ok(lift)) => Some(lift.chance_above(at)),
        _ => None,
    };
    let verdict = match (break_even, chance) {
        (BreakEven::Never, _) => Verdict::DoesNot,
        // It costs nothing, whatever buyers do.
        (BreakEven::At(at), None) if at <= 0.0 => Verdict::Pays,
        (_, Some(chance)) if chance >= PROBABLE => Verdict::Pays,
        (_, Some(chance)) if chance <= 1.0 - PROBABLE => Verdict::DoesNot,
        _ => Verdict::CannotTell,
    };
    let lifted = |by: f64| scaled(&scenario(&replay.nobody), 1.0 + by, no_sale.margin);
    Judged {
        no_sale: scenario(before),
        nobody: scenario(&replay.nobody),
        top_up: scenario(&mixed(&replay.nobody, &replay.topped_up, top_up)),
        lifted: lift.as_ref().map(|lift| [lift.mean, lift.of_next.0, lift.of_next.1].map(lifted)).map_err(Clone::clone),
        break_even,
        chance,
        verdict,
        within,
        ordinary,
    }
}

/// How much of the orders of some days is not due to the sales in them, each ordinary day taken to be like the others.
fn ordinary(sales: &[PastSale], (first, last): (Day, Day)) -> f64 {
    let days = f64::from(last.0 - first.0 + 1);
    let more = sales.iter().map(|sale| {
        let shared = sale.last.min(last).0 - sale.first.max(first).0 + 1;
        // A sale that brought fewer orders than ordinary days is no reason to reckon with more.
        f64::from(shared) * sale.lift().max(0.0)
    });
    days / (days + more.sum::<f64>())
}

fn break_even(before: &Outcome, nobody: &Outcome) -> BreakEven {
    match (before.margin(), nobody.margin()) {
        (Some(before), Some(with)) if with > 0 => BreakEven::At(before as f64 / with as f64 - 1.0),
        // Nothing is lost where nothing was given.
        (Some(before), Some(with)) if with >= before => BreakEven::At(0.0),
        (Some(_), Some(_)) => BreakEven::Never,
        _ => BreakEven::Unknown,
    }
}

fn scenario(outcome: &Outcome, before: &Outcome) -> Scenario {
    Scenario {
        orders: outcome.baskets,
        revenue: outcome.revenue(),
        margin: outcome.margin(),
        against: outcome.margin().zip(before.margin()).map(|(with, without)| with - without),
    }
}

fn scaled(of: &Scenario, by: f64, without: Option<i64>) -> Scenario {
    let times = |n: i64| (n as f64 * by).round() as i64;
    let margin = of.margin.map(times);
    Scenario {
        orders: (of.orders as f64 * by).round() as u64,
        revenue: times(of.revenue),
        margin,
        against: margin.zip(without).map(|(with, without)| with - without),
    }
}

/// A share of the way from one outcome to the other: both are exact, and what lies between is an expectation.
fn mixed(none: &Outcome, all: &Outcome, share: Percent) -> Outcome {
    let mix = |none: i64, all: i64| none + divide_rounded(i128::from(all - none) * i128::from(share.0), 10_000) as i64;
    let count = |none: u64, all: u64| mix(none as i64, all as i64).max(0) as u64;
    Outcome {
        baskets: none.baskets,
        served: count(none.served, all.served),
        goods: mix(none.goods, all.goods),
        discount: mix(none.discount, all.discount),
        shipping: mix(none.shipping, all.shipping),
        gifts: mix(none.gifts, all.gifts),
        cost: mix(none.cost, all.cost),
        uncosted: mix(none.uncosted, all.uncosted),
    }
}
