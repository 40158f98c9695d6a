//! Attribution: which channels have a part in orders, by every model at once, and how journeys go from one to another.

mod chain;
mod channel;
mod chart;
mod names;
mod table;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::attribution::{Attribution, LOOKBACK, MODELS, Model, Order, Scope, Settings, attribution};
use crate::analytics::facts::year_to;
use crate::model::{Currency, Day, Definitions};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, Tone, icons};
use crate::ui::touches::Touched;
use crate::ui::widgets::chart::bands::Bands;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::slider::slider;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, TableState, choice, page_header, scrolled, segmented};

/// Width of the card of a channel.
const SIDE: f32 = 330.0;

/// What is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Measure {
    /// Orders.
    #[default]
    Orders,
    /// What they are worth.
    Revenue,
}

/// What stands below the bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Below {
    #[default]
    Models,
    Transitions,
    Memory,
}

/// What a result depends on.
#[derive(Clone, PartialEq)]
struct Key {
    touches: (u64, u64),
    definitions: Definitions,
    as_of: Day,
    settings: Settings,
}

/// The page and what it remembers.
pub struct AttributionPage {
    found: Slot<Key, Arc<Attribution>>,
    settings: Settings,
    /// The look-back as it is dragged.
    lookback: i32,
    measure: Measure,
    model: Model,
    below: Below,
    chosen: Option<usize>,
    models: TableState,
    memory: TableState,
    cell: Option<(usize, usize)>,
    names: names::Names,
}

impl Default for AttributionPage {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            found: Slot::new("Sharing orders out to channels"),
            lookback: settings.lookback_days.into(),
            settings,
            measure: Measure::default(),
            model: Model::Markov,
            below: Below::default(),
            chosen: None,
            models: TableState::default(),
            memory: TableState::default(),
            cell: None,
            names: names::Names::default(),
        }
    }
}

impl Panel for AttributionPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, as_of) = (shop.is_empty(), shop.as_of());
        let (from, to) = year_to(as_of);
        let line = format!(
            "Which channels have a part in orders, by every model at once, {} – {}",
            locale::date(from),
            locale::date(to)
        );
        let ready = self.found.latest().is_some();
        page_header(ui, "Attribution", &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready && !empty));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Models as") {
                    self.below = Below::Models;
                    self.models.ask(target);
                }
            });
            if ui.add(Button::plain("Channel names…").enabled(!empty)).clicked() {
                self.names.open = true;
            }
        });
        if empty {
            let words = "It takes orders and the touchpoints before them: visits, clicks, UTM marks of orders";
            return draw_empty(ui, cx, icons::ATTRIBUTION, "No journeys yet", words);
        }
        let touched = cx.ask_touches();
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        self.controls(ui);
        let view = match (touched, cx.shop.as_ref().map(|shop| shop.touches.view())) {
            (Some(touched), _) => {
                self.ask(cx, &touched, as_of);
                self.found.view()
            }
            (None, Some(View::Failed(why))) => View::Failed(why),
            (None, Some(View::Working(step, _))) => View::Working(step, self.found.latest().map(|(_, of)| of.clone())),
            (None, _) => return draw_waiting(ui, cx),
        };
        let about = (
            "No order has a known touch",
            "Import touchpoints (who, when, channel) or orders with UTM or landing columns; a channel’s part is then told",
        );
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found)) {
            self.found.stop();
        }
        self.names.show(cx, ui);
    }
}

impl AttributionPage {
    fn ask(&mut self, cx: &Cx, touched: &Touched, as_of: Day) {
        let Some(shop) = &cx.shop else { return };
        let key =
            Key { touches: touched.key, definitions: shop.facts.definitions.clone(), as_of, settings: self.settings };
        let (base, definitions, settings) = (touched.base.clone(), key.definitions.clone(), self.settings);
        self.found.ask(key, || {
            cx.compute(move |progress| {
                let scope = Scope { as_of, period: year_to(as_of), who: None };
                let found = attribution(&base.1, &base.0, &definitions, scope, &settings, progress)?;
                Ok(found.map(Arc::new))
            })
        });
    }

    fn controls(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            let measures = [(Measure::Orders, "Orders"), (Measure::Revenue, "Revenue")];
            segmented(ui, "What is shared out", &measures, &mut self.measure);
            ui.add_space(t.space().x2);
            let names: Vec<String> = MODELS.iter().map(|about| about.name.to_owned()).collect();
            if let Some(n) = choice(ui, "Model", 160.0, self.model.name(), &names) {
                self.model = MODELS[n].model;
            }
            let orders =
                ["Memory: automatic", "Memory: 1 step", "Memory: 2 steps", "Memory: 3 steps", "Memory: 4 steps"];
            let at = match self.settings.order {
                Order::Auto => 0,
                Order::Fixed(n) => usize::from(n).min(orders.len() - 1),
            };
            let names: Vec<String> = orders.map(str::to_owned).to_vec();
            if let Some(n) = choice(ui, "Memory of the Markov chain", 176.0, orders[at], &names) {
                self.settings.order = if n == 0 { Order::Auto } else { Order::Fixed(n as u8) };
            }
            ui.add_space(t.space().x3);
            let range = i32::from(*LOOKBACK.start())..=90;
            let days = |n: i32| locale::counted(n.unsigned_abs().into(), "day back", "days back");
            if slider(ui, "Look-back", 150.0, range, &mut self.lookback, days) {
                self.settings.lookback_days = u16::try_from(self.lookback).unwrap_or(30);
            }
        });
        ui.add_space(t.space().x2);
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Attribution>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            verdict(ui, found, self.measure);
            let gap = t.shell().gutter;
            let high = Bands::height(t, found.channels.len()).max(300.0);
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
            let split = area.right() - SIDE;
            let place = area.with_max_x(split - gap);
            chart::show(cx, ui, found, (self.measure, self.model), place, &mut self.chosen);
            channel::show(ui, found, self.chosen, area.with_min_x(split));
            ui.add_space(gap - ui.spacing().item_spacing.y);
            ui.horizontal(|ui| {
                let parts = [
                    (Below::Models, "By model"),
                    (Below::Transitions, "From channel to channel"),
                    (Below::Memory, "Memory"),
                ];
                segmented(ui, "What is shown below", &parts, &mut self.below);
            });
            match self.below {
                Below::Models => table::show(cx, ui, &mut self.models, found, self.measure),
                Below::Transitions => chain::transitions(ui, found, &mut self.cell),
                Below::Memory => chain::memory(cx, ui, &mut self.memory, found),
            }
            ui.advance_cursor_after_rect(Rect::from_min_size(ui.cursor().min, vec2(0.0, 0.0)));
        });
    }
}

/// Amounts of a result are of this currency.
pub(super) fn currency(found: &Attribution) -> Currency {
    found.currency.unwrap_or(Currency::USD)
}

/// What a channel brings at least and at most, in words.
fn verdict(ui: &mut Ui, found: &Attribution, measure: Measure) {
    let first = found.channels.iter().max_by(|a, b| chart::ends(a, measure).1.total_cmp(&chart::ends(b, measure).1));
    let total = chart::total(found, measure);
    let Some(first) = first.filter(|_| total > 0.0) else { return };
    let (least, most) = chart::ends(first, measure);
    let what = match measure {
        Measure::Orders => "orders",
        Measure::Revenue => "revenue",
    };
    let share = |part: f64| locale::percent(part / total, 0);
    let wide = most > 1.5 * least.max(total * 0.001);
    let sentence = if share(least) == share(most) {
        format!("{} is credited with {} of the {what}, whichever model is asked", first.channel, share(most))
    } else {
        format!(
            "{} is credited with {} to {} of the {what}: the models disagree by that much",
            first.channel,
            share(least),
            share(most)
        )
    };
    let counts = &found.counts;
    let mut reason =
        format!("{} with a known journey were shared out", locale::counted(found.orders, "order", "orders"));
    if counts.orders_without_touch > 0 {
        reason += &format!(
            "; of {} no touch is known, they are in no share",
            locale::counted(counts.orders_without_touch, "order", "orders")
        );
    }
    reason += ". No model proves that a channel caused an order: an experiment or a hold-out does";
    let tone = if wide { Tone::Info } else { Tone::Good };
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}
