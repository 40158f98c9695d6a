//! Whether a workspace is whole: the database itself, and the promises that the writer keeps.

use super::{Result, Workspace};

/// Promises, as queries that count what breaks them.
const PROMISES: &[(&str, &str)] = &[
    (
        "every line belongs to an order",
        "SELECT count(*) FROM line WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.id = line.id >> 20)",
    ),
    (
        "every line has a known product or none",
        "SELECT count(*) FROM line WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM product)",
    ),
    (
        "every order has a known customer or none",
        "SELECT count(*) FROM orders WHERE customer_id IS NOT NULL AND customer_id NOT IN (SELECT id FROM customer)",
    ),
    (
        "every order came with a known import",
        "SELECT count(*) FROM orders WHERE import_id NOT IN (SELECT id FROM import)",
    ),
    (
        "every customer came with a known import",
        "SELECT count(*) FROM customer WHERE import_id NOT IN (SELECT id FROM import)",
    ),
    ("every refund belongs to an order", "SELECT count(*) FROM refund WHERE order_id NOT IN (SELECT id FROM orders)"),
    ("no refund is negative", "SELECT count(*) FROM refund WHERE amount < 0"),
    (
        "a shop id or address names one customer",
        "SELECT count(*) FROM (SELECT 1 FROM identity GROUP BY origin, value HAVING count(*) > 1)",
    ),
    (
        "every identity belongs to a customer",
        "SELECT count(*) FROM identity WHERE customer_id NOT IN (SELECT id FROM customer)",
    ),
    (
        "no customer is merged into itself or into nobody",
        "SELECT count(*) FROM customer WHERE merged_into = id
            OR (merged_into IS NOT NULL AND merged_into NOT IN (SELECT id FROM customer))",
    ),
    (
        "totals that the source does not state are the sum of their parts",
        "SELECT count(*) FROM orders o WHERE o.flags & 4 = 0 AND o.total <> coalesce((SELECT sum(amount) FROM line
            WHERE line.id >= o.id << 20 AND line.id < (o.id + 1) << 20), 0) - o.discount + o.shipping + o.tax",
    ),
    (
        "rows of every import = accepted + rejected + skipped",
        "SELECT count(*) FROM import WHERE summary ->> 'rows' <> (summary ->> 'accepted') + (summary ->> 'rejected') + (summary ->> 'skipped')",
    ),
];

/// Promises about touchpoints, which files of an older Cartwright do not have.
const OF_TOUCHES: &[(&str, &str)] = &[
    (
        "every touchpoint that came with an order has it",
        "SELECT count(*) FROM touchpoint WHERE order_id > 0 AND order_id NOT IN (SELECT id FROM orders)",
    ),
    (
        "every name that a touchpoint has is kept",
        "SELECT count(*) FROM (SELECT email AS h FROM touchpoint UNION SELECT account FROM touchpoint
            UNION SELECT visitor FROM touchpoint UNION SELECT order_named FROM touchpoint)
         WHERE h > 0 AND h NOT IN (SELECT id FROM handle)",
    ),
];

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// How many things were looked at.
    pub looked_at: usize,
    /// What is wrong, as sentences. Empty = the workspace is whole.
    pub faults: Vec<String>,
}

impl Workspace {
    /// Reads everything and compares it with what was promised.
    pub fn check(&self) -> Result<Check> {
        let of_touches = if self.has_touches()? { OF_TOUCHES } else { &[] };
        let promises = PROMISES.iter().chain(of_touches);
        let mut check = Check { looked_at: promises.clone().count() + 1, faults: Vec::new() };
        let mut integrity = self.connection.prepare("PRAGMA integrity_check")?;
        for line in integrity.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                check.faults.push(format!("the database is damaged: {line}"));
            }
        }
        for (promise, sql) in promises {
            let broken: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            if broken > 0 {
                check.faults.push(format!("broken {broken} times: {promise}"));
            }
        }
        Ok(check)
    }
}
