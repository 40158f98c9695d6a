//! The table of advertising by channel: the usual ratios, of reports as their platforms tell them.

use serde::Serialize;

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
