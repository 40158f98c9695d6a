//! Moments and dates in the spellings of shop exports.

mod words;

use super::{CellError, Conventions, is_null, unguard};
use crate::import::plan::DateOrder;
use crate::import::row::Cell;
use words::{date_of, offset_of, skip_marks, time_of, tokens, without_weekday};

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
            "Say whether days or months come first (--date-order dmy or mdy)",
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

/// `20230923`, `20230923143000`, seconds, milli- or microseconds since 1970, and in workbooks day numbers.
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
        16 => Ok(Some(Stamp { local: number(text)?.div_euclid(1_000_000), offset: Some(0) })),
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
