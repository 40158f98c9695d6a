//! What mailing tools sent. A later file replaces what it says of the same send.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::carts::{find, upsert};
use super::{Context, Result};
use crate::model::record::SendRecord;

/// What is kept of a campaign beside its name and channel.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::workspace) struct CampaignBody {
    /// Labels given by the tool's user.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Lists and segments it went to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
}

/// The sends of a file.
#[derive(Default)]
pub(super) struct Sends {
    /// Campaigns that the file has told of: its first row of one speaks for it, so that rows of one campaign that differ
    /// (channels, lists) do not undo one another.
    campaigns: BTreeMap<String, i64>,
}

impl Sends {
    /// Stores a send and its campaign.
    pub fn accept(&mut self, send: &SendRecord, context: &mut Context<'_>) -> Result<()> {
        let campaign = match self.campaigns.get(&send.campaign.key) {
            Some(&id) => id,
            None => {
                let id = campaign(send, context)?;
                self.campaigns.insert(send.campaign.key.clone(), id);
                id
            }
        };
        store(send, campaign, context)
    }
}

fn store(send: &SendRecord, campaign: i64, context: &mut Context<'_>) -> Result<()> {
    let currency = context.labels.id(send.currency.unwrap_or(context.currency).code())?;
    let figures = serde_json::to_string(&send.figures)?;
    let sql = "SELECT id FROM send WHERE campaign_id = ? AND part = ?";
    let known = find(context, sql, params![campaign, send.part])?;
    let change = upsert(context, "send", known, |context| {
        let sql =
            "INSERT INTO send (campaign_id, part, variant, subject, at, recipients, figures, currency, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET variant = excluded.variant, subject = coalesce(excluded.subject, subject),
                at = excluded.at, recipients = coalesce(excluded.recipients, recipients), currency = excluded.currency,
                figures = json_patch(figures, excluded.figures)";
        context.connection.prepare_cached(sql)?.execute(params![
            campaign,
            send.part,
            send.variant,
            send.subject,
            send.at,
            send.recipients,
            figures,
            currency,
            context.import,
            send.line as i64
        ])?;
        Ok(())
    })?;
    context.tally.add("sends", change, 1);
    Ok(())
}

/// The row of the campaign; a later file may rename it and say other lists and labels.
fn campaign(send: &SendRecord, context: &mut Context<'_>) -> Result<i64> {
    let sql = "SELECT id FROM campaign WHERE origin = ? AND key = ?";
    let known = find(context, sql, params![context.origin, send.campaign.key])?;
    let body = serde_json::to_string(&CampaignBody { tags: send.tags.clone(), lists: send.lists.clone() })?;
    let change = upsert(context, "campaign", known, |context| {
        let sql = "INSERT INTO campaign (origin, key, name, channel, kind, body, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET name = excluded.name, channel = coalesce(excluded.channel, channel),
                kind = excluded.kind, body = json_patch(body, excluded.body)";
        context.connection.prepare_cached(sql)?.execute(params![
            context.origin,
            send.campaign.key,
            send.campaign.name,
            send.channel,
            send.kind.word(),
            body,
            context.import,
            send.line as i64
        ])?;
        Ok(())
    })?;
    context.tally.add("campaigns", change, 1);
    match known {
        Some(id) => Ok(id),
        None => Ok(context.connection.last_insert_rowid()),
    }
}
