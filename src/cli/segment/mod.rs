//! `segment …` and `export-tables`.

mod args;

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use self::args::{
    AddArgs, ExportArgs, FieldsArgs, ListArgs, MembersArgs, NameArgs, OverlapArgs, RuleArgs, SqlArgs, To,
};
pub use self::args::{ExportTablesArgs, SegmentCommand};
use super::output::{self, count, percent};
use crate::analytics::rules::sql::{self, Target};
use crate::analytics::rules::{Count, MOST, Members, Sieve, overlap, suggestions};
use crate::jobs::Progress;
use crate::model::currency::counted;
use crate::model::rule::{FIELDS, Rule};
use crate::model::{Day, Locale};
use crate::ops::Session;
use crate::report::audience;
use crate::report::table_export::{self, TableFormat};
use crate::workspace::Access;

pub fn run(command: &SegmentCommand) -> Result<()> {
    match command {
        SegmentCommand::List(args) => list(args),
        SegmentCommand::Add(args) => add(args),
        SegmentCommand::Count(args) => count_members(args),
        SegmentCommand::Members(args) => members(args),
        SegmentCommand::Export(args) => export(args),
        SegmentCommand::Sql(args) => print_sql(args),
        SegmentCommand::Remove(args) => remove(args),
        SegmentCommand::Overlap(args) => print_overlap(args),
        SegmentCommand::Suggest(args) => suggest(args),
        SegmentCommand::Fields(args) => fields(args),
    }
}

/// A rule from the command line: JSON, the text of a rule, or a file with either.
pub(super) fn read_rule(text: &str) -> Result<Rule> {
    let file = Path::new(text);
    let held = if file.is_file() {
        std::fs::read_to_string(file).with_context(|| format!("{text} cannot be read"))?
    } else {
        text.to_owned()
    };
    if held.trim().is_empty() {
        bail!("the rule is empty; write everybody to mean all customers");
    }
    let rule: Rule = if held.trim_start().starts_with('{') {
        serde_json::from_str(&held)
            .map_err(|e| anyhow!("the rule is not what it should be ({e}); see `segment fields`"))?
    } else {
        Rule::parse(&held).map_err(|why| anyhow!("the rule cannot be read: {why}"))?
    };
    rule.check().map_err(|why| anyhow!("the rule cannot be asked: {why}"))?;
    Ok(rule)
}

/// The rule meant, as it is and with saved segments replaced, under its name.
fn meant(session: &Session, args: &RuleArgs) -> Result<(Option<String>, Rule, Rule)> {
    let rule = match (&args.name, &args.rule) {
        (Some(name), _) => session.saved_segment(name)?.rule,
        (None, Some(text)) => read_rule(text)?,
        (None, None) => bail!("name a saved segment, or give a rule with --rule"),
    };
    let resolved = session.resolved(&rule)?;
    Ok((args.name.clone(), rule, resolved))
}

fn add(args: &AddArgs) -> Result<()> {
    let rule = read_rule(&args.rule)?;
    let mut session = Session::open(&args.file, Access::Write)?;
    session.add_segment(&args.name, &args.description, &rule)?;
    output::line(format!("“{}” saved: {}", args.name.trim(), rule.sentence(session.words()?)))
}

fn remove(args: &NameArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let segment = session.saved_segment(&args.name)?;
    session.remove_segment(segment.id)?;
    output::line(format!("“{}” deleted", segment.name))
}

/// A sieve with a meter beside it.
fn sieve(session: &mut Session, as_of: Option<Day>) -> Result<Sieve> {
    let progress = Progress::none();
    let _meter = output::Meter::start("Reading", &progress);
    session.sieve(as_of, &progress)
}

fn count_json(sieve: &Sieve, count: &Count) -> Value {
    let currency = sieve.shop.definitions.currency;
    json!({
        "customers": count.customers,
        "of": count.of,
        "share": count.customer_share,
        "unknown": count.unknown,
        "orders": count.orders,
        "revenue": currency.major(count.revenue),
        "revenue_share": count.revenue_share,
    })
}

fn rule_json(name: Option<&str>, rule: &Rule, session: &Session) -> Result<Value> {
    Ok(json!({
        "name": name,
        "sentence": rule.sentence(session.words()?),
        "text": rule.to_string(),
        "rule": serde_json::to_value(rule)?,
    }))
}

fn merged(mut into: Value, more: Value) -> Value {
    if let (Value::Object(into), Value::Object(more)) = (&mut into, more) {
        into.extend(more);
    }
    into
}

fn list(args: &ListArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let saved = session.saved_segments()?;
    let sieve = sieve(&mut session, args.on.as_of)?;
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for segment in &saved {
        let members = sieve.members(&session.resolved(&segment.rule)?, &Progress::none())?;
        let counted = sieve.count(&members);
        rows.push(vec![
            segment.name.clone(),
            count(counted.customers),
            percent(counted.customer_share),
            percent(counted.revenue_share),
            segment.rule.sentence(session.words()?),
        ]);
        let value = merged(rule_json(Some(&segment.name), &segment.rule, &session)?, count_json(&sieve, &counted));
        values.push(merged(value, json!({ "description": segment.description })));
    }
    if args.on.json {
        let currency = sieve.shop.definitions.currency;
        return output::json(&json!({ "as_of": sieve.as_of, "currency": currency, "segments": values }));
    }
    if rows.is_empty() {
        return output::line("No segment was saved yet; `segment suggest` names some worth a look");
    }
    output::line(format!("As of {}, revenue of the last 12 months", sieve.as_of.display()))?;
    output::line(output::table(&["Segment", "Size", "Share", "Revenue", "Rule"], &rows, &[4]))
}

fn count_members(args: &RuleArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let (name, rule, resolved) = meant(&session, args)?;
    let sieve = sieve(&mut session, args.on.as_of)?;
    let count = sieve.count(&sieve.members(&resolved, &Progress::none())?);
    if args.on.json {
        let value = merged(rule_json(name.as_deref(), &rule, &session)?, count_json(&sieve, &count));
        let currency = sieve.shop.definitions.currency;
        return output::json(&merged(value, json!({ "as_of": sieve.as_of, "currency": currency })));
    }
    output::line(rule.sentence(session.words()?))?;
    output::line(said(&sieve, &count))?;
    if count.unknown > 0 {
        output::line(format!("Unknown for {}", counted(count.unknown, "customer", "customers")))?;
    }
    Ok(())
}

fn said(sieve: &Sieve, count: &Count) -> String {
    format!(
        "{} of {} customers ({}), {} of revenue in the last 12 months, as of {}",
        Locale::En.count(count.customers),
        Locale::En.count(count.of),
        percent(count.customer_share),
        percent(count.revenue_share),
        sieve.as_of.display()
    )
}

fn members(args: &MembersArgs) -> Result<()> {
    let progress = Progress::none();
    let mut session = Session::open(&args.rule.file, Access::Read)?;
    let (name, rule, resolved) = meant(&session, &args.rule)?;
    let sieve = sieve(&mut session, args.rule.on.as_of)?;
    let found = sieve.members(&resolved, &progress)?;
    if let Some(out) = &args.out {
        let format = table_export::table_format_of(out)
            .with_context(|| format!("{} must end in .csv or .xlsx", out.display()))?;
        return save_list(&mut session, &sieve, &found, out, format, args.rule.on.json);
    }
    let members: Vec<u32> = found.yes.iter().collect();
    let data = sieve.shop.data.clone();
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for page in members.chunks(4_096) {
        let ids: Vec<u32> = page.iter().map(|&at| data.customers.id[at as usize]).collect();
        for (id, who) in ids.iter().zip(session.customers(&ids)?) {
            let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
            rows.push(vec![id.to_string(), word(&who.shop_id), word(&who.email), word(&who.country)]);
            values
                .push(json!({ "customer_id": id, "shop_id": who.shop_id, "email": who.email, "country": who.country }));
        }
    }
    if args.rule.on.json {
        let value = rule_json(name.as_deref(), &rule, &session)?;
        return output::json(&merged(value, json!({ "as_of": sieve.as_of, "members": values })));
    }
    output::line(output::table(&["Number", "Shop id", "E-mail", "Country"], &rows, &[1, 2, 3]))
}

fn export(args: &ExportArgs) -> Result<()> {
    let progress = Progress::none();
    let name = match args.to {
        To::Google => "google",
        To::Meta => "meta",
        To::Csv => "csv",
        To::Xlsx => "xlsx",
    };
    let out = &args.out;
    let mut session = Session::open(&args.rule.file, Access::Read)?;
    let (_, _, resolved) = meant(&session, &args.rule)?;
    let sieve = sieve(&mut session, args.rule.on.as_of)?;
    let members = sieve.members(&resolved, &progress)?;
    let Some(platform) = audience::platform(name) else {
        let format = table_export::table_format(name).with_context(|| format!("there is no format {name}"))?;
        return save_list(&mut session, &sieve, &members, out, format, args.rule.on.json);
    };
    let done = session.export_audience(&sieve, &members, platform, out, &progress)?;
    if args.rule.on.json {
        return output::json(&json!({
            "file": out, "platform": platform.name, "members": done.members, "rows": done.rows,
            "left_out": { "declined": done.declined, "unanswered": done.unanswered,
                "unreachable": done.unreachable, "twice": done.twice },
        }));
    }
    let (rows, members) = (counted(done.rows, "row", "rows"), counted(done.members, "member", "members"));
    output::line(format!("{}: {rows} of {members} written to {}", platform.title, out.display()))?;
    let left = done.left_out();
    if left.is_empty() { Ok(()) } else { output::line(left) }
}

/// Saves members with their names and figures.
fn save_list(
    session: &mut Session,
    sieve: &Sieve,
    members: &Members,
    out: &Path,
    format: &'static dyn TableFormat,
    as_json: bool,
) -> Result<()> {
    let progress = Progress::none();
    let members: Vec<u32> = members.yes.iter().collect();
    let table = session.segments(Some(sieve.as_of), &progress)?.map_err(|_| anyhow!("there is no customer yet"))?;
    let written = session.export_members(&sieve.shop.data, &table, &members, out, format, &progress)?;
    if as_json {
        return output::json(&json!({ "file": out, "rows": written.rows }));
    }
    output::line(format!("{} written to {}", counted(written.rows, "customer", "customers"), out.display()))
}

fn print_sql(args: &SqlArgs) -> Result<()> {
    let mut session = Session::open(&args.rule.file, Access::Read)?;
    let (name, rule, resolved) = meant(&session, &args.rule)?;
    let as_of = match args.rule.on.as_of {
        Some(day) => day,
        None => crate::ops::session::last_day(&*session.dataset(&Progress::none())?),
    };
    let dialect = sql::Dialect::from(args.dialect);
    let text = sql::sql(&resolved, Target { dialect, as_of, currency: session.definitions()?.currency });
    if args.rule.on.json {
        let value = rule_json(name.as_deref(), &rule, &session)?;
        let more = json!({ "as_of": as_of, "dialect": dialect.key(), "tested": dialect.is_tested(), "sql": text });
        return output::json(&merged(value, more));
    }
    output::line(text.trim_end())
}

fn print_overlap(args: &OverlapArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let names: Vec<String> = match args.names.as_slice() {
        [] => session.saved_segments()?.into_iter().map(|segment| segment.name).collect(),
        names => names.to_vec(),
    };
    if names.len() > MOST {
        bail!("{} segments are too many to compare; name at most {MOST}", names.len());
    }
    let sieve = sieve(&mut session, args.on.as_of)?;
    let members = session.members_of(&sieve, &names, &Progress::none())?;
    let sets: Vec<_> = members.iter().map(|members| &members.yes).collect();
    let found = overlap(&sets);
    let named = |sets: &[usize]| sets.iter().map(|&set| names[set].clone()).collect::<Vec<_>>();
    if args.on.json {
        let size = |(name, members): (&String, &Members)| json!({ "name": name, "customers": members.yes.count() });
        return output::json(&json!({
            "as_of": sieve.as_of,
            "segments": names.iter().zip(&members).map(size).collect::<Vec<_>>(),
            "intersections": found.iter().map(|i| json!({ "in": named(&i.sets), "customers": i.customers })).collect::<Vec<_>>(),
        }));
    }
    let rows: Vec<_> = found.iter().map(|i| vec![named(&i.sets).join(" + "), count(i.customers)]).collect();
    output::line(output::table(&["In exactly", "Customers"], &rows, &[]))
}

fn suggest(args: &ListArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let sieve = sieve(&mut session, args.on.as_of)?;
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for suggestion in suggestions(&sieve) {
        let counted = sieve.count(&sieve.members(&suggestion.rule, &Progress::none())?);
        rows.push(vec![
            suggestion.name.to_owned(),
            count(counted.customers),
            suggestion.rule.to_string(),
            suggestion.why.clone(),
        ]);
        let value = merged(rule_json(Some(suggestion.name), &suggestion.rule, &session)?, count_json(&sieve, &counted));
        values.push(merged(value, json!({ "why": suggestion.why })));
    }
    if args.on.json {
        return output::json(&json!({ "as_of": sieve.as_of, "suggestions": values }));
    }
    if rows.is_empty() {
        return output::line("Too few customers bought for suggestions from the shop’s own percentiles");
    }
    output::line(output::table(&["Segment", "Size", "Rule", "Cut-off"], &rows, &[2, 3]))
}

fn fields(args: &FieldsArgs) -> Result<()> {
    if args.json {
        let field = |f: &crate::model::rule::Field| json!({ "field": f.key, "name": f.name, "about": f.about.heading(), "kind": format!("{:?}", f.kind).to_lowercase(), "of": f.of, "meaning": f.meaning });
        return output::json(&Value::Array(FIELDS.iter().map(field).collect()));
    }
    let rows: Vec<Vec<String>> = FIELDS
        .iter()
        .map(|f| {
            let key = f.of.map_or_else(|| f.key.to_owned(), |of| format!("{}[{of}]", f.key));
            vec![key, f.about.heading().into(), format!("{:?}", f.kind).to_lowercase(), f.meaning.into()]
        })
        .collect();
    output::line(output::table(&["Field", "About", "Kind", "Meaning"], &rows, &[1, 2, 3]))
}

pub fn export_tables(args: &ExportTablesArgs) -> Result<()> {
    let progress = Progress::none();
    let _meter = output::Meter::start("Writing", &progress);
    let mut session = Session::open(&args.file, Access::Read)?;
    let done = session.export_tables(&args.dir, args.as_of, &progress)?;
    let rows: Vec<_> = done.rows.iter().map(|(table, rows)| vec![(*table).to_owned(), count(*rows)]).collect();
    output::line(output::table(&["Table", "Rows"], &rows, &[]))?;
    output::line(format!(
        "Written to {}, scores as of {}; README.md there says more",
        args.dir.display(),
        done.as_of.display()
    ))
}
