//! Which rule foretells a product, and how far it was off on the product's own past: sums over as many weeks as must be
//! bridged, from many earlier weeks on.

use super::rules::levels;
use super::spread::Spread;
use super::{Expected, HeldOut, Rule, Settings};
use crate::model::TooLittle;

/// Weeks before the first that is foretold again.
const BEFORE: usize = 8;
/// Fewer windows tell no interval.
const FEWEST_WINDOWS: usize = 6;
/// The last half year is foretold again.
const MOST_WINDOWS: usize = 26;
/// Weeks with a sale that it takes.
const FEWEST_SALES: usize = 4;

/// What was found for a product.
pub struct Found {
    pub expected: Expected,
    /// Variance of what is asked for on a day, as it adds up over the days to be bridged.
    pub variance_per_day: f64,
    /// Sum of absolute errors of the rule, of the naive one, of what came, windows, and those in the 95 % interval.
    off: f64,
    naive_off: f64,
    came: f64,
    windows: u32,
    within_95: u32,
}

/// The rule that was nearest; what is missing where nobody can tell.
pub fn found(weeks: &[Option<f64>], settings: &Settings) -> Result<Found, TooLittle> {
    let days = f64::from(settings.lead_days + settings.review_days).max(1.0);
    let bridge = ((days / 7.0).ceil() as usize).max(1);
    let need = BEFORE + bridge + FEWEST_WINDOWS;
    if weeks.len() < need {
        return Err(TooLittle { have: weeks.len() as u64, need: need as u64, what: "weeks since the first sale" });
    }
    let sales = weeks.iter().flatten().filter(|units| **units > 0.0).count();
    if sales < FEWEST_SALES {
        return Err(TooLittle { have: sales as u64, need: FEWEST_SALES as u64, what: "weeks with a sale" });
    }
    let origins: Vec<usize> =
        (BEFORE.max((weeks.len() - bridge).saturating_sub(MOST_WINDOWS))..=weeks.len() - bridge).collect();
    let came: Vec<Option<f64>> =
        origins.iter().map(|known| weeks[*known..known + bridge].iter().copied().sum()).collect();
    let tried = Rule::ALL.map(|rule| Tried::of(rule, &levels(rule, weeks, bridge), &origins, &came, bridge));
    if tried[0].windows < FEWEST_WINDOWS as u32 {
        return Err(TooLittle {
            have: tried[0].windows.into(),
            need: FEWEST_WINDOWS as u64,
            what: "spans of weeks with stock",
        });
    }
    // Of equally near ones the simpler one.
    let own = tried.iter().min_by(|a, b| a.square.total_cmp(&b.square)).unwrap_or(&tried[0]);
    let per_day = own.square / (bridge as f64 * 7.0);
    let mean = own.level / 7.0 * days;
    let spread = Spread::of(mean, per_day * days);
    let within_95 = own.pairs.iter().filter(|(foretold, came)| Spread::of(*foretold, own.square).holds(*came, 0.95));
    Ok(Found {
        expected: Expected {
            rule: own.rule,
            per_week: own.level,
            units: mean,
            within_80: spread.within(0.8),
            within_95: spread.within(0.95),
            enough: spread.quantile(settings.service),
            error: own.square.sqrt(),
            naive_error: tried[0].square.sqrt(),
        },
        variance_per_day: spread.variance() / days,
        off: own.off,
        naive_off: tried[0].off,
        came: own.pairs.iter().map(|pair| pair.1).sum(),
        windows: own.windows,
        within_95: within_95.count() as u32,
    })
}

/// A rule on a product's past.
struct Tried {
    rule: Rule,
    /// Units a week after the last one.
    level: f64,
    pairs: Vec<(f64, f64)>,
    windows: u32,
    square: f64,
    off: f64,
}

impl Tried {
    fn of(rule: Rule, levels: &[f64], origins: &[usize], came: &[Option<f64>], bridge: usize) -> Self {
        let pair = |(known, came): (&usize, &Option<f64>)| Some((levels.get(*known)? * bridge as f64, (*came)?));
        let pairs: Vec<(f64, f64)> = origins.iter().zip(came).filter_map(pair).collect();
        let n = pairs.len().max(1) as f64;
        Self {
            rule,
            level: levels.last().copied().unwrap_or(0.0).max(0.0),
            windows: pairs.len() as u32,
            square: pairs.iter().map(|(foretold, came)| (foretold - came).powi(2)).sum::<f64>() / n,
            off: pairs.iter().map(|(foretold, came)| (foretold - came).abs()).sum(),
            pairs,
        }
    }
}

impl HeldOut {
    /// Of all products together.
    pub fn of<'a>(found: impl Iterator<Item = &'a Found>) -> Self {
        let (mut sum, mut off, mut naive, mut came, mut held) = (Self::default(), 0.0, 0.0, 0.0, 0_u64);
        for one in found {
            sum.products += 1;
            sum.weeks += one.windows;
            (off, naive, came) = (off + one.off, naive + one.naive_off, came + one.came);
            held += u64::from(one.within_95);
        }
        if came > 0.0 {
            (sum.wape, sum.naive_wape) = (off / came, naive / came);
        }
        sum.within_95 = held as f64 / f64::from(sum.weeks.max(1));
        sum
    }
}
