//! Paths from the user: by the system's dialog, typed where there is none, or dropped.

use std::path::PathBuf;

use super::cx::{Cx, SaveTo};
use super::dialog::{self, Ask};
use super::modal::{Modal, PathAsk};

/// What is done with the answer of a file dialog.
pub enum Purpose {
    /// Import the files.
    Import,
    /// Open the workspace.
    Open,
    /// Do something with the path, such as saving to it.
    Then(SaveTo),
}

impl Cx {
    /// Opens the system's dialog for a purpose.
    pub fn ask_path(&mut self, purpose: Purpose, ask: Ask) {
        let task = dialog::open(&self.ctx, &ask);
        self.dialog = Some((purpose, ask, task));
    }

    /// Asks where to save something, then saves it.
    pub fn ask_save(&mut self, ask: Ask, save: impl FnOnce(&mut Self, PathBuf) + 'static) {
        self.ask_path(Purpose::Then(Box::new(save)), ask);
    }

    /// Takes in the answer of a dialog.
    pub(super) fn take_dialog(&mut self) {
        /// A dialog that was never seen was not cancelled: there is none here.
        const TOO_QUICK: f32 = 0.4;
        let Some((_, _, task)) = &self.dialog else { return };
        let (Some(result), seconds) = (task.poll(), task.seconds()) else { return };
        let Some((purpose, ask, _)) = self.dialog.take() else { return };
        let paths = result.unwrap_or_default();
        if !paths.is_empty() {
            self.take_paths(purpose, paths);
        } else if seconds < TOO_QUICK {
            self.ask_typed(purpose, &ask);
        }
    }

    /// Asks for a typed path instead.
    pub fn ask_typed(&mut self, purpose: Purpose, ask: &Ask) {
        self.modal = Some(Modal::Path(PathAsk::new(purpose, ask, &self.places)));
    }

    /// Does what paths were asked for.
    pub fn take_paths(&mut self, purpose: Purpose, mut paths: Vec<PathBuf>) {
        match purpose {
            Purpose::Import => self.import_files(paths),
            Purpose::Open => {
                if let Some(path) = paths.pop() {
                    self.open(path);
                }
            }
            Purpose::Then(work) => {
                if let Some(path) = paths.pop() {
                    work(self, path);
                }
            }
        }
    }
}
