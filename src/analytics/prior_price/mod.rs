//! Planned discounts against the lowest price in the 30 days before: what Article 6a of Directive 98/6/EC (as amended
//! by Directive (EU) 2019/2161) asks announcements of a reduction to name. A list of what the orders show, no legal
//! advice.
//!
//! The price paid is that of the order line after its own discounts, per unit. Codes and discounts on a whole order are
//! no price of a product and are not taken off; orders with a code that only one customer ever used are left out as
//! personal. A product that was not sold in those days gives no evidence: its price may have been anything.

pub mod said;

use std::collections::BTreeMap;

use crate::analytics::revenue::{Revenue, divide_rounded};
use crate::analytics::rules::in_shop_currency;
use crate::analytics::sale::{Resolved, UNIT, reduced};
use crate::jobs::{Cancelled, Progress};
use crate::model::plan::Benefit;
use crate::model::{Dataset, Day, Definitions, SalePlan};

/// Days before a sale whose prices count.
pub const DAYS: i32 = 30;
/// An announced percentage may be rounded by so much of itself: half a percentage point.
const ROUNDING: f64 = 0.005;

/// The lowest price paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lowest {
    /// Minor units per unit.
    pub price: i64,
    /// The first day it was paid on.
    pub day: Day,
    /// Orders with the product in all those days.
    pub orders: u32,
}

/// What a discount is against the lowest price before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The planned price is not below the lowest one before.
    NotLower,
    /// It is, but by less than is announced.
    LessThanAnnounced,
    /// The product was not sold in those days, or its own price is not known.
    NoEvidence,
    /// It is below by at least what is announced.
    AsAnnounced,
}

impl Standing {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotLower => "Not below the lowest price before",
            Self::LessThanAnnounced => "Below by less than announced",
            Self::NoEvidence => "No evidence",
            Self::AsAnnounced => "Below as announced",
        }
    }
}

/// A product in a discount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Index of the product.
    pub product: u32,
    /// Place of the tier in the plan.
    pub tier: usize,
    /// Announced share off the price.
    pub announced: f64,
    /// Price without the sale: that of the product, else the last one asked for; minor units.
    pub price: Option<i64>,
    /// Price in the sale, rounded half up.
    pub planned: Option<i64>,
    /// The lowest price paid in the days before; `None` = not sold.
    pub lowest: Option<Lowest>,
}

impl Row {
    /// 1 − planned price ÷ the lowest one before.
    pub fn reduction(&self) -> Option<f64> {
        let (planned, lowest) = self.planned.zip(self.lowest)?;
        (lowest.price > 0).then(|| 1.0 - planned as f64 / lowest.price as f64)
    }

    /// What the discount is.
    pub fn standing(&self) -> Standing {
        match self.reduction() {
            None => Standing::NoEvidence,
            Some(reduction) if reduction <= 0.0 => Standing::NotLower,
            Some(reduction) if reduction < self.announced - ROUNDING => Standing::LessThanAnnounced,
            Some(_) => Standing::AsAnnounced,
        }
    }
}

/// Planned discounts against prices before.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorPrices {
    /// First and last day of those before.
    pub days: (Day, Day),
    /// The last of them that is known; earlier than the last one where the data end before the sale begins.
    pub known_until: Day,
    /// Every product in every discount by percent, the doubtful ones first.
    pub rows: Vec<Row>,
    /// Orders left out, since only one customer ever used their code.
    pub personal: u32,
    /// Tiers that are no price of a product: amounts off baskets, gifts, free shipping.
    pub other_tiers: usize,
}

impl PriorPrices {
    /// Rows of a standing.
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|row| row.standing() == standing).count()
    }
}

/// Checks the discounts of a plan that begins at `begins` (UTC seconds) against prices before. `codes`: position of the
/// order and label of the code, sorted.
///
/// # Errors
/// When the work was cancelled.
pub fn prior_prices(
    (data, codes): (&Dataset, &[(u32, u32)]),
    definitions: &Definitions,
    (plan, resolved): (&SalePlan, &Resolved),
    as_of: Day,
    progress: &Progress,
) -> Result<PriorPrices, Cancelled> {
    let begins = definitions.zone.day(definitions.zone.to_utc(plan.starts));
    let days = (Day(begins.0 - DAYS), Day(begins.0 - 1));
    let seen = Seen::in_days(data, codes, definitions, days, as_of, progress)?;
    let mut rows = Vec::new();
    for (tier, products) in reduced(data, plan, resolved).into_iter().enumerate() {
        let (Some(products), Benefit::PercentOff(percent)) = (products, &plan.tiers[tier].benefit) else { continue };
        for product in products.iter().filter(|product| *product > 0) {
            let at = product as usize;
            let price =
                data.products.price.get(at).copied().flatten().or_else(|| seen.asked.get(&product).map(|(_, p)| *p));
            let off = |price: i64| i64::try_from(divide_rounded(i128::from(price) * i128::from(percent.0), 10_000));
            let planned = price.and_then(|price| Some(price - off(price).ok()?));
            let lowest = seen.lowest.get(&product).copied();
            rows.push(Row { product, tier, announced: percent.share(), price, planned, lowest });
        }
    }
    rows.sort_by_key(|row| {
        (row.standing(), row.lowest.map_or(0, |lowest| -i64::from(lowest.orders)), row.product, row.tier)
    });
    let other_tiers = plan.tiers.iter().filter(|tier| !matches!(tier.benefit, Benefit::PercentOff(_))).count();
    Ok(PriorPrices { days, known_until: days.1.min(as_of), rows, personal: seen.personal, other_tiers })
}

/// What order lines show.
#[derive(Default)]
struct Seen {
    lowest: BTreeMap<u32, Lowest>,
    /// The last price asked before discounts, with its moment, over all days.
    asked: BTreeMap<u32, (i64, i64)>,
    personal: u32,
}

impl Seen {
    fn in_days(
        data: &Dataset,
        codes: &[(u32, u32)],
        definitions: &Definitions,
        days: (Day, Day),
        as_of: Day,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (orders, lines) = (&data.orders, &data.lines);
        let revenue = Revenue::new(data, definitions, as_of.min(days.1));
        let personal = personal_orders(data, codes);
        let mut seen = Self::default();
        for i in 0..orders.id.len() {
            if i % 65_536 == 0 {
                progress.step(i as u64)?;
            }
            if !revenue.is_purchase(i) {
                continue;
            }
            let counts = orders.day[i] >= days.0;
            if counts && personal.binary_search(&(i as u32)).is_ok() {
                seen.personal += 1;
                continue;
            }
            let first = orders.line_start[i] as usize;
            for line in first..first + orders.line_count[i] as usize {
                let milli = lines.quantity_milli.get(line);
                let per_unit = |minor: i64| {
                    let unit = divide_rounded(i128::from(minor) * i128::from(UNIT), i128::from(milli));
                    in_shop_currency(data, definitions, i, i64::try_from(unit).unwrap_or(0))
                };
                let (amount, off) = (lines.amount.get(line), lines.discount.get(line));
                if milli <= 0 || amount <= off {
                    continue;
                }
                let product = lines.product[line];
                let asked = seen.asked.entry(product).or_insert((i64::MIN, 0));
                *asked = (*asked).max((orders.placed_at[i], per_unit(amount)));
                if counts {
                    seen.add(product, per_unit(amount - off), orders.day[i]);
                }
            }
        }
        Ok(seen)
    }

    fn add(&mut self, product: u32, price: i64, day: Day) {
        let lowest = self.lowest.entry(product).or_insert(Lowest { price, day, orders: 0 });
        lowest.orders += 1;
        if (price, day) < (lowest.price, lowest.day) {
            (lowest.price, lowest.day) = (price, day);
        }
    }
}

/// Orders with a code that only one customer ever used, sorted. A code used once is one of them.
fn personal_orders(data: &Dataset, codes: &[(u32, u32)]) -> Vec<u32> {
    let mut users: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    for &(order, code) in codes {
        let customer = data.orders.customer[order as usize];
        let user = users.entry(code).or_insert(Some(customer));
        *user = user.filter(|user| *user == customer);
    }
    let is_personal = |code: &u32| users.get(code).is_some_and(Option::is_some);
    let mut orders: Vec<u32> = codes.iter().filter(|(_, code)| is_personal(code)).map(|(order, _)| *order).collect();
    orders.sort_unstable();
    orders.dedup();
    orders
}
