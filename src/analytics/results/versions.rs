//! Versions of a split test: people were drawn at random, so the share of each is compared by people.

use serde::Serialize;

use super::rate::{Rate, RateKind};
use crate::model::results::Send;

/// A version of a send.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// Its name: `A`, `Combination 1`.
    pub name: String,
    /// Its subject line.
    pub subject: Option<String>,
    /// Its rate; `None` = the tool does not say.
    pub rate: Option<Rate>,
}

/// The versions of a campaign by a rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Versions {
    /// Which rate.
    pub kind: RateKind,
    /// The versions, best first.
    pub versions: Vec<Version>,
    /// Difference of the first and the second with its 95 % interval (Newcombe 1998, method 10).
    pub lead: Option<(f64, (f64, f64))>,
}

impl Versions {
    /// The version that is better than the next one beyond chance, if one is.
    pub fn winner(&self) -> Option<&Version> {
        let (_, (low, _)) = self.lead?;
        (low > 0.0).then(|| self.versions.first()).flatten()
    }
}

/// Compares the versions of a campaign; `None` when it has only one.
pub(super) fn versions(kind: RateKind, sends: &[&Send], rate: impl Fn(&Send) -> Option<Rate>) -> Option<Versions> {
    let mut versions: Vec<Version> = sends
        .iter()
        .filter_map(|send| {
            let name = send.variant.clone()?;
            Some(Version { name, subject: send.subject.clone(), rate: rate(send) })
        })
        .collect();
    if versions.len() < 2 {
        return None;
    }
    let sign = if kind.is_good() { 1.0 } else { -1.0 };
    let key = |version: &Version| version.rate.map_or(f64::NEG_INFINITY, |rate| sign * rate.rate);
    versions.sort_by(|a, b| key(b).total_cmp(&key(a)));
    // The best of several leads by luck more often than one of two: its interval is widened accordingly.
    let pairs = versions.len() - 1;
    let lead = versions[0].rate.zip(versions[1].rate).map(|(a, b)| {
        let (difference, (low, high)) = newcombe(&a, &b, pairs);
        if kind.is_good() { (difference, (low, high)) } else { (-difference, (-high, -low)) }
    });
    Some(Versions { kind, versions, lead })
}

/// Difference of two shares with Newcombe's interval, at 95 % over so many comparisons.
fn newcombe(a: &Rate, b: &Rate, comparisons: usize) -> (f64, (f64, f64)) {
    let (wa, wb) = (score(a, comparisons), score(b, comparisons));
    let difference = a.rate - b.rate;
    let low = difference - ((a.rate - wa.0).powi(2) + (wb.1 - b.rate).powi(2)).sqrt();
    let high = difference + ((wa.1 - a.rate).powi(2) + (b.rate - wb.0).powi(2)).sqrt();
    (difference, (low, high))
}

/// Wilson's interval, corrected for the number of comparisons.
fn score(rate: &Rate, comparisons: usize) -> (f64, f64) {
    use statrs::distribution::{ContinuousCDF, Normal};
    if comparisons <= 1 {
        return rate.wilson;
    }
    let z = Normal::standard().inverse_cdf(1.0 - 0.025 / comparisons as f64);
    let (p, n) = (rate.rate, rate.n as f64);
    let (centre, width) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    let scale = 1.0 + z * z / n;
    (((centre - width) / scale).max(0.0), ((centre + width) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe, Statistics in Medicine 17 (1998), table II: 56/70 against 48/80 by method 10 is 0.0524 to 0.3339.
    #[test]
    fn the_difference_has_the_interval_of_the_paper() {
        let (a, b) = (Rate::of(Some(56), Some(70)).unwrap(), Rate::of(Some(48), Some(80)).unwrap());
        let (difference, (low, high)) = newcombe(&a, &b, 1);
        assert!((difference - 0.2).abs() < 1e-12);
        assert!((low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5, "{low} {high}");
    }
}
