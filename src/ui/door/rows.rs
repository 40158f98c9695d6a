//! The rows behind a figure as raw values, read from the workspace a page at a time.

use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use super::{Listed, VALUE, place};
use crate::analytics::clv::MILLION;
use crate::analytics::door::Rows;
use crate::jobs::Progress;
use crate::model::{Currency, Dataset};
use crate::ops::Session;
use crate::report::table_export::{Value, Written};
use crate::ui::deliver::Take;

/// Rows whose names are read at once.
const PAGE: usize = 4_096;

/// Rows of a term that are wanted elsewhere.
pub(super) struct Source {
    pub of: Rows,
    pub rows: Range<u64>,
    pub columns: Vec<usize>,
    pub listed: Arc<Listed>,
    pub data: Arc<Dataset>,
    pub currency: Currency,
}

impl Source {
    /// Hands all rows over.
    pub fn feed(&self, session: &Session, progress: &Progress, take: Take<'_>) -> Result<Written> {
        let end = (self.rows.end as usize).min(self.listed.at.len());
        let start = (self.rows.start as usize).min(end);
        progress.expect((end - start) as u64);
        let mut rows = (start..end).step_by(PAGE).flat_map(|from| {
            let page = from..(from + PAGE).min(end);
            let read = progress.step((from - start) as u64).map_err(Into::into);
            match read.and_then(|()| self.page(session, page)) {
                Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
                Err(error) => vec![Err(error)],
            }
        });
        take(&mut rows)
    }

    fn page(&self, session: &Session, page: Range<usize>) -> Result<Vec<Vec<Value>>> {
        let at = &self.listed.at[page.clone()];
        let values = &self.listed.values[page];
        let text = |text: Option<String>| text.map_or(Value::Empty, Value::Text);
        let names: Vec<[Value; 4]> = if self.of.are_customers() {
            let ids: Vec<u32> = at.iter().map(|&i| self.data.customers.id[i as usize]).collect();
            let named = session.customers(&ids)?.into_iter().map(|c| {
                let from = Value::Text(place(&c.origin));
                let name = c.name.or(c.email).or(c.shop_id.clone());
                [text(name), text(c.shop_id), text(c.country), from]
            });
            named.collect()
        } else {
            let ids: Vec<u32> = at.iter().map(|&i| self.data.orders.id[i as usize]).collect();
            let named = session.orders(&ids)?.into_iter().zip(at).map(|(order, &i)| {
                let day = Value::Day(self.data.orders.day[i as usize]);
                [Value::Text(order.number), day, text(order.customer), Value::Text(place(&order.origin))]
            });
            named.collect()
        };
        let row = |(names, &value): (&[Value; 4], &i64)| {
            let one = |&column: &usize| match column {
                VALUE => self.value(value),
                _ => names.get(column).cloned().unwrap_or(Value::Empty),
            };
            self.columns.iter().map(one).collect()
        };
        Ok(names.iter().zip(values).map(row).collect())
    }

    fn value(&self, value: i64) -> Value {
        match self.of {
            Rows::Revenue | Rows::Value => Value::Money(value, self.currency),
            Rows::Foretold => Value::Number(value as f64 / MILLION),
            Rows::Orders | Rows::Customers => Value::Count(value.unsigned_abs()),
        }
    }
}
