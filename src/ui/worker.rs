//! Threads that own what the window must not wait for, and the tasks they are given.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Instant;

use anyhow::{Error, Result, anyhow};
use egui::Context;

use super::widgets::states::Step;
use crate::jobs::Progress;

type Work<S> = Box<dyn FnOnce(&mut S) + Send>;

/// A thread that owns a state and does one thing after another to it.
pub struct Worker<S> {
    queue: Sender<Work<S>>,
    ctx: Context,
    /// Shared with all work that is not done.
    open: Arc<()>,
}

impl<S: 'static> Worker<S> {
    /// Starts the thread; `make` runs on it. It ends when the worker is dropped.
    pub fn spawn(ctx: &Context, name: &str, make: impl FnOnce() -> S + Send + 'static) -> Self {
        let (queue, inbox) = channel::<Work<S>>();
        let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let mut state = make();
            while let Ok(work) = inbox.recv() {
                work(&mut state);
            }
        });
        // Without the thread every task reports that its worker is gone.
        drop(spawned);
        Self { queue, ctx: ctx.clone(), open: Arc::default() }
    }

    /// Whether everything that was handed over is done.
    pub fn is_idle(&self) -> bool {
        Arc::strong_count(&self.open) == 1
    }

    /// Hands over work. Work whose task was dropped before its turn is left out.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut S, &Progress) -> Result<T> + Send + 'static,
    ) -> Task<T> {
        let (answer, receiver) = channel();
        let progress = Progress::none();
        let (mine, ctx, open) = (progress.clone(), self.ctx.clone(), self.open.clone());
        let job = move |state: &mut S| {
            if !mine.is_cancelled() {
                let result = guarded(|| work(state, &mine));
                let _ = answer.send(result);
            }
            drop(open);
            ctx.request_repaint();
        };
        let _ = self.queue.send(Box::new(job));
        Task { receiver, progress, started: Instant::now() }
    }
}

/// A panic in a worker becomes an error, so that the window does not wait for ever.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no reason given".into());
        Err(anyhow!("a fault in Cartwright stopped this ({what}); what was saved before is safe"))
    })
}

/// Runs something on a thread of its own: for what may never return, such as a file dialog.
pub fn aside<T: Send + 'static>(ctx: &Context, work: impl FnOnce() -> Result<T> + Send + 'static) -> Task<T> {
    let (answer, receiver) = channel();
    let ctx = ctx.clone();
    std::thread::spawn(move || {
        let _ = answer.send(guarded(work));
        ctx.request_repaint();
    });
    Task { receiver, progress: Progress::none(), started: Instant::now() }
}

/// Work under way. Dropping it cancels it.
pub struct Task<T> {
    receiver: Receiver<Result<T>>,
    /// How far it is; also cancels it.
    pub progress: Progress,
    started: Instant,
}

impl<T> Task<T> {
    /// The result, once.
    pub fn poll(&self) -> Option<Result<T>> {
        match self.receiver.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) if self.progress.is_cancelled() => {
                Some(Err(Error::new(crate::jobs::Cancelled)))
            }
            Err(TryRecvError::Disconnected) => Some(Err(anyhow!("the worker is gone; restart Cartwright"))),
        }
    }

    /// Seconds since it was asked for.
    pub fn seconds(&self) -> f32 {
        self.started.elapsed().as_secs_f32()
    }

    /// How far it is, in words and numbers.
    pub fn step(&self, words: impl Into<String>, unit: &'static str) -> Step {
        Step { words: words.into(), done: self.progress.state(), seconds: self.seconds(), unit }
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// An error as one sentence for people: its chain, joined.
pub fn sentence(error: &Error) -> String {
    let mut text = format!("{error:#}");
    // A file's name keeps its letters.
    let begins_with_name = text.split(' ').next().is_some_and(|word| word.contains(['.', '/', '\\']));
    if begins_with_name {
        return text;
    }
    if let Some(first) = text.get(0..1).map(str::to_uppercase) {
        text.replace_range(0..1, &first);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T>(task: &Task<T>) -> Result<T> {
        loop {
            if let Some(result) = task.poll() {
                return result;
            }
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_worker_keeps_its_state_and_survives_a_panic() {
        let worker = Worker::spawn(&Context::default(), "test", || 40);
        let failed = wait(&worker.run(|_, _| -> Result<()> { panic!("boom") }));
        assert!(failed.unwrap_err().to_string().contains("boom"));
        let task = worker.run(|n: &mut i32, _| {
            *n += 2;
            Ok(*n)
        });
        assert_eq!(wait(&task).unwrap(), 42);
    }

    #[test]
    fn a_dropped_task_is_cancelled() {
        let worker = Worker::spawn(&Context::default(), "test", || ());
        let (hold, held) = channel::<()>();
        let first = worker.run(move |_, _| Ok(held.recv().is_ok()));
        let progress = worker.run(|_, _| Ok(())).progress.clone();
        assert!(progress.is_cancelled());
        hold.send(()).unwrap();
        assert!(wait(&first).unwrap());
    }
}
