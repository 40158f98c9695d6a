//! Ties a planned campaign to what was imported: which campaigns are likely meant, and what they brought together.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CampaignResult, Money};
use crate::model::results::CampaignKey;

/// Less alike than this is not proposed.
const LEAST_ALIKE: f64 = 0.4;

/// What several campaigns brought together.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summed {
    /// How many of the keys were found.
    pub campaigns: usize,
    /// Keys of which nothing is imported (any more).
    pub missing: Vec<CampaignKey>,
    /// Messages delivered.
    pub delivered: Option<i64>,
    /// People who opened.
    pub opens: Option<i64>,
    /// Clicks: people of mails, clicks of advertisements.
    pub clicks: Option<i64>,
    /// Conversions, thousandths.
    pub conversions_milli: Option<i64>,
    /// Visits by web analytics.
    pub sessions: Option<i64>,
    /// Money. Tools count the same order each for itself, so the revenue of several tools is an upper bound.
    pub money: Money,
}

/// What the campaigns with these keys brought together.
pub fn summed(keys: &[CampaignKey], results: &[CampaignResult]) -> Summed {
    let mut sum = Summed::default();
    let wanted: BTreeSet<&CampaignKey> = keys.iter().collect();
    for key in wanted {
        let Some(one) = results.iter().find(|result| result.key == *key) else {
            sum.missing.push(key.clone());
            continue;
        };
        sum.campaigns += 1;
        add(&mut sum.delivered, one.delivered);
        add(&mut sum.opens, one.opens);
        add(&mut sum.clicks, one.clicks);
        add(&mut sum.conversions_milli, one.conversions_milli);
        add(&mut sum.sessions, one.visits.map(|visits| visits.sessions));
        add(&mut sum.money.revenue, one.money.revenue);
        add(&mut sum.money.spend, one.money.spend);
        sum.money.unrated |= one.money.unrated;
    }
    sum
}

pub(super) fn add(sum: &mut Option<i64>, more: Option<i64>) {
    *sum = sum.map_or(more, |sum| Some(sum.saturating_add(more.unwrap_or(0))));
}

/// Imported campaigns that are probably part of a planned one, the likeliest first, with how alike their names are
/// (0–1): by its name and by the campaign name of its links.
pub fn suggestions(name: &str, utm: Option<&str>, results: &[CampaignResult]) -> Vec<(CampaignKey, f64)> {
    let names = [Some(name), utm];
    let likeness =
        |result: &CampaignResult| names.iter().flatten().map(|name| alike(name, &result.name)).fold(0.0, f64::max);
    let mut found: Vec<(CampaignKey, f64)> = results
        .iter()
        .map(|result| (result.key.clone(), likeness(result)))
        .filter(|(_, l)| *l >= LEAST_ALIKE)
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}

/// How alike two names are: the share of their words that both have (Jaccard), 1 where one has all words of the other
/// and these are more than one.
fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count();
    let fewer = a.len().min(b.len());
    if fewer == 0 {
        return 0.0;
    }
    let jaccard = both as f64 / a.union(&b).count() as f64;
    if fewer > 1 && both == fewer { jaccard.max(0.9) } else { jaccard }
}

fn words(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A name as it is compared with those in links: letters and digits.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_words() {
        assert_eq!(alike("Spring sale 2026", "spring_sale_2026"), 1.0);
        assert_eq!(alike("Spring sale", "[Follow-up] Spring Sale"), 0.9);
        assert!(alike("Spring sale", "Winter sale") < LEAST_ALIKE);
        assert_eq!(alike("", "Winter"), 0.0);
        assert_eq!(plain("Spring_Sale 26"), "springsale26");
    }
}
