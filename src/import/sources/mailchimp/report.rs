//! The report of one campaign: a page of labels and values, with a part for each combination of a split test.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::page;
use crate::import::plan::{DateOrder, DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::{Row, fold};
use crate::import::sources::Source;
use crate::model::record::SendRecord;

/// Which label is which field.
const LABELS: &[(Field, &str)] = &[
    (Field::Campaign, "Title:"),
    (Field::Variant, page::PART),
    (Field::Subject, "Subject Line:"),
    (Field::SentAt, "Delivery Date/Time:"),
    (Field::Recipients, "Total Recipients:"),
    (Field::Delivered, "Successful Deliveries:"),
    (Field::Opens, "Recipients Who Opened:"),
    (Field::OpensTotal, "Total Opens:"),
    (Field::Clicks, "Recipients Who Clicked:"),
    (Field::ClicksTotal, "Total Clicks:"),
    (Field::Unsubscribes, "Total Unsubs:"),
    (Field::Complaints, "Total Abuse Complaints:"),
    (Field::Bounces, "Bounces:"),
];

/// Labels without which a page is none of these.
const SURE: [&str; 2] = ["title:", "delivery date/time:"];

pub struct Report;

impl Source for Report {
    fn name(&self) -> &'static str {
        "mailchimp-report"
    }

    fn title(&self) -> &'static str {
        "Mailchimp report of one campaign"
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

    fn is_page(&self, rows: &[(u64, Vec<String>)]) -> bool {
        let has =
            |label: &str| rows.iter().any(|(_, row)| row.len() > 1 && row.first().is_some_and(|c| fold(c) == label));
        SURE.iter().all(|label| has(label))
    }

    fn matches(&self, preview: &Preview) -> f64 {
        if self.is_page(&preview.rows) { 1.0 } else { 0.0 }
    }

    fn mapping(&self, _preview: &Preview) -> Mapping {
        Mapping {
            table: TableKind::Sends,
            layout: Layout::Page,
            fields: LABELS.iter().map(|(field, label)| (*field, vec![(*label).to_owned()])).collect(),
            keep: Vec::new(),
        }
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        let mut doubts = super::campaigns::unsaid();
        doubts.extend(crate::import::sources::shape::note(
            "The report names neither the campaign’s id nor its revenue; the campaign is known by its title",
            "The report over all campaigns has both: import either the one or the other",
        ));
        doubts
    }

    fn decimal(&self) -> Option<DecimalMark> {
        Some(DecimalMark::Point)
    }

    fn date_order(&self) -> Option<DateOrder> {
        Some(DateOrder::Mdy)
    }

    fn part_of_page<'r>(&self, row: &Row<'r>) -> Option<&'r str> {
        let text = row.at(0).text;
        let name = text.strip_suffix(" Stats").filter(|name| name.starts_with("Combination "))?;
        row.at(1).is_blank().then_some(name)
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        let label = fold(row.at(0).text);
        let known = LABELS.iter().any(|(_, own)| fold(own) == label);
        if known || self.part_of_page(row).is_some() {
            None
        } else if row.cells().len() == 1 {
            Some("a heading")
        } else {
            Some("a figure that is not kept")
        }
    }

    fn finish_send(&self, _row: &Row, _cells: &CellReader, send: &mut SendRecord) -> Result<(), CellError> {
        // Several reports of one title are told apart by when they were sent.
        send.part = format!("{} {}", send.at, send.part).trim_end().to_owned();
        Ok(())
    }
}
