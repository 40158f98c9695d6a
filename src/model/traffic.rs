//! Channels by which people come to a shop: the standard names, whose they are, and how the words of sources are read.
//!
//! The words are read in the manner of the default channel group of Google Analytics 4 (its help, "Default channel
//! group"), with three differences: shopping and cross-network ads count as paid search, names of campaigns are not
//! looked at, and influencers stand apart.

use serde::{Deserialize, Serialize};

use super::campaign::Media;
use super::channels::Said;

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

/// Search sites, as sources name them: a word, or the name of a host.
const SEARCH: &[&str] = &[
    "adwords",
    "aol",
    "ask",
    "baidu",
    "bing",
    "brave",
    "duckduckgo",
    "ecosia",
    "google",
    "googleads",
    "msn",
    "naver",
    "qwant",
    "seznam",
    "startpage",
    "yahoo",
    "yandex",
];

/// Social networks, those of videos included.
const SOCIAL: &[&str] = &[
    "facebook",
    "fb",
    "ig",
    "instagram",
    "linkedin",
    "lnkd",
    "meta",
    "messenger",
    "pinterest",
    "pin",
    "quora",
    "reddit",
    "snapchat",
    "snap",
    "telegram",
    "threads",
    "tiktok",
    "tumblr",
    "twitch",
    "twitter",
    "vimeo",
    "vk",
    "whatsapp",
    "x",
    "youtube",
    "yt",
];

/// Tools that send e-mails or text messages, and words for them.
const MAIL: &[&str] = &["brevo", "email", "klaviyo", "mail", "mailchimp", "newsletter", "omnisend", "sendinblue"];
const TEXTS: &[&str] = &["attentive", "postscript", "sms", "smsbump"];
const PUSHES: &[&str] = &["onesignal", "pushowl"];

/// Words of a medium or channel that mean one standard channel, folded.
const WORDS: &[(&str, Traffic)] = &[
    ("sem", Traffic::PaidSearch),
    ("search ads", Traffic::PaidSearch),
    ("search ad", Traffic::PaidSearch),
    ("shopping", Traffic::PaidSearch),
    ("shopping ads", Traffic::PaidSearch),
    ("cross network", Traffic::PaidSearch),
    ("performance max", Traffic::PaidSearch),
    ("pmax", Traffic::PaidSearch),
    ("social ads", Traffic::PaidSocial),
    ("paid instagram", Traffic::PaidSocial),
    ("banner", Traffic::Display),
    ("banners", Traffic::Display),
    ("display ads", Traffic::Display),
    ("expandable", Traffic::Display),
    ("interstitial", Traffic::Display),
    ("cpm", Traffic::Display),
    ("paid video", Traffic::Display),
    ("video ads", Traffic::Display),
    ("programmatic", Traffic::Display),
    ("affiliate", Traffic::Affiliates),
    ("affiliate marketing", Traffic::Affiliates),
    ("partner program", Traffic::Affiliates),
    ("influencer", Traffic::Influencers),
    ("influencer marketing", Traffic::Influencers),
    ("creator", Traffic::Influencers),
    ("creators", Traffic::Influencers),
    ("ambassador", Traffic::Influencers),
    ("organic", Traffic::OrganicSearch),
    ("seo", Traffic::OrganicSearch),
    ("organic shopping", Traffic::OrganicSearch),
    ("natural search", Traffic::OrganicSearch),
    ("social", Traffic::OrganicSocial),
    ("social media", Traffic::OrganicSocial),
    ("social network", Traffic::OrganicSocial),
    ("sm", Traffic::OrganicSocial),
    ("organic video", Traffic::OrganicSocial),
    ("e mail", Traffic::Email),
    ("email marketing", Traffic::Email),
    ("newsletters", Traffic::Email),
    ("text", Traffic::Sms),
    ("text message", Traffic::Sms),
    ("push notification", Traffic::Push),
    ("push notifications", Traffic::Push),
    ("web push", Traffic::Push),
    ("mobile push", Traffic::Push),
    ("app push", Traffic::Push),
    ("notification", Traffic::Push),
    ("referrals", Traffic::Referral),
    ("link", Traffic::Referral),
    ("none", Traffic::Direct),
    ("typein", Traffic::Direct),
    ("direct traffic", Traffic::Direct),
    ("direct none", Traffic::Direct),
];

impl Traffic {
    /// For people, and the name that touches have after merging.
    pub fn name(self) -> &'static str {
        TRAFFIC[self as usize].1
    }

    /// The standard channel that words mean; `None` = none of them. A channel that is named goes before source and
    /// medium, these before the site somebody came from; of nothing at all nobody knows, which is direct.
    pub fn classify(said: &Said) -> Option<Self> {
        let text = |text: Option<&str>| text.map(fold).filter(|text| !text.is_empty() && text != "not set");
        if let Some(channel) = said.channel.filter(|text| !text.trim().is_empty()) {
            return match channel.split_once('/') {
                Some((source, medium)) => of_link(&fold(source), &fold(medium), said.paid),
                None => of_channel(&fold(channel), said.paid),
            };
        }
        // Tables of visits have both in one column.
        let both = said.source.filter(|_| said.medium.is_none()).and_then(|source| source.split_once(" / "));
        let (source, medium) = both.map_or((said.source, said.medium), |(source, medium)| (Some(source), Some(medium)));
        let (source, medium) = (text(source), text(medium));
        if source.is_some() || medium.is_some() {
            return of_link(&source.unwrap_or_default(), &medium.unwrap_or_default(), said.paid);
        }
        match text(said.referrer) {
            Some(site) => of_link(&site, "referral", said.paid),
            None => Some(Self::Direct),
        }
    }
}

/// A channel in words.
fn of_channel(channel: &str, paid: bool) -> Option<Traffic> {
    match by_word(channel) {
        Some(Traffic::OrganicSearch) if paid => return Some(Traffic::PaidSearch),
        Some(Traffic::OrganicSocial) if paid => return Some(Traffic::PaidSocial),
        Some(named) => return Some(named),
        None => {}
    }
    let words = || channel.split(' ');
    let is_ad = paid || words().any(|word| matches!(word, "ad" | "ads" | "adwords" | "paid" | "ppc") || is_cost(word));
    let site = |sites: &[&str]| words().any(|word| sites.contains(&word));
    if is_ad {
        return if site(SOCIAL) || site(&["social"]) {
            Some(Traffic::PaidSocial)
        } else if site(SEARCH) || site(&["search", "shopping", "ppc", "cpc", "microsoft"]) {
            Some(Traffic::PaidSearch)
        } else if site(&["display", "banner", "video"]) {
            Some(Traffic::Display)
        } else {
            None
        };
    }
    // A site or tool alone; in longer names it may be anything.
    of_source(channel).or_else(|| channel.contains('.').then(|| of_host(channel)).flatten())
}

/// What came over a link with a source and a medium.
fn of_link(source: &str, medium: &str, paid: bool) -> Option<Traffic> {
    let by_source = of_source(source).or_else(|| of_host(source));
    if paid || is_cost(medium) || medium.starts_with("paid") || matches!(medium, "ppc" | "retargeting" | "remarketing")
    {
        return match by_source {
            Some(Traffic::OrganicSearch) => Some(Traffic::PaidSearch),
            Some(Traffic::OrganicSocial) => Some(Traffic::PaidSocial),
            _ => by_word(medium).filter(|named| *named != Traffic::Direct).or_else(|| of_medium(medium)),
        };
    }
    if matches!(source, "" | "direct") && matches!(medium, "" | "none") {
        return Some(Traffic::Direct);
    }
    match (by_word(medium), by_source) {
        // A search site or network that links is no stranger.
        (Some(Traffic::Referral) | None, Some(known)) => Some(known),
        (Some(Traffic::OrganicSearch), Some(Traffic::OrganicSocial)) => Some(Traffic::OrganicSocial),
        (Some(Traffic::Direct), _) => {
            by_source.or((source.is_empty() || source == "direct").then_some(Traffic::Direct))
        }
        (Some(named), _) => Some(named),
        (None, None) if medium.ends_with("push") => Some(Traffic::Push),
        (None, None) => by_word(source),
    }
}

/// A paid medium of a source that nobody knows.
fn of_medium(medium: &str) -> Option<Traffic> {
    if medium.contains("search") || medium == "ppc" {
        Some(Traffic::PaidSearch)
    } else if medium.contains("social") {
        Some(Traffic::PaidSocial)
    } else if medium.contains("display") || medium.contains("video") || medium == "cpm" {
        Some(Traffic::Display)
    } else {
        None
    }
}

/// Whether a medium is paid by what it brings: cpc, cpm, cpa.
fn is_cost(medium: &str) -> bool {
    matches!(medium, "cpc" | "cpm" | "cpa" | "cpv" | "cpp" | "cpl" | "cps") || medium.starts_with("cpc ")
}

fn by_word(text: &str) -> Option<Traffic> {
    let standard = TRAFFIC.iter().find(|(_, name, _)| fold(name) == text).map(|line| line.0);
    standard
        .or_else(|| WORDS.iter().find(|(word, _)| *word == text).map(|(_, named)| *named))
        .or_else(|| MAIL.contains(&text).then_some(Traffic::Email))
        .or_else(|| TEXTS.contains(&text).then_some(Traffic::Sms))
}

/// A source by its name.
fn of_source(source: &str) -> Option<Traffic> {
    let first = source.split(' ').next().unwrap_or_default();
    let lists = [
        (SEARCH, Traffic::OrganicSearch),
        (SOCIAL, Traffic::OrganicSocial),
        (MAIL, Traffic::Email),
        (TEXTS, Traffic::Sms),
        (PUSHES, Traffic::Push),
    ];
    let alone = source == first || source.contains('.');
    lists.into_iter().find(|(names, _)| alone && names.contains(&first)).map(|(_, named)| named)
}

/// A source that is a site: `m.facebook.com`, `t.co`.
fn of_host(host: &str) -> Option<Traffic> {
    if matches!(host, "t.co" | "t.me" | "lm.facebook.com" | "youtu.be" | "redd.it" | "pin.it") {
        return Some(Traffic::OrganicSocial);
    }
    if !host.contains('.') {
        return None;
    }
    let has = |names: &[&str]| host.split('.').any(|part| part.len() > 1 && names.contains(&part));
    if host.starts_with("mail.") {
        Some(Traffic::Email)
    } else if has(SEARCH) {
        Some(Traffic::OrganicSearch)
    } else if has(SOCIAL) {
        Some(Traffic::OrganicSocial)
    } else {
        None
    }
}

/// Words without what spellings differ in: case, blanks, `_`, `-` and brackets.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '_' | '-' | '(' | ')' | '/' | '|' | '+' | '&' | ',');
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum() {
        assert!(TRAFFIC.iter().enumerate().all(|(n, line)| line.0 as usize == n));
    }

    #[test]
    fn every_standard_name_is_read_as_itself() {
        for (traffic, name, _) in TRAFFIC {
            for name in [(*name).to_owned(), name.to_uppercase(), name.replace(' ', "_"), name.replace(' ', "-")] {
                assert_eq!(Traffic::classify(&Said::channel(&name)), Some(*traffic), "{name}");
            }
        }
    }

    #[test]
    fn channels_of_sources_are_standard_ones() {
        let expected = [
            ("Google Ads", Some(Traffic::PaidSearch)),
            ("google_ads", Some(Traffic::PaidSearch)),
            ("Microsoft Ads", Some(Traffic::PaidSearch)),
            ("Meta Ads", Some(Traffic::PaidSocial)),
            ("fb ads", Some(Traffic::PaidSocial)),
            ("TikTok Ads", Some(Traffic::PaidSocial)),
            ("Paid Social", Some(Traffic::PaidSocial)),
            ("facebook / paid", Some(Traffic::PaidSocial)),
            ("google / cpc", Some(Traffic::PaidSearch)),
            ("google / organic", Some(Traffic::OrganicSearch)),
            ("(direct) / (none)", Some(Traffic::Direct)),
            ("(none)", Some(Traffic::Direct)),
            ("Organic Video", Some(Traffic::OrganicSocial)),
            ("Cross-network", Some(Traffic::PaidSearch)),
            ("newsletter", Some(Traffic::Email)),
            ("e_mail", Some(Traffic::Email)),
            ("klaviyo", Some(Traffic::Email)),
            ("instagram", Some(Traffic::OrganicSocial)),
            ("sms", Some(Traffic::Sms)),
            ("Display", Some(Traffic::Display)),
            ("Paid Other", None),
            ("Unassigned", None),
            ("Shop floor", None),
        ];
        for (channel, traffic) in expected {
            assert_eq!(Traffic::classify(&Said::channel(channel)), traffic, "{channel}");
        }
    }

    #[test]
    fn source_and_medium_are_read_as_links_have_them() {
        let expected = [
            ("google", "cpc", Some(Traffic::PaidSearch)),
            ("facebook", "paid_social", Some(Traffic::PaidSocial)),
            ("facebook", "cpc", Some(Traffic::PaidSocial)),
            ("unheard", "paid_social", Some(Traffic::PaidSocial)),
            ("unheard", "cpm", Some(Traffic::Display)),
            ("unheard", "cpc", None),
            ("google.com", "referral", Some(Traffic::OrganicSearch)),
            ("m.facebook.com", "referral", Some(Traffic::OrganicSocial)),
            ("t.co", "", Some(Traffic::OrganicSocial)),
            ("example.org", "referral", Some(Traffic::Referral)),
            ("Klaviyo", "email", Some(Traffic::Email)),
            ("spring", "newsletter", Some(Traffic::Email)),
            ("(direct)", "(none)", Some(Traffic::Direct)),
            ("(direct)", "", Some(Traffic::Direct)),
            ("(not set)", "(not set)", Some(Traffic::Direct)),
            ("shop", "affiliate", Some(Traffic::Affiliates)),
            ("anna", "influencer", Some(Traffic::Influencers)),
            ("onesignal", "web-push", Some(Traffic::Push)),
            ("poster", "offline", None),
        ];
        for (source, medium, traffic) in expected {
            let said = Said { source: Some(source), medium: Some(medium), ..Said::default() };
            assert_eq!(Traffic::classify(&said), traffic, "{source} / {medium}");
        }
    }

    #[test]
    fn spend_is_paid_whatever_it_is_called() {
        assert_eq!(Traffic::classify(&Said::spend("Facebook")), Some(Traffic::PaidSocial));
        assert_eq!(Traffic::classify(&Said::spend("Google")), Some(Traffic::PaidSearch));
        assert_eq!(Traffic::classify(&Said::spend("Influencer")), Some(Traffic::Influencers));
        assert_eq!(Traffic::classify(&Said::spend("Leaflets")), None);
        assert_eq!(Traffic::classify(&Said::default()), Some(Traffic::Direct));
    }
}
