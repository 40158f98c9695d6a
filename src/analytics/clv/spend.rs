//! Which model of spend is used, and why.

use super::fit::Unfit;
use super::gamma_gamma::{self, GammaGamma, SpendFit, Spender};
use super::outlook::Spend;
use super::summary::Buyer;
use crate::model::TooLittle;

/// The model of what an order is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct SpendModel {
    /// What is used.
    pub spend: Spend,
    /// The Gamma–Gamma fit behind it; `None` when the mean is used.
    pub fit: Option<SpendFit>,
    /// Why the mean is used, a sentence without a full stop.
    pub fallback: Option<String>,
    /// Customers with repeat orders worth more than nothing.
    pub spenders: u64,
    /// Customers whose repeat orders are worth nothing, or less, after refunds: they have no part in the fit.
    pub without_value: u64,
    /// Correlation of the number of repeat orders with their mean value; the model takes it to be zero.
    pub correlation: Option<f64>,
}

/// A mean over all customers that is so many times the mean of all orders is not believed.
const UNLIKELY: f64 = 2.0;

impl SpendModel {
    /// The model of some buyers; `scale` minor units are a major one.
    pub(super) fn of<'a>(buyers: impl Iterator<Item = &'a Buyer> + Clone, scale: f64) -> Result<Self, Unfit> {
        let repeat = || buyers.clone().filter(|b| b.x > 0);
        let (orders, spent) = repeat().fold((0_u64, 0_i64), |(n, s), b| (n + u64::from(b.x), s + b.repeat_spend));
        if orders == 0 {
            return Err(Unfit::TooLittle(TooLittle { have: 0, need: 1, what: "repeat orders" }));
        }
        let mean = spent.max(0) as f64 / scale / orders as f64;
        let worth = repeat().filter(|b| b.repeat_spend > 0);
        let spenders: Vec<Spender> =
            worth.map(|b| Spender { x: b.x, m: b.repeat_spend as f64 / scale / f64::from(b.x) }).collect();
        let (spend, fit, fallback) = match believable(&spenders, mean) {
            Ok((model, fit)) => (Spend::GammaGamma(model), Some(fit), None),
            Err(why) => {
                let words = format!("Every order counts with the mean of all repeat orders: {why}");
                (Spend::Mean(mean), None, Some(words))
            }
        };
        Ok(Self {
            spend,
            fit,
            fallback,
            spenders: spenders.len() as u64,
            without_value: (repeat().count() - spenders.len()) as u64,
            correlation: gamma_gamma::correlation(&spenders),
        })
    }
}

/// The Gamma–Gamma fit, or why its mean over all customers cannot be believed beside the `mean` of all orders.
fn believable(spenders: &[Spender], mean: f64) -> Result<(GammaGamma, SpendFit), String> {
    let fit = gamma_gamma::fit(spenders).map_err(|unfit| unfit.to_string())?;
    let [p, q, v] = fit.values;
    let model = GammaGamma { p, q, v };
    match model.expected(0.0, 0.0) {
        Some(all) if all <= UNLIKELY * mean => Ok((model, fit)),
        Some(_) if mean <= 0.0 => Err("the orders of those who came back are worth nothing on average".into()),
        // Near q = 1 the mean over all customers grows beyond everything that was ever paid.
        Some(all) => Err(format!(
            "Gamma–Gamma would take the mean order of new customers for {:.1} times that of all orders (q = {q:.2})",
            all / mean
        )),
        None => {
            Err(format!("Gamma–Gamma fits order values so uneven that their mean has no end (q = {q:.2}, at most 1)"))
        }
    }
}
