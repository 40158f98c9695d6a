//! Verdicts in sentences, each with the interval it rests on.

use super::reading::{Comparison, Effect, Interval, Verdict};
use super::settings::{Looks, MetricSpec, Settings, Unit, Wanted};
use super::verdict::rested;
use crate::model::Locale;

/// A sentence that goes on within another one.
pub fn lowered(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.clone().next()) {
        // Abbreviations and names in capitals stay.
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}

/// A value of a metric without its sign, and what it is counted in: `0.40` and ` EUR`, `1.25` and ` percentage points`.
fn amount(value: f64, unit: &Unit) -> (String, String) {
    let value = value.abs();
    match unit {
        Unit::Share => (Locale::En.number(value * 100.0, digits(value * 100.0)), " percentage points".into()),
        Unit::Money { currency, decimals } => {
            let digits = digits(value).max(u32::from(*decimals)).min(8);
            (Locale::En.number(value, digits), format!(" {currency}"))
        }
        Unit::Number => (Locale::En.number(value, digits(value)), String::new()),
    }
}

/// Decimals that show two digits of a small number and no more than two of a large one.
fn digits(value: f64) -> u32 {
    if value >= 0.1 || value <= 0.0 { 2 } else { (1.0 - value.log10().floor()).clamp(2.0, 8.0) as u32 }
}

/// A range around, above or below zero: `between 0.40 EUR lower and 2.10 EUR higher`.
fn span(range: Interval, unit: &Unit) -> String {
    let ((low, of), (high, _)) = (amount(range.low, unit), amount(range.high, unit));
    if range.low >= 0.0 {
        format!("between {low} and {high}{of} higher")
    } else if range.high <= 0.0 {
        format!("between {high} and {low}{of} lower")
    } else {
        format!("between {low}{of} lower and {high}{of} higher")
    }
}

/// `−1.2% to +3.4%`.
fn percents(range: Interval) -> String {
    let signed = |share: f64| {
        let text = Locale::En.percent(share, 1);
        if share > 0.0 { format!("+{text}") } else { text }
    };
    format!("{} to {}", signed(range.low), signed(range.high))
}

/// The verdict on a comparison, with the interval it rests on.
pub fn comparison(found: &Comparison, spec: &MetricSpec, control: &str, variant: &str, settings: &Settings) -> String {
    let what = lowered(&spec.name);
    let Some((absolute, relative)) = rested(found) else {
        return format!(
            "What {what} is with {variant} and with {control} cannot be compared: one of them has no value"
        );
    };
    let Some(range) = absolute.corrected else {
        return format!(
            "With {variant}, {what} cannot be told apart from that with {control}: there are too few users, or all did the same"
        );
    };
    let relative = relative.and_then(|effect: Effect| effect.corrected);
    let percent = relative.map(|range| format!(" ({})", percents(range))).unwrap_or_default();
    let range = format!("With {variant}, {what} is {}{percent} than with {control}", span(range, &spec.unit));
    format!("{range}; {}", ending(found.verdict, spec, settings))
}

fn ending(verdict: Verdict, spec: &MetricSpec, settings: &Settings) -> String {
    let confidence =
        Locale::En.percent(settings.confidence, if settings.confidence * 100.0 % 1.0 > 1e-9 { 1 } else { 0 });
    let sure = match settings.looks {
        Looks::AtTheEnd => format!("at {confidence} confidence"),
        Looks::Always => format!("at {confidence} confidence, whenever one looks"),
        Looks::Planned { .. } => format!("at {confidence} confidence over the planned looks"),
    };
    match verdict {
        Verdict::Better => format!("better {sure}"),
        Verdict::Worse if spec.wanted == Wanted::Down => format!("worse, since less is better, {sure}"),
        Verdict::Worse => format!("worse {sure}"),
        Verdict::AsGoodAsEqual => {
            let worth = Locale::En.percent(spec.worth.unwrap_or_default(), 1);
            format!("less than the {worth} that are worth acting on, {sure}")
        }
        Verdict::NotYet => "the test has not run its course, so it is too early to tell".into(),
        Verdict::CannotTell => "not enough data to tell".into(),
        Verdict::Invalid => "but a check says that these figures are not to be trusted".into(),
    }
}
