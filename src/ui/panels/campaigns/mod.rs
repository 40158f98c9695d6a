//! Campaigns: the list of them, and one record with everything that is planned. What is changed is saved at once, every
//! change a step that can be undone.

mod audiences;
mod data;
mod list;
mod offers;
mod plan;
mod replay;
mod results;
mod review;
mod tasks;

use std::sync::Arc;

use egui::Ui;

use self::audiences::Audiences;
use self::list::List;
pub use self::list::{new_menu, templates};
use self::replay::ReplayStep;
use self::results::Results;
use super::{Panel, draw_empty};
use crate::model::campaign::Template;
use crate::model::plan::Problem;
use crate::model::{Campaign, Currency, Day};
use crate::ops::campaigns::SavedCampaign;
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::locale;
use crate::ui::settings::now;
use crate::ui::shop::Home;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::chip::steps;
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::record::{Side, form_card, halves, heading, remove};
use crate::ui::widgets::{Button, page_header, scrolled};

/// A part of a campaign on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    Plan,
    Offers,
    Audience,
    Tasks,
    Replay,
    Review,
}

impl Step {
    /// Those that a campaign has.
    fn of(campaign: &Campaign) -> &'static [(Self, &'static str)] {
        const SALE: &[(Step, &str)] = &[
            (Step::Plan, "Plan"),
            (Step::Offers, "Offers"),
            (Step::Audience, "Audience"),
            (Step::Tasks, "Tasks"),
            (Step::Replay, "Replay"),
            (Step::Review, "Review"),
        ];
        const OTHER: &[(Step, &str)] =
            &[(Step::Plan, "Plan"), (Step::Audience, "Audience"), (Step::Tasks, "Tasks"), (Step::Review, "Review")];
        if campaign.sale.is_some() { SALE } else { OTHER }
    }
}

/// Where the fields of offers begin, as in [`Problem::at`].
const OF_OFFERS: &[&str] = &["tiers", "caps", "code", "excluded", "featured", "early", "assumptions"];

/// The campaign that is open, and what is being typed.
struct Editing {
    draft: Draft<Campaign>,
    typing: Typing,
    step: Step,
}

/// The page and what it remembers.
#[derive(Default)]
pub struct CampaignsPage {
    list: List,
    editing: Option<Editing>,
    audiences: Audiences,
    replay: ReplayStep,
    results: Results,
}

/// What every part of the page needs to know.
struct Facts {
    currency: Currency,
    /// The last day with data.
    last: Option<Day>,
    saved: Arc<Vec<SavedCampaign>>,
}

impl Panel for CampaignsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let facts = Facts {
            currency: shop.facts.definitions.currency,
            last: shop.data().and_then(|data| data.span).map(|(_, last)| last),
            saved: shop.facts.campaigns.clone(),
        };
        self.follow(cx, &facts);
        match self.editing.take() {
            Some(mut editing) => {
                self.one(cx, ui, &mut editing, &facts);
                editing.keep(cx, ui, &facts);
                if cx.campaign == Some(editing.draft.id) {
                    self.editing = Some(editing);
                }
            }
            None => self.all(cx, ui, &facts),
        }
    }
}

impl CampaignsPage {
    /// Keeps the open campaign the one that is asked for, and as it is saved.
    fn follow(&mut self, cx: &mut Cx, facts: &Facts) {
        let wanted = cx.campaign.and_then(|id| facts.saved.iter().find(|saved| saved.id == id));
        match (wanted, &mut self.editing) {
            (None, _) => (cx.campaign, self.editing) = (None, None),
            (Some(saved), Some(editing)) if editing.draft.id == saved.id => editing.follow(&saved.campaign),
            (Some(saved), _) => self.editing = Some(Editing::of(saved)),
        }
    }

    fn all(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let shown = facts.saved.iter().filter(|saved| !saved.campaign.archived).count() as u64;
        let line = match facts.saved.len() {
            0 => "Sales, sequences, newsletters and ads, planned in one place".to_owned(),
            _ => locale::counted(shown, "campaign", "campaigns"),
        };
        let mut made = None;
        page_header(ui, "Campaigns", &line, |ui| {
            if !facts.saved.is_empty() {
                made = list::new_menu(ui);
                self.list.export_menu(ui);
            }
        });
        if facts.saved.is_empty() {
            made = made.or(list::first(ui));
        } else {
            self.list.show(cx, ui, facts);
        }
        if let Some(template) = made {
            add(cx, template, facts);
        }
    }

    fn one(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        // The sale is looked at with what only the shop knows: products, audiences, past days.
        let of_sale = self.replay.problems(&editing.draft.value);
        editing.typing.problems = Problem::joined(editing.problems(facts), of_sale);
        let campaign = &editing.draft.value;
        let (first, last) = campaign.days();
        let kind = crate::model::campaign::template(campaign.template).name;
        let status = campaign.status.name().to_lowercase();
        let line = format!("{kind}, {} – {}, {status}", locale::date(first), locale::date(last));
        let name = if campaign.name.trim().is_empty() { "Campaign" } else { campaign.name.trim() }.to_owned();
        page_header(ui, &name, &line, |ui| {
            review::more_menu(cx, ui, editing);
            if editing.draft.value.sale.is_some() {
                self.replay.variants_menu(ui, editing.draft.id, facts);
            }
            let back = Button::plain("All campaigns").icon(icons::BACK);
            if ui.add(back).clicked() {
                cx.campaign = None;
            }
        });
        let t = theme::of(ui);
        let of = Step::of(&editing.draft.value);
        let at = of.iter().position(|(step, _)| *step == editing.step).unwrap_or(0);
        editing.step = of[at].0;
        let names: Vec<&str> = of.iter().map(|(_, name)| *name).collect();
        let done: Vec<bool> = of.iter().map(|(step, _)| editing.is_settled(*step)).collect();
        if let Some(to) = steps(ui, &names, &done, at) {
            editing.step = of[to].0;
        }
        ui.add_space(t.space().x3);
        if matches!(editing.step, Step::Offers | Step::Review) {
            self.replay.ask(cx, editing, facts);
        }
        match editing.step {
            Step::Replay => self.replay.show(cx, ui, editing, facts),
            step => scrolled(ui, t.space().x4, |ui| {
                ui.spacing_mut().item_spacing.y = t.shell().gutter;
                match step {
                    Step::Plan => plan::show(ui, editing, facts),
                    Step::Offers => offers::show(ui, editing, facts),
                    Step::Audience => self.audiences.show(cx, ui, editing),
                    Step::Tasks => tasks::show(ui, editing),
                    Step::Review | Step::Replay => review::show(cx, ui, editing, facts, &mut self.results),
                }
                ui.add_space(t.space().x2);
            }),
        }
    }
}

/// Makes a campaign from a template and opens it.
fn add(cx: &mut Cx, template: Template, facts: &Facts) {
    // Ten in the morning, nine days after the data end: that leaves time for what comes before a sale.
    let today = || Day::from_date(chrono::DateTime::from_timestamp(now(), 0).unwrap_or_default().date_naive());
    let starts = Day(facts.last.unwrap_or_else(today).0.saturating_add(9)).date().and_hms_opt(10, 0, 0);
    if let Some(starts) = starts {
        open_new(cx, Campaign::from_template(template, starts, facts.currency));
    }
}

/// Saves a new campaign and opens it.
pub fn open_new(cx: &mut Cx, campaign: Campaign) {
    let work = move |home: &mut Home, _: &crate::jobs::Progress| home.session()?.add_campaign(campaign);
    cx.write("Saving the campaign", work, |cx, name: String| {
        let shop = cx.shop.as_ref();
        let found = shop.and_then(|shop| shop.facts.campaigns.iter().find(|saved| saved.campaign.name == name));
        cx.campaign = found.map(|saved| saved.id);
        cx.go(super::PanelId::Campaigns);
    });
}

impl Editing {
    fn of(saved: &SavedCampaign) -> Self {
        Self { draft: Draft::of(saved.id, &saved.campaign), typing: Typing::default(), step: Step::default() }
    }

    /// Takes in what was saved: what was sent from here changes nothing, what somebody else changed or undid does.
    fn follow(&mut self, saved: &Campaign) {
        let frozen = |campaign: &mut Campaign, saved: &Campaign| campaign.frozen.clone_from(&saved.frozen);
        if self.draft.follow(saved, frozen) == Followed::Replaced {
            self.typing.clear();
        }
    }

    /// Saves what was changed, once nobody is typing and it has a name.
    fn keep(&mut self, cx: &mut Cx, ui: &Ui, facts: &Facts) {
        if self.name_problem(facts).is_some() {
            return;
        }
        let Some(campaign) = self.draft.due(ui, Campaign::settled) else { return };
        let saved = SavedCampaign { id: self.draft.id, campaign };
        cx.write("Saving the campaign", move |home, _| home.session()?.save_campaign(&saved), |_, ()| {});
    }

    fn name_problem(&self, facts: &Facts) -> Option<Problem> {
        let name = self.draft.value.name.trim();
        let taken = facts.saved.iter().any(|other| other.id != self.draft.id && other.campaign.name == name);
        let words = match name {
            "" => "a campaign needs a name".to_owned(),
            _ if taken => format!("there is a campaign “{name}” already; choose another name"),
            _ => return None,
        };
        Some(Problem { at: "name".into(), words, stops: true })
    }

    fn problems(&self, facts: &Facts) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.name_problem(facts).into_iter().collect();
        problems.extend(self.draft.value.problems(facts.currency, facts.last));
        problems
    }

    /// Whether nothing is open in a part.
    fn is_settled(&self, step: Step) -> bool {
        let campaign = &self.draft.value;
        let wrong = |fields: &[&str]| {
            self.typing.problems.iter().any(|p| p.stops && fields.iter().any(|field| p.at.starts_with(field)))
        };
        match step {
            Step::Plan => !campaign.owner.is_empty() && !wrong(&["name", "starts", "ends"]),
            Step::Offers => !wrong(OF_OFFERS),
            Step::Replay => !wrong(OF_OFFERS) && !wrong(&["starts", "ends", "window"]),
            Step::Audience => !campaign.audiences.is_empty(),
            Step::Tasks => campaign.phases.iter().flat_map(|phase| &phase.tasks).all(|task| task.done),
            Step::Review => campaign.checklist.iter().all(|check| check.done),
        }
    }
}

/// Before anything was imported, where that is needed.
fn empty_shop(cx: &mut Cx, ui: &mut Ui) {
    draw_empty(
        ui,
        cx,
        icons::CAMPAIGNS,
        "No orders yet",
        "A plan is replayed on real baskets, once orders are imported",
    );
}
