//! What the shop means by its words: one versioned value kept in the workspace and printed in every document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Currency, Zone};
use crate::model::record::OrderStatus;

/// Days of a year in every "per year" figure and in "the last 12 months".
pub const YEAR_DAYS: i32 = 365;

/// Whether a part of an order's total belongs to revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Counted.
    Included,
    /// Left out.
    Excluded,
}

/// When a refund without a date happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndatedRefund {
    /// On the day of its order.
    OrderDate,
    /// On the day it was imported.
    ImportDate,
}

/// The definitions every analysis takes as input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Definitions {
    /// Counts up with every change; printed beside figures.
    pub version: u32,
    /// The shop's currency: all figures are in it.
    pub currency: Currency,
    /// Days begin at midnight of this zone.
    pub zone: Zone,
    /// The user's own rates: millionths of the shop's currency for one unit of the foreign one.
    pub rates: BTreeMap<Currency, i64>,
    /// Tax in revenue.
    pub tax: Part,
    /// Shipping in revenue.
    pub shipping: Part,
    /// Refunds and returns subtracted (`Included`) or ignored.
    pub refunds: Part,
    /// Where refunds without a date go.
    pub undated_refunds: UndatedRefund,
    /// Statuses that make an order count.
    pub counted: Vec<OrderStatus>,
    /// Whether an order of no value (a free sample, a replacement) counts as an order.
    pub free_orders: Part,
    /// Share of revenue left after the cost of goods where no unit cost is known, 0–1.
    pub default_margin: Option<f64>,
}

impl Default for Definitions {
    fn default() -> Self {
        use OrderStatus::{Paid, PartiallyRefunded, Pending, Refunded};
        Self {
            version: 1,
            currency: Currency::USD,
            zone: Zone::UTC,
            rates: BTreeMap::new(),
            tax: Part::Excluded,
            shipping: Part::Excluded,
            refunds: Part::Included,
            undated_refunds: UndatedRefund::OrderDate,
            counted: vec![Paid, Pending, Refunded, PartiallyRefunded],
            free_orders: Part::Excluded,
            default_margin: None,
        }
    }
}

impl Definitions {
    /// Whether orders of a status count.
    pub fn counts(&self, status: OrderStatus) -> bool {
        self.counted.contains(&status)
    }

    /// What revenue means, as a sentence for hovers and documents.
    pub fn revenue_in_words(&self) -> String {
        let refunds = match self.refunds {
            Part::Included => "minus refunds",
            Part::Excluded => "before refunds",
        };
        let parts = match (self.tax, self.shipping) {
            (Part::Excluded, Part::Excluded) => "without tax and shipping",
            (Part::Included, Part::Excluded) => "with tax, without shipping",
            (Part::Excluded, Part::Included) => "with shipping, without tax",
            (Part::Included, Part::Included) => "with tax and shipping",
        };
        format!("Order totals {refunds}, {parts}")
    }

    /// Every definition in words: what it is called, and what it says here.
    pub fn in_words(&self) -> Vec<(String, String)> {
        let part = |part: Part, yes: &str, no: &str| match part {
            Part::Included => yes.to_owned(),
            Part::Excluded => no.to_owned(),
        };
        let undated = match self.undated_refunds {
            UndatedRefund::OrderDate => "on the order date",
            UndatedRefund::ImportDate => "on the import date",
        };
        let counted: Vec<&str> = self.counted.iter().map(|status| status.word()).collect();
        let margin = self.default_margin.map_or_else(|| "not set".into(), |share| format!("{}%", share * 100.0));
        let mut words = vec![
            ("Tax".to_owned(), part(self.tax, "included", "left out")),
            ("Shipping".to_owned(), part(self.shipping, "included", "left out")),
            ("Refunds and returns".to_owned(), part(self.refunds, "subtracted", "ignored")),
            ("Refunds without a date".to_owned(), undated.to_owned()),
            ("Orders of no value".to_owned(), part(self.free_orders, "count", "do not count")),
            ("Orders that count".to_owned(), counted.join(", ")),
            ("Time zone".to_owned(), self.zone.name().to_owned()),
            ("Currency".to_owned(), self.currency.to_string()),
            ("Margin where no unit cost is known".to_owned(), margin),
        ];
        for (currency, rate) in &self.rates {
            words.push((format!("Rate of {currency}"), (*rate as f64 / 1e6).to_string()));
        }
        words
    }

    /// Converts an amount of `from` into the shop's currency; `None` when no rate is known.
    /// Rounds half away from zero to the shop's minor unit.
    pub fn convert(&self, minor: i64, from: Currency) -> Option<i64> {
        if from == self.currency {
            return Some(minor);
        }
        let rate = i128::from(*self.rates.get(&from)?);
        let numerator = i128::from(minor) * rate * i128::from(self.currency.scale());
        let denominator = i128::from(from.scale()) * 1_000_000;
        let half = if numerator < 0 { -denominator / 2 } else { denominator / 2 };
        i64::try_from((numerator + half) / denominator).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_with_the_users_rate_and_the_exponents_of_both_currencies() {
        let mut definitions = Definitions::default();
        let jpy = Currency::parse("JPY").unwrap();
        definitions.rates.insert(jpy, 6_500); // 1 JPY = 0.0065 USD
        assert_eq!(definitions.convert(1_000, jpy), Some(650));
        assert_eq!(definitions.convert(-1_000, jpy), Some(-650));
        assert_eq!(definitions.convert(5, Currency::USD), Some(5));
        assert_eq!(definitions.convert(5, Currency::parse("CHF").unwrap()), None);
    }
}
