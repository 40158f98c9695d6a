//! What campaigns did, as the tools that ran them report it.

use serde::{Deserialize, Serialize};

use super::{Currency, Day};

/// Names an imported campaign: what a planned campaign holds to be tied to its results.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CampaignKey {
    /// The tool: `klaviyo`, `google_ads` …
    pub origin: String,
    /// Its key there; the name where the tool's file gives no id.
    pub key: String,
}

/// How messages are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendKind {
    /// Once, to a list.
    Campaign,
    /// By a rule, to one person after the other; a send is a day of it.
    Flow,
}

impl SendKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Campaign, Self::Flow];

    /// The word for it, which is also what the workspace stores.
    pub fn word(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Flow => "flow",
        }
    }
}

/// What became of a send. `None`: the tool does not say. Revenue is minor units; everything else counts people or,
/// where it says so, events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendFigures {
    /// Messages that arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<i64>,
    /// People who opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<i64>,
    /// Opens, several of one person counted each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_total: Option<i64>,
    /// People who clicked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clicks: Option<i64>,
    /// Clicks, several of one person counted each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clicks_total: Option<i64>,
    /// People who did what the tool counts as success, mostly a purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversions: Option<i64>,
    /// Revenue that the tool credits to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<i64>,
    /// People who unsubscribed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsubscribes: Option<i64>,
    /// People who reported it as spam.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaints: Option<i64>,
    /// Messages that did not arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounces: Option<i64>,
}

/// An imported campaign with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedCampaign {
    /// Its key.
    pub key: CampaignKey,
    /// Its name.
    pub name: String,
    /// Channel as its source writes it: `email`, `Google Ads`.
    pub channel: Option<String>,
    /// How its messages are sent; `None` = advertising.
    pub kind: Option<SendKind>,
    /// Labels given by the tool's user.
    pub tags: Vec<String>,
    /// Lists and segments it went to.
    pub lists: Vec<String>,
    /// What was sent, oldest first.
    pub sends: Vec<Send>,
    /// What was spent, as its files tell it: sums of periods beside the days within them.
    pub ads: Vec<AdSpend>,
}

/// A send, or one version of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Send {
    /// When, UTC seconds.
    pub at: i64,
    /// Which version of a split test, or which message of a flow.
    pub variant: Option<String>,
    /// Subject line.
    pub subject: Option<String>,
    /// How many it was sent to.
    pub recipients: Option<i64>,
    /// What became of it.
    pub figures: SendFigures,
    /// Currency of its revenue.
    pub currency: Currency,
}

/// Spend on a campaign, on a day or as one sum of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdSpend {
    /// First day.
    pub day: Day,
    /// Last day; the same for a day.
    pub until: Day,
    /// Minor units of `currency`.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
    /// How often it was shown.
    pub impressions: Option<i64>,
    /// How often it was clicked.
    pub clicks: Option<i64>,
    /// Purchases that the platform claims, thousandths.
    pub conversions_milli: Option<i64>,
    /// Their value, minor units of `currency`.
    pub value: Option<i64>,
}

/// Visits that web analytics ascribe to a campaign of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignVisits {
    /// The name in links (`utm_campaign`).
    pub campaign: String,
    /// First day.
    pub day: Day,
    /// Last day; the same for a day.
    pub until: Day,
    /// Visits.
    pub sessions: i64,
    /// Purchases in them.
    pub purchases: Option<i64>,
    /// What was paid in them, minor units of `currency`.
    pub revenue: Option<i64>,
    /// Of the revenue.
    pub currency: Currency,
}
