//! Definitions and amounts as people read them in a document.

use crate::model::currency::group_thousands;
use crate::model::definitions::{Definitions, Part, UndatedRefund};
use crate::model::{Currency, Day};

/// What stands where nothing is known.
pub(super) const MISSING: &str = "—";

/// `1,234`.
pub(super) fn count(n: u64) -> String {
    group_thousands(n)
}

/// `7.0%`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// `15 Oct 2025 – 14 Oct 2026`.
pub(super) fn period((first, last): (Day, Day)) -> String {
    format!("{} – {}", first.display(), last.display())
}

/// What the shop's words mean, as pairs of term and explanation.
pub(super) fn definitions(definitions: &Definitions) -> Vec<(String, String)> {
    let mut facts = vec![
        fact("Currency", definitions.currency.code()),
        fact("Time zone", definitions.zone.name()),
        fact("Revenue", definitions.revenue_in_words()),
        fact("Orders that count", orders_in_words(definitions)),
    ];
    if definitions.refunds == Part::Included {
        let day = match definitions.undated_refunds {
            UndatedRefund::OrderDate => "On the day of the order",
            UndatedRefund::ImportDate => "On the day of the import",
        };
        facts.push(fact("Refunds without a date", day));
    }
    if !definitions.rates.is_empty() {
        let rates = definitions.rates.iter().map(|(from, rate)| rate_in_words(*from, *rate, definitions.currency));
        facts.push(fact("Exchange rates, typed", rates.collect::<Vec<_>>().join(", ")));
    }
    if let Some(margin) = definitions.default_margin {
        facts.push(fact("Margin where no unit cost is known", percent(margin)));
    }
    facts.push(fact("Definitions", format!("Version {}", definitions.version)));
    facts
}

/// A pair of term and explanation.
pub(super) fn fact(term: &str, text: impl Into<String>) -> (String, String) {
    (term.to_owned(), text.into())
}

fn orders_in_words(definitions: &Definitions) -> String {
    let words: Vec<&str> = definitions.counted.iter().map(|status| status.word()).collect();
    let statuses = match words.as_slice() {
        [] => "none".to_owned(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    };
    let free = match definitions.free_orders {
        Part::Included => "with",
        Part::Excluded => "without",
    };
    format!("Status {statuses}; {free} orders of no value, without test orders")
}

/// `1 EUR = 1.08 USD`, from millionths.
fn rate_in_words(from: Currency, millionths: i64, to: Currency) -> String {
    format!("1 {from} = {} {to}", millionths as f64 / 1_000_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::OrderStatus;

    #[test]
    fn definitions_say_what_they_count() {
        let mut definitions = Definitions { counted: vec![OrderStatus::Paid], ..Definitions::default() };
        definitions.rates.insert(Currency::parse("EUR").unwrap(), 1_080_000);
        let facts = super::definitions(&definitions);
        let text = |term: &str| facts.iter().find(|(t, _)| t == term).map(|(_, text)| text.as_str());
        assert_eq!(text("Orders that count"), Some("Status paid; without orders of no value, without test orders"));
        assert_eq!(text("Exchange rates, typed"), Some("1 EUR = 1.08 USD"));
        assert_eq!(text("Refunds without a date"), Some("On the day of the order"));
    }
}
