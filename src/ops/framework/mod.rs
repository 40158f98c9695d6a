//! The strategy framework's form: what a user can do with it, every change a named step that can be undone.

mod file;
mod fills;
mod homes;
mod inventory;
mod issues;

use anyhow::{Result, anyhow, bail};

use self::homes::Homes;
use super::Session;
use crate::framework::state::{LONGEST, State, allowed, read, state};
use crate::framework::template::options::{self, Preset};
use crate::framework::template::{FormField, Place, template};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::{Answers, FieldValue, Options};

pub use file::AnswersFile;
pub(super) use fills::Kept;
pub use inventory::{Consents, Inventory, Kind, People, Source};

impl Session {
    /// What was typed into the form.
    ///
    /// # Errors
    /// When it was saved by a newer program.
    pub fn answers(&self) -> Result<Answers> {
        Ok(self.workspace.single()?)
    }

    /// The form as it stands: typed answers, what other pages keep, and what data say; without `as_of` on the last day
    /// with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn framework_state(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<State> {
        let fills = self.framework_fills(as_of, progress)?;
        let kept = Homes::of(self)?.kept(self.definitions()?.currency);
        Ok(state(template(), &self.answers()?, &fills, &kept))
    }

    /// Types a text into a field as a step; an empty one goes back to what data say. A field that another page keeps is
    /// changed there.
    ///
    /// # Errors
    /// A sentence that says what the field can be; nothing is changed then.
    pub fn set_field(&mut self, key: &str, text: &str) -> Result<()> {
        let place = place(key)?;
        let value = self.value_of(place.field, text)?;
        let verb = if value.is_some() { "Type" } else { "Clear" };
        let (before, answers) = (Homes::of(self)?, self.answers()?);
        let (mut homes, mut changed) = (before.clone(), answers.clone());
        put(&mut homes, &mut changed, place.field, value)?;
        let label = format!("{verb} {}", place.short());
        homes.save(&before, &label, self)?;
        self.save_answers(&label, &changed)
    }

    /// Writes a remark beside a field as a step; an empty one takes it away.
    ///
    /// # Errors
    /// A sentence when there is no such field, or the remark is too long.
    pub fn comment_field(&mut self, key: &str, text: &str) -> Result<()> {
        let place = place(key)?;
        if text.chars().count() > LONGEST {
            bail!("the comment was not kept: it has more than {LONGEST} characters");
        }
        let mut answers = self.answers()?;
        let answer = answers.fields.entry(place.field.key.clone()).or_default();
        answer.comment = if text.trim().is_empty() { String::new() } else { text.to_owned() };
        answers.fields.retain(|_, answer| answer.value.is_some() || !answer.comment.is_empty());
        self.save_answers(&format!("Comment on {}", place.short()), &answers)
    }

    /// Chooses the kind of shop as a step.
    ///
    /// # Errors
    /// A sentence when something is chosen that there is not.
    pub fn set_options(&mut self, options: &Options) -> Result<()> {
        if let Some(why) = options::problem(options) {
            bail!("the options were not changed: {why}");
        }
        let answers = Answers { options: options.clone(), ..self.answers()? };
        self.save_answers("Change framework options", &answers)
    }

    /// Begins with a preset as one step: its options, and in a shop without any data its profile, marked as the preset's.
    /// What was typed stays.
    ///
    /// # Errors
    /// When the workspace cannot be written.
    pub fn take_preset(&mut self, preset: &Preset) -> Result<()> {
        let mut answers = self.answers()?;
        answers.options = options::of_preset(preset);
        if self.imports()?.is_empty() && self.sample_seed()?.is_none() {
            let currency = self.definitions()?.currency;
            let amount = |(key, major): (&String, &i64)| (key.clone(), major.to_string());
            let texts = preset.answers.iter().map(|(key, text)| (key.clone(), text.clone()));
            for (key, text) in texts.chain(preset.amounts.iter().map(amount)) {
                let field = place(&key)?.field;
                let answer = answers.fields.entry(field.key.clone()).or_default();
                if answer.value.is_none() {
                    answer.value = read(field, &text, currency).map_err(|why| anyhow!(why))?;
                    answer.comment =
                        format!("From the preset {}; type what is true of this shop instead", preset.title);
                }
            }
        }
        self.save_answers(&format!("Begin with the preset {}", preset.title), &answers)
    }

    fn save_answers(&mut self, label: &str, answers: &Answers) -> Result<()> {
        Ok(self.workspace.save_single(label, super::now(), answers)?)
    }

    fn value_of(&self, field: &FormField, text: &str) -> Result<Option<FieldValue>> {
        let currency = self.definitions()?.currency;
        read(field, text, currency)
            .map_err(|why| anyhow!("{} was not changed: {why}; nothing else was touched", field.key))
    }
}

/// Where a field stands, or a sentence with the nearest ones.
fn place(key: &str) -> Result<Place<'static>> {
    template().place(key).ok_or_else(|| {
        let near = template().find(key);
        let near: Vec<&str> = near.iter().take(5).map(|place| place.field.key.as_str()).collect();
        match near.as_slice() {
            [] => anyhow!("there is no field “{}”; framework show --placeholders lists them all", key.trim()),
            near => anyhow!("there is no field “{}”; near to it are {}", key.trim(), near.join(", ")),
        }
    })
}

/// Puts a value where it is kept.
fn put(homes: &mut Homes, answers: &mut Answers, field: &FormField, value: Option<FieldValue>) -> Result<()> {
    if !field.home.is_empty() {
        homes.put(field, value.as_ref())?;
    }
    // That a content is the same for everybody looks on its page as if nobody had said anything: the form remembers it.
    let is_none = matches!(&value, Some(FieldValue::Choice(choice)) if choice == "None");
    let own = value.filter(|_| field.home.is_empty() || is_none);
    let answer = answers.fields.entry(field.key.clone()).or_default();
    answer.value = own;
    answers.fields.retain(|_, answer| answer.value.is_some() || !answer.comment.is_empty());
    Ok(())
}

/// What is wrong with answers that come from elsewhere, in a sentence; fields that this program does not know stay.
pub(super) fn problem(answers: &Answers) -> Option<String> {
    let wrong = |(key, answer): (&String, &crate::model::strategy::Answer)| {
        let (field, value) = (template().field(key)?, answer.value.as_ref()?);
        allowed(field, value).err().map(|why| format!("{key}: {why}"))
    };
    answers.fields.iter().find_map(wrong).or_else(|| options::problem(&answers.options))
}
