//! Analytics, Customers, Download: one row per customer, guests included. There is no id: e-mail is the key.

use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};

const SHAPE: Shape = Shape {
    all: &["Name", "Email", "Sign Up", "Total Spend"],
    none: &[],
    more: &["Username", "Last Active", "Orders", "AOV", "Country / Region"],
};

pub struct AnalyticsCustomers;

impl Source for AnalyticsCustomers {
    fn name(&self) -> &'static str {
        "woocommerce-customers"
    }

    fn title(&self) -> &'static str {
        "WooCommerce customers (analytics)"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Customers
    }

    fn matches(&self, preview: &Preview) -> f64 {
        SHAPE.fits(preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Customers,
            Layout::Flat,
            &[
                (Field::Email, &["Email"]),
                (Field::CustomerName, &["Name"]),
                (Field::Phone, &["Billing Phone", "Shipping Phone"]),
                (Field::Country, &["Country / Region"]),
                (Field::CreatedAt, &["Sign Up"]),
            ],
        )
    }
}
