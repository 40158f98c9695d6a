//! Moments and dates in the spellings of shop exports.

use super::{CellError, Conventions, is_null, unguard};
use crate::import::plan::DateOrder;
use crate::import::row::Cell;

/// A reading: seconds since 1970 on the wall clock, and the offset from UTC when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub local: i64,
    pub offset: Option<i32>,
}

/// Which orders of day and month the spelling of a date allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateShape {
    /// Not a date.
    NoDate,
    /// The order is in the spelling (year first, month as a word), or does not matter (05/05/2026).
    Certain,
    /// Day first: 31/12/2026.
    Dmy,
    /// Month first: 12/31/2026.
    Mdy,
    /// Day or month first: 03/04/2026.
    Either,
}

impl DateShape {
    /// The orders that a cell allows.
    pub fn of(text: &str) -> Self {
        if iso(text.as_bytes()).is_some() {
            return Self::Certain;
        }
        let read = |order| parse(text, Some(order), false).ok();
        match (parse(text, None, false), read(DateOrder::Dmy), read(DateOrder::Mdy)) {
            (Ok(_), Some(_), Some(_)) => Self::Certain,
            (_, Some(_), None) => Self::Dmy,
            (_, None, Some(_)) => Self::Mdy,
            (Err(Fault::Order), Some(_), Some(_)) => Self::Either,
            _ => Self::NoDate,
        }
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Not written like a date.
    Shape,
    /// Written like one, but there is no such day or time.
    Calendar,
    /// Day and month could be either way round.
    Order,
    /// A zone abbreviation that means several zones.
    Zone,
}

pub(super) fn read(cell: Cell, conventions: &Conventions) -> Result<Option<Stamp>, CellError> {
    if cell.is_blank() {
        return Ok(None);
    }
    if let Some(stamp) = iso(cell.text.as_bytes()) {
        return Ok(Some(stamp));
    }
    let cell = cell.part(unguard(cell.text));
    if cell.is_blank() || is_null(cell.text) || cell.text.starts_with("0000-00-00") {
        return Ok(None);
    }
    parse(cell.text, conventions.date_order, conventions.serials).map(Some).map_err(|fault| match fault {
        Fault::Shape => CellError::new(cell, "is not a date", "Write it as YYYY-MM-DD HH:MM:SS"),
        Fault::Calendar => {
            let order = match conventions.date_order {
                Some(DateOrder::Dmy) => " when the day stands first",
                Some(DateOrder::Mdy) => " when the month stands first",
                _ => "",
            };
            CellError::new(cell, format!("is no day of the calendar{order}"), "Write it as YYYY-MM-DD HH:MM:SS")
        }
        Fault::Order => CellError::new(
            cell,
            "can be read with the day first and with the month first",
            "Say which with --date-order dmy or --date-order mdy",
        ),
        Fault::Zone => CellError::new(cell, "names a time zone that is not certain", "Write the offset, such as +0100"),
    })
}

/// `2026-10-14`, `2026-10-14 09:55`, `2026-10-14T09:55:16`, each with fraction and offset, without
/// allocation; `None` leaves the text to [`parse`].
fn iso(text: &[u8]) -> Option<Stamp> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = text else { return None };
    let year = i32::from(pair(*y1, *y2)?) * 100 + i32::from(pair(*y3, *y4)?);
    let days = days_of(year, pair(*m1, *m2)?.into(), pair(*d1, *d2)?.into())?;
    let (seconds, rest) = match rest {
        [] => return Some(Stamp { local: days * 86_400, offset: None }),
        [b' ' | b'T' | b't', h1, h2, b':', n1, n2, rest @ ..] => {
            let (hour, minute) = (pair(*h1, *h2)?, pair(*n1, *n2)?);
            let (second, rest) = match rest {
                [b':', s1, s2, rest @ ..] => (pair(*s1, *s2)?, rest),
                rest => (0, rest),
            };
            if hour > 23 || minute > 59 || second > 59 {
                return None;
            }
            (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second), rest)
        }
        _ => return None,
    };
    let rest = match rest {
        [b'.' | b',', fraction @ ..] => {
            let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    Some(Stamp { local: days * 86_400 + seconds, offset: iso_offset(rest)? })
}

/// The offset that ends an ISO time: nothing, `Z`, `+01:00`, ` -0400`, `+01`.
fn iso_offset(text: &[u8]) -> Option<Option<i32>> {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let (sign, digits) = match text {
        [] => return Some(None),
        [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(Some(0)),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits {
        [a, b] => (pair(*a, *b)?, 0),
        [a, b, c, d] | [a, b, b':', c, d] => (pair(*a, *b)?, pair(*c, *d)?),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then(|| Some(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)))
}

fn pair(a: u8, b: u8) -> Option<u8> {
    (a.is_ascii_digit() && b.is_ascii_digit()).then(|| (a - b'0') * 10 + (b - b'0'))
}

/// Days since 1970 of a date, or `None` when there is no such day. Years 1 to 9999.
fn days_of(year: i32, month: u32, day: u32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day == 0 || day > length || !(1..=9999).contains(&year) {
        return None;
    }
    // Years counted from March, so that the leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Some(days - 719_468)
}

/// A piece of a date text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let same = |pick: fn(char) -> bool| rest.find(|c| !pick(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            same(|c| c.is_ascii_digit())
        } else if c.is_alphabetic() {
            same(char::is_alphabetic)
        } else {
            c.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        match c {
            c if c.is_ascii_digit() => out.push(Token::Number(piece)),
            c if c.is_alphabetic() => out.push(Token::Word(piece)),
            c if c.is_whitespace() => {
                if !matches!(out.last(), None | Some(Token::Mark(' '))) {
                    out.push(Token::Mark(' '));
                }
            }
            c => out.push(Token::Mark(c)),
        }
    }
    out
}

fn parse(text: &str, order: Option<DateOrder>, serials: bool) -> Result<Stamp, Fault> {
    if text.len() > 64 {
        return Err(Fault::Shape);
    }
    if let Some(stamp) = digits_only(text, serials)? {
        return Ok(stamp);
    }
    let pieces = tokens(text);
    let pieces = without_weekday(&pieces);
    let (days, rest) = date_of(pieces, order)?;
    let (time, rest) = time_of(skip_marks(rest, &[' ', ',', 'T']))?;
    let offset = offset_of(rest)?;
    Ok(Stamp { local: days * 86_400 + time, offset })
}

/// `20230923`, `20230923143000`, seconds or milliseconds since 1970, and in workbooks day numbers.
fn digits_only(text: &str, serials: bool) -> Result<Option<Stamp>, Fault> {
    let number = |s: &str| s.parse::<i64>().map_err(|_| Fault::Shape);
    if serials && let Ok(days) = text.parse::<f64>() {
        return excel(days).map(Some).ok_or(Fault::Calendar);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    match text.len() {
        8 | 14 => {
            let part = |range: std::ops::Range<usize>| text.get(range).map_or(Ok(0), number);
            let days = days_of(part(0..4)? as i32, part(4..6)? as u32, part(6..8)? as u32).ok_or(Fault::Calendar)?;
            let (hour, minute, second) = (part(8..10)?, part(10..12)?, part(12..14)?);
            if hour > 23 || minute > 59 || second > 59 {
                return Err(Fault::Calendar);
            }
            Ok(Some(Stamp { local: days * 86_400 + hour * 3600 + minute * 60 + second, offset: None }))
        }
        10 => Ok(Some(Stamp { local: number(text)?, offset: Some(0) })),
        13 => Ok(Some(Stamp { local: number(text)?.div_euclid(1000), offset: Some(0) })),
        _ => Err(Fault::Shape),
    }
}

/// An Excel day number (1 = 1900-01-01, with the leap day of 1900 that never was).
fn excel(days: f64) -> Option<Stamp> {
    if !(61.0..2_958_466.0).contains(&days) {
        return None;
    }
    Some(Stamp { local: ((days - 25_569.0) * 86_400.0).round() as i64, offset: None })
}

fn skip_marks<'t, 'a>(mut pieces: &'t [Token<'a>], marks: &[char]) -> &'t [Token<'a>] {
    loop {
        match pieces {
            [Token::Mark(m), rest @ ..] if marks.contains(m) => pieces = rest,
            [Token::Word("T" | "t" | "at" | "um" | "à" | "klo"), rest @ ..] if marks.contains(&'T') => pieces = rest,
            _ => return pieces,
        }
    }
}

/// Leaves out a word before the date that is no month: `Mon,`, `Montag`.
fn without_weekday<'t, 'a>(pieces: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match pieces {
        [Token::Word(word), rest @ ..] if month_of(word).is_none() && rest.len() > 1 => {
            skip_marks(rest, &[' ', ',', '.'])
        }
        // "Mar" is also Tuesday in Spanish and Italian: a month is followed by a number at once.
        [Token::Word(_), Token::Mark(','), rest @ ..] => skip_marks(rest, &[' ']),
        _ => pieces,
    }
}

type Rest<'t, 'a> = &'t [Token<'a>];

fn date_of<'t, 'a>(pieces: Rest<'t, 'a>, order: Option<DateOrder>) -> Result<(i64, Rest<'t, 'a>), Fault> {
    use Token::{Mark, Number, Word};
    match pieces {
        [Number(a), Mark(s @ ('/' | '-' | '.')), Number(b), Mark(t), Number(c), rest @ ..] if s == t => {
            Ok((numeric(a, b, c, *s, order)?, rest))
        }
        [Word(month), rest @ ..] => {
            let month = month_of(month).ok_or(Fault::Shape)?;
            let [Number(day), rest @ ..] = skip_marks(rest, &['.', ' ', '-']) else { return Err(Fault::Shape) };
            let rest = skip_ordinal(rest);
            let [Number(year), rest @ ..] = skip_marks(rest, &['.', ' ', ',', '-']) else { return Err(Fault::Shape) };
            Ok((date(year, month, day)?, rest))
        }
        [Number(first), rest @ ..] => {
            let rest = skip_marks(skip_ordinal(rest), &['.', ' ', '-', '/']);
            let rest = match rest {
                [Word("de"), rest @ ..] => skip_marks(rest, &[' ']),
                rest => rest,
            };
            let [Word(month), rest @ ..] = rest else { return Err(Fault::Shape) };
            let month = month_of(month).ok_or(Fault::Shape)?;
            let rest = skip_marks(rest, &['.', ' ', ',', '-', '/']);
            let rest = match rest {
                [Word("de"), rest @ ..] => skip_marks(rest, &[' ']),
                rest => rest,
            };
            let [Number(last), rest @ ..] = rest else { return Err(Fault::Shape) };
            if first.len() == 4 { Ok((date(first, month, last)?, rest)) } else { Ok((date(last, month, first)?, rest)) }
        }
        _ => Err(Fault::Shape),
    }
}

fn skip_ordinal<'t, 'a>(pieces: Rest<'t, 'a>) -> Rest<'t, 'a> {
    match pieces {
        [Token::Word("st" | "nd" | "rd" | "th" | "er" | "º"), rest @ ..] => rest,
        _ => pieces,
    }
}

/// Days since 1970 of three numbers with one separator. A point separates dates with the day first only.
fn numeric(a: &str, b: &str, c: &str, separator: char, order: Option<DateOrder>) -> Result<i64, Fault> {
    let month = |text: &str| text.parse::<u32>().map_err(|_| Fault::Shape);
    if a.len() == 4 {
        return date(a, month(b)?, c);
    }
    if order == Some(DateOrder::Ymd) && c.len() <= 2 {
        return date(a, month(b)?, c);
    }
    let (first, second) = (month(a)?, month(b)?);
    let order = match order {
        Some(DateOrder::Dmy | DateOrder::Mdy) if separator != '.' => order,
        _ if separator == '.' || first > 12 => Some(DateOrder::Dmy),
        _ if second > 12 => Some(DateOrder::Mdy),
        _ if first == second => Some(DateOrder::Dmy),
        _ => return Err(Fault::Order),
    };
    if order == Some(DateOrder::Mdy) { date(c, first, b) } else { date(c, second, a) }
}

/// Days since 1970. Two-digit years are 1969 to 2068.
fn date(year: &str, month: u32, day: &str) -> Result<i64, Fault> {
    let number = |text: &str| text.parse::<u32>().map_err(|_| Fault::Shape);
    let year = match (year.len(), number(year)?) {
        (4, year) => year,
        (2, year @ 69..) => 1900 + year,
        (2, year) => 2000 + year,
        _ => return Err(Fault::Shape),
    };
    if day.len() > 2 {
        return Err(Fault::Shape);
    }
    days_of(year as i32, month, number(day)?).ok_or(Fault::Calendar)
}

/// A time of day in seconds, 12 or 24 hours. `14:02:10 PM` occurs: an hour above 12 needs no PM. A missing time is
/// midnight.
fn time_of<'t, 'a>(pieces: Rest<'t, 'a>) -> Result<(i64, Rest<'t, 'a>), Fault> {
    use Token::{Mark, Number};
    let number = |text: &str| text.parse::<u32>().map_err(|_| Fault::Shape);
    let (hour, minute, second, rest) = match pieces {
        [Number(h), Mark(':' | '.'), Number(m), Mark(':' | '.'), Number(s), rest @ ..] => {
            let rest = match rest {
                [Mark('.' | ','), Number(_), rest @ ..] => rest,
                rest => rest,
            };
            (number(h)?, number(m)?, number(s)?, rest)
        }
        [Number(h), Mark(':'), Number(m), rest @ ..] => (number(h)?, number(m)?, 0, rest),
        _ => return Ok((0, pieces)),
    };
    let (half, rest) = half_day(skip_marks(rest, &[' ']));
    let hour = match (half, hour) {
        (Some(false), 12) => 0,
        (Some(false), 13..) => return Err(Fault::Calendar),
        (Some(true), 1..12) => hour + 12,
        _ => hour,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return Err(Fault::Calendar);
    }
    Ok((i64::from(hour * 3600 + minute * 60 + second), rest))
}

/// `AM` is `Some(false)`, `PM` is `Some(true)`.
fn half_day<'t, 'a>(pieces: Rest<'t, 'a>) -> (Option<bool>, Rest<'t, 'a>) {
    let half = |word: &str| match word.to_ascii_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    };
    match pieces {
        [Token::Word(word), rest @ ..] if half(word).is_some() => (half(word), rest),
        [Token::Word(a @ ("a" | "A" | "p" | "P")), Token::Mark('.'), Token::Word("m" | "M"), rest @ ..] => {
            (Some(a.eq_ignore_ascii_case("p")), skip_marks(rest, &['.']))
        }
        _ => (None, pieces),
    }
}

fn offset_of(pieces: Rest<'_, '_>) -> Result<Option<i32>, Fault> {
    use Token::{Mark, Number, Word};
    let pieces = skip_marks(pieces, &[' ']);
    let pieces = match pieces {
        [Word("UTC" | "GMT"), rest @ ..] if !rest.is_empty() => skip_marks(rest, &[' ']),
        _ => pieces,
    };
    let (sign, hours, minutes) = match pieces {
        [] => return Ok(None),
        [Word("Z" | "z" | "UTC" | "GMT")] => return Ok(Some(0)),
        [Mark(s @ ('+' | '-')), Number(h), Mark(':'), Number(m)] => (*s, *h, *m),
        [Mark(s @ ('+' | '-')), Number(n)] if n.len() == 4 => (*s, &n[..2], &n[2..]),
        [Mark(s @ ('+' | '-')), Number(h)] if h.len() <= 2 => (*s, *h, "0"),
        [Word(_), ..] => return Err(Fault::Zone),
        _ => return Err(Fault::Shape),
    };
    let number = |text: &str| text.parse::<i32>().map_err(|_| Fault::Shape);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 18 || minutes > 59 {
        return Err(Fault::Calendar);
    }
    Ok(Some(if sign == '-' { -1 } else { 1 } * (hours * 3600 + minutes * 60)))
}

/// Names of the months in the languages of common shop systems. A word of three letters or more is a
/// month when one of its names begins with it.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari", "stycznia", "января"],
    &["february", "februar", "février", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "lutego", "февраля"],
    &["march", "märz", "maerz", "mrz", "mars", "marzo", "março", "marco", "maart", "mrt", "marca", "марта"],
    &["april", "avril", "abril", "aprile", "kwietnia", "апреля"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "maj", "maja", "мая"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "czerwca", "июня"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "lipca", "июля"],
    &["august", "août", "aout", "agosto", "augustus", "augusti", "sierpnia", "августа"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "września", "сентября"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "października", "октября"],
    &["november", "novembre", "noviembre", "novembro", "listopada", "ноября"],
    &[
        "december",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dicembre",
        "dezembro",
        "desember",
        "grudnia",
        "декабря",
    ],
];

fn month_of(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let fits = |names: &[&str]| names.iter().any(|name| name.starts_with(&word));
    MONTHS.iter().position(|names| fits(names)).map(|i| i as u32 + 1)
}
