//! What sales are explained by: level, trend, season and sales of the shop on one side, spend with carry-over and
//! saturation on the other.

/// Carry-over: what is left of a week's effect in the next.
pub const CARRY: [f64; 10] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/// Saturation: weekly spend, as a multiple of a usual week's, at which 63 % of all that is possible is reached.
pub const SATURATION: [f64; 6] = [0.3, 0.6, 1.0, 1.8, 3.5, 8.0];
/// Shapes there are.
pub const SHAPES: usize = CARRY.len() * SATURATION.len();
/// Weeks of a year.
const YEAR: f64 = 365.25 / 7.0;

/// A shape of response.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// What is left in the next week, 0–1.
    pub carry: f64,
    /// Minor units a week.
    pub scale: f64,
}

impl Shape {
    /// Shape number `n`, for a channel with this spend in a usual week.
    pub fn of(n: usize, usual: f64) -> Self {
        Self { carry: CARRY[n / SATURATION.len()], scale: SATURATION[n % SATURATION.len()] * usual }
    }

    /// What a steady weekly spend reaches of all that is possible, 0–1: 1 − exp(−spend ÷ scale).
    pub fn reached(&self, weekly: f64) -> f64 {
        -(-weekly / self.scale).exp_m1()
    }

    /// How much more is reached for one more minor unit a week.
    pub fn slope(&self, weekly: f64) -> f64 {
        (-weekly / self.scale).exp() / self.scale
    }

    /// What is reached in every week: carry-over is geometric and, so that a steady spend counts as itself, normalised
    /// (Jin et al. 2017).
    pub fn response(&self, spend: &[f64]) -> Vec<f64> {
        let mut stock = 0.0;
        let each = spend.iter().map(|spend| {
            stock = self.carry * stock + (1.0 - self.carry) * spend;
            self.reached(stock)
        });
        each.collect()
    }
}

/// Mean spend of the weeks with any.
pub fn usual(spend: &[f64]) -> f64 {
    let active = spend.iter().filter(|spend| **spend > 0.0).count().max(1);
    spend.iter().sum::<f64>() / active as f64
}

/// Columns of everything but spend for weeks `range`, where `fitted` weeks are known: level, trend, yearly waves, sales.
pub fn controls(on_sale: &[f64], range: std::ops::Range<usize>, fitted: usize) -> Vec<Vec<f64>> {
    let column = |f: &dyn Fn(f64) -> f64| range.clone().map(|week| f(week as f64)).collect::<Vec<f64>>();
    let mut columns = vec![column(&|_| 1.0), column(&|week| week / fitted as f64 - 0.5)];
    // A second wave only where two years can tell it from chance.
    for wave in 1..=if fitted >= 104 { 2 } else { 1 } {
        let turn = 2.0 * std::f64::consts::PI * f64::from(wave) / YEAR;
        columns.push(column(&|week| (turn * week).sin()));
        columns.push(column(&|week| (turn * week).cos()));
    }
    columns.push(on_sale[range].to_vec());
    columns
}

/// Columns made orthonormal, with the way back; columns that the others already tell are left out.
pub struct Basis {
    unit: Vec<Vec<f64>>,
    /// Upper triangle: column `k` in terms of the unit columns up to `k`; `None` for a column left out.
    made_of: Vec<Option<Vec<f64>>>,
}

/// Sum of products, in four lanes that a processor adds up at once.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut lanes = [0.0; 4];
    for (a, b) in a.iter().zip(b) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += a * b);
    }
    lanes.iter().sum::<f64>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f64>()
}

impl Basis {
    /// By Gram and Schmidt, twice, so that rounding does not add up.
    pub fn new(columns: &[Vec<f64>]) -> Self {
        let mut basis = Self { unit: Vec::new(), made_of: Vec::new() };
        for column in columns {
            let (mut rest, mut parts) = (column.clone(), vec![0.0; basis.unit.len()]);
            for _ in 0..2 {
                for (unit, part) in basis.unit.iter().zip(&mut parts) {
                    let along = dot(unit, &rest);
                    *part += along;
                    rest.iter_mut().zip(unit).for_each(|(rest, unit)| *rest -= along * unit);
                }
            }
            let length = dot(&rest, &rest).sqrt();
            if length <= 1e-9 * dot(column, column).sqrt() || length == 0.0 {
                basis.made_of.push(None);
                continue;
            }
            rest.iter_mut().for_each(|rest| *rest /= length);
            parts.push(length);
            basis.unit.push(rest);
            basis.made_of.push(Some(parts));
        }
        basis
    }

    /// Number of columns that tell something of their own.
    pub fn rank(&self) -> usize {
        self.unit.len()
    }

    /// What the columns do not explain.
    pub fn rest(&self, of: &[f64]) -> Vec<f64> {
        let mut rest = of.to_vec();
        for _ in 0..2 {
            for unit in &self.unit {
                let along = dot(unit, &rest);
                rest.iter_mut().zip(unit).for_each(|(rest, unit)| *rest -= along * unit);
            }
        }
        rest
    }

    /// Weights of the columns that come nearest; 0 for columns left out.
    pub fn weights(&self, of: &[f64]) -> Vec<f64> {
        let mut along: Vec<f64> = self.unit.iter().map(|unit| dot(unit, of)).collect();
        let mut weights = vec![0.0; self.made_of.len()];
        for (weight, parts) in weights.iter_mut().zip(&self.made_of).rev() {
            let Some((length, before)) = parts.as_ref().and_then(|parts| parts.split_last()) else { continue };
            let at = before.len();
            *weight = along[at] / length;
            along.iter_mut().zip(before).for_each(|(along, part)| *along -= *weight * part);
        }
        weights
    }
}

/// Takes out what a week has of the error of the week before (Prais and Winsten 1954).
pub fn whitened(of: &[f64], alike: f64) -> Vec<f64> {
    let first = of.first().map(|first| first * (1.0 - alike * alike).sqrt());
    first.into_iter().chain(of.windows(2).map(|pair| pair[1] - alike * pair[0])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_spend_counts_as_itself() {
        let shape = Shape { carry: 0.7, scale: 100.0 };
        let response = shape.response(&[50.0; 60]);
        assert!((response[59] - shape.reached(50.0)).abs() < 1e-8);
        assert!(response[0] < response[1]);
        let slope = (shape.reached(50.001) - shape.reached(50.0)) / 0.001;
        assert!((slope - shape.slope(50.0)).abs() < 1e-6);
    }

    #[test]
    fn a_basis_explains_its_own_columns() {
        let on_sale: Vec<f64> = (0..110).map(|week| f64::from(u8::from(week % 13 == 0))).collect();
        let mut columns = controls(&on_sale, 0..110, 110);
        columns.push(columns[1].iter().map(|value| 3.0 * value + 1.0).collect());
        let basis = Basis::new(&columns);
        assert_eq!(basis.rank(), columns.len() - 1, "the last is made of others");
        let truth = [5.0, -2.0, 1.0, 0.5, 0.25, -0.75, 4.0, 0.0];
        let sum: Vec<f64> = (0..110).map(|t| columns.iter().zip(truth).map(|(c, w)| c[t] * w).sum()).collect();
        assert!(basis.rest(&sum).iter().all(|rest| rest.abs() < 1e-9));
        assert!(basis.weights(&sum).iter().zip(truth).all(|(found, truth)| (found - truth).abs() < 1e-9));
    }
}
