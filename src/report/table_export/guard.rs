//! Keeps text from becoming a formula when a spreadsheet opens a CSV file.
//!
//! Spreadsheets evaluate a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Known ways round a
//! naive check are closed too: blanks, no-break spaces or invisible characters before the sign, its full-width forms,
//! and text that is cut into several cells at a line break, tab or semicolon inside it. Commas need no guard: the
//! writer quotes cells that hold one. The remedy is an apostrophe in front, which importers (ours as well) drop.

use std::borrow::Cow;

/// Text that no spreadsheet takes for a formula. A plain negative number stays the number it is.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let places = places(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + places.len());
    let mut done = 0;
    for place in places {
        out.push_str(&text[done..place]);
        out.push('\'');
        done = place;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where apostrophes belong: the byte positions of the starts of dangerous pieces.
fn places(text: &str) -> Vec<usize> {
    if is_negative_number(text) {
        return Vec::new();
    }
    let mut places = Vec::new();
    if text.starts_with(['\t', '\r', '\n']) {
        places.push(0);
    }
    let mut start = 0;
    let mut at_start = true;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\r' | '\t' | ';') {
            (start, at_start) = (at + 1, true);
        } else if at_start && begins_formula(c) {
            places.push(start);
            at_start = false;
        } else if at_start && !is_passed_over(c) {
            at_start = false;
        }
    }
    places
}

/// ASCII signs, their full-width and small forms, which some spreadsheets fold to ASCII.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫')
}

/// What a spreadsheet may skip or drop before it looks at the first sign: blanks, quotes, control and zero-width
/// characters.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `-12.50`: harmless, and a number is what it should stay. `+49 …` is a telephone number and would lose its plus.
fn is_negative_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('-') else { return false };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// From OWASP's page on CSV injection and the reports it cites, with the ways round a naive check.
    const PAYLOADS: &[&str] = &[
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "=HYPERLINK(\"x\",\"y\")",
        "=1+2\";=1+2",
        " =1+1",
        "\u{a0}=1+1",
        "\u{feff}=1+1",
        "\u{200b}@A1",
        "\u{3000}=1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠A1",
        "\"=1+1",
        "-",
        "--1",
        "-1e5",
        "+49 151 000",
    ];

    /// The pieces a careless reader would make of a cell, without what it would pass over.
    fn is_neutral(cell: &str) -> bool {
        let piece_is_neutral = |piece: &str| !piece.trim_start_matches(is_passed_over).starts_with(begins_formula);
        is_negative_number(cell)
            || (!cell.starts_with(['\t', '\r', '\n']) && cell.split(['\n', '\r', '\t', ';']).all(piece_is_neutral))
    }

    #[test]
    fn known_payloads_become_text_wherever_they_stand() {
        for payload in PAYLOADS {
            for before in ["", "harmless\n", "harmless\r\n", "a;", "a\tb\t", "x;\n "] {
                let cell = format!("{before}{payload}");
                assert!(is_neutral(&neutral(&cell)), "{cell:?} became {:?}", neutral(&cell));
            }
            assert!(neutral(payload).starts_with('\''), "{payload:?}");
        }
    }

    #[test]
    fn ordinary_text_and_numbers_stay() {
        for text in ["", "O'Brien", "a-b", "5,-", "size: -5", "jo@example.com", "a\nb", "-12.50", "-3", "1+1", "a, -5"]
        {
            assert_eq!(neutral(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_neutral_and_loses_nothing(text in "[ =+@;\"'a1.\t\r\n\u{a0}\u{200b}＝－-]{0,12}") {
            let cell = neutral(&text);
            prop_assert!(is_neutral(&cell), "{:?} became {:?}", text, cell);
            prop_assert_eq!(cell.replace('\'', ""), text.replace('\'', ""));
            prop_assert_eq!(neutral(&cell), cell.as_ref());
        }
    }
}
