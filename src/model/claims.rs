//! What platforms say they brought, as their reports tell it.

use serde::{Deserialize, Serialize};

use super::results::AdSpend;

/// What kind of tool makes a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claimant {
    /// A platform for advertising.
    Ads,
    /// A tool that sends e-mails or text messages.
    Messages,
    /// Web analytics, which share all orders out among channels.
    Analytics,
}

impl Claimant {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ads => "advertising",
            Self::Messages => "messages",
            Self::Analytics => "web analytics",
        }
    }
}

/// A platform with every row in which it claims orders or revenue.
#[derive(Debug, Clone, PartialEq)]
pub struct Platform {
    /// Where its rows came from: `google_ads`, `klaviyo`, `generic` …
    pub origin: String,
    /// Channel in its own words; empty for web analytics.
    pub channel: String,
    /// What kind of tool it is.
    pub kind: Claimant,
    /// Rows by campaign. Reports of one campaign may overlap: a sum of a period beside its days. Of sends and visits the
    /// amount is how many there were.
    pub groups: Vec<Vec<AdSpend>>,
}
