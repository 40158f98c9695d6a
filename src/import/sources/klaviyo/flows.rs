//! Flows: a row per day and message of a flow.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::Row;
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::SendRecord;
use crate::model::results::SendKind;

const SHAPE: Shape = Shape {
    all: &["Day", "Flow Name", "Delivered"],
    none: &[],
    more: &["Flow ID", "Flow Message ID", "Flow Message Name", "Unique Opens", "Unique Clicks", "Revenue"],
};

pub struct Flows;

impl Source for Flows {
    fn name(&self) -> &'static str {
        "klaviyo-flows"
    }

    fn title(&self) -> &'static str {
        "Klaviyo flows"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Sends
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
                (Field::CampaignId, &["Flow ID"]),
                (Field::Campaign, &["Flow Name"]),
                (Field::Variant, &["Flow Message Name", "Flow Message ID"]),
                (Field::AdChannel, &["Flow Message Channel"]),
                (Field::Tags, &["Tags"]),
                (Field::SentAt, &["Day"]),
                (Field::Delivered, &["Delivered"]),
                (Field::Opens, &["Unique Opens"]),
                (Field::Clicks, &["Unique Clicks"]),
                (Field::Conversions, &["Placed Order"]),
                (Field::ConversionValue, &["Revenue"]),
            ],
        )
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        super::unsaid()
    }

    fn decimal(&self) -> Option<DecimalMark> {
        Some(DecimalMark::Point)
    }

    fn finish_send(&self, row: &Row, _cells: &CellReader, send: &mut SendRecord) -> Result<(), CellError> {
        send.kind = SendKind::Flow;
        let message = row.cell("Flow Message ID").text;
        let message = if message.is_empty() { send.variant.as_deref().unwrap_or_default() } else { message };
        send.part = format!("{} {message}", row.field(Field::SentAt).text);
        Ok(())
    }
}
