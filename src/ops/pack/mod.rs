//! The client pack: what is handed over at the end of a job, free of people. Either a copy of the workspace in which
//! people have pseudonyms, or tables without any row of a person; with the documents beside, made from the same copy.

mod documents;
mod few;
mod place;
mod readme;
mod tables;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Session;
use super::document::Wanted;
use crate::jobs::Progress;
use crate::model::Day;
use crate::report::document::Block;
use crate::report::table_export::{self, Value};
use crate::report::{Document, Format, archive};
use crate::workspace::Access;
use crate::workspace::pseudonyms::TakenOut;

pub use few::{FEWER, K};

/// What a pack holds beside the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A copy of the workspace in which people have pseudonyms.
    #[default]
    Pseudonymised,
    /// Tables of groups; no row of a person, and no group of fewer than five.
    Aggregated,
}

impl Mode {
    /// Both, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Pseudonymised, Self::Aggregated];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pseudonymised => "Pseudonymised workspace",
            Self::Aggregated => "Aggregated tables",
        }
    }

    /// What it is, in a sentence without a full stop.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Pseudonymised => {
                "A copy of the workspace that opens for reading: every figure is the same, nobody has a name"
            }
            Self::Aggregated => {
                "No row of a person at all: segments, cohorts, KPIs and months, none of fewer than 5 people"
            }
        }
    }
}

/// What is to be packed.
#[derive(Clone)]
pub struct Pack {
    /// What is beside the documents.
    pub mode: Mode,
    /// Chapters and look of the documents.
    pub wanted: Wanted,
    /// Formats of the documents; none = no document.
    pub formats: Vec<&'static dyn Format>,
}

/// What was packed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packed {
    /// Names of the files within, with their size in bytes.
    pub files: Vec<(String, u64)>,
    /// What was taken out of the copy; `None` where there is none in the pack.
    pub taken_out: Option<TakenOut>,
    /// Rows and cells of too few people that are hidden.
    pub few: u64,
}

impl Session {
    /// Makes a client pack: a folder of this name, or one archive where the name ends in `.zip`. Whole or not at all.
    ///
    /// # Errors
    /// A sentence when something of that name is there already, a chapter is wanted that there is not, or the folder
    /// cannot be written; nothing is left there then.
    pub fn make_pack(&self, out: &Path, pack: &Pack, as_of: Option<Day>, progress: &Progress) -> Result<Packed> {
        pack.wanted.check().map_err(|why| anyhow::anyhow!(why))?;
        if out.exists() {
            bail!(
                "{} was not made: there is something of that name; it was left as it was, choose another",
                out.display()
            );
        }
        let Some(name) = out.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            bail!("the name of the pack is missing; give a folder that is not there yet, or a file that ends in .zip")
        };
        // Seen at once, and not after all the work.
        fs::create_dir(out).and_then(|()| fs::remove_dir(out)).with_context(|| {
            format!("{} was not made; choose a folder that is there and that you may write to", out.display())
        })?;
        // The copy is made where the shop is: what it holds before names are out of it never comes near the client.
        let place = place::Place::beside(self.workspace.path())?;
        let packed = self.fill_pack(&place.files, pack, as_of, progress)?;
        if name.to_ascii_lowercase().ends_with(".zip") {
            let files: Vec<_> = packed.files.iter().map(|(name, _)| (name.clone(), place.files.join(name))).collect();
            archive::zip(out, &files)?;
        } else {
            place.put(out)?;
        }
        Ok(packed)
    }

    fn fill_pack(&self, folder: &Path, pack: &Pack, as_of: Option<Day>, progress: &Progress) -> Result<Packed> {
        let stem = stem_of(&self.shop()?);
        let file = folder.join(format!("{stem}.cartwright"));
        // Documents and tables are made from the copy: what it does not know cannot be in them.
        let taken_out = self.workspace.copy_pseudonymised(&file, super::now())?;
        progress.step(0)?;
        let mut copy = Self::open(&file, Access::Read)?;
        let mut packed = Packed::default();
        let mut names: Vec<String> = Vec::new();
        if !pack.formats.is_empty() {
            let mut document = copy.framework_document(as_of, &pack.wanted, progress)?;
            if pack.mode == Mode::Aggregated {
                packed.few += documents::Few::of(&mut copy, as_of, progress)?.hide(&mut document);
            }
            say_what_it_is(&mut document, pack.mode);
            for format in &pack.formats {
                progress.step(0)?;
                let name = format!("{stem} framework.{}", format.extension());
                super::document::save(&document, *format, &folder.join(&name))?;
                names.push(name);
            }
        }
        let day = match as_of {
            Some(day) => Some(day),
            None => copy.dataset(progress)?.span.map(|(_, last)| last),
        };
        match pack.mode {
            Mode::Pseudonymised => {
                names.push(format!("{stem}.cartwright"));
                packed.taken_out = Some(taken_out);
            }
            Mode::Aggregated => {
                let (sheets, few) = tables::tables(&mut copy, as_of, progress)?;
                packed.few += few;
                for (list, rows) in &sheets {
                    let name = format!("{}.csv", list.title.to_lowercase());
                    let mut rows = rows.iter().cloned().map(Ok::<Vec<Value>, anyhow::Error>);
                    table_export::save(&folder.join(&name), &table_export::FOR_SPREADSHEETS, list, &mut rows)?;
                    names.push(name);
                }
                table_export::save_book(&folder.join("tables.xlsx"), &sheets, day)?;
                names.push("tables.xlsx".into());
            }
        }
        drop(copy);
        if pack.mode == Mode::Aggregated {
            fs::remove_file(&file).with_context(|| format!("{} could not be removed", file.display()))?;
        }
        let shop = self.shop()?;
        let text = readme::readme(&readme::About { shop: &shop, day, mode: pack.mode, files: &names, packed: &packed });
        fs::write(folder.join(readme::NAME), text)?;
        names.insert(0, readme::NAME.into());
        for name in names {
            let bytes = fs::metadata(folder.join(&name))?.len();
            packed.files.push((name, bytes));
        }
        Ok(packed)
    }
}

/// A note on the first page of a document of a pack.
fn say_what_it_is(document: &mut Document, mode: Mode) {
    let words = match mode {
        Mode::Pseudonymised => "Handed over with a pseudonymised copy of the workspace, which gives the same figures",
        Mode::Aggregated => "Handed over without any row of a person; groups of fewer than 5 are not shown",
    };
    document.blocks.insert(0, Block::Note(words.into()));
}

/// A name for files that every system takes.
fn stem_of(shop: &str) -> String {
    let plain: String = shop.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut stem = String::new();
    // File systems count bytes: 255 with what stands before and after it.
    for c in words.join(" ").chars().take(60) {
        if stem.len() + c.len_utf8() <= 120 {
            stem.push(c);
        }
    }
    if stem.trim().is_empty() { "shop".into() } else { stem.trim().to_owned() }
}
