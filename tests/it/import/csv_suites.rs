//! The csv-spectrum and csv-test-data suites: what a CSV reader should make of odd files.

use std::path::Path;

use cartwright::import::plan::Choices;

use super::look;
use crate::shared::shared;

/// Expected rows of a suite's JSON: a list of objects, or of lists.
fn expected(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let cell = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    rows.iter()
        .map(|row| match row {
            serde_json::Value::Object(cells) => cells.values().map(cell).collect(),
            serde_json::Value::Array(cells) => cells.iter().map(cell).collect(),
            _ => Vec::new(),
        })
        .collect()
}

fn compare(csv: &Path, json: &Path, header: Option<u64>) -> Option<String> {
    let choices = Choices { header_line: header, delimiter: Some(','), ..Choices::default() };
    let name = csv.file_name().unwrap().to_string_lossy().into_owned();
    let preview = match look(csv, &choices) {
        Ok(preview) => preview,
        Err(error) => return Some(format!("{name}: {error}")),
    };
    let mut read: Vec<Vec<String>> = preview.rows.into_iter().map(|(_, cells)| cells).collect();
    let mut expected = expected(json);
    // Objects lose the order of their keys: compare cells as sets per row.
    read.iter_mut().chain(&mut expected).for_each(|row| row.sort());
    (read != expected).then(|| format!("{name}: {read:?} is not {expected:?}"))
}

#[test]
fn csv_spectrum() {
    let Some(root) = shared("samples/csv-suites/csv-spectrum") else { return };
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(root.join("csvs")).unwrap() {
        let csv = entry.unwrap().path();
        let json = root.join("json").join(csv.with_extension("json").file_name().unwrap());
        wrong.extend(compare(&csv, &json, Some(1)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn csv_test_data() {
    let Some(root) = shared("samples/csv-suites/csv-test-data") else { return };
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(root.join("csv")).unwrap() {
        let csv = entry.unwrap().path();
        let json = root.join("json").join(csv.with_extension("json").file_name().unwrap());
        // A blank line is no row here, so a table of one column has no blank rows.
        if ["all-empty.csv", "empty-one-column.csv"].iter().any(|name| csv.ends_with(name)) {
            continue;
        }
        if json.exists() {
            let header = if csv.file_name().is_some_and(|n| n.to_string_lossy().starts_with("header")) { 1 } else { 0 };
            wrong.extend(compare(&csv, &json, Some(header)));
        } else {
            // Broken on purpose: any answer will do that is no panic.
            let _ = look(&csv, &Choices::default());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
