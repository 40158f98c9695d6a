//! The one document: blank, chosen by chapter, and the same numbers in every format.

use std::path::Path;
use std::process::Command;

use cartwright::jobs::Progress;
use cartwright::ops::document::{SECTIONS, Wanted};
use cartwright::ops::{Session, sample};
use cartwright::report::document::{Block, Cell, Document, Table};
use cartwright::report::pdf::Compiled;
use cartwright::report::{FORMATS, format};
use cartwright::sample::Params;

use crate::office;

fn shop(folder: &Path) -> Session {
    let params = Params { customers: 1_200, ..Params::default() };
    sample::create_planned(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap()
}

fn of(session: &mut Session, sections: &[&str]) -> Document {
    let sections = sections.iter().map(|one| (*one).to_owned()).collect();
    session.framework_document(None, &Wanted { sections, ..Wanted::default() }, &Progress::none()).unwrap()
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

fn headings(document: &Document) -> Vec<&str> {
    let title = |block| match block {
        &Block::Heading(1, ref text) => Some(text.as_str()),
        _ => None,
    };
    document.blocks.iter().filter_map(title).collect()
}

#[test]
fn a_shop_without_data_gives_the_blank_framework_and_the_files_to_ask_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("blank.cartwright"), "Blank").unwrap();
    let document = of(&mut session, &[]);
    let found = headings(&document);
    for (key, title) in SECTIONS.iter().filter(|(_, title)| title.starts_with(char::is_numeric)) {
        assert!(found.contains(title), "{key} is missing: {found:?}");
    }
    assert!(found.contains(&"Files to ask for"));
    assert!(document.subtitle.starts_with("No data yet"));
    for format in FORMATS {
        assert!(!format.write(&document).unwrap().is_empty(), "{}", format.name());
    }
}

#[test]
fn only_the_chapters_that_are_wanted_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let titles = |document: &Document| headings(document).iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    let some = of(&mut session, &["10", "segments"]);
    assert_eq!(titles(&some), ["1 Segments and personas", "10 KPIs and ROI"]);
    let whole = of(&mut session, &[]);
    assert!(!titles(&whole).contains(&"Files to ask for".to_owned()));
    assert!(titles(&whole).len() > 8);
}

#[test]
fn every_figure_of_the_shop_has_a_number_and_every_number_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let document = of(&mut session, &["profile", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "roi"]);
    let texts = document.references.len();
    let mut used = vec![false; texts + 1];
    let mut mark = |reference: Option<usize>| {
        if let Some(number) = reference {
            assert!((1..=texts).contains(&number), "{number} of {texts}");
            used[number] = true;
        }
    };
    let bare = |table: &Table, at: usize, cell: &Cell| {
        cell.number.is_some() && cell.reference.is_none() && table.columns.get(at).is_none_or(|c| c.reference.is_none())
    };
    for table in tables(&document) {
        table.columns.iter().for_each(|column| mark(column.reference));
        for row in table.rows.iter().chain(&table.total) {
            row.iter().for_each(|cell| mark(cell.reference));
            let without: Vec<_> = row.iter().enumerate().filter(|(at, cell)| bare(table, *at, cell)).collect();
            assert!(without.is_empty(), "{}: {without:?}", table.caption);
        }
    }
    for block in &document.blocks {
        if let Block::Chart(chart) = block {
            assert!(chart.reference.is_some(), "{}", chart.caption);
            mark(chart.reference);
        }
    }
    let unused: Vec<_> = (1..=texts).filter(|number| !used[*number]).collect();
    assert!(unused.is_empty(), "nothing refers to {unused:?}");
    let mut sorted = document.references.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), texts, "the same text has the same number");
}

/// The text of a document in a format that is text.
fn text(document: &Document, name: &str) -> Option<String> {
    String::from_utf8(format(name)?.write(document).ok()?).ok()
}

#[test]
fn every_number_on_the_screen_stands_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let document = of(&mut session, &[]);
    let numbers: Vec<&str> = tables(&document)
        .flat_map(|t| t.rows.iter().chain(&t.total).flatten())
        .filter(|c| c.number.is_some())
        .map(|cell| cell.text.as_str())
        .collect();
    assert!(numbers.len() > 200, "{}", numbers.len());
    for name in ["markdown", "html", "docx", "pdf"] {
        let text = bare(&match name {
            "docx" => {
                office::words(&office::part(&format(name).unwrap().write(&document).unwrap(), "word/document.xml"))
            }
            "pdf" => Compiled::new(&document).unwrap().text(),
            _ => text(&document, name).unwrap().replace('\\', ""),
        });
        let missing: Vec<_> =
            numbers.iter().filter(|n| !text.contains(&bare(n)) && !text.contains(&bare(&html(n)))).collect();
        assert!(missing.is_empty(), "{name} lacks {missing:?}");
    }
    // A workbook keeps numbers as numbers, and as a text only what says more than one.
    let (found, texts) = office::cells(&format("xlsx").unwrap().write(&document).unwrap());
    let cells = tables(&document).flat_map(|t| t.rows.iter().chain(&t.total).flatten());
    for (number, text) in cells.filter_map(|cell| cell.number.map(|number| (number, &cell.text))) {
        let same = |other: &f64| (other - number).abs() <= number.abs() * 1e-12;
        assert!(found.iter().any(same) || texts.contains(text), "xlsx lacks {number}, {text}");
    }
    for format in FORMATS {
        assert_eq!(format.write(&document).unwrap(), format.write(&document).unwrap(), "{} twice", format.name());
    }
}

/// Without what lines are broken at.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn cartwright(folder: &Path, args: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap();
    let text = [out.stdout, out.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (out.status.code().unwrap_or(-1), text)
}

#[test]
fn the_command_takes_sections_paper_logo_and_colour_and_refuses_what_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(shop(at));
    let report = |more: &[&str]| cartwright(at, &[&["report", "shop.cartwright"], more].concat());
    let (code, said) =
        report(&["--out", "some.md", "--sections", "1,kpis", "--paper", "letter", "--accent", "#0A5C4A"]);
    assert_eq!(code, 0, "{said}");
    let text = std::fs::read_to_string(at.join("some.md")).unwrap();
    assert!(text.contains("1 Segments and personas") && !text.contains("2 Touchpoints"));
    std::fs::write(at.join("logo.png"), "no picture").unwrap();
    for (args, part) in [
        (&["--out", "x.md", "--sections", "12"][..], "there is no section “12”"),
        (&["--out", "x.md", "--accent", "green"], "#RRGGBB"),
        (&["--out", "x.md", "--paper", "a3"], "letter"),
        (&["--out", "x.md", "--logo", "logo.png"], "logo.png"),
        (&["--out", "x.docm"], "no document format"),
        (&["--out", "x"], "name a format"),
    ] {
        let (code, said) = report(args);
        assert!(code != 0 && said.contains(part), "{args:?}: {said}");
    }
    assert!(!at.join("x.md").exists() && !at.join("x").exists());
}
