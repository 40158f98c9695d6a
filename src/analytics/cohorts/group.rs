//! What makes a cohort: which group each customer belongs to, by the first order.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::periods::Calendar;
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions};

/// What makes a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Period of the first order.
    #[default]
    FirstOrder,
    /// Product on the first line of the first order.
    FirstProduct,
    /// Its category.
    FirstCategory,
    /// Discount code of the first order.
    FirstCode,
    /// Channel of the first order.
    Channel,
    /// Country of the customer.
    Country,
    /// Whether the first order was discounted.
    Discounted,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::FirstOrder,
        Self::FirstProduct,
        Self::FirstCategory,
        Self::FirstCode,
        Self::Channel,
        Self::Country,
        Self::Discounted,
    ];

    /// Its words: `first product`.
    pub fn words(self) -> &'static str {
        match self {
            Self::FirstOrder => "period of the first order",
            Self::FirstProduct => "first product",
            Self::FirstCategory => "first category",
            Self::FirstCode => "discount code of the first order",
            Self::Channel => "channel of the first order",
            Self::Country => "country",
            Self::Discounted => "discount on the first order",
        }
    }

    /// Its key on the command line: `first-product`.
    pub fn key(self) -> &'static str {
        match self {
            Self::FirstOrder => "first-order",
            Self::FirstProduct => "first-product",
            Self::FirstCategory => "first-category",
            Self::FirstCode => "first-code",
            Self::Channel => "channel",
            Self::Country => "country",
            Self::Discounted => "discounted",
        }
    }
}

/// The name of what is in none of the largest groups.
pub const OTHERS: &str = "All others";
/// Groups beside [`OTHERS`].
const LARGEST: usize = 30;
/// The customer never ordered.
pub(super) const NOBODY: u32 = u32::MAX;

/// Groups of customers.
pub(super) struct Groups {
    /// Period of the first order by customer, or [`NOBODY`].
    pub first: Vec<u32>,
    /// Group by customer; meaningless where nobody ordered.
    pub of: Vec<u32>,
    /// Names of the groups; of products an empty name stands for the index in [`Self::products`].
    pub names: Vec<Name>,
}

/// What a group is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// By a period.
    Period(u32),
    /// By a text.
    Text(String),
    /// By a product: index in the dataset.
    Product(u32),
}

pub(super) fn groups(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    calendar: &Calendar,
    (by, codes): (Grouping, &[(u32, u32)]),
    progress: &Progress,
) -> Result<Groups, Cancelled> {
    let revenue = Revenue::new(data, definitions, as_of);
    progress.step(0)?;
    let first_order: Vec<u32> = (0..data.customers.id.len())
        .into_par_iter()
        .map(|customer| {
            let first = data.orders.of_customer(customer).find(|&i| revenue.is_purchase(i));
            first.map_or(NOBODY, |i| i as u32)
        })
        .collect();
    progress.step(1)?;
    let period = |&i: &u32| if i == NOBODY { NOBODY } else { calendar.period(data.orders.day[i as usize]) };
    let first: Vec<u32> = first_order.par_iter().map(period).collect();
    if by == Grouping::FirstOrder {
        let last = first.par_iter().copied().filter(|&p| p != NOBODY).max();
        let from = first.par_iter().copied().filter(|&p| p != NOBODY).min();
        // Periods before the first customer are none of the matrix.
        let (from, names) = match from.zip(last) {
            Some((from, last)) => (from, (from..=last).map(Name::Period).collect()),
            None => (0, Vec::new()),
        };
        let of = first.par_iter().map(|&p| p.saturating_sub(from)).collect();
        return Ok(Groups { first, of, names });
    }
    let key = |(customer, &order): (usize, &u32)| match order {
        NOBODY => NOBODY,
        order => key_of(data, (by, codes), customer, order as usize),
    };
    let keys: Vec<u32> = first_order.par_iter().enumerate().map(key).collect();
    let (of, names) = largest(data, by, &keys);
    Ok(Groups { first, of, names })
}

/// What a customer is grouped by, as a number; 0 is "not known" for labels.
fn key_of(data: &Dataset, (by, codes): (Grouping, &[(u32, u32)]), customer: usize, order: usize) -> u32 {
    let orders = &data.orders;
    let product = || (orders.line_count[order] > 0).then(|| data.lines.product[orders.line_start[order] as usize]);
    match by {
        Grouping::FirstOrder => 0,
        // One more than the index, so that 0 is left for orders without lines.
        Grouping::FirstProduct => product().map_or(0, |product| product.saturating_add(1)),
        Grouping::FirstCategory => product().and_then(|p| data.products.category.get(p as usize)).copied().unwrap_or(0),
        Grouping::FirstCode => {
            // Of several codes the one that the shop saw first.
            let at = codes.partition_point(|(at, _)| (*at as usize) < order);
            codes.get(at).filter(|(at, _)| *at as usize == order).map_or(0, |(_, code)| *code)
        }
        Grouping::Channel => orders.channel[order],
        Grouping::Country => data.customers.country[customer],
        Grouping::Discounted => u32::from(orders.discount.get(order) > 0) + 1,
    }
}

/// Group numbers for keys: the largest groups by themselves, from large to small, the rest together.
fn largest(data: &Dataset, by: Grouping, keys: &[u32]) -> (Vec<u32>, Vec<Name>) {
    let mut sizes: FxHashMap<u32, u64> = FxHashMap::default();
    for &key in keys.iter().filter(|key| **key != NOBODY) {
        *sizes.entry(key).or_default() += 1;
    }
    let mut order: Vec<(u32, u64)> = sizes.into_iter().collect();
    order.sort_unstable_by_key(|&(key, n)| (std::cmp::Reverse(n), key));
    let many = order.len() > LARGEST + 1;
    let shown = if many { LARGEST } else { order.len() };
    let mut names: Vec<Name> = order[..shown].iter().map(|&(key, _)| name(data, by, key)).collect();
    let number: FxHashMap<u32, u32> = (0_u32..).zip(&order[..shown]).map(|(n, &(key, _))| (key, n)).collect();
    let rest = shown as u32;
    if many {
        names.push(Name::Text(OTHERS.to_owned()));
    }
    let of = keys.par_iter().map(|key| number.get(key).copied().unwrap_or(rest)).collect();
    (of, names)
}

fn name(data: &Dataset, by: Grouping, key: u32) -> Name {
    let label = |key: u32| data.labels.get(key as usize).filter(|text| !text.is_empty());
    let known = match by {
        Grouping::FirstProduct if key > 0 => return Name::Product(key - 1),
        Grouping::Discounted => Some(if key == 2 { "Discounted" } else { "Full price" }.to_owned()),
        Grouping::FirstProduct => None,
        Grouping::FirstCode if key == 0 => Some("No code".to_owned()),
        _ => label(key).cloned(),
    };
    Name::Text(known.unwrap_or_else(|| "Not known".to_owned()))
}
