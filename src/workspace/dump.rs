//! The logical content in a fixed order, for comparing workspaces: no internal ids, journal, revisions or clock.

use std::io::Write;

use rusqlite::types::ValueRef;

use super::{Error, Result, Workspace};

/// A section of the dump: a heading and a query whose rows are printed as JSON arrays, in a fixed order.
const SECTIONS: &[(&str, &str)] = &[
    ("setting", "SELECT name, value FROM setting ORDER BY 1"),
    (
        "customer",
        "SELECT (SELECT json_group_array(k) FROM (SELECT coalesce(l.text, 'email') || ' ' || i.value AS k FROM identity i
                 LEFT JOIN label l ON l.id = i.origin WHERE i.customer_id = c.id ORDER BY 1)) AS keys,
            c.name, c.phone, l.text, c.created_at, c.birth_date, c.tags,
            (SELECT min(i.value) FROM identity i WHERE i.customer_id = c.merged_into)
         FROM customer c LEFT JOIN label l ON l.id = c.country ORDER BY 1, 2, 3, 4, 5",
    ),
    (
        "consent",
        "SELECT (SELECT min(i.value) FROM identity i WHERE i.customer_id = c.customer_id) AS who, channel, granted, at, source
         FROM consent c ORDER BY 1, 2",
    ),
    (
        "product",
        "SELECT sku, title, l.text, brand, tags, price, cost, stock, cur.text FROM product p
         LEFT JOIN label l ON l.id = p.category LEFT JOIN label cur ON cur.id = p.currency ORDER BY 1, 2",
    ),
    (
        "order",
        "SELECT origin.text, o.key, o.number, (SELECT min(i.value) FROM identity i WHERE i.customer_id = o.customer_id),
            o.placed_at, o.status, o.flags, cur.text, country.text, channel.text, o.discount, o.shipping, o.tax, o.total
         FROM orders o JOIN label origin ON origin.id = o.origin JOIN label cur ON cur.id = o.currency
         LEFT JOIN label country ON country.id = o.country LEFT JOIN label channel ON channel.id = o.channel ORDER BY o.key, 1",
    ),
    (
        "line",
        "SELECT o.key, origin.text, line.id & 1048575, coalesce(p.sku, p.title), line.quantity, line.amount, line.discount
         FROM orders o JOIN label origin ON origin.id = o.origin
         JOIN line ON line.id >= (o.id << 20) AND line.id < ((o.id + 1) << 20)
         LEFT JOIN product p ON p.id = line.product_id ORDER BY o.key, 2, line.id",
    ),
    (
        "refund",
        "SELECT o.key, r.at, r.amount, r.reason FROM refund r JOIN orders o ON o.id = r.order_id ORDER BY 1, 2, 3, 4",
    ),
    (
        "code use",
        "SELECT o.key, l.text, u.amount FROM code_use u JOIN orders o ON o.id = u.order_id JOIN label l ON l.id = u.code
         ORDER BY 1, 2",
    ),
    ("discount", "SELECT code, kind, value, starts_at, ends_at, used, status FROM discount ORDER BY 1"),
    (
        "cart",
        "SELECT origin.text, key, (SELECT min(i.value) FROM identity i WHERE i.customer_id = c.customer_id), at, cur.text, total,
            (SELECT json_group_array(json_array((SELECT coalesce(p.sku, p.title) FROM product p WHERE p.id = value ->> 0),
                value ->> 1, value ->> 2)) FROM json_each(c.lines))
         FROM cart c JOIN label origin ON origin.id = c.origin JOIN label cur ON cur.id = c.currency ORDER BY 2, 1",
    ),
    (
        "attribute",
        "SELECT entity, coalesce((SELECT min(i.value) FROM identity i WHERE entity = 'customer' AND i.customer_id = row_id),
                (SELECT key FROM orders WHERE entity = 'orders' AND id = row_id),
                (SELECT coalesce(sku, title) FROM product WHERE entity = 'product' AND id = row_id)) AS what, name, value
         FROM attribute ORDER BY 1, 2, 3",
    ),
    (
        "campaign",
        "SELECT origin.text, key, name, channel, kind, body FROM campaign c JOIN label origin ON origin.id = c.origin
         ORDER BY 1, 2",
    ),
    (
        "send",
        "SELECT origin.text, c.key, s.part, s.variant, s.subject, s.at, s.recipients, s.figures, cur.text FROM send s
         JOIN campaign c ON c.id = s.campaign_id JOIN label origin ON origin.id = c.origin
         LEFT JOIN label cur ON cur.id = s.currency ORDER BY 1, 2, 3",
    ),
    (
        "spend",
        "SELECT s.day, s.until, s.channel, c.key, cur.text, origin.text, s.amount, s.impressions, s.clicks, s.conversions,
            s.value FROM spend s
         JOIN label cur ON cur.id = s.currency LEFT JOIN label origin ON origin.id = s.origin
         LEFT JOIN campaign c ON c.id = s.campaign_id ORDER BY 1, 2, 3, 4, 5, 6",
    ),
    (
        "visit",
        "SELECT v.day, v.until, v.campaign, v.channel, v.source, origin.text, v.users, v.sessions, v.conversions,
            v.purchases, v.revenue, cur.text FROM visit v JOIN label origin ON origin.id = v.origin
         JOIN label cur ON cur.id = v.currency ORDER BY 1, 2, 3, 4, 5, 6",
    ),
    (
        "event",
        "SELECT e.at, e.kind, (SELECT min(i.value) FROM identity i WHERE i.customer_id = e.customer_id),
            (SELECT coalesce(p.sku, p.title) FROM product p WHERE p.id = e.body ->> 'product')
         FROM event e ORDER BY 1, 2, 3, 4",
    ),
    // Products are observed when they are imported: the order tells, the clock does not.
    (
        "observation",
        "SELECT coalesce(p.sku, p.title), o.price, o.stock FROM observation o JOIN product p ON p.id = o.product_id
         ORDER BY 1, o.at",
    ),
    (
        "touchpoint",
        "SELECT t.at, email.value, account.value, visitor.value, named.value, o.key, kind.text, channel.text, source.text,
            medium.text, campaign.text, device.text, t.cost, cur.text, t.landing, t.referrer FROM touchpoint t
         LEFT JOIN handle email ON email.id = t.email LEFT JOIN handle account ON account.id = t.account
         LEFT JOIN handle visitor ON visitor.id = t.visitor LEFT JOIN handle named ON named.id = t.order_named
         LEFT JOIN orders o ON o.id = t.order_id LEFT JOIN label kind ON kind.id = t.kind
         LEFT JOIN label channel ON channel.id = t.channel LEFT JOIN label source ON source.id = t.source
         LEFT JOIN label medium ON medium.id = t.medium LEFT JOIN label campaign ON campaign.id = t.campaign
         LEFT JOIN label device ON device.id = t.device LEFT JOIN label cur ON cur.id = t.currency
         ORDER BY 1, 4, 2, 3, 5, 6, 7, 8, 9, 10, 11",
    ),
    (
        "measurement",
        "SELECT m.metric, m.day, m.until, l.text, m.amount, m.currency, m.n, m.source FROM measurement m
         LEFT JOIN label l ON l.id = m.origin ORDER BY 1, 2, 3, 4",
    ),
    ("answer", "SELECT field, value FROM answer ORDER BY 1"),
    ("segment", "SELECT name, body FROM segment ORDER BY 1"),
    ("plan", "SELECT name, body FROM plan ORDER BY 1, 2"),
    ("experiment", "SELECT name, body FROM experiment ORDER BY 1, 2"),
    // Customers stand in it by their row: of files that were imported in another order it differs.
    (
        "exposure",
        "SELECT e.name, x.body FROM exposure x JOIN experiment e ON e.id = x.experiment_id ORDER BY 1, 2",
    ),
];

impl Workspace {
    /// Writes the logical content, a JSON array per row below a heading per section.
    pub fn dump(&self, out: &mut dyn Write) -> Result<()> {
        for (section, sql) in SECTIONS {
            writeln!(out, "# {section}").map_err(Error::Output)?;
            // A file of an older Cartwright that is opened for reading lacks what came later.
            let lacks = match *section {
                "campaign" | "send" | "spend" | "visit" => !self.has_results()?,
                "observation" => !self.has_observations()?,
                "exposure" => !self.has_exposures()?,
                "touchpoint" => !self.has_touches()?,
                "measurement" => !self.has_measurements()?,
                _ => false,
            };
            if lacks {
                continue;
            }
            let mut select = self.connection.prepare(sql)?;
            let columns = select.column_count();
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let mut values = Vec::with_capacity(columns);
                for i in 0..columns {
                    values.push(match row.get_ref(i)? {
                        ValueRef::Null => serde_json::Value::Null,
                        ValueRef::Integer(n) => n.into(),
                        ValueRef::Real(x) => x.into(),
                        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into(),
                    });
                }
                writeln!(out, "{}", serde_json::Value::Array(values)).map_err(Error::Output)?;
            }
        }
        Ok(())
    }
}
