//! Markdown as GitHub reads it (GFM): readable as it stands, with every character of the shop's text kept literal.

use anyhow::Result;

use super::Format;
use super::document::{Block, Document, Table};

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
        parts.extend(document.as_of_line().filter(|_| document.has_contents()).as_deref().map(paragraph));
        if document.has_contents() {
            parts.push(contents(document));
        }
        let blocks = document.blocks.iter().map(|piece| block(piece, document));
        parts.extend(blocks.filter(|text| !text.is_empty()));
        parts.extend(references(document));
        Ok((parts.join("\n\n") + "\n").into_bytes())
    }
}

fn block(block: &Block, document: &Document) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}", "#".repeat(usize::from(*level).clamp(1, 3) + 1), line(text)),
        Block::Text(text) => paragraph(text),
        Block::List(items) => lines(items.iter().map(|item| format!("- {}", line(item)))),
        Block::Facts(facts) => lines(facts.iter().map(|(term, text)| format!("- **{}:** {}", line(term), line(text)))),
        Block::Table(t) => table(t, document),
        // Neither needs a picture here: the numbers themselves are shorter.
        Block::Bars(b) => table(&b.table(), document),
        Block::Chart(chart) => table(&chart.table(), document),
        Block::Note(text) => lines(paragraph(text).lines().map(|line| format!("> {line}"))),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Links to the chapters, where the reader's program makes anchors of headings as GitHub does.
fn contents(document: &Document) -> String {
    let mut anchors: Vec<String> = vec![anchor(&document.title)];
    let mut out = Vec::new();
    for block in &document.blocks {
        let Block::Heading(level, text) = block else { continue };
        let plain = anchor(text);
        let same = anchors.iter().filter(|known| **known == plain).count();
        anchors.push(plain.clone());
        if *level <= 1 {
            let target = if same == 0 { plain } else { format!("{plain}-{same}") };
            out.push(format!("- [{}](#{target})", inline(&text.split_whitespace().collect::<Vec<_>>().join(" "))));
        }
    }
    lines(out.into_iter())
}

/// Letters, digits, hyphens and underscores in small letters, blanks as hyphens.
fn anchor(heading: &str) -> String {
    let text = heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// What figures rest on, as footnotes; those that no figure names as a list, as a footnote nobody names is not shown.
fn references(document: &Document) -> Vec<String> {
    let text = |number: usize| line(document.reference(number).unwrap_or_default());
    let mut named = document.named_references();
    named.sort_unstable();
    let notes = lines(named.into_iter().map(|number| format!("[^{number}]: {}", text(number))));
    let rest = lines(document.unnamed_references().into_iter().map(|number| format!("- {number}: {}", text(number))));
    let rest = if rest.is_empty() { rest } else { format!("**Further references**\n\n{rest}") };
    [rest, notes].into_iter().filter(|part| !part.is_empty()).collect()
}

/// The mark behind a figure.
fn mark(document: &Document, reference: Option<usize>) -> String {
    match reference {
        Some(number) if document.reference(number).is_some() => format!("[^{number}]"),
        _ => String::new(),
    }
}

fn table(table: &Table, document: &Document) -> String {
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        out.push(format!("**{}**\n", line(&table.caption)));
    }
    let noted = |text: String, reference| text + &mark(document, reference);
    out.push(row(table.columns.iter().map(|column| noted(cell(&column.header), column.reference))));
    out.push(row(table.columns.iter().map(|column| if column.numeric { "---:".into() } else { "---".into() })));
    out.extend(table.rows.iter().map(|cells| row(cells.iter().map(|c| noted(cell(&c.text), c.reference)))));
    out.extend(table.total.iter().map(|cells| row(cells.iter().map(|c| noted(bold(&c.text), c.reference)))));
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
    use super::super::document::{Bars, Cell, Column};
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

    #[test]
    fn figures_name_what_they_rest_on() {
        let mut table = Table {
            columns: vec![Column::new("Shop".into(), false), Column::new("Orders".into(), true)],
            rows: vec![vec![Cell::text("One"), Cell { reference: Some(1), ..Cell::number(7.0, "7") }]],
            ..Table::default()
        };
        table.columns[1].reference = Some(2);
        let references = ["Orders *placed*", "As of 14 Oct 2026", "Nobody names this"].map(String::from).to_vec();
        let blocks = vec![Block::Table(table)];
        let document = Document { title: "Shop".into(), blocks, references, ..Document::default() };
        let text = String::from_utf8(Markdown.write(&document).unwrap()).unwrap();
        assert!(text.contains("| Shop | Orders[^2] |") && text.contains("| One | 7[^1] |"));
        assert!(text.ends_with("[^1]: Orders \\*placed\\*\n[^2]: As of 14 Oct 2026\n"), "{text}");
        assert!(text.contains("- 3: Nobody names this\n"));
    }

    #[test]
    fn a_long_document_lists_its_chapters() {
        let heading = |text: &str| Block::Heading(1, text.into());
        let text = written(vec![heading("1. One & two"), heading("Same"), heading("Same"), heading("Four")]);
        assert!(text.contains("- [1. One & two](#1-one--two)\n- [Same](#same)\n- [Same](#same-1)\n- [Four](#four)"));
    }
}
