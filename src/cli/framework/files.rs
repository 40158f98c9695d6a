//! `framework files`: which files to ask a client for.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

use super::super::output;
use crate::ops::files::{FileToAsk, files_document, files_to_ask};
use crate::ops::{Session, document};
use crate::workspace::Access;

#[derive(Args)]
pub struct FilesArgs {
    /// Workspace, whose files are marked as here; may be left out
    pub file: Option<PathBuf>,
    /// Only of this platform, such as Shopify
    #[arg(long)]
    pub platform: Option<String>,
    /// Write the list as a document, by the file's extension
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn files(args: &FilesArgs) -> Result<()> {
    let (mut files, shop) = match &args.file {
        Some(file) => {
            let session = Session::open(file, Access::Read)?;
            (session.files_to_ask()?, session.shop()?)
        }
        None => (files_to_ask(), String::new()),
    };
    if let Some(platform) = &args.platform {
        let mut known: Vec<&str> = files.iter().map(|file| file.platform).collect();
        known.dedup();
        files.retain(|file| file.platform.eq_ignore_ascii_case(platform.trim()));
        if files.is_empty() {
            bail!("there is no list for {platform}; choose one of {}", known.join(", "));
        }
    }
    if let Some(out) = &args.out {
        let extension = out.extension().and_then(|extension| extension.to_str()).unwrap_or("md");
        document::save(&files_document(&shop, &files), document::format(extension)?, out)?;
        return output::line(format!("{} written", out.display()));
    }
    if args.json {
        return output::json(&files.iter().map(as_json).collect());
    }
    let row = |file: &FileToAsk| {
        let here = if file.here { "here" } else { "" };
        [file.platform, file.title, here, file.from, file.open_without].map(str::to_owned).to_vec()
    };
    let rows: Vec<_> = files.iter().map(row).collect();
    let header = ["Platform", "File", "State", "Where it is exported", "Stays open without it"];
    output::line(output::table(&header, &rows, &[0, 1, 2, 3, 4]))
}

fn as_json(file: &FileToAsk) -> serde_json::Value {
    json!({
        "platform": file.platform,
        "source": file.source,
        "title": file.title,
        "from": file.from,
        "fills": file.fills,
        "open_without": file.open_without,
        "here": file.here,
    })
}
