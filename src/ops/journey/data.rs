//! Everything that the journey asks of the shop, read once; every question after that is a pure function of it.

use std::sync::Arc;

use anyhow::Result;

use crate::analytics::attribution;
use crate::analytics::journey::{
    self, Ask, By, ContentRow, Funnel, Journey, Lives, OmnichannelTable, Question, Shop, Trail, before,
};
use crate::analytics::segments::NOT_PRESENT;
use crate::analytics::success::ACTIVE_DAYS;
use crate::jobs::{Cancelled, Progress};
use crate::model::channels::Said;
use crate::model::definitions::YEAR_DAYS;
use crate::model::events::{Events, WebVisits};
use crate::model::results::ImportedCampaign;
use crate::model::{
    ChannelNames, Contents, Dataset, Day, Definitions, Details, Experiment, Matrix, Omnichannel, Segment, Signals,
    Touches,
};
use crate::ops::Session;
use crate::ops::session::known_until;

/// Of whom figures are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Only customers who are in this segment on the as-of day.
    pub segment: Option<Segment>,
    /// Only touches on this device, in lower case.
    pub device: Option<String>,
}

/// What is read of a shop for its journey.
pub struct JourneyData {
    data: Arc<Dataset>,
    details: Arc<Details>,
    touches: Arc<Touches>,
    signals: Signals,
    events: Events,
    definitions: Definitions,
    matrix: Matrix,
    table: Omnichannel,
    contents: Contents,
    campaigns: Vec<ImportedCampaign>,
    experiments: Vec<Experiment>,
    names: ChannelNames,
    segment_of: Vec<u8>,
    trail: Trail,
    /// First and last day that count, both included.
    pub period: (Day, Day),
    /// The last day that is known.
    pub as_of: Day,
    /// Visits that web analytics counted in the period, and in as long a time before it: sums, of nobody known.
    pub web: [Option<WebVisits>; 2],
}

/// Days within which something follows, unless somebody asks for others.
pub const WITHIN_DAYS: u32 = 30;

impl Session {
    /// Reads what the journey asks of the shop: up to a day, the last one with an order when `None`, and for a period,
    /// the 12 months to that day when `None`.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn journey_data(
        &mut self,
        as_of: Option<Day>,
        period: Option<(Day, Day)>,
        progress: &Progress,
    ) -> Result<JourneyData> {
        let data = self.dataset(progress)?;
        let definitions = self.definitions()?;
        let touches = self.touches(progress)?;
        // A shop without orders may have touches.
        let last = touches.at.iter().max().map(|at| Day(at.div_euclid(86_400) as i32));
        let as_of = match data.span {
            Some(_) => known_until(&data, as_of),
            None => as_of.or(last).unwrap_or(Day(0)),
        };
        let period = period.unwrap_or((Day(as_of.0 - YEAR_DAYS + 1), as_of));
        let names = self.channel_names()?;
        let signals = self.workspace.signals(&data, definitions.zone, progress)?;
        let events = self.workspace.events(&data, definitions.zone, progress)?;
        let segments = self.segments(Some(as_of), progress)?;
        let matrix = self.journey_matrix()?;
        let shop = Shop {
            data: &data,
            signals: &signals,
            events: &events,
            touches: &touches,
            definitions: &definitions,
            matrix: &matrix,
            as_of,
        };
        let trail = Trail::new(&shop, progress)?;
        let visits = |(first, last): (Day, Day)| Ok::<_, anyhow::Error>(self.workspace.web_visits(first, last)?);
        let mut web = [visits(period)?, visits(before(period))?];
        web.iter_mut().flatten().flat_map(|web| &mut web.channels).for_each(|channel| {
            channel.0 = names.name(&Said::channel(&channel.0)).0;
        });
        Ok(JourneyData {
            details: self.details(progress)?,
            campaigns: self.workspace.campaigns()?.0,
            experiments: self.saved_experiments()?.into_iter().map(|saved| saved.experiment).collect(),
            table: self.omnichannel_table()?,
            contents: self.content_matrix()?,
            segment_of: segments.map(|table| table.segment_of).unwrap_or_default(),
            data,
            touches,
            signals,
            events,
            definitions,
            matrix,
            names,
            trail,
            period,
            as_of,
            web,
        })
    }
}

impl JourneyData {
    /// The matrix that is filled.
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// What the shop's words mean.
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// Devices that touches tell, most common first.
    pub fn devices(&self) -> Vec<String> {
        let mut counts = vec![0_u64; self.touches.devices.len()];
        self.touches.device.iter().for_each(|device| counts[usize::from(*device)] += 1);
        let mut found: Vec<_> = self.touches.devices.iter().zip(counts).skip(1).filter(|(_, n)| *n > 0).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found.into_iter().map(|(device, _)| device.clone()).collect()
    }

    fn shop(&self) -> Shop<'_> {
        Shop {
            data: &self.data,
            signals: &self.signals,
            events: &self.events,
            touches: &self.touches,
            definitions: &self.definitions,
            matrix: &self.matrix,
            as_of: self.as_of,
        }
    }

    /// Customers of a segment on the as-of day, by index.
    fn members(&self, filters: &Filters) -> Option<Vec<bool>> {
        let segment = filters.segment? as u8;
        Some(self.segment_of.iter().map(|of| *of == segment && *of != NOT_PRESENT).collect())
    }

    /// The matrix filled.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn journey(&self, within_days: u32, filters: &Filters, progress: &Progress) -> Result<Journey, Cancelled> {
        let who = self.members(filters);
        let question = Question {
            shop: self.shop(),
            details: &self.details,
            campaigns: &self.campaigns,
            web: [self.web[0].as_ref(), self.web[1].as_ref()],
            names: &self.names,
            experiments: &self.experiments,
            period: self.period,
            within_days,
            who: who.as_deref(),
            device: filters.device.as_deref(),
        };
        let mut found = journey::journey(&question, &self.trail, progress)?;
        if *filters == Filters::default() {
            self.share_out(&mut found, progress)?;
        }
        Ok(found)
    }

    /// Notes at each cell what the models of attribution give to its channels.
    fn share_out(&self, found: &mut Journey, progress: &Progress) -> Result<(), Cancelled> {
        // A band over the models needs no intervals.
        let settings = attribution::Settings { resamples: 0, ..attribution::Settings::default() };
        let scope = attribution::Scope { as_of: self.as_of, period: self.period, who: None };
        let shop = (&self.touches, &self.data, &self.definitions);
        let shared = attribution::attribution(shop.0, shop.1, shop.2, scope, &settings, progress)?;
        if let Ok(shared) = shared {
            found.cells.iter_mut().for_each(|cell| cell.band = shared.band_of(&cell.channels));
        }
        Ok(())
    }

    /// The funnel of the people who came in the period.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn funnel(
        &self,
        by: By,
        within_days: u32,
        filters: &Filters,
        progress: &Progress,
    ) -> Result<Funnel, Cancelled> {
        let who = self.members(filters);
        let ask = Ask {
            period: self.period,
            within_days,
            by,
            segment_of: &self.segment_of,
            who: who.as_deref(),
            device: filters.device.as_deref(),
        };
        journey::funnel(&self.shop(), &self.trail, &ask, progress)
    }

    /// People by stage of life on a day; buyers are lapsed by the same rule by which campaigns count active customers.
    pub fn lives(&self, day: Day) -> Lives {
        journey::lives(&self.shop(), &self.trail, day.min(self.as_of), ACTIVE_DAYS as u32)
    }

    /// The omnichannel table filled.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn omnichannel(&self, within_days: u32, progress: &Progress) -> Result<OmnichannelTable, Cancelled> {
        journey::omnichannel(&self.shop(), &self.trail, &self.table, self.period, within_days, progress)
    }

    /// Visits of the period that an order followed as the last before it, and all of them, on a device or all.
    pub(super) fn visits_that_sold(&self, within_days: u32, device: Option<&str>) -> Option<(u64, u64)> {
        journey::visits_that_sold(&self.shop(), &self.trail, self.period, within_days, device)
    }

    /// The dynamic content matrix filled.
    pub fn content(&self) -> Vec<ContentRow> {
        journey::content(&self.contents, &self.experiments)
    }
}
