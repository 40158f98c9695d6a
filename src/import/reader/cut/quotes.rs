//! Quotes: taking them off, and telling those that belong to the text.

use memchr::{memchr, memchr_iter, memchr2_iter, memchr3};

/// The quote.
pub const QUOTE: u8 = b'"';

/// Where a row ends: cells end here, the next row starts there.
#[derive(Clone, Copy)]
pub struct Line {
    pub end: usize,
    pub next: usize,
}

/// How a row with quotes came out.
pub enum Quoted {
    /// A row; `inner` line ends lie within its quotes; `dirty` when text follows a closing quote.
    Row { line: Line, inner: u64, dirty: bool },
    /// The text read so far ends within the row.
    More,
}

/// Unquotes a row. `ended` says that no more text follows.
pub fn unquote(
    bytes: &[u8],
    delimiter: u8,
    ended: bool,
    text: &mut Vec<u8>,
    spans: &mut Vec<(usize, usize)>,
) -> Quoted {
    text.clear();
    spans.clear();
    let (mut at, mut inner, mut dirty) = (0, 0, false);
    loop {
        let start = text.len();
        at += blanks_before_quote(&bytes[at..], delimiter);
        if bytes.get(at) == Some(&QUOTE) {
            at += 1;
            loop {
                let Some(close) = memchr(QUOTE, &bytes[at..]).map(|i| at + i) else { return Quoted::More };
                text.extend_from_slice(&bytes[at..close]);
                inner += line_ends(&bytes[at..close]);
                at = close + 1;
                match bytes.get(at) {
                    Some(&QUOTE) => {
                        text.push(QUOTE);
                        at += 1;
                    }
                    None if !ended => return Quoted::More,
                    _ => break,
                }
            }
            at += blanks_before_end(&bytes[at..], delimiter);
            dirty |= !matches!(bytes.get(at), None | Some(b'\n' | b'\r')) && bytes.get(at) != Some(&delimiter);
        }
        let end = memchr3(delimiter, b'\n', b'\r', &bytes[at..]).map(|i| at + i);
        if end.is_none_or(|end| bytes[end] == b'\r' && end + 1 == bytes.len()) && !ended {
            return Quoted::More;
        }
        let end = end.unwrap_or(bytes.len());
        text.extend_from_slice(&bytes[at..end]);
        spans.push((start, text.len()));
        at = end + 1;
        match bytes.get(end) {
            Some(b) if *b == delimiter => {}
            Some(b'\r') if bytes.get(at) == Some(&b'\n') => {
                return Quoted::Row { line: Line { end, next: end + 2 }, inner, dirty };
            }
            Some(_) => return Quoted::Row { line: Line { end, next: end + 1 }, inner, dirty },
            None => return Quoted::Row { line: Line { end, next: end }, inner, dirty },
        }
    }
}

/// Unquotes one line, where a quote closes its cell only before a delimiter or the line's end. `false` when
/// a cell stays open.
pub fn unquote_loosely(line: &[u8], delimiter: u8, text: &mut Vec<u8>, spans: &mut Vec<(usize, usize)>) -> bool {
    text.clear();
    spans.clear();
    let mut at = 0;
    loop {
        let start = text.len();
        at += blanks_before_quote(&line[at..], delimiter);
        let mut open = line.get(at) == Some(&QUOTE);
        at += usize::from(open);
        while let Some(&b) = line.get(at) {
            let after = line.get(at + 1);
            if b == QUOTE && after == Some(&QUOTE) && line.get(at + 2).is_some() {
                at += 1;
            } else if b == QUOTE && open && after.is_none_or(|b| *b == delimiter) {
                open = false;
                at += 1;
                continue;
            } else if b == delimiter && !open {
                break;
            }
            text.push(b);
            at += 1;
        }
        spans.push((start, text.len()));
        if open {
            return false;
        }
        if at >= line.len() {
            return true;
        }
        at += 1;
    }
}

/// Blanks before an opening quote count for nothing: some tools write `, ` between cells.
fn blanks_before_quote(rest: &[u8], delimiter: u8) -> usize {
    let blanks = rest.iter().take_while(|b| **b == b' ' || (**b == b'\t' && delimiter != b'\t')).count();
    if rest.get(blanks) == Some(&QUOTE) { blanks } else { 0 }
}

/// Blanks after a closing quote count for nothing when a delimiter or line end follows.
fn blanks_before_end(rest: &[u8], delimiter: u8) -> usize {
    let blanks = rest.iter().take_while(|b| **b == b' ' || (**b == b'\t' && delimiter != b'\t')).count();
    match rest.get(blanks) {
        None | Some(b'\n' | b'\r') => blanks,
        Some(b) if *b == delimiter => blanks,
        Some(_) => 0,
    }
}

/// Line ends in a piece of text; `\r\n` counts once.
fn line_ends(text: &[u8]) -> u64 {
    memchr2_iter(b'\n', b'\r', text).filter(|&i| text[i] == b'\n' || text.get(i + 1) != Some(&b'\n')).count() as u64
}

/// Whether a line within the row would be a whole row by itself.
pub fn swallows_rows(row: &[u8], delimiter: u8, columns: usize) -> bool {
    let lines: Vec<&[u8]> = row.split(|b| *b == b'\n').collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().any(|line| memchr_iter(delimiter, line).count() + 1 == columns)
}
