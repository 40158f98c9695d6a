//! The journey matrix: what the shop does at each touchpoint on a customer's way, by stage. One record of the workspace,
//! plain data that is saved as JSON. What the data say about each cell is `analytics::journey`'s.

mod edit;
mod framework;
mod valid;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Version;
use super::results::CampaignKey;

pub use edit::{FIELDS, LINKS};
pub use framework::{FRAMEWORK, Touchpoint, touchpoint};
pub use valid::{LONGEST_NAME, LONGEST_TEXT, MOST_CELLS, MOST_LINKS};

/// A stage of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// People hear of the shop and come to it.
    Awareness,
    /// They look at products and compare.
    Consideration,
    /// They fill a cart, pay and choose how it is sent.
    Purchase,
    /// They use what they bought, and come back.
    PostPurchase,
}

/// Every stage, in the order of the journey.
pub const STAGES: [Stage; 4] = [Stage::Awareness, Stage::Consideration, Stage::Purchase, Stage::PostPurchase];

impl Stage {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Awareness => "Awareness",
            Self::Consideration => "Consideration",
            Self::Purchase => "Purchase",
            Self::PostPurchase => "Post-purchase",
        }
    }

    /// Stable name in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Awareness => "awareness",
            Self::Consideration => "consideration",
            Self::Purchase => "purchase",
            Self::PostPurchase => "post_purchase",
        }
    }

    /// The stage of a key or a name, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |stage: &Self| text.eq_ignore_ascii_case(stage.key()) || text.eq_ignore_ascii_case(stage.name());
        STAGES.into_iter().find(is)
    }

    /// Its place in [`STAGES`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The stage after it.
    pub fn next(self) -> Option<Self> {
        STAGES.get(self.index() + 1).copied()
    }
}

/// How personal a touchpoint is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everybody gets the same.
    #[default]
    None,
    /// Simple rules: country, language, first visit.
    Basic,
    /// Each segment gets its own.
    Segment,
    /// Each person gets their own, from what they did.
    OneToOne,
    /// Each person gets what a model foretells for them.
    Predictive,
}

impl Level {
    /// Every one, from the least personal on.
    pub const ALL: [Self; 5] = [Self::None, Self::Basic, Self::Segment, Self::OneToOne, Self::Predictive];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Basic => "Basic rules",
            Self::Segment => "By segment",
            Self::OneToOne => "One to one",
            Self::Predictive => "Predictive",
        }
    }

    /// Stable name in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic => "basic",
            Self::Segment => "segment",
            Self::OneToOne => "one_to_one",
            Self::Predictive => "predictive",
        }
    }

    /// What it means, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::None => "Everybody gets the same",
            Self::Basic => "Simple rules: country, language, first visit or not",
            Self::Segment => "Each segment gets its own",
            Self::OneToOne => "Each person gets their own, from what they did",
            Self::Predictive => "Each person gets what a model foretells for them",
        }
    }
}

/// How far a touchpoint is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody works on it.
    #[default]
    NotPlanned,
    /// An idea.
    Draft,
    /// Agreed upon.
    Planned,
    /// Tried on some.
    Test,
    /// Everybody meets it.
    Live,
    /// It was there once.
    Retired,
}

impl Status {
    /// Every one, in the order of a touchpoint's life.
    pub const ALL: [Self; 6] = [Self::NotPlanned, Self::Draft, Self::Planned, Self::Test, Self::Live, Self::Retired];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotPlanned => "Not planned",
            Self::Draft => "Draft",
            Self::Planned => "Planned",
            Self::Test => "Test",
            Self::Live => "Live",
            Self::Retired => "Retired",
        }
    }

    /// Stable name in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotPlanned => "not_planned",
            Self::Draft => "draft",
            Self::Planned => "planned",
            Self::Test => "test",
            Self::Live => "live",
            Self::Retired => "retired",
        }
    }
}

/// Feelings, from the worst on: the number that a cell keeps, and the word for it.
pub const FEELINGS: [(i8, &str); 5] =
    [(-2, "Angry"), (-1, "Annoyed"), (0, "Neutral"), (1, "Pleased"), (2, "Delighted")];

/// The word for a feeling; empty for a number that is none.
pub fn feeling_name(feeling: i8) -> &'static str {
    FEELINGS.iter().find(|(number, _)| *number == feeling).map_or("", |(_, word)| word)
}

/// What customers need in a stage and what hurts them, one text a line. `None` = the framework's own words stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lane {
    /// What customers need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// What hurts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pains: Option<String>,
}

/// Something planned or imported that is part of a touchpoint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Linked {
    /// A planned campaign, by its name.
    Campaign(String),
    /// A planned sequence, by its name.
    Sequence(String),
    /// A campaign or flow that a tool reports.
    Imported(CampaignKey),
    /// An experiment, by its name.
    Experiment(String),
}

impl Linked {
    /// What it is called; of an imported one its key.
    pub fn name(&self) -> &str {
        match self {
            Self::Campaign(name) | Self::Sequence(name) | Self::Experiment(name) => name,
            Self::Imported(key) => &key.key,
        }
    }

    /// What sort of thing it is.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Campaign(_) => "Campaign",
            Self::Sequence(_) => "Sequence",
            Self::Imported(_) => "Imported campaign",
            Self::Experiment(_) => "Experiment",
        }
    }
}

/// What of the data belongs to a touchpoint. Words are compared in any letter case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Links {
    /// Names of channels whose touches are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// Kinds of events and touches that are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Words in names and tags of sends, flows and experiments that are its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Names of attributes and tags of customers and orders that tell of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
}

/// A word of the data as it is compared: in small letters, `_` and `-` as blanks.
pub fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', '-'], " ")
}

/// Whether a text speaks of something: the word stands in it, or one that begins with it does.
pub fn mentions(text: &str, word: &str) -> bool {
    let (text, word) = (plain(text), plain(word));
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    !word.is_empty() && text.match_indices(&word).any(|(at, _)| begins(at))
}

/// A touchpoint of the matrix.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Stable name: what is linked to it stays linked whatever it is called.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is done there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tactic: String,
    /// How personal it is.
    #[serde(default)]
    pub level: Level,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// How far it is.
    #[serde(default)]
    pub status: Status,
    /// Where customers meet it, in the shop's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Campaigns, sequences and experiments that are part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<Linked>,
    /// What nobody needs to know elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// What hurts customers there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pain: String,
    /// How customers feel there, −2 to 2; see [`FEELINGS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeling: Option<i8>,
    /// Not shown; a touchpoint of the framework is hidden rather than removed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What of the data belongs to it. `None` = what the framework says of it; nothing for an own one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

impl Cell {
    /// The framework's touchpoint that it is; `None` = the shop's own.
    pub fn of_framework(&self) -> Option<&'static Touchpoint> {
        touchpoint(&self.id)
    }

    /// What of the data belongs to it.
    pub fn links(&self) -> Links {
        self.links.clone().or_else(|| self.of_framework().map(Touchpoint::links)).unwrap_or_default()
    }
}

/// The matrix: cells in order below each stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// What customers need and what hurts them, by stage; stages without an entry have the framework's words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lanes: BTreeMap<Stage, Lane>,
    /// The cells of each stage, in the order of [`STAGES`].
    pub stages: [Vec<Cell>; 4],
}

impl Default for Matrix {
    /// The framework's twenty touchpoints, nothing typed yet.
    fn default() -> Self {
        let cell = |of: &Touchpoint| Cell { id: of.id.into(), name: of.name.into(), ..Cell::default() };
        let of_stage = |stage| FRAMEWORK.iter().filter(|of| of.stage == stage).map(cell).collect();
        Self { version: Version, lanes: BTreeMap::new(), stages: STAGES.map(of_stage) }
    }
}

impl Matrix {
    /// The cells of a stage, in order, those that are hidden too.
    pub fn stage(&self, stage: Stage) -> &[Cell] {
        &self.stages[stage.index()]
    }

    /// Every cell with its stage, in order, those that are hidden too.
    pub fn cells(&self) -> impl Iterator<Item = (Stage, &Cell)> {
        STAGES.into_iter().flat_map(|stage| self.stage(stage).iter().map(move |cell| (stage, cell)))
    }

    /// The cell with an id, and its stage.
    pub fn cell(&self, id: &str) -> Option<(Stage, &Cell)> {
        self.cells().find(|(_, cell)| cell.id == id)
    }

    /// The same, to be changed.
    pub fn cell_mut(&mut self, id: &str) -> Option<&mut Cell> {
        self.stages.iter_mut().flatten().find(|cell| cell.id == id)
    }

    /// Stage and place of a cell.
    pub fn place(&self, id: &str) -> Option<(Stage, usize)> {
        STAGES.into_iter().find_map(|s| Some((s, self.stage(s).iter().position(|cell| cell.id == id)?)))
    }

    /// What customers need in a stage: what was typed, else the framework's words; one a line.
    pub fn needs(&self, stage: Stage) -> &str {
        self.lanes.get(&stage).and_then(|lane| lane.needs.as_deref()).unwrap_or(framework::NEEDS[stage.index()])
    }

    /// What hurts customers in a stage: what was typed, else the framework's words; one a line.
    pub fn pains(&self, stage: Stage) -> &str {
        self.lanes.get(&stage).and_then(|lane| lane.pains.as_deref()).unwrap_or(framework::PAINS[stage.index()])
    }
}
