//! Hold-outs: drawn from an audience, handed to the mailing tool as lists, kept, and read as experiments.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::Session;
use super::session::known_until;
use crate::analytics::holdout::{Drawn, Outcome, Settings, draw, outcome};
use crate::analytics::next_action::reachable;
use crate::analytics::rules::Sieve;
use crate::jobs::Progress;
use crate::model::holdout::Holdout;
use crate::model::rule::Rule;
use crate::model::{Dataset, Day, TooLittle};
use crate::report::table_export::{self, List, TableFormat, Value};

/// Columns of the lists.
const COLUMNS: [&str; 4] = ["E-mail", "Customer id", "Name", "Group"];
/// What the two groups are called in lists, and at the end of the names of their files.
const GROUPS: [&str; 2] = ["written", "control"];
/// Customers whose names are fetched at once.
const PAGE: usize = 4_096;

/// What a hold-out showed, and how many of its people are in the workspace no more.
#[derive(Debug, Clone)]
pub struct Read {
    /// The hold-out.
    pub holdout: Holdout,
    /// What it shows.
    pub outcome: Outcome,
    /// People who were erased, merged with others, or came with an import that was undone.
    pub gone: usize,
}

impl Session {
    /// Draws a hold-out from those who fit a rule (its saved segments replaced) and may be written to by e-mail.
    ///
    /// # Errors
    /// When the work was cancelled; inside, when a group would be too small.
    pub fn draw_holdout(
        &self,
        sieve: &Sieve,
        rule: &Rule,
        settings: &Settings,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<Drawn, TooLittle>> {
        let data = &*sieve.shop.data;
        let consent_known = sieve.shop.details.consents.get("email").is_some_and(|answers| !answers.is_empty());
        let rule = Rule::All(vec![rule.clone(), reachable(consent_known)]);
        let members: Vec<u32> = sieve.members(&rule, progress)?.yes.iter().collect();
        let as_of = known_until(data, as_of);
        Ok(draw(data, &sieve.shop.definitions, &members, as_of, settings, progress)?)
    }

    /// Keeps a hold-out that was drawn.
    ///
    /// # Errors
    /// A sentence when the name is empty or taken, when it would begin before it was drawn, or the workspace cannot be written.
    pub fn keep_holdout(
        &mut self,
        name: &str,
        audience: &str,
        (drawn, data): (&Drawn, &Dataset),
        settings: &Settings,
        starts: Day,
    ) -> Result<()> {
        let name = name.trim();
        if name.is_empty() {
            bail!("the hold-out needs a name, by which it is read later");
        }
        if starts <= drawn.as_of {
            bail!(
                "the hold-out is drawn by what was known on {}, so it begins later; choose a start after that day",
                drawn.as_of.display()
            );
        }
        if self.workspace.holdouts()?.iter().any(|known| known.name == name) {
            bail!("there is a hold-out “{name}” already; choose another name");
        }
        let ids = |members: &[u32]| {
            let mut ids: Vec<u32> = members.iter().map(|&at| data.customers.id[at as usize]).collect();
            ids.sort_unstable();
            ids
        };
        let holdout = Holdout {
            name: name.to_owned(),
            audience: audience.to_owned(),
            seed: settings.seed,
            starts,
            days: settings.days,
            control: ids(&drawn.control),
            written: ids(&drawn.written),
        };
        Ok(self.workspace.keep_holdout(&format!("Hold out {name}"), super::now(), &holdout)?)
    }

    /// Kept hold-outs, oldest first.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn holdouts(&self) -> Result<Vec<Holdout>> {
        Ok(self.workspace.holdouts()?)
    }

    /// Deletes a hold-out as a step that can be undone.
    ///
    /// # Errors
    /// A sentence when there is none of that name.
    pub fn remove_holdout(&mut self, name: &str) -> Result<()> {
        let found = self.workspace.remove_holdout(&format!("Delete hold-out {name}"), super::now(), name)?;
        if found { Ok(()) } else { Err(no_such(name, &self.holdouts()?)) }
    }

    /// What a hold-out shows; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// A sentence when there is none of that name, or the workspace cannot be read.
    pub fn read_holdout(&mut self, name: &str, as_of: Option<Day>, progress: &Progress) -> Result<Read> {
        let kept = self.workspace.holdouts()?;
        let Some(holdout) = kept.iter().find(|one| one.name == name).cloned() else { return Err(no_such(name, &kept)) };
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let at = |ids: &[u32]| -> Vec<u32> {
            let places = ids.iter().filter_map(|id| data.customers.id.binary_search(id).ok());
            places.map(|place| place as u32).collect()
        };
        let (written, control) = (at(&holdout.written), at(&holdout.control));
        let gone = holdout.written.len() + holdout.control.len() - written.len() - control.len();
        let as_of = known_until(&data, as_of);
        let days = (holdout.starts, holdout.ends());
        let outcome = outcome(&data, &definitions, (&written, &control), days, as_of);
        Ok(Read { holdout, outcome, gone })
    }

    /// Saves who is written to and who is not: as one list with a column, or as two lists, whose files end in
    /// `-written` and `-control`. Gives the files.
    ///
    /// # Errors
    /// When a file cannot be written; what was there before stays.
    pub fn export_holdout(
        &self,
        data: &Dataset,
        drawn: &Drawn,
        (path, format): (&Path, &dyn TableFormat),
        one_list: bool,
        progress: &Progress,
    ) -> Result<Vec<PathBuf>> {
        let groups = [(&drawn.written, GROUPS[0]), (&drawn.control, GROUPS[1])];
        let lists: Vec<(PathBuf, Vec<(u32, &str)>)> = if one_list {
            let mut all: Vec<(u32, &str)> =
                groups.iter().flat_map(|(members, group)| members.iter().map(|at| (*at, *group))).collect();
            all.sort_unstable();
            vec![(path.to_owned(), all)]
        } else {
            let list = |(members, group): (&Vec<u32>, &'static str)| {
                (beside(path, group), members.iter().map(|at| (*at, group)).collect())
            };
            groups.into_iter().map(list).collect()
        };
        for (path, members) in &lists {
            self.write_list(data, members, (path, format), progress)?;
        }
        Ok(lists.into_iter().map(|(path, _)| path).collect())
    }

    fn write_list(
        &self,
        data: &Dataset,
        members: &[(u32, &str)],
        (path, format): (&Path, &dyn TableFormat),
        progress: &Progress,
    ) -> Result<()> {
        progress.expect(members.len() as u64);
        let list = List { title: "Hold-out".into(), columns: COLUMNS.map(str::to_owned).into() };
        let mut done = 0;
        let mut rows = members.chunks(PAGE).flat_map(|page| {
            done += page.len() as u64;
            let ids: Vec<u32> = page.iter().map(|(at, _)| data.customers.id[*at as usize]).collect();
            let named = progress.step(done).map_err(Into::into).and_then(|()| self.customers(&ids));
            let text = |value: Option<String>| value.map_or(Value::Empty, Value::Text);
            match named {
                Err(error) => vec![Err(error)],
                Ok(named) => named
                    .into_iter()
                    .zip(page)
                    .map(|(one, (_, group))| {
                        Ok(vec![text(one.email), text(one.shop_id), text(one.name), Value::Text((*group).to_owned())])
                    })
                    .collect(),
            }
        });
        table_export::save(path, format, &list, &mut rows)?;
        Ok(())
    }
}

fn no_such(name: &str, kept: &[Holdout]) -> anyhow::Error {
    let known: Vec<&str> = kept.iter().map(|one| one.name.as_str()).collect();
    if known.is_empty() {
        anyhow!("there is no hold-out “{name}”; none was kept yet")
    } else {
        anyhow!("there is no hold-out “{name}”; kept are {}", known.join(", "))
    }
}

/// `list.csv` as `list-control.csv`.
fn beside(path: &Path, group: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map_or_else(String::new, |end| format!(".{}", end.to_string_lossy()));
    path.with_file_name(format!("{stem}-{group}{end}"))
}
