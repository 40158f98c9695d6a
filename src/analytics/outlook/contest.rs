//! Which rule is used: the one that was nearest on the shop's own past.

use rayon::prelude::*;

use super::errors::score;
use super::rules::Rule;
use super::trial::{Foretold, Track, Trial, Window};
use super::{Asked, Of, RuleError};
use crate::analytics::forecast::{History, Measure};
use crate::jobs::{Cancelled, Progress};

/// What a rule tells of the past and of the days ahead; of revenue per order, one rule for orders and one for revenue.
pub struct Telling {
    pub rules: Vec<Rule>,
    /// Ordinary days ahead, by measure.
    pub days: Vec<Vec<f64>>,
    /// Steps of the past.
    pub windows: Vec<Window>,
    /// All tried days of the past together.
    pub totals: Vec<Window>,
    pub score: RuleError,
}

/// All that were tried, nearest first, and where the seasonal naive one is among them.
pub struct Tellings {
    pub nearest_first: Vec<Telling>,
    pub naive: usize,
}

impl Tellings {
    /// The one that is used.
    pub fn own(&self) -> &Telling {
        &self.nearest_first[0]
    }

    /// The seasonal naive one.
    pub fn naive(&self) -> &Telling {
        &self.nearest_first[self.naive]
    }
}

/// Rules that compete on the same days.
pub struct Contest<'a> {
    trial: &'a Trial,
    asked: &'a Asked,
    tracks: Vec<Track>,
}

/// The measures that a figure is made of.
pub fn measures(of: Of) -> &'static [Measure] {
    match of {
        Of::Orders => &[Measure::Orders],
        Of::Revenue => &[Measure::Revenue],
        Of::Aov => &[Measure::Orders, Measure::Revenue],
    }
}

impl<'a> Contest<'a> {
    /// On the days of a history.
    pub fn new(history: &History, trial: &'a Trial, asked: &'a Asked) -> Self {
        let tracks = measures(asked.of).iter().map(|measure| trial.track(history, *measure)).collect();
        Self { trial, asked, tracks }
    }

    /// All rules, nearest first; `None` where none could foretell the past.
    pub fn held(&self, progress: &Progress) -> Result<Option<Tellings>, Cancelled> {
        let tracks: Vec<&Track> = self.tracks.iter().collect();
        let tellings = match self.asked.of {
            Of::Orders | Of::Revenue => self.each(&tracks, self.asked.of, progress)?,
            Of::Aov => {
                let orders = self.each(&tracks[..1], Of::Orders, progress)?;
                let revenue = self.each(&tracks[1..], Of::Revenue, progress)?;
                let nearest = |tellings: &[Telling]| tellings.first().map(|telling| telling.rules[0]);
                let (Some(orders), Some(revenue)) = (nearest(&orders), nearest(&revenue)) else { return Ok(None) };
                let naive = self.naive();
                let mut tellings: Vec<Telling> = [vec![naive, naive], vec![orders, revenue]]
                    .into_iter()
                    .filter_map(|rules| self.telling(&tracks, Of::Aov, rules))
                    .collect();
                tellings.dedup_by(|a, b| a.rules == b.rules);
                sorted(tellings)
            }
        };
        let naive = tellings.iter().position(|telling| telling.rules.iter().all(|rule| *rule == self.naive()));
        Ok(naive.map(|naive| Tellings { nearest_first: tellings, naive }))
    }

    fn naive(&self) -> Rule {
        Rule::naive(self.asked.grain, self.trial.year_known())
    }

    fn each(&self, tracks: &[&Track], of: Of, progress: &Progress) -> Result<Vec<Telling>, Cancelled> {
        let rules = Rule::all(self.asked.grain, self.trial.year_known(), tracks[0].is_seasonal());
        let told = rules.into_par_iter().map(|rule| {
            if progress.is_cancelled() { Err(Cancelled) } else { Ok(self.telling(tracks, of, vec![rule])) }
        });
        let told = told.collect::<Result<Vec<_>, Cancelled>>()?;
        Ok(sorted(told.into_iter().flatten().collect()))
    }

    fn telling(&self, tracks: &[&Track], of: Of, rules: Vec<Rule>) -> Option<Telling> {
        let pairs = || tracks.iter().zip(&rules);
        let foretold: Vec<Foretold> =
            pairs().map(|(track, rule)| self.trial.foretold(track, *rule)).collect::<Option<_>>()?;
        let both: Vec<(&Track, &[Vec<f64>])> =
            tracks.iter().zip(&foretold).map(|(track, foretold)| (*track, foretold.past.as_slice())).collect();
        let (windows, totals) = (self.trial.windows(of, &both), self.trial.totals(of, &both));
        let scale = self.trial.season_scale(of, self.asked.grain, tracks);
        let score = score(name(of, &rules), &windows, scale)?;
        let days = foretold.into_iter().map(|foretold| foretold.ahead).collect();
        Some(Telling { rules, days, windows, totals, score })
    }
}

/// For people; of revenue per order both rules, where they differ.
fn name(of: Of, rules: &[Rule]) -> String {
    match (of, rules) {
        (Of::Aov, [orders, revenue]) if orders == revenue => format!("revenue ÷ orders, both: {}", orders.name()),
        (Of::Aov, [orders, revenue]) => format!("revenue ({}) ÷ orders ({})", revenue.name(), orders.name()),
        _ => rules.first().map_or_else(String::new, Rule::name),
    }
}

/// Of equally near ones the one that stood first stays first.
fn sorted(mut tellings: Vec<Telling>) -> Vec<Telling> {
    tellings.sort_by(|a, b| a.score.wape.total_cmp(&b.score.wape));
    tellings
}
