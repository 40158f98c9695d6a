//! Hold-outs in words and as JSON.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use crate::analytics::holdout::{Arm, Difference, Drawn};
use crate::cli::output::{self, count, percent};
use crate::model::{Currency, Day};
use crate::ops::holdout::Read;

fn minor(amount: f64, currency: Currency) -> String {
    format!("{} {currency}", currency.plain(amount.round() as i64))
}

fn major(amount: f64, currency: Currency) -> f64 {
    amount / currency.scale() as f64
}

/// What was drawn and what it will see.
pub fn drawn(drawn: &Drawn, currency: Currency, days: i32) -> Result<()> {
    let all = (drawn.control.len() + drawn.written.len()) as u64;
    output::line(format!(
        "{} of {} are held out, {} are written to",
        count(drawn.control.len() as u64),
        count(all),
        count(drawn.written.len() as u64)
    ))?;
    let rows: Vec<Vec<String>> = drawn
        .strata
        .iter()
        .map(|one| {
            let share = one.control as f64 / one.members.max(1) as f64;
            vec![one.name.clone(), count(one.members), count(one.control), percent(Some(share))]
        })
        .collect();
    output::line(output::table(&["Part of the audience", "People", "Held out", "Share"], &rows, &[0]))?;
    let v = &drawn.visible;
    let share = v.share.map_or_else(
        || "no difference of conversion can be seen: the groups are too small".to_owned(),
        |share| {
            format!(
                "the smallest difference of conversion that is seen four times in five is {:.2} points",
                share * 100.0
            )
        },
    );
    output::line(format!("In the {days} days before, {} of them bought; {share}", percent(Some(v.usual))))?;
    output::line(format!(
        "They brought {} each; the smallest difference that is seen is {}",
        minor(v.revenue, currency),
        minor(v.revenue_each, currency)
    ))
}

/// The same as JSON.
pub fn drawn_json(
    drawn: &Drawn,
    currency: Currency,
    name: &str,
    (starts, days): (Day, i32),
    files: &[PathBuf],
) -> Value {
    let v = &drawn.visible;
    json!({
        "name": name,
        "control": drawn.control.len(),
        "written": drawn.written.len(),
        "strata": drawn.strata,
        "starts": starts,
        "days": days,
        "currency": currency,
        "usual_conversion": v.usual,
        "smallest_conversion_difference": v.share,
        "usual_revenue_per_head": major(v.revenue, currency),
        "smallest_revenue_difference": major(v.revenue_each, currency),
        "power": 0.8,
        "confidence": 0.95,
        "files": files,
    })
}

/// What a hold-out shows.
pub fn read(found: &Read, currency: Currency) -> Result<()> {
    let (h, o) = (&found.holdout, &found.outcome);
    let state = match (o.as_of < o.days.0, o.is_over) {
        (true, _) => "not begun".to_owned(),
        (_, true) => "over".to_owned(),
        _ => format!("day {} of {}", o.as_of.0 - o.days.0.0 + 1, h.days),
    };
    output::line(format!("{}: {} – {}, {state} on {}", h.name, o.days.0, o.days.1, o.as_of.display()))?;
    let row = |name: &str, arm: &Arm| {
        let people = arm.people.max(1) as f64;
        vec![
            name.to_owned(),
            count(arm.people),
            count(arm.buyers),
            percent(Some(arm.buyers as f64 / people)),
            minor(arm.revenue as f64 / people, currency),
        ]
    };
    let rows = [row("Written to", &o.written), row("Held out", &o.control)];
    output::line(output::table(&["Group", "People", "Buyers", "Bought", "Revenue per head"], &rows, &[0]))?;
    let told = |name: &str, of: &Option<Difference>, print: &dyn Fn(f64) -> String| {
        output::line(match of {
            None => format!("{name}: cannot tell"),
            Some(d) => format!(
                "{name}: {} (95% {} – {}), {}",
                print(d.each),
                print(d.interval.0),
                print(d.interval.1),
                if d.is_certain() { "more than chance" } else { "may be chance" }
            ),
        })
    };
    told("Added conversion", &o.conversion, &|share| format!("{:+.2} points", share * 100.0))?;
    told("Added revenue per head", &o.revenue, &|amount| minor(amount, currency))?;
    told("Added margin per head", &o.margin, &|amount| minor(amount, currency))?;
    if found.gone > 0 {
        output::line(format!("{} people are no longer in the workspace and are left out", count(found.gone as u64)))?;
    }
    Ok(())
}

/// The same as JSON.
pub fn read_json(found: &Read, currency: Currency) -> Value {
    let (h, o) = (&found.holdout, &found.outcome);
    let arm = |arm: &Arm| json!({ "people": arm.people, "buyers": arm.buyers, "revenue": major(arm.revenue as f64, currency) });
    let money = |d: &Option<Difference>| {
        d.map(|d| {
            let ends = (major(d.interval.0, currency), major(d.interval.1, currency));
            json!({ "each": major(d.each, currency), "interval_95": ends, "certain": d.is_certain() })
        })
    };
    json!({
        "name": h.name,
        "audience": h.audience,
        "as_of": o.as_of,
        "from": o.days.0,
        "to": o.days.1,
        "over": o.is_over,
        "currency": currency,
        "written": arm(&o.written),
        "control": arm(&o.control),
        "conversion": o.conversion.map(|d| json!({ "each": d.each, "interval_95": d.interval, "certain": d.is_certain() })),
        "revenue": money(&o.revenue),
        "margin": money(&o.margin),
        "gone": found.gone,
    })
}
