//! The Bayesian reading of a contrast: what is believed of the difference once the data are in.

use super::contrast::Contrast;
use super::reading::{Belief, Interval};
use super::settings::Prior;
use crate::analytics::math::beta_law::BetaLaw;
use crate::analytics::math::normal::{below, density, mean_above_zero, two_sided};
use crate::model::Locale;

/// Points of a density for its picture, and how many deviations they reach out.
const POINTS: usize = 25;
const REACH: f64 = 4.0;

/// A normal distribution of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// Its middle.
    pub mean: f64,
    /// Its deviation, above zero.
    pub spread: f64,
}

impl Normal {
    /// What is believed after an estimate with this standard error was seen.
    #[must_use]
    pub fn after(self, estimate: f64, error: f64) -> Self {
        let (prior, data) = (1.0 / (self.spread * self.spread), 1.0 / (error * error));
        let precision = prior + data;
        Self { mean: (self.mean * prior + estimate * data) / precision, spread: precision.sqrt().recip() }
    }

    /// Probability of more than zero.
    pub fn chance_above(self) -> f64 {
        below(self.mean / self.spread)
    }

    /// Mean of what lies above zero, and of what lies below it.
    pub fn losses(self) -> [f64; 2] {
        let z = self.mean / self.spread;
        [self.spread * mean_above_zero(z), self.spread * mean_above_zero(-z)]
    }

    /// The middle interval with this probability.
    pub fn within(self, probability: f64) -> Option<Interval> {
        let reach = two_sided(1.0 - probability) * self.spread;
        Interval::of(self.mean - reach, self.mean + reach)
    }

    /// Points of its density.
    fn points(self) -> Vec<(f64, f64)> {
        let at = |k: usize| REACH * (2.0 * k as f64 / (POINTS - 1) as f64 - 1.0);
        (0..POINTS).map(|k| (self.mean + at(k) * self.spread, density(at(k)) / self.spread)).collect()
    }
}

/// The belief about a difference with a normal prior of the relative change, or a flat one. `None` without spread, or
/// where the prior is of the relative change and the control is not clear of zero.
pub fn normal(contrast: &Contrast, prior: Prior, probability: f64) -> Option<Belief> {
    if !contrast.has_spread() {
        return None;
    }
    let (estimate, error) = (contrast.difference(), contrast.error());
    let (after, relative) = match prior {
        Prior::Normal { mean, spread } => {
            let level = contrast.has_ratio().then_some(contrast.levels[0])?;
            let (ratio, of_ratio) = contrast.relative()?;
            let after = Normal { mean: mean * level, spread: spread * level }.after(estimate, error);
            (after, Normal { mean, spread }.after(ratio, of_ratio).within(probability))
        }
        Prior::LogNormal { mean, spread } => return log_normal(contrast, Normal { mean, spread }, probability),
        Prior::Flat | Prior::Beta { .. } => {
            let flat = |(mean, spread)| Normal { mean, spread }.within(probability);
            (Normal { mean: estimate, spread: error }, contrast.relative().and_then(flat))
        }
    };
    let [gain, loss] = after.losses();
    Some(Belief {
        chance_to_win: after.chance_above(),
        chance_corrected: after.chance_above(),
        loss_if_taken: loss,
        loss_if_kept: gain,
        interval: after.within(probability)?,
        relative,
        density: after.points(),
        prior: words(prior),
    })
}

/// The belief about the logarithm of the ratio, told as a difference from the control as it was seen.
fn log_normal(contrast: &Contrast, prior: Normal, probability: f64) -> Option<Belief> {
    let [a, b] = contrast.levels;
    if !contrast.has_ratio() || b <= 0.0 {
        return None;
    }
    let moved = a + contrast.difference();
    let error = (contrast.control.square() / (a * a) + contrast.variant.square() / (b * b)).sqrt();
    if moved <= 0.0 || error <= 0.0 {
        return None;
    }
    let after = prior.after((moved / a).ln(), error);
    let (z, s) = (after.mean / after.spread, after.spread);
    let grown = (after.mean + s * s / 2.0).exp();
    let gain = (grown * below(z + s) - below(z)).max(0.0);
    let loss = (below(-z) - grown * below(-z - s)).max(0.0);
    let within = after.within(probability)?;
    let relative = Interval::of(within.low.exp_m1(), within.high.exp_m1())?;
    // The density of a ratio is that of its logarithm, divided by the ratio.
    let moved = |(log, height): (f64, f64)| (a * log.exp_m1(), height / (a * log.exp()));
    Some(Belief {
        chance_to_win: after.chance_above(),
        chance_corrected: after.chance_above(),
        loss_if_taken: a * loss,
        loss_if_kept: a * gain,
        interval: Interval::of(a * relative.low, a * relative.high)?,
        relative: Some(relative),
        density: after.points().into_iter().map(moved).collect(),
        prior: words(Prior::LogNormal { mean: prior.mean, spread: prior.spread }),
    })
}

/// Probability of each of several normal values to be the largest, and by how much each falls short of the largest on
/// average; empty where they are of such different widths that no common grid holds them.
pub fn best(laws: &[Normal]) -> (Vec<f64>, Vec<f64>) {
    let step = laws.iter().map(|law| law.spread).fold(f64::INFINITY, f64::min) / 2.0;
    let low = laws.iter().map(|law| law.mean - 8.5 * law.spread).fold(f64::INFINITY, f64::min);
    let high = laws.iter().map(|law| law.mean + 8.5 * law.spread).fold(f64::NEG_INFINITY, f64::max);
    let count = (high - low) / step;
    if !(1.0..1e5).contains(&count) {
        return (Vec::new(), Vec::new());
    }
    let (mut chances, mut losses) = (vec![0.0; laws.len()], vec![0.0; laws.len()]);
    for k in 0..=count.ceil() as usize {
        let at = low + step * k as f64;
        let z: Vec<f64> = laws.iter().map(|law| (at - law.mean) / law.spread).collect();
        for (i, law) in laws.iter().enumerate() {
            let others = z.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, z)| *z);
            // 1 − ∏(1 − s) without losing small s.
            let some_above = others.fold(0.0, |some, z| some + (1.0 - some) * below(-z));
            chances[i] += step * density(z[i]) / law.spread * (1.0 - some_above);
            losses[i] += step * below(z[i]) * some_above;
        }
    }
    (chances, losses)
}

/// What is believed of a share once `k` of `n` were seen.
pub fn share(prior: Prior, k: u64, n: u64) -> BetaLaw {
    let (a, b) = match prior {
        Prior::Beta { successes, failures } => (successes, failures),
        Prior::Flat | Prior::Normal { .. } | Prior::LogNormal { .. } => (1.0, 1.0),
    };
    BetaLaw::new(a + k as f64, b + n.saturating_sub(k) as f64)
}

/// The belief about the difference of two shares, exactly.
pub fn shares(control: &BetaLaw, variant: &BetaLaw, prior: Prior, probability: f64) -> Option<Belief> {
    let [above, _] = variant.against(control);
    let [taken, kept] = variant.losses(control);
    let out = (1.0 - probability) / 2.0;
    let difference = |p| variant.difference_quantile(control, p);
    let ratio = |p| variant.ratio_quantile(control, p) - 1.0;
    let interval = Interval::of(difference(out), difference(1.0 - out))?;
    let wide = (interval.high - interval.low) / 2.0 / two_sided(1.0 - probability) * REACH;
    let (low, high) = ((interval.low + interval.high) / 2.0 - wide, (interval.low + interval.high) / 2.0 + wide);
    let (low, high) = (low.max(-1.0), high.min(1.0));
    let at = |k: usize| low + (high - low) * k as f64 / (POINTS - 1) as f64;
    Some(Belief {
        chance_to_win: above,
        chance_corrected: above,
        loss_if_taken: taken,
        loss_if_kept: kept,
        interval,
        relative: Interval::of(ratio(out), ratio(1.0 - out)),
        density: (0..POINTS).map(|k| (at(k), variant.difference_density(control, at(k)))).collect(),
        prior: words(prior),
    })
}

impl Belief {
    /// The same where less is better: the chance is that of a lower value.
    #[must_use]
    pub fn where_less_is_better(self) -> Self {
        let (taken, kept) = (self.loss_if_taken, self.loss_if_kept);
        Self {
            chance_to_win: 1.0 - self.chance_to_win,
            chance_corrected: 1.0 - self.chance_corrected,
            loss_if_taken: kept,
            loss_if_kept: taken,
            ..self
        }
    }
}

/// A prior in words.
pub fn words(prior: Prior) -> String {
    let percent = |share: f64| Locale::En.percent(share, 1);
    match prior {
        Prior::Flat => "Nothing is believed beforehand: every change is as likely as any other".to_owned(),
        Prior::Normal { mean, spread } => format!(
            "Beforehand, two of three changes are believed to lie between {} and {}",
            percent(mean - spread),
            percent(mean + spread)
        ),
        Prior::LogNormal { mean, spread } => format!(
            "Beforehand, two of three changes are believed to lie between {} and {}, doubling being as likely as halving",
            percent((mean - spread).exp_m1()),
            percent((mean + spread).exp_m1())
        ),
        Prior::Beta { successes, failures } => {
            let all = successes + failures;
            format!(
                "Beforehand, the rate of each variant is believed to be around {}, as sure as after {} users",
                percent(successes / all),
                Locale::En.number(all, if all.fract() > 0.0 { 1 } else { 0 })
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_two_normal_values_is_their_difference() {
        let laws = [Normal { mean: 3.0, spread: 0.4 }, Normal { mean: 3.5, spread: 0.7 }];
        let apart = Normal { mean: 0.5, spread: 0.4_f64.hypot(0.7) };
        let (chances, losses) = best(&laws);
        assert!((chances[1] - apart.chance_above()).abs() < 1e-10);
        assert!((losses[0] - apart.losses()[0]).abs() < 1e-10 && (losses[1] - apart.losses()[1]).abs() < 1e-10);
        let same = Normal { mean: 1.0, spread: 2.0 };
        assert!(best(&[same; 4]).0.iter().all(|chance| (chance - 0.25).abs() < 1e-10));
        assert!(best(&[same, Normal { mean: 1e9, spread: 1e-3 }]).0.is_empty());
    }

    /// By hand: ln 1.1 seen with error 0.05 against N(0, 0.05²) leaves half of it, with error 0.05 ÷ √2.
    #[test]
    fn a_log_normal_prior_halves_what_is_as_uncertain_as_itself() {
        let estimate = |value: f64, part: f64| crate::analytics::experiment::estimate::Estimate {
            value,
            variance: (0.05 * value).powi(2) * part,
            users: 1.0,
        };
        let found = Contrast::adjusted(estimate(10.0, 0.5), estimate(11.0, 0.5), [10.0, 11.0]);
        let read = log_normal(&found, Normal { mean: 0.0, spread: 0.05 }, 0.95).unwrap();
        let reach = 1.959_964 * 0.05 / 2.0_f64.sqrt();
        let middle = 1.1_f64.ln() / 2.0;
        let range = read.relative.unwrap();
        assert!(
            (range.low - (middle - reach).exp_m1()).abs() < 1e-6
                && (range.high - (middle + reach).exp_m1()).abs() < 1e-6
        );
        // Mean of a log-normal: gain less loss is 10 · (exp(μ + σ²/2) − 1).
        let mean = 10.0 * (middle + 0.00125 / 2.0).exp_m1();
        assert!((read.loss_if_kept - read.loss_if_taken - mean).abs() < 1e-9);
        let area: f64 = read.density.windows(2).map(|p| (p[1].0 - p[0].0) * (p[0].1 + p[1].1) / 2.0).sum();
        assert!((area - 1.0).abs() < 2e-3, "{area}");
    }
}
