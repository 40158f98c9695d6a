//! What the dashboard is made of, read from the workspace; visits and carts by day are kept while nothing changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, ensure};

use crate::analytics::journey::by_day::{carts_by_day, visits_by_day};
use crate::analytics::journey::steps::Step;
use crate::analytics::journey::{self, Trail};
use crate::analytics::kpi::{Annotation, AnnotationKind, Known, KpiSettings, Kpis, Shop, kpis};
use crate::framework::benchmarks::benchmarks;
use crate::jobs::Progress;
use crate::model::assumption::{ASSUMPTIONS, AssumptionId, Held, Value};
use crate::model::channels::Said;
use crate::model::kpi::Period;
use crate::model::signals::Observed;
use crate::model::{Dataset, Day, Definitions};
use crate::ops::Session;
use crate::ops::journey::WITHIN_DAYS;
use crate::ops::session::known_until;

/// So many products that change their price on a day are worth a mark.
const MARKED_PRICES: usize = 5;
const DAY: i64 = 86_400;

/// Visits, carts, sends and ads that were read, and what they were read with.
pub struct Kept {
    revision: u64,
    definitions: Definitions,
    as_of: Day,
    merged: BTreeMap<String, String>,
    /// Kinds of events that the matrix ties to stages decide what is a visit.
    matrix: crate::model::Matrix,
    known: Arc<Known>,
    prices: Vec<Annotation>,
}

impl Session {
    /// The KPI dashboard; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn kpis(&mut self, as_of: Option<Day>, settings: &KpiSettings, progress: &Progress) -> Result<Kpis> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let measurements = self.measurements()?;
        let as_of = match data.span {
            Some(_) => known_until(&data, as_of),
            // A shop without orders may have been measured.
            None => as_of.or(measurements.iter().map(|one| one.to).max()).unwrap_or(Day(0)),
        };
        if let Period::Days(from, _) = settings.period {
            ensure!(
                from <= as_of,
                "nothing is known yet of the days from {} on: the last known one is {}; choose earlier days",
                from.display(),
                as_of.display()
            );
        }
        let (known, mut annotations) = self.beyond_orders(&data, &definitions, as_of, progress)?;
        annotations.extend(self.planned()?);
        let shop = Shop {
            data: &data,
            definitions: &definitions,
            as_of,
            board: &self.kpi_board()?,
            benchmarks: benchmarks(),
            assumptions: &self.assumed(&definitions)?,
            measurements: &measurements,
            known: &known,
            annotations: &annotations,
        };
        Ok(kpis(&shop, settings, progress)?)
    }

    /// What is known beyond orders, and days on which prices changed.
    fn beyond_orders(
        &mut self,
        data: &Dataset,
        definitions: &Definitions,
        as_of: Day,
        progress: &Progress,
    ) -> Result<(Arc<Known>, Vec<Annotation>)> {
        let (merged, matrix) = (self.merged_channels()?, self.journey_matrix()?);
        let is_same = |kept: &&Kept| {
            (kept.revision, kept.as_of) == (data.revision, as_of)
                && (&kept.definitions, &kept.merged, &kept.matrix) == (definitions, &merged, &matrix)
        };
        if let Some(kept) = self.kpis.as_ref().filter(is_same) {
            return Ok((kept.known.clone(), kept.prices.clone()));
        }
        let touches = self.touches(progress)?;
        let signals = self.workspace.signals(data, definitions.zone, progress)?;
        let events = self.workspace.events(data, definitions.zone, progress)?;
        let mut known =
            Known { web: self.workspace.web_reports()?, campaigns: self.workspace.campaigns()?.0, ..Known::default() };
        let names = self.channel_names()?;
        known.web.iter_mut().flat_map(|report| &mut report.rows).filter(|row| !row.channel.is_empty()).for_each(
            |row| {
                row.channel = names.name(&Said::channel(&row.channel)).0;
            },
        );
        // Where nobody tells of visits and carts there is no need to lay everybody's way out.
        if !touches.is_empty() || !signals.carts.is_empty() || !events.kinds.is_empty() {
            let (touches, matrix) = (&touches, &matrix);
            let shop = journey::Shop { data, signals: &signals, events: &events, touches, definitions, matrix, as_of };
            let trail = Trail::new(&shop, progress)?;
            known.visits = visits_by_day(&shop, &trail, WITHIN_DAYS);
            if let Some(since) = trail.since[Step::Started.index()] {
                (known.carts, known.carts_since) = (carts_by_day(&trail, shop.end()), Some(since));
            }
        }
        let (known, prices) = (Arc::new(known), price_changes(&signals.observed));
        self.kpis = Some(Kept {
            revision: data.revision,
            definitions: definitions.clone(),
            as_of,
            merged,
            matrix,
            known: known.clone(),
            prices: prices.clone(),
        });
        Ok((known, prices))
    }

    /// Campaigns and experiments with their days.
    fn planned(&self) -> Result<Vec<Annotation>> {
        let campaigns = self.saved_campaigns()?.into_iter().filter(|saved| !saved.campaign.archived).map(|saved| {
            let (from, to) = saved.campaign.days();
            Annotation { from, to, kind: AnnotationKind::Campaign, text: saved.campaign.name }
        });
        let experiments = self.saved_experiments()?.into_iter().filter_map(|saved| {
            let plan = &saved.experiment.plan;
            let from = plan.starts?;
            let (to, text) = (plan.ends.unwrap_or(from), saved.experiment.name.clone());
            Some(Annotation { from, to, kind: AnnotationKind::Experiment, text })
        });
        Ok(campaigns.chain(experiments).collect())
    }

    /// What the scenario in use assumes and somebody typed, by key.
    fn assumed(&self, definitions: &Definitions) -> Result<BTreeMap<String, f64>> {
        let scenarios = self.scenarios()?;
        let typed = |held: &Held| match held {
            Held::FromData => None,
            Held::Typed { value: Value::Number(number), .. } => Some(*number),
            Held::Typed { value: Value::Money(amount), .. } => {
                let minor = definitions.convert(amount.minor, amount.currency)?;
                Some(definitions.currency.major(minor))
            }
        };
        let values = scenarios.in_use().map(|scenario| &scenario.values).into_iter().flatten();
        let key = |id: &AssumptionId| ASSUMPTIONS.iter().find(|of| of.id == *id).map(|of| of.key.to_owned());
        Ok(values.filter_map(|(id, held)| Some((key(id)?, typed(held)?))).collect())
    }
}

/// Days on which several products got another price than they had been seen with before.
fn price_changes(observed: &[Observed]) -> Vec<Annotation> {
    let mut by_day: BTreeMap<i64, usize> = BTreeMap::new();
    for product in observed.chunk_by(|a, b| a.product == b.product) {
        let priced: Vec<(i64, i64)> = product.iter().filter_map(|seen| Some((seen.at, seen.price?))).collect();
        for pair in priced.windows(2).filter(|pair| pair[0].1 != pair[1].1) {
            *by_day.entry(pair[1].0.div_euclid(DAY)).or_default() += 1;
        }
    }
    let mark = |(day, products): (i64, usize)| {
        let day = Day(i32::try_from(day).ok()?);
        let text = format!("{products} prices changed");
        Some(Annotation { from: day, to: day, kind: AnnotationKind::Price, text })
    };
    by_day.into_iter().filter(|(_, products)| *products >= MARKED_PRICES).filter_map(mark).collect()
}
