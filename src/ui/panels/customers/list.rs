//! Which customers, in which order: filtered and sorted by index, off the window's thread.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use crate::analytics::clv::{CustomerValue, LifetimeValue};
use crate::analytics::facts::CustomerFacts;
use crate::analytics::segments::{NOT_PRESENT, SegmentTable};
use crate::jobs::{Cancelled, Progress};
use crate::model::Dataset;
use crate::ui::cx::MemberFilter;
use crate::ui::shop::TableKey;
use crate::ui::slot::Same;

/// Customers in order, with the table they were listed from: what is drawn never mixes two days.
#[derive(Clone)]
pub struct Listed {
    /// The segment table.
    pub table: Arc<SegmentTable>,
    /// Customers by index.
    pub rows: Arc<Vec<u32>>,
}

/// What a list depends on.
#[derive(Clone, PartialEq)]
pub struct ListKey {
    /// The segment table that the list is taken from.
    pub table: TableKey,
    /// Who is listed.
    pub filter: MemberFilter,
    /// In which order.
    pub sort: Sort,
    /// What is foretold, where the order rests on it.
    pub lifetime: Option<Same<LifetimeValue>>,
}

/// An order of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// What is compared.
    pub by: By,
    /// Largest first.
    pub down: bool,
}

/// What customers are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Orders in 12 months.
    OrdersInYear,
    /// Revenue in 12 months.
    RevenueInYear,
    /// Orders ever.
    Orders,
    /// Revenue ever.
    Revenue,
    /// Day of the first order.
    First,
    /// Day of the last order.
    Last,
    /// Chance to be active, once it is foretold.
    Alive,
    /// Expected value.
    Worth,
}

impl Sort {
    /// The order that a column of the page asks for.
    pub fn of(column: Option<(usize, bool)>) -> Self {
        let (column, down) = column.unwrap_or((5, true));
        let by = match column {
            4 => By::OrdersInYear,
            6 => By::Orders,
            7 => By::Revenue,
            8 => By::First,
            9 => By::Last,
            super::ALIVE => By::Alive,
            super::WORTH => By::Worth,
            _ => By::RevenueInYear,
        };
        Self { by, down }
    }

    /// What a customer is compared by; those of whom nothing is foretold stand below all others.
    fn key(self, facts: &CustomerFacts, foretold: Option<&CustomerValue>) -> i64 {
        match self.by {
            By::OrdersInYear => i64::from(facts.orders_in_year),
            By::RevenueInYear => facts.revenue_in_year,
            By::Orders => i64::from(facts.orders),
            By::Revenue => facts.revenue,
            By::First => i64::from(facts.first.0),
            By::Last => i64::from(facts.last.0),
            By::Alive => foretold.map_or(i64::MIN, |one| (one.p_alive * 1e12) as i64),
            By::Worth => foretold.map_or(i64::MIN, |one| one.value),
        }
    }
}

/// Customers that pass the filter, by index, sorted; equal ones by index. `found` are row ids that the search gave.
pub fn members(
    (table, lifetime): (&SegmentTable, Option<&LifetimeValue>),
    data: &Dataset,
    filter: &MemberFilter,
    found: Option<&[u32]>,
    sort: Sort,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let passes = |i: u32| {
        let c = i as usize;
        let segment = table.segment_of.get(c).copied().unwrap_or(NOT_PRESENT);
        let there = match &filter.picked {
            Some(picked) => picked.members.has(c),
            None => segment != NOT_PRESENT,
        };
        there
            && filter.segment.is_none_or(|wanted| wanted as u8 == segment)
            && filter.country.is_none_or(|wanted| data.customers.country.get(c) == Some(&wanted))
            && found.is_none_or(|ids| data.customers.id.get(c).is_some_and(|id| ids.binary_search(id).is_ok()))
    };
    let mut list: Vec<u32> = (0..table.segment_of.len() as u32).into_par_iter().filter(|&i| passes(i)).collect();
    progress.step(0)?;
    let key = |&i: &u32| {
        let foretold = lifetime.and_then(|lifetime| lifetime.base.customers.get(i as usize)?.as_ref());
        table.facts.get(i as usize).map_or(i64::MIN, |facts| sort.key(facts, foretold))
    };
    if sort.down {
        list.par_sort_by_cached_key(|i| (Reverse(key(i)), *i));
    } else {
        list.par_sort_by_cached_key(|i| (key(i), *i));
    }
    progress.step(1)?;
    Ok(list)
}

/// Countries of customers, as label indices in the order of their names.
pub fn countries(data: &Dataset) -> Vec<u32> {
    let mut seen = vec![false; data.labels.len()];
    for &label in &data.customers.country {
        if let Some(seen) = seen.get_mut(label as usize) {
            *seen = true;
        }
    }
    let mut found: Vec<u32> = (0..).zip(&seen).filter(|(_, seen)| **seen).map(|(label, _)| label).collect();
    found.sort_by(|a, b| data.labels[*a as usize].cmp(&data.labels[*b as usize]));
    found
}
