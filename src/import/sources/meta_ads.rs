//! Meta Ads Manager, Campaigns (or ad sets, or ads: they add up to campaigns). The currency stands in the name of the
//! column of the amount; a row covers its reporting period, a day where it was broken down by days.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::{Header, Row, fold};
use crate::import::sources::Source;
use crate::import::sources::shape;
use crate::model::Currency;
use crate::model::record::SpendRecord;

const SPENT: &str = "amount spent (";
const NAMES: &[&str] = &["Campaign name", "Ad set name", "Ad name"];
const STARTS: &[&str] = &["Day", "Reporting starts"];
const ENDS: &[&str] = &["Day", "Reporting ends"];

pub struct Campaigns;

impl Source for Campaigns {
    fn name(&self) -> &'static str {
        "meta-ads-campaigns"
    }

    fn title(&self) -> &'static str {
        "Meta Ads campaigns"
    }

    fn origin(&self) -> &'static str {
        "meta_ads"
    }

    fn table(&self) -> TableKind {
        TableKind::Spend
    }

    fn channel(&self) -> Option<&'static str> {
        Some("Meta Ads")
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let header = Header::new(&preview.header);
        let any = |names: &[&str]| names.iter().any(|name| header.has(name));
        if spent(preview).is_some() && any(NAMES) && any(STARTS) { 0.9 } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let amount = spent(preview).map_or("", |(column, _)| column);
        shape::mapping(
            preview,
            TableKind::Spend,
            Layout::Flat,
            &[
                (Field::SpentOn, STARTS),
                (Field::SpentUntil, ENDS),
                (Field::CampaignId, &["Campaign ID"]),
                (Field::Campaign, NAMES),
                (Field::Spent, &[amount]),
                (Field::Impressions, &["Impressions"]),
                (Field::Clicks, &["Link clicks", "Clicks (all)"]),
            ],
        )
    }

    fn currency(&self, preview: &Preview) -> Option<Currency> {
        spent(preview).map(|(_, currency)| currency)
    }

    fn doubts(&self, preview: &Preview) -> Vec<Doubt> {
        let header = Header::new(&preview.header);
        let position = |name| header.position(name);
        let (Some(from), Some(to)) = (position("Reporting starts"), position("Reporting ends")) else {
            return Vec::new();
        };
        let periods = preview.rows.iter().filter(|(_, row)| row.get(from) != row.get(to)).count();
        if header.has("Day") || periods == 0 {
            return Vec::new();
        }
        shape::note(
            "Rows cover more than a day; their amounts stay sums of a period and are not spread over its days",
            "For figures by day or month, export with the breakdown By time, Day",
        )
    }

    fn skip(&self, row: &Row) -> Option<&'static str> {
        if row.at(0).text.starts_with("No data available") {
            Some("the report says that it has no data")
        } else if row.field(Field::Campaign).is_blank() && row.field(Field::CampaignId).is_blank() {
            Some("a total of other rows")
        } else if row.field(Field::Spent).is_blank() {
            Some("a campaign that did not run")
        } else {
            None
        }
    }

    fn finish_spend(&self, row: &Row, cells: &CellReader, spend: &mut SpendRecord) -> Result<(), CellError> {
        let currency = spend.currency.unwrap_or(cells.conventions().currency);
        // Results are whatever the campaign was set up for: reach, leads or purchases.
        let bought = fold(row.cell("Result indicator").text).contains("purchase");
        let [count, value] = if bought { ["Results", "Results value"] } else { ["", ""] };
        let first = |own, other: &'static str| {
            let cell = row.cell(own);
            if cell.is_blank() { row.cell(other) } else { cell }
        };
        spend.conversions_milli = cells.quantity_milli(first("Purchases", count))?;
        spend.value = cells.money(first("Purchases conversion value", value), currency)?;
        Ok(())
    }
}

/// The column of the amount, and the currency in its name.
fn spent(preview: &Preview) -> Option<(&str, Currency)> {
    preview.header.iter().find_map(|name| {
        let folded = fold(name);
        let code = folded.strip_prefix(SPENT)?.strip_suffix(')')?;
        Some((name.as_str(), Currency::parse(&code.to_uppercase())?))
    })
}
