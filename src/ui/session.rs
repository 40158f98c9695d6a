//! Seam to the operations on a workspace.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::analytics::segments::{Segment, SegmentRules};
use crate::jobs::Progress;
use crate::model::{Dataset, Definitions};
use crate::workspace::lists::{CustomerListing, ImportListing};
use crate::workspace::undo::Step;
use crate::workspace::{Access, Workspace, settings::name};

pub struct Session(pub Workspace);

impl Session {
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self(Workspace::open(path, Access::Write)?))
    }

    pub fn create(path: &Path, shop: &str) -> Result<Self> {
        let mut workspace = Workspace::create(path)?;
        workspace.set_initial(name::SHOP, &shop)?;
        Ok(Self(workspace))
    }

    pub fn dataset(&self, progress: &Progress) -> Result<Dataset> {
        Ok(self.0.dataset(self.0.definitions()?.zone, progress)?)
    }

    pub fn name(&self) -> Result<String> {
        Ok(self.0.setting(name::SHOP)?.unwrap_or_else(|| "My shop".into()))
    }

    pub fn is_sample(&self) -> Result<bool> {
        Ok(self.0.setting::<serde_json::Value>(name::SAMPLE)?.is_some())
    }

    pub fn definitions(&self) -> Result<Definitions> {
        Ok(self.0.definitions()?)
    }

    pub fn segment_rules(&self) -> Result<Option<SegmentRules>> {
        Ok(self.0.setting(name::SEGMENT_RULES)?)
    }

    pub fn focus(&self) -> Result<BTreeMap<Segment, String>> {
        Ok(self.0.setting(name::SEGMENT_FOCUS)?.unwrap_or_default())
    }

    pub fn imports(&self) -> Result<Vec<ImportListing>> {
        Ok(self.0.imports()?)
    }

    pub fn steps(&self) -> Result<Vec<Step>> {
        Ok(self.0.steps()?)
    }

    pub fn customers(&self, ids: &[u32]) -> Result<Vec<CustomerListing>> {
        Ok(self.0.customers(ids)?)
    }

    pub fn find_customers(&self, text: &str) -> Result<Vec<u32>> {
        Ok(self.0.find_customers(text)?)
    }
}
