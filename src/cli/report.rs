//! `report`: the document, whole or some of its chapters.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::args::day;
use super::output;
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::ops::document::{self, Wanted};
use crate::report::FORMATS;
use crate::report::carries::CARRIES;
use crate::report::document::{Look, Paper};
use crate::workspace::Access;

#[derive(Args)]
pub struct ReportArgs {
    /// Workspace
    #[arg(required_unless_present = "carries")]
    pub file: Option<PathBuf>,
    /// md, html, pdf, docx or xlsx; without it as the file's extension says
    #[arg(long)]
    pub format: Option<String>,
    /// File to write
    #[arg(long, required_unless_present = "carries")]
    pub out: Option<PathBuf>,
    /// Only print what each format can carry: contents, charts, footnotes, logo and more
    #[arg(long)]
    pub carries: bool,
    /// All facts up to the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    #[command(flatten)]
    pub look: LookArgs,
}

/// What a document holds and how it looks.
#[derive(Args)]
pub struct LookArgs {
    /// Only these sections: keys such as profile, kpis, product, or 1 to 10 for the framework's own
    #[arg(long, value_delimiter = ',')]
    pub sections: Vec<String>,
    /// Size of a page
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    pub paper: PaperArg,
    /// Picture on the first page: PNG, JPEG or SVG
    #[arg(long)]
    pub logo: Option<PathBuf>,
    /// Colour of headings and rules, such as #0A5C4A
    #[arg(long, value_parser = colour)]
    pub accent: Option<[u8; 3]>,
    /// Print the remarks beside fields as well
    #[arg(long)]
    pub comments: bool,
}

/// Size of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperArg {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 in
    Letter,
}

impl LookArgs {
    /// What the words of the command line ask for.
    pub fn wanted(&self) -> Result<Wanted> {
        let paper = match self.paper {
            PaperArg::A4 => Paper::A4,
            PaperArg::Letter => Paper::Letter,
        };
        let logo = self.logo.as_deref().map(document::logo).transpose()?;
        let look = Look { paper, logo, accent: self.accent };
        Ok(Wanted { sections: self.sections.clone(), look, comments: self.comments })
    }
}

/// A colour as web pages write it.
fn colour(text: &str) -> Result<[u8; 3], String> {
    let digits = text.trim().trim_start_matches('#');
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    match (digits.len(), part(0), part(2), part(4)) {
        (6, Some(red), Some(green), Some(blue)) => Ok([red, green, blue]),
        _ => Err("write a colour as #RRGGBB, such as #0A5C4A".into()),
    }
}

/// The format by its name, else by the extension of the file.
fn format_of(name: Option<&str>, out: &Path) -> Result<&'static dyn crate::report::Format> {
    match (name, out.extension().and_then(|extension| extension.to_str())) {
        (Some(name), _) | (None, Some(name)) => document::format(name),
        (None, None) => bail!("name a format with --format, or give the file an extension such as .html"),
    }
}

pub fn report(args: &ReportArgs) -> Result<()> {
    if args.carries {
        return carries();
    }
    let (Some(file), Some(out)) = (&args.file, &args.out) else {
        bail!("name the workspace, and with --out the file to write")
    };
    let format = format_of(args.format.as_deref(), out)?;
    let wanted = args.look.wanted()?;
    let mut session = Session::open(file, Access::Read)?;
    let document = session.framework_document(args.as_of, &wanted, &Progress::none())?;
    document::save(&document, format, out)?;
    output::line(format!("{} written", out.display()))
}

/// Line by line, as the table would be wider than most terminals.
fn carries() -> Result<()> {
    for one in CARRIES {
        output::line(one.what)?;
        for format in FORMATS {
            output::line(format!("  {:<5} {}", format.extension(), one.by(*format)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_web_pages_write_them() {
        assert_eq!(colour("#0A5c4A"), Ok([0x0a, 0x5c, 0x4a]));
        for wrong in ["", "#fff", "#12345g", "#1234567", "grün00"] {
            assert!(colour(wrong).is_err(), "{wrong}");
        }
    }
}
