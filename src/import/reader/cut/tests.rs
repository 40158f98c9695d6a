use std::io::Cursor;

use encoding_rs::UTF_8;
use proptest::prelude::*;

use super::*;

/// Rows of a text: line, cells, whether flawed.
fn rows(text: &[u8], columns: usize) -> Vec<(u64, Vec<String>, bool)> {
    let window = Window::over(Box::new(Cursor::new(text.to_vec())), UTF_8, true).unwrap();
    let mut rows = Vec::new();
    let result = each_row(Cutter::new(window, b',', true, columns), 1, |event| {
        rows.push((event.line, event.cells.to_vec(), event.flaw.is_some()));
        Ok::<_, ()>(ControlFlow::Continue(()))
    });
    assert!(result.is_ok());
    rows
}

fn plain(text: &str) -> Vec<Vec<String>> {
    rows(text.as_bytes(), 0).into_iter().map(|(_, cells, _)| cells).collect()
}

#[test]
fn lines_are_those_of_the_file_whatever_ends_them() {
    for text in ["a,b\n\n1,\"x\ny\"\n2,z\n", "a,b\r\n\r\n1,\"x\r\ny\"\r\n2,z\r\n", "a,b\r\r1,\"x\ry\"\r2,z"] {
        let lines: Vec<u64> = rows(text.as_bytes(), 2).iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [1, 3, 5], "{text:?}");
    }
}

#[test]
fn an_open_quote_costs_its_line_only() {
    let mut text = String::from("id,name,price\n1,\"open,2.50\n");
    for i in 2..2_000 {
        text.push_str(&format!("{i},\"thing, {i}\",2.50\n"));
    }
    let rows = rows(text.as_bytes(), 3);
    assert_eq!(rows.len(), 2_000);
    assert_eq!(rows.iter().filter(|(.., flawed)| *flawed).map(|(line, ..)| *line).collect::<Vec<_>>(), [2]);
    assert_eq!(rows[2].1, ["2", "thing, 2", "2.50"]);
}

#[test]
fn an_open_quote_at_the_end_of_the_file_costs_its_line_only() {
    let rows = rows(b"a,b\n1,\"open\n2,x\n3,y\n", 2);
    let flawed: Vec<_> = rows.iter().map(|(line, _, flawed)| (*line, *flawed)).collect();
    assert_eq!(flawed, [(1, false), (2, true), (3, false), (4, false)]);
}

#[test]
fn quotes_that_are_not_doubled_stand_for_themselves() {
    assert_eq!(rows(b"a,b\n\"say \"hi\" now\",2\n", 2)[1], (2, vec!["say \"hi\" now".into(), "2".into()], false));
    assert_eq!(plain("5\" pipe,x\n")[0], ["5\" pipe", "x"]);
    assert_eq!(plain("\"a\" ,\"b\"\t\n")[0], ["a", "b"]);
    assert_eq!(plain("\"a\", \"b, c\", d\n")[0], ["a", "b, c", " d"]);
}

#[test]
fn bytes_that_are_no_text_cost_their_row() {
    let rows = rows(b"a,b\n1,\xff\n2,\0\n3,x\n", 2);
    assert_eq!(rows.iter().map(|(.., flawed)| *flawed).collect::<Vec<_>>(), [false, true, true, false]);
}

#[test]
fn a_line_of_any_length_is_passed_over_in_bounded_memory() {
    let mut text = b"a,b\n1,".to_vec();
    text.resize(40 << 20, b'x');
    text.extend_from_slice(b"\n2,y\n");
    let rows = rows(&text, 2);
    assert_eq!(rows.len(), 3);
    assert!(rows[1].2 && rows[1].1[0].len() <= SHOWN_BYTES);
    assert_eq!(rows[2], (3, vec!["2".into(), "y".into()], false));
}

proptest! {
    #[test]
    fn written_tables_read_back_as_they_were(
        table in prop::collection::vec(prop::collection::vec("[a-z\",\\n\\r ;é]{0,12}", 3), 1..20),
        crlf in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().terminator(terminator).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        table.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        let read: Vec<_> = rows(&bytes, 3).into_iter().map(|(_, cells, _)| cells).collect();
        prop_assert_eq!(read, table);
    }

    #[test]
    fn every_line_of_any_text_comes_out(text in "[a,\"\\n\\r x]{0,200}", columns in 0_usize..4) {
        let ends = text.replace("\r\n", "\n").replace('\r', "\n");
        let last = ends.split('\n').count() as u64;
        let read = rows(text.as_bytes(), columns);
        for pair in read.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0);
        }
        prop_assert!(read.iter().all(|(line, ..)| *line <= last));
        let letters = |t: &str| t.matches(['a', 'x']).count();
        prop_assert_eq!(read.iter().flat_map(|(_, cells, _)| cells).map(|c| letters(c)).sum::<usize>(), letters(&text));
    }
}
