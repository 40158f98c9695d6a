//! What conditions measure, as named subqueries with one row a customer. Conditions over the same orders share one.

use super::{Target, text_test};
use crate::model::Day;
use crate::model::rule::{About, FieldId, Narrow, Test, Window};

/// Subqueries by what they are made from.
pub struct Scopes {
    target: Target,
    made: Vec<(String, String)>,
    prefixes: Vec<&'static str>,
    /// Whether orders with refunds taken off are needed.
    orders: bool,
}

impl Scopes {
    pub fn new(target: Target) -> Self {
        Self { target, made: Vec::new(), prefixes: Vec::new(), orders: false }
    }

    /// Names of the subqueries to join, in order.
    pub fn names(&self) -> Vec<String> {
        (1..).zip(&self.prefixes).map(|(n, prefix)| format!("{prefix}{n}")).collect()
    }

    /// The subqueries, ready to stand before SELECT.
    pub fn with(&self) -> String {
        let mut parts = Vec::new();
        if self.orders {
            parts.push(("shop_orders".to_owned(), self.shop_orders()));
        }
        parts.extend(self.names().into_iter().zip(self.made.iter().map(|(_, body)| body.clone())));
        if parts.is_empty() {
            return String::new();
        }
        let parts: Vec<String> = parts.into_iter().map(|(name, body)| format!("{name} AS (\n{body}\n)")).collect();
        format!("WITH {}\n", parts.join(",\n"))
    }

    /// The name of a subquery, made when it is new.
    fn named(&mut self, prefix: &'static str, key: String, body: impl FnOnce(&Self) -> String) -> String {
        let at = match self.made.iter().position(|(known, _)| *known == key) {
            Some(at) => at,
            None => {
                let body = body(self);
                self.made.push((key, body));
                self.prefixes.push(prefix);
                self.made.len() - 1
            }
        };
        format!("{}{}", self.prefixes[at], at + 1)
    }

    /// Orders known by the as-of day, with their revenue after the refunds known by then.
    fn shop_orders(&self) -> String {
        let as_of = self.day(self.target.as_of);
        format!(
            "  SELECT o.order_id AS order_id, o.customer_id AS customer_id, o.ordered_on AS ordered_on,
    o.is_purchase AS is_purchase, o.is_unrated AS is_unrated, o.discount AS discount, o.on_sale AS on_sale,
    o.discount_rate AS discount_rate, o.channel AS channel, o.country AS country, o.revenue - COALESCE(r.revenue, 0) AS revenue
  FROM orders o
  LEFT JOIN (
    SELECT f.order_id AS order_id, SUM(f.revenue) AS revenue FROM refunds f WHERE f.refunded_on <= {as_of} GROUP BY f.order_id
  ) r ON r.order_id = o.order_id
  WHERE o.ordered_on <= {as_of}"
        )
    }

    fn day(&self, day: Day) -> String {
        self.target.dialect.day(day)
    }

    /// Answers of a channel given by the as-of day.
    pub fn consent(&mut self, channel: &str) -> String {
        self.named("answer", format!("consent {channel}"), |own| {
            format!(
                "  SELECT customer_id, granted FROM consents\n  WHERE channel = {} AND (answered_on IS NULL OR answered_on <= {})",
                own.target.dialect.text(channel),
                own.day(own.target.as_of)
            )
        })
    }

    /// Values of an attribute of customers.
    pub fn attribute(&mut self, name: &str) -> String {
        self.named("attribute", format!("attribute {name}"), |own| {
            format!(
                "  SELECT customer_id, value, millionths FROM customer_attributes WHERE name = {}",
                own.target.dialect.text(name)
            )
        })
    }

    /// Scores and outcomes of models on the as-of day.
    pub fn figures(&mut self) -> String {
        self.named("figures", "figures".into(), |own| {
            format!("  SELECT * FROM customer_figures WHERE as_of = {}", own.day(own.target.as_of))
        })
    }

    /// Sums of what a condition measures.
    pub fn measured(&mut self, about: About, only: &[Narrow], within: Option<Window>) -> String {
        self.orders |= matches!(about, About::Orders | About::Lines);
        let prefix = match about {
            About::Orders => "bought",
            About::Lines => "lines",
            About::Carts => "left",
            _ => "touched",
        };
        self.named(prefix, format!("{about:?} {only:?} {within:?}"), |own| match about {
            About::Orders => own.over_orders(only, within),
            About::Lines => own.over_lines(only, within),
            About::Carts => own.contacts("carts", "left_on", &[], within),
            _ => own.contacts("touchpoints", "touched_on", only, within),
        })
    }

    fn over_orders(&self, only: &[Narrow], within: Option<Window>) -> String {
        format!(
            "  SELECT o.customer_id AS customer_id, SUM(o.is_purchase) AS orders, SUM(o.revenue) AS spend,
    SUM(o.is_purchase * o.on_sale) AS on_sale, SUM(o.is_purchase * o.discount) AS saved,
    MIN(CASE WHEN o.is_purchase = 1 THEN o.discount_rate END) AS smallest_discount,
    MIN(CASE WHEN o.is_purchase = 1 THEN o.ordered_on END) AS first_on,
    MAX(CASE WHEN o.is_purchase = 1 THEN o.ordered_on END) AS last_on, SUM(o.is_unrated) AS unrated
  FROM shop_orders o{}
  GROUP BY o.customer_id",
            where_all(&self.order_tests(only, within))
        )
    }

    fn over_lines(&self, only: &[Narrow], within: Option<Window>) -> String {
        let mut tests = self.order_tests(only, within);
        let lines = only.iter().filter(|narrow| narrow.field.field().about == About::Line);
        tests.extend(lines.map(|narrow| self.line_test(narrow)));
        format!(
            "  SELECT o.customer_id AS customer_id, SUM(CASE WHEN o.is_unrated = 1 THEN 0 ELSE l.quantity_milli END) AS quantity_milli,
    SUM(l.spend) AS spend, COUNT(DISTINCT CASE WHEN o.is_unrated = 0 AND l.quantity_milli > 0 THEN l.product_id END) AS products,
    SUM(o.is_unrated) AS unrated
  FROM shop_orders o
  LEFT JOIN order_lines l ON l.order_id = o.order_id
  LEFT JOIN products p ON p.product_id = l.product_id{}
  GROUP BY o.customer_id",
            where_all(&tests)
        )
    }

    fn contacts(&self, table: &str, day: &str, only: &[Narrow], within: Option<Window>) -> String {
        let mut tests = self.days(&format!("t.{day}"), within);
        tests.extend(only.iter().map(|narrow| {
            let column = match narrow.field {
                FieldId::TouchKind => "t.kind",
                FieldId::TouchChannel => "t.channel",
                _ => "t.campaign",
            };
            text_test(self.target.dialect, column, &narrow.test)
        }));
        format!(
            "  SELECT t.customer_id AS customer_id, COUNT(*) AS n, MAX(t.{day}) AS last_on, 0 AS unrated\n  FROM {table} t{}\n  GROUP BY t.customer_id",
            where_all(&tests)
        )
    }

    fn days(&self, column: &str, within: Option<Window>) -> Vec<String> {
        match within.map(|window| window.days(self.target.as_of)) {
            None => vec![format!("{column} <= {}", self.day(self.target.as_of))],
            Some((from, to)) => vec![format!("{column} BETWEEN {} AND {}", self.day(from), self.day(to))],
        }
    }

    /// What must be true of an order: of its own, and that one line is right in every way.
    fn order_tests(&self, only: &[Narrow], within: Option<Window>) -> Vec<String> {
        let mut tests = if within.is_some() { self.days("o.ordered_on", within) } else { Vec::new() };
        let of = |about: About| only.iter().filter(move |narrow| narrow.field.field().about == about);
        tests.extend(of(About::Order).map(|narrow| self.order_test(narrow)));
        let lines: Vec<String> = of(About::Line).map(|narrow| self.line_test(narrow)).collect();
        if !lines.is_empty() {
            tests.push(format!(
                "o.order_id IN (\n    SELECT l.order_id FROM order_lines l JOIN products p ON p.product_id = l.product_id\n    WHERE {})",
                lines.join("\n      AND ")
            ));
        }
        tests
    }

    fn order_test(&self, Narrow { field, of, test }: &Narrow) -> String {
        let dialect = self.target.dialect;
        match field {
            FieldId::Channel => text_test(dialect, "o.channel", test),
            FieldId::OrderCountry => text_test(dialect, "o.country", test),
            FieldId::OnSale => super::flag("o.on_sale", test),
            FieldId::OrderValue => {
                let (low, high) = test.bounds(field.scale(self.target.currency));
                let bounds = super::between("o.revenue", low.map(|n| n.to_string()), high.map(|n| n.to_string()));
                format!("o.is_unrated = 0 AND {bounds}")
            }
            FieldId::Code => {
                let (test, not) = match test {
                    Test::IsNot(words) => (Test::Is(words.clone()), "NOT "),
                    test => (test.clone(), ""),
                };
                let right = text_test(dialect, "code", &test);
                format!("o.order_id {not}IN (SELECT order_id FROM order_codes WHERE {right})")
            }
            _ => self.attribute_test("o.order_id", "order", of.as_deref(), test),
        }
    }

    fn line_test(&self, Narrow { field, of, test }: &Narrow) -> String {
        let dialect = self.target.dialect;
        match field {
            FieldId::Product => text_test(dialect, "p.title", test),
            FieldId::Sku => text_test(dialect, "p.sku", test),
            FieldId::Category => text_test(dialect, "p.category", test),
            FieldId::Brand => text_test(dialect, "p.brand", test),
            _ => self.attribute_test("p.product_id", "product", of.as_deref(), test),
        }
    }

    fn attribute_test(&self, id: &str, entity: &str, of: Option<&str>, test: &Test) -> String {
        let dialect = self.target.dialect;
        let right = if test.is_numeric() {
            let (low, high) = test.bounds(FieldId::OrderAttribute.scale(self.target.currency));
            super::between("millionths", low.map(|n| n.to_string()), high.map(|n| n.to_string()))
        } else {
            text_test(dialect, "value", test)
        };
        let name = dialect.text(of.unwrap_or_default());
        format!("{id} IN (SELECT {entity}_id FROM {entity}_attributes WHERE name = {name} AND {right})")
    }
}

fn where_all(tests: &[String]) -> String {
    if tests.is_empty() { String::new() } else { format!("\n  WHERE {}", tests.join("\n    AND ")) }
}
