//! The document as a value. Formats write it; nothing here knows where its figures came from.

use crate::model::{Currency, Day, Locale};

/// A document to hand over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Title on the first page.
    pub title: String,
    /// One line below it.
    pub subtitle: String,
    /// The day its figures are of: also the time that files name as theirs, so that the same document gives the same
    /// bytes.
    pub as_of: Option<Day>,
    /// Content from top to bottom.
    pub blocks: Vec<Block>,
    /// What the reference numbers of figures stand for: definition, as-of and filter. Number 1 is the first.
    pub references: Vec<String>,
    /// Paper, logo and colour.
    pub look: Look,
}

/// Paper, logo and colour of a document. Documents are always in the light palette.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Size of a page.
    pub paper: Paper,
    /// Picture on the first page.
    pub logo: Option<Logo>,
    /// Colour of headings, rules and the first part of charts, red, green and blue; `None` = the product's own.
    pub accent: Option<[u8; 3]>,
}

/// Size of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// A picture that can be drawn: made by [`Logo::read`] alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The file as it was given.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: LogoKind,
    /// Width and height in pixels (of an SVG in points).
    pub size: (u32, u32),
}

/// What a logo's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// SVG.
    Svg,
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
    /// A chart of amounts.
    Chart(Chart),
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
    /// Reference of all figures of the column, when they share one: a number of [`Document::references`].
    pub reference: Option<usize>,
}

impl Column {
    /// A column without a reference.
    pub fn new(header: String, numeric: bool) -> Self {
        Self { header, numeric, reference: None }
    }
}

/// A cell: text for people, and the number behind it for formats that keep numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// The raw value.
    pub number: Option<f64>,
    /// What it rests on: a number of [`Document::references`].
    pub reference: Option<usize>,
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number with its printed form.
    pub fn number(number: f64, text: impl Into<String>) -> Self {
        Self { text: text.into(), number: Some(number), reference: None }
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

/// How a chart draws its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Upright bars beside each other, one group for each label: a few points of time or things.
    Columns,
    /// Lying bars, one for each label: things with long names, in order of size.
    Bars,
    /// Lines over time.
    Lines,
}

/// What the values of a chart are, for axis and labels.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartUnit {
    /// Major units of a currency, by its code: "USD".
    Money(String),
    /// Shares, 0–1.
    Share,
    /// Plain numbers of something: "orders".
    Number(String),
}

/// A chart of amounts. Every format that draws it also keeps its numbers readable.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, as a sentence.
    pub caption: String,
    /// How.
    pub kind: ChartKind,
    /// Names along the axis.
    pub labels: Vec<String>,
    /// One value for each label; `None` leaves a gap.
    pub series: Vec<Series>,
    /// What the values are.
    pub unit: ChartUnit,
    /// What it rests on: a number of [`Document::references`].
    pub reference: Option<usize>,
}

/// One line of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name; the only series of a chart may have none.
    pub name: String,
    /// Its values.
    pub values: Vec<Option<f64>>,
}

impl Chart {
    /// The same numbers as a table: for formats and readers without pictures.
    pub fn table(&self) -> Table {
        let value = |series: &Series, at: usize| match series.values.get(at).copied().flatten() {
            Some(value) => Cell::number(value, self.unit.text(value)),
            None => Cell::text("—"),
        };
        let row = |(at, label): (usize, &String)| {
            std::iter::once(Cell::text(label)).chain(self.series.iter().map(|series| value(series, at))).collect()
        };
        let column = |series: &Series| Column { reference: self.reference, ..Column::new(series.name.clone(), true) };
        Table {
            caption: self.caption.clone(),
            columns: std::iter::once(Column::new(String::new(), false)).chain(self.series.iter().map(column)).collect(),
            rows: self.labels.iter().enumerate().map(row).collect(),
            total: None,
        }
    }
}

impl ChartUnit {
    /// A value for people.
    pub fn text(&self, value: f64) -> String {
        match self {
            Self::Money(code) => money(code, value),
            Self::Share => Locale::En.percent(value, 1),
            Self::Number(_) if value.fract() == 0.0 && value.abs() < 9e15 => Locale::En.number(value, 0),
            Self::Number(_) => format!("{value}"),
        }
    }
}

/// An amount as figures everywhere are written: `$1,234.50`.
fn money(code: &str, value: f64) -> String {
    let plain = || format!("{code} {value:.2}");
    let Some(currency) = Currency::parse(code) else { return plain() };
    let minor = (value * currency.scale() as f64).round();
    if minor.abs() < 9e15 { currency.display(minor as i64) } else { plain() }
}
