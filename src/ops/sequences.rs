//! Sequences: what a user can do with them, every change a named step that can be undone, and their replay together. A
//! sequence with problems can be saved, so that nothing typed is lost.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::Session;
use super::session::known_until;
use crate::analytics::rules::Sieve;
use crate::analytics::triggers::{self, Audiences, Fate, Monthly, Question, Replay, Row, month_ends};
use crate::jobs::Progress;
use crate::model::sequence::{Pressure, Problem, Sequence, templates};
use crate::model::{Day, Rule};
use crate::report::table_export::{self, List, TableFormat, Value, Written};
pub use crate::workspace::sequences::SavedSequence;
use crate::workspace::settings::name;

/// A longer name fits no list.
const LONGEST_NAME: usize = 80;
/// Messages whose customers are fetched at once while a list is written.
const PAGE: usize = 4_096;

impl Session {
    /// Saved sequences, oldest first.
    pub fn saved_sequences(&self) -> Result<Vec<SavedSequence>> {
        Ok(self.workspace.saved_sequences()?)
    }

    /// The saved sequence of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_sequence(&self, name: &str) -> Result<SavedSequence> {
        let saved = self.saved_sequences()?;
        let known = saved.iter().map(|saved| saved.sequence.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = saved.iter().find(|saved| saved.sequence.name == name).cloned();
        found.ok_or_else(|| match known.as_str() {
            "" => anyhow!("there is no sequence “{name}”; none was saved yet"),
            known => anyhow!("there is no sequence “{name}”; saved are {known}"),
        })
    }

    /// Saves a sequence: a new one when its id is 0. Sequences that one leaves for it follow a new name.
    ///
    /// # Errors
    /// A sentence when the name is missing, too long, or taken by another.
    pub fn save_sequence(&mut self, changed: &SavedSequence) -> Result<()> {
        let name = checked_name(&changed.sequence.name)?;
        let saved = self.saved_sequences()?;
        if saved.iter().any(|other| other.sequence.name == name && other.id != changed.id) {
            bail!("there is a sequence “{name}” already; choose another name");
        }
        let old = saved.iter().find(|other| other.id == changed.id);
        let label = match old {
            None if changed.id != 0 => bail!("{GONE}"),
            None if saved.len() >= triggers::MOST_SEQUENCES => {
                bail!("a shop has at most {} sequences; delete one first", triggers::MOST_SEQUENCES)
            }
            None => format!("Save sequence {name}"),
            Some(old) if old.sequence.name != name => format!("Rename sequence {} to {name}", old.sequence.name),
            Some(old) if old.sequence.active != changed.sequence.active => {
                format!("Switch {name} {}", if changed.sequence.active { "on" } else { "off" })
            }
            Some(_) => format!("Change sequence {name}"),
        };
        let sequence = Sequence { name: name.clone(), ..changed.sequence.clone() };
        let mut all = vec![SavedSequence { id: changed.id, sequence }];
        if let Some(old) = old.filter(|old| old.sequence.name != name) {
            all.extend(saved.iter().filter(|other| other.id != changed.id).cloned().map(|mut other| {
                other.sequence.exits.iter_mut().for_each(|exit| exit.follow(&old.sequence.name, &name));
                other
            }));
        }
        Ok(self.workspace.save_sequences(&label, super::now(), &all)?)
    }

    /// Saves templates of these names, all when there is none, as one step; those whose name is taken are left out.
    /// Gives the names of the saved ones.
    ///
    /// # Errors
    /// A sentence that lists the templates when a name is none of theirs.
    pub fn add_templates(&mut self, names: &[String]) -> Result<Vec<String>> {
        let wanted = if names.is_empty() {
            templates::all()
        } else {
            names.iter().map(|name| templates::named(name).ok_or_else(|| no_template(name))).collect::<Result<_>>()?
        };
        let saved = self.saved_sequences()?;
        let free = |sequence: &Sequence| saved.iter().all(|other| other.sequence.name != sequence.name);
        let new: Vec<SavedSequence> =
            wanted.into_iter().filter(free).map(|sequence| SavedSequence { id: 0, sequence }).collect();
        let names: Vec<String> = new.iter().map(|new| new.sequence.name.clone()).collect();
        let label = match names.as_slice() {
            [one] => format!("Save sequence {one}"),
            many => format!("Save {} sequences from templates", many.len()),
        };
        self.workspace.save_sequences(&label, super::now(), &new)?;
        Ok(names)
    }

    /// Saves a copy of a sequence; gives the copy's name.
    pub fn duplicate_sequence(&mut self, id: i64) -> Result<String> {
        let saved = self.saved_sequences()?;
        let original = &found(&saved, id)?.sequence;
        let free = |name: &String| saved.iter().all(|other| other.sequence.name != *name);
        let stem: String = original.name.chars().take(LONGEST_NAME - 12).collect();
        let name = (2..)
            .map(|n| if n == 2 { format!("{stem} copy") } else { format!("{stem} copy {}", n - 1) })
            .find(free)
            .ok_or_else(|| anyhow!("no name is left for a copy"))?;
        let copy = SavedSequence { id: 0, sequence: Sequence { name: name.clone(), ..original.clone() } };
        self.workspace.save_sequences(&format!("Duplicate sequence {}", original.name), super::now(), &[copy])?;
        Ok(name)
    }

    /// Deletes a sequence.
    pub fn remove_sequence(&mut self, id: i64) -> Result<()> {
        let saved = self.saved_sequences()?;
        let label = format!("Delete sequence {}", found(&saved, id)?.sequence.name);
        Ok(self.workspace.remove_plan(&label, super::now(), id)?)
    }

    /// How much a head is written to at most.
    pub fn pressure(&self) -> Result<Pressure> {
        Ok(self.workspace.setting(name::PRESSURE)?.unwrap_or_default())
    }

    /// Changes how much a head is written to at most.
    ///
    /// # Errors
    /// A sentence when the limits cannot be kept.
    pub fn set_pressure(&mut self, pressure: &Pressure) -> Result<()> {
        if let Some(problem) = pressure.problems().first() {
            bail!("the limits were not changed: {}", problem.words);
        }
        let value = (*pressure != Pressure::default()).then(|| serde_json::to_string(pressure)).transpose()?;
        Ok(self.workspace.change_settings("Change limits on messages", super::now(), &[(name::PRESSURE, value)])?)
    }

    /// Everything wrong with a sequence in this shop.
    pub fn sequence_problems(&self, sequence: &Sequence) -> Result<Vec<Problem>> {
        let mut problems = sequence.problems();
        for rule in sequence.rules() {
            if let Err(why) = self.resolved(rule) {
                problems.push(Problem { at: "audience".into(), words: format!("{why}"), stops: true });
            }
        }
        Ok(problems)
    }

    /// What a replay of these sequences needs; those that are not active are left out of it.
    ///
    /// # Errors
    /// A sentence when one of them has problems that stop it, or the shop has no history.
    pub fn prepare_sequences(
        &mut self,
        sequences: &[Sequence],
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Prepared> {
        if sequences.len() > triggers::MOST_SEQUENCES {
            bail!("at most {} sequences are replayed together", triggers::MOST_SEQUENCES);
        }
        for sequence in sequences.iter().filter(|sequence| sequence.active) {
            if let Some(problem) = self.sequence_problems(sequence)?.first() {
                bail!("“{}” cannot be replayed; {}: {}", sequence.name, problem.at, problem.words);
            }
        }
        let data = self.dataset(progress)?;
        let Some((first, _)) = data.span else {
            bail!("the shop has no orders yet; import some to replay sequences on them");
        };
        let as_of = known_until(&data, as_of);
        let zone = self.definitions()?.zone;
        let signals = Arc::new(self.workspace.signals(&data, zone, progress)?);
        let audiences = self.audiences(sequences, (first, as_of), progress)?;
        Ok(Prepared {
            details: self.details(progress)?,
            definitions: self.definitions()?,
            sequences: sequences.to_vec(),
            pressure: self.pressure()?,
            data,
            signals,
            audiences,
            as_of,
        })
    }

    /// Members of every rule that active sequences ask, month by month.
    fn audiences(&mut self, sequences: &[Sequence], days: (Day, Day), progress: &Progress) -> Result<Audiences> {
        let mut rules: Vec<(Rule, Rule)> = Vec::new();
        for rule in sequences.iter().filter(|sequence| sequence.active).flat_map(Sequence::rules) {
            if rules.iter().all(|(known, _)| known != rule) {
                rules.push((rule.clone(), self.resolved(rule)?));
            }
        }
        let mut found: Vec<(Rule, Monthly)> =
            rules.iter().map(|(rule, _)| (rule.clone(), Monthly::default())).collect();
        if rules.is_empty() {
            return Ok(Audiences(found));
        }
        for day in month_ends(days.0, days.1) {
            let sieve: Sieve = self.sieve(Some(day), progress)?;
            for ((_, rule), (_, monthly)) in rules.iter().zip(&mut found) {
                monthly.days.push(day);
                monthly.members.push(sieve.members(rule, progress)?.yes);
            }
        }
        Ok(Audiences(found))
    }

    /// Replays the saved sequences together; only those of these names when there are some.
    ///
    /// # Errors
    /// As [`Self::prepare_sequences`]; and when no sequence was saved.
    pub fn replay_sequences(
        &mut self,
        only: &[String],
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<(Prepared, Replay)> {
        let sequences: Vec<Sequence> = if only.is_empty() {
            self.saved_sequences()?.into_iter().map(|saved| saved.sequence).collect()
        } else {
            let named = |name: &String| Ok(Sequence { active: true, ..self.saved_sequence(name)?.sequence });
            only.iter().map(named).collect::<Result<_>>()?
        };
        if sequences.is_empty() {
            bail!("no sequence was saved yet; begin with a template");
        }
        let prepared = self.prepare_sequences(&sequences, as_of, progress)?;
        let replay = triggers::replay(&prepared.question(), progress)?;
        Ok((prepared, replay))
    }

    /// Saves who would have got what and when, as CSV or XLSX.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_messages(
        &self,
        prepared: &Prepared,
        wanted: impl Fn(&Row) -> bool + Sync,
        path: &Path,
        format: &dyn TableFormat,
        progress: &Progress,
    ) -> Result<Written> {
        let rows = triggers::rows(&prepared.question(), wanted, progress)?;
        let columns: Vec<String> = MESSAGE_COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let list = List { title: "Messages".into(), columns };
        let mut done = 0;
        let mut pages = rows.chunks(PAGE).flat_map(|page| {
            done += page.len() as u64;
            let ids: Vec<u32> = page.iter().map(|row| prepared.data.customers.id[row.customer as usize]).collect();
            match progress.step(done).map_err(Into::into).and_then(|()| self.customers(&ids)) {
                Ok(listed) => page
                    .iter()
                    .zip(listed)
                    .map(|(row, customer)| Ok(cells(row, [customer.name, customer.email], prepared)))
                    .collect(),
                Err(error) => vec![Err(error)],
            }
        });
        table_export::save(path, format, &list, &mut pages)
    }
}

/// Sequences with everything their replay asks for.
pub struct Prepared {
    /// The shop.
    pub data: Arc<crate::model::Dataset>,
    /// Consents, addresses, birth dates.
    pub details: Arc<crate::model::Details>,
    /// Carts, looks and observed products.
    pub signals: Arc<crate::model::Signals>,
    /// What its words mean.
    pub definitions: crate::model::Definitions,
    /// The sequences.
    pub sequences: Vec<Sequence>,
    /// Limits for all of them.
    pub pressure: Pressure,
    /// Members of their rules.
    pub audiences: Audiences,
    /// The last day.
    pub as_of: Day,
}

impl Prepared {
    /// What is asked of the shop.
    pub fn question(&self) -> Question<'_> {
        Question {
            data: &self.data,
            details: &self.details,
            signals: &self.signals,
            definitions: &self.definitions,
            sequences: &self.sequences,
            pressure: &self.pressure,
            audiences: &self.audiences,
            as_of: self.as_of,
        }
    }

    /// The subject of a message.
    pub fn subject(&self, row: &Row) -> &str {
        let sequence = &self.sequences[usize::from(row.sequence)];
        let mut messages = sequence.messages();
        messages.find(|(step, _)| *step == usize::from(row.step)).map_or("", |(_, message)| &message.subject)
    }
}

/// Columns of the list of messages.
const MESSAGE_COLUMNS: &[&str] = &[
    "Customer",
    "E-mail",
    "Sequence",
    "Message",
    "Entered on",
    "Day",
    "Time",
    "What became of it",
    "Bought before",
    "Orders after",
    "Revenue after",
    "Currency",
];

fn cells(row: &Row, [name, email]: [Option<String>; 2], prepared: &Prepared) -> Vec<Value> {
    let currency = prepared.definitions.currency;
    let clock = |at: i64| {
        let minutes = at.rem_euclid(86_400) / 60;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let due = row.fate != Fate::Open;
    vec![
        name.map_or(Value::Empty, Value::Text),
        email.map_or(Value::Empty, Value::Text),
        Value::Text(prepared.sequences[usize::from(row.sequence)].name.clone()),
        Value::Text(prepared.subject(row).to_owned()),
        Value::Day(row.entered_on()),
        if due { Value::Day(row.day()) } else { Value::Empty },
        if due { Value::Text(clock(row.at)) } else { Value::Empty },
        Value::Text(row.fate.name().to_owned()),
        Value::Text(if row.bought_before { "yes" } else { "no" }.into()),
        Value::Count(u64::from(row.orders)),
        Value::Money(row.revenue, currency),
        Value::Text(currency.code().into()),
    ]
}

const GONE: &str = "the sequence is gone; somebody deleted it, or its saving was undone";

fn found(saved: &[SavedSequence], id: i64) -> Result<&SavedSequence> {
    saved.iter().find(|saved| saved.id == id && id != 0).ok_or_else(|| anyhow!("{GONE}"))
}

fn no_template(name: &str) -> anyhow::Error {
    let known: Vec<String> = templates::all().into_iter().map(|template| template.name).collect();
    anyhow!("there is no template “{name}”; there are {}", known.join(", "))
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim().to_owned();
    match name.chars().count() {
        0 => bail!("a sequence needs a name"),
        n if n > LONGEST_NAME => {
            bail!("the name of a sequence has at most {LONGEST_NAME} characters, this one has {n}")
        }
        _ if name.chars().any(char::is_control) => bail!("the name of a sequence is one line of text"),
        _ => Ok(name),
    }
}
