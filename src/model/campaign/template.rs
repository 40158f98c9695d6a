//! What campaigns begin with: the framework's campaigns, with their phases, tasks and measures as defaults to edit.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::phase::hours_after;
use super::{
    Audience, Campaign, Channel, Check, Content, Dated, Media, Metric, MetricKind, Phase, Stage, Status, Target, Task,
    Utm, Who,
};
use crate::model::plan::{
    Amount, Assumptions, Benefit, Caps, Excluded, Percent, SalePlan, Stacking, Tier, Version, When,
};
use crate::model::{Currency, Rule};

/// What a campaign was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// A sale for some hours.
    SaleEvent,
    /// Letters to new customers.
    Onboarding,
    /// Letters to those who buy again.
    Retention,
    /// Letters to those who stay away.
    WinBack,
    /// A new product.
    ProductLaunch,
    /// A letter that comes again and again.
    Newsletter,
    /// Guides, pictures, posts.
    Content,
    /// Ads.
    Ads,
    /// Nothing yet.
    Blank,
}

/// A template in the list.
pub struct TemplateInfo {
    /// Which.
    pub id: Template,
    /// For people.
    pub name: &'static str,
    /// Caption of its group in the calendar.
    pub group: &'static str,
    /// What a campaign of it is for: its objective until somebody types a better one.
    pub objective: &'static str,
    /// How many hours it runs.
    hours: i64,
    every_days: Option<u32>,
    audiences: &'static [(&'static str, &'static str)],
    channels: &'static [Channel],
    phases: &'static [PhaseOf],
    metrics: &'static [(MetricKind, u32)],
    content: &'static [(&'static str, Stage, Media, Dated)],
    checklist: &'static [&'static str],
}

/// A phase: its name, its days, its tasks.
type PhaseOf = (&'static str, Dated, Dated, &'static [TaskOf]);
/// A task: what, when, where.
type TaskOf = (&'static str, Dated, Option<Channel>);

use Channel::{Blog, Email, Influencer, Press, Retargeting, SearchAds, Sms, Social, SocialAds, Website};

const EXISTING: (&str, &str) = ("Existing customers", "orders >= 1");
const NEW: (&str, &str) = ("New customers", "orders = 1 and first_order within 30 days");
const REPEAT: (&str, &str) = ("Repeat customers", "orders >= 2 and last_order within 180 days");
const AT_RISK: (&str, &str) = ("At-risk customers", "orders >= 1 and last_order 90 days ago");
const ABANDONED: (&str, &str) = ("Cart abandoners", "last_cart within 30 days");
/// An ad tool looks for people like these.
const SEED_LIST: (&str, &str) = ("Lookalikes of the best customers", "segment is \"VIP/Loyal\"");

const BEFORE: Dated = Dated::start(-5);
const EVE: Dated = Dated::start(-1);
const FIRST: Dated = Dated::start(0);
const LAST: Dated = Dated::end(0);

/// Every template. Names, days and targets of the first four are those of the framework's campaign examples.
pub const TEMPLATES: &[TemplateInfo] = &[
    TemplateInfo {
        id: Template::SaleEvent,
        name: "Sale event",
        group: "Sale events",
        objective: "Sell more in a few days through an offer that ends",
        hours: 72,
        every_days: None,
        audiences: &[ABANDONED, EXISTING, SEED_LIST],
        channels: &[Email, Sms, Website, Social, Influencer, Retargeting],
        phases: &[
            (
                "Pre-event",
                BEFORE,
                EVE,
                &[
                    ("E-mail teaser", BEFORE, Some(Email)),
                    ("Sneak peeks in social media", Dated::start(-4), Some(Social)),
                    ("Early access for influencer partners", Dated::start(-3), Some(Influencer)),
                    ("Retargeting audiences for each segment", Dated::start(-3), Some(Retargeting)),
                    ("E-mail the day before", EVE, Some(Email)),
                ],
            ),
            (
                "Event",
                FIRST,
                LAST,
                &[
                    ("Sale banner and countdown", FIRST, Some(Website)),
                    ("E-mail: the sale has begun", FIRST, Some(Email)),
                    ("Text message to those who opted in", FIRST, Some(Sms)),
                    ("E-mail: deals of the day and stock", Dated::start(1), Some(Email)),
                    ("Posts during the sale", Dated::start(1), Some(Social)),
                    ("E-mail: last hours", LAST, Some(Email)),
                ],
            ),
            (
                "Post-event",
                Dated::end(1),
                Dated::end(3),
                &[
                    ("Thank-you e-mail", Dated::end(1), Some(Email)),
                    ("Last reminder to those who left a cart", Dated::end(1), Some(Retargeting)),
                    ("Short survey", Dated::end(2), Some(Website)),
                    ("Hint at the next event", Dated::end(3), Some(Social)),
                ],
            ),
        ],
        metrics: &[
            (MetricKind::Revenue, 200_000),
            (MetricKind::OpenRateRise, 25),
            (MetricKind::SocialEngagementRise, 10),
            (MetricKind::NewSubscribers, 100),
        ],
        content: &[
            ("Product pictures and videos of the featured products", Stage::Discovery, Media::Owned, BEFORE),
            ("Questions and answers about the sale", Stage::Purchase, Media::Owned, EVE),
            ("Posts of partners", Stage::Discovery, Media::Earned, Dated::start(-3)),
            ("Shopping ads with the sale’s products", Stage::Discovery, Media::Paid, FIRST),
        ],
        checklist: &[
            "The code is made in the shop and was tried on a test order",
            "Tiers, exclusions and free shipping are set in the shop as in this plan",
            "Stock covers the units of the featured products",
            "Prices before the sale were checked",
            "Links carry the campaign’s UTM marks",
            "Banner and countdown show on a phone",
            "Audiences are exported and hold those who consented only",
            "Support and the warehouse know of it",
        ],
    },
    TemplateInfo {
        id: Template::Onboarding,
        name: "New customer onboarding",
        group: "Sequences",
        objective: "Make a first order a good start: five e-mails in ten days",
        hours: 90 * 24,
        every_days: None,
        audiences: &[NEW],
        channels: &[Email],
        phases: &[(
            "Days after the first order",
            FIRST,
            Dated::start(10),
            &[
                ("Welcome with an offer for the next order", FIRST, Some(Email)),
                ("Care guide and tips", Dated::start(3), Some(Email)),
                ("Request for a review, and what others say", Dated::start(5), Some(Email)),
                ("What goes with it", Dated::start(7), Some(Email)),
                ("How to reach support", Dated::start(10), Some(Email)),
            ],
        )],
        metrics: &[(MetricKind::RepeatRateRise, 15)],
        content: &[
            ("Care guide", Stage::PostPurchase, Media::Owned, FIRST),
            ("Tutorial for the first use", Stage::PostPurchase, Media::Owned, FIRST),
        ],
        checklist: &["The welcome offer is made in the shop", "New customers are excluded from newsletters meanwhile"],
    },
    TemplateInfo {
        id: Template::Retention,
        name: "Repeat customer retention",
        group: "Sequences",
        objective: "Stay in mind with those who buy again: one e-mail a month",
        hours: 180 * 24,
        every_days: Some(60),
        audiences: &[REPEAT],
        channels: &[Email],
        phases: &[(
            "Two months",
            FIRST,
            Dated::start(30),
            &[
                ("Recommendations", FIRST, Some(Email)),
                ("Reminder of the member benefits", Dated::start(30), Some(Email)),
            ],
        )],
        metrics: &[(MetricKind::RepeatRateRise, 15), (MetricKind::ChurnFall, 25), (MetricKind::LoyaltyActivation, 20)],
        content: &[("What customers say", Stage::PostPurchase, Media::Earned, FIRST)],
        checklist: &["Member benefits are up to date"],
    },
    TemplateInfo {
        id: Template::WinBack,
        name: "At-risk win-back",
        group: "Sequences",
        objective: "Bring back those who stay away: two e-mails in five days",
        hours: 6 * 24,
        every_days: None,
        audiences: &[AT_RISK],
        channels: &[Email],
        phases: &[(
            "Win-back",
            FIRST,
            Dated::start(5),
            &[
                ("“We miss you” with an offer", FIRST, Some(Email)),
                ("Last chance for the offer", Dated::start(5), Some(Email)),
            ],
        )],
        metrics: &[(MetricKind::OpenRate, 50), (MetricKind::ChurnFall, 25)],
        content: &[],
        checklist: &["The offer is made in the shop and ends", "A control group is kept out"],
    },
    TemplateInfo {
        id: Template::ProductLaunch,
        name: "Product launch",
        group: "Launches",
        objective: "Bring a new product to those who like its kind",
        hours: 14 * 24,
        every_days: None,
        audiences: &[REPEAT, EXISTING, SEED_LIST],
        channels: &[Email, Website, Social, Blog, Influencer, SocialAds],
        phases: &[
            (
                "Before",
                Dated::start(-14),
                EVE,
                &[
                    ("Waiting list opens", Dated::start(-14), Some(Website)),
                    ("Samples to reviewers", Dated::start(-14), Some(Press)),
                    ("Sneak peek", Dated::start(-7), Some(Social)),
                ],
            ),
            (
                "Launch",
                FIRST,
                Dated::start(6),
                &[
                    ("Early access for the waiting list", FIRST, Some(Email)),
                    ("Announcement", Dated::start(1), Some(Email)),
                    ("Ads start", Dated::start(1), Some(SocialAds)),
                ],
            ),
            (
                "Afterwards",
                Dated::start(7),
                LAST,
                &[("Request for reviews", LAST, Some(Email)), ("Buying guide", Dated::start(7), Some(Blog))],
            ),
        ],
        metrics: &[(MetricKind::Orders, 100), (MetricKind::OpenRateRise, 10)],
        content: &[
            ("Comparison with the product before it", Stage::Discovery, Media::Owned, FIRST),
            ("Specifications, questions and answers", Stage::Purchase, Media::Owned, EVE),
            ("How to use it", Stage::PostPurchase, Media::Owned, Dated::start(7)),
        ],
        checklist: &["Price, pictures and texts are in the shop", "Stock has arrived", "Cost is imported"],
    },
    TemplateInfo {
        id: Template::Newsletter,
        name: "Newsletter",
        group: "Newsletters and social",
        objective: "Keep in touch once a week",
        hours: 84 * 24,
        every_days: Some(7),
        audiences: &[EXISTING],
        channels: &[Email],
        phases: &[("Issue", FIRST, FIRST, &[("Send", FIRST, Some(Email))])],
        metrics: &[(MetricKind::OpenRate, 25)],
        content: &[],
        checklist: &["Subject lines for two variants"],
    },
    TemplateInfo {
        id: Template::Content,
        name: "Content",
        group: "Newsletters and social",
        objective: "Be found, help to decide, help to use",
        hours: 28 * 24,
        every_days: None,
        audiences: &[],
        channels: &[Blog, Social, Website],
        phases: &[("Publishing", FIRST, LAST, &[("Posts", FIRST, Some(Social))])],
        metrics: &[(MetricKind::SocialEngagementRise, 10)],
        content: &[
            ("Buying guide", Stage::Discovery, Media::Owned, FIRST),
            ("Style guide", Stage::Discovery, Media::Owned, Dated::start(7)),
            ("Customer pictures", Stage::Discovery, Media::Earned, Dated::start(7)),
            ("Questions and answers", Stage::Purchase, Media::Owned, Dated::start(14)),
            ("Care and maintenance", Stage::PostPurchase, Media::Owned, Dated::start(21)),
            ("Product video as an ad", Stage::Discovery, Media::Paid, Dated::start(21)),
        ],
        checklist: &[],
    },
    TemplateInfo {
        id: Template::Ads,
        name: "Ads",
        group: "Paid",
        objective: "Reach people who do not know the shop",
        hours: 28 * 24,
        every_days: None,
        audiences: &[SEED_LIST],
        channels: &[SearchAds, SocialAds],
        phases: &[(
            "Running",
            FIRST,
            LAST,
            &[("Ads start", FIRST, Some(SearchAds)), ("Second creatives", Dated::start(14), Some(SocialAds))],
        )],
        metrics: &[(MetricKind::Revenue, 10_000)],
        content: &[],
        checklist: &["Customers are excluded from the ads for new ones"],
    },
    TemplateInfo {
        id: Template::Blank,
        name: "Blank",
        group: "Other",
        objective: "",
        hours: 24,
        every_days: None,
        audiences: &[],
        channels: &[],
        phases: &[],
        metrics: &[],
        content: &[],
        checklist: &[],
    },
];

/// The line of a template in the list.
pub fn template(id: Template) -> &'static TemplateInfo {
    // The list stands in the order of the enum; a test holds it to that.
    &TEMPLATES[id as usize]
}

impl Campaign {
    /// A campaign as its template has it, from a moment on; amounts are in the shop's currency.
    pub fn from_template(id: Template, starts: NaiveDateTime, currency: Currency) -> Self {
        let of = template(id);
        let amount = |whole: u32| Amount { minor: i64::from(whole) * currency.scale(), currency };
        let metric = |&(kind, value): &(MetricKind, u32)| {
            let target = match kind {
                MetricKind::Revenue | MetricKind::Margin => Target::Amount(amount(value)),
                MetricKind::Orders | MetricKind::NewSubscribers => Target::Count(u64::from(value)),
                _ => Target::Percent(Percent::whole(value)),
            };
            Metric::new(kind, target)
        };
        let mut campaign = Self {
            version: Version,
            name: of.name.to_owned(),
            template: id,
            status: Status::Draft,
            archived: false,
            starts,
            ends: hours_after(starts, of.hours),
            objective: of.objective.to_owned(),
            owner: String::new(),
            audiences: of.audiences.iter().map(|(name, rule)| audience(name, rule)).collect(),
            channels: of.channels.to_vec(),
            phases: of.phases.iter().map(phase).collect(),
            every_days: of.every_days,
            budget: None,
            spend: Vec::new(),
            content: of.content.iter().map(content).collect(),
            metrics: of.metrics.iter().map(metric).collect(),
            utm: Utm::default(),
            codes: None,
            checklist: of.checklist.iter().map(|name| Check { name: (*name).to_owned(), done: false }).collect(),
            sale: None,
            frozen: None,
            tied: Vec::new(),
            notes: String::new(),
        };
        if id == Template::SaleEvent {
            campaign.sale = Some(framework_sale(&campaign, &amount));
        }
        campaign
    }
}

fn audience(name: &str, rule: &str) -> Audience {
    // The rules of templates are read by a test; none of them fails.
    let rule = Rule::parse(rule).unwrap_or_default();
    let who = if name == SEED_LIST.0 { Who::Lookalike(rule) } else { Who::Rule(rule) };
    Audience { name: name.to_owned(), who }
}

fn phase((name, from, to, tasks): &PhaseOf) -> Phase {
    let tasks = tasks.iter().map(|(name, due, channel)| Task::new(name, *due, *channel)).collect();
    Phase { name: (*name).to_owned(), from: *from, to: *to, tasks }
}

fn content((name, stage, media, due): &(&str, Stage, Media, Dated)) -> Content {
    Content { name: (*name).to_owned(), stage: *stage, media: *media, due: *due, done: false }
}

/// The framework's example: 15 % from 50, 20 % from 100, free shipping from 75.
fn framework_sale(of: &Campaign, amount: &dyn Fn(u32) -> Amount) -> SalePlan {
    let tier = |name: &str, benefit, from, stacking| Tier {
        name: name.to_owned(),
        benefit,
        when: When { from: Some(amount(from)), ..When::default() },
        stacking,
        priority: 0,
        caps: Caps::default(),
    };
    SalePlan {
        version: Version,
        name: of.name.clone(),
        starts: of.starts,
        ends: of.ends,
        tiers: vec![
            tier("15% off", Benefit::PercentOff(Percent::whole(15)), 50, Stacking::BestOnly),
            tier("20% off", Benefit::PercentOff(Percent::whole(20)), 100, Stacking::BestOnly),
            tier("Free shipping", Benefit::FreeShipping, 75, Stacking::WithOthers),
        ],
        caps: Caps::default(),
        excluded: Excluded::default(),
        early_access: None,
        featured: Vec::new(),
        code: None,
        assumptions: Assumptions::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum_and_its_rules_can_be_read() {
        for (n, info) in TEMPLATES.iter().enumerate() {
            assert_eq!(info.id as usize, n);
            for (name, rule) in info.audiences {
                assert!(Rule::parse(rule).is_ok_and(|rule| rule.check().is_ok()), "{name}: {rule}");
            }
        }
        assert_eq!(Template::Blank as usize, TEMPLATES.len() - 1);
    }

    #[test]
    fn the_sale_event_is_the_frameworks() {
        let starts = Day(20_000).date().and_hms_opt(10, 0, 0).unwrap();
        let sale = Campaign::from_template(Template::SaleEvent, starts, Currency::parse("USD").unwrap());
        assert_eq!((sale.ends - sale.starts).num_hours(), 72);
        assert_eq!(sale.days(), (Day(20_000), Day(20_003)));
        let phases: Vec<_> = sale.phases.iter().map(|p| (p.from.day(sale.days()), p.to.day(sale.days()))).collect();
        assert_eq!(phases[0], (Day(19_995), Day(19_999)));
        assert_eq!(phases[2], (Day(20_004), Day(20_006)));
        let text = serde_json::to_string(&sale).unwrap();
        assert_eq!(serde_json::from_str::<Campaign>(&text).unwrap(), sale);
        assert_eq!(sale.moved(3).days(), (Day(20_003), Day(20_006)));
        let eight: std::collections::BTreeSet<_> =
            TEMPLATES[..4].iter().flat_map(|t| t.metrics.iter().map(|(kind, _)| *kind as u8)).collect();
        assert_eq!(eight.len(), 8, "the framework names eight measures");
    }
}
