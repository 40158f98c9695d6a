//! The table of advertising by channel: the usual ratios, of reports as their platforms tell them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analytics::spend::apart_of_campaign;
use crate::model::results::{AdSpend, ImportedCampaign};
use crate::model::{Currency, Day, Definitions};

/// What is reported of a channel. `None` = no report tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChannelReport {
    /// The channel.
    pub channel: String,
    /// Spend, major units of the shop's currency.
    pub spend: f64,
    /// How often it was shown.
    pub impressions: Option<f64>,
    /// How often it was clicked.
    pub clicks: Option<f64>,
    /// Purchases that the platform claims.
    pub conversions: Option<f64>,
    /// Their value, major units.
    pub revenue: Option<f64>,
}

/// A channel with its ratios; `None` where a part is not told, or nothing is divided by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelFigures {
    /// What is reported.
    pub report: ChannelReport,
    /// Clicks ÷ impressions.
    pub ctr: Option<f64>,
    /// Spend ÷ clicks.
    pub cpc: Option<f64>,
    /// Spend of a thousand impressions.
    pub cpm: Option<f64>,
    /// Conversions ÷ clicks.
    pub cvr: Option<f64>,
    /// Spend ÷ conversions.
    pub cpa: Option<f64>,
    /// Revenue ÷ conversions.
    pub aov: Option<f64>,
    /// Revenue ÷ spend.
    pub roas: Option<f64>,
    /// Revenue × margin − spend.
    pub profit: Option<f64>,
    /// Profit ÷ spend.
    pub roi: Option<f64>,
}

/// Figures of each channel, and of all together: a sum holds only what every channel tells.
pub fn channels(reports: &[ChannelReport], margin: Option<f64>) -> (Vec<ChannelFigures>, Option<ChannelFigures>) {
    let rows: Vec<ChannelFigures> = reports.iter().map(|report| figures(report.clone(), margin)).collect();
    if reports.is_empty() {
        return (rows, None);
    }
    let sum = |part: fn(&ChannelReport) -> Option<f64>| reports.iter().map(part).sum::<Option<f64>>();
    let all = ChannelReport {
        channel: "All channels".into(),
        spend: reports.iter().map(|report| report.spend).sum(),
        impressions: sum(|report| report.impressions),
        clicks: sum(|report| report.clicks),
        conversions: sum(|report| report.conversions),
        revenue: sum(|report| report.revenue),
    };
    (rows, Some(figures(all, margin)))
}

fn figures(report: ChannelReport, margin: Option<f64>) -> ChannelFigures {
    let over = |a: Option<f64>, b: Option<f64>| a.zip(b).filter(|(_, b)| *b > 0.0).map(|(a, b)| a / b);
    let spend = Some(report.spend);
    let ChannelReport { impressions, clicks, conversions, revenue, .. } = report;
    let profit = revenue.zip(margin).map(|(revenue, margin)| revenue * margin - report.spend);
    ChannelFigures {
        ctr: over(clicks, impressions),
        cpc: over(spend, clicks),
        cpm: over(spend, impressions).map(|each| each * 1_000.0),
        cvr: over(conversions, clicks),
        cpa: over(spend, conversions),
        aov: over(revenue, conversions),
        roas: over(revenue, spend),
        profit,
        roi: over(profit, spend),
        report,
    }
}

/// What platforms report of each channel from one day to another, both included: sums over campaigns, by the names that
/// `name` gives channels. Nothing is told of a channel with an amount in a currency without a rate; those are named
/// beside the reports. A sum of days that are not all within is left out.
pub fn reports(
    campaigns: &[ImportedCampaign],
    definitions: &Definitions,
    (from, to): (Day, Day),
    name: &dyn Fn(&str) -> String,
) -> (Vec<ChannelReport>, Vec<(String, Currency)>) {
    let mut sums: BTreeMap<String, Option<ChannelReport>> = BTreeMap::new();
    let mut unrated = Vec::new();
    for campaign in campaigns {
        let channel = name(campaign.channel.as_deref().unwrap_or_default());
        for ad in apart_of_campaign(&campaign.ads).into_iter().filter(|ad| ad.day >= from && ad.until <= to) {
            let sum = sums.entry(channel.clone()).or_insert_with(|| Some(ChannelReport::nothing(&channel)));
            let major = |minor| definitions.convert(minor, ad.currency).map(|m| definitions.currency.major(m));
            match major(ad.amount) {
                Some(spend) => {
                    if let Some(sum) = sum {
                        sum.add(spend, ad, ad.value.and_then(major));
                    }
                }
                None => {
                    *sum = None;
                    unrated.push((channel.clone(), ad.currency));
                }
            }
        }
    }
    unrated.sort();
    unrated.dedup();
    (sums.into_values().flatten().collect(), unrated)
}

impl ChannelReport {
    fn nothing(channel: &str) -> Self {
        let none = Some(0.0);
        Self { channel: channel.into(), spend: 0.0, impressions: none, clicks: none, conversions: none, revenue: none }
    }

    /// A part that one row does not tell is not told of the sum.
    fn add(&mut self, spend: f64, ad: &AdSpend, revenue: Option<f64>) {
        let plus = |sum: Option<f64>, more: Option<f64>| sum.zip(more).map(|(sum, more)| sum + more);
        self.spend += spend;
        self.impressions = plus(self.impressions, ad.impressions.map(|n| n as f64));
        self.clicks = plus(self.clicks, ad.clicks.map(|n| n as f64));
        self.conversions = plus(self.conversions, ad.conversions_milli.map(|n| n as f64 / 1_000.0));
        self.revenue = plus(self.revenue, revenue);
    }
}
