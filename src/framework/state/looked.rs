//! The values of a form, looked at together: what rules about two places ask for.

use super::{Contradiction, State};
use crate::framework::state::{figure, written};
use crate::framework::template::{FormField, Place, Template};
use crate::model::strategy::FieldValue;

/// A form to be asked.
pub(super) struct Looked<'a> {
    pub template: &'a Template,
    pub state: &'a State,
}

/// A field that has a number.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub field: &'a FormField,
    pub place: Place<'a>,
    pub value: &'a FieldValue,
    /// Shares as parts of 1, money in minor units.
    pub number: f64,
    pub typed: bool,
}

impl<'a> Looked<'a> {
    /// The number in a field; `None` where nobody said anything or it is a text.
    pub fn number(&self, key: &str) -> Option<Known<'a>> {
        let place = self.template.place(key)?;
        let found = self.state.field(&place.field.key)?;
        let value = found.value()?;
        let number = match value {
            FieldValue::Number(number) | FieldValue::Percent(number) | FieldValue::Ratio(number) => *number,
            FieldValue::Money(minor, _) => *minor as f64,
            FieldValue::Text(_) | FieldValue::Date(_) | FieldValue::Choice(_) => return None,
        };
        let typed = found.is_typed();
        number.is_finite().then_some(Known { field: place.field, place, value, number, typed })
    }

    /// The numbers in the fields with an ending, of these prefixes.
    pub fn numbers(&self, prefixes: &[&str], ending: &str) -> Vec<Known<'a>> {
        prefixes.iter().filter_map(|prefix| self.number(&format!("{prefix}_{ending}"))).collect()
    }
}

impl Known<'_> {
    /// "VIP/Loyal AOV (section 1) is $118.40".
    pub fn is(&self) -> String {
        format!("{} is {}", self.place.name(), self.text())
    }

    /// "VIP/Loyal 41.4%".
    pub fn of_row(&self) -> String {
        format!("{} {}", self.place.group.title, self.text())
    }

    /// Its value as documents print it.
    pub fn text(&self) -> String {
        if self.typed { written(self.field, self.value) } else { figure(self.field, self.value) }
    }
}

/// What is wrong between these fields. What data say of each is held against nothing: only people contradict.
pub(super) fn told(sentence: String, fields: &[Known<'_>]) -> Option<Contradiction> {
    let keys = fields.iter().map(|known| known.field.key.clone()).collect();
    fields.iter().any(|known| known.typed).then_some(Contradiction { sentence, fields: keys })
}
