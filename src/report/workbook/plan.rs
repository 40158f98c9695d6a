//! Which sheets a document becomes: per chapter one with its texts and one per table and chart, all in the order of the
//! document.

use std::borrow::Cow;

use super::names::Names;
use crate::report::document::{Bars, Block, Chart, Document, Table};
use crate::report::xml::legal;

/// Characters (UTF-16 units) of a cell.
const CELL: usize = 32_767;
/// Characters of a cell that a sheet of texts can show: rows have a largest height.
const SHOWN: usize = 1_800;

/// A sheet to write.
pub struct Sheet<'a> {
    /// Its name.
    pub name: String,
    /// The chapter it is of.
    pub chapter: &'a str,
    /// What it shows.
    pub what: String,
    /// Its content.
    pub content: Content<'a>,
}

/// Content of a sheet.
pub enum Content<'a> {
    /// The texts of a chapter.
    Texts(Vec<Line<'a>>),
    /// A table, and the chart that is drawn of it.
    Table(Cow<'a, Table>, Option<Drawing<'a>>),
}

/// A chart beside its numbers.
#[derive(Clone, Copy)]
pub enum Drawing<'a> {
    /// Amounts.
    Chart(&'a Chart),
    /// Shares.
    Bars(&'a Bars),
}

/// A line of a sheet of texts.
pub enum Line<'a> {
    /// A heading of level 1–3.
    Heading(u8, &'a str),
    /// A piece of a paragraph.
    Text(String),
    /// A piece of a bullet point, and whether it is its first.
    Item(String, bool),
    /// A term and a piece of what it stands for.
    Fact(String, String),
    /// A piece of a remark.
    Note(String),
    /// Here stands the sheet with this place.
    See(usize),
}

/// The sheets, without those of contents and references.
pub fn sheets<'a>(document: &'a Document, names: &mut Names) -> Vec<Sheet<'a>> {
    let mut plan = Plan { sheets: Vec::new(), chapter: document.title.as_str(), heading: "", texts: None };
    for block in &document.blocks {
        plan.block(block, names);
    }
    // A chapter that is one table needs no sheet that says so.
    plan.sheets
}

struct Plan<'a> {
    sheets: Vec<Sheet<'a>>,
    chapter: &'a str,
    /// The last heading of any level.
    heading: &'a str,
    /// Place of the sheet with the chapter's texts.
    texts: Option<usize>,
}

impl<'a> Plan<'a> {
    fn block(&mut self, block: &'a Block, names: &mut Names) {
        match block {
            Block::Heading(0..=1, text) => {
                (self.chapter, self.heading, self.texts) = (text, text, None);
            }
            Block::Heading(level, text) => {
                self.heading = text;
                self.say(Line::Heading(*level, text), names);
            }
            Block::Text(text) => pieces(text).into_iter().for_each(|piece| self.say(Line::Text(piece), names)),
            Block::Note(text) => pieces(text).into_iter().for_each(|piece| self.say(Line::Note(piece), names)),
            Block::List(items) => {
                for item in items {
                    for (at, piece) in pieces(item).into_iter().enumerate() {
                        self.say(Line::Item(piece, at == 0), names);
                    }
                }
            }
            Block::Facts(facts) => facts.iter().for_each(|(term, text)| self.fact(term, text, names)),
            Block::Table(table) => self.table(Cow::Borrowed(table), None, names),
            Block::Chart(chart) => self.table(Cow::Owned(chart.table()), Some(Drawing::Chart(chart)), names),
            Block::Bars(bars) => self.table(Cow::Owned(bars.table()), Some(Drawing::Bars(bars)), names),
        }
    }

    fn fact(&mut self, term: &str, text: &str, names: &mut Names) {
        for (at, piece) in pieces(text).into_iter().enumerate() {
            self.say(Line::Fact(if at == 0 { legal(term.trim()) } else { String::new() }, piece), names);
        }
    }

    /// Adds a line to the texts of the chapter, whose sheet is begun with the first of them.
    fn say(&mut self, line: Line<'a>, names: &mut Names) {
        let at = *self.texts.get_or_insert_with(|| {
            let chapter = self.chapter;
            let content = Content::Texts(vec![Line::Heading(1, chapter)]);
            let name = names.take(&[chapter, &format!("{chapter} texts")]);
            self.sheets.push(Sheet { name, chapter, what: "Texts of the chapter".into(), content });
            self.sheets.len() - 1
        });
        if let Some(Sheet { content: Content::Texts(lines), .. }) = self.sheets.get_mut(at) {
            lines.push(line);
        }
    }

    fn table(&mut self, mut table: Cow<'a, Table>, drawing: Option<Drawing<'a>>, names: &mut Names) {
        self.too_long(&mut table, names);
        let place = self.sheets.len();
        if self.texts.is_some() {
            self.say(Line::See(place), names);
        }
        let caption = legal(table.caption.trim());
        // "1 Segments" is the sheet of the chapter's texts, "Segments" that of its table.
        let bare = self.heading.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let name = names.take(&[&caption, self.heading, bare, self.chapter]);
        let what = if caption.is_empty() { legal(self.heading) } else { caption };
        self.sheets.push(Sheet { name, chapter: self.chapter, what, content: Content::Table(table, drawing) });
    }

    /// Texts longer than a cell are cut in their table, and stand whole among the texts of the chapter.
    fn too_long(&mut self, table: &mut Cow<'a, Table>, names: &mut Names) {
        let is_long = |text: &str| text.len() > CELL && text.encode_utf16().count() > CELL;
        if !table.all_rows().flatten().any(|cell| is_long(&cell.text)) {
            return;
        }
        let changed = table.to_mut();
        let headers: Vec<String> = changed.columns.iter().map(|column| column.header.clone()).collect();
        for row in changed.rows.iter_mut().chain(&mut changed.total) {
            let label = row.first().map(|cell| cell.text.chars().take(80).collect::<String>()).unwrap_or_default();
            for (at, cell) in row.iter_mut().enumerate().filter(|(_, cell)| is_long(&cell.text)) {
                let term = format!("{label}: {}", headers.get(at).map_or("", String::as_str));
                self.fact(&term, &cell.text, names);
                let start: String = cell.text.chars().take(CELL / 4).collect();
                cell.text = format!(
                    "{start} … (A cell holds {CELL} characters and this text has more; it stands whole among the texts \
                     of its chapter)"
                );
            }
        }
    }
}

/// A text in pieces that a row can show, cut after blanks; all together are the text.
fn pieces(text: &str) -> Vec<String> {
    let text = legal(text.trim());
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while let Some((limit, _)) = rest.char_indices().nth(SHOWN) {
        let end = rest[..limit]
            .rfind(char::is_whitespace)
            .filter(|blank| *blank > limit / 2)
            .map_or(limit, |blank| blank + rest[blank..].chars().next().map_or(1, char::len_utf8));
        pieces.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_after_words_and_whole_together() {
        let text = "word ".repeat(4_000);
        let pieces = pieces(&text);
        assert!(pieces.len() > 10 && pieces.iter().all(|piece| piece.chars().count() <= SHOWN));
        assert_eq!(pieces.concat(), text.trim());
        assert!(pieces[0].ends_with("word "));
        assert_eq!(super::pieces(&"日".repeat(2_000)).concat(), "日".repeat(2_000));
        assert!(super::pieces("  ").is_empty());
    }
}
