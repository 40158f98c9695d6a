//! Imported messages whose names or tags speak of something: what they reached together.

use std::collections::BTreeMap;

use super::entry::{EN, Fill, Page, days, list};
use crate::analytics::results::{CampaignResult, Rate, RateKind, Results, Summed, summed};
use crate::model::journey::mentions;
use crate::model::results::{CampaignKey, ImportedCampaign};
use crate::model::strategy::FieldValue;

/// More names than this are counted, not told.
const NAMED: usize = 4;

/// What mailing tools report.
pub struct Reported {
    results: Option<Results>,
    tags: BTreeMap<CampaignKey, Vec<String>>,
}

/// Messages that speak of one thing; at least one.
pub struct Messages<'a> {
    results: &'a Results,
    of: Vec<&'a CampaignResult>,
}

impl Reported {
    /// From what campaigns brought, and the tags that they have.
    pub fn new(results: Option<Results>, campaigns: Vec<ImportedCampaign>) -> Self {
        let tags = campaigns.into_iter().filter(|one| !one.tags.is_empty()).map(|one| (one.key, one.tags)).collect();
        Self { results, tags }
    }

    /// Whether any message was imported.
    pub fn has_messages(&self) -> bool {
        self.results.as_ref().is_some_and(|results| results.campaigns.iter().any(|one| one.kind.is_some()))
    }

    /// Messages whose name or tags speak of any of these words; `None` where none does.
    pub fn of(&self, words: &[&str]) -> Option<Messages<'_>> {
        let results = self.results.as_ref()?;
        let tags = |one: &CampaignResult| self.tags.get(&one.key).into_iter().flatten();
        let speaks = |text: &String| words.iter().any(|word| mentions(text, word));
        let of: Vec<&CampaignResult> = results
            .campaigns
            .iter()
            .filter(|one| one.kind.is_some() && (speaks(&one.name) || tags(one).any(speaks)))
            .collect();
        (!of.is_empty()).then_some(Messages { results, of })
    }
}

impl Messages<'_> {
    /// What those of them that tell all of something come to together.
    fn sum(&self, tells: impl Fn(&CampaignResult) -> bool) -> (Summed, Page) {
        let of: Vec<&CampaignResult> = self.of.iter().copied().filter(|one| tells(one)).collect();
        let keys: Vec<CampaignKey> = of.iter().map(|one| one.key.clone()).collect();
        let names: Vec<String> = of.iter().map(|one| format!("“{}”", one.name)).collect();
        let names = if names.len() > NAMED {
            format!("{} imported campaigns and flows", EN.count(names.len() as u64))
        } else {
            list(&names)
        };
        let first = of.iter().map(|one| one.days.0).min().unwrap_or(self.results.as_of);
        let last = of.iter().map(|one| one.days.1).max().unwrap_or(self.results.as_of);
        let page = Page::new("Campaign results", self.results.as_of, format!("{}; {names}", days((first, last))));
        (summed(&keys, &self.results.campaigns), page)
    }

    /// A rate of all of them together.
    pub fn rate(&self, kind: RateKind) -> Fill {
        let (sum, page) = self.sum(|one| one.rate(kind).is_some());
        let bought = sum.conversions_milli.map(|milli| (milli + 500) / 1_000);
        let (did, words) = match kind {
            RateKind::Open => (sum.opens, "People who opened"),
            RateKind::Click => (sum.clicks, "People who clicked"),
            RateKind::Conversion => (bought, "People who bought, as the mailing tool claims,"),
            RateKind::Unsubscribe => (None, "People who unsubscribed"),
        };
        let rate = Rate::of(did, sum.delivered).ok_or_else(|| {
            format!(
                "The imported reports of {} do not tell how many messages were delivered and what became of them; import \
                 the tool’s full export",
                self.names()
            )
        })?;
        let how = format!(
            "{words} of messages delivered: {} of {}, {} – {} with 95%",
            EN.count(rate.k),
            EN.count(rate.n),
            EN.percent(rate.wilson.0, 2),
            EN.percent(rate.wilson.1, 2)
        );
        page.told(FieldValue::Percent(rate.rate), how)
    }

    /// Revenue that the tools credit to them.
    pub fn revenue(&self) -> Fill {
        let (sum, page) = self.sum(|one| one.money.revenue.is_some() && !one.money.unrated);
        let revenue = sum.money.revenue.ok_or_else(|| {
            format!(
                "The imported reports of {} tell no revenue in a currency with a rate; import the tool’s full export, or \
                 add the rate on the page Definitions",
                self.names()
            )
        })?;
        let how = "Revenue that the mailing tool credits to these messages: its claim, no measured lift";
        page.told(FieldValue::Money(revenue, self.results.currency), how)
    }

    fn names(&self) -> String {
        let names: Vec<String> = self.of.iter().take(NAMED).map(|one| format!("“{}”", one.name)).collect();
        list(&names)
    }
}
