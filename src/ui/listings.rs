//! What the rows on view are called: read from the workspace a page at a time, never for all.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use super::cx::Cx;
use super::worker::Task;
use crate::ops::Session;

const PAGE: u64 = 64;
/// Pages kept before the oldest are forgotten.
const KEPT: usize = 256;
const AT_ONCE: usize = 3;

/// Reads the listings of rows of the workspace, in the order asked for.
pub type Read<T> = fn(&Session, &[u32]) -> Result<Vec<T>>;

/// Pages of listings for one list of positions in the dataset.
pub struct Listings<T> {
    list: Arc<Vec<u32>>,
    pages: HashMap<u64, Vec<T>>,
    asked: Vec<(u64, Task<Vec<T>>)>,
    wanted: Range<u64>,
}

impl<T> Default for Listings<T> {
    fn default() -> Self {
        Self { list: Arc::default(), pages: HashMap::new(), asked: Vec::new(), wanted: 0..0 }
    }
}

impl<T: Send + 'static> Listings<T> {
    /// The listing of a row, once it is there.
    pub fn get(&self, row: u64) -> Option<&T> {
        self.pages.get(&(row / PAGE))?.get((row % PAGE) as usize)
    }

    /// The rows on view.
    pub fn want(&mut self, rows: Range<u64>) {
        self.wanted = rows;
    }

    /// Takes in what has come and asks for what the rows on view lack. `ids` has the row id of each position.
    pub fn follow(&mut self, cx: &Cx, list: &Arc<Vec<u32>>, ids: &[u32], read: Read<T>) {
        if !Arc::ptr_eq(&self.list, list) {
            self.list = list.clone();
            self.pages.clear();
            self.asked.clear();
            self.wanted = 0..PAGE.min(list.len() as u64);
        }
        let pages = &mut self.pages;
        self.asked.retain(|(page, task)| match task.poll() {
            None => true,
            Some(result) => {
                pages.insert(*page, result.unwrap_or_default());
                false
            }
        });
        let on_view = self.wanted.start / PAGE..self.wanted.end.div_ceil(PAGE);
        self.asked.retain(|(page, _)| on_view.contains(page));
        if self.pages.len() > KEPT {
            self.pages.retain(|page, _| on_view.contains(page));
        }
        for page in on_view {
            let known = self.pages.contains_key(&page) || self.asked.iter().any(|(asked, _)| *asked == page);
            if !known && self.asked.len() < AT_ONCE {
                let from = usize::try_from(page * PAGE).unwrap_or(usize::MAX).min(list.len());
                let to = from.saturating_add(PAGE as usize).min(list.len());
                let wanted: Vec<u32> = list[from..to].iter().filter_map(|&i| ids.get(i as usize).copied()).collect();
                self.asked.push((page, cx.from_session(move |home, _| read(home.session()?, &wanted))));
            }
        }
    }
}
