//! `calendar`: what is planned, the days that stand out, and how often customers are written to.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use serde_json::{Value, json};

use super::args::day;
use super::output::{self, count};
use crate::jobs::Progress;
use crate::model::Day;
use crate::ops::Session;
use crate::ops::calendar::{Contacts, planned};
use crate::ops::campaigns::SavedCampaign;
use crate::planner::calendar::{Calendar, Part, Row, Wish};
use crate::planner::content;
use crate::planner::holidays::{self, Country, Holiday};
use crate::planner::pressure::Week;
use crate::planner::rounds::Span;
use crate::report::table_export::table_format_of;
use crate::workspace::Access;

/// A calendar of more days than this nobody reads.
const MOST_DAYS: i32 = 3 * 366;

#[derive(Args)]
pub struct CalendarArgs {
    /// Workspace
    pub file: PathBuf,
    /// First day; eight weeks round the last day with data when left out
    #[arg(long, value_parser = day, requires = "to")]
    pub from: Option<Day>,
    /// Last day
    #[arg(long, value_parser = day, requires = "from")]
    pub to: Option<Day>,
    /// Audiences as they were at the end of this day
    #[arg(long, value_parser = day)]
    pub as_of: Option<Day>,
    /// Country whose holidays and shopping events are shown, such as US
    #[arg(long)]
    pub country: Option<String>,
    /// Change the most messages that a head is to get in a week; 0 = any number
    #[arg(long, value_name = "MESSAGES")]
    pub contact_limit: Option<u32>,
    /// Also what was put away
    #[arg(long)]
    pub archived: bool,
    /// Write a calendar file (.ics) for other programs
    #[arg(long, value_name = "PATH")]
    pub ics: Option<PathBuf>,
    /// Write the calendar as a list, .xlsx or .csv
    #[arg(long, value_name = "PATH")]
    pub xlsx: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What is printed.
struct Found {
    calendar: Calendar,
    holidays: Vec<Holiday>,
    contacts: Contacts,
    weeks: Vec<Week>,
    saved: Vec<SavedCampaign>,
    wish: Wish,
}

pub fn calendar(args: &CalendarArgs) -> Result<()> {
    let country = args.country.as_deref().map(known_country).transpose()?;
    let access = if args.contact_limit.is_some() { Access::Write } else { Access::Read };
    let mut session = Session::open(&args.file, access)?;
    if let Some(limit) = args.contact_limit {
        session.set_contact_limit((limit > 0).then_some(limit))?;
    }
    let progress = Progress::none();
    let span = match (args.from, args.to) {
        (Some(from), Some(to)) if to < from => bail!("the last day comes before the first; exchange them"),
        (Some(from), Some(to)) if to.0 - from.0 > MOST_DAYS => bail!("the calendar shows three years at most"),
        (Some(from), Some(to)) => (from, to),
        _ => session.calendar_span(&progress)?,
    };
    let wish = Wish { archived: args.archived, ..Wish::default() };
    if let Some(path) = &args.ics {
        session.export_ics(path, &wish, span)?;
        output::message(format!("wrote {}", path.display()));
    }
    if let Some(path) = &args.xlsx {
        let format = table_format_of(path).ok_or_else(|| anyhow!("write the calendar to a .xlsx or .csv file"))?;
        session.export_calendar(path, format, (&wish, span), country)?;
        output::message(format!("wrote {}", path.display()));
    }
    let contacts = session.contacts(span, args.as_of, &progress)?;
    let saved = session.saved_campaigns()?;
    let found = Found {
        calendar: Calendar::new(&planned(&saved), &wish, span),
        holidays: country.map(|country| country.days(span)).unwrap_or_default(),
        weeks: contacts.weeks(span),
        contacts,
        saved,
        wish,
    };
    if args.json { output::json(&found.as_json(country)) } else { found.print() }
}

fn known_country(code: &str) -> Result<&'static Country> {
    holidays::country(code).ok_or_else(|| {
        let mut known: Vec<&str> = holidays::countries().iter().map(|country| country.code.as_str()).collect();
        known.sort_unstable();
        anyhow!("the holidays of {code} are not known; known are {}", known.join(", "))
    })
}

fn days((first, last): Span) -> String {
    if first == last { first.display() } else { format!("{} – {}", first.display(), last.display()) }
}

impl Found {
    fn name(&self, id: i64) -> &str {
        self.saved.iter().find(|saved| saved.id == id).map_or("", |saved| &saved.campaign.name)
    }

    fn print(&self) -> Result<()> {
        let Self { calendar, contacts, .. } = self;
        output::line(format!("{}: {} of {} campaigns", days(calendar.span), calendar.rows().count(), calendar.of))?;
        for holiday in &self.holidays {
            let parts = if holiday.parts.is_empty() { String::new() } else { format!(" ({})", holiday.parts) };
            output::line(format!("{}  {}{parts}", holiday.day.display(), holiday.name))?;
        }
        for group in &calendar.groups {
            output::line(format!("\n{}", group.name))?;
            group.rows.iter().try_for_each(print_row)?;
        }
        let limit = contacts.limit.map_or_else(|| "no limit".to_owned(), |limit| format!("limit {limit}"));
        output::line(format!(
            "\nMessages per head and week, {limit}; audiences at the end of {}",
            contacts.as_of.display()
        ))?;
        let rows: Vec<_> = self.weeks.iter().map(|week| self.week_row(week)).collect();
        let header = ["Week of", "Messages", "Heads", "Per head", "Most", "Above limit", "Get both"];
        output::line(output::table(&header, &rows, &[0, 6]))?;
        for (id, reach) in &contacts.reach {
            for why in &reach.unclear {
                output::message(format!("{}: {why}", self.name(*id)));
            }
        }
        Ok(())
    }

    fn week_row(&self, week: &Week) -> Vec<String> {
        let both = week.collisions.first().map_or(String::new(), |collision| {
            format!("{}: {} and {}", count(collision.both), self.name(collision.one), self.name(collision.other))
        });
        vec![
            week.monday.display(),
            count(week.messages),
            count(week.heads),
            week.per_head().map_or_else(|| "—".into(), |n| format!("{n:.2}")),
            week.most.to_string(),
            count(week.above),
            both,
        ]
    }

    fn as_json(&self, country: Option<&Country>) -> Value {
        let Self { calendar, contacts, .. } = self;
        let campaigns = calendar.groups.iter().flat_map(|group| {
            group.rows.iter().map(|row| {
                let reach = contacts.reach.get(&row.id);
                json!({
                    "id": row.id,
                    "group": group.name,
                    "name": row.name,
                    "status": row.status,
                    "owner": row.owner,
                    "first_day": row.days.0,
                    "last_day": row.days.1,
                    "bars": row.bars.iter().map(|bar| json!({
                        "kind": if bar.part == Part::Window { "campaign" } else { "phase" },
                        "name": bar.name,
                        "first_day": bar.days.0,
                        "last_day": bar.days.1,
                    })).collect::<Vec<_>>(),
                    "tasks": row.marks.iter().map(|mark| json!({
                        "name": mark.name,
                        "day": mark.day,
                        "time": mark.time.map(|time| time.format("%H:%M").to_string()),
                        "channel": mark.channel,
                        "send": mark.send,
                        "done": mark.done,
                    })).collect::<Vec<_>>(),
                    "members": reach.map(|reach| reach.members),
                    "by_email": reach.map(|reach| reach.by_email),
                    "by_email_agreed": reach.map(|reach| reach.agreed),
                    "by_email_unanswered": reach.map(|reach| reach.by_email - reach.agreed),
                    "unclear_audiences": reach.map(|reach| &reach.unclear),
                })
            })
        });
        let pieces = content::pieces(&planned(&self.saved), &self.wish, calendar.span);
        let content = pieces.iter().map(|piece| {
            json!({
                "campaign": piece.of,
                "name": piece.name,
                "stage": piece.stage,
                "media": piece.media,
                "day": piece.day,
                "done": piece.done,
            })
        });
        let weeks = self.weeks.iter().map(|week| {
            json!({
                "monday": week.monday,
                "messages": week.messages,
                "heads": week.heads,
                "messages_per_head": week.per_head(),
                "most": week.most,
                "above_limit": week.above,
                "collisions": week.collisions.iter().map(|collision| json!({
                    "campaigns": [self.name(collision.one), self.name(collision.other)],
                    "both": collision.both,
                    "above_limit": collision.above,
                })).collect::<Vec<_>>(),
            })
        });
        json!({
            "first_day": calendar.span.0,
            "last_day": calendar.span.1,
            "as_of": contacts.as_of,
            "contact_limit": contacts.limit,
            "country": country.map(|country| &country.code),
            "holidays": self.holidays,
            "campaigns": campaigns.collect::<Vec<_>>(),
            "content": content.collect::<Vec<_>>(),
            "weeks": weeks.collect::<Vec<_>>(),
        })
    }
}

fn print_row(row: &Row) -> Result<()> {
    let owner = if row.owner.is_empty() { String::new() } else { format!(", {}", row.owner) };
    output::line(format!("  {}: {}, {}{owner}", row.name, days(row.days), row.status.name()))?;
    for bar in row.bars.iter().filter(|bar| bar.part != Part::Window) {
        output::line(format!("    {}  {}", days(bar.days), bar.name))?;
    }
    for mark in &row.marks {
        let time = mark.time.map_or(String::new(), |time| time.format(" %H:%M").to_string());
        let done = if mark.done { ", done" } else { "" };
        let channel = mark.channel.map_or(String::new(), |channel| format!(" ({})", channel.name()));
        output::line(format!("      {}{time}  {}{channel}{done}", mark.day.display(), mark.name))?;
    }
    Ok(())
}
