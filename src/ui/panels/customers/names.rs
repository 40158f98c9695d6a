//! Names of the customers on view: read from the workspace a page at a time, never for all.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::model::Dataset;
use crate::ui::cx::Cx;
use crate::ui::worker::Task;
use crate::workspace::lists::CustomerListing;

const PAGE: u64 = 64;
/// Pages kept before the oldest are forgotten.
const KEPT: usize = 256;
const AT_ONCE: usize = 3;

/// Pages of names for one list.
#[derive(Default)]
pub struct Names {
    list: Arc<Vec<u32>>,
    pages: HashMap<u64, Vec<CustomerListing>>,
    asked: Vec<(u64, Task<Vec<CustomerListing>>)>,
    wanted: Range<u64>,
}

impl Names {
    /// The listing of a row, once it is there.
    pub fn get(&self, row: u64) -> Option<&CustomerListing> {
        self.pages.get(&(row / PAGE))?.get((row % PAGE) as usize)
    }

    /// The rows on view.
    pub fn want(&mut self, rows: Range<u64>) {
        self.wanted = rows;
    }

    /// Takes in what has come and asks for what the rows on view lack.
    pub fn follow(&mut self, cx: &Cx, list: &Arc<Vec<u32>>, data: &Arc<Dataset>) {
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
                let ids: Vec<u32> =
                    list[from..to].iter().filter_map(|&i| data.customers.id.get(i as usize).copied()).collect();
                let task = cx.from_session(move |home, _| home.session()?.customers(&ids));
                self.asked.push((page, task));
            }
        }
    }
}
