//! Where campaigns are seen.

use serde::{Deserialize, Serialize};

/// Where a campaign is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text message.
    Sms,
    /// Push notification.
    Push,
    /// The shop itself.
    Website,
    /// The shop's own pages in social networks.
    Social,
    /// Blog and guides.
    Blog,
    /// People with a following.
    Influencer,
    /// Reviews, press, features.
    Press,
    /// Search and shopping ads.
    SearchAds,
    /// Ads in social networks.
    SocialAds,
    /// Ads to those who were there already.
    Retargeting,
}

/// Whose a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// The shop's own.
    Owned,
    /// Others speak.
    Earned,
    /// Bought.
    Paid,
}

impl Media {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Owned, Self::Earned, Self::Paid];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owned => "Owned",
            Self::Earned => "Earned",
            Self::Paid => "Paid",
        }
    }
}

/// A channel in the list.
pub struct ChannelInfo {
    /// Which.
    pub id: Channel,
    /// For people.
    pub name: &'static str,
    /// Whose it is.
    pub media: Media,
    /// Whether it reaches people one by one, and so counts towards contact pressure; then also the name of the consent
    /// it takes.
    pub consent: Option<&'static str>,
    /// `utm_source` and `utm_medium` of its links.
    pub utm: (&'static str, &'static str),
}

/// Every channel.
pub const CHANNELS: &[ChannelInfo] = &[
    info(Channel::Email, "E-mail", Media::Owned, Some("email"), ("newsletter", "email")),
    info(Channel::Sms, "SMS", Media::Owned, Some("sms"), ("sms", "sms")),
    info(Channel::Push, "Push", Media::Owned, Some("push"), ("push", "push")),
    info(Channel::Website, "Website", Media::Owned, None, ("website", "onsite")),
    info(Channel::Social, "Social media", Media::Owned, None, ("social", "social")),
    info(Channel::Blog, "Blog", Media::Owned, None, ("blog", "referral")),
    info(Channel::Influencer, "Influencers", Media::Earned, None, ("influencer", "affiliate")),
    info(Channel::Press, "Reviews and press", Media::Earned, None, ("press", "referral")),
    info(Channel::SearchAds, "Search and shopping ads", Media::Paid, None, ("google", "cpc")),
    info(Channel::SocialAds, "Social ads", Media::Paid, None, ("facebook", "paid-social")),
    info(Channel::Retargeting, "Retargeting", Media::Paid, None, ("retargeting", "display")),
];

const fn info(
    id: Channel,
    name: &'static str,
    media: Media,
    consent: Option<&'static str>,
    utm: (&'static str, &'static str),
) -> ChannelInfo {
    ChannelInfo { id, name, media, consent, utm }
}

impl Channel {
    /// Its line in the list.
    pub fn info(self) -> &'static ChannelInfo {
        // The list stands in the order of the enum; a test holds it to that.
        &CHANNELS[self as usize]
    }

    /// For people.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether a message on it reaches one person, who can have too many of them.
    pub fn is_message(self) -> bool {
        self.info().consent.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum() {
        for (n, info) in CHANNELS.iter().enumerate() {
            assert_eq!(info.id as usize, n);
        }
        assert_eq!(Channel::Retargeting as usize, CHANNELS.len() - 1);
    }
}
