//! `import`, `refresh`, `rejected`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::args::{ImportArgs, RefreshArgs, RejectedArgs};
use super::output::{self, Failure, Meter, count};
use crate::import::plan::{Choices, Plan};
use crate::import::preview;
use crate::jobs::Progress;
use crate::model::record::RejectedRow;
use crate::ops::Session;
use crate::ops::import::{ImportError, Outcome};
use crate::workspace::Access;

/// Rejected rows fetched at once.
const PAGE: u64 = 4_096;

pub fn import(args: &ImportArgs) -> Result<()> {
    let choices = args.reading.choices();
    if args.dry_run {
        return dry_run(args, &choices);
    }
    // The files are looked at first: a new workspace is made only when something can be imported into it.
    let previews = args.paths.iter().map(|path| look(path, &choices)).collect::<Result<Vec<_>>>()?;
    let existed = args.file.exists();
    let mut session = open_or_create(&args.file, &previews, &choices)?;
    let outcomes = previews.iter().map(|p| import_one(&mut session, p, &choices)).collect::<Result<Vec<_>>>();
    let outcomes = match outcomes {
        Ok(outcomes) => outcomes,
        Err(error) => {
            if !existed && session.imports()?.is_empty() {
                drop(session);
                let _ = std::fs::remove_file(&args.file);
            }
            return Err(error);
        }
    };
    print(&session, &outcomes, args.json)
}

pub fn refresh(args: &RefreshArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let mut outcomes = Vec::new();
    for (path, choices) in session.remembered_files()? {
        let preview = look(&path, &choices)?;
        outcomes.push(import_one(&mut session, &preview, &choices)?);
    }
    if outcomes.is_empty() {
        bail!("nothing was imported into {} yet, so there is nothing to refresh", args.file.display());
    }
    print(&session, &outcomes, args.json)
}

fn look(path: &Path, choices: &Choices) -> Result<preview::Preview> {
    Ok(preview::preview(path, choices, &Progress::none())?)
}

/// A new workspace takes the currency of its first file, which its user named or the files show.
fn open_or_create(file: &Path, previews: &[preview::Preview], choices: &Choices) -> Result<Session> {
    if file.exists() {
        return Session::open(file, Access::Write);
    }
    let shop = file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let mut session = Session::create(file, &shop)?;
    session.start_with(previews, choices)?;
    Ok(session)
}

fn import_one(session: &mut Session, preview: &preview::Preview, choices: &Choices) -> Result<Outcome> {
    let choices = session.remembered(preview, choices)?;
    let plan = session.plan(preview, &choices)?;
    let progress = Progress::none();
    let _meter = Meter::start(&format!("Importing {}", plan.file), &progress);
    session.import(&plan, &choices, &progress).map_err(|error| match error {
        ImportError::Questions(_) => anyhow::Error::new(Failure::Unsettled(format!("{}: {error}", plan.file))),
        error => anyhow::Error::new(error).context(plan.file.clone()),
    })
}

fn dry_run(args: &ImportArgs, choices: &Choices) -> Result<()> {
    let session = if args.file.exists() { Some(Session::open(&args.file, Access::Read)?) } else { None };
    let mut open = Vec::new();
    let mut plans = Vec::new();
    for path in &args.paths {
        let preview = look(path, choices)?;
        let plan = match &session {
            Some(session) => session.plan(&preview, &session.remembered(&preview, choices)?)?,
            None => crate::ops::import::plan_for_new(&preview, choices)?,
        };
        open.extend(plan.questions());
        plans.push(plan);
    }
    if args.json {
        output::json(&one_or_many(plans.iter().map(plan_json).collect()))?;
    } else {
        for plan in &plans {
            print_plan(plan)?;
        }
    }
    if open.is_empty() { Ok(()) } else { Err(Failure::Unsettled(ImportError::Questions(open).to_string()).into()) }
}

fn plan_json(plan: &Plan) -> Value {
    let mut value = serde_json::to_value(plan).unwrap_or_default();
    value["questions"] = json!(plan.questions());
    value
}

fn print_plan(plan: &Plan) -> Result<()> {
    output::line(format!("{}: {} ({})", plan.file, plan.title, plan.source))?;
    for (field, columns) in &plan.mapping.fields {
        output::line(format!("  {} = {}", field.name(), columns.join(", else ")))?;
    }
    output::line(format!("  time zone {}, currency {}", plan.zone.name(), plan.currency))
}

fn one_or_many(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

fn print(session: &Session, outcomes: &[Outcome], as_json: bool) -> Result<()> {
    if as_json {
        let values = outcomes.iter().map(|o| outcome_json(session, o)).collect::<Result<Vec<_>>>()?;
        return output::json(&one_or_many(values));
    }
    for outcome in outcomes {
        print_outcome(session, outcome)?;
    }
    Ok(())
}

fn outcome_json(session: &Session, outcome: &Outcome) -> Result<Value> {
    let mut value = serde_json::to_value(outcome)?;
    let mut issues = Vec::new();
    each_rejected(session, outcome.import, |row| {
        issues.push(json!({"line": row.line, "column": row.column, "reason": row.reason, "repair": row.repair}));
        Ok(())
    })?;
    value["issues"] = Value::Array(issues);
    Ok(value)
}

fn print_outcome(session: &Session, outcome: &Outcome) -> Result<()> {
    let s = &outcome.summary;
    output::line(format!("{}: {}, times in {}", outcome.file, outcome.title, outcome.time_zone.name()))?;
    output::line(format!(
        "  {} rows = {} accepted + {} rejected + {} skipped",
        count(s.rows),
        count(s.accepted),
        count(s.rejected),
        count(s.skipped)
    ))?;
    for (reason, n) in &s.skipped_reasons {
        output::line(format!("    skipped {}: {reason}", count(*n)))?;
    }
    for (repair, n) in &s.repaired {
        output::line(format!("    put right {}: {repair}", count(*n)))?;
    }
    for (table, c) in &outcome.tables.0 {
        let (new, changed, same) = (count(c.created), count(c.updated), count(c.unchanged));
        output::line(format!("  {table}: {new} created, {changed} updated, {same} unchanged"))?;
    }
    for note in &s.notes {
        output::line(format!("  note: {note}"))?;
    }
    let mut shown = 0;
    each_rejected(session, outcome.import, |row| {
        shown += 1;
        if shown <= 10 {
            let column = row.column.as_ref().map_or(String::new(), |c| format!(", column {c}"));
            output::line(format!("  rejected line {}{column}: {}. {}", row.line, row.reason, row.repair))?;
        }
        Ok(())
    })?;
    if shown > 10 {
        output::line(format!("  and {} more; `cartwright rejected` lists and saves them", count(shown - 10)))?;
    }
    Ok(())
}

fn each_rejected(
    session: &Session,
    import: Option<i64>,
    mut visit: impl FnMut(RejectedRow) -> Result<()>,
) -> Result<()> {
    let Some(import) = import else { return Ok(()) };
    let mut from = 0;
    loop {
        let page = session.rejected_rows(import, from, PAGE)?;
        from += page.len() as u64;
        let last = (page.len() as u64) < PAGE;
        page.into_iter().try_for_each(&mut visit)?;
        if last {
            return Ok(());
        }
    }
}

pub fn rejected(args: &RejectedArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let wanted = |file: &str| args.of.as_deref().is_none_or(|name| name == file);
    let mut found = None;
    for import in session.imports()? {
        if wanted(&import.file) && !session.rejected_rows(import.id, 0, 1)?.is_empty() {
            found = Some(import);
            break;
        }
    }
    let Some(import) = found else { return output::line("No rejected rows") };
    if let Some(out) = &args.out {
        let rows = session.save_rejected(import.id, out)?;
        return output::line(format!("{} rejected rows of {} saved as {}", count(rows), import.file, out.display()));
    }
    each_rejected(&session, Some(import.id), |row| {
        let column = row.column.as_deref().unwrap_or("");
        output::line(format!("{}\t{}\t{column}\t{}\t{}", import.file, row.line, row.reason, row.repair))
    })
    .context("the list of rejected rows is not complete")
}
