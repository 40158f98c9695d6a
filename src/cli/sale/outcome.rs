//! `sale pacing` and `sale post-mortem`: a sale while it runs, and what it brought.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, SecondsFormat};
use clap::Args;
use serde_json::{Value, json};

use super::forecast::{major, reckoned};
use super::{as_json, plan_as_begun};
use crate::analytics::aftermath::lines::{Line, What};
use crate::analytics::aftermath::{Effect, Followed, HORIZONS, said};
use crate::analytics::pacing::{self, Pace};
use crate::analytics::sale::Taken;
use crate::cli::args::day;
use crate::cli::output::{self, count};
use crate::cli::segments::too_little;
use crate::jobs::Progress;
use crate::model::plan::Expected;
use crate::model::{Currency, Day, SalePlan, TooLittle};
use crate::ops::Session;
use crate::ops::aftermath::{Pacing, PostMortem};
use crate::workspace::Access;

#[derive(Args)]
pub struct OutcomeArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of a saved sale, or a file with its JSON
    #[arg(long)]
    pub plan: String,
    /// File with the JSON of what was expected when the plan was frozen, as `sale expect` prints it
    #[arg(long)]
    pub expected: Option<PathBuf>,
    /// Last day that is known; the last one with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What a command was asked for: the plan, what was expected of it, and the currency of all amounts.
struct Asked {
    session: Session,
    plan: SalePlan,
    expected: Option<Expected>,
    currency: Currency,
}

fn asked(args: &OutcomeArgs) -> Result<Asked> {
    let session = Session::open(&args.file, Access::Read)?;
    let (plan, kept) = plan_as_begun(&session, &args.plan)?;
    let expected = args.expected.as_deref().map(read_expected).transpose()?.or(kept);
    let currency = session.definitions()?.currency;
    Ok(Asked { session, plan, expected, currency })
}

fn read_expected(path: &Path) -> Result<Expected> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
    serde_json::from_str(&text).map_err(|why| anyhow!("{shown} does not say what was expected of a sale: {why}"))
}

pub fn pacing(args: &OutcomeArgs) -> Result<()> {
    let Asked { mut session, plan, expected, currency } = asked(args)?;
    let found = session.pace_sale(&plan, expected.as_ref(), args.as_of, &Progress::none())?;
    if args.json {
        return output::json(&pacing_as_json(&plan, &found, currency));
    }
    output::line(format!("{}: {}", plan.name, pacing::said::clock(found.span, found.now)))?;
    early(&plan);
    output::line(pacing::said::verdict(&found.revenue, currency))?;
    for pace in [&found.revenue, &found.orders] {
        output::line(format!("  {}", pacing::said::pace(pace, currency)))?;
    }
    let taken = &found.taken;
    output::line(format!(
        "  Discounts given: {} on {} of {} orders",
        currency.display(taken.discounts),
        count(taken.discounted),
        count(taken.orders)
    ))?;
    if let Some(replay) = &found.replay {
        output::line("")?;
        let row = |(tier, sums): (&crate::model::plan::Tier, &crate::analytics::sale::TierOutcome)| {
            vec![
                tier.name.clone(),
                count(sums.applied),
                currency.display(sums.discount + sums.shipping + sums.gifts),
                currency.display(sums.baskets.revenue()),
            ]
        };
        let rows: Vec<_> = plan.tiers.iter().zip(&replay.tiers).map(row).collect();
        output::line(output::table(&["Tier", "Baskets", "The plan gives them", "Goods paid"], &rows, &[]))?;
    }
    output::line("")?;
    let row = |(name, units, paid): &(String, f64, i64)| vec![name.clone(), units.to_string(), currency.display(*paid)];
    let rows: Vec<_> = found.products.iter().map(row).collect();
    output::line(output::table(&["Product", "Units so far", "Paid"], &rows, &[]))
}

pub fn post_mortem(args: &OutcomeArgs) -> Result<()> {
    let Asked { mut session, plan, expected, currency } = asked(args)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Looking back", &progress);
    let found = session.post_mortem(&plan, expected.as_ref(), args.as_of, &progress)?;
    let found = found.map_err(|missing| too_little(&missing))?;
    if args.json {
        return output::json(&post_mortem_as_json(&plan, &found, currency));
    }
    output::line(format!("{}: known up to {}", plan.name, found.found.as_of.display()))?;
    early(&plan);
    output::line(said::verdict(&found.found, currency))?;
    let reasons = said::reasons(&found.found, currency);
    reasons.iter().try_for_each(|line| output::line(format!("  {line}")))?;
    output::line("")?;
    output::line(lines(&found.lines, currency))?;
    output::line("")?;
    output::line("What the next plan should assume")?;
    said::next(&found.found, found.top_up.as_ref()).iter().try_for_each(|line| output::line(format!("  {line}")))
}

/// Figures of the outcome begin with the sale for everybody.
fn early(plan: &SalePlan) {
    if let Some(words) = said::early_access(plan) {
        output::message(words);
    }
}

fn lines(lines: &[Line], currency: Currency) -> String {
    let show = |what: &What, value: Option<f64>| match value {
        None => "—".to_owned(),
        Some(value) if what.is_money() => currency.display(value.round() as i64),
        Some(value) => count(value.round().max(0.0) as u64),
    };
    let row = |line: &Line| {
        let within = line.within.map_or_else(
            || "—".to_owned(),
            |(low, high)| format!("{}–{}", show(&line.what, Some(low)), show(&line.what, Some(high))),
        );
        vec![
            line.what.name(),
            show(&line.what, line.planned),
            within,
            show(&line.what, line.came),
            line.off().map_or_else(|| "—".into(), said::share),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    output::table(&["", "Planned", "With 95%", "Came", "Off by"], &rows, &[])
}

fn moment(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn missing(missing: &TooLittle) -> Value {
    json!({"have": missing.have, "need": missing.need, "of": missing.what})
}

fn taken(taken: &Taken, currency: Currency) -> Value {
    json!({
        "orders": taken.orders,
        "discounted_orders": taken.discounted,
        "revenue": currency.major(taken.revenue),
        "goods_before_discounts": currency.major(taken.goods),
        "discounts": currency.major(taken.discounts),
        "margin": taken.margin().map(|margin| margin / currency.scale() as f64),
    })
}

fn pacing_as_json(plan: &SalePlan, found: &Pacing, currency: Currency) -> Value {
    let pace = |pace: &Pace| {
        let value = |value: f64| major(pace.of, currency, value);
        let projected = pace.projected();
        json!({
            "so_far": value(pace.so_far),
            "expected_share": pace.share.middle,
            "expected_share_within_95": (pace.sales >= 3).then(|| pace.share.within(0.95)),
            "past_sales": pace.sales,
            "expected": pace.expected.map(|expected| reckoned(pace.of, currency, &expected)),
            "expected_by_now": pace.expected_by_now().map(|expected| reckoned(pace.of, currency, &expected)),
            "projected": projected.map(|(end, _)| value(end)),
            "projected_within_95": projected.and_then(|(_, within)| within).map(|(a, b)| [value(a), value(b)]),
        })
    };
    let tiers = found.replay.as_ref().map(|replay| {
        let tiers = plan.tiers.iter().zip(&replay.tiers);
        tiers.map(|(plan, sums)| as_json::tier(replay, plan, sums)).collect::<Vec<_>>()
    });
    let product =
        |(name, units, paid): &(String, f64, i64)| json!({"name": name, "units": units, "paid": currency.major(*paid)});
    json!({
        "plan": plan.name,
        "currency": currency,
        "from": moment(found.span.from),
        "to": moment(found.span.to),
        "known_until": moment(found.now),
        "hours": (found.now - found.span.from) as f64 / 3_600.0,
        "of_hours": (found.span.to - found.span.from) as f64 / 3_600.0,
        "revenue": pace(&found.revenue),
        "orders": pace(&found.orders),
        "taken": taken(&found.taken, currency),
        "tiers": tiers,
        "products": found.products.iter().map(product).collect::<Vec<_>>(),
        "words": pacing::said::verdict(&found.revenue, currency),
    })
}

fn post_mortem_as_json(plan: &SalePlan, of: &PostMortem, currency: Currency) -> Value {
    let found = &of.found;
    let scale = currency.scale() as f64;
    let effect = |effect: &Effect| {
        let value = |value: f64| major(effect.baseline.of, currency, value);
        let ((lift, lift_within), (net, net_within)) = (effect.lift(), effect.net());
        json!({
            "came": value(effect.came),
            "baseline": reckoned(effect.baseline.of, currency, &effect.baseline.sum),
            "rule": effect.baseline.rule.name(),
            "lift": lift,
            "lift_within_95": lift_within,
            "net": value(net),
            "net_within_95": [value(net_within.0), value(net_within.1)],
        })
    };
    let after = match &found.after {
        Ok(after) => json!({
            "until": after.until,
            "orders": effect(&after.orders),
            "revenue": effect(&after.revenue),
            "with_sale": {"orders": effect(&after.orders_together), "revenue": effect(&after.revenue_together)},
        }),
        Err(too_little) => missing(too_little),
    };
    let pulled = match &found.pulled {
        Ok(pulled) => {
            let (orders, within) = pulled.orders();
            json!({
                "days": pulled.days,
                "customers": pulled.customers,
                "seen": pulled.seen,
                "orders": orders,
                "orders_within_95": within,
                "of_net_orders": pulled.share().map(|share| share.0),
                "of_net_orders_within_95": pulled.share().map(|share| share.1),
                "windows": pulled.windows,
            })
        }
        Err(too_little) => missing(too_little),
    };
    let margin = found.margin.map(|margin| {
        json!({
            "came": margin.came / scale,
            "rate": margin.rate,
            "usual_rate": margin.usual_rate,
            "net": margin.net.0 / scale,
            "net_within_95": [margin.net.1.0 / scale, margin.net.1.1 / scale],
        })
    });
    let line = |line: &Line| {
        let value = |value: f64| if line.what.is_money() { value / scale } else { value };
        json!({
            "what": line.what.name(),
            "planned": line.planned.map(value),
            "within_95": line.within.map(|(low, high)| [value(low), value(high)]),
            "came": line.came.map(value),
            "off": line.off(),
        })
    };
    json!({
        "plan": plan.name,
        "currency": currency,
        "from": moment(found.span.from),
        "to": moment(found.span.to),
        "known_until": found.as_of,
        "words": said::verdict(found, currency),
        "orders": effect(&found.orders),
        "revenue": effect(&found.revenue),
        "margin": margin,
        "taken": taken(&found.taken, currency),
        "after": after,
        "pulled_forward": pulled,
        "won": won(of, scale),
        "lines": of.lines.iter().map(line).collect::<Vec<_>>(),
        "expected": of.expected,
        "next": {
            "lift": found.orders.lift().0,
            "lift_within_95": found.orders.lift().1,
            "top_up": of.top_up.map(|top_up| top_up.share),
            "top_up_within_95": of.top_up.map(|top_up| top_up.within),
            "discounts_of_goods": found.taken.depth(),
        },
    })
}

fn won(of: &PostMortem, scale: f64) -> Value {
    let won = &of.found.won;
    let group = |followed: &Followed| {
        json!({
            "customers": followed.customers,
            "repeat_share": followed.repeat_share(),
            "repeat_share_within_95": followed.repeat_within(),
            "revenue_per_customer": followed.per_customer().map(|value| value / scale),
        })
    };
    let horizons = HORIZONS.iter().zip(&won.followed).map(|(days, (discount, without, difference))| {
        json!({
            "days": days,
            "at_a_discount": group(discount),
            "without": group(without),
            "difference": match difference {
                Ok(difference) => json!({
                    "repeat_share": difference.repeat.0,
                    "repeat_share_within_95": difference.repeat.1,
                    "revenue_per_customer": difference.per_customer.0 / scale,
                    "revenue_per_customer_within_95":
                        [difference.per_customer.1.0 / scale, difference.per_customer.1.1 / scale],
                }),
                Err(too_little) => missing(too_little),
            },
        })
    });
    json!({"at_a_discount": won.at_a_discount, "without": won.without, "followed": horizons.collect::<Vec<_>>()})
}

/// What is expected of a sale, to be kept beside its plan.
pub fn expect(args: &super::forecast::ForecastArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let (plan, _) = plan_as_begun(&session, &args.plan)?;
    let found = session.expect_sale(&plan, args.target, args.as_of, &Progress::none())?;
    output::json(&serde_json::to_value(found.map_err(|missing| too_little(&missing))?)?)
}
