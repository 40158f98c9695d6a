//! The document as a value. Formats write it; nothing here knows where its figures came from.

/// A document to hand over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Title on the first page.
    pub title: String,
    /// One line below it.
    pub subtitle: String,
    /// Content from top to bottom.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1–3.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// Bullet points.
    List(Vec<String>),
    /// Term and explanation pairs (as-of, definitions, filters).
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// Shares as bars, largest text first drawn as given.
    Bars(Bars),
    /// A small remark.
    Note(String),
}

/// A table with typed alignment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Header and alignment per column.
    pub columns: Vec<Column>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// A last row that sums up, when there is one.
    pub total: Option<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Header, with the unit.
    pub header: String,
    /// Numbers stand right.
    pub numeric: bool,
}

/// A cell: text for people, and the number behind it for formats that keep numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// The raw value.
    pub number: Option<f64>,
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: None }
    }

    /// A number with its printed form.
    pub fn number(number: f64, text: impl Into<String>) -> Self {
        Self { text: text.into(), number: Some(number) }
    }
}

/// Labelled shares (0–1), two bars of the same parts: for example customers and revenue by segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// What it shows, as a sentence.
    pub caption: String,
    /// Names of the parts.
    pub parts: Vec<String>,
    /// One bar each: its name and the share of every part.
    pub bars: Vec<(String, Vec<f64>)>,
}
