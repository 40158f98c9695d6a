//! Recency, frequency, monetary value: scores from 1 (worst) to the number of bins (best), and the named groups made of
//! them. Source of the model: A. M. Hughes, Strategic Database Marketing (1994).

mod bins;
mod groups;
mod table;

use serde::{Deserialize, Serialize};

use super::facts::CustomerFacts;
use crate::model::{Day, TooLittle};

pub use bins::{cut, ntile, quantiles};
pub use groups::Group;
pub use table::{Axis, Pick, RfmTable, Row, rfm_table};

/// How values become scores.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binning {
    /// Equal parts of the ranking; ties are split by customer index.
    Ntile,
    /// Cuts at the quantiles of the values (linear interpolation, R-7); equal values share a score.
    Cut,
    /// The user's own cut-offs, the same on every day.
    Typed(Limits),
}

/// Cut-offs of one's own, one fewer than there are bins, from the best bin to the second worst for recency, from the
/// second worst to the best for the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Most days since the last order, going up.
    pub recency: Vec<i32>,
    /// Fewest orders, going up.
    pub frequency: Vec<u32>,
    /// Least revenue since the first order, minor units of the shop's currency, going up.
    pub monetary: Vec<i64>,
}

/// How the shop scores its customers: one setting for the page, the rules, the movement and the command line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Settings {
    /// Number of bins, 3 to 5.
    pub bins: u8,
    /// How values become scores.
    pub binning: Binning,
}

impl Default for Settings {
    fn default() -> Self {
        Self { bins: 5, binning: Binning::Cut }
    }
}

impl Settings {
    /// Numbers of bins that there are groups for.
    pub const BINS: std::ops::RangeInclusive<u8> = 3..=5;

    /// Whether scores can be made by them.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn check(&self) -> Result<(), String> {
        if !Self::BINS.contains(&self.bins) {
            return Err(format!("there are 3, 4 or 5 bins, not {}", self.bins));
        }
        let Binning::Typed(limits) = &self.binning else { return Ok(()) };
        let wanted = usize::from(self.bins) - 1;
        let one = |name: &str, values: Vec<i64>, least: i64| {
            if values.len() != wanted {
                Err(format!("{} bins take {wanted} cut-offs of {name}, not {}", self.bins, values.len()))
            } else if values.windows(2).any(|pair| pair[0] >= pair[1]) {
                Err(format!("cut-offs of {name} go up, each larger than the one before"))
            } else if values.first().is_some_and(|first| *first < least) {
                Err(format!("the first cut-off of {name} is at least {least}"))
            } else {
                Ok(())
            }
        };
        one("recency", limits.recency.iter().map(|&days| days.into()).collect(), 0)?;
        one("frequency", limits.frequency.iter().map(|&orders| orders.into()).collect(), 2)?;
        one("monetary value", limits.monetary.clone(), 1)
    }

    /// What the scores rest on, as a sentence.
    pub fn in_words(&self) -> &'static str {
        match self.binning {
            Binning::Ntile => "Equal parts of the ranking; equal values are told apart by when the customer was added",
            Binning::Cut => "Cut-offs at the shop’s own quantiles; equal values share a score",
            Binning::Typed(_) => "Your own cut-offs, the same on every date",
        }
    }
}

/// Scores of one customer; 0 = never bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// Recency: best = bought last.
    pub r: u8,
    /// Frequency: best = most orders.
    pub f: u8,
    /// Monetary: best = most revenue.
    pub m: u8,
}

/// Scores of every customer who bought by `as_of`.
///
/// # Errors
/// With fewer buyers than bins, where bins come from the buyers themselves.
pub fn scores(facts: &[CustomerFacts], as_of: Day, settings: &Settings) -> Result<Vec<Scores>, TooLittle> {
    let buyers: Vec<u32> = (0_u32..).zip(facts).filter(|(_, f)| f.orders > 0).map(|(i, _)| i).collect();
    let bins = settings.bins;
    let need = if matches!(settings.binning, Binning::Typed(_)) { 1 } else { u64::from(bins) };
    if (buyers.len() as u64) < need {
        return Err(TooLittle { have: buyers.len() as u64, need, what: "buyers" });
    }
    let column = |axis: Axis| -> Vec<u8> {
        let values: Vec<i64> = buyers.iter().map(|&i| axis.rising(&facts[i as usize], as_of)).collect();
        match &settings.binning {
            Binning::Ntile => ntile(&values, bins),
            // Nobody is better or worse than anybody: all are in the middle.
            Binning::Cut if values.iter().all(|value| *value == values[0]) => vec![bins.div_ceil(2); values.len()],
            Binning::Cut => cut(&values, bins),
            Binning::Typed(limits) => bins::at_least(&values, &axis.rising_limits(limits)),
        }
    };
    let ((r, f), m) = rayon::join(|| (column(Axis::Recency), column(Axis::Frequency)), || column(Axis::Monetary));
    let mut scores = vec![Scores::default(); facts.len()];
    for (n, &i) in buyers.iter().enumerate() {
        scores[i as usize] = Scores { r: r[n], f: f[n], m: m[n] };
    }
    Ok(scores)
}
