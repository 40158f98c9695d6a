//! Metrics that somebody measured elsewhere, over periods of their own.

use super::answer::Answer;
use crate::analytics::math::beta::wilson;
use crate::model::figure::Value;
use crate::model::kpi::Measurement;
use crate::model::metric::Unit;
use crate::model::{Currency, Day, Definitions, MetricId};

/// A metric over some days: the measurements that end within them. Amounts that add up are added where they lie within;
/// values that stand for a state are taken from the newest one; all others are averaged, by the number behind them
/// where each says it, else by days. `None` when there is none.
pub fn measured(metric: MetricId, days: (Day, Day), all: &[Measurement], definitions: &Definitions) -> Option<Answer> {
    let ends_within = |one: &&Measurement| one.metric == metric && one.to >= days.0 && one.to <= days.1;
    let mut own: Vec<&Measurement> = all.iter().filter(ends_within).collect();
    own.sort_by_key(|one| (one.to, one.from, !one.typed));
    // Of the same days what was typed goes before what a file says.
    own.dedup_by_key(|one| (one.to, one.from));
    let newest = own.last().copied()?;
    let unit = metric.metric().unit;
    let value = match (metric, unit) {
        (MetricId::MarketShare | MetricId::BrandValue | MetricId::MarketPosition | MetricId::BrandAwareness, _) => {
            in_shop_currency(newest.value, definitions)?
        }
        (MetricId::AdSpend, _) | (_, Unit::Count) => {
            let whole = own.iter().filter(|one| one.from >= days.0);
            let amounts: Option<Vec<Value>> = whole.map(|one| in_shop_currency(one.value, definitions)).collect();
            let sum = amounts?.iter().map(|value| value.number()).sum();
            unit.value(sum, definitions.currency)?
        }
        _ => mean(&own, unit, definitions)?,
    };
    let n = own.iter().map(|one| one.n).sum::<Option<u64>>().filter(|n| *n > 0);
    let interval = match (value, n) {
        (Value::Share(share), Some(n)) if unit == Unit::Share => wilson((share * n as f64).round() as u64, n),
        _ => None,
    };
    Some(Answer { value: Some(value), n: n.map(|n| (n, "answers")), interval, from: in_words(&own), why_not: None })
}

fn mean(own: &[&Measurement], unit: Unit, definitions: &Definitions) -> Option<Value> {
    let told = own.iter().all(|one| one.n.is_some_and(|n| n > 0));
    let weight = |one: &Measurement| match one.n {
        Some(n) if told => n as f64,
        _ => f64::from(one.to.0 - one.from.0 + 1),
    };
    let (mut sum, mut weights) = (0.0, 0.0);
    for one in own {
        sum += in_shop_currency(one.value, definitions)?.number() * weight(one);
        weights += weight(one);
    }
    unit.value(sum / weights, definitions.currency)
}

fn in_shop_currency(value: Value, definitions: &Definitions) -> Option<Value> {
    let shop: Currency = definitions.currency;
    match value {
        Value::Money(minor, currency) => definitions.convert(minor, currency).map(|minor| Value::Money(minor, shop)),
        other => Some(other),
    }
}

fn in_words(own: &[&Measurement]) -> String {
    let typed = own.iter().filter(|one| one.typed).count();
    let how = match typed {
        n if n == own.len() => "typed",
        0 => "imported",
        _ => "typed and imported",
    };
    let mut sources: Vec<&str> = own.iter().map(|one| one.source.trim()).filter(|source| !source.is_empty()).collect();
    sources.dedup();
    let days =
        own.first().zip(own.last()).map(|(first, last)| format!("{} – {}", first.from.display(), last.to.display()));
    let parts = [Some(how.to_owned()), days, sources.last().map(|source| (*source).to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
