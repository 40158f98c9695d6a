//! Planned sales: the replay against a naive one, its properties, what is wrong with plans, and saving them.

mod commands;
mod lift;
mod naive;
mod plans;
mod properties;
mod sql;

use std::sync::Arc;

use cartwright::analytics::rules::Bits;
use cartwright::analytics::sale::{Basis, PastWindow, Resolved};
use cartwright::model::dataset::{Customers, Dataset, Lines, NO_CUSTOMER, Orders, Products};
use cartwright::model::plan::{
    Amount, Assumptions, Benefit, BuyGet, Caps, Excluded, Featured, Gift, Percent, Stacking, Tier, When,
};
use cartwright::model::{Currency, Day, Definitions, SalePlan};
use proptest::prelude::*;

/// Products of the made-up shop; product 0 is "none". SKUs are `P1` …, categories 1 and 2 take turns.
pub const PRODUCTS: u32 = 5;
pub const CUSTOMERS: u32 = 4;

/// An order of the made-up shop.
#[derive(Debug, Clone)]
pub struct Made {
    /// Customer, or nobody.
    pub customer: Option<u32>,
    /// Seconds after the start of the window.
    pub at: i64,
    pub shipping: i64,
    /// Product, thousandths of a unit, amount, discount.
    pub lines: Vec<(u32, i64, i64, i64)>,
    /// Discount on the order beyond that of the lines.
    pub discount: i64,
}

pub const FROM: i64 = 1_750_000_000;
pub const WINDOW: PastWindow =
    PastWindow { from: FROM, to: FROM + 100_000, early: None, days: (Day(20_254), Day(20_255)), basis: Basis::Chosen };

/// The columns of a shop with these orders.
pub fn shop(orders: &[Made]) -> Dataset {
    let mut sorted: Vec<&Made> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.customer.unwrap_or(u32::MAX), order.at));
    let (mut o, mut l) = (Orders::default(), Lines::default());
    for (id, order) in (1..).zip(&sorted) {
        let (goods, off): (i64, i64) = order.lines.iter().fold((0, 0), |sum, line| (sum.0 + line.2, sum.1 + line.3));
        o.id.push(id);
        o.customer.push(order.customer.unwrap_or(NO_CUSTOMER));
        o.placed_at.push(FROM + order.at);
        o.day.push(Day(20_254));
        o.shipping.push(order.shipping);
        o.tax.push(0);
        o.discount.push(off + order.discount);
        // Orders of no value do not count.
        o.total.push((goods - off - order.discount + order.shipping).max(1));
        o.status.push(0);
        o.flags.push(0);
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(l.product.len() as u32);
        o.line_count.push(order.lines.len() as u32);
        for line in &order.lines {
            l.product.push(line.0);
            l.quantity_milli.push(line.1);
            l.amount.push(line.2);
            l.discount.push(line.3);
        }
    }
    let first = |c: u32| sorted.iter().filter(|order| order.customer.is_some_and(|own| own < c)).count() as u32;
    o.by_customer = (0..=CUSTOMERS).map(first).collect();
    let products = (0..=PRODUCTS).map(|id| (id, if id == 0 { 0 } else { 1 + id % 2 }));
    Dataset {
        customers: Arc::new(Customers {
            id: (1..=CUSTOMERS).collect(),
            created: vec![Day(0); CUSTOMERS as usize],
            country: vec![0; CUSTOMERS as usize],
        }),
        orders: Arc::new(o),
        lines: Arc::new(l),
        products: Arc::new(Products {
            id: products.clone().map(|p| p.0).collect(),
            category: products.map(|p| p.1).collect(),
            price: vec![None; PRODUCTS as usize + 1],
            // Of the last product nobody knows the cost.
            cost: (0..=PRODUCTS).map(|p| (p > 0 && p < PRODUCTS).then_some(i64::from(p) * 111)).collect(),
            stock: vec![None; PRODUCTS as usize + 1],
        }),
        currencies: vec![Currency::USD],
        labels: Arc::new(vec![String::new(), "Pots".into(), "Pans".into()]),
        span: Some((Day(20_000), Day(20_300))),
        ..Dataset::default()
    }
}

pub fn definitions() -> Definitions {
    Definitions { default_margin: Some(0.4), ..Definitions::default() }
}

pub fn usd(minor: i64) -> Amount {
    Amount { minor, currency: Currency::USD }
}

/// A plan with these tiers and nothing else.
pub fn plan(tiers: Vec<Tier>) -> SalePlan {
    let at = |text: &str| text.parse().unwrap();
    SalePlan {
        version: Default::default(),
        name: "Sale".into(),
        starts: at("2026-10-23T10:00:00"),
        ends: at("2026-10-26T10:00:00"),
        tiers,
        caps: Caps::default(),
        excluded: Excluded::default(),
        early_access: None,
        featured: Vec::new(),
        code: None,
        assumptions: Assumptions::default(),
    }
}

pub fn tier(name: &str, benefit: Benefit, from: Option<i64>, stacking: Stacking) -> Tier {
    Tier {
        name: name.into(),
        benefit,
        when: When { from: from.map(usd), ..When::default() },
        stacking,
        priority: 0,
        caps: Caps::default(),
    }
}

/// The framework's sale: 15 % from $50, 20 % from $100, free shipping from $75.
pub fn framework(currency: Currency) -> SalePlan {
    let percent = |percent| Benefit::PercentOff(Percent::whole(percent));
    let mut plan = plan(vec![
        tier("15% off", percent(15), Some(5_000), Stacking::BestOnly),
        tier("20% off", percent(20), Some(10_000), Stacking::BestOnly),
        tier("Free shipping", Benefit::FreeShipping, Some(7_500), Stacking::WithOthers),
    ]);
    for tier in &mut plan.tiers {
        tier.when.from.as_mut().unwrap().currency = currency;
    }
    plan
}

/// What the names of a made-up plan mean: every audience is customers 0 and 2.
pub fn resolved(plan: &SalePlan) -> Resolved {
    let some = || Bits::from_indices(CUSTOMERS as usize, [0, 2]);
    Resolved {
        products: (1..=PRODUCTS).map(|p| (format!("P{p}"), vec![p])).collect(),
        audiences: plan.tiers.iter().map(|tier| tier.when.audience.is_some().then(some)).collect(),
        early: plan.early_access.is_some().then(some),
    }
}

pub fn any_orders() -> impl Strategy<Value = Vec<Made>> {
    let line = (0..=PRODUCTS, 0_i64..4, prop::bool::weighted(0.1), -500_i64..6_000, 0_i64..300).prop_map(
        |(product, units, part, amount, off)| {
            let milli = units * 1_000 + if part { 250 } else { 0 };
            (product, milli, amount, if off < 200 { 0 } else { off.min(amount.max(0)) })
        },
    );
    let order = (
        prop::option::weighted(0.8, 0..CUSTOMERS),
        -2_000_i64..99_000,
        0_i64..900,
        prop::collection::vec(line, 0..6),
        prop::bool::ANY,
    );
    let order = order.prop_map(|(customer, at, shipping, lines, discounted)| Made {
        customer,
        at,
        shipping: (shipping - 300).max(0),
        discount: if discounted { 100 } else { 0 },
        lines,
    });
    prop::collection::vec(order, 1..14)
}

fn any_benefit() -> impl Strategy<Value = Benefit> {
    let percent = || (1_u32..=10_000).prop_map(Percent);
    prop_oneof![
        4 => percent().prop_map(Benefit::PercentOff),
        2 => (1_i64..4_000).prop_map(|minor| Benefit::AmountOff(usd(minor))),
        1 => (0_i64..900).prop_map(|minor| Benefit::Gift(Gift { name: "Mug".into(), cost: usd(minor) })),
        2 => (1_u32..3, 1_u32..3, percent())
            .prop_map(|(buy, get, percent)| Benefit::BuyGet(BuyGet { buy, get, percent })),
        2 => Just(Benefit::FreeShipping),
    ]
}

fn any_caps() -> impl Strategy<Value = Caps> {
    let amount = |most: i64| prop::option::weighted(0.25, (1..most).prop_map(usd));
    (amount(2_000), amount(6_000), prop::option::weighted(0.2, 1_u32..6)).prop_map(|(per_order, budget, units)| Caps {
        per_order,
        budget,
        units,
    })
}

fn any_tier() -> impl Strategy<Value = Tier> {
    let stacking = prop_oneof![Just(Stacking::BestOnly), Just(Stacking::WithOthers), Just(Stacking::Exclusive)];
    let when = (
        prop::option::weighted(0.7, 1_i64..12_000),
        prop::option::weighted(0.2, 1_u32..6),
        prop::option::weighted(0.25, 1..=PRODUCTS),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.15),
    )
        .prop_map(|(from, units, product, category, audience)| When {
            from: from.map(usd),
            units,
            products: product.map(|p| format!("P{p}")).into_iter().collect(),
            categories: if category { vec!["pans".into()] } else { Vec::new() },
            audience: audience.then(Default::default),
        });
    (any_benefit(), when, stacking, -1_i32..2, any_caps()).prop_map(|(benefit, when, stacking, priority, caps)| Tier {
        name: String::new(),
        benefit,
        when,
        stacking,
        priority,
        caps,
    })
}

pub fn any_plan() -> impl Strategy<Value = SalePlan> {
    let excluded = (prop::option::weighted(0.2, 1..=PRODUCTS), prop::bool::weighted(0.15), prop::bool::weighted(0.2))
        .prop_map(|(product, category, discounted_lines)| Excluded {
            products: product.map(|p| format!("P{p}")).into_iter().collect(),
            categories: if category { vec!["Pots".into()] } else { Vec::new() },
            discounted_lines,
        });
    let featured = prop::option::weighted(0.3, (1..=PRODUCTS, 0_u32..5)).prop_map(|featured| {
        featured.map(|(p, units)| Featured { product: format!("P{p}"), units }).into_iter().collect()
    });
    let assumptions = (prop::option::weighted(0.3, 0_i64..700), 0_u32..=10_000).prop_map(|(shipping, near)| {
        Assumptions { shipping: shipping.map(usd), near: Percent(near), ..Assumptions::default() }
    });
    (prop::collection::vec(any_tier(), 1..5), any_caps(), excluded, featured, assumptions).prop_map(
        |(tiers, caps, excluded, featured, assumptions)| {
            let named = tiers.into_iter().enumerate().map(|(n, tier)| Tier { name: format!("Tier {n}"), ..tier });
            let caps = Caps { units: None, ..caps };
            SalePlan { caps, excluded, featured, assumptions, ..plan(named.collect()) }
        },
    )
}
