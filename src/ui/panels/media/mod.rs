//! Media response: what weekly spend on advertising adds to sales, with its doubt, and how a budget is best split.

mod channels;
mod pictures;
mod split;

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::media::{Measure, Media, Settings, said};
use crate::model::plan::Amount;
use crate::model::{Currency, Day, Definitions};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, TableState, page_header, scrolled, segmented};

/// Height of the pictures.
const PICTURE: f32 = 300.0;

/// What a result depends on.
#[derive(Clone, PartialEq)]
struct Key {
    data: u64,
    revision: u64,
    definitions: Definitions,
    as_of: Day,
    settings: Settings,
}

/// The page and what it remembers.
pub struct MediaPage {
    found: Slot<Key, Arc<Media>>,
    settings: Settings,
    /// The budget as it is typed.
    total: Option<Amount>,
    typing: Typing,
    table: TableState,
    split: TableState,
    chosen: usize,
}

impl Default for MediaPage {
    fn default() -> Self {
        Self {
            found: Slot::new("Looking for what spend adds to sales"),
            settings: Settings::default(),
            total: None,
            typing: Typing::default(),
            table: TableState::default(),
            split: TableState::default(),
            chosen: 0,
        }
    }
}

impl Panel for MediaPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, currency) = (shop.is_empty(), shop.facts.definitions.currency);
        let latest = self.found.latest().map(|(_, found)| found.clone());
        let line = latest.as_ref().map_or_else(
            || "What weekly spend on advertising adds to sales".to_owned(),
            |found| {
                format!(
                    "What weekly spend on advertising adds to sales, {} – {}",
                    locale::date(found.first),
                    locale::date(found.last)
                )
            },
        );
        page_header(ui, "Media response", &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(latest.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Channels as") {
                    self.table.ask(target);
                }
            });
        });
        if empty {
            let words = "It takes a year of orders and of spend by channel";
            return draw_empty(ui, cx, icons::MEDIA, "No spend yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        self.controls(ui, currency);
        self.ask(cx);
        let about = (
            "Too few weeks with spend",
            "Import exports of Google Ads, Meta Ads or a table of day, channel and amount until a year of weeks has spend",
        );
        let view = self.found.view();
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found)) {
            self.found.stop();
        }
    }
}

impl MediaPage {
    fn controls(&mut self, ui: &mut Ui, currency: Currency) {
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            let measures = [(Measure::Revenue, "Revenue"), (Measure::Orders, "Orders")];
            segmented(ui, "What sales are", &measures, &mut self.settings.measure);
            ui.add_space(t.space().x3);
            crate::ui::widgets::say(ui, theme::Type::Label, "Budget of a week");
            let field =
                crate::ui::widgets::Field::number("Budget of a week", currency.code(), 150.0).hint("as at present");
            let shown =
                self.total.map_or_else(String::new, |total| crate::ui::widgets::fields::typing::plain(total, currency));
            let read = |text: &str| crate::ui::widgets::fields::read::money(text, currency);
            if let Some(minor) = self.typing.bare(ui, "total", field, shown, read) {
                self.total = minor.filter(|minor| *minor > 0).map(|minor| Amount { minor, currency });
            }
            // Somebody who is still typing has not said a budget yet.
            if !ui.ctx().text_edit_focused() {
                self.settings.total = self.total.map(|total| total.minor);
            }
        });
        self.typing.told(ui, "total");
        ui.add_space(t.space().x2);
    }

    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let (as_of, settings) = (shop.as_of(), self.settings);
        let key = Key {
            data: shop.data_key(),
            revision: shop.facts.revision,
            definitions: shop.facts.definitions.clone(),
            as_of,
            settings,
        };
        self.found.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.media(Some(as_of), &settings, progress)?.map(Arc::new))
            })
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Media>) {
        let t = theme::of(ui);
        self.chosen = self.chosen.min(found.channels.len().saturating_sub(1));
        scrolled(ui, t.space().x4, |ui| {
            verdict(ui, found);
            let gap = t.shell().gutter;
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
            let middle = area.left() + ((area.width() - gap) * 0.58).round();
            pictures::course(cx, ui, found, area.with_max_x(middle));
            pictures::curve(cx, ui, found, self.chosen, area.with_min_x(middle + gap));
            ui.add_space(gap - ui.spacing().item_spacing.y);
            if let Some(row) = channels::show(cx, ui, &mut self.table, found, self.chosen) {
                self.chosen = row;
            }
            ui.add_space(gap - ui.spacing().item_spacing.y);
            split::show(cx, ui, &mut self.split, found);
            ui.add_space(t.space().x2);
        });
    }
}

/// An amount of what sales are.
pub(super) fn sales(found: &Media, amount: f64) -> String {
    match found.settings.measure {
        Measure::Revenue => locale::current().money_whole(amount.round() as i64, found.currency),
        Measure::Orders => locale::number(amount, 1),
    }
}

fn verdict(ui: &mut Ui, found: &Media) {
    let known = found.channels.iter().find(|channel| channel.doubts.is_empty());
    let sentence = match known {
        Some(channel) => said::channel(found, channel),
        None => "What spend adds cannot be told for any channel".to_owned(),
    };
    let unknown = found.channels.iter().find(|channel| !channel.doubts.is_empty());
    let unknown = unknown.map_or_else(String::new, |channel| format!("{}. ", said::channel(found, channel)));
    let reason = format!("{unknown}{}", said::held_out(found));
    let tone = if known.is_some() { Tone::Good } else { Tone::Info };
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}
