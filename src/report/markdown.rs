//! Markdown as GitHub reads it (GFM): readable as it stands, with every character of the shop's text kept literal.

use anyhow::Result;

use super::document::{Bars, Block, Cell, Column, Document, Table};
use super::{Format, bars};

/// GitHub-flavoured Markdown.
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn title(&self) -> &'static str {
        "Markdown"
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn write(&self, document: &Document) -> Result<Vec<u8>> {
        let mut parts = vec![format!("# {}", line(&document.title))];
        if !document.subtitle.is_empty() {
            parts.push(paragraph(&document.subtitle));
        }
        parts.extend(document.blocks.iter().map(block).filter(|text| !text.is_empty()));
        Ok((parts.join("\n\n") + "\n").into_bytes())
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}", "#".repeat(usize::from(*level).clamp(1, 3) + 1), line(text)),
        Block::Text(text) => paragraph(text),
        Block::List(items) => lines(items.iter().map(|item| format!("- {}", line(item)))),
        Block::Facts(facts) => lines(facts.iter().map(|(term, text)| format!("- **{}:** {}", line(term), line(text)))),
        Block::Table(t) => table(t),
        Block::Bars(b) => table(&shares(b)),
        Block::Chart(chart) => table(&chart.table()),
        Block::Note(text) => lines(paragraph(text).lines().map(|line| format!("> {line}"))),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Bars need no picture here: the shares themselves are shorter.
fn shares(bars: &Bars) -> Table {
    let column = |header: &str, numeric| Column::new(header.to_owned(), numeric);
    let rows = bars.parts.iter().enumerate().map(|(part, name)| {
        let share = |(_, shares): &(String, Vec<f64>)| match shares.get(part) {
            Some(&share) => Cell::number(share, bars::percent(share)),
            None => Cell::text("—"),
        };
        std::iter::once(Cell::text(name)).chain(bars.bars.iter().map(share)).collect()
    });
    Table {
        caption: bars.caption.clone(),
        columns: std::iter::once(column("Part", false)).chain(bars.bars.iter().map(|(n, _)| column(n, true))).collect(),
        rows: rows.collect(),
        total: None,
    }
}

fn table(table: &Table) -> String {
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        out.push(format!("**{}**\n", line(&table.caption)));
    }
    out.push(row(table.columns.iter().map(|column| cell(&column.header))));
    out.push(row(table.columns.iter().map(|column| if column.numeric { "---:".into() } else { "---".into() })));
    out.extend(table.rows.iter().map(|cells| row(cells.iter().map(|c| cell(&c.text)))));
    out.extend(table.total.iter().map(|cells| row(cells.iter().map(|c| bold(&c.text)))));
    out.join("\n")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn bold(text: &str) -> String {
    let text = cell(text);
    if text.is_empty() { text } else { format!("**{text}**") }
}

/// Text inside a table cell: a line break would end the row.
fn cell(text: &str) -> String {
    text.trim().lines().map(|part| inline(part.trim())).collect::<Vec<_>>().join("<br>")
}

/// Text that must stay on one line.
fn line(text: &str) -> String {
    start(&inline(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A paragraph; line breaks of the text are kept as hard breaks.
fn paragraph(text: &str) -> String {
    let parts = text.trim().lines().map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| start(&inline(part))).collect::<Vec<_>>().join("\\\n")
}

/// Backslash before every character that could begin a mark-up, so that the text reads as it was typed.
fn inline(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let is_word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut out = String::with_capacity(text.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' => true,
            // Only what could begin a character reference such as `&lt;`.
            '&' => is_word(Some(i + 1)) || chars.get(i + 1) == Some(&'#'),
            // An underscore inside a word is only an underscore.
            '_' => !(is_word(i.checked_sub(1)) && is_word(Some(i + 1))),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Some marks count only at the start of a line: headings, lists, rules.
fn start(text: &str) -> String {
    if text.starts_with(['#', '+', '-', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let is_item = digits > 0
        && rest
            .strip_prefix(['.', ')'])
            .is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace));
    if is_item { format!("{number}\\{rest}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(blocks: Vec<Block>) -> String {
        let document = Document { title: "Shop".into(), subtitle: String::new(), blocks, ..Document::default() };
        String::from_utf8(Markdown.write(&document).unwrap()).unwrap()
    }

    #[test]
    fn keeps_a_cell_in_its_cell() {
        let table = Table {
            caption: "Members".into(),
            columns: vec![Column::new("Name | title".into(), false), Column::new("n".into(), true)],
            rows: vec![vec![Cell::text("a|b\nc `code` <script>"), Cell::number(2.0, "2")]],
            total: Some(vec![Cell::text("All"), Cell::text("")]),
        };
        let expected = "# Shop\n\n**Members**\n\n| Name \\| title | n |\n| --- | ---: |\n\
                        | a\\|b<br>c \\`code\\` \\<script\\> | 2 |\n| **All** |  |\n";
        assert_eq!(written(vec![Block::Table(table)]), expected);
    }

    #[test]
    fn text_never_becomes_markup() {
        for (text, expected) in [
            ("# not a heading", "\\# not a heading"),
            ("1. not a list", "1\\. not a list"),
            ("10.5% & more", "10.5% & more"),
            ("- not a list", "\\- not a list"),
            ("---", "\\---"),
            ("*a* _b_ snake_case", "\\*a\\* \\_b\\_ snake_case"),
            ("[x](javascript:1) &lt;", "\\[x\\](javascript:1) \\&lt;"),
            ("a\n# b", "a\\\n\\# b"),
            ("a\u{0}b", "a b"),
        ] {
            assert_eq!(written(vec![Block::Text(text.into())]), format!("# Shop\n\n{expected}\n"));
        }
    }

    #[test]
    fn writes_every_kind_of_block() {
        let bars = Bars {
            caption: "Share".into(),
            parts: vec!["VIP".into(), "Rest".into()],
            bars: vec![("Customers".into(), vec![0.07, 0.93]), ("Revenue".into(), vec![0.414, 0.586])],
        };
        let text = written(vec![
            Block::Heading(1, "One".into()),
            Block::List(vec!["a".into(), "b\nc".into()]),
            Block::Facts(vec![("As of".into(), "14 Oct 2026".into())]),
            Block::Bars(bars),
            Block::Note("Sample data".into()),
        ]);
        assert!(text.contains("\n## One\n"));
        assert!(text.contains("\n- a\n- b c\n"));
        assert!(text.contains("\n- **As of:** 14 Oct 2026\n"));
        assert!(text.contains("| VIP | 7.0% | 41.4% |"));
        assert!(text.ends_with("\n> Sample data\n"));
    }
}
