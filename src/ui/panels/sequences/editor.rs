//! One sequence: what starts it, who may enter, its steps, and when somebody leaves.

use egui::{Align, Layout, Sense, Ui, vec2};

use super::draft::{audiences, called};
use super::{SequencesPage, steps};
use crate::model::sequence::{Again, Exit, Percent, Trigger};
use crate::model::{Rule, Sequence};
use crate::ops::sequences::SavedSequence;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::{Field, card, check, choice, remark, say, scrolled, segmented, text};

/// Width of the labels, and of fields of numbers.
const LABELS: f32 = 150.0;
pub const NUMBER: f32 = 96.0;

impl SequencesPage {
    pub(super) fn editor(&mut self, cx: &mut Cx, ui: &mut Ui, saved: &[SavedSequence]) {
        let Some(draft) = &mut self.draft else { return };
        let segments = cx.shop.as_ref().map(|shop| shop.facts.segments.clone()).unwrap_or_default();
        let audiences = audiences(&segments);
        let others: Vec<String> =
            saved.iter().filter(|other| other.id != draft.id).map(|other| other.sequence.name.clone()).collect();
        let mut done = false;
        scrolled(ui, theme::of(ui).space().x4, |ui| {
            let sequence = &mut draft.sequence;
            card(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(theme::of(ui).space().x2, theme::of(ui).space().x2);
                done |= head(ui, sequence);
                done |= entering(ui, sequence, &audiences);
                done |= leaving(ui, sequence, &others);
            });
            card(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(theme::of(ui).space().x2, theme::of(ui).space().x2);
                done |= steps::show(ui, sequence, &audiences);
            });
            if !sequence.source.is_empty() {
                remark(ui, sequence.source.clone());
            }
        });
        // What is still being typed is kept once its field is left.
        if done {
            draft.keep(cx);
        }
    }
}

fn head(ui: &mut Ui, sequence: &mut Sequence) -> bool {
    let mut done = false;
    line(ui, "Name", |ui| {
        done |= Field::new("Name of the sequence", 280.0).show(ui, &mut sequence.name).lost_focus();
        done |= check(ui, "Switched on", &mut sequence.active).changed();
    });
    for problem in sequence.problems() {
        error_line(ui, &text::capital(&problem.words));
    }
    done
}

fn entering(ui: &mut Ui, sequence: &mut Sequence, audiences: &[(String, Rule)]) -> bool {
    let mut done = false;
    line(ui, "Starts with", |ui| {
        let names: Vec<String> = Trigger::KINDS.iter().map(|kind| kind.name.to_owned()).collect();
        if let Some(n) = choice(ui, "Trigger", 210.0, sequence.trigger.kind().name, &names) {
            sequence.trigger = (Trigger::KINDS[n].make)();
            done = true;
        }
        done |= of_trigger(ui, &mut sequence.trigger, audiences);
    });
    line(ui, "Who may enter", |ui| {
        let mut names = vec!["Everybody".to_owned()];
        names.extend(audiences.iter().map(|(name, _)| name.clone()));
        let shown = sequence.audience.as_ref().map_or_else(|| names[0].clone(), |rule| called(rule, audiences));
        if let Some(n) = choice(ui, "Audience", 210.0, &shown, &names) {
            sequence.audience = n.checked_sub(1).and_then(|n| audiences.get(n)).map(|(_, rule)| rule.clone());
            done = true;
        }
        remark(ui, "as seen at the end of the month before");
    });
    line(ui, "Enters again", |ui| {
        let mut again = matches!(sequence.again, Again::AfterDays(_));
        if segmented(ui, "Enters again", &[(false, "Never"), (true, "After days")], &mut again) {
            sequence.again = if again { Again::AfterDays(90) } else { Again::Once };
            done = true;
        }
        if let Again::AfterDays(days) = &mut sequence.again {
            done |= number(ui, "Days until entering again", "days", days);
        }
    });
    done
}

fn of_trigger(ui: &mut Ui, trigger: &mut Trigger, audiences: &[(String, Rule)]) -> bool {
    match trigger {
        Trigger::FirstOrder | Trigger::Signup => false,
        Trigger::NthOrder { n } => number(ui, "Number of the order", "th", n),
        Trigger::Regularly { n, days } => {
            let from = number(ui, "Number of the first such order", "th", n);
            from | number(ui, "Days from one time to the next", "days", days)
        }
        Trigger::NoOrder { days } => number(ui, "Days without an order", "days", days),
        Trigger::BrowseAbandoned { hours } | Trigger::CartAbandoned { hours } => {
            number(ui, "Hours without an order", "hours", hours)
        }
        Trigger::PriceDrop { percent, interest_days } => {
            let mut whole = percent.0 / 100;
            let fell = number(ui, "Price fell by", "%", &mut whole);
            if fell {
                *percent = Percent::whole(whole.min(99));
            }
            fell | number(ui, "Days for which interest counts", "days", interest_days)
        }
        Trigger::BackInStock { interest_days } => number(ui, "Days for which interest counts", "days", interest_days),
        Trigger::Replenishment { repeats } => number(ui, "Times bought again", "times", repeats),
        Trigger::Birthday { days_before } => number(ui, "Days before", "days", days_before),
        Trigger::Joins { audience } => {
            let names: Vec<String> = audiences.iter().map(|(name, _)| name.clone()).collect();
            let Some(n) = choice(ui, "Audience to join", 180.0, &called(audience, audiences), &names) else {
                return false;
            };
            *audience = audiences[n].1.clone();
            true
        }
    }
}

fn leaving(ui: &mut Ui, sequence: &mut Sequence, others: &[String]) -> bool {
    let mut done = false;
    line(ui, "Leaves", |ui| {
        for (words, exit) in [("On buying", Exit::Bought), ("On unsubscribing", Exit::Unsubscribed)] {
            let mut on = sequence.exits.contains(&exit);
            if check(ui, words, &mut on).changed() {
                sequence.exits.retain(|known| *known != exit);
                sequence.exits.extend(on.then_some(exit));
                done = true;
            }
        }
        let now = sequence.exits.iter().find_map(|exit| match exit {
            Exit::Entered(name) => Some(name.clone()),
            _ => None,
        });
        let mut names = vec!["For no other sequence".to_owned()];
        names.extend(others.iter().map(|name| format!("On entering {name}")));
        let shown = now.map_or_else(|| names[0].clone(), |name| format!("On entering {name}"));
        if let Some(n) = choice(ui, "Leaves for another sequence", 230.0, &shown, &names) {
            sequence.exits.retain(|exit| !matches!(exit, Exit::Entered(_)));
            sequence.exits.extend(n.checked_sub(1).and_then(|n| others.get(n)).cloned().map(Exit::Entered));
            done = true;
        }
    });
    line(ui, "Goes first", |ui| {
        done |= number(ui, "Priority", "", &mut sequence.priority);
        remark(ui, "the higher number, of messages due at the same moment");
    });
    line(ui, "Purchases count", |ui| {
        done |= number(ui, "Days after a message", "days", &mut sequence.window_days);
        remark(ui, "after a message");
    });
    done
}

/// A label with what belongs to it.
pub fn line(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(t.row().field);
        ui.allocate_ui_with_layout(vec2(LABELS, t.row().field), Layout::left_to_right(Align::Center), |ui| {
            say(ui, Type::Label, label);
            ui.allocate_exact_size(vec2(ui.available_width().max(0.0), 1.0), Sense::hover());
        });
        add(ui);
    });
}

/// A whole number. Returns whether another one was typed and the field left.
pub fn number(ui: &mut Ui, label: &str, unit: &str, value: &mut u32) -> bool {
    let id = ui.scope_id().with(("number", label));
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| value.to_string());
    let wrong = text.trim().parse::<u32>().err().map(|_| "not a whole number");
    let response = Field::number(label, unit, NUMBER).error(wrong).id(id).show(ui, &mut text).on_hover_text(label);
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
        return false;
    }
    ui.data_mut(|data| data.remove_temp::<String>(id));
    let typed = text.trim().parse::<u32>().ok().filter(|typed| response.lost_focus() && typed != value);
    if let Some(typed) = typed {
        *value = typed;
    }
    typed.is_some()
}
