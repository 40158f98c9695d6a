//! How many near baskets were topped up: baskets just below a threshold are rarer in a sale than before it.

use crate::analytics::sale::Replay;

/// Fewer near baskets tell nothing.
const FEWEST: u64 = 20;
/// Normal quantile of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// The share of near baskets that bought what was missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopUp {
    /// Expected.
    pub share: f64,
    /// In which it lies with 95 %.
    pub within: (f64, f64),
    /// Near baskets ÷ all before the sale.
    pub near_before: f64,
    /// Near baskets ÷ all in the sale.
    pub near_in_sale: f64,
}

/// The share of near baskets that bought what was missing: 1 − their share in the sale ÷ that on ordinary days
/// before it, between 0 and 1. `None` where they are too few.
pub fn top_up(sale: &Replay, ordinary: &Replay) -> Option<TopUp> {
    if ordinary.near < FEWEST || sale.before.baskets < FEWEST || sale.near == 0 {
        return None;
    }
    let share = |replay: &Replay| replay.near as f64 / replay.before.baskets as f64;
    let doubt = |replay: &Replay| 1.0 / replay.near as f64 - 1.0 / replay.before.baskets as f64;
    let (near_in_sale, near_before) = (share(sale), share(ordinary));
    let ratio = near_in_sale / near_before;
    let reach = (Z * (doubt(sale) + doubt(ordinary)).max(0.0).sqrt()).exp();
    let of = |ratio: f64| (1.0 - ratio).clamp(0.0, 1.0);
    Some(TopUp { share: of(ratio), within: (of(ratio * reach), of(ratio / reach)), near_before, near_in_sale })
}
