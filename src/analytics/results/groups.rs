//! Which hour, weekday, channel or audience does better: sends in groups, each with an interval that knows that sends
//! differ among themselves, not only people.

use std::collections::BTreeMap;

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::rate::{LEAST_REACHED, RateKind};

/// Fewer sends say nothing of a group.
pub const LEAST_SENDS: usize = 5;

/// By what sends are put into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Hour of the day in the shop's zone.
    #[default]
    Hour,
    /// Day of the week.
    Weekday,
    /// E-mail, SMS …
    Channel,
    /// Segment that the list is; only sends to the list of one segment.
    Segment,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Weekday, Self::Channel, Self::Segment];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Channel => "channel",
            Self::Segment => "segment",
        }
    }
}

/// How a group compares with all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// More do it than in the other groups, beyond chance.
    More,
    /// No difference that could not be chance.
    AsUsual,
    /// Fewer do it, beyond chance.
    Fewer,
    /// Fewer than [`LEAST_SENDS`] sends, here or in all other groups.
    CannotTell,
}

impl Standing {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::More => "More than elsewhere",
            Self::AsUsual => "As elsewhere",
            Self::Fewer => "Fewer than elsewhere",
            Self::CannotTell => "Cannot tell",
        }
    }
}

/// Sends of one hour, weekday, channel or audience.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Its name: `09:00`, `Monday`, `email`.
    pub name: String,
    /// Sends.
    pub sends: usize,
    /// People who did it.
    pub k: u64,
    /// People it reached.
    pub n: u64,
    /// Their share.
    pub rate: f64,
    /// 95 % interval of the share; `None` = too few sends.
    pub interval: Option<(f64, f64)>,
    /// Against the other groups.
    pub standing: Standing,
}

/// Sends in groups by a rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Groups {
    /// By what.
    pub by: By,
    /// Which rate.
    pub rate: RateKind,
    /// The groups, in their natural order.
    pub groups: Vec<Group>,
}

impl Groups {
    /// The group that does best beyond chance, if one does.
    pub fn best(&self) -> Option<&Group> {
        let wanted = if self.rate.is_good() { Standing::More } else { Standing::Fewer };
        let best = self.groups.iter().filter(|group| group.standing == wanted);
        best.max_by(|a, b| if self.rate.is_good() { a.rate.total_cmp(&b.rate) } else { b.rate.total_cmp(&a.rate) })
    }
}

/// A send as the groups see it: where it belongs (place in the natural order and name), how many of how many.
pub(super) struct Observation {
    pub group: (u32, String),
    pub k: u64,
    pub n: u64,
}

/// Puts sends into groups. The share of a group is that of its people (a ratio of sums); its variance is that of the
/// ratio over sends (Cochran 1977, section 6.3), with Student's t, and the comparison with the rest is corrected for
/// the number of groups (Bonferroni).
pub(super) fn groups(by: By, rate: RateKind, observations: Vec<Observation>) -> Groups {
    let mut sorted: BTreeMap<(u32, String), Vec<(f64, f64)>> = BTreeMap::new();
    for one in observations.into_iter().filter(|one| one.n >= LEAST_REACHED) {
        sorted.entry(one.group).or_default().push((one.k as f64, one.n as f64));
    }
    let comparable = sorted.values().filter(|sends| sends.len() >= LEAST_SENDS).count().max(1);
    let group = |((place, name), sends): (&(u32, String), &Vec<(f64, f64)>)| {
        let others: Vec<(f64, f64)> =
            sorted.iter().filter(|(key, _)| key.0 != *place || key.1 != *name).flat_map(|(_, s)| s.clone()).collect();
        let (k, n) = sums(sends);
        Group {
            name: name.clone(),
            sends: sends.len(),
            k: k as u64,
            n: n as u64,
            rate: k / n,
            interval: interval(sends),
            standing: standing(sends, &others, comparable),
        }
    };
    Groups { by, rate, groups: sorted.iter().map(group).collect() }
}

fn sums(sends: &[(f64, f64)]) -> (f64, f64) {
    sends.iter().fold((0.0, 0.0), |(k, n), send| (k + send.0, n + send.1))
}

/// Variance of the share of all people of these sends.
fn variance(sends: &[(f64, f64)]) -> f64 {
    let (k, n) = sums(sends);
    let (rate, m) = (k / n, sends.len() as f64);
    let squares: f64 = sends.iter().map(|(k, n)| (k - rate * n).powi(2)).sum();
    // Never less than people alone make: sends that happen to agree are no proof.
    (m / (m - 1.0) * squares / (n * n)).max(rate * (1.0 - rate) / n)
}

fn interval(sends: &[(f64, f64)]) -> Option<(f64, f64)> {
    if sends.len() < LEAST_SENDS {
        return None;
    }
    let (k, n) = sums(sends);
    let half = student(0.975, sends.len() as f64 - 1.0)? * variance(sends).sqrt();
    Some(((k / n - half).max(0.0), (k / n + half).min(1.0)))
}

fn standing(sends: &[(f64, f64)], others: &[(f64, f64)], comparisons: usize) -> Standing {
    if sends.len() < LEAST_SENDS || others.len() < LEAST_SENDS {
        return Standing::CannotTell;
    }
    let ((k, n), (other_k, other_n)) = (sums(sends), sums(others));
    let (own, other) = (variance(sends), variance(others));
    // Welch's degrees of freedom: the groups vary each in its own way.
    let freedom =
        (own + other).powi(2) / (own * own / (sends.len() as f64 - 1.0) + other * other / (others.len() as f64 - 1.0));
    let Some(limit) = student(1.0 - 0.025 / comparisons as f64, freedom) else { return Standing::CannotTell };
    let t = (k / n - other_k / other_n) / (own + other).sqrt();
    match t {
        t if t > limit => Standing::More,
        t if t < -limit => Standing::Fewer,
        _ => Standing::AsUsual,
    }
}

fn student(p: f64, freedom: f64) -> Option<f64> {
    Some(StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sends(name: &str, rates: &[u64]) -> Vec<Observation> {
        let one = |k: &u64| Observation { group: (u32::from(name.as_bytes()[0]), name.into()), k: *k, n: 1_000 };
        rates.iter().map(one).collect()
    }

    #[test]
    fn a_group_stands_out_only_beyond_the_spread_of_sends() {
        let calm = [sends("a", &[50, 52, 48, 51, 49, 50]), sends("b", &[90, 91, 89, 92, 88, 90])];
        let found = groups(By::Hour, RateKind::Click, calm.into_iter().flatten().collect());
        let standings: Vec<_> = found.groups.iter().map(|g| g.standing).collect();
        assert_eq!(standings, [Standing::Fewer, Standing::More]);
        assert_eq!(found.best().map(|g| g.name.as_str()), Some("b"));
        // The same averages, but sends differ by far more than the groups do.
        let wild = [sends("a", &[0, 100, 5, 95, 0, 100]), sends("b", &[0, 180, 10, 170, 0, 180])];
        let found = groups(By::Hour, RateKind::Click, wild.into_iter().flatten().collect());
        assert!(found.groups.iter().all(|g| g.standing == Standing::AsUsual) && found.best().is_none());
        // Four sends are too few, however far apart.
        let few = [sends("a", &[50, 52, 48, 51]), sends("b", &[90, 91, 89, 92, 88, 90])];
        let found = groups(By::Hour, RateKind::Click, few.into_iter().flatten().collect());
        assert!(found.groups.iter().all(|g| g.standing == Standing::CannotTell));
        assert_eq!(found.groups[0].interval, None);
    }

    /// By hand: 300 of 6,000, residuals (-10, 10, 0, 5, -5, 0), so sqrt(6/5 × 250) / 6000 = 0.002887, a little above the
    /// 0.002814 that people alone would make.
    #[test]
    fn the_interval_is_that_of_a_ratio() {
        let own: Vec<(f64, f64)> = [40.0, 60.0, 50.0, 55.0, 45.0, 50.0].map(|k| (k, 1_000.0)).into();
        assert!((variance(&own).sqrt() - 0.002_886_751).abs() < 1e-8);
        let (low, high) = interval(&own).unwrap();
        // t of 5 degrees at 97.5 %: 2.570582.
        assert!((low - (0.05 - 2.570_582 * 0.002_886_751)).abs() < 1e-7 && (high + low - 0.1).abs() < 1e-9);
    }
}
