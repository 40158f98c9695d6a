//! Prints what opening and analysing a workspace takes, as JSON. Used by `benches/peers*.py`.
//!
//! `measure load FILE` opens a workspace to a ready dataset, once.
//! `measure analyse FILE [REPEATS]` scores RFM and builds the five segments from the dataset, repeatedly.
//! `measure rules FILE` counts members as a segment builder does while its rule is being changed.
//! `measure cohorts FILE [REPEATS]` counts the monthly retention matrix and follows the customers who moved between the
//! segments of two dates a year apart, repeatedly.
//! `measure kpi FILE [REPEATS]` computes the whole KPI dashboard of the last 12 months from the dataset, repeatedly.
//! `measure paths FILE [REPEATS]` follows the buyers through three orders and looks at their discounts, repeatedly.
//! `measure sale FILE [REPEATS]` replays the framework's sale over the whole history, side by side and (with a budget
//! that nothing reaches) one order after the other, and finds the shop's past sales, repeatedly.
//! `measure triggers FILE [REPEATS]` replays the first six sequences of the templates over the whole history, limits and
//! all, repeatedly, and tells what reading carts, looks and consents takes.
//! `measure joined FILE [REPEATS]` joins every customer, as one who took part in an experiment, with the shop's orders,
//! with all measures, halves and the course by day, repeatedly.
//! `measure touches FILE [REPEATS]` reads all touchpoints into columns, and makes the ledger of claims, repeatedly.
//! `measure experiment COUNT` analyses the men's part of Hillstrom's e-mail test (visit, conversion, spend) so many times.
//! `measure attribution PATHS.csv [REPEATS]` reads a table of paths and shares its orders out by every model, with a chain of
//! one step, repeatedly; then once with intervals.
//! `measure clv SUMMARY.csv [REPEATS]` groups the histories of a table of frequency, recency and T in whole days, fits
//! BG/NBD and foretells 90 days, repeatedly.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use cartwright::analytics::attribution;
use cartwright::analytics::clv::{History, Model, Sample, fit};
use cartwright::analytics::cohorts;
use cartwright::analytics::discounts;
use cartwright::analytics::experiment::by_day;
use cartwright::analytics::experiment::joined::{Exposed, Window, join};
use cartwright::analytics::experiment::{Arm, Measure, MetricSpec, Moments, Settings, analyse};
use cartwright::analytics::kpi;
use cartwright::analytics::movement::{Groups, movement};
use cartwright::analytics::paths;
use cartwright::analytics::rfm::{self, Binning, Scores};
use cartwright::analytics::sale::{Question, Resolved, past_sales, past_window, replay};
use cartwright::analytics::segments::segment_table;
use cartwright::analytics::triggers;
use cartwright::framework::benchmarks::benchmarks;
use cartwright::import::paths_table::SEPARATOR;
use cartwright::jobs::Progress;
use cartwright::model::definitions::{Definitions, YEAR_DAYS};
use cartwright::model::experiment::{METRICS, Metric};
use cartwright::model::figure::Value;
use cartwright::model::kpi::Grain;
use cartwright::model::plan::Amount;
use cartwright::model::sequence::templates;
use cartwright::model::{Board, Dataset, Day, Rule, SalePlan};
use cartwright::ops::Session;
use cartwright::ops::attribution::paths_of;
use cartwright::ops::session::last_day;
use cartwright::workspace::Access;
use serde_json::json;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (what, file) = match args.as_slice() {
        [what, file, ..] => (what.as_str(), Path::new(file)),
        _ => bail!(
            "usage: measure load|analyse|rules|cohorts|kpi|paths|sale|triggers|joined|touches|attribution|clv FILE [REPEATS], or experiment COUNT"
        ),
    };
    let repeats: usize = args.get(2).map_or(Ok(7), |n| n.parse()).context("REPEATS is a number")?;
    if what == "experiment" {
        return experiment(args[1].parse().context("COUNT is a number")?);
    }
    if what == "clv" {
        return clv(file, repeats);
    }
    if what == "attribution" {
        return share_out(file, repeats);
    }
    let started = Instant::now();
    let mut session = Session::open(file, Access::Read)?;
    let data = session.dataset(&Progress::none())?;
    let load = started.elapsed().as_secs_f64();
    if what == "load" {
        let (orders, lines) = (data.orders.id.len(), data.lines.product.len());
        println!("{}", json!({"seconds": load, "orders": orders, "lines": lines, "bytes": data.bytes()}));
        return Ok(());
    }
    if what == "rules" {
        return rules(&mut session);
    }
    if what == "triggers" {
        return sequences(&mut session, repeats);
    }
    if what == "cohorts" {
        return follow(&session.definitions()?, &data, repeats);
    }
    if what == "kpi" {
        return dashboard(&session.definitions()?, &data, repeats);
    }
    if what == "paths" {
        return habits(&session.definitions()?, &data, repeats);
    }
    if what == "joined" {
        return joined(&session.definitions()?, &data, repeats);
    }
    if what == "touches" {
        return touches(&mut session, repeats);
    }
    if what == "sale" {
        return sale(&session.definitions()?, &data, repeats);
    }
    let (definitions, as_of, progress) = (session.definitions()?, last_day(&data), Progress::none());
    let tiles = rfm::Settings { bins: 5, binning: Binning::Ntile };
    let mut seconds = Vec::new();
    let mut groups = Vec::new();
    let mut segments = Vec::new();
    for _ in 0..repeats {
        let started = Instant::now();
        let Ok(table) = segment_table(&data, &definitions, as_of, None, &progress)? else { bail!("no customers") };
        // Both stand on the same facts of each customer.
        let Ok(scores) = rfm::scores(&table.facts, as_of, &tiles) else { bail!("too few buyers") };
        groups = ["Champions", "Loyal", "New", "At risk", "Others"].map(|name| (name, 0_u64)).to_vec();
        for group in scores.iter().filter_map(|s| of_the_peer(*s)) {
            groups[group].1 += 1;
        }
        seconds.push(started.elapsed().as_secs_f64());
        segments = table.rows.iter().map(|r| r.customers).collect();
    }
    println!("{}", json!({"seconds": seconds, "groups": groups, "segments": segments}));
    Ok(())
}

/// The five groups that the query of `peers.py` counts, so that both count the same.
fn of_the_peer(s: Scores) -> Option<usize> {
    Some(match (s.r, s.f, s.m) {
        (0, _, _) => return None,
        (4.., 4.., 4..) => 0,
        (3.., 4.., _) => 1,
        (4.., ..=2, _) => 2,
        (..=2, 3.., _) => 3,
        _ => 4,
    })
}

/// Every model over a table of paths.
fn share_out(file: &Path, repeats: usize) -> Result<()> {
    let settings = attribution::Settings { resamples: 0, order: attribution::Order::Fixed(1), ..Default::default() };
    let (mut read, mut seconds, mut removal) = (Vec::new(), Vec::new(), serde_json::Map::new());
    let mut paths = attribution::Paths::default();
    for _ in 0..repeats {
        let started = Instant::now();
        paths = paths_of(file, SEPARATOR, 100.0, &Progress::none())?.paths;
        read.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        let Ok(found) = attribution::share_out(&paths, &settings, &Progress::none())? else { bail!("no orders") };
        seconds.push(started.elapsed().as_secs_f64());
        removal = found
            .channels
            .iter()
            .map(|one| (one.channel.clone(), json!(one.removal.map(|removal| removal.effect))))
            .collect();
    }
    let started = Instant::now();
    let settings = attribution::Settings { resamples: attribution::Settings::default().resamples, ..settings };
    let _ = attribution::share_out(&paths, &settings, &Progress::none())?;
    let with_intervals = started.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({"journeys": paths.len(), "seconds_to_read": read, "seconds": seconds, "removal": removal,
               "resamples": settings.resamples, "seconds_with_intervals": with_intervals})
    );
    Ok(())
}

/// Six sequences together.
fn sequences(session: &mut Session, repeats: usize) -> Result<()> {
    let (six, progress) = (templates::all().into_iter().take(6).collect::<Vec<_>>(), Progress::none());
    let started = Instant::now();
    let prepared = session.prepare_sequences(&six, None, &progress)?;
    let (read, mut seconds, mut sent, mut customers) = (started.elapsed().as_secs_f64(), Vec::new(), 0, 0);
    for _ in 0..repeats {
        let started = Instant::now();
        let replay = triggers::replay(&prepared.question(), &progress)?;
        seconds.push(started.elapsed().as_secs_f64());
        (sent, customers) = (replay.sent, replay.customers);
    }
    let names: Vec<&str> = six.iter().map(|sequence| sequence.name.as_str()).collect();
    println!(
        "{}",
        json!({"sequences": names, "customers": customers, "sent": sent, "seconds_to_read": read, "seconds": seconds})
    );
    Ok(())
}

/// Product paths and discounts.
fn habits(definitions: &Definitions, data: &Dataset, repeats: usize) -> Result<()> {
    let (as_of, progress) = (last_day(data), Progress::none());
    let Ok(table) = segment_table(data, definitions, as_of, None, &progress)? else { bail!("no customers") };
    let (mut walked, mut looked, mut buyers, mut on_sale) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..repeats {
        let started = Instant::now();
        let settings = paths::Settings::default();
        let Ok(found) = paths::paths(data, definitions, as_of, settings, &progress)? else { bail!("no buyers") };
        walked.push(started.elapsed().as_secs_f64());
        buyers = found.buyers;
        let started = Instant::now();
        let Ok(found) = discounts::discounts(data, definitions, &table, &progress)? else { bail!("no buyers") };
        looked.push(started.elapsed().as_secs_f64());
        on_sale = found.total.on_sale;
    }
    println!("{}", json!({"paths": walked, "discounts": looked, "buyers": buyers, "orders_on_sale": on_sale}));
    Ok(())
}

/// Cohorts and movement.
fn follow(definitions: &Definitions, data: &Dataset, repeats: usize) -> Result<()> {
    let (as_of, progress) = (last_day(data), Progress::none());
    let settings = cohorts::Settings { ages: 600, ..cohorts::Settings::default() };
    let (mut matrix, mut moves, mut cells, mut moved) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..repeats {
        let started = Instant::now();
        let Ok(found) = cohorts::cohorts(data, definitions, as_of, settings, &progress)? else { bail!("no orders") };
        matrix.push(started.elapsed().as_secs_f64());
        let cell = |row: &cohorts::Cohort| {
            let name = row.name.clone();
            let cell = move |(age, cell): (usize, &cohorts::Cell)| json!([name, age, cell.active]);
            row.cells.iter().enumerate().filter(|(_, cell)| cell.active > 0).map(cell).collect::<Vec<_>>()
        };
        cells = found.rows.iter().flat_map(cell).collect();
        let started = Instant::now();
        let days = (Day(as_of.0 - YEAR_DAYS), as_of);
        let Ok(found) =
            movement(data, definitions, Groups::Segments, days, (None, &rfm::Settings::default()), &progress)?
        else {
            bail!("no customers")
        };
        moves.push(started.elapsed().as_secs_f64());
        moved = found.moves.len();
    }
    println!("{}", json!({"cohorts": matrix, "cells": cells, "movement": moves, "moved": moved}));
    Ok(())
}

/// The KPI dashboard of orders, its values by where they stand.
fn dashboard(definitions: &Definitions, data: &Dataset, repeats: usize) -> Result<()> {
    let (board, known, assumptions) = (Board::default(), kpi::Known::default(), BTreeMap::new());
    let shop = kpi::Shop {
        data,
        definitions,
        as_of: last_day(data),
        board: &board,
        benchmarks: benchmarks(),
        assumptions: &assumptions,
        measurements: &[],
        known: &known,
        annotations: &[],
    };
    let settings = kpi::KpiSettings { grain: Some(Grain::Month), ..Default::default() };
    let (mut seconds, mut last) = (Vec::new(), None);
    for _ in 0..repeats {
        let started = Instant::now();
        last = Some(kpi::kpis(&shop, &settings, &Progress::none())?);
        seconds.push(started.elapsed().as_secs_f64());
    }
    let found = last.context("REPEATS is at least 1")?;
    let mut values: BTreeMap<String, BTreeMap<&str, f64>> = BTreeMap::new();
    for row in &found.rows {
        let of = |value: Option<Value>| value.map(Value::number);
        let year = row.last_year;
        let mut told = vec![
            ("period".to_owned(), row.value),
            ("against".into(), row.previous),
            ("weekdays".into(), year.and_then(|year| year.weekdays)),
            ("dates".into(), year.and_then(|year| year.dates)),
        ];
        for (n, point) in row.course.iter().enumerate() {
            told.push((format!("step {}", n + 1), point.value));
            told.push((format!("before {}", n + 1), point.year_before));
        }
        for (place, value) in told {
            let place = values.entry(place).or_default();
            if let Some(value) = of(value) {
                place.insert(row.metric.metric().key, value);
            }
        }
    }
    let steps: Vec<_> =
        found.rows.first().map_or_else(Vec::new, |row| row.course.iter().map(|p| (p.from, p.to)).collect());
    println!(
        "{}",
        json!({"seconds": seconds, "period": found.period, "against": found.against, "weekdays": found.last_year,
               "dates": found.last_year_dates, "steps": steps, "values": values,
               "metrics": found.rows.iter().filter(|row| row.value.is_some()).count()})
    );
    Ok(())
}

/// 15 % from 50, 20 % from 100, free shipping from 75.
fn framework_sale(definitions: &Definitions) -> Result<SalePlan> {
    let currency = definitions.currency;
    let plan = json!({
        "name": "Sale", "starts": "2026-10-23T10:00:00", "ends": "2026-10-26T10:00:00", "tiers": [
            {"name": "15% off", "benefit": {"percent_off": 15}, "when": {"from": format!("50 {currency}")}},
            {"name": "20% off", "benefit": {"percent_off": 20}, "when": {"from": format!("100 {currency}")}},
            {"name": "Free shipping", "benefit": "free_shipping", "when": {"from": format!("75 {currency}")},
                "stacking": "with_others"},
        ]
    });
    Ok(serde_json::from_value(plan)?)
}

fn sale(definitions: &Definitions, data: &Dataset, repeats: usize) -> Result<()> {
    let (progress, resolved) = (Progress::none(), Resolved { audiences: vec![None; 3], ..Resolved::default() });
    let plan = framework_sale(definitions)?;
    let mut limited = plan.clone();
    let minor = i64::MAX / 2;
    limited.caps.budget = Some(Amount { minor, currency: definitions.currency });
    let Ok(window) = past_window(data, definitions, &plan, data.span) else { bail!("no orders") };
    let ask = |plan| Question { data, definitions, plan, resolved: &resolved, window };
    let (mut seconds, mut in_order, mut lift, mut totals) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..repeats {
        let started = Instant::now();
        let found = replay(&ask(&plan), &progress)?;
        seconds.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        let same = replay(&ask(&limited), &progress)?;
        in_order.push(started.elapsed().as_secs_f64());
        anyhow::ensure!(found.nobody == same.nobody, "a budget that nothing reaches changes nothing");
        let started = Instant::now();
        past_sales(data, definitions, &progress)?;
        lift.push(started.elapsed().as_secs_f64());
        let [low, high, ship] = [0, 1, 2].map(|n| &found.tiers[n]);
        let count = |n: u64| n as i64;
        totals = vec![
            count(found.nobody.baskets),
            found.nobody.goods,
            count(low.qualifies),
            count(ship.qualifies),
            count(high.qualifies),
            count(low.near),
            count(ship.near),
            count(high.near),
            found.nobody.discount,
            found.nobody.shipping,
            found.were.to_full_price,
        ];
    }
    println!("{}", json!({"seconds": seconds, "in_order": in_order, "lift": lift, "totals": totals}));
    Ok(())
}

/// Everybody, as if they had taken part in an experiment.
/// Touchpoints read into columns, and the ledger of claims over a year of them.
fn touches(session: &mut Session, repeats: usize) -> Result<()> {
    let progress = Progress::none();
    let started = Instant::now();
    let found = session.touches(&progress)?;
    let read = started.elapsed().as_secs_f64();
    let mut seconds = Vec::new();
    for _ in 0..repeats {
        let started = Instant::now();
        session.claims((None, None), cohorts::Step::Month, 30, &progress)?;
        seconds.push(started.elapsed().as_secs_f64());
    }
    println!(
        "{}",
        json!({"read_seconds": read, "touches": found.len(), "tied": found.tied, "claims_seconds": seconds})
    );
    Ok(())
}

fn joined(definitions: &Definitions, data: &Dataset, repeats: usize) -> Result<()> {
    let as_of = last_day(data);
    let starts = Day(as_of.0 - 200);
    let begin = definitions.zone.to_utc(starts.date().and_time(chrono::NaiveTime::MIN));
    let n = data.customers.id.len() as u32;
    let exposed = Exposed {
        variants: vec!["A".into(), "B".into()],
        variant: (0..n).map(|customer| customer.wrapping_mul(2_654_435_761) >> 31).collect(),
        customer: (0..n).collect(),
        at: (0..i64::from(n)).map(|customer| begin + customer * 7_919 % (28 * 86_400)).collect(),
    };
    let window = Window { starts: Some(starts), ends: None, days: Some(90), before: Some(180) };
    let metrics: Vec<Metric> = METRICS.iter().map(|(metric, _)| metric.clone()).collect();
    let progress = Progress::none();
    let (mut seconds, mut orders, mut days) = (Vec::new(), 0, 0);
    for _ in 0..repeats {
        let started = Instant::now();
        let joined = join(data, definitions, &exposed, window, as_of, &progress)?;
        let values = joined.values(&metrics);
        let (arms, halves) = (values.arms(|_| true), values.halves());
        days = by_day::of_orders(&joined, &Metric::Revenue, None, &progress)?.len();
        seconds.push(started.elapsed().as_secs_f64());
        orders = joined.events.len();
        anyhow::ensure!(arms.len() == 2 && halves.is_some(), "both variants have people");
    }
    println!("{}", json!({"seconds": seconds, "customers": n, "orders": orders, "days": days}));
    Ok(())
}

/// Rules as they follow each other while somebody builds one: thresholds move, days and products change, groups grow.
fn edits() -> Vec<String> {
    let mut edits = Vec::new();
    for step in 1..=10 {
        let days = 30 * step;
        edits.push(format!("orders >= {step}"));
        edits.push(format!("spend >= {}", 25 * step));
        edits.push(format!("orders >= 1 in last {days} days"));
        edits.push(format!("spend >= 50 in last {days} days and not last_order within {step} days"));
        edits.push(format!("sale_share >= 0.{} in last {days} days", step % 10));
        edits.push(format!("orders >= {step} where (channel known, on_sale yes) in last {days} days"));
        edits.push(format!(
            "orders >= 1 where (product contains {}) and orders = 0 in last {step} days",
            (b'a' + step as u8) as char
        ));
        edits.push(format!(
            "units >= {step} where (category contains {}) or country is DE",
            (b'a' + step as u8) as char
        ));
        edits.push(format!("(consent[email] yes or has_phone yes) and product_spend >= {days} and not country is US"));
        edits.push(format!(
            "order_average between {step} and {days} and products >= 2 and segment is not \"VIP/Loyal\""
        ));
    }
    edits
}

fn rules(session: &mut Session) -> Result<()> {
    let progress = Progress::none();
    let started = Instant::now();
    let sieve = session.sieve(None, &progress)?;
    let prepare = started.elapsed().as_secs_f64();
    let mut timed = Vec::new();
    for text in edits() {
        let rule = Rule::parse(&text).map_err(anyhow::Error::msg)?;
        rule.check().map_err(anyhow::Error::msg)?;
        let started = Instant::now();
        let count = sieve.count(&sieve.members(&rule, &progress)?);
        timed.push((started.elapsed().as_secs_f64(), count.customers, text));
    }
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |share: f64| timed[((timed.len() - 1) as f64 * share).round() as usize].0;
    println!(
        "{}",
        json!({
            "customers": sieve.facts.len(), "orders": sieve.shop.data.orders.id.len(), "prepare_seconds": prepare,
            "rules": timed.len(), "p50_ms": at(0.5) * 1e3, "p95_ms": at(0.95) * 1e3, "max_ms": at(1.0) * 1e3,
            "slowest": timed.iter().rev().take(8).map(|(s, n, text)| json!([s * 1e3, n, text])).collect::<Vec<_>>(),
        })
    );
    Ok(())
}

fn clv(file: &Path, repeats: usize) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let row = |line: &str| -> Option<(u32, u32, u32)> {
        let mut cells = line.split(',').map(str::parse);
        Some((cells.next()?.ok()?, cells.next()?.ok()?, cells.next()?.ok()?))
    };
    let histories: Vec<_> = text.lines().filter_map(row).collect();
    let (mut fits, mut foretells, mut found, mut orders) = (Vec::new(), Vec::new(), None, 0.0);
    for _ in 0..repeats {
        let started = Instant::now();
        let (sample, _) = Sample::new(&histories);
        let fit = fit(Model::BgNbd, &sample)?;
        fits.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        let expected = |&(x, tx, t): &(u32, u32, u32)| {
            let h = History { x: x.into(), tx: tx.into(), t: t.into() };
            fit.params().expected_orders(&h, 90.0)
        };
        orders = histories.iter().map(expected).sum();
        foretells.push(started.elapsed().as_secs_f64());
        found = Some(fit.parameters);
    }
    let found = found.context("REPEATS is at least 1")?;
    let values: Vec<f64> = found.values.to_vec();
    println!(
        "{}",
        json!({"customers": histories.len(), "fit": fits, "foretell": foretells, "r_alpha_a_b": values, "log_likelihood": found.log_likelihood, "orders_90_days": orders})
    );
    Ok(())
}

/// The whole analysis: both engines, checks and verdicts.
fn experiment(count: usize) -> Result<()> {
    let arm = |name: &str, users, visits, conversions, sum, squares| {
        let spend = Measure::Mean { values: Moments::from_sums(users, sum, squares) };
        let shares = [visits, conversions].map(|successes| Measure::Proportion { successes }.into());
        Arm { name: name.into(), users, measures: vec![shares[0], shares[1], spend.into()] }
    };
    let arms = [
        arm("No e-mail", 21_306, 2_262, 122, 13_908.33, 2_870_050.362_1),
        arm("Men’s e-mail", 21_307, 3_894, 267, 30_311.69, 6_759_024.497_3),
    ];
    let metrics =
        ["Visit", "Conversion", "Spend"].map(|name| MetricSpec { name: name.into(), ..MetricSpec::default() });
    let settings = Settings::default();
    let (all, of_means) =
        (Instant::now(), &arms.each_ref().map(|arm| Arm { measures: vec![arm.measures[2]], ..arm.clone() }));
    let mut found = None;
    for _ in 0..count {
        found = Some(analyse(&arms, &metrics, &settings));
    }
    let seconds = all.elapsed().as_secs_f64();
    let started = Instant::now();
    for _ in 0..count {
        std::hint::black_box(analyse(of_means, &metrics[2..], &settings));
    }
    let of_spend = started.elapsed().as_secs_f64();
    let found = found.context("COUNT is at least 1")?;
    let figures: Vec<_> = found
        .metrics
        .iter()
        .filter_map(|metric| {
            let comparison = metric.comparisons.first()?;
            let (relative, always) = (comparison.relative?, comparison.always?);
            Some(json!({"lift": relative.estimate, "error": relative.error, "always": always.relative}))
        })
        .collect();
    println!("{}", json!({"analyses": count, "seconds": seconds, "of_spend": of_spend, "figures": figures}));
    Ok(())
}
