//! Cuts text into rows and cells, by RFC 4180 where the text follows it and by good sense where not.
//!
//! A line without quotes is split at its delimiters. With quotes the rules are those of the `csv` crate,
//! with one exception: a quote that is never closed, or closed in the middle of another cell, must not
//! swallow the rows below. Such a line is given back as flawed, and reading goes on with the next line.

mod quotes;

use std::io;
use std::ops::ControlFlow;

use memchr::{memchr, memchr_iter, memchr2};

use super::window::Window;
use super::{Event, Flaw, MAX_ROW_BYTES, ReadError};
use crate::import::row::Cells;
use quotes::{Line, QUOTE, Quoted, swallows_rows, unquote, unquote_loosely};

/// What of an overlong line is kept to show it.
const SHOWN_BYTES: usize = 64 << 10;

/// Cuts the text of a window into rows.
pub struct Cutter {
    window: Window,
    delimiter: u8,
    quoting: bool,
    /// Cells a row should have; 0 = not known.
    columns: usize,
    line: u64,
    /// Text and spans of a row with quotes, while it is unquoted.
    text: Vec<u8>,
    spans: Vec<(usize, usize)>,
}

/// What [`Cutter::next`] found, besides the cells.
pub struct Cut {
    /// Line the row starts on.
    pub line: u64,
    pub flaw: Option<Flaw>,
    pub repaired: Option<&'static str>,
    pub unfinished: bool,
}

/// Drives a cutter over a whole text.
pub fn each_row<E>(
    mut cutter: Cutter,
    from_line: u64,
    mut visit: impl FnMut(Event) -> Result<ControlFlow<()>, E>,
) -> Result<(), ReadError<E>> {
    let broken = |e: io::Error| ReadError::File(format!("Reading stopped: {e}; nothing was written"));
    let mut cells = Cells::default();
    cutter.skip_to(from_line).map_err(broken)?;
    while let Some(cut) = cutter.next(&mut cells).map_err(broken)? {
        let Cut { line, flaw, repaired, unfinished } = cut;
        let event = Event { line, bytes: cutter.window.position(), cells: &cells, flaw, repaired, unfinished };
        if visit(event).map_err(ReadError::Visitor)?.is_break() {
            break;
        }
    }
    Ok(())
}

impl Cutter {
    /// A cutter that stands on line 1.
    pub fn new(window: Window, delimiter: u8, quoting: bool, columns: usize) -> Self {
        let (text, spans) = Default::default();
        Self { window, delimiter, quoting, columns, line: 1, text, spans }
    }

    /// Skips lines, whatever they hold, until it stands on `line`.
    pub fn skip_to(&mut self, line: u64) -> io::Result<()> {
        while self.line < line {
            self.skip_line()?;
            if self.window.bytes().is_empty() && !self.window.more()? {
                return Ok(());
            }
            self.line += 1;
        }
        Ok(())
    }

    /// The next row, or `None` at the end. Blank lines are left out.
    pub fn next(&mut self, cells: &mut Cells) -> io::Result<Option<Cut>> {
        self.skip_blank_lines()?;
        if self.window.bytes().is_empty() {
            return Ok(None);
        }
        let Some(line) = self.line_end(0)? else { return self.overlong(cells).map(Some) };
        let (bytes, decoded) = (&self.window.bytes()[..line.end], self.window.is_decoded());
        if self.quoting && memchr(QUOTE, bytes).is_some() {
            return self.quoted(line, cells).map(Some);
        }
        self.spans.clear();
        split(bytes, self.delimiter, &mut self.spans);
        let (flaw, unfinished) = (store(bytes, &self.spans, decoded, cells), line.next == line.end);
        Ok(Some(self.finish(line.next, 1, flaw, None, unfinished)))
    }

    fn finish(
        &mut self,
        used: usize,
        lines: u64,
        flaw: Option<Flaw>,
        repaired: Option<&'static str>,
        unfinished: bool,
    ) -> Cut {
        self.window.consume(used);
        let line = self.line;
        self.line += lines;
        Cut { line, flaw, repaired, unfinished }
    }

    fn skip_blank_lines(&mut self) -> io::Result<()> {
        loop {
            let used = match self.window.bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] | [b'\r', _, ..] => 1,
                [_, ..] if self.window.bytes() != b"\r" => return Ok(()),
                rest => {
                    let used = rest.len();
                    if self.window.more()? {
                        continue;
                    }
                    used
                }
            };
            if used == 0 {
                return Ok(());
            }
            self.window.consume(used);
            self.line += 1;
        }
    }

    /// The first line end at or after `from`, reading on as needed; the end of the file ends a line too.
    /// `None` when the line is longer than a row may be.
    fn line_end(&mut self, mut from: usize) -> io::Result<Option<Line>> {
        loop {
            let bytes = self.window.bytes();
            match memchr2(b'\n', b'\r', &bytes[from..]).map(|i| from + i) {
                Some(end) if end > MAX_ROW_BYTES => return Ok(None),
                Some(end) if bytes[end] == b'\n' => return Ok(Some(Line { end, next: end + 1 })),
                Some(end) if end + 1 < bytes.len() => {
                    let next = if bytes[end + 1] == b'\n' { end + 2 } else { end + 1 };
                    return Ok(Some(Line { end, next }));
                }
                Some(end) => {
                    if !self.window.more()? {
                        return Ok(Some(Line { end, next: end + 1 }));
                    }
                }
                None => {
                    from = bytes.len();
                    if from > MAX_ROW_BYTES {
                        return Ok(None);
                    }
                    if !self.window.more()? {
                        return Ok(Some(Line { end: from, next: from }));
                    }
                }
            }
        }
    }

    /// A line that is too long: its beginning is shown, the rest is passed over.
    fn overlong(&mut self, cells: &mut Cells) -> io::Result<Cut> {
        let start = &self.window.bytes()[..SHOWN_BYTES.min(self.window.bytes().len())];
        cells.clear();
        cells.push(&String::from_utf8_lossy(start));
        self.skip_line()?;
        let reason = format!("the line is longer than {} MB", MAX_ROW_BYTES >> 20);
        let flaw = Flaw::new(reason, "Shorten the cell, or leave its column out of the export");
        Ok(self.finish(0, 1, Some(flaw), None, false))
    }

    /// Moves on to the next line, however far it is.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.window.bytes();
            let used = match memchr2(b'\n', b'\r', bytes) {
                Some(end) if bytes[end..] == *b"\r" => end,
                Some(end) => {
                    let used = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
                    self.window.consume(used);
                    return Ok(());
                }
                None => bytes.len(),
            };
            self.window.consume(used);
            if !self.window.more()? {
                let rest = self.window.bytes().len();
                self.window.consume(rest);
                return Ok(());
            }
        }
    }

    /// A row whose first line holds quotes.
    fn quoted(&mut self, first: Line, cells: &mut Cells) -> io::Result<Cut> {
        let mut ended = false;
        loop {
            let (bytes, decoded) = (self.window.bytes(), self.window.is_decoded());
            match unquote(bytes, self.delimiter, ended, &mut self.text, &mut self.spans) {
                Quoted::Row { line, inner, dirty }
                    if line.end <= MAX_ROW_BYTES && !self.is_suspect(line, inner, dirty) =>
                {
                    let (flaw, unfinished) = (store(&self.text, &self.spans, decoded, cells), line.next == line.end);
                    return Ok(self.finish(line.next, 1 + inner, flaw, None, unfinished));
                }
                Quoted::More if !ended && bytes.len() <= MAX_ROW_BYTES => ended = !self.window.more()?,
                _ => break,
            }
        }
        Ok(self.mend(first, cells))
    }

    /// Whether a row looks as if a quote was left open or not doubled.
    fn is_suspect(&self, line: Line, inner: u64, dirty: bool) -> bool {
        if inner == 0 {
            return dirty && self.columns > 0;
        }
        dirty
            || (self.columns > 1
                && self.spans.len() != self.columns
                && swallows_rows(&self.window.bytes()[..line.end], self.delimiter, self.columns))
    }

    /// Reads the first line of a suspect row by itself. When its cells come out right, quotes that were not
    /// doubled stand for themselves; else the line is flawed.
    fn mend(&mut self, first: Line, cells: &mut Cells) -> Cut {
        let (bytes, decoded) = (&self.window.bytes()[..first.end], self.window.is_decoded());
        let unfinished = first.next == first.end;
        let (delimiter, columns) = (self.delimiter, self.columns);
        let mut fits =
            unquote_loosely(bytes, delimiter, &mut self.text, &mut self.spans) && self.spans.len() == columns;
        if !fits {
            let strict = unquote(bytes, delimiter, true, &mut self.text, &mut self.spans);
            fits = matches!(strict, Quoted::Row { .. }) && self.spans.len() == columns;
        }
        if fits {
            let flaw = store(&self.text, &self.spans, decoded, cells);
            return self.finish(first.next, 1, flaw, Some("quotes within a cell were not doubled"), unfinished);
        }
        self.spans.clear();
        split(bytes, self.delimiter, &mut self.spans);
        store(bytes, &self.spans, decoded, cells);
        let flaw = Flaw::new(
            "a quote opens here and is not closed, or stands within a cell and is not doubled",
            "Close the quote, or double it if it belongs to the text",
        );
        self.finish(first.next, 1, Some(flaw), None, unfinished)
    }
}

fn split(line: &[u8], delimiter: u8, spans: &mut Vec<(usize, usize)>) {
    let mut start = 0;
    for end in memchr_iter(delimiter, line) {
        spans.push((start, end));
        start = end + 1;
    }
    spans.push((start, line.len()));
}

/// Hands a row over as text, or says why it is none. In decoded text U+FFFD stands for bytes that were lost.
fn store(bytes: &[u8], spans: &[(usize, usize)], decoded: bool, cells: &mut Cells) -> Option<Flaw> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        cells.clear();
        spans.iter().for_each(|(start, end)| cells.push(&String::from_utf8_lossy(&bytes[*start..*end])));
        let repair = "Say the encoding of the file, such as windows-1252 (--encoding)";
        return Some(Flaw::new("the row is not UTF-8 text", repair));
    };
    cells.set(text, spans.iter().copied());
    if memchr(0, bytes).is_some() {
        let repair = "Export the file again: it is damaged";
        return Some(Flaw::new("the row holds a NUL character, which text never has", repair));
    }
    if decoded && text.contains('\u{fffd}') {
        let repair = "Say the encoding of the file (--encoding)";
        return Some(Flaw::new("the row holds characters that the encoding does not know", repair));
    }
    None
}

#[cfg(test)]
mod tests;
