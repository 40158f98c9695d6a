//! Rates of campaigns, each with its interval and its place among the shop's own earlier ones.

use serde::Serialize;

use crate::analytics::math::beta::wilson;

/// Fewer earlier campaigns of the kind are no past to compare with.
pub const LEAST_PAST: usize = 5;
/// Campaigns that reached fewer people are left out of that past.
pub const LEAST_REACHED: u64 = 50;

/// A rate of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    /// People who opened ÷ messages delivered.
    Open,
    /// People who clicked ÷ messages delivered; of advertising clicks ÷ impressions.
    #[default]
    Click,
    /// People who bought ÷ messages delivered; of advertising purchases ÷ clicks.
    Conversion,
    /// People who unsubscribed ÷ messages delivered.
    Unsubscribe,
}

impl RateKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Click, Self::Conversion, Self::Unsubscribe];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open rate",
            Self::Click => "Click rate",
            Self::Conversion => "Conversion rate",
            Self::Unsubscribe => "Unsubscribe rate",
        }
    }

    /// Its name on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Click => "click",
            Self::Conversion => "conversion",
            Self::Unsubscribe => "unsubscribe",
        }
    }

    /// Whether more of it is better.
    pub fn is_good(self) -> bool {
        self != Self::Unsubscribe
    }
}

/// Where a rate stands among the shop's earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Above the upper quartile, and above the median beyond chance.
    High,
    /// Neither high nor low.
    Usual,
    /// Below the lower quartile, and below the median beyond chance.
    Low,
}

/// The shop's earlier campaigns of the same channel and kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Past {
    /// How many.
    pub campaigns: usize,
    /// A quarter of them lies below.
    pub lower: f64,
    /// Half of them lies below.
    pub median: f64,
    /// A quarter of them lies above.
    pub upper: f64,
    /// Where this one stands.
    pub place: Place,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// Those who did it.
    pub k: u64,
    /// All who could.
    pub n: u64,
    /// Their share.
    pub rate: f64,
    /// Wilson's 95 % interval of the share.
    pub wilson: (f64, f64),
    /// Against the shop's own past; `None` = too few earlier campaigns.
    pub past: Option<Past>,
}

impl Rate {
    /// `None` without anybody who could, or where more did than could: then the tool counts something else.
    pub fn of(k: Option<i64>, n: Option<i64>) -> Option<Self> {
        let (k, n) = (u64::try_from(k?).ok()?, u64::try_from(n?).ok()?);
        let wilson = (k <= n).then(|| wilson(k, n)).flatten()?;
        Some(Self { k, n, rate: k as f64 / n as f64, wilson, past: None })
    }

    /// Puts it among earlier rates, if they are enough.
    pub fn among(&mut self, mut earlier: Vec<f64>) {
        if earlier.len() < LEAST_PAST {
            return;
        }
        earlier.sort_by(f64::total_cmp);
        let [lower, median, upper] = [0.25, 0.5, 0.75].map(|q| quantile(&earlier, q));
        let place = if self.rate > upper && self.wilson.0 > median {
            Place::High
        } else if self.rate < lower && self.wilson.1 < median {
            Place::Low
        } else {
            Place::Usual
        };
        self.past = Some(Past { campaigns: earlier.len(), lower, median, upper, place });
    }
}

/// A quantile of sorted values by linear interpolation (Hyndman and Fan 1996, definition 7).
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (below, part) = (at.floor() as usize, at.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_placed_only_among_enough_earlier_ones() {
        let mut rate = Rate::of(Some(90), Some(1_000)).unwrap();
        rate.among(vec![0.05, 0.06, 0.07, 0.08]);
        assert_eq!(rate.past, None);
        rate.among(vec![0.08, 0.05, 0.06, 0.07, 0.04]);
        let past = rate.past.unwrap();
        assert_eq!((past.lower, past.median, past.upper, past.place), (0.05, 0.06, 0.07, Place::High));
        // As high a rate of few people may be chance.
        let mut few = Rate::of(Some(1), Some(11)).unwrap();
        few.among(vec![0.08, 0.05, 0.06, 0.07, 0.04]);
        assert_eq!(few.past.unwrap().place, Place::Usual);
        assert_eq!(Rate::of(Some(3), Some(2)), None, "more clicks than people are clicks, not people");
        assert_eq!(Rate::of(None, Some(2)), None);
    }
}
