//! The first page: bring exports, open a workspace, try the sample shop, or start from nothing.

use chrono::{Local, TimeZone};
use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Rect, Response, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::paths::Purpose;
use crate::ui::settings::{Recent, short_path};
use crate::ui::theme::{self, Icon, Theme, Type, corner, icons};
use crate::ui::widgets::button::key_cap;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Button, chip, hairline, mark, paint, say, text};

const WIDTH: f32 = 1000.0;
const LEFT: f32 = 520.0;
const GAP: f32 = 24.0;
const DROP: f32 = 264.0;
const DOOR: f32 = 76.0;
/// Tools whose exports are named on the drop area.
const TOOLS: [&str; 5] = ["Shopify", "WooCommerce", "BigCommerce", "Magento", "Any table of orders"];

/// Draws the first page.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    cx.ask_recent();
    let page = ui.max_rect();
    let width = WIDTH.min(page.width() - 2.0 * t.shell().page_padding);
    let left = (page.left() + (page.width() - width) / 2.0).round();
    let height = 500.0;
    let top = (page.top() + ((page.height() - height) / 2.0 - t.space().x8 * 1.5).max(t.space().x6)).round();
    headline(ui, t, pos2(left, top));
    let y = top + 108.0;
    let split = left + (LEFT * width / WIDTH).round();
    let right = left + width;
    let drop = Rect::from_min_max(pos2(left, y), pos2(split, y + DROP));
    drop_area(cx, ui, drop);
    let recent = Rect::from_min_max(pos2(split + GAP, y), pos2(right, y + DROP));
    recent_card(cx, ui, recent);
    let row = y + DROP + t.shell().gutter;
    let half = (split - left - t.shell().gutter) / 2.0;
    let at = |from: f32, width: f32| Rect::from_min_size(pos2(from, row), vec2(width, DOOR));
    let open = door(ui, at(left, half), icons::FOLDER, "Open a workspace…", "A .cartwright file", Some("Ctrl O"));
    if open.clicked() {
        cx.ask_path(Purpose::Open, Ask::Workspace);
    }
    let sample = door(ui, at(split - half, half), icons::SHOP, "Open the sample shop", "Every page filled", None);
    if sample.clicked() {
        cx.open_sample();
    }
    let words = "An empty workspace; data can come later";
    let blank =
        door(ui, at(split + GAP, right - split - GAP), icons::BLANK, "Start a blank framework…", words, Some("Ctrl N"));
    if blank.clicked() {
        cx.ask_new_shop();
    }
    promise(cx, ui, t, pos2(left, row + DOOR + t.space().x8));
}

fn headline(ui: &Ui, t: &Theme, at: egui::Pos2) {
    let size = t.icon().hero + 2.0;
    mark::paint(ui.painter(), at + vec2(size / 2.0, size / 2.0), size, t.accent.base);
    let word = at + vec2(size + t.space().x4 + 2.0, size / 2.0);
    paint::label(ui, word, Align2::LEFT_CENTER, "Cartwright", t.font(Type::Kpi), t.text.strong);
    let line = at + vec2(0.0, size + t.space().x6);
    let words = "Your shop’s customers, sales, tests and plans in one file on this computer";
    let font = egui::FontId { size: t.font(Type::Emphasis).size, ..t.font(Type::Body) };
    paint::label(ui, line, Align2::LEFT_CENTER, words, font, t.text.normal);
}

fn drop_area(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let t = theme::of(ui);
    ui.painter().rect_filled(rect, corner(t.radius().large), t.surface.panel);
    let edge = egui::Stroke::new(1.5, t.border.control);
    paint::dashed_rect(ui.painter(), rect.shrink(0.75), t.radius().large, edge, 6.0, 4.0);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect.shrink(t.space().x4)).id_salt("drop"));
    ui.add_space(t.space().x3);
    ui.vertical_centered(|ui| {
        text::icon(ui, icons::DROP, t.icon().hero, t.accent.text);
        ui.add_space(t.space().x1);
        say(ui, Type::Section, "Drop your shop’s exports here");
        text::remark(ui, "CSV, TSV or XLSX, several files at once. Checked before anything is written");
    });
    ui.add_space(t.space().x2);
    centred_row(&mut ui, "buttons", |ui| {
        if ui.add(Button::accent("Choose files…").icon(icons::FOLDER).key_of("Import files…")).clicked() {
            cx.ask_import();
        }
        if ui.add(Button::new("Type a path…")).clicked() {
            cx.ask_typed(Purpose::Import, &Ask::Files);
        }
    });
    ui.add_space(t.space().x3);
    centred_row(&mut ui, "tools", |ui| {
        ui.spacing_mut().item_spacing.x = t.space().x1;
        for tool in TOOLS {
            chip(ui, tool);
        }
    });
}

/// A row in the middle: its width is what it was in the frame before.
fn centred_row(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    let id = ui.scope_id().with(name);
    let width: f32 = ui.data(|d| d.get_temp(id)).unwrap_or(0.0);
    let area = ui.available_rect_before_wrap();
    let left = (area.center().x - width / 2.0).round().max(area.left());
    let row = Rect::from_min_max(pos2(left, area.top()), area.max);
    let builder = UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Min)).id_salt(name);
    let shown = ui.scope_builder(builder, |ui| {
        add(ui);
        ui.min_rect().width()
    });
    if (shown.inner - width).abs() > 0.5 {
        ui.data_mut(|d| d.insert_temp(id, shown.inner));
        ui.ctx().request_discard("a centred row was measured");
    }
}

fn recent_card(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let t = theme::of(ui);
    card_at(ui, rect, 0.0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), 48.0));
        let inner = head.shrink2(vec2(t.space().x4, 0.0));
        ui.allocate_rect(head, Sense::hover());
        let mut words = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)));
        say(&mut words, Type::Emphasis, "Recent");
        if !cx.settings.recent.is_empty() {
            let right = UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)).id_salt("clear");
            if ui.new_child(right).add(Button::plain("Clear list").small()).clicked() {
                cx.clear_recent();
            }
        }
        hairline(ui);
        if cx.settings.recent.is_empty() {
            ui.add_space(t.space().x6);
            ui.vertical_centered(|ui| text::remark(ui, "Workspaces you open are listed here"));
            return;
        }
        let foot = t.space().x8;
        let mut wanted = None;
        let facts = cx.recent_facts.latest().map(|(_, facts)| facts.clone()).unwrap_or_default();
        let room = rect.bottom() - ui.cursor().top() - foot;
        egui::ScrollArea::vertical().max_height(room).auto_shrink(false).show(ui, |ui| {
            for (i, recent) in cx.settings.recent.iter().enumerate() {
                let known = facts.get(i).copied();
                if recent_row(ui, recent, known.map(|f| f.map(|f| f.size))).clicked() {
                    wanted = Some(recent.path.clone());
                }
            }
        });
        let at = pos2(rect.left() + t.space().x4, rect.bottom() - foot / 2.0);
        let words = "Missing files stay listed until you clear them";
        paint::text(ui.painter(), at, Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
        if let Some(path) = wanted {
            cx.open(path);
        }
    });
}

/// `size` is unknown until looked up, then the size, or nothing where the file is gone.
fn recent_row(ui: &mut Ui, recent: &Recent, size: Option<Option<u64>>) -> Response {
    let t = theme::of(ui);
    let gone = size == Some(None);
    let sense = if gone { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !gone, format!("Open {}", recent.name)));
    if response.hovered() && !gone {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0.0, t.surface.hover);
    }
    let painter = ui.painter();
    let y = rect.center().y;
    let icon = if gone { icons::MISSING } else { icons::DATA };
    let ink = if gone { t.text.subdued } else { t.text.strong };
    paint::icon(painter, pos2(rect.left() + 26.0, y), icon, t.icon().normal, t.text.subdued);
    let words = Rect::from_min_max(pos2(rect.left() + 48.0, rect.top()), pos2(rect.right() - 172.0, rect.bottom()));
    let half = |up: bool| {
        let shift = if up { -9.0 } else { 9.0 };
        Rect::from_center_size(words.center() + vec2(0.0, shift), vec2(words.width(), t.line(Type::Body)))
    };
    paint::text_in(painter, half(true), Align2::LEFT_CENTER, &recent.name, t.font(Type::Label), ink);
    let path = short_path(&recent.path);
    paint::text_in(painter, half(false), Align2::LEFT_CENTER, &path, t.font(Type::Caption), t.text.subdued);
    let when = if gone { "Not found".into() } else { opened(recent.opened_at) };
    let caption = |x: f32, words: String| {
        paint::text(painter, pos2(x, y), Align2::RIGHT_CENTER, words, t.font(Type::Caption), t.text.subdued);
    };
    caption(rect.right() - 86.0, when);
    caption(rect.right() - t.space().x4, size.map_or_else(String::new, |s| s.map_or_else(|| "—".into(), bytes)));
    painter.hline(rect.x_range(), rect.bottom() - 0.5, t.hairline(t.border.subtle));
    paint::focus_ring(ui, t, rect.shrink(3.0), t.radius().small, &response);
    if gone { response } else { response.on_hover_cursor(egui::CursorIcon::PointingHand) }
}

fn opened(at: i64) -> String {
    let Some(moment) = Local.timestamp_opt(at, 0).single() else { return String::new() };
    if moment.date_naive() == Local::now().date_naive() {
        return moment.format("Today %H:%M").to_string();
    }
    locale::day_of(at)
}

/// `38 MB`.
pub fn bytes(n: u64) -> String {
    const STEP: f64 = 1024.0;
    let n = n as f64;
    match n {
        n if n < STEP => format!("{} B", locale::number(n, 0)),
        n if n < STEP * STEP => format!("{} kB", locale::number(n / STEP, 0)),
        n if n < 10.0 * STEP * STEP => format!("{} MB", locale::number(n / STEP / STEP, 1)),
        n if n < STEP * STEP * STEP => format!("{} MB", locale::number(n / STEP / STEP, 0)),
        n => format!("{} GB", locale::number(n / STEP / STEP / STEP, 1)),
    }
}

/// A card that is a button.
fn door(ui: &mut Ui, rect: Rect, icon: Icon, title: &str, line: &str, key: Option<&str>) -> Response {
    let t = theme::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(title), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title));
    let fill = if response.hovered() { t.surface.hover } else { t.surface.panel };
    let painter = ui.painter();
    painter.rect(rect, corner(t.radius().large), fill, t.hairline(t.border.normal), StrokeKind::Inside);
    let y = rect.center().y;
    paint::icon(painter, pos2(rect.left() + 29.0, y), icon, t.icon().large, t.text.subdued);
    let x = rect.left() + 53.0;
    paint::text(painter, pos2(x, y - 9.0), Align2::LEFT_CENTER, title, t.font(Type::Label), t.text.strong);
    paint::text(painter, pos2(x, y + 10.0), Align2::LEFT_CENTER, line, t.font(Type::Caption), t.text.subdued);
    if let Some(key) = key {
        let place = Rect::from_center_size(pos2(rect.right() - t.space().x4 - 21.0, y), vec2(42.0, t.icon().normal));
        key_cap(painter, t, place, key);
    }
    paint::focus_ring(ui, t, rect, t.radius().large, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn promise(cx: &Cx, ui: &Ui, t: &Theme, at: egui::Pos2) {
    paint::icon(ui.painter(), at + vec2(8.0, 0.0), icons::LOCK, t.icon().normal, t.text.subdued);
    let words = match cx.working() {
        Some(step) => format!("{}…", step.words),
        None => "Works offline. Sends nothing, needs no account".into(),
    };
    let at = at + vec2(t.space().x6, 0.0);
    paint::label(ui, at, Align2::LEFT_CENTER, &words, t.font(Type::Body), t.text.subdued);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!([bytes(12), bytes(2_300), bytes(2_202_010), bytes(40_000_000)], ["12 B", "2 kB", "2.1 MB", "38 MB"]);
    }
}
