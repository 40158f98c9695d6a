//! `sample`, `export-sample`, `demo`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::args::{DemoArgs, ExportSampleArgs, SampleArgs, SampleSize};
use super::output::{self, Meter, count};
use super::segments;
use crate::jobs::Progress;
use crate::ops::{self, Session, document};
use crate::report::html::Html;
use crate::sample::{self, Params, export::Platform};
use crate::workspace::Access;

fn params(size: SampleSize) -> Params {
    Params { customers: size.customers, seed: size.seed, ..Params::default() }
}

pub fn sample(args: &SampleArgs) -> Result<()> {
    make(&args.file, &params(args.sample))?;
    output::line(format!("{} made: {} customers", args.file.display(), count(u64::from(args.sample.customers))))
}

fn make(path: &Path, params: &Params) -> Result<Session> {
    let progress = Progress::none();
    let _meter = Meter::start("Making the sample shop", &progress);
    ops::sample::create_planned(path, params, &progress)
}

pub fn export_sample(args: &ExportSampleArgs) -> Result<()> {
    let platform = Platform::find(&args.platform).with_context(|| format!("{} is no platform", args.platform))?;
    let progress = Progress::none();
    let _meter = Meter::start("Writing the files", &progress);
    let shop = sample::generate(&params(args.sample), &progress)?;
    for written in platform.write(&shop, &args.dir, &progress)? {
        output::line(format!("{}: {} rows", written.path.display(), count(written.rows)))?;
    }
    Ok(())
}

/// What `demo` does next.
pub enum Demo {
    /// Open the window on this workspace.
    Window(PathBuf),
    /// All is printed.
    Done,
}

/// Makes (or finds) the sample shop. Without a display it prints the segments and writes the document.
pub fn demo(args: &DemoArgs) -> Result<Demo> {
    let folder = match &args.dir {
        Some(dir) => dir.clone(),
        None => data_folder()?,
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let size = args.customers.unwrap_or(Params::default().customers);
    let file = folder.join(format!("sample-shop-{size}.cartwright"));
    if !file.exists() {
        make(&file, &Params { customers: size, ..Params::default() })?;
    }
    if !args.no_window && has_display() {
        return Ok(Demo::Window(file));
    }
    let mut session = Session::open(&file, Access::Read)?;
    let table = session
        .segments(None, &Progress::none())?
        .map_err(|missing| anyhow!("the sample shop has no {}", missing.what))?;
    segments::print(&table)?;
    let out = folder.join("sample-shop.html");
    document::save(&session.framework_document(None, &document::Wanted::default(), &Progress::none())?, &Html, &out)?;
    output::line(format!("Workspace: {}", file.display()))?;
    output::line(format!("Document: {}", out.display()))?;
    Ok(Demo::Done)
}

fn data_folder() -> Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "Cartwright")
        .context("there is no home folder; name a folder with --dir")?;
    Ok(folders.data_dir().to_owned())
}

/// Whether a window can be opened: always on Windows and macOS, with a display server elsewhere.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("WAYLAND_DISPLAY") || set("DISPLAY")
}
