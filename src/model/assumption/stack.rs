//! The technology stack of the framework (section 9): what stands for each component, what it costs and what it brings.

use serde::{Deserialize, Serialize};

use crate::model::plan::Amount;

/// A component of the framework's stack.
#[derive(Debug, Clone, Copy)]
pub struct Component {
    /// Stable name.
    pub id: &'static str,
    /// What the framework calls it.
    pub name: &'static str,
}

/// Every component, in the framework's order.
pub const COMPONENTS: &[Component] = &[
    Component { id: "cdp", name: "CDP platform" },
    Component { id: "recommendation", name: "Recommendation engine" },
    Component { id: "testing", name: "Testing platform" },
    Component { id: "analytics", name: "Analytics" },
    Component { id: "automation", name: "Marketing automation" },
    Component { id: "ai", name: "AI/ML platform" },
];

/// What stands for a component. Everything is typed: no shop data tell it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StackRow {
    /// The component's stable name, of [`COMPONENTS`].
    pub component: String,
    /// The product in use.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub solution: String,
    /// How it hangs together with the rest.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub integration: String,
    /// How well it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub performance: String,
    /// What it costs in a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Amount>,
    /// What it brings in a month, as contribution, not revenue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit: Option<Amount>,
}

impl StackRow {
    /// What the framework calls its component.
    pub fn name(&self) -> &str {
        COMPONENTS.iter().find(|of| of.id == self.component).map_or(&self.component, |of| of.name)
    }

    /// The framework's rows with nothing typed.
    pub fn all_empty() -> Vec<Self> {
        COMPONENTS.iter().map(|of| Self { component: of.id.into(), ..Self::default() }).collect()
    }
}
