//! The plan of an import: everything that is decided before the first row is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::field::{CellKind, Field, TableKind};
use super::preview::{Dialect, Doubt, Preview, Topic};
use super::row::{Header, fold};
use super::secret;
use super::sources::{self, Source};
use crate::model::{Currency, Day, Zone};

/// Order of day, month and year in dates that do not start with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 26/12/31
    Ymd,
}

/// The decimal mark of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

/// How the lines of an order lie in a file. See the layouts of each source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A row per line; order fields stand on the first row of an order, or on every row.
    /// Order-level values are taken once per order: the first that is not blank.
    RowPerLine,
    /// One row per order; lines in numbered column groups (`line_item_1`, `line_item_2` …).
    Numbered,
    /// One row per order; all lines packed in one cell.
    Packed,
    /// One row per order, without lines.
    NoLines,
    /// One row per record (customers, products, discounts).
    Flat,
    /// A page of labels and values: every part of it is a record, its labels are the columns.
    Page,
}

/// Which column becomes which field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the rows describe.
    pub table: TableKind,
    /// How lines lie.
    pub layout: Layout,
    /// Columns of each field, by header name as written in the file; several = the first that is not blank.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// Further columns kept as named attributes: (header, attribute name).
    pub keep: Vec<(String, String)>,
}

/// What the workspace brings to a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Defaults {
    /// The shop's zone.
    pub zone: Zone,
    /// The shop's currency.
    pub currency: Currency,
}

/// What the user fixed beforehand (command-line options, answers in the window).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Name of a source, instead of the recognised one.
    pub source: Option<String>,
    /// Kind of table for the generic mapper.
    pub table: Option<TableKind>,
    /// field → column, added to or replacing the proposed mapping. An empty column unmaps the field.
    pub map: BTreeMap<Field, String>,
    /// Columns to keep as attributes.
    pub keep: Vec<(String, String)>,
    /// Currency of amounts without one.
    pub currency: Option<Currency>,
    /// Zone of times without one.
    pub zone: Option<Zone>,
    /// Answer to the date question.
    pub date_order: Option<DateOrder>,
    /// Answer to the decimal question.
    pub decimal: Option<DecimalMark>,
    /// Delimiter instead of the detected one.
    pub delimiter: Option<char>,
    /// Encoding instead of the detected one (WHATWG label).
    pub encoding: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Header line (1 = first line of the file); 0 says that the file has no header.
    pub header_line: Option<u64>,
}

/// A settled import: what is read from where and how. Nothing is written by making one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The file.
    #[serde(skip)]
    pub path: PathBuf,
    /// Its name without folder.
    pub file: String,
    /// Its size when it was looked at, in bytes.
    pub size: u64,
    /// Encoding and delimiter, or sheet.
    #[serde(flatten)]
    pub dialect: Dialect,
    /// Line of the header; 0 = none.
    pub header_line: u64,
    /// Line of the table's first row, header or not.
    pub first_line: u64,
    /// Column names.
    pub header: Vec<String>,
    /// Name of the source.
    pub source: &'static str,
    /// Name of the source for people.
    pub title: &'static str,
    /// Which column becomes what.
    pub mapping: Mapping,
    /// Decimal mark; `None` when no number seen needs one.
    pub decimal: Option<DecimalMark>,
    /// Order of day and month; `None` when no date seen needs one.
    pub date_order: Option<DateOrder>,
    /// Zone of times that name none.
    pub zone: Zone,
    /// Currency of amounts whose row names none.
    pub currency: Currency,
    /// First and last day that the whole file speaks of, where it says so above its table.
    pub period: Option<(Day, Day)>,
    /// What the user should know about the file.
    pub notes: Vec<String>,
    /// Questions of the preview.
    #[serde(skip)]
    open: Vec<Doubt>,
    /// Fields the user took out: they are not asked for again.
    #[serde(skip)]
    waived: BTreeSet<Field>,
}

impl Plan {
    /// Makes a plan of what a preview found, what the user chose and what the workspace brings. Fails with a
    /// sentence when the source is not known or a choice names a column or field that does not exist.
    pub fn new(preview: &Preview, choices: &Choices, defaults: &Defaults) -> Result<Self, String> {
        let source = source_of(preview)?;
        let mut mapping = source.mapping(preview);
        let waived = apply_choices(&mut mapping, choices, &preview.header, &preview.file)?;
        let (open, notes): (Vec<Doubt>, Vec<Doubt>) = preview.doubts.iter().cloned().partition(|d| d.question);
        Ok(Self {
            path: preview.path.clone(),
            file: preview.file.clone(),
            size: preview.size,
            dialect: preview.dialect.clone(),
            header_line: preview.header_line,
            first_line: preview.first_line(),
            header: preview.header.clone(),
            source: source.name(),
            title: source.title(),
            mapping,
            decimal: choices.decimal.or(source.decimal()).or(preview.decimal),
            date_order: choices.date_order.or(source.date_order()).or(preview.date_order),
            zone: choices.zone.or(source.zone()).unwrap_or(defaults.zone),
            currency: choices.currency.or(source.currency(preview)).unwrap_or(defaults.currency),
            period: source.period(preview),
            notes: notes.into_iter().map(|d| d.what).collect(),
            open,
            waived,
        })
    }

    /// What must be settled before the import can run.
    pub fn questions(&self) -> Vec<Doubt> {
        let is_mapped_to = |column: &Option<String>, kinds: &[CellKind]| {
            let fields = self.mapping.fields.iter().filter(|(f, _)| kinds.contains(&f.cell_kind()));
            column.as_ref().is_some_and(|column| fields.flat_map(|(_, columns)| columns).any(|c| c == column))
        };
        let asked = self.open.iter().filter(|doubt| match doubt.topic {
            Topic::DateOrder => {
                self.date_order.is_none() && is_mapped_to(&doubt.column, &[CellKind::Moment, CellKind::Date])
            }
            Topic::Decimal => {
                self.decimal.is_none() && is_mapped_to(&doubt.column, &[CellKind::Money, CellKind::Quantity])
            }
            _ => true,
        });
        asked.cloned().chain(self.missing_fields()).collect()
    }

    /// Columns that nothing reads. Empty for the sources of a platform, which know all their columns.
    pub fn ignored(&self) -> Vec<&str> {
        if !sources::is_generic(self.source) {
            return Vec::new();
        }
        let mapped = |name: &str| self.mapping.fields.values().flatten().any(|column| column == name);
        let kept = |name: &str| self.mapping.keep.iter().any(|(column, _)| column == name);
        let names = self.header.iter().map(String::as_str);
        names.filter(|name| !name.trim().is_empty() && !mapped(name) && !kept(name)).collect()
    }

    /// The choices that make this plan again for another file of the same columns: what the user chose, and
    /// what was settled besides. Remembered under [`header_key`].
    pub fn to_remember(&self, chosen: &Choices) -> Choices {
        let mut choices = Choices { date_order: self.date_order, decimal: self.decimal, ..chosen.clone() };
        if sources::is_generic(self.source) {
            let columns = self.mapping.fields.iter().filter_map(|(f, c)| Some((*f, c.first()?.clone())));
            choices.map = columns.chain(self.waived.iter().map(|f| (*f, String::new()))).collect();
            choices.table = Some(self.mapping.table);
        }
        choices
    }

    /// Whether what a column would say of the day stands above the table.
    fn is_dated_above(&self, way: &[Field]) -> bool {
        self.period.is_some() && matches!(way, [Field::SpentOn | Field::VisitedOn])
    }

    /// Fields that an import needs and no column gives, one question per group of alternatives.
    fn missing_fields(&self) -> Vec<Doubt> {
        let has = |fields: &[Field]| fields.iter().all(|f| self.mapping.fields.contains_key(f));
        let waived = |fields: &[Field]| fields.iter().any(|f| self.waived.contains(f));
        needed(&self.mapping)
            .iter()
            .filter(|ways| !ways.iter().any(|way| has(way) || waived(way) || self.is_dated_above(way)))
            .map(|ways| missing(ways))
            .collect()
    }
}

/// What an import needs: of each group one way, each way being fields that belong together.
fn needed(mapping: &Mapping) -> &'static [&'static [&'static [Field]]] {
    use Field::*;
    match (mapping.table, mapping.layout) {
        (TableKind::Lines, Layout::RowPerLine) => {
            &[&[&[OrderId]], &[&[PlacedAt]], &[&[Quantity, UnitPrice], &[LineAmount]]]
        }
        (TableKind::Lines, _) => &[&[&[OrderId]], &[&[PlacedAt]]],
        (TableKind::Orders, _) => &[&[&[OrderId]], &[&[PlacedAt]], &[&[Total]]],
        (TableKind::Customers, _) => &[&[&[CustomerId], &[Email]]],
        (TableKind::Products, _) => &[&[&[Sku], &[Title]]],
        (TableKind::Carts, _) => &[&[&[OrderId]]],
        (TableKind::Discounts, _) => &[&[&[Code]]],
        (TableKind::Spend, _) => &[&[&[SpentOn]], &[&[Spent]]],
        (TableKind::Sends, _) => &[&[&[CampaignId], &[Campaign]], &[&[SentAt]]],
        (TableKind::Visits, _) => &[&[&[VisitedOn]], &[&[Sessions]]],
        (TableKind::Events, _) => &[&[&[EventAt]], &[&[Sku], &[Title]]],
        // Columns may be metrics themselves.
        (TableKind::Metrics, _) if !mapping.keep.is_empty() => &[&[&[MeasuredOn]]],
        (TableKind::Metrics, _) => &[&[&[MeasuredOn]], &[&[MetricName]], &[&[MetricValue]]],
        (TableKind::Touches, _) => &[
            &[&[TouchedAt]],
            &[&[Email], &[CustomerId], &[VisitorId], &[OrderId]],
            &[&[AdChannel], &[UtmSource], &[UtmMedium], &[Referrer], &[Landing]],
        ],
    }
}

fn missing(ways: &[&[Field]]) -> Doubt {
    let join = |word: &str, name: fn(Field) -> String| {
        let way = |fields: &&[Field]| fields.iter().copied().map(name).collect::<Vec<_>>().join(" and ");
        ways.iter().map(way).collect::<Vec<_>>().join(word)
    };
    let first = ways.first().and_then(|way| way.first()).copied().unwrap_or(Field::OrderId);
    Doubt {
        topic: Topic::Field,
        column: None,
        what: format!("No column is known to hold the {}", join(", or the ", |f| f.title().to_lowercase())),
        repair: format!(
            "Name it with --map, such as {}; or leave it out with --map {}=",
            join(" or ", |f| format!("--map {}=COLUMN", f.name())),
            first.name()
        ),
        question: true,
    }
}

fn source_of(preview: &Preview) -> Result<&'static dyn Source, String> {
    preview.recognised.as_ref().and_then(|r| sources::by_name(r.source)).ok_or_else(|| {
        format!(
            "{} is of no kind that is known. Say what its rows are with --as lines, orders, customers, products, \
             spend or metrics, and which columns to read with --map field=COLUMN",
            preview.file
        )
    })
}

/// Puts the user's choices into a mapping; gives the fields that were taken out.
fn apply_choices(
    mapping: &mut Mapping,
    choices: &Choices,
    header: &[String],
    file: &str,
) -> Result<BTreeSet<Field>, String> {
    let known = Header::new(header);
    let column = |name: &str| {
        if secret::is_secret(name) {
            return Err(format!("“{name}” holds passwords or tokens, which are never kept; choose another column"));
        }
        known.position(name).map(|i| header[i].clone()).ok_or_else(|| {
            let columns: Vec<&str> = header.iter().take(40).map(String::as_str).collect();
            format!("{file} has no column “{name}”; its columns are: {}", columns.join(", "))
        })
    };
    let mut waived = BTreeSet::new();
    for (field, name) in &choices.map {
        if !field.belongs_to(mapping.table) {
            return Err(format!("{} is no field of {}", field.name(), mapping.table));
        }
        if name.trim().is_empty() {
            mapping.fields.remove(field);
            waived.insert(*field);
            continue;
        }
        let column = column(name)?;
        for (_, columns) in mapping.fields.iter_mut().filter(|(f, _)| !choices.map.contains_key(f)) {
            columns.retain(|c| *c != column);
        }
        mapping.fields.insert(*field, vec![column]);
    }
    mapping.fields.retain(|_, columns| !columns.is_empty());
    for (name, attribute) in &choices.keep {
        mapping.keep.push((column(name)?, attribute.clone()));
    }
    Ok(waived)
}

/// A short name for a set of columns, the same for every file that has them in this order: the key under
/// which a mapping is remembered.
pub fn header_key(header: &[String]) -> String {
    // FNV-1a: stable for ever, unlike the hashes of the standard library.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for name in header {
        for byte in fold(name).bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_key_depends_on_names_and_order_only() {
        let key = |names: &[&str]| header_key(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
        assert_eq!(key(&["Order Id", "Total"]), key(&["\u{feff}order  id", "TOTAL "]));
        assert_ne!(key(&["Order Id", "Total"]), key(&["Total", "Order Id"]));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_eq!(key(&[]), "cbf29ce484222325");
    }

    #[test]
    fn choices_survive_storing() {
        let choices = Choices {
            map: [(Field::Total, "Sum".to_owned())].into(),
            currency: Some(Currency::USD),
            date_order: Some(DateOrder::Mdy),
            ..Choices::default()
        };
        let text = serde_json::to_string(&choices).unwrap();
        assert_eq!(serde_json::from_str::<Choices>(&text).unwrap(), choices);
    }
}
