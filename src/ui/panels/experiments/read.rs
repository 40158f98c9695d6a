//! What an experiment shows, computed off the window's thread.

use std::sync::Arc;

use anyhow::Result;

use crate::analytics::experiment::{Interval, series};
use crate::jobs::Progress;
use crate::model::plan::Amount;
use crate::model::{Day, Definitions, Experiment};
use crate::ops::experiments::analyse::Analysed;
use crate::ui::locale;
use crate::ui::shop::Home;

/// What is read: the state of the data, the row, the experiment, the day, what words mean.
pub type Key = (u64, i64, Experiment, Day, Definitions);

/// What an experiment shows, with the pictures of it.
pub struct Reading {
    /// What is found.
    pub of: Analysed,
    /// The variant that pictures are of: the one that the verdict speaks of.
    pub variant: usize,
    /// The difference so far, day by day.
    pub course: Vec<Point>,
    /// How it was read, in a few words each.
    pub chips: Vec<String>,
    /// What is to be kept in mind.
    pub notes: Vec<String>,
}

/// The difference by the end of a day.
pub struct Point {
    /// The day.
    pub day: Day,
    /// The difference.
    pub estimate: Option<f64>,
    /// What holds it on all days together.
    pub within: Option<Interval>,
}

/// Reads an experiment.
pub fn read(home: &mut Home, (data, id, experiment, as_of, _): &Key, progress: &Progress) -> Result<Arc<Reading>> {
    home.dataset(*data, progress)?;
    let of = home.session()?.analyse_experiment(*id, experiment, Some(*as_of), progress)?;
    let best = of.analysis.metrics.first().and_then(|metric| {
        metric.comparisons.iter().find(|one| one.sentence == of.analysis.sentence).map(|one| one.arm)
    });
    let variant = best.unwrap_or(1);
    Ok(Arc::new(Reading { variant, course: course(&of, variant), chips: chips(&of), notes: notes(&of, variant), of }))
}

fn course(of: &Analysed, variant: usize) -> Vec<Point> {
    let points = variant.checked_sub(1).and_then(|at| of.course.get(at)).map(Vec::as_slice).unwrap_or_default();
    let days = of.observed.series.iter().map(|(day, _)| *day);
    let point = |(day, point): (Day, &Option<series::Point>)| {
        let point = point.as_ref();
        Point { day, estimate: point.map(|p| p.difference), within: point.and_then(|p| p.always) }
    };
    days.zip(points).map(point).collect()
}

fn chips(of: &Analysed) -> Vec<String> {
    let plan = &of.experiment.plan;
    let shares: Vec<String> = plan.variants.iter().map(|variant| locale::number(variant.share * 100.0, 0)).collect();
    let visitors: u64 = of.observed.arms.iter().map(|arm| arm.users).sum();
    let mut chips =
        vec![format!("{}, {}", plan.kind.name(), shares.join(" : ")), locale::counted(visitors, "visitor", "visitors")];
    if let Some((first, last)) = of.observed.days {
        let days = (last.0 - first.0 + 1).max(1) as u64;
        chips.push(match plan.ends {
            Some(ends) if of.observed.as_of.is_some_and(|as_of| as_of >= ends) => {
                format!("Planned end reached, {}", locale::counted(days, "day", "days"))
            }
            _ => locale::counted(days, "day", "days"),
        });
    }
    if of.analysis.comparisons > 1 {
        chips.push(format!(
            "{}, corrected: {}",
            locale::counted(of.analysis.comparisons as u64, "comparison", "comparisons"),
            plan.correction.name()
        ));
    }
    chips
}

fn notes(of: &Analysed, variant: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let name = of.analysis.arms.get(variant).map_or("", String::as_str);
    if let Some(more) = of.more(variant).filter(|more| more.more() > 0.0) {
        notes.push(format!(
            "{name} is better beyond chance from {} conversions on, {} more than at the rate of the control",
            locale::number(more.needed, 0),
            locale::number(more.more(), 0)
        ));
    }
    if let Some(worth) = of.worth(variant) {
        let money = |amount: Amount| locale::current().money_whole(amount.minor, amount.currency);
        let range =
            worth.range.map_or_else(String::new, |(low, high)| format!(", between {} and {}", money(low), money(high)));
        notes.push(format!(
            "In a year {name} would be worth {}{range}: {}",
            money(worth.impact.amount),
            worth.impact.formula
        ));
    }
    for (metric, why) in &of.observed.missing {
        notes.push(format!("{} is not known: {why}", metric.name()));
    }
    for (metric, cap) in &of.observed.caps {
        let amount = super::table::Print::of(metric, of.currency).value(*cap);
        notes.push(format!("{}: no single customer counts more than {amount}", metric.name()));
    }
    notes.extend(of.no_factors.iter().cloned());
    if of.observed.gone > 0 {
        notes.push(format!(
            "{} of it are in the workspace no more",
            locale::counted(of.observed.gone, "customer", "customers")
        ));
    }
    notes
}
