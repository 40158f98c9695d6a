//! A rule as one English sentence.

use super::{About, Condition, FieldId, Kind, Narrow, Rule, Test, Window};
use crate::model::{Currency, Locale};

/// How numbers, amounts and days are written.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The way of writing.
    pub locale: Locale,
    /// The shop's currency.
    pub currency: Currency,
}

impl Rule {
    /// The rule as a sentence, without a full stop.
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::All(rules) if rules.is_empty() => "All customers".into(),
            Self::Any(rules) if rules.is_empty() => "No customer".into(),
            Self::Not(rule) => format!("All customers except those who {}", words.rule(rule, true)),
            rule => format!("Customers who {}", words.rule(rule, true)),
        }
    }
}

impl Words {
    /// What follows “who”. Groups within groups stand in brackets.
    fn rule(self, rule: &Rule, outermost: bool) -> String {
        let bracketed = |text: String| if outermost { text } else { format!("({text})") };
        match rule {
            Rule::All(rules) if rules.is_empty() => "are customers".into(),
            Rule::Any(rules) if rules.is_empty() => "are nobody".into(),
            Rule::All(rules) | Rule::Any(rules) if rules.len() == 1 => self.rule(&rules[0], outermost),
            Rule::All(rules) => bracketed(listed(&self.each(rules), "and", outermost)),
            Rule::Any(rules) => bracketed(format!("either {}", listed(&self.each(rules), "or", outermost))),
            Rule::Not(rule) => format!("are not among those who {}", self.rule(rule, false)),
            Rule::InSegment(name) => format!("are in segment “{name}”"),
            Rule::Where(condition) => self.condition(condition),
        }
    }

    fn each(self, rules: &[Rule]) -> Vec<String> {
        rules.iter().map(|rule| self.rule(rule, false)).collect()
    }

    fn condition(self, condition: &Condition) -> String {
        let Condition { field, of, test, only, within } = condition;
        let kind = field.field().kind;
        let amount = || self.amount(test, kind);
        let when = || self.day(test);
        let of = of.as_deref().unwrap_or_default();
        let scope = self.narrowed(*field, only) + &self.window(*within);
        let no = matches!(test, Test::AtMost(n) | Test::Exactly(n) if *n == 0.0);
        let phrase = match field {
            FieldId::Country => format!("have a country that {}", self.word(test)),
            FieldId::Created => format!("made their account {}", when()),
            FieldId::BirthDate => format!("were born {}", when()),
            FieldId::Tag => format!("have a tag that {}", self.word(test)),
            FieldId::Consent if *test == Test::Yes => format!("agreed to be written to by {}", channel(of)),
            FieldId::Consent => format!("declined to be written to by {}", channel(of)),
            FieldId::HasEmail => format!("have {} e-mail address", if *test == Test::Yes { "an" } else { "no" }),
            FieldId::HasPhone => format!("have {} phone number", if *test == Test::Yes { "a" } else { "no" }),
            FieldId::Attribute => format!("have the attribute “{of}” that {}", self.loose(test)),
            FieldId::Orders if no => "placed no order".into(),
            FieldId::Orders => format!("placed {}", self.things(test, "order", "orders")),
            FieldId::Spend => format!("spent {}", amount()),
            FieldId::OrderAverage => format!("spent {} per order", amount()),
            FieldId::FirstOrder => format!("first ordered {}", when()),
            FieldId::LastOrder => format!("last ordered {}", when()),
            FieldId::SaleShare if no => "placed none of their orders on sale".into(),
            FieldId::SaleShare if matches!(test, Test::AtLeast(n) | Test::Exactly(n) if *n == 1.0) => {
                "placed all of their orders on sale".into()
            }
            FieldId::SaleShare => format!("placed {} of their orders on sale", amount()),
            FieldId::Saved => format!("took discounts of {}", amount()),
            FieldId::SmallestDiscount => format!("bought on sale at a smallest discount of {}", amount()),
            FieldId::Units if no => "bought no unit".into(),
            FieldId::Units => format!("bought {}", self.things(test, "unit", "units")),
            FieldId::ProductSpend => format!("spent {} on products", amount()),
            FieldId::Products => format!("bought {}", self.things(test, "different product", "different products")),
            FieldId::Carts if no => "left no cart".into(),
            FieldId::Carts => format!("left {}", self.things(test, "cart", "carts")),
            FieldId::LastCart => format!("last left a cart {}", when()),
            FieldId::Touches if no => "had no touchpoint".into(),
            FieldId::Touches => format!("had {}", self.things(test, "touchpoint", "touchpoints")),
            FieldId::LastTouch => format!("had their last touchpoint {}", when()),
            FieldId::Segment => format!("are in a framework segment that {}", self.word(test)),
            FieldId::RfmGroup => format!("are in an RFM group that {}", self.word(test)),
            FieldId::RecencyScore => format!("have a recency score of {}", amount()),
            FieldId::FrequencyScore => format!("have a frequency score of {}", amount()),
            FieldId::PAlive => format!("are customers still with a probability of {}", amount()),
            FieldId::PredictedValue => format!("have a predicted value of {} in the next 12 months", amount()),
            FieldId::MoneyScore => format!("have a monetary score of {}", amount()),
            other => format!("have a {} that {}", other.field().name.to_lowercase(), self.loose(test)),
        };
        phrase + &scope
    }

    /// ` in orders whose channel is “web” and with a product whose category is “Tea”`.
    fn narrowed(self, field: FieldId, only: &[Narrow]) -> String {
        let part = |about: About| -> Vec<String> {
            let of_kind = only.iter().filter(|narrow| narrow.field.field().about == about);
            of_kind.map(|narrow| self.narrow(narrow)).collect()
        };
        let (mut orders, lines, touches) = (part(About::Order), part(About::Line), part(About::Touch));
        let joined = |parts: &[String]| listed(parts, "and", false);
        let about = field.field().about;
        // “placed 2 orders with …” needs no “in orders”.
        let place = if field == FieldId::Orders || about == About::Touches { "" } else { "in orders" };
        let mut out = String::new();
        if about == About::Lines && !lines.is_empty() {
            out = format!(" of products {}", joined(&lines));
        } else if !lines.is_empty() {
            orders.push(format!("with a product {}", joined(&lines)));
        }
        orders.extend(touches);
        if !orders.is_empty() {
            let gap = if place.is_empty() { "" } else { " " };
            out += &format!("{gap}{place} {}", joined(&orders));
        }
        out
    }

    fn narrow(self, narrow: &Narrow) -> String {
        let of = narrow.of.as_deref().unwrap_or_default();
        match (narrow.field, &narrow.test) {
            (FieldId::OnSale, Test::Yes) => "with a discount".into(),
            (FieldId::OnSale, _) => "without a discount".into(),
            (FieldId::OrderValue, test) => format!("worth {}", self.amount(test, Kind::Money)),
            (FieldId::OrderAttribute | FieldId::ProductAttribute, test) => {
                format!("whose attribute “{of}” {}", self.loose(test))
            }
            (FieldId::Code, test) => format!("with a discount code that {}", self.word(test)),
            (FieldId::Product, test) => format!("whose title {}", self.word(test)),
            (FieldId::Sku, test) => format!("whose SKU {}", self.word(test)),
            (FieldId::OrderCountry, test) => format!("whose country {}", self.word(test)),
            (FieldId::TouchKind, test) => format!("whose kind {}", self.word(test)),
            (FieldId::TouchChannel | FieldId::Channel, test) => format!("whose channel {}", self.word(test)),
            (other, test) => format!("whose {} {}", other.field().name.to_lowercase(), self.word(test)),
        }
    }

    fn window(self, window: Option<Window>) -> String {
        match window {
            None => String::new(),
            Some(Window::LastDays(1)) => " on the as-of day".into(),
            Some(Window::LastDays(days)) => format!(" in the last {} days", self.locale.count(days.into())),
            Some(Window::DaysAgo(from, to)) => {
                format!(" from {} to {} days ago", self.locale.count(from.into()), self.locale.count(to.into()))
            }
            Some(Window::Between(from, to)) => {
                format!(" from {} to {}", self.locale.date(from), self.locale.date(to))
            }
        }
    }

    fn word(self, test: &Test) -> String {
        let quoted = |list: &[String]| list.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>();
        match test {
            Test::Is(list) => format!("is {}", listed(&quoted(list), "or", false)),
            Test::IsNot(list) => format!("is not {}", listed(&quoted(list), "or", false)),
            Test::Contains(part) => format!("contains “{part}”"),
            _ => "is known".into(),
        }
    }

    fn loose(self, test: &Test) -> String {
        if test.is_numeric() { format!("is {}", self.amount(test, Kind::Loose)) } else { self.word(test) }
    }

    fn amount(self, test: &Test, kind: Kind) -> String {
        let number = |n: f64| self.number(n, kind);
        match *test {
            Test::AtLeast(n) => format!("at least {}", number(n)),
            Test::AtMost(n) => format!("at most {}", number(n)),
            Test::Exactly(n) => format!("exactly {}", number(n)),
            Test::Between(low, high) => format!("{} to {}", number(low), number(high)),
            _ => String::new(),
        }
    }

    /// `at least 1 order`, `2 to 5 orders`.
    fn things(self, test: &Test, one: &str, many: &str) -> String {
        let single = matches!(test, Test::AtLeast(n) | Test::AtMost(n) | Test::Exactly(n) if *n == 1.0);
        format!("{} {}", self.amount(test, Kind::Count), if single { one } else { many })
    }

    fn number(self, number: f64, kind: Kind) -> String {
        match kind {
            Kind::Money => self.locale.money((number * self.currency.scale() as f64).round() as i64, self.currency),
            Kind::Share => self.locale.percent(number, decimals(number * 100.0, 4)),
            _ => self.locale.number(number, decimals(number, 6)),
        }
    }

    fn day(self, test: &Test) -> String {
        let days = |n: u32| self.locale.counted(n.into(), "day", "days");
        match *test {
            Test::WithinDays(1) => "on the as-of day".into(),
            Test::WithinDays(n) => format!("within the last {}", days(n)),
            Test::DaysAgo(n) => format!("{} ago or earlier", days(n)),
            Test::From(day) => format!("on {} or later", self.locale.date(day)),
            Test::Before(day) => format!("before {}", self.locale.date(day)),
            _ => "on a known day".into(),
        }
    }
}

fn channel(name: &str) -> String {
    match name {
        "email" => "e-mail".into(),
        "sms" => "SMS".into(),
        "whatsapp" => "WhatsApp".into(),
        other => format!("“{other}”"),
    }
}

/// How many decimals a number needs, `most` at most.
fn decimals(number: f64, most: u32) -> u32 {
    let whole = |n: &u32| {
        ((number * 10_f64.powi(n.cast_signed())).round() / 10_f64.powi(n.cast_signed()) - number).abs() < 1e-9
    };
    (0..most).find(whole).unwrap_or(most)
}

/// `a`, `a or b`, `a, b or c`; with commas before the last one where parts are long.
fn listed(parts: &[String], word: &str, long: bool) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}{} {word} {last}", first.join(", "), if long { "," } else { "" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_as_sentences() {
        let words = Words { locale: Locale::En, currency: Currency::USD };
        for (text, sentence) in [
            ("everybody", "All customers"),
            ("nobody", "No customer"),
            ("orders >= 1", "Customers who placed at least 1 order"),
            ("orders = 0 in last 90 days", "Customers who placed no order in the last 90 days"),
            (
                "units >= 3 where (brand is Acme, channel is web)",
                "Customers who bought at least 3 units of products whose brand is “Acme” in orders whose channel is “web”",
            ),
            ("not country is DE", "All customers except those who have a country that is “DE”"),
            (
                "spend >= 1250 in last 365 days and consent[email] yes and not in \"VIP\"",
                "Customers who spent at least $1,250.00 in the last 365 days, agreed to be written to by e-mail, and are \
                 not among those who are in segment “VIP”",
            ),
            (
                "orders >= 2 where (category is Tea | Coffee, on_sale yes) or (sale_share between 0.125 and 1 and \
                 last_order 90 days ago)",
                "Customers who either placed at least 2 orders with a discount and with a product whose category is “Tea” or \
                 “Coffee”, or (placed 12.5% to 100% of their orders on sale and last ordered 90 days ago or \
                 earlier)",
            ),
        ] {
            assert_eq!(Rule::parse(text).unwrap().sentence(words), sentence);
        }
    }
}
