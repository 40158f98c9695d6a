//! Discount codes: what the shop offers, and when buyers type one.

use super::basket::{Occasion, percent};
use super::dice::Dice;
use super::truth::Sale;

/// What a code takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// Percent of the goods.
    Percent(u32),
    /// An amount, minor units, from a value of goods on.
    Amount {
        /// Minor units taken off.
        off: i64,
        /// Goods must be worth this, minor units.
        from: i64,
    },
}

impl Off {
    /// The discount on goods of a value, minor units.
    pub fn of(self, goods: i64) -> i64 {
        match self {
            Self::Percent(p) => percent(goods, p),
            Self::Amount { off, from } if goods >= from => off,
            Self::Amount { .. } => 0,
        }
    }
}

/// A code that is valid at all times.
#[derive(Debug)]
pub struct Code {
    /// What the buyer types.
    pub code: &'static str,
    /// What it takes off.
    pub off: Off,
    /// Probability that a buyer to whom it applies uses it.
    uptake: f64,
    /// Whether it applies to a buyer with so many earlier orders, the last so many days ago.
    applies: fn(earlier: u16, gap_days: u16) -> bool,
}

/// The codes that are always valid. Codes of sales stand with the sales.
pub const CODES: &[Code] = &[
    Code { code: "WELCOME10", off: Off::Percent(10), uptake: 0.35, applies: |earlier, _| earlier == 0 },
    Code { code: "COMEBACK15", off: Off::Percent(15), uptake: 0.3, applies: |_, gap| gap > 150 },
    Code {
        code: "THANKS10",
        off: Off::Amount { off: 1_000, from: 6_000 },
        uptake: 0.12,
        applies: |earlier, _| earlier >= 5,
    },
];

/// Probability that a buyer types the code of a sale that runs.
const SALE_UPTAKE: f64 = 0.75;

/// The code used on an occasion and its discount on goods of a value.
pub fn used(occasion: &Occasion<'_>, goods: i64, dice: &mut Dice) -> (Option<&'static str>, i64) {
    let (try_sale, try_own) = (dice.unit(), dice.unit());
    let of_sale = occasion.sale.and_then(|sale: &Sale| Some((sale.code?, Off::Percent(sale.percent))));
    let own = || {
        let (earlier, gap_days) = occasion.history?;
        let code = CODES.iter().find(|code| (code.applies)(earlier, gap_days))?;
        (try_own < code.uptake).then_some((code.code, code.off))
    };
    let code = match (of_sale, occasion.sale) {
        (Some(code), _) if try_sale < SALE_UPTAKE => Some(code),
        // Other codes rest while a sale runs.
        (_, Some(_)) => None,
        (_, None) => own(),
    };
    match code.map(|(code, off)| (code, off.of(goods))) {
        Some((code, discount)) if discount > 0 => (Some(code), discount),
        _ => (None, 0),
    }
}
