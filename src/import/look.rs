//! The first look at a file: what it is, how it is written, what its columns hold, what is unclear.

use std::fs;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use super::plan::Choices;
use super::preview::{Dialect, Doubt, Preview, Recognised, Topic};
use super::profile::Profiler;
use super::reader::{self, Container, Layout, MAX_COLUMNS, Opening, ReadError, SampleRow};
use super::refuse::{self, Refusal};
use super::row::{Cells, trim};
use super::secret;
use super::sources::{self, Source};
use crate::jobs::{Cancelled, Progress};

/// Rows kept in a preview.
const SHOWN_ROWS: usize = 200;
/// Rows by which columns are profiled.
const PROFILED_ROWS: usize = 1_000;
/// Rows of a workbook among which the header is looked for.
const HEADER_ROWS: usize = 300;

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The file is known for what it is, and not read.
    #[error("{}", .0.sentence)]
    Refused(Refusal),
    /// The file cannot be read: a sentence.
    #[error("{0}")]
    Failed(String),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<String> for PreviewError {
    fn from(sentence: String) -> Self {
        Self::Failed(sentence)
    }
}

/// Looks at a file. Reads its first rows; the whole file only when day and month, or the decimal mark, are
/// not settled by them.
pub fn preview(path: &Path, choices: &Choices, progress: &Progress) -> Result<Preview, PreviewError> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let size = size_of(path, &file)?;
    let start = first_bytes(path)?;
    let mut doubts = Vec::new();
    let (dialect, sheets, rows) = match reader::container(&start) {
        Container::Text => {
            let (dialect, sure, rows) = reader::sniff_text(path, choices)?;
            doubts.extend(encoding_doubt(&dialect, sure));
            (dialect, Vec::new(), rows)
        }
        Container::Zip => workbook(path, &file, choices)?,
        Container::Other(what, repair) => {
            let sentence = format!("{file} is {what}, not a table. {repair}");
            return Err(PreviewError::Refused(Refusal { what: what.to_owned(), sentence }));
        }
    };
    if rows.is_empty() {
        return Err(format!("{file} holds nothing but blank lines; export it again").into());
    }
    if looks_binary(&rows) {
        let sentence = format!("{file} is not text; export the table as CSV or XLSX");
        return Err(PreviewError::Refused(Refusal { what: "not text".into(), sentence }));
    }
    if let (Some(chosen), Some((last, _))) = (choices.header_line, rows.last())
        && chosen > *last
    {
        return Err(
            format!("Line {chosen} of {file} cannot be the header; only lines up to {last} are looked at").into()
        );
    }
    let is_page = choices.header_line.is_none() && sources::is_page(&rows);
    let layout = reader::sniff_rows(&rows, if is_page { Some(0) } else { choices.header_line });
    let mut header = column_names(&rows, &layout);
    if is_page {
        // Names of their own, so that nothing is remembered for them from tables without a header.
        header.iter_mut().zip(["label", "value"]).for_each(|(name, own)| *name = own.to_owned());
    }
    if header.len() > MAX_COLUMNS {
        return Err(format!(
            "{file} has {} columns; at most {MAX_COLUMNS} are read. Export fewer columns, or check the delimiter",
            header.len()
        )
        .into());
    }
    doubts.extend(header_doubt(&layout, &header));
    let mut preview = Preview {
        path: path.to_owned(),
        file,
        size,
        dialect,
        sheets,
        preamble: layout.preamble.iter().filter(|l| !l.is_empty()).cloned().collect(),
        header_line: layout.header_line,
        header,
        rows: Vec::new(),
        columns: Vec::new(),
        decimal: choices.decimal,
        date_order: choices.date_order,
        recognised: None,
        doubts,
    };
    fill(&mut preview, &layout, choices, progress)?;
    Ok(preview)
}

fn size_of(path: &Path, file: &str) -> Result<u64, String> {
    let meta = fs::metadata(path).map_err(|e| reader::file_sentence(path, &e))?;
    if meta.is_dir() {
        return Err(format!("{file} is a folder; choose the files in it"));
    }
    if !meta.is_file() {
        return Err(format!("{file} is no regular file; copy its content into a file first"));
    }
    if meta.len() == 0 {
        return Err(format!("{file} is empty; export it again"));
    }
    Ok(meta.len())
}

fn first_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut start = Vec::new();
    let sentence = |e| reader::file_sentence(path, &e);
    fs::File::open(path).map_err(sentence)?.take(512).read_to_end(&mut start).map_err(sentence)?;
    Ok(start)
}

/// Chooses a sheet and reads its first rows.
fn workbook(path: &Path, file: &str, choices: &Choices) -> Result<(Dialect, Vec<String>, Vec<SampleRow>), String> {
    let sheets = reader::sheets(path)?;
    let wanted: Vec<&String> = match &choices.sheet {
        Some(name) => sheets.iter().filter(|s| *s == name).collect(),
        None => sheets.iter().collect(),
    };
    if wanted.is_empty() {
        let all = sheets.join(", ");
        return Err(match &choices.sheet {
            Some(name) => format!("{file} has no sheet “{name}”; its sheets are: {all}"),
            None => format!("{file} has no sheet; save it again as XLSX or CSV"),
        });
    }
    for sheet in wanted {
        let dialect = Dialect::Xlsx { sheet: sheet.clone() };
        let rows = first_rows(path, &dialect)?;
        if !rows.is_empty() {
            return Ok((dialect, sheets, rows));
        }
    }
    Err(format!("{file} holds no cells; choose another sheet or file"))
}

fn first_rows(path: &Path, dialect: &Dialect) -> Result<Vec<SampleRow>, String> {
    let mut rows = Vec::new();
    let opening = Opening { path, dialect, from_line: 1, columns: 0 };
    let read = reader::each_row(opening, |event| {
        rows.push((event.line, event.cells.to_vec()));
        Ok::<_, String>(if rows.len() < HEADER_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    });
    match read {
        Ok(()) => Ok(rows),
        Err(ReadError::File(sentence) | ReadError::Visitor(sentence)) => Err(sentence),
    }
}

/// Text is binary when control characters abound. Single ones are a matter of their rows.
fn looks_binary(rows: &[SampleRow]) -> bool {
    let (mut control, mut all) = (0, 0);
    for c in rows.iter().flat_map(|(_, cells)| cells).flat_map(|cell| cell.chars()) {
        all += 1;
        control += usize::from((c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || c == '\u{fffd}');
    }
    control * 10 > all
}

/// Column names from the header, or `column 1` … where there is none; never two the same.
fn column_names(rows: &[SampleRow], layout: &Layout) -> Vec<String> {
    let Some((_, first)) = rows.iter().find(|(line, _)| *line == layout.first_line) else { return Vec::new() };
    let below = rows.iter().filter(|(line, _)| *line > layout.first_line).map(|(_, cells)| cells.len());
    let width = if layout.header_line == 0 { below.max().unwrap_or(0).max(first.len()) } else { first.len() };
    let mut names: Vec<String> = Vec::with_capacity(width);
    let mut seen = rustc_hash::FxHashMap::<String, usize>::default();
    for i in 0..width {
        let written = first.get(i).filter(|_| layout.header_line > 0).map_or("", |name| trim(name));
        let written = written.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let name = if written.is_empty() { format!("column {}", i + 1) } else { written.to_owned() };
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        names.push(if *count > 1 { format!("{name} ({count})") } else { name });
    }
    names
}

fn encoding_doubt(dialect: &Dialect, sure: bool) -> Option<Doubt> {
    let Dialect::Csv { encoding, .. } = dialect else { return None };
    (!sure).then(|| Doubt {
        topic: Topic::Encoding,
        column: None,
        what: format!("The text is not clean UTF-8 and says no encoding; it is read as {encoding}"),
        repair: "If letters look wrong, say the encoding (--encoding)".into(),
        question: false,
    })
}

fn header_doubt(layout: &Layout, header: &[String]) -> Option<Doubt> {
    layout.header_doubt.then(|| Doubt {
        topic: Topic::Header,
        column: None,
        what: format!("Line {} looks like data: the file seems to have no column names", layout.first_line),
        repair: format!(
            "Say --header-line 0 and name the columns with --map, such as --map order_id=\"{}\"; or --header-line {} if that line holds the names",
            header.first().map_or("column 1", String::as_str),
            layout.first_line
        ),
        question: true,
    })
}

/// Reads rows, profiles columns, recognises the source and settles the conventions.
fn fill(preview: &mut Preview, layout: &Layout, choices: &Choices, progress: &Progress) -> Result<(), PreviewError> {
    let mut profiler = Profiler::new(&preview.header);
    let mut line_after = 0;
    let header = preview.header.clone();
    each_data_row(preview, layout.first_line, |line, cells, rows| {
        if rows.len() < SHOWN_ROWS {
            rows.push((line, secret::blank(&header, cells.to_vec())));
        }
        // A row with more cells than columns is rejected; what stands in the wrong column says nothing of it.
        if cells.iter().skip(header.len()).all(|cell| trim(cell).is_empty()) {
            profiler.add(line, cells);
        }
        line_after += 1;
        Ok(if line_after < PROFILED_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    preview.columns = profiler.profiles();
    for column in preview.columns.iter_mut().filter(|c| secret::is_secret(&c.name)) {
        column.examples.clear();
        column.misfits.clear();
    }
    let source = choose_source(preview, choices)?;
    // What a shop system recognises as its own is read; what the user names is read as they say.
    let is_named = choices.source.is_some() || choices.table.is_some();
    if source.is_none_or(|source| !is_named && sources::is_generic(source.name()))
        && let Some(refusal) = refuse::refusal(preview)
    {
        return Err(PreviewError::Refused(refusal));
    }
    let order_known = choices.date_order.is_some() || source.is_some_and(|s| s.date_order().is_some());
    let mark_known = choices.decimal.is_some() || source.is_some_and(|s| s.decimal().is_some());
    if line_after >= PROFILED_ROWS && profiler.is_open(order_known, mark_known) {
        settle_by_all_rows(preview, layout, &mut profiler, order_known, mark_known, progress)?;
    }
    if let Some(order) = choices.date_order.or_else(|| source.and_then(Source::date_order)) {
        preview.date_order = Some(order);
    } else {
        preview.date_order = profiler.date_order();
        preview.doubts.extend(profiler.date_doubts());
    }
    if let Some(mark) = choices.decimal.or_else(|| source.and_then(Source::decimal)) {
        preview.decimal = Some(mark);
    } else {
        preview.decimal = profiler.decimal();
        preview.doubts.extend(profiler.number_doubts());
    }
    preview.doubts.extend(profiler.misfit_doubts());
    if preview.rows.is_empty() {
        preview.doubts.push(no_rows());
    }
    if let Some(source) = source {
        let doubts = source.doubts(preview);
        preview.doubts.extend(doubts);
    }
    Ok(())
}

fn no_rows() -> Doubt {
    Doubt {
        topic: Topic::Source,
        column: None,
        what: "The file has column names and no rows below them".into(),
        repair: "Check the period of the export".into(),
        question: false,
    }
}

/// Stands for whichever of the generic mappers fits.
const GENERIC: &str = "generic";

/// The source the user named, or the one that fits best; it is written into the preview.
fn choose_source(preview: &mut Preview, choices: &Choices) -> Result<Option<&'static dyn Source>, String> {
    let named = match (choices.source.as_deref(), choices.table) {
        (Some(GENERIC), None) => sources::recognise_generic(preview),
        (Some(name), table) if name != GENERIC || table.is_none() => {
            Some(sources::by_name(name).ok_or_else(|| unknown_source(name))?)
        }
        (_, Some(table)) => Some(
            sources::by_name(table.name())
                .ok_or_else(|| format!("Files of {table} are read from known shop systems only"))?,
        ),
        (_, None) => None,
    };
    preview.recognised = match named {
        Some(source) => Some(Recognised {
            source: source.name(),
            title: source.title(),
            table: source.table(),
            confidence: source.matches(preview),
        }),
        None => sources::recognise(preview),
    };
    Ok(preview.recognised.as_ref().and_then(|r| sources::by_name(r.source)))
}

fn unknown_source(name: &str) -> String {
    let known: Vec<&str> = sources::SOURCES.iter().map(|s| s.name()).collect();
    format!("There is no source “{name}”; known are {GENERIC}, {}", known.join(", "))
}

/// Visits the rows below the header, until told to stop.
fn each_data_row(
    preview: &mut Preview,
    first_line: u64,
    mut visit: impl FnMut(u64, &Cells, &mut Vec<SampleRow>) -> Result<ControlFlow<()>, PreviewError>,
) -> Result<(), PreviewError> {
    let (header_line, mut rows) = (preview.header_line, std::mem::take(&mut preview.rows));
    let opening = Opening {
        path: &preview.path,
        dialect: &preview.dialect,
        from_line: first_line,
        columns: preview.header.len(),
    };
    let read = reader::each_row(opening, |event| {
        if event.line == header_line || event.flaw.is_some() {
            return Ok(ControlFlow::Continue(()));
        }
        visit(event.line, event.cells, &mut rows)
    });
    preview.rows = rows;
    match read {
        Ok(()) => Ok(()),
        Err(ReadError::File(sentence)) => Err(PreviewError::Failed(sentence)),
        Err(ReadError::Visitor(error)) => Err(error),
    }
}

/// Reads on until the open conventions are settled, at most to the end of the file.
fn settle_by_all_rows(
    preview: &Preview,
    layout: &Layout,
    profiler: &mut Profiler,
    order_known: bool,
    mark_known: bool,
    progress: &Progress,
) -> Result<(), PreviewError> {
    progress.expect(preview.size);
    let opening = Opening {
        path: &preview.path,
        dialect: &preview.dialect,
        from_line: layout.first_line,
        columns: preview.header.len(),
    };
    let mut count = 0_u32;
    let read = reader::each_row(opening, |event| {
        count = count.wrapping_add(1);
        if count.is_multiple_of(4_096) {
            progress.step(event.bytes)?;
        }
        profiler.add_open(event.line, event.cells);
        let open = profiler.is_open(order_known, mark_known);
        Ok::<_, Cancelled>(if open { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    });
    match read {
        Ok(()) => Ok(()),
        Err(ReadError::File(sentence)) => Err(PreviewError::Failed(sentence)),
        Err(ReadError::Visitor(cancelled)) => Err(cancelled.into()),
    }
}
