//! Attribution: which channels have a part in orders, by every model at once.
//!
//! No model knows the truth, so a channel is shown as a band: the least and the most that any model gives it, widened by
//! what chance alone could change (`resample`). Rule models, Markov removal effects (`markov`) and Shapley values are
//! computed exactly. Shapley values of the game in which a set of channels is worth the orders of all journeys inside it
//! share each order equally among the distinct channels of its journey (Zhao et al. 2018); this closed form is exact for
//! any number of channels, so that nothing is ever sampled.

mod journeys;
mod markov;
mod paths;
mod resample;
mod routes;
mod settings;
mod share_out;

use serde::Serialize;

pub use journeys::{Counts, Journeys, SEEN, SENT, Scope, journeys};
pub use markov::Candidate;
pub use paths::{PathRow, Paths, Table};
pub use resample::LEAST_ORDERS;
pub use settings::{About, LOOKBACK, MODELS, MOST_ORDER, Model, Order, Settings};
pub use share_out::{apportioned, share_out};

use crate::jobs::{Cancelled, Progress};
use crate::model::{Currency, Dataset, Day, Definitions, TooLittle, Touches};

/// The least and the most that something is.
pub type Range = (f64, f64);

/// What a model gives to a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Credit {
    /// Orders, in parts.
    pub conversions: f64,
    /// What they are worth, minor units, not rounded.
    pub value: f64,
    /// The same in whole minor units, which add up over channels.
    pub value_minor: i64,
    /// Share of all orders shared out, 0–1.
    pub share: f64,
    /// Interval of the orders.
    pub conversions_interval: Option<Range>,
    /// Interval of their worth, minor units.
    pub value_interval: Option<Range>,
}

/// What would be lost without a channel, as a share of all, 0–1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// By the Markov chain.
    pub effect: f64,
    /// Interval.
    pub interval: Option<Range>,
}

/// From the least to the most of all models.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Band {
    /// Of the models' own numbers.
    pub models: Range,
    /// With their intervals.
    pub widened: Range,
}

/// What is known of a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelCredit {
    /// Its name.
    pub channel: String,
    /// Touches in journeys.
    pub touches: u64,
    /// Journeys with it.
    pub journeys: u64,
    /// Of them, those that ended in an order.
    pub orders: u64,
    /// What its touches cost in the period, minor units; `None` = not told.
    pub cost: Option<i64>,
    /// Orders lost without it; `None` where the chain has no answer.
    pub removal: Option<Effect>,
    /// Value lost without it.
    pub removal_value: Option<Effect>,
    /// By model, in the order of [`MODELS`]; `None` where a model cannot tell.
    pub credits: Vec<Option<Credit>>,
    /// Orders over all models that can tell.
    pub conversions: Band,
    /// Value over all models that can tell, minor units.
    pub value: Band,
}

/// A move between channels, counted over journeys with equal channels in a row joined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Transition {
    /// From where.
    pub from: Stop,
    /// To where.
    pub to: Stop,
    /// Journeys.
    pub count: f64,
    /// Of all that leave `from`, 0–1.
    pub probability: f64,
}

/// Where a journey can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// Before its first touch.
    Start,
    /// At a channel: index into [`Attribution::names`].
    Channel(u16),
    /// It ended in an order.
    Order,
    /// It ended without.
    Nothing,
}

/// What attribution says of a shop or of a table of paths.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// What was asked for.
    pub settings: Settings,
    /// All facts up to the end of this day; `None` for a table.
    pub as_of: Option<Day>,
    /// First and last day on which journeys ended; `None` for a table.
    pub period: Option<(Day, Day)>,
    /// Version of the definitions; `None` for a table.
    pub definitions: Option<u32>,
    /// Of amounts; `None` where a table names none: then a minor unit is a hundredth.
    pub currency: Option<Currency>,
    /// Orders that were shared out.
    pub orders: u64,
    /// What they are worth, minor units.
    pub value: f64,
    /// Journeys that ended without an order.
    pub journeys_without_order: u64,
    /// What became of touches, and orders of which no touch is known.
    pub counts: Counts,
    /// The channels, those with the most orders first.
    pub channels: Vec<ChannelCredit>,
    /// Share of journeys that end in an order by the chain, 0–1; `None` where it has no answer.
    pub conversion: Option<f64>,
    /// Memory of the Markov chain, in steps.
    pub order: usize,
    /// What each memory foretells; empty where it was fixed.
    pub candidates: Vec<Candidate>,
    /// Names that [`Stop::Channel`] points to.
    pub names: Vec<String>,
    /// The first-order chain, sorted.
    pub transitions: Vec<Transition>,
    /// Times that journeys were drawn anew; 0 where there were too few for intervals.
    pub resamples: u32,
    /// What has to be known to read this, in sentences.
    pub notes: Vec<String>,
}

impl Attribution {
    /// The least and the most share of the orders that a model gives to these channels together.
    pub fn band_of(&self, channels: &[String]) -> Option<Range> {
        let of: Vec<&ChannelCredit> = self.channels.iter().filter(|one| channels.contains(&one.channel)).collect();
        let models = of.first()?.credits.len();
        let share =
            |model: usize| of.iter().map(|one| Some(one.credits.get(model)?.as_ref()?.share)).sum::<Option<f64>>();
        let mut shares = (0..models).filter_map(share);
        let first = shares.next()?;
        Some(shares.fold((first, first), |(least, most), share| (least.min(share), most.max(share))))
    }
}

/// Attribution over the touches of a shop.
///
/// # Errors
/// When the work was cancelled; inside, when no order of the period has a known touch.
pub fn attribution(
    touches: &Touches,
    data: &Dataset,
    definitions: &Definitions,
    scope: Scope<'_>,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<Attribution, TooLittle>, Cancelled> {
    let settings = settings.sane();
    let found = journeys(touches, data, definitions, scope, &settings, progress)?;
    let shared = match share_out(&found.paths, &settings, progress)? {
        Ok(shared) => shared,
        Err(missing) => return Ok(Err(missing)),
    };
    Ok(Ok(of_shop(shared, &found, definitions, scope)))
}

/// Adds what only a shop knows.
fn of_shop(mut shared: Attribution, found: &Journeys, definitions: &Definitions, scope: Scope<'_>) -> Attribution {
    shared.as_of = Some(scope.as_of);
    shared.period = Some(scope.period);
    shared.definitions = Some(definitions.version);
    shared.currency = Some(definitions.currency);
    shared.counts = found.counts;
    for (name, cost) in shared.names.iter().zip(&found.cost) {
        if let Some(channel) = shared.channels.iter_mut().find(|channel| channel.channel == *name) {
            channel.cost = *cost;
        }
    }
    if found.counts.open_journeys > 0 {
        shared.notes.push(
            "Journeys whose look-back is not over are left out, while those that ended in an order are in: orders per \
             journey look a little too frequent unless the period ends that many days before the as-of day"
                .into(),
        );
    }
    shared
}
