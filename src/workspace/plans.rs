//! Saved plans: a name and what is planned, oldest first.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Result, Workspace};
use crate::model::SalePlan;

/// A sale as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedPlan {
    /// Its row; the same plan keeps it under another name. 0 = not saved yet.
    pub id: i64,
    /// What is planned.
    pub plan: SalePlan,
}

/// What stands in the row beside the name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Body {
    Sale(SalePlan),
}

/// Row id and units in stock of a product, thousandths where they are known.
pub type ProductRow = (u32, Option<i64>);

impl Workspace {
    /// Saved sales, oldest first.
    pub fn saved_sales(&self) -> Result<Vec<SavedPlan>> {
        let sql = "SELECT id, body FROM plan WHERE body ->> 'kind' = 'sale' ORDER BY id";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Body::Sale(plan) = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            found.push(SavedPlan { id: row.get(0)?, plan });
        }
        Ok(found)
    }

    /// Saves a sale as one step. Does nothing when it is saved as it is.
    pub fn save_sale(&mut self, label: &str, at: i64, saved: &SavedPlan) -> Result<()> {
        let (name, body) = (&saved.plan.name, serde_json::to_string(&Body::Sale(saved.plan.clone()))?);
        self.step(label, at, |connection| {
            if saved.id == 0 {
                connection.execute("INSERT INTO plan (name, body) VALUES (?, ?)", params![name, body])?;
            } else {
                let sql = "UPDATE plan SET name = ?1, body = ?2 WHERE id = ?3 AND (name, body) <> (?1, ?2)";
                connection.execute(sql, params![name, body, saved.id])?;
            }
            Ok(())
        })
    }

    /// Deletes a plan as one step.
    pub fn remove_plan(&mut self, label: &str, at: i64, id: i64) -> Result<()> {
        self.step(label, at, |connection| {
            connection.execute("DELETE FROM plan WHERE id = ?", [id])?;
            Ok(())
        })
    }

    /// Products of these SKUs; a product without one goes by its title.
    pub fn products_of<'a>(
        &self,
        skus: impl IntoIterator<Item = &'a str>,
    ) -> Result<BTreeMap<String, Vec<ProductRow>>> {
        let sql = "SELECT id, stock FROM product WHERE coalesce(sku, title) = ? ORDER BY id";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut found = BTreeMap::new();
        for sku in skus {
            let rows = select.query_map([sku], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<ProductRow> = rows.collect::<rusqlite::Result<_>>()?;
            if !rows.is_empty() {
                found.insert(sku.to_owned(), rows);
            }
        }
        Ok(found)
    }
}
