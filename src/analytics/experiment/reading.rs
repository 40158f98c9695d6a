//! What an analysis finds. Every number is one: where nothing can be said there is `None`.

use serde::Serialize;

use super::settings::Role;

/// A range of values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// `None` unless both ends are numbers in their order.
    pub fn of(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    /// Whether it holds a value.
    pub fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The part of it on the side of zero where an estimate is: where Holm's rule has found a direction that its
    /// (Bonferroni's) interval does not tell yet.
    #[must_use]
    pub fn on_side_of(self, estimate: f64) -> Self {
        if !self.holds(0.0) {
            self
        } else if estimate > 0.0 {
            Self { low: 0.0, ..self }
        } else {
            Self { high: 0.0, ..self }
        }
    }
}

/// A difference and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// The variant less the control, or their ratio less one.
    pub estimate: f64,
    /// Its standard error.
    pub error: f64,
    /// At the stated confidence, this comparison alone.
    pub interval: Option<Interval>,
    /// At the stated confidence for all comparisons together.
    pub corrected: Option<Interval>,
}

/// What one arm did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArmFigure {
    /// Users.
    pub users: u64,
    /// Rate, mean or ratio.
    pub value: Option<f64>,
    /// Interval of it alone.
    pub interval: Option<Interval>,
    /// After the adjustment by what was known before.
    pub adjusted: Option<f64>,
}

/// The Bayesian reading of one comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Belief {
    /// Probability that the variant is better than the control, the wanted way.
    pub chance_to_win: f64,
    /// The same, after the correction for all comparisons.
    pub chance_corrected: f64,
    /// What is lost on average by taking the variant, in the unit of the metric: the loss where it is worse, nothing
    /// where it is better.
    pub loss_if_taken: f64,
    /// The same for keeping the control.
    pub loss_if_kept: f64,
    /// Holds the difference with the stated probability.
    pub interval: Interval,
    /// Holds the relative difference with the stated probability.
    pub relative: Option<Interval>,
    /// Points of the density of the difference, for a picture: difference and density.
    pub density: Vec<(f64, f64)>,
    /// What was believed beforehand, in words.
    pub prior: String,
}

/// Valid however often one looks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AlwaysValid {
    /// Of the difference.
    pub interval: Interval,
    /// Of the relative difference.
    pub relative: Option<Interval>,
    /// The strength of evidence against no difference; smaller is stronger.
    pub p: f64,
}

/// Adjusted by what was known before (CUPED), to be read beside the unadjusted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Adjusted {
    /// The difference.
    pub absolute: Effect,
    /// The relative difference.
    pub relative: Option<Effect>,
    /// Evidence against no difference.
    pub p: Option<f64>,
    /// Valid however often one looks.
    pub always: Option<AlwaysValid>,
    /// The slope on the covariate.
    pub slope: f64,
    /// Variance of the adjusted difference over that of the unadjusted one.
    pub variance_ratio: f64,
}

/// What is said of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The variant is better, the wanted way.
    Better,
    /// The variant is worse.
    Worse,
    /// The difference is smaller than what is worth acting on.
    AsGoodAsEqual,
    /// Better and worse are both possible, and the test has what it was planned with.
    CannotTell,
    /// The test has not yet what it was planned with.
    NotYet,
    /// A check says that the figures are not to be trusted.
    Invalid,
}

/// One variant against the control in one metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The variant: its place among the arms.
    pub arm: usize,
    /// The variant less the control.
    pub absolute: Option<Effect>,
    /// The variant over the control, less one.
    pub relative: Option<Effect>,
    /// Evidence against no difference, this comparison alone.
    pub p: Option<f64>,
    /// After the correction for all comparisons.
    pub p_corrected: Option<f64>,
    /// The Bayesian reading.
    pub belief: Option<Belief>,
    /// Valid however often one looks.
    pub always: Option<AlwaysValid>,
    /// Adjusted by what was known before.
    pub adjusted: Option<Adjusted>,
    /// What is said of it.
    pub verdict: Verdict,
    /// The verdict in a sentence, with the interval it rests on.
    pub sentence: String,
}

/// Everything about one metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricReading {
    /// As people call it.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// One per arm.
    pub arms: Vec<ArmFigure>,
    /// One per variant.
    pub comparisons: Vec<Comparison>,
    /// Probability of each arm to be the best; empty where nothing can be said.
    pub best: Vec<f64>,
    /// What is lost on average by taking each arm, against the best.
    pub loss: Vec<f64>,
}

/// How grave a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Looked at and in order.
    Fine,
    /// Could not be looked at.
    Unknown,
    /// To be kept in mind.
    Mind,
    /// The verdict does not stand.
    Stop,
}

/// One check, done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// Which.
    pub name: &'static str,
    /// How grave.
    pub grade: Grade,
    /// The number it rests on.
    pub figure: Option<f64>,
    /// What was seen.
    pub seen: String,
    /// What to do; empty where there is nothing to be done.
    pub advice: String,
}

/// Something in the numbers that cannot be, with the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Path of the field: `arms[1].users`, `metrics[0].worth`.
    pub field: String,
    /// What is wrong, a sentence.
    pub words: String,
}

/// What a test shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// Names of the arms, the control first.
    pub arms: Vec<String>,
    /// One per metric. Empty where there are problems.
    pub metrics: Vec<MetricReading>,
    /// Every check, the gravest first.
    pub checks: Vec<Check>,
    /// What is wrong with the numbers; then nothing is computed.
    pub problems: Vec<Problem>,
    /// How many comparisons the correction is for.
    pub comparisons: usize,
    /// The verdict on the primary metric of the best variant.
    pub verdict: Verdict,
    /// The same as a sentence.
    pub sentence: String,
}
