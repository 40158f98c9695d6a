//! How a test is read: its metrics and the rules of its analysis.

use serde::{Deserialize, Serialize};

/// What a metric is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Decides the test.
    #[default]
    Primary,
    /// Is told beside it.
    Secondary,
    /// Must not get worse.
    Guard,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// More is better.
    #[default]
    Up,
    /// Less is better: returns, complaints.
    Down,
}

/// How values of a metric are written in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share 0–1, told in percentage points.
    #[default]
    Share,
    /// Money in major units.
    Money {
        /// Written behind the amount, such as EUR.
        currency: String,
        /// Decimals of the currency.
        decimals: u8,
    },
    /// A plain number.
    Number,
}

/// What is believed of the relative change of a metric before the data come.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Nothing: every change is as likely as any other.
    #[default]
    Flat,
    /// A normal distribution of the relative change.
    Normal {
        /// Its middle, 0.02 = two per cent up.
        mean: f64,
        /// Its standard deviation, above zero.
        spread: f64,
    },
    /// A normal distribution of the logarithm of the ratio to the control: twice and half are equally far.
    LogNormal {
        /// Its middle, 0 = no change.
        mean: f64,
        /// Its standard deviation, above zero.
        spread: f64,
    },
    /// Of a share: how many successes and failures the belief about each arm is worth. (1, 1) believes nothing, (½, ½)
    /// is the rule of Jeffreys.
    Beta {
        /// Successes, above zero.
        successes: f64,
        /// Failures, above zero.
        failures: f64,
    },
}

/// One metric of a test.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetricSpec {
    /// As people call it: "Revenue per visitor".
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Which way is good.
    pub wanted: Wanted,
    /// How its values are written.
    pub unit: Unit,
    /// The smallest relative change that is worth acting on (0.02 = 2 %). With it a test can find that two variants are
    /// as good as equal; without it that is never said.
    #[serde(default)]
    pub worth: Option<f64>,
    /// What is believed beforehand.
    #[serde(default)]
    pub prior: Prior,
    /// The quantile at which outlying values were capped, if they were.
    #[serde(default)]
    pub capped_at: Option<f64>,
}

/// What is done so that many comparisons do not find more than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Nothing.
    None,
    /// Each comparison gets its part of the error.
    Bonferroni,
    /// As safe as Bonferroni and finds more: the strongest comparison gets a part, the next ones more.
    #[default]
    Holm,
    /// Of the changes that are found, at most this share is false.
    BenjaminiHochberg,
}

/// When the test is read.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looks {
    /// Once, when the planned number of users is there.
    AtTheEnd,
    /// At any time, and as often as one likes.
    #[default]
    Always,
    /// At a few planned times.
    Planned {
        /// How the error is spent over them.
        spending: Spending,
        /// The planned number of looks.
        looks: u32,
        /// This look, counted from one.
        look: u32,
    },
}

/// How the permitted error is spent over planned looks (Lan and DeMets 1983).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spending {
    /// Little at first, nearly all at the end.
    #[default]
    ObrienFleming,
    /// About the same at every look.
    Pocock,
}

/// What is known of how the test ran, for its checks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Course {
    /// Whole days from the first user to the day of the analysis.
    #[serde(default)]
    pub days: Option<u32>,
    /// Users who saw more than one variant; they are left out of the arms.
    #[serde(default)]
    pub double: u64,
    /// Users who came after the end.
    #[serde(default)]
    pub late: u64,
    /// Users that could not be tied to a customer of the shop.
    #[serde(default)]
    pub unknown: u64,
    /// The arms of the first and of the second half of the test.
    #[serde(default)]
    pub halves: Option<(Vec<super::Arm>, Vec<super::Arm>)>,
}

/// How a test is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Probability with which an interval holds the truth, 0.95 as a rule.
    pub confidence: f64,
    /// Over all comparisons of primary and secondary metrics.
    pub correction: Correction,
    /// When it is read.
    pub looks: Looks,
    /// Planned share of users per arm; `None` = as many each.
    #[serde(default)]
    pub shares: Option<Vec<f64>>,
    /// Users, over all arms, with whom the test is planned to end. Also where the always-valid interval is narrowest.
    #[serde(default)]
    pub planned_users: Option<u64>,
    /// How many segments this test was looked at in, this one included.
    #[serde(default)]
    pub segments_tried: u32,
    /// How the test ran.
    #[serde(default)]
    pub course: Course,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            confidence: 0.95,
            correction: Correction::default(),
            looks: Looks::default(),
            shares: None,
            planned_users: None,
            segments_tried: 0,
            course: Course::default(),
        }
    }
}
