//! What the page shows, as the session tells it: the form as it stands, what was kept, what changed since.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::framework::state::{Change, Contradiction, FieldState, Progress as Filled, State, changes};
use crate::framework::template::{FormField, FormGroup, FormSection, template};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::{Answers, FieldValue, Issue, Issues};
use crate::ops::Session;
use crate::ops::files::FileToAsk;

/// Everything the page needs of the workspace.
pub(super) struct Facts {
    /// The form.
    pub state: State,
    /// What was typed, with the options.
    pub answers: Answers,
    /// Issues that were kept.
    pub issues: Issues,
    /// What became different since the last one.
    pub changed: Vec<Change>,
    /// Files that could fill it.
    pub files: Vec<FileToAsk>,
    /// Revision of the workspace that this was read at.
    pub revision: u64,
    /// The day of the figures.
    pub as_of: Day,
    index: BTreeMap<String, usize>,
    moved: BTreeMap<String, usize>,
}

impl Facts {
    /// Reads the facts of a day.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn read(session: &mut Session, as_of: Day, progress: &Progress) -> Result<Self> {
        let state = session.framework_state(Some(as_of), progress)?;
        let issues = session.issues_kept()?;
        let changed = issues.issues.last().map(|issue| changes(issue, &state)).unwrap_or_default();
        let index = state.fields.iter().enumerate().map(|(n, field)| (field.key.clone(), n)).collect();
        let moved = changed.iter().enumerate().map(|(n, change)| (change.key.clone(), n)).collect();
        let (answers, files, revision) = (session.answers()?, session.files_to_ask()?, session.revision()?);
        Ok(Self { state, answers, files, issues, changed, revision, as_of, index, moved })
    }

    /// A field as it stands.
    pub fn field(&self, key: &str) -> Option<&FieldState> {
        self.state.fields.get(*self.index.get(key)?)
    }

    /// What stands in a field.
    pub fn value(&self, key: &str) -> Option<&FieldValue> {
        self.field(key)?.value()
    }

    /// What became different in a field since the last issue.
    pub fn change(&self, key: &str) -> Option<&Change> {
        self.changed.get(*self.moved.get(key)?)
    }

    /// The issue that changes are told against.
    pub fn last_issue(&self) -> Option<&Issue> {
        self.issues.issues.last()
    }

    /// How much of a section is filled, by its place.
    pub fn filled(&self, section: usize) -> Filled {
        self.state.progress.get(section).copied().unwrap_or_default()
    }

    /// How much of the whole form is filled.
    pub fn filled_all(&self) -> Filled {
        self.state.progress_in_all()
    }

    /// Keys of all fields in which two places disagree.
    pub fn disputed(&self) -> BTreeSet<&str> {
        self.state.contradictions.iter().flat_map(|one| one.fields.iter().map(String::as_str)).collect()
    }

    /// Whether a section holds a place that disagrees with another.
    pub fn is_disputed(&self, section: &FormSection) -> bool {
        let disputed = self.disputed();
        section.groups.iter().flat_map(|group| &group.fields).any(|field| disputed.contains(field.key.as_str()))
    }

    /// The contradictions.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.state.contradictions
    }
}

/// Fields that are filled, and all of them.
pub(super) fn of_all(filled: Filled) -> (usize, usize) {
    (filled.filled(), filled.all())
}

/// Where a field stands in the form.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// Place of its section.
    pub section_at: usize,
    /// Its section.
    pub section: &'static FormSection,
    /// Its group.
    pub group: &'static FormGroup,
    /// Itself.
    pub field: &'static FormField,
}

impl Spot {
    /// "1 Segments and personas, VIP/Loyal".
    pub fn place(&self) -> String {
        format!("{}, {}", title(self.section), self.group.title)
    }
}

/// Every field of the form, in its order.
pub(super) fn spots() -> impl Iterator<Item = Spot> {
    template().sections.iter().enumerate().flat_map(|(section_at, section)| {
        let fields = section.groups.iter().flat_map(|group| group.fields.iter().map(move |field| (group, field)));
        fields.map(move |(group, field)| Spot { section_at, section, group, field })
    })
}

/// Where a field stands.
pub(super) fn spot(key: &str) -> Option<Spot> {
    spots().find(|spot| spot.field.key == key)
}

/// A section's name with its number; the profile has none.
pub(super) fn title(section: &FormSection) -> String {
    if section.number == 0 { section.title.clone() } else { format!("{} {}", section.number, section.title) }
}

/// The field after another one, in the order of the form.
pub(super) fn after(key: &str) -> Option<Spot> {
    spots().skip_while(|spot| spot.field.key != key).nth(1)
}
