//! Rules that say who belongs to a segment: a tree of conditions over [`FIELDS`], plain data that is saved as JSON.
//!
//! A rule is true, false or unknown of a customer. What nobody knows (a country that no file told, the day of an order
//! that never was) is no match, neither of a condition nor of its opposite, and is counted beside the members.

pub mod field;
pub mod library;
mod sentence;
mod test;
mod text;
mod valid;

use serde::{Deserialize, Serialize};

use super::Day;

pub use field::{About, FIELDS, Field, FieldId, Kind};
pub use library::Library;
pub use sentence::Words;
pub use test::{Test, folded};

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// All of these; of none, everybody.
    All(Vec<Rule>),
    /// At least one of these; of none, nobody.
    Any(Vec<Rule>),
    /// The opposite.
    Not(Box<Rule>),
    /// Members of a saved segment, by its name.
    InSegment(String),
    /// One condition.
    Where(Condition),
}

impl Default for Rule {
    /// Everybody.
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A field and what must be true of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is looked at.
    pub field: FieldId,
    /// Which one, where a field has several: the channel of a consent, the name of an attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What must be true of it.
    pub test: Test,
    /// Which orders, lines or touchpoints count; all of these must be true of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Narrow>,
    /// Which days count; all up to the as-of day when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
}

/// What must be true of an order, a line or a touchpoint to count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narrow {
    /// What is looked at.
    pub field: FieldId,
    /// Which one, as in [`Condition::of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What must be true of it.
    pub test: Test,
}

/// Days, relative to the as-of day or fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The last days, the as-of day included: of 1, the as-of day alone.
    LastDays(u32),
    /// From so many days before the as-of day to so many, both included, the earlier one first.
    DaysAgo(u32, u32),
    /// From a day to a day, both included.
    Between(Day, Day),
}

impl Window {
    /// First and last day on `as_of`, both included.
    pub fn days(self, as_of: Day) -> (Day, Day) {
        let back = |days: u32| Day(as_of.0.saturating_sub_unsigned(days));
        match self {
            Self::LastDays(days) => (back(days.saturating_sub(1)), as_of),
            Self::DaysAgo(from, to) => (back(from), back(to)),
            Self::Between(from, to) => (from, to.min(as_of)),
        }
    }
}

impl Rule {
    /// A condition without further narrowing.
    pub fn is(field: FieldId, test: Test) -> Self {
        Self::Where(Condition { field, of: None, test, only: Vec::new(), within: None })
    }

    /// The members of this rule who are not members of the other.
    pub fn minus(self, other: Self) -> Self {
        Self::All(vec![self, Self::Not(Box::new(other))])
    }

    /// Every condition in the tree, saved segments not followed.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().flat_map(Self::conditions).collect(),
            Self::Not(rule) => rule.conditions(),
            Self::Where(condition) => vec![condition],
            Self::InSegment(_) => Vec::new(),
        }
    }

    /// Whether it rests on figures of a model or a table of scores, which other engines have to be given.
    pub fn uses_figures(&self) -> bool {
        self.conditions().iter().any(|condition| condition.field.field().about == About::Figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_relative_to_the_as_of_day() {
        let as_of = Day(100);
        assert_eq!(Window::LastDays(90).days(as_of), (Day(11), Day(100)));
        assert_eq!(Window::LastDays(1).days(as_of), (Day(100), Day(100)));
        assert_eq!(Window::DaysAgo(60, 30).days(as_of), (Day(40), Day(70)));
        assert_eq!(Window::Between(Day(5), Day(500)).days(as_of), (Day(5), Day(100)));
    }
}
