//! Lifetime value: against published and independent figures, on hard and bad input, and on planted parameters.

mod bad_input;
mod cdnow;
mod command;
mod oracles;
mod planted;
mod properties;

use cartwright::analytics::clv::{History, Model, Params, Row, Sample};

/// A history in any unit.
fn history(x: f64, tx: f64, t: f64) -> History {
    History { x, tx, t }
}

/// Parameters of a model.
fn params(model: Model, values: [f64; 4]) -> Params {
    Params { model, values }
}

/// Whether two numbers agree within a share of the second.
#[track_caller]
fn assert_close(found: f64, wanted: f64, within: f64, what: &str) {
    let off = (found - wanted).abs() / wanted.abs().max(f64::MIN_POSITIVE);
    assert!(off <= within, "{what}: {found} is not {wanted}, off by {off:.1e}");
}

/// Histories of rows as they are given to a sample.
fn triples(rows: &[Row]) -> Vec<(u32, u32, u32)> {
    rows.iter().flat_map(|row| std::iter::repeat_n((row.x, row.tx, row.t), row.weight as usize)).collect()
}

/// A sample of histories.
fn sample(histories: &[(u32, u32, u32)]) -> Sample {
    Sample::new(histories).0
}
