//! Progress and cancellation of long work: one fallible call serves both.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The user asked for the work to stop; nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled; nothing was changed")]
pub struct Cancelled;

/// What a running job has done so far, shared between the worker and whoever watches it.
#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

/// Handed to long work. Call [`Progress::step`] at least every 65,536 rows or 10 ms.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    shared: Arc<Shared>,
}

impl Progress {
    /// Progress that nobody watches or cancels.
    pub fn none() -> Self {
        Self::default()
    }

    /// Sets how many units of work there are in all (0 = unknown).
    pub fn expect(&self, total: u64) {
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// Reports `done` units of work and fails once the work was cancelled.
    pub fn step(&self, done: u64) -> Result<(), Cancelled> {
        self.shared.done.store(done, Ordering::Relaxed);
        if self.shared.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Asks the work to stop at its next step.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked the work to stop.
    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }

    /// Units done so far and in all (0 = unknown).
    pub fn state(&self) -> (u64, u64) {
        (self.shared.done.load(Ordering::Relaxed), self.shared.total.load(Ordering::Relaxed))
    }
}
