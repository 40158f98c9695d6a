//! Google Ads, Campaigns report: a title, the dates, the table, totals. With a column of days, weeks or months the spend
//! is by these; without, the file holds one sum per campaign for the whole period, which stays one sum. Column names
//! are those of the user's language.

use chrono::{Datelike, Months};

use crate::import::cells::{CellError, CellReader, Conventions};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{DateOrder, DecimalMark, Layout, Mapping};
use crate::import::preview::{Doubt, Preview, Topic};
use crate::import::row::{Cell, Header, Row};
use crate::import::sources::Source;
use crate::import::sources::shape;
use crate::model::record::SpendRecord;
use crate::model::{Currency, Day, Zone};

const DAY: &[&str] = &["Day", "Tag", "Jour", "Día", "Giorno", "Dag", "Dia"];
const WEEK: &[&str] = &["Week", "Woche", "Semaine", "Semana", "Settimana"];
const MONTH: &[&str] = &["Month", "Monat", "Mois", "Mes", "Mese", "Maand", "Mês"];
const CAMPAIGN: &[&str] = &["Campaign", "Kampagne", "Campagne", "Campaña", "Campagna", "Campanha"];
const COST: &[&str] = &["Cost", "Kosten", "Coût", "Coste", "Costo", "Custo"];
const CURRENCY: &[&str] = &[
    "Currency code",
    "Währungscode",
    "Code de devise",
    "Code devise",
    "Código de moneda",
    "Codice valuta",
    "Valutacode",
    "Código da moeda",
];

/// Columns that only this tool writes; some of them tell a report that lost the lines above its table.
const OWN: &[&str] = &[
    "Avg. CPC",
    "Avg. cost",
    "Budget type",
    "Campaign status",
    "Campaign type",
    "Conv. value",
    "Conv. value / cost",
    "Cost / conv.",
    "Currency code",
    "Impr.",
    "Interaction rate",
    "Optimization score",
    "Optimisation score",
    "Währungscode",
];

/// Columns of reports that cut the spend of a campaign into parts, of which one report holds only some.
const OTHER: &[&str] = &[
    "Ad group",
    "Ad",
    "Age",
    "Anzeigengruppe",
    "Asset",
    "Asset type",
    "Conversion action",
    "Final URL",
    "Gender",
    "Groupe d'annonces",
    "Household income",
    "Interaction type",
    "Keyword",
    "Landing page",
    "Location",
    "Match type",
    "Negative keyword",
    "Search keyword",
    "Search term",
    "Video",
];

/// What the first cell of a total begins with.
const TOTALS: &[&str] = &["Total:", "Total :", "Gesamt:", "Totale:", "Totaal:", "Total geral:"];

pub struct Campaigns;

impl Source for Campaigns {
    fn name(&self) -> &'static str {
        "google-ads-campaigns"
    }

    fn title(&self) -> &'static str {
        "Google Ads campaigns"
    }

    fn origin(&self) -> &'static str {
        "google_ads"
    }

    fn table(&self) -> TableKind {
        TableKind::Spend
    }

    fn channel(&self) -> Option<&'static str> {
        Some("Google Ads")
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let header = Header::new(&preview.header);
        let any = |names: &[&str]| names.iter().any(|name| header.has(name));
        let own = OWN.iter().filter(|name| header.has(name)).count();
        let dated = self.period(preview).is_some() || preview.preamble.get(1).is_some_and(|l| l.trim() == "All time");
        let is_one = any(CAMPAIGN) && any(COST) && !any(OTHER) && (dated || own >= 2);
        if is_one { 0.9 } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Spend,
            Layout::Flat,
            &[
                (Field::SpentOn, &[DAY, WEEK, MONTH].concat()),
                (
                    Field::CampaignId,
                    &["Campaign ID", "Kampagnen-ID", "ID de la campagne", "ID de campaña", "ID campagna"],
                ),
                (Field::Campaign, CAMPAIGN),
                (Field::Spent, COST),
                (Field::Currency, CURRENCY),
                (Field::Impressions, &["Impr.", "Impressions", "Impressionen"]),
                (Field::Clicks, &["Clicks", "Klicks", "Clics", "Clic", "Klikken", "Cliques"]),
                (Field::Conversions, &["Conversions", "Conversiones", "Conversioni", "Conversies", "Conversões"]),
                (
                    Field::ConversionValue,
                    &[
                        "Conv. value",
                        "Conversion value",
                        "Conv.-Wert",
                        "Conversion-Wert",
                        "Valeur de conv.",
                        "Valor conv.",
                    ],
                ),
            ],
        )
    }

    fn doubts(&self, preview: &Preview) -> Vec<Doubt> {
        let header = Header::new(&preview.header);
        let any = |names: &[&str]| names.iter().any(|name| header.has(name));
        let mut doubts = Vec::new();
        if !any(CURRENCY) {
            doubts.extend(shape::note(
                "The report names no currency: its amounts are taken for the shop’s currency",
                "Add the column Currency code, or say --currency",
            ));
        }
        if !any(&[DAY, WEEK, MONTH].concat()) {
            doubts.push(match self.period(preview) {
                Some((first, last)) => shape::of_a_period(first, last),
                None => Doubt {
                    topic: Topic::Source,
                    column: None,
                    what: "The report says neither the days nor the period of its costs".into(),
                    repair: "Download it again for a range of dates, best with the column Day".into(),
                    question: true,
                },
            });
        }
        doubts
    }

    fn period(&self, preview: &Preview) -> Option<(Day, Day)> {
        preview.preamble.iter().find_map(|line| range(line))
    }

    fn is_total(&self, row: &Row) -> bool {
        let first = row.at(0).text;
        TOTALS.iter().any(|word| first.starts_with(word))
    }

    fn finish_spend(&self, row: &Row, _cells: &CellReader, spend: &mut SpendRecord) -> Result<(), CellError> {
        let column = row.field(Field::SpentOn).column;
        if WEEK.contains(&column) {
            spend.until = Some(Day(spend.day.0 + 6));
        } else if MONTH.contains(&column) {
            spend.until = Some(end_of_month(spend.day));
        }
        Ok(())
    }
}

/// The last day of the month of a day.
fn end_of_month(day: Day) -> Day {
    let next = day.date().with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.map_or(day, |next| Day(Day::from_date(next).0 - 1))
}

/// The dates of a line like `"July 8, 2025 - July 31, 2025"`, in any language that dates are read in.
fn range(line: &str) -> Option<(Day, Day)> {
    let line = line.trim().trim_matches('"');
    let (first, last) = line.split_once(" - ").or_else(|| line.split_once(" – "))?;
    let reader = CellReader::new(Conventions {
        decimal: Some(DecimalMark::Point),
        date_order: Some(DateOrder::Mdy),
        zone: Zone::UTC,
        currency: Currency::USD,
        serials: false,
    });
    let day = |text| reader.date(Cell::new("", text)).ok().flatten();
    let (first, last) = (day(first)?, day(last)?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_above_a_report_are_read_in_several_languages() {
        let day = |text| Day::parse(text).unwrap();
        for (line, first, last) in [
            ("\"July 8, 2025 - July 31, 2025\"", "2025-07-08", "2025-07-31"),
            ("27 January 2026 - 23 February 2026", "2026-01-27", "2026-02-23"),
            ("1. September 2026 - 2. September 2026", "2026-09-01", "2026-09-02"),
            ("1 sept. 2026 - 2 sept. 2026", "2026-09-01", "2026-09-02"),
        ] {
            assert_eq!(range(line), Some((day(first), day(last))), "{line}");
        }
        for line in ["All time", "Campaign report", "Mugs - blue", "2 May 2026 - 1 May 2026"] {
            assert_eq!(range(line), None, "{line}");
        }
    }
}
