//! Section 10: the six KPIs with baseline, current value, target, lift and impact.

use super::entry::{EN, Entries, Fill, Page, days, field, plain};
use crate::analytics::kpi::door::OPENED;
use crate::analytics::kpi::{FrameworkRow, Kpis, TargetFrom, said};
use crate::model::figure::Value;
use crate::model::strategy::FieldValue;
use crate::model::{Day, MetricId};

/// What fields of a KPI begin with.
const SIX: [(&str, MetricId); 6] = [
    ("CONV", MetricId::Conversion),
    ("AOV", MetricId::Aov),
    ("CLV", MetricId::LtvToDate),
    ("RPR", MetricId::RepeatRate),
    ("CART", MetricId::CartAbandonment),
    ("CTR", MetricId::EmailCtr),
];

pub fn fills(kpis: &Kpis) -> Entries {
    let mut found = Entries::new();
    for (prefix, metric) in SIX {
        let Some(row) = kpis.framework.iter().find(|row| row.metric == metric) else { continue };
        let mut put = |ending: &str, fill: Fill| found.push((format!("{prefix}_{ending}"), fill));
        put("BASE", baseline(kpis, row));
        put("CURR", current(kpis, row));
        put("TARGET", target(kpis, metric));
        put("LIFT", lift(kpis, row));
        put("IMPACT", impact(kpis, row));
    }
    found
}

fn over(kpis: &Kpis, period: (Day, Day), what: &str) -> Page {
    Page::new("KPIs", kpis.as_of, format!("{what}{}; the whole shop", days(period)))
}

fn year(kpis: &Kpis) -> Page {
    over(kpis, kpis.period, "Last 12 months, ")
}

/// Why a metric has no value, with what to do.
fn why(kpis: &Kpis, metric: MetricId) -> String {
    let told = kpis.row(metric).and_then(|row| row.why_not.as_deref()).map(plain);
    told.map_or_else(|| format!("{} cannot be told from the data", metric.metric().name), str::to_owned)
}

/// What the metric is and where its value comes from.
fn how(kpis: &Kpis, metric: MetricId) -> String {
    let words = plain(metric.metric().in_words);
    match kpis.row(metric) {
        Some(row) if !row.from.is_empty() => {
            let sure = said::sure(EN, row).map_or_else(String::new, |sure| format!("; {sure}"));
            format!("{words}; {}{sure}", row.from)
        }
        _ => words.to_owned(),
    }
}

fn value(page: &Page, kpis: &Kpis, metric: MetricId, period: (Day, Day), value: Value, how: String) -> Fill {
    let mut told = page.told(field(value), how)?;
    // The other metrics have no rows that could be opened.
    told.figure = OPENED.contains(&metric).then(|| kpis.figure_of(metric, period, Some(value)));
    Ok(told)
}

fn current(kpis: &Kpis, row: &FrameworkRow) -> Fill {
    let told = row.current.ok_or_else(|| why(kpis, row.metric))?;
    value(&year(kpis), kpis, row.metric, kpis.period, told, how(kpis, row.metric))
}

fn baseline(kpis: &Kpis, row: &FrameworkRow) -> Fill {
    let told = row.baseline.ok_or_else(|| match row.current {
        None => why(kpis, row.metric),
        Some(_) => format!(
            "{} is not known for {}, the days of the baseline; choose other days or type the baseline on the page KPIs",
            row.metric.metric().name,
            days(kpis.baseline)
        ),
    })?;
    let words = plain(row.metric.metric().in_words);
    let how = format!("{words}; the baseline of the page KPIs: its days, or what is typed there");
    over(kpis, kpis.baseline, "Baseline, ").told(field(told), how)
}

/// The target of a metric, as the page has it.
pub fn target(kpis: &Kpis, metric: MetricId) -> Fill {
    let name = metric.metric().name;
    let row = kpis.row(metric).ok_or_else(|| format!("{name} is not measured"))?;
    let Some(target) = &row.target else {
        return Err(format!("No target of {} is set; set it here, and the page KPIs has it too", name.to_lowercase()));
    };
    let from = match &target.from {
        TargetFrom::Typed => "Typed on the page KPIs".to_owned(),
        TargetFrom::Lift(by) => format!("{} on the baseline, set on the page KPIs", said::lift(EN, Some(*by))),
        TargetFrom::Assumption(key) => format!("The scenario in use on the page ROI and value assumes it as {key}"),
        // What others aim at is a target of this shop only where it knows its own value.
        TargetFrom::File { source, dated } if row.value.is_none() => {
            return Err(format!(
                "No target of {} is set; {source}, {}, aims at {}. Set one here, and the page KPIs has it too",
                name.to_lowercase(),
                dated.display(),
                said::value(EN, metric, Some(target.value))
            ));
        }
        // Nor where it is there already: nobody aims below what is reached.
        TargetFrom::File { source, dated } if is_passed(metric, row.value, target.value) => {
            return Err(format!(
                "No target of {} is set; {source}, {}, aims at {}, which is reached already with {}. Set one here, and \
                 the page KPIs has it too",
                name.to_lowercase(),
                dated.display(),
                said::value(EN, metric, Some(target.value)),
                said::value(EN, metric, row.value)
            ));
        }
        TargetFrom::File { source, dated } => {
            format!("{source}, {}: it stands on the page KPIs until somebody sets another", dated.display())
        }
    };
    let page = Page::new("KPIs", kpis.as_of, "The whole shop");
    page.told(field(target.value), format!("{from}. {}", metric.metric().in_words))
}

/// Whether a metric is where a target lies, or beyond it.
fn is_passed(metric: MetricId, value: Option<Value>, target: Value) -> bool {
    let currency = |of: Value| match of {
        Value::Money(_, currency) => Some(currency),
        _ => None,
    };
    let beyond = |is_rise_good, value: f64, target: f64| if is_rise_good { value >= target } else { value <= target };
    let is_rise_good = metric.metric().better.is_rise_good();
    value
        .filter(|value| currency(*value) == currency(target))
        .zip(is_rise_good)
        .is_some_and(|(value, is_rise_good)| beyond(is_rise_good, value.number(), target.number()))
}

fn lift(kpis: &Kpis, row: &FrameworkRow) -> Fill {
    let Some(lift) = row.lift else {
        return Err(match (row.current, row.baseline) {
            (None, _) => why(kpis, row.metric),
            (_, None) => {
                "Without a baseline there is no lift; choose other days or type the baseline on the page KPIs".into()
            }
            _ => "The baseline is 0, so that nothing is a part of it".into(),
        });
    };
    let of = |value| said::value(EN, row.metric, value);
    let how = format!("(Current − baseline) ÷ baseline: {} against {}", of(row.current), of(row.baseline));
    compared(kpis).told(FieldValue::Percent(lift), how)
}

fn impact(kpis: &Kpis, row: &FrameworkRow) -> Fill {
    let Some(impact) = row.impact else {
        let why = row.why_not.as_deref().map_or_else(|| why(kpis, row.metric), |why| plain(why).to_owned());
        return Err(format!("{why}; {} cannot be told", row.formula.to_lowercase()));
    };
    let numbers = said::with_numbers(EN, row).map_or_else(String::new, |numbers| format!(": {numbers}"));
    let how = format!("{}{numbers}. {}", row.formula, said::OVERLAP);
    compared(kpis).told(FieldValue::Money(impact, kpis.currency), how)
}

/// The period against the baseline.
fn compared(kpis: &Kpis) -> Page {
    let scope = format!("Last 12 months, {}, against {}; the whole shop", days(kpis.period), days(kpis.baseline));
    Page::new("KPIs", kpis.as_of, scope)
}
