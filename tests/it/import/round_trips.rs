//! What is written reads back: whole tables, rejected rows, workbooks.

use std::path::Path;

use cartwright::import::field::Field;
use cartwright::import::plan::{Choices, Plan};
use cartwright::import::preview::Dialect;
use cartwright::import::{plain, rejects};
use cartwright::jobs::Progress;
use cartwright::model::Zone;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::{defaults, file, import, look};

fn copy_of(path: &Path) -> String {
    let mut out = Vec::new();
    plain::write_csv(path, &Choices::default(), &mut out, &Progress::none()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_table_is_written_out_as_it_was_read() {
    let (_folder, path) = file("odd.csv", "Report\n\nName;Amount;Note\nAnna;1,50;\"a;b\"\nBen;2,50;\"two\nlines\"\n");
    assert_eq!(copy_of(&path), "Name,Amount,Note\r\nAnna,\"1,50\",a;b\r\nBen,\"2,50\",\"two\nlines\"\r\n");
}

#[test]
fn rejected_rows_import_again_once_mended() {
    let text = "order_id,created_at,customer_id,email,title,qty,unit_price\n\
        1,2024-05-01,c1,a@b.test,=cmd,1,2.50\n\
        2,someday,c2,,'+guarded,1,3.50\n\
        3,2024-05-03,c3,n/a,\"quoted, \"\"twice\"\"\",two,4.50\n\
        4,2024-05-04,c4,,@handle,1,five\n";
    let (folder, path) = file("orders.csv", text);
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.accepted, summary.rejected), (1, 3));
    assert_eq!(sink.rejected[0].column.as_deref(), Some("created_at"));
    let header = look(&path, &Choices::default()).unwrap().header;
    let mut saved = Vec::new();
    let mut pages = std::iter::once(sink.rejected);
    rejects::write(&mut saved, &header, || Ok::<_, std::io::Error>(pages.next())).unwrap();
    let saved = String::from_utf8(saved).unwrap();
    let mended = saved.replace("someday", "2024-05-02").replace(",two,", ",2,").replace(",five", ",5.50");
    let path = folder.path().join("mended.csv");
    std::fs::write(&path, mended).unwrap();
    let (summary, sink) = import(&path, &Choices::default());
    assert_eq!((summary.accepted, summary.rejected), (3, 0));
    let titles: Vec<_> = sink.orders.iter().map(|o| o.lines[0].title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["+guarded", "quoted, \"twice\"", "@handle"]);
}

#[test]
fn workbooks_are_read_with_their_dates_and_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Empty").unwrap();
    let sheet = book.add_worksheet().set_name("Orders").unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write(0, 0, "Export of October").unwrap();
    for (i, name) in ["Order ID", "Order date", "Customer ID", "SKU", "Qty", "Unit price", "Paid"].iter().enumerate() {
        sheet.write(2, i as u16, *name).unwrap();
    }
    for row in 3..60_u32 {
        sheet.write(row, 0, f64::from(row)).unwrap();
        let at = ExcelDateTime::from_ymd(2024, 3, 1).unwrap().and_hms(10, 30, 0.0).unwrap();
        sheet.write_with_format(row, 1, &at, &date).unwrap();
        sheet.write(row, 2, 17_850.0).unwrap();
        sheet.write(row, 3, "00417-NAT").unwrap();
        sheet.write(row, 4, 3.0).unwrap();
        sheet.write(row, 5, 0.1 + 0.2).unwrap();
        sheet.write(row, 6, true).unwrap();
    }
    book.save(&path).unwrap();
    let preview = look(&path, &Choices::default()).unwrap();
    assert_eq!(preview.dialect, Dialect::Xlsx { sheet: "Orders".into() });
    assert_eq!((preview.header_line, preview.preamble.as_slice()), (3, ["Export of October".to_owned()].as_slice()));
    let choices = Choices { zone: Zone::parse("Europe/Berlin"), ..Choices::default() };
    let (summary, sink) = import(&path, &choices);
    assert_eq!((summary.rows, summary.accepted), (57, 57));
    let order = &sink.orders[0];
    assert_eq!((order.line, order.key.as_str(), order.placed_at), (4, "3", Some(1_709_285_400)));
    assert_eq!((order.lines[0].amount, order.lines[0].sku.as_deref()), (90, Some("00417-NAT")));
    let missing = Choices { sheet: Some("Nope".into()), ..Choices::default() };
    assert!(look(&path, &missing).unwrap_err().to_string().contains("Empty, Orders"));
}

#[test]
fn a_remembered_mapping_makes_the_same_plan() {
    let (_folder, path) = file("orders.csv", "order_id,date,total,Gift note\n1,13/05/2024,5.00,Hi\n");
    let preview = look(&path, &Choices::default()).unwrap();
    let plan = Plan::new(&preview, &Choices::default(), &defaults()).unwrap();
    let choices = plan.to_remember(&Choices::default());
    let (_folder, next) = file("orders.csv", "order_id,date,total,Gift note\n2,03/05/2024,1.234,Hi\n");
    let again = Plan::new(&look(&next, &choices).unwrap(), &choices, &defaults()).unwrap();
    assert_eq!((&again.mapping, again.date_order, again.decimal), (&plan.mapping, plan.date_order, plan.decimal));
    assert!(again.questions().is_empty());
}

#[test]
fn unmapped_columns_are_kept_on_demand() {
    let (_folder, path) =
        file("orders.csv", "order_id,date,total,Gift note\n1,2024-05-01,5.00,Hi\n2,2024-05-02,6.00,\n");
    let choices = Choices { keep: vec![("gift NOTE".into(), "note".into())], ..Choices::default() };
    let (_, sink) = import(&path, &choices);
    assert_eq!(sink.orders[0].attributes, [("note".to_owned(), "Hi".to_owned())]);
    assert!(sink.orders[1].attributes.is_empty());
    let wrong = Choices { map: [(Field::Total, "Sum".into())].into(), ..Choices::default() };
    let error = Plan::new(&look(&path, &wrong).unwrap(), &wrong, &defaults()).unwrap_err();
    assert!(error.contains("Gift note"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_row_is_accounted_for_and_every_line_of_text_is_seen(
        rows in prop::collection::vec(prop::collection::vec("[0-9a,;\"=\\-. \\n]{0,6}", 1..7), 0..30),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let mut text = "order_id,created_at,customer_id,qty,unit_price\n".replace(',', &delimiter.to_string());
        for row in &rows {
            text.push_str(&row.join(&delimiter.to_string()));
            text.push('\n');
        }
        let (_folder, path) = file("orders.csv", text);
        let choices = Choices {
            delimiter: Some(delimiter),
            table: Some(cartwright::import::field::TableKind::Lines),
            date_order: Some(cartwright::import::plan::DateOrder::Dmy),
            decimal: Some(cartwright::import::plan::DecimalMark::Point),
            header_line: Some(1),
            map: [(Field::OrderId, 0), (Field::PlacedAt, 1), (Field::Quantity, 3), (Field::UnitPrice, 4)]
                .map(|(f, i)| (f, ["order_id", "created_at", "customer_id", "qty", "unit_price"][i].to_owned())).into(),
            ..Choices::default()
        };
        let (summary, sink) = import(&path, &choices);
        let accepted: usize = sink.orders.iter().map(|o| o.lines.len()).sum();
        prop_assert!(accepted as u64 <= summary.accepted);
    }
}
