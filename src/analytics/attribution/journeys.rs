//! From touches and orders to journeys.
//!
//! The touches of a customer between two orders fall into runs: a pause longer than the look-back begins another one. The
//! run that an order follows within the look-back is its journey, as far as it lies within the look-back; every other run
//! is a journey without an order, once its look-back is over. Touches that their file ties to an order belong to that
//! order, whatever their moment. A touch belongs to one journey at most.

use serde::Serialize;

use super::paths::Paths;
use super::settings::Settings;
use crate::analytics::revenue::Revenue;
use crate::analytics::rules::Bits;
use crate::jobs::{Cancelled, Progress};
use crate::model::time::DayClock;
use crate::model::touch::NO_ORDER;
use crate::model::{Dataset, Day, Definitions, Touches};

const DAY: i64 = 86_400;

/// Words in the kind of a touch by which it is nothing the customer did: a message that was merely sent.
pub const SENT: &[&str] =
    &["sent", "send", "delivered", "received", "bounce", "bounced", "unsubscribe", "unsubscribed", "complaint"];
/// Words by which it was seen, not followed.
pub const SEEN: &[&str] = &["impression", "impressions", "seen", "viewthrough"];

/// What became of the touches and orders that were looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Touches there are.
    pub touches: u64,
    /// Of them part of a journey.
    pub used: u64,
    /// After the as-of day.
    pub after_as_of: u64,
    /// Messages merely sent.
    pub sent: u64,
    /// Ads merely seen.
    pub seen: u64,
    /// Of no known channel.
    pub no_channel: u64,
    /// Of people whom no file names: nobody knows whose journey they are part of.
    pub nobody: u64,
    /// More than a day after the order that they name.
    pub after_order: u64,
    /// Of people outside the segment.
    pub outside_segment: u64,
    /// Of journeys that ended outside the period.
    pub outside_period: u64,
    /// Tied to an order that does not count.
    pub of_other_orders: u64,
    /// Longer before their order than the look-back.
    pub too_early: u64,
    /// Of journeys that may still end in an order.
    pub open: u64,
    /// Journeys that may still end in an order.
    pub open_journeys: u64,
    /// Orders of the period of which no touch is known.
    pub orders_without_touch: u64,
    /// What these were worth, minor units.
    pub value_without_touch: i64,
}

impl Counts {
    /// Why touches were left out, with how many; reasons that met none are not told.
    pub fn left_out(&self) -> Vec<(&'static str, u64)> {
        let all = [
            ("after the as-of day", self.after_as_of),
            ("messages that were merely sent", self.sent),
            ("ads that were merely seen", self.seen),
            ("of no known channel", self.no_channel),
            ("of people whom the shop does not know", self.nobody),
            ("after the order that they name", self.after_order),
            ("of people outside the segment", self.outside_segment),
            ("of journeys that ended outside the period", self.outside_period),
            ("tied to an order that does not count", self.of_other_orders),
            ("longer before their order than the look-back", self.too_early),
            ("of journeys that may still end in an order", self.open),
        ];
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }
}

/// Journeys of a shop.
#[derive(Debug, Clone, Default)]
pub struct Journeys {
    /// The journeys in columns.
    pub paths: Paths,
    /// Position in the dataset of the order that each path led to, or [`NO_ORDER`].
    pub order_of_path: Vec<u32>,
    /// What touches of each channel cost in the period, minor units; `None` where no touch tells.
    pub cost: Vec<Option<i64>>,
    /// What became of touches and orders.
    pub counts: Counts,
}

/// Whose journeys, and up to when.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// First and last day on which a journey may end.
    pub period: (Day, Day),
    /// Only these customers; visitors whom nobody knows are then left out.
    pub who: Option<&'a Bits>,
}

/// The journeys that ended in a period.
///
/// # Errors
/// When the work was cancelled.
pub fn journeys(
    touches: &Touches,
    data: &Dataset,
    definitions: &Definitions,
    scope: Scope<'_>,
    settings: &Settings,
    progress: &Progress,
) -> Result<Journeys, Cancelled> {
    let mut maker = Maker::new(touches, data, definitions, scope, settings);
    progress.expect(touches.len() as u64);
    let mut step = 0;
    for range in touches.by_person() {
        if range.end >= step {
            progress.step(range.start as u64)?;
            step = range.end + 65_536;
        }
        maker.person(touches.person[range.start], range);
    }
    maker.orders_without_touch();
    maker.made.counts.nobody = touches.tied.nobody;
    maker.made.counts.touches += touches.tied.nobody;
    Ok(maker.made)
}

struct Maker<'a> {
    touches: &'a Touches,
    data: &'a Dataset,
    revenue: Revenue<'a>,
    clock: DayClock,
    scope: Scope<'a>,
    lookback: i64,
    /// The first second after the as-of day, and first and end of the period, by the shop's clock.
    end: i64,
    period: (i64, i64),
    /// Whether a kind of touch makes journeys, and why not.
    kinds: Vec<Kind>,
    /// Orders that have a touch.
    met: Bits,
    made: Journeys,
    /// Of the person at hand: free touches, and touches tied to orders.
    free: Vec<usize>,
    tied: Vec<(u32, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Met,
    Sent,
    Seen,
}

impl Kind {
    /// By the words of its name, whatever stands between them.
    fn of(name: &str, impressions: bool) -> Self {
        let has = |words: &[&str]| name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        if has(SENT) {
            Self::Sent
        } else if !impressions && (has(SEEN) || name.contains("view-through")) {
            Self::Seen
        } else {
            Self::Met
        }
    }
}

/// How a run of touches ended.
#[derive(Clone, Copy)]
enum End {
    /// In an order, at its moment.
    Order(u32, i64),
    /// In nothing that is known.
    Nothing,
}

impl<'a> Maker<'a> {
    fn new(
        touches: &'a Touches,
        data: &'a Dataset,
        definitions: &'a Definitions,
        scope: Scope<'a>,
        settings: &Settings,
    ) -> Self {
        let midnight = |day: Day| i64::from(day.0) * DAY;
        let made = Journeys {
            paths: Paths::new(touches.channels.clone()),
            cost: vec![None; touches.channels.len()],
            ..Journeys::default()
        };
        Self {
            revenue: Revenue::new(data, definitions, scope.as_of),
            clock: DayClock::new(definitions.zone),
            lookback: i64::from(settings.lookback_days) * DAY,
            end: midnight(scope.as_of) + DAY,
            period: (midnight(scope.period.0), midnight(scope.period.1) + DAY),
            kinds: touches.kinds.iter().map(|name| Kind::of(name, settings.impressions)).collect(),
            met: Bits::none(data.orders.id.len()),
            made,
            free: Vec::new(),
            tied: Vec::new(),
            touches,
            data,
            scope,
        }
    }

    fn person(&mut self, person: u32, range: std::ops::Range<usize>) {
        let customer = (person < self.touches.customers).then_some(person as usize);
        self.made.counts.touches += range.len() as u64;
        if self.scope.who.is_some_and(|who| !customer.is_some_and(|c| who.has(c))) {
            self.made.counts.outside_segment += range.len() as u64;
            return;
        }
        self.sort_out(range);
        self.tied_to_orders(person);
        let orders = customer.filter(|c| c + 1 < self.data.orders.by_customer.len());
        let orders = orders.map_or(0..0, |customer| self.data.orders.of_customer(customer));
        let mut from = 0;
        for order in orders {
            if !self.revenue.is_purchase(order) {
                continue;
            }
            let at = self.clock.local(self.data.orders.placed_at[order]);
            let until = from + self.free[from..].partition_point(|&t| self.touches.at[t] <= at);
            self.runs(person, from..until, End::Order(order as u32, at));
            from = until;
        }
        self.runs(person, from..self.free.len(), End::Nothing);
    }

    /// Takes what makes journeys out of the touches of a person, counts the rest, adds up costs.
    fn sort_out(&mut self, range: std::ops::Range<usize>) {
        self.free.clear();
        self.tied.clear();
        let t = self.touches;
        for i in range {
            let counts = &mut self.made.counts;
            let channel = usize::from(t.channel[i]);
            if t.at[i] >= self.end {
                counts.after_as_of += 1;
                continue;
            }
            if t.channels.get(channel).is_none_or(|name| name.trim().is_empty()) {
                counts.no_channel += 1;
                continue;
            }
            if let Some(cost) = t.cost[i].filter(|_| (self.period.0..self.period.1).contains(&t.at[i])) {
                let sum = self.made.cost[channel].unwrap_or(0);
                self.made.cost[channel] = Some(sum.saturating_add(cost));
            }
            match self.kinds.get(usize::from(t.kind[i])).copied().unwrap_or(Kind::Met) {
                Kind::Sent => counts.sent += 1,
                Kind::Seen => counts.seen += 1,
                Kind::Met if t.order[i] == NO_ORDER => self.free.push(i),
                Kind::Met => self.tie(t.order[i], i),
            }
        }
        self.tied.sort_unstable();
    }

    /// Notes a touch that names its order, unless it was too long before, or after it: what names an order may be noted a
    /// little later than the order, by another clock.
    fn tie(&mut self, order: u32, touch: usize) {
        let at = self.touches.at[touch];
        let placed = self.data.orders.placed_at.get(order as usize).map(|at| self.clock.local(*at));
        match placed {
            Some(placed) if at > placed + DAY => self.made.counts.after_order += 1,
            Some(placed) if at < placed - self.lookback => self.made.counts.too_early += 1,
            _ => self.tied.push((order, touch)),
        }
    }

    /// Touches tied to an order of somebody without a name make its journey by themselves; those tied to an order of a
    /// customer join its run, see [`Maker::runs`]. What is tied to an order that does not count is left out.
    fn tied_to_orders(&mut self, person: u32) {
        let customer = person < self.touches.customers;
        let orders = self.data.orders.id.len();
        let mut at = 0;
        while let Some(&(order, _)) = self.tied.get(at) {
            let n = self.tied[at..].partition_point(|tied| tied.0 == order);
            let counts = (order as usize) < orders && self.revenue.is_purchase(order as usize);
            let own = counts && customer && self.data.orders.customer[order as usize] == person;
            if !counts {
                self.made.counts.of_other_orders += n as u64;
            } else if !own {
                let end = self.clock.local(self.data.orders.placed_at[order as usize]);
                self.journey(person, &[], at..at + n, End::Order(order, end));
            }
            at += n;
        }
    }

    /// Splits free touches, which lie between two orders, into runs; the last may lead to the order.
    fn runs(&mut self, person: u32, range: std::ops::Range<usize>, end: End) {
        let free = std::mem::take(&mut self.free);
        let at = |t: usize| self.touches.at[t];
        let runs: Vec<&[usize]> = free[range].chunk_by(|a, b| at(*b) - at(*a) <= self.lookback).collect();
        let last = runs.len().saturating_sub(1);
        let tied = match end {
            End::Order(order, _) => {
                let from = self.tied.partition_point(|tied| tied.0 < order);
                from..from + self.tied[from..].partition_point(|tied| tied.0 == order)
            }
            End::Nothing => 0..0,
        };
        let mut followed = false;
        for (n, run) in runs.into_iter().enumerate() {
            let of_last = run.last().map_or(i64::MIN, |&t| at(t));
            match end {
                End::Order(order, moment) if n == last && moment - of_last <= self.lookback => {
                    let early = run.partition_point(|&t| self.touches.at[t] < moment - self.lookback);
                    self.made.counts.too_early += early as u64;
                    self.journey(person, &run[early..], tied.clone(), End::Order(order, moment));
                    followed = true;
                }
                _ => self.journey(person, run, 0..0, End::Nothing),
            }
        }
        if !followed && !tied.is_empty() {
            self.journey(person, &[], tied, end);
        }
        self.free = free;
    }

    /// Writes one journey: free touches, and touches tied to its order, by their moment.
    fn journey(&mut self, person: u32, free: &[usize], tied: std::ops::Range<usize>, end: End) {
        let t = self.touches;
        let mut steps: Vec<usize> = free.iter().copied().chain(self.tied[tied].iter().map(|tied| tied.1)).collect();
        steps.sort_by_key(|&i| (t.at[i], i));
        let Some(&last) = steps.last() else { return };
        let (touches, paths) = (steps.len() as u64, &mut self.made.paths);
        let moment = match end {
            End::Order(order, moment) => {
                // It has touches, whether they fall into the period or not.
                self.met.insert(order as usize);
                moment
            }
            End::Nothing => t.at[last],
        };
        if !(self.period.0..self.period.1).contains(&moment) {
            self.made.counts.outside_period += touches;
            return;
        }
        if matches!(end, End::Nothing) && moment + self.lookback >= self.end {
            self.made.counts.open += touches;
            self.made.counts.open_journeys += 1;
            return;
        }
        for &i in &steps {
            paths.steps.push(t.channel[i]);
            paths.before.push((moment - t.at[i]).max(0) as f32 / DAY as f32);
        }
        match end {
            End::Order(order, _) => {
                let order = order as usize;
                let refunds: i64 = self.revenue.refunds_of(order, order + 1).map(|r| self.revenue.refunded(r)).sum();
                paths.end(1, (self.revenue.before_refunds(order) - refunds) as f64, 0);
                self.made.order_of_path.push(order as u32);
            }
            End::Nothing => {
                paths.end(0, 0.0, 1);
                self.made.order_of_path.push(NO_ORDER);
            }
        }
        paths.cluster.push(person);
        self.made.counts.used += touches;
    }

    /// Counts the orders of the period of which no touch is known.
    fn orders_without_touch(&mut self) {
        let orders = &self.data.orders;
        for order in 0..orders.id.len() {
            let customer = orders.customer[order] as usize;
            let outside = self.scope.who.is_some_and(|who| !who.has(customer));
            let in_period = (self.scope.period.0..=self.scope.period.1).contains(&orders.day[order]);
            if outside || !in_period || self.met.has(order) || !self.revenue.is_purchase(order) {
                continue;
            }
            let refunds: i64 = self.revenue.refunds_of(order, order + 1).map(|r| self.revenue.refunded(r)).sum();
            self.made.counts.orders_without_touch += 1;
            self.made.counts.value_without_touch += self.revenue.before_refunds(order) - refunds;
        }
    }
}
