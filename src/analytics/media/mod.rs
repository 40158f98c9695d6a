//! Media response: what weekly spend on advertising adds to sales, with carry-over and saturation.
//!
//! A small model for shops with a year of spend and more, after Jin, Wang, Sun, Chan and Koehler (2017), "Bayesian methods
//! for media mix modeling with carryover and shape effects": geometric carry-over, a response that saturates, level,
//! trend, season and the shop's own sales beside it. Saturation is 1 − exp(−spend ÷ scale), which has one number where
//! Hill's curve has two that a few years of weeks cannot tell apart. Effects are zero or more, and *nothing* has its own
//! prior probability (`sampler`), so that an interval can begin at zero: then nobody can tell.
//!
//! Such a model sees what moves together, not what causes what: a channel that is turned up when sales rise anyway gets
//! the credit. Where that cannot be told, the verdict says so.

mod budget;
mod design;
mod held_out;
mod sampler;
mod verdict;
mod weeks;

use serde::{Deserialize, Serialize};

pub use budget::{BEYOND, ChannelBudget, Split};
pub use held_out::{Error, HeldOut};
pub use verdict::{Doubt, said};
pub use weeks::{Channel, MOST_CHANNELS, OTHERS, Weeks, weeks};

use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Day, TooLittle};
use design::{Shape, usual};
use sampler::{Added, Posterior, Problem};

/// Weeks with spend that it takes.
pub const LEAST_WEEKS: u64 = 52;
/// The last weeks, whose spend is "present".
pub const PRESENT: usize = 8;
/// Points of a response curve.
const POINTS: usize = 25;

/// What is to be explained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Revenue of orders, minor units.
    #[default]
    Revenue,
    /// Number of orders.
    Orders,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What is to be explained.
    pub measure: Measure,
    /// Budget of a week to split, minor units; without it, what is spent at present.
    pub total: Option<i64>,
    /// Of the intervals, such as 0.95.
    pub level: f64,
    /// Seed of all chance.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { measure: Measure::Revenue, total: None, level: 0.95, seed: 1 }
    }
}

/// A number with its interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Told {
    /// Mean over the posterior.
    pub mean: f64,
    /// Interval, each side missed equally often.
    pub interval: (f64, f64),
}

/// A point of a response curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// Steady spend of a week, minor units.
    pub spend: f64,
    /// What it adds to the sales of a week.
    pub adds: Told,
}

/// What is known of a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelResponse {
    /// Its name.
    pub channel: String,
    /// Spend in all weeks, minor units.
    pub spend: f64,
    /// Mean spend of one of the last weeks, minor units.
    pub present: f64,
    /// Most spend of any week, minor units.
    pub most: f64,
    /// Weeks with spend.
    pub weeks: u64,
    /// Share of all sales that it brought, 0–1.
    pub share: Told,
    /// What it brought in all weeks, in units of the measure.
    pub added: Told,
    /// What one unit of money brought on average: money per unit of money, or orders per major unit.
    pub per_unit: Told,
    /// What one more unit a week brings at the present level.
    pub marginal: Told,
    /// Weeks until half of an effect has passed; `None` where nothing can be told.
    pub half_life: Option<Told>,
    /// Probability that it adds anything at all.
    pub chance: f64,
    /// What a steady spend adds.
    pub curve: Vec<Point>,
    /// Why it cannot be told; none where it can.
    pub doubts: Vec<Doubt>,
}

/// What weekly spend says of sales.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Media {
    /// What was asked for.
    pub settings: Settings,
    /// Currency of amounts.
    pub currency: Currency,
    /// Version of the definitions.
    pub definitions: u32,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Monday of the first week.
    pub first: Day,
    /// Last day of the last week.
    pub last: Day,
    /// Weeks.
    pub weeks: u64,
    /// Sales in all weeks: minor units, or orders.
    pub sales: f64,
    /// Sales of each week, beside what the model makes of them, and what of it spend adds.
    pub course: Vec<Week>,
    /// By channel, the largest spend first.
    pub channels: Vec<ChannelResponse>,
    /// Share of sales that no channel brought, 0–1.
    pub base_share: Told,
    /// The last weeks foretold from those before.
    pub held_out: HeldOut,
    /// The best split of a budget; `None` where there is nothing to split.
    pub split: Option<Split>,
    /// How alike errors of neighbouring weeks are, 0–1.
    pub alike: f64,
    /// How far chains of the sampler disagree; near 1 where they do not.
    pub disagreement: f64,
    /// What has to be known to read this, in sentences.
    pub notes: Vec<String>,
}

/// A week of the course.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// What sold.
    pub sales: f64,
    /// What the model makes of it.
    pub expected: f64,
    /// What of that spend adds.
    pub added: f64,
}

/// What weekly spend adds to sales.
///
/// # Errors
/// When the work was cancelled; inside, when fewer than [`LEAST_WEEKS`] whole weeks have spend, or nothing was sold.
pub fn media(weeks: &Weeks, settings: &Settings, progress: &Progress) -> Result<Result<Media, TooLittle>, Cancelled> {
    let have = weeks.with_spend();
    if have < LEAST_WEEKS {
        return Ok(Err(TooLittle { have, need: LEAST_WEEKS, what: "whole weeks with spend" }));
    }
    let sales = match settings.measure {
        Measure::Revenue => &weeks.revenue,
        Measure::Orders => &weeks.orders,
    };
    let sold: f64 = sales.iter().sum();
    if sold <= 0.0 {
        return Ok(Err(TooLittle { have: 0, need: LEAST_WEEKS, what: "weeks with sales" }));
    }
    let worth_of_one = match settings.measure {
        Measure::Revenue => 1.0,
        Measure::Orders => weeks.revenue.iter().sum::<f64>().max(1.0) / sold,
    };
    let problem = problem(weeks, sales, worth_of_one);
    let posterior = problem.solve(settings.seed, progress)?;
    let held_out = held_out::held_out(weeks, sales, worth_of_one, settings, progress)?;
    let teller = Teller { weeks, settings, sold, posterior: &posterior };
    let mut channels: Vec<ChannelResponse> = (0..weeks.channels.len()).map(|channel| teller.channel(channel)).collect();
    verdict::judge(&mut channels, weeks);
    let split = budget::split(&teller, &channels);
    let all = |draw: &Vec<Added>| draw.iter().flatten().map(|added| added.1).sum::<f64>() * weeks.len() as f64 / sold;
    let base_share = told(posterior.draws.iter().map(|draw| 1.0 - all(draw)), settings.level);
    let notes = notes(weeks, &posterior);
    Ok(Ok(Media {
        settings: *settings,
        currency: weeks.currency,
        definitions: weeks.definitions,
        as_of: weeks.as_of,
        first: weeks.first,
        last: Day(weeks.first.0 + 7 * weeks.len() as i32 - 1),
        weeks: weeks.len() as u64,
        sales: sold,
        course: course(weeks, &problem, &posterior),
        channels,
        base_share,
        held_out,
        split,
        alike: posterior.alike,
        disagreement: posterior.disagreement,
        notes,
    }))
}

fn problem<'a>(weeks: &'a Weeks, sales: &'a [f64], worth_of_one: f64) -> Problem<'a> {
    let spend: Vec<&[f64]> = weeks.channels.iter().map(|channel| channel.spend.as_slice()).collect();
    let prior = spend.iter().map(|spend| sampler::prior(sales, &spend[..sales.len()], worth_of_one)).collect();
    Problem { sales, spend, on_sale: &weeks.on_sale, prior }
}

fn course(weeks: &Weeks, problem: &Problem<'_>, posterior: &Posterior) -> Vec<Week> {
    let n = weeks.len();
    let (expected, added) = (problem.foretold(Some(posterior), 0..n), problem.added(posterior, 0..n));
    let week = |at: usize| Week {
        monday: Day(weeks.first.0 + 7 * at as i32),
        sales: problem.sales[at],
        expected: expected[at],
        added: added[at],
    };
    (0..n).map(week).collect()
}

/// Mean and interval of draws.
fn told(draws: impl Iterator<Item = f64>, level: f64) -> Told {
    let mut draws: Vec<f64> = draws.collect();
    if draws.is_empty() {
        return Told::default();
    }
    draws.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let at = |share: f64| draws[((share * draws.len() as f64) as usize).min(draws.len() - 1)];
    Told { mean: draws.iter().sum::<f64>() / draws.len() as f64, interval: (at(tail), at(1.0 - tail)) }
}

/// Turns the posterior into figures.
struct Teller<'a> {
    weeks: &'a Weeks,
    settings: &'a Settings,
    sold: f64,
    posterior: &'a Posterior,
}

/// A channel's response in one draw: what a steady spend adds a week.
#[derive(Clone, Copy)]
struct Response {
    shape: Shape,
    /// What is added where everything is reached.
    most: f64,
}

impl Response {
    fn adds(&self, weekly: f64) -> f64 {
        self.most * self.shape.reached(weekly)
    }
}

impl Teller<'_> {
    /// The responses of a channel, draw by draw.
    fn responses(&self, channel: usize) -> Vec<Option<Response>> {
        let spend = &self.weeks.channels[channel].spend;
        let usual = usual(spend);
        let mean = |number: usize| {
            let response = Shape::of(number, usual).response(spend);
            response.iter().sum::<f64>() / response.len() as f64
        };
        let means: Vec<f64> = (0..design::SHAPES).map(mean).collect();
        let one = |added: Added| {
            added.map(|(number, amount)| Response { shape: Shape::of(number, usual), most: amount / means[number] })
        };
        self.posterior.draws.iter().map(|draw| one(draw[channel])).collect()
    }

    fn told(&self, draws: impl Iterator<Item = f64>) -> Told {
        told(draws, self.settings.level)
    }

    fn channel(&self, channel: usize) -> ChannelResponse {
        let (of, weeks) = (&self.weeks.channels[channel], self.weeks.len());
        let spend: f64 = of.spend.iter().sum();
        let most = of.spend.iter().copied().fold(0.0, f64::max);
        let present = of.spend[weeks.saturating_sub(PRESENT)..].iter().sum::<f64>() / PRESENT.min(weeks) as f64;
        let unit = match self.settings.measure {
            Measure::Revenue => 1.0,
            Measure::Orders => self.weeks.currency.scale() as f64,
        };
        let responses = self.responses(channel);
        let amounts = || self.posterior.draws.iter().map(|draw| draw[channel].map_or(0.0, |added| added.1));
        let all = |amount: f64| amount * weeks as f64;
        let point = |at: usize| {
            let spend = budget::BEYOND * most * at as f64 / (POINTS - 1) as f64;
            Point { spend, adds: self.told(responses.iter().map(|one| one.map_or(0.0, |one| one.adds(spend)))) }
        };
        let chance = responses.iter().flatten().count() as f64 / responses.len().max(1) as f64;
        let half_lives = responses.iter().flatten().map(|one| match one.shape.carry {
            carry if carry > 0.0 => 0.5_f64.ln() / carry.ln(),
            _ => 0.0,
        });
        ChannelResponse {
            channel: of.name.clone(),
            spend,
            present,
            most,
            weeks: of.spend.iter().filter(|spend| **spend > 0.0).count() as u64,
            share: self.told(amounts().map(|amount| all(amount) / self.sold)),
            added: self.told(amounts().map(all)),
            per_unit: self.told(amounts().map(|amount| if spend > 0.0 { all(amount) / spend * unit } else { 0.0 })),
            marginal: self
                .told(responses.iter().map(|one| one.map_or(0.0, |one| one.most * one.shape.slope(present) * unit))),
            half_life: (chance >= 0.5).then(|| self.told(half_lives)),
            chance,
            curve: (0..POINTS).map(point).collect(),
            doubts: Vec::new(),
        }
    }
}

fn notes(weeks: &Weeks, posterior: &Posterior) -> Vec<String> {
    let mut notes = Vec::new();
    let mut add = |n: u64, note: String| {
        if n > 0 {
            notes.push(note)
        }
    };
    add(weeks.spread, format!("{} sums of whole periods were spread evenly over their days", weeks.spread));
    add(
        weeks.credits,
        format!("In {} weeks of a channel credits were more than its spend, which counts as none", weeks.credits),
    );
    add(weeks.unrated, format!("{} reports are in a currency without a rate and left out", weeks.unrated));
    add(weeks.joined, format!("{} channels with the least spend are looked at as one", weeks.joined));
    notes.push("What moves together is not always cause and effect: a test or a pause of a channel tells more".into());
    if posterior.disagreement > 1.1 {
        notes.push("The sampler's chains do not agree; intervals are rougher than they look".into());
    }
    if weeks.len() < 104 {
        notes.push("Less than two years: season and trend cannot be told apart well".into());
    }
    notes
}
