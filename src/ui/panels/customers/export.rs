//! The list of customers as rows of raw values, read from the workspace a page at a time.

use std::sync::Arc;

use anyhow::Result;

use super::{ALIVE, WORTH, segment_in};
use crate::analytics::clv::LifetimeValue;
use crate::analytics::segments::{Segment, SegmentTable};
use crate::jobs::Progress;
use crate::model::Dataset;
use crate::model::dataset::NO_DAY;
use crate::ops::Session;
use crate::report::table_export::{Value, Written};
use crate::ui::deliver::{Take, in_pages};
use crate::workspace::lists::CustomerListing;

/// What a list shows: customers by index, and where their figures come from.
pub struct Source {
    /// Which customers, in order.
    pub list: Vec<u32>,
    /// Figures.
    pub table: Arc<SegmentTable>,
    /// The other date, while two are compared.
    pub other: Option<Arc<SegmentTable>>,
    /// What models foretell of the same day, where that is known.
    pub lifetime: Option<Arc<LifetimeValue>>,
    /// Countries and row ids.
    pub data: Arc<Dataset>,
    /// Which columns of the page.
    pub columns: Vec<usize>,
}

impl Source {
    /// Hands all rows over.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work is cancelled.
    pub fn feed(&self, session: &Session, progress: &Progress, take: Take<'_>) -> Result<Written> {
        in_pages(&self.list, progress, take, |page| self.rows(session, page))
    }

    fn rows(&self, session: &Session, page: &[u32]) -> Result<Vec<Vec<Value>>> {
        let id = |&customer: &u32| self.data.customers.id.get(customer as usize).copied().unwrap_or_default();
        let ids: Vec<u32> = page.iter().map(id).collect();
        let listings = session.customers(&ids)?;
        let row = |(&customer, listing): (&u32, CustomerListing)| {
            self.columns.iter().map(|&column| self.value(customer as usize, &listing, column)).collect()
        };
        Ok(page.iter().zip(listings).map(row).collect())
    }

    fn value(&self, customer: usize, listing: &CustomerListing, column: usize) -> Value {
        let text = |text: Option<&str>| text.map_or(Value::Empty, |text| Value::Text(text.to_owned()));
        let day = |day| if day == NO_DAY { Value::Empty } else { Value::Day(day) };
        let Some(facts) = self.table.facts.get(customer) else { return Value::Empty };
        match column {
            0 => text(listing.name.as_deref().or(listing.shop_id.as_deref()).or(listing.email.as_deref())),
            1 => text(listing.email.as_deref()),
            2 => text(listing.country.as_deref()),
            3 => text(segment_in(&self.table, customer).map(Segment::name)),
            4 => Value::Count(u64::from(facts.orders_in_year)),
            5 => Value::Money(facts.revenue_in_year, self.table.currency),
            6 => Value::Count(u64::from(facts.orders)),
            7 => Value::Money(facts.revenue, self.table.currency),
            8 => day(facts.first),
            9 => day(facts.last),
            ALIVE | WORTH if self.lifetime.is_some() => {
                let known = self.lifetime.as_ref().and_then(|l| l.base.customers.get(customer)?.as_ref());
                match known {
                    None => Value::Empty,
                    Some(one) if column == ALIVE => Value::Number(one.p_alive),
                    Some(one) => Value::Money(one.value, self.table.currency),
                }
            }
            _ => text(self.other.as_ref().and_then(|other| segment_in(other, customer)).map(Segment::name)),
        }
    }
}
