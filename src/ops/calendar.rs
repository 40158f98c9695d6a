//! The calendar of a shop: what is planned, the days that stand out, and how often customers are written to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};

use super::Session;
use super::campaigns::SavedCampaign;
use super::session::last_day;
use crate::analytics::rules::{Bits, Sieve};
use crate::jobs::{Cancelled, Progress};
use crate::model::campaign::{Channel, Status};
use crate::model::rule::Library;
use crate::model::sequence::Pressure;
use crate::model::{Campaign, Day, Details};
use crate::planner::calendar::{Calendar, Planned, Wish};
use crate::planner::pressure::{self, Send, Week};
use crate::planner::rounds::{self, Span};
use crate::planner::{content, holidays, ics};
use crate::report::table_export::{self, List, TableFormat, Value, Written};

/// More messages per head and week than this are no limit.
pub const MOST_MESSAGES: u32 = 50;

/// A campaign is held back for so many weeks at most.
const HOLD_WEEKS: i32 = 8;

/// Columns of the calendar as a list.
const COLUMNS: &[&str] = &[
    "Group",
    "Campaign",
    "Status",
    "Owner",
    "Kind",
    "Name",
    "First day",
    "Last day",
    "Time",
    "Channel",
    "Done",
    "Stage",
    "Media",
];

/// Whom a campaign writes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach {
    /// Members of its audiences, those of lookalikes left out.
    pub members: u64,
    /// Members to whom it can send e-mail: an address is known, and they did not decline.
    pub by_email: u64,
    /// Those of them who agreed; nobody knows of the others.
    pub agreed: u64,
    /// Who gets its messages, by channel.
    pub heads: BTreeMap<Channel, Bits>,
    /// Audiences that cannot be asked, and why.
    pub unclear: Vec<String>,
}

/// How often customers are written to.
#[derive(Debug, Clone, PartialEq)]
pub struct Contacts {
    /// Whom each campaign writes to; by number.
    pub reach: BTreeMap<i64, Reach>,
    /// Messages that go out: campaign, day, channel.
    sends: Vec<(i64, Day, Channel)>,
    /// Messages per head and week that are to be no more; `None` = any number.
    pub limit: Option<u32>,
    /// Audiences are as they were at the end of this day.
    pub as_of: Day,
}

impl Contacts {
    /// Whom the campaigns write to, and when in the span. What is cancelled or put away writes to nobody.
    ///
    /// An e-mail goes to members with an address who did not decline; whether they agreed is counted apart. A text or
    /// push message goes only to those who agreed to it.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub fn new(
        sieve: &Sieve,
        library: &Library,
        campaigns: &[SavedCampaign],
        (span, limit): (Span, Option<u32>),
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut contacts = Self { reach: BTreeMap::new(), sends: Vec::new(), limit, as_of: sieve.as_of };
        // Whole weeks, so that a week is the same in every view, and those around into which a campaign may be moved.
        let around = HOLD_WEEKS * 7;
        let (first, last) = (pressure::monday(span.0).0, pressure::monday(span.1).0);
        let span = (Day(first.saturating_sub(around)), Day(last.saturating_add(6 + around)));
        for SavedCampaign { id, campaign } in campaigns {
            if campaign.archived || campaign.status == Status::Cancelled {
                continue;
            }
            let dues = rounds::dues(campaign, span);
            let sends = dues.iter().filter_map(|due| Some((*id, due.day, due.what.channel?)));
            contacts.sends.extend(sends.filter(|(_, _, channel)| channel.is_message()));
            let reach = reach(sieve, library, campaign, progress)?;
            contacts.reach.insert(*id, reach);
        }
        Ok(contacts)
    }

    /// The messages with their heads.
    pub fn sends(&self) -> Vec<Send<'_>> {
        let send = |&(campaign, day, channel): &(i64, Day, Channel)| {
            let heads = self.reach.get(&campaign)?.heads.get(&channel)?;
            Some(Send { campaign, day, heads })
        };
        self.sends.iter().filter_map(send).collect()
    }

    fn most(&self) -> u32 {
        self.limit.unwrap_or(u32::MAX)
    }

    /// The weeks that a span touches.
    pub fn weeks(&self, span: Span) -> Vec<Week> {
        pressure::weeks(span, &self.sends(), self.most())
    }

    /// How many days later a campaign has to begin so that nobody to whom it writes gets more than the limit in a week
    /// of its messages. `None` when it has begun before the week of `monday`, or two months later would be no better.
    pub fn hold(&self, id: i64, monday: Day) -> Option<i32> {
        let sends = self.sends();
        let first = sends
            .iter()
            .filter(|send| send.campaign == id)
            .map(|send| send.day)
            .min()
            .filter(|first| *first >= monday)?;
        let fits = |days: &i32| {
            let moved: Vec<Send<'_>> = sends
                .iter()
                .map(|send| if send.campaign == id { Send { day: Day(send.day.0 + days), ..*send } } else { *send })
                .collect();
            let own = moved.iter().filter(|send| send.campaign == id).map(|send| pressure::monday(send.day));
            own.collect::<BTreeSet<Day>>().into_iter().all(|week| {
                pressure::above(week, &moved, self.most()).and(&pressure::heads_of(id, week, &moved)).is_empty()
            })
        };
        (1..=HOLD_WEEKS).map(|weeks| monday.0 + 7 * weeks - first.0).find(fits)
    }

    /// Customers who are written to by both campaigns in the week of a Monday.
    pub fn both(&self, monday: Day, one: i64, other: i64) -> Bits {
        let sends = self.sends();
        pressure::heads_of(one, monday, &sends).and(&pressure::heads_of(other, monday, &sends))
    }

    /// Customers who get more than the limit in the week of a Monday.
    pub fn above(&self, monday: Day) -> Bits {
        pressure::above(monday, &self.sends(), self.most())
    }
}

fn reach(sieve: &Sieve, library: &Library, campaign: &Campaign, progress: &Progress) -> Result<Reach, Cancelled> {
    let mut reach = Reach::default();
    let mut members = Bits::none(sieve.facts.len());
    for audience in campaign.audiences.iter().filter(|audience| audience.who.is_reached()) {
        let rule = library.resolve(audience.who.rule()).and_then(|rule| rule.check().map(|()| rule));
        match rule {
            Ok(rule) => members = members.or(&sieve.members(&rule, progress)?.yes),
            Err(why) => reach.unclear.push(format!("{}: {why}", audience.name)),
        }
    }
    let details = &*sieve.shop.details;
    let email = written_to(details, &members, Channel::Email);
    (reach.members, reach.by_email) = (members.count(), email.count());
    reach.agreed = email.clone().and(&answered(details, "email", true, members.len())).count();
    for channel in campaign.phases.iter().flat_map(|phase| &phase.tasks).filter_map(|task| task.channel) {
        if channel.is_message() && !reach.heads.contains_key(&channel) {
            reach.heads.insert(channel, written_to(details, &members, channel));
        }
    }
    Ok(reach)
}

/// Members who get a message on a channel.
fn written_to(details: &Details, members: &Bits, channel: Channel) -> Bits {
    let len = members.len();
    let known = |known: &[bool]| Bits::of(len, |i| known.get(i).copied().unwrap_or(false));
    let Some(consent) = channel.info().consent else { return Bits::none(len) };
    match channel {
        Channel::Email => {
            let reachable = members.clone().and(&known(&details.has_email));
            reachable.minus(&answered(details, consent, false, len))
        }
        Channel::Sms => members.clone().and(&known(&details.has_phone)).and(&answered(details, consent, true, len)),
        _ => members.clone().and(&answered(details, consent, true, len)),
    }
}

/// Customers whose newest answer on a channel is this one.
fn answered(details: &Details, channel: &str, granted: bool, len: usize) -> Bits {
    let answers = details.consents.get(channel).into_iter().flatten();
    Bits::from_indices(len, answers.filter(|answer| answer.granted == granted).map(|answer| answer.customer))
}

/// Campaigns as the calendar takes them.
pub fn planned(campaigns: &[SavedCampaign]) -> Vec<Planned<'_>> {
    campaigns.iter().map(|saved| Planned { id: saved.id, campaign: &saved.campaign }).collect()
}

impl Session {
    /// The most messages that a head is to get in a week, as sequences are limited too; `None` = any number.
    pub fn contact_limit(&self) -> Result<Option<u32>> {
        Ok(self.pressure()?.per_week)
    }

    /// Changes the most messages that a head is to get in a week.
    ///
    /// # Errors
    /// A sentence when it is no limit.
    pub fn set_contact_limit(&mut self, limit: Option<u32>) -> Result<()> {
        if limit.is_some_and(|limit| !(1..=MOST_MESSAGES).contains(&limit)) {
            bail!("the limit was not changed: it lies between 1 and {MOST_MESSAGES} messages per head and week");
        }
        let pressure = Pressure { per_week: limit, ..self.pressure()? };
        self.set_pressure(&pressure)
    }

    /// Whom saved campaigns write to in a span, by their audiences at the end of a day (the last one with an order when
    /// `None`).
    pub fn contacts(&mut self, span: Span, as_of: Option<Day>, progress: &Progress) -> Result<Contacts> {
        let (sieve, campaigns) = (self.sieve(as_of, progress)?, self.saved_campaigns()?);
        Ok(Contacts::new(&sieve, &self.library()?, &campaigns, (span, self.contact_limit()?), progress)?)
    }

    /// What the calendar shows until somebody chooses other days: eight weeks from the one before the last day with
    /// data.
    ///
    /// # Errors
    /// A sentence when there are no data to go by.
    pub fn calendar_span(&mut self, progress: &Progress) -> Result<Span> {
        let data = self.dataset(progress)?;
        if data.span.is_none() {
            bail!("there is no order yet to go by; say from which day to which");
        }
        let monday = pressure::monday(last_day(&data));
        Ok((Day(monday.0 - 7), Day(monday.0 + 48)))
    }

    /// Writes a calendar file of the campaigns that are wanted.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_ics(&self, path: &Path, wish: &Wish, span: Span) -> Result<()> {
        let (shop, saved) = (self.shop()?, self.saved_campaigns()?);
        let mut wanted = planned(&saved);
        wanted.retain(|planned| wish.takes(planned.campaign));
        let sheet = ics::Sheet {
            name: &shop,
            shop: &crate::model::campaign::slug(&shop),
            zone: self.definitions()?.zone,
            stamp: super::now(),
            span,
        };
        crate::report::file::write_bytes(path, ics::ics(&sheet, &wanted).as_bytes())
    }

    /// Writes the calendar as a list: holidays, each campaign with its phases and tasks, then content.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_calendar(
        &self,
        path: &Path,
        format: &dyn TableFormat,
        (wish, span): (&Wish, Span),
        country: Option<&holidays::Country>,
    ) -> Result<Written> {
        let saved = self.saved_campaigns()?;
        let calendar = Calendar::new(&planned(&saved), wish, span);
        let list = List { title: "Calendar".into(), columns: COLUMNS.iter().map(|&c| c.to_owned()).collect() };
        let mut rows = rows(&calendar, country);
        rows.extend(content::pieces(&planned(&saved), wish, span).iter().map(piece_row));
        let mut rows = rows.into_iter().map(Ok);
        table_export::save(path, format, &list, &mut rows)
    }
}

fn done(done: bool) -> Value {
    Value::Text(if done { "Yes" } else { "No" }.into())
}

fn piece_row(piece: &content::Piece) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut row =
        vec![text("Content"), text(&piece.of), Value::Empty, Value::Empty, text("Content"), text(&piece.name)];
    row.extend([Value::Day(piece.day), Value::Day(piece.day), Value::Empty, Value::Empty, done(piece.done)]);
    row.extend([text(piece.stage.name()), text(piece.media.name())]);
    row
}

/// The rows of the calendar as a list.
fn rows(calendar: &Calendar, country: Option<&holidays::Country>) -> Vec<Vec<Value>> {
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    let mut rows = Vec::new();
    for holiday in country.map(|country| country.days(calendar.span)).unwrap_or_default() {
        let mut row = vec![text("Holidays"), Value::Empty, Value::Empty, Value::Empty, text("Holiday")];
        row.extend([text(&holiday.name), Value::Day(holiday.day), Value::Day(holiday.day)]);
        row.resize(COLUMNS.len(), Value::Empty);
        rows.push(row);
    }
    for group in &calendar.groups {
        for row in &group.rows {
            let start = |kind: &str, name: &str| {
                let status = row.status.name();
                vec![text(group.name), text(&row.name), text(status), text(&row.owner), text(kind), text(name)]
            };
            for bar in &row.bars {
                let kind = if bar.part == crate::planner::calendar::Part::Window { "Campaign" } else { "Phase" };
                let mut cells = start(kind, &bar.name);
                cells.extend([Value::Day(bar.days.0), Value::Day(bar.days.1)]);
                cells.resize(COLUMNS.len(), Value::Empty);
                rows.push(cells);
            }
            for mark in &row.marks {
                let mut cells = start(if mark.send { "Send" } else { "Task" }, &mark.name);
                cells.extend([Value::Day(mark.day), Value::Day(mark.day)]);
                cells.push(mark.time.map_or(Value::Empty, |time| text(&time.format("%H:%M").to_string())));
                cells.push(mark.channel.map_or(Value::Empty, |channel| text(channel.name())));
                cells.push(done(mark.done));
                cells.resize(COLUMNS.len(), Value::Empty);
                rows.push(cells);
            }
        }
    }
    rows
}
