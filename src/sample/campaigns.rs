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

/// What mails of a sale get more.
const SALE: f64 = 1.2;

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
            let (key, name) = (format!("sale-{}", sale.first), sale.name.clone());
            let mail = Mail { key, name, list: "Newsletter", day: sale.first, hour: 13 };
            records.extend(mail.record(&mut dice, None, self.mailing_list(sale.first), SALE));
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
