//! Visits by web analytics. Rows of one file of the same days and origin add up; what a later file says of them
//! replaces it.

use std::collections::BTreeMap;

use rusqlite::params;

use super::carts::{find, upsert};
use super::{Context, Result};
use crate::model::Day;
use crate::model::record::VisitRecord;

/// Days, campaign, channel and source.
type Key = (Day, Day, String, String, String);

/// The visits of a file, added up until its end.
#[derive(Default)]
pub struct Visits {
    sums: BTreeMap<Key, VisitRecord>,
}

impl Visits {
    /// Adds a row.
    pub fn add(&mut self, row: VisitRecord) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let key = (row.day, row.until.unwrap_or(row.day), text(&row.campaign), text(&row.channel), text(&row.source));
        match self.sums.get_mut(&key) {
            None => {
                self.sums.insert(key, row);
            }
            Some(sum) => {
                let add = |sum: &mut Option<i64>, more: Option<i64>| {
                    *sum = sum.map_or(more, |sum| Some(sum.saturating_add(more.unwrap_or(0))));
                };
                add(&mut sum.users, row.users);
                add(&mut sum.sessions, row.sessions);
                add(&mut sum.conversions_milli, row.conversions_milli);
                add(&mut sum.purchases, row.purchases);
                add(&mut sum.revenue, row.revenue);
            }
        }
    }

    /// Stores the sums.
    pub fn finish(self, context: &mut Context<'_>) -> Result<()> {
        for ((day, until, campaign, channel, source), sum) in self.sums {
            let (day, until) = (day.to_string(), until.to_string());
            let currency = context.labels.id(sum.currency.unwrap_or(context.currency).code())?;
            let sql = "SELECT id FROM visit WHERE day = ? AND until = ? AND campaign = ? AND channel = ? AND source = ?
                AND origin = ?";
            let known = find(context, sql, params![day, until, campaign, channel, source, context.origin])?;
            let change = upsert(context, "visit", known, |context| {
                let sql =
                    "INSERT INTO visit (day, until, campaign, channel, source, origin, users, sessions, conversions,
                        purchases, revenue, currency, import_id, line)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET users = coalesce(excluded.users, users),
                        sessions = coalesce(excluded.sessions, sessions),
                        conversions = coalesce(excluded.conversions, conversions),
                        purchases = coalesce(excluded.purchases, purchases),
                        revenue = coalesce(excluded.revenue, revenue), currency = excluded.currency";
                context.connection.prepare_cached(sql)?.execute(params![
                    day,
                    until,
                    campaign,
                    channel,
                    source,
                    context.origin,
                    sum.users,
                    sum.sessions,
                    sum.conversions_milli,
                    sum.purchases,
                    sum.revenue,
                    currency,
                    context.import,
                    sum.line as i64
                ])?;
                Ok(())
            })?;
            context.tally.add("visit rows", change, 1);
        }
        Ok(())
    }
}
