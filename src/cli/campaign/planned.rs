//! Planned campaigns: listed, shown as JSON, made from a template or a file, and handed over as a brief or as codes.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use chrono::NaiveDateTime;
use clap::Args;
use serde_json::{Value, json};

use crate::analytics::success::{Came, Opens, success};
use crate::cli::args::day;
use crate::cli::output;
use crate::jobs::Progress;
use crate::model::campaign::{TEMPLATES, Template, metric, template};
use crate::model::plan::Problem;
use crate::model::{Campaign, Currency, Day};
use crate::ops::Session;
use crate::ops::campaigns::SavedCampaign;
use crate::ops::document;
use crate::report::table_export::{DATA, table_format_of};
use crate::workspace::Access;

/// Which workspace.
#[derive(Args)]
pub struct ListArgs {
    /// Workspace
    pub file: PathBuf,
    /// List those that were put away, too
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which campaign.
#[derive(Args)]
pub struct ShowArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the campaign
    pub name: String,
    /// Print the record as JSON, to be changed and saved again
    #[arg(long)]
    pub json: bool,
    /// Last day to look at for what it came to
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
}

/// What to save.
#[derive(Args)]
pub struct SaveArgs {
    /// Workspace
    pub file: PathBuf,
    /// JSON of the campaign
    pub campaign: PathBuf,
}

/// What to begin with.
#[derive(Args)]
pub struct NewArgs {
    /// Workspace
    pub file: PathBuf,
    /// One of the templates: sale-event, onboarding, retention, win-back, product-launch, newsletter, content, ads, blank
    #[arg(long, value_parser = template_named)]
    pub template: Template,
    /// When it begins, such as 2026-11-27T00:00
    #[arg(long, value_parser = moment)]
    pub starts: NaiveDateTime,
    /// Its name; that of the template when left out
    #[arg(long)]
    pub name: Option<String>,
}

/// What to hand over.
#[derive(Args)]
pub struct BriefArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the campaign
    pub name: String,
    /// File to write: .md or .html
    #[arg(long)]
    pub out: PathBuf,
}

/// What to hand over.
#[derive(Args)]
pub struct CodesArgs {
    /// Workspace
    pub file: PathBuf,
    /// Name of the campaign
    pub name: String,
    /// File to write: .csv or .xlsx
    #[arg(long)]
    pub out: PathBuf,
}

fn template_named(text: &str) -> Result<Template, String> {
    serde_json::from_value(Value::String(text.replace('-', "_"))).map_err(|_| {
        let names = TEMPLATES.iter().map(|info| key(info.id));
        format!("{text} is no template; there are {}", names.collect::<Vec<_>>().join(", "))
    })
}

/// The name of a template on the command line.
fn key(id: Template) -> String {
    let value = serde_json::to_value(id).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', "-")
}

fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00") };
    NaiveDateTime::parse_from_str(&whole, "%Y-%m-%dT%H:%M")
        .map_err(|_| format!("{text} is no moment; write it like 2026-11-27T10:00"))
}

/// Lists campaigns.
pub fn list(args: &ListArgs) -> Result<()> {
    let session = Session::open(&args.file, Access::Read)?;
    let mut saved = session.saved_campaigns()?;
    saved.retain(|saved| args.all || !saved.campaign.archived);
    saved.sort_by_key(|saved| saved.campaign.starts);
    if args.json {
        let one = |saved: &SavedCampaign| {
            let campaign = &saved.campaign;
            json!({
                "name": campaign.name, "template": campaign.template, "status": campaign.status,
                "starts": campaign.starts, "ends": campaign.ends, "owner": campaign.owner,
                "archived": campaign.archived, "sale": campaign.sale.is_some(),
            })
        };
        return output::json(&json!({ "campaigns": saved.iter().map(one).collect::<Vec<_>>() }));
    }
    if saved.is_empty() {
        return output::line("No campaign is saved; make one with campaign new");
    }
    let row = |saved: &SavedCampaign| {
        let campaign = &saved.campaign;
        let (first, last) = campaign.days();
        vec![
            campaign.name.clone(),
            template(campaign.template).name.to_owned(),
            campaign.status.name().to_owned(),
            first.to_string(),
            last.to_string(),
            campaign.owner.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = saved.iter().map(row).collect();
    output::line(output::table(&["Campaign", "Kind", "Status", "Starts", "Ends", "Owner"], &rows, &[0, 1, 2, 3, 4, 5]))
}

/// Shows a campaign.
pub fn show(args: &ShowArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let campaign = session.saved_campaign(&args.name)?.campaign;
    if args.json {
        return output::json(&serde_json::to_value(&campaign)?);
    }
    let progress = Progress::none();
    let (first, last) = campaign.days();
    let kind = template(campaign.template).name;
    let status = campaign.status.name().to_lowercase();
    output::line(format!("{} ({kind}, {status}): {} – {}", campaign.name, first.display(), last.display()))?;
    if !campaign.objective.is_empty() {
        output::line(&campaign.objective)?;
    }
    let audiences = session.audiences_of(&campaign, &progress)?;
    if !audiences.is_empty() {
        let rows: Vec<_> = audiences.into_iter().map(Vec::from).collect();
        output::line(format!("\n{}", output::table(&["Audience", "Who they are", "Customers"], &rows, &[0, 1])))?;
    }
    for phase in &campaign.phases {
        output::line(format!("\n{}", phase.name))?;
        for task in &phase.tasks {
            let channel = task.channel.map_or_else(String::new, |channel| format!(" ({})", channel.name()));
            let mark = if task.done { "x" } else { " " };
            let day = task.due.day((first, last));
            output::line(format!("  [{mark}] {day}  {}{channel}", task.name))?;
        }
    }
    outcome(&mut session, &campaign, args.as_of, &progress)?;
    told(&mut session, &campaign)
}

/// Its measures, and what they came to where it has begun.
fn outcome(session: &mut Session, campaign: &Campaign, as_of: Option<Day>, progress: &Progress) -> Result<()> {
    if campaign.metrics.is_empty() {
        return Ok(());
    }
    let (data, definitions) = (session.dataset(progress)?, session.definitions()?);
    let last = as_of.or(data.span.map(|(_, last)| last));
    let begun = last.filter(|last| campaign.days().0 <= *last);
    let found = match begun {
        Some(as_of) => {
            let details = session.details(progress)?;
            Some(success(&data, &details, &definitions, as_of, campaign, progress)?)
        }
        None => None,
    };
    let opens = match (campaign.tied.is_empty(), last) {
        (false, Some(as_of)) => {
            let results = session.campaign_results(Some(as_of), progress)?.ok();
            results.and_then(|results| Opens::of(&campaign.tied, &results, campaign.days().0))
        }
        _ => None,
    };
    let rows: Vec<Vec<String>> = campaign
        .metrics
        .iter()
        .map(|one| {
            let info = metric(one.kind);
            let typed = one.typed.map(Came::typed);
            let came = typed.or_else(|| found.as_ref().and_then(|found| found.of(one.kind, opens)));
            let words = came.map_or_else(|| "—".into(), |came| words(came, definitions.currency));
            vec![info.name.to_owned(), one.target.display(), words, info.source.name().to_owned()]
        })
        .collect();
    output::line(format!("\n{}", output::table(&["Measure", "Target", "Outcome", "From"], &rows, &[0, 3])))
}

fn words(came: Came, currency: Currency) -> String {
    match came {
        Came::Money(minor) => currency.display(minor),
        Came::Share(share) => output::percent(Some(share)),
        Came::Count(count) => output::count(count),
    }
}

/// Saves a campaign from its JSON; one of the same name is replaced.
pub fn save(args: &SaveArgs) -> Result<()> {
    let text = std::fs::read_to_string(&args.campaign)
        .with_context(|| format!("{} cannot be read", args.campaign.display()))?;
    let campaign: Campaign =
        serde_json::from_str(&text).map_err(|error| anyhow!("{} is no campaign: {error}", args.campaign.display()))?;
    let mut session = Session::open(&args.file, Access::Write)?;
    let name = campaign.name.trim().to_owned();
    let known = session.saved_campaigns()?.into_iter().find(|saved| saved.campaign.name == name);
    session.save_campaign(&SavedCampaign { id: known.map_or(0, |saved| saved.id), campaign: campaign.clone() })?;
    output::line(format!("“{name}” saved"))?;
    told(&mut session, &campaign)
}

/// What is wrong with a campaign and its sale. It is saved all the same, and can be mended.
fn told(session: &mut Session, campaign: &Campaign) -> Result<()> {
    let progress = Progress::none();
    let currency = session.definitions()?.currency;
    let last = session.dataset(&progress)?.span.map(|(_, last)| last);
    let mut problems = campaign.problems(currency, last);
    if let Some(plan) = campaign.sale_plan() {
        let of_sale = match session.prepare_sale(&plan, None, &progress) {
            Ok(prepared) => prepared.problems,
            Err(_) => session.sale_problems(&plan, &progress)?,
        };
        problems = Problem::joined(problems, of_sale);
    }
    for (n, audience) in campaign.audiences.iter().enumerate() {
        if let Err(why) = session.resolved(audience.who.rule()) {
            output::message(format!("audiences[{n}]: {why}"));
        }
    }
    for problem in problems {
        output::message(format!("{}: {}", problem.at, problem.words));
    }
    Ok(())
}

/// Makes a campaign from a template.
pub fn new(args: &NewArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Write)?;
    let mut campaign = Campaign::from_template(args.template, args.starts, session.definitions()?.currency);
    if let Some(name) = &args.name {
        campaign.name.clone_from(name);
    }
    let name = session.add_campaign(campaign)?;
    output::line(format!("“{name}” saved"))
}

/// Writes the brief.
pub fn brief(args: &BriefArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let campaign = session.saved_campaign(&args.name)?.campaign;
    let extension = args.out.extension().and_then(|extension| extension.to_str()).unwrap_or("md");
    let format = document::format(extension)?;
    let brief = session.campaign_brief(&campaign, &Progress::none())?;
    document::save(&brief, format, &args.out)?;
    output::line(format!("Brief: {}", args.out.display()))
}

/// Writes the codes.
pub fn codes(args: &CodesArgs) -> Result<()> {
    let mut session = Session::open(&args.file, Access::Read)?;
    let campaign = session.saved_campaign(&args.name)?.campaign;
    let format = table_format_of(&args.out).unwrap_or(&DATA);
    let written = session.export_codes(&campaign, &args.out, format, &Progress::none())?;
    output::line(format!("{} codes in {}", output::count(written.rows), args.out.display()))
}
