//! Why the open shop's revenue moved, and why a platform tells another figure.

use anyhow::{Result, ensure};

use super::Session;
use super::claims::LOOK_BACK;
use super::session::last_day;
use crate::analytics::claims::{self, Sources, ledger};
use crate::analytics::cohorts::Step;
use crate::analytics::explain::{Asked, Change, Difference, Naming, Settings, Theirs, difference, explain};
use crate::jobs::Progress;
use crate::model::claims::Claimant;
use crate::model::{Dataset, Day, Definitions, TooLittle, Touches};

impl Session {
    /// Why revenue moved between two periods; without `as_of` as known on the last day with an order.
    ///
    /// # Errors
    /// When a period ends before it begins, the workspace cannot be read, or the work was cancelled.
    pub fn explain_change(
        &mut self,
        as_of: Option<Day>,
        settings: &Settings,
        progress: &Progress,
    ) -> Result<Result<Change, TooLittle>> {
        for (from, to) in [settings.before, settings.after] {
            ensure!(from <= to, "the period from {from} to {to} ends before it begins; exchange its days");
        }
        let (data, definitions, channels) = (self.dataset(progress)?, self.definitions()?, self.channel_names()?);
        let naming = Naming { channels: &channels, rules: self.segment_rules()? };
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        match explain(&data, &definitions, as_of, settings, &naming, progress)? {
            Ok(found) => Ok(Ok(self.with_product_names(&data, found)?)),
            Err(missing) => Ok(Err(missing)),
        }
    }

    /// Names the products of a change, which only the workspace knows.
    fn with_product_names(&self, data: &Dataset, mut found: Change) -> Result<Change> {
        let id = |product: u32| data.products.id.get(product as usize).copied();
        let ids: Vec<u32> = found.rows.iter().filter_map(|row| row.product.and_then(id)).collect();
        let names = self.workspace.product_names(&ids)?;
        for row in &mut found.rows {
            if let Some(name) = row.product.and_then(id).and_then(|id| names.get(&id)) {
                row.name.clone_from(name);
            }
        }
        Ok(found)
    }

    /// The shop's revenue of some days turned into a platform's figure. What the platform says is taken from its
    /// imported reports where nobody typed it and they tell of just these days.
    ///
    /// # Errors
    /// When the last day lies before the first one, the workspace cannot be read, or the work was cancelled.
    pub fn explain_difference(
        &mut self,
        as_of: Option<Day>,
        asked: &Asked,
        progress: &Progress,
    ) -> Result<Result<Difference, TooLittle>> {
        let (from, to) = asked.days;
        ensure!(from <= to, "the days from {from} to {to} end before they begin; exchange them");
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let theirs = match asked.theirs {
            Some(typed) => Some(typed),
            None => self.reported(&data, &definitions, asked, progress)?,
        };
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        Ok(difference(&data, &definitions, as_of, &Asked { theirs, ..*asked }, progress)?)
    }

    /// What imported reports of the platform say of the days; `None` where they tell of other days, or of none.
    fn reported(
        &self,
        data: &Dataset,
        definitions: &Definitions,
        asked: &Asked,
        progress: &Progress,
    ) -> Result<Option<Theirs>> {
        if asked.platform.origin().is_none() {
            return Ok(None);
        }
        let mut platforms = self.workspace.claims(definitions.zone)?;
        platforms.retain(|one| one.kind == Claimant::Analytics && asked.platform.origin() == Some(one.origin.as_str()));
        let (names, none) = (self.channel_names()?, Touches::default());
        let sources = Sources { data, platforms: &platforms, touches: &none, names: &names };
        let settings = claims::Settings { from: asked.days.0, to: asked.days.1, by: Step::Month, look_back: LOOK_BACK };
        let found = ledger(sources, definitions, settings, progress)?.total;
        let whole = found.claims.iter().find(|claim| !found.is_partly_covered(claim) && !claim.spread);
        Ok(whole.and_then(|claim| claim.revenue).map(|amount| Theirs { amount, imported: true }))
    }
}
