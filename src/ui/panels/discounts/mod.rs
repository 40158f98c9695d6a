//! Discounts: who depends on them, what that costs, and the smallest discount that sufficed.

mod classes;
mod segments;
mod sufficed;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use self::classes::Classes;
use self::segments::Segments;
use super::{Panel, PanelId, draw_empty, draw_slot, draw_waiting};
use crate::analytics::discounts::{Class, Curve, Discounts, discounts};
use crate::analytics::rules::Picked;
use crate::analytics::segments::{Segment, SegmentTable};
use crate::model::Dataset;
use crate::ui::cx::{Cx, MemberFilter, counted};
use crate::ui::locale;
use crate::ui::shop::Shop;
use crate::ui::slot::{Same, Slot, View};
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, page_header, scrolled};

/// Heights of the picture with the classes beside it, and of the table of segments.
const PICTURE: f32 = 268.0;
const TABLE: f32 = 230.0;
/// Width of the classes.
const CLASSES: f32 = 480.0;

/// Whom a click means: a class, a segment.
type Pick = (Option<Class>, Option<Segment>);

/// The page and what it remembers.
pub struct DiscountsPage {
    found: Slot<Same<SegmentTable>, Arc<Discounts>>,
    chosen: Option<(Same<Discounts>, Pick)>,
    classes: Classes,
    segments: Segments,
}

impl Default for DiscountsPage {
    fn default() -> Self {
        Self {
            found: Slot::new("Looking at discounts"),
            chosen: None,
            classes: Classes::default(),
            segments: Segments::default(),
        }
    }
}

impl Panel for DiscountsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.found.latest().map(|(_, found)| found.clone());
        page_header(ui, "Discounts", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Segments as") {
                    self.segments.ask_for(target);
                }
            });
            if let Some(found) = &ready {
                self.way_to_customers(cx, ui, found);
            }
        });
        if empty {
            let words = "They show who buys only on sale, and which discount suffices";
            return draw_empty(ui, cx, icons::DISCOUNT, "No discounts yet", words);
        }
        let Some(shop) = &cx.shop else { return };
        let Some(data) = shop.data().cloned() else { return draw_waiting(ui, cx) };
        self.ask(cx, &data);
        let view = match cx.shop.as_ref().map(Shop::segments_view) {
            Some(View::Failed(why)) => View::Failed(why),
            Some(View::TooLittle(missing)) => View::TooLittle(missing),
            _ => self.found.view(),
        };
        let about = ("Too little data for discounts", "It takes customers who ordered by the as-of date");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found));
        if stop {
            self.found.stop();
        }
    }
}

fn line(found: Option<&Discounts>) -> String {
    match found {
        Some(found) => {
            format!("Who buys only on sale, and which discount sufficed, up to {}", locale::date(found.as_of))
        }
        None => "Who buys only on sale, and which discount sufficed".into(),
    }
}

/// What a click means in words, and how many customers.
fn called(found: &Discounts, pick: Pick) -> (String, u64) {
    match pick {
        (Some(class), _) => (class.name().to_owned(), found.total.classes[class as usize]),
        (None, Some(segment)) => {
            let group = found.segments.iter().find(|(of, _)| *of == segment);
            (format!("{} who bought", segment.name()), group.map_or(0, |(_, group)| group.buyers))
        }
        (None, None) => ("All who bought".to_owned(), found.total.buyers),
    }
}

/// Shows the customers of a class or segment in their list.
fn open(cx: &mut Cx, found: &Discounts, pick: Pick) {
    let picked = Picked::new(called(found, pick).0, found.picked(pick.0, pick.1));
    cx.members = MemberFilter { picked: Some(Arc::new(picked)), ..MemberFilter::default() };
    cx.go(PanelId::Customers);
}

impl DiscountsPage {
    fn ask(&mut self, cx: &Cx, data: &Arc<Dataset>) {
        let Some((_, table, _)) = cx.shop.as_ref().and_then(Shop::segments_with_data) else { return };
        let Some(definitions) = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()) else { return };
        let (table, data) = (table.clone(), data.clone());
        self.found.ask(Same(table.clone()), || {
            cx.compute(move |progress| Ok(discounts(&data, &definitions, &table, progress)?.map(Arc::new)))
        });
    }

    fn way_to_customers(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Discounts>) {
        let Some((of, pick)) = &self.chosen else { return };
        if !Arc::ptr_eq(&of.0, found) {
            self.chosen = None;
            return;
        }
        let (name, customers) = called(found, *pick);
        let words = format!("Show {}", counted(customers, "customer", "customers"));
        if ui.add(Button::outline(&words).icon(icons::ARROW_RIGHT)).on_hover_text(&name).clicked() {
            open(cx, found, *pick);
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Discounts>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            verdict(ui, found);
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let room = ui.available_height() - t.stroke().hairline;
            let tall = PICTURE.max(room - gap - TABLE).min(PICTURE * 1.4);
            let (area, _) = ui.allocate_exact_size(vec2(width, (tall + gap + TABLE).max(room)), Sense::hover());
            let (upper, lower) = (area.with_max_y(area.top() + tall), area.with_min_y(area.top() + tall + gap));
            let split = upper.right() - CLASSES.min(width * 0.45);
            sufficed::show(cx, ui, found, upper.with_max_x(split - gap));
            let by_class = self.classes.show(cx, ui, found, upper.with_min_x(split));
            let by_segment = self.segments.show(cx, ui, found, lower);
            if let Some(pick) = by_class.0.or(by_segment.0) {
                self.chosen = Some((Same(found.clone()), pick));
            }
            if let Some(pick) = by_class.1.or(by_segment.1) {
                open(cx, found, pick);
            }
            ui.advance_cursor_after_rect(Rect::from_min_size(area.left_bottom(), vec2(0.0, 0.0)));
        });
    }
}

/// Whether discounts have made a habit, and why that can be said.
fn verdict(ui: &mut Ui, found: &Discounts) {
    let total = &found.total;
    let only = total.classes[Class::Only as usize];
    let chance = found.only_by_chance;
    let share = total.on_sale_share().map_or_else(|| "—".into(), |share| locale::percent(share, 1));
    let many = counted(only, "customer buys", "customers buy");
    // Two standard errors of a count: what chance alone does not do.
    let (tone, sentence) = if total.on_sale == 0 {
        (Tone::Good, "No order was placed on sale".to_owned())
    } else if total.judged() == 0 {
        (Tone::Info, "Nobody has ordered twice: there is no habit to tell".to_owned())
    } else if only as f64 > chance + 2.0 * (chance + 1.0).sqrt() {
        let more = locale::count((only as f64 - chance).round() as u64);
        (Tone::Warning, format!("{many} only on sale, {more} more than chance would make"))
    } else {
        let by_chance = locale::count(chance.round() as u64);
        (Tone::Good, format!("{many} only on sale, no more than chance would make ({by_chance})"))
    };
    let mut reason = format!("{share} of {} are on sale", counted(total.orders, "order", "orders"));
    let half = Curve::reaches(&found.curve.only, 0.5).zip(Curve::reaches(&found.curve.only, 0.9));
    if let Some((half, most)) = half {
        reason += &format!(
            "; of those who buy only on sale half have bought at {half}% off or less, nine in ten at {most}% or less"
        );
    }
    if found.sale_days.days > 0 {
        let days = counted(found.sale_days.days, "day", "days");
        let orders = locale::count(found.sale_days.on_sale);
        reason +=
            &format!(". On {days} nearly everybody bought on sale: those {orders} orders say little of a customer");
    }
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}
