//! Claims: what each platform says it sold, against the orders that there are, and which of them can claim which orders.

mod orders;
mod platforms;

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use self::orders::Orders;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::claims::{Ledger, said};
use crate::analytics::cohorts::Step;
use crate::analytics::facts::year_to;
use crate::model::{Day, Definitions};
use crate::ops::claims::LOOK_BACK;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::menu::{menu_line, menu_of};
use crate::ui::widgets::slider::slider;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, TableState, page_header, scrolled, segmented};

/// Height of the picture.
const PICTURE: f32 = 280.0;
/// Platforms that have a line of their own in the picture.
const LINES: usize = 4;

/// What a ledger depends on.
#[derive(Clone, PartialEq)]
struct Key {
    revision: u64,
    definitions: Definitions,
    as_of: Day,
    by: Step,
    look_back: u32,
}

/// The page and what it remembers.
pub struct ClaimsPage {
    found: Slot<Key, Arc<Ledger>>,
    by: Step,
    look_back: i32,
    asked: i32,
    platforms: TableState,
    orders: Orders,
}

impl Default for ClaimsPage {
    fn default() -> Self {
        let look_back = i32::try_from(LOOK_BACK).unwrap_or(30);
        Self {
            found: Slot::new("Comparing claims with orders"),
            by: Step::Month,
            look_back,
            asked: look_back,
            platforms: TableState::default(),
            orders: Orders::default(),
        }
    }
}

impl Panel for ClaimsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let (from, to) = year_to(shop.as_of());
        let line = format!(
            "What each platform says it sold, against the orders that there are, {} – {}",
            locale::date(from),
            locale::date(to)
        );
        let ready = self.found.latest().is_some();
        page_header(ui, "Claims", &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready && !empty));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Platforms as") {
                    self.platforms.ask(target);
                }
                menu_line(ui);
                if let Some(target) = export_items(ui, "Orders as") {
                    self.orders.table.ask(target);
                }
            });
        });
        if empty {
            let words = "It takes orders and reports of ads, mails or web analytics";
            return draw_empty(ui, cx, icons::CLAIMS, "No claims yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            let steps = [(Step::Day, "Days"), (Step::Week, "Weeks"), (Step::Month, "Months")];
            segmented(ui, "Periods", &steps, &mut self.by);
            ui.add_space(t.space().x3);
            let days = |n: i32| locale::counted(n.unsigned_abs().into(), "day back", "days back");
            if slider(ui, "Look-back", 150.0, 1..=90, &mut self.look_back, days) {
                self.asked = self.look_back;
            }
        });
        ui.add_space(t.space().x2);
        self.ask(cx);
        let about = ("No claims", "Import reports of ads, mails or web analytics");
        let view = self.found.view();
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found)) {
            self.found.stop();
        }
    }
}

impl ClaimsPage {
    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let as_of = shop.as_of();
        let (from, to) = year_to(as_of);
        let (by, look_back) = (self.by, self.asked.unsigned_abs());
        let (revision, definitions) = (shop.facts.revision, shop.facts.definitions.clone());
        self.found.ask(Key { revision, definitions, as_of, by, look_back }, || {
            cx.from_session(move |home, progress| {
                let days = (Some(from), Some(to));
                Ok(Ok(Arc::new(home.session()?.claims(days, by, look_back, progress)?)))
            })
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Ledger>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            verdict(ui, found);
            if found.platforms.is_empty() {
                return;
            }
            let gap = t.shell().gutter;
            picture(cx, ui, found);
            ui.add_space(gap - ui.spacing().item_spacing.y);
            platforms::show(cx, ui, &mut self.platforms, found);
            ui.add_space(gap - ui.spacing().item_spacing.y);
            self.orders.show(cx, ui, found);
            ui.add_space(t.space().x2);
        });
    }
}

fn verdict(ui: &mut Ui, found: &Ledger) {
    let total = &found.total;
    let tone = match total.over_claim {
        Some(factor) if factor > 1.0 => Tone::Warning,
        Some(_) => Tone::Good,
        None => Tone::Info,
    };
    let mut reasons = Vec::new();
    if let Some(claimable) = &found.claimable {
        let twice: u64 = claimable.by_platforms.iter().skip(2).sum();
        let none = claimable.by_platforms.first().copied().unwrap_or(0);
        reasons.push(format!(
            "{} can be claimed by two platforms or more, {} by none: no touch of theirs came before",
            locale::counted(twice, "order", "orders"),
            locale::count(none)
        ));
    } else if !found.platforms.is_empty() {
        reasons.push("Import touchpoints to see which orders a platform can have touched at all".to_owned());
    }
    if !found.platforms.is_empty() {
        reasons.push(
            "Platforms report revenue as they see it, mostly with tax and shipping and before refunds, so compare orders \
             rather than revenue"
                .to_owned(),
        );
    }
    if !found.unrated.is_empty() {
        reasons.push("Claimed revenue in a currency without a rate is left out".to_owned());
    }
    if found.unrated_orders > 0 {
        let orders = locale::counted(found.unrated_orders, "order", "orders");
        reasons.push(format!("{orders} in a currency without a rate are left out"));
    }
    Verdict { tone, sentence: &said::verdict(found), reason: &reasons.join(". ") }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}

/// Orders that were sold, beside those that are claimed.
fn picture(cx: &mut Cx, ui: &mut Ui, found: &Ledger) {
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
    let names: Vec<String> = found.periods.iter().map(|period| locale::date(period.from)).collect();
    let series = |name: &str, kind, of: &dyn Fn(usize) -> Option<f64>| Series {
        name: name.to_owned(),
        kind,
        values: (0..found.periods.len()).map(of).collect(),
    };
    let orders = |milli: i64| milli as f64 / 1_000.0;
    let mut all = vec![
        series("Sold", Kind::Rest, &|n| Some(found.periods[n].orders as f64)),
        series("Claimed together", Kind::Line, &|n| Some(orders(found.periods[n].claimed_milli))),
    ];
    for (at, platform) in found.platforms.iter().enumerate().take(LINES) {
        all.push(series(&platform.title, Kind::Line, &|n| {
            found.periods[n].claims.get(at).and_then(|claim| claim.orders_milli).map(orders)
        }));
    }
    let title = "Orders that were sold, and orders that platforms claim";
    let chart = Chart {
        title,
        line: "Orders by period",
        about: "Platforms count each order that they may have touched as their own, so that together they claim more \
                than there is",
        period: "From",
        periods: &names,
        series: &all,
        unfinished: None,
        flags: &[],
        print: &|orders| locale::number(orders, 0),
    };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(title, asked, |row, column| chart.value(row, column));
    }
}
