//! Saved segments: what a user can do with them, every change a named step that can be undone.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::Session;
use super::session::last_day;
use crate::analytics::next_action::{Assumptions, NextActions, next_actions};
use crate::analytics::rules::{Members, Shop, Sieve};
use crate::analytics::segments::Segment;
use crate::jobs::Progress;
use crate::model::rule::{FieldId, Library, Rule, Test, Words};
use crate::model::{Day, Locale, TooLittle};
pub use crate::workspace::segments::SavedSegment;

/// A longer name fits no list.
const LONGEST_NAME: usize = 80;

impl Session {
    /// Saved segments in the user's order.
    pub fn saved_segments(&self) -> Result<Vec<SavedSegment>> {
        Ok(self.workspace.saved_segments()?)
    }

    /// The saved segment of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_segment(&self, name: &str) -> Result<SavedSegment> {
        let saved = self.saved_segments()?;
        let known = saved.iter().map(|segment| segment.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = saved.iter().find(|segment| segment.name == name).cloned();
        found.ok_or_else(|| match known.as_str() {
            "" => anyhow!("there is no segment “{name}”; none was saved yet"),
            known => anyhow!("there is no segment “{name}”; saved are {known}"),
        })
    }

    /// The rule of a saved segment, or of one of the framework's by its name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn segment_rule(&self, name: &str) -> Result<Rule> {
        let saved = self.saved_segment(name);
        let framework = Segment::ALL.iter().find(|segment| segment.name().eq_ignore_ascii_case(name));
        match (saved, framework) {
            (Err(_), Some(segment)) => Ok(Rule::is(FieldId::Segment, Test::Is(vec![segment.name().to_owned()]))),
            (saved, _) => {
                let own = Segment::ALL.map(Segment::name).join(", ");
                Ok(saved.map_err(|why| anyhow!("{why}; the framework's are {own}"))?.rule)
            }
        }
    }

    /// Rules of the saved segments by name.
    pub fn library(&self) -> Result<Library> {
        let saved = self.saved_segments()?;
        Ok(library_of(&saved))
    }

    /// Saves a new segment at the end of the list.
    ///
    /// # Errors
    /// A sentence when the name is taken, or the rule cannot be asked or speaks of itself.
    pub fn add_segment(&mut self, name: &str, description: &str, rule: &Rule) -> Result<()> {
        let mut saved = self.saved_segments()?;
        let (name, description) = (name.trim().to_owned(), description.trim().to_owned());
        saved.push(SavedSegment { id: 0, name: name.clone(), description, rule: rule.clone() });
        self.save(&format!("Save segment {name}"), saved)
    }

    /// Changes a saved segment; rules that speak of it follow a new name.
    ///
    /// # Errors
    /// As [`Self::add_segment`].
    pub fn change_segment(&mut self, changed: &SavedSegment) -> Result<()> {
        let mut saved = self.saved_segments()?;
        let at = position(&saved, changed.id)?;
        let old = saved[at].clone();
        let (name, description) = (changed.name.trim().to_owned(), changed.description.trim().to_owned());
        saved[at] = SavedSegment { id: old.id, name: name.clone(), description, rule: changed.rule.clone() };
        if old.name != name {
            saved.iter_mut().for_each(|segment| segment.rule = segment.rule.renamed(&old.name, &name));
        }
        let label = match (old.name == name, old.rule == changed.rule) {
            (false, _) => format!("Rename segment {} to {name}", old.name),
            (true, false) => format!("Change rule of {name}"),
            (true, true) => format!("Describe segment {name}"),
        };
        self.save(&label, saved)
    }

    /// Saves a copy of a segment behind it; gives the copy's name.
    pub fn duplicate_segment(&mut self, id: i64) -> Result<String> {
        let mut saved = self.saved_segments()?;
        let at = position(&saved, id)?;
        let original = saved[at].clone();
        let free = |name: &String| saved.iter().all(|segment| segment.name != *name);
        let stem: String = original.name.chars().take(LONGEST_NAME - 12).collect();
        let name = (2..)
            .map(|n| if n == 2 { format!("{stem} copy") } else { format!("{stem} copy {n}") })
            .find(free)
            .ok_or_else(|| anyhow!("no name is left for a copy"))?;
        saved.insert(at + 1, SavedSegment { id: 0, name: name.clone(), ..original.clone() });
        self.save(&format!("Duplicate segment {}", original.name), saved)?;
        Ok(name)
    }

    /// Moves a segment to another place in the list, counted from 0.
    pub fn move_segment(&mut self, id: i64, to: usize) -> Result<()> {
        let mut saved = self.saved_segments()?;
        let segment = saved.remove(position(&saved, id)?);
        let label = format!("Move segment {}", segment.name);
        saved.insert(to.min(saved.len()), segment);
        self.save(&label, saved)
    }

    /// Deletes a segment.
    ///
    /// # Errors
    /// A sentence when rules of others speak of it.
    pub fn remove_segment(&mut self, id: i64) -> Result<()> {
        let mut saved = self.saved_segments()?;
        let gone = saved.remove(position(&saved, id)?);
        let library = library_of(&saved);
        if let Some(user) = library.users_of(&gone.name).first() {
            bail!("“{}” was not deleted: the rule of “{user}” speaks of it; change that one first", gone.name);
        }
        self.save(&format!("Delete segment {}", gone.name), saved)
    }

    fn save(&mut self, label: &str, saved: Vec<SavedSegment>) -> Result<()> {
        let library = library_of(&saved);
        for segment in &saved {
            named(&segment.name)?;
            if library.0.len() < saved.len() && saved.iter().filter(|other| other.name == segment.name).count() > 1 {
                bail!("there is a segment “{}” already; choose another name", segment.name);
            }
            segment.rule.check().map_err(|why| anyhow!("“{}” was not saved: {why}", segment.name))?;
            library
                .resolve(&Rule::InSegment(segment.name.clone()))
                .map_err(|why| anyhow!("“{}” was not saved: {why}", segment.name))?;
        }
        Ok(self.workspace.save_segments(label, super::now(), &saved)?)
    }

    /// What rules are asked of: the shop at the end of a day, the last one with an order when `None`.
    pub fn sieve(&mut self, as_of: Option<Day>, progress: &Progress) -> Result<Sieve> {
        let shop = self.rules_shop(progress)?;
        let as_of = as_of.unwrap_or_else(|| last_day(&shop.data));
        Ok(Sieve::new(shop, as_of, progress)?)
    }

    /// What can be done for each segment, and what it has to bring to pay.
    pub fn next_actions(
        &mut self,
        as_of: Option<Day>,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Result<Result<NextActions, TooLittle>> {
        let table = match self.segments(as_of, progress)? {
            Ok(table) => table,
            Err(missing) => return Ok(Err(missing)),
        };
        let shop = self.rules_shop(progress)?;
        Ok(Ok(next_actions(&shop, table.as_of, table.rules, assumptions, progress)?))
    }

    /// The shop as rules see it.
    fn rules_shop(&mut self, progress: &Progress) -> Result<Shop> {
        Ok(Shop {
            data: self.dataset(progress)?,
            details: self.details(progress)?,
            lines: Arc::default(),
            definitions: self.definitions()?,
            segment_rules: self.segment_rules()?,
            scored: self.rfm_settings()?,
        })
    }

    /// A rule checked, and with every saved segment replaced by its rule.
    ///
    /// # Errors
    /// A sentence when it cannot be asked.
    pub fn resolved(&self, rule: &Rule) -> Result<Rule> {
        let rule = self.library()?.resolve(rule).map_err(|why| anyhow!(why))?;
        rule.check().map_err(|why| anyhow!(why))?;
        Ok(rule)
    }

    /// How a rule is put into words here.
    pub fn words(&self) -> Result<Words> {
        Ok(Words { locale: Locale::En, currency: self.definitions()?.currency })
    }

    /// Members of the saved segments of these names, in their order.
    pub fn members_of(&self, sieve: &Sieve, names: &[String], progress: &Progress) -> Result<Vec<Members>> {
        let rules: Result<Vec<Rule>> =
            names.iter().map(|name| self.resolved(&self.saved_segment(name)?.rule)).collect();
        rules?.iter().map(|rule| Ok(sieve.members(rule, progress)?)).collect()
    }
}

/// Rules by name.
pub fn library_of(saved: &[SavedSegment]) -> Library {
    Library(saved.iter().map(|segment| (segment.name.clone(), segment.rule.clone())).collect::<BTreeMap<_, _>>())
}

fn position(saved: &[SavedSegment], id: i64) -> Result<usize> {
    let found = saved.iter().position(|segment| segment.id == id && id != 0);
    found.ok_or_else(|| anyhow!("the segment is gone; somebody deleted it, or its saving was undone"))
}

fn named(name: &str) -> Result<()> {
    match name.chars().count() {
        0 => bail!("a segment needs a name"),
        n if n > LONGEST_NAME => bail!("the name of a segment has at most {LONGEST_NAME} characters, this one has {n}"),
        _ if name.chars().any(char::is_control) => bail!("the name of a segment is one line of text"),
        _ => Ok(()),
    }
}
