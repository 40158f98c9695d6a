//! The company's own figures, above section 1.

use super::Ground;
use super::entry::{EN, Entries, Fill, Page, days, plain};
use crate::analytics::kpi::{Kpis, said};
use crate::model::MetricId;
use crate::model::figure::Value;
use crate::model::strategy::FieldValue;

pub fn fills(ground: &Ground, shop: &str, kpis: &Kpis) -> Entries {
    vec![
        ("COMPANY_NAME".into(), company(ground, shop)),
        ("CUSTOMER_COUNT".into(), customers(ground)),
        ("MONTHLY_VISITORS".into(), visits(kpis)),
        ("CONVERSION_TARGET".into(), super::kpis::target(kpis, MetricId::Conversion)),
        ("AOV_IMPROVEMENT".into(), improvement(kpis)),
    ]
}

fn company(ground: &Ground, shop: &str) -> Fill {
    Page::new("Definitions", ground.as_of, "This workspace").text(shop, "what the shop is called").map(|mut told| {
        told.how = "The name of the workspace, which is kept on the page Definitions".into();
        told
    })
}

fn customers(ground: &Ground) -> Fill {
    let table = ground.segments.as_ref().map_err(Clone::clone)?;
    let metric = MetricId::Customers;
    let how =
        "Customers of all segments on the as-of date: everybody known by an account, an e-mail address or an order";
    let page = Page::new("Segments", table.as_of, format!("Up to {}; all customers", table.as_of.display()));
    page.figure(table.figure(&table.total, metric), how, || "There are no customers yet".into())
}

/// Visits of an average month: the whole months of the course that the page shows.
fn visits(kpis: &Kpis) -> Fill {
    let row = kpis.row(MetricId::Visits).ok_or("Visits are not measured")?;
    let whole = row.course.iter().filter(|point| !point.unfinished && point.from >= kpis.period.0);
    let months: Vec<_> = whole
        .filter_map(|point| match point.value {
            Some(Value::Count(n)) => Some((point.from, point.to, n)),
            _ => None,
        })
        .collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        let why = row.why_not.as_deref().map_or("No whole month of visits is known", plain);
        return Err(format!("{why}; import a report of web analytics by day, or type the number here"));
    };
    let mean = months.iter().map(|(.., n)| *n as f64).sum::<f64>() / months.len() as f64;
    let how = format!(
        "Visits of an average month: the mean of {}. {}; {}",
        EN.counted(months.len() as u64, "whole month", "whole months"),
        plain(MetricId::Visits.metric().in_words),
        row.from
    );
    let page = Page::new("KPIs", kpis.as_of, format!("{}; the whole shop", days((first.0, last.1))));
    page.told(FieldValue::Number(mean.round()), how)
}

/// How far the target lies above what the average order value came to.
fn improvement(kpis: &Kpis) -> Fill {
    let row = kpis.framework.iter().find(|row| row.metric == MetricId::Aov);
    let row = row.ok_or("The average order value is not measured")?;
    let Some(target) = row.target else {
        return Err("No target of the average order value is set on the page KPIs; set it there, or type here by how \
                    much it is to rise"
            .into());
    };
    let (Some(Value::Money(current, of)), Value::Money(aim, to)) = (row.current, target) else {
        return Err("There are no orders in the last 12 months, so nobody can tell how far the target lies above the \
                    average order value; import the shop’s export of orders"
            .into());
    };
    if current <= 0 || of != to {
        return Err("The average order value is not above 0, so nothing can be set against it".into());
    }
    let how = format!(
        "(Target − average order value of the period) ÷ that value: {} against {}",
        said::value(EN, MetricId::Aov, row.target),
        said::value(EN, MetricId::Aov, row.current)
    );
    let page = Page::new("KPIs", kpis.as_of, format!("Last 12 months, {}; the whole shop", days(kpis.period)));
    page.told(FieldValue::Percent((aim - current) as f64 / current as f64), how)
}
