//! Lifetime value and churn: what customers are worth, how much of it is left, and whether the model can be believed.
//!
//! A model of buying ([`Model`]) and one of spend ([`gamma_gamma`]) are fitted to the orders up to the as-of day, and
//! foretell each customer's orders and value. The same model, fitted to the shop's earlier past, has to foretell the
//! later past beside a naive rule ([`held_out`]); that is part of the result. Times are whole calendar days.

pub mod bg_nbd;
mod customer;
mod figures;
pub mod fit;
pub mod gamma_gamma;
pub mod held_out;
mod mbg_nbd;
mod model;
mod outlook;
mod pareto_nbd;
mod sample;
mod spend;
mod summary;
mod totals;

pub use customer::CustomerOutlook;
pub use figures::MILLION;
pub use fit::{Fit, Unfit, fit};
pub use held_out::{HeldOut, Verdict};
pub use model::{Model, Params};
pub use outlook::{MONTH_DAYS, Outlook, RowOutlook, Spend, day_after};
pub use sample::{History, Row, Sample};
pub use spend::SpendModel;
pub use summary::{Buyer, buyers};
pub use totals::Totals;

use serde::Serialize;

use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::Dataset;
use crate::model::definitions::Definitions;
use crate::model::figure::{Figure, Filter};
use crate::model::{Currency, Day};

/// What the user chooses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Settings {
    /// The model of buying.
    pub model: Model,
    /// Days from the as-of day that predictions cover.
    pub horizon: f64,
    /// What money loses in a year, such as 0.1 = 10 %.
    pub discount: f64,
    /// Last day that the held-out check calibrates on; `None` = the middle of the history, or the horizon before its
    /// end where that is later.
    pub calibrate_until: Option<Day>,
}

impl Default for Settings {
    /// BG/NBD, twelve months, 10 % a year.
    fn default() -> Self {
        Self { model: Model::default(), horizon: 12.0 * MONTH_DAYS, discount: 0.1, calibrate_until: None }
    }
}

/// A figure with the ends of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What is foretold of one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CustomerValue {
    /// The history and what was spent.
    pub buyer: Buyer,
    /// Probability to be a customer still.
    pub p_alive: f64,
    /// Expected orders within the horizon.
    pub orders: f64,
    /// Expected discounted revenue within the horizon, minor units of the shop's currency.
    pub value: i64,
}

/// The fitted models and what they foretell of every customer.
#[derive(Debug, Clone)]
pub struct PerCustomer {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// The shop's currency.
    pub currency: Currency,
    /// What was asked.
    pub settings: Settings,
    /// The model of buying, times in days.
    pub fit: Fit,
    /// The model of spend.
    pub spend: SpendModel,
    /// By customer index; `None` for those who bought nothing by then.
    pub customers: Vec<Option<CustomerValue>>,
    sample: Sample,
    row_of: Vec<u32>,
}

impl PerCustomer {
    /// The models with the future they are asked about.
    pub fn outlook(&self) -> Outlook {
        Outlook {
            params: self.fit.params(),
            spend: self.spend.spend,
            horizon: self.settings.horizon,
            discount: self.settings.discount,
        }
    }

    /// Minor units in a major unit of the currency.
    pub(crate) fn scale(&self) -> f64 {
        self.currency.scale() as f64
    }

    /// Those who bought, with their index.
    pub fn buyers(&self) -> impl Iterator<Item = (u32, &CustomerValue)> {
        (0..).zip(&self.customers).filter_map(|(i, c)| Some((i, c.as_ref()?)))
    }
}

/// Everything about lifetime value on a day.
#[derive(Debug, Clone)]
pub struct LifetimeValue {
    /// The models and the customers.
    pub base: PerCustomer,
    /// Sums over all customers.
    pub totals: Totals,
    /// The check on the shop's own past, or why there is none.
    pub held_out: Result<HeldOut, Unfit>,
    /// Version of the definitions.
    pub definitions: u32,
    /// The figures of all customers, summed once: whoever draws them would add up millions.
    figures: Vec<Figure>,
}

/// What the models foretell of each customer, without the check: for rules over customers, and lists.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one why there is no model.
pub fn per_customer(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<PerCustomer, Unfit>, Cancelled> {
    let buyers = buyers(data, definitions, as_of, progress)?;
    let (sample, row_of) = sample_of(buyers.iter().flatten());
    progress.step(1)?;
    let fit = match fit(settings.model, &sample) {
        Ok(fit) => fit,
        Err(unfit) => return Ok(Err(unfit)),
    };
    progress.step(2)?;
    let currency = definitions.currency;
    let scale = currency.scale() as f64;
    let spend = match SpendModel::of(buyers.iter().flatten(), scale) {
        Ok(spend) => spend,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let mut out =
        PerCustomer { as_of, currency, settings: *settings, fit, spend, customers: Vec::new(), sample, row_of };
    let outlook = out.outlook();
    let rows = outlook.of_rows(&out.sample, progress)?;
    let mut row_of = out.row_of.iter();
    let mut value_of = |buyer: Buyer| {
        let row = rows.get(*row_of.next()? as usize)?;
        let value = (outlook.value(&buyer, row, scale) * scale).round() as i64;
        Some(CustomerValue { buyer, p_alive: row.p_alive, orders: row.orders, value })
    };
    out.customers = buyers.into_iter().map(|buyer| buyer.and_then(&mut value_of)).collect();
    Ok(Ok(out))
}

/// The histories of buyers, grouped, and the group of each.
fn sample_of<'a>(buyers: impl Iterator<Item = &'a Buyer>) -> (Sample, Vec<u32>) {
    Sample::new(&buyers.map(|b| (b.x, b.tx, b.t)).collect::<Vec<_>>())
}

/// Steps of [`lifetime_value`] that its progress counts.
const STEPS: u64 = 5;

/// Lifetime value on `as_of`, with its check on the shop's own past.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one why there is no model.
pub fn lifetime_value(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: &Settings,
    progress: &Progress,
) -> Result<Result<LifetimeValue, Unfit>, Cancelled> {
    progress.expect(STEPS);
    let base = match per_customer(data, definitions, as_of, settings, progress)? {
        Ok(base) => base,
        Err(unfit) => return Ok(Err(unfit)),
    };
    progress.step(3)?;
    let totals = Totals::of(&base, progress)?;
    progress.step(4)?;
    let held_out = held_out::check(data, definitions, as_of, settings, progress)?;
    let value = LifetimeValue { base, totals, held_out, definitions: definitions.version, figures: Vec::new() };
    let figures = figures::METRICS.map(|metric| value.figure(metric, Filter::All)).to_vec();
    Ok(Ok(LifetimeValue { figures, ..value }))
}
