//! Experiments of the sample shop. Who got which variant is drawn from a stream of its own, after everybody has bought
//! what they buy: no order depends on it. An effect is planted by giving the variant more often to those who bought.

use std::collections::BTreeMap;

use super::dice::Purpose;
use super::shop::Shop;
use super::{CURRENCY, ZONE};
use crate::model::experiment::{
    Choice, Covariate, Data, Impact, Kind, Metric, MetricTotal, Spread, Status, StopRule, Sum, Totals, Variant,
    VariantTotals,
};
use crate::model::plan::Amount;
use crate::model::{Day, Experiment};

/// More people take part in no test, however large the shop.
const MOST: usize = 20_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// An experiment of the sample shop.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleTest {
    /// Its plan, and its data where they are sums.
    pub experiment: Experiment,
    /// Whether its plan was sealed.
    pub is_sealed: bool,
    /// Who took part, where that is known.
    pub people: Vec<Taking>,
    /// The planted relative difference in conversion between the first two variants.
    pub lift: Option<f64>,
    /// What was decided, and why.
    pub decided: Option<(Choice, &'static str)>,
}

/// Somebody who took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taking {
    /// Number of the customer.
    pub person: u32,
    /// Place of the variant.
    pub variant: u32,
    /// When the customer joined, UTC seconds.
    pub at: i64,
}

/// A test in which customers of the shop took part: name, change, first day before the end, days of joining, days in
/// which orders count, planted difference.
struct Planted {
    name: &'static str,
    changes: &'static str,
    variants: &'static [&'static str],
    kind: Kind,
    status: Status,
    from: i32,
    days: i32,
    window: u32,
    lift: f64,
}

const PLANTED: [Planted; 3] = [
    Planted {
        name: "Order button, A/A check",
        changes: "Nothing: both variants show the same button, so that the way of testing is tested",
        variants: &["Control", "The same again"],
        kind: Kind::Ux,
        status: Status::Finished,
        from: 150,
        days: 28,
        window: 56,
        lift: 0.0,
    },
    Planted {
        name: "Free-shipping bar in the basket",
        changes: "A bar in the basket that counts down to free shipping",
        variants: &["Control", "Bar"],
        kind: Kind::Ab,
        status: Status::Finished,
        from: 110,
        days: 28,
        window: 70,
        lift: 0.25,
    },
    Planted {
        name: "Win-back mail: gift or discount",
        changes: "What the third win-back mail offers",
        variants: &["No offer", "Gift", "10% off"],
        kind: Kind::Personalization,
        status: Status::Running,
        from: 20,
        days: 35,
        window: 28,
        lift: 0.0,
    },
];

impl Shop {
    /// The experiments of the shop, oldest first: some that are over with their sums, then those with customers.
    pub fn tests(&self) -> Vec<SampleTest> {
        let planted = PLANTED.iter().zip(0..).map(|(planted, number)| self.planted(planted, number));
        past(self.params().end).into_iter().chain(planted).collect()
    }

    fn planted(&self, planted: &Planted, number: u32) -> SampleTest {
        let starts = Day(self.params().end.0 - planted.from);
        let mut experiment = Experiment::new(planted.name);
        experiment.status = planted.status;
        let plan = &mut experiment.plan;
        (plan.kind, plan.changes) = (planted.kind, planted.changes.into());
        let share = 1.0 / planted.variants.len() as f64;
        let variant = |name: &&str| Variant { name: (*name).to_owned(), share, ..Variant::default() };
        plan.variants = planted.variants.iter().map(variant).collect();
        plan.guards = vec![Metric::Revenue, Metric::Profit];
        (plan.starts, plan.ends) = (Some(starts), Some(Day(starts.0 + planted.days - 1)));
        plan.window_days = Some(planted.window);
        plan.covariate = Some(Covariate::RevenueBefore(180));
        plan.audience = "Customers who have bought before".into();
        if planted.status == Status::Running {
            plan.stop = StopRule::AlwaysValid;
        }
        let people = self.drawn(planted, starts, number);
        // A round number that was thought to come, and did.
        plan.visitors = Some((people.len() as u64 * 9 / 1_000).max(1) * 100);
        SampleTest {
            experiment,
            is_sealed: planted.status == Status::Finished,
            people,
            lift: (planted.variants.len() == 2).then_some(planted.lift),
            decided: (planted.lift == 0.0 && planted.status == Status::Finished).then_some((
                Choice::Keep,
                "No more than chance between two that are the same: the way of testing can be trusted",
            )),
        }
    }

    /// Who took part: customers who had bought before, each with a moment of joining up to the end of the history.
    fn drawn(&self, planted: &Planted, starts: Day, number: u32) -> Vec<Taking> {
        let begin = ZONE.to_utc(starts.date().and_time(chrono::NaiveTime::MIN));
        let days = planted.days.min(planted.from);
        let mut dice = self.dicebox().dice(Purpose::Experiment, number);
        let mut known: BTreeMap<u32, bool> = BTreeMap::new();
        for (person, _) in self.purchases().take_while(|(_, at)| *at < begin) {
            if known.len() == MOST {
                break;
            }
            known.insert(person, false);
        }
        let joined: BTreeMap<u32, i64> = (known.keys())
            .map(|person| (*person, begin + (dice.unit() * f64::from(days) * SECONDS_PER_DAY as f64) as i64))
            .collect();
        let window = i64::from(planted.window) * SECONDS_PER_DAY;
        for (person, at) in self.purchases() {
            if let (Some(bought), Some(from)) = (known.get_mut(&person), joined.get(&person)) {
                *bought |= at >= *from && at < from + window;
            }
        }
        let share = known.values().filter(|bought| **bought).count() as f64 / known.len().max(1) as f64;
        let of_buyers = (1.0 + planted.lift) / (2.0 + planted.lift);
        let of_others = ((0.5 - share * of_buyers) / (1.0 - share)).clamp(0.0, 1.0);
        let many = planted.variants.len() as f64;
        let variant = |bought: bool, unit: f64| match planted.variants.len() {
            2 => u32::from(unit < if bought { of_buyers } else { of_others }),
            _ => (unit * many) as u32,
        };
        known
            .into_iter()
            .zip(joined)
            .map(|((person, bought), (_, at))| Taking { person, variant: variant(bought, dice.unit()), at })
            .collect()
    }
}

/// A test that is over: its name, kind, change, first day before the end, days, and of each variant name, visitors,
/// conversions, revenue and its standard deviation in cents.
struct Past {
    name: &'static str,
    kind: Kind,
    changes: &'static str,
    from: i32,
    days: i32,
    variants: &'static [(&'static str, u64, i64, i64, f64)],
    adopted: Option<&'static str>,
    memo: &'static str,
    worth: i64,
}

const PAST: [Past; 4] = [
    Past {
        name: "One-page checkout",
        kind: Kind::Ux,
        changes: "Checkout on one page instead of three",
        from: 420,
        days: 28,
        variants: &[("Three pages", 12_904, 594, 4_988_350, 21.4), ("One page", 12_861, 671, 5_600_120, 22.1)],
        adopted: Some("One page"),
        memo: "More buy, baskets are as large as before",
        worth: 4_210_000,
    },
    Past {
        name: "Price of the starter set",
        kind: Kind::Pricing,
        changes: "The starter set for $49 instead of $45",
        from: 330,
        days: 21,
        variants: &[("$45", 8_412, 311, 1_498_770, 12.6), ("$49", 8_377, 287, 1_502_410, 13.1)],
        adopted: None,
        memo: "Fewer buy, revenue is about the same; profit could not be told apart",
        worth: 0,
    },
    Past {
        name: "Recommended for you on the start page",
        kind: Kind::Personalization,
        changes: "Products by what somebody bought before, instead of the most sold",
        from: 270,
        days: 28,
        variants: &[("Most sold", 15_230, 640, 5_410_280, 20.2), ("For you", 15_305, 702, 5_930_550, 20.9)],
        adopted: Some("For you"),
        memo: "Adopted for customers who bought before",
        worth: 2_650_000,
    },
    Past {
        name: "Headline and picture of the newsletter",
        kind: Kind::Multivariate,
        changes: "Headline (question, offer) and picture (room, product)",
        from: 210,
        days: 7,
        variants: &[
            ("Question, room", 5_020, 101, 811_300, 12.0),
            ("Question, product", 4_987, 118, 934_100, 12.9),
            ("Offer, room", 5_043, 109, 858_700, 12.2),
            ("Offer, product", 4_961, 127, 1_009_900, 13.4),
        ],
        adopted: None,
        memo: "The picture of the product may help, the headline hardly; another test will tell",
        worth: 0,
    },
];

fn past(end: Day) -> Vec<SampleTest> {
    PAST.iter().map(|past| one_past(past, end)).collect()
}

fn one_past(past: &Past, end: Day) -> SampleTest {
    let mut experiment = Experiment::new(past.name);
    experiment.status = Status::Finished;
    let plan = &mut experiment.plan;
    (plan.kind, plan.changes) = (past.kind, past.changes.into());
    let starts = Day(end.0 - past.from);
    (plan.starts, plan.ends) = (Some(starts), Some(Day(starts.0 + past.days - 1)));
    plan.guards = vec![Metric::Revenue];
    let share = 1.0 / past.variants.len() as f64;
    plan.variants = (past.variants.iter())
        .map(|(name, ..)| Variant {
            name: (*name).to_owned(),
            share,
            factors: factors(past.kind, name),
            ..Variant::default()
        })
        .collect();
    let totals = past.variants.iter().map(|(name, visitors, buyers, revenue, deviation)| VariantTotals {
        variant: (*name).to_owned(),
        visitors: *visitors,
        values: vec![
            MetricTotal { metric: Metric::Conversion, sum: Sum::Count(*buyers), spread: None },
            MetricTotal {
                metric: Metric::Revenue,
                sum: Sum::Amount(Amount { minor: *revenue, currency: CURRENCY }),
                spread: Some(Spread::Deviation(*deviation)),
            },
        ],
    });
    experiment.data = Some(Data::Totals(Totals { variants: totals.collect(), ..Totals::default() }));
    experiment.implemented = past.adopted.is_some();
    experiment.impact = past.adopted.map(|_| Impact {
        amount: Amount { minor: past.worth, currency: CURRENCY },
        formula: "difference in revenue per visitor × visitors of the year before".into(),
    });
    let choice = past
        .adopted
        .map_or(if past.kind == Kind::Multivariate { Choice::CannotTell } else { Choice::Keep }, |variant| {
            Choice::Adopt(variant.into())
        });
    SampleTest { experiment, is_sealed: false, people: Vec::new(), lift: None, decided: Some((choice, past.memo)) }
}

/// Levels of a multivariate test, as the names of its variants say them.
fn factors(kind: Kind, name: &str) -> BTreeMap<String, String> {
    let levels = (kind == Kind::Multivariate).then(|| name.split_once(", ")).flatten();
    let pair = |factor: &str, level: &str| (factor.to_owned(), level.to_owned());
    levels.map_or_else(BTreeMap::new, |(headline, picture)| {
        BTreeMap::from([pair("Headline", &headline.to_lowercase()), pair("Picture", picture)])
    })
}
