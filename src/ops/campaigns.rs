//! Saved campaigns: what a user can do with them, every change a named step that can be undone. A campaign with problems
//! can be saved, so that nothing typed is lost.

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::jobs::Progress;
use crate::model::campaign::{Frozen, LONGEST_NAME, Status};
use crate::model::{Campaign, Day};
pub use crate::workspace::plans::SavedCampaign;

impl Session {
    /// Saved campaigns, oldest first, with those that are put away.
    pub fn saved_campaigns(&self) -> Result<Vec<SavedCampaign>> {
        Ok(self.workspace.saved_campaigns()?)
    }

    /// The saved campaign of a name.
    ///
    /// # Errors
    /// A sentence that lists the known ones.
    pub fn saved_campaign(&self, name: &str) -> Result<SavedCampaign> {
        named(self.saved_campaigns()?, name, "campaign")
    }

    /// Saves a campaign: a new one when its id is 0. Once it has begun, by the data or the clock, what was planned until then
    /// is kept beside what is changed afterwards. Gives its name, which a new one may have to share with no other.
    ///
    /// # Errors
    /// A sentence when the name is missing, too long, or taken by another.
    pub fn save_campaign(&mut self, saved: &SavedCampaign) -> Result<()> {
        let mut campaign = saved.campaign.settled();
        let name = campaign.name.clone();
        match name.chars().count() {
            0 => bail!("a campaign needs a name"),
            n if n > LONGEST_NAME => {
                bail!("the name of a campaign has at most {LONGEST_NAME} characters, this one has {n}")
            }
            _ if name.chars().any(char::is_control) => bail!("the name of a campaign is one line of text"),
            _ => {}
        }
        let all = self.saved_campaigns()?;
        if all.iter().any(|other| other.campaign.name == name && other.id != saved.id) {
            bail!("there is a campaign “{name}” already; choose another name");
        }
        let old = all.iter().find(|other| other.id == saved.id).map(|other| &other.campaign);
        let label = match old {
            None if saved.id != 0 => bail!("the campaign is gone; somebody deleted it, or its saving was undone"),
            None => format!("Save campaign {name}"),
            Some(old) if old.name != name => format!("Rename campaign {} to {name}", old.name),
            Some(old) if old.archived != campaign.archived && campaign.archived => format!("Put away campaign {name}"),
            Some(old) if old.archived != campaign.archived => format!("Take out campaign {name}"),
            Some(_) => format!("Change campaign {name}"),
        };
        if let Some(old) = old {
            campaign.frozen = self.frozen(old)?;
        }
        Ok(self.workspace.save_campaign(&label, super::now(), &SavedCampaign { id: saved.id, campaign })?)
    }

    /// What stays of a campaign as it was planned, now that it is changed.
    fn frozen(&mut self, old: &Campaign) -> Result<Option<Frozen>> {
        if old.frozen.is_some() || old.status == Status::Cancelled {
            return Ok(old.frozen.clone());
        }
        let Some(plan) = old.sale_plan() else { return Ok(None) };
        let last = self.dataset(&Progress::none())?.span.map(|(_, last)| last);
        // By the clock, too: what is changed after the start is not what was planned, whatever is imported by then.
        let today = self.definitions()?.zone.day(super::now());
        let first = Day::from_date(old.starts.date());
        let Some(on) = last.filter(|last| first <= today.max(*last)) else { return Ok(None) };
        let expected = self.expected_before(old, &Progress::none());
        Ok(Some(Frozen { on, plan, expected }))
    }

    /// Saves a copy of a campaign as a draft that nothing has happened to; gives the copy's name.
    pub fn duplicate_campaign(&mut self, id: i64) -> Result<String> {
        let all = self.saved_campaigns()?;
        let original = &found(&all, id)?.campaign;
        let name = free_name(&all, &format!("{} copy", original.name))?;
        let mut copy = Campaign { name: name.clone(), status: Status::Draft, archived: false, ..original.clone() };
        (copy.frozen, copy.tied) = (None, Vec::new());
        // A copy has codes of its own.
        if let Some(codes) = &mut copy.codes {
            codes.seed = codes.seed.wrapping_add(1);
        }
        copy.phases.iter_mut().flat_map(|phase| &mut phase.tasks).for_each(|task| task.done = false);
        copy.content.iter_mut().for_each(|content| content.done = false);
        copy.checklist.iter_mut().for_each(|check| check.done = false);
        copy.metrics.iter_mut().for_each(|metric| metric.typed = None);
        let copy = copy.settled();
        let label = format!("Duplicate campaign {}", original.name);
        self.workspace.save_campaign(&label, super::now(), &SavedCampaign { id: 0, campaign: copy })?;
        Ok(name)
    }

    /// Saves a new campaign under its name, or the next free one; gives the name.
    pub fn add_campaign(&mut self, campaign: Campaign) -> Result<String> {
        let all = self.saved_campaigns()?;
        let name = free_name(&all, campaign.name.trim())?;
        let campaign = Campaign { name: name.clone(), ..campaign };
        self.save_campaign(&SavedCampaign { id: 0, campaign })?;
        Ok(name)
    }

    /// Deletes a campaign.
    pub fn remove_campaign(&mut self, id: i64) -> Result<()> {
        let all = self.saved_campaigns()?;
        let label = format!("Delete campaign {}", found(&all, id)?.campaign.name);
        Ok(self.workspace.remove_plan(&label, super::now(), id)?)
    }
}

/// The one of a name.
pub(super) fn named(all: Vec<SavedCampaign>, name: &str, what: &str) -> Result<SavedCampaign> {
    let known = all.iter().map(|saved| saved.campaign.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = all.into_iter().find(|saved| saved.campaign.name == name);
    found.ok_or_else(|| match known.as_str() {
        "" => anyhow!("there is no {what} “{name}”; none was saved yet"),
        known => anyhow!("there is no {what} “{name}”; saved are {known}"),
    })
}

fn free_name(all: &[SavedCampaign], wanted: &str) -> Result<String> {
    let stem: String = wanted.chars().take(LONGEST_NAME - 6).collect();
    let name = |n: u32| if n == 1 { stem.clone() } else { format!("{stem} {n}") };
    let free = |name: &String| all.iter().all(|saved| saved.campaign.name != *name);
    (1..10_000).map(name).find(free).ok_or_else(|| anyhow!("no name is left for another “{stem}”; delete some"))
}

fn found(all: &[SavedCampaign], id: i64) -> Result<&SavedCampaign> {
    let found = all.iter().find(|saved| saved.id == id && id != 0);
    found.ok_or_else(|| anyhow!("the campaign is gone; somebody deleted it, or its saving was undone"))
}
