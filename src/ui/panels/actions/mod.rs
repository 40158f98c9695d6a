//! Next best action: what can be done for each segment, for whom, and what it has to bring to pay.

mod assumed;
mod detail;
mod list;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use self::assumed::Assumed;
use self::list::List;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::next_action::{Assumptions, NextActions, next_actions};
use crate::model::MetricId;
use crate::model::figure::{Figure, Filter, Scope, Value};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, page_header, scrolled};

/// Height of what is told of the chosen action.
const DETAIL: f32 = 216.0;
/// Least height of the list.
const LIST: f32 = 240.0;

/// The page and what it remembers.
pub struct ActionsPage {
    assumed: Assumed,
    found: Slot<(TableKey, Assumptions), Arc<NextActions>>,
    list: List,
}

impl Default for ActionsPage {
    fn default() -> Self {
        Self {
            assumed: Assumed::default(),
            found: Slot::new("Looking at what customers did anyway"),
            list: List::default(),
        }
    }
}

impl Panel for ActionsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.found.latest().map(|(_, found)| found.clone());
        page_header(ui, "Next best action", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Actions as") {
                    self.list.ask_for(target);
                }
            });
        });
        if empty {
            let words = "They follow from what each segment did, once orders are imported";
            return draw_empty(ui, cx, icons::ACTIONS, "No actions yet", words);
        }
        if shop.data().is_none() {
            return draw_waiting(ui, cx);
        }
        self.ask(cx);
        let Some(shop) = &cx.shop else { return };
        let view = match (shop.segments_view(), shop.details.view()) {
            (View::Failed(why), _) | (_, View::Failed(why)) => View::Failed(why),
            (View::TooLittle(missing), _) => View::TooLittle(missing),
            _ => self.found.view(),
        };
        let about = ("Too little data for actions", "They need customers");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found));
        if stop {
            self.found.stop();
        }
    }
}

/// What is on view.
fn line(found: Option<&NextActions>) -> String {
    let Some(found) = found else { return "What to do for each segment, and what it has to bring".into() };
    let days = counted(found.assumptions.days.unsigned_abs().into(), "day", "days");
    format!("For the {days} after {}, ranked within each segment", locale::date(found.as_of))
}

impl ActionsPage {
    fn ask(&mut self, cx: &mut Cx) {
        let details = cx.ask_details();
        let Some(shop) = &mut cx.shop else { return };
        let key = shop.table_key();
        let rules = match shop.segments_with_data() {
            Some((have, table, _)) if *have == key => table.rules,
            _ => return,
        };
        if let Some((_, found)) = self.found.latest() {
            shop.picked = found.ranked.iter().map(|one| one.audience.clone()).collect();
        }
        let Some(base) = details else { return };
        let Some(assumptions) = self.assumed.read(key.definitions.currency) else { return };
        self.found.ask((key.clone(), assumptions.clone()), || {
            cx.compute(move |progress| {
                let shop = key.rules_shop(&base);
                Ok(Ok(Arc::new(next_actions(&shop, key.as_of, rules, &assumptions, progress)?)))
            })
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<NextActions>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = t.space().x3;
            let (sentence, reason) = verdict(found);
            Verdict { tone: Tone::Info, sentence: &sentence, reason: &reason }.show(ui);
            self.assumed.show(ui, found.currency);
            let gap = t.shell().gutter;
            let tall = (ui.available_height() - t.stroke().hairline - DETAIL - gap).max(LIST);
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall + gap + DETAIL), Sense::hover());
            self.list.show(cx, ui, area.with_max_y(area.top() + tall), found);
            let low: Rect = area.with_min_y(area.bottom() - DETAIL);
            detail::show(cx, ui, low, found, self.list.chosen());
        });
    }
}

/// The action that is expected to bring most, and what that rests on.
fn verdict(found: &NextActions) -> (String, String) {
    let best = found.ranked.iter().filter_map(|one| Some((one, one.expected?))).max_by_key(|(_, expected)| expected.1);
    let money = |minor: i64| locale::money(minor, found.currency);
    let sentence = match best {
        Some((one, (_, expected, _))) if expected > 0 => format!(
            "{} for {} would bring most: {} of margin, if the lift is as assumed",
            one.action.name,
            one.action.segment.name(),
            money(expected)
        ),
        Some(_) => "Nothing is expected to pay at the lift that is assumed".into(),
        None => "What actions would bring cannot be told yet".into(),
    };
    let costs = found.ranked.iter().any(|one| one.anyway.as_ref().is_ok_and(|anyway| anyway.margin.is_none()));
    let reason = if costs && best.is_none() {
        "The cost of the goods is not known: import products with their cost, or set a default margin in Definitions"
            .into()
    } else {
        format!(
            "The past tells what such customers bring anyway, not what an action adds: that is assumed at {} to {}. \
             Hold some customers back, and the next month tells",
            locale::percent(found.assumptions.lift.0, 0),
            locale::percent(found.assumptions.lift.2, 0),
        )
    };
    (sentence, reason)
}

/// The hover of the size of an audience.
fn audience(cx: &Cx, found: &NextActions, n: usize) -> Option<Tip> {
    let one = found.ranked.get(n)?;
    let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone())?;
    let customers = one.audience.members.count();
    let scope = Scope {
        as_of: found.as_of,
        period: None,
        filter: Filter::Picked(one.audience.key),
        definitions: definitions.version,
    };
    let figure = Figure { metric: MetricId::Customers, scope, value: Some(Value::Count(customers)) };
    let rows = counted(customers, "customer", "customers");
    Some(Tip::of(&figure, &definitions, rows).named(&one.audience.name))
}
