//! The plans of the product and the marketing framework: who does what by when, with which evidence. What there is to do
//! is in the frameworks ([`crate::framework::guide`]); only what a shop says about it is kept here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Day;
use crate::model::plan::Version;
use crate::model::sheet::free_id;

/// How far an item is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    Doing,
    /// Done.
    Done,
    /// Left out on purpose; the note says why.
    Dropped,
}

impl ItemStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Doing, Self::Done, Self::Dropped];

    /// Stable name on the command line and in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Doing => "In progress",
            Self::Done => "Done",
            Self::Dropped => "Left out",
        }
    }
}

/// What a shop says about one item of a framework: an activity, a criterion, a task, a challenge, a feature.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Item {
    /// How far it is.
    pub status: ItemStatus,
    /// Who answers for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// First day; `None` = as the plan's start gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Day by which it is done; `None` = as the plan's start gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What shows that it is done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// A remark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How much it matters here, 1–5; `None` = not rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// On the roadmap: the stage it was moved to, by key; `None` = the framework's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// A piece of content of the content plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContentItem {
    /// Stable name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Stage of the journey, by key of the marketing framework.
    pub stage: String,
    /// Channel, by key of the marketing framework.
    pub channel: String,
    /// Who makes it.
    pub owner: String,
    /// Day by which it is out.
    pub due: Option<Day>,
    /// How far it is.
    pub status: ItemStatus,
}

/// A case study, or a customer of the reference programme.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// Stable name.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Category (case study) or programme (reference customer), by key of the product framework.
    pub category: String,
    /// Where they stood.
    pub situation: String,
    /// What was done.
    pub action: String,
    /// What came of it, in words.
    pub result: String,
    /// Experiments or campaigns of the workspace that show it, by name.
    pub evidence: Vec<String>,
    /// Whether the customer agreed to be named, and when.
    pub consent: Option<Day>,
    /// How far it is.
    pub status: ItemStatus,
}

/// A source of data about customers that is not the shop's own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExternalSource {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Share of its rows that are right, 0–1.
    pub quality: Option<f64>,
    /// Share of the shop's customers that it knows, 0–1.
    pub match_rate: Option<f64>,
    /// What a year costs, in minor units of the shop's currency.
    pub cost: Option<i64>,
    /// Gain for each unit of cost: 3.2 = 3.2:1.
    pub roi: Option<f64>,
}

/// Everything a shop says about the two frameworks. One record of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrategyPlan {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// First day of the product framework's phases (months 0–3, 3–9, 9–12, 12+).
    #[serde(default)]
    pub product_start: Option<Day>,
    /// First day of the marketing checklist (weeks 1–16).
    #[serde(default)]
    pub marketing_start: Option<Day>,
    /// By the item's key in its framework.
    #[serde(default)]
    pub items: BTreeMap<String, Item>,
    /// The content plan.
    #[serde(default)]
    pub content: Vec<ContentItem>,
    /// Case studies.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// Reference customers.
    #[serde(default)]
    pub references: Vec<Case>,
    /// Sources of data that are not the shop's own.
    #[serde(default)]
    pub external: Vec<ExternalSource>,
}

impl StrategyPlan {
    /// What is said about an item, to be changed; begins empty.
    pub fn item_mut(&mut self, key: &str) -> &mut Item {
        self.items.entry(key.to_owned()).or_default()
    }

    /// The plans without items of which nothing is said.
    #[must_use]
    pub fn settled(&self) -> Self {
        let mut settled = self.clone();
        settled.items.retain(|_, item| *item != Item::default());
        settled
    }

    /// Adds a piece of content; gives its id.
    pub fn add_content(&mut self, mut one: ContentItem) -> String {
        one.id = free_id(&one.title, |id| self.content.iter().any(|other| other.id == id));
        self.content.push(one);
        self.content.last().map_or_else(String::new, |one| one.id.clone())
    }

    /// Adds a case study; gives its id.
    pub fn add_case(&mut self, mut one: Case) -> String {
        one.id = free_id(&one.title, |id| self.cases.iter().any(|other| other.id == id));
        self.cases.push(one);
        self.cases.last().map_or_else(String::new, |one| one.id.clone())
    }

    /// Adds a reference customer; gives its id.
    pub fn add_reference(&mut self, mut one: Case) -> String {
        one.id = free_id(&one.title, |id| self.references.iter().any(|other| other.id == id));
        self.references.push(one);
        self.references.last().map_or_else(String::new, |one| one.id.clone())
    }

    /// Adds a source of data that is not the shop's own; gives its id.
    pub fn add_source(&mut self, mut one: ExternalSource) -> String {
        one.id = free_id(&one.name, |id| self.external.iter().any(|other| other.id == id));
        self.external.push(one);
        self.external.last().map_or_else(String::new, |one| one.id.clone())
    }
}
