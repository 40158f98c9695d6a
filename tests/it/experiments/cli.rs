//! Experiments on the command line.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn cartwright(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).arg("experiment").args(args).output().unwrap()
}

/// What a command printed beside its result, and the result.
pub fn ok(folder: &Path, args: &[&str]) -> (String, String) {
    let out = cartwright(folder, args);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success(), "{args:?}: {told}");
    (told, String::from_utf8(out.stdout).unwrap())
}

pub fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&ok(folder, args).1).unwrap()
}

pub fn fails(folder: &Path, args: &[&str]) -> String {
    let out = cartwright(folder, args);
    assert!(!out.status.success(), "{args:?}");
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(!told.contains("panicked"), "{told}");
    told
}

fn new_shop(folder: &Path) {
    let made =
        Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(["new", "s.cartwright"]).output();
    assert!(made.unwrap().status.success());
}

#[test]
fn an_experiment_is_made_listed_shown_changed_saved_and_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    new_shop(at);
    let make = ["new", "s.cartwright", "Bar", "--kind", "ux", "--changes", "a bar that counts down to free shipping"];
    let variants = ["--variant", "Plain=50", "--variant", "Bar=30", "--variant", "Big bar=20", "--guard", "profit"];
    let (told, said) = ok(at, &[make.as_slice(), &variants].concat());
    assert_eq!((told.as_str(), said.trim()), ("", "“Bar” saved"));
    let list = json(at, &["list", "s.cartwright", "--find", "counts SHIPPING", "--json"]);
    let one = &list["experiments"][0];
    assert_eq!(
        (one["name"].as_str(), one["kind"].as_str(), one["status"].as_str()),
        (Some("Bar"), Some("ux"), Some("draft"))
    );
    assert_eq!(one["variants"], serde_json::json!(["Plain", "Bar", "Big bar"]));
    assert_eq!(ok(at, &["list", "s.cartwright", "--find", "banner"]).1.trim(), "No experiment speaks of “banner”");
    assert!(ok(at, &["show", "s.cartwright", "bar"]).1.contains("30.0%  Bar"));
    let sealed = json(at, &["seal", "s.cartwright", "Bar", "--json"]);
    assert_eq!(sealed["sha256"].as_str().unwrap().len(), 64);
    let mut record = json(at, &["show", "s.cartwright", "Bar", "--json"]);
    record["plan"]["variants"][0]["share"] = 0.6.into();
    std::fs::write(at.join("bar.json"), record.to_string()).unwrap();
    let (told, _) = ok(at, &["save", "s.cartwright", "bar.json"]);
    assert!(told.contains("plan.variants: the shares add up to 110.0%"), "{told}");
    let shown = ok(at, &["show", "s.cartwright", "Bar"]).1;
    assert!(shown.contains("the plan differs from the one sealed at") && shown.contains("in variants"), "{shown}");
    assert_eq!(json(at, &["list", "s.cartwright", "--json"])["experiments"][0]["seal"], "differs");
}

#[test]
fn what_cannot_be_is_told_in_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    new_shop(at);
    assert!(fails(at, &["show", "s.cartwright", "Bar"]).contains("none was saved yet"));
    assert!(fails(at, &["new", "s.cartwright", "Bar", "--variant", "A=much"]).contains("write it like"));
    assert!(fails(at, &["new", "s.cartwright", "Bar", "--primary", "mood"]).contains("the measures are conversion"));
    std::fs::write(at.join("not.json"), "[1]").unwrap();
    assert!(fails(at, &["save", "s.cartwright", "not.json"]).contains("is no experiment"));
    let (told, _) = ok(at, &["new", "s.cartwright", "Bar", "--variant", "A=50", "--variant", "a =50"]);
    assert!(told.contains("plan.variants[1].name"), "{told}");
}

#[test]
fn typed_totals_are_read_without_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let typed = ["analyse", "--variant", "A:10000:1000:52000.50:31.2", "--variant", "B:10000:1100:56000:30"];
    let read = json(at, &[typed.as_slice(), &["--json", "--currency", "EUR"]].concat());
    assert_eq!((read["currency"].as_str(), read["metrics"][0]["metric"].as_str()), (Some("EUR"), Some("conversion")));
    let found = &read["metrics"][0]["comparisons"][0];
    assert!((found["absolute"]["estimate"].as_f64().unwrap() - 0.01).abs() < 1e-12);
    assert!((found["relative"]["estimate"].as_f64().unwrap() - 0.1).abs() < 1e-12);
    let revenue = &read["metrics"][1];
    assert_eq!(revenue["name"], "Revenue per visitor");
    assert!((revenue["arms"][1]["value"].as_f64().unwrap() - 5.6).abs() < 1e-12);
    // 1,000 of 10,000 against so many: the first count whose interval is above nothing.
    let needed = read["worth"][0]["conversions_needed"].as_f64().unwrap();
    assert!((1_050.0..1_120.0).contains(&needed), "{needed}");
    assert_eq!(read["worth"][0]["annual"], Value::Null, "nobody said how long it ran");
    let (_, said) = ok(at, &typed);
    assert!(said.contains("Conversion") && said.contains("10.00%") && said.contains("11.00%"), "{said}");
    for out in ["page.html", "page.md", "list.csv", "list.xlsx"] {
        ok(at, &[typed.as_slice(), &["--out", out]].concat());
        assert!(std::fs::metadata(at.join(out)).unwrap().len() > 200, "{out}");
    }
    let list = std::fs::read_to_string(at.join("list.csv")).unwrap();
    assert!(list.lines().count() == 5 && list.contains("Conversion,share,B,10000,0.11,"), "{list}");
}

#[test]
fn totals_that_cannot_be_are_told_at_their_field() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let analyse = |variants: &[&str]| {
        let mut args = vec!["analyse"];
        variants.iter().for_each(|variant| args.extend(["--variant", variant]));
        fails(at, &args)
    };
    assert!(analyse(&["A:10:11", "B:10:1"]).contains("11 of 10 visitors is more than all of them"));
    assert!(analyse(&["A:0:0", "B:10:1"]).contains("A has no visitors"));
    assert!(analyse(&["A:10:1", "a :10:1"]).contains("differ by blanks or letter case only"));
    assert!(analyse(&["A:10:1"]).contains("nothing to compare the control with"));
    assert!(analyse(&["A:many:1", "B:10:1"]).contains("write it like"));
    assert!(analyse(&["A:10:1:1e9:NaN", "B:10:1"]).contains("write it like"));
    assert!(analyse(&[]).contains("type totals with --variant"));
    assert!(fails(at, &["analyse", "nothing.csv"]).contains("is not there"));
    // What can be and tells little is told in a sentence, without a panic.
    for variants in [["A:1:0", "B:1:0"], ["A:5:0", "B:7:0"], ["A:3:3", "B:3:3"], ["A:100:0:-50:3", "B:90:1:10:1"]] {
        let args = ["analyse", "--variant", variants[0], "--variant", variants[1], "--json"];
        let read = json(at, &args);
        assert!(!read["sentence"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_file_is_attached_decided_and_part_of_the_programme() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    new_shop(at);
    std::fs::write(at.join("r.csv"), "variant,visitors,conversions\nplain,1000,100\nbar,1000,150\n").unwrap();
    ok(at, &["new", "s.cartwright", "Bar", "--kind", "ux"]);
    let why = fails(at, &["attach", "s.cartwright", "Bar", "r.csv"]);
    assert!(why.contains("has the variants plain, bar, the plan Control, Variant"), "{why}");
    let done = json(at, &["attach", "s.cartwright", "Bar", "r.csv", "--adopt", "--json"]);
    assert_eq!((done["kind"].as_str(), done["adopted"].as_bool()), (Some("summary"), Some(true)));
    let (_, said) = ok(at, &["analyse", "s.cartwright", "Bar"]);
    assert!(said.contains("bar"), "{said}");
    let decide = ["decide", "s.cartwright", "Bar", "--adopt", "Bar", "--memo", "More buy", "--implemented"];
    assert!(fails(at, &["decide", "s.cartwright", "Bar", "--adopt", "Baz"]).contains("has no variant “Baz”"));
    ok(at, &[decide.as_slice(), &["--impact", "12000 USD", "--formula", "0.05 × 240,000"]].concat());
    let programme = json(at, &["programme", "s.cartwright", "--json"]);
    let ux = &programme["programme"][4];
    assert_eq!(
        (ux["kind"].as_str(), ux["won"].as_u64(), ux["annual_impact"].as_str()),
        (Some("ux"), Some(1), Some("12000.00 USD"))
    );
    assert!((ux["average_lift"].as_f64().unwrap() - 0.5).abs() < 1e-12);
    assert_eq!(
        (programme["past"][0]["name"].as_str(), programme["teaches"]["is_own"].as_bool()),
        (Some("Bar"), Some(false))
    );
    assert!(ok(at, &["programme", "s.cartwright", "--out", "tests.md"]).1.contains("UX tests"));
    assert!(std::fs::read_to_string(at.join("tests.md")).unwrap().contains("| UX tests | 0 | 100.0% | 50.0% |"));
    assert!(ok(at, &["show", "s.cartwright", "Bar"]).1.contains("Adopt bar"));
    let labels =
        Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(at).args(["history", "s.cartwright"]).output();
    let labels = String::from_utf8(labels.unwrap().stdout).unwrap();
    assert!(labels.contains("Decide experiment Bar") && labels.contains("Attach r.csv to Bar"), "{labels}");
}
