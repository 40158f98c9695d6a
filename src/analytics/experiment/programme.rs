//! What past tests teach: how large effects are here, which is the shop's own prior for the next test, and how many of
//! its winners are none.

use serde::Serialize;

use super::belief::Normal;
use super::settings::Prior;
use crate::analytics::math::normal::{above, below, density, two_sided};
use crate::analytics::math::quadrature::legendre;

/// Fewer tests than this teach nothing of how effects are spread.
pub const LEAST_TESTS: usize = 5;

/// What is believed without them: two of three changes within 10 % either way.
const USUAL: Normal = Normal { mean: 0.0, spread: 0.1 };

/// No shop's effects are spread less than this.
const LEAST_SPREAD: f64 = 0.005;

/// A finished test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Past {
    /// Relative change of its primary metric, up being good.
    pub change: f64,
    /// Its standard error.
    pub error: f64,
}

/// A past test in the light of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shrunk {
    /// What is to be expected of it, nearer to what is usual than what was seen.
    pub change: f64,
    /// How far it may be off, as a standard deviation.
    pub spread: f64,
    /// Probability that it changed nothing or did harm.
    pub chance_of_none: f64,
}

/// What the tests of a shop teach together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Programme {
    /// Tests that count: with a change and an error.
    pub tests: usize,
    /// Whether the prior is the shop's own; else it is the usual one.
    pub is_own: bool,
    /// Mean of the true changes.
    pub mean: f64,
    /// Its standard error; none where the prior is the usual one.
    pub error: Option<f64>,
    /// Spread of the true changes, as a standard deviation.
    pub spread: f64,
    /// The prior for the next test.
    pub prior: Prior,
    /// Each test, in the order given; none where it has no error.
    pub shrunk: Vec<Option<Shrunk>>,
    /// Tests that won: better at the stated confidence by themselves.
    pub winners: usize,
    /// Of the winners, the share that truly changed nothing or did harm: the mean of the chances of each. None without
    /// winners.
    pub false_winners: Option<f64>,
    /// The same for a next test as exact as the middle one of the past, if it wins: P(true change ≤ 0 and it wins) ÷
    /// P(it wins).
    pub next_false: Option<f64>,
    /// What the prior rests on, in words.
    pub words: String,
}

/// What past tests teach, each by itself having been read at this confidence.
///
/// The spread of true changes is that of R. DerSimonian, N. Laird (1986), "Meta-analysis in clinical trials", Controlled
/// Clinical Trials 7, 177–188. The prior of the next test is wider by the error of the mean.
pub fn programme(past: &[Past], confidence: f64) -> Programme {
    let is_sound = |test: &&Past| test.change.is_finite() && test.error.is_finite() && test.error > 0.0;
    let sound: Vec<Past> = past.iter().filter(is_sound).copied().collect();
    let own = (sound.len() >= LEAST_TESTS).then(|| random_effects(&sound)).flatten();
    let (law, error) = match own {
        Some((mean, error, square)) => (Normal { mean, spread: square.sqrt().max(LEAST_SPREAD) }, Some(error)),
        None => (USUAL, None),
    };
    let prior = Normal { mean: law.mean, spread: law.spread.hypot(error.unwrap_or_default()) };
    let shrink = |test: &Past| is_sound(&test).then(|| shrunk(prior, test));
    let shrunk: Vec<Option<Shrunk>> = past.iter().map(shrink).collect();
    let bound = two_sided(1.0 - confidence);
    let won: Vec<f64> = past
        .iter()
        .zip(&shrunk)
        .filter(|(test, _)| test.change > bound * test.error)
        .filter_map(|(_, after)| Some(after.as_ref()?.chance_of_none))
        .collect();
    let false_winners = (!won.is_empty()).then(|| won.iter().sum::<f64>() / won.len() as f64);
    let mut errors: Vec<f64> = sound.iter().map(|test| test.error).collect();
    errors.sort_by(f64::total_cmp);
    let next_false = errors.get(errors.len() / 2).map(|error| false_share(prior, *error, bound));
    let words = if own.is_some() {
        format!("From {} tests of this shop", sound.len())
    } else {
        format!(
            "Fewer than {LEAST_TESTS} tests of this shop: what is usual elsewhere stands in, changes around 10% either way"
        )
    };
    Programme {
        tests: sound.len(),
        is_own: own.is_some(),
        mean: law.mean,
        error,
        spread: law.spread,
        prior: Prior::Normal { mean: prior.mean, spread: prior.spread },
        shrunk,
        winners: won.len(),
        false_winners,
        next_false: next_false.filter(|share| share.is_finite()),
        words,
    }
}

fn shrunk(prior: Normal, test: &Past) -> Shrunk {
    let after = prior.after(test.change, test.error);
    Shrunk { change: after.mean, spread: after.spread, chance_of_none: above(after.mean / after.spread) }
}

/// Mean, its standard error and the variance of true effects.
fn random_effects(tests: &[Past]) -> Option<(f64, f64, f64)> {
    let weighted = |extra: f64| {
        let weights = || tests.iter().map(move |test| (1.0 / (test.error * test.error + extra), test.change));
        let all: f64 = weights().map(|(w, _)| w).sum();
        (weights().map(|(w, change)| w * change).sum::<f64>() / all, all)
    };
    let (fixed, all) = weighted(0.0);
    let square = |test: &Past| ((test.change - fixed) / test.error).powi(2);
    let heterogeneity: f64 = tests.iter().map(square).sum();
    let squares: f64 = tests.iter().map(|test| test.error.powi(-4)).sum();
    let between = ((heterogeneity - (tests.len() as f64 - 1.0)) / (all - squares / all)).max(0.0);
    let (mean, all) = weighted(between);
    let error = all.sqrt().recip();
    (mean.is_finite() && error.is_finite() && between.is_finite()).then_some((mean, error, between))
}

/// Of tests with this error that win, the share whose true change is not above zero.
fn false_share(prior: Normal, error: f64, bound: f64) -> f64 {
    let wins = above((bound * error - prior.mean) / prior.spread.hypot(error));
    // Over the true change, from nine deviations below up to zero.
    let low = (prior.mean - 9.0 * prior.spread).min(-9.0 * prior.spread);
    let panels = 12;
    let width = -low / f64::from(panels);
    let mut sum = 0.0;
    for panel in 0..panels {
        for (share, weight) in legendre() {
            let truth = low + width * (f64::from(panel) + share);
            let height = density((truth - prior.mean) / prior.spread) / prior.spread;
            sum += weight * width * height * below(truth / error - bound);
        }
    }
    (sum / wins).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G. A. Colditz and others (1994), "Efficacy of BCG vaccine in the prevention of tuberculosis", JAMA 271: cases and
    /// others with vaccine and without. By metafor's `rma(method = "DL")`: mean −0.7141, error 0.1787, variance 0.3088.
    const BCG: [[f64; 4]; 13] = [
        [4.0, 119.0, 11.0, 128.0],
        [6.0, 300.0, 29.0, 274.0],
        [3.0, 228.0, 11.0, 209.0],
        [62.0, 13_536.0, 248.0, 12_619.0],
        [33.0, 5_036.0, 47.0, 5_761.0],
        [180.0, 1_361.0, 372.0, 1_079.0],
        [8.0, 2_537.0, 10.0, 619.0],
        [505.0, 87_886.0, 499.0, 87_892.0],
        [29.0, 7_470.0, 45.0, 7_232.0],
        [17.0, 1_699.0, 65.0, 1_600.0],
        [186.0, 50_448.0, 141.0, 27_197.0],
        [5.0, 2_493.0, 3.0, 2_338.0],
        [27.0, 16_886.0, 29.0, 17_825.0],
    ];

    #[test]
    fn the_spread_of_effects_is_that_of_the_thirteen_trials_of_bcg() {
        let past = BCG.map(|[a, b, c, d]| Past {
            change: (a / (a + b) / (c / (c + d))).ln(),
            error: (1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)).sqrt(),
        });
        let found = programme(&past, 0.95);
        assert!((found.mean + 0.7141).abs() < 5e-5, "{}", found.mean);
        assert!((found.error.unwrap() - 0.1787).abs() < 5e-5);
        assert!((found.spread.powi(2) - 0.3088).abs() < 5e-5);
        assert!(found.is_own && found.winners == 0 && found.false_winners.is_none());
        let first = found.shrunk[0].unwrap();
        assert!(first.change > past[0].change && first.change < found.mean, "shrunk towards the mean");
    }

    #[test]
    fn few_tests_leave_the_usual_prior() {
        let found = programme(&[Past { change: 0.2, error: 0.05 }, Past { change: 0.1, error: 0.0 }], 0.95);
        assert!(!found.is_own && found.tests == 1 && found.winners == 1);
        assert_eq!(found.prior, Prior::Normal { mean: 0.0, spread: 0.1 });
        assert!((found.shrunk[0].unwrap().change - 0.16).abs() < 1e-12 && found.shrunk[1].is_none());
        let alone = found.shrunk[0].unwrap();
        assert!((found.false_winners.unwrap() - alone.chance_of_none).abs() < 1e-15);
        assert!(programme(&[], 0.95).next_false.is_none());
    }

    /// Without any spread to speak of, winners are false half of the time; where effects are far larger than errors, hardly.
    #[test]
    fn the_share_of_false_winners_follows_from_how_large_effects_are() {
        let bound = two_sided(0.05);
        assert!((false_share(Normal { mean: 0.0, spread: 1e-4 }, 0.1, bound) - 0.5).abs() < 0.01);
        assert!(false_share(Normal { mean: 0.0, spread: 1.0 }, 0.01, bound) < 1e-3);
    }
}
