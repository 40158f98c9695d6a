//! The shape of both frameworks: lists of groups of items.

use serde::Deserialize;

use crate::model::{Day, MetricId};

/// One framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Stable name: "product", "marketing".
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub intro: String,
    /// Its lists, in order.
    #[serde(rename = "list")]
    pub lists: Vec<GuideList>,
}

/// A list of a framework: its phases, its challenges, its roadmap.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideList {
    /// Stable name over both frameworks: "phases", "checklist", "roadmap".
    pub key: String,
    /// Its name.
    pub title: String,
    /// What people do with it.
    pub kind: ListKind,
    /// What it is for, in a sentence or two.
    pub intro: String,
    /// Its groups, in order; a list without groups has one without key and title.
    #[serde(rename = "group")]
    pub groups: Vec<GuideGroup>,
}

/// What people do with a list, by which pages and documents show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// To read, and to set against data.
    Reading,
    /// Dated by phases: objectives, activities, criteria, tasks; with status, owner, dates and evidence.
    Plan,
    /// Rated 1–5 by how much it matters here.
    Rated,
    /// Strategies, each a group of activities and success indicators.
    Strategies,
    /// Challenges, each a group whose items answer it.
    Challenges,
    /// Stages of the customer's life, each a group of needs and strategies.
    Lifecycle,
    /// Content: kinds by stage, and channels by owned, earned and paid. Stages of the content plan are the groups of the
    /// list "content", its channels the items of the list "channels".
    Content,
    /// Metrics, with targets where the framework names some.
    Metrics,
    /// Systems that data come from.
    Integrations,
    /// What can be personalized by, set against what data can serve.
    Dimensions,
    /// Features on a board of stages; each group is a stage.
    Roadmap,
    /// Categories of case studies: [`crate::model::strategy::StrategyPlan::cases`].
    Cases,
    /// Programmes for reference customers: [`crate::model::strategy::StrategyPlan::references`].
    References,
}

/// Items that stand together: a phase, a strategy, a challenge, a stage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideGroup {
    /// Stable name within the list; empty where the list has no groups.
    #[serde(default)]
    pub key: String,
    /// Its name; empty where the list has no groups.
    #[serde(default)]
    pub title: String,
    /// Its objective, its approach or its problem, in a sentence; may be empty.
    #[serde(default)]
    pub words: String,
    /// When it is.
    #[serde(default)]
    pub span: Option<Span>,
    /// What data say about it as a whole: keys of [`super::evidence`].
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Its items, in order.
    #[serde(default)]
    pub items: Vec<GuideItem>,
}

/// When a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "SpanText")]
pub enum Span {
    /// Months since the product framework's start: 3–9 = after the third until the end of the ninth. Without a second
    /// number it goes on.
    Months(u32, Option<u32>),
    /// Weeks since the marketing checklist's start, the first of which is 1, both included.
    Weeks(u32, u32),
    /// Days of the calendar, both included. Without a second day it goes on.
    Days(Day, Option<Day>),
}

/// A span as it is written down: one number or day where it goes on.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum SpanText {
    Months(Vec<u32>),
    Weeks(Vec<u32>),
    Days(Vec<Day>),
}

impl TryFrom<SpanText> for Span {
    type Error = &'static str;

    fn try_from(text: SpanText) -> Result<Self, Self::Error> {
        Ok(match text {
            SpanText::Months(months) => match *months {
                [from] => Self::Months(from, None),
                [from, to] => Self::Months(from, Some(to)),
                _ => return Err("months are one or two numbers"),
            },
            SpanText::Weeks(weeks) => match *weeks {
                [from, to] => Self::Weeks(from, to),
                _ => return Err("weeks are two numbers"),
            },
            SpanText::Days(days) => match *days {
                [from] => Self::Days(from, None),
                [from, to] => Self::Days(from, Some(to)),
                _ => return Err("days are one or two days"),
            },
        })
    }
}

/// One item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideItem {
    /// Stable name over both frameworks: list, group and its own, between dots: "phases.discovery.research".
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it means, in a sentence; may be empty.
    #[serde(default)]
    pub words: String,
    /// What it is within its group.
    #[serde(default)]
    pub role: Role,
    /// The metrics that show it.
    #[serde(default)]
    pub kpis: Vec<MetricId>,
    /// What data say about it: keys of [`super::evidence`].
    #[serde(default)]
    pub evidence: Vec<String>,
    /// What the framework aims at, in words: "25% more opened e-mails".
    #[serde(default)]
    pub target: String,
    /// The level aimed at, in the unit of its first metric (shares 0–1); `None` where the target is a change or words.
    #[serde(default)]
    pub level: Option<f64>,
    /// The title of the page where it is done or kept; empty = nowhere in particular.
    #[serde(default)]
    pub page: String,
    /// Whether it belongs to what comes after the first version of a shop's marketing (2026 and later).
    #[serde(default)]
    pub later: bool,
}

/// What an item is within its group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nothing in particular.
    #[default]
    Item,
    /// Something to do.
    Activity,
    /// What shows that a phase is done.
    Criterion,
    /// What shows that a strategy works.
    Indicator,
    /// What a customer needs.
    Need,
    /// What answers a need or a challenge.
    Answer,
    /// What a system must be able to do.
    Requirement,
    /// A product or a system.
    Solution,
}

impl Role {
    /// For people, of several.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Item => "Items",
            Self::Activity => "Activities",
            Self::Criterion => "Success criteria",
            Self::Indicator => "Success indicators",
            Self::Need => "Customer needs",
            Self::Answer => "Strategies",
            Self::Requirement => "Requirements",
            Self::Solution => "Solutions",
        }
    }
}
