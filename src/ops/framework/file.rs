//! Answers as a file: a blank form to send around, and the same filled in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::Session;
use super::homes::Homes;
use super::{place, put};
use crate::framework::state::{State, exact};
use crate::framework::template::template;
use crate::report::file;

/// The form of the file that this program reads.
const VERSION: u64 = 1;
/// A longer file is none of ours.
const LONGEST: u64 = 64 << 20;

/// A file of answers: what to write by key of the field, as people write it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersFile {
    /// The form in files.
    pub cartwright_framework: u64,
    /// Answers; an empty one empties its field.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
    /// Remarks beside fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub comments: BTreeMap<String, String>,
}

impl Session {
    /// Writes the typed answers, with every other field empty, as a file to fill in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_answers_file(&self, state: &State, path: &Path) -> Result<usize> {
        let mut out = AnswersFile { cartwright_framework: VERSION, ..AnswersFile::default() };
        for field in template().all() {
            let found = state.field(&field.key);
            let typed = found.filter(|found| found.is_typed()).and_then(|found| found.value());
            let text = typed.map(|value| exact(field, value)).unwrap_or_default();
            out.fields.insert(field.key.clone(), Value::String(text));
            if let Some(comment) = found.map(|found| &found.comment).filter(|comment| !comment.is_empty()) {
                out.comments.insert(field.key.clone(), comment.clone());
            }
        }
        let mut text = serde_json::to_vec_pretty(&out)?;
        text.push(b'\n');
        file::write_bytes(path, &text)?;
        Ok(out.fields.values().filter(|value| value.as_str().is_some_and(|text| !text.is_empty())).count())
    }

    /// Takes the answers of a file over: the form's own as one step, those that other pages keep as a step of each. An
    /// empty answer is left alone, so that a blank form that comes back empties nothing.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the file and at which field; nothing is changed then.
    pub fn read_answers_file(&mut self, path: &Path) -> Result<usize> {
        let shown = path.display();
        let found = fs::metadata(path).with_context(|| format!("{shown} cannot be read; nothing was changed"))?;
        if !found.is_file() {
            bail!(
                "{shown} is no file, so nothing was changed; give the file that framework show FILE --save PATH wrote"
            );
        }
        if found.len() > LONGEST {
            bail!("{shown} is too large for answers; nothing was changed");
        }
        let text = fs::read_to_string(path).with_context(|| format!("{shown} cannot be read as text"))?;
        self.take_answers(&text).with_context(|| format!("{shown} was not taken over; nothing was changed"))
    }

    fn take_answers(&mut self, text: &str) -> Result<usize> {
        // Some editors put a mark of the encoding in front.
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|why| anyhow!("it is no file of answers ({why})"))?;
        match value["cartwright_framework"].as_u64() {
            Some(version) if version > VERSION => {
                bail!("it was written by a newer Cartwright (form {version}, this one reads {VERSION}); open it there")
            }
            Some(_) => {}
            None => bail!("it is no file of answers; framework show FILE --save PATH writes one to fill in"),
        }
        let file: AnswersFile = serde_json::from_value(value).map_err(|why| anyhow!("it is not whole ({why})"))?;
        let before = Homes::of(self)?;
        let (mut homes, mut answers, mut taken) = (before.clone(), self.answers()?, 0);
        for (key, value) in &file.fields {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Null => String::new(),
                _ => bail!("{key} is neither a text nor a number"),
            };
            let place = place(key)?;
            if let Some(value) = self.value_of(place.field, &text)? {
                put(&mut homes, &mut answers, place.field, Some(value))?;
                taken += 1;
            }
        }
        for (key, comment) in file.comments {
            answers.fields.entry(place(&key)?.field.key.clone()).or_default().comment = comment;
        }
        homes.check()?;
        homes.save(&before, "Take over answers", self)?;
        self.save_answers("Take over answers", &answers)?;
        Ok(taken)
    }
}
