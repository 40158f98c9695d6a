//! Abandoned checkouts, Export: the columns of orders, and never revenue.

use super::orders::{are_checkouts, fits};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::sources::Source;
use crate::import::sources::shape;

pub struct Checkouts;

impl Source for Checkouts {
    fn name(&self) -> &'static str {
        "shopify-checkouts"
    }

    fn title(&self) -> &'static str {
        "Shopify abandoned checkouts"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Carts
    }

    fn matches(&self, preview: &Preview) -> f64 {
        if are_checkouts(preview) { fits(preview) } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Carts,
            Layout::RowPerLine,
            &[
                (Field::OrderId, &["Name"]),
                (Field::PlacedAt, &["Created at"]),
                (Field::Email, &["Email"]),
                (Field::CustomerName, &["Billing Name", "Shipping Name"]),
                (Field::Country, &["Billing Country", "Shipping Country"]),
                (Field::Sku, &["Lineitem sku"]),
                (Field::Title, &["Lineitem name"]),
                (Field::Quantity, &["Lineitem quantity"]),
                (Field::UnitPrice, &["Lineitem price"]),
                (Field::Total, &["Total"]),
                (Field::Currency, &["Currency"]),
            ],
        )
    }
}
