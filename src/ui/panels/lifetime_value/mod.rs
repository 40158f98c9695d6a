//! Lifetime value: may the model be believed, what customers are worth, who they are.

mod cards;
mod check;
mod export;
mod fitted;
mod list;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

pub use self::cards::tip;
use self::list::List;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::clv::{LifetimeValue, MONTH_DAYS, Model, Settings};
use crate::model::Dataset;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::{card_at, scrolled};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header};

/// The page and what it remembers.
#[derive(Default)]
pub struct LifetimePage {
    list: List,
}

/// Lengths of the time ahead, in months.
const HORIZONS: [u32; 5] = [3, 6, 12, 24, 36];
/// What money may lose in a year.
const DISCOUNTS: [f64; 5] = [0.0, 0.05, 0.1, 0.15, 0.2];

/// `12 months`.
fn horizon_words(settings: &Settings) -> String {
    counted((settings.horizon / MONTH_DAYS).round() as u64, "month", "months")
}

impl Panel for LifetimePage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        if let Some(mut shop) = cx.shop.take() {
            shop.ask_lifetime(cx);
            cx.shop = Some(shop);
        }
        let Some(shop) = &cx.shop else { return };
        let (empty, value) = (shop.is_empty(), shop.lifetime_value().cloned());
        let mut settings = shop.lifetime.settings;
        page_header(ui, "Lifetime value", &line(value.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(value.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "As") {
                    self.list.ask_for(target);
                }
            });
            if !empty {
                controls(ui, &mut settings);
            }
        });
        if let Some(shop) = &mut cx.shop {
            shop.lifetime.settings = settings;
        }
        if empty {
            let words = "It is foretold from the orders you import";
            return draw_empty(ui, cx, icons::LIFETIME, "No lifetime value yet", words);
        }
        let Some((view, data)) = cx.shop.as_ref().and_then(|s| Some((s.lifetime_view(), s.data()?.clone()))) else {
            return draw_waiting(ui, cx);
        };
        let about = ("Too little data to predict lifetime value", "It takes a few customers who came back");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, value| self.ready(cx, ui, value, &data));
        if let (true, Some(shop)) = (stop, &mut cx.shop) {
            shop.stop();
        }
    }
}

/// What the figures rest on.
fn line(value: Option<&LifetimeValue>) -> String {
    let Some(value) = value else { return "What customers are worth, and whether that can be believed".into() };
    let buyers = counted(value.base.fit.buyers, "buyer", "buyers");
    let day = locale::date(value.base.as_of);
    match &value.held_out {
        Ok(check) => {
            format!("{buyers}, fitted up to {day}, checked on the time after {}", locale::date(check.calibrated_until))
        }
        Err(_) => format!("{buyers}, fitted up to {day}"),
    }
}

/// Model, time ahead and discount, as menus.
fn controls(ui: &mut Ui, settings: &mut Settings) {
    let discount = |rate: f64| format!("{} a year", locale::percent(rate, 0));
    let shown = discount(settings.discount);
    let name = format!("Discount {shown}");
    let button = ui.add(Button::new(&shown).named(&name).icon(icons::DISCOUNT).chevron());
    menu_of(&button, |ui| {
        for rate in DISCOUNTS {
            if menu_item(ui, &discount(rate), None, None, rate == settings.discount).clicked() {
                settings.discount = rate;
            }
        }
    });
    let shown = horizon_words(settings);
    let name = format!("Time ahead {shown}");
    let button = ui.add(Button::new(&shown).named(&name).icon(icons::HISTORY).chevron());
    menu_of(&button, |ui| {
        for months in HORIZONS {
            let days = f64::from(months) * MONTH_DAYS;
            let words = counted(months.into(), "month", "months");
            if menu_item(ui, &words, None, None, days == settings.horizon).clicked() {
                settings.horizon = days;
            }
        }
    });
    let name = format!("Model {}", settings.model.name());
    let button = ui.add(Button::new(settings.model.name()).named(&name).icon(icons::LIFETIME).chevron());
    menu_of(&button, |ui| {
        for model in Model::ALL {
            let item = menu_item(ui, model.name(), None, None, model == settings.model);
            if item.on_hover_text(model.in_words()).clicked() {
                settings.model = model;
            }
        }
    });
}

/// Height of chart and parameters.
const EVIDENCE: f32 = 300.0;

impl LifetimePage {
    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, value: &Arc<LifetimeValue>, data: &Arc<Dataset>) {
        let t = theme::of(ui);
        let (room, top) = (ui.available_height(), ui.cursor().top());
        scrolled(ui, t.space().x4, |ui| {
            let scroll = top - ui.cursor().top();
            ui.spacing_mut().item_spacing.y = t.space().x3;
            check::verdict(ui, value);
            cards::show(cx, ui, value);
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), EVIDENCE), Sense::hover());
            let split = area.left() + ((area.width() - t.space().x4) * 0.56).round();
            check::chart(cx, ui, value, area.with_max_x(split));
            let right = Rect::from_min_max(egui::pos2(split + t.space().x4, area.top()), area.max);
            card_at(ui, right, t.space().x4, |ui| fitted::show(ui, value));
            let used = ui.cursor().top() + scroll - top;
            self.list.show(cx, ui, value, data, room - used);
        });
    }
}
