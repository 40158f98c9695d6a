//! Saved plans: what a user can do with them, every change a named step that can be undone. A plan with problems can be
//! saved, so that nothing typed is lost.

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::model::SalePlan;
pub use crate::workspace::plans::SavedPlan;

/// A longer name fits no list.
const LONGEST_NAME: usize = 80;

impl Session {
    /// Saved sales, oldest first.
    pub fn saved_sales(&self) -> Result<Vec<SavedPlan>> {
        Ok(self.workspace.saved_sales()?)
    }

    /// The saved sale of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_sale(&self, name: &str) -> Result<SavedPlan> {
        let saved = self.saved_sales()?;
        let known = saved.iter().map(|sale| sale.plan.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = saved.iter().find(|sale| sale.plan.name == name).cloned();
        found.ok_or_else(|| match known.as_str() {
            "" => anyhow!("there is no sale “{name}”; none was saved yet"),
            known => anyhow!("there is no sale “{name}”; saved are {known}"),
        })
    }

    /// Saves a sale: a new one when its id is 0.
    ///
    /// # Errors
    /// A sentence when the name is missing, too long, or taken by another.
    pub fn save_sale(&mut self, sale: &SavedPlan) -> Result<()> {
        let name = sale.plan.name.trim().to_owned();
        match name.chars().count() {
            0 => bail!("a plan needs a name"),
            n if n > LONGEST_NAME => {
                bail!("the name of a plan has at most {LONGEST_NAME} characters, this one has {n}")
            }
            _ if name.chars().any(char::is_control) => bail!("the name of a plan is one line of text"),
            _ => {}
        }
        let saved = self.saved_sales()?;
        if saved.iter().any(|other| other.plan.name == name && other.id != sale.id) {
            bail!("there is a sale “{name}” already; choose another name");
        }
        let old = saved.iter().find(|other| other.id == sale.id);
        let label = match old {
            None if sale.id != 0 => bail!("the sale is gone; somebody deleted it, or its saving was undone"),
            None => format!("Save sale {name}"),
            Some(old) if old.plan.name == name => format!("Change sale {name}"),
            Some(old) => format!("Rename sale {} to {name}", old.plan.name),
        };
        let sale = SavedPlan { id: sale.id, plan: SalePlan { name, ..sale.plan.clone() } };
        Ok(self.workspace.save_sale(&label, super::now(), &sale)?)
    }

    /// Saves a copy of a sale; gives the copy's name.
    pub fn duplicate_sale(&mut self, id: i64) -> Result<String> {
        let saved = self.saved_sales()?;
        let original = found(&saved, id)?;
        let free = |name: &String| saved.iter().all(|sale| sale.plan.name != *name);
        let stem: String = original.plan.name.chars().take(LONGEST_NAME - 12).collect();
        let name = (2..)
            .map(|n| if n == 2 { format!("{stem} copy") } else { format!("{stem} copy {}", n - 1) })
            .find(free)
            .ok_or_else(|| anyhow!("no name is left for a copy"))?;
        let copy = SavedPlan { id: 0, plan: SalePlan { name: name.clone(), ..original.plan.clone() } };
        self.workspace.save_sale(&format!("Duplicate sale {}", original.plan.name), super::now(), &copy)?;
        Ok(name)
    }

    /// Deletes a sale.
    pub fn remove_sale(&mut self, id: i64) -> Result<()> {
        let saved = self.saved_sales()?;
        let label = format!("Delete sale {}", found(&saved, id)?.plan.name);
        Ok(self.workspace.remove_plan(&label, super::now(), id)?)
    }
}

fn found(saved: &[SavedPlan], id: i64) -> Result<&SavedPlan> {
    let found = saved.iter().find(|sale| sale.id == id && id != 0);
    found.ok_or_else(|| anyhow!("the sale is gone; somebody deleted it, or its saving was undone"))
}
