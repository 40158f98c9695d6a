//! Prints what a frame of the window costs: thread CPU time of drawing and tessellation of every page, idle, scrolling
//! and during an import, beside the same of egui's own table in the same run.
//!
//! `cargo run --release --example frames -- WORKSPACE [FRAMES] [FILE]`: with a FILE of orders also during its import
//! into a new workspace beside the first.

use std::path::PathBuf;

use anyhow::{Context, Result};
use cartwright::ui::panels::PANELS;
use cartwright::ui::probe::{Probe, plain_table};
use cartwright::ui::settings::Places;
use cpu_time::ThreadTime;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let workspace = PathBuf::from(args.next().context("usage: frames WORKSPACE [FRAMES] [FILE]")?);
    let frames: usize = args.next().map_or(Ok(1_000), |n| n.parse()).context("FRAMES is a number")?;
    let file = args.next().map(PathBuf::from);
    let settings = tempfile::tempdir()?;
    let mut probe = Probe::new(Places::within(settings.path()), workspace);
    let mut pages = serde_json::Map::new();
    for panel in PANELS {
        probe.go(panel.id);
        let idle = measure(frames, |_| probe.frame(Vec::new()));
        let scrolling = measure(frames, |n| probe.frame(Probe::scroll(throw(n))));
        pages.insert(panel.title.into(), json!({"idle": idle, "scrolling": scrolling}));
    }
    let drawer = {
        probe.open_a_figure();
        measure(frames, |n| probe.frame(Probe::scroll(throw(n))))
    };
    let customers = probe.customers();
    let importing = file.map(|file| {
        probe.import(file);
        let mut cost = Vec::new();
        while probe.is_working() {
            let started = ThreadTime::now();
            probe.frame(Vec::new());
            cost.push(started.elapsed().as_secs_f64() * 1e3);
            std::thread::sleep(std::time::Duration::from_millis(12));
        }
        quantiles(cost)
    });
    let mut plain = plain_table(customers);
    let peer = measure(frames, |n| plain(Probe::scroll(throw(n))));
    let all = json!({
        "customers": customers, "frames": frames, "ms": {
            "pages": pages, "drawer, scrolling": drawer, "during an import": importing, "egui's table, scrolling": peer,
        },
    });
    println!("{}", serde_json::to_string_pretty(&all)?);
    Ok(())
}

/// Mostly steady scrolling, now and then a long throw.
fn throw(n: usize) -> f32 {
    if n.is_multiple_of(50) { 200_000.0 } else { 40.0 }
}

fn measure(frames: usize, mut frame: impl FnMut(usize) -> usize) -> Value {
    let cost = (0..frames).map(|n| {
        let started = ThreadTime::now();
        std::hint::black_box(frame(n));
        started.elapsed().as_secs_f64() * 1e3
    });
    quantiles(cost.collect())
}

fn quantiles(mut cost: Vec<f64>) -> Value {
    cost.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (cost.len().saturating_sub(1) as f64 * share) as usize;
        cost.get(place).map(|ms| (ms * 1e3).round() / 1e3)
    };
    json!({"p50": at(0.5), "p99": at(0.99), "max": at(1.0), "frames": cost.len()})
}
