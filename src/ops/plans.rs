//! Saved sales: the campaigns that are one, as their plans.

use anyhow::Result;

use super::Session;
use super::campaigns::{SavedCampaign, named};
use crate::model::plan::Expected;
use crate::model::{Campaign, SalePlan};

/// A sale as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedPlan {
    /// The row of its campaign. 0 = not saved yet.
    pub id: i64,
    /// What is planned.
    pub plan: SalePlan,
}

impl Session {
    /// Saved sales, oldest first.
    pub fn saved_sales(&self) -> Result<Vec<SavedPlan>> {
        let plan = |saved: SavedCampaign| Some(SavedPlan { id: saved.id, plan: saved.campaign.sale_plan()? });
        Ok(self.saved_campaigns()?.into_iter().filter_map(plan).collect())
    }

    /// The saved sale of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_sale(&self, name: &str) -> Result<SavedPlan> {
        let sales = self.saved_campaigns()?.into_iter().filter(|saved| saved.campaign.sale.is_some()).collect();
        let SavedCampaign { id, campaign } = named(sales, name, "sale")?;
        let plan = campaign.sale_plan();
        Ok(SavedPlan { id, plan: plan.ok_or_else(|| anyhow::anyhow!("{name} is no sale"))? })
    }

    /// The saved sale of a name as it stood when it began, and what was expected of it then: what its outcome is read
    /// against.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn sale_as_begun(&self, name: &str) -> Result<(SalePlan, Option<Expected>)> {
        let sale = self.saved_sale(name)?;
        let campaign = self.saved_campaigns()?.into_iter().find(|saved| saved.id == sale.id);
        let frozen = campaign.and_then(|saved| saved.campaign.frozen);
        Ok(frozen.map_or((sale.plan, None), |frozen| (frozen.plan, frozen.expected)))
    }

    /// The revenue that a saved sale is to bring by its campaign's own target, minor units of the shop's currency.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn target_of_sale(&self, name: &str) -> Result<Option<i64>> {
        let currency = self.definitions()?.currency;
        let campaign = self.saved_campaigns()?.into_iter().find(|saved| saved.campaign.name == name);
        Ok(campaign.and_then(|saved| saved.campaign.revenue_target(currency)))
    }

    /// Saves a sale: a new campaign around it when its id is 0.
    ///
    /// # Errors
    /// A sentence when the name is missing, too long, or taken by another.
    pub fn save_sale(&mut self, sale: &SavedPlan) -> Result<()> {
        let plan = sale.plan.clone();
        let old = self.saved_campaigns()?.into_iter().find(|saved| saved.id == sale.id && sale.id != 0);
        let currency = self.definitions()?.currency;
        let campaign = match old {
            Some(old) => Campaign {
                name: plan.name.clone(),
                starts: plan.starts,
                ends: plan.ends,
                sale: Some(plan),
                ..old.campaign
            },
            None => Campaign::of_sale(plan, currency),
        };
        self.save_campaign(&SavedCampaign { id: sale.id, campaign })
    }
}
