//! Tests of several things at once: what each changes by itself, and what they change together.
//!
//! Every combination is an arm. The effect of a level is the mean of the arms with it less the mean of those with the
//! first level, the other things being weighted evenly; an interaction is by how much that differs between levels of
//! another thing.

use serde::Serialize;

use super::correct;
use super::estimate::Estimate;
use super::reading::{Interval, Problem};
use super::settings::Correction;
use crate::analytics::math::normal::{student_quantile, student_two_sided};

/// Combinations beyond which nobody can read the result.
const MOST_CELLS: usize = 64;

/// One of the things that are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// As people call it: "Headline".
    pub name: String,
    /// What it can be; the first is how it was.
    pub levels: Vec<String>,
}

/// One combination and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Level of each factor.
    pub levels: Vec<usize>,
    /// Its metric.
    pub estimate: Estimate,
}

/// What a level changes, or several levels together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactorEffect {
    /// Factor and level: one for a main effect, several for an interaction.
    pub of: Vec<(String, String)>,
    /// By how much the metric is changed.
    pub estimate: f64,
    /// Its standard error.
    pub error: f64,
    /// At the stated confidence, alone.
    pub interval: Option<Interval>,
    /// At the stated confidence for all effects together.
    pub corrected: Option<Interval>,
    /// Evidence against no effect.
    pub p: Option<f64>,
    /// The same for all effects together.
    pub p_corrected: Option<f64>,
}

/// The effects of every level and of every combination of levels, main effects first.
///
/// # Errors
///
/// What is missing or twice, at its field.
pub fn effects(
    factors: &[Factor],
    cells: &[Cell],
    confidence: f64,
    correction: Correction,
) -> Result<Vec<FactorEffect>, Vec<Problem>> {
    let order = arranged(factors, cells)?;
    let error = 1.0 - confidence;
    let mut wanted = contrasts(factors);
    // Main effects first, and factors in their order.
    wanted.sort_by_cached_key(|levels| {
        let takes: Vec<bool> = levels.iter().map(|level| *level > 0).collect();
        (takes.iter().filter(|takes| **takes).count(), std::cmp::Reverse(takes), levels.clone())
    });
    let drafts: Vec<Draft> = wanted.iter().map(|levels| Draft::of(levels, factors, &order)).collect();
    let p: Vec<f64> = drafts.iter().map(|draft| draft.p().unwrap_or(1.0)).collect();
    let corrected = correct::adjusted(correction, &p);
    let of_all = correct::interval_error(correction, error, &corrected);
    let effect = |(levels, (draft, p)): (&Vec<usize>, (&Draft, f64))| FactorEffect {
        of: factors
            .iter()
            .zip(levels)
            .filter(|(_, level)| **level > 0)
            .map(|(factor, level)| (factor.name.clone(), factor.levels[*level].clone()))
            .collect(),
        estimate: draft.estimate,
        error: draft.square.sqrt(),
        interval: draft.interval(error),
        corrected: draft.interval(of_all),
        p: draft.p(),
        p_corrected: draft.p().map(|_| p),
    };
    Ok(wanted.iter().zip(drafts.iter().zip(corrected)).map(effect).collect())
}

/// Every choice of a level per factor but that of all first ones; a level above the first is one whose effect is taken.
fn contrasts(factors: &[Factor]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for factor in factors {
        all = all
            .iter()
            .flat_map(|levels| (0..factor.levels.len()).map(move |level| [levels.as_slice(), &[level]].concat()))
            .collect();
    }
    all.retain(|levels| levels.iter().any(|level| *level > 0));
    all
}

/// The cells, one per combination.
fn arranged<'a>(factors: &[Factor], cells: &'a [Cell]) -> Result<Vec<&'a Cell>, Vec<Problem>> {
    let problem = |field: String, words: String| Problem { field, words };
    let combinations = factors.iter().map(|factor| factor.levels.len()).try_fold(1_usize, usize::checked_mul);
    let size = combinations.filter(|size| (2..=MOST_CELLS).contains(size));
    let Some(size) = size.filter(|_| factors.iter().all(|factor| factor.levels.len() >= 2)) else {
        let words = format!("Each thing that is changed needs two levels, and there may be {MOST_CELLS} combinations");
        return Err(vec![problem("factors".into(), words)]);
    };
    let mut found = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let is_known = cell.levels.len() == factors.len()
            && cell.levels.iter().zip(factors).all(|(level, factor)| *level < factor.levels.len());
        if !is_known {
            found.push(problem(format!("cells[{i}]"), "This combination is none of the test".into()));
        } else if cells[..i].iter().any(|other| other.levels == cell.levels) {
            found.push(problem(format!("cells[{i}]"), "This combination is there twice".into()));
        }
    }
    if found.is_empty() && cells.len() != size {
        let words = format!("{} of {size} combinations are there; every one is needed", cells.len());
        found.push(problem("cells".into(), words));
    }
    if found.is_empty() { Ok(cells.iter().collect()) } else { Err(found) }
}

/// A weighted sum of cells.
struct Draft {
    estimate: f64,
    square: f64,
    freedom: f64,
}

impl Draft {
    fn of(levels: &[usize], factors: &[Factor], cells: &[&Cell]) -> Self {
        let weight = |cell: &Cell| -> f64 {
            let each = levels.iter().zip(&cell.levels).zip(factors).map(|((wanted, is), factor)| match (wanted, is) {
                (0, _) => 1.0 / factor.levels.len() as f64,
                (_, 0) => -1.0,
                (wanted, is) => f64::from(u8::from(wanted == is)),
            });
            each.product()
        };
        let parts = || cells.iter().map(|cell| (weight(cell), cell.estimate));
        let estimate = parts().map(|(weight, cell)| weight * cell.value).sum();
        let square: f64 = parts().map(|(weight, cell)| weight * weight * cell.square()).sum();
        let fourth = parts().map(|(weight, cell)| {
            let part = if square > 0.0 { weight * weight * cell.square() / square } else { 0.0 };
            if part > 0.0 { part * part / (cell.users - 1.0) } else { 0.0 }
        });
        Self { estimate, square, freedom: 1.0 / fourth.sum::<f64>() }
    }

    fn is_known(&self) -> bool {
        self.square > 0.0 && self.freedom >= 1.0 && self.estimate.is_finite()
    }

    fn interval(&self, error: f64) -> Option<Interval> {
        if !self.is_known() {
            return None;
        }
        let half = student_quantile(error, self.freedom) * self.square.sqrt();
        Interval::of(self.estimate - half, self.estimate + half)
    }

    fn p(&self) -> Option<f64> {
        self.is_known().then(|| student_two_sided(self.estimate / self.square.sqrt(), self.freedom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(name: &str, levels: usize) -> Factor {
        Factor { name: name.into(), levels: (0..levels).map(|level| level.to_string()).collect() }
    }

    fn cell(levels: &[usize], value: f64) -> Cell {
        Cell { levels: levels.to_vec(), estimate: Estimate { value, variance: 4.0, users: 100.0 } }
    }

    /// By hand: with equal cells a main effect has variance 4 · (½)² · 0.04 and an interaction 4 · 0.04.
    #[test]
    fn two_by_two_is_what_it_is_by_hand() {
        let factors = [factor("Headline", 2), factor("Button", 2)];
        let cells = [cell(&[0, 0], 1.0), cell(&[0, 1], 2.0), cell(&[1, 0], 4.0), cell(&[1, 1], 9.0)];
        let found = effects(&factors, &cells, 0.95, Correction::Holm).unwrap();
        let of = |names: &[&str]| {
            let is = |effect: &&FactorEffect| effect.of.iter().map(|(name, _)| name.as_str()).eq(names.iter().copied());
            found.iter().find(is).unwrap().clone()
        };
        let (headline, button, both) = (of(&["Headline"]), of(&["Button"]), of(&["Headline", "Button"]));
        assert!((headline.estimate - 5.0).abs() < 1e-12 && (headline.error - 0.2).abs() < 1e-12);
        assert!((button.estimate - 3.0).abs() < 1e-12);
        assert!((both.estimate - 4.0).abs() < 1e-12 && (both.error - 0.4).abs() < 1e-12);
        assert!(
            headline.interval.unwrap().low > 4.6 && headline.corrected.unwrap().low < headline.interval.unwrap().low
        );
        assert_eq!(found.last().unwrap().of.len(), 2, "interactions come last");
    }

    /// By hand: level 2 of the first factor against level 0, over three levels of the second one.
    #[test]
    fn three_by_three_takes_the_means_over_the_other_factor() {
        let factors = [factor("Price", 3), factor("Picture", 3)];
        let all = (0..9).map(|k| cell(&[k / 3, k % 3], if k / 3 == 2 { 6.0 } else { 0.0 } + (k % 3) as f64));
        let found = effects(&factors, &all.collect::<Vec<_>>(), 0.95, Correction::None).unwrap();
        assert_eq!(found.len(), 8);
        let price = found.iter().find(|effect| effect.of == [("Price".to_owned(), "2".to_owned())]).unwrap();
        assert!((price.estimate - 6.0).abs() < 1e-12);
        assert!(found.iter().filter(|effect| effect.of.len() == 2).all(|effect| effect.estimate.abs() < 1e-12));
    }

    #[test]
    fn a_missing_combination_is_told() {
        let factors = [factor("A", 2), factor("B", 2)];
        let told = effects(&factors, &[cell(&[0, 0], 1.0)], 0.95, Correction::Holm).unwrap_err();
        assert_eq!(told[0].words, "1 of 4 combinations are there; every one is needed");
        assert!(effects(&[factor("A", 1)], &[], 0.95, Correction::Holm).is_err());
    }
}
