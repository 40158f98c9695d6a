//! Figures of calculators as texts, the same for command line, documents and window.

use super::{Moved, Side};
use crate::model::assumption::{Kind, Unit};
use crate::model::plan::Amount;
use crate::model::{Currency, Locale};

/// A name within a sentence: `customer lifespan`, but `CLV` and `A/B tests`.
pub fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// An amount of major units: `$297`, `$16.50`, whole from 10,000 on.
pub fn money(major: f64, currency: Currency, locale: Locale) -> String {
    let minor = (major * currency.scale() as f64).round();
    if minor.abs() > 9e15 {
        return "—".into();
    }
    let minor = minor as i64;
    let whole = minor % currency.scale() == 0 || major.abs() >= 10_000.0;
    if whole { locale.money_whole(minor, currency) } else { locale.money(minor, currency) }
}

/// A number with as few decimals as it needs, and no more than `most`.
pub fn number(value: f64, most: u32, locale: Locale) -> String {
    let fits = |decimals: &u32| {
        let by = 10_f64.powi(decimals.cast_signed());
        ((value * by).round() / by - value).abs() < 1e-9 * value.abs().max(1.0)
    };
    locale.number(value, (0..most).find(fits).unwrap_or(most))
}

/// A value in its unit: `$297`, `395%`, `18 months`, `4.95`.
pub fn value(unit: Unit, value: f64, currency: Currency, locale: Locale) -> String {
    match unit.kind {
        Kind::Money => money(value, currency, locale),
        Kind::Share if value.abs() >= 1.0 => locale.percent(value, 0),
        Kind::Share => {
            let percent = number(value * 100.0, if value.abs() < 0.01 { 2 } else { 1 }, locale);
            // The sign and its gap are the locale's.
            locale.percent(0.0, 0).replacen('0', &percent, 1)
        }
        Kind::Count => number(value, if value.abs() < 100.0 { 1 } else { 0 }, locale),
        Kind::Number | Kind::Ratio => number(value, 2, locale),
        Kind::Months => {
            let months = number(value, 1, locale);
            if months == "1" { "1 month".into() } else { format!("{months} months") }
        }
    }
}

/// A value as it stands in a formula: shares as decimals, so that they can be multiplied.
pub fn in_formula(unit: Unit, value: f64, currency: Currency, locale: Locale) -> String {
    match unit.kind {
        Kind::Money => money(value, currency, locale),
        Kind::Share if (value * 100.0).round() == value * 100.0 => locale.number(value, 2),
        Kind::Share => number(value, 4, locale),
        Kind::Number if value.abs() < 10.0 => number(value, 4, locale),
        Kind::Count | Kind::Number | Kind::Ratio | Kind::Months => number(value, 2, locale),
    }
}

/// A value as it is typed on the command line and read again: `75.00 USD`, `20%`, `18`.
pub fn typed(unit: Unit, value: f64, currency: Currency) -> String {
    match unit.kind {
        Kind::Money => Amount { minor: (value * currency.scale() as f64).round() as i64, currency }.to_string(),
        Kind::Share => crate::model::sheet::share_text(Some(value)),
        _ => format!("{}", (value * 1e6).round() / 1e6),
    }
}

/// What the framework's return on investment is, since its formula calls a margin revenue.
pub fn what_roi_is() -> &'static str {
    "Lifetime gross profit of the month’s new customers against the month’s spend"
}

/// One side of a change.
pub fn side(side: &Side, unit: Unit, currency: Currency, locale: Locale) -> String {
    match side {
        Side::Number(number) => value(unit, *number, currency, locale),
        Side::Text(text) => text.clone(),
        Side::Unknown => "cannot tell".into(),
    }
}

/// A change: shares move by percentage points, everything else by a part of what it was. Empty where there is none.
pub fn change(moved: &Moved, locale: Locale) -> String {
    let (Side::Number(before), Side::Number(after)) = (&moved.before, &moved.after) else {
        return String::new();
    };
    let sign = if after > before { "+" } else { "" };
    if moved.unit.kind == Kind::Share {
        return format!("{sign}{} pp", locale.number((after - before) * 100.0, 1));
    }
    if *before == 0.0 { String::new() } else { format!("{sign}{}", locale.percent((after - before) / before.abs(), 1)) }
}
