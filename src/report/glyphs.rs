//! Characters that the bundled font cannot draw. They stay in every file that brings no font of its own; the PDF says
//! which they are instead of drawing boxes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::document::{Block, Cell, Document, Table};
use super::fonts;

/// Characters of a document that its PDF cannot draw, each once, by their numbers.
pub fn missing(document: &Document) -> Vec<char> {
    let mut found = BTreeSet::new();
    texts(document, &mut |text| {
        if !text.is_ascii() {
            found.extend(text.nfc().filter(|c| matches!(glyph(*c), Glyph::None)));
        }
    });
    found.into_iter().collect()
}

/// A text as the font can draw it: `[U+4E2D U+6587]` stands for characters it lacks, and characters that only steer others
/// are left out.
pub fn drawable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = false;
    // Letters that are written as two characters may have a glyph as one.
    for c in text.nfc() {
        match glyph(c) {
            Glyph::None => {
                out.push_str(if open { " " } else { "[" });
                out.push_str(&format!("U+{:04X}", u32::from(c)));
                open = true;
            }
            Glyph::Steers => {}
            known => {
                if std::mem::take(&mut open) {
                    out.push(']');
                }
                match known {
                    Glyph::Like(other) => out.push_str(other),
                    _ => out.push(c),
                }
            }
        }
    }
    if open {
        out.push(']');
    }
    Cow::Owned(out)
}

/// What the font has for a character.
enum Glyph {
    /// A glyph.
    Own,
    /// None, but other characters say the same.
    Like(&'static str),
    /// Nothing is to be seen: it only steers its neighbours.
    Steers,
    /// None.
    None,
}

fn glyph(c: char) -> Glyph {
    match c {
        '\n' => Glyph::Own,
        '\r' => Glyph::Steers,
        '\u{3000}' => Glyph::Like(" "),
        '☐' => Glyph::Like("[ ]"),
        '☑' | '☒' => Glyph::Like("[x]"),
        c if c.is_control() => Glyph::Like(" "),
        // Joiners, marks of direction, variation selectors, soft hyphens and the mark of byte order.
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Glyph::Steers,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}' => Glyph::Steers,
        c if fonts::covers(c) => Glyph::Own,
        _ => Glyph::None,
    }
}

/// Every text of a document.
fn texts(document: &Document, see: &mut dyn FnMut(&str)) {
    see(&document.title);
    see(&document.subtitle);
    document.references.iter().for_each(|text| see(text));
    for block in &document.blocks {
        match block {
            Block::Heading(_, text) | Block::Text(text) | Block::Note(text) => see(text),
            Block::List(items) => items.iter().for_each(|item| see(item)),
            Block::Facts(facts) => facts.iter().flat_map(|(term, text)| [term, text]).for_each(|text| see(text)),
            Block::Table(table) => table_texts(table, see),
            Block::Bars(bars) => {
                see(&bars.caption);
                bars.parts.iter().for_each(|part| see(part));
                bars.bars.iter().for_each(|(name, _)| see(name));
            }
            Block::Chart(chart) => table_texts(&chart.table(), see),
        }
    }
}

fn table_texts(table: &Table, see: &mut dyn FnMut(&str)) {
    see(&table.caption);
    table.columns.iter().for_each(|column| see(&column.header));
    let cells = table.rows.iter().chain(&table.total).flatten();
    cells.for_each(|cell: &Cell| see(&cell.text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_without_a_glyph_are_named_and_listed() {
        let document = Document {
            title: "Größe, Ωμέγα, Журнал".into(),
            blocks: vec![
                Block::Text("中文 and ❤\u{FE0F}".into()),
                Block::Facts(vec![("שלום".into(), "e\u{301}".into())]),
                Block::Table(Table { rows: vec![vec![Cell::text("😀")]], ..Table::default() }),
            ],
            ..Document::default()
        };
        assert_eq!(missing(&document), ['\u{5D5}', '\u{5DC}', '\u{5DD}', '\u{5E9}', '❤', '中', '文', '😀']);
    }

    #[test]
    fn texts_say_what_cannot_be_drawn() {
        assert_eq!(drawable("plain\ntext"), "plain\ntext");
        assert_eq!(drawable("中文 here"), "[U+4E2D U+6587] here");
        assert_eq!(drawable("☐ open ☑ done"), "[ ] open [x] done");
        assert_eq!(drawable("❤\u{FE0F}"), "[U+2764]");
        assert_eq!(drawable("Cafe\u{301}\r\n\u{200F}\u{7}x"), "Café\n x");
    }
}
