//! How a weekly budget is best split over channels, and whether that can be told from the present split.

use serde::Serialize;

use super::{ChannelResponse, Response, Teller, Told};

/// No channel gets more than so many times the most that was ever tried.
pub const BEYOND: f64 = 1.5;
/// Steps in which a budget is given out.
const STEPS: usize = 400;

/// A channel's part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelBudget {
    /// Its name.
    pub channel: String,
    /// Its part if the budget is split as at present, minor units a week.
    pub present: f64,
    /// Its part of the best split.
    pub best: f64,
    /// The most it may get: [`BEYOND`] times what was tried.
    pub limit: f64,
}

/// A budget split over channels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Split {
    /// Budget of a week, minor units.
    pub total: f64,
    /// What of it is not given to anybody, since no channel was ever tried with so much.
    pub unspent: f64,
    /// By channel.
    pub channels: Vec<ChannelBudget>,
    /// What the best split brings a week more than the present one, in units of the measure.
    pub gain: Told,
    /// Whether that is certainly more than nothing.
    pub told_apart: bool,
}

/// The split with the most expected sales. Expected responses flatten out with spend, so that it is found by giving every
/// next part of the budget to where it brings most.
pub(super) fn split(teller: &Teller<'_>, channels: &[ChannelResponse]) -> Option<Split> {
    let parts: Vec<f64> = channels.iter().map(|channel| channel.present).collect();
    let spent: f64 = parts.iter().sum();
    let total = teller.settings.total.map_or(spent, |total| total as f64);
    if channels.len() < 2 || total <= 0.0 || spent <= 0.0 {
        return None;
    }
    let limits: Vec<f64> = channels.iter().map(|channel| BEYOND * channel.most).collect();
    let responses: Vec<Vec<Option<Response>>> = (0..channels.len()).map(|channel| teller.responses(channel)).collect();
    let present: Vec<f64> = parts.iter().map(|part| part / spent * total).collect();
    let brings = |draw: usize, parts: &[f64]| -> f64 {
        let each = responses.iter().zip(parts);
        each.map(|(responses, part)| responses[draw].map_or(0.0, |one| one.adds(*part))).sum()
    };
    let draws = teller.posterior.draws.len();
    let gain_of = |best: &[f64]| teller.told((0..draws).map(|draw| brings(draw, best) - brings(draw, &present)));
    let (mut best, fits) =
        (climb(&responses, &limits, total), present.iter().zip(&limits).all(|(part, most)| part <= most));
    let mut gain = gain_of(&best);
    if gain.mean <= 0.0 && fits {
        // Steps are coarse: nothing is better than what is done already.
        best.clone_from(&present);
        gain = Told::default();
    }
    Some(Split {
        total,
        unspent: (total - best.iter().sum::<f64>()).max(0.0),
        told_apart: gain.interval.0 > 0.0,
        gain,
        channels: channels
            .iter()
            .enumerate()
            .map(|(at, channel)| ChannelBudget {
                channel: channel.channel.clone(),
                present: present[at],
                best: best[at],
                limit: limits[at],
            })
            .collect(),
    })
}

fn climb(responses: &[Vec<Option<Response>>], limits: &[f64], total: f64) -> Vec<f64> {
    let mean = |channel: usize, spend: f64| {
        let of = &responses[channel];
        of.iter().flatten().map(|one| one.adds(spend)).sum::<f64>() / of.len().max(1) as f64
    };
    let step = total / STEPS as f64;
    let mut parts = vec![0.0; responses.len()];
    let mut next: Vec<f64> = (0..responses.len()).map(|channel| mean(channel, step)).collect();
    let mut reached = vec![0.0; responses.len()];
    for _ in 0..STEPS {
        let fits = |channel: &usize| parts[*channel] + step <= limits[*channel] * (1.0 + 1e-9);
        let gain = |channel: &usize| next[*channel] - reached[*channel];
        let most = (0..parts.len()).filter(fits).max_by(|a, b| gain(a).total_cmp(&gain(b)));
        let Some(channel) = most else { break };
        parts[channel] += step;
        reached[channel] = next[channel];
        next[channel] = mean(channel, parts[channel] + step);
    }
    parts
}
