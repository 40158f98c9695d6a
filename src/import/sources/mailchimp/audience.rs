//! Audience exports: one row per contact. Whether they agree to be written to stands in the file's name, so each name
//! is a source of its own. Merge fields and groups are attributes.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::Zone;
use crate::model::record::{ConsentRecord, CustomerRecord};

const MORE: &[&str] = &["MEMBER_RATING", "OPTIN_TIME", "CONFIRM_TIME", "LAST_CHANGED", "LEID", "EUID"];
const SHAPES: [Shape; 2] = [
    Shape { all: &["Email Address", "MEMBER_RATING"], none: &[], more: MORE },
    Shape { all: &["Email Address", "EUID"], none: &[], more: MORE },
];

/// Columns that are read otherwise, or belong to the tool's own bookkeeping.
const NOT_KEPT: &[&str] = &[
    "Address",
    "CC",
    "CLEAN_CAMPAIGN_ID",
    "CLEAN_CAMPAIGN_TITLE",
    "CLEAN_TIME",
    "CONFIRM_IP",
    "CONFIRM_TIME",
    "DSTOFF",
    "EUID",
    "Email Address",
    "First Name",
    "GMTOFF",
    "LAST_CHANGED",
    "LATITUDE",
    "LEID",
    "LONGITUDE",
    "Last Name",
    "OPTIN_IP",
    "OPTIN_TIME",
    "Phone Number",
    "REGION",
    "TAGS",
    "TIMEZONE",
    "UNSUB_CAMPAIGN_ID",
    "UNSUB_TIME",
];

/// Contacts of one status.
pub struct Audience {
    name: &'static str,
    title: &'static str,
    /// How the file's name begins; empty = in any other way.
    starts: &'static str,
    /// Whether the status means consent; `None` = not known.
    granted: Option<bool>,
}

/// Contacts who are written to.
pub static SUBSCRIBED: Audience = Audience {
    name: "mailchimp-subscribed",
    title: "Mailchimp subscribed contacts",
    starts: "subscribed_",
    granted: Some(true),
};
/// Contacts who do not want to be written to.
pub static UNSUBSCRIBED: Audience = Audience {
    name: "mailchimp-unsubscribed",
    title: "Mailchimp unsubscribed contacts",
    starts: "unsubscribed_",
    granted: Some(false),
};
/// Contacts whose addresses do not work.
pub static CLEANED: Audience = Audience {
    name: "mailchimp-cleaned",
    title: "Mailchimp cleaned contacts",
    starts: "cleaned_",
    granted: Some(false),
};
/// Contacts of a file that was renamed.
pub static AUDIENCE: Audience =
    Audience { name: "mailchimp-audience", title: "Mailchimp contacts", starts: "", granted: None };

impl Source for Audience {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Customers
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let named = preview.file.to_lowercase().starts_with(self.starts);
        // Of equal confidence the first source wins, and the one for every name is the last.
        if named { shape::best_fit(&SHAPES, preview) } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        // The last status counts, and its time is when it came about.
        let since: &[&str] = match self.granted {
            Some(false) => &["UNSUB_TIME", "CLEAN_TIME", "LAST_CHANGED"],
            _ => &["CONFIRM_TIME", "OPTIN_TIME"],
        };
        let mut mapping = shape::mapping(
            preview,
            TableKind::Customers,
            Layout::Flat,
            &[
                (Field::CustomerId, &["EUID", "LEID"]),
                (Field::Email, &["Email Address"]),
                (Field::Phone, &["Phone Number", "Phone"]),
                (Field::Country, &["CC"]),
                (Field::CreatedAt, &["OPTIN_TIME", "CONFIRM_TIME"]),
                (Field::ConsentAt, since),
                (Field::Tags, &["TAGS"]),
            ],
        );
        mapping.keep = shape::rest(preview, NOT_KEPT);
        mapping
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        if self.granted.is_some() {
            return Vec::new();
        }
        shape::note(
            "Whether these contacts agree to be written to stands only in the name that Mailchimp gave the file \
             (subscribed_, unsubscribed_, cleaned_); it was changed, so no consent is read",
            "Give the file its first name back, or say it with --source mailchimp-subscribed, mailchimp-unsubscribed \
             or mailchimp-cleaned",
        )
    }

    fn zone(&self) -> Option<Zone> {
        Some(Zone::UTC)
    }

    fn finish_customer(&self, row: &Row, cells: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        customer.name = shape::full_name(row, "First Name", "Last Name");
        if let Some(granted) = self.granted {
            let at = cells.moment(row.field(Field::ConsentAt))?;
            customer.consents.push(ConsentRecord { channel: "email".into(), granted, at });
        }
        Ok(())
    }
}
