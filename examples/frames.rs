//! Prints what a frame of the window costs: thread CPU time of drawing and tessellation, with the list of customers on
//! view and scrolling.
//!
//! `cargo run --release --example frames -- WORKSPACE [FRAMES]`

use std::path::PathBuf;

use anyhow::{Context, Result};
use cartwright::ui::probe::Probe;
use cartwright::ui::settings::Places;
use cpu_time::ThreadTime;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let workspace = PathBuf::from(args.next().context("usage: frames WORKSPACE [FRAMES]")?);
    let frames: usize = args.next().map_or(Ok(2_000), |n| n.parse()).context("FRAMES is a number")?;
    let settings = tempfile::tempdir()?;
    let mut probe = Probe::new(Places::within(settings.path()), workspace);
    let mut cost = Vec::with_capacity(frames);
    let mut triangles = 0;
    for n in 0..frames {
        // Mostly steady scrolling, now and then a long throw.
        let events = Probe::scroll(if n % 50 == 0 { 200_000.0 } else { 40.0 });
        let started = ThreadTime::now();
        triangles = probe.frame(events);
        cost.push(started.elapsed().as_secs_f64() * 1e3);
    }
    cost.sort_by(f64::total_cmp);
    let at = |share: f64| cost[((cost.len() - 1) as f64 * share) as usize];
    println!(
        "{}",
        serde_json::json!({
            "customers": probe.customers(), "frames": frames, "triangles": triangles,
            "ms": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0)},
        })
    );
    Ok(())
}
