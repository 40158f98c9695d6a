//! What is being typed into the form: a text is handed over once its field is left or nobody types for a while; what is
//! no value stays in its field with what is wrong.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::{Id, Ui};

use super::data::Facts;
use crate::framework::state::{Source, read};
use crate::framework::template::{FormField, template};
use crate::model::Currency;

/// Who stops typing for so many seconds has said something.
const PAUSE: f64 = 2.0;

/// A text that is not (yet) what is kept.
struct Text {
    words: String,
    wrong: Option<String>,
    /// Handed over; what became of it.
    sent: Option<Sent>,
    since: f64,
}

/// What became of a text that was handed over: the revision that holds it, once it is saved. Where nothing had to be
/// saved, as when a field that data fill is emptied, that is the revision there was.
#[derive(Clone)]
pub(super) struct Sent(Arc<AtomicU64>);

impl Sent {
    /// Not saved yet.
    const UNDER_WAY: u64 = u64::MAX;
    /// It could not be saved.
    const FAILED: u64 = u64::MAX - 1;

    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(Self::UNDER_WAY)))
    }

    /// Notes the revision that holds it, or that there is none.
    pub fn done(&self, revision: Option<u64>) {
        self.0.store(revision.unwrap_or(Self::FAILED), Ordering::Release);
    }

    fn at(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

/// A text to be saved.
pub(super) struct Due {
    /// Its field.
    pub key: String,
    /// As it was typed.
    pub words: String,
    /// To be told what became of it.
    pub sent: Sent,
}

/// Texts being typed, and which field is meant.
#[derive(Default)]
pub(super) struct Editing {
    texts: BTreeMap<String, Text>,
    /// The field that gets the focus next.
    pub focus: Option<String>,
    /// The field that had it last: the one told about below the form.
    pub chosen: Option<String>,
    /// The field that has it, and the one that had it a frame ago.
    at: Option<String>,
    was: Option<String>,
}

impl Editing {
    /// Before a frame is drawn: what a newer form holds is no longer kept here.
    pub fn follow(&mut self, facts: &Facts) {
        for text in self.texts.values_mut() {
            if text.sent.take_if(|sent| sent.at() == Sent::FAILED).is_some() {
                text.wrong = Some("This was not saved; it stays here until it is changed or Esc is pressed".to_owned());
            }
        }
        self.texts.retain(|_, text| text.sent.as_ref().is_none_or(|sent| facts.revision < sent.at()));
        self.was = self.at.take();
    }

    /// The text of a field: as it is being typed, else as it stands.
    pub fn words(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(|text| text.words.as_str())
    }

    /// Whether what was typed is on its way into the workspace.
    pub fn is_sent(&self, key: &str) -> bool {
        self.texts.get(key).is_some_and(|text| text.sent.is_some() && !text.words.trim().is_empty())
    }

    /// What is wrong with the text of a field.
    pub fn wrong(&self, key: &str) -> Option<&str> {
        self.texts.get(key).and_then(|text| text.wrong.as_deref())
    }

    /// Takes in a changed text.
    pub fn typed(&mut self, ui: &Ui, field: &FormField, words: String, currency: Currency) {
        // What was wrong is judged at every letter, so that the sentence goes as soon as it no longer holds.
        let was_wrong = self.wrong(&field.key).is_some();
        let wrong = if was_wrong { read(field, &words, currency).err() } else { None };
        let since = ui.input(|input| input.time);
        self.texts.insert(field.key.clone(), Text { words, wrong, sent: None, since });
    }

    /// Puts a field back to what is kept.
    pub fn restore(&mut self, key: &str) {
        self.texts.remove(key);
    }

    /// Notes that a field has the focus.
    pub fn note_focus(&mut self, key: &str) {
        self.at = Some(key.to_owned());
        if self.chosen.as_deref() != Some(key) {
            self.chosen = Some(key.to_owned());
        }
    }

    /// Hands a text over at once, as choosing one does.
    pub fn put(&mut self, ui: &Ui, key: &str, words: String) {
        let since = ui.input(|input| input.time) - PAUSE;
        self.texts.insert(key.to_owned(), Text { words, wrong: None, sent: None, since });
    }

    /// After a frame was drawn: texts that are to be kept now.
    pub fn due(&mut self, ui: &Ui, facts: &Facts, currency: Currency) -> Vec<Due> {
        let time = ui.input(|input| input.time);
        let (due, waiting) = self.due_at(Some(time), facts, currency);
        if waiting {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PAUSE));
        }
        due
    }

    /// When the page is left: every text that can be kept.
    pub fn due_on_leaving(&mut self, facts: &Facts, currency: Currency) -> Vec<Due> {
        self.at = None;
        self.due_at(None, facts, currency).0
    }

    /// Texts that are to be kept at this second, or whatever the time, and whether others wait.
    fn due_at(&mut self, time: Option<f64>, facts: &Facts, currency: Currency) -> (Vec<Due>, bool) {
        let mut waiting = false;
        let mut due = Vec::new();
        let mut gone = Vec::new();
        for (key, text) in &mut self.texts {
            if text.sent.is_some() || text.wrong.is_some() {
                continue;
            }
            if self.at.as_ref() == Some(key) && time.is_some_and(|time| time - text.since < PAUSE) {
                waiting = true;
                continue;
            }
            let Some(field) = template().field(key) else { continue };
            match read(field, &text.words, currency) {
                Err(why) => text.wrong = Some(why),
                Ok(value) => {
                    let same = match facts.field(key).map(|field| &field.source) {
                        Some(Source::Typed { value: kept, .. }) => value.as_ref() == Some(kept),
                        Some(Source::Open(_)) => value.is_none(),
                        _ => false,
                    };
                    if same {
                        gone.push(key.clone());
                    } else {
                        let sent = Sent::new();
                        text.sent = Some(sent.clone());
                        due.push(Due { key: key.clone(), words: text.words.clone(), sent });
                    }
                }
            }
        }
        for key in gone {
            // Whoever is still in the field keeps the text as they wrote it.
            if self.at.as_ref() != Some(&key) {
                self.texts.remove(&key);
            }
        }
        (due, waiting)
    }

    /// Goes to a field: it gets the focus once it is drawn.
    pub fn go(&mut self, key: &str) {
        self.focus = Some(key.to_owned());
        self.chosen = Some(key.to_owned());
    }

    /// Whether somebody is in a field.
    pub fn is_writing(&self) -> bool {
        self.at.is_some() || self.was.is_some() || self.focus.is_some()
    }
}

/// The widget of a field.
pub(super) fn id(key: &str) -> Id {
    Id::unique(("field of the framework", key))
}
