//! `import`, `refresh`, `rejected`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::args::{ImportArgs, RefreshArgs, RejectedArgs};
use super::output::{self, Failure, Meter, count};
use crate::import::plan::{Choices, DateOrder, DecimalMark, Plan};
use crate::import::preview;
use crate::jobs::Progress;
use crate::model::record::RejectedRow;
use crate::ops::Session;
use crate::ops::import::{ImportError, Outcome, plan_for_new};
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
    let mut session = open_or_create(&args.file)?;
    let done = settle(&session, &previews, &choices).and_then(|()| {
        session.start_with(&previews, &choices)?;
        import_all(&mut session, &previews, &choices)
    });
    match done {
        Ok((outcomes, error)) => {
            print(&session, &outcomes, args.json)?;
            error.map_or(Ok(()), Err)
        }
        Err(error) => {
            if !existed {
                drop(session);
                let _ = std::fs::remove_file(&args.file);
            }
            Err(error)
        }
    }
}

/// Asks everything that is open in any of the files before the first of them is written.
fn settle(session: &Session, previews: &[preview::Preview], choices: &Choices) -> Result<()> {
    let mut open = Vec::new();
    for preview in previews {
        let plan = plan(session, preview, choices)?;
        open.extend(plan.questions().into_iter().map(|doubt| (plan.file.clone(), doubt)));
    }
    if open.is_empty() {
        return Ok(());
    }
    let line = |(file, doubt): &(String, preview::Doubt)| format!("{file}: {}. {}", doubt.what, doubt.repair);
    Err(Failure::Unsettled(open.iter().map(line).collect::<Vec<_>>().join("\n")).into())
}

/// The plan for a file; that of an untouched shop goes by what the file says of itself.
fn plan(session: &Session, preview: &preview::Preview, choices: &Choices) -> Result<Plan> {
    let choices = session.remembered(preview, choices)?;
    if session.is_untouched()? { plan_for_new(preview, &choices) } else { session.plan(preview, &choices) }
}

/// Imports the files in turn. What was imported before an error stays, and is told beside it; only when nothing was
/// is the error all there is.
fn import_all(
    session: &mut Session,
    previews: &[preview::Preview],
    choices: &Choices,
) -> Result<(Vec<Outcome>, Option<anyhow::Error>)> {
    let mut outcomes = Vec::new();
    for preview in previews {
        match import_one(session, preview, choices) {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) if outcomes.is_empty() => return Err(error),
            Err(error) => return Ok((outcomes, Some(error.context("the files before this one are imported")))),
        }
    }
    Ok((outcomes, None))
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

fn open_or_create(file: &Path) -> Result<Session> {
    if file.exists() {
        return Session::open(file, Access::Write);
    }
    let shop = file.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    Session::create(file, &shop)
}

fn import_one(session: &mut Session, preview: &preview::Preview, choices: &Choices) -> Result<Outcome> {
    let given = choices;
    let choices = session.remembered(preview, given)?;
    let plan = session.plan(preview, &choices)?;
    if choices != *given {
        output::message(format!("{}: read with the answers of the last import of these columns", plan.file));
    }
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
            Some(session) => self::plan(session, &preview, choices)?,
            None => plan_for_new(&preview, choices)?,
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
    value["ignored"] = json!(plan.ignored());
    value
}

fn print_plan(plan: &Plan) -> Result<()> {
    output::line(format!("{}: {} ({})", plan.file, plan.title, plan.source))?;
    print_mapping(plan)?;
    output::line(format!("  time zone {}, currency {}", plan.zone.name(), plan.currency))
}

/// Which column becomes what, and how dates and numbers are read.
pub fn print_mapping(plan: &Plan) -> Result<()> {
    for (field, columns) in &plan.mapping.fields {
        output::line(format!("  {} = {}", field.name(), columns.join(", else ")))?;
    }
    if !plan.ignored().is_empty() {
        output::line(format!("  not read: {}", plan.ignored().join(", ")))?;
    }
    if let Some(order) = plan.date_order {
        let order = match order {
            DateOrder::Dmy => "day, month, year",
            DateOrder::Mdy => "month, day, year",
            DateOrder::Ymd => "year, month, day",
        };
        output::line(format!("  dates are {order}"))?;
    }
    if let Some(mark) = plan.decimal {
        let mark = if mark == DecimalMark::Comma { "comma" } else { "point" };
        output::line(format!("  the decimal mark is a {mark}"))?;
    }
    Ok(())
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
    let (zone, currency) = (outcome.time_zone.name(), outcome.currency);
    output::line(format!(
        "{}: {}, times in {zone}, amounts without a currency in {currency}",
        outcome.file, outcome.title
    ))?;
    if !outcome.ignored.is_empty() {
        output::line(format!("  not read: {}", outcome.ignored.join(", ")))?;
    }
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
