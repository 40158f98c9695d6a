//! An experiment as it is kept: what was planned, what was sealed, what was observed, what was decided. Plain data that
//! is saved as JSON.

mod column;
mod data;
mod decision;
mod exposures;
mod metric;
mod plan;
mod valid;

use serde::{Deserialize, Serialize};

use super::plan::Version;

pub use data::{Attached, Data, FileKind, MetricTotal, Part, Spread, Sum, Totals, VariantTotals};
pub use decision::{Choice, Decision, Found, Impact, Seal};
pub use exposures::{Covariates, Exposures, Groups, LeftOut, Outcomes};
pub use metric::{METRICS, Metric, MetricInfo, Named, Shape, Unit};
pub use plan::{Cap, Correction, Covariate, Kind, Plan, Prior, Spending, StopRule, Variant};

/// A longer name fits no list.
pub const LONGEST_NAME: usize = 80;

/// An experiment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// What it is called; no other experiment is called so.
    pub name: String,
    /// How far it is.
    #[serde(default)]
    pub status: Status,
    /// Put away: kept and remembered, but in no list unless asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub archived: bool,
    /// What is planned, and what a seal holds.
    pub plan: Plan,
    /// The plan as it was before data came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<Seal>,
    /// What was observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Whether the shop works by the decision now.
    #[serde(default, skip_serializing_if = "is_false")]
    pub implemented: bool,
    /// What that is worth in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
}

/// How far an experiment is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being thought about.
    #[default]
    Draft,
    /// Going on.
    Running,
    /// Ran as planned.
    Finished,
    /// Ended before it was to.
    Stopped,
}

impl Status {
    /// Every one, in the order of an experiment's life.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Running, Self::Finished, Self::Stopped];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Running => "Running",
            Self::Finished => "Finished",
            Self::Stopped => "Stopped",
        }
    }
}

impl Experiment {
    /// A new one of this name: two variants of equal share, read in conversion.
    pub fn new(name: &str) -> Self {
        let variant = |name: &str| Variant { name: name.into(), share: 0.5, ..Variant::default() };
        let plan = Plan { variants: vec![variant("Control"), variant("Variant")], ..Plan::default() };
        Self { name: name.trim().to_owned(), plan, ..Self::default() }
    }

    /// As it is saved: names without blanks around them.
    pub fn settled(&self) -> Self {
        let mut settled = self.clone();
        settled.name = self.name.trim().to_owned();
        settled.plan.variants.iter_mut().for_each(|variant| variant.name = variant.name.trim().to_owned());
        settled.plan.tags =
            self.plan.tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        settled
    }

    /// A copy as a draft that nothing has happened to.
    pub fn afresh(&self, name: &str) -> Self {
        Self { name: name.to_owned(), plan: self.plan.clone(), ..Self::default() }
    }

    /// Whether every word of a text stands in its name, in what it changes, in its tags or its hypothesis.
    pub fn speaks_of(&self, text: &str) -> bool {
        let plan = &self.plan;
        let parts = [&self.name, &plan.changes, &plan.hypothesis, &plan.audience];
        let all = parts.into_iter().chain(&plan.tags).map(|part| part.to_lowercase()).collect::<Vec<_>>().join("\n");
        text.split_whitespace().all(|word| all.contains(&word.to_lowercase()))
    }
}

/// A name as it is compared: upper and lower case, and blanks, make no difference.
pub fn same_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_false(value: &bool) -> bool {
    !*value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_found_by_what_it_changed() {
        let mut experiment = Experiment::new("Checkout 7");
        experiment.plan.changes = "Express buttons above the fold".into();
        experiment.plan.tags = vec!["Payment".into()];
        for text in ["express", "payment buttons", "CHECKOUT", ""] {
            assert!(experiment.speaks_of(text), "{text}");
        }
        assert!(!experiment.speaks_of("express banner"));
    }

    #[test]
    fn old_files_with_the_least_can_be_read() {
        let least = r#"{"name": "A", "plan": {}}"#;
        let read: Experiment = serde_json::from_str(least).unwrap();
        assert_eq!(read.plan, Plan::default());
        let again: Experiment = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again, read);
        let whole = Experiment::new(" B ");
        assert_eq!(serde_json::from_str::<Experiment>(&serde_json::to_string(&whole).unwrap()).unwrap(), whole);
        assert!(serde_json::from_str::<Experiment>(r#"{"name": "A", "plan": {}, "plam": {}}"#).is_err());
    }
}
