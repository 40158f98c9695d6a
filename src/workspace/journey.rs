//! What the journey page keeps and reads: records of which a shop has one each (rows of the plans), events, and visits as
//! web analytics count them.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::load::read_customers;
use super::signals::VIEW;
use super::{Result, Workspace};
use crate::jobs::Progress;
use crate::model::dataset::{Dataset, NO_CUSTOMER};
use crate::model::events::{Events, WebReport, WebRow, WebVisits};
use crate::model::strategy::{Answers, Issues, StrategyPlan};
use crate::model::time::DayClock;
use crate::model::{Board, Contents, Day, Matrix, Omnichannel, Scenarios, Zone};

/// A record of which a shop has one.
pub trait Single: Serialize + DeserializeOwned + Default + PartialEq {
    /// The kind of its row, which is also the row's name.
    const KIND: &'static str;
}

impl Single for Matrix {
    const KIND: &'static str = "journey_matrix";
}

impl Single for Omnichannel {
    const KIND: &'static str = "omnichannel";
}

impl Single for Contents {
    const KIND: &'static str = "content_matrix";
}

impl Single for Board {
    const KIND: &'static str = "kpi_board";
}

impl Single for Scenarios {
    const KIND: &'static str = "scenarios";
}

impl Single for Answers {
    const KIND: &'static str = "framework_answers";
}

impl Single for Issues {
    const KIND: &'static str = "framework_issues";
}

impl Single for StrategyPlan {
    const KIND: &'static str = "framework_plan";
}

/// Kinds of all of them.
pub const SINGLES: &[&str] = &[
    Matrix::KIND,
    Omnichannel::KIND,
    Contents::KIND,
    Board::KIND,
    Scenarios::KIND,
    Answers::KIND,
    Issues::KIND,
    StrategyPlan::KIND,
];

impl Workspace {
    /// The record, as it was saved last, else as every shop begins with it.
    pub fn single<T: Single>(&self) -> Result<T> {
        let sql = "SELECT body FROM plan WHERE body ->> 'kind' = ? ORDER BY id LIMIT 1";
        let text: Option<String> = self.connection.query_row(sql, [T::KIND], |row| row.get(0)).optional()?;
        text.map_or_else(|| Ok(T::default()), |text| parse(serde_json::from_str(&text)?))
    }

    /// Saves the record as one step. Does nothing when it is saved as it is, or is as every shop begins with it.
    pub fn save_single<T: Single>(&mut self, label: &str, at: i64, record: &T) -> Result<()> {
        if *record == self.single()? {
            return Ok(());
        }
        let mut body = serde_json::to_value(record)?;
        if let Some(fields) = body.as_object_mut() {
            fields.insert("kind".into(), T::KIND.into());
        }
        let body = body.to_string();
        self.step(label, at, |connection| {
            let sql = "UPDATE plan SET body = ?2 WHERE body ->> 'kind' = ?1";
            if connection.execute(sql, params![T::KIND, body])? == 0 {
                connection.execute("INSERT INTO plan (name, body) VALUES (?, ?)", params![T::KIND, body])?;
            }
            Ok(())
        })
    }

    /// Events of known customers other than looks at products, of the shop that `data` was read from, in the same zone.
    pub fn events(&self, data: &Dataset, zone: Zone, progress: &Progress) -> Result<Events> {
        let customers = read_customers(&self.connection, zone)?.1;
        let mut clock = DayClock::new(zone);
        let mut kinds: FxHashMap<String, u16> = FxHashMap::default();
        let mut rows_read: Vec<(u32, i64, u16)> = Vec::new();
        let mut found = Events { revision: data.revision, ..Events::default() };
        let sql = "SELECT customer_id, at, kind FROM event WHERE kind <> ? AND customer_id IS NOT NULL";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([VIEW])?;
        while let Some(row) = rows.next()? {
            let id: u32 = row.get(0)?;
            let Some(customer) = customers.get(id as usize).copied().filter(|&index| index != NO_CUSTOMER) else {
                continue;
            };
            let kind = row.get_ref(2)?.as_str()?;
            let kind = match kinds.get(kind) {
                Some(kind) => *kind,
                // A file with more kinds than this names each event by itself; they stand together.
                None if found.kinds.len() == usize::from(u16::MAX) => u16::MAX - 1,
                None => {
                    let number = found.kinds.len() as u16;
                    found.kinds.push(kind.to_owned());
                    kinds.insert(kind.to_owned(), number);
                    number
                }
            };
            rows_read.push((customer, clock.local(row.get(1)?), kind));
            if rows_read.len().is_multiple_of(65_536) {
                progress.step(rows_read.len() as u64)?;
            }
        }
        rows_read.sort_unstable();
        for (customer, at, kind) in rows_read {
            found.customer.push(customer);
            found.at.push(at);
            found.kind.push(kind);
        }
        Ok(found)
    }

    /// Every report of visits by web analytics, by the way it is split.
    pub fn web_reports(&self) -> Result<Vec<WebReport>> {
        if !self.has_results()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT origin, campaign <> '', source <> '', channel <> '', day, until, channel, sum(sessions),
            sum(purchases) FROM visit WHERE sessions IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut reports: BTreeMap<(i64, bool, bool, bool), WebReport> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (day, until): (String, String) = (row.get(4)?, row.get(5)?);
            let Some((day, until)) = Day::parse(&day).zip(Day::parse(&until)) else { continue };
            let by_channel = row.get(3)?;
            let report = reports.entry((row.get(0)?, row.get(1)?, row.get(2)?, by_channel)).or_default();
            report.by_channel = by_channel;
            let sessions = row.get::<_, i64>(7)?.max(0) as u64;
            let purchases = row.get::<_, Option<i64>>(8)?.map(|n| n.max(0) as u64);
            report.rows.push(WebRow { day, until, channel: row.get(6)?, sessions, purchases });
        }
        Ok(reports.into_values().collect())
    }

    /// Visits that web analytics counted within these days; `None` = it was not asked. Of reports that are split in
    /// several ways the fullest one counts, and for channels the fullest one that tells them.
    pub fn web_visits(&self, from: Day, to: Day) -> Result<Option<WebVisits>> {
        if !self.has_results()? {
            return Ok(None);
        }
        let sql = "SELECT origin, campaign <> '', source <> '', channel <> '', channel, sum(sessions), sum(purchases),
            min(day), max(until) FROM visit WHERE sessions IS NOT NULL AND day >= ? AND until <= ?
            GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([from.to_string(), to.to_string()])?;
        let mut reports: BTreeMap<(i64, bool, bool, bool), WebVisits> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let report = reports.entry((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)).or_default();
            let sessions = row.get::<_, i64>(5)?.max(0) as u64;
            let purchases = row.get::<_, Option<i64>>(6)?.map(|n| n.max(0) as u64);
            report.sessions += sessions;
            report.purchases = match (report.purchases, purchases) {
                (Some(a), Some(b)) => Some(a + b),
                (a, b) => a.or(b),
            };
            report.channels.push((row.get(4)?, sessions, purchases));
            let (first, last): (String, String) = (row.get(7)?, row.get(8)?);
            let days = Day::parse(&first).zip(Day::parse(&last));
            report.days = match (report.days, days) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (a, b) => a.or(b),
            };
        }
        let fullest = reports.values().max_by_key(|report| report.sessions).cloned();
        let by_channel = reports.into_iter().filter(|((.., split), _)| *split).map(|(_, report)| report);
        let channels = by_channel.max_by_key(|report| report.sessions).map(|report| report.channels);
        Ok(fullest.map(|report| WebVisits { channels: channels.unwrap_or_default(), ..report }))
    }
}

/// A record from the text of its row.
pub fn parse<T: Single>(mut body: Value) -> Result<T> {
    if let Some(fields) = body.as_object_mut() {
        fields.remove("kind");
    }
    Ok(serde_json::from_value(body)?)
}
