//! Dates written with words, in pieces: numbers, words, marks.

use super::{Fault, days_of};
use crate::import::plan::DateOrder;

/// A piece of a date text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Mark(char),
}

pub fn tokens(text: &str) -> Vec<Token<'_>> {
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

pub fn skip_marks<'t, 'a>(mut pieces: &'t [Token<'a>], marks: &[char]) -> &'t [Token<'a>] {
    loop {
        match pieces {
            [Token::Mark(m), rest @ ..] if marks.contains(m) => pieces = rest,
            [Token::Word("T" | "t" | "at" | "um" | "à" | "klo"), rest @ ..] if marks.contains(&'T') => pieces = rest,
            _ => return pieces,
        }
    }
}

/// Leaves out a word before the date that is no month: `Mon,`, `Montag`.
pub fn without_weekday<'t, 'a>(pieces: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match pieces {
        [Token::Word(word), rest @ ..] if month_of(word).is_none() && rest.len() > 1 => {
            skip_marks(rest, &[' ', ',', '.'])
        }
        // "Mar" is also Tuesday in Spanish and Italian: a month is followed by a number at once.
        [Token::Word(_), Token::Mark(','), rest @ ..] => skip_marks(rest, &[' ']),
        _ => pieces,
    }
}

pub type Rest<'t, 'a> = &'t [Token<'a>];

pub fn date_of<'t, 'a>(pieces: Rest<'t, 'a>, order: Option<DateOrder>) -> Result<(i64, Rest<'t, 'a>), Fault> {
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
pub fn time_of<'t, 'a>(pieces: Rest<'t, 'a>) -> Result<(i64, Rest<'t, 'a>), Fault> {
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

pub fn offset_of(pieces: Rest<'_, '_>) -> Result<Option<i32>, Fault> {
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
