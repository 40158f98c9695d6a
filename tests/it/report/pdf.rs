//! Documents as pages: complete, alike every time, and whatever is typed stays text.

use cartwright::model::Day;
use cartwright::report::document::{
    Bars, Block, Cell, Chart, ChartKind, ChartUnit, Column, Document, Look, Paper, Series, Table,
};
use cartwright::report::pdf::{Compiled, pages};
use cartwright::report::{format, glyphs};

const NASTY: &str = "#panic(\"x\") *bold* _it_ $x^2$ @label <mark> [a] `raw` // no \\ comment ~ = Head";

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Sample shop: framework".into(),
        subtitle: "Amounts in USD".into(),
        as_of: Day::parse("2026-10-14"),
        blocks,
        ..Document::default()
    }
}

fn table(rows: usize) -> Table {
    Table {
        caption: "Segments".into(),
        columns: vec![Column::new("Segment".into(), false), Column::new("Orders".into(), true)],
        rows: (0..rows).map(|at| vec![Cell::text(format!("Row {at}")), Cell::number(7.0, format!("{at}.7"))]).collect(),
        total: Some(vec![Cell::text("All"), Cell::number(7.0, "99,999")]),
    }
}

fn chart(kind: ChartKind) -> Chart {
    Chart {
        caption: format!("Revenue as {kind:?}"),
        kind,
        labels: vec!["Jan".into(), NASTY.into()],
        series: vec![Series { name: NASTY.into(), values: vec![Some(1234.5), None] }],
        unit: ChartUnit::Money("USD".into()),
        reference: Some(1),
    }
}

fn text(document: &Document) -> String {
    Compiled::new(document).unwrap().text()
}

/// Without breaks of lines and words.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

fn everything() -> Document {
    let bars =
        Bars { caption: NASTY.into(), parts: vec![NASTY.into()], bars: vec![(NASTY.into(), vec![1.0, f64::NAN])] };
    let references = vec![format!("As of 14 Oct 2026 {NASTY}"), "Never used".into()];
    let mut marked = table(3);
    marked.columns[1].reference = Some(1);
    marked.rows[0][1].reference = Some(2);
    marked.rows[1][1].reference = Some(77);
    // Rows with too few and too many cells.
    marked.rows.push(vec![Cell::text("Short")]);
    marked.rows.push(vec![Cell::text("Long"), Cell::text("2"), Cell::text("lost")]);
    let mut all = document(vec![
        Block::Heading(1, NASTY.into()),
        Block::Heading(9, "Deep".into()),
        Block::Text(format!("{NASTY}\nsecond line\n\nsecond paragraph")),
        Block::List(vec![NASTY.into(), String::new()]),
        Block::Facts(vec![(NASTY.into(), NASTY.into())]),
        Block::Table(marked),
        Block::Table(Table::default()),
        Block::Table(Table { columns: vec![Column::new("Empty".into(), true)], ..Table::default() }),
        Block::Bars(bars),
        Block::Bars(Bars::default()),
        Block::Chart(chart(ChartKind::Columns)),
        Block::Heading(1, "Second".into()),
        Block::Chart(chart(ChartKind::Bars)),
        Block::Heading(1, "Third".into()),
        Block::Chart(chart(ChartKind::Lines)),
        Block::Note(NASTY.into()),
    ]);
    all.references = references;
    all
}

#[test]
fn equal_documents_give_equal_bytes_in_every_thread() {
    let document = everything();
    let write = || format("pdf").unwrap().write(&document).unwrap();
    let first = write();
    assert!(first.starts_with(b"%PDF-"));
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..3).map(|_| scope.spawn(write)).collect();
        for other in others {
            assert!(other.join().unwrap() == first);
        }
    });
    assert!(write() == first);
    let info = String::from_utf8_lossy(&first);
    assert!(info.contains("20261014") && !info.contains("Typst"), "its time is the as-of day");
}

#[test]
fn what_is_typed_is_text_and_all_of_it_is_there() {
    let found = plain(&text(&everything()));
    // Heading, contents, paragraph, item, two facts, bars' caption, part and name, note, and the series of three charts;
    // the reference in three sections and the list.
    assert!(found.matches(&plain(NASTY)).count() >= 13, "{}", found.matches(&plain(NASTY)).count());
    for part in
        ["secondline", "secondparagraph", "Short", "99,999", "$1,234.50", "RevenueasLines", "Neverused", "Contents"]
    {
        assert!(found.contains(part), "{part}");
    }
}

#[test]
fn long_tables_repeat_their_header_on_every_page() {
    let document = document(vec![Block::Table(table(200))]);
    let compiled = Compiled::new(&document).unwrap();
    let found = compiled.text();
    assert!(compiled.count() >= 3);
    assert_eq!(found.lines().filter(|line| *line == "Segment").count(), compiled.count());
    assert!((0..200).all(|at| found.contains(&format!("{at}.7"))));
    assert!(found.contains(&format!("{} of {}", compiled.count(), compiled.count())) || plain(&found).contains("of"));
}

#[test]
fn long_answers_wide_tables_and_absurd_numbers_fit_on_pages() {
    let answer = "many words of an answer ".repeat(900);
    let mut wide = Table { caption: "Wide".into(), ..Table::default() };
    wide.columns = (0..14).map(|at| Column::new(format!("Column {at}"), at > 0)).collect();
    wide.rows = vec![(0..14).map(|at| Cell::text(format!("123,456,78{at}.00"))).collect()];
    let absurd = Cell::number(1e300, format!("{:.2}", 1e300));
    let narrow = Table { columns: vec![Column::new("x".into(), true)], rows: vec![vec![absurd]], ..Table::default() };
    let document = document(vec![Block::Text(answer.clone()), Block::Table(wide), Block::Table(narrow)]);
    let compiled = Compiled::new(&document).unwrap();
    assert!(compiled.count() >= 4);
    let found = plain(&compiled.text());
    assert_eq!(found.matches("manywordsofananswer").count(), 900);
    assert!(found.contains("123,456,7813.00"));
    let sides: Vec<bool> =
        (0..compiled.count()).map(|at| compiled.page(at, 0.5).unwrap()).map(|page| page.width > page.height).collect();
    assert!(sides.contains(&true) && sides.contains(&false), "the wide table lies on its side");
}

#[test]
fn characters_without_a_glyph_are_named_and_never_boxes() {
    let document = document(vec![Block::Text("中文 שלום 😀 Größe".into())]);
    assert_eq!(glyphs::missing(&document).len(), 2 + 4 + 1);
    let found = plain(&text(&document));
    assert!(found.contains("[U+4E2DU+6587]") && found.contains("[U+1F600]") && found.contains("Größe"));
    assert!(found.contains("Thefontofthisfilelacks"));
}

#[test]
fn pages_are_of_the_paper_that_was_chosen() {
    for (paper, size) in [(Paper::A4, (595, 842)), (Paper::Letter, (612, 792))] {
        let look = Look { paper, ..Look::default() };
        let document = Document { look, ..document(vec![Block::Table(table(120))]) };
        let shown = pages(&document, 1..9, 1.0).unwrap();
        assert_eq!(shown.pages.len(), shown.count - 1);
        assert_eq!((shown.pages[0].width, shown.pages[0].height), size);
        assert_eq!(shown.pages[0].rgba.len(), size.0 as usize * size.1 as usize * 4);
        assert!(shown.pages[0].rgba.chunks(4).any(|pixel| pixel[0] < 100), "there is something on it");
    }
}

#[test]
fn an_empty_document_is_a_page() {
    assert_eq!(Compiled::new(&Document::default()).unwrap().count(), 1);
}
