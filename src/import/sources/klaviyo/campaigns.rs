//! Campaigns: a row per campaign, or per version of one that was split. The classic export and the report builder name
//! the same things differently.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::SendRecord;

const MORE: &[&str] = &["Unique Opens", "Unique Clicks", "Campaign ID", "Campaign Channel"];
const SHAPES: [Shape; 3] = [
    Shape { all: &["Campaign Name", "Total Recipients", "Send Time"], none: &[], more: MORE },
    Shape { all: &["Campaign Name", "Total Recipients", "Send Date (UTC)"], none: &[], more: MORE },
    Shape { all: &["Campaign Name", "Total Recipients", "Send Date"], none: &[], more: MORE },
];

pub struct Campaigns;

impl Source for Campaigns {
    fn name(&self) -> &'static str {
        "klaviyo-campaigns"
    }

    fn title(&self) -> &'static str {
        "Klaviyo campaigns"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Sends
    }

    fn matches(&self, preview: &Preview) -> f64 {
        shape::best_fit(&SHAPES, preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Sends,
            Layout::Flat,
            &[
                (Field::CampaignId, &["Campaign ID"]),
                (Field::Campaign, &["Campaign Name"]),
                (Field::Variant, &["Variant", "Variation Name", "Variation"]),
                (Field::AdChannel, &["Campaign Channel", "Channel", "Message Channel"]),
                (Field::Subject, &["Subject", "Subject line"]),
                (Field::Tags, &["Tags"]),
                (Field::SentTo, &["List", "Lists", "Segments"]),
                (Field::SentAt, &["Send Time", "Send Date (UTC)", "Send Date"]),
                (Field::Recipients, &["Total Recipients"]),
                (Field::Delivered, &["Successful Deliveries", "Total Delivered", "Delivered"]),
                (Field::Opens, &["Unique Opens"]),
                (Field::OpensTotal, &["Total Opens"]),
                (Field::Clicks, &["Unique Clicks"]),
                (Field::ClicksTotal, &["Total Clicks"]),
                (Field::Conversions, &["Unique Placed Order", "Count of unique conversions", "Unique conversions"]),
                (Field::ConversionValue, &["Revenue", "Conversion value"]),
                (Field::Unsubscribes, &["Unsubscribes", "Unique unsubscribes"]),
                (Field::Complaints, &["Spam Complaints", "Total spam complaints"]),
                (Field::Bounces, &["Bounces", "Total bounced"]),
            ],
        )
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        super::unsaid()
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        let nobody = matches!(row.field(Field::Recipients).text, "" | "0" | "0.0");
        (row.field(Field::SentAt).is_blank() && nobody).then_some("a campaign that was not sent")
    }

    fn decimal(&self) -> Option<DecimalMark> {
        Some(DecimalMark::Point)
    }

    fn finish_send(&self, row: &Row, _cells: &CellReader, send: &mut SendRecord) -> Result<(), CellError> {
        shape::part_by_time(row, send);
        Ok(())
    }
}
