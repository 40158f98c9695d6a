//! Versions of a split test: people were drawn at random, so the share of each is compared by people.

use serde::Serialize;

use super::rate::{Rate, RateKind};
use crate::analytics::math::two::shares;
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
    /// Difference of the first and the second with its 95 % interval (Newcombe's).
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
    let lead = versions[0].rate.zip(versions[1].rate).and_then(|(a, b)| {
        let (difference, (low, high)) = shares((a.k, a.n), (b.k, b.n), pairs)?;
        Some(if kind.is_good() { (difference, (low, high)) } else { (-difference, (-high, -low)) })
    });
    Some(Versions { kind, versions, lead })
}
