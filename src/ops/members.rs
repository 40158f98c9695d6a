//! Lists of customers, as files.

use std::path::Path;

use anyhow::Result;

use super::Session;
use super::session::segment_name;
use crate::analytics::segments::SegmentTable;
use crate::jobs::Progress;
use crate::model::Dataset;
use crate::model::dataset::NO_DAY;
use crate::report::table_export::{self, List, TableFormat, Value, Written};

/// Columns of a member list.
const COLUMNS: &[&str] = &[
    "Customer id",
    "E-mail",
    "Name",
    "Country",
    "Segment",
    "Orders",
    "Orders in 12 months",
    "Revenue",
    "Revenue in 12 months",
    "First order",
    "Last order",
    "Currency",
];

/// Customers whose names are fetched at once while a list is written.
const PAGE: usize = 4_096;

impl Session {
    /// Writes customers (indices of the dataset) with their figures, in the order given.
    pub fn export_members(
        &self,
        data: &Dataset,
        table: &SegmentTable,
        members: &[u32],
        path: &Path,
        format: &dyn TableFormat,
        progress: &Progress,
    ) -> Result<Written> {
        progress.expect(members.len() as u64);
        let list = List { title: "Customers".into(), columns: COLUMNS.iter().map(|&c| c.to_owned()).collect() };
        let mut done = 0;
        let mut pages = members.chunks(PAGE).flat_map(|page| {
            done += page.len() as u64;
            let rows = progress.step(done).map_err(Into::into).and_then(|()| self.member_rows(data, table, page));
            match rows {
                Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
                Err(error) => vec![Err(error)],
            }
        });
        table_export::save(path, format, &list, &mut pages)
    }

    fn member_rows(&self, data: &Dataset, table: &SegmentTable, members: &[u32]) -> Result<Vec<Vec<Value>>> {
        let ids: Vec<u32> = members.iter().map(|&i| data.customers.id[i as usize]).collect();
        let text = |value: Option<String>| value.map_or(Value::Empty, Value::Text);
        let currency = table.currency;
        let rows = members.iter().zip(self.customers(&ids)?).map(|(&i, customer)| {
            let facts = &table.facts[i as usize];
            let day = |day| if day == NO_DAY { Value::Empty } else { Value::Day(day) };
            vec![
                text(customer.shop_id),
                text(customer.email),
                text(customer.name),
                text(customer.country),
                Value::Text(segment_name(table, i).into()),
                Value::Count(u64::from(facts.orders)),
                Value::Count(u64::from(facts.orders_in_year)),
                Value::Money(facts.revenue, currency),
                Value::Money(facts.revenue_in_year, currency),
                day(facts.first),
                day(facts.last),
                Value::Text(currency.code().into()),
            ]
        });
        Ok(rows.collect())
    }
}
