//! What platforms claim: orders and revenue in reports of ads, mails and web analytics.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::{Result, Workspace};
use crate::model::claims::{Claimant, Platform};
use crate::model::results::{AdSpend, SendFigures};
use crate::model::{Currency, Day, Zone};

/// Rows by platform (origin, channel), then campaign.
type Groups = BTreeMap<(String, String), BTreeMap<i64, Vec<AdSpend>>>;

impl Workspace {
    /// Every platform with all rows of its reports; days of sends are those of the zone. A file of an older Cartwright
    /// that is opened for reading has none.
    pub fn claims(&self, zone: Zone) -> Result<Vec<Platform>> {
        if !self.has_results()? {
            return Ok(Vec::new());
        }
        let connection = &self.connection;
        let mut platforms = Vec::new();
        for (kind, groups) in [
            (Claimant::Ads, of_spend(connection)?),
            (Claimant::Messages, of_sends(connection, zone)?),
            (Claimant::Analytics, of_visits(connection)?),
        ] {
            let platform = |((origin, channel), groups): (_, BTreeMap<i64, Vec<AdSpend>>)| Platform {
                origin,
                channel,
                kind,
                groups: groups.into_values().collect(),
            };
            platforms.extend(groups.into_iter().map(platform));
        }
        Ok(platforms)
    }
}

/// Days and currency of a row; `None` where a text is neither.
fn told(row: &Row<'_>, first: usize) -> Result<Option<(Day, Day, Currency)>> {
    let (day, until): (String, String) = (row.get(first)?, row.get(first + 1)?);
    let currency: String = row.get(first + 2)?;
    let days = Day::parse(&day).zip(Day::parse(&until));
    Ok(days.zip(Currency::parse(&currency)).map(|((day, until), currency)| (day, until, currency)))
}

fn of_spend(connection: &Connection) -> Result<Groups> {
    let sql = "SELECT s.day, coalesce(s.until, s.day), cur.text, coalesce(origin.text, ''), s.channel,
            coalesce(s.campaign_id, 0), s.amount, s.impressions, s.clicks, s.conversions, s.value
        FROM spend s JOIN label cur ON cur.id = s.currency LEFT JOIN label origin ON origin.id = s.origin
        ORDER BY s.day, s.id";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut groups = Groups::new();
    while let Some(row) = rows.next()? {
        let Some((day, until, currency)) = told(row, 0)? else { continue };
        groups.entry((row.get(3)?, row.get(4)?)).or_default().entry(row.get(5)?).or_default().push(AdSpend {
            day,
            until,
            amount: row.get(6)?,
            currency,
            impressions: row.get(7)?,
            clicks: row.get(8)?,
            conversions_milli: row.get(9)?,
            value: row.get(10)?,
        });
    }
    Ok(groups)
}

fn of_sends(connection: &Connection, zone: Zone) -> Result<Groups> {
    let sql = "SELECT origin.text, coalesce(c.channel, 'email'), s.campaign_id, s.at, s.recipients, s.figures, cur.text
        FROM send s JOIN campaign c ON c.id = s.campaign_id JOIN label origin ON origin.id = c.origin
        JOIN label cur ON cur.id = s.currency ORDER BY s.at, s.part";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut groups = Groups::new();
    while let Some(row) = rows.next()? {
        let (figures, currency): (String, String) = (row.get(5)?, row.get(6)?);
        let figures: SendFigures = serde_json::from_str(&figures)?;
        let day = zone.day(row.get(3)?);
        groups.entry((row.get(0)?, row.get(1)?)).or_default().entry(row.get(2)?).or_default().push(AdSpend {
            day,
            until: day,
            amount: row.get::<_, Option<i64>>(4)?.unwrap_or(0),
            currency: Currency::parse(&currency).unwrap_or(Currency::USD),
            impressions: None,
            clicks: figures.clicks,
            conversions_milli: figures.conversions.map(|n| n.saturating_mul(1_000)),
            value: figures.revenue,
        });
    }
    Ok(groups)
}

/// Visits with purchases, added up by days. Of reports that are split in several ways the one with the most visits
/// counts, as they tell of the same visits.
fn of_visits(connection: &Connection) -> Result<Groups> {
    let sql =
        "SELECT v.day, v.until, cur.text, origin.text, (v.campaign <> '') || (v.channel <> '') || (v.source <> ''),
            sum(coalesce(v.sessions, 0)), sum(v.purchases), sum(v.revenue)
        FROM visit v JOIN label cur ON cur.id = v.currency JOIN label origin ON origin.id = v.origin
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    // By origin, then by how the report is split.
    let mut splits: BTreeMap<String, BTreeMap<String, Vec<AdSpend>>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some((day, until, currency)) = told(row, 0)? else { continue };
        splits.entry(row.get(3)?).or_default().entry(row.get(4)?).or_default().push(AdSpend {
            day,
            until,
            amount: row.get(5)?,
            currency,
            impressions: None,
            clicks: None,
            conversions_milli: row.get::<_, Option<i64>>(6)?.map(|n| n.saturating_mul(1_000)),
            value: row.get(7)?,
        });
    }
    let mut groups = Groups::new();
    for (origin, by_split) in splits {
        let visits = |rows: &Vec<AdSpend>| rows.iter().map(|row| row.amount).fold(0, i64::saturating_add);
        let says = |rows: &Vec<AdSpend>| rows.iter().any(|row| row.conversions_milli.is_some() || row.value.is_some());
        let fullest = by_split.into_values().filter(says).max_by_key(visits);
        groups.extend(fullest.map(|rows| ((origin, String::new()), BTreeMap::from([(0, rows)]))));
    }
    Ok(groups)
}
