//! A document as the template reads it: plain data and pictures, in which every text is a text.

use anyhow::Result;
use chrono::Datelike;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::layout::{Fit, Room, WORD, Width, fit};
use crate::model::Day;
use crate::report::document::{Bars, Block, Cell, Chart, Column, Document, LogoKind, Paper, Table};
use crate::report::{bars, charts, fonts, glyphs, palette};

/// Sections from which on a document has contents, and its sections begin on pages of their own.
const REPORT: usize = 3;
/// Entries that contents have at most before they name sections only.
const CONTENTS: usize = 45;
/// References that a section explains at the foot of its pages; with more of them the list at the end does, or pages would
/// be full of footnotes.
const FOOTNOTES: usize = 14;
/// White space between tables beside each other, in points.
const GUTTER: f64 = 20.0;
/// Size of the line at the top of pages, in points.
const RUNNING: f64 = 7.5;
/// The largest a logo is printed, in millimetres.
const LOGO: (f64, f64) = (70.0, 16.0);

/// A day as the template reads it.
#[derive(Clone, Copy, Serialize)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
}

impl Date {
    /// A day; `None` when it is too far away for files to name.
    pub fn of(day: Day) -> Option<Self> {
        let date = day.date();
        let year = (0..=9_999).contains(&date.year()).then(|| date.year())?;
        Some(Self { year, month: u8::try_from(date.month()).ok()?, day: u8::try_from(date.day()).ok()? })
    }
}

#[derive(Serialize)]
struct Data {
    name: String,
    title: String,
    subtitle: String,
    /// Title and subtitle at the top of every page, each on one line.
    running: (String, String),
    foot: String,
    date: Option<Date>,
    accent: String,
    paper: &'static str,
    logo: Option<Image>,
    report: bool,
    depth: u8,
    words: Words,
    blocks: Vec<Piece>,
    references: Vec<String>,
    missing: String,
}

#[derive(Serialize)]
struct Words {
    contents: &'static str,
    references: &'static str,
    explained: &'static str,
    logo: &'static str,
}

/// A picture in millimetres.
#[derive(Serialize)]
struct Image {
    file: &'static str,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Piece {
    Heading { level: u8, text: String },
    Text { paragraphs: Vec<String> },
    List { items: Vec<String> },
    Facts { term: f64, facts: Vec<(String, String)> },
    Table(Sheet),
    Picture(Picture),
    Note { text: String },
}

#[derive(Serialize)]
struct Sheet {
    caption: String,
    columns: Vec<Head>,
    rows: Vec<Vec<Said>>,
    total: Option<Vec<Said>>,
    size: f64,
    gap: f64,
    wide: bool,
}

#[derive(Serialize)]
struct Head {
    header: String,
    numeric: bool,
    width: Width,
    reference: Option<Mark>,
}

#[derive(Serialize)]
struct Said {
    text: String,
    reference: Option<Mark>,
}

#[derive(Serialize)]
struct Picture {
    caption: String,
    file: String,
    reference: Option<Mark>,
    key: Vec<Vec<String>>,
    colours: Vec<String>,
    numbers: Vec<Sheet>,
}

/// A reference. `new`: its text belongs on this page.
#[derive(Serialize)]
struct Mark {
    number: usize,
    text: String,
    new: bool,
}

/// The files of a document: its data and its pictures, by name.
pub fn parts(document: &Document) -> Result<Vec<(String, Vec<u8>)>> {
    let room = match document.look.paper {
        Paper::A4 => Room { upright: 481.0, flipped: 727.0 },
        Paper::Letter => Room { upright: 497.0, flipped: 677.0 },
    };
    let mut writer = Writer { document, room, quiet: false, said: FxHashSet::default(), files: Vec::new() };
    let mut blocks = Vec::new();
    let begins = |block: &Block| matches!(block, Block::Heading(level, _) if *level <= 1);
    for section in document.blocks.chunk_by(|_, next| !begins(next)) {
        let used: FxHashSet<usize> = section.iter().flat_map(references).collect();
        writer.quiet = used.len() > FOOTNOTES;
        writer.said.clear();
        blocks.extend(section.iter().map(|block| writer.piece(block)));
    }
    let mut files = writer.files;
    let logo = document.look.logo.as_ref().map(|logo| {
        let file = match logo.kind {
            LogoKind::Png => "logo.png",
            LogoKind::Jpeg => "logo.jpg",
            LogoKind::Svg => "logo.svg",
        };
        files.push((file.to_owned(), logo.bytes.clone()));
        let (width, height) = (f64::from(logo.size.0.max(1)), f64::from(logo.size.1.max(1)));
        let scale = (LOGO.0 / width).min(LOGO.1 / height);
        Image { file, width: width * scale, height: height * scale }
    });
    let level = |most: u8| {
        document.blocks.iter().filter(|block| matches!(block, Block::Heading(level, _) if *level <= most)).count()
    };
    let as_of = document.as_of.map(Day::display);
    let data = Data {
        name: document.title.replace(char::is_control, " "),
        title: shown(&document.title),
        subtitle: shown(&document.subtitle),
        running: running(&document.title, &document.subtitle, room.upright),
        foot: as_of
            .filter(|day| !document.subtitle.contains(day))
            .map_or(String::new(), |day| format!("Figures as of {day}")),
        date: document.as_of.and_then(Date::of),
        accent: palette::heading(document.look.accent),
        paper: match document.look.paper {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        logo,
        report: level(1) >= REPORT,
        depth: if level(2) > CONTENTS { 1 } else { 2 },
        words: Words {
            contents: "Contents",
            references: "What the figures rest on",
            explained: "Small numbers behind figures are explained on page",
            logo: "Logo",
        },
        blocks,
        references: document.references.iter().map(|text| shown(text)).collect(),
        missing: missing(&glyphs::missing(document)),
    };
    files.push(("data.json".into(), serde_json::to_vec(&data)?));
    Ok(files)
}

/// Which characters are printed as their numbers.
fn missing(characters: &[char]) -> String {
    if characters.is_empty() {
        return String::new();
    }
    let named: Vec<String> = characters.iter().take(60).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let more = match characters.len().saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "The font of this file lacks these characters, which are printed as their numbers in square brackets: {}{more}. \
         The other formats of this document keep them as they were typed.",
        named.join(", ")
    )
}

/// A text as it is printed: what the font lacks as numbers, very long words with places to break them.
fn shown(text: &str) -> String {
    let text = glyphs::drawable(text.trim());
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > WORD {
            // A space without width.
            out.push('\u{200B}');
            run = 1;
        }
        out.push(c);
    }
    out
}

/// Title and subtitle as they stand at the top of a page so wide: the subtitle has up to half of it, the title the rest.
fn running(title: &str, subtitle: &str, room: f64) -> (String, String) {
    let line = |text: &str| glyphs::drawable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
    let subtitle = cut(line(subtitle), room / 2.0);
    let title = cut(line(title), room - 18.0 - fonts::width(&subtitle, RUNNING));
    (title, subtitle)
}

/// A line cut with an ellipsis where it is too long for so many points.
fn cut(text: String, most: f64) -> String {
    if fonts::width(&text, RUNNING) <= most {
        return text;
    }
    let mut kept = String::new();
    let mut width = fonts::width("…", RUNNING);
    for c in text.chars() {
        width += fonts::width(c.encode_utf8(&mut [0; 4]), RUNNING);
        if width > most {
            break;
        }
        kept.push(c);
    }
    kept.trim_end_matches([' ', ',', ':', ';']).to_owned() + "…"
}

/// What a block refers to.
fn references(block: &Block) -> Vec<usize> {
    match block {
        Block::Table(table) => {
            let cells = table.rows.iter().chain(&table.total).flatten().filter_map(|cell| cell.reference);
            table.columns.iter().filter_map(|column| column.reference).chain(cells).collect()
        }
        Block::Chart(chart) => chart.reference.into_iter().collect(),
        _ => Vec::new(),
    }
}

struct Writer<'a> {
    document: &'a Document,
    room: Room,
    /// Whether the section leaves its references to the list at the end.
    quiet: bool,
    /// References whose text stands in the section.
    said: FxHashSet<usize>,
    files: Vec<(String, Vec<u8>)>,
}

impl Writer<'_> {
    fn piece(&mut self, block: &Block) -> Piece {
        match block {
            Block::Heading(level, text) => Piece::Heading { level: (*level).clamp(1, 3), text: shown(text) },
            Block::Text(text) => {
                let text = text.replace("\r\n", "\n");
                let parts = text.split("\n\n").map(shown).filter(|part| !part.is_empty());
                Piece::Text { paragraphs: parts.collect() }
            }
            Block::List(items) => Piece::List { items: items.iter().map(|item| shown(item)).collect() },
            Block::Facts(facts) => {
                let facts: Vec<_> = facts.iter().map(|(term, text)| (shown(term), shown(text))).collect();
                let term = facts.iter().map(|(term, _)| fonts::width(term, 9.5)).fold(0.0, f64::max);
                Piece::Facts { term: term.min(150.0).ceil() + 1.0, facts }
            }
            Block::Table(table) if table.columns.is_empty() => Piece::Text { paragraphs: vec![shown(&table.caption)] },
            Block::Table(table) => Piece::Table(self.sheet(table, self.room)),
            Block::Bars(bars) => self.bars(bars),
            Block::Chart(chart) => self.chart(chart),
            Block::Note(text) => Piece::Note { text: shown(text) },
        }
    }

    fn mark(&mut self, reference: Option<usize>) -> Option<Mark> {
        let number = reference?;
        let text = self.document.references.get(number.checked_sub(1)?)?;
        let new = !self.quiet && self.said.insert(number);
        Some(Mark { number, text: if new { shown(text) } else { String::new() }, new })
    }

    fn sheet(&mut self, table: &Table, room: Room) -> Sheet {
        let Fit { size, gap, wide, widths } = fit(table, room);
        let column = |(column, width): (&Column, Width)| Head {
            header: shown(&column.header),
            numeric: column.numeric,
            width,
            reference: self.mark(column.reference),
        };
        let columns: Vec<Head> = table.columns.iter().zip(widths).map(column).collect();
        let mut row = |cells: &Vec<Cell>| {
            // As many cells as there are columns, or cells would move to the next row.
            let cell = |at: usize| match cells.get(at) {
                Some(cell) => Said { text: shown(&cell.text), reference: self.mark(cell.reference) },
                None => Said { text: String::new(), reference: None },
            };
            (0..table.columns.len()).map(cell).collect::<Vec<_>>()
        };
        Sheet {
            rows: table.rows.iter().map(&mut row).collect(),
            total: table.total.as_ref().map(&mut row),
            caption: shown(&table.caption),
            columns,
            size,
            gap,
            wide,
        }
    }

    fn file(&mut self, svg: &str) -> String {
        let name = format!("picture-{}.svg", self.files.len());
        self.files.push((name.clone(), charts::standalone(svg).into_bytes()));
        name
    }

    fn bars(&mut self, chart: &Bars) -> Piece {
        let accent = self.document.look.accent;
        let drawn = Bars {
            caption: shown(&chart.caption),
            parts: chart.parts.iter().map(|part| shown(part)).collect(),
            bars: chart.bars.iter().map(|(name, shares)| (shown(name), shares.clone())).collect(),
        };
        let head = std::iter::once(String::new()).chain(drawn.bars.iter().map(|(name, _)| name.clone())).collect();
        let row = |(at, part): (usize, &String)| {
            let share = |shares: &Vec<f64>| bars::percent(shares.get(at).copied().unwrap_or(f64::NAN));
            std::iter::once(part.clone()).chain(drawn.bars.iter().map(|(_, shares)| share(shares))).collect()
        };
        Piece::Picture(Picture {
            file: self.file(&bars::svg(&drawn, accent)),
            reference: None,
            key: std::iter::once(head).chain(drawn.parts.iter().enumerate().map(row)).collect(),
            colours: palette::parts(accent),
            numbers: Vec::new(),
            caption: drawn.caption,
        })
    }

    fn chart(&mut self, chart: &Chart) -> Piece {
        let mut drawn = chart.clone();
        drawn.caption = shown(&chart.caption);
        drawn.labels.iter_mut().for_each(|label| *label = glyphs::drawable(label).into_owned());
        drawn.series.iter_mut().for_each(|series| series.name = glyphs::drawable(&series.name).into_owned());
        let reference = self.mark(chart.reference);
        // The caption carries the reference: columns below it would only repeat it.
        let plain = Chart { reference: None, ..drawn.clone() };
        let file = self.file(&charts::svg(&drawn, self.document.look.accent));
        let numbers = self.numbers(Table { caption: String::new(), ..plain.table() });
        Piece::Picture(Picture {
            caption: drawn.caption,
            file,
            reference,
            key: Vec::new(),
            colours: Vec::new(),
            numbers,
        })
    }

    /// The numbers of a chart, as tables beside each other when they are long and narrow.
    fn numbers(&mut self, table: Table) -> Vec<Sheet> {
        if table.rows.is_empty() || table.columns.len() < 2 {
            return Vec::new();
        }
        let most = table.rows.len().div_ceil(6).clamp(1, 4);
        let room = |beside: usize| (self.room.upright - GUTTER * (beside - 1) as f64) / beside as f64;
        let beside = (1..=most).rev().find(|beside| !fit(&table, Room { upright: room(*beside), flipped: 0.0 }).wide);
        let beside = beside.unwrap_or(1);
        let room = Room { upright: room(beside), flipped: self.room.flipped };
        let fitted = fit(&table, room);
        let rows = table.rows.len().div_ceil(beside);
        let part = |rows: &[Vec<Cell>]| Table { rows: rows.to_vec(), ..table.clone() };
        let set = |part: Table| {
            let sheet = self.sheet(&part, room);
            // All in one size.
            Sheet { size: fitted.size.min(7.6), gap: fitted.gap, ..sheet }
        };
        table.rows.chunks(rows).map(part).map(set).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_break_and_nothing_else_changes() {
        assert_eq!(shown("  a long text of plain words  "), "a long text of plain words");
        let broken = shown(&"x".repeat(60));
        assert_eq!(broken.chars().filter(|c| *c == '\u{200B}').count(), 2);
        assert_eq!(broken.replace('\u{200B}', ""), "x".repeat(60));
    }

    #[test]
    fn the_line_at_the_top_of_pages_is_one_line() {
        let (title, day) = ("Sample shop: personalization and customer experience framework", "As of 14 Oct 2026");
        assert_eq!(running(title, day, 481.0), (title.to_owned(), day.to_owned()));
        let (cut, kept) = running(&title.repeat(4), day, 481.0);
        assert!(cut.ends_with('…') && cut.starts_with("Sample shop") && kept == day);
        assert!(fonts::width(&cut, RUNNING) + fonts::width(&kept, RUNNING) < 481.0 - 16.0);
    }

    #[test]
    fn what_the_font_lacks_is_said() {
        assert_eq!(missing(&[]), "");
        assert!(missing(&['中']).contains("brackets: U+4E2D. The other"));
        let many: Vec<char> = (0x4E00..0x4E00 + 70).filter_map(char::from_u32).collect();
        assert!(missing(&many).contains("U+4E3B and 10 more."));
    }
}
