//! What is done when: phases with tasks dated from the campaign, content, links and codes, and what to settle before.

use egui::{Align, Layout, Ui};

use super::{Editing, Side, form_card, halves, heading, remove};
use crate::model::campaign::{Anchor, CHANNELS, Channel, Check, Codes, Content, Dated, Media, Phase, Stage, Task};
use crate::model::{Campaign, Day};
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::{Button, Field, check, choice, hairline, icon_button, remark, say, say_in};

/// Width of a field for a day, for a channel.
const DAY: f32 = 128.0;
const CHANNEL: f32 = 150.0;

/// Draws the cards.
pub(super) fn show(ui: &mut Ui, editing: &mut Editing) {
    let Editing { draft: Draft { value: campaign, .. }, typing, .. } = editing;
    form_card(ui, |ui| phases(ui, campaign, typing));
    halves(ui, |ui, side| match side {
        Side::Left => {
            form_card(ui, |ui| contents(ui, campaign, typing));
            form_card(ui, |ui| checklist(ui, campaign, typing));
        }
        Side::Right => {
            form_card(ui, |ui| links(ui, campaign, typing));
            form_card(ui, |ui| codes(ui, campaign, typing));
        }
    });
}

fn phases(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let days = campaign.days();
    let all: Vec<&Task> = campaign.phases.iter().flat_map(|phase| &phase.tasks).collect();
    let done = all.iter().filter(|task| task.done).count();
    let line = format!("{done} of {} tasks done; days count from the campaign, so they move along with it", all.len());
    let mut added = false;
    heading(ui, "Phases and tasks", &line, |ui| {
        added = ui.add(Button::plain("Phase").icon(icons::ADD).small().named("Add a phase")).clicked();
        let shown = campaign.every_days.map_or_else(String::new, |days| days.to_string());
        let field = Field::number("Comes again every", "days", 96.0).hint("once");
        if let Some(new) = typing.bare(ui, "every_days", field, shown, crate::ui::widgets::fields::typing::number) {
            campaign.every_days = new;
        }
        say(ui, Type::Body, "Comes again every");
    });
    typing.told(ui, "every_days");
    let mut gone = None;
    for (n, phase) in campaign.phases.iter_mut().enumerate() {
        ui.push_id(("phase", n), |ui| {
            hairline(ui);
            if self::phase(ui, typing, n, phase, days) {
                gone = Some(n);
            }
        });
    }
    if let Some(n) = gone {
        campaign.phases.remove(n);
        typing.clear();
    }
    if added {
        let tasks = Vec::new();
        campaign.phases.push(Phase { name: "Phase".into(), from: Dated::start(0), to: Dated::end(0), tasks });
    }
}

fn phase(ui: &mut Ui, typing: &mut Typing, n: usize, phase: &mut Phase, days: (Day, Day)) -> bool {
    let at = format!("phases[{n}]");
    let mut gone = false;
    ui.horizontal(|ui| {
        typing.line(ui, &format!("{at}.name"), "", 220.0, &mut phase.name);
        day(ui, typing, &format!("{at}.from"), &mut phase.from, days);
        say(ui, Type::Body, "–");
        day(ui, typing, &format!("{at}.to"), &mut phase.to, days);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            gone = remove(ui, &phase.name);
            if ui.add(Button::plain("Task").icon(icons::ADD).small().named("Add a task")).clicked() {
                phase.tasks.push(Task::new("", phase.from, None));
            }
        });
    });
    typing.told(ui, &format!("{at}.to"));
    let mut out = None;
    for (m, task) in phase.tasks.iter_mut().enumerate() {
        ui.push_id(("task", m), |ui| {
            if self::task(ui, typing, &format!("{at}.tasks[{m}]"), task, days) {
                out = Some(m);
            }
        });
    }
    if let Some(m) = out {
        phase.tasks.remove(m);
        typing.clear();
    }
    gone
}

fn task(ui: &mut Ui, typing: &mut Typing, at: &str, task: &mut Task, days: (Day, Day)) -> bool {
    let mut gone = false;
    ui.horizontal(|ui| {
        check(ui, "", &mut task.done).on_hover_text("Done");
        let owner = 130.0;
        let name = ui.available_width() - DAY - 76.0 - CHANNEL - owner - 6.0 * ui.spacing().item_spacing.x - 26.0;
        let field = Field::new("What is to do", name.max(120.0)).hint("What is to do");
        let read = |text: &str| Ok(text.to_owned());
        if let Some(new) = typing.bare(ui, &format!("{at}.name"), field, task.name.clone(), read) {
            task.name = new;
        }
        day(ui, typing, &format!("{at}.due"), &mut task.due, days);
        time(ui, typing, &format!("{at}.time"), &mut task.time);
        channel(ui, &mut task.channel);
        let field = Field::new("Who does it", owner).hint("Who does it");
        if let Some(new) = typing.bare(ui, &format!("{at}.owner"), field, task.owner.clone(), read) {
            task.owner = new;
        }
        gone = remove(ui, &task.name);
    });
    typing.told(ui, &format!("{at}.due"));
    gone
}

fn time(ui: &mut Ui, typing: &mut Typing, at: &str, time: &mut Option<chrono::NaiveTime>) {
    let field = Field::new("Time of the day", 76.0).hint("any time");
    let shown = time.map_or_else(String::new, |time| time.format("%H:%M").to_string());
    if let Some(new) = typing.bare(ui, at, field, shown, crate::ui::widgets::fields::typing::time_or_none) {
        *time = new;
    }
}

/// A day that counts from the campaign; the tooltip says how.
fn day(ui: &mut Ui, typing: &mut Typing, at: &str, dated: &mut Dated, days: (Day, Day)) {
    let mut day = dated.day(days);
    let field = Field::new("Day", DAY).icon(icons::CALENDAR);
    let read = |text: &str| crate::ui::widgets::fields::read::day(text)?.ok_or_else(|| "Type a day".to_owned());
    let response = ui.scope(|ui| {
        if let Some(new) = typing.bare(ui, at, field, locale::date(day), read) {
            day = new;
        }
    });
    if day != dated.day(days) {
        // Days after the end count from the end, so that they stay there when the campaign grows longer.
        let anchor = if day > days.1 { Anchor::End } else { dated.anchor };
        *dated = Dated { anchor, days: 0 }.on(day, days);
    }
    response.response.on_hover_text(crate::ui::widgets::text::capital(&dated.in_words()));
}

fn channel(ui: &mut Ui, channel: &mut Option<Channel>) {
    let names: Vec<String> =
        std::iter::once("No channel").chain(CHANNELS.iter().map(|info| info.name)).map(str::to_owned).collect();
    let shown = channel.map_or("No channel", Channel::name);
    if let Some(at) = choice(ui, "Channel", CHANNEL, shown, &names) {
        *channel = at.checked_sub(1).map(|at| CHANNELS[at].id);
    }
}

fn contents(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let days = campaign.days();
    let mut added = false;
    heading(ui, "Content", "What is shown and told, along the customer’s journey", |ui| {
        added = ui.add(Button::plain("Content").icon(icons::ADD).small().named("Add content")).clicked();
    });
    let mut gone = None;
    for (n, one) in campaign.content.iter_mut().enumerate() {
        ui.push_id(("content", n), |ui| {
            ui.horizontal(|ui| {
                check(ui, "", &mut one.done).on_hover_text("Done");
                let name = ui.available_width() - ui.spacing().item_spacing.x - 26.0;
                typing.line(ui, &format!("content[{n}].name"), "", name, &mut one.name);
                if remove(ui, &one.name) {
                    gone = Some(n);
                }
            });
            ui.horizontal(|ui| {
                ui.add_space(theme::of(ui).icon().normal + 2.0 * theme::of(ui).space().x2);
                let names = Stage::ALL.map(|stage| stage.name().to_owned());
                if let Some(at) = choice(ui, "Stage", 132.0, one.stage.name(), &names) {
                    one.stage = Stage::ALL[at];
                }
                let names = Media::ALL.map(|media| media.name().to_owned());
                if let Some(at) = choice(ui, "Media", 96.0, one.media.name(), &names) {
                    one.media = Media::ALL[at];
                }
                day(ui, typing, &format!("content[{n}].due"), &mut one.due, days);
            });
        });
    }
    if let Some(n) = gone {
        campaign.content.remove(n);
        typing.clear();
    }
    if added {
        let (stage, media, due) = (Stage::Discovery, Media::Owned, Dated::start(0));
        campaign.content.push(Content { name: String::new(), stage, media, due, done: false });
    }
}

fn links(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let t = theme::of(ui);
    heading(ui, "Links", "Marked by one rule: small letters, digits and hyphens", |_| {});
    let wide = ui.available_width();
    let field = Field::new("Page that links lead to", wide).hint("https://shop.example/sale");
    let read = |text: &str| Ok(text.to_owned());
    let page = campaign.utm.page.clone();
    if let Some(new) = typing.field(ui, "utm.page", field, "Page that links lead to", page, read) {
        campaign.utm.page = new;
    }
    let named = campaign.utm_campaign();
    ui.horizontal_top(|ui| {
        let half = ((wide - ui.spacing().item_spacing.x) / 2.0).floor();
        let field = Field::new("utm_campaign", half).hint(&named);
        let shown = campaign.utm.campaign.clone();
        if let Some(new) = typing.field(ui, "utm.campaign", field, "utm_campaign", shown, read) {
            campaign.utm.campaign = new;
        }
        let field = Field::new("utm_content", half).hint("which of several links");
        let shown = campaign.utm.content.clone();
        if let Some(new) = typing.field(ui, "utm.content", field, "utm_content", shown, read) {
            campaign.utm.content = new;
        }
    });
    let links = campaign.links();
    if links.is_empty() {
        remark(ui, "Type the page, and there is a link for each channel");
    }
    for link in links {
        ui.horizontal(|ui| {
            let copy = icon_button(ui, icons::COPY, &format!("Copy the link for {}", link.channel.name()));
            if copy.clicked() {
                ui.ctx().copy_text(link.address.clone());
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                say(ui, Type::Body, link.channel.name());
                say_in(ui, Type::Caption, t.text.subdued, link.address).on_hover_ui(|_| {});
            });
        });
    }
}

fn codes(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let mut on = campaign.codes.is_some();
    heading(ui, "Codes", "One for each recipient; saved as a list for the shop on the last page", |_| {});
    if check(ui, "Make single-use codes", &mut on).changed() {
        // Codes of one campaign are not valid for another: its name and moment are the seed.
        let from = format!("{} {}", campaign.name, campaign.starts);
        let seed =
            from.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        campaign.codes = on.then(|| Codes { prefix: "SALE".into(), count: 500, seed });
    }
    if let Some(codes) = &mut campaign.codes {
        ui.horizontal_top(|ui| {
            typing.line(ui, "codes.prefix", "Each begins with", 140.0, &mut codes.prefix);
            typing.count(ui, "codes.count", "How many", (120.0, "codes"), &mut codes.count);
        });
    }
}

fn checklist(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let done = campaign.checklist.iter().filter(|check| check.done).count();
    let line = format!("{done} of {} settled", campaign.checklist.len());
    let mut added = false;
    heading(ui, "Checklist", &line, |ui| {
        added = ui.add(Button::plain("Check").icon(icons::ADD).small().named("Add a check")).clicked();
    });
    let mut gone = None;
    for (n, one) in campaign.checklist.iter_mut().enumerate() {
        ui.push_id(("check", n), |ui| {
            ui.horizontal(|ui| {
                check(ui, "", &mut one.done).on_hover_text("Settled");
                let name = ui.available_width() - ui.spacing().item_spacing.x - 26.0;
                typing.line(ui, &format!("checklist[{n}]"), "", name, &mut one.name);
                if remove(ui, &one.name) {
                    gone = Some(n);
                }
            });
        });
    }
    if let Some(n) = gone {
        campaign.checklist.remove(n);
        typing.clear();
    }
    if added {
        campaign.checklist.push(Check { name: String::new(), done: false });
    }
}
