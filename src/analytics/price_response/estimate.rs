//! What the weeks of one product tell: Poisson regression whose intervals allow for more scatter and for neighbouring
//! weeks that are alike.

use super::{Doubt, Prices, Told};
use crate::analytics::demand::weeks::Priced;
use crate::analytics::math::matrix::{Matrix, cholesky, inverse, solve};
use crate::analytics::math::reckoned::quantile;

/// Weeks with a price that it takes.
const FEWEST_WEEKS: usize = 26;
/// Units that it takes.
const FEWEST_UNITS: f64 = 100.0;
/// In fewer weeks with a sale the price of the others is guesswork.
const SOLD: f64 = 0.7;
/// Highest ÷ lowest price − 1 that it takes, unless there are several levels.
const SPREAD: f64 = 0.1;
/// Levels that it takes otherwise, and by how much they differ.
const LEVELS: u32 = 3;
const APART: f64 = 0.02;
/// More order lines at another price than most of their week, and the price of a week says who bought, not what was asked.
const MIXED: f64 = 0.25;
/// Prices of the odd week are left aside at each end.
const ODD: f64 = 0.05;
/// Weeks whose prices are the present one.
const PRESENT: usize = 4;
/// Weeks that are alike.
const ALIKE: usize = 4;
/// Weeks from which a wave of the year can be told.
const WAVE: usize = 78;
/// A week of more days without stock tells nothing.
const MOST_WITHOUT: u8 = 3;
/// Level, trend, price, all other products, wave of the year.
const TERMS: usize = 6;
/// Where the price stands among them.
const PRICE: usize = 2;

/// What one product tells by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Own {
    pub elasticity: f64,
    /// Standard error, widened so that 1.96 of it reach as far as Student's t.
    pub error: f64,
}

impl Own {
    /// With its interval.
    pub fn told(&self) -> Told {
        let reach = 1.96 * self.error;
        Told { middle: self.elasticity, within_95: (self.elasticity - reach, self.elasticity + reach) }
    }
}

/// Prices of weeks with a sale.
pub fn prices(weeks: &[Priced]) -> Option<Prices> {
    let mut seen: Vec<f64> = weeks.iter().filter_map(|week| week.price).collect();
    let last = &seen[seen.len().saturating_sub(PRESENT)..];
    let present = last.iter().sum::<f64>() / last.len().max(1) as f64;
    seen.sort_by(f64::total_cmp);
    let aside = (seen.len() as f64 * ODD) as usize;
    let (low, high) = (*seen.get(aside)?, *seen.get(seen.len() - 1 - aside)?);
    let (mut levels, mut from) = (1, low);
    // A level counts where two weeks or more had it.
    for pair in seen[aside..seen.len() - aside].windows(2) {
        if pair[0] >= from * (1.0 + APART) && pair[1] <= pair[0] * (1.0 + APART) {
            levels += 1;
            from = pair[0];
        }
    }
    Some(Prices { low, high, present, levels })
}

/// Elasticity by a product's own weeks, where `all` are the units of all products; what is missing where it cannot be told.
pub fn own(weeks: &[Priced], all: &[f64]) -> Result<Own, Vec<Doubt>> {
    let sold = weeks.iter().filter(|week| week.price.is_some()).count();
    let units: f64 = weeks.iter().map(|week| week.units).sum();
    let mut doubts = Vec::new();
    let rows = rows(weeks, all);
    if sold < FEWEST_WEEKS || (sold as f64) < SOLD * rows.len() as f64 {
        let need = FEWEST_WEEKS.max((SOLD * rows.len() as f64).ceil() as usize);
        doubts.push(Doubt::FewWeeks { have: sold as u32, need: need as u32 });
    }
    if units < FEWEST_UNITS {
        doubts.push(Doubt::FewUnits { have: units as u32, need: FEWEST_UNITS as u32 });
    }
    if let Some(prices) = prices(weeks) {
        let spread = prices.high / prices.low - 1.0;
        if spread < SPREAD && prices.levels < LEVELS {
            doubts.push(Doubt::SteadyPrice { spread, need: SPREAD });
        }
    }
    let (lines, others) = weeks.iter().fold((0, 0), |(lines, others), week| (lines + week.lines, others + week.others));
    let share = f64::from(others) / f64::from(lines.max(1));
    if share > MIXED {
        doubts.push(Doubt::MixedPrices { share, most: MIXED });
    }
    if !doubts.is_empty() {
        return Err(doubts);
    }
    regression(&rows).ok_or_else(|| vec![Doubt::EitherWay])
}

struct Row {
    terms: [f64; TERMS],
    units: f64,
}

/// Weeks from the first sale on; one without a sale had the price of the week before.
fn rows(weeks: &[Priced], all: &[f64]) -> Vec<Row> {
    let first = weeks.iter().position(|week| week.price.is_some()).unwrap_or(weeks.len());
    let known = weeks.len() - first;
    let (mut price, mut rows) = (None, Vec::with_capacity(known));
    for (at, (week, all)) in weeks.iter().zip(all).enumerate().skip(first) {
        price = week.price.or(price);
        let others = all - week.units;
        let Some(price) = price.filter(|_| week.without <= MOST_WITHOUT && others > 0.0) else { continue };
        let turn = at as f64 / 52.18 * std::f64::consts::TAU;
        let wave = if known >= WAVE { (turn.sin(), turn.cos()) } else { (0.0, 0.0) };
        let terms = [1.0, (at - first) as f64 / known as f64 - 0.5, price.ln(), others.ln(), wave.0, wave.1];
        rows.push(Row { terms, units: week.units });
    }
    centred(&mut rows);
    rows
}

/// Logarithms around their means, so that sums keep their digits.
fn centred(rows: &mut [Row]) {
    for term in PRICE..=PRICE + 1 {
        let mean = rows.iter().map(|row| row.terms[term]).sum::<f64>() / rows.len().max(1) as f64;
        rows.iter_mut().for_each(|row| row.terms[term] -= mean);
    }
}

fn expected(terms: &[f64; TERMS], at: &[f64; TERMS]) -> f64 {
    terms.iter().zip(at).map(|(term, weight)| term * weight).sum::<f64>().clamp(-30.0, 30.0).exp()
}

/// The most likely weights by Newton's method, and the error of that of the price.
fn regression(rows: &[Row]) -> Option<Own> {
    let mean = rows.iter().map(|row| row.units).sum::<f64>() / rows.len().max(1) as f64;
    let mut at = [0.0; TERMS];
    at[0] = mean.max(1e-9).ln();
    for _ in 0..50 {
        let (information, score) = sums(rows, &at);
        let step = solve(&cholesky(&information)?, &score);
        let largest = step.iter().fold(0.0, |most: f64, step| most.max(step.abs()));
        let share = (2.0 / largest).min(1.0);
        at.iter_mut().zip(step).for_each(|(at, step)| *at += share * step);
        if largest < 1e-9 {
            return error(rows, &at).map(|error| Own { elasticity: at[PRICE], error });
        }
    }
    None
}

/// Second derivatives and slope of the likelihood.
fn sums(rows: &[Row], at: &[f64; TERMS]) -> (Matrix<TERMS>, [f64; TERMS]) {
    let (mut information, mut score) = ([[0.0; TERMS]; TERMS], [0.0; TERMS]);
    for row in rows {
        let expected = expected(&row.terms, at);
        for i in 0..TERMS {
            score[i] += row.terms[i] * (row.units - expected);
            (0..TERMS).for_each(|k| information[i][k] += expected * row.terms[i] * row.terms[k]);
        }
    }
    // A term that no week has keeps its weight at zero.
    (0..TERMS)
        .filter(|i| information[*i][*i] == 0.0)
        .collect::<Vec<_>>()
        .into_iter()
        .for_each(|i| information[i][i] = 1.0);
    (information, score)
}

/// The larger of two errors: one by how much weeks scatter, one by how much spans of neighbouring weeks do.
fn error(rows: &[Row], at: &[f64; TERMS]) -> Option<f64> {
    let inverse = inverse(&sums(rows, at).0)?;
    let (n, k) = (rows.len() as f64, TERMS as f64);
    let pearson = |row: &Row| {
        let expected = expected(&row.terms, at);
        (row.units - expected).powi(2) / expected
    };
    let scatter = (rows.iter().map(pearson).sum::<f64>() / (n - k).max(1.0)).max(1.0);
    let by_weeks = scatter * inverse[PRICE][PRICE];
    let spans = rows.chunks(ALIKE);
    let count = spans.len() as f64;
    // Sandwich of the spans' slopes, seen by the price alone.
    let of_span = |span: &[Row]| {
        let slope: [f64; TERMS] =
            std::array::from_fn(|i| span.iter().map(|row| row.terms[i] * (row.units - expected(&row.terms, at))).sum());
        slope.iter().zip(&inverse[PRICE]).map(|(slope, inverse)| slope * inverse).sum::<f64>().powi(2)
    };
    let by_spans = spans.map(of_span).sum::<f64>() * count / (count - 1.0).max(1.0) * (n - 1.0) / (n - k).max(1.0);
    let student = quantile(0.975, (count - 2.0).max(2.0)) / 1.96;
    Some(by_weeks.max(by_spans).sqrt() * student).filter(|error| error.is_finite() && *error > 0.0)
}
