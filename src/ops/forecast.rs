//! What is coming: forecasts from the shop's own past.

use anyhow::{Result, bail};

use super::Session;
use super::session::known_until;
use crate::analytics::forecast::{EventForecast, FARTHEST, History, Span, event_forecast};
use crate::analytics::prior_price::{PriorPrices, prior_prices};
use crate::analytics::sale::{self, PastSale, Resolved};
use crate::jobs::Progress;
use crate::model::plan::Amount;
use crate::model::{Day, SalePlan, TooLittle};

/// The past that forecasts rest on.
pub struct Past {
    /// Orders and revenue by hour.
    pub history: History,
    /// Its sales that can be compared with ordinary days.
    pub sales: Vec<PastSale>,
    /// First and last days of all its sales.
    pub on_sale: Vec<(Day, Day)>,
    /// The last day that is known.
    pub as_of: Day,
}

impl Session {
    /// The past up to a day; without one, up to the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn past(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Past> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let as_of = known_until(&data, as_of);
        let on_sale = sale::days_on_sale(&data, &definitions, progress)?;
        let sales = sale::past_sales(&data, &definitions, progress)?;
        let history = History::new(&data, &definitions, as_of, &on_sale, progress)?;
        Ok(Past { history, sales, on_sale, as_of })
    }

    /// What a planned sale is expected to bring, from what was known on a day and before its first one.
    ///
    /// # Errors
    /// A sentence when the plan ends before it starts or lies too far ahead.
    pub fn forecast_sale(
        &mut self,
        plan: &SalePlan,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<EventForecast, TooLittle>> {
        let span = self.span_of(plan)?;
        let past = self.past(as_of, progress)?;
        let origin = past.as_of.min(Day(past.history.zone.day(span.from).0 - 1));
        if past.history.zone.day(span.to).0 - origin.0 > FARTHEST as i32 {
            bail!(
                "the sale ends more than a year after {}, the last day that is known; import newer orders, or forecast a \
                 nearer sale",
                origin.display()
            );
        }
        Ok(event_forecast(&past.history, &past.sales, origin, span, progress)?)
    }

    /// The moments of a plan.
    ///
    /// # Errors
    /// A sentence when it ends before it starts.
    pub fn span_of(&self, plan: &SalePlan) -> Result<Span> {
        let zone = self.definitions()?.zone;
        if plan.ends <= plan.starts {
            bail!("“{}” ends at {}, before it starts at {}; mend the plan first", plan.name, plan.ends, plan.starts);
        }
        Ok(Span { from: zone.to_utc(plan.starts), to: zone.to_utc(plan.ends) })
    }

    /// An amount in the shop's currency, minor units.
    ///
    /// # Errors
    /// A sentence when there is no rate for it.
    pub fn in_shop_currency(&self, amount: &Amount) -> Result<i64> {
        let definitions = self.definitions()?;
        match definitions.convert(amount.minor, amount.currency) {
            Some(minor) => Ok(minor),
            None => bail!(
                "{amount} cannot be compared with amounts in {}; give it in that currency, or set a rate",
                definitions.currency
            ),
        }
    }
}

impl Session {
    /// The discounts of a plan against the lowest prices paid in the 30 days before it.
    ///
    /// # Errors
    /// A sentence when the plan names what the shop does not have, or the work was cancelled.
    pub fn prior_prices(&mut self, plan: &SalePlan, as_of: Option<Day>, progress: &Progress) -> Result<PriorPrices> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let resolved = Resolved { products: self.products_named(plan)?, ..Resolved::default() };
        let codes = self.workspace.code_uses(&data)?;
        let as_of = known_until(&data, as_of);
        Ok(prior_prices((&data, &codes), &definitions, (plan, &resolved), as_of, progress)?)
    }

    /// Names of products, by index.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn product_names(&mut self, products: impl IntoIterator<Item = u32>) -> Result<Vec<String>> {
        let data = self.dataset(&Progress::none())?;
        let ids: Vec<u32> = products.into_iter().filter_map(|at| data.products.id.get(at as usize).copied()).collect();
        let named = self.workspace.product_names(&ids)?;
        Ok(ids.iter().map(|id| named.get(id).cloned().unwrap_or_default()).collect())
    }
}
