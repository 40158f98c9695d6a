//! Everything a rule can look at: one list, read by the builder, the command line, the sentence and the tests.

use serde::{Deserialize, Serialize};

/// Names a field in [`FIELDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "every one of them stands in FIELDS with its name and meaning")]
pub enum FieldId {
    Country,
    Created,
    BirthDate,
    Tag,
    Consent,
    HasEmail,
    HasPhone,
    Attribute,
    Orders,
    Spend,
    OrderAverage,
    FirstOrder,
    LastOrder,
    SaleShare,
    Saved,
    SmallestDiscount,
    Units,
    ProductSpend,
    Products,
    Carts,
    LastCart,
    Touches,
    LastTouch,
    Segment,
    RfmGroup,
    RecencyScore,
    FrequencyScore,
    MoneyScore,
    PAlive,
    PredictedValue,
    Channel,
    Code,
    OnSale,
    OrderValue,
    OrderCountry,
    OrderAttribute,
    Product,
    Sku,
    Category,
    Brand,
    ProductAttribute,
    TouchKind,
    TouchChannel,
    Campaign,
}

/// What a field is about, which fixes where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A customer as such.
    Customer,
    /// What a customer's orders add up to; can be narrowed by [`About::Order`] and [`About::Line`].
    Orders,
    /// What the lines of a customer's orders add up to; can be narrowed likewise.
    Lines,
    /// Carts that a customer left.
    Carts,
    /// Touchpoints of a customer; can be narrowed by [`About::Touch`].
    Touches,
    /// A score or the outcome of a model on the as-of day.
    Figure,
    /// One order. Narrows.
    Order,
    /// One line of an order, all such fields the same line. Narrows.
    Line,
    /// One touchpoint. Narrows.
    Touch,
}

impl About {
    /// What fields about it can be narrowed by.
    pub fn narrowed_by(self) -> &'static [Self] {
        match self {
            Self::Orders | Self::Lines => &[Self::Order, Self::Line],
            Self::Touches => &[Self::Touch],
            _ => &[],
        }
    }

    /// Whether only some days can count.
    pub fn has_days(self) -> bool {
        matches!(self, Self::Orders | Self::Lines | Self::Carts | Self::Touches)
    }

    /// Heading in the list of fields.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Orders => "Orders",
            Self::Lines => "Products bought",
            Self::Carts => "Carts",
            Self::Touches => "Touchpoints",
            Self::Figure => "Scores and models",
            Self::Order => "Order",
            Self::Line => "Product",
            Self::Touch => "Touchpoint",
        }
    }
}

/// What kind of value a field has, which fixes what can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// A word.
    Text,
    /// A word that may be a number.
    Loose,
    /// A whole number of things.
    Count,
    /// An amount in the shop's currency, major units in a rule.
    Money,
    /// A share, 0–1 in a rule.
    Share,
    /// A day.
    Day,
}

/// A field of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// Its name in files and on the command line.
    pub key: &'static str,
    /// Its name in the interface.
    pub name: &'static str,
    /// What it is about.
    pub about: About,
    /// Kind of its value.
    pub kind: Kind,
    /// What [`super::Condition::of`] names, for fields of which there are several.
    pub of: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
}

const fn field(
    id: FieldId,
    key: &'static str,
    name: &'static str,
    about: About,
    kind: Kind,
    meaning: &'static str,
) -> Field {
    Field { id, key, name, about, kind, of: None, meaning }
}

const fn named(field: Field, of: &'static str) -> Field {
    Field { of: Some(of), ..field }
}

/// Every field there is, in the order of the builder's list.
pub const FIELDS: &[Field] = &[
    field(FieldId::Country, "country", "Country", About::Customer, Kind::Text, "Country of the customer"),
    field(FieldId::Created, "created", "Account made", About::Customer, Kind::Day, "Day the account was made"),
    field(FieldId::BirthDate, "birth_date", "Birth date", About::Customer, Kind::Day, "Birth date of the customer"),
    field(FieldId::Tag, "tag", "Tag", About::Customer, Kind::Text, "Labels that the shop gave the customer"),
    named(
        field(FieldId::Consent, "consent", "Consent", About::Customer, Kind::Flag, "Whether the customer agreed"),
        "channel",
    ),
    field(FieldId::HasEmail, "has_email", "Has an e-mail", About::Customer, Kind::Flag, "An e-mail address is known"),
    field(FieldId::HasPhone, "has_phone", "Has a phone", About::Customer, Kind::Flag, "A phone number is known"),
    named(
        field(FieldId::Attribute, "attribute", "Attribute", About::Customer, Kind::Loose, "A further column you kept"),
        "name",
    ),
    field(FieldId::Orders, "orders", "Number of orders", About::Orders, Kind::Count, "Orders that count"),
    field(FieldId::Spend, "spend", "Spend", About::Orders, Kind::Money, "Revenue by the shop’s definition"),
    field(FieldId::OrderAverage, "order_average", "Spend per order", About::Orders, Kind::Money, "Spend by orders"),
    field(FieldId::FirstOrder, "first_order", "First order", About::Orders, Kind::Day, "Day of the first order"),
    field(FieldId::LastOrder, "last_order", "Last order", About::Orders, Kind::Day, "Day of the last order: recency"),
    field(
        FieldId::SaleShare,
        "sale_share",
        "Share bought on sale",
        About::Orders,
        Kind::Share,
        "Orders with a discount divided by orders",
    ),
    field(FieldId::Saved, "saved", "Discounts taken", About::Orders, Kind::Money, "Discounts of the orders, added up"),
    field(
        FieldId::SmallestDiscount,
        "smallest_discount",
        "Smallest discount",
        About::Orders,
        Kind::Share,
        "Least part of the goods’ price that was taken off an order on sale",
    ),
    field(FieldId::Units, "units", "Units bought", About::Lines, Kind::Count, "Whole units, returns taken off"),
    field(
        FieldId::ProductSpend,
        "product_spend",
        "Spent on products",
        About::Lines,
        Kind::Money,
        "Prices of the lines less their own discounts",
    ),
    field(FieldId::Products, "products", "Different products", About::Lines, Kind::Count, "Products bought at all"),
    field(FieldId::Carts, "carts", "Carts left", About::Carts, Kind::Count, "Carts and checkouts that were not paid"),
    field(FieldId::LastCart, "last_cart", "Last cart left", About::Carts, Kind::Day, "Day a cart was last touched"),
    field(FieldId::Touches, "touches", "Touchpoints", About::Touches, Kind::Count, "Contacts with the shop"),
    field(FieldId::LastTouch, "last_touch", "Last touchpoint", About::Touches, Kind::Day, "Day of the last contact"),
    field(FieldId::Segment, "segment", "Framework segment", About::Figure, Kind::Text, "One of the five segments"),
    field(
        FieldId::RfmGroup,
        "rfm_group",
        "RFM group",
        About::Figure,
        Kind::Text,
        "Group of recency and frequency scores",
    ),
    field(FieldId::RecencyScore, "r_score", "Recency score", About::Figure, Kind::Count, "From 1 up, best = lately"),
    field(FieldId::FrequencyScore, "f_score", "Frequency score", About::Figure, Kind::Count, "From 1 up, best = often"),
    field(FieldId::MoneyScore, "m_score", "Monetary score", About::Figure, Kind::Count, "From 1 up, best = much"),
    field(
        FieldId::PAlive,
        "p_alive",
        "P(alive)",
        About::Figure,
        Kind::Share,
        "Probability to be a customer still, by the model of lifetime value (BG/NBD)",
    ),
    field(
        FieldId::PredictedValue,
        "predicted_value",
        "Predicted value",
        About::Figure,
        Kind::Money,
        "Expected discounted revenue of the next 12 months by the model of lifetime value",
    ),
    field(FieldId::Channel, "channel", "Sales channel", About::Order, Kind::Text, "Where the order came from"),
    field(FieldId::Code, "code", "Discount code", About::Order, Kind::Text, "A code used on the order"),
    field(FieldId::OnSale, "on_sale", "On sale", About::Order, Kind::Flag, "The order has a discount"),
    field(FieldId::OrderValue, "order_value", "Order value", About::Order, Kind::Money, "Revenue of the order"),
    field(FieldId::OrderCountry, "order_country", "Ordered from", About::Order, Kind::Text, "Country of the order"),
    named(
        field(
            FieldId::OrderAttribute,
            "order_attribute",
            "Attribute of the order",
            About::Order,
            Kind::Loose,
            "A further column of orders you kept",
        ),
        "name",
    ),
    field(FieldId::Product, "product", "Product", About::Line, Kind::Text, "Title of the product"),
    field(FieldId::Sku, "sku", "SKU", About::Line, Kind::Text, "Stock keeping unit"),
    field(FieldId::Category, "category", "Category", About::Line, Kind::Text, "Category of the product"),
    field(FieldId::Brand, "brand", "Brand", About::Line, Kind::Text, "Brand or vendor of the product"),
    named(
        field(
            FieldId::ProductAttribute,
            "product_attribute",
            "Attribute of the product",
            About::Line,
            Kind::Loose,
            "A further column of products you kept",
        ),
        "name",
    ),
    field(FieldId::TouchKind, "touch_kind", "Kind of touchpoint", About::Touch, Kind::Text, "What happened"),
    field(FieldId::TouchChannel, "touch_channel", "Channel of touchpoint", About::Touch, Kind::Text, "Through what"),
    field(FieldId::Campaign, "campaign", "Campaign", About::Touch, Kind::Text, "Campaign it belongs to"),
];

impl FieldId {
    /// The entry in [`FIELDS`].
    pub fn field(self) -> &'static Field {
        FIELDS.iter().find(|field| field.id == self).unwrap_or(&FIELDS[0])
    }

    /// The field with a key.
    pub fn parse(key: &str) -> Option<Self> {
        FIELDS.iter().find(|field| field.key == key).map(|field| field.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_the_list_once_under_keys_of_its_own() {
        for field in FIELDS {
            assert_eq!(FIELDS.iter().filter(|f| f.id == field.id || f.key == field.key).count(), 1, "{}", field.key);
            assert_eq!(FieldId::parse(field.key), Some(field.id));
            assert!(!field.meaning.ends_with('.') && !field.name.is_empty());
        }
    }
}
