//! The shop as the export files of each platform, with the headers, zones and quirks of the platform.
//!
//! What a platform's files cannot say is lost, as it is in life: see the notes of each module.

mod bigcommerce;
mod generic;
mod magento;
mod shopify;
mod table;
mod tally;
mod woocommerce;

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::Shop;
use crate::jobs::{Cancelled, Progress};
use table::Table;

/// A platform whose export files can be written.
#[derive(Debug)]
pub struct Platform {
    /// Name on the command line.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// Its files.
    pub files: &'static [ExportFile],
}

/// A file of a platform.
#[derive(Debug)]
pub struct ExportFile {
    /// Name as the platform gives it.
    pub name: &'static str,
    header: fn(&Shop) -> Vec<String>,
    rows: Rows,
}

/// A file being written.
type Out = Table<BufWriter<File>>;

/// Writes all rows of a file.
type Rows = fn(&Shop, &mut Out, &Progress) -> Result<(), ExportError>;

/// Every platform.
pub const PLATFORMS: &[Platform] =
    &[shopify::PLATFORM, woocommerce::PLATFORM, bigcommerce::PLATFORM, magento::PLATFORM, generic::PLATFORM];

/// Why files could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The user asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A file of that name exists.
    #[error("{} exists already; it was left as it is. Choose another folder or remove the file", .0.display())]
    Exists(PathBuf),
    /// The system refused.
    #[error("could not write {}: {source}. No file of that name was left half-written", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A row could not be written; becomes [`ExportError::Io`] with the file's name.
    #[error(transparent)]
    Row(#[from] csv::Error),
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// Rows below the header.
    pub rows: u64,
}

impl Platform {
    /// The platform with a command-line name.
    pub fn find(name: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|p| p.name == name.trim())
    }

    /// Writes all files of the platform into a folder, which is made when it does not exist.
    ///
    /// # Errors
    /// When one of the files exists already (then nothing is written), the system refuses, or the work is cancelled.
    /// Files that were finished before stay; none is left half-written.
    pub fn write(&self, shop: &Shop, folder: &Path, progress: &Progress) -> Result<Vec<Written>, ExportError> {
        if let Some(taken) = self.files.iter().map(|f| folder.join(f.name)).find(|path| path.exists()) {
            return Err(ExportError::Exists(taken));
        }
        fs::create_dir_all(folder).map_err(|source| ExportError::Io { path: folder.into(), source })?;
        self.files.iter().map(|file| file.write(shop, folder, progress)).collect()
    }
}

impl ExportFile {
    /// Writes under another name first, so that the name stands for a whole file.
    fn write(&self, shop: &Shop, folder: &Path, progress: &Progress) -> Result<Written, ExportError> {
        let path = folder.join(self.name);
        let part = folder.join(format!("{}.part", self.name));
        let written = self.write_rows(shop, &part, progress).and_then(|rows| {
            fs::rename(&part, &path).map_err(|e| ExportError::Row(e.into()))?;
            Ok(Written { path: path.clone(), rows })
        });
        written.map_err(|error| {
            // Nothing more can be done about a part that will not go.
            let _ = fs::remove_file(&part);
            match error {
                ExportError::Row(error) => ExportError::Io { path, source: error.into() },
                other => other,
            }
        })
    }

    fn write_rows(&self, shop: &Shop, part: &Path, progress: &Progress) -> Result<u64, ExportError> {
        let out = BufWriter::new(File::create(part).map_err(csv::Error::from)?);
        let mut table = Table::new(out, (self.header)(shop))?;
        (self.rows)(shop, &mut table, progress)?;
        Ok(table.finish()?)
    }
}

/// Calls `row` for every position below `count`, with a look at `progress` now and then.
fn each(
    count: usize,
    progress: &Progress,
    mut row: impl FnMut(usize) -> Result<(), csv::Error>,
) -> Result<(), ExportError> {
    progress.expect(count as u64);
    for position in 0..count {
        if position.is_multiple_of(1_024) {
            progress.step(position as u64)?;
        }
        row(position)?;
    }
    Ok(())
}
