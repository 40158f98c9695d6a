//! Files made to hurt: each gives a clear sentence or is read, and no row vanishes.

use std::fmt::Write;
use std::path::Path;

use cartwright::import::field::{Field, TableKind};
use cartwright::import::plan::{Choices, DateOrder, DecimalMark, Plan};
use cartwright::import::preview::{Dialect, Topic};
use cartwright::import::run::{RunError, run};
use cartwright::jobs::Progress;
use cartwright::model::Currency;

use super::{Collect, defaults, file, import, look};

const HEADER: &str = "order_id,created_at,customer_id,sku,title,qty,unit_price";

fn lines(n: usize) -> String {
    let mut text = format!("{HEADER}\n");
    for i in 1..=n {
        writeln!(text, "{},2024-05-{:02} 10:00:00,c{},S{},Thing {i},2,9.99", i / 2, i % 28 + 1, i / 5, i % 9).unwrap();
    }
    text
}

fn refusal(path: &Path) -> String {
    look(path, &Choices::default()).map(|p| panic!("{p:?}")).unwrap_err().to_string()
}

#[test]
fn nothing_to_read_gives_a_sentence() {
    let (folder, empty) = file("empty.csv", "");
    assert!(refusal(&empty).contains("is empty"));
    assert!(refusal(folder.path()).contains("is a folder"));
    assert!(refusal(&folder.path().join("gone.csv")).contains("is not there"));
    let (_blank, blank) = file("blank.csv", "\n".repeat(1_000_000));
    assert!(refusal(&blank).contains("blank lines"));
    let (_pdf, pdf) = file("report.csv", "%PDF-1.4 …");
    assert!(refusal(&pdf).contains("a PDF document"));
    let (_zip, zip) = file("table.xlsx", b"PK\x03\x04nonsense");
    assert!(refusal(&zip).contains("table.xlsx"));
    let (_noise, noise) = file("noise.csv", (0..40_000_u32).map(|i| (i * 7 % 31) as u8).collect::<Vec<_>>());
    assert!(refusal(&noise).contains("not text"));
}

#[test]
fn a_header_alone_is_an_import_of_nothing() {
    let (_folder, path) = file("orders.csv", format!("{HEADER}\r\n"));
    let preview = look(&path, &Choices::default()).unwrap();
    assert!(preview.rows.is_empty() && preview.doubts.iter().any(|d| d.what.contains("no rows")));
    assert_eq!(import(&path, &Choices::default()).0.rows, 0);
}

#[test]
fn a_file_that_vanishes_or_changes_after_the_look_is_not_read() {
    let (folder, path) = file("orders.csv", lines(10));
    let preview = look(&path, &Choices::default()).unwrap();
    let plan = Plan::new(&preview, &Choices::default(), &defaults()).unwrap();
    std::fs::write(&path, lines(11)).unwrap();
    let error = run(&plan, &mut Collect::default(), &Progress::none()).unwrap_err();
    assert!(matches!(&error, RunError::File(s) if s.contains("has changed")), "{error}");
    drop(folder);
    let error = run(&plan, &mut Collect::default(), &Progress::none()).unwrap_err();
    assert!(matches!(&error, RunError::File(s) if s.contains("is not there")), "{error}");
}

#[test]
fn an_open_quote_on_the_second_row_swallows_nothing() {
    let text = lines(2_000).replacen("Thing 1,", "\"Thing 1,", 1);
    let (_folder, path) = file("orders.csv", text);
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.rows, summary.rejected), (2_000, 1));
    assert_eq!(sink.rejected[0].line, 2);
    assert!(sink.rejected[0].reason.contains("quote"));
}

#[test]
fn nul_characters_and_broken_letters_cost_their_rows() {
    let mut bytes = lines(300).into_bytes();
    bytes.extend_from_slice(b"900,2024-05-01,c1,S1,Th\0ing,1,1.00\n");
    bytes.extend_from_slice("901,2024-05-01,c1,S1,Größe,1,1.00\n".repeat(50).as_bytes());
    bytes.extend_from_slice(b"902,2024-05-01,c1,S1,Gr\xf6\xdfe,1,1.00\n");
    let (_folder, path) = file("orders.csv", bytes);
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.rows, summary.rejected), (352, 2));
    assert!(sink.rejected[0].reason.contains("NUL") && sink.rejected[1].reason.contains("UTF-8"));
    assert_eq!((sink.rejected[0].line, sink.rejected[1].line), (302, 353));
}

#[test]
fn too_many_columns_are_refused_with_the_limit() {
    let header: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
    let (_folder, path) = file("wide.csv", format!("{}\n{}\n", header.join(","), vec!["1"; 10_000].join(",")));
    let sentence = refusal(&path);
    assert!(sentence.contains("10000 columns") && sentence.contains("4096"), "{sentence}");
}

#[test]
fn a_huge_cell_costs_its_row() {
    let mut text = lines(3);
    text.push_str("7,2024-05-01,c1,S1,");
    text.push_str(&"x".repeat(100 << 20));
    text.push_str(",1,1.00\n8,2024-05-01,c1,S1,\"");
    text.push_str(&format!("{}\n", "y z ".repeat(50)).repeat(60_000));
    text.push_str("\",1,1.00\n9,2024-05-02,c1,S1,Thing,1,1.00\n");
    let (_folder, path) = file("orders.csv", text);
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!(summary.accepted, 4);
    assert!(sink.rejected[0].reason.contains("longer than 8 MB"));
    assert!(sink.rejected[0].cells[0].len() < 1 << 17);
}

#[test]
fn every_encoding_is_found() {
    let text = lines(40).replace("Thing", "Größe ñ");
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, expected) in [
        (text.clone().into_bytes(), "UTF-8"),
        (with_mark, "UTF-8"),
        (utf16(false), "UTF-16LE"),
        (utf16(true), "UTF-16BE"),
        (utf16(false)[2..].to_vec(), "UTF-16LE"),
        (latin, "windows-1252"),
    ] {
        let (_folder, path) = file("orders.csv", bytes);
        let preview = look(&path, &Choices::default()).unwrap();
        assert!(
            matches!(preview.dialect, Dialect::Csv { encoding, .. } if encoding == expected),
            "{:?}",
            preview.dialect
        );
        assert_eq!(preview.header[0], "order_id");
        let (summary, sink) = import(&path, &Choices::default());
        assert_eq!((summary.accepted, summary.rejected), (40, 0), "{expected}");
        assert_eq!(sink.orders[0].lines[0].title.as_deref(), Some("Größe ñ 1"), "{expected}");
    }
}

#[test]
fn cyrillic_in_windows_1251_is_found() {
    let text =
        "Заказ;Дата;Сумма\n1;01.02.2024;100,50\n2;13.02.2024;200,50\n".replace("Сумма", "Сумма заказа покупателя");
    let bytes: Vec<u8> = encoding(&text);
    let (_folder, path) = file("orders.csv", bytes);
    let preview = look(&path, &Choices::default()).unwrap();
    assert!(
        matches!(preview.dialect, Dialect::Csv { encoding: "windows-1251", delimiter: ';', .. }),
        "{:?}",
        preview.dialect
    );
    assert_eq!(preview.header[1], "Дата");
    assert_eq!(preview.decimal, Some(DecimalMark::Comma));
}

/// Cyrillic letters in Windows-1251: А is 0xC0, in the order of the alphabet.
fn encoding(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 'А' as u32 + 0xc0) as u8 }).collect()
}

#[test]
fn line_ends_of_every_system_are_read() {
    for end in ["\n", "\r\n", "\r"] {
        let (_folder, path) = file("orders.csv", lines(30).replace('\n', end));
        let (summary, sink) = import(&path, &Choices::default());
        assert_eq!(summary.accepted, 30, "{end:?}");
        assert_eq!(sink.orders.last().unwrap().lines.last().unwrap().line, 31, "{end:?}");
    }
}

#[test]
fn blank_lines_count_as_lines_and_not_as_rows() {
    let (_folder, path) = file("orders.csv", lines(4).replacen('\n', &"\n".repeat(1_000_001), 1) + ",,,,,,\n");
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.rows, summary.accepted, summary.skipped_reasons["blank row"]), (5, 4, 1));
    assert_eq!(sink.orders[0].line, 1_000_002);
}

#[test]
fn a_file_that_ends_in_a_row_says_so() {
    let (_folder, path) = file("orders.csv", lines(4) + "5,2024-05-01,c1,S");
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.rows, summary.rejected), (5, 1));
    assert!(sink.rejected[0].reason.contains("ends in the middle"));
}

#[test]
fn what_is_ambiguous_is_asked_and_never_guessed() {
    let rows =
        |date: &str, price: &str| format!("order id;date;customer id;qty;unit price\n1;{date};7;1;{price}\n").repeat(1);
    let (_folder, path) = file("orders.csv", rows("03/04/2026", "1.234"));
    let plan = |choices: &Choices| Plan::new(&look(&path, choices).unwrap(), choices, &defaults()).unwrap();
    let questions = plan(&Choices::default()).questions();
    let topics: Vec<Topic> = questions.iter().map(|q| q.topic).collect();
    assert_eq!(topics, [Topic::DateOrder, Topic::Decimal], "{questions:#?}");
    assert!(questions[0].repair.contains("--date-order") && questions[1].repair.contains("--decimal"));
    assert!(matches!(
        run(&plan(&Choices::default()), &mut Collect::default(), &Progress::none()),
        Err(RunError::Questions(_))
    ));
    let choices = Choices {
        date_order: Some(DateOrder::Dmy),
        decimal: Some(DecimalMark::Comma),
        currency: Currency::parse("EUR"),
        ..Choices::default()
    };
    let (_, sink) = import(&path, &choices);
    assert_eq!(sink.orders[0].lines[0].amount, 123_400);
    assert_eq!(sink.orders[0].placed_at, Some(1_775_174_400));
}

#[test]
fn a_late_date_settles_the_order_of_all() {
    let mut text = String::from("order id,date,customer id,qty,unit price\n");
    for i in 0..5_000 {
        writeln!(text, "{i},{:02}/{:02}/2026,7,1,2.50", i % 12 + 1, i % 11 + 1).unwrap();
    }
    let (_folder, path) = file("orders.csv", format!("{text}5000,12/31/2026,7,1,2.50\n"));
    let preview = look(&path, &Choices::default()).unwrap();
    assert_eq!(preview.date_order, Some(DateOrder::Mdy));
    assert!(preview.doubts.iter().all(|d| d.topic != Topic::DateOrder));
}

#[test]
fn a_missing_header_is_asked_about_and_can_be_named() {
    let text = lines(20);
    let (_folder, path) = file("orders.csv", text.split_once('\n').unwrap().1);
    let preview = look(&path, &Choices::default()).unwrap();
    assert_eq!((preview.header_line, preview.header[0].as_str()), (0, "column 1"));
    assert!(preview.doubts.iter().any(|d| d.topic == Topic::Header && d.question));
    let columns = [
        (Field::OrderId, 1),
        (Field::PlacedAt, 2),
        (Field::CustomerId, 3),
        (Field::Sku, 4),
        (Field::Title, 5),
        (Field::Quantity, 6),
        (Field::UnitPrice, 7),
    ];
    let choices = Choices {
        header_line: Some(0),
        table: Some(TableKind::Lines),
        map: columns.into_iter().map(|(f, i)| (f, format!("column {i}"))).collect(),
        ..Choices::default()
    };
    let (summary, _) = import(&path, &choices);
    assert_eq!((summary.rows, summary.accepted), (20, 20));
}

#[test]
fn cancelling_stops_the_import() {
    let (_folder, path) = file("orders.csv", lines(50_000));
    let plan = Plan::new(&look(&path, &Choices::default()).unwrap(), &Choices::default(), &defaults()).unwrap();
    let progress = Progress::none();
    progress.cancel();
    assert!(matches!(run(&plan, &mut Collect::default(), &progress), Err(RunError::Cancelled(_))));
}
