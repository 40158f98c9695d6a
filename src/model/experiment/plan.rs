//! What is planned before data come: everything that a seal holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Metric;
use crate::model::Day;
use crate::model::plan::Amount;

/// The plan of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Where it stands in the programme.
    pub kind: Kind,
    /// What is believed, and why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hypothesis: String,
    /// What it changes, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub changes: String,
    /// The same in keywords, by which it is found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Who takes part, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub audience: String,
    /// What is compared; the first is the control, which the others are compared with.
    pub variants: Vec<Variant>,
    /// What decides.
    pub primary: Metric,
    /// What must not suffer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Metric>,
    /// First day on which visitors take part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<Day>,
    /// Last such day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// Days after somebody joined in which their orders count; `None` = all that are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
    /// What a single customer counts at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Cap>,
    /// What was known of customers before, by which chance is taken out of the comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covariate: Option<Covariate>,
    /// When it is over.
    pub stop: StopRule,
    /// What is done so that many comparisons do not find more than there is.
    pub correction: Correction,
    /// What is believed of the effect beforehand.
    pub prior: Prior,
    /// Probability of finding a difference where there is none.
    pub alpha: f64,
    /// Probability of finding the smallest effect where there is one.
    pub power: f64,
    /// Smallest relative effect worth finding: 0.05 = 5%.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<f64>,
    /// How many visitors are to take part, in all variants together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitors: Option<u64>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            hypothesis: String::new(),
            changes: String::new(),
            tags: Vec::new(),
            audience: String::new(),
            variants: Vec::new(),
            primary: Metric::default(),
            guards: Vec::new(),
            starts: None,
            ends: None,
            window_days: None,
            cap: None,
            covariate: None,
            stop: StopRule::default(),
            correction: Correction::default(),
            prior: Prior::default(),
            alpha: 0.05,
            power: 0.8,
            effect: None,
            visitors: None,
        }
    }
}

impl Plan {
    /// What it is measured by: what decides, then what must not suffer, each once.
    pub fn metrics(&self) -> Vec<Metric> {
        let mut metrics = vec![self.primary.clone()];
        for guard in &self.guards {
            if !metrics.contains(guard) {
                metrics.push(guard.clone());
            }
        }
        metrics
    }

    /// The place of a variant by its name; letter case and blanks make no difference.
    pub fn variant(&self, name: &str) -> Option<usize> {
        let name = super::same_name(name);
        self.variants.iter().position(|variant| super::same_name(&variant.name) == name)
    }
}

/// Kinds of experiments, as the framework's programme lists them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One thing changed.
    #[default]
    Ab,
    /// Several things changed in all combinations.
    Multivariate,
    /// Other contents for other people.
    Personalization,
    /// Another price.
    Pricing,
    /// Another way through the shop.
    Ux,
}

impl Kind {
    /// Every one, in the framework's order.
    pub const ALL: [Self; 5] = [Self::Ab, Self::Multivariate, Self::Personalization, Self::Pricing, Self::Ux];

    /// The framework's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ab => "A/B testing",
            Self::Multivariate => "Multivariate",
            Self::Personalization => "Personalization",
            Self::Pricing => "Pricing tests",
            Self::Ux => "UX tests",
        }
    }

    /// Stable name on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ab => "ab",
            Self::Multivariate => "multivariate",
            Self::Personalization => "personalization",
            Self::Pricing => "pricing",
            Self::Ux => "ux",
        }
    }
}

/// What is compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Variant {
    /// What it is called, also in files.
    pub name: String,
    /// Share of the visitors who get it, 0–1.
    pub share: f64,
    /// What is different in it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Of a multivariate test: which level of each factor it has.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub factors: BTreeMap<String, String>,
}

/// What a single customer counts at most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    /// As much as this quantile of all buyers of the test together: 0.99.
    Quantile(f64),
    /// So much.
    Amount(Amount),
}

/// What was known of customers before they took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covariate {
    /// Revenue in so many days before they joined.
    RevenueBefore(u32),
    /// A column of the file of customers.
    Column(String),
}

/// When an experiment is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopRule {
    /// At its end: the result is read once.
    #[default]
    FixedDate,
    /// Whenever its always-valid interval says so: it may be looked at every day.
    AlwaysValid,
    /// At one of so many looks that were planned.
    GroupSequential {
        /// How many.
        looks: u32,
        /// How the probability of error is spread over them.
        spending: Spending,
    },
}

/// How the probability of error is spread over planned looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spending {
    /// Little at first (O'Brien–Fleming).
    #[default]
    Late,
    /// The same at each look (Pocock).
    Even,
}

/// What is done so that many comparisons do not find more than there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Nothing.
    None,
    /// Each comparison gets its part of the error.
    Bonferroni,
    /// As safe as Bonferroni, and finds more.
    #[default]
    Holm,
    /// Of the changes that are found, at most the stated share is false.
    BenjaminiHochberg,
}

impl Correction {
    /// Every one, the strictest last.
    pub const ALL: [Self; 4] = [Self::None, Self::BenjaminiHochberg, Self::Holm, Self::Bonferroni];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Bonferroni => "Bonferroni",
            Self::Holm => "Holm",
            Self::BenjaminiHochberg => "Benjamini–Hochberg",
        }
    }
}

/// What is believed of the relative effect beforehand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Nothing: every effect is as likely as any other.
    #[default]
    Flat,
    /// What the shop's past tests came to.
    PastTests,
    /// A normal distribution.
    Normal {
        /// Its middle: 0.02 = 2% more.
        mean: f64,
        /// Its standard deviation.
        spread: f64,
    },
}
