//! Values of fields as people write and read them. Documents and the form use the same words.

use crate::framework::template::FormField;
use crate::model::strategy::{FieldKind, FieldValue};
use crate::model::{Currency, Locale, typed};

/// A longer answer belongs into a document of its own.
pub const LONGEST: usize = 100_000;

const EN: Locale = Locale::En;

/// A value as documents print it: `$118.40`, `41.4%`, `6.2x/yr`, `3.2:1`, `14 Oct 2026`; texts as they were typed.
pub fn written(field: &FormField, value: &FieldValue) -> String {
    let plain = match value {
        FieldValue::Text(text) | FieldValue::Choice(text) => return text.clone(),
        FieldValue::Date(day) => return EN.date(*day),
        FieldValue::Percent(share) => return percent(*share),
        FieldValue::Number(number) => number_of(field, *number),
        FieldValue::Money(minor, currency) => currency.display(*minor),
        FieldValue::Ratio(ratio) => format!("{}:1", EN.number(*ratio, decimals(*ratio, 1))),
    };
    format!("{plain}{}", field.unit)
}

/// Small shares differ in their second decimal; a share that was typed with more keeps them.
fn percent(share: f64) -> String {
    let least = if share.abs() < 0.1 { 2 } else { 1 };
    EN.percent(share, decimals(share * 100.0, least))
}

fn number_of(field: &FormField, number: f64) -> String {
    let least = if field.whole { 0 } else { 1 };
    EN.number(number, decimals(number, least))
}

/// The fewest decimals, not below `least`, with which a number is told exactly; `least` where four do not suffice.
fn decimals(number: f64, least: u32) -> u32 {
    let exact = |places: &u32| {
        let scaled = number * 10_f64.powi(places.cast_signed());
        (scaled - scaled.round()).abs() < 1e-7
    };
    (least..=4).find(exact).unwrap_or(least)
}

/// What a typed text means; `None` = nothing is typed. Texts stay as they were typed.
///
/// # Errors
/// A sentence that says what the field can be.
pub fn read(field: &FormField, text: &str, currency: Currency) -> Result<Option<FieldValue>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let count = text.chars().count();
    if count > LONGEST {
        return Err(format!(
            "the text has {} characters; shorten it to {}, or put it into a document of its own",
            EN.count(count as u64),
            EN.count(LONGEST as u64)
        ));
    }
    let value = match field.kind {
        FieldKind::Text => Some(FieldValue::Text(text.to_owned())),
        FieldKind::Choice => Some(choice(field, text)?),
        FieldKind::Date => typed::day(text)?.map(FieldValue::Date),
        FieldKind::Money => {
            typed::money(bare(text, &field.unit), currency)?.map(|minor| FieldValue::Money(minor, currency))
        }
        FieldKind::Percent => {
            let range = (field.least, field.most);
            typed::percent(text, range).map_err(|why| in_range(field, why))?.map(FieldValue::Percent)
        }
        FieldKind::Ratio => {
            let text = text.trim();
            let one = text.strip_suffix('1').map(str::trim_end).and_then(|text| text.strip_suffix(':'));
            typed::decimal(one.unwrap_or(text))?.map(FieldValue::Ratio)
        }
        FieldKind::Number => typed::decimal(bare(text, &field.unit))?.map(FieldValue::Number),
    };
    if let Some(value) = &value {
        allowed(field, value)?;
    }
    Ok(value)
}

/// The text without the unit that stands behind it.
fn bare<'a>(text: &'a str, unit: &str) -> &'a str {
    let text = text.trim();
    if unit.is_empty() { text } else { text.strip_suffix(unit).unwrap_or(text) }
}

fn choice(field: &FormField, text: &str) -> Result<FieldValue, String> {
    let wanted = text.trim().to_lowercase();
    let found = field.choices.iter().find(|choice| choice.to_lowercase() == wanted);
    found.map(|choice| FieldValue::Choice(choice.clone())).ok_or_else(|| {
        format!("“{}” is none of {}", text.trim().chars().take(60).collect::<String>(), field.choices.join(", "))
    })
}

/// Why a value cannot stand in a field: it is of another kind, no finite number, or out of range.
///
/// # Errors
/// The sentence.
pub fn allowed(field: &FormField, value: &FieldValue) -> Result<(), String> {
    if value.kind() != field.kind {
        return Err(format!("{} is {}, not {}", field.label, in_words(field.kind), in_words(value.kind())));
    }
    let number = match value {
        FieldValue::Text(text) if text.chars().count() > LONGEST => return Err("the text is too long".into()),
        FieldValue::Choice(text) => return choice(field, text).map(drop),
        FieldValue::Text(_) | FieldValue::Date(_) => return Ok(()),
        FieldValue::Money(minor, currency) => currency.major(*minor),
        FieldValue::Number(number) | FieldValue::Percent(number) | FieldValue::Ratio(number) => *number,
    };
    if !number.is_finite() || !(field.least..=field.most).contains(&number) {
        return Err(in_range(field, String::new()));
    }
    if field.whole && number.fract() != 0.0 {
        return Err(format!("{} is a whole number", field.label));
    }
    Ok(())
}

/// What a field can be; another reason than its range stays as it is.
fn in_range(field: &FormField, why: String) -> String {
    if !why.is_empty() && !why.starts_with("Between") {
        return why;
    }
    let bound = |number: f64| match field.kind {
        FieldKind::Percent => EN.percent(number, 0),
        _ => EN.number(number, 0),
    };
    match (field.least, field.most) {
        (least, most) if most < 1e12 => format!("{} lies between {} and {}", field.label, bound(least), bound(most)),
        (0.0, _) => format!("{} cannot be less than 0, or as large as that", field.label),
        _ => format!("{} cannot be as large as that", field.label),
    }
}

fn in_words(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "a text",
        FieldKind::Number => "a number",
        FieldKind::Money => "an amount",
        FieldKind::Percent => "a percentage",
        FieldKind::Ratio => "a ratio",
        FieldKind::Date => "a day",
        FieldKind::Choice => "one of a list",
    }
}
