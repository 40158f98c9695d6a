//! Amounts and quantities: exact decimal text to scaled integers.
//!
//! A number that can be read one way only is read so; where point or comma could be the decimal mark
//! (`1.234`), the mark of the file decides, and without one the cell is refused.

use super::{CellError, is_null, unguard};
use crate::import::plan::DecimalMark;
use crate::import::row::Cell;
use crate::model::Currency;

/// A decimal number: `digits` / 10^`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    decimals: u32,
}

/// Which decimal marks the spelling of a number allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Not a number.
    NoNumber,
    /// No mark at all, or only such as mean the same either way.
    Any,
    /// Only a point: `12.50`, `1,234.5`.
    Point,
    /// Only a comma: `12,50`, `1.234,5`.
    Comma,
    /// Both readings are numbers, and differ: `1.234`, `1,234`.
    Either,
}

impl Marks {
    /// The marks that a cell allows.
    pub fn of(text: &str) -> Self {
        if is_null(text) {
            return Self::Any;
        }
        let point = parse(text, DecimalMark::Point);
        let comma = parse(text, DecimalMark::Comma);
        match (point, comma) {
            (None, None) => Self::NoNumber,
            (Some(_), None) => Self::Point,
            (None, Some(_)) => Self::Comma,
            (Some(p), Some(c)) if same(p, c) => Self::Any,
            _ => Self::Either,
        }
    }
}

fn same(a: Decimal, b: Decimal) -> bool {
    a == b || (a.digits == 0 && b.digits == 0)
}

/// Reads a cell as an integer count of 10^-`exponent`, rounding half away from zero.
pub(super) fn scaled(
    cell: Cell,
    mark: Option<DecimalMark>,
    exponent: u32,
    what: &str,
) -> Result<Option<i64>, CellError> {
    if cell.is_blank() {
        return Ok(None);
    }
    if let Some(value) = plain(cell.text.as_bytes(), mark, exponent) {
        return Ok(Some(value));
    }
    let cell = cell.part(unguard(cell.text));
    if cell.is_blank() || is_null(cell.text) {
        return Ok(None);
    }
    let decimal = match (parse(cell.text, DecimalMark::Point), parse(cell.text, DecimalMark::Comma), mark) {
        (Some(p), Some(c), _) if same(p, c) => p,
        (Some(p), None, _) | (Some(p), _, Some(DecimalMark::Point)) => p,
        (None, Some(c), _) | (_, Some(c), Some(DecimalMark::Comma)) => c,
        (Some(_), Some(_), None) => {
            return Err(CellError::new(
                cell,
                "can be read with a decimal point and with a decimal comma",
                "Say which mark parts the decimals (--decimal point or comma)",
            ));
        }
        (None, None, _) => {
            return Err(CellError::new(cell, format!("is not {what}"), "Write digits with one decimal mark"));
        }
    };
    match rescale(decimal, exponent) {
        Some(value) => Ok(Some(value)),
        None => Err(CellError::new(cell, "is too large to be kept exactly", "Check the number")),
    }
}

/// The common spelling `-1234.56`, without allocation; `None` leaves the cell to the full reading.
fn plain(text: &[u8], mark: Option<DecimalMark>, exponent: u32) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 17 {
        return None;
    }
    let mut value: i64 = 0;
    let mut point = None;
    for (i, b) in digits.iter().enumerate() {
        match b {
            b'0'..=b'9' => value = value * 10 + i64::from(b - b'0'),
            b'.' if point.is_none() && i > 0 => point = Some(digits.len() - 1 - i),
            _ => return None,
        }
    }
    let decimals = match point {
        None => 0,
        Some(0) => return None,
        // Three digits after a point may also be a group of thousands.
        Some(3) if mark != Some(DecimalMark::Point) => return None,
        Some(n) => n as u32,
    };
    let value = if decimals <= exponent {
        value.checked_mul(10_i64.checked_pow(exponent - decimals)?)?
    } else {
        let unit = 10_i64.checked_pow(decimals - exponent)?;
        (value + unit / 2) / unit
    };
    Some(if negative { -value } else { value })
}

fn rescale(number: Decimal, exponent: u32) -> Option<i64> {
    let scaled = if number.decimals <= exponent {
        number.digits.checked_mul(10_i128.checked_pow(exponent - number.decimals)?)?
    } else {
        match 10_i128.checked_pow(number.decimals - exponent) {
            Some(unit) => (number.digits.abs() + unit / 2) / unit * number.digits.signum(),
            None => 0,
        }
    };
    i64::try_from(scaled).ok()
}

/// Reads a number whose decimal mark is given; `None` when the text is no such number.
fn parse(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let (negative, body) = without_decoration(text)?;
    let (body, power) = without_exponent(body)?;
    let (point, grouping) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = match body.split_once(point) {
        Some((_, "")) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    let mut digits: i128 = 0;
    let mut push = |c: char| -> Option<()> {
        digits = digits.checked_mul(10)?.checked_add(i128::from(c.to_digit(10)?))?;
        Some(())
    };
    check_groups(whole, grouping)?;
    whole.chars().filter(|c| !is_group_mark(*c, grouping)).try_for_each(&mut push)?;
    fraction.chars().try_for_each(&mut push)?;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let decimals = i32::try_from(fraction.len()).ok()? - power;
    let digits = if negative { -digits } else { digits };
    if decimals >= 0 {
        Some(Decimal { digits, decimals: decimals.unsigned_abs() })
    } else {
        Some(Decimal { digits: digits.checked_mul(10_i128.checked_pow(decimals.unsigned_abs())?)?, decimals: 0 })
    }
}

/// Takes off what stands around a number: parentheses or a minus sign (before, after, or after the
/// currency), currency signs and names, spaces.
fn without_decoration(text: &str) -> Option<(bool, &str)> {
    let mut rest = text.trim_matches(is_space);
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (negative, rest) = (true, inner.trim_matches(is_space));
    }
    let mut signs = 0;
    loop {
        let before = rest;
        if let Some(t) = rest.strip_prefix(is_minus).or_else(|| rest.strip_suffix(is_minus)) {
            (negative, rest, signs) = (true, t, signs + 1);
        } else if let Some(t) = rest.strip_prefix('+') {
            (rest, signs) = (t, signs + 1);
        }
        rest = without_currency(rest.trim_matches(is_space)).trim_matches(is_space);
        if rest == before || signs > 1 {
            break;
        }
    }
    (signs <= 1).then_some((negative, rest))
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2012}')
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '؋' | '৲' | '৳' | '฿' | '\u{20a0}'..='\u{20cf}' | '﷼' | '＄' | '￥')
}

/// Names of currencies that stand beside amounts and are no ISO codes.
const CURRENCY_WORDS: &[&str] = &[
    "kr", "kr.", "zł", "kč", "ft", "lei", "rs", "rs.", "лв", "лв.", "руб", "руб.", "р.", "fr", "fr.", "sfr.", "din",
    "us", "a", "au", "c", "ca", "nz", "hk", "r", "s", "tl", "rm", "rp", "ден", "дин", ",-", "kn",
];

/// Takes a currency sign or name off either end of a number.
fn without_currency(text: &str) -> &str {
    let text = text.trim_matches(is_currency_sign);
    let digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(digit), text.rfind(digit)) else { return text };
    let known = |word: &str| {
        let word =
            word.trim_matches(|c| is_space(c) || is_currency_sign(c) || c == '-' || c == '\u{2212}').to_lowercase();
        !word.is_empty() && (CURRENCY_WORDS.contains(&word.as_str()) || Currency::parse(&word).is_some())
    };
    let (before, after) = (&text[..first], &text[last + 1..]);
    let start = if !before.is_empty() && !before.contains(is_minus) && known(before) { first } else { 0 };
    let end = if !after.is_empty() && !after.contains(is_minus) && known(after) { last + 1 } else { text.len() };
    &text[start..end]
}

/// Splits off `E+05`. The power is bounded, as no amount needs more.
fn without_exponent(text: &str) -> Option<(&str, i32)> {
    match text.split_once(['e', 'E']) {
        None => Some((text, 0)),
        Some((body, power)) => power.parse().ok().filter(|p: &i32| p.abs() <= 18).map(|p| (body, p)),
    }
}

fn is_group_mark(c: char, grouping: char) -> bool {
    c == grouping || is_space(c) || matches!(c, '\'' | '\u{2019}' | '_')
}

/// Checks groups of thousands: one kind of mark, three digits after the last mark, two or three between
/// (`1,00,000`), one to three before the first, which is not zero.
fn check_groups(whole: &str, grouping: char) -> Option<()> {
    let Some(mark) = whole.chars().find(|c| is_group_mark(*c, grouping)) else { return Some(()) };
    let mut groups = whole.split(mark).rev();
    let last = groups.next()?;
    let mut sizes = groups.map(str::len).peekable();
    if last.len() != 3 || !last.bytes().all(|b| b.is_ascii_digit()) || whole.starts_with('0') {
        return None;
    }
    while let Some(size) = sizes.next() {
        let fits = if sizes.peek().is_some() { (2..=3).contains(&size) } else { (1..=3).contains(&size) };
        if !fits {
            return None;
        }
    }
    whole.chars().all(|c| c == mark || c.is_ascii_digit()).then_some(())
}
