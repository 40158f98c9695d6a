//! What platforms claim, against what was sold.

use std::path::Path;

use anyhow::Result;

use super::Session;
use super::session::last_day;
use crate::analytics::claims::{Claimable, Ledger, Period, Settings, Sources, ledger};
use crate::analytics::cohorts::Step;
use crate::jobs::Progress;
use crate::model::{Dataset, Day};
use crate::report::table_export::{List, TableFormat, Value, Written, save};
use crate::workspace::lists::OrderListing;

/// Days before an order within which a touch may have led to it.
pub const LOOK_BACK: u32 = 30;

/// Days of the ledger when none are asked for.
const YEAR: i32 = 365;

impl Session {
    /// The ledger of claims; without days of the year up to the last one with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn claims(
        &mut self,
        (from, to): (Option<Day>, Option<Day>),
        by: Step,
        look_back: u32,
        progress: &Progress,
    ) -> Result<Ledger> {
        let data = self.dataset(progress)?;
        let touches = self.touches(progress)?;
        let definitions = self.definitions()?;
        let platforms = self.workspace.claims(definitions.zone)?;
        let to = to.unwrap_or_else(|| last_day(&data));
        let from = from.unwrap_or(Day(to.0 - YEAR + 1));
        anyhow::ensure!(from <= to, "the first day lies after the last one; exchange them");
        let names = self.channel_names()?;
        let sources = Sources { data: &data, platforms: &platforms, touches: &touches, names: &names };
        Ok(ledger(sources, &definitions, Settings { from, to, by, look_back }, progress)?)
    }

    /// Saves the ledger: a row for each period and platform, those of all days together last.
    ///
    /// # Errors
    /// When the file cannot be written; none is left then.
    pub fn export_claims(&self, ledger: &Ledger, path: &Path, format: &dyn TableFormat) -> Result<Written> {
        let periods = ledger.periods.iter().chain([&ledger.total]);
        let rows = periods.flat_map(|period| (0..ledger.platforms.len()).map(move |n| row(ledger, period, n)));
        save(path, format, &list("Claims", COLUMNS), &mut rows.map(Ok))
    }

    /// Saves the orders that platforms can claim, each with those that can.
    ///
    /// # Errors
    /// When the file cannot be written or the workspace cannot be read; no file is left then.
    pub fn export_claimed_orders(
        &self,
        ledger: &Ledger,
        data: &Dataset,
        path: &Path,
        format: &dyn TableFormat,
    ) -> Result<Written> {
        let claimed = ledger.claimable.as_ref().map_or(&[][..], |claimable| &claimable.orders);
        let mut rows = claimed.chunks(PAGE).flat_map(|page| match self.order_rows(ledger, data, page) {
            Ok(rows) => rows.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        });
        save(path, format, &list("Claimed orders", ORDER_COLUMNS), &mut rows)
    }

    fn order_rows(&self, ledger: &Ledger, data: &Dataset, page: &[(u32, u64)]) -> Result<Vec<Vec<Value>>> {
        let ids: Vec<u32> = page.iter().map(|(at, _)| data.orders.id[*at as usize]).collect();
        let listed = self.orders(&ids)?;
        let row = |(listing, (at, bits)): (&OrderListing, &(u32, u64))| {
            let names: Vec<&str> = Claimable::platforms(*bits).map(|n| ledger.platforms[n].title.as_str()).collect();
            let currency = data.currencies.get(usize::from(data.orders.currency[*at as usize])).copied();
            vec![
                Value::Text(listing.number.clone()),
                Value::Day(data.orders.day[*at as usize]),
                Value::Money(data.orders.total.get(*at as usize), currency.unwrap_or(ledger.currency)),
                Value::Count(names.len() as u64),
                Value::Text(names.join(", ")),
            ]
        };
        Ok(listed.iter().zip(page).map(row).collect())
    }
}

/// Orders read at once.
const PAGE: usize = 4_096;

const COLUMNS: &[&str] = &[
    "From",
    "To",
    "Platform",
    "Channel",
    "Claimed orders",
    "Claimed revenue",
    "Orders",
    "Revenue",
    "Share of orders",
    "Share of revenue",
    "Orders it touched",
    "Claimed beyond these",
    "Days covered",
];

const ORDER_COLUMNS: &[&str] = &["Order", "Day", "Total", "Claimed times", "Platforms"];

fn list(title: &str, columns: &[&str]) -> List {
    List { title: title.to_owned(), columns: columns.iter().map(|name| (*name).to_owned()).collect() }
}

fn row(ledger: &Ledger, period: &Period, n: usize) -> Vec<Value> {
    let (platform, claim) = (&ledger.platforms[n], &period.claims[n]);
    let number = |n: Option<f64>| n.map_or(Value::Empty, Value::Number);
    let milli = |n: Option<i64>| number(n.map(|n| n as f64 / 1_000.0));
    vec![
        Value::Day(period.from),
        Value::Day(period.to),
        Value::Text(platform.title.clone()),
        Value::Text(platform.channel.clone().unwrap_or_else(|| "All".into())),
        milli(claim.orders_milli),
        claim.revenue.map_or(Value::Empty, |revenue| Value::Money(revenue, ledger.currency)),
        Value::Count(period.orders),
        Value::Money(period.revenue, ledger.currency),
        number(claim.share_of_orders),
        number(claim.share_of_revenue),
        claim.supported.map_or(Value::Empty, Value::Count),
        milli(claim.unsupported_milli),
        Value::Count(claim.covered_days.into()),
    ]
}
