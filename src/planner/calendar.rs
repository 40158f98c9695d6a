//! Campaigns as rows of a calendar: bars for their window and phases, marks for what is to be done.

use chrono::NaiveTime;

use super::rounds::{self, Span};
use crate::model::campaign::{Channel, Status, TEMPLATES, Template, template};
use crate::model::{Campaign, Day};

/// A campaign with the number it is saved under.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// Its number.
    pub id: i64,
    /// What is planned.
    pub campaign: &'a Campaign,
}

/// What of all campaigns is to be seen. Nothing chosen = all that are not put away.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Who answers for it; an empty name = nobody.
    pub owner: Option<String>,
    /// Where it is seen.
    pub channel: Option<Channel>,
    /// How far it is.
    pub status: Option<Status>,
    /// What it was made from.
    pub template: Option<Template>,
    /// A part of its name, objective, phases or tasks, in any letter case.
    pub search: String,
    /// Also what was put away.
    pub archived: bool,
}

impl Wish {
    /// Whether a campaign is to be seen.
    pub fn takes(&self, campaign: &Campaign) -> bool {
        let on = |channel: &Channel| {
            let mut tasks = campaign.phases.iter().flat_map(|phase| &phase.tasks);
            campaign.channels.contains(channel) || tasks.any(|task| task.channel == Some(*channel))
        };
        (self.archived || !campaign.archived)
            && self.owner.as_ref().is_none_or(|owner| campaign.owner.trim() == owner.trim())
            && self.channel.as_ref().is_none_or(on)
            && self.status.is_none_or(|status| campaign.status == status)
            && self.template.is_none_or(|template| campaign.template == template)
            && self.finds(campaign)
    }

    fn finds(&self, campaign: &Campaign) -> bool {
        let wanted = self.search.trim().to_lowercase();
        let phases = campaign.phases.iter();
        let parts = phases.flat_map(|phase| std::iter::once(&phase.name).chain(phase.tasks.iter().map(|t| &t.name)));
        let mut texts = [&campaign.name, &campaign.objective].into_iter().chain(parts);
        wanted.is_empty() || texts.any(|text| text.to_lowercase().contains(&wanted))
    }
}

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The campaign from its start to its end.
    Window,
    /// One of its phases.
    Phase(usize),
}

/// A stretch of days, not cut at the ends of the span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub part: Part,
    /// What it is called.
    pub name: String,
    /// First and last day.
    pub days: Span,
    /// How often it came before.
    pub round: i32,
}

/// Something to do on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Position of its phase, and of the task in it.
    pub task: (usize, usize),
    /// How often it came before.
    pub round: i32,
    /// What.
    pub name: String,
    /// When.
    pub day: Day,
    /// Time of the day.
    pub time: Option<NaiveTime>,
    /// Where it is seen.
    pub channel: Option<Channel>,
    /// Whether it is a message to each head of the audiences.
    pub send: bool,
    /// Whether it is done.
    pub done: bool,
}

/// A campaign in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it was made from.
    pub template: Template,
    /// How far it is.
    pub status: Status,
    /// Who answers for it.
    pub owner: String,
    /// Its first and last day.
    pub days: Span,
    /// Whether it has phases and they leave days of its window open.
    pub open: bool,
    /// Its window and its phases, as far as they reach into the span.
    pub bars: Vec<Bar>,
    /// What is to be done in the span.
    pub marks: Vec<Mark>,
}

/// Campaigns of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its caption.
    pub name: &'static str,
    /// By first day.
    pub rows: Vec<Row>,
}

/// A span of days with what is planned in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// First and last day.
    pub span: Span,
    /// In the order of the templates.
    pub groups: Vec<Group>,
    /// Campaigns that are taken, in the span or not.
    pub taken: usize,
    /// Campaigns that there are, those put away only when asked for.
    pub of: usize,
}

impl Calendar {
    /// The campaigns that are wanted, in the span.
    pub fn new(campaigns: &[Planned<'_>], wish: &Wish, span: Span) -> Self {
        let there = campaigns.iter().filter(|planned| wish.archived || !planned.campaign.archived).count();
        let taken: Vec<_> = campaigns.iter().filter(|planned| wish.takes(planned.campaign)).collect();
        let mut groups: Vec<Group> = Vec::new();
        for info in TEMPLATES {
            if groups.iter().all(|group| group.name != info.group) {
                groups.push(Group { name: info.group, rows: Vec::new() });
            }
        }
        for planned in &taken {
            let name = template(planned.campaign.template).group;
            if let Some(row) = Row::new(planned, span)
                && let Some(group) = groups.iter_mut().find(|group| group.name == name)
            {
                group.rows.push(row);
            }
        }
        groups.iter_mut().for_each(|group| group.rows.sort_by(|a, b| (a.days, &a.name).cmp(&(b.days, &b.name))));
        groups.retain(|group| !group.rows.is_empty());
        Self { span, groups, taken: taken.len(), of: there }
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }
}

impl Row {
    /// The row of a campaign; none when nothing of it is in the span.
    pub fn new(planned: &Planned<'_>, span: Span) -> Option<Self> {
        let Planned { id, campaign } = *planned;
        let days = campaign.days();
        let window = Bar { part: Part::Window, name: campaign.name.clone(), days, round: 0 };
        let in_span = days.0 <= span.1 && days.1 >= span.0;
        let phases = rounds::phases(campaign, span).into_iter().map(|(n, round, phase, days)| Bar {
            part: Part::Phase(n),
            name: phase.name.clone(),
            days,
            round,
        });
        let bars: Vec<Bar> = in_span.then_some(window).into_iter().chain(phases).collect();
        let mark = |due: rounds::Due<'_>| Mark {
            task: (due.phase, due.task),
            round: due.round,
            name: due.what.name.clone(),
            day: due.day,
            time: due.what.time,
            channel: due.what.channel,
            send: due.what.is_send(),
            done: due.what.done,
        };
        let marks: Vec<Mark> = rounds::dues(campaign, span).into_iter().map(mark).collect();
        let row = Self {
            id,
            name: campaign.name.clone(),
            template: campaign.template,
            status: campaign.status,
            owner: campaign.owner.clone(),
            days,
            open: is_open(campaign),
            bars,
            marks,
        };
        (!row.bars.is_empty() || !row.marks.is_empty()).then_some(row)
    }
}

/// Whether phases leave days of the window open; what comes again always does.
fn is_open(campaign: &Campaign) -> bool {
    let window = campaign.days();
    let within = |day: Day| day.clamp(window.0, window.1).0;
    let covered = campaign.phases.iter().map(|phase| {
        let (from, to) = (phase.from.day(window), phase.to.day(window));
        if to < window.0 || from > window.1 { 0 } else { within(to) - within(from) + 1 }
    });
    !campaign.phases.is_empty() && (campaign.every_days.is_some() || covered.sum::<i32>() <= window.1.0 - window.0.0)
}
