//! Customers, Export: one row per customer; ids, phones and post codes may be guarded by an apostrophe.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::{ConsentRecord, CustomerRecord};

const SHAPE: Shape = Shape {
    all: &["Email", "Total Spent", "Total Orders"],
    none: &[],
    more: &["First Name", "Last Name", "Tax Exempt", "Tags", "Note", "Accepts Email Marketing"],
};

pub struct Customers;

impl Source for Customers {
    fn name(&self) -> &'static str {
        "shopify-customers"
    }

    fn title(&self) -> &'static str {
        "Shopify customers"
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
                (Field::CustomerId, &["Customer ID"]),
                (Field::Email, &["Email"]),
                (Field::CustomerName, &["First Name", "Last Name"]),
                (Field::Phone, &["Phone", "Default Address Phone"]),
                (Field::Country, &["Default Address Country Code", "Country Code", "Country"]),
                (Field::ConsentEmail, &["Accepts Email Marketing", "Accepts Marketing"]),
                (Field::ConsentSms, &["Accepts SMS Marketing"]),
                (Field::Tags, &["Tags"]),
            ],
        )
    }

    fn finish_customer(&self, row: &Row, cells: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        customer.name = shape::full_name(row, "First Name", "Last Name");
        if let Some(granted) = cells.flag(row.cell("Accepts WhatsApp Marketing"))? {
            customer.consents.push(ConsentRecord { channel: "whatsapp".into(), granted, at: None });
        }
        Ok(())
    }
}
