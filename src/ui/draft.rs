//! A record that is edited in fields and saved by itself: at once after a choice, after a text when its field is left or
//! nobody types for a while. Each save is a step of the history.

use egui::Ui;

/// Who stops typing for so many seconds has said something.
const PAUSE: f64 = 2.0;

/// A record that is being edited.
pub struct Draft<T> {
    /// Its row.
    pub id: i64,
    /// As it is saved.
    saved: T,
    /// As it was sent to be saved, oldest first, until each is known to be done.
    sent: Vec<T>,
    /// As it stands in the fields.
    pub value: T,
    /// The field that is being typed into, and since when nothing was changed in it.
    focus: (Option<egui::Id>, f64),
    /// As it was in the last frame.
    seen: T,
}

/// What becomes of the fields when the saved record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// It did not change, or as it was sent from here.
    Stays,
    /// Somebody else changed it, or it was undone: the fields show the saved one.
    Replaced,
}

impl<T: Clone + PartialEq> Draft<T> {
    /// A saved record.
    pub fn of(id: i64, saved: &T) -> Self {
        Self {
            id,
            saved: saved.clone(),
            sent: Vec::new(),
            value: saved.clone(),
            focus: (None, 0.0),
            seen: saved.clone(),
        }
    }

    /// As it is saved.
    pub fn saved(&self) -> &T {
        &self.saved
    }

    /// Takes in what was saved. What saving itself writes into a record, whatever is in the fields, `takes_over` copies
    /// from the saved one.
    pub fn follow(&mut self, saved: &T, takes_over: impl Fn(&mut T, &T)) -> Followed {
        if *saved == self.saved {
            // What was changed and changed back again may have come in at once.
            if self.sent.last() == Some(saved) {
                self.sent.clear();
            }
            return Followed::Stays;
        }
        self.saved = saved.clone();
        let arrived = self.sent.iter().position(|sent| {
            let mut sent = sent.clone();
            takes_over(&mut sent, saved);
            sent == *saved
        });
        if let Some(arrived) = arrived {
            // What was sent after it is still under way, and stands in the fields already.
            self.sent.drain(..=arrived);
            takes_over(&mut self.value, saved);
            return Followed::Stays;
        }
        self.sent.clear();
        self.value = saved.clone();
        Followed::Replaced
    }

    /// What is to be saved now: `settled` is the record as it would be; nothing while somebody is typing, or when it is
    /// saved already.
    pub fn due(&mut self, ui: &Ui, settled: impl FnOnce(&T) -> T) -> Option<T> {
        // Also without a change: so that the pause begins with the last one.
        let typing = self.is_typing(ui);
        if self.value == self.saved && self.sent.is_empty() {
            return None;
        }
        let settled = settled(&self.value);
        if typing || (settled == self.saved && self.sent.is_empty()) || self.sent.last() == Some(&settled) {
            return None;
        }
        self.value = settled.clone();
        self.sent.push(settled.clone());
        Some(settled)
    }

    /// The same when the page is left: nobody is typing any more.
    pub fn due_on_leaving(&mut self, settled: impl FnOnce(&T) -> T) -> Option<T> {
        let settled = settled(&self.value);
        if self.sent.last().unwrap_or(&self.saved) == &settled {
            return None;
        }
        self.value = settled.clone();
        self.sent.push(settled.clone());
        Some(settled)
    }

    /// Whether somebody is in the midst of a field.
    fn is_typing(&mut self, ui: &Ui) -> bool {
        let ctx = ui.ctx();
        let (field, time) = (ctx.memory(|memory| memory.focused()), ctx.input(|input| input.time));
        if self.value != self.seen {
            (self.focus.1, self.seen) = (time, self.value.clone());
        }
        let same = field == self.focus.0;
        self.focus.0 = field;
        let typing = ctx.text_edit_focused() && same && time - self.focus.1 < PAUSE;
        if typing {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(PAUSE));
        }
        typing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_while_a_save_is_under_way_stands() {
        let mut draft = Draft::of(0, &vec![0, 0, 0]);
        let change = |draft: &mut Draft<Vec<i32>>, at: usize| {
            draft.value[at] = 1;
            draft.due_on_leaving(Clone::clone)
        };
        let first = change(&mut draft, 0);
        let second = change(&mut draft, 1);
        assert_eq!(first, Some(vec![1, 0, 0]));
        assert_eq!(draft.follow(&vec![1, 0, 0], |_, _| {}), Followed::Stays);
        assert_eq!(draft.value, vec![1, 1, 0], "the second change is on its way");
        assert_eq!(change(&mut draft, 2), Some(vec![1, 1, 1]));
        assert_eq!(draft.follow(&second.unwrap_or_default(), |_, _| {}), Followed::Stays);
        assert_eq!(draft.follow(&vec![1, 1, 1], |_, _| {}), Followed::Stays);
        assert_eq!(draft.due_on_leaving(Clone::clone), None);
        assert_eq!(draft.follow(&vec![1, 1, 0], |_, _| {}), Followed::Replaced, "undone");
        assert_eq!(draft.value, vec![1, 1, 0]);
    }
}
