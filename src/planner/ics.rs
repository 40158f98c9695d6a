//! Calendar files as RFC 5545 has them. Days are whole days without a zone, moments are in UTC: every program reads both
//! alike, and no zone has to be described.

use chrono::{DateTime, NaiveDateTime, NaiveTime};

use super::calendar::{Planned, Wish};
use super::content;
use super::rounds::{self, Span};
use crate::model::campaign::{Campaign, Status};
use crate::model::{Day, Zone};

/// Bytes of a line of the file, without its end.
const LINE: usize = 75;

/// What the file is made for.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What the calendar is called.
    pub name: &'a str,
    /// Tells the entries of this shop from those of others; the same each time.
    pub shop: &'a str,
    /// Whose clocks times are by.
    pub zone: Zone,
    /// When the file is made, UTC seconds.
    pub stamp: i64,
    /// First and last day of what it holds.
    pub span: Span,
}

/// The campaigns that reach into the span, their phases, content and tasks. The same thing has the same number in every
/// file, so that a second import changes it instead of doubling it.
pub fn ics(sheet: &Sheet<'_>, campaigns: &[Planned<'_>]) -> String {
    let mut file = File { text: String::new(), sheet };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//Cartwright//Calendar//EN");
    file.line("CALSCALE:GREGORIAN");
    file.text("X-WR-CALNAME", sheet.name);
    campaigns.iter().for_each(|planned| file.campaign(planned));
    file.line("END:VCALENDAR");
    file.text
}

struct File<'a> {
    text: String,
    sheet: &'a Sheet<'a>,
}

/// An entry: what tells it from others, its name, and the further properties.
struct Event<'a> {
    uid: String,
    name: String,
    campaign: &'a Campaign,
    about: String,
    done: bool,
}

impl File<'_> {
    fn campaign(&mut self, Planned { id, campaign }: &Planned<'_>) {
        let span = self.sheet.span;
        let (first, last) = campaign.days();
        let event = |uid: String, name: String, about: String, done: bool| Event { uid, name, campaign, about, done };
        if first <= span.1 && last >= span.0 {
            let uid = format!("campaign-{id}");
            self.event(&event(uid, campaign.name.clone(), campaign.objective.clone(), false), |file| {
                let midnight = |moment: NaiveDateTime| moment.time() == NaiveTime::MIN;
                if midnight(campaign.starts) && midnight(campaign.ends) {
                    file.days((first, last));
                } else {
                    file.moment("DTSTART", campaign.starts);
                    file.moment("DTEND", campaign.ends.max(campaign.starts));
                }
            });
        }
        for (n, round, phase, days) in rounds::phases(campaign, span) {
            let uid = format!("campaign-{id}-phase-{n}-{round}");
            let name = format!("{}: {}", campaign.name, phase.name);
            self.event(&event(uid, name, String::new(), false), |file| file.days(days));
        }
        for piece in
            content::pieces(&[Planned { id: *id, campaign }], &Wish { archived: true, ..Wish::default() }, span)
        {
            let uid = format!("campaign-{id}-content-{}", piece.at);
            let name = format!("{}: {}", campaign.name, piece.name);
            let about = format!("{}, {}", piece.stage.name(), piece.media.name().to_lowercase());
            self.event(&event(uid, name, about, piece.done), |file| file.days((piece.day, piece.day)));
        }
        for due in rounds::dues(campaign, span) {
            let uid = format!("campaign-{id}-task-{}-{}-{}", due.phase, due.task, due.round);
            let name = format!("{}: {}", campaign.name, due.what.name);
            let channel = due.what.channel.map_or(String::new(), |channel| channel.name().to_owned());
            self.event(&event(uid, name, channel, due.what.done), |file| match due.what.time {
                Some(time) => file.moment("DTSTART", due.day.date().and_time(time)),
                None => file.days((due.day, due.day)),
            });
        }
    }

    fn event(&mut self, event: &Event<'_>, when: impl FnOnce(&mut Self)) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@{}.cartwright", event.uid, self.sheet.shop));
        self.line(&format!("DTSTAMP:{}", moment(self.sheet.stamp)));
        when(self);
        self.text("SUMMARY", &event.name);
        let owner = event.campaign.owner.trim();
        let owner = if owner.is_empty() { String::new() } else { format!("Owner: {owner}") };
        let done = if event.done { "Done" } else { "" };
        let about: Vec<&str> =
            [event.about.as_str(), owner.as_str(), done].into_iter().filter(|text| !text.is_empty()).collect();
        if !about.is_empty() {
            self.text("DESCRIPTION", &about.join("\n"));
        }
        self.line(match event.campaign.status {
            Status::Draft => "STATUS:TENTATIVE",
            Status::Cancelled => "STATUS:CANCELLED",
            Status::Planned | Status::Running | Status::Done => "STATUS:CONFIRMED",
        });
        // Nobody is busy because a banner hangs.
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// Whole days; the end is the first day that is not in it.
    fn days(&mut self, (first, last): Span) {
        let date = |day: Day| day.date().format("%Y%m%d").to_string();
        self.line(&format!("DTSTART;VALUE=DATE:{}", date(first)));
        self.line(&format!("DTEND;VALUE=DATE:{}", date(Day(last.0.saturating_add(1)))));
    }

    fn moment(&mut self, property: &str, local: NaiveDateTime) {
        self.line(&format!("{property}:{}", moment(self.sheet.zone.to_utc(local))));
    }

    /// A property whose value is text.
    fn text(&mut self, property: &str, text: &str) {
        self.line(&format!("{property}:{}", escaped(text)));
    }

    /// A line, folded where it is too long, never within a character.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LINE - 1;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

fn moment(utc: i64) -> String {
    DateTime::from_timestamp(utc, 0).unwrap_or_default().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Text without signs that mean something in the file; other control characters are no text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
