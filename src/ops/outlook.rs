//! What is coming, of the open shop: orders, revenue and order value ahead, demand per product, response to prices.

use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::Session;
use super::session::known_until;
use crate::analytics::demand::weeks::Weeks;
use crate::analytics::demand::{self, Demand};
use crate::analytics::forecast::{FARTHEST, Span};
use crate::analytics::outlook::{Asked, Ground, Named, Outlook, Planned, outlook};
use crate::analytics::price_response::{self, PriceResponse};
use crate::framework::forecast::forecast_section;
use crate::jobs::Progress;
use crate::model::campaign::Status;
use crate::model::{Dataset, Day, TooLittle};
use crate::planner::holidays;
use crate::report::document::Document;

impl Session {
    /// What is expected after a day; without one, after the last day with an order.
    ///
    /// # Errors
    /// A sentence for a country that is not known; when the workspace cannot be read, or the work was cancelled.
    pub fn outlook(
        &mut self,
        asked: &Asked,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<Outlook, TooLittle>> {
        let past = self.past(as_of, progress)?;
        let definitions = self.definitions()?;
        let span = (past.history.first, Day(past.as_of.0 + FARTHEST as i32 + 31));
        let named = asked.country.as_deref().map_or_else(|| Ok(Vec::new()), |code| named(code, span))?;
        let planned = self.planned_sales(past.as_of)?;
        let ground = Ground {
            history: &past.history,
            sales: &past.sales,
            on_sale: &past.on_sale,
            planned: &planned,
            named: &named,
            currency: definitions.currency,
            definitions: definitions.version,
        };
        Ok(outlook(&ground, asked, progress)?)
    }

    /// Sales that are planned or going on, and end after a day.
    fn planned_sales(&self, after: Day) -> Result<Vec<Planned>> {
        let zone = self.definitions()?.zone;
        let campaigns = self.saved_campaigns()?.into_iter().map(|saved| saved.campaign);
        let planned = campaigns.filter(|campaign| {
            let agreed = matches!(campaign.status, Status::Planned | Status::Running);
            agreed && !campaign.archived && campaign.sale.is_some() && campaign.ends > campaign.starts
        });
        let planned = planned.map(|campaign| Planned {
            span: Span { from: zone.to_utc(campaign.starts), to: zone.to_utc(campaign.ends) },
            name: campaign.name,
        });
        Ok(planned.filter(|sale| zone.day(sale.span.to - 1) > after).collect())
    }

    /// Units that are asked for per product, stock, and when to order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn demand(
        &mut self,
        settings: &demand::Settings,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<Demand, TooLittle>> {
        let (data, weeks, told) = self.weeks(as_of, false, progress)?;
        Ok(demand::demand(&data, &weeks, settings, told, progress)?)
    }

    /// How demand for each product answers to its price.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn price_response(
        &mut self,
        settings: &price_response::Settings,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<PriceResponse, TooLittle>> {
        let (data, weeks, told) = self.weeks(as_of, true, progress)?;
        Ok(price_response::price_response(&data, &weeks, settings, told, progress)?)
    }

    /// What products sold by week, with prices where they are asked for, beside currency and version of the definitions.
    fn weeks(
        &mut self,
        as_of: Option<Day>,
        prices: bool,
        progress: &Progress,
    ) -> Result<(Arc<Dataset>, Weeks, (crate::model::Currency, u32))> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let as_of = known_until(&data, as_of);
        let observed = self.workspace.observed(definitions.zone)?;
        let weeks = Weeks::read(&data, &definitions, &observed, as_of, prices, progress)?;
        Ok((data, weeks, (definitions.currency, definitions.version)))
    }

    /// An outlook as a document of its own.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn forecast_document(&self, found: &Outlook) -> Result<Document> {
        Ok(Document {
            title: format!("{}: forecast", self.shop()?),
            subtitle: format!("Known up to {}, amounts in {}", found.origin.display(), found.currency),
            blocks: forecast_section(found),
            ..Document::default()
        })
    }
}

/// The days of a country that have a name; of a substitute that of the holiday it stands for.
fn named(code: &str, span: (Day, Day)) -> Result<Vec<Named>> {
    let country = holidays::country(code)
        .ok_or_else(|| anyhow!("holidays of {code} are not known; `calendar` lists the countries there are"))?;
    let named = |holiday: holidays::Holiday| Named { day: holiday.day, name: holiday.name };
    Ok(country.days(span).into_iter().map(named).collect())
}
