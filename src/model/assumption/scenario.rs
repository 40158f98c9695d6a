//! Scenarios: named sets of values, side by side. A value from data is kept as a reference and taken anew on each day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ASSUMPTIONS, AssumptionId, StackRow};
use crate::model::Currency;
use crate::model::plan::{Amount, Version};

/// More scenarios than this are no help.
pub const MOST_SCENARIOS: usize = 40;
/// The scenario that every shop begins with, of its own values.
pub const OWN: &str = "Your shop";

/// A value of an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// An amount beside its currency.
    Money(Amount),
    /// Any other number; shares are 0–1.
    Number(f64),
}

impl Value {
    /// The plain number; money in major units.
    pub fn number(self) -> f64 {
        match self {
            Self::Money(amount) => amount.currency.major(amount.minor),
            Self::Number(number) => number,
        }
    }
}

/// How a scenario holds an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case", deny_unknown_fields)]
pub enum Held {
    /// By reference: the shop's data give it, with its interval, on the day that is looked at.
    FromData,
    /// As somebody typed it.
    Typed {
        /// The value.
        value: Value,
        /// The least and the most that they think possible.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<(Value, Value)>,
    },
}

impl Held {
    /// A typed value without a range.
    pub fn typed(value: Value) -> Self {
        Self::Typed { value, range: None }
    }
}

/// A named set of values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is called; no other is called so.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it says; of an assumption that is not in it, `otherwise` is taken, or nothing is known.
    #[serde(default)]
    pub values: BTreeMap<AssumptionId, Held>,
}

impl Scenario {
    /// The framework's worked example, with the ranges that its picture shows.
    pub fn example() -> Self {
        let money = |major: i64| Value::Money(Amount { minor: major * 100, currency: Currency::USD });
        let number = Value::Number;
        let lines = [
            (AssumptionId::Investment, money(30_000), (money(28_000), money(33_000))),
            (AssumptionId::NewCustomers, number(500.0), (number(450.0), number(540.0))),
            (AssumptionId::Aov, money(75), (money(71), money(79))),
            (AssumptionId::Frequency, number(1.1), (number(0.9), number(1.3))),
            (AssumptionId::Lifespan, number(18.0), (number(12.0), number(24.0))),
            (AssumptionId::Margin, number(0.2), (number(0.17), number(0.22))),
        ];
        let held = |(id, value, range)| (id, Held::Typed { value, range: Some(range) });
        Self {
            name: "Framework example".into(),
            note: "The framework’s worked example; its numbers are nobody’s shop".into(),
            values: lines.into_iter().map(held).collect(),
        }
    }

    /// Everything that data can give; of lifespan and churn, which say the same in two ways, the lifespan.
    pub fn from_data(name: &str) -> Self {
        let given = ASSUMPTIONS.iter().filter(|of| of.from_data.is_some() && of.id != AssumptionId::Churn);
        Self {
            name: name.into(),
            note: "What the shop’s own data say on the day that is looked at".into(),
            values: given.map(|of| (of.id, Held::FromData)).collect(),
        }
    }

    /// The typed value of an assumption.
    pub fn typed(&self, id: AssumptionId) -> Option<Value> {
        match self.values.get(&id)? {
            Held::FromData => None,
            Held::Typed { value, .. } => Some(*value),
        }
    }
}

/// A calculation that somebody keeps: which calculator, over which scenario, looked at how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// What it is called; no other is called so.
    pub name: String,
    /// Key of the calculator.
    pub calculator: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Key of the output that sensitivity is shown of; the calculator's own when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub output: String,
    /// Assumptions of the table of two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_way: Option<(AssumptionId, AssumptionId)>,
    /// Draws over the ranges; 0 = none.
    #[serde(default)]
    pub draws: u32,
    /// Seed of the draws.
    #[serde(default)]
    pub seed: u64,
    /// Whether it stands in the document.
    #[serde(default)]
    pub in_document: bool,
}

/// All scenarios of a shop, and what goes with them. One record of the workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenarios {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// The scenarios, in order.
    pub all: Vec<Scenario>,
    /// Name of the one that sale plans, targets and documents take.
    pub used: String,
    /// The technology stack.
    #[serde(default = "StackRow::all_empty")]
    pub stack: Vec<StackRow>,
    /// Calculations that are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<Saved>,
}

impl Default for Scenarios {
    /// The framework's example and the shop's own values; the shop's own are used.
    fn default() -> Self {
        Self {
            version: Version,
            all: vec![Scenario::example(), Scenario::from_data(OWN)],
            used: OWN.into(),
            stack: StackRow::all_empty(),
            saved: Vec::new(),
        }
    }
}

impl Scenarios {
    /// The scenario of a name, in any letter case.
    pub fn named(&self, name: &str) -> Option<&Scenario> {
        self.all.iter().find(|one| same(&one.name, name))
    }

    /// The one that the rest of the product takes.
    pub fn in_use(&self) -> Option<&Scenario> {
        self.named(&self.used).or_else(|| self.all.first())
    }

    /// Puts a scenario in the place of the one of its name, or behind the others.
    pub fn put(&mut self, scenario: Scenario) {
        match self.all.iter_mut().find(|one| same(&one.name, &scenario.name)) {
            Some(place) => *place = scenario,
            None => self.all.push(scenario),
        }
    }

    /// Gives a scenario another name, wherever it is called by it.
    pub fn rename(&mut self, old: &str, new: &str) {
        let names = self.all.iter_mut().map(|one| &mut one.name);
        let names = names.chain(self.saved.iter_mut().map(|one| &mut one.scenario)).chain([&mut self.used]);
        names.filter(|name| same(name, old)).for_each(|name| *name = new.trim().to_owned());
    }

    /// Removes a scenario and the calculations over it; the last one stays. What was used is then the first one.
    pub fn remove(&mut self, name: &str) {
        if self.all.len() < 2 {
            return;
        }
        self.all.retain(|one| !same(&one.name, name));
        self.saved.retain(|one| !same(&one.scenario, name));
        if self.named(&self.used).is_none() {
            self.used = self.all.first().map(|one| one.name.clone()).unwrap_or_default();
        }
    }
}

/// Whether two names are one.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
