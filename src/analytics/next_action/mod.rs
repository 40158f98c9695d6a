//! Next best action: what can be done for each segment, for whom, what it costs, and what it has to bring to pay.
//!
//! What customers of an audience bring *anyway* is measured on the shop's own past: the same rule is asked some days
//! before, and what those customers bought since is counted. What an action adds to that nobody can know before it was
//! tried against a hold-out: it is an assumption, given as a range, and every row says from which lift on it pays.
//!
//! With `r` revenue and `m` margin that a customer of the audience brings anyway, a lift `u` of orders, a discount `d`
//! that everybody who buys takes, `n` customers reached and `c` for a message, the expected margin is
//! `n (u (m − d r) − d r) − messages n c`, and the action pays from `u = (d r + messages c) / (m − d r)` on.

mod actions;

use std::sync::Arc;

use super::costs::{Costs, speak_for_all};
use super::door::share;
use super::revenue::Revenue;
use super::rules::{Bits, Picked, Shop, Sieve};
use super::segments::SegmentRules;
use crate::jobs::{Cancelled, Progress};
use crate::model::rule::{FieldId, Rule, Test};
use crate::model::{Currency, Day, TooLittle};

pub use actions::{ACTIONS, Action};

/// What is assumed, since no past can tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// Days ahead, and days of the past that are looked at.
    pub days: i32,
    /// Orders that an action adds to those that come anyway, as a share of them: least, expected, most. The framework
    /// aims at 15% more repeat orders; nothing and twice that are the bounds until the shop has measured its own.
    pub lift: (f64, f64, f64),
    /// Discount of the actions that give one, as a share of the price.
    pub discount: f64,
    /// What a message to one customer costs, minor units of the shop's currency.
    pub message: i64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { days: 30, lift: (0.0, 0.15, 0.30), discount: 0.10, message: 1 }
    }
}

/// Fewer customers than this in the past tell nothing of those of today.
const LEAST: u64 = 30;

/// What the same kind of customer brought in the days before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anyway {
    /// Customers who fitted the rule that many days before.
    pub customers: u64,
    /// Of them, how many ordered since.
    pub buyers: u64,
    /// Their revenue since, minor units.
    pub revenue: i64,
    /// Margin as a share of revenue, taken from the orders whose goods have a known cost; `None` where those bring less
    /// than half of the revenue.
    pub margin: Option<f64>,
    /// Share of the revenue whose goods have a known cost.
    pub cost_known: Option<f64>,
    /// Standard error of the revenue of one customer, minor units.
    pub error: f64,
}

impl Anyway {
    /// Revenue of one customer, minor units.
    pub fn revenue_each(&self) -> f64 {
        self.revenue as f64 / self.customers.max(1) as f64
    }

    /// Margin of one customer, minor units.
    pub fn margin_each(&self) -> Option<f64> {
        self.margin.map(|margin| margin * self.revenue_each())
    }

    /// Share of the customers who ordered.
    pub fn rate(&self) -> Option<f64> {
        share(self.buyers as f64, self.customers as f64)
    }
}

/// What an action is expected to bring beyond what comes anyway, minor units: from, expected, to. The ends are the
/// worst and the best of the assumed lift and of the 95% interval of what such customers bring.
pub type Expected = (i64, i64, i64);

/// An action with its audience and what is expected of it.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// What is done.
    pub action: &'static Action,
    /// Its rule.
    pub rule: Rule,
    /// Its customers.
    pub audience: Arc<Picked>,
    /// Of them, how many may be written to.
    pub reach: u64,
    /// What they bring anyway.
    pub anyway: Result<Anyway, TooLittle>,
    /// What the messages cost.
    pub cost: i64,
    /// Discount given to those who would have bought anyway; 0 without a discount.
    pub given_away: i64,
    /// The lift from which on it pays; `None` where no lift does, or where it cannot be told.
    pub break_even: Option<f64>,
    /// What it is expected to bring; `None` where it cannot be told.
    pub expected: Option<Expected>,
}

impl Ranked {
    /// Messages, and discount given to those who would have bought anyway.
    pub fn costs(&self) -> i64 {
        self.cost.saturating_add(self.given_away)
    }
}

/// Actions of all segments, those of a segment ranked by what is expected of them.
#[derive(Debug, Clone)]
pub struct NextActions {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// What was assumed.
    pub assumptions: Assumptions,
    /// Whether any source told who agreed to be written to; where none did, an e-mail address is taken for enough.
    pub consent_known: bool,
    /// The actions.
    pub ranked: Vec<Ranked>,
}

/// The rule of an action.
pub fn rule_of(action: &Action) -> Rule {
    let segment = Rule::is(FieldId::Segment, Test::Is(vec![action.segment.name().to_owned()]));
    // Rules of the list are read by a test.
    match Rule::parse(action.only) {
        Ok(only) if !action.only.is_empty() => Rule::All(vec![segment, only]),
        _ => segment,
    }
}

/// Ranks the actions for a shop at the end of `as_of`, under the cut-offs of the segments in use.
///
/// # Errors
/// When the work was cancelled.
pub fn next_actions(
    shop: &Shop,
    as_of: Day,
    rules: SegmentRules,
    assumptions: &Assumptions,
    progress: &Progress,
) -> Result<NextActions, Cancelled> {
    // The same cut-offs on both days: what differs is the customers.
    let shop = Shop { segment_rules: Some(rules), ..shop.clone() };
    let before = Day(as_of.0 - assumptions.days);
    let today = Sieve::new(shop.clone(), as_of, progress)?;
    let then = Sieve::new(shop.clone(), before, progress)?;
    let consent_known = shop.details.consents.get(CHANNEL).is_some_and(|answers| !answers.is_empty());
    let reachable = today.members(&reachable(consent_known), progress)?.yes;
    let spent = Spent::new(&shop, (before, as_of));
    let mut ranked = Vec::new();
    for action in ACTIONS {
        let rule = rule_of(action);
        let members = today.members(&rule, progress)?.yes;
        let reach = members.clone().and(&reachable).count();
        let anyway = spent.of(&then.members(&rule, progress)?.yes);
        let audience = Arc::new(Picked::new(action.name.to_owned(), members));
        ranked.push(expect(action, rule, audience, reach, anyway, assumptions));
    }
    let place = |one: &Ranked| (one.action.segment, std::cmp::Reverse(one.expected.map(|(_, expected, _)| expected)));
    ranked.sort_by_key(place);
    let (currency, assumptions) = (shop.definitions.currency, assumptions.clone());
    Ok(NextActions { as_of, currency, assumptions, consent_known, ranked })
}

/// How the messages go out.
const CHANNEL: &str = "email";

/// Who may be written to by e-mail: those who agreed; where no file told who did, those with an address.
pub fn reachable(consent_known: bool) -> Rule {
    if consent_known {
        Rule::parse("consent[email] yes").unwrap_or_default()
    } else {
        Rule::is(FieldId::HasEmail, Test::Yes)
    }
}

fn expect(
    action: &'static Action,
    rule: Rule,
    audience: Arc<Picked>,
    reach: u64,
    anyway: Result<Anyway, TooLittle>,
    assumptions: &Assumptions,
) -> Ranked {
    let n = reach as f64;
    let discount = if action.discount { assumptions.discount } else { 0.0 };
    let cost =
        i64::try_from(reach).unwrap_or(i64::MAX).saturating_mul(assumptions.message * i64::from(action.messages));
    let minor = |amount: f64| amount.round() as i64;
    let mut ranked =
        Ranked { action, rule, audience, reach, cost, given_away: 0, break_even: None, expected: None, anyway };
    let Ok(anyway) = &ranked.anyway else { return ranked };
    let revenue = anyway.revenue_each();
    ranked.given_away = minor(n * discount * revenue.max(0.0));
    // Margin as a share of revenue stays what it is when revenue is more or less than measured.
    let Some(part) = anyway.margin else { return ranked };
    let gain = |revenue: f64, lift: f64| {
        let revenue = revenue.max(0.0);
        n * (lift * revenue * (part - discount) - discount * revenue) - cost as f64
    };
    let each = revenue.max(0.0) * (part - discount);
    let needed = discount * revenue.max(0.0) + cost as f64 / n.max(1.0);
    ranked.break_even = (each > 0.0 && reach > 0).then(|| needed / each);
    let (low, expected, high) = assumptions.lift;
    let ends = [revenue - 1.96 * anyway.error, revenue + 1.96 * anyway.error]
        .into_iter()
        .flat_map(|revenue| [low, high].map(|lift| gain(revenue, lift)));
    let (from, to) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), x| (from.min(x), to.max(x)));
    ranked.expected = Some((minor(from), minor(gain(revenue, expected)), minor(to)));
    ranked
}

/// What customers spent in some days.
struct Spent<'a> {
    shop: &'a Shop,
    revenue: Revenue<'a>,
    costs: Costs<'a>,
    /// After the first, up to the second.
    days: (Day, Day),
}

impl<'a> Spent<'a> {
    fn new(shop: &'a Shop, days: (Day, Day)) -> Self {
        let (data, definitions) = (&*shop.data, &shop.definitions);
        Self {
            shop,
            revenue: Revenue::new(data, definitions, days.1),
            costs: Costs::new(data, definitions.default_margin),
            days,
        }
    }

    fn of(&self, customers: &Bits) -> Result<Anyway, TooLittle> {
        let n = customers.count();
        if n < LEAST {
            return Err(TooLittle { have: n, need: LEAST, what: "such customers in the past" });
        }
        let orders = &self.shop.data.orders;
        let (mut buyers, mut revenue, mut squares) = (0, 0_i64, 0.0);
        // Margin and revenue of orders whose goods have a known cost.
        let (mut margin, mut costed) = (0_i64, 0_i64);
        for customer in customers.iter() {
            let own = orders.of_customer(customer as usize);
            let recent = own.filter(|&i| orders.day[i] > self.days.0 && self.revenue.is_counted(i));
            let (mut bought, mut spent) = (false, 0_i64);
            for i in recent {
                bought |= self.revenue.is_purchase(i);
                let refunds: i64 = self.revenue.refunds_of(i, i + 1).map(|r| self.revenue.refunded(r)).sum();
                let value = self.revenue.before_refunds(i) - refunds;
                spent += value;
                if let Some(of_order) = self.costs.margin(i, value) {
                    margin += of_order;
                    costed += value;
                }
            }
            buyers += u64::from(bought);
            revenue += spent;
            squares += (spent as f64).powi(2);
        }
        let (count, mean) = (n as f64, revenue as f64 / n as f64);
        let variance = (squares - count * mean * mean).max(0.0) / (count - 1.0);
        let cost_known = share(costed as f64, revenue as f64);
        let margin = share(margin as f64, costed as f64).filter(|_| speak_for_all(costed, revenue));
        Ok(Anyway { customers: n, buyers, revenue, margin, cost_known, error: (variance / count).sqrt() })
    }
}
