//! Lines and times as people read them.

use super::evidence::{Evidence, Line, Piece, Quantity};
use crate::model::{Currency, Locale};

/// A number in the reader's way.
pub fn quantity(value: Quantity, locale: Locale, currency: Currency) -> String {
    match value {
        Quantity::Count(n) => locale.count(n),
        Quantity::Money(minor) => locale.money(minor, currency),
        Quantity::Each(minor) => locale.money(minor.round() as i64, currency),
        Quantity::Share(share) => locale.percent(share, 1),
        Quantity::Change(change) => {
            format!("{}{}", if change > 0.0 { "+" } else { "" }, locale.percent(change, 1))
        }
        Quantity::Number(number) if number.abs() >= 1_000.0 => locale.number(number, 0),
        Quantity::Number(number) => locale.number(number, 2),
        Quantity::Seconds(seconds) => time(seconds, locale),
    }
}

/// A line in the reader's way.
pub fn line(pieces: &Line, locale: Locale, currency: Currency) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(value) => quantity(*value, locale, currency),
    };
    pieces.iter().map(text).collect()
}

/// A time: `4 min 10 s`, `3 h 5 min`, `2.4 days`.
pub fn time(seconds: f64, locale: Locale) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match whole {
        0..60 => format!("{whole} s"),
        60..3_600 => format!("{} min {} s", whole / 60, whole % 60),
        3_600..86_400 => format!("{} h {} min", whole / 3_600, whole % 3_600 / 60),
        _ => format!("{} days", locale.number(seconds / 86_400.0, 1)),
    }
}

/// What the models of attribution give to a cell's channels, from the least to the most.
pub fn band(evidence: &Evidence, locale: Locale) -> Option<String> {
    let (least, most) = evidence.band?;
    let (low, high) = (locale.percent(least, 1), locale.percent(most, 1));
    Some(format!("{low} to {high} of orders, by all models"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_written_in_the_readers_way() {
        let pieces: Line =
            vec![Quantity::Count(812_400).into(), " visits, ".into(), Quantity::Each(31.4).into(), " each".into()];
        assert_eq!(line(&pieces, Locale::En, Currency::USD), "812,400 visits, $0.31 each");
        assert_eq!(line(&pieces, Locale::De, Currency::USD), "812.400 visits, 0,31\u{a0}$ each");
        for (seconds, text) in [(42.0, "42 s"), (250.0, "4 min 10 s"), (7_500.0, "2 h 5 min"), (207_360.0, "2.4 days")]
        {
            assert_eq!(time(seconds, Locale::En), text);
        }
    }
}
