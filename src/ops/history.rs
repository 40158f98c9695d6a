//! Undo, redo and the history. An undone import is done again from its file, if that is still what it was.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use xxhash_rust::xxh3::Xxh3;

use super::Session;
use super::import::start;
use crate::import::plan::Choices;
use crate::import::preview::preview;
use crate::jobs::Progress;
use crate::workspace::undo::{Again, History, Step};
use crate::workspace::write::StepOf;

impl Session {
    /// The steps that are kept.
    pub fn history(&self) -> Result<History> {
        Ok(self.workspace.history()?)
    }

    /// Undoes the newest step; `None` when there is none.
    pub fn undo(&mut self) -> Result<Option<Step>> {
        Ok(self.workspace.undo()?)
    }

    /// Redoes the step that was undone last; `None` when there is none.
    ///
    /// # Errors
    /// When it is an import whose file is gone or is another now; nothing is changed then.
    pub fn redo(&mut self, progress: &Progress) -> Result<Option<Step>> {
        let Some(redo) = self.workspace.next_redo()? else { return Ok(None) };
        let step = redo.step;
        match (step.import, redo.again) {
            (None, _) => self.workspace.redo(&step)?,
            (Some(_), None) => bail!(
                "{} cannot be redone: its file was not remembered. Nothing was changed; import the file again",
                step.label
            ),
            (Some(_), Some(again)) => self.import_again(&step, &again, progress)?,
        }
        Ok(Some(step))
    }

    /// Undoes or redoes until `newest` is the newest step that is done; 0 undoes all. Gives how many steps it took.
    ///
    /// # Errors
    /// When a step cannot be redone; those before it stay redone.
    pub fn go_to(&mut self, newest: i64, progress: &Progress) -> Result<u64> {
        let mut taken = 0;
        while self.history()?.done.first().is_some_and(|step| step.id > newest) {
            self.undo()?;
            taken += 1;
        }
        while self.history()?.undone.first().is_some_and(|step| step.id <= newest) {
            self.redo(progress)?;
            taken += 1;
        }
        Ok(taken)
    }

    fn import_again(&mut self, step: &Step, again: &Again, progress: &Progress) -> Result<()> {
        let path = Path::new(&again.path);
        let refuse = |why: &str| {
            anyhow!(
                "{} cannot be redone: {} {why}. Nothing was changed; import the file as it is now instead",
                step.label,
                path.display()
            )
        };
        let (bytes, hash) = fingerprint(path).map_err(|_| refuse("is gone or cannot be read"))?;
        if (bytes, hash) != (again.bytes, again.hash) {
            return Err(refuse("was changed since"));
        }
        let choices: Choices = serde_json::from_str(&again.choices)?;
        let preview = preview(path, &choices, progress)?;
        let plan = self.plan(&preview, &choices)?;
        let mut start = start(&plan, &choices, StepOf::Redone(step.id))?;
        // What is stamped with the time of the import gets the same stamp.
        start.imported_at = step.at;
        match self.write_import(&plan, &start, progress)?.0.id {
            Some(_) => Ok(()),
            // All that the file told was of people who were erased since.
            None if !self.workspace.erased()?.is_empty() => Ok(self.workspace.redo(step)?),
            None => Err(refuse("holds nothing new")),
        }
    }
}

/// How the import of a file is done again.
pub(super) fn again(path: &Path, choices: &str) -> Option<Again> {
    let (bytes, hash) = fingerprint(path).ok()?;
    let path = std::path::absolute(path).ok()?.to_str()?.to_owned();
    Some(Again { path, bytes, hash, choices: choices.to_owned() })
}

/// Length and hash of a file.
fn fingerprint(path: &Path) -> Result<(u64, u64)> {
    let mut file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let (mut hash, mut bytes) = (Xxh3::new(), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            // JSON keeps 63 bits for certain.
            return Ok((bytes, hash.digest() >> 1));
        }
        hash.update(&buffer[..n]);
        bytes += n as u64;
    }
}
