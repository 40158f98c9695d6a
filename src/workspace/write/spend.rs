//! Spend on advertising. Rows of one file that say the same days, channel, campaign and currency are parts of one
//! amount; what a later file says of it replaces it.

use std::collections::BTreeMap;

use rusqlite::params;

use super::carts::{find, upsert};
use super::{Context, Result};
use crate::model::record::{NamedCampaign, SpendRecord};
use crate::model::{Currency, Day};

/// What an amount is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    day: Day,
    until: Option<Day>,
    channel: String,
    campaign: Option<(String, String)>,
    currency: Currency,
}

/// An amount with the line it was first seen in.
#[derive(Debug, Clone, Copy)]
struct Sum {
    line: u64,
    amount: i64,
    impressions: Option<i64>,
    clicks: Option<i64>,
    conversions: Option<i64>,
    value: Option<i64>,
}

/// The spend of a file, added up until its end.
#[derive(Default)]
pub struct Spend {
    sums: BTreeMap<Key, Sum>,
}

impl Spend {
    /// Adds a row.
    pub fn add(&mut self, row: SpendRecord, context: &Context<'_>) {
        let key = Key {
            day: row.day,
            until: row.until,
            channel: row.channel.unwrap_or_default(),
            campaign: row.campaign.map(|NamedCampaign { key, name }| (key, name)),
            currency: row.currency.unwrap_or(context.currency),
        };
        let none = Sum { line: row.line, amount: 0, impressions: None, clicks: None, conversions: None, value: None };
        let sum = self.sums.entry(key).or_insert(none);
        let add = |a: Option<i64>, b: Option<i64>| a.map_or(b, |a| Some(a.saturating_add(b.unwrap_or(0))));
        sum.amount = sum.amount.saturating_add(row.amount);
        sum.impressions = add(sum.impressions, row.impressions);
        sum.clicks = add(sum.clicks, row.clicks);
        sum.conversions = add(sum.conversions, row.conversions_milli);
        sum.value = add(sum.value, row.value);
    }

    /// Stores the sums.
    pub fn finish(self, context: &mut Context<'_>) -> Result<()> {
        let mut campaigns: BTreeMap<String, i64> = BTreeMap::new();
        for (key, sum) in self.sums {
            let campaign = match &key.campaign {
                Some(named) => match campaigns.get(&named.0) {
                    Some(&id) => Some(id),
                    None => {
                        let id = campaign(named, &key.channel, sum.line, context)?;
                        campaigns.insert(named.0.clone(), id);
                        Some(id)
                    }
                },
                None => None,
            };
            let currency = context.labels.id(key.currency.code())?;
            let (day, until) = (key.day.to_string(), key.until.map(|until| until.to_string()));
            let sql = "SELECT id FROM spend WHERE day = ? AND coalesce(until, day) = ? AND channel = ?
                       AND coalesce(campaign_id, 0) = ? AND currency = ? AND origin = ?";
            let last = until.as_ref().unwrap_or(&day);
            let own = params![day, last, key.channel, campaign.unwrap_or(0), currency, context.origin];
            let known = find(context, sql, own)?;
            let change = upsert(context, "spend", known, |context| {
                let sql = "INSERT INTO spend (day, until, channel, campaign_id, currency, origin, amount, impressions,
                        clicks, conversions, value, import_id, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET amount = excluded.amount,
                        impressions = coalesce(excluded.impressions, impressions),
                        clicks = coalesce(excluded.clicks, clicks),
                        conversions = coalesce(excluded.conversions, conversions),
                        value = coalesce(excluded.value, value)";
                context.connection.prepare_cached(sql)?.execute(params![
                    day,
                    until,
                    key.channel,
                    campaign,
                    currency,
                    context.origin,
                    sum.amount,
                    sum.impressions,
                    sum.clicks,
                    sum.conversions,
                    sum.value,
                    context.import,
                    sum.line as i64
                ])?;
                Ok(())
            })?;
            context.tally.add("spend rows", change, 1);
        }
        Ok(())
    }
}

/// The row of a campaign; a later file may rename it.
fn campaign((key, name): &(String, String), channel: &str, line: u64, context: &mut Context<'_>) -> Result<i64> {
    let sql = "SELECT id FROM campaign WHERE origin = ? AND key = ?";
    let known = find(context, sql, params![context.origin, key])?;
    let change = upsert(context, "campaign", known, |context| {
        let sql = "INSERT INTO campaign (origin, key, name, channel, body, import_id, line)
            VALUES (?, ?, ?, nullif(?, ''), '{}', ?, ?)
            ON CONFLICT DO UPDATE SET name = excluded.name, channel = coalesce(channel, excluded.channel)";
        let values = params![context.origin, key, name, channel, context.import, line as i64];
        context.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    })?;
    context.tally.add("campaigns", change, 1);
    match known {
        Some(id) => Ok(id),
        None => Ok(context.connection.last_insert_rowid()),
    }
}
