//! Typed numbers and dates, as people write them: `1,234.56` and `1.234,56` alike. What is unclear is asked about,
//! never guessed in silence, and never 0.

use chrono::NaiveDate;

use super::{Currency, Day};

/// What was read: nothing typed, a value, or what is wrong.
pub type Read<T> = Result<Option<T>, String>;

/// An amount in minor units. A single mark with three digits behind it parts thousands, unless the currency has three
/// decimals: `1.234` and `1,234` are both 1234.
///
/// # Errors
/// A sentence for the user when the text is no amount of this currency.
pub fn money(text: &str, currency: Currency) -> Read<i64> {
    let symbol = currency.symbol();
    let bare = text.replace(symbol.trim(), "").replace(currency.code(), "");
    let Some(number) = Number::of(&bare, Some(currency.exponent() as usize))? else { return Ok(None) };
    let places = currency.exponent() as usize;
    if number.part.len() > places {
        return Err(match places {
            0 => format!("{} has no decimals", currency.code()),
            n => format!("{} has {n} decimals at most", currency.code()),
        });
    }
    let digits = format!("{}{:0<places$}", number.whole, number.part);
    let minor: i64 = digits.parse().map_err(|_| "This is more than can be counted".to_owned())?;
    Ok(Some(if number.negative { -minor } else { minor }))
}

/// A share from a percentage: `12,5 %` is 0.125. `from` and `to` bound it, as shares.
///
/// # Errors
/// A sentence for the user when the text is no percentage, or lies outside.
pub fn percent(text: &str, (from, to): (f64, f64)) -> Read<f64> {
    let Some(number) = Number::of(&text.replace('%', ""), None)? else { return Ok(None) };
    let value: f64 =
        format!("{}.{}", number.whole, number.part).trim_end_matches('.').parse().map_err(|_| NO_NUMBER)?;
    let share = if number.negative { -value } else { value } / 100.0;
    if !(from..=to).contains(&share) {
        return Err(format!("Between {}% and {}%", from * 100.0, to * 100.0));
    }
    Ok(Some(share))
}

/// Any number. A single mark with three digits behind it parts thousands, unless the number begins with zero.
///
/// # Errors
/// A sentence for the user when the text is no number.
pub fn decimal(text: &str) -> Read<f64> {
    let begins = text.trim().trim_start_matches(['-', '−', '+']);
    let small = begins.starts_with("0.") || begins.starts_with("0,");
    let Some(number) = Number::of(text, (!small).then_some(2))? else { return Ok(None) };
    let value: f64 =
        format!("{}.{}", number.whole, number.part).trim_end_matches('.').parse().map_err(|_| NO_NUMBER)?;
    Ok(Some(if number.negative { -value } else { value }))
}

/// A day: `2026-10-14`, `14 Oct 2026`, `14.10.2026`, or with strokes where only one order is possible.
///
/// # Errors
/// A sentence for the user when the text is no day, or could be two.
pub fn day(text: &str) -> Read<Day> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(day) = Day::parse(text) {
        return Ok(Some(day));
    }
    for pattern in ["%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d.%m.%Y"] {
        if let Ok(date) = NaiveDate::parse_from_str(text, pattern) {
            return Ok(Some(Day::from_date(date)));
        }
    }
    let with = |pattern: &str| NaiveDate::parse_from_str(text, pattern).ok();
    match (with("%d/%m/%Y"), with("%m/%d/%Y")) {
        (Some(a), Some(b)) if a != b => Err("Day or month first? Write 2026-10-14 or 14 Oct 2026".into()),
        (Some(date), _) | (_, Some(date)) => Ok(Some(Day::from_date(date))),
        _ => Err("Not a date. Write 2026-10-14 or 14 Oct 2026".into()),
    }
}

const NO_NUMBER: &str = "Not a number. Write 1,234.56 or 1.234,56";

/// The digits of a number.
#[derive(Debug, PartialEq, Eq)]
struct Number {
    negative: bool,
    whole: String,
    part: String,
}

impl Number {
    /// `places` are the decimals that are usual; nothing where a single mark is always the decimal one.
    fn of(text: &str, places: Option<usize>) -> Read<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
        if text.is_empty() {
            return Ok(None);
        }
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let known = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        if !digits.chars().all(known) || !digits.contains(|c: char| c.is_ascii_digit()) {
            return Err(NO_NUMBER.into());
        }
        let (whole, part) = match decimal_mark(digits, places) {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, ""),
        };
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        let well_parted = groups.len() == 1
            || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
        if !well_parted || part.contains(['.', ',']) {
            return Err(NO_NUMBER.into());
        }
        let whole = groups.concat();
        let whole = if whole.is_empty() { "0".to_owned() } else { whole };
        Ok(Some(Self { negative, whole, part: part.to_owned() }))
    }
}

/// Where the decimal mark stands: the last of two kinds of marks; a single one, unless it parts thousands.
fn decimal_mark(digits: &str, places: Option<usize>) -> Option<usize> {
    let (dot, comma) = (digits.rfind('.'), digits.rfind(','));
    let (at, both) = match (dot, comma) {
        (Some(a), Some(b)) => (a.max(b), true),
        (a, b) => (a.or(b)?, false),
    };
    let mark = digits[at..].chars().next()?;
    let many = digits.matches(mark).count() > 1;
    let three = digits.len() - at == 4 && at > 0;
    let thousands = many || (!both && three && places.is_some_and(|places| places != 3));
    (!thousands).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_an_amount_are_read() {
        let usd = |text: &str| money(text, Currency::USD);
        for text in ["1,234.56", "1.234,56", "1 234,56", "1'234.56", "$1,234.56", "USD 1234.56", "1234,56"] {
            assert_eq!(usd(text), Ok(Some(123_456)), "{text}");
        }
        assert_eq!(usd("−5"), Ok(Some(-500)));
        assert_eq!(usd("1.234"), Ok(Some(123_400)), "no dollar has three decimals");
        assert_eq!(usd("1,234,567"), Ok(Some(123_456_700)));
        assert_eq!(usd(".5"), Ok(Some(50)));
        assert_eq!(usd("  "), Ok(None));
    }

    #[test]
    fn bad_amounts_are_refused_in_words_and_never_zero() {
        for text in ["ten", "1.2.3,4", "12,34.5x", "-", "1,23,456", "1.5555"] {
            assert!(money(text, Currency::USD).is_err(), "{text}: {:?}", money(text, Currency::USD));
        }
        let jpy = Currency::parse("JPY").unwrap();
        assert_eq!(money("1,234", jpy), Ok(Some(1_234)));
        assert!(money("12.5", jpy).unwrap_err().contains("no decimals"));
        assert!(money("99999999999999999999", Currency::USD).is_err());
    }

    #[test]
    fn plain_numbers_are_read_both_ways() {
        for (text, value) in [("1,500", 1500.0), ("0.125", 0.125), ("−12.5", -12.5), ("1.234,5", 1234.5), ("42", 42.0)]
        {
            assert_eq!(decimal(text), Ok(Some(value)), "{text}");
        }
        assert_eq!(decimal(""), Ok(None));
        assert!(decimal("many").is_err());
    }

    #[test]
    fn percentages_are_shares_within_bounds() {
        assert_eq!(percent("12,5 %", (0.0, 1.0)), Ok(Some(0.125)));
        assert_eq!(percent("12.345", (0.0, 1.0)), Ok(Some(0.123_45)));
        assert!(percent("140", (0.0, 1.0)).unwrap_err().contains("100%"));
        assert_eq!(percent("", (0.0, 1.0)), Ok(None));
    }

    #[test]
    fn days_are_read_unless_they_could_be_two() {
        let wanted = Day::parse("2026-10-14");
        for text in ["2026-10-14", "14 Oct 2026", "14 October 2026", "Oct 14, 2026", "14.10.2026", "14/10/2026"] {
            assert_eq!(day(text).unwrap(), wanted, "{text}");
        }
        assert!(day("03/04/2026").unwrap_err().contains("first"));
        assert_eq!(day("05/05/2026").unwrap(), Day::parse("2026-05-05"));
        assert!(day("soon").is_err() && day("2026-02-30").is_err());
    }
}
