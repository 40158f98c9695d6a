//! Saved campaigns: a name and what is planned, oldest first.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Result, Workspace};
use crate::model::Campaign;

/// A campaign as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedCampaign {
    /// Its row; the same campaign keeps it under another name. 0 = not saved yet.
    pub id: i64,
    /// What is planned.
    pub campaign: Campaign,
}

/// What stands in the row beside the name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Body {
    Campaign(Box<Campaign>),
}

/// Row id and units in stock of a product, thousandths where they are known.
pub type ProductRow = (u32, Option<i64>);

impl Workspace {
    /// Saved campaigns, oldest first.
    pub fn saved_campaigns(&self) -> Result<Vec<SavedCampaign>> {
        let sql = "SELECT id, body FROM plan WHERE body ->> 'kind' = 'campaign' ORDER BY id";
        let mut select = self.connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Body::Campaign(campaign) = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            found.push(SavedCampaign { id: row.get(0)?, campaign: *campaign });
        }
        Ok(found)
    }

    /// Saves a campaign as one step. Does nothing when it is saved as it is.
    pub fn save_campaign(&mut self, label: &str, at: i64, saved: &SavedCampaign) -> Result<()> {
        let name = &saved.campaign.name;
        let body = serde_json::to_string(&Body::Campaign(Box::new(saved.campaign.clone())))?;
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
