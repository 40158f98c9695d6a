//! What channels are called: the words of files, read as standard channels, spelling variants as one, and what a user
//! merged by hand. Touchpoints, spend and visits are named here and nowhere else, so that they meet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::traffic::{Traffic, fold};

/// What a file says of where somebody came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Said<'a> {
    /// The channel in the file's words.
    pub channel: Option<&'a str>,
    /// Who sent them (`utm_source`).
    pub source: Option<&'a str>,
    /// By what means (`utm_medium`).
    pub medium: Option<&'a str>,
    /// The site they came from.
    pub referrer: Option<&'a str>,
    /// Whether it was paid for whatever the words say: a row of spend is.
    pub paid: bool,
}

impl<'a> Said<'a> {
    /// A channel in words, as tables of visits have it.
    pub fn channel(channel: &'a str) -> Self {
        Self { channel: Some(channel), ..Self::default() }
    }

    /// The channel of a row of spend.
    pub fn spend(channel: &'a str) -> Self {
        Self { paid: true, ..Self::channel(channel) }
    }

    /// What the file calls the channel: its channel, else source and medium, else the site.
    pub fn raw(&self) -> String {
        let text = |text: Option<&'a str>| text.map(str::trim).filter(|text| !text.is_empty());
        match (text(self.channel), text(self.source), text(self.medium)) {
            (Some(channel), _, _) => channel.to_owned(),
            (None, Some(source), Some(medium)) => format!("{source} / {medium}"),
            (None, Some(one), None) | (None, None, Some(one)) => one.to_owned(),
            (None, None, None) => text(self.referrer).unwrap_or("(not said)").to_owned(),
        }
    }
}

/// Why a channel has its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// Its words mean a standard channel.
    Standard,
    /// A user said so.
    Merged,
    /// It is another spelling of this name.
    Spelling,
    /// It is its own name.
    Own,
}

impl NamedBy {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Standard => "standard channel",
            Self::Merged => "merged by hand",
            Self::Spelling => "same spelling",
            Self::Own => "own name",
        }
    }
}

/// Names for channels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelNames {
    /// Folded words to the name that a user gave them.
    merged: BTreeMap<String, String>,
    /// Folded words to the spelling that stands for all.
    spelled: BTreeMap<String, String>,
}

impl ChannelNames {
    /// Names by what a user merged (words to name) and the spellings that there are.
    pub fn new<'a>(merged: &BTreeMap<String, String>, spellings: impl IntoIterator<Item = &'a str>) -> Self {
        let merged = merged.iter().map(|(raw, name)| (fold(raw), name.trim().to_owned())).collect();
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        for text in spellings.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
            let known = spelled.entry(fold(text)).or_insert_with(|| text.to_owned());
            // Of several spellings the one that looks most like a name, whatever stands first in the file.
            if by_looks(text) > by_looks(known) {
                *known = text.to_owned();
            }
        }
        Self { merged, spelled }
    }

    /// The name of a channel, and why.
    pub fn name(&self, said: &Said) -> (String, NamedBy) {
        let raw = said.raw();
        if let Some(name) = self.merged.get(&fold(&raw)) {
            return (name.clone(), NamedBy::Merged);
        }
        let (name, by) = match Traffic::classify(said) {
            Some(standard) => (standard.name().to_owned(), NamedBy::Standard),
            None => self.own(&raw),
        };
        match self.merged.get(&fold(&name)) {
            Some(name) => (name.clone(), NamedBy::Merged),
            None => (name, by),
        }
    }

    /// A name that is none of the standard ones.
    fn own(&self, raw: &str) -> (String, NamedBy) {
        let whole = |raw: &str| self.spelled.get(&fold(raw)).cloned().unwrap_or_else(|| raw.trim().to_owned());
        let name = match raw.split_once(" / ") {
            Some((source, medium)) => format!("{} / {}", whole(source), whole(medium)),
            None => whole(raw),
        };
        let by = if name == raw.trim() { NamedBy::Own } else { NamedBy::Spelling };
        (name, by)
    }
}

/// Rank of a spelling: capitals first, blanks before marks, then the alphabet.
fn by_looks(text: &str) -> (bool, bool, std::cmp::Reverse<&str>) {
    (text.chars().any(char::is_uppercase), !text.contains(['_', '-']), std::cmp::Reverse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &ChannelNames, raw: &str) -> (String, NamedBy) {
        names.name(&Said::channel(raw))
    }

    #[test]
    fn a_channel_named_three_ways_is_one() {
        let names = ChannelNames::new(&BTreeMap::new(), ["blog_partner", "Blog Partner", "blog-partner "]);
        for raw in ["blog_partner", "blog-partner ", "BLOG  PARTNER"] {
            assert_eq!(named(&names, raw), ("Blog Partner".into(), NamedBy::Spelling), "{raw}");
        }
        assert_eq!(named(&names, "Blog Partner").1, NamedBy::Own);
    }

    #[test]
    fn a_merge_holds_for_every_spelling_and_for_names() {
        let merged = [("Blog partner", "Partners"), ("referral", "Partners")];
        let merged = merged.map(|(raw, name)| (raw.to_owned(), name.to_owned())).into_iter().collect();
        let names = ChannelNames::new(&merged, []);
        assert_eq!(named(&names, "BLOG_PARTNER"), ("Partners".into(), NamedBy::Merged));
        let link = Said { source: Some("example.org"), medium: Some("referral"), ..Said::default() };
        assert_eq!(names.name(&link), ("Partners".into(), NamedBy::Merged));
    }
}
