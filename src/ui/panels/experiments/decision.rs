//! What was decided, why, and what it is worth in a year.

use egui::Ui;

use super::result::ResultStep;
use super::{Editing, Facts};
use crate::model::experiment::{Choice, Decision, Experiment, Impact, Status};
use crate::model::plan::Amount;
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::theme::icons;
use crate::ui::widgets::record::{Side, form_card, halves, heading};
use crate::ui::widgets::{Button, Field, check, choice, remark};

/// Draws the cards.
pub(super) fn show(ui: &mut Ui, editing: &mut Editing, facts: &Facts, result: &ResultStep) {
    let Editing { draft: Draft { value: experiment, .. }, typing, .. } = editing;
    halves(ui, |ui, side| match side {
        Side::Left => form_card(ui, |ui| {
            let line = match &experiment.decision {
                Some(decision) => format!("Decided on {}", locale::date(decision.on)),
                None => "Not decided yet".to_owned(),
            };
            heading(ui, "Decision", &line, |_| {});
            if let Some(sentence) = result.sentence() {
                remark(ui, sentence);
            }
            if experiment.data.is_none() {
                remark(ui, "A decision rests on what was seen; type totals, or open a file, in the step Data");
                return;
            }
            let choices = choices(experiment);
            let names: Vec<String> = choices.iter().map(Choice::words).collect();
            let shown = experiment.decision.as_ref().map_or_else(|| "Open".to_owned(), |d| d.choice.words());
            if let Some(at) = choice(ui, "Decision", ui.available_width().min(320.0), &shown, &names) {
                let memo = experiment.decision.take().map(|decision| decision.memo).unwrap_or_default();
                let found = result.found(experiment);
                experiment.decision = Some(Decision { choice: choices[at].clone(), memo, on: facts.as_of, found });
                if experiment.status == Status::Running || experiment.status == Status::Draft {
                    experiment.status = Status::Finished;
                }
            }
            if let Some(decision) = &mut experiment.decision {
                let width = ui.available_width();
                let mut memo = decision.memo.clone();
                let field = Field::new("Why", width).height(96.0).hint("What was learned, and what follows from it");
                if field.labelled(ui, &mut memo).changed() {
                    decision.memo = memo;
                }
                check(ui, "The shop works by it now", &mut experiment.implemented);
            }
            if experiment.decision.is_some()
                && ui.add(Button::plain("Take the decision back").icon(icons::CLOSE)).clicked()
            {
                experiment.decision = None;
            }
        }),
        Side::Right => form_card(ui, |ui| {
            let about = "Against keeping the control; the formula stands beside the amount wherever it is shown";
            heading(ui, "Worth in a year", about, |_| {});
            let width = ui.available_width().min(240.0);
            let mut amount = experiment.impact.as_ref().map(|impact| impact.amount);
            typing.amount_or_none(ui, "impact.amount", "Annual impact", width, facts.currency, &mut amount);
            let formula = experiment.impact.as_ref().map(|impact| impact.formula.clone()).unwrap_or_default();
            experiment.impact = amount.map(|amount| Impact { amount, formula: formula.clone() });
            let proposed = result.impact(experiment);
            if let Some(impact) = &mut experiment.impact {
                typing.line(ui, "impact.formula", "How it was reckoned", ui.available_width(), &mut impact.formula);
            }
            if let Some(proposed) = proposed {
                remark(ui, format!("From the data: {}", proposed.formula));
                let money = |amount: Amount| locale::money(amount.minor, amount.currency);
                let words = format!("Take over {}", money(proposed.amount));
                let same = experiment.impact.as_ref() == Some(&proposed);
                if !same && ui.add(Button::new(&words)).clicked() {
                    experiment.impact = Some(proposed);
                    typing.clear();
                }
            }
        }),
    });
}

fn choices(experiment: &Experiment) -> Vec<Choice> {
    let variants = experiment.plan.variants.iter().skip(1).map(|variant| Choice::Adopt(variant.name.clone()));
    variants.chain([Choice::Keep, Choice::CannotTell]).collect()
}
