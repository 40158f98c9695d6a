//! What a campaign is for, when it runs, what it may cost, and what it is measured by.

use egui::{Align, Layout, Ui};

use super::{Editing, Facts, Side, form_card, halves, heading, remove};
use crate::model::campaign::{CHANNELS, METRICS, Media, Metric, MetricKind, SpendItem, Status, Target, metric};
use crate::model::plan::{Amount, Percent};
use crate::model::{Campaign, Day};
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Field, check, choice, remark, say, say_in};

/// Draws the cards.
pub(super) fn show(ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
    let Editing { draft: Draft { value: campaign, .. }, typing, .. } = editing;
    halves(ui, |ui, side| match side {
        Side::Left => {
            form_card(ui, |ui| basics(ui, campaign, typing));
            form_card(ui, |ui| channels(ui, campaign));
        }
        Side::Right => {
            form_card(ui, |ui| metrics(ui, campaign, typing, facts));
            form_card(ui, |ui| money(ui, campaign, typing, facts));
        }
    });
}

fn basics(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    heading(ui, "What it is", "", |_| {});
    let wide = ui.available_width();
    typing.line(ui, "name", "Name", wide, &mut campaign.name);
    typing.line(ui, "objective", "Objective", wide, &mut campaign.objective);
    ui.horizontal_top(|ui| {
        let half = (wide - ui.spacing().item_spacing.x) / 2.0;
        typing.line(ui, "owner", "Who answers for it", half, &mut campaign.owner);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
            say(ui, Type::Label, "Status");
            let names = Status::ALL.map(|status| status.name().to_owned());
            if let Some(at) = choice(ui, "Status", half, campaign.status.name(), &names) {
                campaign.status = Status::ALL[at];
            }
        });
    });
    window(ui, campaign, typing);
    if let Some(frozen) = &campaign.frozen {
        remark(ui, format!("Its outcome is read against the plan as it stood on {}", locale::date(frozen.on)));
    }
}

/// First and last moment.
pub(super) fn window(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing) {
    let hours = (campaign.ends - campaign.starts).num_hours();
    let ends = if (1..=24 * 14).contains(&hours) { format!("Ends, after {hours} h") } else { "Ends".to_owned() };
    let t = theme::of(ui);
    let wide = ui.available_width();
    let half = (wide - t.space().x2) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x2;
        let before = campaign.starts;
        moment(ui, typing, ("starts", "Starts"), half, &mut campaign.starts);
        campaign.early_access_follows(before);
        moment(ui, typing, ("ends", &ends), half, &mut campaign.ends);
    });
}

fn moment(ui: &mut Ui, typing: &mut Typing, (at, label): (&str, &str), width: f32, moment: &mut chrono::NaiveDateTime) {
    const TIME: f32 = 54.0;
    /// In less room than this the day stands without its icon.
    const ROOMY: f32 = 180.0;
    ui.vertical(|ui| {
        let t = theme::of(ui);
        ui.spacing_mut().item_spacing.y = t.space().x1;
        ui.set_width(width);
        say(ui, Type::Label, label);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space().x1;
            let mut day = Day::from_date(moment.date());
            let name = format!("{label}: day");
            let field = Field::new(&name, width - TIME - t.space().x1);
            let field = if width < ROOMY { field } else { field.icon(icons::CALENDAR) };
            let read = |text: &str| crate::ui::widgets::fields::read::day(text)?.ok_or_else(|| "Type a day".to_owned());
            if let Some(new) = typing.bare(ui, at, field, locale::date(day), read) {
                day = new;
            }
            let mut time = moment.time();
            typing.time(ui, &format!("{at}.time"), "", TIME, &mut time);
            *moment = day.date().and_time(time);
        });
        typing.told(ui, at);
    });
}

fn channels(ui: &mut Ui, campaign: &mut Campaign) {
    heading(ui, "Channels", "Where it is seen", |_| {});
    ui.horizontal_top(|ui| {
        let width = ui.available_width() / 3.0 - ui.spacing().item_spacing.x;
        for media in Media::ALL {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                say(ui, Type::Label, media.name());
                for info in CHANNELS.iter().filter(|info| info.media == media) {
                    let mut on = campaign.channels.contains(&info.id);
                    if check(ui, info.name, &mut on).changed() {
                        campaign.channels.retain(|channel| *channel != info.id);
                        if on {
                            campaign.channels.push(info.id);
                            campaign.channels.sort();
                        }
                    }
                }
            });
        }
    });
}

fn metrics(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing, facts: &Facts) {
    let t = theme::of(ui);
    let mut added = None;
    heading(ui, "What it is measured by", "Targets, and where each value will come from", |ui| {
        let add = ui.add(Button::plain("Measure").icon(icons::ADD).small().named("Add a measure"));
        menu_of(&add, |ui| {
            for info in METRICS.iter().filter(|info| campaign.metrics.iter().all(|m| m.kind != info.id)) {
                if menu_item(ui, info.name, None, None, false).clicked() {
                    added = Some(info.id);
                }
            }
        });
    });
    let mut gone = None;
    for (n, one) in campaign.metrics.iter_mut().enumerate() {
        let info = metric(one.kind);
        ui.push_id(("metric", n), |ui| {
            ui.horizontal(|ui| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    say(ui, Type::Body, info.name).on_hover_text(info.about);
                    say_in(ui, Type::Caption, t.text.subdued, info.source.name());
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if remove(ui, info.name) {
                        gone = Some(n);
                    }
                    let at = format!("metrics[{n}]");
                    target(ui, typing, &at, info.name, facts, &mut one.target);
                });
            });
        });
    }
    if let Some(n) = gone {
        campaign.metrics.remove(n);
        typing.clear();
    }
    if let Some(kind) = added {
        campaign.metrics.push(Metric::new(kind, first_target(kind, facts)));
    }
    if campaign.metrics.is_empty() {
        remark(ui, "None yet: nobody will know whether it worked");
    }
}

fn target(ui: &mut Ui, typing: &mut Typing, at: &str, name: &str, facts: &Facts, target: &mut Target) {
    const WIDE: f32 = 132.0;
    let label = format!("Target: {name}");
    match target {
        Target::Amount(amount) => {
            let field = Field::number(&label, facts.currency.code(), WIDE);
            let shown = crate::ui::widgets::fields::typing::plain(*amount, facts.currency);
            let read = |text: &str| {
                let minor = crate::ui::widgets::fields::read::money(text, facts.currency)?;
                minor.ok_or_else(|| "Type an amount".to_owned())
            };
            if let Some(minor) = typing.bare(ui, at, field, shown, read) {
                *amount = Amount { minor, currency: facts.currency };
            }
        }
        Target::Percent(percent) => typing.percent_bare(ui, at, &label, WIDE, percent),
        Target::Count(count) => {
            let read = |text: &str| text.trim().parse::<u64>().map_err(|_| "Type a whole number".to_owned());
            if let Some(new) = typing.bare(ui, at, Field::number(&label, "", WIDE), count.to_string(), read) {
                *count = new;
            }
        }
    }
}

fn first_target(kind: MetricKind, facts: &Facts) -> Target {
    match kind {
        MetricKind::Revenue | MetricKind::Margin => {
            Target::Amount(Amount { minor: 10_000 * facts.currency.scale(), currency: facts.currency })
        }
        MetricKind::Orders | MetricKind::NewSubscribers => Target::Count(100),
        _ => Target::Percent(Percent::whole(10)),
    }
}

fn money(ui: &mut Ui, campaign: &mut Campaign, typing: &mut Typing, facts: &Facts) {
    const WIDE: f32 = 132.0;
    let currency = facts.currency;
    let planned = campaign.planned_spend(currency);
    let line = if campaign.spend.is_empty() {
        "What may be spent, and on what".to_owned()
    } else {
        format!("{} planned", locale::money(planned, currency))
    };
    let mut added = false;
    heading(ui, "Budget and spend", &line, |ui| {
        added = ui.add(Button::plain("Item").icon(icons::ADD).small().named("Add a spend item")).clicked();
    });
    typing.amount_or_none(ui, "budget", "Budget", 160.0, currency, &mut campaign.budget);
    let mut gone = None;
    for (n, item) in campaign.spend.iter_mut().enumerate() {
        ui.push_id(("spend", n), |ui| {
            ui.horizontal_top(|ui| {
                let channel = 132.0;
                let name = ui.available_width() - WIDE - channel - 3.0 * ui.spacing().item_spacing.x - 32.0;
                let field = Field::new("What it is spent on", name).hint("Ads, prints, fees");
                let read = |text: &str| Ok(text.to_owned());
                if let Some(new) = typing.bare(ui, &format!("spend[{n}].name"), field, item.name.clone(), read) {
                    item.name = new;
                }
                let names: Vec<String> = CHANNELS.iter().map(|info| info.name.to_owned()).collect();
                let shown = item.channel.map_or("Channel", |channel| channel.name());
                if let Some(at) = choice(ui, "Channel of the item", channel, shown, &names) {
                    item.channel = Some(CHANNELS[at].id);
                }
                typing.amount(ui, &format!("spend[{n}].amount"), "", WIDE, currency, &mut item.amount);
                if remove(ui, "this item") {
                    gone = Some(n);
                }
            });
        });
    }
    if let Some(n) = gone {
        campaign.spend.remove(n);
        typing.clear();
    }
    if added {
        campaign.spend.push(SpendItem { name: String::new(), amount: Amount { minor: 0, currency }, channel: None });
    }
    typing.told(ui, "spend");
}
