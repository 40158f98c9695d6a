//! Formulas, written once and told three ways: with names, with symbols, with numbers.
//!
//! `{key}` stands for an output or an assumption of this key, `{=key}` for an assumption alone. What stands in brackets
//! is left out of the numbers where an assumption in it is 0.

use super::outputs::outputs;
use super::{Numbers, Output, said};
use crate::model::assumption::{Assumption, AssumptionId};
use crate::model::{Currency, Locale};

enum Node {
    Output(&'static Output),
    Assumption(&'static Assumption),
}

impl Node {
    fn of(key: &str) -> Option<Self> {
        if let Some(key) = key.strip_prefix('=') {
            return AssumptionId::parse(key).map(|id| Self::Assumption(id.get()));
        }
        let output = outputs().find(|output| output.key == key).map(Self::Output);
        output.or_else(|| AssumptionId::parse(key).map(|id| Self::Assumption(id.get())))
    }

    fn value(&self, numbers: &Numbers) -> Option<f64> {
        match self {
            Self::Output(output) => output.value(numbers).ok(),
            Self::Assumption(assumption) => numbers.get(assumption.id).ok(),
        }
    }
}

impl Output {
    /// The formula with names.
    pub fn words(&self, numbers: &Numbers) -> String {
        let name = |node: &Node| match node {
            Node::Output(output) => said::in_a_sentence(output.name),
            Node::Assumption(assumption) => said::in_a_sentence(assumption.name),
        };
        self.told(numbers, |node| Some(name(node)), false).unwrap_or_default()
    }

    /// The formula with symbols.
    pub fn symbols(&self, numbers: &Numbers) -> String {
        let symbol = |node: &Node| match node {
            Node::Output(output) => output.symbol.to_owned(),
            Node::Assumption(assumption) => assumption.symbol.to_owned(),
        };
        self.told(numbers, |node| Some(symbol(node)), false).unwrap_or_default()
    }

    /// The formula with the numbers in; `None` where one of them is not known.
    pub fn with_numbers(&self, numbers: &Numbers, currency: Currency, locale: Locale) -> Option<String> {
        let number = |node: &Node| {
            let unit = match node {
                Node::Output(output) => output.unit,
                Node::Assumption(assumption) => assumption.unit,
            };
            node.value(numbers).map(|value| said::in_formula(unit, value, currency, locale))
        };
        self.told(numbers, number, true)
    }

    fn told(&self, numbers: &Numbers, tell: impl Fn(&Node) -> Option<String>, shorten: bool) -> Option<String> {
        let formula = match self.instead {
            Some((when, formula)) if when(numbers) => formula,
            _ => self.formula,
        };
        let mut out = String::new();
        for (n, part) in formula.split(['[', ']']).enumerate() {
            let (mut text, mut is_nothing) = (String::new(), false);
            for piece in part.split_inclusive('}') {
                let (plain, key) = piece.split_once('{').map_or((piece, None), |(plain, key)| (plain, Some(key)));
                text.push_str(plain);
                if let Some(node) = key.and_then(|key| Node::of(key.trim_end_matches('}'))) {
                    text.push_str(&tell(&node)?);
                    is_nothing |= node.value(numbers) == Some(0.0);
                }
            }
            if !(shorten && is_nothing && n % 2 == 1) {
                out.push_str(&text);
            }
        }
        Some(out)
    }
}
