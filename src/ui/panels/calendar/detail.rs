//! What is told of the chosen campaign, below the days.

use std::sync::Arc;

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::data::Found;
use super::row::days;
use crate::analytics::rules::Picked;
use crate::model::campaign::Channel;
use crate::ops::calendar::Reach;
use crate::ops::campaigns::SavedCampaign;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::panels::PanelId;
use crate::ui::panels::customers::members::to_customers;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Button, chip, say, say_in};

/// Height of the card.
pub const HEIGHT: f32 = 116.0;

/// Draws the card. Whether it is to be closed.
pub fn show(cx: &mut Cx, ui: &mut Ui, rect: Rect, saved: &SavedCampaign, found: Option<&Found>) -> bool {
    let t = theme::of(ui);
    let campaign = &saved.campaign;
    let reach = found.and_then(|found| found.contacts.reach.get(&saved.id));
    card_at(ui, rect, t.space().x3, |ui| {
        ui.spacing_mut().item_spacing = vec2(t.space().x2, t.space().x1);
        let head = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), t.row().nav));
        let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center)));
        let shut = icon_button(&mut right, icons::CLOSE, "Close this campaign").clicked();
        if right.add(Button::plain("Open campaign").icon(icons::CAMPAIGNS).small()).clicked() {
            cx.campaign = Some(saved.id);
            cx.go(PanelId::Campaigns);
        }
        if let Some(heads) = reach.and_then(|reach| reach.heads.get(&Channel::Email)) {
            let name = format!("Written to by {}", campaign.name);
            to_customers(cx, &mut right, Some(&Arc::new(Picked::new(name, heads.clone()))));
        }
        let left = head.with_max_x(right.min_rect().left() - t.space().x2);
        let mut title = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::left_to_right(Align::Center)));
        title.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        say(&mut title, Type::Emphasis, &campaign.name);
        chip(&mut title, campaign.status.name());
        say_in(&mut title, Type::Body, t.text.normal, window(saved));
        ui.add_space(t.row().nav + t.space().x1);
        let owner = campaign.owner.trim();
        let channels: Vec<&str> = campaign.channels.iter().map(|channel| channel.name()).collect();
        let names: Vec<&str> = campaign.audiences.iter().map(|audience| audience.name.as_str()).collect();
        let lines = [
            ("Owner", if owner.is_empty() { "Nobody yet".to_owned() } else { owner.to_owned() }),
            ("Channels", if channels.is_empty() { "None yet".into() } else { channels.join(", ") }),
            ("Audiences", audiences(&names, reach)),
        ];
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        ui.spacing_mut().interact_size.y = t.line(Type::Body);
        for (label, words) in lines {
            ui.horizontal(|ui| {
                let size = vec2(84.0, t.line(Type::Body));
                ui.allocate_ui(size, |ui| {
                    ui.set_min_size(size);
                    say_in(ui, Type::Caption, t.text.subdued, label);
                });
                say(ui, Type::Body, words);
            });
        }
        shut
    })
}

fn window(saved: &SavedCampaign) -> String {
    let campaign = &saved.campaign;
    let hours = (campaign.ends - campaign.starts).num_hours().max(0);
    let long = if hours <= 96 {
        counted(hours.unsigned_abs(), "hour", "hours")
    } else {
        counted((hours / 24).unsigned_abs(), "day", "days")
    };
    let again = campaign.every_days.filter(|days| *days > 0);
    let again = again.map_or_else(String::new, |n| format!(", again every {}", counted(n.into(), "day", "days")));
    format!("{}, {long}{again}", days(campaign.days()))
}

fn audiences(names: &[&str], reach: Option<&Reach>) -> String {
    if names.is_empty() {
        return "None yet: it writes to nobody".into();
    }
    let names = names.join(", ");
    let Some(reach) = reach else { return names };
    let unclear = reach.unclear.first().map_or_else(String::new, |why| format!("; cannot tell {why}"));
    format!(
        "{names}: {}, {} by e-mail, of whom {} agreed and {} never answered{unclear}",
        counted(reach.members, "customer", "customers"),
        locale::count(reach.by_email),
        locale::count(reach.agreed),
        locale::count(reach.by_email - reach.agreed),
    )
}
