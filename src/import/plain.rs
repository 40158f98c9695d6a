//! A file's table as it was read, in the plainest form.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::plan::Choices;
use super::preview::{PreviewError, preview};
use super::reader::{self, Opening, ReadError};
use super::rejects::csv_writer;
use crate::jobs::{Cancelled, Progress};

/// Why a table could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file is not read.
    #[error(transparent)]
    Preview(#[from] PreviewError),
    /// The file cannot be read further: a sentence.
    #[error("{0}")]
    File(String),
    /// The copy cannot be written.
    #[error("The copy could not be written: {0}")]
    Write(#[from] io::Error),
    /// The user cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Writes the table of a file as it was read, in plain RFC 4180 form: UTF-8, commas, CRLF, the header, if the file has one, first.
/// Rows keep the number of cells they have; rows that could not be told apart are written as they were seen.
pub fn write_csv(path: &Path, choices: &Choices, out: impl Write, progress: &Progress) -> Result<(), CopyError> {
    let preview = preview(path, choices, progress)?;
    let mut writer = csv_writer(out);
    if preview.header_line > 0 {
        writer.write_record(&preview.header).map_err(io::Error::from)?;
    }
    progress.expect(preview.size);
    let opening = Opening {
        path: &preview.path,
        dialect: &preview.dialect,
        from_line: preview.first_line(),
        columns: preview.header.len(),
    };
    let mut rows = 0_u64;
    let read = reader::each_row(opening, |event| {
        if rows.is_multiple_of(4_096) {
            progress.step(event.bytes)?;
        }
        rows += 1;
        if event.line != preview.header_line {
            writer.write_record(event.cells.iter()).map_err(io::Error::from)?;
        }
        Ok::<_, CopyError>(ControlFlow::Continue(()))
    });
    match read {
        Ok(()) => Ok(writer.flush()?),
        Err(ReadError::File(sentence)) => Err(CopyError::File(sentence)),
        Err(ReadError::Visitor(error)) => Err(error),
    }
}
