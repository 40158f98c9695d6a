//! The list of customers as rows of raw values, read from the workspace a page at a time.

use std::sync::Arc;

use anyhow::Result;

use super::list::{COLUMNS, One};
use crate::analytics::clv::LifetimeValue;
use crate::jobs::Progress;
use crate::model::Dataset;
use crate::ops::Session;
use crate::report::table_export::{Value, Written};
use crate::ui::deliver::{Take, in_pages};
use crate::workspace::lists::CustomerListing;

/// What the list shows: customers by index, and where their figures come from.
pub(super) struct Source {
    pub list: Vec<u32>,
    pub value: Arc<LifetimeValue>,
    pub data: Arc<Dataset>,
    pub columns: Vec<usize>,
}

impl Source {
    /// Hands all rows over.
    pub fn feed(&self, session: &Session, progress: &Progress, take: Take<'_>) -> Result<Written> {
        in_pages(&self.list, progress, take, |page| self.rows(session, page))
    }

    fn rows(&self, session: &Session, page: &[u32]) -> Result<Vec<Vec<Value>>> {
        let id = |&index: &u32| self.data.customers.id.get(index as usize).copied().unwrap_or_default();
        let listings = session.customers(&page.iter().map(id).collect::<Vec<u32>>())?;
        let row = |(&index, listing): (&u32, CustomerListing)| {
            let customer = self.value.base.customers.get(index as usize)?.as_ref()?;
            let outlook = self.value.base.with_intervals(customer);
            let one = One { value: &self.value, index, customer, outlook: &outlook };
            let cells = self.columns.iter().filter_map(|&column| COLUMNS.get(column));
            Some(cells.map(|shows| one.raw(*shows, &listing)).collect())
        };
        Ok(page.iter().zip(listings).filter_map(row).collect())
    }
}
