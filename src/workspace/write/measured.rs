//! Metrics by period that a table brings. What a later file of the same origin says of a period replaces it.

use rusqlite::params;

use super::carts::{find, upsert};
use super::{Context, Result};
use crate::model::figure::Value;
use crate::model::record::MeasuredRecord;

/// Stores the metrics of a row.
pub fn accept(record: &MeasuredRecord, context: &mut Context<'_>) -> Result<()> {
    for one in &record.values {
        let Some(amount) = one.value.amount() else { continue };
        let currency = if let Value::Money(_, currency) = one.value { currency } else { context.currency };
        let (metric, day, until) = (one.metric.metric().key, one.from.to_string(), one.to.to_string());
        let n = one.n.and_then(|n| i64::try_from(n).ok());
        let sql = "SELECT id FROM measurement WHERE metric = ? AND day = ? AND until = ? AND origin = ?";
        let known = find(context, sql, params![metric, day, until, context.origin])?;
        let change = upsert(context, "measurement", known, |context| {
            let sql =
                "INSERT INTO measurement (metric, day, until, origin, amount, currency, n, source, import_id, line)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (metric, day, until, origin) DO UPDATE SET amount = excluded.amount,
                    currency = excluded.currency, n = excluded.n, source = excluded.source";
            context.connection.prepare_cached(sql)?.execute(params![
                metric,
                day,
                until,
                context.origin,
                amount,
                currency.code(),
                n,
                one.source,
                context.import,
                record.line as i64
            ])?;
            Ok(())
        })?;
        context.tally.add("metrics", change, 1);
    }
    Ok(())
}
