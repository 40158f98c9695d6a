//! What the sample shop sent and spent: a newsletter every other week, a mail for every sale, and two advertising
//! campaigns by day. Better weekday, hour and subject are planted.

use chrono::{Datelike, NaiveTime, Weekday};

use super::dice::{Dice, Purpose};
use super::shop::Shop;
use super::{CURRENCY, ZONE};
use crate::model::record::{NamedCampaign, Record, SendRecord, SpendRecord};
use crate::model::results::{SendFigures, SendKind};
use crate::model::{Day, Segment, Zone};

/// Mails of this weekday and hour get [`BETTER`] times the clicks of others.
pub const BEST: (Weekday, u32) = (Weekday::Tue, 9);
/// How much better they are.
pub const BETTER: f64 = 1.5;
/// When newsletters go out, one after the other.
const TIMES: [(Weekday, u32); 4] = [BEST, (Weekday::Thu, 13), (Weekday::Tue, 18), (Weekday::Sun, 18)];
/// Days between two newsletters.
const EVERY: i32 = 14;
/// Every so many newsletters two subjects are tried, of which the second gets more clicks.
const SPLIT_EVERY: u32 = 6;
/// What the second subject gets more.
const SPLIT_LIFT: f64 = 1.25;
/// Every so many newsletters only go to the best customers.
const VIP_EVERY: u32 = 5;

/// Usual shares of the messages delivered.
const OPENS: f64 = 0.41;
const CLICKS: f64 = 0.032;
const BOUGHT_OF_CLICKS: f64 = 0.09;
const LEFT: f64 = 0.0018;
/// Mean value of an order that a mail or advertisement is credited with, minor units.
const ORDER: f64 = 7_200.0;

/// Advertising: name, channel, dollars per day and 20,000 customers, price of a click, purchases of clicks.
const ADS: [(&str, &str, f64, f64, f64); 2] =
    [("Brand search", "Google Ads", 64.0, 0.62, 0.034), ("Prospecting", "Meta Ads", 92.0, 0.95, 0.017)];

impl Shop {
    /// Campaigns: sends in the order of time, then advertising by campaign and day.
    pub fn campaign_records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        self.newsletters(&mut records);
        self.sale_mails(&mut records);
        for (i, ad) in ADS.iter().enumerate() {
            self.advertising(i as u32, ad, &mut records);
        }
        records
    }

    /// Accounts that agreed to be written to by a day, roughly: two thirds of those there were.
    fn mailing_list(&self, day: Day) -> f64 {
        let until = midnight(day);
        let accounts = self.people().iter().filter(|person| person.account_since().is_some_and(|at| at < until));
        accounts.count() as f64 * 2.0 / 3.0
    }

    fn newsletters(&self, records: &mut Vec<Record>) {
        let params = self.params();
        let weeks = (params.end.0 - params.first().0) / EVERY;
        for n in 0..weeks.max(0) as u32 {
            let (weekday, hour) = TIMES[n as usize % TIMES.len()];
            let week = Day(params.first().0 + n as i32 * EVERY);
            let ahead =
                i64::from(weekday.num_days_from_monday()) - i64::from(week.date().weekday().num_days_from_monday());
            let day = Day(week.0 + ahead.rem_euclid(7) as i32);
            if day > params.end {
                continue;
            }
            let mut dice = self.dicebox().dice(Purpose::Campaign, n);
            let vip = n % VIP_EVERY == VIP_EVERY - 1;
            let reach = self.mailing_list(day) * if vip { 0.15 } else { 1.0 };
            let name = format!("Newsletter {}", day.date().format("%-d %b %Y"));
            let list = if vip { Segment::Vip.name() } else { "Newsletter" };
            let better = if (weekday, hour) == BEST { BETTER } else { 1.0 };
            let mail = Mail { key: format!("newsletter-{day}"), name, list, day, hour };
            if n % SPLIT_EVERY == SPLIT_EVERY - 1 {
                records.extend(mail.record(&mut dice, Some(("A", "What is new this month")), reach / 2.0, better));
                let better = better * SPLIT_LIFT;
                records.extend(mail.record(
                    &mut dice,
                    Some(("B", "Three things for your kitchen")),
                    reach / 2.0,
                    better,
                ));
            } else {
                records.extend(mail.record(&mut dice, None, reach, better));
            }
        }
    }

    fn sale_mails(&self, records: &mut Vec<Record>) {
        for (i, sale) in self.truth.sales.iter().enumerate() {
            let mut dice = self.dicebox().dice(Purpose::Campaign, 1_000_000 + i as u32);
            let (key, name) = (format!("sale-{}", sale.first), format!("{} {}", sale.name, sale.first.date().year()));
            let mail = Mail { key, name, list: "Newsletter", day: sale.first, hour: 13 };
            records.extend(mail.record(&mut dice, None, self.mailing_list(sale.first), 1.6));
        }
    }

    fn advertising(
        &self,
        i: u32,
        (name, channel, daily, click, bought): &(&str, &str, f64, f64, f64),
        records: &mut Vec<Record>,
    ) {
        let params = self.params();
        let size = f64::from(params.customers) / 20_000.0;
        let mut dice = self.dicebox().dice(Purpose::Campaign, 2_000_000 + i);
        for day in params.first().0..=params.end.0 {
            let cents = dice.gamma(12.0, 12.0 / (daily * size * 100.0));
            let clicks = dice.events(cents / 100.0 / click);
            let won = (0..clicks).filter(|_| dice.chance(*bought)).count() as i64;
            records.push(Record::Spend(Box::new(SpendRecord {
                line: 0,
                day: Day(day),
                until: None,
                channel: Some((*channel).to_owned()),
                campaign: Some(NamedCampaign { key: (*name).to_owned(), name: (*name).to_owned() }),
                amount: cents.round() as i64,
                currency: Some(CURRENCY),
                impressions: Some(i64::from(clicks) * 38 + dice.below(400) as i64),
                clicks: Some(clicks.into()),
                conversions_milli: Some(won * 1_000),
                value: Some(worth(&mut dice, won)),
            })));
        }
    }
}

/// A mail to a list.
struct Mail {
    key: String,
    name: String,
    list: &'static str,
    day: Day,
    hour: u32,
}

impl Mail {
    /// What became of it, or of one version; `None` where nobody was there to write to.
    fn record(&self, dice: &mut Dice, version: Option<(&str, &str)>, reach: f64, better: f64) -> Option<Record> {
        let recipients = reach.round() as i64;
        if recipients < 20 {
            return None;
        }
        // Mails differ among themselves by more than their people do.
        let spread = |dice: &mut Dice, mean: f64| dice.beta(mean * 900.0, (1.0 - mean) * 900.0);
        let bounces = of(dice, recipients, 0.006);
        let delivered = recipients - bounces;
        let share = spread(dice, OPENS);
        let opens = of(dice, delivered, share);
        let share = spread(dice, (CLICKS * better).min(0.5));
        let clicks = of(dice, delivered, share);
        let conversions = of(dice, clicks, BOUGHT_OF_CLICKS);
        let unsubscribes = of(dice, delivered, LEFT);
        let at = self.day.date().and_time(NaiveTime::from_hms_opt(self.hour, 0, 0).unwrap_or_default());
        Some(Record::Send(Box::new(SendRecord {
            line: 0,
            campaign: NamedCampaign { key: self.key.clone(), name: self.name.clone() },
            kind: SendKind::Campaign,
            channel: Some("email".into()),
            tags: Vec::new(),
            lists: vec![self.list.to_owned()],
            part: version.map_or_else(String::new, |(name, _)| name.to_owned()),
            variant: version.map(|(name, _)| name.to_owned()),
            subject: Some(version.map_or_else(|| self.name.clone(), |(_, subject)| subject.to_owned())),
            at: Zone::to_utc(&ZONE, at),
            recipients: Some(recipients),
            figures: SendFigures {
                delivered: Some(delivered),
                opens: Some(opens),
                opens_total: Some(opens + opens / 3),
                clicks: Some(clicks),
                clicks_total: Some(clicks + clicks / 4),
                conversions: Some(conversions),
                revenue: Some(worth(dice, conversions)),
                unsubscribes: Some(unsubscribes),
                complaints: Some(0),
                bounces: Some(bounces),
            },
            currency: Some(CURRENCY),
        })))
    }
}

/// How many of `n` do what each does with a probability: counted one by one, of many by the normal law.
fn of(dice: &mut Dice, n: i64, share: f64) -> i64 {
    if n <= 2_000 {
        return (0..n).filter(|_| dice.chance(share)).count() as i64;
    }
    let mean = n as f64 * share;
    let drawn = mean + dice.normal() * (mean * (1.0 - share)).sqrt();
    (drawn.round() as i64).clamp(0, n)
}

/// The value of so many orders.
fn worth(dice: &mut Dice, orders: i64) -> i64 {
    dice.gamma(3.0 * orders as f64, 3.0 / ORDER).round() as i64
}

fn midnight(day: Day) -> i64 {
    Zone::to_utc(&ZONE, day.date().and_time(NaiveTime::MIN))
}
//! What the sample shop plans: a handful of campaigns around its last day, so that a new user sees a filled calendar.
//! They are dated from that day; nothing of customers or orders depends on them.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::CURRENCY;
use crate::model::campaign::{Audience, Channel, Status, Template, Who};
use crate::model::{Campaign, Day, Rule};

/// A campaign of a template: its name, who answers for it, how far it is, its first day and how many days it has.
type Planned = (Template, &'static str, &'static str, Status, i32, i32);

/// The plans of a shop whose history ends on a day.
pub fn campaigns(end: Day) -> Vec<Campaign> {
    let monday = Day(end.0 - end.date().weekday().num_days_from_monday() as i32);
    let friday = black_friday(end).0 - monday.0;
    let plans: [Planned; 11] = [
        (Template::SaleEvent, "Autumn sale", "Marketing", Status::Planned, 11, 3),
        (Template::SaleEvent, "Black Friday", "Marketing", Status::Planned, friday, 4),
        (Template::Onboarding, "Onboarding, 5 e-mails", "CRM", Status::Running, -51, 180),
        (Template::WinBack, "At-risk win-back", "CRM", Status::Planned, 8, 12),
        (Template::Retention, "Repeat retention", "CRM", Status::Running, 0, 120),
        (Template::ProductLaunch, "Winter linen", "Marketing", Status::Draft, 24, 14),
        (Template::Newsletter, "Newsletter", "CRM", Status::Running, -39, 120),
        (Template::Content, "Gift guide", "Content", Status::Planned, 21, 24),
        (Template::Ads, "Search and shopping", "Performance", Status::Running, -60, 170),
        (Template::Ads, "Retargeting, autumn sale", "Performance", Status::Planned, 6, 11),
        (Template::Ads, "Retargeting, Black Friday", "Performance", Status::Planned, friday - 11, 15),
    ];
    plans.iter().map(|plan| settled(campaign(plan, monday), end)).collect()
}

/// The Friday after the fourth Thursday of November, the next one after a day.
fn black_friday(after: Day) -> Day {
    let of = |year: i32| NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4).map(Day::from_date);
    let year = after.date().year();
    let thursday = [of(year), of(year + 1)].into_iter().flatten().find(|day| *day > after);
    Day(thursday.unwrap_or(after).0 + 1)
}

fn campaign(&(template, name, owner, status, from, days): &Planned, monday: Day) -> Campaign {
    let at = |day: i32| Day(monday.0 + day).date().and_time(NaiveTime::MIN);
    let mut campaign = Campaign::from_template(template, at(from), CURRENCY);
    (campaign.name, campaign.owner, campaign.status) = (name.into(), owner.into(), status);
    campaign.ends = at(from + days);
    match template {
        // One mail less than the framework has: the calendar shows what a second campaign does to the limit.
        Template::SaleEvent => {
            for phase in &mut campaign.phases {
                phase.tasks.retain(|task| {
                    !["E-mail the day before", "E-mail: deals of the day and stock"].contains(&&*task.name)
                });
            }
            campaign.audiences.retain(|audience| audience.name != "Cart abandoners");
        }
        Template::WinBack => {
            campaign.audiences = vec![audience("At-risk customers", "orders >= 3 and last_order 120 days ago")]
        }
        Template::Ads => {
            campaign.phases.iter_mut().for_each(|phase| phase.tasks.truncate(1));
            if name.starts_with("Retargeting") {
                campaign.channels = vec![Channel::Retargeting];
                campaign.phases.iter_mut().flat_map(|phase| &mut phase.tasks).for_each(|task| {
                    task.channel = Some(Channel::Retargeting);
                });
            }
        }
        _ => {}
    }
    if let Some(sale) = campaign.sale_plan() {
        campaign.sale = Some(sale);
    }
    campaign
}

fn audience(name: &str, rule: &str) -> Audience {
    // The rule is read by a test.
    Audience { name: name.into(), who: Who::Rule(Rule::parse(rule).unwrap_or_default()) }
}

/// What lies before the last day is done.
fn settled(mut campaign: Campaign, end: Day) -> Campaign {
    let days = campaign.days();
    if campaign.every_days.is_none() {
        let tasks = campaign.phases.iter_mut().flat_map(|phase| &mut phase.tasks);
        tasks.filter(|task| task.due.day(days) < end).for_each(|task| task.done = true);
    }
    campaign.content.iter_mut().filter(|content| content.due.day(days) < end).for_each(|content| content.done = true);
    campaign
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Params;

    #[test]
    fn plans_are_whole_and_lie_around_the_last_day() {
        let end = Params::default().end;
        let all = campaigns(end);
        for campaign in &all {
            let stops: Vec<_> = campaign.problems(CURRENCY, Some(end)).into_iter().filter(|p| p.stops).collect();
            assert!(stops.is_empty(), "{}: {stops:?}", campaign.name);
            assert!(
                campaign.audiences.iter().all(|a| a.who.rule().check().is_ok() && *a.who.rule() != Rule::default())
            );
            assert!(campaign.days().1 > end, "{}", campaign.name);
        }
        let named = |name: &str| all.iter().find(|campaign| campaign.name == name).map(Campaign::days);
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(named("Autumn sale"), Some((day("2026-10-23"), day("2026-10-25"))));
        assert_eq!(named("Black Friday"), Some((day("2026-11-27"), day("2026-11-30"))));
    }
}
