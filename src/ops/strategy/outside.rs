//! What files beside the shop's own say: touchpoints, visits, carts, messages, advertising, experiments, and which files
//! there are.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::shop::counted;
use super::{Answer, days};
use crate::analytics::facts::year_to;
use crate::analytics::roi::resolve;
use crate::framework::guide::evidence::Finding;
use crate::jobs::Progress;
use crate::model::channels::Said;
use crate::model::{Dataset, Day, Locale, Scenario, Touches, Traffic};
use crate::ops::Session;

const DAY: i64 = 86_400;
const SHOWN: usize = 3;
const PLATFORMS: [(&str, &str); 4] =
    [("shopify", "Shopify"), ("woocommerce", "WooCommerce"), ("bigcommerce", "BigCommerce"), ("magento", "Magento")];

impl Session {
    /// Answers from everything beside orders, customers and products.
    pub(super) fn outside(&mut self, data: &Dataset, as_of: Day, progress: &Progress) -> Result<Vec<(String, Answer)>> {
        let zone = self.definitions()?.zone;
        let end = (i64::from(as_of.0) + 1) * DAY;
        let touches = self.touches(progress)?;
        let names = self.channel_names()?;
        let signals = self.workspace.signals(data, zone, progress)?;
        let events = self.workspace.events(data, zone, progress)?;
        let campaigns = self.workspace.campaigns()?.0;
        let year = year_to(as_of);
        let looks = signals.views.iter().filter(|view| view.at < end).map(|view| view.customer);
        let carts = signals.carts.iter().filter(|cart| cart.at < end).map(|cart| cart.customer);
        let is_search =
            |kind: u16| events.kinds.get(usize::from(kind)).is_some_and(|kind| kind.to_lowercase().contains("search"));
        let searches = (0..events.at.len())
            .filter(|i| events.at[*i] < end && is_search(events.kind[*i]))
            .map(|i| events.customer[i]);
        let customers = data.customers.id.len();
        let of_customers = |who: BTreeSet<u32>, what: &str, missing: &str, page| {
            counted((who.len(), customers), "customers", what, missing, page)
        };
        let spent: BTreeSet<String> = campaigns
            .iter()
            .filter(|campaign| campaign.ads.iter().any(|ad| ad.day <= as_of))
            .filter_map(|campaign| campaign.channel.as_deref())
            .map(|raw| names.name(&Said::spend(raw)).0)
            .chain(
                data.spend
                    .iter()
                    .filter(|spend| spend.day <= as_of)
                    .map(|spend| names.name(&Said::spend(&spend.channel)).0),
            )
            .filter(|name| !name.is_empty())
            .collect();
        let sends =
            campaigns.iter().flat_map(|campaign| &campaign.sends).filter(|send| zone.day(send.at) <= as_of).count();
        let mut found = vec![
            (
                "looks",
                of_customers(
                    looks.collect(),
                    "seen looking at products",
                    "no data: import events with looks at products",
                    "Journey",
                ),
            ),
            (
                "carts",
                of_customers(
                    carts.collect(),
                    "with a left cart",
                    "no data: import left carts or checkouts",
                    "Sequences",
                ),
            ),
            (
                "searches",
                of_customers(
                    searches.collect(),
                    "seen searching",
                    "no data: import events of searches on the site",
                    "Journey",
                ),
            ),
            (
                "sends",
                some(
                    sends,
                    "sent messages",
                    "no data: import reports of the mailing tool, such as Klaviyo or Mailchimp",
                    "Campaign results",
                ),
            ),
            (
                "spend",
                named(
                    &spent,
                    "Spend on",
                    "no data: import reports of Google Ads, Meta Ads or other spend",
                    "ROI and value",
                ),
            ),
            ("cac_by_channel", self.cac_by_channel(as_of, progress)?),
            ("web", self.web(year)?),
            ("experiments", self.with_data()?),
        ];
        found.extend(of_touches(&touches, end, &spent));
        found.extend(self.platforms()?);
        Ok(found.into_iter().map(|(key, answer)| (key.to_owned(), answer)).collect())
    }

    fn cac_by_channel(&mut self, as_of: Day, progress: &Progress) -> Result<Answer> {
        let definitions = self.definitions()?;
        // Nothing but spend and conversions is asked for, which no scenario changes.
        let resolved = resolve(&Scenario::default(), None, &definitions, &[]);
        let found = self.ad_channels(&resolved, Some(as_of), progress)?;
        let currency = definitions.currency;
        let money = |major: f64| currency.display((major * currency.scale() as f64).round() as i64);
        let told: Vec<String> =
            found.rows.iter().filter_map(|row| Some(format!("{} {}", row.report.channel, money(row.cpa?)))).collect();
        if told.is_empty() {
            return Ok(Err("no data: import reports of Google Ads or Meta Ads with spend and conversions".into()));
        }
        Ok(Ok(Finding {
            text: told.join(", "),
            value: found.total.and_then(|total| total.cpa).map(|major| major * currency.scale() as f64),
            serves: None,
            how: format!("Spend for each conversion that platforms claim, {}", days(found.days)),
            page: "ROI and value",
        }))
    }

    fn web(&self, year: (Day, Day)) -> Result<Answer> {
        let visits = self.workspace.web_visits(year.0, year.1)?.map_or(0, |found| found.sessions);
        let answer = some(
            usize::try_from(visits).unwrap_or(usize::MAX),
            "visits",
            "no data: import a report of web analytics, such as Google Analytics",
            "KPIs",
        );
        Ok(answer.map(|found| Finding { how: format!("Web analytics, {}", days(year)), ..found }))
    }

    fn with_data(&self) -> Result<Answer> {
        let saved = self.saved_experiments()?;
        let all = saved.iter().filter(|one| !one.experiment.archived);
        let (with, n) = all.fold((0, 0), |(with, n), one| (with + usize::from(one.experiment.data.is_some()), n + 1));
        Ok(counted(
            (with, n),
            "experiments",
            "with data",
            "no data: plan an experiment and bring its data in",
            "Experiments",
        ))
    }

    /// Which systems the imports came from.
    fn platforms(&self) -> Result<Vec<(&'static str, Answer)>> {
        let imports = self.imports()?;
        let of = |prefix: &str| imports.iter().filter(|one| one.source.starts_with(prefix)).count();
        let files = |n: usize, name: &str| {
            some(n, &format!("files of {name}"), &format!("no data: no file of {name} is imported"), "Imports")
        };
        let here: BTreeSet<String> =
            PLATFORMS.iter().filter(|(key, _)| of(key) > 0).map(|(_, name)| (*name).to_owned()).collect();
        let missing = "no data: import the exports of the shop’s platform";
        let mut found = vec![("platform", named(&here, "Files of", missing, "Imports"))];
        let keys = [("import.shopify", 0), ("import.woocommerce", 1), ("import.bigcommerce", 2)];
        found.extend(keys.map(|(key, at)| (key, files(of(PLATFORMS[at].0), PLATFORMS[at].1))));
        Ok(found)
    }
}

fn of_touches(touches: &Touches, end: i64, spent: &BTreeSet<String>) -> Vec<(&'static str, Answer)> {
    let heard: Vec<usize> = (0..touches.len()).filter(|i| touches.at[*i] < end).collect();
    let mut channels: BTreeMap<&str, usize> = BTreeMap::new();
    for i in &heard {
        let name = touches.channels.get(usize::from(touches.channel[*i])).map_or("", String::as_str);
        *channels.entry(name).or_default() += 1;
    }
    let mut most: Vec<(&str, usize)> =
        channels.iter().map(|(name, n)| (*name, *n)).filter(|(name, _)| !name.is_empty()).collect();
    most.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let all = heard.len();
    let share = |n: usize| Locale::En.percent(n as f64 / all as f64, 0);
    let shown: Vec<String> = most.iter().take(SHOWN).map(|(name, n)| format!("{name} {}", share(*n))).collect();
    let missing = "no data: import touchpoints, or orders that tell where their buyers came from";
    let mut all_touches = some(all, "touchpoints", missing, "Attribution");
    if let Ok(found) = &mut all_touches
        && !shown.is_empty()
    {
        found.text = format!("{}: {}", found.text, shown.join(", "));
    }
    let devices = heard.iter().filter(|i| touches.device[**i] != 0).count();
    let is_social = |name: &str| [Traffic::PaidSocial, Traffic::OrganicSocial].iter().any(|one| one.name() == name);
    let social = most.iter().filter(|(name, _)| is_social(name)).map(|(name, _)| (*name).to_owned());
    let social: BTreeSet<String> = social.chain(spent.iter().filter(|name| is_social(name)).cloned()).collect();
    vec![
        ("touches", all_touches),
        (
            "devices",
            counted(
                (devices, all),
                "touchpoints",
                "with a device",
                "no data: import touchpoints with their device",
                "Journey",
            ),
        ),
        (
            "social",
            named(
                &social,
                "Contacts:",
                "no data: import touchpoints, or spend of social networks such as Meta Ads",
                "Attribution",
            ),
        ),
    ]
}

/// So many of something; none are no data.
fn some(n: usize, what: &str, missing: &str, page: &'static str) -> Answer {
    if n == 0 {
        return Err(missing.to_owned());
    }
    let text = format!("{} {what}", Locale::En.count(n as u64));
    Ok(Finding { how: text.clone(), text, value: Some(n as f64), serves: Some(true), page })
}

/// Names of what there is; none are no data.
fn named(names: &BTreeSet<String>, before: &str, missing: &str, page: &'static str) -> Answer {
    if names.is_empty() {
        return Err(missing.to_owned());
    }
    let text = format!("{before} {}", names.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
    Ok(Finding { how: text.clone(), text, value: None, serves: Some(true), page })
}
