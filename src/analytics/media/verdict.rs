//! Whether a channel's effect can be told, in words.

use serde::Serialize;

use super::design::{Basis, controls, dot};
use super::weeks::Weeks;
use super::{ChannelResponse, Measure, Media, PRESENT};
use crate::model::{Currency, Locale};

/// Weeks with spend below which a channel shows nothing.
const FEW_WEEKS: u64 = 8;
/// Spend that varies by less than this share of its mean hardly varies.
const HARDLY: f64 = 0.1;
/// Correlation from which two channels move together.
const TOGETHER: f64 = 0.9;
/// Share of the spend's variance that trend, season and sales explain from which it moves with them.
const WITH_SEASON: f64 = 0.9;

/// Why a channel's effect cannot be told.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Doubt {
    /// The interval begins at zero.
    IncludesZero {
        /// Probability that it adds anything.
        chance: f64,
    },
    /// Too few weeks with spend.
    FewWeeks {
        /// So many.
        weeks: u64,
    },
    /// Its spend hardly varied.
    HardlyVaried {
        /// Standard deviation as a share of the mean.
        variation: f64,
    },
    /// Its spend goes up and down with trend, season and sales.
    WithSeason {
        /// Share of its variance that these explain.
        explained: f64,
    },
    /// It moves together with another channel.
    Together {
        /// The other one.
        with: String,
        /// Correlation of weekly spend.
        correlation: f64,
    },
}

impl Doubt {
    /// In words.
    pub fn words(&self) -> String {
        let percent = |share: f64| Locale::En.percent(share, 0);
        match self {
            Self::IncludesZero { chance } => {
                format!("its interval includes nothing at all (that it adds anything is {} likely)", percent(*chance))
            }
            Self::FewWeeks { weeks } => format!("it spent in {weeks} weeks only"),
            Self::HardlyVaried { variation } => {
                format!(
                    "its spend hardly varied (by {} of its mean), so nothing shows what less or more does",
                    percent(*variation)
                )
            }
            Self::WithSeason { explained } => {
                format!("its spend goes up and down with season, trend and sales ({} of it)", percent(*explained))
            }
            Self::Together { with, correlation } => {
                let r = Locale::En.number(*correlation, 2);
                format!(
                    "its spend moves together with that of {with} (correlation {r}), so the two cannot be told apart"
                )
            }
        }
    }
}

/// Writes down what is in doubt.
pub(super) fn judge(channels: &mut [ChannelResponse], weeks: &Weeks) {
    let basis = Basis::new(&controls(&weeks.on_sale, 0..weeks.len(), weeks.len()));
    for (at, one) in channels.iter_mut().enumerate() {
        let spend = &weeks.channels[at].spend;
        let centred = centred(spend);
        let mean = spend.iter().sum::<f64>() / spend.len() as f64;
        let square = dot(&centred, &centred);
        let variation = (square / spend.len() as f64).sqrt() / mean;
        let rest = basis.rest(spend);
        let explained = if square > 0.0 { 1.0 - dot(&rest, &rest) / square } else { 0.0 };
        let mut doubts = Vec::new();
        if one.added.interval.0 <= 0.0 {
            doubts.push(Doubt::IncludesZero { chance: one.chance });
        }
        if one.weeks < FEW_WEEKS {
            doubts.push(Doubt::FewWeeks { weeks: one.weeks });
        }
        if variation < HARDLY {
            doubts.push(Doubt::HardlyVaried { variation });
        } else if explained > WITH_SEASON {
            doubts.push(Doubt::WithSeason { explained });
        }
        let others = weeks.channels.iter().enumerate().filter(|(other, _)| *other != at);
        let nearest = others.map(|(other, channel)| (other, correlation(spend, &channel.spend)));
        if let Some((other, correlation)) = nearest.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, r)| *r > TOGETHER) {
            doubts.push(Doubt::Together { with: weeks.channels[other].name.clone(), correlation });
        }
        one.doubts = doubts;
    }
}

fn centred(of: &[f64]) -> Vec<f64> {
    let mean = of.iter().sum::<f64>() / of.len().max(1) as f64;
    of.iter().map(|value| value - mean).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (centred(a), centred(b));
    let length = (dot(&a, &a) * dot(&b, &b)).sqrt();
    if length > 0.0 { dot(&a, &b) / length } else { 0.0 }
}

/// What a media response says, in sentences for command line and window alike.
pub mod said {
    use super::*;

    /// An amount of the measure.
    pub fn amount(measure: Measure, currency: Currency, value: f64) -> String {
        match measure {
            Measure::Revenue => currency.display(value.round() as i64),
            Measure::Orders => Locale::En.number(value, 0),
        }
    }

    /// The verdict on a channel.
    pub fn channel(found: &Media, one: &ChannelResponse) -> String {
        let percent = |share: f64| Locale::En.percent(share, 1);
        let number = |value: f64| Locale::En.number(value, 2);
        if !one.doubts.is_empty() {
            let why: Vec<String> = one.doubts.iter().map(Doubt::words).collect();
            return format!("{}: cannot tell; {}", one.channel, why.join("; "));
        }
        let unit = match found.settings.measure {
            Measure::Revenue => String::new(),
            Measure::Orders => " orders".to_owned(),
        };
        let stopped =
            if one.present <= 0.0 { format!("; it did not spend in the last {PRESENT} weeks") } else { String::new() };
        format!(
            "{}: {} of sales go together with it ({} – {}), {}{unit} for each unit spent ({} – {}); of one more at the \
             present level {}{unit} are expected ({} – {}){stopped}",
            one.channel,
            percent(one.share.mean),
            percent(one.share.interval.0),
            percent(one.share.interval.1),
            number(one.per_unit.mean),
            number(one.per_unit.interval.0),
            number(one.per_unit.interval.1),
            number(one.marginal.mean),
            number(one.marginal.interval.0),
            number(one.marginal.interval.1),
        )
    }

    /// How the last weeks were foretold.
    pub fn held_out(found: &Media) -> String {
        let percent = |share: f64| Locale::En.percent(share, 1);
        let held = &found.held_out;
        let year =
            held.as_last_year.map_or_else(String::new, |year| format!(", as a year ago by {}", percent(year.weekly)));
        let better = match held.with_spend.weekly / held.without_spend.weekly.max(f64::MIN_POSITIVE) {
            ratio if ratio < 0.95 => "knowing the spend helps",
            ratio if ratio <= 1.05 => "knowing the spend makes no difference",
            _ => "knowing the spend does not help, so read the figures of channels with care",
        };
        format!(
            "The last {} weeks, foretold from those before: off by {} a week with spend, by {} without{year}; {better}",
            held.weeks,
            percent(held.with_spend.weekly),
            percent(held.without_spend.weekly),
        )
    }

    /// What the best split is worth.
    pub fn split(found: &Media) -> String {
        let Some(split) = &found.split else {
            return "There is no budget to split: it takes two channels, and spend in the last weeks".into();
        };
        let show = |value| amount(found.settings.measure, found.currency, value);
        let total = found.currency.display(split.total.round() as i64);
        let (low, high) = split.gain.interval;
        let range = format!("{} a week ({} – {})", show(split.gain.mean), show(low), show(high));
        let unspent = if split.unspent > 1.0 {
            let left = found.currency.display(split.unspent.round() as i64);
            format!("; {left} of it is given to nobody, since no channel was tried with so much")
        } else {
            String::new()
        };
        if split.told_apart {
            format!("{total} a week, split best, brings {range} more than split as at present{unspent}")
        } else {
            format!(
                "{total} a week: the best split cannot be told apart from the present one; expected is a difference of \
                 {range}{unspent}"
            )
        }
    }
}
