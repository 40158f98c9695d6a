//! The report over all campaigns: one row each.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{DateOrder, DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::SendRecord;

const SHAPE: Shape = Shape {
    all: &["Title", "Subject", "Send Date"],
    none: &["Campaign Name"],
    more: &["Total Recipients", "Successful Deliveries", "Soft Bounces", "Times Forwarded", "Unique Id"],
};

pub struct Campaigns;

impl Source for Campaigns {
    fn name(&self) -> &'static str {
        "mailchimp-campaigns"
    }

    fn title(&self) -> &'static str {
        "Mailchimp campaigns"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Sends
    }

    fn channel(&self) -> Option<&'static str> {
        Some("email")
    }

    fn matches(&self, preview: &Preview) -> f64 {
        SHAPE.fits(preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Sends,
            Layout::Flat,
            &[
                (Field::CampaignId, &["Unique Id"]),
                (Field::Campaign, &["Title"]),
                (Field::Subject, &["Subject"]),
                (Field::SentTo, &["List", "Audience"]),
                (Field::SentAt, &["Send Date"]),
                (Field::Recipients, &["Total Recipients"]),
                (Field::Delivered, &["Successful Deliveries"]),
                (Field::Opens, &["Unique Opens"]),
                (Field::OpensTotal, &["Total Opens"]),
                (Field::Clicks, &["Unique Clicks"]),
                (Field::ClicksTotal, &["Total Clicks"]),
                (Field::Conversions, &["Total Orders"]),
                (Field::ConversionValue, &["Total Revenue", "Total Gross Sales"]),
                (Field::Unsubscribes, &["Unsubscribes"]),
                (Field::Complaints, &["Abuse Complaints"]),
                (Field::Bounces, &["Total Bounces"]),
            ],
        )
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        unsaid()
    }

    fn decimal(&self) -> Option<DecimalMark> {
        Some(DecimalMark::Point)
    }

    fn date_order(&self) -> Option<DateOrder> {
        Some(DateOrder::Mdy)
    }

    fn finish_send(&self, row: &Row, _cells: &CellReader, send: &mut SendRecord) -> Result<(), CellError> {
        shape::part_by_time(row, send);
        Ok(())
    }
}

/// What the reports leave unsaid.
pub(super) fn unsaid() -> Vec<Doubt> {
    shape::note(
        "The file names no currency and no time zone: revenue is taken for the shop’s currency, times for its zone",
        "Where the account differs, say so with --currency and --time-zone",
    )
}
