//! Experiments: what is tested, what was seen, what can be said of it, and what was decided. What is changed is saved at
//! once, every change a step that can be undone.

mod data;
mod decision;
mod factors;
mod list;
mod parts;
mod plan;
mod read;
mod result;
mod save;
mod size;
mod table;

use std::sync::Arc;

use egui::Ui;

pub use self::data::attach;
use self::list::List;
use self::result::ResultStep;
use self::size::SizeCard;
use super::Panel;
use crate::model::experiment::{Experiment, Seal, Status};
use crate::model::plan::Problem;
use crate::model::{Currency, Day};
use crate::ops::experiments::{SavedExperiment, Sealed, sealed, sealed_late};
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::chip::{chip, steps, tone_chip};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, page_header, scrolled};

/// A part of an experiment on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    Plan,
    Data,
    Result,
    Decision,
}

const STEPS: [(Step, &str); 4] =
    [(Step::Plan, "Plan"), (Step::Data, "Data"), (Step::Result, "Result"), (Step::Decision, "Decision")];

/// The experiment that is open, and what is being typed.
struct Editing {
    draft: Draft<Experiment>,
    typing: Typing,
    step: Step,
}

/// The page and what it remembers.
#[derive(Default)]
pub struct ExperimentsPage {
    list: List,
    editing: Option<Editing>,
    size: SizeCard,
    result: ResultStep,
}

/// What every part of the page needs to know.
struct Facts {
    currency: Currency,
    /// The day that is looked at.
    as_of: Day,
    saved: Arc<Vec<SavedExperiment>>,
}

impl Panel for ExperimentsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let facts = Facts {
            currency: shop.facts.definitions.currency,
            as_of: shop.as_of(),
            saved: shop.facts.experiments.clone(),
        };
        self.follow(cx, &facts);
        match self.editing.take() {
            Some(mut editing) => {
                self.one(cx, ui, &mut editing, &facts);
                editing.keep(cx, ui, &facts);
                if cx.experiment == Some(editing.draft.id) {
                    self.editing = Some(editing);
                }
            }
            None => self.all(cx, ui, &facts),
        }
    }
}

impl ExperimentsPage {
    /// Keeps the open experiment the one that is asked for, and as it is saved.
    fn follow(&mut self, cx: &mut Cx, facts: &Facts) {
        let wanted = cx.experiment.and_then(|id| facts.saved.iter().find(|saved| saved.id == id));
        match (wanted, &mut self.editing) {
            (None, _) => (cx.experiment, self.editing) = (None, None),
            (Some(saved), Some(editing)) if editing.draft.id == saved.id => editing.follow(&saved.experiment),
            (Some(saved), _) => self.editing = Some(Editing::of(saved)),
        }
    }

    fn all(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let shown = facts.saved.iter().filter(|saved| !saved.experiment.archived).count() as u64;
        let line = match facts.saved.len() {
            0 => "Results a marketer can read and a statistician can trust".to_owned(),
            _ => locale::counted(shown, "experiment", "experiments"),
        };
        let mut add = false;
        page_header(ui, "Experiments", &line, |ui| {
            if !facts.saved.is_empty() {
                add = ui.add(Button::accent("New experiment").icon(icons::ADD)).clicked();
                self.list.export_menu(ui);
            }
        });
        if facts.saved.is_empty() {
            add |= list::first(ui);
        } else {
            self.list.show(cx, ui, facts);
        }
        if add {
            open_new(cx, Experiment::new("Experiment"));
        }
    }

    fn one(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        editing.typing.problems = editing.problems(facts);
        let experiment = &editing.draft.value;
        let name = if experiment.name.trim().is_empty() { "Experiment" } else { experiment.name.trim() }.to_owned();
        let line = match experiment.plan.hypothesis.trim() {
            "" => format!("{}, {}", experiment.plan.kind.name(), experiment.status.name().to_lowercase()),
            hypothesis => format!("Hypothesis: {hypothesis}"),
        };
        page_header(ui, &name, &line, |ui| {
            more_menu(cx, ui, editing);
            if ui.add(Button::plain("All experiments").icon(icons::BACK)).clicked() {
                cx.experiment = None;
            }
        });
        let t = theme::of(ui);
        let at = STEPS.iter().position(|(step, _)| *step == editing.step).unwrap_or(0);
        let names: Vec<&str> = STEPS.iter().map(|(_, name)| *name).collect();
        let done: Vec<bool> = STEPS.iter().map(|(step, _)| editing.is_settled(*step)).collect();
        ui.horizontal(|ui| {
            if let Some(to) = steps(ui, &names, &done, at) {
                editing.step = STEPS[to].0;
            }
            ui.add_space(t.space().x4);
            seal_chip(ui, &editing.draft.value);
        });
        ui.add_space(t.space().x3);
        scrolled(ui, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = t.shell().gutter;
            match editing.step {
                Step::Plan => {
                    plan::show(ui, editing);
                    self.size.show(cx, ui, &editing.draft.value, facts);
                }
                Step::Data => data::show(cx, ui, editing, facts),
                Step::Result => {
                    if self.result.show(cx, ui, editing, facts) {
                        editing.step = Step::Decision;
                    }
                }
                Step::Decision => decision::show(ui, editing, facts, &self.result),
            }
            ui.add_space(t.space().x2);
        });
    }
}

/// Saves a new experiment and opens it.
pub fn open_new(cx: &mut Cx, experiment: Experiment) {
    let work = |home: &mut Home, _: &crate::jobs::Progress| Ok(home.session()?.add_experiment(experiment)?.id);
    cx.write("Saving the experiment", work, |cx, id| {
        cx.experiment = Some(id);
        cx.go(super::PanelId::Experiments);
    });
}

impl Editing {
    fn of(saved: &SavedExperiment) -> Self {
        let experiment = &saved.experiment;
        // Who opens an experiment with data wants to read it.
        let step = if experiment.data.is_some() { Step::Result } else { Step::Plan };
        Self { draft: Draft::of(saved.id, experiment), typing: Typing::default(), step }
    }

    /// Takes in what was saved: what was sent from here changes nothing, what somebody else changed or undid does.
    fn follow(&mut self, saved: &Experiment) {
        let sealed = |experiment: &mut Experiment, saved: &Experiment| experiment.seal.clone_from(&saved.seal);
        if self.draft.follow(saved, sealed) == Followed::Replaced {
            self.typing.clear();
        }
    }

    /// Saves what was changed, once nobody is typing and it has a name.
    fn keep(&mut self, cx: &mut Cx, ui: &Ui, facts: &Facts) {
        if self.name_problem(facts).is_some() {
            return;
        }
        let Some(experiment) = self.draft.due(ui, Experiment::settled) else { return };
        let saved = SavedExperiment { id: self.draft.id, experiment };
        let work = move |home: &mut Home, _: &crate::jobs::Progress| home.session()?.save_experiment(&saved);
        cx.write("Saving the experiment", work, |_, _| {});
    }

    fn name_problem(&self, facts: &Facts) -> Option<Problem> {
        let same = crate::model::experiment::same_name;
        let name = self.draft.value.name.trim();
        let taken = |other: &SavedExperiment| other.id != self.draft.id && same(&other.experiment.name) == same(name);
        let words = match name {
            "" => "an experiment needs a name".to_owned(),
            _ if facts.saved.iter().any(taken) => {
                format!("there is an experiment “{name}” already; choose another name")
            }
            _ => return None,
        };
        Some(Problem { at: "name".into(), words, stops: true })
    }

    fn problems(&self, facts: &Facts) -> Vec<Problem> {
        let named = self.name_problem(facts).into_iter().collect();
        Problem::joined(named, self.draft.value.problems(facts.currency))
    }

    /// Whether nothing is open in a part.
    fn is_settled(&self, step: Step) -> bool {
        let experiment = &self.draft.value;
        let wrong = |part: &str| self.typing.problems.iter().any(|p| p.stops && p.at.starts_with(part));
        match step {
            Step::Plan => !experiment.plan.hypothesis.is_empty() && !wrong("plan") && !wrong("name"),
            Step::Data => experiment.data.is_some() && !wrong("data"),
            Step::Result => matches!(experiment.status, Status::Finished | Status::Stopped),
            Step::Decision => experiment.decision.is_some(),
        }
    }
}

/// What the seal says of the plan.
fn seal_chip(ui: &mut Ui, experiment: &Experiment) {
    let Some(Seal { at, .. }) = &experiment.seal else {
        chip(ui, "Not sealed").on_hover_text("A sealed plan shows later that nobody chose what to look for afterwards");
        return;
    };
    let when = locale::moment(*at);
    match sealed(experiment) {
        Some(Sealed::Same) if sealed_late(experiment) => {
            tone_chip(ui, &format!("Sealed late, {when}"), Tone::Warning, Some(icons::WARNING))
                .on_hover_text("The plan is as it was sealed, but that was after its first day");
        }
        Some(Sealed::Same) | None => {
            tone_chip(ui, &format!("Sealed {when}"), Tone::Good, Some(icons::LOCK))
                .on_hover_text("The plan is the one that was sealed before its first day");
        }
        Some(Sealed::Differs(fields)) => {
            let words = format!("Not as sealed {when}");
            tone_chip(ui, &words, Tone::Warning, Some(icons::WARNING))
                .on_hover_text(format!("Changed since: {}", fields.join(", ")));
        }
        Some(Sealed::Broken) => {
            tone_chip(ui, "The seal is broken", Tone::Bad, Some(icons::ERROR))
                .on_hover_text("The sealed text is not the one that was hashed");
        }
    }
}

/// What can be done with the experiment that is open.
fn more_menu(cx: &mut Cx, ui: &mut Ui, editing: &Editing) {
    let experiment = &editing.draft.value;
    let id = editing.draft.id;
    let button = ui.add(Button::new("More").chevron());
    menu_of(&button, |ui| {
        let why = match () {
            () if experiment.seal.is_some() => Some("It is sealed already; a copy can be sealed anew"),
            () if experiment.data.is_some() => Some("A plan is sealed before data come"),
            () => None,
        };
        if menu_item(ui, "Seal the plan", Some(icons::LOCK), why, false).clicked() && why.is_none() {
            let work = move |home: &mut Home, _: &crate::jobs::Progress| home.session()?.seal_experiment(id);
            cx.write("Sealing the plan", work, |_, _| {});
        }
        if menu_item(ui, "Duplicate", Some(icons::COPY), None, false).clicked() {
            let work =
                move |home: &mut Home, _: &crate::jobs::Progress| Ok(home.session()?.duplicate_experiment(id)?.id);
            cx.write("Duplicating the experiment", work, |cx, copy| cx.experiment = Some(copy));
        }
        let away = !experiment.archived;
        let words = if away { "Put away" } else { "Take out again" };
        if menu_item(ui, words, Some(icons::ARCHIVE), None, false).clicked() {
            let work = move |home: &mut Home, _: &crate::jobs::Progress| home.session()?.archive_experiment(id, away);
            cx.write("Saving the experiment", work, move |cx, ()| {
                if away {
                    cx.experiment = None;
                }
            });
        }
        if menu_item(ui, "Delete", Some(icons::DELETE), None, true).clicked() {
            let work = move |home: &mut Home, _: &crate::jobs::Progress| home.session()?.remove_experiment(id);
            cx.write("Deleting the experiment", work, |cx, ()| cx.experiment = None);
        }
    });
}
