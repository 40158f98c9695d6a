//! What data, and records that other pages keep, say of the fields of the framework's form: for each field a value with
//! how it was found, or a sentence that says what is missing. Every number is taken from the result that its page shows;
//! nothing is computed here a second time. One file per section.

mod compliance;
mod content;
mod entry;
mod kpis;
mod messages;
mod omnichannel;
mod privacy;
mod profile;
mod recommendations;
mod segments;
mod technology;
mod testing;
mod touchpoints;
mod triggers;

use anyhow::Result;
use messages::Reported;
use serde::Serialize;

use crate::analytics::kpi::KpiSettings;
use crate::analytics::segments::SegmentTable;
use crate::framework::state::Fills;
use crate::jobs::Progress;
use crate::model::kpi::Grain;
use crate::model::strategy::StrategyPlan;
use crate::model::{Day, Definitions};
use crate::ops::Session;
use crate::ops::journey::{Filters, WITHIN_DAYS};

/// The fills of a session, and everything that they were made of.
pub struct Kept {
    made_of: Vec<String>,
    fills: Fills,
}

/// What all sections look at.
struct Ground {
    /// The last day that is known.
    as_of: Day,
    /// What the shop's words mean.
    definitions: Definitions,
    /// The segment table; in a sentence why there is none.
    segments: Result<SegmentTable, String>,
}

impl Session {
    /// What data and the records of other pages say of the fields of the framework's form, by key; without `as_of` on
    /// the last day with an order. Fields that only a person can fill have no entry. What was found stays at hand until
    /// something that it rests on changes; typing into the form is nothing of that kind.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn framework_fills(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Fills> {
        let made_of = self.fills_made_of(as_of)?;
        if let Some(kept) = self.fills.as_ref().filter(|kept| kept.made_of == made_of) {
            return Ok(kept.fills.clone());
        }
        let fills = self.found_fills(as_of, progress)?;
        self.fills = Some(Kept { made_of, fills: fills.clone() });
        Ok(fills)
    }

    fn found_fills(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Fills> {
        let data = self.dataset(progress)?;
        let definitions = self.definitions()?;
        // Where no order says which day it is, and nobody asks for one, texts stand as of today.
        let today = definitions.zone.day(crate::ops::now());
        let as_of_known = match data.span {
            Some(_) => crate::ops::session::known_until(&data, as_of),
            None => as_of.unwrap_or(today),
        };
        let segments = self.segments(as_of, progress)?.map_err(|_| {
            "There are no customers yet; import the shop’s export of orders or customers on the page Imports".to_owned()
        });
        let ground = Ground { as_of: as_of_known, definitions, segments };
        let kpis = self.kpis(as_of, &KpiSettings { grain: Some(Grain::Month), ..KpiSettings::default() }, progress)?;
        let journey = self.journey_data(as_of, None, progress)?;
        let filled = journey.journey(WITHIN_DAYS, &Filters::default(), progress)?;
        let channels = journey.omnichannel(WITHIN_DAYS, progress)?;
        let reported = Reported::new(self.campaign_results(as_of, progress)?.ok(), self.campaign_data()?.campaigns);
        let experiments = self.saved_experiments()?;

        let mut found = Vec::new();
        found.extend(profile::fills(&ground, &self.shop()?, &kpis));
        found.extend(segments::fills(&ground, &self.segment_focus()?));
        found.extend(touchpoints::fills(&ground, journey.matrix(), &filled));
        found.extend(recommendations::fills(&ground, journey.matrix(), &filled, &reported, &experiments));
        found.extend(content::fills(&ground, &self.content_matrix()?, &journey.content()));
        found.extend(omnichannel::fills(&ground, &channels));
        found.extend(testing::fills(&ground, &experiments));
        found.extend(technology::fills(&ground, &self.technology()?));
        found.extend(kpis::fills(&kpis));
        // What was read of the journey goes before more is read.
        drop((journey, filled, channels));
        let (sequences, replay) = self.replayed_triggers(as_of, progress)?;
        found.extend(triggers::fills(&ground, &sequences, &replay, &reported));
        let inventory = self.data_inventory(as_of, progress)?;
        let plan: StrategyPlan = self.workspace.single()?;
        found.extend(privacy::fills(&ground, &inventory, &plan.external));
        Ok(found.into_iter().collect())
    }

    /// Everything that fills rest on, as texts to be compared.
    fn fills_made_of(&self, as_of: Option<Day>) -> Result<Vec<String>> {
        let plan: StrategyPlan = self.workspace.single()?;
        let sequences: Vec<_> = self.saved_sequences()?.into_iter().map(|saved| saved.sequence).collect();
        let experiments: Vec<_> = self.saved_experiments()?.into_iter().map(|saved| saved.experiment).collect();
        Ok(vec![
            format!("{} {as_of:?} {}", self.workspace.data_revision()?, self.shop()?),
            text(&self.definitions()?)?,
            text(&(self.segment_rules()?, self.segment_focus()?))?,
            text(&self.journey_matrix()?)?,
            text(&self.omnichannel_table()?)?,
            text(&self.content_matrix()?)?,
            text(&self.merged_channels()?)?,
            text(&experiments)?,
            text(&(sequences, self.pressure()?))?,
            text(&self.kpi_board()?)?,
            text(&self.measurements()?)?,
            text(&self.scenarios()?)?,
            text(&plan.external)?,
            // Rules of sequences speak of saved segments and scores.
            format!("{:?}", self.saved_segments()?),
            text(&self.rfm_settings()?)?,
        ])
    }
}

fn text(of: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(of)?)
}
