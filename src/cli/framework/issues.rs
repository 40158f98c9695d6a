//! Filling, issues and what changed since.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::{as_json, looked_at, show};
use crate::cli::args::{AnalysisArgs, day};
use crate::cli::output;
use crate::framework::state::{Change, apart, changes, written};
use crate::framework::template::{FormField, template};
use crate::jobs::Progress;
use crate::model::Day;
use crate::model::strategy::FieldValue;
use crate::ops::Session;
use crate::workspace::Access;

/// Longer values are cut in the table of changes.
const WIDEST: usize = 60;

#[derive(Args)]
pub struct IssueArgs {
    /// Workspace
    file: PathBuf,
    /// Name of the issue
    name: String,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
}

#[derive(Args)]
pub struct IssuesArgs {
    /// Workspace
    file: PathBuf,
    /// Remove an issue
    #[arg(long, value_name = "NAME")]
    remove: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct CompareArgs {
    /// Workspace
    file: PathBuf,
    /// Name of the earlier issue
    first: String,
    /// Name of the later issue; current is the form as it stands
    #[arg(default_value = "current")]
    second: String,
    /// All facts up to the end of this day, for the form as it stands
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn fill(args: &AnalysisArgs) -> Result<()> {
    let (session, state) = looked_at(&args.file, args.as_of)?;
    let newest = session.issues_kept()?.issues.pop();
    let since = newest.as_ref().map(|issue| changes(issue, &state));
    let all = state.progress_in_all();
    if args.json {
        return output::json(&json!({
            "progress": as_json::progress(&state)["progress"],
            "missing": state.fields.iter().filter_map(|field| match &field.source {
                crate::framework::state::Source::Open(Some(why)) => Some(json!({ "key": field.key, "why": why })),
                _ => None,
            }).collect::<Vec<_>>(),
            "since": newest.as_ref().map(as_json::issue),
            "changes": since.as_deref().map(|found| as_json::changes(found)["changes"].clone()),
        }));
    }
    output::line(format!(
        "{} of {} fields filled: {} from data, {} typed",
        all.filled(),
        all.all(),
        all.data,
        all.typed
    ))?;
    match (newest, since) {
        (Some(issue), Some(found)) => {
            output::line(format!("Since “{}”, as of {}:", issue.name, issue.as_of.display()))?;
            print(&found)
        }
        _ => output::line("No issue was kept yet, so nothing is said of changes; framework issue FILE NAME keeps one"),
    }
}

pub fn issue(args: &IssueArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let progress = Progress::none();
    let _meter = output::Meter::start("Filling the framework", &progress);
    let issue = session.issue(&args.name, args.as_of, &progress)?;
    output::line(format!("“{}” kept, {} fields, as of {}", issue.name, issue.fields.len(), issue.as_of.display()))
}

pub fn list(args: &IssuesArgs) -> Result<()> {
    if let Some(name) = &args.remove {
        let mut session = Session::open(&args.file, Access::Write)?;
        session.remove_issue(name)?;
        return output::line(format!("“{}” removed", name.trim()));
    }
    let session = Session::open(&args.file, Access::Read)?;
    let issues = session.issues_kept()?.issues;
    if args.json {
        return output::json(&json!({ "issues": issues.iter().map(as_json::issue).collect::<Vec<_>>() }));
    }
    if issues.is_empty() {
        return output::line("No issue was kept yet");
    }
    let zone = session.definitions()?.zone;
    let row = |issue: &crate::model::strategy::Issue| {
        let typed = issue.fields.values().filter(|field| field.typed).count();
        let counts = [issue.fields.len(), typed].map(|n| output::count(n as u64));
        let days = [zone.day(issue.at).display(), issue.as_of.display()];
        std::iter::once(issue.name.clone()).chain(days).chain(counts).collect::<Vec<String>>()
    };
    let rows: Vec<Vec<String>> = issues.iter().map(row).collect();
    output::line(output::table(&["Issue", "Kept", "As of", "Fields", "Typed"], &rows, &[0]))
}

pub fn compare(args: &CompareArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let second = Some(args.second.as_str()).filter(|name| !name.eq_ignore_ascii_case("current"));
    let progress = Progress::none();
    let meter = output::Meter::start("Filling the framework", &progress);
    let found = session.issues_compared(&args.first, second, args.as_of, &progress)?;
    drop(meter);
    if args.json { output::json(&as_json::changes(&found)) } else { print(&found) }
}

fn print(found: &[Change]) -> Result<()> {
    if found.is_empty() {
        return output::line("Nothing changed");
    }
    let row = |change: &Change| {
        let name = template().place(&change.key).map_or_else(|| change.key.clone(), |place| place.name());
        let (before, after) = template().field(&change.key).map_or((None, None), |field| texts(field, change));
        let (before, after) = (before.unwrap_or_else(|| "—".into()), after.unwrap_or_else(|| "—".into()));
        let (before, after) = cells(&before, &after);
        vec![change.key.clone(), name, before, after]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    output::line(output::table(&["Placeholder", "Field", "Before", "After"], &rows, &[0, 1, 2, 3]))?;
    output::line(format!("{} changed", crate::model::currency::counted(found.len() as u64, "field", "fields")))
}

/// What stood there and what stands there, as documents print it.
pub(super) fn texts(field: &FormField, change: &Change) -> (Option<String>, Option<String>) {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let (before, after) = apart(field, before, after);
            (Some(before), Some(after))
        }
        (before, after) => {
            let text = |value: &Option<FieldValue>| value.as_ref().map(|value| written(field, value));
            (text(before), text(after))
        }
    }
}

/// Two texts as cells; long ones that begin alike from where they begin to differ.
fn cells(before: &str, after: &str) -> (String, String) {
    let cut = |text: &str| show::cut(text, WIDEST);
    if before == after || cut(before) != cut(after) {
        return (cut(before), cut(after));
    }
    let alike = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let words = |text: &str| -> String {
        let from = text.chars().take(alike).collect::<Vec<_>>();
        let from = from.iter().rposition(|c| c.is_whitespace()).map_or(0, |at| at + 1);
        ['…'].into_iter().chain(text.chars().skip(from)).collect()
    };
    (cut(&words(before)), cut(&words(after)))
}
