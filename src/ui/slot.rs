//! One slot per place on the screen: a value, the key it was computed for, and the task for a newer key.

use std::sync::Arc;

use anyhow::Result;

use super::widgets::states::Step;
use super::worker::{Task, sentence};
use crate::model::TooLittle;

/// What a computation gives: a value, or that there is too little to tell.
pub type Answer<T> = std::result::Result<T, TooLittle>;

/// A key that is equal only to itself: the very same value. It holds it, so that no other can take its place in memory.
pub struct Same<T>(pub Arc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

enum Outcome<T> {
    Ready(T),
    TooLittle(TooLittle),
    Failed(String),
}

/// A cached value with its key.
pub struct Slot<K, T> {
    words: &'static str,
    have: Option<(K, Outcome<T>)>,
    running: Option<(K, Task<Answer<T>>)>,
}

/// What a panel has to draw. Values are cheap to clone (shared pointers), so a view borrows nothing.
pub enum View<T> {
    /// Under way; the old value, which knows its own scope, stays beneath.
    Working(Step, Option<T>),
    /// The value that was asked for.
    Ready(T),
    /// Too little data.
    TooLittle(TooLittle),
    /// It failed; the sentence says why.
    Failed(String),
}

impl<K: PartialEq, T: Clone> Slot<K, T> {
    /// An empty slot; `words` say what is being done while it is filled.
    pub fn new(words: &'static str) -> Self {
        Self { words, have: None, running: None }
    }

    /// Makes sure that the value for `key` is there or under way. A new key cancels the old task.
    pub fn ask(&mut self, key: K, start: impl FnOnce() -> Task<Answer<T>>) {
        self.poll();
        if self.running.as_ref().is_some_and(|(running, _)| *running == key) {
            return;
        }
        if self.have.as_ref().is_some_and(|(have, _)| *have == key) {
            self.running = None;
            return;
        }
        self.running = Some((key, start()));
    }

    fn poll(&mut self) {
        let Some(result) = self.running.as_ref().and_then(|(_, task)| task.poll()) else { return };
        let Some((key, _)) = self.running.take() else { return };
        self.have = Some((key, outcome(result)));
    }

    /// What there is to draw.
    pub fn view(&self) -> View<T> {
        if let Some((_, task)) = &self.running {
            return View::Working(task.step(self.words, ""), self.latest().map(|(_, value)| value.clone()));
        }
        match &self.have {
            Some((_, Outcome::Ready(value))) => View::Ready(value.clone()),
            Some((_, Outcome::TooLittle(missing))) => View::TooLittle(missing.clone()),
            Some((_, Outcome::Failed(why))) => View::Failed(why.clone()),
            None => View::Working(Step { words: self.words.into(), ..Step::default() }, None),
        }
    }

    /// The newest value there is, with its key, whether or not a newer one is under way.
    pub fn latest(&self) -> Option<(&K, &T)> {
        match &self.have {
            Some((key, Outcome::Ready(value))) => Some((key, value)),
            _ => None,
        }
    }

    /// Why the newest attempt failed.
    pub fn failure(&self) -> Option<&str> {
        match &self.have {
            Some((_, Outcome::Failed(why))) => Some(why),
            _ => None,
        }
    }

    /// How far the task under way is.
    pub fn step(&self) -> Step {
        self.running.as_ref().map_or_else(Step::default, |(_, task)| task.step(self.words, ""))
    }

    /// Whether something is under way.
    pub fn is_working(&self) -> bool {
        self.running.is_some()
    }

    /// Stops the task; the slot then says that it was stopped.
    pub fn stop(&mut self) {
        if let Some((key, _)) = self.running.take() {
            self.have = Some((key, Outcome::Failed("You stopped the computation".into())));
        }
    }

    /// Forgets what it has, so that the next question computes anew.
    pub fn clear(&mut self) {
        (self.have, self.running) = (None, None);
    }
}

fn outcome<T>(result: Result<Answer<T>>) -> Outcome<T> {
    match result {
        Ok(Ok(value)) => Outcome::Ready(value),
        Ok(Err(missing)) => Outcome::TooLittle(missing),
        Err(error) => Outcome::Failed(sentence(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::worker::Worker;

    #[test]
    fn the_old_value_stays_until_the_new_one_is_there() {
        let worker = Worker::spawn(&egui::Context::default(), "test", || ());
        let mut slot: Slot<u32, u32> = Slot::new("Counting");
        let settle = |slot: &mut Slot<u32, u32>, key: u32| {
            while slot.latest().map(|(k, _)| *k) != Some(key) {
                slot.ask(key, || worker.run(move |_, _| Ok(Ok(key * 10))));
            }
        };
        settle(&mut slot, 1);
        let (hold, held) = std::sync::mpsc::channel::<()>();
        slot.ask(2, || {
            worker.run(move |_, _| {
                let _ = held.recv();
                Ok(Ok(20))
            })
        });
        assert!(matches!(slot.view(), View::Working(_, Some(10))));
        hold.send(()).unwrap();
        settle(&mut slot, 2);
        assert!(matches!(slot.view(), View::Ready(20)));
    }
}
