//! The ledger in sentences, for command line and window alike.

use super::{Claim, Ledger, Period};
use crate::model::claims::{Claimant, Platform};

/// Names of tools by the origin of their files.
const TOOLS: &[(&str, &str)] = &[
    ("bigcommerce", "BigCommerce"),
    ("ga4", "Google Analytics"),
    ("google_ads", "Google Ads"),
    ("klaviyo", "Klaviyo"),
    ("mailchimp", "Mailchimp"),
    ("meta_ads", "Meta Ads"),
    ("shopify", "Shopify"),
    ("woocommerce", "WooCommerce"),
];

/// The name of a platform: that of its tool; of files that any tool may have written, the channel they name.
pub fn title(platform: &Platform) -> String {
    let tool = TOOLS.iter().find(|(origin, _)| *origin == platform.origin).map(|(_, title)| (*title).to_owned());
    let channel = platform.channel.trim();
    match (tool, platform.kind) {
        // A mail tool that sends text messages as well is two platforms.
        (Some(tool), Claimant::Messages) if channel != "email" && !channel.is_empty() => format!("{tool} ({channel})"),
        (Some(tool), _) => tool,
        (None, Claimant::Analytics) => "Web analytics".into(),
        (None, _) if channel.eq_ignore_ascii_case("email") => "E-mail".into(),
        (None, _) if channel.is_empty() => "Not said".into(),
        (None, _) => channel.to_owned(),
    }
}

/// What the ledger comes to, in one sentence.
pub fn verdict(ledger: &Ledger) -> String {
    let total = &ledger.total;
    let claiming = ledger.platforms.len();
    if claiming == 0 {
        return "No platform claims any order in these days; import reports of ads, mails or web analytics".into();
    }
    match total.over_claim {
        None if total.orders == 0 && total.claimed_milli > 0 => {
            format!("Platforms claim {} orders in days in which nothing was sold", orders(total.claimed_milli))
        }
        None => "No platform says how many orders it claims".into(),
        Some(factor) if factor <= 1.0 => format!(
            "{} claim {} of {} orders sold, {:.1}% of them: no more than there is",
            if claiming == 1 { "One platform".to_owned() } else { format!("{claiming} platforms together") },
            orders(total.claimed_milli),
            crate::model::currency::group_thousands(total.orders),
            100.0 * factor,
        ),
        Some(factor) => format!(
            "{} {} {} orders where {} were sold: {factor:.2} times what there is",
            crate::model::currency::group_thousands(claiming as u64),
            if claiming == 1 { "platform claims" } else { "platforms together claim" },
            orders(total.claimed_milli),
            crate::model::currency::group_thousands(total.orders),
        ),
    }
}

/// What should be known of a platform's claim of a period, as sentences.
pub fn remarks(ledger: &Ledger, period: &Period, n: usize) -> Vec<String> {
    let (Some(platform), Some(claim)) = (ledger.platforms.get(n), period.claims.get(n)) else { return Vec::new() };
    let mut said = Vec::new();
    if let Some(factor) = claim.least_over_claim {
        said.push(format!("{} claims more orders than there are: {factor:.2} times as many", platform.title));
    }
    if let Some(unsupported) = claim.unsupported_milli.filter(|n| *n > 0) {
        said.push(format!(
            "{} of its orders cannot be its own: no touch of it came before that many within {} days",
            orders(unsupported),
            ledger.settings.look_back
        ));
    }
    if period.is_partly_covered(claim) {
        said.push(format!("Its reports cover {} of {} days", claim.covered_days, period.days()));
    }
    if claim.spread {
        said.push("Part of it is a sum of a longer report, shared out evenly over its days".into());
    }
    if platform.shares_channel {
        said.push("Another platform has the same channel, so touches of both support each".into());
    }
    said
}

/// Orders of thousandths: whole where they are, else with one decimal.
pub fn orders(milli: i64) -> String {
    let (whole, tenths) = (milli / 1_000, (milli % 1_000).abs() / 100);
    let grouped = crate::model::currency::group_thousands(whole.unsigned_abs());
    let sign = if milli < 0 { "−" } else { "" };
    if tenths == 0 { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{tenths}") }
}

/// Whether anything supports more of a claim than is claimed, so that it may be right.
pub fn may_be_right(claim: &Claim) -> bool {
    claim.unsupported_milli == Some(0) && claim.least_over_claim.is_none()
}
