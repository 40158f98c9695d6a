//! A plan made ready to be asked of many baskets.

use std::cmp::Reverse;

use super::Resolved;
use super::basket::{Basket, Stock, UNIT};
use crate::analytics::rules::Bits;
use crate::model::plan::{Amount, Benefit, Stacking, Tier, When};
use crate::model::{Dataset, SalePlan};

/// What a tier gives, minor units and hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Give {
    Percent(i64),
    Amount(i64),
    Gift(i64),
    BuyGet { buy: i64, get: i64, percent: i64 },
    Shipping,
}

/// A tier in minor units and thousandths.
pub struct Terms {
    /// Its place in the plan.
    pub tier: usize,
    pub give: Give,
    /// Goods covered must be worth this.
    pub from: i64,
    /// Thousandths of a unit that must be covered.
    pub milli: i64,
    /// At most this may be missing of `from` for a basket to be near.
    pub near: i64,
    /// Products; `None` = all.
    covers: Option<Bits>,
    audience: Option<Bits>,
    pub priority: i32,
    pub per_order: i64,
    pub limit: Limit,
}

/// What may still be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Minor units.
    pub budget: i64,
    /// Thousandths of a unit; of tiers that know no units, orders × 1000.
    pub milli: i64,
}

const NO_LIMIT: Limit = Limit { budget: i64::MAX, milli: i64::MAX };

/// What is left of everything that is limited.
#[derive(Debug, Clone)]
pub struct Left {
    /// Minor units in all.
    pub budget: i64,
    /// By tier, in the order of [`Offer::terms`].
    pub of: Vec<Limit>,
}

/// How a basket stands to a tier before tiers compete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All conditions are met.
    Qualifies,
    /// They are, and nothing is left to give.
    UsedUp,
    /// Goods of this worth (minor units) or so many thousandths of a unit are missing.
    Missing { value: i64, milli: i64 },
    /// Nothing in the basket is covered.
    NotCovered,
    /// The buyer is not in the audience, or not known.
    NotInvited,
}

/// A plan made ready.
pub struct Offer {
    /// Tiers in the order they are applied in: by priority, then buy-x-get-y, percentages, amounts, the rest, then by
    /// name, so that the order of the plan decides nothing.
    pub terms: Vec<Terms>,
    /// By how they stack, a bit for each of `terms`.
    pub exclusive: u32,
    pub best_only: u32,
    pub with_others: u32,
    /// Those that take off goods.
    pub on_goods: u32,
    /// Discount on one order at most.
    pub per_order: i64,
    budget: i64,
    stock: Stock,
}

fn minor(amount: Option<Amount>) -> Option<i64> {
    amount.map(|amount| amount.minor)
}

impl Offer {
    /// A plan that was checked, with its names looked up.
    pub fn new(data: &Dataset, plan: &SalePlan, resolved: &Resolved) -> Self {
        let mut order: Vec<usize> = (0..plan.tiers.len()).collect();
        order.sort_by_key(|&n| (plan.tiers[n].priority, kind(&plan.tiers[n].benefit), plan.tiers[n].name.clone()));
        let terms: Vec<Terms> = order.iter().map(|&n| terms(n, data, plan, resolved)).collect();
        let stacking = |wanted: Stacking| {
            let right = order.iter().enumerate().filter(|(_, n)| plan.tiers[**n].stacking == wanted);
            right.fold(0, |bits, (at, _)| bits | 1 << at)
        };
        let on_goods = terms.iter().enumerate().filter(|(_, t)| !matches!(t.give, Give::Gift(_) | Give::Shipping));
        Self {
            exclusive: stacking(Stacking::Exclusive),
            best_only: stacking(Stacking::BestOnly),
            with_others: stacking(Stacking::WithOthers),
            on_goods: on_goods.fold(0, |bits, (at, _)| bits | 1 << at),
            per_order: minor(plan.caps.per_order).unwrap_or(i64::MAX),
            budget: minor(plan.caps.budget).unwrap_or(i64::MAX),
            stock: Stock::new(plan.featured.iter().map(|featured| {
                (resolved.products.get(&featured.product).cloned().unwrap_or_default(), featured.units)
            })),
            terms,
        }
    }

    /// Everything that is limited, before the first order.
    pub fn all_left(&self) -> Left {
        Left { budget: self.budget, of: self.terms.iter().map(|terms| terms.limit).collect() }
    }

    /// Units of featured products, before the first order.
    pub fn stock(&self) -> Stock {
        self.stock.clone()
    }

    /// Whether what one basket gets depends on those before it.
    pub fn depends_on_order(&self) -> bool {
        !self.stock.is_empty() || self.budget < i64::MAX || self.terms.iter().any(|terms| terms.limit != NO_LIMIT)
    }
}

/// The products that take part in a sale; `None` = all.
pub fn taking_part(data: &Dataset, plan: &SalePlan, resolved: &Resolved) -> Option<Bits> {
    let (skus, categories) = (&plan.excluded.products, &plan.excluded.categories);
    (!skus.is_empty() || !categories.is_empty()).then(|| named(data, skus, categories, resolved).others())
}

/// Of each tier of a plan that takes percent off goods, the products it makes cheaper; `None` for the other tiers.
pub fn reduced(data: &Dataset, plan: &SalePlan, resolved: &Resolved) -> Vec<Option<Bits>> {
    let all = || Bits::of(data.products.id.len(), |_| true);
    let open = taking_part(data, plan, resolved).unwrap_or_else(all);
    let of_tier = |tier: &Tier| {
        let When { products, categories, .. } = &tier.when;
        let names = !products.is_empty() || !categories.is_empty();
        let covered = if names { named(data, products, categories, resolved) } else { all() };
        matches!(tier.benefit, Benefit::PercentOff(_)).then(|| covered.and(&open))
    };
    plan.tiers.iter().map(of_tier).collect()
}

/// Products of these SKUs or categories.
fn named(data: &Dataset, skus: &[String], categories: &[String], resolved: &Resolved) -> Bits {
    let all = data.products.id.len();
    let of_sku = skus.iter().filter_map(|sku| resolved.products.get(sku)).flatten().copied();
    let wanted: Vec<String> = categories.iter().map(|name| name.to_lowercase()).collect();
    let right: Vec<bool> = data.labels.iter().map(|label| wanted.contains(&label.to_lowercase())).collect();
    let category = |product: usize| data.products.category.get(product).copied().unwrap_or(0) as usize;
    let of_category = Bits::of(all, |product| category(product) > 0 && right.get(category(product)) == Some(&true));
    Bits::from_indices(all, of_sku).or(&of_category)
}

/// The kind of a benefit, in the order they are applied in.
fn kind(benefit: &Benefit) -> u8 {
    match benefit {
        Benefit::BuyGet(_) => 0,
        Benefit::PercentOff(_) => 1,
        Benefit::AmountOff(_) => 2,
        Benefit::Gift(_) => 3,
        Benefit::FreeShipping => 4,
    }
}

fn terms(n: usize, data: &Dataset, plan: &SalePlan, resolved: &Resolved) -> Terms {
    let Tier { benefit, when, caps, priority, .. } = &plan.tiers[n];
    let from = minor(when.from).unwrap_or(0);
    // Less than a whole set gets nothing of it.
    let units = if let Benefit::BuyGet(offer) = benefit { i64::from(offer.buy) + i64::from(offer.get) } else { 0 };
    let names = !when.products.is_empty() || !when.categories.is_empty();
    Terms {
        tier: n,
        give: match benefit {
            Benefit::PercentOff(percent) => Give::Percent(percent.0.into()),
            Benefit::AmountOff(amount) => Give::Amount(amount.minor),
            Benefit::Gift(gift) => Give::Gift(gift.cost.minor),
            Benefit::BuyGet(offer) => {
                Give::BuyGet { buy: offer.buy.into(), get: offer.get.into(), percent: offer.percent.0.into() }
            }
            Benefit::FreeShipping => Give::Shipping,
        },
        from,
        milli: units.max(i64::from(when.units.unwrap_or(0))) * UNIT,
        near: super::share::percent(from, plan.assumptions.near.0.into()),
        covers: names.then(|| named(data, &when.products, &when.categories, resolved)),
        audience: when.audience.is_some().then(|| resolved.audiences.get(n).cloned().flatten().unwrap_or_default()),
        priority: *priority,
        per_order: minor(caps.per_order).unwrap_or(i64::MAX),
        limit: Limit {
            budget: minor(caps.budget).unwrap_or(i64::MAX),
            milli: caps.units.map_or(i64::MAX, |units| i64::from(units) * UNIT),
        },
    }
}

impl Terms {
    /// Whether a product is covered.
    #[inline]
    pub fn covers(&self, product: u32) -> bool {
        self.covers.as_ref().is_none_or(|covers| covers.has(product as usize))
    }

    /// How a basket of a customer stands to this tier.
    #[inline]
    pub fn standing(&self, basket: &Basket, customer: u32, left: Limit, budget: i64) -> Standing {
        if self.audience.as_ref().is_some_and(|audience| !audience.has(customer as usize)) {
            return Standing::NotInvited;
        }
        let (value, milli) = match &self.covers {
            None => (basket.open, basket.milli),
            Some(covers) => {
                let own = basket.items.iter().filter(|item| covers.has(item.product as usize));
                own.fold((0, 0), |(value, milli), item| (value + item.amount, milli + item.milli))
            }
        };
        if value == 0 {
            Standing::NotCovered
        } else if value < self.from || milli < self.milli {
            Standing::Missing { value: (self.from - value).max(0), milli: (self.milli - milli).max(0) }
        } else if left.budget.min(budget) <= 0 || left.milli <= 0 {
            Standing::UsedUp
        } else {
            Standing::Qualifies
        }
    }

    /// The item that a basket is topped up with: the dearest one that is covered.
    pub fn top_up_with(&self, basket: &Basket) -> Option<usize> {
        let own = basket.items.iter().enumerate().filter(|(_, item)| self.covers(item.product));
        own.min_by_key(|(at, item)| (Reverse(item.amount), *at)).map(|(at, _)| at)
    }
}
