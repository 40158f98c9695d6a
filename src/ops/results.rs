//! What imported campaigns brought.

use anyhow::Result;

use super::Session;
use super::session::last_day;
use crate::analytics::results::{Results, results};
use crate::jobs::Progress;
use crate::model::results::{CampaignVisits, ImportedCampaign};
use crate::model::{Day, Segment, TooLittle};

/// What is read of campaigns at once.
#[derive(Debug, Clone, Default)]
pub struct CampaignData {
    /// The campaigns.
    pub campaigns: Vec<ImportedCampaign>,
    /// Visits by campaign.
    pub visits: Vec<CampaignVisits>,
    /// Names of segments, by which lists are told that are one.
    pub segments: Vec<String>,
}

impl Session {
    /// Everything imported of campaigns.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn campaign_data(&self) -> Result<CampaignData> {
        let (campaigns, visits) = self.workspace.campaigns()?;
        let saved = self.workspace.saved_segments()?.into_iter().map(|saved| saved.name);
        let segments = Segment::ALL.into_iter().map(|segment| segment.name().to_owned()).chain(saved).collect();
        Ok(CampaignData { campaigns, visits, segments })
    }

    /// What campaigns brought; without `as_of` up to the last day with an order, send or spend.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn campaign_results(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Result<Results, TooLittle>> {
        let found = self.campaign_data()?;
        let definitions = self.definitions()?;
        let last = last_day(self.dataset(progress)?.as_ref());
        let sent = found.campaigns.iter().flat_map(|c| c.sends.iter().map(|send| definitions.zone.day(send.at)));
        let spent = found.campaigns.iter().flat_map(|c| c.ads.iter().map(|ad| ad.until));
        let as_of = as_of.unwrap_or_else(|| sent.chain(spent).max().map_or(last, |day| day.max(last)));
        Ok(results(&found.campaigns, &found.visits, &found.segments, &definitions, as_of, progress)?)
    }
}
