//! Issues: the form as it stood when a document was handed over.

use anyhow::{Result, anyhow, bail};

use super::super::Session;
use crate::framework::state::{Change, State, between, changes};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::{Issue, Issued, Issues};

/// A longer name fits no list.
const LONGEST_NAME: usize = 80;
/// More issues than this nobody compares.
const MOST_ISSUES: usize = 200;

impl Session {
    /// Every issue that was kept, oldest first.
    ///
    /// # Errors
    /// When they were saved by a newer program.
    pub fn issues_kept(&self) -> Result<Issues> {
        Ok(self.workspace.single()?)
    }

    /// The issue of a name; without a name the newest one.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn issue_kept(&self, name: Option<&str>) -> Result<Issue> {
        let kept = self.issues_kept()?.issues;
        let known = || kept.iter().map(|issue| issue.name.clone()).collect::<Vec<_>>().join(", ");
        let found = match name {
            Some(name) => kept.iter().find(|issue| issue.name.to_lowercase() == name.trim().to_lowercase()),
            None => kept.last(),
        };
        found.cloned().ok_or_else(|| match (known().as_str(), name) {
            ("", _) => anyhow!("no issue was kept yet; framework issue FILE NAME keeps one"),
            (known, name) => anyhow!("there is no issue “{}”; there are {known}", name.unwrap_or_default().trim()),
        })
    }

    /// Keeps the form as it stands under a name, as a step.
    ///
    /// # Errors
    /// A sentence when the name is empty, too long or taken; when the workspace cannot be read, or the work was cancelled.
    pub fn issue(&mut self, name: &str, as_of: Option<Day>, progress: &Progress) -> Result<Issue> {
        let state = self.framework_state(as_of, progress)?;
        let known = self.dataset(progress)?.span.map(|(_, last)| last);
        // A shop without any order stands as of the day on which the issue is kept.
        let today = self.definitions()?.zone.day(crate::ops::now());
        self.keep_issue(name, as_of.or(known).unwrap_or(today), &state)
    }

    /// Keeps a form that was looked at under a name, as a step.
    ///
    /// # Errors
    /// A sentence when the name is empty, too long or taken.
    pub fn keep_issue(&mut self, name: &str, as_of: Day, state: &State) -> Result<Issue> {
        let mut kept = self.issues_kept()?;
        let name = name.trim().to_owned();
        match name.chars().count() {
            0 => bail!("the issue was not kept: it needs a name"),
            n if n > LONGEST_NAME => bail!("the issue was not kept: a name has at most {LONGEST_NAME} characters"),
            _ if name.chars().any(char::is_control) => bail!("the issue was not kept: a name is one line of text"),
            _ if kept.issues.iter().any(|issue| issue.name.to_lowercase() == name.to_lowercase()) => {
                bail!("the issue was not kept: there is an issue “{name}” already; choose another name")
            }
            _ if kept.issues.len() >= MOST_ISSUES => {
                bail!("the issue was not kept: there are {MOST_ISSUES} already; remove one first")
            }
            _ => {}
        }
        let value = |field: &crate::framework::state::FieldState| {
            Some((field.key.clone(), Issued { value: field.value()?.clone(), typed: field.is_typed() }))
        };
        let fields = state.fields.iter().filter_map(value).collect();
        let issue = Issue { name, as_of, at: crate::ops::now(), fields };
        kept.issues.push(issue.clone());
        self.workspace.save_single(&format!("Keep issue {}", issue.name), issue.at, &kept)?;
        Ok(issue)
    }

    /// Removes an issue as a step.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn remove_issue(&mut self, name: &str) -> Result<()> {
        let gone = self.issue_kept(Some(name))?;
        let mut kept = self.issues_kept()?;
        kept.issues.retain(|issue| issue.name != gone.name);
        Ok(self.workspace.save_single(&format!("Remove issue {}", gone.name), crate::ops::now(), &kept)?)
    }

    /// What differs from the first to the second issue; without a second one to the form as it stands.
    ///
    /// # Errors
    /// When there is no issue of a name, the workspace cannot be read, or the work was cancelled.
    pub fn issues_compared(
        &mut self,
        first: &str,
        second: Option<&str>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Vec<Change>> {
        let first = self.issue_kept(Some(first))?;
        Ok(match second {
            Some(second) => between(&first, &self.issue_kept(Some(second))?),
            None => changes(&first, &self.framework_state(as_of, progress)?),
        })
    }
}
