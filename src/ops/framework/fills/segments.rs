//! Section 1: the five segments.

use std::collections::BTreeMap;

use super::Ground;
use super::entry::{Entries, Fill, Page, days};
use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::framework::fill::focus;
use crate::model::MetricId;
use crate::model::strategy::FieldValue;

/// What fields of a segment begin with.
fn prefix(segment: Segment) -> &'static str {
    match segment {
        Segment::Vip => "VIP",
        Segment::Regular => "REG",
        Segment::Occasional => "OCC",
        Segment::New => "NEW",
        Segment::Browsers => "BROWSE",
    }
}

/// Columns of figures: the end of the key, the metric.
const FIGURES: [(&str, MetricId); 5] = [
    ("SIZE", MetricId::Customers),
    ("REVENUE", MetricId::RevenueShare),
    ("AOV", MetricId::Aov),
    ("FREQ", MetricId::Frequency),
    ("LTV", MetricId::LtvToDate),
];

/// The title of the page.
const PAGE: &str = "Segments";

pub fn fills(ground: &Ground, typed: &BTreeMap<Segment, String>) -> Entries {
    let mut found = Entries::new();
    for segment in Segment::ALL {
        let key = |ending: &str| format!("{}_{ending}", prefix(segment));
        match &ground.segments {
            Ok(table) => {
                let row = table.rows.iter().find(|row| row.segment == Some(segment));
                for (ending, metric) in FIGURES {
                    let fill = row.map(|row| figure(table, row, metric));
                    found.extend(fill.map(|fill| (key(ending), fill)));
                }
            }
            Err(why) => found.extend(FIGURES.map(|(ending, _)| (key(ending), Err(why.clone())))),
        }
        found.push((key("PERSONAL"), personal(ground, typed, segment)));
    }
    found
}

/// A cell of the table.
fn figure(table: &SegmentTable, row: &SegmentRow, metric: MetricId) -> Fill {
    let figure = table.figure(row, metric);
    let name = row.segment.map_or("all customers", Segment::name);
    let who = format!("segment is {name}");
    let scope = match (metric, figure.scope.period) {
        // Orders of a year, whatever the day on which somebody came into the segment.
        (MetricId::Frequency, _) => format!("Last 12 months, {}; {who}", days(table.period)),
        (_, Some(period)) => format!("Last 12 months, {}; {who}", days(period)),
        (_, None) => format!("Up to {}; {who}", table.as_of.display()),
    };
    let how = format!("{}. {name}: {}", metric.metric().in_words, row.rule);
    Page::new(PAGE, table.as_of, scope).figure(figure, how, || missing(row, metric, name))
}

fn missing(row: &SegmentRow, metric: MetricId, name: &str) -> String {
    let what = if metric == MetricId::Frequency { "frequency" } else { metric.metric().short };
    match metric {
        MetricId::RevenueShare => "Known customers brought no revenue in the last 12 months, so nobody has a share of \
                                   it; import later orders, or choose an earlier day"
            .into(),
        MetricId::Frequency if row.buyers > 0 => {
            "Orders are known for fewer than 30 days, which tells nothing of a year; import the orders before".into()
        }
        MetricId::LtvToDate => format!("Nobody of {name} ever bought, so there is no {what}"),
        _ => format!("Nobody of {name} bought in the last 12 months, so there is no {what}"),
    }
}

/// What the page shows as the focus. The framework's own words stand in the table until somebody types others; without
/// customers there is no table that they could stand in.
fn personal(ground: &Ground, typed: &BTreeMap<Segment, String>, segment: Segment) -> Fill {
    let page = Page::new(PAGE, ground.as_of, format!("Segment is {}", segment.name()));
    let text = FieldValue::Text(focus(typed, segment).to_owned());
    if typed.contains_key(&segment) {
        page.told(text, page.typed())
    } else if ground.segments.is_ok() {
        page.told(text, "The framework’s words, which stand on the page Segments until somebody types others")
    } else {
        page.text("", "how this segment is spoken to")
    }
}
