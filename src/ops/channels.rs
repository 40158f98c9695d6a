//! Channels by name, and touchpoints under these names.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::Session;
use crate::jobs::Progress;
use crate::model::traffic::fold;
use crate::model::{ChannelNames, Touches, Zone};
use crate::workspace::settings::name;
use crate::workspace::touches::ChannelUse;

/// Touchpoints that were read, and what they were read with.
pub struct Kept {
    zone: Zone,
    definitions: u64,
    merged: BTreeMap<String, String>,
    touches: Arc<Touches>,
}

impl Session {
    /// Touchpoints by person, read on first use and again after an import or a change of what they are read with.
    pub fn touches(&mut self, progress: &Progress) -> Result<Arc<Touches>> {
        let data = self.dataset(progress)?;
        let definitions = self.definitions()?;
        let (zone, version) = (definitions.zone, u64::from(definitions.version));
        let merged = self.merged_channels()?;
        let is_same = |kept: &&Kept| {
            kept.touches.revision == data.revision
                && (kept.zone, kept.definitions) == (zone, version)
                && kept.merged == merged
        };
        if let Some(kept) = self.touches.as_ref().filter(is_same) {
            return Ok(kept.touches.clone());
        }
        self.touches = None;
        let names = self.channel_names()?;
        let touches = Arc::new(self.workspace.touches(&data, zone, &names, progress)?);
        self.touches = Some(Kept { zone, definitions: version, merged, touches: touches.clone() });
        Ok(touches)
    }

    /// What channels are called, of touchpoints, spend and visits alike.
    pub fn channel_names(&self) -> Result<ChannelNames> {
        Ok(self.workspace.channel_names()?)
    }

    /// Every channel in the words of files with the name it has, and how much stands under it.
    pub fn channels(&self) -> Result<Vec<ChannelUse>> {
        Ok(self.workspace.channels()?)
    }

    /// What the user merged: words of files to names.
    pub fn merged_channels(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.workspace.merged_channels()?)
    }

    /// Gives channels names, as one step: words of files (in any spelling) to the name they get, or `None` to leave
    /// them to themselves again.
    ///
    /// # Errors
    /// When words or a name are blank; nothing is changed then.
    pub fn merge_channels(&mut self, changes: &BTreeMap<String, Option<String>>) -> Result<()> {
        let mut merged = self.merged_channels()?;
        let mut named = Vec::new();
        for (raw, name) in changes {
            let words = fold(raw);
            if words.is_empty() || name.as_ref().is_some_and(|name| name.trim().is_empty()) {
                bail!("a channel and its name cannot be blank; nothing was changed");
            }
            let known = merged.len();
            merged.retain(|other, _| fold(other) != words);
            match name {
                Some(name) => {
                    merged.insert(raw.trim().to_owned(), name.trim().to_owned());
                }
                None if merged.len() == known => bail!("the channel {raw} was not merged; nothing was changed"),
                None => {}
            }
            named.push(raw.trim());
        }
        let verb = if changes.values().all(Option::is_none) { "Split channels" } else { "Merged channels" };
        let label = format!("{verb} {}", named.join(", "));
        let value = (!merged.is_empty()).then(|| serde_json::to_string(&merged)).transpose()?;
        Ok(self.workspace.change_settings(&label, super::now(), &[(name::CHANNELS, value)])?)
    }
}
