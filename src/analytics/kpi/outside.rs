//! Metrics that visits, carts, ad spend and messages give.

use super::answer::Answer;
use super::orders::Orders;
use crate::analytics::journey::by_day::{CartDay, VisitDays};
use crate::analytics::results::{delivered, whole};
use crate::analytics::spend::{apart, apart_of_campaign};
use crate::model::channels::Said;
use crate::model::events::WebReport;
use crate::model::figure::Value;
use crate::model::results::ImportedCampaign;
use crate::model::{Dataset, Day, Definitions, MetricId, Traffic};

/// Names of phones and computers, as touchpoints tell devices.
const PHONES: &[&str] = &["mobile", "phone", "smartphone"];
const COMPUTERS: &[&str] = &["computer", "desktop", "laptop", "pc"];

type Days = (Day, Day);

fn within(one: Days, days: Days) -> bool {
    one.0 >= days.0 && one.1 <= days.1
}

fn length(days: Days) -> i32 {
    days.1.0 - days.0.0 + 1
}

/// What is known beyond orders, read once.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Visits as web analytics count them: each report that is split in a way of its own; channels by their names.
    pub web: Vec<WebReport>,
    /// Touchpoints by day.
    pub visits: VisitDays,
    /// Carts by the day on which they were begun.
    pub carts: Vec<CartDay>,
    /// The first day on which anything tells of a cart but the order.
    pub carts_since: Option<Day>,
    /// Sends and ads as tools report them.
    pub campaigns: Vec<ImportedCampaign>,
}

/// E-mails sent on a day.
#[derive(Debug, Clone, Copy)]
struct Sent {
    day: Day,
    delivered: Option<i64>,
    opens: Option<i64>,
    clicks: Option<i64>,
    bought: Option<i64>,
    unsubscribed: Option<i64>,
}

/// Spend of some days; `None` = in a currency without a rate.
#[derive(Debug, Clone, Copy)]
struct Paid {
    days: Days,
    amount: Option<i64>,
    /// What platforms claim that it brought.
    value: Option<i64>,
}

/// Visits of some days.
pub struct Visits {
    pub n: u64,
    pub purchases: Option<u64>,
    from: &'static str,
}

/// The same, laid out for questions about days.
pub struct Outside<'a> {
    known: &'a Known,
    sent: Vec<Sent>,
    spend: Vec<Paid>,
    ads: Vec<Paid>,
}

const BY_WEB: &str = "by web analytics";
const BY_TOUCHES: &str = "by touchpoints";

impl<'a> Outside<'a> {
    /// Lays it out; nothing after the as-of day counts.
    pub fn new(known: &'a Known, data: &Dataset, definitions: &Definitions, as_of: Day) -> Self {
        let spend = apart(&data.spend).into_iter().map(|row| Paid {
            days: (row.day, row.until),
            amount: definitions.convert(row.amount, row.currency),
            value: None,
        });
        let ads = known.campaigns.iter().flat_map(|campaign| apart_of_campaign(&campaign.ads)).map(|ad| Paid {
            days: (ad.day, ad.until),
            amount: definitions.convert(ad.amount, ad.currency),
            value: ad.value.and_then(|value| definitions.convert(value, ad.currency)),
        });
        let known_by = |paid: &Paid| paid.days.0 <= as_of;
        let sent = known.campaigns.iter().filter(|campaign| is_email(campaign)).flat_map(|campaign| {
            whole(&campaign.sends).into_iter().map(|send| Sent {
                day: definitions.zone.day(send.at),
                delivered: delivered(send),
                opens: send.figures.opens,
                clicks: send.figures.clicks,
                bought: send.figures.conversions,
                unsubscribed: send.figures.unsubscribes,
            })
        });
        Self {
            sent: sent.filter(|sent| sent.day <= as_of).collect(),
            spend: spend.filter(known_by).collect(),
            ads: ads.filter(known_by).collect(),
            known,
        }
    }

    /// Whether days are known from their first on, so that they may be compared with others.
    pub fn covers(&self, metric: MetricId, days: Days) -> bool {
        use crate::model::metric::Source;
        let web = self.known.web.iter().flat_map(|report| report.rows.iter().map(|row| row.day));
        let touched = self.known.visits.rows.iter().map(|row| row.day);
        let first = match metric.metric().source {
            Source::Visits => web.min().or_else(|| touched.min()),
            Source::Carts => self.known.carts_since,
            Source::Spend => self.spend.iter().map(|paid| paid.days.0).min(),
            Source::Messages => self.sent.iter().map(|sent| sent.day).min(),
            Source::Orders | Source::Model | Source::Measured => return true,
        };
        first.is_some_and(|first| first <= days.0)
    }

    /// A metric over some days; `None` for one that none of this gives.
    pub fn answer(&self, metric: MetricId, days: Days, orders: &Orders<'_>) -> Option<Answer> {
        let how = || Answer::unknown(metric.metric().source.how());
        Some(match metric {
            MetricId::Visits => self.visits(days).map_or_else(how, |visits| Answer::count(visits.n, visits.from)),
            MetricId::Conversion => self.conversion(days, orders).unwrap_or_else(how),
            MetricId::MobileConversion => self.on(PHONES, days).unwrap_or_else(how),
            MetricId::DesktopConversion => self.on(COMPUTERS, days).unwrap_or_else(how),
            MetricId::CartAbandonment => match self.carts(days) {
                Some((begun, finished)) => Answer::share((begun - finished, begun), "carts", self.carts_in_words(days)),
                None => how(),
            },
            MetricId::AddToCart => match (self.carts(days), self.visits(days)) {
                (Some((begun, _)), Some(visits)) => Answer::share((begun, visits.n), "visits", visits.from),
                _ => how(),
            },
            MetricId::AdSpend | MetricId::Cac | MetricId::Mer | MetricId::LtvToCac => {
                self.by_spend(metric, days, orders)
            }
            MetricId::Roas => self.roas(days),
            MetricId::EmailOpen => self.sent(days, |sent| (sent.opens, sent.delivered), "messages delivered"),
            MetricId::EmailCtr => self.sent(days, |sent| (sent.clicks, sent.delivered), "messages delivered"),
            MetricId::EmailClickToOpen => self.sent(days, |sent| (sent.clicks, sent.opens), "people who opened"),
            MetricId::EmailUnsubscribe => {
                self.sent(days, |sent| (sent.unsubscribed, sent.delivered), "messages delivered")
            }
            _ => return None,
        })
    }

    /// Visits by web analytics, else by touchpoints. Of reports that are split in several ways the fullest one counts.
    pub fn visits(&self, days: Days) -> Option<Visits> {
        let of = |report: &WebReport| {
            let mut sum = Visits { n: 0, purchases: None, from: BY_WEB };
            for row in report.rows.iter().filter(|row| within((row.day, row.until), days)) {
                sum.n += row.sessions;
                sum.purchases = match (sum.purchases, row.purchases) {
                    (Some(a), Some(b)) => Some(a + b),
                    (a, b) => a.or(b),
                };
            }
            sum
        };
        let web = self.known.web.iter().map(of).max_by_key(|visits| visits.n).filter(|visits| visits.n > 0);
        web.or_else(|| {
            let (n, sold) = self.touched(days, |_| true);
            (n > 0).then_some(Visits { n, purchases: Some(sold), from: BY_TOUCHES })
        })
    }

    /// Touchpoints on devices of some names, and those that were the last before an order.
    fn touched(&self, days: Days, is_device: impl Fn(&str) -> bool) -> (u64, u64) {
        let visits = &self.known.visits;
        let wanted: Vec<bool> = visits.devices.iter().map(|device| is_device(device)).collect();
        let rows = visits.rows.iter().filter(|row| within((row.day, row.day), days));
        let rows = rows.filter(|row| wanted.get(usize::from(row.device)).copied().unwrap_or(false));
        rows.fold((0, 0), |(n, sold), row| (n + row.visits, sold + row.sold))
    }

    fn on(&self, names: &[&str], days: Days) -> Option<Answer> {
        let (n, sold) = self.touched(days, |device| names.contains(&device));
        (n > 0).then(|| Answer::share((sold, n), "touchpoints", "touchpoints that were the last before an order"))
    }

    fn conversion(&self, days: Days, orders: &Orders<'_>) -> Option<Answer> {
        let visits = self.visits(days)?;
        let (touched, sold) = self.touched(days, |_| true);
        Some(match visits.purchases {
            Some(bought) if visits.from == BY_WEB => {
                Answer::share((bought, visits.n), "visits", "purchases of visits, by web analytics")
            }
            _ if touched > 0 => {
                Answer::share((sold, touched), "touchpoints", "touchpoints that were the last before an order")
            }
            _ => {
                let bought = u64::try_from(orders.sums(days).orders).unwrap_or(0);
                Answer::share((bought, visits.n), "visits", "orders divided by visits of web analytics")
            }
        })
    }

    /// Carts begun, and those that were ordered; `None` where nothing tells of carts.
    fn carts(&self, days: Days) -> Option<(u64, u64)> {
        self.known.carts_since.filter(|first| *first <= days.1)?;
        let rows = self.known.carts.iter().filter(|row| within((row.day, row.day), days));
        let sum = rows.fold((0, 0), |(begun, finished), row| (begun + row.begun, finished + row.finished));
        (sum.0 > 0).then_some(sum)
    }

    fn carts_in_words(&self, days: Days) -> String {
        let later = self.known.carts_since.filter(|first| *first > days.0);
        let later = later.map(|first| format!("; carts are known from {} on", first.display())).unwrap_or_default();
        format!("carts not ordered within a day{later}")
    }

    /// Spend of some days and the days of them that it is known for, or why nobody can tell.
    fn spent(&self, days: Days) -> Result<(i64, Days), String> {
        let how = MetricId::AdSpend.metric().source.how();
        let first = self.spend.iter().map(|paid| paid.days.0).min().ok_or(how)?;
        let last = self.spend.iter().map(|paid| paid.days.1).max().ok_or(how)?;
        let covered = (days.0.max(first), days.1.min(last));
        if length(covered) * 2 < length(days) {
            let known = length(covered).max(0);
            return Err(format!(
                "Ad spend is known for {known} of {} days; import the spend of the others",
                length(days)
            ));
        }
        let mut sum = 0_i64;
        for paid in self.spend.iter().filter(|paid| paid.days.0 <= days.1 && paid.days.1 >= days.0) {
            if !within(paid.days, days) {
                return Err(format!(
                    "A report tells only the sum of {} – {}, part of which lies outside of these days",
                    paid.days.0.display(),
                    paid.days.1.display()
                ));
            }
            let amount =
                paid.amount.ok_or("Part of the ad spend is in a currency without a rate; add it to the definitions")?;
            sum = sum.saturating_add(amount);
        }
        Ok((sum, covered))
    }

    fn by_spend(&self, metric: MetricId, days: Days, orders: &Orders<'_>) -> Answer {
        let (spent, covered) = match self.spent(days) {
            Ok(spent) => spent,
            Err(why) => return Answer::unknown(why),
        };
        let from = if covered == days {
            "from imported ad spend".to_owned()
        } else {
            format!("from ad spend of {} – {}, the days it is known for", covered.0.display(), covered.1.display())
        };
        let sums = orders.sums(covered);
        let new = u64::try_from(sums.new).unwrap_or(0);
        let cost = || Answer::average(spent, new, orders.currency, "new customers", &from);
        let ratio = |above: Option<f64>, below: f64, why: &str| match above {
            Some(above) if below > 0.0 => Answer::of(Value::Number(above / below), from.clone()),
            _ => Answer::unknown(why),
        };
        match metric {
            MetricId::AdSpend => Answer::of(Value::Money(spent, orders.currency), from),
            MetricId::Mer => ratio(Some(sums.revenue as f64), spent as f64, "Nothing was spent in these days"),
            MetricId::LtvToCac => {
                let window = super::frame::Window { days, before: days, people: Default::default(), unfinished: false };
                let minor = |answer: Option<Answer>| match answer.and_then(|answer| answer.value) {
                    Some(Value::Money(minor, _)) => Some(minor as f64),
                    _ => None,
                };
                let value = minor(orders.answer(MetricId::LtvToDate, &window));
                ratio(value, minor(Some(cost())).unwrap_or(0.0), "There are no new customers, or they cost nothing")
            }
            _ => cost(),
        }
    }

    fn roas(&self, days: Days) -> Answer {
        let (mut spent, mut claimed) = (0_i64, 0_i64);
        for paid in self.ads.iter().filter(|paid| within(paid.days, days)) {
            if let (Some(amount), Some(value)) = (paid.amount, paid.value) {
                (spent, claimed) = (spent.saturating_add(amount), claimed.saturating_add(value));
            }
        }
        match spent > 0 {
            true => {
                Answer::of(Value::Number(claimed as f64 / spent as f64), "revenue that platforms claim for their ads")
            }
            false => {
                Answer::unknown("No platform tells what its ads brought; import reports with the value of conversions")
            }
        }
    }

    /// Sums over e-mails of which the tool tells both.
    fn sent(&self, days: Days, of: impl Fn(&Sent) -> (Option<i64>, Option<i64>), what: &'static str) -> Answer {
        match self.pairs(days, of) {
            (_, 0) => Answer::unknown(MetricId::EmailCtr.metric().source.how()),
            pair => Answer::share(pair, what, "e-mails, by mailing tools"),
        }
    }

    fn pairs(&self, days: Days, of: impl Fn(&Sent) -> (Option<i64>, Option<i64>)) -> (u64, u64) {
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        let told =
            self.sent.iter().filter(|sent| within((sent.day, sent.day), days)).filter_map(|sent| match of(sent) {
                (Some(k), Some(n)) => Some((count(k), count(n))),
                _ => None,
            });
        told.fold((0, 0), |(k, n), (more, all)| (k + more, n + all))
    }

    /// Orders per click on e-mails, as mailing tools claim them: orders and clicks.
    pub fn orders_per_click(&self, days: Days) -> Option<f64> {
        let (bought, clicks) = self.pairs(days, |sent| (sent.bought, sent.clicks));
        (clicks > 0).then(|| bought as f64 / clicks as f64)
    }
}

/// Whether a campaign was sent by e-mail: one of messages on no other channel.
fn is_email(campaign: &ImportedCampaign) -> bool {
    let channel = campaign.channel.as_deref().unwrap_or_default();
    let said = Traffic::classify(&Said::channel(channel)).filter(|_| !channel.trim().is_empty());
    campaign.kind.is_some() && matches!(said, None | Some(Traffic::Email))
}
