//! What KPIs and models say.

use anyhow::Result;

use super::{Answer, days};
use crate::analytics::clv;
use crate::analytics::kpi::{Kpis, said};
use crate::analytics::{demand, price_response};
use crate::framework::guide::evidence::{Evidence, Finding, of_metric};
use crate::jobs::Progress;
use crate::model::figure::Value;
use crate::model::{Dataset, Day, Definitions, Locale, MetricId, TooLittle};
use crate::ops::Session;

/// Every KPI of the dashboard.
pub fn metrics(kpis: &Kpis) -> Evidence {
    let row = |row: &crate::analytics::kpi::KpiRow| {
        let metric = row.metric.metric();
        let answer = match row.value {
            Some(value) => Ok(Finding {
                text: said::value(Locale::En, row.metric, Some(value)),
                value: Some(number(value)),
                serves: None,
                how: format!("{}: {}; {}", metric.name, row.from, days(kpis.period)),
                page: "KPIs",
            }),
            None => Err(missing(row.why_not.as_deref())),
        };
        (of_metric(row.metric), answer)
    };
    kpis.rows.iter().map(row).collect()
}

/// Why a metric has no value.
fn missing(why: Option<&str>) -> String {
    let why = why.unwrap_or("Type it on the page of KPIs, or import a table of metrics by period");
    let mut chars = why.chars();
    let lower = chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
    format!("no data: {lower}")
}

/// Conversion on phones beside that on computers.
pub fn mobile_gap(kpis: &Kpis) -> Answer {
    let of = |metric: MetricId| {
        let row = kpis.row(metric);
        row.and_then(|row| row.value).ok_or_else(|| missing(row.and_then(|row| row.why_not.as_deref())))
    };
    let (mobile, desktop) = (of(MetricId::MobileConversion)?, of(MetricId::DesktopConversion)?);
    let text = |metric, value| said::value(Locale::En, metric, Some(value));
    Ok(Finding {
        text: format!(
            "{} on phones against {} on computers",
            text(MetricId::MobileConversion, mobile),
            text(MetricId::DesktopConversion, desktop)
        ),
        value: Some(number(mobile) - number(desktop)),
        serves: None,
        how: format!("Orders per visit, {}", days(kpis.period)),
        page: "KPIs",
    })
}

impl Session {
    /// Whether models can be fitted, and what they say.
    pub(super) fn modelled(
        &mut self,
        data: &Dataset,
        definitions: &Definitions,
        as_of: Day,
        progress: &Progress,
    ) -> Result<Vec<(String, Answer)>> {
        let demand = self.demand(&demand::Settings::default(), Some(as_of), progress)?;
        let prices = self.price_response(&price_response::Settings::default(), Some(as_of), progress)?;
        let lifetime = clv::per_customer(data, definitions, as_of, &clv::Settings::default(), progress)?;
        let answers = [
            ("stock_outs", demand.as_ref().map_err(too_little).and_then(stock_outs)),
            ("demand", demand.as_ref().map_err(too_little).and_then(foretold)),
            ("price_response", prices.map_err(|why| too_little(&why)).and_then(|found| price(&found))),
            ("lifetime", lifetime.map_err(|why| why.to_string()).map(|found| buyers(&found))),
        ];
        Ok(answers.map(|(key, answer)| (key.to_owned(), answer)).into())
    }
}

fn stock_outs(found: &demand::Demand) -> Answer {
    let stocks: Vec<_> = found.products.iter().filter_map(|product| product.stock.as_ref()).collect();
    if stocks.is_empty() {
        return Err("no data: import the shop’s products with their stock".into());
    }
    let out = stocks.iter().filter(|stock| stock.units <= 0).count();
    let late = stocks.iter().filter(|stock| stock.units > 0 && stock.is_late).count();
    Ok(Finding {
        text: format!(
            "{out} of {} products that sell are out of stock, {late} more may run out before a delivery",
            stocks.len()
        ),
        value: Some(out as f64 / stocks.len() as f64),
        serves: None,
        how: format!("Products sold in the 52 weeks to {}, by their stock as imported", found.as_of.display()),
        page: "Forecast",
    })
}

fn foretold(found: &demand::Demand) -> Answer {
    let told = found.products.len().saturating_sub(found.untold as usize);
    if told == 0 {
        return Err("no product sold often enough to tell what will be asked for".into());
    }
    Ok(Finding {
        text: format!("Demand is foretold for {told} of {} products", found.products.len()),
        value: Some(told as f64),
        serves: Some(true),
        how: format!("Weeks of sales up to {}, checked on the past", found.as_of.display()),
        page: "Forecast",
    })
}

fn price(found: &price_response::PriceResponse) -> Answer {
    if found.told == 0 {
        return Err("no product changed its price often enough to tell how buyers answer".into());
    }
    Ok(Finding {
        text: format!("The answer to prices can be told for {} of {} products", found.told, found.products.len()),
        value: Some(f64::from(found.told)),
        serves: Some(true),
        how: format!("Weeks with different prices, two years to {}", found.as_of.display()),
        page: "Forecast",
    })
}

fn buyers(found: &clv::PerCustomer) -> Finding {
    let n = found.buyers().count() as u64;
    Finding {
        text: format!("A model of lifetime value stands on {} buyers", Locale::En.count(n)),
        value: Some(n as f64),
        serves: Some(true),
        how: format!("Fitted to orders up to {}", found.as_of.display()),
        page: "Lifetime value",
    }
}

fn too_little(why: &TooLittle) -> String {
    format!("there is too little to tell: {} of at least {} {}", why.have, why.need, why.what)
}

fn number(value: Value) -> f64 {
    match value {
        Value::Money(minor, _) => minor as f64,
        Value::Count(n) => n as f64,
        Value::Share(number) | Value::Number(number) => number,
    }
}
