//! The steps of an import, run by workers: look, check, import, save what was rejected, refresh.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::{Ended, Flow, FlowFile, Looked, Stage, check};
use crate::import::plan::{Choices, Plan};
use crate::import::preview::{PreviewError, preview};
use crate::jobs::{Cancelled, Progress};
use crate::ops::import::{ImportError, plan_for_new};
use crate::ops::{Session, import::Outcome};
use crate::ui::cx::{Cx, counted};
use crate::ui::dialog::Ask;
use crate::ui::new_shop::stem;
use crate::ui::notices::Act;
use crate::ui::panels::PanelId;
use crate::ui::shop::{Home, Snapshot};
use crate::ui::theme::Tone;

impl Cx {
    /// Starts an import of files, or adds them to the one under way.
    pub fn import_files(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        let back = std::mem::replace(&mut self.page, PanelId::Imports);
        match &mut self.import {
            Some(flow) if flow.stage == Stage::Files => {
                flow.files.extend(Flow::new(&paths).files);
            }
            flow => *flow = Some(Flow { back, ..Flow::new(&paths) }),
        }
    }

    /// Leaves the import, back to where it was begun. Nothing was written.
    pub fn leave_import(&mut self, flow: &Flow) {
        self.page = flow.back;
    }

    /// Keeps looks and checks of the files up to date with the choices.
    pub fn ask_for_looks(&mut self) {
        let Some(mut flow) = self.import.take() else { return };
        if flow.stage != Stage::Done {
            for (i, file) in flow.files.iter_mut().enumerate() {
                self.ask_for_look(file);
                if (i == flow.current || flow.stage == Stage::Files) && !file.left_out {
                    self.ask_for_check(file);
                }
            }
        }
        self.import = Some(flow);
    }

    fn ask_for_look(&self, file: &mut FlowFile) {
        let (path, choices) = (file.path.clone(), file.choices.clone());
        file.looked.ask(file.choices.clone(), || {
            self.from_session(move |home, progress| Ok(Ok(Arc::new(look(home, &path, &choices, progress)?))))
        });
    }

    fn ask_for_check(&self, file: &mut FlowFile) {
        let Some(plan) = file.ready().cloned() else { return };
        file.checked.ask(file.choices.clone(), || {
            let erased = self.shop.as_ref().map(|shop| shop.facts.erased.clone()).unwrap_or_default();
            self.compute(move |progress| Ok(Ok(Arc::new(check::check(&plan, erased, progress)?))))
        });
    }

    /// Imports the files one after the other, each whole or not at all.
    pub fn run_import(&mut self) {
        let Some(flow) = &self.import else { return };
        let jobs: Vec<(usize, Plan, Choices)> = flow
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| !file.left_out)
            .filter_map(|(i, file)| Some((i, file.ready()?.clone(), file.look()?.choices.clone())))
            .collect();
        let names: Vec<String> = jobs.iter().map(|(_, plan, _)| plan.file.clone()).collect();
        let rows = flow.wanted().filter_map(|file| Some(file.checked.latest()?.1.summary.rows)).sum();
        // The user's own data never mixes with the sample.
        let new_shop = self.own_shop().is_none().then(|| {
            let name = flow.shop.named().unwrap_or("My shop").to_owned();
            let path = flow.shop.place().map_or_else(|| self.places.free(&stem(&name)), Path::to_owned);
            Made { path, name }
        });
        let words = match names.as_slice() {
            [name] => format!("Importing {name}"),
            names => format!("Importing {}", counted(names.len() as u64, "file", "files")),
        };
        let work = move |home: &mut Home, progress: &Progress| import_all(home, jobs, new_shop.as_ref(), progress);
        self.command_with_rows(words, rows, work, |cx, result| match result {
            Ok(done) => cx.imported(done),
            Err(error) if error.downcast_ref::<Cancelled>().is_some() => {
                cx.notices.tell(Tone::Info, "Import cancelled", "Nothing was written", None);
            }
            Err(error) => cx.notices.failed("The import failed", &error),
        });
    }

    fn imported(&mut self, done: Done) {
        let Done { ended, made, facts } = done;
        if let (Some(path), Some(facts)) = (made, facts.clone()) {
            self.entered(&path, facts);
            self.saved_at = Some(crate::ops::now());
        } else if let Some(facts) = facts {
            self.learn(facts);
        }
        let (mut rows, mut failed, mut steps) = (0, 0, 0);
        for (_, ended) in &ended {
            match ended {
                Ended::Imported(outcome) => {
                    rows += outcome.summary.accepted;
                    steps += usize::from(outcome.import.is_some());
                }
                Ended::Failed(_) => failed += 1,
            }
        }
        let imported = ended.len() - failed;
        if let Some(flow) = &mut self.import {
            for (i, ended) in ended {
                if let Some(file) = flow.files.get_mut(i) {
                    file.ended = Some(ended);
                }
            }
            flow.files.retain(|file| file.ended.is_some());
            (flow.stage, flow.current) = (Stage::Done, 0);
            self.page = PanelId::Imports;
        }
        if imported > 0 {
            let line = format!("{} accepted", counted(rows, "row", "rows"));
            let title = format!("{} imported", counted(imported as u64, "file", "files"));
            let undo = self.made(steps);
            self.notices.tell(Tone::Good, title, line, undo);
        }
        if failed > 0 {
            let title = format!("{} not imported", counted(failed as u64, "file was", "files were"));
            self.notices.tell(Tone::Bad, title, "What was there before is as it was", Some(Act::ShowImports));
        }
    }

    /// Imports the remembered files again, with the choices they were imported with.
    pub fn refresh_imports(&mut self) {
        let refresh = |home: &mut Home, progress: &Progress| {
            let mut ended = Vec::new();
            for (i, (path, choices)) in home.session()?.remembered_files()?.into_iter().enumerate() {
                let result = refresh_one(home.session()?, &path, &choices, progress);
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                ended.push((i, path, name, ended_of(result)?));
            }
            Ok((ended, Snapshot::of(home.session()?)?))
        };
        self.command("Refreshing from the same files", "", refresh, |cx, result| match result {
            Ok((ended, facts)) => {
                let paths: Vec<PathBuf> = ended.iter().map(|(_, path, _, _)| path.clone()).collect();
                cx.import = Some(Flow::new(&paths));
                let ended = ended.into_iter().map(|(i, _, _, ended)| (i, ended)).collect();
                cx.imported(Done { ended, made: None, facts: Some(facts) });
            }
            Err(error) if error.downcast_ref::<Cancelled>().is_some() => {
                cx.notices.tell(Tone::Info, "Refresh cancelled", "Files that were done stay imported", None);
            }
            Err(error) => cx.notices.failed("The refresh failed", &error),
        });
    }

    /// Saves the rejected rows of an import as a file that imports again once mended.
    pub fn save_rejected(&mut self, import: i64, file: &str) {
        let stem = Path::new(file).file_stem().map_or_else(|| "rows".into(), |s| s.to_string_lossy().into_owned());
        let ask = Ask::Save { name: format!("{stem} rejected.csv"), extension: "csv" };
        self.ask_save(ask, move |cx, path| {
            let shown = crate::ui::settings::short_path(&path);
            cx.command(
                "Saving rejected lines",
                "",
                move |home, _| home.session()?.save_rejected(import, &path),
                move |cx, result| match result {
                    Ok(rows) => {
                        let title = format!("{} saved", counted(rows, "rejected line", "rejected lines"));
                        cx.notices.tell(Tone::Good, title, format!("{shown}. Mend them and import the file"), None);
                    }
                    Err(error) => cx.notices.failed("The rejected lines were not saved", &error),
                },
            );
        });
    }
}

fn look(home: &mut Home, path: &Path, choices: &Choices, progress: &Progress) -> Result<Looked> {
    let read = |choices: &Choices| {
        preview(path, choices, progress).map_err(|error| match error {
            PreviewError::Cancelled(cancelled) => anyhow::Error::new(cancelled),
            error => anyhow!("{error}"),
        })
    };
    let first = read(choices)?;
    // The sample is no shop of the user's own; nothing is learnt from it.
    let own = home.session().ok().filter(|session| matches!(session.sample_seed(), Ok(None)));
    let Some(session) = own else {
        let plan = plan_for_new(&first, choices).map_err(|error| error.to_string());
        return Ok(Looked { preview: first, choices: choices.clone(), remembered: false, plan });
    };
    let merged = session.remembered(&first, choices)?;
    let remembered = merged != *choices;
    // A remembered source or table changes what the look proposes.
    let again = merged.source != choices.source || merged.table != choices.table;
    let preview = if again { read(&merged)? } else { first };
    let plan = if session.is_untouched()? { plan_for_new(&preview, &merged) } else { session.plan(&preview, &merged) };
    Ok(Looked { preview, choices: merged, remembered, plan: plan.map_err(|error| error.to_string()) })
}

struct Done {
    ended: Vec<(usize, Ended)>,
    made: Option<PathBuf>,
    facts: Option<Snapshot>,
}

fn import_all(
    home: &mut Home,
    jobs: Vec<(usize, Plan, Choices)>,
    new_shop: Option<&Made>,
    progress: &Progress,
) -> Result<Done> {
    let mut before = new_shop.map(|made| make_shop(home, made)).transpose()?.flatten();
    let session = home.session()?;
    if let Some((_, plan, _)) = jobs.first() {
        let choices = Choices { currency: Some(plan.currency), zone: Some(plan.zone), ..Choices::default() };
        session.start_with(&[], &choices)?;
    }
    let mut ended = Vec::new();
    for (i, plan, choices) in jobs {
        let result = home.session()?.import(&plan, &choices, progress);
        match ended_of(result) {
            Ok(end) => ended.push((i, end)),
            Err(cancelled) if ended.is_empty() => {
                take_back(home, new_shop, before.take());
                return Err(cancelled);
            }
            Err(_) => ended.push((i, Ended::Failed("Cancelled; nothing of this file was written".into()))),
        }
    }
    let any = ended.iter().any(|(_, end)| matches!(end, Ended::Imported(_)));
    if !any && new_shop.is_some() {
        take_back(home, new_shop, before);
        return Ok(Done { ended, made: None, facts: None });
    }
    let facts = Snapshot::of(home.session()?)?;
    Ok(Done { ended, made: new_shop.map(|made| made.path.clone()), facts: Some(facts) })
}

/// A workspace that is made for an import.
struct Made {
    path: PathBuf,
    name: String,
}

/// Makes the workspace in place of the one that is open (none, or the sample), which is given back.
fn make_shop(home: &mut Home, made: &Made) -> Result<Option<Session>> {
    if let Some(folder) = made.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let session = Session::create(&made.path, &made.name)?;
    let before = home.session.take();
    home.replace(Some(session));
    Ok(before)
}

/// A workspace that was made for an import which brought nothing is taken away again; what was open is open again.
fn take_back(home: &mut Home, made: Option<&Made>, before: Option<Session>) {
    if let Some(made) = made {
        home.replace(before);
        let _ = std::fs::remove_file(&made.path);
    }
}

fn refresh_one(
    session: &mut Session,
    path: &Path,
    choices: &Choices,
    progress: &Progress,
) -> Result<Outcome, ImportError> {
    let preview = preview(path, choices, progress).map_err(|error| match error {
        PreviewError::Cancelled(cancelled) => ImportError::Cancelled(cancelled),
        error => ImportError::File(error.to_string()),
    })?;
    let plan = session.plan(&preview, choices).map_err(|error| ImportError::File(error.to_string()))?;
    session.import(&plan, choices, progress)
}

/// A failure belongs to its file; a cancellation ends the whole.
fn ended_of(result: Result<Outcome, ImportError>) -> Result<Ended> {
    match result {
        Ok(outcome) => Ok(Ended::Imported(Box::new(outcome))),
        Err(ImportError::Cancelled(cancelled)) => Err(cancelled.into()),
        Err(error) => Ok(Ended::Failed(error.to_string())),
    }
}
