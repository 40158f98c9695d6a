//! What a change can be told by.

use serde::{Deserialize, Serialize};

/// What a change is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Customers whose first order is in the period, and all others.
    #[default]
    Newness,
    /// The five segments on the day before each period.
    Segment,
    /// Channel of the order.
    Channel,
    /// Product of the line.
    Product,
    /// Category of the product.
    Category,
    /// Country of the customer.
    Country,
    /// Orders with a discount, and without.
    Discount,
    /// Day of the week of the order.
    Weekday,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Newness,
        Self::Segment,
        Self::Channel,
        Self::Product,
        Self::Category,
        Self::Country,
        Self::Discount,
        Self::Weekday,
    ];

    /// Its key on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Newness => "new-returning",
            Self::Segment => "segment",
            Self::Channel => "channel",
            Self::Product => "product",
            Self::Category => "category",
            Self::Country => "country",
            Self::Discount => "discount",
            Self::Weekday => "weekday",
        }
    }

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newness => "New and returning",
            Self::Segment => "Segment",
            Self::Channel => "Channel",
            Self::Product => "Product",
            Self::Category => "Category",
            Self::Country => "Country",
            Self::Discount => "Discount",
            Self::Weekday => "Day of the week",
        }
    }

    /// How its groups are made, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Newness => "New customers ordered for the first time in the period, returning ones before it",
            Self::Segment => {
                "The segment that customers were in on the day before each period, by the same cut-offs; who came later \
                 is in none"
            }
            Self::Channel => "Channel of the order",
            Self::Product => "An order’s revenue is shared out over its lines by what they cost after discounts",
            Self::Category => "An order’s revenue is shared out over its lines by what they cost after discounts",
            Self::Country => "Country of the customer",
            Self::Discount => "Orders from which anything was taken off, and orders at full price",
            Self::Weekday => "Day of the week of the order, in the shop’s time zone",
        }
    }

    /// Whether groups are made of lines rather than of whole orders.
    pub fn is_of_lines(self) -> bool {
        matches!(self, Self::Product | Self::Category)
    }
}
