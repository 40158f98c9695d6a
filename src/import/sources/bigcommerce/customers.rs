//! Customers, Export: one row per customer, addresses packed in one cell.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::CustomerRecord;

const SHAPE: Shape = Shape {
    all: &["Customer ID", "Email", "Date Joined"],
    none: &[],
    more: &["First Name", "Last Name", "Company", "Store Credit", "Customer Group", "Addresses"],
};
const COUNTRY_KEY: &str = "Address Country:";

pub struct Customers;

impl Source for Customers {
    fn name(&self) -> &'static str {
        "bigcommerce-customers"
    }

    fn title(&self) -> &'static str {
        "BigCommerce customers"
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
                (Field::Phone, &["Phone"]),
                (Field::CreatedAt, &["Date Joined"]),
                (Field::Tags, &["Customer Group"]),
            ],
        )
    }

    fn finish_customer(&self, row: &Row, _cells: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        customer.name = shape::full_name(row, "First Name", "Last Name");
        let first_country = row.cell("Addresses").text.split_once(COUNTRY_KEY).map(|(_, rest)| rest);
        let country = first_country.and_then(|rest| rest.split([',', '|']).next()).map(str::trim);
        if let Some(country) = country.filter(|country| !country.is_empty()) {
            customer.country = Some(country.to_owned());
        }
        Ok(())
    }
}
