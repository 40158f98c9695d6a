//! A second segment table beside the one on view: on another date, or under definitions that are being edited.

use std::sync::Arc;

use super::cx::Cx;
use super::shop::{Shop, TableKey};
use super::slot::{Answer, Slot, View};
use super::worker::Task;
use crate::analytics::clv::LifetimeValue;
use crate::analytics::door::{self, Door};
use crate::analytics::kpi;
use crate::analytics::rules::Picked;
use crate::analytics::segments::{SegmentTable, segment_table};
use crate::jobs::{Cancelled, Progress};
use crate::model::figure::{Filter, MetricKind};
use crate::model::{Dataset, Day, Definitions, Figure, Zone};

/// What is computed beside the table on view, while somebody wants it.
pub struct Second {
    /// The day to compare with.
    pub day: Option<Day>,
    compared: Slot<TableKey, Arc<SegmentTable>>,
    draft: Option<Definitions>,
    /// Columns with days of another time zone, where the draft has another one.
    moved_days: Slot<(u64, Zone), Arc<Dataset>>,
    drafted: Slot<TableKey, Arc<SegmentTable>>,
}

impl Default for Second {
    fn default() -> Self {
        Self {
            day: None,
            compared: Slot::new("Sorting customers as they were"),
            draft: None,
            moved_days: Slot::new("Reading the shop's orders"),
            drafted: Slot::new("Computing what would move"),
        }
    }
}

/// What a figure on view was computed from.
pub struct Source<'a> {
    /// Its table.
    pub table: &'a Arc<SegmentTable>,
    /// The columns.
    pub data: &'a Arc<Dataset>,
    /// The definitions.
    pub definitions: &'a Definitions,
    /// The customers, where a rule picked them.
    pub picked: Option<&'a Arc<Picked>>,
    /// What models foretell of the same day.
    pub lifetime: Option<&'a Arc<LifetimeValue>>,
}

impl Source<'_> {
    /// Finds the rows of a figure.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn open(&self, figure: &Figure, progress: &Progress) -> Result<Door, Cancelled> {
        match self.lifetime.filter(|_| figure.metric.metric().kind == MetricKind::Model) {
            Some(lifetime) => lifetime.open(figure, progress),
            None if figure.scope.filter == Filter::Shop => {
                kpi::door::open(figure, self.data, self.definitions, progress)
            }
            None => {
                let picked = self.picked.map(AsRef::as_ref);
                door::open_picked(figure, self.table, self.data, self.definitions, picked, progress)
            }
        }
    }
}

impl Shop {
    /// The table of the day to compare with, once it is there.
    pub fn compared(&self) -> Option<&Arc<SegmentTable>> {
        let (key, table) = self.second.compared.latest()?;
        self.second.day.filter(|day| key.as_of == *day).map(|_| table)
    }

    /// Compares with a day within the shop's time; with the day on view there is nothing to compare.
    pub fn compare_with(&mut self, day: Option<Day>) {
        let span = self.data().and_then(|data| data.span);
        self.second.day = day.zip(span).map(|(day, (first, last))| day.clamp(first, last));
    }

    /// A year before the day on view, or the shop's first day where it is younger.
    pub fn year_before(&self) -> Option<Day> {
        let (first, _) = self.data()?.span?;
        let date = self.as_of().date().checked_sub_months(chrono::Months::new(12))?;
        Some(Day::from_date(date).max(first)).filter(|day| *day < self.as_of())
    }

    /// Definitions to try; `None` = none.
    pub fn try_definitions(&mut self, draft: Option<Definitions>) {
        if draft.is_none() && self.second.draft.is_some() {
            // Columns of another zone are as large as the shop's own.
            self.second.moved_days.clear();
        }
        // Their figures carry the version they would be kept under.
        let next = self.facts.definitions.version + 1;
        self.second.draft = draft.map(|draft| Definitions { version: next, ..draft });
    }

    /// Whether there are definitions that are tried and not kept.
    pub fn is_trying(&self) -> bool {
        self.second.draft.is_some()
    }

    /// The table under the definitions that are tried.
    pub fn drafted_view(&self) -> View<Arc<SegmentTable>> {
        let second = &self.second;
        let wants_days = second.draft.as_ref().is_some_and(|draft| draft.zone != self.facts.definitions.zone);
        match second.moved_days.view() {
            View::Working(step, _) if wants_days => View::Working(step, None),
            View::Failed(why) if wants_days => View::Failed(why),
            _ => second.drafted.view(),
        }
    }

    /// What a figure on view was computed from.
    pub fn source_of(&self, figure: &Figure) -> Option<Source<'_>> {
        let found = self.sources().into_iter().find(|source| {
            source.table.as_of == figure.scope.as_of && source.table.definitions == figure.scope.definitions
        });
        match figure.scope.filter {
            Filter::Picked(key) => {
                let picked = self.picked.iter().find(|picked| picked.key == key)?;
                found.map(|source| Source { picked: Some(picked), ..source })
            }
            _ => found,
        }
    }

    /// The tables on view.
    pub fn sources(&self) -> Vec<Source<'_>> {
        let own = &self.facts.definitions;
        let source = |table, data, definitions| {
            Some(Source { table, data, definitions, lifetime: self.lifetime_beside(table), picked: None })
        };
        let on_view = || source(self.segments()?, self.data()?, own);
        let compared = || source(self.compared()?, self.data()?, own);
        let drafted = || {
            let draft = self.second.draft.as_ref()?;
            let days = self.second.moved_days.latest().map(|(_, data)| data);
            let data = if draft.zone == own.zone { self.data()? } else { days? };
            source(self.second.drafted.latest()?.1, data, draft)
        };
        [on_view(), compared(), drafted()].into_iter().flatten().collect()
    }

    /// Keeps the second tables filled, while they are wanted.
    pub(super) fn ask_for_second(&mut self, cx: &Cx) {
        if self.second.day.is_none() && self.second.draft.is_none() {
            return;
        }
        let Some((_, table, data)) = self.segments_with_data() else { return };
        let (own, data, rules) = (self.table_key(), data.clone(), table.rules);
        let second = &mut self.second;
        if let Some(day) = second.day {
            // The same cut-offs on both dates: what moved is the customers, not the bar.
            let key = TableKey { as_of: day, rules: Some(rules), ..own.clone() };
            second.compared.ask(key.clone(), || compute(cx, &data, key));
        }
        let Some(draft) = second.draft.clone() else { return };
        let data = if draft.zone == own.definitions.zone {
            data
        } else {
            let wanted = (own.data, draft.zone);
            second.moved_days.ask(wanted, || {
                cx.from_session(move |home, progress| {
                    Ok(Ok(Arc::new(home.session()?.dataset_in(draft.zone, progress)?)))
                })
            });
            match second.moved_days.latest() {
                Some((have, days)) if *have == wanted => days.clone(),
                _ => return,
            }
        };
        let key = TableKey { definitions: draft, ..own };
        second.drafted.ask(key.clone(), || compute(cx, &data, key));
    }
}

fn compute(cx: &Cx, data: &Arc<Dataset>, key: TableKey) -> Task<Answer<Arc<SegmentTable>>> {
    let data = data.clone();
    cx.compute(move |progress: &Progress| {
        Ok(segment_table(&data, &key.definitions, key.as_of, key.rules, progress)?.map(Arc::new))
    })
}

impl Cx {
    /// Compares with a year before, or stops comparing.
    pub fn compare_with_a_year_before(&mut self) {
        let Some(shop) = &mut self.shop else { return };
        let day = if shop.second.day.is_some() { None } else { shop.year_before() };
        shop.compare_with(day);
    }
}
