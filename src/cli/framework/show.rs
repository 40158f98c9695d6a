//! The form as text.

use anyhow::{Result, anyhow};

use super::{ShowArgs, as_json, looked_at};
use crate::cli::args::AnalysisArgs;
use crate::cli::output;
use crate::framework::state::{FieldState, Source, State};
use crate::framework::template::{FormField, FormSection, Place, options, template};
use crate::model::strategy::{FieldKind, Options};

/// A longer text is cut in tables; `--json` has it whole.
const WIDEST: usize = 60;

pub fn show(args: &ShowArgs) -> Result<()> {
    let looked = args.file.as_ref().map(|file| looked_at(file, args.as_of)).transpose()?;
    let state = looked.as_ref().map(|(_, state)| state);
    let places = wanted(args)?;
    if args.placeholders {
        return if args.json {
            output::json(&as_json::placeholders(&places, state))
        } else {
            placeholders(&places, state)
        };
    }
    let Some((session, state)) = &looked else { return Ok(()) };
    if let Some(path) = &args.save {
        let typed = session.save_answers_file(state, path)?;
        return output::line(format!(
            "{} written, {} fields, {typed} of them typed",
            path.display(),
            state.fields.len()
        ));
    }
    let options = session.answers()?.options;
    if args.json {
        return output::json(&as_json::form(&places, state, &options));
    }
    form(&places, state, &options)
}

/// The fields that were asked for, in the order of the form.
fn wanted(args: &ShowArgs) -> Result<Vec<Place<'static>>> {
    let form = template();
    let section = args
        .section
        .as_deref()
        .map(|text| {
            let known = || form.sections.iter().map(|one| one.key.as_str()).collect::<Vec<_>>().join(", ");
            form.section(text)
                .ok_or_else(|| anyhow!("there is no section “{text}”; sections are {}, or 0 to 10", known()))
        })
        .transpose()?;
    let places: Vec<Place<'static>> = match &args.find {
        Some(words) => form.find(words),
        None => form.places().collect(),
    };
    Ok(places.into_iter().filter(|place| section.is_none_or(|section| section.key == place.section.key)).collect())
}

fn form(places: &[Place<'static>], state: &State, options: &Options) -> Result<()> {
    let mut last = "";
    for group in places.chunk_by(|a, b| a.section.key == b.section.key) {
        let Some(first) = group.first() else { continue };
        if last != first.section.key {
            last = &first.section.key;
            heading(first.section, state, options)?;
        }
        let rows: Vec<Vec<String>> = group
            .iter()
            .filter_map(|place| {
                let found = state.field(&place.field.key)?;
                let comment = if found.comment.is_empty() { String::new() } else { format!("; {}", found.comment) };
                let from = format!("{}{comment}", from(place.field, found));
                Some(vec![place.field.key.clone(), place.short(), value(place, found), cut(&from, 2 * WIDEST)])
            })
            .collect();
        output::line(output::table(&["Placeholder", "Field", "Value", "From"], &rows, &[0, 1, 2, 3]))?;
    }
    for one in &state.contradictions {
        output::line(format!("Contradiction: {}", one.sentence))?;
    }
    Ok(())
}

fn heading(section: &'static FormSection, state: &State, options: &Options) -> Result<()> {
    let at = template().sections.iter().position(|one| one.key == section.key);
    let progress = at.and_then(|at| state.progress.get(at)).copied().unwrap_or_default();
    output::line("")?;
    output::line(format!("{} {}: {} of {} filled", section.number, section.title, progress.filled(), progress.all()))?;
    for one in options::guidance(options, &section.key) {
        output::line(format!("{}: {}", one.choice, one.text))?;
    }
    Ok(())
}

/// A field's value in a table.
fn value(place: &Place<'_>, found: &FieldState) -> String {
    found.text(place.field).map_or_else(|| "—".into(), |text| cut(&text, WIDEST))
}

fn from(field: &FormField, found: &FieldState) -> String {
    let kept = field.page().map(|page| format!(", kept on the page {page}")).unwrap_or_default();
    match &found.source {
        Source::Data(data) => format!("data: {}; {}; as of {}", data.how, data.scope, data.as_of.display()),
        Source::Typed { data: Some(_), .. } => format!("typed{kept}; data say otherwise"),
        Source::Typed { data: None, .. } => format!("typed{kept}"),
        Source::Open(Some(missing)) => format!("open: {missing}"),
        Source::Open(None) => "open".into(),
    }
}

/// A text on one line, not longer than a cell.
pub(super) fn cut(text: &str, widest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= widest {
        return line;
    }
    line.chars().take(widest - 1).chain(['…']).collect()
}

fn placeholders(places: &[Place<'static>], state: Option<&State>) -> Result<()> {
    let row = |place: &Place<'static>| {
        let number = place.section.number;
        let section = if number == 0 { "Header".to_owned() } else { format!("{number} {}", place.section.name) };
        let group = if number == 0 { String::new() } else { format!(", {}", place.group.title) };
        let found = state.and_then(|state| state.field(&place.field.key));
        let today = found.map_or("—", |found| state_name(&found.source));
        vec![
            place.field.placeholder.clone(),
            format!("{section}{group}: {}", place.field.label),
            kind_name(place.field.kind).to_owned(),
            today.to_owned(),
            place.field.from.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = places.iter().map(row).collect();
    output::line(output::table(&["Placeholder", "Field", "Kind", "Today", "How it is filled"], &rows, &[0, 1, 2, 3, 4]))
}

/// Where a value comes from, in a word.
pub(super) fn state_name(source: &Source) -> &'static str {
    match source {
        Source::Data(_) => "data",
        Source::Typed { .. } => "typed",
        Source::Open(_) => "open",
    }
}

/// A kind in a word.
pub(super) fn kind_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Money => "money",
        FieldKind::Percent => "percent",
        FieldKind::Ratio => "ratio",
        FieldKind::Date => "date",
        FieldKind::Choice => "choice",
    }
}

pub fn progress(args: &AnalysisArgs) -> Result<()> {
    let (_, state) = looked_at(&args.file, args.as_of)?;
    if args.json {
        return output::json(&as_json::progress(&state));
    }
    let row = |(title, of): (String, crate::framework::state::Progress)| {
        let share = of.filled() as f64 / of.all().max(1) as f64;
        let counts = [of.data, of.typed, of.open, of.all()].map(|n| output::count(n as u64));
        std::iter::once(title).chain(counts).chain([output::percent(Some(share))]).collect::<Vec<String>>()
    };
    let titles = template().sections.iter().map(|section| format!("{} {}", section.number, section.title));
    let all = titles.zip(state.progress.iter().copied()).chain([("All".to_owned(), state.progress_in_all())]);
    let rows: Vec<Vec<String>> = all.map(row).collect();
    let header = ["Section", "From data", "Typed", "Open", "Fields", "Filled"];
    output::line(output::table(&header, &rows, &[0]))?;
    state.contradictions.iter().try_for_each(|one| output::line(format!("Contradiction: {}", one.sentence)))
}
