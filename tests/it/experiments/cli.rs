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
    assert!(told.contains("plan.variants: the shares add up to 110.0 %"), "{told}");
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
