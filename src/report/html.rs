//! One HTML file that needs no other: opens anywhere, prints on A4 and Letter, runs nothing.

use std::borrow::Cow;
use std::fmt::Write;

use anyhow::Result;

use super::document::{Bars, Block, Cell, Document, Table};
use super::{Format, bars};

/// A self-contained web page.
pub struct Html;

const STYLE: &str = include_str!("../../assets/document.css");

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn title(&self) -> &'static str {
        "Web page"
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn write(&self, document: &Document) -> Result<Vec<u8>> {
        let title = escape(&document.title);
        // The policy forbids scripts and every kind of loading, should text ever slip through unescaped.
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n"
        );
        if !document.subtitle.is_empty() {
            element(&mut out, "p class=\"subtitle\"", &document.subtitle);
        }
        out.push_str("</header>\n");
        for piece in &document.blocks {
            block(&mut out, piece);
        }
        out.push_str("</main>\n</body>\n</html>\n");
        Ok(out.into_bytes())
    }
}

/// Text as HTML content or attribute value. Control characters, which HTML does not allow, become spaces.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || (c.is_control() && c != '\n');
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if special(c) => out.push(' '),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Text with its line breaks.
fn text_of(text: &str) -> String {
    escape(text.trim()).replace("\r\n", "<br>").replace('\n', "<br>")
}

/// `tag` may carry attributes.
fn element(out: &mut String, tag: &str, text: &str) {
    let name = tag.split(' ').next().unwrap_or(tag);
    let _ = writeln!(out, "<{tag}>{}</{name}>", text_of(text));
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(level, text) => element(out, ["h2", "h3", "h4"][usize::from(*level).clamp(1, 3) - 1], text),
        Block::Text(text) => element(out, "p", text),
        Block::List(items) => {
            out.push_str("<ul>\n");
            items.iter().for_each(|item| element(out, "li", item));
            out.push_str("</ul>\n");
        }
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for (term, text) in facts {
                element(out, "dt", term);
                element(out, "dd", text);
            }
            out.push_str("</dl>\n");
        }
        Block::Table(t) => table(out, t),
        Block::Bars(b) => figure(out, b),
        Block::Chart(chart) => table(out, &chart.table()),
        Block::Note(text) => element(out, "p class=\"note\"", text),
    }
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    if !table.caption.is_empty() {
        element(out, "caption", &table.caption);
    }
    out.push_str("<thead>\n<tr>\n");
    for column in &table.columns {
        element(out, if column.numeric { r#"th scope="col" class="n""# } else { r#"th scope="col""# }, &column.header);
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    table.rows.iter().for_each(|cells| row(out, table, cells));
    out.push_str("</tbody>\n");
    if let Some(cells) = &table.total {
        out.push_str("<tfoot>\n");
        row(out, table, cells);
        out.push_str("</tfoot>\n");
    }
    out.push_str("</table>\n");
}

/// The first cell names its row.
fn row(out: &mut String, table: &Table, cells: &[Cell]) {
    out.push_str("<tr>\n");
    for (index, cell) in cells.iter().enumerate() {
        let numeric = table.columns.get(index).is_some_and(|column| column.numeric);
        let tag = match (index, numeric) {
            (0, false) => r#"th scope="row""#,
            (0, true) => r#"th scope="row" class="n""#,
            (_, true) => r#"td class="n""#,
            (_, false) => "td",
        };
        element(out, tag, &cell.text);
    }
    out.push_str("</tr>\n");
}

/// The picture, and below it a key that says every share in words: for screen readers, grey prints and narrow parts.
fn figure(out: &mut String, chart: &Bars) {
    out.push_str("<figure>\n");
    element(out, "figcaption", &chart.caption);
    let _ = writeln!(out, "{}\n<table class=\"key\">\n<thead>\n<tr>\n<th scope=\"col\">Part</th>", bars::svg(chart));
    for (name, _) in &chart.bars {
        element(out, r#"th scope="col" class="n""#, name);
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (part, name) in chart.parts.iter().enumerate() {
        let colour = bars::colour(part);
        let _ = writeln!(
            out,
            "<tr>\n<th scope=\"row\"><span class=\"swatch\" style=\"background:{colour}\"></span>{}</th>",
            text_of(name)
        );
        for (_, shares) in &chart.bars {
            let share = shares.get(part).copied().unwrap_or(f64::NAN);
            element(out, r#"td class="n""#, &bars::percent(share));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</figure>\n");
}

#[cfg(test)]
mod tests {
    use super::super::document::Column;
    use super::*;

    fn written(title: &str, blocks: Vec<Block>) -> String {
        let document = Document { title: title.into(), subtitle: "Section 1".into(), blocks, ..Document::default() };
        String::from_utf8(Html.write(&document).unwrap()).unwrap()
    }

    #[test]
    fn text_never_becomes_markup() {
        let nasty = "</title><script>alert('x')</script>&amp; \"`|\u{0}";
        let table = Table {
            caption: nasty.into(),
            columns: vec![Column::new(nasty.into(), false)],
            rows: vec![vec![Cell::text(nasty)]],
            total: Some(vec![Cell::text(nasty)]),
        };
        let bars = Bars {
            caption: nasty.into(),
            parts: vec![nasty.into()],
            bars: vec![(nasty.into(), vec![1.0]), (nasty.into(), vec![1.0])],
        };
        let page = written(
            nasty,
            vec![
                Block::Heading(1, nasty.into()),
                Block::Text(nasty.into()),
                Block::List(vec![nasty.into()]),
                Block::Facts(vec![(nasty.into(), nasty.into())]),
                Block::Table(table),
                Block::Bars(bars),
                Block::Note(nasty.into()),
            ],
        );
        assert!(!page.contains("<script") && !page.contains('\u{0}'));
        assert_eq!(page.matches("</title>").count(), 1);
        // Title twice; heading, text, item, term, fact; four in the table; in the figure the caption, two names in
        // picture and key, one part; the note.
        assert_eq!(page.matches("&lt;script&gt;alert(&#39;x&#39;)").count(), 2 + 5 + 4 + 6 + 1);
    }

    #[test]
    fn tables_say_which_cell_names_what() {
        let table = Table {
            caption: "Segments".into(),
            columns: vec![Column::new("Segment".into(), false), Column::new("Size".into(), true)],
            rows: vec![vec![Cell::text("VIP\nLoyal"), Cell::number(7.0, "7")]],
            total: Some(vec![Cell::text("All"), Cell::number(7.0, "7")]),
        };
        let page = written("Shop", vec![Block::Table(table)]);
        assert!(page.contains("<caption>Segments</caption>\n<thead>\n<tr>\n<th scope=\"col\">Segment</th>"));
        assert!(page.contains("<th scope=\"row\">VIP<br>Loyal</th>\n<td class=\"n\">7</td>"));
        assert!(page.contains("<tfoot>\n<tr>\n<th scope=\"row\">All</th>"));
    }

    #[test]
    fn the_page_stands_alone() {
        let page = written("Shop", vec![]);
        for outside in ["http://", "https://", "url(", "@import", "<link", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("table-header-group") && page.contains("default-src 'none'"));
    }
}
