//! The posterior of what each channel adds, by Gibbs sampling over a grid of shapes.
//!
//! Sales of a week = level, trend, season, sales of the shop + Σ channels (mean weekly addition × shape) + error. The first
//! part is integrated out under a flat prior, exactly. A channel adds nothing with prior probability ½, else an amount of
//! zero or more with a half-normal prior; all shapes are equally likely beforehand. Given the others, the shape of a
//! channel is drawn from its exact conditional distribution with the amount integrated out, then the amount from a
//! truncated normal distribution. The error has prior 1/σ².

use rayon::prelude::*;

use super::design::{Basis, SHAPES, Shape, controls, dot, usual, whitened};
use crate::analytics::math::chance::Chance;
use crate::analytics::math::normal::{above, ln_above, quantile};
use crate::jobs::{Cancelled, Progress};

/// Chains that begin at different places.
const CHAINS: u64 = 4;
/// Rounds of a chain that are kept, and those before.
const KEPT: usize = 2_000;
const BEFORE: usize = 400;
/// Rounds between two looks at whether the work was cancelled.
const STEP: usize = 100;

/// What one channel adds in one draw: shape and mean weekly addition; `None` = nothing.
pub type Added = Option<(usize, f64)>;

/// What is fitted.
pub struct Problem<'a> {
    /// What sold in each week.
    pub sales: &'a [f64],
    /// Spend by channel and week, at least as many weeks.
    pub spend: Vec<&'a [f64]>,
    /// Share of the week on sale, at least as many weeks.
    pub on_sale: &'a [f64],
    /// Scale of what a channel may add a week, by channel: see [`prior`].
    pub prior: Vec<f64>,
}

/// Draws from the posterior.
pub struct Posterior {
    /// Draws, then channels.
    pub draws: Vec<Vec<Added>>,
    /// How alike errors of neighbouring weeks are, −1 to 1.
    pub alike: f64,
    /// The largest potential scale reduction factor of any channel (Gelman and Rubin 1992); near 1 where chains agree.
    pub disagreement: f64,
}

/// The prior scale of what a channel adds a week: four times its spend where sales are money, and not more than three
/// tenths of all sales.
pub fn prior(sales: &[f64], spend: &[f64], worth_of_one: f64) -> f64 {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len().max(1) as f64;
    (4.0 * mean(spend) / worth_of_one).min(0.3 * mean(sales)).max(f64::MIN_POSITIVE)
}

/// A channel's shapes over the fitted weeks, without what the controls explain. Each shape is scaled to a mean of 1, so
/// that what it is multiplied with is the mean weekly addition.
struct Columns {
    shapes: Vec<Vec<f64>>,
    squares: Vec<f64>,
}

impl Problem<'_> {
    /// Draws from the posterior; errors of neighbouring weeks may be alike, which a first round finds out.
    pub fn solve(&self, seed: u64, progress: &Progress) -> Result<Posterior, Cancelled> {
        let first = self.solve_with(0.0, seed, KEPT / 4, progress)?;
        let alike = self.alike(&first);
        if alike.abs() < 0.05 {
            return self.solve_with(0.0, seed, KEPT, progress);
        }
        self.solve_with(alike, seed, KEPT, progress)
    }

    fn solve_with(&self, alike: f64, seed: u64, kept: usize, progress: &Progress) -> Result<Posterior, Cancelled> {
        let n = self.sales.len();
        let white: Vec<Vec<f64>> =
            controls(self.on_sale, 0..n, n).iter().map(|column| whitened(column, alike)).collect();
        let basis = Basis::new(&white);
        let sales = basis.rest(&whitened(self.sales, alike));
        let columns: Vec<Columns> = self.spend.iter().map(|spend| columns(&spend[..n], alike, &basis)).collect();
        let freedom = n.saturating_sub(basis.rank()).max(1) as f64;
        let chains: Vec<Result<Chain, Cancelled>> = (0..CHAINS)
            .into_par_iter()
            .map(|chain| {
                let mut walk = Chain::new(&sales, &columns, &self.prior, freedom, Chance::new(seed, chain + 1));
                walk.run(kept, progress)?;
                Ok(walk)
            })
            .collect();
        let chains = chains.into_iter().collect::<Result<Vec<Chain>, Cancelled>>()?;
        let disagreement = disagreement(&chains, self.spend.len());
        Ok(Posterior { draws: chains.into_iter().flat_map(|chain| chain.draws).collect(), alike, disagreement })
    }

    /// How alike the errors of neighbouring weeks are.
    fn alike(&self, posterior: &Posterior) -> f64 {
        let n = self.sales.len();
        let added = self.added(posterior, 0..n);
        let left: Vec<f64> = self.sales.iter().zip(&added).map(|(sales, added)| sales - added).collect();
        let basis = Basis::new(&controls(self.on_sale, 0..n, n));
        let rest = basis.rest(&left);
        let lag: f64 = rest.windows(2).map(|pair| pair[0] * pair[1]).sum();
        // What was fitted makes residuals look less alike than errors are.
        let found = lag / dot(&rest, &rest).max(f64::MIN_POSITIVE) + basis.rank() as f64 / n as f64 / 2.0;
        found.clamp(0.0, 0.8)
    }

    /// What all channels together add in weeks of a range, mean over draws.
    pub fn added(&self, posterior: &Posterior, range: std::ops::Range<usize>) -> Vec<f64> {
        let n = self.sales.len();
        let mut sum = vec![0.0; range.len()];
        for (channel, spend) in self.spend.iter().enumerate() {
            let mut by_shape = [0.0; SHAPES];
            for (shape, amount) in posterior.draws.iter().filter_map(|draw| draw[channel]) {
                by_shape[shape] += amount / posterior.draws.len() as f64;
            }
            for (number, amount) in by_shape.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
                let response = Shape::of(number, usual(&spend[..n])).response(&spend[..range.end]);
                let mean = response[..n].iter().sum::<f64>() / n as f64;
                let weeks = sum.iter_mut().zip(&response[range.clone()]);
                weeks.for_each(|(sum, reached)| *sum += amount * reached / mean);
            }
        }
        sum
    }

    /// What weeks after the fitted ones are expected to sell, from the posterior; without channels for `None`.
    pub fn foretold(&self, posterior: Option<&Posterior>, range: std::ops::Range<usize>) -> Vec<f64> {
        let n = self.sales.len();
        let added = |range: std::ops::Range<usize>| match posterior {
            Some(posterior) => self.added(posterior, range),
            None => vec![0.0; range.len()],
        };
        let left: Vec<f64> = self.sales.iter().zip(added(0..n)).map(|(sales, added)| sales - added).collect();
        let weights = Basis::new(&controls(self.on_sale, 0..n, n)).weights(&left);
        let columns = controls(self.on_sale, range.clone(), n);
        let base = |at: usize| columns.iter().zip(&weights).map(|(column, weight)| column[at] * weight).sum::<f64>();
        added(range).into_iter().enumerate().map(|(at, added)| base(at) + added).collect()
    }
}

fn columns(spend: &[f64], alike: f64, basis: &Basis) -> Columns {
    let shapes: Vec<Vec<f64>> = (0..SHAPES)
        .map(|number| {
            let mut response = Shape::of(number, usual(spend)).response(spend);
            let mean = response.iter().sum::<f64>() / response.len() as f64;
            response.iter_mut().for_each(|value| *value /= mean.max(f64::MIN_POSITIVE));
            basis.rest(&whitened(&response, alike))
        })
        .collect();
    Columns { squares: shapes.iter().map(|shape| dot(shape, shape)).collect(), shapes }
}

/// One chain.
struct Chain<'a> {
    columns: &'a [Columns],
    prior: &'a [f64],
    freedom: f64,
    chance: Chance,
    /// Sales less everything that is added.
    rest: Vec<f64>,
    at: Vec<Added>,
    variance: f64,
    draws: Vec<Vec<Added>>,
}

impl<'a> Chain<'a> {
    fn new(sales: &[f64], columns: &'a [Columns], prior: &'a [f64], freedom: f64, mut chance: Chance) -> Self {
        let variance = (dot(sales, sales) / freedom).max(f64::MIN_POSITIVE);
        let (mut rest, mut at) = (sales.to_vec(), Vec::new());
        // Chains begin anywhere, so that it shows where they do not come together.
        for (column, prior) in columns.iter().zip(prior) {
            let shape = (chance.even() * SHAPES as f64) as usize;
            let amount = prior * chance.even();
            rest.iter_mut().zip(&column.shapes[shape]).for_each(|(rest, value)| *rest -= amount * value);
            at.push(Some((shape, amount)));
        }
        Self { columns, prior, freedom, chance, rest, at, variance, draws: Vec::new() }
    }

    fn run(&mut self, kept: usize, progress: &Progress) -> Result<(), Cancelled> {
        for round in 0..BEFORE + kept {
            if round % STEP == 0 {
                progress.step(round as u64)?;
            }
            (0..self.columns.len()).for_each(|channel| self.channel(channel));
            // σ² given everything else: what is left ÷ a χ² number, as the sum of squares of normal ones.
            let chi: f64 = (0..self.freedom as usize).map(|_| self.chance.normal().powi(2)).sum();
            self.variance = (dot(&self.rest, &self.rest) / chi).max(f64::MIN_POSITIVE);
            if round >= BEFORE {
                self.draws.push(self.at.clone());
            }
        }
        Ok(())
    }

    /// Draws shape and amount of a channel anew.
    fn channel(&mut self, channel: usize) {
        let (columns, prior) = (&self.columns[channel], self.prior[channel]);
        if let Some((shape, amount)) = self.at[channel] {
            self.rest.iter_mut().zip(&columns.shapes[shape]).for_each(|(rest, value)| *rest += amount * value);
        }
        let tight = 1.0 / (prior * prior);
        let mut weights = [0.0; SHAPES];
        let mut places = [(0.0, 0.0); SHAPES];
        for (number, (shape, square)) in columns.shapes.iter().zip(&columns.squares).enumerate() {
            let precision = square / self.variance + tight;
            let middle = dot(shape, &self.rest) / self.variance / precision;
            let deviation = precision.sqrt().recip();
            places[number] = (middle, deviation);
            // ∫ of half-normal prior × likelihood, relative to adding nothing.
            weights[number] = (2.0 * deviation / prior).ln() + (middle / deviation).powi(2) / 2.0
                - (SHAPES as f64).ln()
                + ln_above(-middle / deviation);
        }
        let most = weights.iter().copied().fold(0.0, f64::max);
        let sum: f64 = weights.iter().map(|weight| (weight - most).exp()).sum::<f64>() + (-most).exp();
        let mut left = self.chance.even() * sum - (-most).exp();
        self.at[channel] = None;
        if left < 0.0 {
            return;
        }
        let chosen = weights.iter().position(|weight| {
            left -= (weight - most).exp();
            left < 0.0
        });
        let shape = chosen.unwrap_or(SHAPES - 1);
        let amount = self.above_zero(places[shape]);
        self.rest.iter_mut().zip(&columns.shapes[shape]).for_each(|(rest, value)| *rest -= amount * value);
        self.at[channel] = Some((shape, amount));
    }

    /// From a normal distribution above zero.
    fn above_zero(&mut self, (middle, deviation): (f64, f64)) -> f64 {
        let from = -middle / deviation;
        let even = self.chance.even();
        let z = if from < 5.0 {
            -quantile(even * above(from))
        } else {
            // Far out the tail is next to exponential.
            from - even.ln() / from
        };
        (middle + deviation * z).max(0.0)
    }
}

/// Gelman and Rubin's factor over chains, the largest of all channels.
fn disagreement(chains: &[Chain<'_>], channels: usize) -> f64 {
    let one = |channel: usize| {
        let amounts = chains.iter().map(|chain| {
            let values: Vec<f64> = chain.draws.iter().map(|draw| draw[channel].map_or(0.0, |added| added.1)).collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let square: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            (mean, square / (values.len() - 1).max(1) as f64)
        });
        let amounts: Vec<(f64, f64)> = amounts.collect();
        let (m, n) = (amounts.len() as f64, chains.first().map_or(1, |chain| chain.draws.len()) as f64);
        let mean = amounts.iter().map(|amount| amount.0).sum::<f64>() / m;
        let between = amounts.iter().map(|amount| (amount.0 - mean).powi(2)).sum::<f64>() / (m - 1.0);
        let within = amounts.iter().map(|amount| amount.1).sum::<f64>() / m;
        if within > 0.0 { ((n - 1.0) / n + between / within).sqrt() } else { 1.0 }
    };
    (0..channels).map(one).fold(1.0, f64::max)
}
