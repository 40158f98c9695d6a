//! The open shop as the window knows it: small facts, and slots for what is computed from its data.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::details::Base;
use super::lifetime::Lifetime;
use super::panels::document::wanted::Choices;
use super::second::Second;
use super::slot::{Slot, View};
use super::timeline::Timeline;
use super::touches::TouchBase;
use crate::analytics::rfm;
use crate::analytics::rules::Picked;
use crate::analytics::segments::{Segment, SegmentRules, SegmentTable};
use crate::jobs::Progress;
use crate::model::sequence::Pressure;
use crate::model::strategy::StrategyPlan;
use crate::model::{Board, Contents, Dataset, Day, Definitions, Matrix, Omnichannel, Scenarios};
use crate::ops::Session;
use crate::ops::campaigns::SavedCampaign;
use crate::ops::experiments::SavedExperiment;
use crate::ops::segments::SavedSegment;
use crate::ops::sequences::SavedSequence;
use crate::workspace::erase::Erased;
use crate::workspace::lists::ImportListing;
use crate::workspace::undo::History;

/// What the session thread owns.
#[derive(Default)]
pub struct Home {
    /// The open workspace.
    pub session: Option<Session>,
    dataset: Option<(u64, Arc<Dataset>)>,
}

impl Home {
    /// The open workspace.
    ///
    /// # Errors
    /// When none is open.
    pub fn session(&mut self) -> Result<&mut Session> {
        self.session.as_mut().ok_or_else(|| anyhow!("no workspace is open; open one first"))
    }

    /// Puts another workspace in place of the open one.
    pub fn replace(&mut self, session: Option<Session>) {
        (self.session, self.dataset) = (session, None);
    }

    /// The columns for a state of the data; read from disk once per state.
    pub fn dataset(&mut self, key: u64, progress: &Progress) -> Result<Arc<Dataset>> {
        if let Some((have, data)) = &self.dataset
            && *have == key
        {
            return Ok(data.clone());
        }
        self.dataset = None;
        let data = self.session()?.dataset(progress)?;
        self.dataset = Some((key, data.clone()));
        Ok(data)
    }
}

/// The small facts of a workspace, read after every write.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The shop's name.
    pub name: String,
    /// Counts up with every commit.
    pub revision: u64,
    /// Whether it was generated.
    pub sample: bool,
    /// When this workspace was handed over as a copy for reading; `None` = it is the user's own.
    pub handed_over: Option<i64>,
    /// What the shop means by its words.
    pub definitions: Definitions,
    /// Cut-offs; `None` = from the shop's own distribution.
    pub rules: Option<SegmentRules>,
    /// How recency, frequency and monetary value are scored.
    pub scored: rfm::Settings,
    /// Typed personalization focus.
    pub focus: BTreeMap<Segment, String>,
    /// Saved segments in the user's order.
    pub segments: Vec<SavedSegment>,
    /// Saved campaigns, oldest first.
    pub campaigns: Arc<Vec<SavedCampaign>>,
    /// How KPIs are arranged, with their targets.
    pub board: Arc<Board>,
    /// Assumptions and their scenarios.
    pub scenarios: Arc<Scenarios>,
    /// The journey matrix.
    pub journey: Arc<Matrix>,
    /// Where customers meet the shop.
    pub omnichannel: Arc<Omnichannel>,
    /// What contents follow the person.
    pub contents: Arc<Contents>,
    /// What is planned after the product and the marketing framework.
    pub strategy: Arc<StrategyPlan>,
    /// Kept experiments, oldest first.
    pub experiments: Arc<Vec<SavedExperiment>>,
    /// Names of kept hold-outs, oldest first.
    pub holdouts: Vec<String>,
    /// Saved sequences, oldest first.
    pub sequences: Vec<SavedSequence>,
    /// How much a customer is written to at most.
    pub pressure: Pressure,
    /// The most messages that a head is to get in a week; `None` = any number.
    pub contact_limit: Option<u32>,
    /// Imports, newest first.
    pub imports: Vec<ImportListing>,
    /// What can be undone and redone.
    pub history: History,
    /// What channels were merged under which name.
    pub merged: Arc<BTreeMap<String, String>>,
    /// Who was erased, as hashes.
    pub erased: Arc<Erased>,
}

impl Snapshot {
    /// Reads the facts.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn of(session: &Session) -> Result<Self> {
        Ok(Self {
            name: session.shop()?,
            revision: session.revision()?,
            handed_over: session.handed_over()?,
            sample: session.sample_seed()?.is_some(),
            definitions: session.definitions()?,
            rules: session.segment_rules()?,
            scored: session.rfm_settings()?,
            focus: session.segment_focus()?,
            segments: session.saved_segments()?,
            campaigns: Arc::new(session.saved_campaigns()?),
            board: Arc::new(session.kpi_board()?),
            scenarios: Arc::new(session.scenarios()?),
            journey: Arc::new(session.journey_matrix()?),
            omnichannel: Arc::new(session.omnichannel_table()?),
            contents: Arc::new(session.content_matrix()?),
            strategy: Arc::new(session.strategy_plan()?),
            experiments: Arc::new(session.saved_experiments()?),
            holdouts: session.holdouts()?.into_iter().map(|holdout| holdout.name).collect(),
            sequences: session.saved_sequences()?,
            pressure: session.pressure()?,
            contact_limit: session.contact_limit()?,
            imports: session.imports()?,
            history: session.history()?,
            merged: Arc::new(session.merged_channels()?),
            erased: Arc::new(session.erased()?),
        })
    }

    /// Names the state of the imported data: settings that analyses take as input do not change it.
    fn data_key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for import in &self.imports {
            (import.id, import.imported_at, &import.path, &import.summary).hash(&mut hasher);
        }
        self.history.erased.hash(&mut hasher);
        self.definitions.zone.name().hash(&mut hasher);
        hasher.finish()
    }
}

/// What analyses of customers depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct TableKey {
    pub(super) data: u64,
    /// All facts up to the end of this day.
    pub as_of: Day,
    pub(super) definitions: Definitions,
    pub(super) rules: Option<SegmentRules>,
    /// How customers are scored, for what rests on scores.
    pub(super) scored: rfm::Settings,
}

/// The open shop.
pub struct Shop {
    /// Where the workspace is.
    pub path: PathBuf,
    /// Its small facts.
    pub facts: Snapshot,
    /// Counts up with every change of the facts.
    pub version: u64,
    /// Wound back to this day; `None` = latest.
    pub wound_to: Option<Day>,
    /// The columns.
    pub dataset: Slot<u64, Arc<Dataset>>,
    /// What rules look at beside them; filled while somebody looks.
    pub details: Slot<u64, Base>,
    /// Touchpoints; filled while somebody looks.
    pub touches: Slot<(u64, u64), TouchBase>,
    /// Orders over time.
    pub timeline: Slot<u64, Timeline>,
    /// The framework's segment table.
    pub table: Slot<TableKey, Arc<SegmentTable>>,
    /// Tables beside it.
    pub second: Second,
    /// Customers whom rules on view picked: what their figures were computed from.
    pub picked: Vec<Arc<Picked>>,
    /// What customers are worth.
    pub lifetime: Lifetime,
    /// What its documents hold, and how they look.
    pub handed: Choices,
}

impl Shop {
    /// A shop that was just opened.
    pub fn new(path: &Path, facts: Snapshot) -> Self {
        Self {
            path: path.to_owned(),
            facts,
            version: 0,
            wound_to: None,
            dataset: Slot::new("Reading the shop's orders"),
            details: Slot::new("Reading what rules look at"),
            touches: Slot::new("Reading touchpoints"),
            timeline: Slot::new("Counting orders over time"),
            table: Slot::new("Sorting customers into segments"),
            second: Second::default(),
            picked: Vec::new(),
            lifetime: Lifetime::default(),
            handed: Choices::default(),
        }
    }

    /// Takes in the facts after a write.
    pub fn learn(&mut self, facts: Snapshot) {
        self.facts = facts;
        self.version += 1;
    }

    /// Names the state of the data.
    pub fn data_key(&self) -> u64 {
        self.facts.data_key()
    }

    /// Whether nothing was imported yet.
    pub fn is_empty(&self) -> bool {
        self.facts.imports.is_empty()
    }

    /// The columns, if they are there (perhaps of an older state).
    pub fn data(&self) -> Option<&Arc<Dataset>> {
        self.dataset.latest().map(|(_, data)| data)
    }

    /// The last day that is known.
    pub fn latest(&self) -> Option<Day> {
        self.data()?.span.map(|(_, last)| last)
    }

    /// The day all figures stand on: wound back, else the last day that is known, else today.
    pub fn as_of(&self) -> Day {
        self.wound_to.or_else(|| self.latest()).unwrap_or_else(today)
    }

    /// The key of the segment table that is wanted now.
    pub fn table_key(&self) -> TableKey {
        TableKey {
            data: self.data_key(),
            as_of: self.as_of(),
            definitions: self.facts.definitions.clone(),
            rules: self.facts.rules,
            scored: self.facts.scored.clone(),
        }
    }

    /// The segment table as it is to be drawn: first the orders are read, then the table is computed.
    pub fn segments_view(&self) -> View<Arc<SegmentTable>> {
        let old = self.segments().cloned();
        match self.dataset.view() {
            View::Working(step, _) => View::Working(step, old),
            View::Failed(why) => View::Failed(why),
            _ => self.table.view(),
        }
    }

    /// Stops what is being computed.
    pub fn stop(&mut self) {
        self.dataset.stop();
        self.table.stop();
        self.lifetime.slot.stop();
    }

    /// The newest segment table with its key and the columns it was computed from; `None` while those are replaced.
    pub fn segments_with_data(&self) -> Option<(&TableKey, &Arc<SegmentTable>, &Arc<Dataset>)> {
        let (key, table) = self.table.latest()?;
        let (have, data) = self.dataset.latest()?;
        (*have == key.data).then_some((key, table, data))
    }

    /// The newest segment table there is.
    pub fn segments(&self) -> Option<&Arc<SegmentTable>> {
        self.table.latest().map(|(_, table)| table)
    }
}

/// Today where the computer stands.
fn today() -> Day {
    Day::from_date(chrono::Local::now().date_naive())
}
