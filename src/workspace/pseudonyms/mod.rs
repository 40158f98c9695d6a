//! A copy without people: names, addresses and ids become pseudonyms that nobody can turn back, and what could name
//! somebody beside them goes. Rows stay as many as they are, so every figure of the copy is the original's.

mod scrub;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Result;
use super::touches::{ORDER, Space, order_name};
use scrub::Scrub;

/// A tag or code that fewer customers or orders have could single them out.
const FEW: u64 = 5;

/// What was taken out of a copy, and what became a pseudonym, by what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    /// Rows and cells that became pseudonyms.
    pub renamed: Vec<(String, u64)>,
    /// Rows and cells that are not in the copy.
    pub removed: Vec<(String, u64)>,
}

impl TakenOut {
    fn renamed(&mut self, what: &str, n: u64) {
        if n > 0 {
            self.renamed.push((what.to_owned(), n));
        }
    }

    fn removed(&mut self, what: &str, n: u64) {
        if n > 0 {
            self.removed.push((what.to_owned(), n));
        }
    }
}

/// Pseudonyms of one copy: the same word has the same one, and the salt is kept nowhere.
struct Pseudonyms(Vec<u8>);

impl Pseudonyms {
    fn new(connection: &Connection) -> Result<Self> {
        Ok(Self(connection.query_row("SELECT randomblob(32)", [], |row| row.get(0))?))
    }

    /// The pseudonym of a word that means something in this space.
    fn of(&self, space: &str, word: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(&self.0);
        digest.update(space.as_bytes());
        digest.update([0]);
        digest.update(word.as_bytes());
        digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    fn email(&self, address: &str) -> String {
        format!("{}@pseudonym.invalid", self.of("email", address))
    }

    fn order(&self, name: &str) -> String {
        self.of("order", &order_name(name))
    }
}

/// Takes people out of a copy, in one transaction; then the file is written anew, since its free pages hold what stood
/// there before.
pub(super) fn pseudonymise(copy: &mut Connection) -> Result<TakenOut> {
    let mut out = TakenOut::default();
    let transaction = copy.transaction()?;
    let pseudonyms = Pseudonyms::new(&transaction)?;
    // Before the names go that are looked for.
    let scrub = Scrub::read(&transaction)?;
    out.removed("names and addresses within texts", scrub::texts(&transaction, &scrub)?);
    people(&transaction, &pseudonyms, &mut out)?;
    names_of_orders(&transaction, &pseudonyms, &mut out)?;
    handles(&transaction, &pseudonyms, &mut out)?;
    codes(&transaction, &mut out)?;
    leave_out(&transaction, &mut out)?;
    transaction.commit()?;
    copy.execute_batch("VACUUM")?;
    Ok(out)
}

/// Changes a column of every row by its old text; gives how many there are.
fn rewrite(connection: &Connection, table: &str, column: &str, new: &dyn Fn(&str) -> String) -> Result<u64> {
    let sql = format!("SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY id");
    let mut select = connection.prepare(&sql)?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, String)> = found.collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare(&format!("UPDATE {table} SET {column} = ?2 WHERE id = ?1"))?;
    for (id, text) in &found {
        update.execute(params![id, new(text)])?;
    }
    Ok(found.len() as u64)
}

fn people(connection: &Connection, pseudonyms: &Pseudonyms, out: &mut TakenOut) -> Result<()> {
    let name = |text: &str| format!("Person {}", pseudonyms.of("name", text));
    out.renamed("names", rewrite(connection, "customer", "name", &name)?);
    let phone = |text: &str| format!("tel-{}", pseudonyms.of("phone", text));
    out.renamed("phone numbers", rewrite(connection, "customer", "phone", &phone)?);
    let born = connection.execute("UPDATE customer SET birth_date = NULL WHERE birth_date IS NOT NULL", [])?;
    out.removed("dates of birth", born as u64);
    let tags = connection.execute(
        "WITH used AS (SELECT t.value AS tag, count(DISTINCT c.id) AS n FROM customer c, json_each(c.tags) t
             WHERE c.tags IS NOT NULL GROUP BY 1)
         UPDATE customer SET tags = (SELECT json_group_array(t.value) FROM json_each(customer.tags) t
             JOIN used ON used.tag = t.value WHERE used.n >= ?1)
         WHERE tags IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(customer.tags) t JOIN used ON used.tag = t.value
             WHERE used.n < ?1)",
        [FEW as i64],
    )?;
    out.removed("tags that fewer than 5 customers have", tags as u64);
    let mut select = connection.prepare("SELECT id, origin, value FROM identity ORDER BY id")?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let found: Vec<(i64, i64, String)> = found.collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare("UPDATE identity SET value = ?2 WHERE id = ?1")?;
    let (mut addresses, mut ids) = (0, 0);
    for (id, origin, value) in &found {
        let new = named(pseudonyms, *origin, value);
        update.execute(params![id, new])?;
        *(if *origin == 0 { &mut addresses } else { &mut ids }) += 1;
    }
    out.renamed("e-mail addresses", addresses);
    out.renamed("shop ids of customers", ids);
    Ok(())
}

/// What a source calls a customer, as it stands in the copy; the same in every table.
fn named(pseudonyms: &Pseudonyms, origin: i64, value: &str) -> String {
    if origin == 0 { pseudonyms.email(value) } else { pseudonyms.of(&format!("customer {origin}"), value) }
}

fn names_of_orders(connection: &Connection, pseudonyms: &Pseudonyms, out: &mut TakenOut) -> Result<()> {
    let mut select = connection.prepare("SELECT id, key, number FROM orders ORDER BY id")?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let found: Vec<(i64, String, Option<String>)> = found.collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare("UPDATE OR IGNORE orders SET key = ?2, number = ?3 WHERE id = ?1")?;
    for (id, key, number) in &found {
        let number = number.as_deref().map(|number| pseudonyms.order(number));
        if update.execute(params![id, pseudonyms.order(key), number])? == 0 {
            // Another order is called the same but for what stands before it: the key alone tells them apart.
            update.execute(params![id, pseudonyms.of("order key", key), number])?;
        }
    }
    out.renamed("names of orders", found.len() as u64);
    let cart = |text: &str| pseudonyms.of("cart", text);
    out.renamed("names of carts", rewrite(connection, "cart", "key", &cart)?);
    let reasons = connection.execute("UPDATE refund SET reason = NULL WHERE reason IS NOT NULL", [])?;
    out.removed("reasons of refunds", reasons as u64);
    Ok(())
}

/// What touchpoints call people and orders: the same pseudonyms, so that they still find each other.
fn handles(connection: &Connection, pseudonyms: &Pseudonyms, out: &mut TakenOut) -> Result<()> {
    let mut select = connection.prepare("SELECT id, space, value FROM handle ORDER BY id")?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let found: Vec<(i64, Space, String)> = found.collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare("UPDATE handle SET value = ?2 WHERE id = ?1")?;
    for (id, space, value) in &found {
        let new = if *space == ORDER { pseudonyms.order(value) } else { named(pseudonyms, *space, value) };
        update.execute(params![id, new])?;
    }
    out.renamed("names within touchpoints", found.len() as u64);
    let pages = connection.execute(
        "UPDATE touchpoint SET landing = NULL, referrer = NULL WHERE landing IS NOT NULL OR referrer IS NOT NULL",
        [],
    )?;
    out.removed("addresses of pages that visitors came by", pages as u64);
    Ok(())
}

/// Discount codes that were made for one or a few people.
fn codes(connection: &Connection, out: &mut TakenOut) -> Result<()> {
    let sql = "SELECT label.id, label.text FROM label JOIN code_use ON code_use.code = label.id
               GROUP BY label.id HAVING count(*) < ?1 ORDER BY label.id";
    let mut select = connection.prepare(sql)?;
    let rare = select.query_map([FEW as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rare: Vec<(i64, String)> = rare.collect::<rusqlite::Result<_>>()?;
    for (n, (id, code)) in (1..).zip(&rare) {
        // By its place, as the same workspace is to give the same documents.
        let new = format!("rare code {n}");
        connection.prepare_cached("UPDATE label SET text = ?2 WHERE id = ?1")?.execute(params![id, new])?;
        connection.prepare_cached("UPDATE discount SET code = ?2 WHERE code = ?1")?.execute(params![code, new])?;
    }
    // Codes that were made and not used yet: one of each customer's own would name them. Sales that apply by themselves
    // have a title of words and are not counted.
    let sql = "SELECT id FROM discount WHERE coalesce(used, 0) < ?1 AND code NOT LIKE 'rare code %'
               AND (used IS NOT NULL OR instr(trim(code), ' ') = 0)
               AND lower(code) NOT IN (SELECT lower(label.text) FROM label JOIN code_use ON code_use.code = label.id)
               ORDER BY id";
    let mut select = connection.prepare(sql)?;
    let unused = select.query_map([FEW as i64], |row| row.get(0))?;
    let unused: Vec<i64> = unused.collect::<rusqlite::Result<_>>()?;
    for (n, id) in (rare.len() + 1..).zip(&unused) {
        let new = format!("rare code {n}");
        connection.prepare_cached("UPDATE discount SET code = ?2 WHERE id = ?1")?.execute(params![id, new])?;
    }
    out.renamed("discount codes that fewer than 5 orders used", (rare.len() + unused.len()) as u64);
    Ok(())
}

/// What a reader of figures has no use for.
fn leave_out(connection: &Connection, out: &mut TakenOut) -> Result<()> {
    for (what, sql) in [
        ("rejected rows", "DELETE FROM rejected_row"),
        ("kept columns of customers and orders", "DELETE FROM attribute WHERE entity <> 'product'"),
        ("remembered mappings of columns", "DELETE FROM mapping"),
        ("images for undoing", "DELETE FROM import_image"),
        ("changes of the history", "DELETE FROM row_change"),
        ("steps of the history", "DELETE FROM step"),
        ("hashes of people who were erased", "DELETE FROM erased_key"),
        ("records of erasures", "DELETE FROM erasure"),
        ("paths and choices of imports", "UPDATE import SET path = '', choices = '{}', header = '[]'"),
    ] {
        out.removed(what, connection.execute(sql, [])? as u64);
    }
    connection.execute("UPDATE erased_salt SET salt = lower(hex(randomblob(32)))", [])?;
    Ok(())
}
