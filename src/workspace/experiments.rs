//! Kept experiments: rows of the table of experiments, and beside them the customers who took part.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::KeyTable;
use super::load::read_customers;
use super::{Error, Result, Workspace};
use crate::model::dataset::NO_CUSTOMER;
use crate::model::experiment::{Exposures, Plan, Seal};
use crate::model::{Experiment, Zone};

/// No customer has this row.
const NOBODY: u32 = 0;

/// An experiment as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedExperiment {
    /// Its row; the same experiment keeps it under another name. 0 = not saved yet.
    pub id: i64,
    /// What is kept.
    pub experiment: Experiment,
}

/// What stands in the row beside the name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Body {
    Test(Box<Experiment>),
}

/// What becomes of the customers that are kept beside an experiment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Customers<'a> {
    /// They stay as they are.
    Stay,
    /// These take their place.
    Are(&'a Exposures),
    /// None are kept any more.
    Go,
}

/// Customers by their shop id and by their normalised e-mail, for files that name them.
#[derive(Default)]
pub struct Identities {
    keys: KeyTable,
}

impl Identities {
    const SHOP: u32 = 0;
    const EMAIL: u32 = 1;

    /// The customer of a shop id, else of a normalised e-mail.
    pub fn of(&self, shop_id: Option<&str>, email: Option<&str>) -> Option<u32> {
        let by_id = shop_id.and_then(|id| self.keys.get(Self::SHOP, id));
        by_id.or_else(|| self.keys.get(Self::EMAIL, email?)).filter(|&customer| customer != NOBODY)
    }
}

/// Seals a plan: its text and the SHA-256 of that.
pub fn seal(plan: &Plan, at: i64) -> Result<Seal> {
    let text = serde_json::to_string(plan)?;
    Ok(Seal { at, sha256: hash(&text), text })
}

/// Whether the text of a seal is the one that was hashed.
pub fn is_intact(seal: &Seal) -> bool {
    hash(&seal.text) == seal.sha256
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Workspace {
    /// Kept experiments, oldest first.
    pub fn saved_experiments(&self) -> Result<Vec<SavedExperiment>> {
        let sql = "SELECT id, body FROM experiment WHERE body ->> 'kind' = 'test' ORDER BY id";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Body::Test(experiment) = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            found.push(SavedExperiment { id: row.get(0)?, experiment: *experiment });
        }
        Ok(found)
    }

    /// Saves an experiment as one step; gives its row. Does nothing when it is saved as it is.
    pub fn save_experiment(
        &mut self,
        label: &str,
        at: i64,
        saved: &SavedExperiment,
        customers: Customers<'_>,
    ) -> Result<i64> {
        let name = &saved.experiment.name;
        let body = serde_json::to_string(&Body::Test(Box::new(saved.experiment.clone())))?;
        let exposures = match customers {
            Customers::Are(exposures) => Some(serde_json::to_string(exposures)?),
            Customers::Stay | Customers::Go => None,
        };
        self.step(label, at, |connection| {
            let id = if saved.id == 0 {
                connection.execute("INSERT INTO experiment (name, body) VALUES (?, ?)", params![name, body])?;
                connection.last_insert_rowid()
            } else {
                let sql = "UPDATE experiment SET name = ?1, body = ?2 WHERE id = ?3 AND (name, body) <> (?1, ?2)";
                connection.execute(sql, params![name, body, saved.id])?;
                saved.id
            };
            if customers != Customers::Stay {
                connection.execute("DELETE FROM exposure WHERE experiment_id = ?", [id])?;
            }
            if let Some(exposures) = &exposures {
                let sql = "INSERT INTO exposure (experiment_id, body) VALUES (?, ?)";
                connection.execute(sql, params![id, exposures])?;
            }
            Ok(id)
        })
    }

    /// Deletes an experiment, and the customers kept beside it, as one step.
    pub fn remove_experiment(&mut self, label: &str, at: i64, id: i64) -> Result<()> {
        self.step(label, at, |connection| {
            connection.execute("DELETE FROM exposure WHERE experiment_id = ?", [id])?;
            connection.execute("DELETE FROM experiment WHERE id = ?", [id])?;
            Ok(())
        })
    }

    /// The customers kept beside an experiment.
    pub fn exposures(&self, id: i64) -> Result<Option<Exposures>> {
        if !self.has_exposures()? {
            return Ok(None);
        }
        let sql = "SELECT body FROM exposure WHERE experiment_id = ?";
        let text = self.connection.query_row(sql, [id], |row| row.get::<_, String>(0)).optional()?;
        let Some(text) = text else { return Ok(None) };
        let exposures: Exposures = serde_json::from_str(&text)?;
        if exposures.is_whole() {
            Ok(Some(exposures))
        } else {
            Err(Error::Content("the customers of an experiment".into()))
        }
    }

    /// Whether the file has the table of customers; an older one gets it when it is opened for writing.
    pub(super) fn has_exposures(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'exposure')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Everybody's keys, for files that name customers.
    pub fn identities(&self, zone: Zone) -> Result<Identities> {
        let (customers, index_of) = read_customers(&self.connection, zone)?;
        let mut select = self.connection.prepare("SELECT origin, value, customer_id FROM identity ORDER BY id")?;
        let mut rows = select.query([])?;
        let mut found = Identities::default();
        while let Some(row) = rows.next()? {
            let index = index_of.get(row.get::<_, u32>(2)? as usize).copied().unwrap_or(NO_CUSTOMER);
            let Some(&customer) = customers.id.get(index as usize) else { continue };
            let space = if row.get::<_, i64>(0)? == 0 { Identities::EMAIL } else { Identities::SHOP };
            let key = found.keys.key(space, row.get_ref(1)?.as_str()?);
            let known = found.keys.at(key);
            // A shop id that two shop systems give to two people names nobody.
            let who = if known.is_none_or(|known| known == customer) { customer } else { NOBODY };
            found.keys.set_at(key, who);
        }
        Ok(found)
    }
}
