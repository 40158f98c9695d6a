//! Carrying definitions, cut-offs, texts and mappings from one workspace to another, in one small readable file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Session;
use crate::analytics::rfm;
use crate::analytics::segments::{Segment, SegmentRules};
use crate::import::plan::Choices;
use crate::import::sources;
use crate::model::plan::Problem;
use crate::model::rule::Words;
use crate::model::sequence::Pressure;
use crate::model::strategy::{Answers, Issues, StrategyPlan};
use crate::model::{Contents, Currency, Definitions, Locale, Matrix, Omnichannel};
use crate::report::file;
use crate::workspace::carry::{PARTS, Part, Rows};
use crate::workspace::copy::Purpose;
use crate::workspace::journey::{self, Single};
use crate::workspace::segments::Body;
use crate::workspace::settings::name;

/// Version of the file.
const VERSION: u32 = 1;
/// A longer file is none of ours.
const LONGEST: u64 = 16 << 20;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
struct Setup {
    /// Its version.
    cartwright_setup: u32,
    /// The shop it came from.
    shop: String,
    #[serde(flatten)]
    rows: Rows,
}

/// A difference that taking over a setup would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of thing it is.
    pub kind: &'static str,
    /// Which one.
    pub what: String,
    /// What it is now; `None` = it is not here yet.
    pub from: Option<String>,
    /// What it becomes.
    pub to: String,
}

/// A setup that was looked at, with what it would change here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incoming {
    /// The shop it came from.
    pub shop: String,
    /// What would change.
    pub changes: Vec<Change>,
    /// How many things are the same already.
    pub unchanged: usize,
    #[serde(skip)]
    rows: Rows,
}

impl Session {
    /// Writes what can be carried to another workspace; gives the number of things.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_setup(&self, path: &Path) -> Result<usize> {
        let setup = Setup { cartwright_setup: VERSION, shop: self.shop()?, rows: self.workspace.carried()? };
        let mut text = serde_json::to_vec_pretty(&setup)?;
        text.push(b'\n');
        file::write_bytes(path, &text)?;
        Ok(setup.rows.0.values().map(BTreeMap::len).sum())
    }

    /// Looks at a setup and says what taking it over would change. Nothing is written.
    ///
    /// # Errors
    /// When the file is no setup, is newer than this program, or holds something that cannot be right.
    pub fn look_at_setup(&self, path: &Path) -> Result<Incoming> {
        let setup = read(path)?;
        let here = self.workspace.carried()?;
        let currency = self.definitions()?.currency;
        let mut incoming = Incoming { shop: setup.shop, changes: Vec::new(), unchanged: 0, rows: Rows::default() };
        let mut parts: Vec<_> = setup.rows.0.into_iter().collect();
        parts.sort_by_key(|(name, _)| PARTS.iter().position(|part| part.name == name));
        for (part, rows) in parts {
            for (key, value) in rows {
                let old = here.0.get(&part).and_then(|rows| rows.get(&key));
                let (value, changes) = compared(&part, &key, old, value, currency)
                    .with_context(|| format!("{} was not taken over", path.display()))?;
                if changes.is_empty() {
                    incoming.unchanged += 1;
                } else {
                    incoming.changes.extend(changes);
                    incoming.rows.0.entry(part.clone()).or_default().insert(key, value);
                }
            }
        }
        Ok(incoming)
    }

    /// Takes over a setup as one step that can be undone.
    pub fn take_over_setup(&mut self, incoming: &Incoming) -> Result<()> {
        let label = format!("Take over the setup of {}", incoming.shop);
        Ok(self.workspace.carry_in(&label, super::now(), &incoming.rows)?)
    }

    /// Writes a copy: one of your own to go on with, or one for somebody else to read.
    pub fn copy(&self, to: &Path, for_reading: bool) -> Result<()> {
        let purpose = if for_reading { Purpose::Reading(super::now()) } else { Purpose::Own };
        Ok(self.workspace.copy(to, purpose)?)
    }

    /// When this workspace was handed over as a copy for reading, UTC seconds; `None` = it is one's own.
    pub fn handed_over(&self) -> Result<Option<i64>> {
        Ok(self.workspace.handed_over()?)
    }
}

fn read(path: &Path) -> Result<Setup> {
    let shown = path.display();
    let size = fs::metadata(path).with_context(|| format!("{shown} cannot be read"))?.len();
    let text = if size > LONGEST { String::new() } else { fs::read_to_string(path).unwrap_or_default() };
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    match value["cartwright_setup"].as_u64() {
        Some(version) if version > u64::from(VERSION) => {
            bail!("{shown} was written by a newer Cartwright; nothing was changed, take it over with that version")
        }
        Some(_) => serde_json::from_value(value)
            .map_err(|e| anyhow!("{shown} is not whole ({e}); nothing was changed, export the setup again")),
        None => bail!("{shown} is no setup of Cartwright; nothing was changed, export one from another workspace"),
    }
}

/// The value to write and the differences it makes: none when all is the same.
fn compared(
    part: &str,
    key: &str,
    old: Option<&Value>,
    new: Value,
    currency: Currency,
) -> Result<(Value, Vec<Change>)> {
    if !Part::named(part).is_some_and(|part| part.takes(key)) {
        bail!("it holds “{key}” in “{part}”, which this version does not know");
    }
    let wrong = |e: serde_json::Error| anyhow!("“{key}” in “{part}” is not what it should be ({e})");
    let wrong_single = |e: anyhow::Error| anyhow!("“{key}” in “{part}” is not what it should be ({e})");
    match (part, key) {
        ("settings", name::DEFINITIONS) => {
            let new: Definitions = serde_json::from_value(new).map_err(wrong)?;
            let old = old.map(|old| serde_json::from_value(old.clone())).transpose()?.unwrap_or_default();
            definitions(&old, new)
        }
        ("settings", name::SEGMENT_RULES) => {
            let new: SegmentRules = serde_json::from_value(new).map_err(wrong)?;
            let old = old.map(|old| serde_json::from_value(old.clone())).transpose()?;
            let change = Change {
                kind: "Segment cut-offs",
                what: "All segments".into(),
                from: Some(old.map_or_else(|| "From the shop’s own distribution".into(), rules_in_words)),
                to: rules_in_words(new),
            };
            Ok((serde_json::to_value(new)?, if old == Some(new) { Vec::new() } else { vec![change] }))
        }
        ("settings", name::RFM) => {
            let new: rfm::Settings = serde_json::from_value(new).map_err(wrong)?;
            new.check().map_err(|why| anyhow!("“{key}” in “{part}” is not what it should be ({why})"))?;
            let old: rfm::Settings =
                old.map(|old| serde_json::from_value(old.clone())).transpose()?.unwrap_or_default();
            let words = |settings: &rfm::Settings| format!("{} bins. {}", settings.bins, settings.in_words());
            let change =
                Change { kind: "RFM scores", what: "All customers".into(), from: Some(words(&old)), to: words(&new) };
            Ok((serde_json::to_value(&new)?, if old == new { Vec::new() } else { vec![change] }))
        }
        ("settings", name::PRESSURE) => {
            let new: Pressure = serde_json::from_value(new).map_err(wrong)?;
            if let Some(problem) = new.problems().first() {
                bail!("“{key}” in “{part}” is not what it should be ({})", problem.words);
            }
            let old: Pressure = old.map(|old| serde_json::from_value(old.clone())).transpose()?.unwrap_or_default();
            let (kind, what) = ("Limits on messages", "All customers".to_owned());
            let change = Change { kind, what, from: Some(old.in_words()), to: new.in_words() };
            Ok((serde_json::to_value(new)?, if old == new { Vec::new() } else { vec![change] }))
        }
        ("settings", name::SEGMENT_FOCUS) => {
            let new: BTreeMap<Segment, String> = serde_json::from_value(new).map_err(wrong)?;
            let old = old.map(|old| serde_json::from_value(old.clone())).transpose()?.unwrap_or_default();
            focus(old, new)
        }
        ("mappings", _) => {
            let choices: Choices = serde_json::from_value(new.clone()).map_err(wrong)?;
            let old_words = old
                .map(|old| serde_json::from_value(old.clone()).map(|choices| choices_in_words(&choices)))
                .transpose()?;
            Ok(plain("Columns of files", file_of(&choices), old, old_words, choices_in_words(&choices), new))
        }
        ("segments", name) => {
            let sentence = |value: &Value| -> Result<String, serde_json::Error> {
                let body: Body = serde_json::from_value(value.clone())?;
                Ok(body.rule.sentence(Words { locale: Locale::En, currency }))
            };
            let to = sentence(&new).map_err(wrong)?;
            let from = old.map(sentence).transpose()?;
            Ok(plain("Saved segments", name.to_owned(), old, from, to, new))
        }
        ("tables", Matrix::KIND) => {
            single::<Matrix>("Journey matrix", old, new, Matrix::problems).map_err(wrong_single)
        }
        ("tables", Omnichannel::KIND) => {
            single::<Omnichannel>("Omnichannel table", old, new, Omnichannel::problems).map_err(wrong_single)
        }
        ("tables", Contents::KIND) => {
            single::<Contents>("Dynamic content", old, new, Contents::problems).map_err(wrong_single)
        }
        ("tables", Answers::KIND) => {
            single::<Answers>("Framework answers", old, new, wrong_answers).map_err(wrong_single)
        }
        ("tables", Issues::KIND) => {
            single::<Issues>("Framework issues", old, new, |_| Vec::new()).map_err(wrong_single)
        }
        ("tables", StrategyPlan::KIND) => {
            single::<StrategyPlan>("Framework plans", old, new, |_| Vec::new()).map_err(wrong_single)
        }
        _ => {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let to = text(&new);
            Ok(plain("Answers", key.to_owned(), old, old.map(text), to, new))
        }
    }
}

fn wrong_answers(answers: &Answers) -> Vec<Problem> {
    let wrong = super::framework::problem(answers);
    wrong.map(|words| Problem { at: "fields".into(), words, stops: true }).into_iter().collect()
}

/// A record of which a shop has one; what comes replaces it whole.
fn single<T: Single>(
    kind: &'static str,
    old: Option<&Value>,
    new: Value,
    problems: fn(&T) -> Vec<Problem>,
) -> Result<(Value, Vec<Change>)> {
    let record: T = journey::parse(new.clone())?;
    if let Some(problem) = problems(&record).into_iter().find(|problem| problem.stops) {
        bail!("{}: {}", problem.at, problem.words);
    }
    let old: Option<T> = old.map(|old| journey::parse(old.clone())).transpose()?;
    let change = Change {
        kind,
        what: "The whole table".into(),
        from: Some(if old.is_some() { "As it was filled in" } else { "As the framework has it" }.into()),
        to: "As it is filled in there".into(),
    };
    let is_same = old.unwrap_or_default() == record;
    Ok((new, if is_same { Vec::new() } else { vec![change] }))
}

fn plain(
    kind: &'static str,
    what: String,
    old: Option<&Value>,
    from: Option<String>,
    to: String,
    new: Value,
) -> (Value, Vec<Change>) {
    let same = old == Some(&new);
    (new, if same { Vec::new() } else { vec![Change { kind, what, from, to }] })
}

fn definitions(old: &Definitions, mut new: Definitions) -> Result<(Value, Vec<Change>)> {
    if new.counted.is_empty()
        || new.rates.values().any(|rate| *rate <= 0)
        || new.default_margin.is_some_and(|share| !(0.0..=1.0).contains(&share))
    {
        bail!("its definitions cannot be right: a rate, a margin or the orders that count");
    }
    // The shop's own currency needs no rate.
    new.rates.remove(&new.currency);
    let (before, after): (BTreeMap<_, _>, Vec<_>) = (old.in_words().into_iter().collect(), new.in_words());
    let mut changes: Vec<Change> = Vec::new();
    for (what, to) in &after {
        let from = before.get(what).cloned();
        if from.as_ref() != Some(to) {
            changes.push(Change { kind: "Definitions", what: what.clone(), from, to: to.clone() });
        }
    }
    for (what, from) in old.in_words().into_iter().filter(|(what, _)| after.iter().all(|(known, _)| known != what)) {
        changes.push(Change { kind: "Definitions", what, from: Some(from), to: "not set".into() });
    }
    new.version = if changes.is_empty() { old.version } else { old.version + 1 };
    Ok((serde_json::to_value(new)?, changes))
}

/// Texts are taken over segment by segment; those that are only here stay.
fn focus(mut old: BTreeMap<Segment, String>, new: BTreeMap<Segment, String>) -> Result<(Value, Vec<Change>)> {
    let mut changes = Vec::new();
    for (segment, to) in new {
        let from = old.insert(segment, to.clone());
        if from.as_ref() != Some(&to) {
            changes.push(Change { kind: "Personalization focus", what: segment.name().to_owned(), from, to });
        }
    }
    Ok((serde_json::to_value(old)?, changes))
}

fn rules_in_words(rules: SegmentRules) -> String {
    format!(
        "VIP from {} orders within {} days, regular from {}, new within {} days",
        rules.vip_orders, rules.vip_within_days, rules.regular_orders, rules.new_days
    )
}

/// Which files the choices are for.
fn file_of(choices: &Choices) -> String {
    let source = choices.source.as_deref().and_then(sources::by_name).map(|source| source.title().to_owned());
    let table = || choices.table.map(|table| format!("Table of {}", table.name()));
    source.or_else(table).unwrap_or_else(|| "A recognised export".into())
}

fn choices_in_words(choices: &Choices) -> String {
    let mut words: Vec<String> = choices
        .map
        .iter()
        .filter(|(_, column)| !column.is_empty())
        .map(|(field, column)| format!("{} from “{column}”", field.title()))
        .collect();
    words.extend(choices.keep.iter().map(|(column, _)| format!("“{column}” kept")));
    words.extend(choices.currency.map(|currency| format!("in {currency}")));
    words.extend(choices.zone.map(|zone| format!("times of {}", zone.name())));
    if words.is_empty() { "As it is recognised".into() } else { words.join(", ") }
}
