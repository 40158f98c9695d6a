//! Imported campaigns with what was sent, spent and visited.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::write::sends::CampaignBody;
use super::{Result, Workspace};
use crate::model::results::{AdSpend, CampaignKey, CampaignVisits, ImportedCampaign, Send, SendKind};
use crate::model::{Currency, Day};

impl Workspace {
    /// Sessions that web analytics counted within these days, and first and last day of its reports; `None` = it was
    /// not asked. Of reports that are split in several ways the fullest one counts.
    pub fn sessions(&self, from: Day, to: Day) -> Result<Option<(u64, Day, Day)>> {
        if !self.has_results()? {
            return Ok(None);
        }
        let sql = "SELECT sum(sessions), min(day), max(until) FROM visit WHERE sessions IS NOT NULL AND day >= ? AND until <= ?
            GROUP BY origin, campaign <> '', channel <> '', source <> '' ORDER BY 1 DESC LIMIT 1";
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
        let found = self.connection.query_row(sql, [from.to_string(), to.to_string()], read).optional()?;
        Ok(found.and_then(|(n, first, last)| Some((n.try_into().ok()?, Day::parse(&first)?, Day::parse(&last)?))))
    }

    /// Every imported campaign by its key, with all rows of its spend, and the visits by campaign. A file of an older
    /// Cartwright that is opened for reading has none.
    pub fn campaigns(&self) -> Result<(Vec<ImportedCampaign>, Vec<CampaignVisits>)> {
        if !self.has_results()? {
            return Ok((Vec::new(), Vec::new()));
        }
        let connection = &self.connection;
        let mut campaigns = read_campaigns(connection)?;
        read_sends(connection, &mut campaigns)?;
        read_ads(connection, &mut campaigns)?;
        let visits = read_visits(connection)?;
        let mut campaigns: Vec<ImportedCampaign> = campaigns.into_values().collect();
        campaigns.sort_by(|a, b| a.key.cmp(&b.key));
        Ok((campaigns, visits))
    }
}

fn read_campaigns(connection: &Connection) -> Result<BTreeMap<i64, ImportedCampaign>> {
    let sql = "SELECT c.id, origin.text, c.key, c.name, c.channel, c.kind, c.body FROM campaign c
        JOIN label origin ON origin.id = c.origin";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut campaigns = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (kind, body): (Option<String>, String) = (row.get(5)?, row.get(6)?);
        let body: CampaignBody = serde_json::from_str(&body)?;
        let campaign = ImportedCampaign {
            key: CampaignKey { origin: row.get(1)?, key: row.get(2)? },
            name: row.get(3)?,
            channel: row.get(4)?,
            kind: kind.and_then(|kind| SendKind::ALL.into_iter().find(|known| known.word() == kind)),
            tags: body.tags,
            lists: body.lists,
            sends: Vec::new(),
            ads: Vec::new(),
        };
        campaigns.insert(row.get(0)?, campaign);
    }
    Ok(campaigns)
}

fn read_sends(connection: &Connection, campaigns: &mut BTreeMap<i64, ImportedCampaign>) -> Result<()> {
    let sql = "SELECT s.campaign_id, s.at, s.variant, s.subject, s.recipients, s.figures, cur.text FROM send s
        JOIN label cur ON cur.id = s.currency ORDER BY s.at, s.part";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (figures, currency): (String, String) = (row.get(5)?, row.get(6)?);
        let Some(campaign) = campaigns.get_mut(&row.get::<_, i64>(0)?) else { continue };
        campaign.sends.push(Send {
            at: row.get(1)?,
            variant: row.get(2)?,
            subject: row.get(3)?,
            recipients: row.get(4)?,
            figures: serde_json::from_str(&figures)?,
            currency: Currency::parse(&currency).unwrap_or(Currency::USD),
        });
    }
    Ok(())
}

fn read_ads(connection: &Connection, campaigns: &mut BTreeMap<i64, ImportedCampaign>) -> Result<()> {
    let sql = "SELECT s.campaign_id, s.day, coalesce(s.until, s.day), s.amount, cur.text, s.impressions, s.clicks,
            s.conversions, s.value
        FROM spend s JOIN label cur ON cur.id = s.currency WHERE s.campaign_id IS NOT NULL ORDER BY s.day, s.id";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (day, until, currency): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(4)?);
        let known = Day::parse(&day).zip(Day::parse(&until)).zip(Currency::parse(&currency));
        let Some(((day, until), currency)) = known else { continue };
        let Some(campaign) = campaigns.get_mut(&row.get::<_, i64>(0)?) else { continue };
        campaign.ads.push(AdSpend {
            day,
            until,
            amount: row.get(3)?,
            currency,
            impressions: row.get(5)?,
            clicks: row.get(6)?,
            conversions_milli: row.get(7)?,
            value: row.get(8)?,
        });
    }
    Ok(())
}

/// Visits by campaign: of a report that is split further, the sum over its other columns.
fn read_visits(connection: &Connection) -> Result<Vec<CampaignVisits>> {
    let sql = "SELECT v.campaign, v.day, v.until, sum(v.sessions), sum(v.purchases), sum(v.revenue), cur.text
        FROM visit v JOIN label cur ON cur.id = v.currency WHERE v.campaign <> '' AND v.sessions IS NOT NULL
        GROUP BY v.origin, v.campaign, v.day, v.until, cur.text, v.channel <> '', v.source <> '' ORDER BY 1, 2, 3";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut visits: Vec<CampaignVisits> = Vec::new();
    while let Some(row) = rows.next()? {
        let (day, until, currency): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(6)?);
        let known = Day::parse(&day).zip(Day::parse(&until)).zip(Currency::parse(&currency));
        let Some(((day, until), currency)) = known else { continue };
        let (purchases, revenue) = (row.get(4)?, row.get(5)?);
        let read =
            CampaignVisits { campaign: row.get(0)?, day, until, sessions: row.get(3)?, purchases, revenue, currency };
        // The same visits, split in another way by another report.
        match visits.last_mut() {
            Some(last) if (&last.campaign, last.day, last.until) == (&read.campaign, day, until) => {
                if read.sessions > last.sessions {
                    *last = read;
                }
            }
            _ => visits.push(read),
        }
    }
    Ok(visits)
}
