//! A sale while it runs and after it: pacing, post-mortem, and what was expected of it.

use anyhow::{Result, bail};

use super::Session;
use super::forecast::Past;
use crate::analytics::aftermath::lines::{Line, Units, lines};
use crate::analytics::aftermath::{self, Aftermath, TopUp};
use crate::analytics::forecast::{EventForecast, Measure, Span};
use crate::analytics::math::reckoned::Reckoned;
use crate::analytics::pacing::{Pace, pace};
use crate::analytics::sale::{self, Basis, PastWindow, Question, Replay, Taken, UNIT};
use crate::jobs::Progress;
use crate::model::plan::{Amount, Expected, Likely};
use crate::model::{Campaign, Currency, Day, SalePlan, TooLittle};

/// Ordinary days before a sale, whose baskets its own are compared with.
const DAYS_BEFORE: i32 = 28;

/// Where a sale stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It begins later.
    Before,
    /// It began and is not over.
    During,
    /// It is over.
    After,
}

/// A sale that is going on.
#[derive(Debug, Clone)]
pub struct Pacing {
    /// Its moments.
    pub span: Span,
    /// Up to when data reach: the last order.
    pub now: i64,
    /// Revenue.
    pub revenue: Pace,
    /// Orders.
    pub orders: Pace,
    /// What was sold so far.
    pub taken: Taken,
    /// The plan over the baskets so far: what each tier gives.
    pub replay: Option<Replay>,
    /// Products sold so far, those with the most revenue first: name, units, paid.
    pub products: Vec<(String, f64, i64)>,
}

/// A post-mortem, and the plan it is held against.
#[derive(Debug, Clone)]
pub struct PostMortem {
    /// What came of it.
    pub found: Aftermath,
    /// Plan against outcome.
    pub lines: Vec<Line>,
    /// What was expected when the plan was frozen; without that, what the days before the sale let expect.
    pub expected: Option<Expected>,
    /// The share of near baskets that topped up.
    pub top_up: Option<TopUp>,
}

/// Products that are listed by revenue.
const LISTED: usize = 10;

impl Session {
    /// Where a sale stands by the last order up to a day.
    ///
    /// # Errors
    /// A sentence when the plan ends before it starts.
    pub fn phase_of(&mut self, plan: &SalePlan, as_of: Option<Day>, progress: &Progress) -> Result<Phase> {
        let span = self.span_of(plan)?;
        let (data, zone) = (self.dataset(progress)?, self.definitions()?.zone);
        let Some((_, last)) = data.span else { return Ok(Phase::Before) };
        let last = as_of.unwrap_or(last).min(last);
        Ok(match () {
            () if last < zone.day(span.from) => Phase::Before,
            () if last > zone.day(span.to - 1) => Phase::After,
            () => match self.last_order(last, progress)? {
                now if now < span.from => Phase::Before,
                now if now >= span.to - 1 => Phase::After,
                _ => Phase::During,
            },
        })
    }

    /// The last moment with an order up to the end of a day.
    fn last_order(&mut self, as_of: Day, progress: &Progress) -> Result<i64> {
        let data = self.dataset(progress)?;
        let known = (0..data.orders.id.len()).filter(|i| data.orders.day[*i] <= as_of);
        Ok(known.map(|i| data.orders.placed_at[i]).max().unwrap_or(i64::MIN))
    }

    /// What is expected of a sale by the forecast of a day, to be frozen with its plan: orders and revenue, and, by what
    /// the plan gives to past baskets, discounts off the goods and margin.
    ///
    /// # Errors
    /// A sentence when the plan cannot be replayed or forecast.
    pub fn expect_sale(
        &mut self,
        plan: &SalePlan,
        target: Option<Amount>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<Expected, TooLittle>> {
        let foretold = match self.forecast_sale(plan, as_of, progress)? {
            Ok(foretold) => foretold,
            Err(missing) => return Ok(Err(missing)),
        };
        let (_, replay) = self.replay_sale(plan, None, progress)?;
        let frozen = as_of.unwrap_or(foretold.revenue.origin);
        Ok(Ok(expected(&foretold, &replay, frozen, target, self.definitions()?.currency)))
    }

    /// What was to be expected of a campaign's sale on the day before it began; `None` where nobody can tell.
    pub fn expected_before(&mut self, campaign: &Campaign, progress: &Progress) -> Option<Expected> {
        let plan = campaign.sale_plan()?;
        let currency = self.definitions().ok()?.currency;
        let target = campaign.revenue_target(currency).map(|minor| Amount { minor, currency });
        let before = Day(Day::from_date(plan.starts.date()).0 - 1);
        self.expect_sale(&plan, target, Some(before), progress).ok()?.ok()
    }

    /// How a sale stands that is going on.
    ///
    /// # Errors
    /// A sentence when it has not begun by the last order, or ends before it starts.
    pub fn pace_sale(
        &mut self,
        plan: &SalePlan,
        expected: Option<&Expected>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Pacing> {
        let span = self.span_of(plan)?;
        let past = self.past(as_of, progress)?;
        let now = self.last_order(past.as_of, progress)?.min(span.to);
        if now < span.from {
            bail!(
                "“{}” has not begun by the last order; import the orders of its first hours, or forecast it",
                plan.name
            );
        }
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let (revenue, orders) = match expected {
            Some(expected) => (money(expected.revenue), expected.orders.as_ref().map(reckoned)),
            None => {
                let foretold = self.forecast_sale(plan, as_of, progress)?.ok();
                let of = |pick: fn(&EventForecast) -> Option<Reckoned>| foretold.as_ref().and_then(pick);
                (of(EventForecast::revenue_with_sale), of(EventForecast::orders_with_sale))
            }
        };
        let Past { history, sales, as_of, .. } = &past;
        let taken = Taken::of(&data, &definitions, (span.from, now + 1), *as_of, progress)?;
        let mut products: Vec<_> = taken.products.iter().filter(|(product, _)| **product > 0).collect();
        products.sort_by_key(|(product, sold)| (-sold.paid, **product));
        products.truncate(LISTED);
        let names = self.product_names(products.iter().map(|(product, _)| **product))?;
        let products = names.into_iter().zip(&products).map(|(name, (_, sold))| (name, units(sold.milli), sold.paid));
        let products = products.collect();
        Ok(Pacing {
            span,
            now,
            revenue: pace(history, sales, Measure::Revenue, (span, now + 1), taken.revenue as f64, revenue),
            orders: pace(history, sales, Measure::Orders, (span, now + 1), taken.orders as f64, orders),
            replay: self.replay_moments(plan, Span { from: span.from, to: now + 1 }, progress)?,
            taken,
            products,
        })
    }

    /// What a sale brought that is over. Without an expectation that was kept, the one of the day before it is worked out
    /// again.
    ///
    /// # Errors
    /// A sentence when the plan ends before it starts, or the work was cancelled.
    pub fn post_mortem(
        &mut self,
        plan: &SalePlan,
        expected: Option<&Expected>,
        as_of: Option<Day>,
        progress: &Progress,
    ) -> Result<Result<PostMortem, TooLittle>> {
        let span = self.span_of(plan)?;
        let past = self.past(as_of, progress)?;
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let question = aftermath::Question {
            data: &data,
            definitions: &definitions,
            history: &past.history,
            on_sale: &past.on_sale,
            span,
            as_of: past.as_of,
        };
        let found = match aftermath::post_mortem(&question, progress)? {
            Ok(found) => found,
            Err(missing) => return Ok(Err(missing)),
        };
        let own = self.replay_moments(plan, span, progress)?;
        let first = past.history.zone.day(span.from);
        let before = Span::of_days(Day(first.0 - DAYS_BEFORE), Day(first.0 - 1), past.history.zone);
        let ordinary = self.replay_moments(plan, before, progress)?;
        let top_up = own.as_ref().zip(ordinary.as_ref()).and_then(|(own, ordinary)| aftermath::top_up(own, ordinary));
        let sold = self.featured_units(plan, &found.taken)?;
        let expected = match expected {
            Some(expected) => Some(expected.clone()),
            // The days before the sale still tell what was to be expected then.
            None => self.expect_sale(plan, None, Some(Day(first.0 - 1)), progress).ok().and_then(Result::ok),
        };
        let lines = lines(&found, expected.as_ref(), &sold);
        Ok(Ok(PostMortem { found, lines, expected, top_up }))
    }

    /// The plan over the baskets of some moments; `None` where it cannot be replayed on them.
    fn replay_moments(&mut self, plan: &SalePlan, span: Span, progress: &Progress) -> Result<Option<Replay>> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions_of_sales()?);
        let days = (definitions.zone.day(span.from), definitions.zone.day(span.to - 1));
        let Ok(prepared) = self.prepare_sale(plan, Some(days), progress) else { return Ok(None) };
        if prepared.check().is_err() {
            return Ok(None);
        }
        let window = PastWindow { from: span.from, to: span.to, early: None, days, basis: Basis::Chosen };
        let resolved = &prepared.resolved;
        let question = Question { data: &data, definitions: &definitions, plan, resolved, window };
        Ok(Some(sale::replay(&question, progress)?))
    }

    /// Featured products: SKU, units in the sale, units sold.
    fn featured_units(&self, plan: &SalePlan, taken: &Taken) -> Result<Vec<Units>> {
        let rows = self.workspace.products_of(plan.featured.iter().map(|featured| featured.product.as_str()))?;
        let sold = |sku: &str| {
            let rows = rows.get(sku).into_iter().flatten();
            rows.filter_map(|row| taken.products.get(&row.0)).map(|sold| sold.milli).sum()
        };
        let units = |featured: &crate::model::plan::Featured| {
            (featured.product.clone(), f64::from(featured.units), units(sold(&featured.product)))
        };
        Ok(plan.featured.iter().map(units).collect())
    }
}

fn units(milli: i64) -> f64 {
    milli as f64 / UNIT as f64
}

fn reckoned(likely: &Likely<f64>) -> Reckoned {
    // Half of the reach of the logarithm, in normal quantiles: what was frozen tells no degrees of freedom.
    let spread = likely.within_95.filter(|(low, high)| *low > 0.0 && high > low).map(|(low, high)| (high / low).ln());
    Reckoned { spread: spread.unwrap_or(0.0) / (2.0 * 1.959_963_984_540_054), ..Reckoned::exact(likely.middle) }
}

fn money(likely: Option<Likely<Amount>>) -> Option<Reckoned> {
    let minor = |amount: Amount| amount.minor as f64;
    likely.map(|likely| {
        reckoned(&Likely {
            middle: minor(likely.middle),
            within_95: likely.within_95.map(|(low, high)| (minor(low), minor(high))),
        })
    })
}

fn expected(
    foretold: &EventForecast,
    replay: &Replay,
    frozen: Day,
    target: Option<Amount>,
    currency: Currency,
) -> Expected {
    let amount = |value: f64| Amount { minor: value.round() as i64, currency };
    let likely = |reckoned: Reckoned, of: f64| {
        let (low, high) = reckoned.within(0.95);
        Likely { middle: amount(reckoned.middle * of), within_95: Some((amount(low * of), amount(high * of))) }
    };
    let per = |sum: Option<i64>, whole: i64| sum.filter(|_| whole > 0).map(|sum| sum as f64 / whole as f64);
    // As what came is told: what is off the goods, and what is left after their cost.
    let (given, margin) = (replay.nobody.discount, replay.nobody.margin_of_goods());
    let (revenue, orders) = (foretold.revenue_with_sale(), foretold.orders_with_sale());
    Expected {
        frozen,
        known_until: foretold.revenue.origin,
        target,
        orders: orders.map(|orders| Likely { middle: orders.middle, within_95: Some(orders.within(0.95)) }),
        revenue: revenue.map(|revenue| likely(revenue, 1.0)),
        discounts: revenue.zip(per(Some(given), replay.nobody.revenue())).map(|(revenue, rate)| likely(revenue, rate)),
        margin: revenue
            .zip(per(margin, replay.nobody.revenue()).filter(|rate| *rate > 0.0))
            .map(|(revenue, rate)| likely(revenue, rate)),
    }
}
