//! Values of fields as people write and read them. Documents and the form use the same words.

use crate::framework::template::FormField;
use crate::model::strategy::{FieldKind, FieldValue};
use crate::model::{Currency, Locale, typed};

/// A longer answer belongs into a document of its own.
pub const LONGEST: usize = 100_000;

const EN: Locale = Locale::En;

/// How many decimals a number is printed with.
#[derive(Clone, Copy)]
struct Places {
    /// The fewest.
    least: u32,
    /// As many as tell it exactly, up to this; where those do not suffice, the fewest.
    most: u32,
    /// Where `most` do not suffice either: that many all the same.
    all: bool,
}

impl Places {
    /// Of what somebody typed: its own decimals.
    const TYPED: Self = Self { least: 0, most: 4, all: false };
    /// Of a figure: those of its page, whatever the quotient comes to.
    const FIGURE: Self = Self { least: 0, most: 0, all: false };
    /// Of what is to be read back.
    const FILE: Self = Self { least: 0, most: 12, all: true };

    /// The decimals of a number that has at least so many.
    fn of(self, number: f64, least: u32) -> u32 {
        let least = least.max(self.least);
        let exact = |places: &u32| {
            let scaled = number * 10_f64.powi(places.cast_signed());
            (scaled - scaled.round()).abs() < 1e-7
        };
        // Beyond 53 bits there are no decimals that could be printed.
        let fits = |places: &u32| number.abs() * 10_f64.powi(places.cast_signed()) < 9e15;
        let most = || (least..=self.most).rev().find(fits).unwrap_or(least);
        let otherwise = if self.all { most() } else { least };
        (least..=self.most).find(exact).unwrap_or(otherwise)
    }
}

/// A typed value as documents print it: `$118.40`, `41.4%`, `6.2x/yr`, `3.2:1`, `14 Oct 2026`; texts as they were typed,
/// numbers with the decimals that they were typed with.
pub fn written(field: &FormField, value: &FieldValue) -> String {
    text(field, value, Places::TYPED)
}

/// A value from data as documents print it: with as many decimals as its page has.
pub fn figure(field: &FormField, value: &FieldValue) -> String {
    text(field, value, Places::FIGURE)
}

/// A value as a file has it that is read back: nothing of it is rounded away.
pub fn exact(field: &FormField, value: &FieldValue) -> String {
    text(field, value, Places::FILE)
}

/// Two values of a field that differ, as documents print them, with as many decimals more as it takes to see it.
pub fn apart(field: &FormField, before: &FieldValue, after: &FieldValue) -> (String, String) {
    let with = |least| {
        let places = Places { least, most: 2, all: false };
        (text(field, before, places), text(field, after, places))
    };
    let told = (0..=8).map(with).find(|(before, after)| before != after);
    told.unwrap_or_else(|| with(0))
}

fn text(field: &FormField, value: &FieldValue, places: Places) -> String {
    let plain = match value {
        FieldValue::Text(text) | FieldValue::Choice(text) => return text.clone(),
        FieldValue::Date(day) => return EN.date(*day),
        FieldValue::Percent(share) => {
            // Small shares differ in their second decimal.
            let least = if share.abs() < 0.1 { 2 } else { 1 };
            return EN.percent(*share, places.of(share * 100.0, least));
        }
        FieldValue::Number(number) => EN.number(*number, places.of(*number, if field.whole { 0 } else { 1 })),
        FieldValue::Money(minor, currency) => currency.display(*minor),
        FieldValue::Ratio(ratio) => format!("{}:1", EN.number(*ratio, places.of(*ratio, 1))),
    };
    format!("{plain}{}", field.unit)
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
