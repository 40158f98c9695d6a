//! Texts that may name a person without being about one: what users typed, labels, imports, steps of the history.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::needles::{Needles, TAKEN_OUT};
use crate::model::record::RejectedRow;
use crate::workspace::person::Person;
use crate::workspace::{Result, Workspace};

/// Columns of text that are looked through. Each table has a primary key.
const TEXTS: &[(&str, &[&str])] = &[
    ("answer", &["value"]),
    ("attribute", &["value"]),
    ("campaign", &["name", "body"]),
    ("experiment", &["name", "body"]),
    ("exposure", &["body"]),
    ("import", &["path", "file", "choices", "header", "summary"]),
    ("import_image", &["body"]),
    ("label", &["text"]),
    ("mapping", &["choices"]),
    ("measurement", &["source"]),
    ("plan", &["name", "body"]),
    ("refund", &["reason"]),
    ("row_change", &["was", "became"]),
    ("segment", &["name", "body"]),
    ("send", &["figures"]),
    ("setting", &["value"]),
    ("step", &["label", "again"]),
    ("touchpoint", &["landing", "referrer"]),
];

/// Takes a person out of all these texts. Gives how many were changed.
pub fn take_out(connection: &Connection, needles: &Needles) -> Result<u64> {
    let mut changed = 0;
    if needles.all().is_empty() {
        return Ok(changed);
    }
    for (table, columns) in TEXTS {
        for column in *columns {
            changed += of_column(connection, needles, table, column)?;
        }
    }
    Ok(changed)
}

fn of_column(connection: &Connection, needles: &Needles, table: &str, column: &str) -> Result<u64> {
    let mut select = connection.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")?;
    let key = select.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    // Labels and names of segments are unique, so what stands in their place is, too.
    let unique = matches!((table, column), ("label", "text") | ("segment", "name"));
    let found = named_rows(connection, needles, (table, column), &key)?;
    let same: Vec<String> = key.iter().map(|name| format!("{name} = ?")).collect();
    let update = format!("UPDATE {table} SET {column} = ? WHERE {}", same.join(" AND "));
    let mut update = connection.prepare(&update)?;
    for (n, (key, text)) in found.iter().enumerate() {
        let text = if unique { text.replace(TAKEN_OUT, &format!("[erased {}]", n + 1)) } else { text.clone() };
        update.execute(params_from_iter(std::iter::once(Value::Text(text)).chain(key.iter().cloned())))?;
    }
    Ok(found.len() as u64)
}

/// Rows of a table whose text names the person: their keys, and the text without the person.
fn named_rows(
    connection: &Connection,
    needles: &Needles,
    (table, column): (&str, &str),
    key: &[String],
) -> Result<Vec<(Vec<Value>, String)>> {
    // The engine looks first where that is certain: it knows upper and lower case of ASCII only.
    let ascii = needles.all().iter().all(|needle| needle.is_ascii());
    let within: Vec<String> = (1..=needles.all().len()).map(|n| format!("instr(lower({column}), ?{n}) > 0")).collect();
    let filter = if ascii { within.join(" OR ") } else { format!("{column} IS NOT NULL") };
    let sql = format!("SELECT {column}, {} FROM {table} WHERE {filter}", key.join(", "));
    let mut select = connection.prepare(&sql)?;
    let values: &[String] = if ascii { needles.all() } else { &[] };
    let mut rows = select.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        if let Some(text) = needles.taken_out(&text) {
            let key = (1..=key.len()).map(|i| row.get(i)).collect::<rusqlite::Result<_>>()?;
            found.push((key, text));
        }
    }
    Ok(found)
}

/// Blanks rejected rows that name a person; they stay counted.
pub fn blank_rejected(connection: &Connection, needles: &Needles) -> Result<u64> {
    let mut select = connection.prepare("SELECT rowid, cells, reason, repair FROM rejected_row")?;
    let mut rows = select.query([])?;
    let mut named: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        for column in 1..=3 {
            if needles.are_in(row.get_ref(column)?.as_str().unwrap_or_default()) {
                named.push(row.get(0)?);
                break;
            }
        }
    }
    let sql = "UPDATE rejected_row SET cells = '[]', column_name = NULL, reason = ?, repair = ? WHERE rowid = ?";
    let mut update = connection.prepare(sql)?;
    for row in &named {
        update.execute((BLANKED.0, BLANKED.1, row))?;
    }
    Ok(named.len() as u64)
}

impl Workspace {
    /// Rejected rows that name a person, each with the name of its file.
    pub fn rejected_naming(&self, person: &Person) -> Result<Vec<(String, RejectedRow)>> {
        let mut needles = Needles::default();
        person.emails().for_each(|email| needles.add_email(email));
        for account in &person.accounts {
            account.name.iter().for_each(|name| needles.add_name(name));
            account.phone.iter().for_each(|phone| needles.add_phone(phone));
        }
        let sql = "SELECT r.line, r.column_name, r.reason, r.repair, r.cells, import.file FROM rejected_row r
                   LEFT JOIN import ON import.id = r.import_id ORDER BY r.import_id, r.line";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let cells: String = row.get(4)?;
            if needles.are_in(&cells) || needles.are_in(row.get_ref(2)?.as_str().unwrap_or_default()) {
                let rejected = RejectedRow {
                    line: row.get::<_, i64>(0)? as u64,
                    column: row.get(1)?,
                    reason: row.get(2)?,
                    repair: row.get(3)?,
                    cells: serde_json::from_str(&cells)?,
                };
                found.push((row.get::<_, Option<String>>(5)?.unwrap_or_default(), rejected));
            }
        }
        Ok(found)
    }
}

/// Reason and repair of a rejected row that named somebody who was erased.
pub const BLANKED: (&str, &str) = ("the row named a person who was erased", "Nothing is to be done");
