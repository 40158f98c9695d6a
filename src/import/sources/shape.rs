//! What the sources share: recognising a header and turning column names into a mapping.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview, Topic};
use crate::import::row::{Cell, Header, Row, fold};
use crate::import::secret;
use crate::model::record::SendRecord;
use crate::model::{Currency, Day};

/// Confidence of a file that has all necessary columns and none of the usual ones.
const LEAST: f64 = 0.6;

/// The columns that give a kind of file away. Names are compared folded, in any order.
pub(super) struct Shape {
    /// All of these must be there.
    pub all: &'static [&'static str],
    /// None of these may be there.
    pub none: &'static [&'static str],
    /// The more of these, the surer.
    pub more: &'static [&'static str],
}

impl Shape {
    /// How surely a file has this shape, 0–1.
    pub fn fits(&self, preview: &Preview) -> f64 {
        let header = Header::new(&preview.header);
        if !self.all.iter().all(|name| header.has(name)) || self.none.iter().any(|name| header.has(name)) {
            return 0.0;
        }
        let more = self.more.iter().filter(|name| header.has(name)).count();
        let share = if self.more.is_empty() { 1.0 } else { more as f64 / self.more.len() as f64 };
        LEAST + (1.0 - LEAST) * share
    }
}

/// The best of several shapes of one kind of file: old and new headers.
pub(super) fn best_fit(shapes: &[Shape], preview: &Preview) -> f64 {
    shapes.iter().map(|shape| shape.fits(preview)).fold(0.0, f64::max)
}

/// A mapping of those columns that the file has, under the names it gives them.
pub(super) fn mapping(preview: &Preview, table: TableKind, layout: Layout, columns: &[(Field, &[&str])]) -> Mapping {
    let header = Header::new(&preview.header);
    let mut fields = std::collections::BTreeMap::new();
    for (field, names) in columns {
        let mut found: Vec<String> = Vec::new();
        for position in names.iter().filter_map(|name| header.position(name)) {
            let name = header.name(position).to_owned();
            if !found.contains(&name) {
                found.push(name);
            }
        }
        if !found.is_empty() {
            fields.insert(*field, found);
        }
    }
    Mapping { table, layout, fields, keep: Vec::new() }
}

/// Says what files of a kind do not hold.
pub(super) fn note(what: &str, repair: &str) -> Vec<Doubt> {
    vec![Doubt { topic: Topic::Source, column: None, what: what.into(), repair: repair.into(), question: false }]
}

/// The currency of a row's amounts.
pub(super) fn currency(row: &Row, cells: &CellReader) -> Result<Currency, CellError> {
    Ok(cells.currency(row.field(Field::Currency))?.unwrap_or(cells.conventions().currency))
}

/// First and last name as one; `None` when both are blank.
pub(super) fn full_name(row: &Row, first: &str, last: &str) -> Option<String> {
    let parts = [row.cell(first).text, row.cell(last).text];
    let name = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// A percentage in hundredths of a percent, without its sign: `-12.5` is 1250.
pub(super) fn percent(cell: Cell, cells: &CellReader) -> Result<Option<i64>, CellError> {
    let text = cell.text.trim_end_matches('%');
    Ok(cells.quantity_milli(cell.part(text))?.map(|milli| milli.abs() / 10))
}

/// The columns that are not among `read`, each kept as an attribute of its own name.
pub(super) fn rest(preview: &Preview, read: &[&str]) -> Vec<(String, String)> {
    let read: Vec<String> = read.iter().map(|name| fold(name)).collect();
    let others = preview.header.iter().filter(|name| !read.contains(&fold(name)) && !secret::is_secret(name));
    others.map(|name| (name.clone(), name.clone())).collect()
}

/// Where a file gives campaigns no id, several of one name are told apart by when they were sent.
pub(super) fn part_by_time(row: &Row, send: &mut SendRecord) {
    if row.field(Field::CampaignId).is_blank() {
        send.part = format!("{} {}", send.at, send.part).trim_end().to_owned();
    }
}

/// Says that amounts are sums of a period.
pub(super) fn of_a_period(first: Day, last: Day) -> Doubt {
    Doubt {
        topic: Topic::Source,
        column: None,
        what: format!(
            "The file holds one sum for {first} to {last}, which is kept as such and not spread over its days"
        ),
        repair: "For figures by day or month, export it again with a column of days".into(),
        question: false,
    }
}
