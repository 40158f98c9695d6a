//! Channels by which people come to a shop: the standard names, whose they are, and how the words of sources are read.

use serde::{Deserialize, Serialize};

use super::campaign::Media;

/// A standard channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Traffic {
    /// Ads beside search results, shopping ads included.
    PaidSearch,
    /// Ads in social networks.
    PaidSocial,
    /// Banners and video ads.
    Display,
    /// Partners who are paid by the sale.
    Affiliates,
    /// People with a following.
    Influencers,
    /// Unpaid search results.
    OrganicSearch,
    /// Unpaid posts in social networks.
    OrganicSocial,
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
    /// Push notifications.
    Push,
    /// Links on other sites.
    Referral,
    /// The address typed, a bookmark, or nobody knows.
    Direct,
}

/// Every standard channel, in the order of the enum: which, its name, whose it is (`None` = direct).
pub const TRAFFIC: &[(Traffic, &str, Option<Media>)] = &[
    (Traffic::PaidSearch, "Paid search", Some(Media::Paid)),
    (Traffic::PaidSocial, "Paid social", Some(Media::Paid)),
    (Traffic::Display, "Display", Some(Media::Paid)),
    (Traffic::Affiliates, "Affiliates", Some(Media::Paid)),
    (Traffic::Influencers, "Influencers", Some(Media::Earned)),
    (Traffic::OrganicSearch, "Organic search", Some(Media::Earned)),
    (Traffic::OrganicSocial, "Organic social", Some(Media::Owned)),
    (Traffic::Email, "E-mail", Some(Media::Owned)),
    (Traffic::Sms, "SMS", Some(Media::Owned)),
    (Traffic::Push, "Push", Some(Media::Owned)),
    (Traffic::Referral, "Referral", Some(Media::Earned)),
    (Traffic::Direct, "Direct", None),
];

impl Traffic {
    /// For people, and the name that touches have after merging.
    pub fn name(self) -> &'static str {
        TRAFFIC[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum() {
        assert!(TRAFFIC.iter().enumerate().all(|(n, line)| line.0 as usize == n));
    }
}
