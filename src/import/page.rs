//! Pages of labels and values, such as the report of one mail campaign: each part is read as a row whose columns are
//! the labels. What stands before the first part holds for all of them.

use super::cells::CellReader;
use super::flat;
use super::orders::Output;
use super::plan::Plan;
use super::reader::Flaw;
use super::row::{Cells, Header, Row};
use super::sources::Source;

/// The column that holds the name of a part.
pub const PART: &str = "part";

/// A line of a page.
struct Entry {
    line: u64,
    label: String,
    value: String,
    cells: Cells,
}

/// `5` of `5 (0.5%)`: a count beside its share.
fn count(value: &str) -> &str {
    match value.split_once(" (") {
        Some((count, share)) if share.ends_with("%)") => count,
        _ => value,
    }
}

/// The lines of a page, gathered until its end.
#[derive(Default)]
pub struct Page {
    shared: Vec<Entry>,
    parts: Vec<Vec<Entry>>,
}

impl Page {
    /// Takes a line.
    pub fn read(&mut self, row: &Row, source: &dyn Source) {
        let part = source.part_of_page(row);
        let (label, value) = part.map_or_else(|| (row.at(0).text, row.at(1).text), |name| (PART, name));
        let entry = Entry {
            line: row.line,
            label: label.to_owned(),
            value: count(value).to_owned(),
            cells: row.cells().clone(),
        };
        if part.is_some() {
            self.parts.push(Vec::new());
        }
        self.parts.last_mut().unwrap_or(&mut self.shared).push(entry);
    }

    /// Hands over a record per part, or the lines of those that are no record. The lines above the parts count with
    /// the first.
    pub fn finish(&mut self, cells: &CellReader, plan: &Plan, source: &dyn Source, out: &mut Vec<Output>) {
        let (shared, mut parts) = (std::mem::take(&mut self.shared), std::mem::take(&mut self.parts));
        if parts.is_empty() && !shared.is_empty() {
            parts.push(Vec::new());
        }
        for (i, part) in parts.iter().enumerate() {
            let all: Vec<&Entry> = shared.iter().chain(part).collect();
            let names: Vec<&str> = all.iter().map(|entry| entry.label.as_str()).collect();
            let values: Cells = all.iter().map(|entry| entry.value.as_str()).collect();
            let header = Header::new(&names).with_mapping(&plan.mapping);
            let line = part.first().or(shared.first()).map_or(0, |entry| entry.line);
            let own = if i == 0 { all.as_slice() } else { &all[shared.len()..] };
            match flat::send(&Row::new(line, &header, &values), cells, plan, source).map_err(Flaw::from) {
                Ok(record) => out.push(Output::Accepted(record, own.len() as u64)),
                Err(flaw) => {
                    out.extend(own.iter().map(|e| Output::Rejected(e.line, flaw.clone(), e.cells.clone())));
                }
            }
        }
    }
}
