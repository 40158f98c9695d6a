//! Lists saved as files and read back by other programs' rules.

use std::fs;
use std::io::Cursor;

use anyhow::bail;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use cartwright::model::{Currency, Day};
use cartwright::report::table_export::table_format_of;
use cartwright::report::table_export::{List, TABLE_FORMATS, TableFormat, Value, Written, guard, save, table_format};
use proptest::prelude::*;

fn list(columns: &[&str]) -> List {
    List { title: "VIP/Loyal members".into(), columns: columns.iter().map(|&c| c.to_owned()).collect() }
}

fn bytes(format: &dyn TableFormat, list: &List, rows: &[Vec<Value>]) -> (Written, Vec<u8>) {
    let mut out = Vec::new();
    let written = format.write(list, &mut rows.iter().cloned().map(Ok), &mut out).unwrap();
    (written, out)
}

fn csv_cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn sheet_cells(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let (_, formulas) = (book.worksheets(), book.worksheet_formula(&book.sheet_names()[0]).unwrap());
    assert!(formulas.is_empty() || formulas.used_cells().next().is_none(), "text became a formula");
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn sample_rows() -> Vec<Vec<Value>> {
    let jpy = Currency::parse("JPY").unwrap();
    vec![
        vec![
            Value::Text("Zoë \"Z\" O'Neil, Ltd".into()),
            Value::Money(-1_250, Currency::USD),
            Value::Day(Day::parse("2026-10-14").unwrap()),
            Value::Count(3),
            Value::Number(-0.5),
        ],
        vec![
            Value::Text("=1+1".into()),
            Value::Money(1_250, jpy),
            Value::Day(Day::parse("1899-01-01").unwrap()),
            Value::Empty,
            Value::Number(f64::NAN),
        ],
    ]
}

#[test]
fn csv_keeps_numbers_and_guards_text() {
    let list = list(&["Customer", "Revenue", "Last order", "Orders", "Change"]);
    let (written, plain) = bytes(table_format("csv").unwrap(), &list, &sample_rows());
    assert_eq!(written, Written { rows: 2, sheets: 1, shortened: 0 });
    assert_eq!(
        String::from_utf8(plain.clone()).unwrap(),
        "Customer,Revenue,Last order,Orders,Change\r\n\
         \"Zoë \"\"Z\"\" O'Neil, Ltd\",-12.50,2026-10-14,3,-0.5\r\n\
         '=1+1,1250,1899-01-01,,\r\n"
    );
    let (_, marked) = bytes(table_format("csv-spreadsheet").unwrap(), &list, &sample_rows());
    assert_eq!(marked, ["\u{feff}".as_bytes(), &plain].concat());
}

#[test]
fn workbooks_keep_types() {
    let list = list(&["Customer", "Revenue", "Last order", "Orders", "Change"]);
    let (written, book) = bytes(table_format("xlsx").unwrap(), &list, &sample_rows());
    assert_eq!(written, Written { rows: 2, sheets: 1, shortened: 0 });
    let cells = sheet_cells(book);
    assert_eq!(cells[0][1], Data::String("Revenue".into()));
    assert_eq!(cells[1][0], Data::String("Zoë \"Z\" O'Neil, Ltd".into()));
    assert_eq!(cells[1][1], Data::Float(-12.5));
    assert!(matches!(&cells[1][2], Data::DateTime(date) if date.as_f64() == 46_309.0), "{:?}", cells[1][2]);
    assert_eq!((&cells[1][3], &cells[1][4]), (&Data::Float(3.0), &Data::Float(-0.5)));
    assert_eq!(cells[2][0], Data::String("=1+1".into()));
    assert_eq!(cells[2][1], Data::Float(1_250.0));
    assert_eq!(cells[2][2], Data::String("1899-01-01".into()));
    assert_eq!((&cells[2][3], &cells[2][4]), (&Data::Empty, &Data::Empty));
}

#[test]
fn texts_beyond_a_workbook_cell_are_counted_and_whole_in_csv() {
    let long = "a".repeat(40_000);
    let rows = [vec![Value::Text(long.clone())]];
    let (written, _) = bytes(table_format("xlsx").unwrap(), &list(&["Note"]), &rows);
    assert_eq!(written.shortened, 1);
    let (written, text) = bytes(table_format("csv").unwrap(), &list(&["Note"]), &rows);
    assert_eq!((written.shortened, &csv_cells(&text)[1][0]), (0, &long));
}

#[test]
fn an_export_that_fails_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for format in TABLE_FORMATS {
        let path = folder.path().join("members").with_extension(format.extension());
        let mut rows = [Ok(vec![Value::Count(1)]), bail_row()].into_iter();
        let error = save(&path, *format, &list(&["n"]), &mut rows).unwrap_err();
        assert_eq!(error.to_string(), "cancelled");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{}", format.name());

        let mut rows = [Ok(vec![Value::Count(1)])].into_iter();
        assert_eq!(save(&path, *format, &list(&["n"]), &mut rows).unwrap().rows, 1);
        fs::remove_file(path).unwrap();
    }
}

fn bail_row() -> anyhow::Result<Vec<Value>> {
    bail!("cancelled")
}

#[test]
fn a_list_wider_than_a_sheet_is_refused() {
    let wide = List { title: "Wide".into(), columns: vec![String::from("c"); 16_385] };
    let refused = table_format("xlsx").unwrap().write(&wide, &mut std::iter::empty(), &mut Vec::new());
    assert!(refused.unwrap_err().to_string().contains("save it as CSV"));
}

#[test]
fn formats_are_found_by_name_and_path() {
    let name = |path: &str| table_format_of(path.as_ref()).map(|format| format.name());
    assert_eq!((name("a/b.CSV"), name("b.xlsx"), name("b.txt"), name("b")), (Some("csv"), Some("xlsx"), None, None));
    for one in TABLE_FORMATS {
        assert_eq!(TABLE_FORMATS.iter().filter(|other| other.name() == one.name()).count(), 1);
    }
}

/// Text as shops have it, and as attackers would.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,20}", "[=+@;,\"' a1.\t\r\n\u{a0}-]{0,10}"]
}

proptest! {
    #[test]
    fn every_csv_cell_reads_back(texts in prop::collection::vec((any_text(), any::<i64>()), 1..8)) {
        let rows: Vec<_> = texts.iter().map(|(t, n)| vec![Value::Text(t.clone()), Value::Money(*n, Currency::USD)]).collect();
        let (_, file) = bytes(table_format("csv").unwrap(), &list(&["a", "b"]), &rows);
        for (cells, (text, minor)) in csv_cells(&file).iter().skip(1).zip(&texts) {
            let guarded = guard::neutral(text);
            prop_assert_eq!(&cells[0], guarded.as_ref());
            prop_assert_eq!(&cells[1], &Currency::USD.plain(*minor));
        }
    }

    #[test]
    fn every_workbook_text_reads_back_as_text(texts in prop::collection::vec("[=+@;,\"' a1.<>&|\t\n\u{a0}-]{1,10}", 1..8)) {
        let rows: Vec<_> = texts.iter().map(|text| vec![Value::Count(1), Value::Text(text.clone())]).collect();
        let (_, book) = bytes(table_format("xlsx").unwrap(), &list(&["n", "text"]), &rows);
        for (cells, text) in sheet_cells(book).iter().skip(1).zip(&texts) {
            prop_assert_eq!(&cells[1], &Data::String(text.clone()));
        }
    }
}
