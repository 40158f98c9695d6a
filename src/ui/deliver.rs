//! Cells of a table, on their way to the clipboard or into a file.

use anyhow::Result;

use super::cx::{Cx, counted};
use super::dialog::Ask;
use super::settings::short_path;
use super::shop::Home;
use super::theme::Tone;
use super::widgets::table::{Target, Wanted};
use crate::jobs::{Cancelled, Progress};
use crate::report::table_export::{self, List, Rows, TableFormat, Value, Written, tsv};

/// More cells than this are a file, not a clipboard.
const CLIPBOARD_CELLS: u64 = 1_000_000;

/// Where rows are handed over, one after another.
pub type Take<'a> = &'a mut dyn FnMut(Rows<'_>) -> Result<Written>;

/// Things whose names are read from the workspace at once.
const PAGE: usize = 4_096;

/// Hands over a row for each thing of a list; `read` reads a page of them from the workspace.
///
/// # Errors
/// What `read` and `take` say, or that the work was cancelled.
pub fn in_pages<T>(
    list: &[T],
    progress: &Progress,
    take: Take<'_>,
    read: impl Fn(&[T]) -> Result<Vec<Vec<Value>>>,
) -> Result<Written> {
    progress.expect(list.len() as u64);
    let mut done = 0;
    let mut rows = list.chunks(PAGE).flat_map(|page| {
        done += page.len() as u64;
        match progress.step(done).map_err(Into::into).and_then(|()| read(page)) {
            Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        }
    });
    take(&mut rows)
}

impl Cx {
    /// Copies or saves what is wanted of a table whose values are at hand. `value` gives the raw value of a row and
    /// column: numbers as numbers, money in minor units, dates as dates.
    pub fn deliver(&mut self, wanted: Wanted, value: impl Fn(u64, usize) -> Value) {
        if !self.is_for_clipboard(&wanted) {
            return;
        }
        let one = |row: u64| wanted.columns.iter().map(|&column| value(row, column)).collect();
        let rows: Vec<Vec<Value>> = wanted.rows.clone().map(one).collect();
        match wanted.target {
            Target::Copy { headers } => {
                let text = tsv(headers_of(&wanted, headers), &mut rows.into_iter().map(Ok));
                self.take_copied(wanted.cells(), text);
            }
            Target::Save(format) => {
                self.save_list(wanted.list, format, move |_, _, take| take(&mut rows.into_iter().map(Ok)));
            }
        }
    }

    /// Copies or saves what is wanted of a table whose values must be read from the workspace: `feed` hands its rows
    /// over on the session thread.
    pub fn deliver_from(
        &mut self,
        wanted: Wanted,
        feed: impl FnOnce(&mut Home, &Progress, Take<'_>) -> Result<Written> + Send + 'static,
    ) {
        if !self.is_for_clipboard(&wanted) {
            return;
        }
        match wanted.target {
            Target::Copy { headers } => {
                let cells = wanted.cells();
                let work = move |home: &mut Home, progress: &Progress| {
                    let mut text = String::new();
                    feed(home, progress, &mut |rows| {
                        text = tsv(headers_of(&wanted, headers), rows)?;
                        Ok(Written::default())
                    })?;
                    Ok(text)
                };
                self.command("Copying", "rows", work, move |cx, text| cx.take_copied(cells, text));
            }
            Target::Save(format) => self.save_list(wanted.list, format, feed),
        }
    }

    fn is_for_clipboard(&mut self, wanted: &Wanted) -> bool {
        let fits = matches!(wanted.target, Target::Save(_)) || wanted.cells() <= CLIPBOARD_CELLS;
        if !fits {
            let cells = counted(wanted.cells(), "cell", "cells");
            let line = "Choose fewer cells, or export the table as a file";
            self.notices.tell(Tone::Warning, format!("{cells} are too many for the clipboard"), line, None);
        }
        fits
    }

    fn take_copied(&mut self, cells: u64, text: Result<String>) {
        match text {
            Ok(text) => {
                self.to_copy = Some(text);
                if cells > 1 {
                    let title = format!("{} copied", counted(cells, "cell", "cells"));
                    self.notices.tell(Tone::Good, title, "They paste into a spreadsheet as cells", None);
                }
            }
            Err(error) => self.notices.failed("The cells were not copied", &error),
        }
    }

    fn save_list(
        &mut self,
        list: List,
        format: &'static dyn TableFormat,
        feed: impl FnOnce(&mut Home, &Progress, Take<'_>) -> Result<Written> + Send + 'static,
    ) {
        let extension = format.extension();
        let name = format!("{}.{extension}", list.title.replace(['/', '\\', ':'], " "));
        self.ask_save(Ask::Save { name, extension }, move |cx, path| {
            let shown = short_path(&path);
            let work = move |home: &mut Home, progress: &Progress| {
                feed(home, progress, &mut |rows| table_export::save(&path, format, &list, rows))
            };
            cx.command("Saving the table", "rows", work, move |cx, result| match result {
                Ok(written) => {
                    let title = format!("{} saved", counted(written.rows, "row", "rows"));
                    cx.notices.tell(Tone::Good, title, limits(&written).unwrap_or(shown), None);
                }
                Err(error) if error.downcast_ref::<Cancelled>().is_some() => {
                    cx.notices.tell(Tone::Info, "Cancelled", "No file was written", None);
                }
                Err(error) => cx.notices.failed("The table was not saved", &error),
            });
        });
    }
}

fn headers_of(wanted: &Wanted, headers: bool) -> &[String] {
    if headers { &wanted.list.columns } else { &[] }
}

/// What the kind of file could not hold as it was.
fn limits(written: &Written) -> Option<String> {
    let mut words = Vec::new();
    if written.sheets > 1 {
        words.push(format!("spread over {} sheets, as one holds 1,048,576 rows", written.sheets));
    }
    if written.shortened > 0 {
        words.push(format!("{} cut to 32,767 characters", counted(written.shortened, "text", "texts")));
    }
    let mut text = words.join("; ");
    let first = text.get(0..1)?.to_uppercase();
    text.replace_range(0..1, &first);
    Some(text)
}
