//! What a test has seen, as sums: everything an analysis needs, however many customers there were.
//!
//! Values are in the unit in which they are told: money in major units, shares 0–1.

use serde::{Deserialize, Serialize};

/// Mean and variance of a value over the users of an arm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Variance, divided by users − 1.
    pub variance: f64,
}

impl Moments {
    /// Of values, one per user.
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / n };
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self { mean, variance: if values.len() > 1 { squares / (n - 1.0) } else { 0.0 } }
    }

    /// From the sum of the values of so many users and the sum of their squares. Sums that contradict each other give a
    /// variance below zero.
    pub fn from_sums(users: u64, sum: f64, squares: f64) -> Self {
        let n = users as f64;
        if users == 0 {
            return Self::default();
        }
        let variance = if users > 1 { (squares - sum * sum / n) / (n - 1.0) } else { 0.0 };
        Self { mean: sum / n, variance }
    }

    /// From mean and standard deviation.
    pub fn from_deviation(mean: f64, deviation: f64) -> Self {
        Self { mean, variance: deviation * deviation }
    }

    /// The sum over so many users.
    pub fn sum(self, users: u64) -> f64 {
        self.mean * users as f64
    }
}

/// Covariance (divided by users − 1) of two values of the same users, from the sum of their products.
pub fn covariance(users: u64, products: f64, first: Moments, second: Moments) -> f64 {
    if users < 2 {
        return 0.0;
    }
    let n = users as f64;
    (products - n * first.mean * second.mean) / (n - 1.0)
}

/// Covariance (divided by users − 1) of two values of the same users.
pub fn covariance_of(first: &[f64], second: &[f64]) -> f64 {
    let n = first.len().min(second.len());
    if n < 2 {
        return 0.0;
    }
    let (a, b) = (Moments::of(&first[..n]).mean, Moments::of(&second[..n]).mean);
    first.iter().zip(second).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (n as f64 - 1.0)
}

/// What an arm did in one metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// So many of the users did it: conversion, repeat rate.
    Proportion {
        /// Users who did it.
        successes: u64,
    },
    /// A value of each user: revenue per visitor, gross profit per visitor.
    Mean {
        /// Over all users, zeros included.
        values: Moments,
    },
    /// A sum over another one: average order value = revenue ÷ orders.
    Ratio {
        /// What is divided, per user.
        numerator: Moments,
        /// By what it is divided, per user.
        denominator: Moments,
        /// Their covariance over users.
        covariance: f64,
    },
    /// Events that come independently of each other, as many per user as may be: complaints, calls.
    Count {
        /// Of all users together.
        events: u64,
    },
}

/// Something known of users from before the test, which explains a part of how they differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Covariate {
    /// Over users.
    pub values: Moments,
    /// Covariance with what is measured; of a ratio, with its numerator.
    pub covariance: f64,
    /// Of a ratio, covariance with its denominator; otherwise zero.
    #[serde(default)]
    pub with_denominator: f64,
}

/// One metric of an arm, and what is known of its users from before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What the arm did.
    pub measure: Measure,
    /// What adjusts it; taken up where every arm has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covariate: Option<Covariate>,
}

impl From<Measure> for Measured {
    fn from(measure: Measure) -> Self {
        Self { measure, covariate: None }
    }
}

/// One variant of a test; the first of a list is the control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// As people call it.
    pub name: String,
    /// Users who saw it.
    pub users: u64,
    /// One per metric, in the order of the metrics.
    pub measures: Vec<Measured>,
}
