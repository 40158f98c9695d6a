//! Values of the form as fields show them, in the locale of the window.

use crate::framework::template::FormField;
use crate::model::plan::Amount;
use crate::model::strategy::{FieldKind, FieldValue};
use crate::model::{Currency, Day};
use crate::ui::locale;
use crate::ui::widgets::fields::typing::{plain, trimmed};

/// A value as its field shows it, without the unit that stands beside it. What data give has more decimals than anybody
/// reads; what was typed stands as it was typed.
pub(super) fn text(field: &FormField, value: &FieldValue, typed: bool) -> String {
    match value {
        FieldValue::Text(words) | FieldValue::Choice(words) => words.clone(),
        FieldValue::Money(minor, currency) if !typed && currency.major(*minor).abs() >= 1_000.0 => {
            locale::number(currency.major(*minor), 0)
        }
        FieldValue::Money(minor, currency) => plain(Amount { minor: *minor, currency: *currency }, *currency),
        FieldValue::Percent(share) if typed => trimmed(share * 100.0, 4),
        FieldValue::Percent(share) => locale::number(share * 100.0, 1),
        FieldValue::Number(number) | FieldValue::Ratio(number) if typed && number.abs() < 1_000.0 => {
            trimmed(*number, 6)
        }
        FieldValue::Number(number) | FieldValue::Ratio(number) => rounded(*number, field.whole),
        FieldValue::Date(day) => date(*day),
    }
}

fn rounded(number: f64, whole: bool) -> String {
    let decimals = match number.abs() {
        _ if whole => 0,
        small if small < 1.0 => 2,
        middle if middle < 100.0 => 1,
        _ => 0,
    };
    locale::number(number, decimals)
}

fn date(day: Day) -> String {
    locale::date(day)
}

/// What stands behind the number within the field.
pub(super) fn unit(field: &FormField, value: Option<&FieldValue>, currency: Currency) -> String {
    match (field.kind, value) {
        (_, Some(FieldValue::Money(_, own))) => own.symbol().trim().to_owned(),
        (FieldKind::Money, _) => currency.symbol().trim().to_owned(),
        (FieldKind::Percent, _) => "%".to_owned(),
        (FieldKind::Ratio, _) => ":1".to_owned(),
        _ => field.unit.clone(),
    }
}

/// A value with its unit, for sentences and tables.
pub(super) fn whole(field: &FormField, value: Option<&FieldValue>, currency: Currency) -> String {
    let Some(value) = value else { return "—".to_owned() };
    match value {
        FieldValue::Money(minor, own) => locale::money(*minor, *own),
        FieldValue::Percent(_) => format!("{}%", text(field, value, false)),
        FieldValue::Ratio(_) => format!("{}:1", text(field, value, false)),
        FieldValue::Number(_) => {
            let unit = unit(field, Some(value), currency);
            let gap = if unit.starts_with(|c: char| c.is_alphabetic()) && unit.chars().count() > 1 { " " } else { "" };
            format!("{}{gap}{unit}", text(field, value, false))
        }
        _ => text(field, value, false),
    }
}

/// Whether a field stands with others in a row; texts take the whole width.
pub(super) fn is_short(field: &FormField) -> bool {
    field.kind != FieldKind::Text
}
