//! One customer: who it is, the figures, the rhythm of buying, and everything that happened.

mod about;
mod cards;
mod picture;
mod timeline;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, pos2, vec2};

use self::timeline::Timeline;
use super::{Panel, draw_slot, draw_waiting};
use crate::analytics::clv::{CustomerOutlook, LifetimeValue};
use crate::analytics::rfm::Settings;
use crate::analytics::segments::SegmentTable;
use crate::model::Definitions;
use crate::ops::person::{Dossier, index_of};
use crate::report::table_export::TABLE_FORMATS;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::person::OpenCustomer;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::{card_at, scrolled};
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, states};

/// What is on view: the dossier, the table it was made from, and what is foretold of the same day.
#[derive(Clone)]
struct Shown {
    dossier: Arc<Dossier>,
    table: Arc<SegmentTable>,
}

/// Who is shown, by which scores, in which segment table.
type Key = (u32, Settings, Same<SegmentTable>);

/// The page and what it remembers.
pub struct CustomerPage {
    shown: Slot<Key, Shown>,
    timeline: Timeline,
}

impl Default for CustomerPage {
    fn default() -> Self {
        Self { shown: Slot::new("Reading the customer"), timeline: Timeline::default() }
    }
}

/// Height of the picture.
const PICTURE: f32 = 176.0;
/// Width of the card that says who it is.
const ABOUT: f32 = 312.0;
/// Least height of what stands below the picture.
const BELOW: f32 = 280.0;

impl Panel for CustomerPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(open) = cx.customer.clone() else { return cx.leave_customer() };
        if ui.input(|i| i.key_pressed(egui::Key::Escape)) && !cx.esc_taken && cx.door.is_none() {
            return cx.leave_customer();
        }
        if let Some(mut shop) = cx.shop.take() {
            shop.ask_lifetime(cx);
            cx.shop = Some(shop);
        }
        self.ask(cx, &open);
        let ready = self.shown.latest().filter(|((id, ..), _)| *id == open.id).map(|(_, shown)| shown.clone());
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        if let (Some(open), Some(shown)) = (&mut cx.customer, &ready) {
            open.called = shown.dossier.person.called();
        }
        let (title, line) = match &ready {
            Some(shown) => (shown.dossier.person.called(), head_line(&shown.dossier, &definitions)),
            None => (open.called.clone(), String::new()),
        };
        page_header(ui, &title, &line, |ui| self.actions(cx, ui, ready.as_ref()));
        let Some(shop) = &cx.shop else { return };
        let Some((_, _, data)) = shop.segments_with_data() else { return draw_waiting(ui, cx) };
        if index_of(data, open.id).is_none() {
            let words = "An import was undone, or the customer was erased";
            return gone(cx, ui, "This customer is no longer here", words);
        }
        let about = ("Too little data", "There is no customer by the as-of date");
        let stop = draw_slot(ui, cx, self.shown.view(), about, |ui, cx, shown| self.ready(cx, ui, shown, &definitions));
        if stop {
            self.shown.stop();
        }
    }
}

/// What stands below the name: how to reach the person, where, and since when.
fn head_line(dossier: &Dossier, definitions: &Definitions) -> String {
    let person = &dossier.person;
    let mut parts: Vec<String> = person.emails().take(1).map(str::to_owned).collect();
    parts.extend([person.phone(), person.country()].into_iter().flatten().map(str::to_owned));
    parts.extend(dossier.since(definitions).map(|day| format!("customer since {}", locale::date(day))));
    parts.push(format!("as of {}", locale::date(dossier.portrait.as_of)));
    parts.join(" · ")
}

/// Nobody to show: why, and the way back.
fn gone(cx: &mut Cx, ui: &mut Ui, sentence: &str, words: &str) {
    let rect = ui.available_rect_before_wrap();
    let button = Button::accent("Back to the list").icon(icons::BACK);
    if card_at(ui, rect, 16.0, |ui| states::empty(ui, icons::MEMBERS, sentence, words, button).clicked()) {
        cx.leave_customer();
    }
}

impl CustomerPage {
    fn ask(&mut self, cx: &Cx, open: &OpenCustomer) {
        let Some((_, table, data)) = cx.shop.as_ref().and_then(|shop| shop.segments_with_data()) else { return };
        let Some(customer) = index_of(data, open.id) else { return };
        let Some(facts) = cx.shop.as_ref().map(|shop| &shop.facts) else { return };
        let (definitions, scored) = (facts.definitions.clone(), facts.scored.clone());
        let (table, data) = (table.clone(), data.clone());
        self.shown.ask((open.id, scored, Same(table.clone())), || {
            cx.from_session(move |home, _| {
                let dossier = home.session()?.dossier(&data, &definitions, &table, customer)?;
                Ok(Ok(Shown { dossier: Arc::new(dossier), table }))
            })
        });
    }

    fn actions(&mut self, cx: &mut Cx, ui: &mut Ui, shown: Option<&Shown>) {
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(shown.is_some()));
        menu_of(&export, |ui| {
            if menu_item(ui, "Everything as JSON…", Some(icons::DOWNLOAD), None, false).clicked() {
                cx.export_customer(None);
            }
            for format in TABLE_FORMATS {
                let label = format!("Orders as {}…", format.title());
                if menu_item(ui, &label, Some(icons::DOWNLOAD), None, false).clicked() {
                    cx.export_customer(Some(*format));
                }
            }
            menu_line(ui);
            if let Some(target) = export_items(ui, "Timeline as") {
                self.timeline.ask_for(target);
            }
        });
        let own = cx.shop.as_ref().is_some_and(|shop| shop.facts.handed_over.is_none());
        if ui.add(Button::new("Erase…").icon(icons::DELETE).enabled(shown.is_some() && own)).clicked() {
            cx.ask_erase();
        }
        if ui.add(Button::plain("Back").icon(icons::BACK).key("Esc")).clicked() {
            cx.leave_customer();
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Shown, definitions: &Definitions) {
        let (dossier, portrait) = (&shown.dossier, &shown.dossier.portrait);
        if !portrait.facts.present {
            let rect = ui.available_rect_before_wrap();
            let sentence = format!("Not a customer yet on {}", locale::date(portrait.as_of));
            let button = Button::accent("Back to the latest day").icon(icons::LATEST);
            let words = "The as-of date lies before the first account and the first order";
            if card_at(ui, rect, 16.0, |ui| states::empty(ui, icons::HOURGLASS, &sentence, words, button).clicked()) {
                cx.unwind();
            }
            return;
        }
        let t = theme::of(ui);
        let lifetime = cx.shop.as_ref().and_then(|shop| shop.lifetime_beside(&shown.table)).cloned();
        let outlook = lifetime.as_deref().and_then(|value| outlook(value, portrait.customer));
        let gap = t.space().x3;
        let (room, top) = (ui.available_height() - t.stroke().hairline, ui.cursor().top());
        scrolled(ui, t.space().x4, |ui| {
            let scroll = top - ui.cursor().top();
            ui.spacing_mut().item_spacing.y = gap;
            cards::show(cx, ui, shown, (lifetime.as_deref(), outlook.as_ref()), definitions);
            let (picture, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
            picture::show(cx, ui, shown, outlook.as_ref(), picture);
            let used = ui.cursor().top() + scroll - top;
            let high = (room - used).max(BELOW);
            let (below, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
            let left = below.with_max_x(below.left() + ABOUT);
            card_at(ui, left, t.space().x4, |ui| about::show(ui, dossier, outlook.as_ref(), definitions));
            let right = Rect::from_min_max(pos2(left.right() + gap, below.top()), below.max);
            self.timeline.show(cx, ui, right, dossier);
        });
    }
}

fn outlook(value: &LifetimeValue, customer: u32) -> Option<CustomerOutlook> {
    let one = value.base.customers.get(customer as usize)?.as_ref()?;
    Some(value.base.with_intervals(one))
}
