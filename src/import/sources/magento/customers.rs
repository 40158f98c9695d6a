//! Customers: the main file, the composite file and the address file of System, Export, the grid of
//! Customers, All customers, and the profile fixture of the sample data. Password hashes and tokens are
//! never read.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Header, Row};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::CustomerRecord;

const SHAPES: &[Shape] = &[
    // Main and composite file.
    Shape {
        all: &["email", "_website", "firstname", "lastname"],
        none: &[],
        more: &["_store", "created_at", "group_id", "store_id", "website_id"],
    },
    // Addresses.
    Shape { all: &["_website", "_email", "_entity_id"], none: &[], more: &["country_id", "firstname", "telephone"] },
    // Grid.
    Shape {
        all: &["ID", "Name", "Email", "Customer Since"],
        none: &[],
        more: &["Group", "Phone", "ZIP", "Country", "State/Province", "Web Site"],
    },
    // Profiles of the sample data.
    Shape {
        all: &["firstname", "lastname", "email", "country_id", "region"],
        none: &["_website"],
        more: &["dob", "gender", "street", "telephone"],
    },
];

pub struct Customers;

impl Source for Customers {
    fn name(&self) -> &'static str {
        "magento-customers"
    }

    fn title(&self) -> &'static str {
        "Magento customers"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Customers
    }

    fn matches(&self, preview: &Preview) -> f64 {
        shape::best_fit(SHAPES, preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let is_grid = Header::new(&preview.header).has("Customer Since");
        let id: &[&str] = if is_grid { &["ID"] } else { &[] };
        shape::mapping(
            preview,
            TableKind::Customers,
            Layout::Flat,
            &[
                (Field::CustomerId, id),
                (Field::Email, &["email", "_email"]),
                (Field::CustomerName, &["Name", "firstname", "lastname"]),
                (Field::Phone, &["telephone", "_address_telephone", "Phone"]),
                (Field::Country, &["country_id", "_address_country_id", "Country"]),
                (Field::CreatedAt, &["created_at", "Customer Since"]),
                (Field::BirthDate, &["dob", "Date of Birth"]),
                (Field::Tags, &["Group"]),
            ],
        )
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        let has_address = !row.cell("_address_street").is_blank() || !row.cell("_address_city").is_blank();
        (row.field(Field::Email).is_blank() && has_address).then_some("a further address of the customer above")
    }

    fn finish_customer(&self, row: &Row, _cells: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        if let Some(name) = shape::full_name(row, "firstname", "lastname") {
            customer.name = Some(name);
        }
        Ok(())
    }
}
