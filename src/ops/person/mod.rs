//! One customer: found by a key, read with everything that is known, told as a timeline.

pub mod as_json;
pub mod certificate;
pub mod export;
pub mod suppress;
pub mod timeline;

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::analytics::clv::{self, PerCustomer, Unfit};
use crate::analytics::person::Portrait;
use crate::analytics::segments::SegmentTable;
use crate::jobs::Progress;
use crate::model::{Dataset, Day, Definitions};
use crate::workspace::erase::{Erased, Erasure, Footprint, OrdersOf};
use crate::workspace::person::Person;
use timeline::Event;

/// A person on a day: who it is, the figures, and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Everything that is known, also from later days.
    pub person: Person,
    /// The figures of the day.
    pub portrait: Portrait,
    /// What happened up to the day, newest first; what has no date stands last.
    pub events: Vec<Event>,
}

impl Dossier {
    /// The day since which the person is a customer: that of the first account or of the first order that counts,
    /// whichever came first. `None` when neither is known.
    pub fn since(&self, definitions: &Definitions) -> Option<Day> {
        let made = self.person.accounts.iter().filter_map(|account| account.created_at);
        let made = made.map(|at| definitions.zone.day(at));
        let bought = self.portrait.purchases.first().map(|purchase| purchase.day);
        made.chain(bought).min()
    }
}

impl Session {
    /// Row id of the customer whom a key names: a shop's id, an e-mail address, or `#` and the number of the row.
    ///
    /// # Errors
    /// When there is none, or several.
    pub fn find_person(&self, key: &str) -> Result<u32> {
        match self.workspace.people_named(key)?.as_slice() {
            [one] => Ok(*one),
            [] => bail!(
                "there is no customer “{}”; give a shop’s id, an e-mail address as it stands in the files, or # and the \
                 number of the row",
                key.trim()
            ),
            several => {
                let rows: Vec<String> = several.iter().map(|id| format!("#{id}")).collect();
                bail!("“{}” names {} customers; choose one of {}", key.trim(), several.len(), rows.join(", "))
            }
        }
    }

    /// Everything about a customer, by index in the columns.
    pub fn person(&self, data: &Dataset, customer: u32) -> Result<Person> {
        let at = customer as usize;
        let id = data.customers.id.get(at).ok_or_else(|| anyhow!("there is no such customer any more"))?;
        Ok(self.workspace.person(*id, &data.orders.id[data.orders.of_customer(at)])?)
    }

    /// A customer on the day of a segment table, which was computed from the same columns and definitions.
    pub fn dossier(
        &self,
        data: &Dataset,
        definitions: &Definitions,
        table: &SegmentTable,
        customer: u32,
    ) -> Result<Dossier> {
        let person = self.person(data, customer)?;
        let portrait = Portrait::of(data, definitions, &self.rfm_settings()?, table, customer)
            .ok_or_else(|| anyhow!("there is no such customer any more"))?;
        let events = timeline::of(&person, &portrait, definitions);
        Ok(Dossier { person, portrait, events })
    }

    /// What erasing a customer would take out and leave; nothing is changed.
    pub fn erasure_of(&mut self, id: u32, orders: OrdersOf) -> Result<Footprint> {
        Ok(self.workspace.erasure_of(id, orders)?)
    }

    /// Erases a customer for good: no step brings the person back, and no later import. Tells beside it whether free
    /// space of the file was cleaned as well; if not, that is done when the workspace is opened next.
    pub fn erase(&mut self, id: u32, orders: OrdersOf) -> Result<(Erasure, bool)> {
        Ok(self.workspace.erase(id, orders, super::now())?)
    }

    /// Who was erased, for whoever reads files.
    pub fn erased(&self) -> Result<Erased> {
        Ok(self.workspace.erased()?)
    }

    /// Erasures that were done, oldest first.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        Ok(self.workspace.erasures()?)
    }

    /// What models foretell of each customer on a day, without the check on the shop's own past.
    pub fn foretold(
        &mut self,
        as_of: Day,
        settings: &clv::Settings,
        progress: &Progress,
    ) -> Result<Result<PerCustomer, Unfit>> {
        let data = self.dataset(progress)?;
        Ok(clv::per_customer(&data, &self.definitions()?, as_of, settings, progress)?)
    }
}

/// Index in the columns of the customer with a row id.
pub fn index_of(data: &Dataset, id: u32) -> Option<u32> {
    // Customers stand in the order of their ids.
    data.customers.id.binary_search(&id).ok().map(|at| at as u32)
}
