//! What steps change in the tables that users edit, row by row, written by triggers: whoever changes such a table
//! within a step is recorded, and nobody has to think of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::{Error, Result};

/// Tables that hold what users make. A table joins the history by its line here; it needs a primary key, and columns
/// of integers and texts.
pub const JOURNALED: &[&str] =
    &["answer", "experiment", "exposure", "mapping", "measurement", "plan", "segment", "setting"];

/// How much the history may hold; the oldest steps beyond it are dropped, the newest one never is.
pub const LIMIT: u64 = 64 << 20;

/// Which way a step is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Forth,
}

/// Columns of a journaled table.
struct Columns {
    all: Vec<String>,
    key: Vec<String>,
}

impl Columns {
    fn of(connection: &Connection, table: &str) -> Result<Self> {
        let mut select = connection.prepare("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid")?;
        let columns = select.query_map([table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let columns = columns.collect::<rusqlite::Result<Vec<_>>>()?;
        let key = columns.iter().filter(|(_, pk)| *pk > 0).map(|(name, _)| name.clone()).collect();
        Ok(Self { all: columns.into_iter().map(|(name, _)| name).collect(), key })
    }

    /// The row as a JSON object, in SQL.
    fn image(&self, row: &str) -> String {
        let pairs: Vec<String> = self.all.iter().map(|name| format!("'{name}', {row}.{name}")).collect();
        format!("json_object({})", pairs.join(", "))
    }

    fn delete(&self, table: &str) -> String {
        let same: Vec<String> = self.key.iter().map(|name| format!("{name} = ?1 ->> '{name}'")).collect();
        format!("DELETE FROM {table} WHERE {}", same.join(" AND "))
    }

    fn insert(&self, table: &str) -> String {
        let values: Vec<String> = self.all.iter().map(|name| format!("?1 ->> '{name}'")).collect();
        format!("INSERT INTO {table} ({}) SELECT {}", self.all.join(", "), values.join(", "))
    }
}

/// Sets up the recording on a connection that writes. Triggers are temporary: they follow the list of this version.
pub(super) fn watch(connection: &Connection) -> Result<()> {
    // Without this a row that `INSERT OR REPLACE` removes would go unnoticed.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.execute_batch("CREATE TEMP TABLE recording (step INTEGER NOT NULL)")?;
    for table in JOURNALED {
        let columns = Columns::of(connection, table)?;
        let (old, new) = (columns.image("OLD"), columns.image("NEW"));
        let changed = format!("WHEN {old} IS NOT {new}");
        for (event, when, was, became) in [
            ("INSERT", "", "NULL", new.as_str()),
            ("UPDATE", changed.as_str(), old.as_str(), new.as_str()),
            ("DELETE", "", old.as_str(), "NULL"),
        ] {
            connection.execute_batch(&format!(
                "CREATE TEMP TRIGGER journal_{table}_{event} AFTER {event} ON main.{table} {when} BEGIN
                    INSERT INTO row_change (step, table_name, was, became)
                    SELECT step, '{table}', {was}, {became} FROM recording;
                 END"
            ))?;
        }
    }
    Ok(())
}

/// Begins a step: what was undone can no longer be redone, and what changes from now on is recorded.
pub(super) fn begin(connection: &Connection, label: &str, at: i64) -> Result<i64> {
    connection.execute("DELETE FROM row_change WHERE step IN (SELECT id FROM step WHERE undone = 1)", [])?;
    connection.execute("DELETE FROM step WHERE undone = 1", [])?;
    connection.execute("INSERT INTO step (at, label) VALUES (?, ?)", params![at, label])?;
    let step = connection.last_insert_rowid();
    connection.execute("INSERT INTO recording (step) VALUES (?)", [step])?;
    Ok(step)
}

/// Ends the recording; whether anything was recorded.
pub(super) fn end(connection: &Connection, step: i64) -> Result<bool> {
    connection.execute("DELETE FROM recording", [])?;
    let sql = "UPDATE step SET bytes =
            (SELECT coalesce(sum(coalesce(octet_length(was), 0) + coalesce(octet_length(became), 0)), 0)
                FROM row_change WHERE step = ?1)
            + (SELECT coalesce(sum(octet_length(body)), 0) FROM import_image WHERE import_id = step.import_id)
        WHERE id = ?1";
    connection.execute(sql, [step])?;
    let sql = "SELECT EXISTS (SELECT 1 FROM row_change WHERE step = ?)";
    let recorded = connection.query_row(sql, [step], |row| row.get(0))?;
    keep_within(connection, LIMIT)?;
    Ok(recorded)
}

/// Drops the oldest steps until the history is within its limit.
pub(super) fn keep_within(connection: &Connection, limit: u64) -> Result<()> {
    let sql = "SELECT id, import_id FROM (SELECT id, import_id, sum(bytes) OVER (ORDER BY id DESC) AS held,
                   lag(id) OVER (ORDER BY id DESC) AS newer FROM step) WHERE held > ? AND newer IS NOT NULL";
    let mut select = connection.prepare(sql)?;
    let old = select.query_map([limit as i64], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    for (step, import) in old.collect::<rusqlite::Result<Vec<_>>>()? {
        connection.execute("DELETE FROM row_change WHERE step = ?", [step])?;
        connection.execute("DELETE FROM import_image WHERE import_id = ?", [import])?;
        connection.execute("DELETE FROM step WHERE id = ?", [step])?;
        connection.execute(
            "INSERT INTO file_fact (name, value) VALUES ('steps dropped', 1)
             ON CONFLICT (name) DO UPDATE SET value = value + 1",
            [],
        )?;
    }
    Ok(())
}

/// Follows a step's changes back or forth.
pub(super) fn follow(connection: &Connection, step: i64, way: Way) -> Result<()> {
    let (sql, from, to) = match way {
        Way::Back => ("SELECT table_name, was, became FROM row_change WHERE step = ? ORDER BY id DESC", 2, 1),
        Way::Forth => ("SELECT table_name, was, became FROM row_change WHERE step = ? ORDER BY id", 1, 2),
    };
    let mut tables = BTreeMap::new();
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query([step])?;
    while let Some(row) = rows.next()? {
        let table: String = row.get(0)?;
        let Some(known) = JOURNALED.iter().find(|name| **name == table) else {
            return Err(Error::Content(format!("a step on {table}")));
        };
        if !tables.contains_key(known) {
            let columns = Columns::of(connection, known)?;
            tables.insert(known, (columns.delete(known), columns.insert(known)));
        }
        let Some((delete, insert)) = tables.get(known) else { continue };
        for (sql, image) in [(delete, row.get::<_, Option<String>>(from)?), (insert, row.get(to)?)] {
            if let Some(image) = image {
                connection.prepare_cached(sql)?.execute([image])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Access, Workspace};

    fn shop(folder: &tempfile::TempDir) -> Workspace {
        Workspace::create(&folder.path().join("shop.cartwright")).unwrap()
    }

    #[test]
    fn every_journaled_table_can_be_put_back_from_its_images() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = shop(&folder);
        let sql = "SELECT count(*), sum(pk > 0), sum(type NOT IN ('INTEGER', 'TEXT')) FROM pragma_table_info(?)";
        for table in JOURNALED {
            let (columns, key, strange): (i64, i64, i64) = workspace
                .connection
                .query_row(sql, [table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .unwrap();
            assert!(columns > 0 && key > 0 && strange == 0, "{table}");
        }
    }

    #[test]
    fn whatever_a_step_does_to_rows_is_undone_and_redone() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = shop(&folder);
        let rows = |workspace: &Workspace| -> String {
            let sql = "SELECT json_group_array(json_array(id, name, body)) FROM (SELECT * FROM segment ORDER BY id)";
            workspace.connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        let steps = [
            "INSERT INTO segment VALUES (1, 'a', '{}'), (2, 'b', '9007199254740993'), (3, 'c', '\"')",
            "UPDATE segment SET id = id + 10, name = name || char(7, 233, 9731)",
            // What a replacement removes is noticed, too.
            "INSERT OR REPLACE INTO segment VALUES (11, 'new', ''), (40, 'b', '')",
            "DELETE FROM segment; INSERT INTO segment VALUES (7, 'b', '1')",
        ];
        let mut states = vec![rows(&workspace)];
        for sql in steps {
            workspace.step("Step", 0, |connection| Ok(connection.execute_batch(sql)?)).unwrap();
            states.push(rows(&workspace));
        }
        for state in states.iter().rev().skip(1) {
            workspace.undo().unwrap();
            assert_eq!(&rows(&workspace), state);
        }
        for state in &states[1..] {
            let step = workspace.next_redo().unwrap().unwrap().step;
            workspace.redo(&step).unwrap();
            assert_eq!(&rows(&workspace), state);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = shop(&folder);
        let failed = workspace.step("Half", 0, |connection| {
            connection.execute("INSERT INTO answer VALUES ('a', '1')", [])?;
            Ok(connection.execute("INSERT INTO answer VALUES ('a', '2')", [])?)
        });
        assert!(failed.is_err());
        assert!(workspace.history().unwrap().done.is_empty());
        workspace.step("Whole", 0, |c| Ok(c.execute("INSERT INTO answer VALUES ('a', '3')", [])?)).unwrap();
        assert_eq!(workspace.history().unwrap().done.len(), 1);
    }

    #[test]
    fn the_limit_drops_the_oldest_steps_and_never_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = shop(&folder);
        for n in 0..4 {
            workspace
                .step("Answer", n, |c| {
                    Ok(c.execute("INSERT OR REPLACE INTO answer VALUES ('a', hex(zeroblob(500)) || ?)", [n])?)
                })
                .unwrap();
        }
        workspace.write(|connection| keep_within(connection, 5_000)).unwrap();
        let history = workspace.history().unwrap();
        assert_eq!((history.done.len(), history.dropped), (2, 2));
        assert!(history.bytes <= 5_000);
        workspace.write(|connection| keep_within(connection, 10)).unwrap();
        let history = workspace.history().unwrap();
        assert_eq!((history.done.len(), history.dropped), (1, 3));
        let path = workspace.path().to_owned();
        drop(workspace);
        assert_eq!(Workspace::open(&path, Access::Read).unwrap().history().unwrap(), history);
    }
}
