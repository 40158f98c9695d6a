//! A data row and its header: cells are found by column name or by the field a column was mapped to.

use rustc_hash::FxHashMap;

use super::field::Field;
use super::plan::Mapping;

/// The cells of one row, in one buffer that is reused from row to row.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Cells {
    /// Removes all cells, keeping the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
    }

    /// Appends a cell.
    pub fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.spans.push((start, self.text.len()));
    }

    /// Replaces all cells by parts of `text`, given as byte ranges.
    pub(super) fn set(&mut self, text: &str, spans: impl IntoIterator<Item = (usize, usize)>) {
        self.clear();
        self.text.push_str(text);
        self.spans.extend(spans);
    }

    /// The cell at a position, as written.
    #[inline]
    pub fn get(&self, i: usize) -> Option<&str> {
        let (start, end) = *self.spans.get(i)?;
        self.text.get(start..end)
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Length of all cells together.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| trim(cell).is_empty())
    }

    /// The cells in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i).unwrap_or_default())
    }

    /// The cells as texts of their own.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

impl Clone for Cells {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), spans: self.spans.clone() }
    }

    /// Keeps the memory, which is what makes it worth writing.
    fn clone_from(&mut self, other: &Self) {
        self.text.clone_from(&other.text);
        self.spans.clone_from(&other.spans);
    }
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(cells: I) -> Self {
        let mut row = Self::default();
        cells.into_iter().for_each(|cell| row.push(cell));
        row
    }
}

/// A cell together with the name of its column, so that a misread can say where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Name of the column.
    pub column: &'a str,
    /// Text, trimmed; empty when the row or the file lacks the column.
    pub text: &'a str,
}

impl<'a> Cell<'a> {
    /// A cell of a column; the text is trimmed.
    pub fn new(column: &'a str, text: &'a str) -> Self {
        Self { column, text: trim(text) }
    }

    /// A part of this cell, for cells that pack several values.
    pub fn part(self, text: &'a str) -> Self {
        Self::new(self.column, text)
    }

    /// Whether nothing is written in it.
    pub fn is_blank(self) -> bool {
        self.text.is_empty()
    }
}

/// `str::trim` that first looks whether there is anything to trim: nearly always there is not.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Column names resolved once to positions.
#[derive(Debug, Clone, Default)]
pub struct Header {
    names: Vec<String>,
    exact: FxHashMap<String, usize>,
    folded: FxHashMap<String, usize>,
    /// The first column of each field, [`UNMAPPED`] where there is none: nearly always the only one.
    first: Vec<usize>,
    /// All columns of each field.
    fields: Vec<Vec<usize>>,
}

const UNMAPPED: usize = usize::MAX;

impl Header {
    /// A header of column names; of equal names the first counts.
    pub fn new<S: AsRef<str>>(names: &[S]) -> Self {
        let count = Field::ALL.len();
        let mut header = Self { first: vec![UNMAPPED; count], fields: vec![Vec::new(); count], ..Self::default() };
        for (i, name) in names.iter().enumerate() {
            let name = name.as_ref();
            header.names.push(name.to_owned());
            header.exact.entry(name.to_owned()).or_insert(i);
            header.folded.entry(fold(name)).or_insert(i);
        }
        header
    }

    /// The same header knowing which columns a mapping assigns to which field.
    pub fn with_mapping(mut self, mapping: &Mapping) -> Self {
        for (field, columns) in &mapping.fields {
            let columns: Vec<usize> = columns.iter().filter_map(|c| self.position(c)).collect();
            self.first[*field as usize] = columns.first().copied().unwrap_or(UNMAPPED);
            self.fields[*field as usize] = columns;
        }
        self
    }

    /// Position of a column by name: as written, else folded by [`fold`].
    pub fn position(&self, name: &str) -> Option<usize> {
        self.exact.get(name).or_else(|| self.folded.get(&fold(name))).copied()
    }

    /// Whether there is a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Positions of the columns mapped to a field.
    pub fn columns_of(&self, field: Field) -> &[usize] {
        &self.fields[field as usize]
    }

    /// Column names as written.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of a column; empty when there is none.
    pub fn name(&self, i: usize) -> &str {
        self.names.get(i).map_or("", String::as_str)
    }
}

/// A data row: cells with their header and the line of the file the row starts on.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Line of the file (1 = first line).
    pub line: u64,
    header: &'a Header,
    cells: &'a Cells,
}

impl<'a> Row<'a> {
    /// A row.
    pub fn new(line: u64, header: &'a Header, cells: &'a Cells) -> Self {
        Self { line, header, cells }
    }

    /// The cell at a position.
    #[inline]
    pub fn at(&self, i: usize) -> Cell<'a> {
        Cell::new(self.header.name(i), self.cells.get(i).unwrap_or_default())
    }

    /// The cell of a column by name (folded); blank when the file has no such column.
    pub fn cell(&self, column: &'a str) -> Cell<'a> {
        self.header.position(column).map_or(Cell::new(column, ""), |i| self.at(i))
    }

    /// The cell mapped to a field: the first of its columns that is not blank.
    #[inline]
    pub fn field(&self, field: Field) -> Cell<'a> {
        let first = self.header.first[field as usize];
        if first == UNMAPPED {
            return Cell { column: field.name(), text: "" };
        }
        let cell = self.at(first);
        if cell.is_blank() { self.further(field, cell) } else { cell }
    }

    /// The first further column of a field that is not blank.
    fn further(&self, field: Field, first: Cell<'a>) -> Cell<'a> {
        let rest = self.header.columns_of(field).iter().skip(1);
        rest.map(|&i| self.at(i)).find(|cell| !cell.is_blank()).unwrap_or(first)
    }

    /// The header.
    pub fn header(&self) -> &'a Header {
        self.header
    }

    /// All cells as written.
    pub fn cells(&self) -> &'a Cells {
        self.cells
    }
}

/// A column name reduced to what counts when names are compared: no byte order mark or guard, single
/// spaces, lower case, and Latin letters for the Cyrillic ones that look the same (one exporter writes
/// "Сustomer" with U+0421).
pub fn fold(name: &str) -> String {
    let name = name.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace() || c.is_control());
    let name = name.strip_prefix('\'').unwrap_or(name);
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).map(latin));
    }
    out
}

fn latin(c: char) -> char {
    match c {
        'а' => 'a',
        'в' => 'b',
        'е' => 'e',
        'к' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::field::TableKind;
    use crate::import::plan::Layout;

    #[test]
    fn columns_are_found_whatever_their_case_spaces_and_alphabet() {
        let header = Header::new(&["\u{feff}Order  Id ", "\u{421}ustomer Note", "Total"]);
        assert_eq!(header.position("order id"), Some(0));
        assert_eq!(header.position("Customer Note"), Some(1));
        assert_eq!(header.position("TOTAL"), Some(2));
        assert_eq!(header.position("missing"), None);
    }

    #[test]
    fn a_field_is_the_first_of_its_columns_that_is_not_blank() {
        let mapping = Mapping {
            table: TableKind::Orders,
            layout: Layout::NoLines,
            fields: [(Field::Email, vec!["Email".to_owned(), "Billing Email".to_owned()])].into(),
            keep: Vec::new(),
        };
        let header = Header::new(&["Email", "Billing Email"]).with_mapping(&mapping);
        let cells: Cells = ["  ", " a@b.test "].into_iter().collect();
        let row = Row::new(7, &header, &cells);
        assert_eq!(row.field(Field::Email), Cell { column: "Billing Email", text: "a@b.test" });
        assert_eq!(row.field(Field::Total), Cell { column: "total", text: "" });
        assert!(row.cell("nope").is_blank());
    }
}
