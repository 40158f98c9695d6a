//! `customer`: one person, with figures, what is foretold, and what happened; handed over, or erased.

mod erase;
mod export;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};

use super::args::day;
use super::output::{self, count};
use super::segments::too_little;
use crate::analytics::clv::{self, PerCustomer, Unfit, day_after};
use crate::analytics::rfm::Group;
use crate::jobs::Progress;
use crate::model::{Day, Definitions, Locale, Segment};
use crate::ops::Session;
use crate::ops::person::{Dossier, as_json, index_of};
use crate::workspace::Access;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub struct CustomerArgs {
    #[command(subcommand)]
    command: Option<CustomerCommand>,
    #[command(flatten)]
    show: Option<ShowArgs>,
}

#[derive(Subcommand)]
enum CustomerCommand {
    /// Write everything that is known of a customer as JSON, and the orders as a table
    Export(export::ExportArgs),
    /// Erase a customer for good; without --yes only say what would go and what would stay
    Erase(erase::EraseArgs),
}

#[derive(Args)]
struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// Who: a shop's id, an e-mail address, or # and the number of the row
    pub key: String,
    /// All facts up to the end of this day; the last day with an order when left out
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn customer(args: &CustomerArgs) -> Result<()> {
    match (&args.command, &args.show) {
        (Some(CustomerCommand::Export(args)), _) => export::export(args),
        (Some(CustomerCommand::Erase(args)), _) => erase::erase(args),
        (None, Some(args)) => show(args),
        (None, None) => Err(anyhow!("name a workspace and a customer, such as `customer shop.cartwright #12`")),
    }
}

fn show(args: &ShowArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let progress = Progress::none();
    let id = session.find_person(&args.key)?;
    let table = session.segments(args.as_of, &progress)?.map_err(|missing| too_little(&missing))?;
    let (data, definitions) = (session.dataset(&progress)?, session.definitions()?);
    let customer = index_of(&data, id).context("this customer is not in the workspace any more")?;
    let dossier = session.dossier(&data, &definitions, &table, customer)?;
    if !dossier.portrait.facts.present {
        return Err(anyhow!(
            "{} was not a customer yet on {}; choose a later --as-of",
            dossier.person.called(),
            table.as_of.display()
        ));
    }
    let foretold = session.foretold(table.as_of, &clv::Settings::default(), &progress)?;
    if args.json {
        let mut out = as_json::person(&dossier.person);
        if let (Some(out), Some(figures)) =
            (out.as_object_mut(), as_json::figures(&dossier, &definitions).as_object().cloned())
        {
            // The orders stand in the timeline as they were on the day.
            for list in ["orders", "carts", "touches", "consents"] {
                out.remove(list);
            }
            out.extend(figures);
            out.insert("foretold".into(), as_json::foretold(&foretold, customer));
            out.insert("timeline".into(), as_json::timeline(&dossier));
        }
        return output::json(&out);
    }
    head(&dossier, &definitions)?;
    figures(&dossier, &definitions)?;
    output::line(ahead(&foretold, customer, &definitions))?;
    timeline(&dossier)
}

/// Who it is.
fn head(dossier: &Dossier, definitions: &Definitions) -> Result<()> {
    let person = &dossier.person;
    let joined = |parts: Vec<String>| parts.join(", ");
    let rows = [
        ("E-mail", joined(person.emails().map(str::to_owned).collect())),
        ("Phone", person.phone().unwrap_or_default().to_owned()),
        ("Country", person.country().unwrap_or_default().to_owned()),
        ("Shop ids", joined(person.shop_ids().map(|(system, id)| format!("{id} ({system})")).collect())),
        ("Born", person.birth_date().map_or_else(String::new, Day::display)),
        ("Tags", person.tags().join(", ")),
        (
            "Merged accounts",
            if person.accounts.len() > 1 { count(person.accounts.len() as u64 - 1) } else { String::new() },
        ),
        ("Customer since", dossier.since(definitions).map_or_else(String::new, Day::display)),
    ];
    output::line(format!("{} (#{}), as of {}", person.called(), person.id, dossier.portrait.as_of.display()))?;
    let attributes = person.attributes.iter().map(|a| (a.name.as_str(), a.value.clone()));
    for (name, words) in rows.into_iter().chain(attributes).filter(|(_, words)| !words.is_empty()) {
        output::line(format!("{name}: {words}"))?;
    }
    Ok(())
}

/// What the day says.
fn figures(dossier: &Dossier, definitions: &Definitions) -> Result<()> {
    let (portrait, currency) = (&dossier.portrait, definitions.currency);
    let facts = &portrait.facts;
    let segment = portrait.segment.map_or("cannot be told", Segment::name);
    output::line(format!("Segment: {segment}"))?;
    if let (Some(scores), Some(group)) = (portrait.scores, portrait.group) {
        output::line(format!("RFM: {}-{}-{}, {}", scores.r, scores.f, scores.m, Group::name(group)))?;
    }
    let average = portrait.average.map_or_else(|| "—".into(), |minor| currency.display(minor));
    output::line(format!(
        "Orders: {} ({} in 12 months), revenue {} ({}), average order {average}",
        count(facts.orders.into()),
        count(facts.orders_in_year.into()),
        currency.display(facts.revenue),
        currency.display(facts.revenue_in_year),
    ))?;
    match facts.recency(portrait.as_of) {
        Some(days) => output::line(format!(
            "Last order: {}, {} ago",
            facts.last.display(),
            Locale::En.counted(days.unsigned_abs().into(), "day", "days")
        )),
        None => Ok(()),
    }
}

/// What is foretold, in a sentence or two.
fn ahead(found: &Result<PerCustomer, Unfit>, customer: u32, definitions: &Definitions) -> String {
    let base = match found {
        Ok(base) => base,
        Err(unfit) => return format!("Ahead: cannot be told, {unfit}"),
    };
    let Some(one) = base.customers.get(customer as usize).and_then(Option::as_ref) else {
        return "Ahead: cannot be told of somebody who has not bought".into();
    };
    let o = base.with_intervals(one);
    let money = |major: f64| {
        Locale::En.money_whole((major * base.currency.scale() as f64).round() as i64, definitions.currency)
    };
    let next = |days| day_after(base.as_of, days).map_or_else(|| "later".to_owned(), Day::display);
    format!(
        "Ahead, {:.0} days: chance to be active {:.2} ({:.2} – {:.2}), {:.1} orders ({:.1} – {:.1}), value {} ({} – {}), \
         next order about {} ({} – {})",
        base.settings.horizon,
        o.p_alive.value,
        o.p_alive.low,
        o.p_alive.high,
        o.orders.value,
        o.orders.low,
        o.orders.high,
        money(o.value.value),
        money(o.value.low),
        money(o.value.high),
        next(o.next_order.value),
        next(o.next_order.low),
        next(o.next_order.high),
    )
}

fn timeline(dossier: &Dossier) -> Result<()> {
    let (person, portrait) = (&dossier.person, &dossier.portrait);
    let rows: Vec<Vec<String>> = dossier
        .events
        .iter()
        .map(|event| {
            let words = event.words(person, portrait, Locale::En);
            let place = event.origin(person).filter(|origin| !origin.file.is_empty());
            vec![
                event.day.map_or_else(|| "no date".into(), |day| day.to_string()),
                words.title,
                words.details,
                words.amount.map_or_else(String::new, |(minor, currency)| currency.display(minor)),
                place.map_or_else(String::new, |origin| format!("{}:{}", origin.file, origin.line)),
            ]
        })
        .collect();
    output::line(output::table(&["Date", "What", "Details", "Amount", "From"], &rows, &[1, 2, 4]))
}
