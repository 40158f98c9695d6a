//! The framework's five segments: the table, the share chart, and the cut-offs in words.

mod cutoffs;
pub mod data;
mod table_ui;

use std::sync::Arc;

use egui::{Key, Rect, Sense, Ui, UiBuilder, vec2};

use self::cutoffs::Cutoffs;
use self::data::Page;
use super::{Panel, PanelId, draw_empty, draw_slot};
use crate::analytics::segments::{Segment, SegmentTable};
use crate::model::{Definitions, MetricId};
use crate::report::table_export::TABLE_FORMATS;
use crate::ui::cx::{Cx, MemberFilter, counted};
use crate::ui::locale;
use crate::ui::shop::Shop;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::shares::{Part, Shares};
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, Field, TableState, chip, page_header, scrolled, text};

/// From this width on the chart and the cut-offs stand side by side.
const SIDE_BY_SIDE: f32 = 1080.0;
/// Least height of the chart's card.
const CHART: f32 = 220.0;

/// The page and what it remembers.
#[derive(Default)]
pub struct Segments {
    table: TableState,
    focus: table_ui::FocusEdit,
    cutoffs: Cutoffs,
    search: String,
    page: Option<(Arc<SegmentTable>, Page)>,
}

impl Panel for Segments {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (as_of, empty, ready) = (shop.as_of(), shop.is_empty(), shop.segments().is_some());
        let shown = shop.segments().map_or(as_of, |table| table.as_of);
        let line = format!("The five segments of the framework, last 12 months, as of {}", locale::date(shown));
        page_header(ui, "Segments", &line, |ui| {
            if ready {
                self.actions(cx, ui);
            }
        });
        if empty {
            let words = "Import a shop’s orders to see who its customers are";
            return draw_empty(ui, cx, icons::SEGMENTS, "No orders yet", words);
        }
        let Some(view) = cx.shop.as_ref().map(Shop::segments_view) else { return };
        let about = ("Too little data for segments", "Segments need at least one customer by the as-of date");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, table| self.ready(cx, ui, table));
        if let (true, Some(shop)) = (stop, &mut cx.shop) {
            shop.stop();
        }
    }
}

impl Segments {
    fn actions(&mut self, cx: &mut Cx, ui: &mut Ui) {
        if ui.add(Button::accent("Show members").icon(icons::ARROW_RIGHT)).clicked() {
            cx.show_members(self.chosen());
        }
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
        menu_of(&export, |ui| {
            for format in TABLE_FORMATS {
                let label = format!("Members as {}…", format.title());
                if menu_item(ui, &label, Some(icons::MEMBERS), None, false).clicked() {
                    // What is typed on the customers’ page has no say here.
                    cx.export_members(MemberFilter { segment: self.chosen(), ..MemberFilter::default() }, *format);
                }
            }
            menu_line(ui);
            if let Some(target) = export_items(ui, "This table as") {
                self.table.ask(target);
            }
        });
    }

    fn chosen(&self) -> Option<Segment> {
        let (_, page) = self.page.as_ref()?;
        let row = usize::try_from(self.table.selected?).ok()?;
        page.rows.get(row)?.segment
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, table: &Arc<SegmentTable>) {
        let Some(shop) = &cx.shop else { return };
        let stale = self.page.as_ref().is_none_or(|(of, page)| {
            !Arc::ptr_eq(of, table)
                || page.focus != shop.facts.focus
                || page.definitions != shop.facts.definitions
                || page.other.as_ref().map(Arc::as_ptr) != shop.compared().map(Arc::as_ptr)
        });
        if stale {
            let comparing = |page: &Page| page.other.is_some();
            if self.page.as_ref().is_some_and(|(_, page)| comparing(page) != shop.compared().is_some()) {
                // The columns are others now.
                self.table.sort = None;
            }
            let data = shop.data().map(Arc::as_ref);
            let page = Page::new(table, &shop.facts.definitions, &shop.facts.focus, data, shop.compared());
            self.page = Some((table.clone(), page));
        }
        let t = theme::of(ui);
        let height = ui.available_height();
        scrolled(ui, t.space().x4, |ui| {
            let top = ui.cursor().top();
            let Some((_, page)) = &mut self.page else { return };
            filter_line(cx, ui, table, &page.definitions, &mut self.search);
            table_ui::show(cx, ui, table, page, &mut self.table, &mut self.focus);
            ui.add_space(t.shell().gutter - ui.spacing().item_spacing.y);
            // The edge of the cards lies within what scrolls.
            let room = height - (ui.cursor().top() - top) - t.stroke().hairline;
            self.cards(cx, ui, table, room);
        });
    }

    /// The chart and the cut-offs: side by side, or one below the other where there is little width.
    fn cards(&mut self, cx: &mut Cx, ui: &mut Ui, table: &SegmentTable, room: f32) {
        let t = theme::of(ui);
        let (width, gap, pad) = (ui.available_width(), t.shell().gutter, t.space().x4);
        let need = self.cutoffs.need() + 2.0 * pad;
        let beside = width >= SIDE_BY_SIDE;
        let height = if beside { room.max(need).max(CHART) } else { CHART + gap + need };
        let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let (chart, cutoffs) = if beside {
            let split = area.left() + ((width - gap) * 0.585).round();
            (area.with_max_x(split), area.with_min_x(split + gap))
        } else {
            (area.with_max_y(area.top() + CHART), area.with_min_y(area.top() + CHART + gap))
        };
        if let Some((_, page)) = &self.page {
            shares(cx, ui, table, page, chart);
        }
        card_at(ui, cutoffs, pad, |ui| self.cutoffs.show(cx, ui, table));
    }
}

/// Who brings how much: shares of customers above, shares of revenue below.
fn shares(cx: &mut Cx, ui: &mut Ui, table: &SegmentTable, page: &Page, rect: Rect) {
    let t = theme::of(ui);
    let part = |(segment, above, below): &(Segment, f64, f64)| Part {
        name: data::short_name(*segment).to_owned(),
        colour: data::colour(t, *segment),
        above: *above,
        below: *below,
    };
    let parts: Vec<Part> = page.parts.iter().map(part).collect();
    let tip = |part: usize, which: usize| {
        let wanted = page.parts.get(part).map(|(segment, ..)| *segment);
        let row = table.rows.iter().find(|row| row.segment == wanted).unwrap_or(&table.total);
        let metric = [MetricId::CustomerShare, MetricId::RevenueShare][which.min(1)];
        Tip::of(&table.figure(row, metric), &page.definitions, data::counts(row, metric))
    };
    let chart = Shares {
        frame: Frame {
            title: &page.finding,
            line: "Share of customers above, share of revenue below, %, last 12 months",
            about: "Each band leads from a segment’s share of customers to its share of identified revenue",
        },
        names: ["Customers", "Revenue"],
        parts: &parts,
        none: "No revenue in the last 12 months",
        tip: &tip,
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Segments by customers and revenue", asked, |row, column| chart.value(row, column));
    }
}

/// Width of the search field.
const SEARCH: f32 = 180.0;

fn filter_line(cx: &mut Cx, ui: &mut Ui, table: &SegmentTable, definitions: &Definitions, search: &mut String) {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), t.row().nav), egui::Sense::hover());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let left = rect.with_max_x(rect.right() - SEARCH - t.space().x4);
    let mut words = ui.new_child(UiBuilder::new().max_rect(left).layout(layout).id_salt("filters"));
    chip(&mut words, "Last 12 months");
    let line = match cx.shop.as_ref().and_then(Shop::compared) {
        Some(other) => {
            let day = locale::date(other.as_of);
            let later = if other.as_of <= table.as_of { "since then" } else { "until then" };
            format!("Compared with the 12 months to {day}, by the same cut-offs; below it what changed {later}")
        }
        None => {
            let all = counted(table.total.customers, "customer", "customers");
            let means = definitions.revenue_in_words();
            format!("{all}. Amounts in {}; revenue is {}", table.currency, means.to_lowercase())
        }
    };
    words.add(egui::Label::new(text::rich(t, Type::Caption, line).color(t.text.subdued)).truncate());
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("search"));
    right.spacing_mut().interact_size.y = t.row().nav;
    let field = Field::new("Search customers", SEARCH)
        .height(t.row().nav)
        .hint("Search customers")
        .icon(icons::SEARCH)
        .show(&mut right, search);
    // Only at the end: letters typed while the page changes would be lost.
    if field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) && !search.trim().is_empty() {
        cx.members = MemberFilter { search: std::mem::take(search), ..MemberFilter::default() };
        cx.focus_search = true;
        cx.go(PanelId::Customers);
    }
    ui.add_space(t.space().x1);
}
