//! How many steps back the chain should remember.
//!
//! Every order from 1 to [`MOST_ORDER`] foretells the next step of journeys that it was not shown: which channel, or the
//! end with or without an order. Journeys are dealt into [`FOLDS`] parts by person, each foretold from the others; what
//! was not seen after the last k channels is taken from the last k − 1 (Witten and Bell 1991). The lowest order is chosen
//! whose mean log-likelihood is within one standard error of the best (Breiman et al. 1984). AIC and BIC of the chains
//! (Katz 1981), as Anderl et al. (2016) look at them among others, stand beside it.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::super::paths::Paths;
use super::super::routes::Routes;
use super::super::settings::MOST_ORDER;
use crate::analytics::math::chance::scattered;
use crate::jobs::{Cancelled, Progress};

/// Parts that journeys are dealt into.
pub(in super::super) const FOLDS: usize = 5;
/// Fewer journeys tell nothing of their memory: the order is 1.
const LEAST: u64 = 200;
/// Stands before every journey.
const START: u16 = u16::MAX;
const ORDER: u32 = 1 << 16;
const NOTHING: u32 = ORDER + 1;

/// How well a chain of one order foretells journeys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Candidate {
    /// Steps that it remembers.
    pub order: usize,
    /// Different pasts that were seen.
    pub states: usize,
    /// Free probabilities.
    pub parameters: usize,
    /// Log-likelihood of all steps.
    pub log_likelihood: f64,
    /// Akaike's criterion; the lower, the better.
    pub aic: f64,
    /// Bayes' criterion (Schwarz); the lower, the better.
    pub bic: f64,
    /// Mean log-likelihood of a step of journeys that were not shown; the higher, the better. `None` = too few journeys.
    pub held_out: Option<f64>,
    /// How far behind the best that is, and the standard error of that distance.
    pub behind: Option<(f64, f64)>,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// What was seen of a past and of what came next, by part.
type ByFold = [f64; FOLDS];

/// A past: whether it begins with the start, how long it is, how often it was seen, followed by how many different things.
#[derive(Debug, Clone, Copy)]
struct Past {
    level: usize,
    from_start: bool,
    seen: ByFold,
    kinds: usize,
    /// Kinds of what followed in the other parts.
    kinds_without: ByFold,
}

#[derive(Default)]
struct Counted {
    pasts: Vec<Past>,
    /// Past and how often.
    pairs: Vec<(u32, ByFold)>,
    /// Pairs of each step of each route, from the shortest past to the longest: index into `pairs`.
    trail: Vec<[u32; MOST_ORDER + 1]>,
}

/// How orders 1 to [`MOST_ORDER`] do, one of them chosen.
pub(in super::super) fn candidates(
    paths: &Paths,
    routes: &Routes,
    progress: &Progress,
) -> Result<Vec<Candidate>, Cancelled> {
    let dealt = deal(paths, routes);
    let counted = count(routes, &dealt, progress)?;
    let journeys = paths.total_conversions().saturating_add(paths.total_nulls());
    let mut found: Vec<Candidate> = (1..=MOST_ORDER).map(|order| in_sample(&counted, order)).collect();
    if journeys >= LEAST {
        let told = foretold(routes, &dealt, &counted, paths.channels.len(), progress)?;
        compare(&mut found, &told);
    }
    let chosen = found.iter().position(|c| c.behind.is_some_and(|(gap, error)| gap <= error)).unwrap_or(0);
    found[chosen].chosen = true;
    Ok(found)
}

/// Journeys with and without an order of each route, by part.
fn deal(paths: &Paths, routes: &Routes) -> Vec<(ByFold, ByFold)> {
    let mut dealt = vec![(ByFold::default(), ByFold::default()); routes.len()];
    for path in 0..paths.len() {
        let whose = paths.cluster.get(path).map_or(path as u64, |cluster| u64::from(*cluster));
        let first = (scattered(0, whose) % FOLDS as u64) as usize;
        let to = &mut dealt[routes.of_path[path] as usize];
        if paths.cluster.is_empty() {
            spread(&mut to.0, first, paths.conversions[path]);
            spread(&mut to.1, first + paths.conversions[path] as usize % FOLDS, paths.nulls[path]);
        } else {
            to.0[first] += paths.conversions[path] as f64;
            to.1[first] += paths.nulls[path] as f64;
        }
    }
    dealt
}

/// Deals `n` journeys out in turn.
fn spread(to: &mut ByFold, first: usize, n: u64) {
    for fold in 0..FOLDS as u64 {
        to[(first + fold as usize) % FOLDS] += (n.saturating_add(FOLDS as u64 - 1 - fold) / FOLDS as u64) as f64;
    }
}

fn add(to: &mut ByFold, more: &ByFold) {
    to.iter_mut().zip(more).for_each(|(to, more)| *to += more);
}

fn count(routes: &Routes, dealt: &[(ByFold, ByFold)], progress: &Progress) -> Result<Counted, Cancelled> {
    let mut counted = Counted::default();
    let mut pasts: FxHashMap<Box<[u16]>, u32> = FxHashMap::default();
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut padded = Vec::new();
    for (route, steps) in routes.iter().enumerate() {
        if route % 4096 == 0 {
            progress.step(route as u64)?;
        }
        padded.clear();
        padded.push(START);
        padded.extend(steps);
        let (orders, nulls) = &dealt[route];
        let all: ByFold = std::array::from_fn(|fold| orders[fold] + nulls[fold]);
        for at in 1..=padded.len() {
            let ends = at == padded.len();
            let kinds: &[(u32, &ByFold)] =
                if ends { &[(ORDER, orders), (NOTHING, nulls)] } else { &[(u32::from(padded[at]), &all)] };
            for (next, seen) in kinds {
                let mut trail = [u32::MAX; MOST_ORDER + 1];
                for level in 0..=at.min(MOST_ORDER) {
                    let past = past_of(&mut pasts, &mut counted, &padded[at - level..at], level);
                    let new = pairs.len() as u32;
                    let pair = *pairs.entry((past, *next)).or_insert(new);
                    if pair == new {
                        counted.pairs.push((past, ByFold::default()));
                    }
                    add(&mut counted.pairs[pair as usize].1, seen);
                    add(&mut counted.pasts[past as usize].seen, seen);
                    trail[level] = pair;
                }
                counted.trail.push(trail);
            }
        }
    }
    for (past, seen) in &counted.pairs {
        let (past, all) = (&mut counted.pasts[*past as usize], seen.iter().sum::<f64>());
        past.kinds += usize::from(all > 0.0);
        for (kinds, seen) in past.kinds_without.iter_mut().zip(seen) {
            *kinds += f64::from(u8::from(all > *seen));
        }
    }
    Ok(counted)
}

fn past_of(pasts: &mut FxHashMap<Box<[u16]>, u32>, counted: &mut Counted, past: &[u16], level: usize) -> u32 {
    if let Some(known) = pasts.get(past) {
        return *known;
    }
    let number = counted.pasts.len() as u32;
    pasts.insert(past.into(), number);
    let from_start = past.first() == Some(&START);
    let (seen, kinds_without) = (ByFold::default(), ByFold::default());
    counted.pasts.push(Past { level, from_start, seen, kinds: 0, kinds_without });
    number
}

/// States, parameters, AIC and BIC of one order.
fn in_sample(counted: &Counted, order: usize) -> Candidate {
    let of_order = |past: &Past| past.level == order || (past.from_start && past.level < order);
    let total = |seen: &ByFold| seen.iter().sum::<f64>();
    let mut found = Candidate { order, ..Candidate::default() };
    let mut steps = 0.0;
    for past in counted.pasts.iter().filter(|past| of_order(past) && past.kinds > 0) {
        found.states += 1;
        found.parameters += past.kinds - 1;
        steps += total(&past.seen);
    }
    for (past, seen) in &counted.pairs {
        let past = &counted.pasts[*past as usize];
        let n = total(seen);
        if n > 0.0 && of_order(past) {
            found.log_likelihood += n * (n / total(&past.seen)).ln();
        }
    }
    found.aic = 2.0 * (found.parameters as f64 - found.log_likelihood);
    found.bic = found.parameters as f64 * f64::max(steps, 1.0).ln() - 2.0 * found.log_likelihood;
    found
}

/// Mean log-likelihood of the steps of each part, foretold from the others, by order.
fn foretold(
    routes: &Routes,
    dealt: &[(ByFold, ByFold)],
    counted: &Counted,
    channels: usize,
    progress: &Progress,
) -> Result<[ByFold; MOST_ORDER], Cancelled> {
    let (mut sums, mut steps) = ([ByFold::default(); MOST_ORDER], ByFold::default());
    let mut trails = counted.trail.iter();
    for (route, of) in routes.iter().enumerate() {
        if route % 4096 == 0 {
            progress.step(route as u64)?;
        }
        let (orders, nulls) = &dealt[route];
        for n in 0..of.len() + 2 {
            let Some(trail) = trails.next() else { break };
            for fold in 0..FOLDS {
                let seen = match n.checked_sub(of.len()) {
                    None => orders[fold] + nulls[fold],
                    Some(0) => orders[fold],
                    Some(_) => nulls[fold],
                };
                if seen > 0.0 {
                    steps[fold] += seen;
                    let chances = chances(counted, trail, fold, channels);
                    sums.iter_mut().zip(chances).for_each(|(sum, chance)| sum[fold] += seen * chance.ln());
                }
            }
        }
    }
    for sum in &mut sums {
        sum.iter_mut().zip(&steps).for_each(|(sum, steps)| *sum /= steps.max(1.0));
    }
    Ok(sums)
}

/// The probability of what came next by each order, from the other parts.
fn chances(counted: &Counted, trail: &[u32; MOST_ORDER + 1], fold: usize, channels: usize) -> [f64; MOST_ORDER] {
    let mut chance = 1.0 / (channels as f64 + 2.0);
    let mut all = [0.0; MOST_ORDER];
    for (level, pair) in trail.iter().enumerate() {
        if let Some((past, seen)) = counted.pairs.get(*pair as usize) {
            let past = &counted.pasts[*past as usize];
            let elsewhere = |seen: &ByFold| seen.iter().sum::<f64>() - seen[fold];
            let kinds = past.kinds_without[fold];
            if kinds > 0.0 {
                chance = (elsewhere(seen).max(0.0) + kinds * chance) / (elsewhere(&past.seen) + kinds);
            }
        }
        if let Some(slot) = level.checked_sub(1).and_then(|order| all.get_mut(order)) {
            *slot = chance;
        }
    }
    all
}

/// Writes down how far each is behind the best.
fn compare(found: &mut [Candidate], told: &[ByFold; MOST_ORDER]) {
    let mean = |of: &ByFold| of.iter().sum::<f64>() / FOLDS as f64;
    let best = told.iter().max_by(|a, b| mean(a).total_cmp(&mean(b))).copied().unwrap_or_default();
    for (candidate, own) in found.iter_mut().zip(told) {
        let gaps: ByFold = std::array::from_fn(|fold| best[fold] - own[fold]);
        let gap = mean(&gaps);
        let square: f64 = gaps.iter().map(|one| (one - gap).powi(2)).sum();
        candidate.held_out = Some(mean(own));
        candidate.behind = Some((gap, (square / (FOLDS * (FOLDS - 1)) as f64).sqrt()));
    }
}
