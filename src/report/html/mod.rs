//! One HTML file that needs no other: opens anywhere, prints on A4 and Letter, runs nothing.

mod figure;
mod page;

use std::borrow::Cow;

use anyhow::Result;

use super::Format;
use super::document::Document;

/// A self-contained web page.
pub struct Html;

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
        Ok(page::write(document).into_bytes())
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

#[cfg(test)]
mod tests {
    use super::super::document::{Bars, Block, Cell, Chart, ChartKind, ChartUnit, Column, Look, Paper, Series, Table};
    use super::super::picture;
    use super::*;
    use crate::report::document::Logo;

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

    #[test]
    fn figures_lead_to_what_they_rest_on_and_back() {
        let two = Column { reference: Some(1), ..Column::new("Size".into(), true) };
        let cell = Cell { reference: Some(2), ..Cell::number(7.0, "7") };
        let lost = Cell { reference: Some(9), ..Cell::number(8.0, "8") };
        let table = Table { columns: vec![two.clone(), two], rows: vec![vec![cell, lost]], ..Table::default() };
        let references = vec!["As of <today>".into(), "Filter".into(), "Never used".into()];
        let document = Document { blocks: vec![Block::Table(table)], references, ..Document::default() };
        let page = String::from_utf8(Html.write(&document).unwrap()).unwrap();
        assert!(page.contains("Size<sup><a href=\"#r1\" id=\"r1-1\">1</a></sup>"));
        assert!(page.contains("Size<sup><a href=\"#r1\" id=\"r1-2\">1</a></sup>"));
        assert!(page.contains("7<sup><a href=\"#r2\" id=\"r2-1\">2</a></sup></th>") && page.contains(">8</td>"));
        assert!(page.contains("<li id=\"r1\">As of &lt;today&gt; <a href=\"#r1-1\""));
        assert!(page.contains("<li id=\"r3\">Never used</li>"));
    }

    #[test]
    fn charts_are_drawings_with_their_numbers() {
        let chart = Chart {
            caption: "Orders".into(),
            kind: ChartKind::Columns,
            labels: vec!["<Jan>".into()],
            series: vec![Series { name: "Orders".into(), values: vec![Some(12.0)] }],
            unit: ChartUnit::Number("orders".into()),
            reference: None,
        };
        let page = written("Shop", vec![Block::Chart(chart)]);
        assert!(
            page.contains("<svg viewBox") && page.contains("<details>") && page.contains("<td class=\"n\">12</td>")
        );
        assert!(!page.contains("<Jan>") && !page.contains("http:"));
    }

    #[test]
    fn several_sections_have_contents() {
        let heading = |level, text: &str| Block::Heading(level, text.into());
        let page =
            written("Shop", vec![heading(1, "One"), heading(2, "Inner"), heading(1, "Two"), heading(1, "Three")]);
        assert!(page.contains("<nav aria-label=\"Contents\">") && page.contains("<a href=\"#s2\">Inner</a>"));
        assert!(page.contains("<h3 id=\"s2\">Inner</h3>"));
    }

    #[test]
    fn paper_colour_and_logo_are_the_clients() {
        let logo = Logo::read(picture::png(1, 1, &[255, 0, 0, 255]).unwrap()).unwrap();
        let look = Look { paper: Paper::Letter, logo: Some(logo), accent: Some([0xB0, 0x20, 0x60]) };
        let page = String::from_utf8(Html.write(&Document { look, ..Document::default() }).unwrap()).unwrap();
        assert!(page.contains("size: letter") && page.contains("--accent: #B02060"));
        assert!(
            page.contains("<img class=\"logo\" alt=\"Logo\" src=\"data:image/png;base64,")
                && page.contains("img-src data:")
        );
    }
}
