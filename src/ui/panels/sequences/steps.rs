//! The steps of a sequence: waits, conditions, messages.

use egui::{Ui, vec2};

use super::draft::called;
use super::editor::{NUMBER, number};
use crate::model::sequence::{Channel, Check, Message, Offer, Percent, Step, Wait};
use crate::model::{Rule, Sequence};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Field, choice, hairline, icon_button, remark, say, say_in, text};

/// What a button of a step asks for.
enum Act {
    Up,
    Down,
    Remove,
}

/// Draws the steps. Returns whether something was settled.
pub fn show(ui: &mut Ui, sequence: &mut Sequence, audiences: &[(String, Rule)]) -> bool {
    let mut done = false;
    ui.horizontal(|ui| {
        say(ui, Type::Emphasis, "Steps");
        remark(ui, "in order, from the moment somebody enters");
    });
    let (mut act, last) = (None, sequence.steps.len().saturating_sub(1));
    for n in 0..sequence.steps.len() {
        let day = sequence.day_of(n);
        hairline(ui);
        ui.push_id(("step", n), |ui| {
            ui.horizontal(|ui| {
                let (word, icon) = match &sequence.steps[n] {
                    Step::Wait(_) => ("Wait", icons::HOURGLASS),
                    Step::OnlyIf(_) => ("Only if", icons::DEFINITIONS),
                    Step::Message(_) => ("Message", icons::SEQUENCES),
                };
                let t = theme::of(ui);
                text::icon(ui, icon, t.icon().small, t.text.normal);
                let place = egui::Layout::left_to_right(egui::Align::Center);
                ui.allocate_ui_with_layout(vec2(64.0, t.row().field), place, |ui| {
                    ui.set_min_width(64.0);
                    say(ui, Type::Label, word);
                });
                done |= match &mut sequence.steps[n] {
                    Step::Wait(wait) => waiting(ui, wait),
                    Step::OnlyIf(check) => condition(ui, check, audiences),
                    Step::Message(message) => written(ui, message, day),
                };
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if icon_button(ui, icons::DELETE, &format!("Remove step {}", n + 1)).clicked() {
                        act = Some((n, Act::Remove));
                    }
                    if n < last && icon_button(ui, icons::ARROW_DOWN, &format!("Move step {} down", n + 1)).clicked() {
                        act = Some((n, Act::Down));
                    }
                    if n > 0 && icon_button(ui, icons::ARROW_UP, &format!("Move step {} up", n + 1)).clicked() {
                        act = Some((n, Act::Up));
                    }
                });
            });
        });
    }
    done |= act.is_some();
    match act {
        Some((n, Act::Up)) => sequence.steps.swap(n, n - 1),
        Some((n, Act::Down)) => sequence.steps.swap(n, n + 1),
        Some((n, Act::Remove)) => drop(sequence.steps.remove(n)),
        None => {}
    }
    hairline(ui);
    done | add(ui, sequence)
}

fn add(ui: &mut Ui, sequence: &mut Sequence) -> bool {
    let add = ui.add(Button::new("Add a step").icon(icons::ADD).chevron());
    let mut new = None;
    menu_of(&add, |ui| {
        let message = Message { subject: "Subject".into(), ..Message::default() };
        for (words, step) in [
            ("Message", Step::Message(message)),
            ("Wait", Step::Wait(Wait::days(1))),
            ("Condition", Step::OnlyIf(Check::NotBought)),
        ] {
            if menu_item(ui, words, None, None, false).clicked() {
                new = Some(step);
            }
        }
    });
    let added = new.is_some();
    sequence.steps.extend(new);
    added
}

fn waiting(ui: &mut Ui, wait: &mut Wait) -> bool {
    let days = number(ui, "Days to wait", "days", &mut wait.days);
    days | number(ui, "Hours to wait", "hours", &mut wait.hours)
}

fn condition(ui: &mut Ui, check: &mut Check, audiences: &[(String, Rule)]) -> bool {
    const NOT_BOUGHT: &str = "has not bought since entering";
    let mut names = vec![NOT_BOUGHT.to_owned()];
    names.extend(audiences.iter().map(|(name, _)| format!("is in {name}")));
    let shown = match check {
        Check::NotBought => NOT_BOUGHT.to_owned(),
        Check::Rule(rule) => format!("is in {}", called(rule, audiences)),
    };
    let Some(n) = choice(ui, "Condition", 280.0, &shown, &names) else { return false };
    *check = match n.checked_sub(1).and_then(|n| audiences.get(n)) {
        Some((_, rule)) => Check::Rule(rule.clone()),
        None => Check::NotBought,
    };
    true
}

fn written(ui: &mut Ui, message: &mut Message, day: i64) -> bool {
    let t = theme::of(ui);
    let mut done = false;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        ui.horizontal(|ui| {
            done |= Field::new("Subject", 250.0).hint("Subject").show(ui, &mut message.subject).lost_focus();
            let names = Channel::ALL.map(|channel| channel.name().to_owned());
            if let Some(n) = choice(ui, "Channel", 92.0, message.channel.name(), &names) {
                message.channel = Channel::ALL[n];
                done = true;
            }
            done |= offer(ui, message);
        });
        ui.horizontal(|ui| {
            done |= Field::new("What it says", 250.0).hint("What it says").show(ui, &mut message.note).lost_focus();
            done |= expected(ui, message);
            say_in(ui, Type::Caption, t.text.subdued, format!("on day {day}"));
        });
    });
    done
}

fn offer(ui: &mut Ui, message: &mut Message) -> bool {
    let mut options = vec!["No discount".to_owned()];
    options.extend([5, 10, 15, 20, 25, 30].map(|percent| format!("{percent}% off")));
    let shown = message.offer.map_or_else(|| options[0].clone(), |offer| format!("{} off", offer.in_words()));
    let Some(n) = choice(ui, "Offer", 116.0, &shown, &options) else { return false };
    let percents = [5, 10, 15, 20, 25, 30];
    message.offer = n.checked_sub(1).map(|n| Offer::Percent(Percent::whole(percents[n])));
    true
}

/// The share of messages that is expected to lead to a purchase; blank = nothing expected.
fn expected(ui: &mut Ui, message: &mut Message) -> bool {
    let id = ui.scope_id().with("expected");
    let kept = message.expected.conversion.map_or_else(String::new, |percent| percent.to_string().replace('%', ""));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| kept.clone());
    let read = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|n| (0.0..=100.0).contains(n));
    let wrong = (!typed.trim().is_empty() && read(&typed).is_none()).then_some("0 to 100");
    let field = Field::number("Expected conversion", "% expected", NUMBER + 20.0).hint("—").error(wrong).id(id);
    let response = field.show(ui, &mut typed);
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, typed));
        return false;
    }
    ui.data_mut(|data| data.remove_temp::<String>(id));
    if !response.lost_focus() || typed == kept || (!typed.trim().is_empty() && read(&typed).is_none()) {
        return false;
    }
    message.expected.conversion = read(&typed).map(|percent| Percent((percent * 100.0).round() as u32));
    true
}
