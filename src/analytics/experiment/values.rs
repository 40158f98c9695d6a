//! What each visitor of an experiment did, in columns, and the arms that this comes to.

use super::sample::{Arm, Covariate, Measure, Measured, Moments, covariance};
use crate::model::Day;
use crate::model::experiment::{Metric, Shape};

/// What visitors did. All columns are of one length; values are in the unit in which they are told, money in major
/// units.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    /// Names of the variants, the control first.
    pub variants: Vec<String>,
    /// Which of them each visitor got.
    pub variant: Vec<u32>,
    /// On which day each joined; empty = nobody knows.
    pub day: Vec<Day>,
    /// What each did.
    pub columns: Vec<Column>,
    /// What was known of each before.
    pub covariate: Option<Vec<f64>>,
}

/// A measure of each visitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Which.
    pub metric: Metric,
    /// Its value; of a ratio, what is divided.
    pub over: Vec<f64>,
    /// Of a ratio, by what it is divided.
    pub under: Option<Vec<f64>>,
}

/// Sums over the visitors of an arm, from which the moments of one measure follow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Visitors.
    pub n: u64,
    /// Of the value, of its square.
    pub x: f64,
    /// Of its square.
    pub xx: f64,
    /// Of what it is divided by.
    pub y: f64,
    /// Of its square.
    pub yy: f64,
    /// Of both multiplied.
    pub xy: f64,
    /// Of what was known before.
    pub c: f64,
    /// Of its square.
    pub cc: f64,
    /// Of it and the value multiplied.
    pub xc: f64,
    /// Of it and what is divided by multiplied.
    pub yc: f64,
}

impl Sums {
    /// Adds a visitor.
    pub fn add(&mut self, x: f64, y: f64, c: f64) {
        self.n += 1;
        (self.x, self.xx) = (self.x + x, self.xx + x * x);
        (self.y, self.yy, self.xy) = (self.y + y, self.yy + y * y, self.xy + x * y);
        (self.c, self.cc) = (self.c + c, self.cc + c * c);
        (self.xc, self.yc) = (self.xc + x * c, self.yc + y * c);
    }

    /// Puts other values in the place of those of a visitor who is in already.
    pub fn change(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64), c: f64) {
        let (dx, dy) = (to_x - x, to_y - y);
        (self.x, self.y) = (self.x + dx, self.y + dy);
        self.xx += to_x * to_x - x * x;
        self.yy += to_y * to_y - y * y;
        self.xy += to_x * to_y - x * y;
        (self.xc, self.yc) = (self.xc + dx * c, self.yc + dy * c);
    }

    /// The measure; with what was known before where that is wanted.
    pub fn measured(&self, shape: Shape, with_covariate: bool) -> Measured {
        let of = |sum: f64, squares: f64| {
            let moments = Moments::from_sums(self.n, sum, squares);
            // Sums of equal values differ from nothing by rounding.
            Moments { variance: moments.variance.max(0.0), ..moments }
        };
        let (values, under, before) = (of(self.x, self.xx), of(self.y, self.yy), of(self.c, self.cc));
        let measure = match shape {
            Shape::Share => Measure::Proportion { successes: self.x.round().max(0.0) as u64 },
            Shape::Mean => Measure::Mean { values },
            Shape::Ratio => Measure::Ratio {
                numerator: values,
                denominator: under,
                covariance: covariance(self.n, self.xy, values, under),
            },
        };
        let covariate = with_covariate.then(|| Covariate {
            values: before,
            covariance: covariance(self.n, self.xc, values, before),
            with_denominator: if shape == Shape::Ratio { covariance(self.n, self.yc, under, before) } else { 0.0 },
        });
        Measured { measure, covariate }
    }
}

impl Column {
    /// Value of a visitor and what it is divided by.
    pub fn of(&self, row: usize) -> (f64, f64) {
        (self.over[row], self.under.as_ref().map_or(0.0, |under| under[row]))
    }
}

impl Values {
    /// How many visitors there are.
    pub fn len(&self) -> usize {
        self.variant.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.variant.is_empty()
    }

    /// The measures, in the order of the columns.
    pub fn metrics(&self) -> Vec<Metric> {
        self.columns.iter().map(|column| column.metric.clone()).collect()
    }

    /// What the variants did, counting those visitors only that are wanted.
    pub fn arms(&self, wanted: impl Fn(usize) -> bool) -> Vec<Arm> {
        let mut users = vec![0_u64; self.variants.len()];
        let rows: Vec<u32> = (0..self.len()).filter(|&row| wanted(row)).map(|row| row as u32).collect();
        rows.iter().for_each(|&row| users[self.variant[row as usize] as usize] += 1);
        let mut arms: Vec<Arm> = (self.variants.iter().zip(users))
            .map(|(name, users)| Arm { name: name.clone(), users, measures: Vec::with_capacity(self.columns.len()) })
            .collect();
        for column in &self.columns {
            let mut sums = vec![Sums::default(); self.variants.len()];
            for &row in &rows {
                let row = row as usize;
                let (x, y) = column.of(row);
                let c = self.covariate.as_ref().map_or(0.0, |covariate| covariate[row]);
                sums[self.variant[row] as usize].add(x, y, c);
            }
            let shape = column.metric.shape();
            for (arm, sums) in arms.iter_mut().zip(&sums) {
                arm.measures.push(sums.measured(shape, self.covariate.is_some()));
            }
        }
        arms
    }

    /// What those did who joined in the first and in the second half of the days; `None` = nobody knows the days, or
    /// there are less than two.
    pub fn halves(&self) -> Option<(Vec<Arm>, Vec<Arm>)> {
        let (first, last) = (self.day.iter().min()?, self.day.iter().max()?);
        let middle = Day(first.0 + (last.0 - first.0 + 1) / 2);
        (last > first).then(|| (self.arms(|row| self.day[row] < middle), self.arms(|row| self.day[row] >= middle)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arms_are_those_of_the_formulas() {
        let over = vec![3.0, 0.0, 5.0, 1.0, 0.0];
        let under = vec![2.0, 0.0, 1.0, 1.0, 0.0];
        let before = vec![1.0, 2.0, 0.0, 7.0, 3.0];
        let values = Values {
            variants: vec!["A".into(), "B".into()],
            variant: vec![0, 0, 0, 1, 1],
            day: [1, 2, 4, 1, 4].map(Day).into(),
            columns: vec![
                Column { metric: Metric::Revenue, over: over.clone(), under: None },
                Column { metric: Metric::OrderValue, over: over.clone(), under: Some(under.clone()) },
            ],
            covariate: Some(before.clone()),
        };
        let arms = values.arms(|_| true);
        assert_eq!((arms[0].users, arms[1].users), (3, 2));
        let Measure::Mean { values: mean } = arms[0].measures[0].measure else { panic!() };
        assert_eq!(mean, Moments::of(&over[..3]));
        let Measure::Ratio { numerator, denominator, covariance } = arms[0].measures[1].measure else { panic!() };
        assert_eq!((numerator, denominator), (Moments::of(&over[..3]), Moments::of(&under[..3])));
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(covariance, super::super::sample::covariance_of(&over[..3], &under[..3]));
        let known = arms[0].measures[1].covariate.unwrap();
        close(known.covariance, super::super::sample::covariance_of(&over[..3], &before[..3]));
        close(known.with_denominator, super::super::sample::covariance_of(&under[..3], &before[..3]));
        let (first, second) = values.halves().unwrap();
        assert_eq!([first[0].users, first[1].users, second[0].users, second[1].users], [2, 1, 1, 1]);
    }

    #[test]
    fn a_changed_value_leaves_the_sums_of_the_new_one() {
        let (mut changed, mut plain) = (Sums::default(), Sums::default());
        changed.add(1.0, 1.0, 4.0);
        changed.change((1.0, 1.0), (3.0, 2.0), 4.0);
        plain.add(3.0, 2.0, 4.0);
        assert_eq!(format!("{changed:?}"), format!("{plain:?}"));
    }
}
