//! Shares the orders of journeys out to channels by every model.

use super::markov::{Candidate, Layout, candidates};
use super::paths::Paths;
use super::resample::{self, Drawn};
use super::routes::{Routes, Shares, Sum};
use super::settings::{MODELS, Model, Order, Settings};
use super::{Attribution, Band, ChannelCredit, Counts, Credit, Effect, Range, Stop, Transition};
use crate::jobs::{Cancelled, Progress};
use crate::model::TooLittle;

/// Chains with more states than this are not looked at.
const MOST_STATES: usize = 50_000;

/// What does not change from draw to draw.
pub(super) struct Ground<'a> {
    pub paths: &'a Paths,
    pub routes: Routes,
    /// By model, in the order of [`MODELS`]; `None` for Markov, and where a model cannot tell.
    shares: Vec<Option<Shares>>,
    layout: Layout,
}

/// What one draw of journeys says: by model and channel shares of orders and of value, and removal effects.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// By model, then channel.
    pub shares: Vec<Option<Vec<(f64, f64)>>>,
    /// By channel.
    pub removal: Option<Vec<(f64, f64)>>,
    pub has_value: bool,
    pub conversion: Option<f64>,
}

/// Shares the orders of paths out.
///
/// # Errors
/// When the work was cancelled; inside, when no path ends in an order.
pub fn share_out(
    paths: &Paths,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<Attribution, TooLittle>, Cancelled> {
    let settings = settings.sane();
    let orders = paths.total_conversions();
    if orders == 0 {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "orders with a known touch" }));
    }
    let routes = Routes::new(paths);
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    let wanted = match settings.order {
        Order::Fixed(order) => usize::from(order),
        Order::Auto => {
            found = candidates(paths, &routes, progress)?;
            found.iter().find(|candidate| candidate.chosen).map_or(1, |candidate| candidate.order)
        }
    };
    let (layout, order) = layout(&routes, wanted, &mut notes);
    let shares = MODELS.iter().map(|about| match about.model {
        Model::TimeDecay => Shares::of_moments(paths, settings.half_life_days),
        model => Shares::of_routes(model, &routes, paths.direct, &settings),
    });
    let ground = Ground { shares: shares.collect(), layout, routes, paths };
    let figures = ground.figures(&Drawn::all(paths));
    let drawn = resample::intervals(&ground, &settings, progress)?;
    Ok(Ok(told(&ground, &figures, &drawn, &settings, (order, found, notes))))
}

/// The chain of an order, or of the highest below it that can be had.
fn layout(routes: &Routes, wanted: usize, notes: &mut Vec<String>) -> (Layout, usize) {
    let mut order = wanted.max(1);
    loop {
        let layout = Layout::new(routes, order);
        if order == 1 || layout.states.len() <= MOST_STATES {
            if order < wanted {
                notes.push(format!(
                    "A chain that remembers {wanted} steps has more than {MOST_STATES} states; it remembers {order}"
                ));
            }
            return (layout, order);
        }
        order -= 1;
    }
}

impl Ground<'_> {
    /// What a draw says.
    pub fn figures(&self, drawn: &Drawn) -> Figures {
        let channels = self.paths.channels.len();
        let by_route = drawn.by_route(self);
        let all = by_route.iter().fold(Sum::default(), |mut all, sum| {
            all.add(*sum);
            all
        });
        let has_value = all.value > 0.0;
        let as_share = |got: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
            let value = if has_value { all.value } else { 1.0 };
            got.into_iter().map(|(n, worth)| (n / all.conversions, worth / value)).collect()
        };
        let removed = self.layout.removal(&self.layout.count(&by_route));
        let mut removal = removed.as_ref().map(|_| vec![(0.0, 0.0); channels]);
        if let (Some(effects), Some(of)) = (&mut removal, &removed) {
            for (at, &channel) in self.layout.channels.iter().enumerate() {
                let value = of.value.as_ref().map_or(0.0, |value| value[at]);
                effects[usize::from(channel)] = (of.orders[at], value);
            }
        }
        let shares = MODELS.iter().zip(&self.shares).map(|(about, shares)| match (about.model, shares) {
            (Model::Markov, _) => removal.as_ref().and_then(|effects| normalised(effects)),
            (Model::TimeDecay, Some(shares)) => Some(as_share(shares.give(&drawn.by_path, channels))),
            (_, Some(shares)) => Some(as_share(shares.give(&by_route, channels))),
            (_, None) => None,
        });
        Figures { shares: shares.collect(), removal, has_value, conversion: removed.map(|of| of.conversion) }
    }
}

/// Removal effects as shares of their sum.
fn normalised(effects: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
    let sum = effects.iter().fold((0.0, 0.0), |sum, effect| (sum.0 + effect.0, sum.1 + effect.1));
    let part = |n: f64, of: f64| if of > 0.0 { n / of } else { 0.0 };
    (sum.0 > 0.0).then(|| effects.iter().map(|effect| (part(effect.0, sum.0), part(effect.1, sum.1))).collect())
}

/// Shares of a whole in whole units that add up to it: the largest remainders are rounded up (Hamilton's method).
pub fn apportioned(parts: &[f64], total: i64) -> Vec<i64> {
    let sum: f64 = parts.iter().sum();
    let exact = |part: &f64| if sum == 0.0 { 0.0 } else { part / sum * total as f64 };
    let mut whole: Vec<i64> = parts.iter().map(|part| exact(part).floor() as i64).collect();
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] != 0.0).collect();
    let rest = |at: &usize| exact(&parts[*at]) - exact(&parts[*at]).floor();
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let missing = total.saturating_sub(whole.iter().fold(0_i64, |sum, part| sum.saturating_add(*part)));
    for at in order.iter().cycle().take(usize::try_from(missing).unwrap_or(0).min(2 * order.len())) {
        whole[*at] = whole[*at].saturating_add(1);
    }
    whole
}

/// Puts the figures together.
fn told(
    ground: &Ground<'_>,
    figures: &Figures,
    drawn: &resample::Intervals,
    settings: &Settings,
    (order, candidates, mut notes): (usize, Vec<Candidate>, Vec<String>),
) -> Attribution {
    let paths = ground.paths;
    let (orders, value) = (paths.total_conversions(), paths.total_value());
    let value_minor = value.round() as i64;
    let minor: Vec<Option<Vec<i64>>> = figures
        .shares
        .iter()
        .map(|of| of.as_ref().map(|of| apportioned(&of.iter().map(|part| part.1).collect::<Vec<_>>(), value_minor)))
        .collect();
    let met = met(paths);
    let scaled = |range: Option<Range>, by: f64| range.map(|(low, high)| (low * by, high * by));
    let channel = |c: usize| {
        let credit = |model: usize| {
            let (share, worth) = figures.shares[model].as_ref()?[c];
            let (of_orders, of_value) = drawn.shares(model, c);
            let worth_in_all = if figures.has_value { value } else { 1.0 };
            Some(Credit {
                conversions: share * orders as f64,
                value: worth * worth_in_all,
                value_minor: minor[model].as_ref().map_or(0, |minor| minor[c]),
                share,
                conversions_interval: scaled(of_orders, orders as f64),
                value_interval: scaled(of_value, value).filter(|_| figures.has_value),
            })
        };
        let credits: Vec<Option<Credit>> = (0..MODELS.len()).map(credit).collect();
        let told = || credits.iter().flatten();
        let (orders_lost, value_lost) = drawn.removal(c);
        let effect = figures.removal.as_ref().map(|of| of[c]);
        ChannelCredit {
            channel: paths.channels[c].clone(),
            touches: met[c].0,
            journeys: met[c].1,
            orders: met[c].2,
            cost: None,
            removal: effect.map(|effect| Effect { effect: effect.0, interval: orders_lost }),
            removal_value: effect
                .filter(|_| figures.has_value)
                .map(|effect| Effect { effect: effect.1, interval: value_lost }),
            conversions: band(told().map(|credit| (credit.conversions, credit.conversions_interval))),
            value: band(told().map(|credit| (credit.value, credit.value_interval))),
            credits,
        }
    };
    let mut channels: Vec<ChannelCredit> = (0..paths.channels.len()).filter(|c| met[*c].0 > 0).map(channel).collect();
    let middle = |c: &ChannelCredit| c.conversions.models.0 + c.conversions.models.1;
    channels.sort_by(|a, b| middle(b).total_cmp(&middle(a)).then_with(|| a.channel.cmp(&b.channel)));
    notes.extend(notes_of(ground, figures, drawn));
    Attribution {
        settings: *settings,
        as_of: None,
        period: None,
        definitions: None,
        currency: None,
        orders,
        value,
        journeys_without_order: paths.total_nulls(),
        counts: Counts::default(),
        channels,
        conversion: figures.conversion,
        order,
        candidates,
        names: paths.channels.clone(),
        transitions: transitions(ground),
        resamples: drawn.resamples,
        notes,
    }
}

fn band(credits: impl Iterator<Item = (f64, Option<Range>)>) -> Band {
    let nothing = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut models, mut widened) = (nothing, nothing);
    for (value, interval) in credits {
        models = (models.0.min(value), models.1.max(value));
        let (low, high) = interval.unwrap_or((value, value));
        widened = (widened.0.min(low).min(value), widened.1.max(high).max(value));
    }
    if models.0.is_finite() { Band { models, widened } } else { Band::default() }
}

/// Touches, journeys with, and orders with each channel.
fn met(paths: &Paths) -> Vec<(u64, u64, u64)> {
    let mut met = vec![(0_u64, 0_u64, 0_u64); paths.channels.len()];
    for path in 0..paths.len() {
        let (orders, all) = (paths.conversions[path], paths.conversions[path].saturating_add(paths.nulls[path]));
        let steps = paths.of(path);
        for (at, &step) in steps.iter().enumerate() {
            let of = &mut met[usize::from(step)];
            of.0 = of.0.saturating_add(all);
            // Long journeys are rare; most have a handful of steps.
            if !steps[..at].contains(&step) {
                of.1 = of.1.saturating_add(all);
                of.2 = of.2.saturating_add(orders);
            }
        }
    }
    met
}

/// The first-order chain.
fn transitions(ground: &Ground<'_>) -> Vec<Transition> {
    let layout = Layout::new(&ground.routes, 1);
    let seen = layout.count(&Drawn::all(ground.paths).by_route(ground));
    let stop = |state: usize| Stop::Channel(layout.states[state].first().copied().unwrap_or_default());
    let moves = layout.moves.iter().zip(&seen.moves);
    let mut counted: Vec<(Stop, Stop, f64)> =
        moves.map(|(&(from, to), n)| (stop(from as usize), stop(to as usize), *n)).collect();
    for (state, (start, end)) in seen.starts.iter().zip(&seen.ends).enumerate() {
        counted.push((Stop::Start, stop(state), *start));
        counted.push((stop(state), Stop::Order, end.conversions));
        counted.push((stop(state), Stop::Nothing, end.nulls));
    }
    counted.retain(|(_, _, n)| *n > 0.0);
    counted.sort_by_key(|one| (one.0, one.1));
    let mut leave = std::collections::BTreeMap::new();
    counted.iter().for_each(|(from, _, n)| *leave.entry(*from).or_insert(0.0) += n);
    counted
        .into_iter()
        .map(|(from, to, count)| Transition { from, to, count, probability: count / leave[&from] })
        .collect()
}

fn notes_of(ground: &Ground<'_>, figures: &Figures, drawn: &resample::Intervals) -> Vec<String> {
    let mut notes = Vec::new();
    let paths = ground.paths;
    if figures.shares[Model::TimeDecay as usize].is_none() {
        notes.push("The moments of touches are not told, so time decay cannot tell".into());
    }
    if figures.removal.is_none() {
        notes.push("Journeys go round too long for the Markov chain to come to an end; it cannot tell".into());
    } else if paths.total_nulls() == 0 {
        notes.push(
            "No journey without an order is known: removal effects compare buyers with each other, and nobody who did \
             not buy"
                .into(),
        );
    }
    if !figures.has_value {
        notes.push("The orders shared out are worth nothing in sum, so their value is not shared out".into());
    }
    if let Some(why) = &drawn.why_none {
        notes.push(why.clone());
    }
    if paths.channels.len() == 1 {
        notes.push("There is one channel only: every model gives it everything".into());
    }
    notes
}
