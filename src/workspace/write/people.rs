//! Customers: one person per shop account or e-mail address.
//!
//! The shop's own id comes first, then the e-mail address, never the name. When an account turns out to have the
//! address of a customer who only had that address (a guest), the guest is merged into the account; the row stays and
//! says into which account, so that merges can be listed and undone.

use rusqlite::params;
use rustc_hash::FxHashMap;

use super::super::keys::KeyTable;
use super::batch::{Batch, Item};
use super::names::Numbered;
use super::products::tags_json;
use super::{Change, Context, Error, Result, attributes, images};
use crate::model::record::{ConsentRecord, CustomerKey, CustomerRecord};

/// Namespace of e-mail addresses; shop ids have the label of their origin.
const EMAIL: u32 = 0;

/// What an order tells of a customer who is new.
pub struct NewCustomer<'a> {
    pub name: Option<&'a str>,
    pub country: Option<&'a str>,
    pub line: u64,
}

/// The writer of customers.
pub struct People<'c> {
    keys: KeyTable,
    merged: FxHashMap<u32, u32>,
    // Origin of the shop id of each customer; 0 = known by e-mail only.
    account_of: Vec<u32>,
    new_customers: Batch<'c>,
    new_identities: Batch<'c>,
    numbered: Numbered,
}

impl<'c> People<'c> {
    pub fn load(context: &Context<'c>) -> Result<Self> {
        let connection = context.connection;
        let mut people = Self {
            keys: KeyTable::default(),
            merged: FxHashMap::default(),
            account_of: vec![0],
            new_customers: Batch::new(
                connection,
                "customer",
                &["id", "name", "phone", "country", "created_at", "birth_date", "tags", "line"],
                &[("import_id", context.import)],
            )?,
            new_identities: Batch::new(
                connection,
                "identity",
                &["customer_id", "origin", "value"],
                &[("import_id", context.import)],
            )?,
            numbered: Numbered::default(),
        };
        let last: u32 = connection.query_row("SELECT coalesce(max(id), 0) FROM customer", [], |row| row.get(0))?;
        people.account_of.resize(last as usize + 1, 0);
        let mut select = connection.prepare("SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            people.merged.insert(row.get(0)?, row.get(1)?);
        }
        let mut select = connection.prepare("SELECT customer_id, origin, value FROM identity")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, origin): (u32, u32) = (row.get(0)?, row.get(1)?);
            people.keys.set(origin, row.get_ref(2)?.as_str().unwrap_or_default(), id);
            if origin != EMAIL {
                people.account_of[id as usize] = origin;
            }
        }
        Ok(people)
    }

    /// The customer whom a key names, made when new; `None` when nothing identifies one. `number` is the key's
    /// (see [`super::names`]), 0 when it has none.
    pub fn resolve(
        &mut self,
        key: &CustomerKey,
        number: u32,
        new: &NewCustomer<'_>,
        context: &mut Context<'_>,
    ) -> Result<Option<u32>> {
        if key.is_empty() {
            return Ok(None);
        }
        // Who was found once by the same id and the same address is found again, unless merged since.
        if let Some(id) = self.numbered.get(number).filter(|id| !self.merged.contains_key(id)) {
            return Ok(Some(id));
        }
        let id = match self.find(key, context)? {
            Some(id) => id,
            None => {
                let record = CustomerRecord {
                    line: new.line,
                    name: new.name.map(str::to_owned),
                    country: new.country.map(str::to_owned),
                    ..Default::default()
                };
                self.create(&record, context)?
            }
        };
        self.learn(id, key, context)?;
        self.numbered.set(number, id);
        Ok(Some(id))
    }

    /// Whether a key names a customer who is there.
    pub fn knows(&self, key: &CustomerKey, context: &Context<'_>) -> bool {
        let known = |origin, value: &Option<String>| value.as_ref().is_some_and(|v| self.keys.get(origin, v).is_some());
        known(context.origin, &key.shop_id) || known(EMAIL, &key.email)
    }

    fn root(&self, mut id: u32) -> u32 {
        while let Some(&into) = self.merged.get(&id) {
            id = into;
        }
        id
    }

    /// The known customer of a key, joining a guest with an account where the key shows that they are one.
    fn find(&mut self, key: &CustomerKey, context: &mut Context<'_>) -> Result<Option<u32>> {
        let by_id = key.shop_id.as_deref().and_then(|v| self.keys.get(context.origin, v)).map(|id| self.root(id));
        let by_email = key.email.as_deref().and_then(|v| self.keys.get(EMAIL, v)).map(|id| self.root(id));
        match (by_id, by_email) {
            (Some(account), Some(guest)) if account != guest => {
                if self.account_of[guest as usize] != context.origin {
                    self.merge(guest, account, context)?;
                }
                Ok(Some(account))
            }
            (Some(account), _) => Ok(Some(account)),
            // The address belongs to another account of this shop: the id decides, so this is somebody new.
            (None, Some(other)) if key.shop_id.is_some() && self.account_of[other as usize] == context.origin => {
                Ok(None)
            }
            (None, found) => Ok(found),
        }
    }

    fn merge(&mut self, guest: u32, account: u32, context: &mut Context<'_>) -> Result<()> {
        self.new_customers.flush()?;
        images::keep_row(context.connection, context.import, "customer", i64::from(guest))?;
        context
            .connection
            .prepare_cached("UPDATE customer SET merged_into = ? WHERE id = ?")?
            .execute(params![account, guest])?;
        self.merged.insert(guest, account);
        context.tally.add("merged customers", Change::Created, 1);
        Ok(())
    }

    /// Remembers the parts of a key that are new.
    fn learn(&mut self, id: u32, key: &CustomerKey, context: &Context<'_>) -> Result<()> {
        let parts = [(context.origin, key.shop_id.as_deref()), (EMAIL, key.email.as_deref())];
        for (origin, value) in parts {
            let Some(value) = value else { continue };
            if self.keys.get(origin, value).is_none() {
                self.new_identities.push(&[id.into(), origin.into(), value.into()])?;
                self.keys.set(origin, value, id);
            }
            if origin != EMAIL {
                self.account_of[id as usize] = origin;
            }
        }
        Ok(())
    }

    fn create(&mut self, c: &CustomerRecord, context: &mut Context<'_>) -> Result<u32> {
        let id = u32::try_from(self.account_of.len()).map_err(|_| Error::Refused("too many customers".into()))?;
        self.new_customers.push(&[
            id.into(),
            Item::optional(c.name.as_deref()),
            Item::optional(c.phone.as_deref()),
            Item::optional(context.labels.optional(c.country.as_deref())?),
            Item::optional(c.created_at),
            Item::optional(c.birth_date.map(|d| d.to_string()).as_deref()),
            Item::optional(tags_json(&c.tags)?.as_deref()),
            (c.line as i64).into(),
        ])?;
        self.account_of.push(0);
        context.tally.add("customers", Change::Created, 1);
        Ok(id)
    }

    /// Inserts what waits.
    pub fn finish(&mut self) -> Result<()> {
        self.new_customers.flush()?;
        self.new_identities.flush()
    }

    pub fn accept(&mut self, c: CustomerRecord, context: &mut Context<'_>) -> Result<()> {
        let Some(id) = self.find(&c.key, context)? else {
            let id = self.create(&c, context)?;
            self.learn(id, &c.key, context)?;
            self.consents(id, &c.consents, c.line, context)?;
            return attributes::write(context, "customer", i64::from(id), &c.attributes);
        };
        self.new_customers.flush()?;
        let row = i64::from(id);
        let image = |context: &Context<'_>| -> Result<(String, String)> {
            Ok((images::read(context.connection, "customer", row)?, images::read(context.connection, "consent", row)?))
        };
        let before = image(context)?;
        let identities = self.keys.len();
        self.learn(id, &c.key, context)?;
        let country = context.labels.optional(c.country.as_deref())?;
        let sql = "UPDATE customer SET name = coalesce(?2, name), phone = coalesce(?3, phone),
            country = coalesce(?4, country), created_at = coalesce(?5, created_at),
            birth_date = coalesce(?6, birth_date), tags = coalesce(?7, tags) WHERE id = ?1";
        let birth_date = c.birth_date.map(|d| d.to_string());
        context.connection.prepare_cached(sql)?.execute(params![
            row,
            c.name,
            c.phone,
            country,
            c.created_at,
            birth_date,
            tags_json(&c.tags)?
        ])?;
        self.consents(id, &c.consents, c.line, context)?;
        let after = image(context)?;
        for (kind, before, after) in [("customer", &before.0, &after.0), ("consent", &before.1, &after.1)] {
            if before != after {
                images::keep(context.connection, context.import, kind, row, before)?;
            }
        }
        let same = before == after
            && identities == self.keys.len()
            && attributes::same(context, "customer", row, &c.attributes)?;
        attributes::write(context, "customer", row, &c.attributes)?;
        context.tally.add("customers", if same { Change::Unchanged } else { Change::Updated }, 1);
        Ok(())
    }

    /// A consent that says the same as the stored one leaves its date and source.
    fn consents(&self, id: u32, consents: &[ConsentRecord], line: u64, context: &Context<'_>) -> Result<()> {
        let sql = "INSERT INTO consent (customer_id, channel, granted, at, source, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET granted = excluded.granted, at = excluded.at, source = excluded.source,
                import_id = excluded.import_id, line = excluded.line
            WHERE granted <> excluded.granted OR (excluded.at IS NOT NULL AND at IS NOT excluded.at)";
        let mut insert = context.connection.prepare_cached(sql)?;
        for c in consents {
            insert.execute(params![id, c.channel, c.granted, c.at, context.source, context.import, line as i64])?;
        }
        Ok(())
    }
}
