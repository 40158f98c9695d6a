//! The result for programs.

use serde_json::{Map, Value, json};

use super::{ClvArgs, Line, METHOD};
use crate::analytics::clv::fit::Parameters;
use crate::analytics::clv::held_out::{Class, Errors};
use crate::analytics::clv::{Estimate, HeldOut, LifetimeValue, day_after, gamma_gamma};
use crate::model::Day;

fn interval(e: &Estimate) -> Value {
    json!({"value": e.value, "low": e.low, "high": e.high})
}

fn parameters_json<const N: usize>(letters: [&str; N], p: &Parameters<N>) -> Map<String, Value> {
    let by_letter = |of: &dyn Fn(usize) -> Value| -> Value {
        letters.iter().enumerate().map(|(i, letter)| ((*letter).to_owned(), of(i))).collect::<Map<_, _>>().into()
    };
    let (errors, intervals) = (p.standard_errors(), p.intervals());
    let covariance: Vec<&[f64]> = p.covariance.iter().map(<[f64; N]>::as_slice).collect();
    let object = json!({
        "params": by_letter(&|i| p.values[i].into()),
        "standard_errors": by_letter(&|i| errors[i].into()),
        "intervals": by_letter(&|i| json!([intervals[i].0, intervals[i].1])),
        "covariance_of_logarithms": covariance,
        "log_likelihood": p.log_likelihood,
        "held_by_prior": p.held_by_prior,
    });
    object.as_object().cloned().unwrap_or_default()
}

fn held_out_json(check: &HeldOut) -> Value {
    let errors = |e: &Errors| json!({"mae": e.mae, "rmse": e.rmse, "total": e.total, "bias": e.bias});
    let class = |c: &Class| {
        json!({
            "frequency": c.x, "and_more": c.and_more, "customers": c.customers,
            "actual": interval(&c.actual), "model": c.model, "naive": c.naive,
        })
    };
    json!({
        "calibrated_until": check.calibrated_until,
        "until": check.until,
        "days": check.days(),
        "customers": check.customers,
        "actual_orders": check.actual_total,
        "model": errors(&check.model),
        "naive": errors(&check.naive),
        "naive_rule": "past rate goes on",
        "calibration": check.classes.iter().map(class).collect::<Vec<_>>(),
        "verdict": check.verdict,
        "sentence": check.in_words(),
    })
}

fn customer_json(line: &Line, as_of: Day, unit: f64, major: impl Fn(i64) -> Value) -> Value {
    let (b, o) = (&line.customer.buyer, &line.outlook);
    let next = &o.next_order;
    json!({
        "customer_id": line.who.shop_id,
        "email": line.who.email,
        "frequency": b.x,
        "recency": f64::from(b.tx) / unit,
        "T": f64::from(b.t) / unit,
        "monetary_value": (b.x > 0).then(|| major(b.repeat_spend).as_f64().map(|spent| spent / f64::from(b.x))),
        "historic_value": major(b.historic),
        "p_alive": interval(&o.p_alive),
        "expected_orders": interval(&o.orders),
        "orders_range": [o.orders_range.0, o.orders_range.1],
        "predicted_value": interval(&o.value),
        "next_order": {
            "median": day_after(as_of, next.value),
            "low": day_after(as_of, next.low),
            "high": day_after(as_of, next.high),
        },
    })
}

/// Everything, with the customers that were asked for.
pub(super) fn value(value: &LifetimeValue, lines: &[Line], args: &ClvArgs) -> Value {
    let (base, totals, unit) = (&value.base, &value.totals, args.time_unit);
    let fit = base.fit.in_unit(unit.days());
    let major = |minor: i64| json!(base.currency.major(minor));
    let spend = &base.spend;
    let mut spend_json = spend.fit.as_ref().map(|f| parameters_json(gamma_gamma::LETTERS, f)).unwrap_or_default();
    let beside = json!({
        "model": if spend.fit.is_some() { "gamma-gamma" } else { "mean" },
        "fallback": spend.fallback,
        "customers": spend.spenders,
        "without_value": spend.without_value,
        "correlation_of_frequency_and_value": spend.correlation,
    });
    spend_json.extend(beside.as_object().cloned().unwrap_or_default());
    let mut out = json!({
        "as_of": base.as_of,
        "currency": base.currency,
        "definitions": value.definitions,
        "model": base.fit.model,
        "time_unit": unit.name(),
        "source": base.fit.model.source(),
        "method": METHOD,
        "buyers": base.fit.buyers,
        "repeat_buyers": base.fit.repeat_buyers,
        "spend": spend_json,
        "horizon_days": base.settings.horizon,
        "discount_per_year": base.settings.discount,
        "totals": {
            "alive": interval(&totals.alive),
            "churned_share": interval(&totals.churned()),
            "expected_orders": interval(&totals.orders),
            "predicted_value": interval(&totals.value),
            "historic_value": major(totals.historic_minor),
            "would_settle": totals.would_settle,
        },
        "held_out": match &value.held_out {
            Ok(check) => held_out_json(check),
            Err(unfit) => json!({"missing": unfit.to_string()}),
        },
        "customers": lines.iter().map(|l| customer_json(l, base.as_of, unit.days(), major)).collect::<Vec<_>>(),
        "customers_left_out": base.fit.buyers.saturating_sub(lines.len() as u64),
    });
    if let Some(object) = out.as_object_mut() {
        object.extend(parameters_json(base.fit.model.letters(), &fit));
    }
    out
}
