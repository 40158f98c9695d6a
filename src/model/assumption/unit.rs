//! What a number counts in. Shares are 0–1, ratios are so many to one, and neither is ever taken for the other.

use serde::Serialize;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An amount of a currency.
    Money,
    /// A part of a whole, or a return on it: 0.2 is 20 %.
    Share,
    /// People or things, whole ones.
    Count,
    /// A number that need not be whole.
    Number,
    /// Months.
    Months,
    /// So many to one.
    Ratio,
}

/// What it is told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// A month.
    Month,
    /// A year.
    Year,
    /// An order.
    Order,
    /// A customer.
    Customer,
    /// A piece.
    Unit,
    /// A test.
    Test,
    /// A message.
    Message,
    /// A thousand times shown.
    Thousand,
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// What it is told for.
    pub per: Option<Per>,
}

impl Unit {
    /// An amount.
    pub const MONEY: Self = Self { kind: Kind::Money, per: None };
    /// A part of a whole.
    pub const SHARE: Self = Self { kind: Kind::Share, per: None };
    /// People or things.
    pub const COUNT: Self = Self { kind: Kind::Count, per: None };
    /// Any number.
    pub const NUMBER: Self = Self { kind: Kind::Number, per: None };
    /// Months.
    pub const MONTHS: Self = Self { kind: Kind::Months, per: None };
    /// So many to one.
    pub const RATIO: Self = Self { kind: Kind::Ratio, per: None };

    /// The same for each of something.
    pub const fn each(self, per: Per) -> Self {
        Self { kind: self.kind, per: Some(per) }
    }

    /// Whether it is an amount.
    pub fn is_money(self) -> bool {
        self.kind == Kind::Money
    }

    /// What stands behind a number in a field of its own: `$ / mo`, `%`, `months`.
    pub fn suffix(self, symbol: &str) -> String {
        let kind = match self.kind {
            Kind::Money => symbol.trim(),
            Kind::Share => "%",
            Kind::Months => "months",
            Kind::Ratio => ": 1",
            Kind::Count | Kind::Number => "",
        };
        match self.per {
            None => kind.to_owned(),
            Some(per) => format!("{kind} / {}", per.short()).trim_start().to_owned(),
        }
    }
}

impl Per {
    /// In a field.
    pub fn short(self) -> &'static str {
        match self {
            Self::Month => "mo",
            Self::Year => "yr",
            Self::Order => "order",
            Self::Customer => "customer",
            Self::Unit => "unit",
            Self::Test => "test",
            Self::Message => "message",
            Self::Thousand => "1,000",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_behind_their_numbers() {
        let suffix = |unit: Unit| unit.suffix("$");
        assert_eq!(suffix(Unit::MONEY.each(Per::Month)), "$ / mo");
        assert_eq!(suffix(Unit::COUNT.each(Per::Month)), "/ mo");
        assert_eq!(suffix(Unit::SHARE), "%");
        assert_eq!(suffix(Unit::SHARE.each(Per::Year)), "% / yr");
        assert_eq!(suffix(Unit::MONTHS), "months");
        assert_eq!(suffix(Unit::NUMBER), "");
    }
}
