//! An import under way: files that were chosen, what a look at them found, and what became of them.

mod check;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::plan::{Choices, Plan};
use crate::import::preview::{Doubt, Preview, Topic};
use crate::ops::import::Outcome;
use crate::ui::new_shop::NewShop;
use crate::ui::panels::PanelId;
use crate::ui::slot::Slot;

pub use check::Checked;

/// Where the user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The list of files.
    Files,
    /// Columns and issues of one file.
    Columns,
    /// What came of it.
    Done,
}

/// An import under way.
pub struct Flow {
    /// The files, in the order they are imported.
    pub files: Vec<FlowFile>,
    /// The file on view.
    pub current: usize,
    /// Where the user is.
    pub stage: Stage,
    /// The shop to be made, where none of the user's own is open.
    pub shop: NewShop,
    /// The page to go back to.
    pub back: PanelId,
}

/// What a look at a file found, with the plan that follows.
pub struct Looked {
    /// The look.
    pub preview: Preview,
    /// The user's choices, with those remembered for files with this header.
    pub choices: Choices,
    /// Whether something was remembered.
    pub remembered: bool,
    /// The plan; else a sentence that says what is missing for one.
    pub plan: Result<Plan, String>,
}

impl Looked {
    /// What must be settled before the file can be imported.
    pub fn questions(&self) -> Vec<Doubt> {
        match &self.plan {
            Ok(plan) => plan.questions(),
            Err(sentence) => vec![Doubt {
                topic: Topic::Source,
                column: None,
                what: sentence.clone(),
                repair: String::new(),
                question: true,
            }],
        }
    }
}

/// What became of a file.
pub enum Ended {
    /// It was imported.
    Imported(Box<Outcome>),
    /// It was not; the sentence says why.
    Failed(String),
}

/// A file that was chosen.
pub struct FlowFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without folder.
    pub name: String,
    /// What the user chose.
    pub choices: Choices,
    /// Not to be imported.
    pub left_out: bool,
    /// The look.
    pub looked: Slot<Choices, Arc<Looked>>,
    /// The whole file read once, nothing written.
    pub checked: Slot<Choices, Arc<Checked>>,
    /// What became of it.
    pub ended: Option<Ended>,
}

impl FlowFile {
    fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            choices: Choices::default(),
            left_out: false,
            looked: Slot::new("Looking at the file"),
            checked: Slot::new("Reading the whole file; nothing is written"),
            ended: None,
        }
    }

    /// The newest look.
    pub fn look(&self) -> Option<&Arc<Looked>> {
        self.looked.latest().map(|(_, looked)| looked)
    }

    /// The plan, once nothing is to be settled.
    pub fn ready(&self) -> Option<&Plan> {
        let plan = self.look()?.plan.as_ref().ok()?;
        (!self.looked.is_working() && plan.questions().is_empty()).then_some(plan)
    }
}

impl Flow {
    /// A flow over files. One file goes straight to its columns.
    pub fn new(paths: &[PathBuf]) -> Self {
        let files: Vec<FlowFile> = paths.iter().map(|path| FlowFile::new(path)).collect();
        let stage = if files.len() == 1 { Stage::Columns } else { Stage::Files };
        Self { files, current: 0, stage, shop: NewShop::default(), back: PanelId::Imports }
    }

    /// Files that are to be imported.
    pub fn wanted(&self) -> impl Iterator<Item = &FlowFile> {
        self.files.iter().filter(|file| !file.left_out)
    }

    /// Why the import cannot start yet; `None` when it can.
    pub fn waits_for(&self) -> Option<String> {
        let wanted: Vec<&FlowFile> = self.wanted().collect();
        if wanted.is_empty() {
            return Some("No file is left to import".into());
        }
        let open: Vec<&&FlowFile> = wanted.iter().filter(|file| file.ready().is_none()).collect();
        let first = open.first()?;
        if first.looked.failure().is_some() {
            let way = if wanted.len() == 1 { "choose another file" } else { "leave it out to continue" };
            return Some(format!("{} cannot be imported; {way}", first.name));
        }
        let questions = first.look().map_or(0, |look| look.questions().len());
        Some(match (questions, wanted.len()) {
            (0, _) => format!("Looking at {}", first.name),
            (1, 1) => "Answer the question to continue".into(),
            (n, 1) => format!("Answer the {n} questions to continue"),
            (1, _) => format!("Answer the question about {} to continue", first.name),
            (n, _) => format!("Answer the {n} questions about {} to continue", first.name),
        })
    }
}
