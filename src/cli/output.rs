//! Printing: aligned tables for people, JSON for programs, progress for those who wait.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::jobs::Progress;
use crate::model::currency::group_thousands;

/// Failures with an exit code of their own.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something is open that must be settled: exit code 2.
    #[error("{0}")]
    Unsettled(String),
}

/// Prints a line of a result. A reader that went away (`| head`) is no failure.
pub fn line(text: impl AsRef<str>) -> Result<()> {
    writeln!(io::stdout().lock(), "{}", text.as_ref()).context("the result could not be printed")
}

/// Prints a message beside the result.
pub fn message(text: impl AsRef<str>) {
    eprintln!("cartwright: {}", text.as_ref());
}

/// Prints JSON.
pub fn json(value: &serde_json::Value) -> Result<()> {
    line(serde_json::to_string_pretty(value)?)
}

/// Whether an error only says that nobody reads the output any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Rows as text in columns: the first column left, the others right unless they are `left`.
pub fn table(header: &[&str], rows: &[Vec<String>], left: &[usize]) -> String {
    let width = |i: usize| {
        let cells = rows.iter().filter_map(|r| r.get(i)).map(|c| c.chars().count());
        cells.chain([header[i].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let print = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for (i, cell) in cells.enumerate() {
            let pad = " ".repeat(widths[i].saturating_sub(cell.chars().count()));
            let (before, after) = if i == 0 || left.contains(&i) { ("", pad.as_str()) } else { (pad.as_str(), "") };
            out.push_str(&format!("{}{before}{cell}{after}", if i == 0 { "" } else { "  " }));
        }
        out.trim_end().to_owned()
    };
    let mut lines = vec![print(&mut header.iter().copied())];
    lines.extend(rows.iter().map(|row| print(&mut row.iter().map(String::as_str))));
    lines.join("\n")
}

/// A count with thousands separators.
pub fn count(n: u64) -> String {
    group_thousands(n)
}

/// A share as a percentage with one decimal, or a dash.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "—".into(), |s| format!("{:.1}%", s * 100.0))
}

/// Shows the progress of a job on a terminal; silent elsewhere.
pub struct Meter {
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Meter {
    /// Starts showing `progress` with a label, once it took more than a second.
    pub fn start(label: &str, progress: &Progress) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let thread = io::stderr().is_terminal().then(|| {
            let (label, progress, stop) = (label.to_owned(), progress.clone(), stop.clone());
            std::thread::spawn(move || show(&label, &progress, &stop))
        });
        Self { stop, thread }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn show(label: &str, progress: &Progress, stop: &AtomicBool) {
    let started = Instant::now();
    let mut shown = false;
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
        let (done, total) = progress.state();
        if started.elapsed() > Duration::from_secs(1) && total > 0 {
            shown = true;
            eprint!("\r{label} {:.0}%  ", 100.0 * done as f64 / total as f64);
            let _ = io::stderr().flush();
        }
    }
    if shown {
        eprint!("\r{}\r", " ".repeat(label.chars().count() + 10));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_characters() {
        let rows = vec![vec!["Größe".into(), "1".into()], vec!["a".into(), "1,000".into()]];
        assert_eq!(table(&["x", "n"], &rows, &[]), "x          n\nGröße      1\na      1,000");
    }
}
