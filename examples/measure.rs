//! Prints what opening and analysing a workspace takes, as JSON. Used by `benches/peers.py` and `benches/peers_clv.py`.
//!
//! `measure load FILE` opens a workspace to a ready dataset, once.
//! `measure analyse FILE [REPEATS]` scores RFM and builds the five segments from the dataset, repeatedly.
//! `measure clv SUMMARY.csv [REPEATS]` groups the histories of a table of frequency, recency and T in whole days, fits
//! BG/NBD and foretells 90 days, repeatedly.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use cartwright::analytics::clv::{History, Model, Sample, fit};
use cartwright::analytics::rfm::{self, Binning, Group};
use cartwright::analytics::segments::segment_table;
use cartwright::jobs::Progress;
use cartwright::ops::Session;
use cartwright::ops::session::last_day;
use cartwright::workspace::Access;
use serde_json::json;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (what, file) = match args.as_slice() {
        [what, file, ..] => (what.as_str(), Path::new(file)),
        _ => bail!("usage: measure load|analyse|clv FILE [REPEATS]"),
    };
    let repeats: usize = args.get(2).map_or(Ok(7), |n| n.parse()).context("REPEATS is a number")?;
    if what == "clv" {
        return clv(file, repeats);
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
    let (definitions, as_of, progress) = (session.definitions()?, last_day(&data), Progress::none());
    let mut seconds = Vec::new();
    let mut groups = Vec::new();
    let mut segments = Vec::new();
    for _ in 0..repeats {
        let started = Instant::now();
        let Ok(table) = segment_table(&data, &definitions, as_of, None, &progress)? else { bail!("no customers") };
        // Both stand on the same facts of each customer.
        let Ok(scores) = rfm::scores(&table.facts, as_of, 5, Binning::Ntile) else { bail!("too few buyers") };
        groups = Group::ALL.map(|g| (g.name(), 0_u64)).to_vec();
        for group in scores.iter().filter_map(|s| Group::of(*s)) {
            groups[group as usize].1 += 1;
        }
        seconds.push(started.elapsed().as_secs_f64());
        segments = table.rows.iter().map(|r| r.customers).collect();
    }
    println!("{}", json!({"seconds": seconds, "groups": groups, "segments": segments}));
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
