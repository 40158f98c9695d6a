//! Documents as Word files and workbooks, read back and compared with the document.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use cartwright::model::Day;
use cartwright::report::carries::{CARRIES, carries};
use cartwright::report::document::{
    Bars, Block, Cell, Chart, ChartKind, ChartUnit, Column, Document, Look, Paper, Series, Table,
};
use cartwright::report::{FORMATS, format};

use super::source;

fn column(header: &str, numeric: bool, reference: Option<usize>) -> Column {
    Column { reference, ..Column::new(header.into(), numeric) }
}

fn products(rows: usize) -> Table {
    let row = |n: usize| {
        vec![
            Cell::text(format!("Product {n}, with a longer name")),
            Cell::number(1_234.0 + n as f64, format!("1,{}", 234 + n)),
            Cell { reference: Some(2), ..Cell::number(0.414, "41.4%") },
            Cell { reference: Some(1), ..Cell::number(-9.24, "−$9.24") },
            if n == 3 { Cell::text("—") } else { Cell::number(6.4, "6.4x/yr") },
            Cell::number(12.0, "12 (9–15)"),
            Cell::text("=1+1, early access, no discounts"),
        ]
    };
    let headers = [("Product", false), ("Size", true), ("Revenue share", true), ("AOV", true), ("Frequency", true)];
    let headers = headers.into_iter().chain([("Interval", true), ("Focus", false)]);
    let mut total = vec![Cell::text("All products"), Cell::number(1_000_000.0, "1,000,000")];
    total.resize(7, Cell::text(""));
    Table {
        caption: format!("{rows} products by revenue, the best of them first"),
        columns: headers.map(|(header, numeric)| column(header, numeric, (header == "Size").then_some(3))).collect(),
        rows: (0..rows).map(row).collect(),
        total: Some(total),
    }
}

fn chart() -> Chart {
    let series = |name: &str, gap: bool| Series {
        name: name.into(),
        values: vec![Some(1_200.5), if gap { None } else { Some(900.0) }, Some(1_000.0)],
    };
    Chart {
        caption: "Revenue by month".into(),
        kind: ChartKind::Lines,
        labels: ["Jan", "Feb", "Mar"].map(String::from).to_vec(),
        series: vec![series("This year", true), series("Last year", false)],
        unit: ChartUnit::Money("USD".into()),
        reference: Some(1),
    }
}

fn document() -> Document {
    let bars = Bars {
        caption: "Customers and revenue".into(),
        parts: vec!["VIP".into(), "Rest".into()],
        bars: vec![("Customers".into(), vec![0.07, 0.93]), ("Revenue".into(), vec![0.414, 0.586])],
    };
    let blocks = vec![
        Block::Heading(1, "1. Segments".into()),
        Block::Text("First line\nsecond line with <b>markup</b> & \"quotes\"".into()),
        Block::Note("Sample data".into()),
        Block::Facts(vec![("As of".into(), "14 Oct 2026".into()), ("ملاحظة".into(), "مرحبا VIP 12".into())]),
        Block::Heading(2, "1.1 Products".into()),
        Block::Table(products(60)),
        Block::Heading(1, "2. Charts".into()),
        Block::Chart(chart()),
        Block::Bars(bars),
        Block::Heading(1, "3. What to do".into()),
        Block::Heading(3, "In short".into()),
        Block::List(vec!["日本語 and 😀".into(), "שלום עולם".into()]),
    ];
    let references = ["Order value, as of 14 Oct 2026", "Share of revenue", "Units sold", "Named by no figure"];
    Document {
        title: "Sample shop & friends".into(),
        subtitle: "Figures in USD".into(),
        as_of: Day::parse("2026-10-14"),
        blocks,
        references: references.map(String::from).to_vec(),
        look: Look { paper: Paper::Letter, logo: None, accent: Some([0x0b, 0x6e, 0x4f]) },
    }
}

fn written(name: &str, document: &Document) -> Vec<u8> {
    format(name).unwrap().write(document).unwrap()
}

/// The parts of a file that is an archive.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let mut read = |at: usize| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(&mut read).collect()
}

/// All numbers and all texts of a workbook.
pub fn cells(bytes: &[u8]) -> (Vec<f64>, BTreeSet<String>) {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let (mut numbers, mut texts) = (Vec::new(), BTreeSet::new());
    for (_, sheet) in book.worksheets() {
        for cell in sheet.rows().flatten() {
            match cell {
                Data::Float(number) => numbers.push(*number),
                Data::Int(number) => numbers.push(*number as f64),
                Data::String(text) => _ = texts.insert(text.clone()),
                _ => {}
            }
        }
    }
    (numbers, texts)
}

pub fn part(bytes: &[u8], name: &str) -> String {
    String::from_utf8(parts(bytes).remove(name).unwrap_or_else(|| panic!("{name} is missing"))).unwrap()
}

/// The text of a part, a line per paragraph.
pub fn words(xml: &str) -> String {
    let xml = xml.replace("</w:p>", "\n").replace("<w:br/>", "\n").replace("<w:tab/>", "\t");
    let mut out = String::new();
    for piece in xml.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every text of a document in the order of reading.
fn texts(document: &Document) -> Vec<String> {
    let of_table = |table: &Table| {
        let headers = table.columns.iter().map(|column| column.header.clone());
        let cells = table.rows.iter().chain(&table.total).flatten().map(|cell| cell.text.clone());
        std::iter::once(table.caption.clone()).chain(headers).chain(cells).collect::<Vec<_>>()
    };
    let of_block = |block: &Block| match block {
        Block::Heading(_, text) | Block::Text(text) | Block::Note(text) => vec![text.clone()],
        Block::List(items) => items.clone(),
        Block::Facts(facts) => facts.iter().flat_map(|(term, text)| [term.clone(), text.clone()]).collect(),
        Block::Table(table) => of_table(table),
        Block::Chart(chart) => of_table(&chart.table()),
        Block::Bars(bars) => of_table(&bars.table()),
    };
    let front = [document.title.clone(), document.subtitle.clone()];
    front.into_iter().chain(document.blocks.iter().flat_map(of_block)).filter(|text| !text.is_empty()).collect()
}

#[test]
fn a_word_file_has_every_text_in_order() {
    let document = document();
    let bytes = written("docx", &document);
    let text = words(&part(&bytes, "word/document.xml"));
    let mut from = text.find("Contents\n").unwrap();
    // The title stands before the list of contents, whose lines are headings once more.
    assert!(text.find(&document.title).unwrap() < from);
    from = text[from..].find("First line").unwrap() + from;
    let all = texts(&document);
    let first = all.iter().position(|text| text.starts_with("First line")).unwrap();
    for expected in &all[first..] {
        let at = text[from..].find(expected.as_str());
        from += at.unwrap_or_else(|| panic!("{expected} is missing or in the wrong place")) + expected.len();
    }
    assert!(text[from..].contains("Named by no figure"), "a reference that no figure names is not lost");
}

#[test]
fn a_word_file_repeats_headers_counts_pages_and_has_footnotes() {
    let bytes = written("docx", &document());
    let body = part(&bytes, "word/document.xml");
    // The table of products, and the numbers of the two charts; facts have no header.
    assert_eq!(body.matches("<w:tblHeader/>").count(), 3);
    assert!(body.matches("<w:cantSplit/>").count() > 60);
    for style in ["Heading1", "Heading2", "Heading3", "TOC1", "ListBullet", "Note", "Caption"] {
        assert!(body.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
        assert!(part(&bytes, "word/styles.xml").contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    assert!(body.contains("TOC \\o") && body.contains("PAGEREF _Toc0000001 \\h"));
    assert!(body.contains("<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"));
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES ") && footer.contains("As of 14 Oct 2026"));
    // One footnote per reference that figures name, however many of them do.
    assert_eq!(body.matches("<w:footnoteReference ").count(), 3);
    assert_eq!(body.matches("w:anchor=\"Reference2\"").count(), 59);
    let notes = part(&bytes, "word/footnotes.xml");
    assert!(words(&notes).contains("Units sold") && words(&notes).contains("Order value, as of 14 Oct 2026"));
    assert!(part(&bytes, "word/styles.xml").contains("0B6E4F"), "headings are in the client's colour");
    let all = parts(&bytes);
    assert!(all["word/media/image1.png"].starts_with(b"\x89PNG") && all.contains_key("word/media/image2.png"));
    assert!(body.contains("descr=\"Revenue by month. The numbers stand in the table below\""));
    assert!(body.contains("<w:rtl/>") && body.contains("<w:bidi/>"));
    let core = part(&bytes, "docProps/core.xml");
    assert_eq!(core.matches("2026-10-14T00:00:00Z").count(), 2);
    assert!(core.contains("Sample shop &amp; friends") && core.contains("<dc:creator>Cartwright<"));
}

#[test]
fn footnotes_are_numbered_by_the_program_where_the_text_meets_them_in_order() {
    let mut document = document();
    assert!(part(&written("docx", &document), "word/document.xml").contains("customMarkFollows"));
    let Block::Table(table) = &mut document.blocks[5] else { panic!("the table of products") };
    table.columns[1].reference = Some(1);
    let body = part(&written("docx", &document), "word/document.xml");
    assert!(!body.contains("customMarkFollows") && body.contains("<w:footnoteReference w:id=\"2\"/>"));
}

#[test]
fn a_workbook_has_every_table_cell_by_cell() {
    let document = document();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(written("xlsx", &document))).unwrap();
    let names = book.sheet_names();
    let expected = ["Contents", "1. Segments", "1.1 Products", "Revenue by month", "Customers and revenue"];
    assert_eq!(names, expected.into_iter().chain(["3. What to do", "References"]).collect::<Vec<_>>());
    let Block::Chart(chart) = &document.blocks[7] else { panic!("the chart") };
    let Block::Bars(bars) = &document.blocks[8] else { panic!("the bars") };
    let tables = [("1.1 Products", products(60)), ("Revenue by month", chart.table()), (expected[4], bars.table())];
    for (name, table) in tables {
        let sheet = book.worksheet_range(name).unwrap();
        let cell = |row: usize, at: usize| sheet.get_value((row as u32, at as u32)).cloned().unwrap_or(Data::Empty);
        let is_drawn = name != "1.1 Products";
        let caption = cell(0, 0).to_string();
        assert_eq!(caption.strip_suffix(" [1]").unwrap_or(&caption), table.caption, "{name}");
        for (at, column) in table.columns.iter().enumerate() {
            let mark = column.reference.filter(|_| !is_drawn).map(|number| format!(" [{number}]")).unwrap_or_default();
            assert_eq!(cell(3, at).to_string(), column.header.clone() + &mark, "{name}");
        }
        for (row, cells) in table.rows.iter().chain(&table.total).enumerate() {
            for (at, expected) in cells.iter().enumerate() {
                let found = cell(row + 4, at);
                match expected.number {
                    // What says more than one number does stays a text.
                    Some(number) if !expected.text.contains('(') => assert_eq!(found, Data::Float(number), "{name}"),
                    None if expected.text == "—" && name == "Revenue by month" => {
                        assert_eq!(found, Data::Empty, "a gap of a chart")
                    }
                    _ => assert_eq!(found.to_string(), expected.text, "{name}"),
                }
            }
        }
    }
    let products = book.worksheet_range("1.1 Products").unwrap();
    assert_eq!(products.get_value((4, 7)), Some(&Data::String("[2] [1]".into())));
    let all: Vec<String> = products.rows().flatten().map(ToString::to_string).collect();
    assert!(all.contains(&"[3] Units sold".to_owned()) && all.contains(&"[2] Share of revenue".to_owned()));
    assert!(book.worksheet_formula("1.1 Products").unwrap().is_empty(), "a text is never a formula");
}

#[test]
fn a_workbook_loses_no_text_and_draws_its_own_charts() {
    let document = document();
    let bytes = written("xlsx", &document);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    let all: Vec<String> =
        book.worksheets().iter().flat_map(|(_, sheet)| sheet.rows().flatten().map(ToString::to_string)).collect();
    let tables = ["—", "%", "USD", "$", "x/yr"];
    for text in texts(&document) {
        let is_number = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
        if !is_number && !tables.iter().any(|sign| text.contains(sign)) {
            assert!(all.iter().any(|cell| cell.contains(&text)), "{text}");
        }
    }
    let all = parts(&bytes);
    let charts: Vec<String> = all
        .iter()
        .filter(|(name, _)| name.starts_with("xl/charts/chart"))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect();
    assert_eq!(charts.len(), 2);
    assert!(charts.iter().any(|chart| chart.contains("lineChart") && chart.contains("'Revenue by month'!$B$5:$B$7")));
    assert!(charts.iter().any(|chart| chart.contains("percentStacked")));
    let sheet = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("Page &amp;P of &amp;N"));
    assert!(sheet.contains("state=\"frozen\"") && part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert_eq!(part(&bytes, "docProps/core.xml").matches("2026-10-14T00:00:00Z").count(), 2);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("#,##0.0%") && styles.contains("&quot;$&quot;#,##0.00"));
}

#[test]
fn the_same_document_gives_the_same_bytes_on_every_thread() {
    for name in ["docx", "xlsx"] {
        for document in [document(), Document::default()] {
            let first = written(name, &document);
            let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| written(name, &document))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(others.iter().all(|other| *other == first), "{name}");
        }
    }
}

#[test]
fn texts_of_every_kind_are_kept() {
    let nasty = "a\u{0}b\u{b}<w:t>]]></w:t> &amp; _x0041_ \u{ffff}\r\nline\ttab 😀 日本 שלום";
    let long = "Twenty thousand and more. ".repeat(1_600);
    let table = Table {
        caption: nasty.into(),
        columns: vec![column(nasty, false, Some(1)), column("n", true, Some(99))],
        rows: vec![
            vec![Cell::text(nasty), Cell::number(f64::NAN, "—")],
            vec![Cell::text(long.as_str()), Cell::number(1e300, "absurd")],
            vec![],
        ],
        total: Some(vec![Cell::text("one cell only")]),
    };
    let empty = Chart { labels: vec![], series: vec![], ..chart() };
    let document = Document {
        title: nasty.into(),
        subtitle: nasty.into(),
        blocks: vec![
            Block::Heading(9, nasty.into()),
            Block::Text(long.clone()),
            Block::List(vec![nasty.into()]),
            Block::Facts(vec![(nasty.into(), long.clone())]),
            Block::Table(table),
            Block::Table(Table::default()),
            Block::Chart(empty),
            Block::Bars(Bars::default()),
            Block::Note(nasty.into()),
        ],
        references: vec![nasty.into()],
        ..Document::default()
    };
    let text = words(&part(&written("docx", &document), "word/document.xml"));
    assert!(!text.contains(['\u{0}', '\u{b}', '\u{ffff}']));
    assert!(text.contains("a b <w:t>]]></w:t> &amp; _x0041_") && text.contains("日本"));
    assert_eq!(text.matches(long.trim()).count(), 3, "long texts are whole");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(written("xlsx", &document))).unwrap();
    let cells: Vec<String> =
        book.worksheets().iter().flat_map(|(_, sheet)| sheet.rows().flatten().map(ToString::to_string)).collect();
    assert!(cells.iter().all(|cell| cell.encode_utf16().count() <= 32_767));
    assert!(cells.iter().any(|cell| cell.contains("it stands whole among the texts")));
    let pieces = cells.iter().filter(|cell| cell.starts_with("Twenty thousand and more.")).count();
    assert!(pieces > 40, "{pieces}");
    assert!(cells.iter().any(|cell| cell.contains("_x0041_") && cell.contains("日本")));
}

#[test]
fn libreoffice_opens_both() {
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    for name in ["docx", "xlsx"] {
        let file = folder.path().join(format!("document.{name}"));
        std::fs::write(&file, written(name, &document())).unwrap();
        let mut command = Command::new("soffice");
        command.args([profile.as_str(), "--headless", "--convert-to", "pdf"]).arg(&file).current_dir(folder.path());
        match command.output() {
            Err(_) => return println!("skipped: LibreOffice is not installed"),
            Ok(out) => assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr)),
        }
        let pdf = folder.path().join("document.pdf");
        assert!(std::fs::metadata(&pdf).unwrap().len() > 10_000, "{name}");
        std::fs::remove_file(pdf).unwrap();
    }
}

#[test]
fn the_readme_says_what_formats_carry() {
    let readme = std::fs::read_to_string(source::root().join("README.md")).unwrap();
    let list = Document { blocks: vec![Block::Table(carries())], ..Document::default() };
    let text = String::from_utf8(written("md", &list)).unwrap();
    for row in text.lines().filter(|line| line.starts_with('|')) {
        assert!(readme.contains(row), "README.md lacks the row\n{row}");
    }
    assert!(CARRIES.iter().all(|one| FORMATS.iter().all(|format| one.by(*format) != "—")));
}
