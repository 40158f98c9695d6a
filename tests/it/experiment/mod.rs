//! The statistics of experiments.

mod checked;
mod copied;
mod gbstats;
mod planned;
mod scipy;
mod simulated;
mod sound;

use cartwright::analytics::experiment::{Arm, Measure, Moments};
use serde_json::Value;

use crate::shared::shared;

/// Cases of one kind that were compared, and how far off the worst was.
struct Group {
    what: String,
    values: usize,
    worst: (f64, String),
}

impl Group {
    fn new(what: &str) -> Self {
        Self { what: what.to_owned(), values: 0, worst: (0.0, String::new()) }
    }

    /// Within 1e-8 of itself, or 1e-12.
    fn check(&mut self, case: &str, found: f64, truth: f64) {
        self.check_within(case, found, truth, 1e-8);
    }

    fn check_within(&mut self, case: &str, found: f64, truth: f64, within: f64) {
        let off = (found - truth).abs();
        let relative = if off == 0.0 { 0.0 } else { off / truth.abs() };
        assert!(
            relative <= within || off <= 1e-12,
            "{}, {case}: {found} is not {truth}, off by {relative:e}",
            self.what
        );
        self.values += 1;
        if relative > self.worst.0 && off > 1e-12 {
            self.worst = (relative, case.to_owned());
        }
    }

    fn pair(&mut self, case: &str, found: (f64, f64), truth: &Value) {
        self.check(&format!("{case} low"), found.0, number(&truth[0]));
        self.check(&format!("{case} high"), found.1, number(&truth[1]));
    }

    fn done(self) {
        let (off, case) = self.worst;
        println!(
            "{}: values {}, largest relative difference above 1e-12 absolute {off:.1e} {case}",
            self.what, self.values
        );
        assert!(self.values > 0);
    }
}

fn json(rel: &str) -> Option<Value> {
    Some(serde_json::from_str(&std::fs::read_to_string(shared(rel)?).unwrap()).unwrap())
}

fn number(v: &Value) -> f64 {
    v.as_f64().unwrap_or_else(|| v.as_str().unwrap().parse().unwrap())
}

fn each(group: &Value) -> impl Iterator<Item = (&str, &Value)> {
    group.as_object().unwrap().iter().map(|(name, case)| (name.as_str(), case))
}

fn counts(input: &Value, i: usize) -> (u64, u64) {
    (input["x"][i].as_u64().unwrap(), input["n"][i].as_u64().unwrap())
}

fn proportion(input: &Value, i: usize) -> (Measure, u64) {
    let (k, n) = counts(input, i);
    (Measure::Proportion { successes: k }, n)
}

/// From sums, or from the values themselves.
fn mean(input: &Value, i: usize) -> (Measure, u64) {
    let raw = &input[["a", "b"][i]];
    if let Some(values) = raw.as_array() {
        let values: Vec<f64> = values.iter().map(number).collect();
        return (Measure::Mean { values: Moments::of(&values) }, values.len() as u64);
    }
    let n = input["n"][i].as_u64().unwrap();
    (Measure::Mean { values: sums(input, i, "sum", "sumsq") }, n)
}

fn sums(input: &Value, i: usize, sum: &str, squares: &str) -> Moments {
    Moments::from_sums(input["n"][i].as_u64().unwrap(), number(&input[sum][i]), number(&input[squares][i]))
}

fn ratio(input: &Value, i: usize) -> (Measure, u64) {
    let n = input["n"][i].as_u64().unwrap();
    let numerator = sums(input, i, "m_sum", "m_sumsq");
    let denominator = sums(input, i, "d_sum", "d_sumsq");
    let products = number(&input["md_sum"][i]);
    let covariance = cartwright::analytics::experiment::covariance(n, products, numerator, denominator);
    (Measure::Ratio { numerator, denominator, covariance }, n)
}

/// An arm with one measure and its covariate.
fn cuped(input: &Value, i: usize) -> Arm {
    use cartwright::analytics::experiment::{Covariate, Measured, covariance};
    let n = input["n"][i].as_u64().unwrap();
    let (post, pre) = (sums(input, i, "post_sum", "post_sumsq"), sums(input, i, "pre_sum", "pre_sumsq"));
    let covariance = covariance(n, number(&input["cross"][i]), post, pre);
    let covariate = Covariate { values: pre, covariance, with_denominator: 0.0 };
    let measured = Measured { measure: Measure::Mean { values: post }, covariate: Some(covariate) };
    Arm { name: ["A", "B"][i].into(), users: n, measures: vec![measured] }
}
