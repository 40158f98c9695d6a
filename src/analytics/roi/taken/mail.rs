//! What imported sends say: size of the list, messages, opens, clicks and orders.

use super::months::{LEAST, Window};
use super::ratio::{Estimate, Ratio};
use super::{Given, Interval};
use crate::analytics::results::whole;
use crate::model::assumption::AssumptionId as Id;
use crate::model::results::{ImportedCampaign, Send, SendKind};
use crate::model::{Definitions, Locale};

const IDS: [Id; 5] = [Id::ListSize, Id::Sends, Id::OpenRate, Id::ClickRate, Id::EmailConversion];

/// List, sends and rates of the last year's emails.
pub fn given(campaigns: &[ImportedCampaign], definitions: &Definitions, window: &Window) -> Vec<(Id, Given)> {
    let nothing = |why: &str| IDS.map(|id| (id, Given::nothing(why))).into();
    let Some((from, to)) = window.year_days().filter(|_| window.months() >= LEAST) else {
        return nothing(&format!("there are {} whole months of history, at least {LEAST} are needed", window.months()));
    };
    let is_within = |send: &&Send| (from..=to).contains(&definitions.zone.day(send.at));
    let emails = campaigns.iter().filter(|campaign| is_email(campaign));
    let sends: Vec<(&ImportedCampaign, &Send)> =
        emails.flat_map(|one| whole(&one.sends).into_iter().filter(is_within).map(move |send| (one, send))).collect();
    if sends.is_empty() {
        return nothing(&format!("no emails sent in {} were imported", window.in_words()));
    }
    let rate = |top: fn(&Send) -> Option<i64>, bottom: fn(&Send) -> Option<i64>, what: &str| {
        let (mut ratio, mut n) = (Ratio::default(), 0);
        for (_, send) in &sends {
            if let Some((top, bottom)) = top(send).zip(bottom(send)).filter(|(_, bottom)| *bottom > 0) {
                ratio.add(top as f64, bottom as f64);
                n += 1;
            }
        }
        let told = Locale::En.counted(n, "send", "sends");
        let from = format!("{what}, {told} in {}", window.in_words());
        let nothing = || Given::nothing(format!("no imported send tells {}", super::said::in_a_sentence(what)));
        ratio.estimate().map_or_else(nothing, |estimate| Given::told(estimate, Interval::Differ, (n, "sends"), from))
    };
    let list = sends.iter().filter(|(one, _)| one.kind == Some(SendKind::Campaign));
    let list = list.filter_map(|(_, send)| got(send)).max().filter(|list| *list > 0);
    let (list, per_month) = match list {
        None => {
            let why = "no imported campaign says how many it was sent to";
            (Given::nothing(why), Given::nothing(why))
        }
        Some(list) => {
            let messages: i64 = sends.iter().filter_map(|(_, send)| got(send)).sum();
            let months = window.year().len() as f64;
            let plain = |value: f64| Estimate { value, interval: None };
            let n = (sends.len() as u64, "sends");
            let largest = format!("Recipients of the largest campaign in {}", window.in_words());
            let each = format!("Messages ÷ mailing list, of a month in {}", window.in_words());
            (
                Given::told(plain(list as f64), Interval::Differ, n, largest),
                Given::told(plain(messages as f64 / list as f64 / months), Interval::Differ, n, each),
            )
        }
    };
    vec![
        (Id::ListSize, list),
        (Id::Sends, per_month),
        (Id::OpenRate, rate(|s| s.figures.opens, got, "Opens ÷ messages that arrived")),
        (Id::ClickRate, rate(|s| s.figures.clicks, |s| s.figures.opens, "Clicks ÷ opens")),
        (
            Id::EmailConversion,
            rate(|s| s.figures.conversions, |s| s.figures.clicks, "Orders that the tool claims ÷ clicks"),
        ),
    ]
}

/// How many got it: as told, else to how many it was sent.
fn got(send: &Send) -> Option<i64> {
    send.figures.delivered.or(send.recipients)
}

/// Messages whose channel is not told are taken for emails.
fn is_email(campaign: &ImportedCampaign) -> bool {
    let channel = campaign.channel.as_deref().unwrap_or_default().to_lowercase();
    campaign.kind.is_some() && (channel.is_empty() || channel.contains("mail"))
}
