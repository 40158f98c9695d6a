//! What is tested, what decides, and when it is over: everything that a seal holds.

use egui::Ui;

use super::Editing;
use crate::model::Day;
use crate::model::experiment::{
    Cap, Correction, Covariate, Kind, METRICS, Metric, Plan, Prior, Spending, Status, StopRule, Variant,
};
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::{Typing, number, whole};
use crate::ui::widgets::record::{Side, form_card, halves, heading, remove};
use crate::ui::widgets::{Button, Field, check, choice, remark, say};

/// Most variants.
const MOST_VARIANTS: usize = 12;

/// Draws the cards.
pub(super) fn show(ui: &mut Ui, editing: &mut Editing) {
    let Editing { draft: Draft { value: experiment, .. }, typing, .. } = editing;
    halves(ui, |ui, side| match side {
        Side::Left => {
            form_card(ui, |ui| {
                heading(ui, "What is tested", "", |_| {});
                let wide = ui.available_width();
                typing.line(ui, "name", "Name", wide, &mut experiment.name);
                pair(ui, |ui, half| {
                    labelled(ui, "Kind", |ui| {
                        let names = Kind::ALL.map(|kind| kind.name().to_owned());
                        if let Some(at) = choice(ui, "Kind", half, experiment.plan.kind.name(), &names) {
                            experiment.plan.kind = Kind::ALL[at];
                        }
                    });
                    labelled(ui, "Status", |ui| {
                        let names = Status::ALL.map(|status| status.name().to_owned());
                        if let Some(at) = choice(ui, "Status", half, experiment.status.name(), &names) {
                            experiment.status = Status::ALL[at];
                        }
                    });
                });
                words(ui, typing, &mut experiment.plan);
            });
            form_card(ui, |ui| variants(ui, typing, &mut experiment.plan));
        }
        Side::Right => {
            form_card(ui, |ui| metrics(ui, typing, &mut experiment.plan));
            form_card(ui, |ui| ending(ui, typing, &mut experiment.plan));
            form_card(ui, |ui| method(ui, typing, &mut experiment.plan));
        }
    });
}

/// Two fields beside each other; `add` is told how wide each may be.
fn pair(ui: &mut Ui, add: impl FnOnce(&mut Ui, f32)) {
    let gap = theme::of(ui).space().x2;
    let half = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        add(ui, half);
    });
}

fn labelled(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
        say(ui, Type::Label, label);
        add(ui);
    });
}

fn words(ui: &mut Ui, typing: &mut Typing, plan: &mut Plan) {
    let wide = ui.available_width();
    typing.line(ui, "plan.hypothesis", "Hypothesis: what you believe, and why", wide, &mut plan.hypothesis);
    typing.line(ui, "plan.changes", "What it changes", wide, &mut plan.changes);
    pair(ui, |ui, half| {
        typing.names(ui, "plan.tags", "Keywords to find it by", (half, "checkout, button"), &mut plan.tags);
        typing.line(ui, "plan.audience", "Who takes part", half, &mut plan.audience);
    });
}

fn variants(ui: &mut Ui, typing: &mut Typing, plan: &mut Plan) {
    let mut add = false;
    heading(ui, "Variants", "The first is the control, with which the others are compared", |ui| {
        let button = Button::plain("Variant").icon(icons::ADD).small().named("Add a variant");
        add = plan.variants.len() < MOST_VARIANTS && ui.add(button).clicked();
    });
    let mut gone = None;
    let removable = plan.variants.len() > 2;
    let factors = plan.kind == Kind::Multivariate;
    for (n, variant) in plan.variants.iter_mut().enumerate() {
        ui.horizontal_top(|ui| {
            let wide = ui.available_width();
            typing.line(
                ui,
                &format!("plan.variants[{n}].name"),
                if n == 0 { "Name" } else { "" },
                150.0,
                &mut variant.name,
            );
            share(ui, typing, n, variant);
            let button = if removable { 36.0 + ui.spacing().item_spacing.x } else { 0.0 };
            let rest = wide - 150.0 - 90.0 - button - 2.0 * ui.spacing().item_spacing.x;
            let label = match (n, factors) {
                (0, true) => "Levels of its factors",
                (0, false) => "What is different in it",
                _ => "",
            };
            let at = format!("plan.variants[{n}].{}", if factors { "factors" } else { "description" });
            if factors {
                levels(ui, typing, (&at, label), rest, variant);
            } else {
                typing.line(ui, &at, label, rest, &mut variant.description);
            }
            if removable && n > 0 {
                ui.vertical(|ui| {
                    if remove(ui, &variant.name) {
                        gone = Some(n);
                    }
                });
            }
        });
    }
    typing.told(ui, "plan.variants");
    if let Some(n) = gone {
        plan.variants.remove(n);
        even(plan);
        typing.clear();
    }
    if add {
        let names = ["Control", "Variant", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
        let free = names.iter().find(|name| plan.variant(name).is_none()).copied().unwrap_or("Another");
        plan.variants.push(Variant { name: free.into(), ..Variant::default() });
        even(plan);
        typing.clear();
    }
}

/// Gives every variant the same share.
fn even(plan: &mut Plan) {
    let n = plan.variants.len() as f64;
    plan.variants.iter_mut().for_each(|variant| variant.share = 1.0 / n);
}

fn share(ui: &mut Ui, typing: &mut Typing, n: usize, variant: &mut Variant) {
    let at = format!("plan.variants[{n}].share");
    let name = format!("Share of {}", variant.name);
    let shown = locale::number(variant.share * 100.0, 2).trim_end_matches('0').trim_end_matches(['.', ',']).to_owned();
    let read = |text: &str| read::percent(text, (0.0, 1.0))?.ok_or_else(|| "Type a percentage".to_owned());
    let label = if n == 0 { "Share" } else { "" };
    if let Some(new) = typing.field(ui, &at, Field::number(&name, "%", 90.0), label, shown, read) {
        variant.share = new;
    }
}

/// Levels as `colour: red, layout: wide`.
fn levels(ui: &mut Ui, typing: &mut Typing, (at, label): (&str, &str), width: f32, variant: &mut Variant) {
    let shown: Vec<String> = variant.factors.iter().map(|(factor, level)| format!("{factor}: {level}")).collect();
    let read = |text: &str| {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| match part.split_once(':') {
                Some((factor, level)) if !factor.trim().is_empty() && !level.trim().is_empty() => {
                    Ok((factor.trim().to_owned(), level.trim().to_owned()))
                }
                _ => Err("Type a factor and its level, such as “colour: red”".to_owned()),
            })
            .collect()
    };
    let name = format!("Levels of {}", variant.name);
    let field = Field::new(&name, width).hint("colour: red, layout: wide");
    if let Some(new) = typing.field(ui, at, field, label, shown.join(", "), read) {
        variant.factors = new;
    }
}

fn metrics(ui: &mut Ui, typing: &mut Typing, plan: &mut Plan) {
    heading(ui, "What it is measured by", "One measure decides; the others must not suffer", |_| {});
    let mut all: Vec<Metric> = METRICS.iter().map(|(metric, _)| metric.clone()).collect();
    // What only the user's data know.
    all.extend(plan.metrics().into_iter().filter(|metric| matches!(metric, Metric::Named(_))));
    let names: Vec<String> = all.iter().map(|metric| metric.name().to_owned()).collect();
    pair(ui, |ui, half| {
        labelled(ui, "Decides", |ui| {
            if let Some(at) = choice(ui, "Decides", half, plan.primary.name(), &names) {
                plan.guards.retain(|guard| *guard != all[at]);
                plan.primary = all[at].clone();
            }
        });
        let field = Field::number("Orders count for", "days", half).hint("all that are known");
        let shown = plan.window_days.map_or_else(String::new, |days| days.to_string());
        if let Some(new) = typing.field(ui, "plan.window_days", field, "Orders count for, after joining", shown, number)
        {
            plan.window_days = new;
        }
    });
    labelled(ui, "Must not suffer", |ui| {
        ui.horizontal_wrapped(|ui| {
            for metric in all.iter().filter(|metric| **metric != plan.primary) {
                let mut on = plan.guards.contains(metric);
                if check(ui, metric.name(), &mut on).changed() {
                    plan.guards.retain(|guard| guard != metric);
                    if on {
                        plan.guards.push(metric.clone());
                    }
                }
            }
        });
    });
    pair(ui, |ui, half| {
        let quantile = match plan.cap {
            Some(Cap::Quantile(quantile)) => Some(quantile),
            _ => None,
        };
        let field = Field::number("Capped at", "% of buyers", half).hint("not capped");
        let read = |text: &str| read::percent(text, (0.5, 1.0));
        let shown = quantile.map_or_else(String::new, |q| locale::number(q * 100.0, 1));
        if let Some(new) = typing.field(ui, "plan.cap", field, "Nobody counts more than", shown, read) {
            plan.cap = new.map(Cap::Quantile);
        }
        let before = match &plan.covariate {
            Some(Covariate::RevenueBefore(days)) => Some(*days),
            _ => None,
        };
        let field = Field::number("Days before", "days", half).hint("not used");
        let shown = before.map_or_else(String::new, |days| days.to_string());
        let label = "Adjust by revenue before (CUPED)";
        match &plan.covariate {
            Some(Covariate::Column(column)) => {
                labelled(ui, label, |ui| {
                    remark(ui, format!("by column “{column}” of the file"));
                });
            }
            _ => {
                if let Some(new) = typing.field(ui, "plan.covariate", field, label, shown, number) {
                    plan.covariate = new.map(Covariate::RevenueBefore);
                }
            }
        }
    });
    for n in 0..plan.guards.len() {
        typing.told(ui, &format!("plan.guards[{n}]"));
    }
}

fn day(ui: &mut Ui, typing: &mut Typing, (at, label): (&str, &str), width: f32, value: &mut Option<Day>) {
    let field = Field::new(label, width).icon(icons::CALENDAR).hint("open");
    let shown = value.map_or_else(String::new, locale::date);
    if let Some(new) = typing.field(ui, at, field, label, shown, read::day) {
        *value = new;
    }
}

fn ending(ui: &mut Ui, typing: &mut Typing, plan: &mut Plan) {
    heading(ui, "When it is over", "Whole weeks, so that every weekday counts alike", |_| {});
    pair(ui, |ui, half| {
        day(ui, typing, ("plan.starts", "First day"), half, &mut plan.starts);
        day(ui, typing, ("plan.ends", "Last day"), half, &mut plan.ends);
    });
    pair(ui, |ui, half| {
        labelled(ui, "It is read", |ui| {
            let rules = ["Once, at its end", "At any time (always valid)", "At planned looks"];
            let at = match plan.stop {
                StopRule::FixedDate => 0,
                StopRule::AlwaysValid => 1,
                StopRule::GroupSequential { .. } => 2,
            };
            if let Some(new) = choice(ui, "It is read", half, rules[at], &rules.map(str::to_owned)) {
                plan.stop = [
                    StopRule::FixedDate,
                    StopRule::AlwaysValid,
                    StopRule::GroupSequential { looks: 4, spending: Spending::default() },
                ][new];
            }
        });
        if let StopRule::GroupSequential { looks, spending } = &mut plan.stop {
            typing.count(ui, "plan.stop", "Looks", ((half - 8.0) * 0.3, ""), looks);
            labelled(ui, "Error is spent", |ui| {
                let names = ["Late (O’Brien–Fleming)", "Evenly (Pocock)"].map(str::to_owned);
                let at = usize::from(*spending == Spending::Even);
                if let Some(new) = choice(ui, "Error is spent", (half - 8.0) * 0.7, &names[at], &names) {
                    *spending = [Spending::Late, Spending::Even][new];
                }
            });
        }
    });
    typing.told(ui, "plan.stop");
}

fn method(ui: &mut Ui, typing: &mut Typing, plan: &mut Plan) {
    heading(ui, "How sure it is to be", "", |_| {});
    pair(ui, |ui, half| {
        share_of(ui, typing, ("plan.effect", "Smallest effect worth finding"), half, (1e-6, 10.0), &mut plan.effect);
        let field = Field::number("Visitors", "", half).hint("not planned");
        let shown = plan.visitors.map_or_else(String::new, locale::count);
        if let Some(new) = typing.field(ui, "plan.visitors", field, "Visitors in all variants", shown, whole) {
            plan.visitors = new;
        }
    });
    pair(ui, |ui, half| {
        let (mut alpha, mut power) = (Some(plan.alpha), Some(plan.power));
        let label = "Chance to find what is not there";
        share_of(ui, typing, ("plan.alpha", label), half, (1e-9, 0.5), &mut alpha);
        share_of(ui, typing, ("plan.power", "Chance to find what is there"), half, (0.01, 0.999_999), &mut power);
        (plan.alpha, plan.power) = (alpha.unwrap_or(plan.alpha), power.unwrap_or(plan.power));
    });
    pair(ui, |ui, half| {
        labelled(ui, "Many comparisons", |ui| {
            let names = Correction::ALL.map(|one| one.name().to_owned());
            if let Some(at) = choice(ui, "Many comparisons", half, plan.correction.name(), &names) {
                plan.correction = Correction::ALL[at];
            }
        });
        labelled(ui, "Believed beforehand", |ui| {
            let names = ["Nothing", "As past tests of the shop", "Small effects (±10%)"].map(str::to_owned);
            let shown = match plan.prior {
                Prior::Flat => names[0].clone(),
                Prior::PastTests => names[1].clone(),
                Prior::Normal { mean, spread } => {
                    let middle = if mean == 0.0 { String::new() } else { format!("{} ", locale::percent(mean, 0)) };
                    format!("{middle}±{}", locale::percent(spread, 0))
                }
            };
            if let Some(at) = choice(ui, "Believed beforehand", half, &shown, &names) {
                plan.prior = [Prior::Flat, Prior::PastTests, Prior::Normal { mean: 0.0, spread: 0.1 }][at];
            }
        });
    });
}

/// A percentage that may be left out.
fn share_of(
    ui: &mut Ui,
    typing: &mut Typing,
    (at, label): (&str, &str),
    width: f32,
    bounds: (f64, f64),
    value: &mut Option<f64>,
) {
    let field = Field::number(label, "%", width).hint("none");
    let shown = value.map_or_else(String::new, |share| {
        let text = locale::number(share * 100.0, 3);
        text.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned()
    });
    if let Some(new) = typing.field(ui, at, field, label, shown, |text| read::percent(text, bounds)) {
        *value = new;
    }
}
