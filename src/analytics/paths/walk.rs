//! What the first orders of each buyer are of.

use rayon::prelude::*;

use super::{By, MOST_STEPS, NOT_KNOWN, OTHERS, Settings, Thing};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day};

/// Customers that one thread takes at once.
const CHUNK: usize = 8_192;

/// The first orders of a buyer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    /// What each is of.
    pub keys: [u32; MOST_STEPS],
    /// When each was.
    pub days: [Day; MOST_STEPS],
    /// How many there are; 0 = no buyer.
    pub orders: u8,
}

impl Walk {
    const NONE: Self = Self { keys: [0; MOST_STEPS], days: [Day(0); MOST_STEPS], orders: 0 };
}

/// Things by number; 0 is "not known".
pub(super) struct Keys<'a> {
    data: &'a Dataset,
    by: By,
    /// Key by product index.
    of_product: Vec<u32>,
    /// Names by key, where things are first levels of categories.
    tops: Vec<String>,
}

impl<'a> Keys<'a> {
    pub fn new(data: &'a Dataset, by: By) -> Self {
        let products = data.products.id.len();
        let (of_product, tops) = match by {
            // Entry 0 of the products stands for "no product".
            By::Product => ((0..products as u32).collect(), Vec::new()),
            By::Category => (data.products.category.clone(), Vec::new()),
            By::TopCategory => {
                let (top_of, tops) = tops(&data.labels);
                let top = |&category: &u32| top_of.get(category as usize).copied().unwrap_or(0);
                (data.products.category.iter().map(top).collect(), tops)
            }
        };
        Self { data, by, of_product, tops }
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.of_product.iter().max().map_or(1, |&most| most as usize + 1)
    }

    pub fn thing(&self, key: u32) -> Thing {
        let name = match self.by {
            _ if key == 0 => NOT_KNOWN,
            By::Product => return Thing { name: format!("Product {key}"), product: Some(key) },
            By::Category => self.data.labels.get(key as usize).map_or(NOT_KNOWN, String::as_str),
            By::TopCategory => self.tops.get(key as usize).map_or(NOT_KNOWN, String::as_str),
        };
        Thing { name: name.to_owned(), product: None }
    }

    /// What an order is of: the key that most was paid for; of equals the one on the earlier line.
    fn of_order(&self, order: usize, scratch: &mut Vec<(u32, u32, i64)>) -> u32 {
        let (orders, lines) = (&self.data.orders, &self.data.lines);
        let from = orders.line_start[order] as usize;
        let key = |line: usize| self.of_product.get(lines.product[line] as usize).copied().unwrap_or(0);
        match orders.line_count[order] {
            0 => 0,
            1 => key(from),
            count => {
                scratch.clear();
                let range = from..from + count as usize;
                scratch.extend(
                    (0..).zip(range).map(|(n, line)| (key(line), n, lines.amount.get(line) - lines.discount.get(line))),
                );
                scratch.sort_unstable();
                let sums = scratch.chunk_by(|a, b| a.0 == b.0).filter(|lines| lines[0].0 > 0);
                let best = sums.map(|lines| {
                    (lines.iter().map(|line| line.2).sum::<i64>(), std::cmp::Reverse(lines[0].1), lines[0].0)
                });
                best.max().map_or(0, |(_, _, key)| key)
            }
        }
    }

    /// The things that the walks pass most often, and the place of every key among them.
    pub fn most_bought(&self, walks: &[Walk], settings: Settings) -> (Vec<Thing>, Vec<u8>) {
        let mut passed = vec![0_u64; self.len()];
        for walk in walks {
            walk.keys[..usize::from(walk.orders)].iter().for_each(|&key| passed[key as usize] += 1);
        }
        let mut order: Vec<(u32, u64)> = (0..).zip(passed).filter(|(_, n)| *n > 0).collect();
        order.sort_unstable_by_key(|&(key, n)| (std::cmp::Reverse(n), key));
        // One that would stand alone among the others is named.
        let shown = if order.len() == settings.top + 1 { order.len() } else { order.len().min(settings.top) };
        let mut place_of = vec![shown as u8; self.len()];
        (0..).zip(&order[..shown]).for_each(|(place, &(key, _))| place_of[key as usize] = place);
        let mut things: Vec<Thing> = order[..shown].iter().map(|&(key, _)| self.thing(key)).collect();
        if order.len() > shown {
            things.push(Thing { name: OTHERS.to_owned(), product: None });
        }
        (things, place_of)
    }
}

/// The first level of every label, as numbers of names; 0 is "not known".
fn tops(labels: &[String]) -> (Vec<u32>, Vec<String>) {
    let mut numbers = rustc_hash::FxHashMap::default();
    let mut names = vec![String::new()];
    let top_of = labels.iter().map(|label| {
        let top = label.split('>').next().unwrap_or_default().trim();
        if top.is_empty() {
            return 0;
        }
        *numbers.entry(top).or_insert_with(|| {
            names.push(top.to_owned());
            names.len() as u32 - 1
        })
    });
    (top_of.collect(), names)
}

/// The first orders of every customer, by index.
pub(super) fn walks(
    data: &Dataset,
    revenue: &Revenue<'_>,
    keys: &Keys<'_>,
    steps: usize,
    progress: &Progress,
) -> Result<Vec<Walk>, Cancelled> {
    let mut walks = vec![Walk::NONE; data.customers.id.len()];
    walks.par_chunks_mut(CHUNK).enumerate().try_for_each(|(chunk, walks)| {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        let mut scratch = Vec::new();
        for (offset, walk) in walks.iter_mut().enumerate() {
            let purchases = data.orders.of_customer(chunk * CHUNK + offset).filter(|&i| revenue.is_purchase(i));
            for (n, order) in purchases.take(steps).enumerate() {
                walk.keys[n] = keys.of_order(order, &mut scratch);
                walk.days[n] = data.orders.day[order];
                walk.orders += 1;
            }
        }
        Ok(())
    })?;
    Ok(walks)
}
