//! Profiles, lists and segments: one row per person, with the columns that the user ticked. Consent comes by channel
//! with its time; columns that are nothing else are attributes.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::{ConsentRecord, CustomerRecord};

const MORE: &[&str] = &["Email Marketing Consent", "Profile Created On", "Email Suppressions", "First Active"];
const SHAPES: [Shape; 3] = [
    Shape { all: &["Klaviyo ID"], none: &["Campaign Name", "Flow Name"], more: MORE },
    Shape { all: &["Email", "Email Marketing Consent"], none: &[], more: MORE },
    Shape { all: &["Email", "Profile Created On"], none: &[], more: MORE },
];

/// Columns that are read otherwise, or say where a person is and what the tool guesses of them.
const NOT_KEPT: &[&str] = &[
    "Address",
    "Address 2",
    "City",
    "Country",
    "Date Added",
    "Email",
    "Email Marketing Consent",
    "Email Marketing Consent Timestamp",
    "Email Suppressions",
    "First Name",
    "IP Address",
    "Klaviyo ID",
    "Last Name",
    "Latitude",
    "Longitude",
    "Phone Number",
    "Profile Created On",
    "SMS Marketing Consent",
    "SMS Marketing Consent Timestamp",
    "Zip Code",
];

pub struct Profiles;

impl Source for Profiles {
    fn name(&self) -> &'static str {
        "klaviyo-profiles"
    }

    fn title(&self) -> &'static str {
        "Klaviyo profiles"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Customers
    }

    fn matches(&self, preview: &Preview) -> f64 {
        shape::best_fit(&SHAPES, preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let mut mapping = shape::mapping(
            preview,
            TableKind::Customers,
            Layout::Flat,
            &[
                (Field::CustomerId, &["Klaviyo ID"]),
                (Field::Email, &["Email"]),
                (Field::Phone, &["Phone Number"]),
                (Field::Country, &["Country"]),
                (Field::CreatedAt, &["Profile Created On", "Date Added"]),
                (Field::ConsentEmail, &["Email Marketing Consent"]),
                (Field::ConsentAt, &["Email Marketing Consent Timestamp"]),
            ],
        );
        mapping.keep = shape::rest(preview, NOT_KEPT);
        mapping
    }

    fn finish_customer(&self, row: &Row, cells: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        customer.name = shape::full_name(row, "First Name", "Last Name");
        if let Some(granted) = cells.flag(row.cell("SMS Marketing Consent"))? {
            let at = cells.moment(row.cell("SMS Marketing Consent Timestamp"))?;
            customer.consents.push(ConsentRecord { channel: "sms".into(), granted, at });
        }
        // Who is suppressed is not written to, whatever they once agreed to.
        if !cells.list(row.cell("Email Suppressions"))?.is_empty() {
            customer.consents.retain(|c| c.channel != "email");
            customer.consents.push(ConsentRecord { channel: "email".into(), granted: false, at: None });
        }
        Ok(())
    }
}
