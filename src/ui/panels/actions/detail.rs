//! What is told of one action: what is done, for whom, what the sum is made of, what to look at next month.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::analytics::next_action::{NextActions, Ranked};
use crate::model::campaign::{Audience, Channel, Dated, Phase, Task, Template, Who};
use crate::model::rule::Words;
use crate::model::{Campaign, Day};
use crate::ui::cx::{Cx, NewSegment, counted};
use crate::ui::locale;
use crate::ui::panels::PanelId;
use crate::ui::panels::campaigns::open_new;
use crate::ui::panels::customers::members::to_customers;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Button, say, say_in};

/// Days between the messages of an action.
const MESSAGES_APART: i32 = 5;

/// Draws the card of the chosen action.
pub fn show(cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &NextActions, chosen: usize) {
    let t = theme::of(ui);
    let Some(one) = found.ranked.get(chosen) else { return };
    card_at(ui, rect, t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x2;
        let head = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), t.row().button));
        let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center)));
        to_customers(cx, &mut right, Some(&one.audience));
        if right.add(Button::plain("Plan a campaign").icon(icons::CAMPAIGNS).small()).clicked() {
            plan(cx, found, one);
        }
        if right.add(Button::plain("Save as segment…").icon(icons::BUILDER).small()).clicked() {
            cx.new_segment = Some(NewSegment { name: one.action.name.into(), rule: one.rule.clone() });
            cx.go(PanelId::Builder);
        }
        say(ui, Type::Emphasis, one.action.name);
        let words = Words { locale: locale::current(), currency: found.currency };
        let lines = [
            ("What to do", one.action.about.to_owned()),
            ("Audience", format!("{}. {}", one.rule.sentence(words), reached(found, one))),
            ("Anyway", anyway(found, one)),
            ("The sum", sum(found, one)),
            ("Next month", check(found, one)),
        ];
        for (label, words) in lines {
            ui.horizontal_top(|ui| {
                let size = vec2(92.0, t.line(Type::Body));
                ui.allocate_ui(size, |ui| {
                    ui.set_min_size(size);
                    say_in(ui, Type::Caption, t.text.subdued, label);
                });
                ui.vertical(|ui| say(ui, Type::Body, words));
            });
        }
    });
}

/// Begins a campaign for the customers of an action, the day after those on view.
fn plan(cx: &mut Cx, found: &NextActions, one: &Ranked) {
    let day = Day(found.as_of.0.saturating_add(1));
    let Some(starts) = day.date().and_hms_opt(10, 0, 0) else { return };
    let mut campaign = Campaign::from_template(Template::Blank, starts, found.currency);
    campaign.name = one.action.name.to_owned();
    campaign.objective = one.action.about.to_owned();
    campaign.channels = vec![Channel::Email];
    let last = i32::try_from(one.action.messages.saturating_sub(1)).unwrap_or(0) * MESSAGES_APART;
    campaign.ends = campaign.starts.checked_add_signed(chrono::TimeDelta::days(i64::from(last) + 1)).unwrap_or(starts);
    let tasks = (0..=last).step_by(MESSAGES_APART as usize).enumerate();
    campaign.phases.push(Phase {
        name: one.action.name.to_owned(),
        from: Dated::start(0),
        to: Dated::start(last),
        tasks: tasks
            .map(|(n, days)| Task::new(&format!("E-mail {}", n + 1), Dated::start(days), Some(Channel::Email)))
            .collect(),
    });
    let name = format!("{}: {}", one.action.segment.name(), one.action.name);
    campaign.audiences.push(Audience { name, who: Who::Rule(one.rule.clone()) });
    open_new(cx, campaign);
}

/// A lift from which on something pays.
pub fn lift_words(lift: f64) -> String {
    if lift < 0.0005 { format!("under {}", locale::percent(0.001, 1)) } else { locale::percent(lift, 1) }
}

fn reached(found: &NextActions, one: &Ranked) -> String {
    let size = one.audience.members.count();
    let by = if found.consent_known { "agreed to e-mail" } else { "have an e-mail address; no file told who agreed" };
    format!("{} of {} {by}", locale::count(one.reach), counted(size, "customer", "customers"))
}

fn anyway(found: &NextActions, one: &Ranked) -> String {
    let days = found.assumptions.days;
    match &one.anyway {
        Err(missing) => format!(
            "Cannot tell: {} fitted the rule {days} days before, it takes {}",
            counted(missing.have, "customer", "customers"),
            missing.need
        ),
        Ok(past) => {
            let known = locale::percent(past.cost_known.unwrap_or(0.0), 0);
            let margin = past.margin_each().map_or_else(
                || format!("margin unknown: goods of {known} of the revenue have a known cost"),
                |each| {
                    let each = locale::money(each.round() as i64, found.currency);
                    format!("{each} of margin (the cost of {known} is known)")
                },
            );
            format!(
                "{} fitted the rule {days} days before; {} of them ordered since, {} of revenue each, {margin}",
                counted(past.customers, "customer", "customers"),
                locale::percent(past.rate().unwrap_or(0.0), 1),
                locale::money(past.revenue_each().round() as i64, found.currency),
            )
        }
    }
}

fn sum(found: &NextActions, one: &Ranked) -> String {
    let money = |minor: i64| locale::money(minor, found.currency);
    let messages = format!("{} of messages", money(one.cost));
    let costs = if one.action.discount {
        format!("{messages} and {} of discount to those who would buy anyway", money(one.given_away))
    } else {
        messages
    };
    match one.break_even {
        Some(lift) => {
            format!("Costs {costs}; pays when it adds {} to the orders that come anyway", lift_words(lift))
        }
        None if one.anyway.as_ref().is_ok_and(|past| past.margin.is_some()) && one.reach > 0 => {
            format!("Costs {costs}; no lift pays for it: the discount takes the whole margin, or nobody buys")
        }
        None if one.anyway.as_ref().is_ok_and(|past| past.revenue <= 0) => {
            format!("Costs {costs}; none of such customers bought, so that a lift of their orders is a lift of nothing")
        }
        None => format!("Costs {costs}"),
    }
}

fn check(found: &NextActions, one: &Ranked) -> String {
    let days = found.assumptions.days;
    match one.break_even {
        Some(lift) => format!(
            "Hold back a part at random; after {days} days compare the margin per customer of both parts: it paid when \
             those written to bring more than {} above the others, messages and discount included",
            lift_words(lift)
        ),
        None => {
            format!("Hold back a part at random, and compare the margin per customer of both parts after {days} days")
        }
    }
}
