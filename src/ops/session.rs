//! An open shop: its workspace and the dataset read from it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};

use crate::analytics::cohorts::{self, Cohort, Cohorts};
use crate::analytics::movement;
use crate::analytics::rfm;
use crate::analytics::rules::Bits;
use crate::analytics::segments::{Segment, SegmentRules, SegmentTable, segment_table};
use crate::analytics::{clv, segments};
use crate::jobs::Progress;
use crate::model::definitions::YEAR_DAYS;
use crate::model::{Dataset, Day, Definitions, Details, TooLittle, Zone};
use crate::workspace::check::Check;
use crate::workspace::lists::{CustomerListing, ImportListing, OrderListing};
use crate::workspace::open::handed_over;
use crate::workspace::settings::name;
use crate::workspace::{Access, Workspace};

/// An open shop.
pub struct Session {
    pub(super) workspace: Workspace,
    dataset: Option<(Zone, Arc<Dataset>)>,
    details: Option<(BTreeMap<String, String>, Arc<Details>)>,
    pub(super) touches: Option<super::channels::Kept>,
    pub(super) kpis: Option<super::kpi::Kept>,
    pub(super) fills: Option<super::framework::Kept>,
}

impl Session {
    /// A session of which nothing was read yet.
    fn of(workspace: Workspace) -> Self {
        Self { workspace, dataset: None, details: None, touches: None, kpis: None, fills: None }
    }

    /// Opens a workspace.
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        Ok(Self::of(Workspace::open(path, access)?))
    }

    /// Opens a workspace for writing; a copy that was handed over for reading, for reading.
    pub fn open_as_it_allows(path: &Path) -> Result<Self> {
        let reading = handed_over(path)?.is_some();
        Self::open(path, if reading { Access::Read } else { Access::Write })
    }

    /// Makes an empty workspace with a name for the shop.
    pub fn create(path: &Path, shop: &str) -> Result<Self> {
        let mut workspace = Workspace::create(path)?;
        workspace.set_initial(name::SHOP, &shop)?;
        Ok(Self::of(workspace))
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.workspace.path()
    }

    /// Name of the shop; the file's name when none was given.
    pub fn shop(&self) -> Result<String> {
        let stem = || self.path().file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        Ok(self.workspace.setting(name::SHOP)?.unwrap_or_else(stem))
    }

    /// Names the shop, as a step that can be undone.
    pub fn set_shop(&mut self, name: &str) -> Result<()> {
        let (name, label) = (name.trim(), format!("Rename the shop to {}", name.trim()));
        Ok(self.workspace.change_setting(&label, super::now(), name::SHOP, &name)?)
    }

    /// Seed of the sample shop; `None` for a shop of the user's own.
    pub fn sample_seed(&self) -> Result<Option<u64>> {
        Ok(self.workspace.setting(name::SAMPLE)?)
    }

    /// Counts up with every committed write.
    pub fn revision(&self) -> Result<u64> {
        Ok(self.workspace.revision()?)
    }

    /// What the shop means by its words.
    pub fn definitions(&self) -> Result<Definitions> {
        Ok(self.workspace.definitions()?)
    }

    /// Whether the workspace has definitions of its own, rather than those every shop begins with.
    pub(super) fn defines(&self) -> Result<bool> {
        Ok(self.workspace.setting::<Definitions>(name::DEFINITIONS)?.is_some())
    }

    /// Changes the definitions as a step that can be undone; their version counts up.
    pub fn set_definitions(&mut self, mut definitions: Definitions) -> Result<()> {
        let old = self.definitions()?;
        definitions.version = old.version;
        if definitions != old {
            definitions.version += 1;
            self.workspace.change_setting("Change definitions", super::now(), name::DEFINITIONS, &definitions)?;
        }
        Ok(())
    }

    /// Sets what a new shop starts with; not a step.
    pub fn set_initial_definitions(&mut self, definitions: &Definitions) -> Result<()> {
        Ok(self.workspace.set_initial(name::DEFINITIONS, definitions)?)
    }

    /// The shop in columns, read again only after an import, its undoing, an erasure, or a change of the time zone.
    pub fn dataset(&mut self, progress: &Progress) -> Result<Arc<Dataset>> {
        let zone = self.definitions()?.zone;
        let revision = self.workspace.data_revision()?;
        if let Some((_, dataset)) = self.dataset.as_ref().filter(|(of, d)| *of == zone && d.revision == revision) {
            return Ok(dataset.clone());
        }
        // Gives the old columns back before the new ones are read, so that both are never held.
        (self.dataset, self.details, self.touches, self.kpis) = (None, None, None, None);
        let dataset = Arc::new(self.workspace.dataset(zone, progress)?);
        self.dataset = Some((zone, dataset.clone()));
        Ok(dataset)
    }

    /// What rules ask for beyond the columns, read on first use and again after a write.
    pub fn details(&mut self, progress: &Progress) -> Result<Arc<Details>> {
        let data = self.dataset(progress)?;
        let merged = self.merged_channels()?;
        let is_same = |(by, of): &&(_, Arc<Details>)| *by == merged && of.revision == data.revision;
        if let Some((_, details)) = self.details.as_ref().filter(is_same) {
            return Ok(details.clone());
        }
        self.details = None;
        let details = Arc::new(self.workspace.details(&data, self.definitions()?.zone, progress)?);
        self.details = Some((merged, details.clone()));
        Ok(details)
    }

    /// The shop in columns with the days of another time zone; read anew each time.
    pub fn dataset_in(&self, zone: Zone, progress: &Progress) -> Result<Dataset> {
        Ok(self.workspace.dataset(zone, progress)?)
    }

    /// Reads the details that belong to columns which are at hand.
    pub fn read_details(&self, data: &Dataset, progress: &Progress) -> Result<Details> {
        Ok(self.workspace.details(data, self.definitions()?.zone, progress)?)
    }

    /// The user's own cut-offs of the segments; `None` = from the shop's distribution.
    pub fn segment_rules(&self) -> Result<Option<SegmentRules>> {
        Ok(self.workspace.setting(name::SEGMENT_RULES)?)
    }

    /// Sets the cut-offs of the segments; `None` goes back to the shop's distribution.
    pub fn set_segment_rules(&mut self, rules: Option<SegmentRules>) -> Result<()> {
        let value = rules.map(|r| serde_json::to_string(&r)).transpose()?;
        self.workspace.change_settings("Change segment cut-offs", super::now(), &[(name::SEGMENT_RULES, value)])?;
        Ok(())
    }

    /// The typed personalization focus by segment.
    pub fn segment_focus(&self) -> Result<BTreeMap<Segment, String>> {
        Ok(self.workspace.setting(name::SEGMENT_FOCUS)?.unwrap_or_default())
    }

    /// Sets the personalization focus of a segment; an empty text goes back to the framework's default.
    pub fn set_segment_focus(&mut self, segment: Segment, text: &str) -> Result<()> {
        let mut focus = self.segment_focus()?;
        match text.trim() {
            "" => focus.remove(&segment),
            text => focus.insert(segment, text.to_owned()),
        };
        let label = format!("Change focus of {}", segment.name());
        self.workspace.change_setting(&label, super::now(), name::SEGMENT_FOCUS, &focus)?;
        Ok(())
    }

    /// The framework's segment table; without `as_of` on the last day with an order.
    pub fn segments(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Result<SegmentTable, TooLittle>> {
        let data = self.dataset(progress)?;
        let (definitions, rules) = (self.definitions()?, self.segment_rules()?);
        Ok(segment_table(&data, &definitions, as_of.unwrap_or_else(|| last_day(&data)), rules, progress)?)
    }

    /// The framework's segment table under definitions that are not kept.
    pub fn segments_under(
        &mut self,
        definitions: &Definitions,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<SegmentTable, TooLittle>> {
        let data = if definitions.zone == self.definitions()?.zone {
            self.dataset(progress)?
        } else {
            Arc::new(self.dataset_in(definitions.zone, progress)?)
        };
        let (as_of, rules) = (as_of.unwrap_or_else(|| last_day(&data)), self.segment_rules()?);
        Ok(segment_table(&data, definitions, as_of, rules, progress)?)
    }

    /// The segment table of another day, by the cut-offs of this one.
    pub fn segments_compared(
        &mut self,
        table: &SegmentTable,
        day: Day,
        progress: &Progress,
    ) -> Result<Result<SegmentTable, TooLittle>> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        Ok(segment_table(&data, &definitions, day, Some(table.rules), progress)?)
    }

    /// How the shop scores recency, frequency and monetary value.
    pub fn rfm_settings(&self) -> Result<rfm::Settings> {
        Ok(self.workspace.setting(name::RFM)?.unwrap_or_default())
    }

    /// Changes how the shop scores; everything that rests on scores follows.
    ///
    /// # Errors
    /// A sentence when no scores can be made that way.
    pub fn set_rfm_settings(&mut self, settings: &rfm::Settings) -> Result<()> {
        settings.check().map_err(|why| anyhow!("the scores were not changed: {why}"))?;
        let value = (*settings != rfm::Settings::default()).then(|| serde_json::to_string(settings)).transpose()?;
        self.workspace.change_settings("Change RFM scores", super::now(), &[(name::RFM, value)])?;
        Ok(())
    }

    /// Recency, frequency and monetary value of every customer, by the shop's settings when `None`.
    pub fn rfm(
        &mut self,
        as_of: Option<Day>,
        settings: Option<rfm::Settings>,
        progress: &Progress,
    ) -> Result<Result<rfm::RfmTable, TooLittle>> {
        let data = self.dataset(progress)?;
        let settings = settings.map_or_else(|| self.rfm_settings(), Ok)?;
        settings.check().map_err(|why| anyhow!("there are no scores: {why}"))?;
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        Ok(rfm::rfm_table(&data, &self.definitions()?, as_of, &settings, progress)?)
    }

    /// Lifetime value and churn; without `as_of` on the last day with an order.
    pub fn lifetime_value(
        &mut self,
        as_of: Option<Day>,
        settings: &clv::Settings,
        progress: &Progress,
    ) -> Result<Result<clv::LifetimeValue, clv::Unfit>> {
        let data = self.dataset(progress)?;
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        Ok(clv::lifetime_value(&data, &self.definitions()?, as_of, settings, progress)?)
    }

    /// Customers followed by cohort.
    pub fn cohorts(
        &mut self,
        as_of: Option<Day>,
        settings: cohorts::Settings,
        progress: &Progress,
    ) -> Result<Result<Cohorts, TooLittle>> {
        let data = self.dataset(progress)?;
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        let codes = self.codes_for(settings, &data)?;
        Ok(cohorts::cohorts_with((&data, &codes), &self.definitions()?, as_of, settings, progress)?)
    }

    /// The discount codes that cohorts are grouped by; none where they are grouped by something else.
    pub fn codes_for(&self, settings: cohorts::Settings, data: &Dataset) -> Result<Vec<(u32, u32)>> {
        let wanted = settings.by == cohorts::Grouping::FirstCode;
        Ok(if wanted { self.workspace.code_uses(data)? } else { Vec::new() })
    }

    /// Who went from which group to which; a year back where no first date is given.
    pub fn movement(
        &mut self,
        groups: movement::Groups,
        from: Option<Day>,
        to: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<movement::Movement, TooLittle>> {
        let data = self.dataset(progress)?;
        let (definitions, rules, scored) = (self.definitions()?, self.segment_rules()?, self.rfm_settings()?);
        let to = to.unwrap_or_else(|| last_day(&data));
        let days = (from.unwrap_or(Day(to.0 - YEAR_DAYS)), to);
        Ok(movement::movement(&data, &definitions, groups, days, (rules, &scored), progress)?)
    }

    /// Customers of each cohort, in the order of its rows.
    pub fn cohort_members(&mut self, found: &Cohorts, progress: &Progress) -> Result<Vec<Bits>> {
        let data = self.dataset(progress)?;
        let codes = self.codes_for(found.settings, &data)?;
        Ok(cohorts::members((&data, &codes), &self.definitions()?, found.as_of, found.settings, progress)?)
    }

    /// Names of the cohorts for people: products have theirs in the workspace.
    pub fn cohort_names(&mut self, found: &Cohorts) -> Result<Vec<String>> {
        let data = self.dataset(&Progress::none())?;
        let ids: Vec<Option<u32>> = found
            .products
            .iter()
            .map(|product| data.products.id.get(product.as_ref().copied()? as usize).copied())
            .collect();
        let named = self.workspace.product_names(&ids.iter().flatten().copied().collect::<Vec<_>>())?;
        let name = |(id, row): (&Option<u32>, &Cohort)| id.and_then(|id| named.get(&id)).unwrap_or(&row.name).clone();
        Ok(ids.iter().zip(&found.rows).map(name).collect())
    }

    /// Imports that were not undone, newest first.
    pub fn imports(&self) -> Result<Vec<ImportListing>> {
        Ok(self.workspace.imports()?)
    }

    /// Customers by row id, for the rows on the screen.
    pub fn customers(&self, ids: &[u32]) -> Result<Vec<CustomerListing>> {
        Ok(self.workspace.customers(ids)?)
    }

    /// Orders by row id, for the rows on the screen.
    pub fn orders(&self, ids: &[u32]) -> Result<Vec<OrderListing>> {
        Ok(self.workspace.orders(ids)?)
    }

    /// Row ids of customers whose name, shop id or e-mail contains a text.
    pub fn find_customers(&self, text: &str) -> Result<Vec<u32>> {
        Ok(self.workspace.find_customers(text)?)
    }

    /// Whether the workspace is whole.
    pub fn check(&self) -> Result<Check> {
        Ok(self.workspace.check()?)
    }

    /// Writes the logical content in a fixed order.
    pub fn dump(&self, out: &mut dyn std::io::Write) -> Result<()> {
        self.workspace.dump(out).context("the dump is not complete")
    }
}

/// The day "now" of a dataset: its last day with an order, so that the same file gives the same figures on any day.
pub fn last_day(data: &Dataset) -> Day {
    data.span.map_or(Day(0), |(_, last)| last)
}

/// The day up to which facts are known: the last one with an order, or an earlier one that was asked for. Nobody knows
/// what comes after.
pub fn known_until(data: &Dataset, as_of: Option<Day>) -> Day {
    let last = last_day(data);
    as_of.map_or(last, |day| day.min(last))
}

/// Name of the segment of a customer, for lists.
pub fn segment_name(table: &SegmentTable, customer: u32) -> &'static str {
    let number = table.segment_of.get(customer as usize).copied().unwrap_or(segments::NOT_PRESENT);
    Segment::from_number(number).map_or("", Segment::name)
}
