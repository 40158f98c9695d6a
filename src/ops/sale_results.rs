//! What is to be told of a saved sale on a day: the forecast before it, the pace during it, the post-mortem after it.

use anyhow::Result;

use super::Session;
use super::aftermath::{Pacing, Phase, PostMortem};
use crate::analytics::forecast::{EventForecast, Forecast, Measure, Span, forecast};
use crate::analytics::prior_price::PriorPrices;
use crate::jobs::Progress;
use crate::model::plan::Expected;
use crate::model::{Currency, Day, SalePlan, TooLittle};

/// Days before a sale that are shown beside it.
const DAYS_BEFORE: i32 = 28;
/// Days after it.
const DAYS_AFTER: i32 = 28;

/// What is to be told of a sale.
#[derive(Debug, Clone)]
pub struct SaleResults {
    /// The sale.
    pub plan: SalePlan,
    /// Of all amounts.
    pub currency: Currency,
    /// The last day that is known.
    pub as_of: Day,
    /// What there is.
    pub stage: Stage,
    /// Revenue by day around it; `None` where too little is known for a baseline.
    pub course: Option<Course>,
}

/// What there is of a sale.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It begins later.
    Before(Box<Outlook>),
    /// It is going on.
    During(Box<Pacing>),
    /// It is over.
    After(Box<PostMortem>),
}

/// What is known before a sale.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// What it is expected to bring.
    pub event: EventForecast,
    /// Its discounts against prices before.
    pub prices: PriorPrices,
    /// Names of the products there, row by row.
    pub names: Vec<String>,
}

/// Revenue by day around a sale, minor units.
#[derive(Debug, Clone)]
pub struct Course {
    /// The first day.
    pub first: Day,
    /// What came by day, from the first on, as far as it is known.
    pub came: Vec<i64>,
    /// Whole days from the first of the sale on, without the sale.
    pub baseline: Forecast,
    /// First and last day of the sale.
    pub sale: (Day, Day),
}

impl Session {
    /// What is to be told of a sale; `expected` is what was kept of it when it began.
    ///
    /// # Errors
    /// A sentence when the plan ends before it starts, or lies too far ahead.
    pub fn sale_results(
        &mut self,
        plan: &SalePlan,
        expected: Option<&Expected>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<SaleResults, TooLittle>> {
        let stage = match self.phase_of(plan, as_of, progress)? {
            Phase::Before => match self.forecast_sale(plan, as_of, progress)? {
                Ok(event) => {
                    let prices = self.prior_prices(plan, as_of, progress)?;
                    let names = self.product_names(prices.rows.iter().map(|row| row.product))?;
                    Stage::Before(Box::new(Outlook { event, prices, names }))
                }
                Err(missing) => return Ok(Err(missing)),
            },
            Phase::During => Stage::During(Box::new(self.pace_sale(plan, expected, as_of, progress)?)),
            Phase::After => match self.post_mortem(plan, expected, as_of, progress)? {
                Ok(found) => Stage::After(Box::new(found)),
                Err(missing) => return Ok(Err(missing)),
            },
        };
        let span = self.span_of(plan)?;
        let past = self.past(as_of, progress)?;
        let (history, zone) = (&past.history, past.history.zone);
        let sale = (zone.day(span.from), zone.day(span.to - 1));
        let origin = Day(sale.0.0 - 1).min(history.last());
        let until = history.last().min(Day(sale.1.0 + DAYS_AFTER)).max(sale.1);
        let whole = Span::of_days(Day(origin.0 + 1), until, zone);
        let first = Day(sale.0.0 - DAYS_BEFORE).min(Day(origin.0 - 6)).max(history.first);
        let came =
            (first.0..=until.0).map_while(|day| history.at(Day(day)).map(|at| history.day(Measure::Revenue, at)));
        let came = came.collect();
        let baseline = forecast(history, Measure::Revenue, origin, whole, progress)?;
        let course = baseline.ok().map(|baseline| Course { first, came, baseline, sale });
        let (plan, currency) = (plan.clone(), self.definitions()?.currency);
        Ok(Ok(SaleResults { plan, currency, as_of: past.as_of, stage, course }))
    }
}
