//! Figures of calculators in the locale of the window.

use crate::analytics::roi::{OutputId, said};
use crate::model::Currency;
use crate::model::assumption::{Kind, Unit};
use crate::ui::locale;

/// A value in its unit.
pub fn value(unit: Unit, number: f64, currency: Currency) -> String {
    said::value(unit, number, currency, locale::current())
}

/// A value whose unit stands beside it: without currency and words.
pub fn bare(unit: Unit, number: f64, currency: Currency) -> String {
    match unit.kind {
        Kind::Money | Kind::Share => value(unit, number, currency),
        _ => said::number(number, 2, locale::current()),
    }
}

/// An output's value, for pictures: shares of 100% and more without decimals.
pub fn short(id: OutputId, number: f64, currency: Currency) -> String {
    let unit = id.get().unit;
    if unit.kind == Kind::Share && number.abs() >= 1.0 {
        locale::percent(number, 0)
    } else {
        value(unit, number, currency)
    }
}

/// An assumption's value at the edge of a table.
pub fn edge(unit: Unit, number: f64, currency: Currency) -> String {
    let words = bare(unit, number, currency);
    if unit.kind == Kind::Months { format!("{words} mo") } else { words }
}

/// An output's value.
pub fn output(id: OutputId, number: f64, currency: Currency) -> String {
    value(id.get().unit, number, currency)
}
