//! Section 1 as a document, in every format.

mod pdf;

use std::collections::BTreeMap;

use cartwright::analytics::facts::Remainder;
use cartwright::analytics::segments::{Segment, SegmentRow, SegmentRules, SegmentTable};
use cartwright::framework::document::{
    Chapter, Front, References, assemble, by_segment, definitions_blocks, section_blocks, sources_blocks,
};
use cartwright::framework::fill::{ImportedFile, all_customers, scope, segments_blocks};
use cartwright::framework::state::{Fills, FromData, State, state};
use cartwright::framework::template::template;
use cartwright::model::strategy::{Answers, FieldValue};
use cartwright::model::{Currency, Day, Definitions};
use cartwright::report::document::{Bars, Block, Document, Look, Table};
use cartwright::report::{FORMATS, format};

fn row(segment: Option<Segment>, customers: u64, orders: u64, revenue: i64) -> SegmentRow {
    let bought = orders > 0;
    SegmentRow {
        segment,
        customers,
        buyers: customers,
        ever_buyers: customers,
        customer_share: Some(customers as f64 / 1_000.0),
        orders,
        revenue,
        revenue_share: Some(revenue as f64 / 1_000_000.0),
        aov: bought.then(|| revenue / orders as i64),
        frequency_per_year: bought.then(|| orders as f64 / customers as f64),
        lifetime_revenue: 2 * revenue,
        ltv: bought.then(|| 2 * revenue / customers as i64),
        rule: segment.map_or_else(String::new, |segment| SegmentRules::default().in_words(segment)),
    }
}

fn table() -> SegmentTable {
    let sizes = [(70, 448, 414_000), (187, 580, 399_000), (395, 237, 138_000), (76, 91, 49_000), (272, 0, 0)];
    let rows =
        Segment::ALL.iter().zip(sizes).map(|(&segment, (n, orders, money))| row(Some(segment), n, orders, money));
    SegmentTable {
        as_of: Day::parse("2026-10-14").unwrap(),
        currency: Currency::USD,
        period: (Day::parse("2025-10-15").unwrap(), Day::parse("2026-10-14").unwrap()),
        observed_days: 200,
        rules: SegmentRules::default(),
        rules_from: cartwright::analytics::segments::RulesFrom::Distribution,
        definitions: 3,
        rows: rows.collect(),
        total: row(None, 1_000, 1_356, 1_000_000),
        unidentified: Remainder { orders: 12, revenue: 34_567 },
        without_rate: 0,
        customers_without_rate: 0,
        tax_unknown: 0,
        segment_of: Vec::new(),
        facts: Vec::new(),
    }
}

/// The form with what the table says; the focus of two segments is said, the others are open.
fn filled(table: &SegmentTable) -> State {
    let mut fills = Fills::new();
    for (prefix, row) in ["VIP", "REG", "OCC", "NEW", "BROWSE"].iter().zip(&table.rows) {
        let mut say = |ending: &str, value: Option<FieldValue>| {
            let found = value.map(|value| FromData {
                value,
                how: format!("{ending} of a segment"),
                as_of: table.as_of,
                scope: "last 12 months".into(),
                page: "Segments",
                figure: None,
            });
            fills.insert(format!("{prefix}_{ending}"), found.ok_or_else(|| "nobody bought".to_owned()));
        };
        say("SIZE", Some(FieldValue::Number(row.customers as f64)));
        say("REVENUE", row.revenue_share.map(FieldValue::Percent));
        say("AOV", row.aov.map(|minor| FieldValue::Money(minor, table.currency)));
        say("FREQ", row.frequency_per_year.map(FieldValue::Number));
        say("LTV", row.ltv.map(|minor| FieldValue::Money(minor, table.currency)));
        let focus = match *prefix {
            "VIP" => Some("Early access, personal thanks, no discounts"),
            "REG" => Some("Bundles | <b>only</b>"),
            _ => None,
        };
        say("PERSONAL", focus.map(|text| FieldValue::Text(text.to_owned())));
    }
    state(template(), &Answers::default(), &fills, &BTreeMap::new())
}

fn document(company: &str, sample: bool) -> Document {
    let import = ImportedFile {
        file: "orders_export.csv".into(),
        source: "Shopify orders".into(),
        day: Day::parse("2026-10-14").unwrap(),
        rows: 1_368,
    };
    let (table, definitions) = (table(), Definitions { version: 3, ..Definitions::default() });
    let mut references = References::default();
    let mut segments = section_blocks(template().section("segments").unwrap(), &filled(&table), &mut references);
    if let Some(Block::Table(first)) = segments.iter_mut().find(|block| matches!(block, Block::Table(_))) {
        first.total = Some(all_customers(&table));
    }
    segments.extend(by_segment(&table, &mut references));
    segments.extend(segments_blocks(&table));
    let chapter = |key, blocks, basis: &str| Chapter { key, blocks, basis: basis.to_owned() };
    let chapters = vec![
        chapter("sources", sources_blocks(&[import]), ""),
        chapter("segments", segments, "Segments as of 14 Oct 2026"),
        chapter("definitions", definitions_blocks(&definitions, scope(&table, "")), ""),
    ];
    let front = Front { company, as_of: Some(table.as_of), definitions: &definitions, sample, filter: "" };
    assemble(&front, chapters, references, &Look::default())
}

fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect()
}

#[test]
fn the_table_has_the_frameworks_columns_and_rows() {
    let document = document("Sample shop", false);
    let table = tables(&document)[0];
    let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["Segment", "Size", "Revenue share", "AOV", "Frequency", "LTV", "Personalization focus"]);
    let text = |row: usize| table.rows[row].iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>();
    assert_eq!(
        text(0),
        ["VIP/Loyal", "70", "41.4%", "$9.24", "6.4x/yr", "$118.28", "Early access, personal thanks, no discounts"]
    );
    assert_eq!(text(1)[6], "Bundles | <b>only</b>");
    assert_eq!(text(4)[3..], ["Open"; 4]);
    assert_eq!(table.rows.len(), 5);
    let total = table.total.as_ref().unwrap();
    assert_eq!(
        (total[0].text.as_str(), total[1].text.as_str(), total[2].number),
        ("All customers", "1,000", Some(1.0))
    );
    assert!(table.rows.iter().chain(&table.total).all(|row| row.len() == table.columns.len()));
}

#[test]
fn every_figure_has_a_number_and_every_number_its_text() {
    let document = document("Sample shop", false);
    assert!(document.references.iter().any(|text| text.starts_with("Revenue by segment: ")));
    let table = tables(&document)[0];
    // All figures of the section rest on the same, so their columns carry the number.
    assert_eq!(table.columns.iter().filter(|column| column.reference.is_some()).count(), 5);
    let figures = table.rows.iter().flatten().filter(|cell| cell.number.is_some());
    assert!(figures.clone().count() > 20 && figures.clone().all(|cell| cell.reference.is_none()));
}

#[test]
fn every_format_prints_scope_definitions_and_remainder() {
    let document = document("Sample shop", false);
    for format in FORMATS {
        // Formats that are no text are read back in tests of their own.
        let Ok(text) = String::from_utf8(format.write(&document).unwrap()) else { continue };
        for part in [
            "As of 14 Oct 2026",
            "USD",
            "15 Oct 2025 – 14 Oct 2026",
            "VIP, 7.0%".replace("VIP", "VIP/Loyal").as_str(),
            "Order totals minus refunds, without tax and shipping",
            "Version 3",
            "All customers",
            "12 orders without a customer bring $345.67",
            "First order within 90 days",
            "200 of the 365 days",
            "Shopify orders",
            "1,368",
        ] {
            assert!(text.contains(part), "{} lacks {part}", format.name());
        }
        assert!(!text.contains("Sample data"), "{}", format.name());
    }
}

#[test]
fn sample_data_is_marked_and_the_bars_repeat_the_table() {
    let document = document("Sample shop", true);
    assert!(matches!(&document.blocks[0], Block::Note(text) if text.starts_with("Sample data")));
    let bars: Vec<&Bars> =
        document.blocks.iter().filter_map(|b| if let Block::Bars(b) = b { Some(b) } else { None }).collect();
    assert_eq!(bars[0].parts.len(), 5);
    assert_eq!(bars[0].bars[0], ("Customers".to_owned(), vec![0.07, 0.187, 0.395, 0.076, 0.272]));
}

#[test]
fn names_from_the_shop_cannot_break_a_document() {
    let document = document("<script>alert(1)</script> | `x`\n# y", false);
    let html = String::from_utf8(format("html").unwrap().write(&document).unwrap()).unwrap();
    assert!(!html.contains("<script") && !html.contains("<b>only"));
    let markdown = String::from_utf8(format("md").unwrap().write(&document).unwrap()).unwrap();
    assert!(markdown.starts_with("# \\<script\\>alert(1)\\</script\\> \\| \\`x\\` # y: "));
    assert!(markdown.contains("| Bundles \\| \\<b\\>only\\</b\\>"));
}

#[test]
fn formats_are_found_by_name_and_extension() {
    for name in ["md", "markdown", "Markdown", " HTML"] {
        assert!(format(name).is_some(), "{name}");
    }
    assert!(format("docm").is_none());
    for one in FORMATS {
        assert_eq!(FORMATS.iter().filter(|other| other.name() == one.name()).count(), 1);
        assert_eq!(format(one.extension()).map(|f| f.name()), Some(one.name()));
    }
}
