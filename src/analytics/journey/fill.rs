//! The matrix filled: stages and cells.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::evidence::{Conversion, Journey, StageFigure};
use super::funnel::{Ask, funnel};
use super::ground::{Ground, Question};
use super::measures::measure;
use super::steps::{By, Funnel, Step};
use super::trail::{Trail, from};
use crate::jobs::{Cancelled, Progress};
use crate::model::journey::{Cell, STAGES, Stage};

/// What the data say about every cell of the matrix that is not hidden, and about the stages.
///
/// # Errors
/// When the work was cancelled.
pub fn journey(question: &Question<'_>, trail: &Trail, progress: &Progress) -> Result<Journey, Cancelled> {
    let ground = Ground::new(question, trail, progress)?;
    let matrix = question.shop.matrix;
    let shown: Vec<_> = matrix.cells().filter(|(_, cell)| !cell.hidden).collect();
    progress.expect(shown.len() as u64 + 1);
    let done = AtomicU64::new(0);
    let one = |(stage, cell): (Stage, &Cell)| {
        let evidence = measure(&ground, cell, stage);
        progress.step(done.fetch_add(1, Ordering::Relaxed))?;
        Ok(evidence)
    };
    let cells = shown.into_par_iter().map(one).collect::<Result<_, Cancelled>>()?;
    Ok(Journey {
        as_of: question.shop.as_of,
        period: question.period,
        within_days: question.within_days,
        definitions: question.shop.definitions.version,
        currency: question.shop.definitions.currency,
        stages: stages(question, trail, progress)?,
        cells,
    })
}

/// How many people were in each stage in the period, and who went on.
fn stages(q: &Question<'_>, trail: &Trail, progress: &Progress) -> Result<Vec<StageFigure>, Cancelled> {
    let ask = Ask {
        period: q.period,
        within_days: q.within_days,
        by: By::All,
        segment_of: &[],
        who: q.who,
        device: q.device,
    };
    let found = funnel(&q.shop, trail, &ask, progress)?;
    let counts = people(q, trail);
    let figure = |stage: Stage| {
        let (step, what, import) = match stage {
            Stage::Awareness => (Step::Visited, "people who came", "Visits are not imported: touches of channels"),
            Stage::Consideration => {
                (Step::Considered, "looked at products", "Looks at products are not imported: events of kind “view”")
            }
            Stage::Purchase => {
                (Step::Started, "started a cart", "Carts are not imported: abandoned checkouts, or events of carts")
            }
            Stage::PostPurchase => (Step::Bought, "people who ordered", ""),
        };
        let is_known = trail.knows(step) || step == Step::Bought;
        StageFigure {
            stage,
            count: is_known.then_some(counts[step.index()]),
            what,
            reason: if is_known { String::new() } else { import.into() },
            conversion: is_known.then(|| onward(&found, step)).flatten(),
        }
    };
    Ok(STAGES.into_iter().map(figure).collect())
}

/// From a step to the next one of which something is told.
fn onward(found: &Funnel, step: Step) -> Option<Conversion> {
    let next = found.total.steps.iter().find(|taken| taken.step > step && taken.people.is_some())?;
    next.of_before.clone()
}

/// People who took each step or a later one in the period.
fn people(q: &Question<'_>, trail: &Trail) -> [u64; 5] {
    use super::trail::DAY;
    let window = (i64::from(q.period.0.0) * DAY, ((i64::from(q.period.1.0) + 1) * DAY).min(q.shop.end()));
    let device = Ask {
        period: q.period,
        within_days: q.within_days,
        by: By::All,
        segment_of: &[],
        who: q.who,
        device: q.device,
    };
    let mut counts = [0; 5];
    for person in 0..trail.persons {
        if q.who.is_some_and(|who| !who.get(person).copied().unwrap_or(false)) {
            continue;
        }
        let did = from(trail.of(person), window.0).iter().take_while(|did| did.at() < window.1);
        let Some(furthest) = did.map(|did| did.step()).max() else { continue };
        if !super::funnel::on_device(&q.shop, trail, &device, person) {
            continue;
        }
        counts[..=furthest].iter_mut().for_each(|count| *count += 1);
    }
    counts
}
