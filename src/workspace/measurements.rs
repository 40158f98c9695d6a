//! What was measured outside of the data: typed as steps that undo takes back, or imported.

use rusqlite::params;

use super::{Result, Workspace};
use crate::model::figure::Value;
use crate::model::kpi::Measurement;
use crate::model::{Currency, Day, MetricId};

impl Workspace {
    /// Every measurement, by metric and days. One of a metric that this program does not know is left out.
    pub fn measurements(&self) -> Result<Vec<Measurement>> {
        // A file of an older Cartwright that is opened for reading has none.
        if !self.has_measurements()? {
            return Ok(Vec::new());
        }
        let sql =
            "SELECT metric, day, until, amount, currency, n, source, origin = 0 FROM measurement ORDER BY 1, 2, 3, 8";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (metric, day, until): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let currency: String = row.get(4)?;
            let days = Day::parse(&day).zip(Day::parse(&until));
            let named = MetricId::parse(&metric).zip(Currency::parse(&currency));
            let Some(((metric, currency), (from, to))) = named.zip(days) else { continue };
            let Some(value) = metric.metric().unit.stored(row.get(3)?, currency) else { continue };
            let n = row.get::<_, Option<i64>>(5)?.and_then(|n| u64::try_from(n).ok());
            found.push(Measurement { metric, from, to, value, n, source: row.get(6)?, typed: row.get(7)? });
        }
        Ok(found)
    }

    /// Keeps a typed value as a step of this name; one of the same metric and days takes its place. What is no money is
    /// kept beside the shop's currency, which says nothing of it. Does nothing when it is kept as it is.
    pub fn set_measurement(&mut self, label: &str, at: i64, one: &Measurement, currency: Currency) -> Result<()> {
        let Some(amount) = one.value.amount() else { return Ok(()) };
        let currency = if let Value::Money(_, own) = one.value { own } else { currency };
        let n = one.n.and_then(|n| i64::try_from(n).ok());
        let (metric, day, until) = (one.metric.metric().key, one.from.to_string(), one.to.to_string());
        self.step(label, at, |connection| {
            let sql = "INSERT INTO measurement (metric, day, until, origin, amount, currency, n, source)
                VALUES (?, ?, ?, 0, ?, ?, ?, ?)
                ON CONFLICT (metric, day, until, origin) DO UPDATE SET amount = excluded.amount,
                    currency = excluded.currency, n = excluded.n, source = excluded.source";
            connection.execute(sql, params![metric, day, until, amount, currency.code(), n, one.source])?;
            Ok(())
        })
    }

    /// Takes a typed value away as a step of this name; whether there was one.
    pub fn remove_measurement(&mut self, label: &str, at: i64, metric: MetricId, days: (Day, Day)) -> Result<bool> {
        let (from, to) = (days.0.to_string(), days.1.to_string());
        let key = metric.metric().key;
        self.step(label, at, |connection| {
            let sql = "DELETE FROM measurement WHERE metric = ? AND day = ? AND until = ? AND origin = 0";
            Ok(connection.execute(sql, params![key, from, to])? > 0)
        })
    }

    pub(super) fn has_measurements(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'measurement')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}
