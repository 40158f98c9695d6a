//! What a hold-out shows: those written to against those held out, in conversion, revenue and margin per head.

use serde::Serialize;

use super::value;
use crate::analytics::costs::{Costs, speak_for_all};
use crate::analytics::math::two::{Sample, means, shares};
use crate::analytics::revenue::Revenue;
use crate::model::{Dataset, Day, Definitions};

/// What a group did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Arm {
    /// People.
    pub people: u64,
    /// Of them, who bought.
    pub buyers: u64,
    /// Their revenue, minor units.
    pub revenue: i64,
}

/// Those written to less those held out, per head.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// The difference: of shares 0–1, of money in minor units.
    pub each: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}

impl Difference {
    /// Whether it is more than chance.
    pub fn is_certain(&self) -> bool {
        self.interval.0 > 0.0 || self.interval.1 < 0.0
    }
}

/// What a hold-out shows by a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// First and last day whose orders count.
    pub days: (Day, Day),
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Whether the days are over.
    pub is_over: bool,
    /// Those written to.
    pub written: Arm,
    /// Those held out.
    pub control: Arm,
    /// Difference of the share that bought.
    pub conversion: Option<Difference>,
    /// Difference of revenue per head.
    pub revenue: Option<Difference>,
    /// Difference of margin per head; `None` = the cost of most goods is not known.
    pub margin: Option<Difference>,
}

/// Reads a hold-out whose groups are given as indices of the dataset. Nothing is known before its first day.
pub fn outcome(
    data: &Dataset,
    definitions: &Definitions,
    (written, control): (&[u32], &[u32]),
    days: (Day, Day),
    as_of: Day,
) -> Outcome {
    let reader = Reader {
        data,
        revenue: Revenue::new(data, definitions, as_of),
        costs: Costs::new(data, definitions.default_margin),
        days,
    };
    let (w, c) = (reader.group(written), reader.group(control));
    let part = margin_share(&w, &c);
    let difference = |found: Option<(f64, (f64, f64))>| found.map(|(each, interval)| Difference { each, interval });
    let begun = as_of >= days.0;
    let of = |pick: &dyn Fn(&Head) -> f64| {
        let sample = |heads: &[Head]| Sample::of(&heads.iter().map(pick).collect::<Vec<_>>());
        difference(means(sample(&w.1), sample(&c.1))).filter(|_| begun)
    };
    Outcome {
        days,
        as_of,
        is_over: as_of >= days.1,
        conversion: difference(shares((w.0.buyers, w.0.people), (c.0.buyers, c.0.people), 1)).filter(|_| begun),
        revenue: of(&|head| head.revenue as f64),
        margin: part.and_then(|part| of(&|head| head.margin as f64 + part * (head.revenue - head.costed) as f64)),
        written: w.0,
        control: c.0,
    }
}

/// What one person did.
#[derive(Default)]
struct Head {
    revenue: i64,
    /// Revenue of goods with a known cost, and its margin.
    costed: i64,
    margin: i64,
}

/// Margin as a share of the revenue whose costs are known, of both groups together; it speaks for the rest.
fn margin_share(w: &(Arm, Vec<Head>), c: &(Arm, Vec<Head>)) -> Option<f64> {
    let heads = || w.1.iter().chain(&c.1);
    let (costed, margin): (i64, i64) = (heads().map(|h| h.costed).sum(), heads().map(|h| h.margin).sum());
    speak_for_all(costed, w.0.revenue.saturating_add(c.0.revenue)).then(|| margin as f64 / costed as f64)
}

struct Reader<'a> {
    data: &'a Dataset,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    days: (Day, Day),
}

impl Reader<'_> {
    fn group(&self, members: &[u32]) -> (Arm, Vec<Head>) {
        let mut arm = Arm { people: members.len() as u64, ..Arm::default() };
        let mut heads = Vec::with_capacity(members.len());
        for &member in members {
            let (mut head, mut bought) = (Head::default(), false);
            for order in self.data.orders.of_customer(member as usize) {
                let day = self.data.orders.day[order];
                if day < self.days.0 || day > self.days.1 || !self.revenue.is_counted(order) {
                    continue;
                }
                bought |= self.revenue.is_purchase(order);
                let value = value(&self.revenue, order);
                head.revenue += value;
                if let Some(margin) = self.costs.margin(order, value) {
                    head.costed += value;
                    head.margin += margin;
                }
            }
            arm.buyers += u64::from(bought);
            arm.revenue += head.revenue;
            heads.push(head);
        }
        (arm, heads)
    }
}
