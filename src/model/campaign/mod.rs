//! A campaign as it is planned: one record behind the list, the calendar, the brief and the post-mortem. Plain data that
//! is saved as JSON.

mod channel;
mod codes;
mod metric;
mod phase;
mod template;
mod utm;
mod valid;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::plan::{Amount, Expected, SalePlan, Version};
use super::results::CampaignKey;
use super::{Day, Rule};

pub use channel::{CHANNELS, Channel, Media};
pub use codes::MOST_CODES;
pub use metric::{METRICS, Metric, MetricKind, Source, Target, metric};
pub use phase::{Anchor, Dated, Phase, Task};
pub use template::{TEMPLATES, Template, TemplateInfo, template};
pub use utm::{Link, Utm, slug};

/// A longer name fits no list.
pub const LONGEST_NAME: usize = 80;

/// A campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// What it is called; no other campaign is called so.
    pub name: String,
    /// What it was made from, and where it stands in lists.
    pub template: Template,
    /// How far it is.
    #[serde(default)]
    pub status: Status,
    /// Put away: kept, but in no list unless asked for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub archived: bool,
    /// When it begins, by the clocks of the shop's zone.
    pub starts: NaiveDateTime,
    /// When it is over: the first moment that is not in it.
    pub ends: NaiveDateTime,
    /// What it is for, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub objective: String,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Whom it is for, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Where it is seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// What is done when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// Its tasks come again every so many days, from its start to its end; once when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_days: Option<u32>,
    /// What may be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Amount>,
    /// What it is spent on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<SpendItem>,
    /// What it shows and tells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Content>,
    /// What it is measured by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<Metric>,
    /// How its links are marked.
    #[serde(default)]
    pub utm: Utm,
    /// Codes made for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<Codes>,
    /// What must be settled before it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Check>,
    /// What it offers, when it is a sale. Name and window in it are those of the campaign; see [`Campaign::sale_plan`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale: Option<SalePlan>,
    /// What was planned when it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Frozen>,
    /// Imported campaigns that are part of it, whose results count as its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tied: Vec<CampaignKey>,
    /// What nobody needs to know elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

/// How far a campaign is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being thought about.
    #[default]
    Draft,
    /// Agreed upon.
    Planned,
    /// Going on.
    Running,
    /// Over.
    Done,
    /// Not to be.
    Cancelled,
}

impl Status {
    /// Every one, in the order of a campaign's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Planned, Self::Running, Self::Done, Self::Cancelled];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Planned => "Planned",
            Self::Running => "Running",
            Self::Done => "Done",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// Whom a campaign is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// What it is called here.
    pub name: String,
    /// Who belongs to it.
    pub who: Who,
}

/// Who belongs to an audience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Customers of the shop: a saved segment or a rule.
    Rule(Rule),
    /// Customers whose likes an ad tool looks for: the seed list. The ad reaches others, who are not counted.
    Lookalike(Rule),
}

impl Who {
    /// The customers that it speaks of.
    pub fn rule(&self) -> &Rule {
        match self {
            Self::Rule(rule) | Self::Lookalike(rule) => rule,
        }
    }

    /// Whether these customers themselves are written to.
    pub fn is_reached(&self) -> bool {
        matches!(self, Self::Rule(_))
    }
}

/// Something that costs money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpendItem {
    /// What for.
    pub name: String,
    /// How much.
    pub amount: Amount,
    /// On which channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// Something a campaign shows or tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What it is.
    pub name: String,
    /// Where in the customer's journey it helps.
    pub stage: Stage,
    /// Where it is seen.
    pub media: Media,
    /// When it is to be there, counted from the campaign.
    pub due: Dated,
    /// Whether it is there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub done: bool,
}

/// Where in a customer's journey a piece of content helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Finding products and comparing them.
    Discovery,
    /// Deciding and paying.
    Purchase,
    /// Using, caring, coming back.
    PostPurchase,
}

impl Stage {
    /// Every one, in the order of the journey.
    pub const ALL: [Self; 3] = [Self::Discovery, Self::Purchase, Self::PostPurchase];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discovery => "Discovery",
            Self::Purchase => "Purchase",
            Self::PostPurchase => "Post-purchase",
        }
    }
}

/// Codes to be made for the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// What each begins with.
    pub prefix: String,
    /// How many.
    pub count: u32,
    /// Another seed gives other codes.
    #[serde(default)]
    pub seed: u64,
}

/// Something to settle before the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What.
    pub name: String,
    /// Whether it is settled.
    #[serde(default, skip_serializing_if = "is_false")]
    pub done: bool,
}

/// A sale as it was planned when it began, against which its outcome is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The last day of data when it was frozen.
    pub on: Day,
    /// The sale.
    pub plan: SalePlan,
    /// What was expected of it on the day before it began; `None` where nobody could tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
}

impl Campaign {
    /// As it is saved: its name without blanks around it, the sale under the campaign's name and window.
    pub fn settled(&self) -> Self {
        let mut settled = Self { name: self.name.trim().to_owned(), ..self.clone() };
        settled.sale = settled.sale_plan();
        settled
    }

    /// The sale, with the campaign's name and window.
    pub fn sale_plan(&self) -> Option<SalePlan> {
        let plan = SalePlan { name: self.name.clone(), starts: self.starts, ends: self.ends, ..self.sale.clone()? };
        Some(plan)
    }

    /// A campaign around a sale, with the tasks and metrics of its template; amounts are in the shop's currency.
    pub fn of_sale(plan: SalePlan, currency: super::Currency) -> Self {
        let mut campaign = Self::from_template(Template::SaleEvent, plan.starts, currency);
        (campaign.name, campaign.ends) = (plan.name.clone(), plan.ends);
        campaign.sale = Some(plan);
        campaign
    }

    /// The revenue it is to bring, in minor units of the shop's currency.
    pub fn revenue_target(&self, currency: super::Currency) -> Option<i64> {
        self.metrics.iter().find_map(|metric| match metric.target {
            Target::Amount(amount) if metric.kind == MetricKind::Revenue && amount.currency == currency => {
                Some(amount.minor)
            }
            _ => None,
        })
    }

    /// First and last day, both included.
    pub fn days(&self) -> (Day, Day) {
        let first = Day::from_date(self.starts.date());
        let last = self.ends.checked_sub_signed(chrono::TimeDelta::seconds(1)).unwrap_or(self.ends);
        (first, Day::from_date(last.date()).max(first))
    }

    /// What its spend items come to, in minor units of the shop's currency; other currencies are left out.
    pub fn planned_spend(&self, currency: super::Currency) -> i64 {
        let of = self.spend.iter().filter(|item| item.amount.currency == currency);
        of.fold(0_i64, |sum, item| sum.saturating_add(item.amount.minor))
    }

    /// Lets early access begin as long before the start as it did before the start was changed.
    pub fn early_access_follows(&mut self, before: NaiveDateTime) {
        let by = self.starts - before;
        if let Some(early) = self.sale.as_mut().and_then(|sale| sale.early_access.as_mut()) {
            early.starts = early.starts.checked_add_signed(by).unwrap_or(early.starts);
        }
    }

    /// Everything that changes when it moves by so many days: its window, and early access to its sale. Tasks are
    /// dated from it, so they move along.
    pub fn moved(&self, days: i64) -> Self {
        let by = chrono::TimeDelta::days(days);
        let shift = |moment: NaiveDateTime| moment.checked_add_signed(by).unwrap_or(moment);
        let mut moved = self.clone();
        (moved.starts, moved.ends) = (shift(self.starts), shift(self.ends));
        moved.early_access_follows(self.starts);
        moved
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}
