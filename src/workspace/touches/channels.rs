//! What channels are called in this workspace, and how often by each name.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::Serialize;

use crate::model::channels::{ChannelNames, NamedBy, Said};
use crate::workspace::settings::name;
use crate::workspace::{Result, Workspace};

/// A channel in the words of files, what stands under them, and the name it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelUse {
    /// What files call it.
    pub raw: String,
    /// What it is called.
    pub name: String,
    /// Why.
    pub by: NamedBy,
    /// Touchpoints.
    pub touches: u64,
    /// Rows of spend.
    pub spend_rows: u64,
    /// Visits by web analytics, where files count them.
    pub visits: u64,
    /// Orders whose file calls their sales channel this; orders keep that word.
    pub orders: u64,
}

/// What a table says of channels: channel, source, medium, and how many rows or visits.
type Spoken = ([String; 3], u64);

impl Workspace {
    /// Names of channels: what the user merged, and the spellings that there are.
    pub fn channel_names(&self) -> Result<ChannelNames> {
        self.names_with(&self.spoken_of()?)
    }

    /// What the user merged: words of files to names.
    pub fn merged_channels(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.setting(name::CHANNELS)?.unwrap_or_default())
    }

    /// Every channel in the words of files, most touchpoints first.
    pub fn channels(&self) -> Result<Vec<ChannelUse>> {
        let spoken = self.spoken_of()?;
        let names = self.names_with(&spoken)?;
        let mut uses: BTreeMap<(String, String), ChannelUse> = BTreeMap::new();
        let mut add = |said: &Said, n: u64, count: fn(&mut ChannelUse) -> &mut u64| {
            let (name, by) = names.name(said);
            let raw = said.raw();
            let key = (raw.clone(), name.clone());
            let blank = ChannelUse { raw, name, by, touches: 0, spend_rows: 0, visits: 0, orders: 0 };
            *count(uses.entry(key).or_insert(blank)) += n;
        };
        for (words, n) in &spoken.touches {
            add(&said(words), *n, |channel| &mut channel.touches);
        }
        for (words, n) in &spoken.spend {
            add(&Said::spend(&words[0]), *n, |channel| &mut channel.spend_rows);
        }
        for (words, n) in &spoken.visits {
            add(&said(words), *n, |channel| &mut channel.visits);
        }
        let sql = "SELECT label.text, '', '', count(*) FROM orders JOIN label ON label.id = orders.channel GROUP BY 1";
        for (words, n) in spoken_in(&self.connection, sql)? {
            // An order's channel may be a till or a marketplace; it is shown where something else has its name.
            let of_order = Said::channel(&words[0]);
            let key = (of_order.raw(), names.name(&of_order).0);
            if let Some(channel) = uses.get_mut(&key) {
                channel.orders += n;
            }
        }
        let is_used = |channel: &ChannelUse| channel.touches + channel.spend_rows + channel.visits > 0;
        let mut uses: Vec<ChannelUse> = uses.into_values().filter(is_used).collect();
        uses.sort_by(|a, b| (b.touches, b.visits, &a.raw).cmp(&(a.touches, a.visits, &b.raw)));
        Ok(uses)
    }

    fn names_with(&self, spoken: &SpokenOf) -> Result<ChannelNames> {
        let all = spoken.touches.iter().chain(&spoken.spend).chain(&spoken.visits);
        let merged = self.merged_channels()?;
        Ok(ChannelNames::new(&merged, all.flat_map(|(words, _)| words.iter().map(String::as_str))))
    }

    fn spoken_of(&self) -> Result<SpokenOf> {
        let read = |sql: &str| spoken_in(&self.connection, sql);
        let of_touches = "SELECT coalesce(c.text, ''), coalesce(s.text, ''), coalesce(m.text, ''), t.n FROM
                (SELECT channel, source, medium, count(*) AS n FROM touchpoint GROUP BY 1, 2, 3) t
            LEFT JOIN label c ON c.id = t.channel LEFT JOIN label s ON s.id = t.source
            LEFT JOIN label m ON m.id = t.medium";
        let of_visits = "SELECT channel, source, '', coalesce(sum(sessions), 0) FROM visit GROUP BY 1, 2";
        Ok(SpokenOf {
            touches: if self.has_touches()? { read(of_touches)? } else { Vec::new() },
            spend: read("SELECT channel, '', '', count(*) FROM spend GROUP BY 1")?,
            visits: if self.has_results()? { read(of_visits)? } else { Vec::new() },
        })
    }
}

/// What files say of channels.
struct SpokenOf {
    touches: Vec<Spoken>,
    spend: Vec<Spoken>,
    visits: Vec<Spoken>,
}

fn spoken_in(connection: &Connection, sql: &str) -> Result<Vec<Spoken>> {
    let mut select = connection.prepare(sql)?;
    let rows = select
        .query_map([], |row| Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get::<_, i64>(3)?.max(0) as u64)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn said([channel, source, medium]: &[String; 3]) -> Said<'_> {
    Said { channel: some(channel), source: some(source), medium: some(medium), ..Said::default() }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
