//! What is measured: every metric with its name, formula, unit and source. Hovers, column headers, the KPI dashboard,
//! documents and JSON read one list, [`METRICS`].

mod acquisition;
mod business;
mod columns;
mod engagement;
mod experience;
mod kinds;
mod marketing;
mod retention;

use serde::{Deserialize, Serialize};

pub use kinds::{Better, Group, MetricKind, Source, Unit};

/// Names a metric in [`METRICS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricId {
    /// Customers.
    Customers,
    /// Share of all customers.
    CustomerShare,
    /// Share of all who ever bought.
    BuyerShare,
    /// Revenue by the shop's definition.
    Revenue,
    /// Share of the revenue of identified customers.
    RevenueShare,
    /// Orders that count.
    Orders,
    /// Average order value.
    Aov,
    /// Orders per buyer and year.
    Frequency,
    /// Revenue per buyer since the first order.
    LtvToDate,
    /// Expected discounted revenue of the time ahead.
    PredictedValue,
    /// Expected orders of the time ahead.
    PredictedOrders,
    /// Expected number of buyers who are customers still; of one customer the probability.
    StillCustomers,
    /// Share of buyers expected to have stopped.
    Stopped,
    /// Customers who bought for the first time.
    NewCustomers,
    /// Spend on advertising per new customer.
    Cac,
    /// Orders per visit.
    Conversion,
    /// Days from the account to the first order.
    TimeToFirstPurchase,
    /// Share of new customers who bought again within 90 days.
    CustomerQuality,
    /// Revenue of a new customer in the first 90 days.
    CustomerQualityValue,
    /// Net promoter score.
    Nps,
    /// Share of satisfied customers.
    Csat,
    /// Customer effort score.
    Ces,
    /// Time until a page stands.
    PageLoad,
    /// Score of the website's performance.
    SiteScore,
    /// Share of customers of the period before who bought again.
    Retention,
    /// Share of customers of the period before who did not.
    Churn,
    /// Share of customers who had bought before or bought twice.
    RepeatRate,
    /// Share of new customers whose next order came within 90 days.
    RepeatWithin90,
    /// Customers who had bought before the period.
    ReturningCustomers,
    /// Orders per customer.
    OrdersPerCustomer,
    /// Customers who bought.
    Buyers,
    /// Revenue of the last whole month against the month before.
    RevenueGrowthMonth,
    /// Revenue against the same days a year before.
    RevenueGrowthYear,
    /// Units per order.
    ItemsPerOrder,
    /// Revenue after the cost of goods.
    GrossProfit,
    /// Share of revenue left after the cost of goods.
    Margin,
    /// Discount as a share of prices before it.
    DiscountRate,
    /// Refunded share of revenue.
    RefundRate,
    /// Share of orders that came back, in part or whole.
    ReturnRate,
    /// Share of orders that were charged back.
    ChargebackRate,
    /// Share of orders at risk of fraud.
    RiskShare,
    /// Share of the market.
    MarketShare,
    /// Value of the brand.
    BrandValue,
    /// Visits.
    Visits,
    /// Carts begun per visit.
    AddToCart,
    /// Share of carts that were not ordered.
    CartAbandonment,
    /// Orders per visit on phones.
    MobileConversion,
    /// Orders per visit on computers.
    DesktopConversion,
    /// What was spent on advertising.
    AdSpend,
    /// Revenue that platforms claim per amount spent.
    Roas,
    /// All revenue per amount spent on advertising.
    Mer,
    /// Lifetime value per cost of winning a customer.
    LtvToCac,
    /// Place among competitors.
    MarketPosition,
    /// Share of people who know the brand.
    BrandAwareness,
    /// Time of a visit.
    TimeOnSite,
    /// Pages of a visit.
    PagesPerSession,
    /// Share of visitors who had been there before.
    ReturnVisitors,
    /// Share of delivered e-mails that were opened.
    EmailOpen,
    /// Share of delivered e-mails with a click.
    EmailCtr,
    /// Share of opened e-mails with a click.
    EmailClickToOpen,
    /// Share of delivered e-mails after which somebody unsubscribed.
    EmailUnsubscribe,
}

/// What a metric is called and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its id.
    pub id: MetricId,
    /// Stable name in files, JSON and on the command line: that of the id.
    pub key: &'static str,
    /// Name in the interface.
    pub name: &'static str,
    /// Column header, without unit.
    pub short: &'static str,
    /// How it folds rows.
    pub kind: MetricKind,
    /// What its value is.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Its place in the catalogue of KPIs; `None` = only a column of analyses.
    pub group: Option<Group>,
    /// Where its value comes from.
    pub source: Source,
    /// The formula in words.
    pub in_words: &'static str,
}

/// The list by group, in the order of the catalogue.
const LISTS: [&[Metric]; 7] = [
    columns::METRICS,
    acquisition::METRICS,
    experience::METRICS,
    retention::METRICS,
    business::METRICS,
    marketing::METRICS,
    engagement::METRICS,
];

const COUNT: usize = {
    let (mut n, mut list) = (0, 0);
    while list < LISTS.len() {
        n += LISTS[list].len();
        list += 1;
    }
    n
};

/// Every metric there is. Hovers, column headers, the dashboard, documents and JSON read this list.
pub const METRICS: &[Metric] = &{
    let mut all = [columns::METRICS[0]; COUNT];
    let (mut at, mut list) = (0, 0);
    while list < LISTS.len() {
        let mut i = 0;
        while i < LISTS[list].len() {
            all[at] = LISTS[list][i];
            (at, i) = (at + 1, i + 1);
        }
        list += 1;
    }
    all
};

impl MetricId {
    /// The entry in [`METRICS`].
    pub fn metric(self) -> &'static Metric {
        METRICS.iter().find(|m| m.id == self).unwrap_or(&METRICS[0])
    }

    /// The metric of a key, a name or a short name, in any letter case and with `_`, `-` or blanks between words.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = folded(text);
        let is = |name: &str| folded(name) == wanted;
        let found = METRICS.iter().find(|m| is(m.key)).or_else(|| METRICS.iter().find(|m| is(m.name)));
        found.or_else(|| kpis().find(|m| is(m.short))).map(|m| m.id)
    }

    /// Metrics of the catalogue whose names are nearest to what somebody wrote, nearest first.
    pub fn near(text: &str) -> Vec<&'static Metric> {
        const NEAR: usize = 3;
        let wanted = folded(text);
        let distance = |m: &Metric| {
            let of = |name: &str| {
                let name = folded(name);
                let within = !wanted.is_empty() && (name.contains(&wanted) || wanted.contains(&name));
                if within { 0 } else { distance(&name, &wanted) }
            };
            of(m.key).min(of(m.name)).min(of(m.short))
        };
        let mut all: Vec<(usize, &Metric)> = kpis().map(|m| (distance(m), m)).collect();
        all.sort_by_key(|(distance, _)| *distance);
        all.into_iter().take(NEAR).map(|(_, m)| m).collect()
    }
}

/// The metrics of the catalogue, in its order.
pub fn kpis() -> impl Iterator<Item = &'static Metric> {
    METRICS.iter().filter(|m| m.group.is_some())
}

/// Letters and digits alone, lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Letters to add, take away or exchange to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_stands_in_the_list_once_and_is_found_by_its_names() {
        for metric in METRICS {
            assert_eq!(METRICS.iter().filter(|m| m.id == metric.id).count(), 1, "{}", metric.key);
            assert_eq!(metric.id.metric().name, metric.name);
            assert_eq!(serde_json::to_value(metric.id).unwrap(), metric.key);
            assert_eq!(MetricId::parse(metric.key), Some(metric.id));
            assert_eq!(MetricId::parse(&metric.name.to_uppercase()), Some(metric.id));
            assert!(!metric.in_words.is_empty() && !metric.in_words.ends_with('.'), "{}", metric.key);
        }
        for group in Group::ALL {
            assert!(kpis().any(|m| m.group == Some(group)), "{group:?}");
        }
    }

    #[test]
    fn names_that_nobody_knows_are_near_to_others() {
        assert_eq!(MetricId::parse("Net-Promoter score"), Some(MetricId::Nps));
        assert_eq!(MetricId::parse("convershun"), None);
        assert_eq!(MetricId::near("convershun").first().map(|m| m.id), Some(MetricId::Conversion));
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
