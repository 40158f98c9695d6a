//! Workbooks made to hurt.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cartwright::import::plan::Choices;
use zip::write::SimpleFileOptions;

use super::look;

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const LINKS: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

const ROOT: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of one sheet with this XML, and these shared strings.
fn workbook(folder: &Path, sheet: &str, strings: &str) -> PathBuf {
    let path = folder.join("book.xlsx");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = SimpleFileOptions::default();
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    path
}

fn sentence(sheet: &str, strings: &str) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let path = workbook(folder.path(), sheet, strings);
    let built = started.elapsed();
    let result = look(&path, &Choices::default()).map(|p| p.header).map_err(|e| e.to_string());
    assert!(started.elapsed() - built < Duration::from_secs(10));
    result
}

const NO_STRINGS: &str = "<sst></sst>";

#[test]
fn a_plain_sheet_is_read() {
    let cells = r#"<c r="A1" t="inlineStr"><is><t>order id</t></is></c><c r="C1" t="str"><v>total</v></c>"#;
    let sheet = format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    assert_eq!(sentence(&sheet, NO_STRINGS), Ok(vec!["order id".into(), "column 2".into(), "total".into()]));
}

#[test]
fn sizes_that_lie_are_not_believed() {
    let sheet = "<worksheet><sheetData></sheetData></worksheet>";
    let many = "<sst uniqueCount=\"99999999999999\"><si><t>a</t></si></sst>";
    assert!(sentence(sheet, many).unwrap_err().contains("more texts than can be kept"));
    let bomb = format!("<worksheet><sheetData>{}</sheetData></worksheet>", " ".repeat(300 << 20));
    assert!(sentence(&bomb, NO_STRINGS).unwrap_err().contains("more than is safe"));
}

#[test]
fn cells_far_away_or_out_of_order_are_refused() {
    let at =
        |cell: &str| format!("<worksheet><sheetData><row><c r=\"{cell}\"><v>1</v></c></row></sheetData></worksheet>");
    assert!(sentence(&at("XFD1048576"), NO_STRINGS).unwrap_err().contains("4096 columns"));
    assert!(sentence(&at("ZZZZZZZ99999999999999"), NO_STRINGS).is_err());
    let back = "<worksheet><sheetData><row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>";
    assert!(sentence(back, NO_STRINGS).unwrap_err().contains("not in order"));
}

#[test]
fn nonsense_gives_a_sentence() {
    for sheet in [
        "",
        "<worksheet>",
        "<worksheet><sheetData><row><c t=\"s\"><v>7</v></c>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>",
    ] {
        assert!(sentence(sheet, NO_STRINGS).unwrap_err().contains("book.xlsx"), "{sheet}");
    }
    let nested = format!("<worksheet>{}", "<a xmlns:b=\"c\">".repeat(200_000));
    assert!(sentence(&nested, NO_STRINGS).is_err());
}
