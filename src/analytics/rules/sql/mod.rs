//! A rule as SQL over the tables of [`schema::TABLES`], with the members that Cartwright counts.
//!
//! Every relative day becomes a date at the as-of day, so that no engine has to compute with dates. Unknown is NULL:
//! the logic of SQL is the one of rules.

mod dialect;
pub mod schema;
mod scopes;

pub use dialect::Dialect;

use scopes::Scopes;

use crate::model::rule::{About, Condition, FieldId, Kind, Rule, Test, Words};
use crate::model::{Currency, Day, Locale};

/// What the SQL of a rule depends on.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The engine.
    pub dialect: Dialect,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all amounts.
    pub currency: Currency,
}

/// A rule as a statement that lists the ids of its members. The rule was checked and speaks of no saved segment.
pub fn sql(rule: &Rule, target: Target) -> String {
    let mut scopes = Scopes::new(target);
    let condition = Writer { target, scopes: &mut scopes }.rule(rule, 1);
    let seen = format!("(c.seen_on IS NULL OR c.seen_on <= {})", target.dialect.day(target.as_of));
    let from: String =
        scopes.names().iter().map(|name| format!("LEFT JOIN {name} ON {name}.customer_id = c.customer_id\n")).collect();
    format!(
        "{}{}SELECT c.customer_id AS customer_id\nFROM customers c\n{from}WHERE {seen}\n  AND {condition}\nORDER BY c.customer_id{}",
        remarks(rule, target),
        scopes.with(),
        target.dialect.ending()
    )
}

fn remarks(rule: &Rule, target: Target) -> String {
    let Target { dialect, as_of, currency } = target;
    let words = Words { locale: Locale::En, currency };
    // A line break in a name would end the remark, and what follows would be run.
    let one_line = |text: String| {
        text.chars().map(|c| if c.is_control() || c == '\u{2028}' { ' ' } else { c }).collect::<String>()
    };
    let mut lines = vec![
        one_line(rule.sentence(words)),
        format!("As of {as_of}, for {}, over the tables of `cartwright export-tables`", dialect.name()),
    ];
    if rule.uses_figures() {
        lines.push(format!(
            "Uses scores or models: customer_figures must hold those of {as_of}; export the tables as of that day"
        ));
    }
    if !dialect.is_tested() {
        lines.push("Untested: this text was never run on BigQuery".into());
    }
    lines.iter().map(|line| format!("-- {line}\n")).collect()
}

struct Writer<'a> {
    target: Target,
    scopes: &'a mut Scopes,
}

impl Writer<'_> {
    fn rule(&mut self, rule: &Rule, depth: usize) -> String {
        let mut joined = |rules: &[Rule], word: &str, of_none: &str| {
            let parts: Vec<String> = rules.iter().map(|rule| self.rule(rule, depth + 1)).collect();
            match parts.as_slice() {
                [] => of_none.to_owned(),
                [one] => one.clone(),
                many => format!("({})", many.join(&format!("\n{}{word} ", "  ".repeat(depth + 1)))),
            }
        };
        match rule {
            Rule::All(rules) => joined(rules, "AND", "1 = 1"),
            Rule::Any(rules) => joined(rules, "OR", "1 = 0"),
            Rule::Not(rule) => format!("NOT ({})", self.rule(rule, depth + 1)),
            // Rules were resolved before: see `sql`.
            Rule::InSegment(_) => "NULL IS NOT NULL".into(),
            Rule::Where(condition) => self.condition(condition),
        }
    }

    fn condition(&mut self, condition: &Condition) -> String {
        let Condition { field, of, test, only, within } = condition;
        let of = of.as_deref().unwrap_or_default();
        match field.field().about {
            About::Customer => self.of_customer(*field, of, test),
            About::Figure => {
                let figures = self.scopes.figures();
                let column = format!("{figures}.{}", field.field().key);
                match field.field().kind {
                    Kind::Text => self.text(&column, test),
                    _ => self.number(&column, *field, test),
                }
            }
            _ => {
                let scope = self.scopes.measured(field.field().about, only, *within);
                self.measured(*field, &scope, test)
            }
        }
    }

    fn of_customer(&mut self, field: FieldId, of: &str, test: &Test) -> String {
        match field {
            FieldId::Country => self.text("c.country", test),
            FieldId::Created => self.day("c.created_on", test),
            FieldId::BirthDate => self.day("c.birth_date", test),
            FieldId::HasEmail => flag("c.has_email", test),
            FieldId::HasPhone => flag("c.has_phone", test),
            FieldId::Consent => flag(&format!("{}.granted", self.scopes.consent(of)), test),
            FieldId::Tag => {
                let (test, not) = match test {
                    Test::IsNot(words) => (Test::Is(words.clone()), "NOT "),
                    test => (test.clone(), ""),
                };
                let right = self.text("tag", &test);
                format!("{not}c.customer_id IN (SELECT customer_id FROM customer_tags WHERE {right})")
            }
            _ => {
                let attribute = self.scopes.attribute(of);
                if test.is_numeric() {
                    self.number(&format!("{attribute}.millionths"), field, test)
                } else {
                    self.text(&format!("{attribute}.value"), test)
                }
            }
        }
    }

    /// A customer without a row of the scope did nothing in it; one with an order without a rate, nobody knows what.
    fn measured(&self, field: FieldId, scope: &str, test: &Test) -> String {
        let told = |value: String| format!("CASE WHEN {scope}.unrated > 0 THEN NULL ELSE {value} END");
        let or_none = |column: &str| told(format!("COALESCE({scope}.{column}, 0)"));
        match field {
            FieldId::Orders => self.number(&or_none("orders"), field, test),
            FieldId::Spend => self.number(&or_none("spend"), field, test),
            FieldId::Saved => self.number(&or_none("saved"), field, test),
            FieldId::SmallestDiscount => self.number(&told(format!("{scope}.smallest_discount")), field, test),
            FieldId::Units => self.number(&or_none("quantity_milli"), field, test),
            FieldId::ProductSpend => self.number(&or_none("spend"), field, test),
            FieldId::Products => self.number(&or_none("products"), field, test),
            FieldId::FirstOrder => self.day(&told(format!("{scope}.first_on")), test),
            FieldId::LastOrder => self.day(&told(format!("{scope}.last_on")), test),
            FieldId::OrderAverage => self.fraction(scope, &format!("{scope}.spend"), field, test),
            FieldId::SaleShare => self.fraction(scope, &format!("{scope}.on_sale * 1000000"), field, test),
            FieldId::Carts | FieldId::Touches => self.number(&format!("COALESCE({scope}.n, 0)"), field, test),
            _ => self.day(&format!("{scope}.last_on"), test),
        }
    }

    /// A fraction of orders, compared without dividing.
    fn fraction(&self, scope: &str, part: &str, field: FieldId, test: &Test) -> String {
        let (low, high) = test.bounds(field.scale(self.target.currency));
        let bounds = [(low, ">="), (high, "<=")];
        let sides =
            bounds.iter().filter_map(|(bound, sign)| Some(format!("{part} {sign} {} * {scope}.orders", (*bound)?)));
        format!(
            "CASE WHEN {scope}.orders IS NULL OR {scope}.orders = 0 OR {scope}.unrated > 0 THEN NULL WHEN {} THEN 1 ELSE 0 END = 1",
            sides.collect::<Vec<_>>().join(" AND ")
        )
    }

    fn number(&self, expression: &str, field: FieldId, test: &Test) -> String {
        match test.bounds(field.scale(self.target.currency)) {
            (Some(low), Some(high)) if low == high => format!("{expression} = {low}"),
            (low, high) => between(expression, low.map(|n| n.to_string()), high.map(|n| n.to_string())),
        }
    }

    fn day(&self, expression: &str, test: &Test) -> String {
        if *test == Test::Known {
            return format!("{expression} IS NOT NULL");
        }
        let (first, last) = test.days(self.target.as_of);
        let day = |day: Option<Day>| day.map(|day| self.target.dialect.day(day));
        between(expression, day(first), day(last))
    }

    fn text(&self, expression: &str, test: &Test) -> String {
        text_test(self.target.dialect, expression, test)
    }
}

/// A test of a text. Lists become comparisons joined by OR: engines differ in what NULL IN (…) is.
fn text_test(dialect: Dialect, expression: &str, test: &Test) -> String {
    let each = |words: &[String], sign: &str, join: &str| {
        let parts: Vec<String> =
            words.iter().map(|word| format!("{expression} {sign} {}", dialect.text(word))).collect();
        if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(join)) }
    };
    match test {
        Test::Is(words) => each(words, "=", " OR "),
        Test::IsNot(words) => each(words, "<>", " AND "),
        Test::Contains(part) => dialect.contains(expression, part),
        _ => format!("{expression} IS NOT NULL"),
    }
}

fn between(expression: &str, low: Option<String>, high: Option<String>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{expression} BETWEEN {low} AND {high}"),
        (Some(low), None) => format!("{expression} >= {low}"),
        (None, Some(high)) => format!("{expression} <= {high}"),
        (None, None) => format!("{expression} IS NOT NULL"),
    }
}

fn flag(expression: &str, test: &Test) -> String {
    format!("{expression} = {}", u8::from(*test == Test::Yes))
}
