//! The command line as a user types it: what it prints, what it leaves, with which exit code it ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn cartwright(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap()
}

fn ok(folder: &Path, args: &[&str]) -> String {
    let out = cartwright(folder, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn fails(folder: &Path, args: &[&str], code: i32) -> String {
    let out = cartwright(folder, args);
    assert_eq!(out.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stderr).unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&ok(folder, args)).unwrap()
}

const LINES: &str = "order_id,created_at,customer_id,email,currency,sku,qty,unit_price,discount,shipping,total\n\
    1001,2026-01-05 10:00:00,1,a@example.com,EUR,A,2,10.00,,4.95,24.95\n\
    1001,2026-01-05 10:00:00,1,a@example.com,EUR,B,1,0.00,,,\n\
    1002,2026-02-07 11:30:00,2,b@example.com,EUR,A,1,10.00,1.00,,9.00\n\
    1003,2026-02-08 09:00:00,1,a@example.com,EUR,C,three,5.00,,,\n";

fn lines_file(folder: &Path) -> PathBuf {
    let path = folder.join("lines.csv");
    std::fs::write(&path, LINES).unwrap();
    path
}

#[test]
fn an_import_counts_its_rows_and_the_same_file_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    let first = json(at, &["import", "shop.cartwright", "lines.csv", "--json"]);
    assert_eq!(
        (first["rows"].as_u64(), first["accepted"].as_u64(), first["rejected"].as_u64()),
        (Some(4), Some(3), Some(1))
    );
    assert_eq!(first["tables"]["orders"]["created"], 2);
    assert_eq!(first["currency"], "EUR");
    let issue = &first["issues"][0];
    assert_eq!((issue["line"].as_u64(), issue["column"].as_str()), (Some(5), Some("qty")));
    let before = ok(at, &["dump", "shop.cartwright"]);
    let second = json(at, &["import", "shop.cartwright", "lines.csv", "--json"]);
    assert_eq!(second["tables"]["orders"]["created"], 0);
    assert_eq!(second["tables"]["orders"]["unchanged"], 2);
    assert_eq!(ok(at, &["dump", "shop.cartwright"]), before);
    ok(at, &["check", "shop.cartwright", "--memory"]);
}

#[test]
fn a_table_of_paths_is_shared_out_without_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("paths.csv"), "path,conversions,value,nulls\nA > B,30,300,70\nB,20,100,30\n").unwrap();
    let found = json(at, &["attribution", "paths.csv", "--currency", "EUR", "--transitions", "--order", "1", "--json"]);
    assert_eq!((found["orders"].as_u64(), found["value"].as_f64()), (Some(50), Some(400.0)));
    let b = &found["channels"][0];
    assert_eq!((b["channel"].as_str(), b["credits"]["last"]["orders"].as_f64()), (Some("B"), Some(50.0)));
    assert_eq!(b["removal_effect"]["effect"].as_f64(), Some(1.0));
    assert!(b["credits"]["time-decay"].is_null(), "no moments are told");
    assert_eq!(found["transitions"][0]["from"], "(start)");
    let text = ok(at, &["attribution", "paths.csv", "--model", "linear,markov"]);
    assert!(text.contains("Lost without") && text.contains("Linear") && !text.contains("Shapley"), "{text}");
    fails(at, &["attribution", "paths.csv", "--model", "guess"], 2);
    fails(at, &["attribution", "paths.csv", "--position", "0.9,0.9"], 2);
    fails(at, &["attribution", "gone.csv"], 1);
}

#[test]
fn rejected_rows_import_again_once_mended() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["import", "shop.cartwright", "lines.csv"]);
    ok(at, &["rejected", "shop.cartwright", "--out", "rejected.csv"]);
    let mended = std::fs::read_to_string(at.join("rejected.csv")).unwrap().replace("three", "3");
    std::fs::write(at.join("mended.csv"), mended).unwrap();
    let again = json(at, &["import", "shop.cartwright", "mended.csv", "--json"]);
    assert_eq!((again["accepted"].as_u64(), again["rejected"].as_u64()), (Some(1), Some(0)), "{again}");
    assert_eq!(again["tables"]["orders"]["created"], 1);
}

#[test]
fn a_second_day_and_definitions_that_are_tried_stand_beside_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["import", "shop.cartwright", "lines.csv"]);
    let both = json(at, &["segments", "shop.cartwright", "--compare", "2026-01-31", "--json"]);
    let alone = json(at, &["segments", "shop.cartwright", "--as-of", "2026-01-31", "--json"]);
    assert_eq!(both["compared"]["total"], alone["total"]);
    let orders = both["moves"].as_array().unwrap().iter().find(|m| m["metric"] == "orders").unwrap();
    assert_eq!((&orders["before"], &orders["after"], &orders["change"]), (&1.into(), &2.into(), &1.0.into()));
    // Shipping of 4.95 would come to revenue of 29.00; nothing is kept.
    let before = ok(at, &["dump", "shop.cartwright"]);
    let tried = json(at, &["definitions", "shop.cartwright", "--shipping", "included", "--dry-run", "--json"]);
    let revenue = tried["moves"].as_array().unwrap().iter().find(|m| m["metric"] == "revenue").unwrap();
    assert_eq!((revenue["before"].as_f64(), revenue["after"].as_f64()), (Some(29.0), Some(33.95)));
    assert_eq!(ok(at, &["dump", "shop.cartwright"]), before);
    ok(at, &["definitions", "shop.cartwright", "--shipping", "included"]);
    let kept = json(at, &["segments", "shop.cartwright", "--json"]);
    assert_eq!(kept["total"]["revenue"], revenue["after"]);
    let text = ok(at, &["segments", "shop.cartwright", "--compare", "2026-01-31"]);
    assert!(text.contains("From 31 Jan 2026 to 7 Feb 2026") && text.contains("no change"), "{text}");
}

#[test]
fn undo_goes_back_to_the_state_before() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["new", "shop.cartwright", "--currency", "EUR"]);
    let before = ok(at, &["dump", "shop.cartwright"]);
    ok(at, &["import", "shop.cartwright", "lines.csv"]);
    assert_eq!(ok(at, &["undo", "shop.cartwright"]).trim(), "Undone: Import lines.csv");
    assert_eq!(ok(at, &["dump", "shop.cartwright"]), before);
    assert_eq!(ok(at, &["undo", "shop.cartwright"]).trim(), "Nothing to undo");
}

#[test]
fn what_is_ambiguous_is_asked_with_exit_code_2_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = "order_id,date,email,sku,qty,unit_price\n1,03/04/2026,a@example.com,A,1,5.00\n";
    std::fs::write(at.join("lines.csv"), rows).unwrap();
    let message = fails(at, &["import", "shop.cartwright", "lines.csv"], 2);
    assert!(message.contains("--date-order"), "{message}");
    assert!(!at.join("shop.cartwright").exists());
    ok(at, &["import", "shop.cartwright", "lines.csv", "--date-order", "dmy"]);
    assert!(ok(at, &["dump", "shop.cartwright"]).contains(&1_775_174_400.to_string()), "3 April 2026");
}

#[test]
fn segments_and_report_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "shop.cartwright", "--customers", "2000", "--seed", "7"]);
    let table = json(at, &["segments", "shop.cartwright", "--json"]);
    assert_eq!(table["segments"].as_array().unwrap().len(), 5);
    for key in ["name", "size", "revenue_share", "aov", "frequency_per_year", "ltv", "rule"] {
        assert!(table["segments"][0].get(key).is_some(), "{key}");
    }
    let shares: f64 = table["segments"].as_array().unwrap().iter().map(|s| s["revenue_share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-9);
    ok(at, &["report", "shop.cartwright", "--format", "md", "--out", "doc.md"]);
    ok(at, &["report", "shop.cartwright", "--format", "html", "--out", "doc.html"]);
    let document = std::fs::read_to_string(at.join("doc.md")).unwrap();
    let ltv = table["segments"][0]["ltv"].as_f64().unwrap();
    let whole = cartwright::model::currency::group_thousands(ltv as u64);
    assert!(document.contains(&whole) && document.contains(table["segments"][0]["rule"].as_str().unwrap()));
    let members = ok(at, &["members", "shop.cartwright", "--segment", "vip", "--out", "vip.csv"]);
    let size = table["segments"][0]["size"].as_u64().unwrap();
    assert!(members.starts_with(&format!("{} customers", cartwright::model::currency::group_thousands(size))));
    let earlier = json(at, &["segments", "shop.cartwright", "--json", "--as-of", "2025-06-30"]);
    assert_eq!(earlier["as_of"], "2025-06-30");
    assert!(earlier["total"]["size"].as_u64() < table["total"]["size"].as_u64());
}

#[test]
fn files_that_are_none_of_ours_get_a_sentence_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    std::fs::write(at.join("text.cartwright"), "no workspace").unwrap();
    assert!(fails(at, &["segments", "text.cartwright"], 1).contains("not a Cartwright workspace"));
    assert!(fails(at, &["segments", "missing.cartwright"], 1).contains("was not found"));
    assert!(fails(at, &["import", "shop.cartwright", "missing.csv"], 1).contains("missing.csv"));
    assert!(!at.join("shop.cartwright").exists());
    ok(at, &["new", "empty.cartwright"]);
    assert!(fails(at, &["segments", "empty.cartwright"], 1).contains("too little to tell"));
    assert!(fails(at, &["new", "empty.cartwright"], 1).contains("was not made"));
    fails(at, &["segments", "shop.cartwright", "--as-of", "yesterday"], 2);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_a_closed_pipe_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    ok(at, &["sample", "shop.cartwright", "--customers", "300"]);
    let run = |script: &str| {
        let script = script.replace("CARTWRIGHT", env!("CARGO_BIN_EXE_cartwright"));
        Command::new("sh").current_dir(at).args(["-c", &script]).output().unwrap()
    };
    if Path::new("/dev/full").exists() {
        let out = run("CARTWRIGHT dump shop.cartwright > /dev/full");
        assert_eq!(out.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&out.stderr).contains("could not be"), "{out:?}");
    }
    let out = run("CARTWRIGHT dump shop.cartwright | head -n 1");
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}

/// An import that is killed leaves the state before it or the state after it.
#[cfg(unix)]
#[test]
fn an_import_killed_at_any_moment_leaves_the_old_state_or_the_new_one() {
    const KILLS: u32 = 50;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["import", "before.cartwright", "lines.csv"]);
    ok(at, &["export-sample", "files", "--platform", "generic", "--customers", "3000"]);
    let lines = std::fs::read_dir(at.join("files")).unwrap().map(|f| f.unwrap().path());
    let lines = lines.max_by_key(|p| p.metadata().unwrap().len()).unwrap();
    let import = |file: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cartwright"));
        command.current_dir(at).args(["import", file]).arg(&lines).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let fresh = |file: &str| std::fs::copy(at.join("before.cartwright"), at.join(file)).unwrap();
    let old = ok(at, &["dump", "before.cartwright"]);
    fresh("after.cartwright");
    let started = Instant::now();
    assert!(import("after.cartwright").status().unwrap().success());
    let takes = started.elapsed();
    let new = ok(at, &["dump", "after.cartwright"]);
    let (mut olds, mut news) = (0, 0);
    for n in 0..KILLS {
        let file = format!("killed{n}.cartwright");
        fresh(&file);
        let mut child = import(&file).spawn().unwrap();
        // From at once to a little after the usual end, so that the commit is hit too.
        std::thread::sleep(
            takes.mul_f64(f64::from(n) * 1.2 / f64::from(KILLS)) + Duration::from_micros(u64::from(n) * 37),
        );
        let _ = child.kill();
        let _ = child.wait();
        let state = ok(at, &["dump", &file]);
        assert!(state == old || state == new, "killed at moment {n}: a state that never was");
        if state == old {
            olds += 1
        } else {
            news += 1
        }
        ok(at, &["check", &file]);
        // The next start works as if nothing had happened.
        if n % 10 == 0 {
            assert!(import(&file).status().unwrap().success());
            assert_eq!(ok(at, &["dump", &file]), new);
        }
        for suffix in ["", "-wal", "-shm", "-lock"] {
            let _ = std::fs::remove_file(at.join(format!("{file}{suffix}")));
        }
    }
    println!("{KILLS} kills: {olds} old states, {news} new states, all whole");
    assert!(olds > 0);
}

#[test]
fn the_history_is_listed_undone_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["import", "shop.cartwright", "lines.csv"]);
    let before = ok(at, &["dump", "shop.cartwright"]);
    assert!(ok(at, &["history", "shop.cartwright"]).contains("Import lines.csv"));
    assert!(ok(at, &["undo", "shop.cartwright"]).contains("Undone: Import lines.csv"));
    assert!(ok(at, &["history", "shop.cartwright"]).contains("undone"));
    let history = json(at, &["history", "shop.cartwright", "--json"]);
    assert_eq!((history["can_undo"].as_array().unwrap().len(), &history["can_redo"][0]["import"]), (0, &true.into()));
    assert!(ok(at, &["redo", "shop.cartwright"]).contains("Redone: Import lines.csv"));
    assert_eq!(ok(at, &["dump", "shop.cartwright"]), before);
    assert!(ok(at, &["redo", "shop.cartwright"]).contains("Nothing to redo"));
    ok(at, &["undo", "shop.cartwright"]);
    std::fs::remove_file(at.join("lines.csv")).unwrap();
    assert!(fails(at, &["redo", "shop.cartwright"], 1).contains("is gone"));
}

#[test]
fn a_setup_and_a_copy_are_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    lines_file(at);
    ok(at, &["import", "shop.cartwright", "lines.csv"]);
    ok(at, &["export-setup", "shop.cartwright", "setup.json"]);
    ok(at, &["new", "other.cartwright"]);
    let before = ok(at, &["dump", "other.cartwright"]);
    assert!(ok(at, &["import-setup", "other.cartwright", "setup.json", "--dry-run"]).contains("Columns of files"));
    assert_eq!(ok(at, &["dump", "other.cartwright"]), before);
    let changes = json(at, &["import-setup", "other.cartwright", "setup.json", "--json"]);
    assert_eq!(changes["shop"], "shop");
    assert!(ok(at, &["import-setup", "other.cartwright", "setup.json"]).contains("Nothing to change"));
    assert!(ok(at, &["undo", "other.cartwright"]).contains("Take over the setup of shop"));
    ok(at, &["copy", "shop.cartwright", "read.cartwright", "--read-only"]);
    assert_eq!(ok(at, &["dump", "read.cartwright"]), ok(at, &["dump", "shop.cartwright"]));
    ok(at, &["segments", "read.cartwright"]);
    assert!(fails(at, &["undo", "read.cartwright"], 1).contains("copy for reading"));
    assert!(fails(at, &["copy", "shop.cartwright", "read.cartwright"], 1).contains("was not made"));
}
