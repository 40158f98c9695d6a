//! The days that the dashboard looks at: the period, what it is compared with, baselines, and the steps of courses.

use super::KpiSettings;
use super::pass::{Asked, Found, MOST_WINDOWS, People};
use crate::model::kpi::{Baseline, Board, Grain, same_dates, same_weekdays};
use crate::model::{Day, MetricId};

/// Days with the people who bought in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// First and last day.
    pub days: (Day, Day),
    /// The days before that people are compared with.
    pub before: (Day, Day),
    /// Who bought in them.
    pub people: People,
    /// Whether they go on after what is known.
    pub unfinished: bool,
}

/// First and last known day of a step, and whether it is not over.
type Step = ((Day, Day), bool);

/// All the days, laid out before the orders are read.
pub struct Frame {
    pub period: (Day, Day),
    pub against: (Day, Day),
    pub last_year: (Day, Day),
    pub last_year_dates: (Day, Day),
    /// Baseline of metrics without one of their own.
    pub baseline: (Day, Day),
    pub grain: Grain,
    /// Steps of courses, the first one only for comparison; whether each is over.
    steps: Vec<Step>,
    windows: Vec<((Day, Day), (Day, Day))>,
}

impl Frame {
    pub fn new(settings: &KpiSettings, board: &Board, as_of: Day) -> Self {
        let period = settings.period.days(as_of);
        let against = settings.period.before(as_of);
        let (last_year, last_year_dates) = (same_weekdays(period), same_dates(period));
        // A year of 365 days and the same weekdays 364 days earlier share a day, which belongs to the period.
        let baseline = board.baseline.unwrap_or((last_year.0, last_year.1.min(Day(period.0.0 - 1))));
        let grain = settings.grain.unwrap_or_else(|| Grain::of(period));
        let mut steps = grain.steps(period);
        if let Some(first) = steps.first().copied() {
            steps.insert(0, grain.around(Day(first.0.0 - 1)));
        }
        let cut = |(from, to): (Day, Day)| ((from, to.min(as_of)), to > as_of);
        let mut windows = vec![(period, against)];
        let own = board.baselines.values().filter_map(|own| match own {
            Baseline::Period(from, to) => Some((*from, *to)),
            Baseline::Value(_) => None,
        });
        for days in [against, last_year, last_year_dates, baseline].into_iter().chain(own) {
            if windows.iter().all(|(known, _)| *known != days) && windows.len() < MOST_WINDOWS {
                windows.push((days, before(days)));
            }
        }
        let steps = steps.into_iter().map(cut).collect();
        Self { period, against, last_year, last_year_dates, baseline, grain, steps, windows }
    }

    /// What to count while the orders are read.
    pub fn asked(&self) -> Asked {
        let steps: Vec<(Day, Day)> = self.steps.iter().map(|(days, _)| *days).collect();
        let year_before = steps.iter().copied().map(same_weekdays).collect();
        Asked { windows: self.windows.clone(), chains: vec![steps, year_before] }
    }

    /// Days as a window; without people where these were not asked for.
    pub fn window(&self, days: (Day, Day), found: &Found) -> Window {
        let at = self.windows.iter().position(|(known, _)| *known == days);
        let people = at.and_then(|at| found.windows.get(at)).copied().unwrap_or_default();
        let before = at.and_then(|at| self.windows.get(at)).map_or_else(|| before(days), |(_, before)| *before);
        Window { days, before, people, unfinished: false }
    }

    /// The steps of courses, each with the same weekdays a year before.
    pub fn steps(&self, found: &Found) -> Vec<(Window, Window)> {
        let people = |chain: usize, n: usize| {
            found.chains.get(chain).and_then(|chain| chain.get(n)).copied().unwrap_or_default()
        };
        let step = |(n, pair): (usize, &[Step])| {
            let ((before, _), (days, unfinished)) = (pair[0], pair[1]);
            let (shifted, before_it) = (same_weekdays(days), same_weekdays(before));
            let here = Window { days, before, people: people(0, n + 1), unfinished };
            (here, Window { days: shifted, before: before_it, people: people(1, n + 1), unfinished: false })
        };
        self.steps.windows(2).enumerate().map(step).collect()
    }

    /// First and last day of the baseline of a metric; `None` where it is a typed value.
    pub fn baseline_of(&self, metric: MetricId, board: &Board) -> Option<(Day, Day)> {
        match board.baselines.get(&metric) {
            Some(Baseline::Period(from, to)) => Some((*from, *to)),
            Some(Baseline::Value(_)) => None,
            None => Some(self.baseline),
        }
    }
}

/// As many days before.
pub fn before((from, to): (Day, Day)) -> (Day, Day) {
    (Day(from.0 - (to.0 - from.0) - 1), Day(from.0 - 1))
}
