//! The palette: every page, segment, command, workspace and customer by typing a few letters of it.

mod lines;
mod score;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Frame, Id, Key, Modal, Modifiers, Rect, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

pub use self::lines::{Act, Line};
use super::cx::Cx;
use super::panels::PanelId;
use super::slot::Slot;
use super::theme::{self, Theme, Type, corner, icons};
use super::widgets::{button::key_cap, hairline, paint, text};
use crate::workspace::lists::CustomerListing;

/// Customers that are offered at most.
const CUSTOMERS: usize = 6;
/// Letters before customers are searched.
const ENOUGH: usize = 2;
const TOP: f32 = 104.0;
const FIELD: f32 = 52.0;
const FOOT: f32 = 36.0;

/// The open palette.
pub struct Palette {
    typed: String,
    chosen: usize,
    moved: bool,
    fresh: bool,
    /// Only lines of this group.
    group: Option<&'static str>,
    /// The Tab key asks for the group of the chosen line, or for all again.
    narrow: bool,
    found: Slot<String, Vec<CustomerListing>>,
}

impl Default for Palette {
    fn default() -> Self {
        let found = Slot::new("Searching customers");
        Self { typed: String::new(), chosen: 0, moved: false, fresh: true, group: None, narrow: false, found }
    }
}

/// Draws the palette while it is open.
pub fn show(cx: &mut Cx) {
    let Some(mut palette) = cx.palette.take() else { return };
    let ctx = cx.ctx.clone();
    let t = theme::get(ctx.global_style().visuals.dark_mode);
    let id = Id::unique("palette");
    let frame = Frame::new()
        .fill(t.surface.overlay)
        .stroke(t.hairline(t.border.normal))
        .corner_radius(corner(t.radius().large))
        .shadow(t.overlay_shadow());
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
    let shown =
        Modal::new(id).area(area).frame(frame).backdrop_color(t.surface.scrim).show(&ctx, |ui| palette.ui(cx, ui));
    match shown.inner {
        Some(act) => run(cx, act),
        None if shown.should_close() => {}
        None => cx.palette = Some(palette),
    }
}

fn run(cx: &mut Cx, act: Act) {
    match act {
        Act::Page(page) => cx.go(page),
        Act::Command(command) => (command.run)(cx),
        Act::Workspace(path) => cx.open(path),
        Act::Segment(segment) => {
            cx.members = super::cx::MemberFilter { segment: Some(segment), ..Default::default() };
            cx.go(PanelId::Customers);
        }
        Act::Customer(id, called) => cx.open_customer(id, called),
    }
}

impl Palette {
    fn ui(&mut self, cx: &Cx, ui: &mut Ui) -> Option<Act> {
        let t = theme::of(ui);
        ui.set_width(t.shell().palette.min(ui.ctx().content_rect().width() - 2.0 * t.space().x6));
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        self.follow_keys(ui);
        let before = self.typed.clone();
        let (field, count) = self.field(ui, t);
        if before != self.typed {
            (self.chosen, self.moved) = (0, true);
        }
        let known = lines::all(cx);
        let all = known.len();
        let mut found = lines::fitting(known, &self.typed);
        found.extend(self.customers(cx));
        if std::mem::take(&mut self.narrow) {
            self.group = if self.group.is_some() { None } else { found.get(self.chosen).map(|line| line.group) };
            (self.chosen, self.moved) = (0, true);
        }
        if let Some(group) = self.group {
            found.retain(|line| line.group == group);
        }
        self.chosen = self.chosen.min(found.len().saturating_sub(1));
        let within = self.group.map_or_else(String::new, |group| format!(", {group}"));
        let words = format!("{} of {all}{within}", found.len());
        paint::label(ui, count, Align2::RIGHT_CENTER, &words, t.font(Type::Caption), t.text.subdued);
        hairline(ui);
        let clicked = self.list(ui, t, &found);
        hairline(ui);
        foot(ui, t);
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if !field.has_focus() && !ui.input(|i| i.key_pressed(Key::Escape)) {
            field.request_focus();
        }
        let act = clicked.or(entered.then_some(self.chosen)).and_then(|i| found.get(i));
        act.filter(|line| line.off.is_none()).map(|line| line.act.clone())
    }

    /// Arrows move the chosen line; they do not move the cursor in the field.
    fn follow_keys(&mut self, ui: &Ui) {
        const PAGE: usize = 8;
        let pressed = |key: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let before = self.chosen;
        if pressed(Key::ArrowDown) {
            self.chosen += 1;
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.saturating_sub(1);
        }
        self.narrow |= pressed(Key::Tab);
        if pressed(Key::PageDown) {
            self.chosen += PAGE;
        }
        if pressed(Key::PageUp) {
            self.chosen = self.chosen.saturating_sub(PAGE);
        }
        self.moved = before != self.chosen;
    }

    /// The field, and where the count belongs.
    fn field(&mut self, ui: &mut Ui, t: &Theme) -> (egui::Response, egui::Pos2) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FIELD), Sense::hover());
        let left = rect.left() + t.space().x5;
        let centre = pos2(left + t.icon().normal / 2.0, rect.center().y);
        paint::icon(ui.painter(), centre, icons::SEARCH, t.icon().normal, t.text.subdued);
        let right = rect.right() - t.space().x4;
        let from = centre.x + t.icon().normal / 2.0 + t.space().x3;
        let place = Rect::from_min_max(pos2(from, rect.top()), pos2(right - 2.5 * t.space().x8, rect.bottom()));
        let font = egui::FontId { size: t.font(Type::Emphasis).size, ..t.font(Type::Body) };
        let hint = egui::RichText::new("Find a page, customer or command").font(font.clone()).color(t.text.subdued);
        let edit = TextEdit::singleline(&mut self.typed)
            .id(Id::unique("palette field"))
            .font(font)
            .text_color(t.text.strong)
            .frame(Frame::NONE)
            .align(Align2::LEFT_CENTER)
            .hint_text(hint);
        let response = ui.put(place, edit).accessible_name("Find a page, customer or command");
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
        }
        (response, pos2(right, rect.center().y))
    }

    /// Customers whose name, e-mail or id contains what was typed, found by the session's thread.
    fn customers(&mut self, cx: &Cx) -> Vec<Line> {
        let typed = self.typed.trim().to_owned();
        if typed.chars().count() < ENOUGH || cx.shop.as_ref().is_none_or(|shop| shop.is_empty()) {
            return Vec::new();
        }
        self.found.ask(typed.clone(), || {
            let text = typed.clone();
            cx.from_session(move |home, _| {
                let session = home.session()?;
                let mut ids = session.find_customers(&text)?;
                ids.truncate(CUSTOMERS);
                Ok(Ok(session.customers(&ids)?))
            })
        });
        match self.found.latest() {
            Some((asked, found)) if *asked == typed => found.iter().filter_map(lines::customer).collect(),
            _ => Vec::new(),
        }
    }

    /// Draws the lines. Returns the one that was clicked.
    fn list(&mut self, ui: &mut Ui, t: &Theme, found: &[Line]) -> Option<usize> {
        let height = (ui.ctx().content_rect().height() - TOP - FIELD - FOOT - 2.0 * t.space().x8).min(472.0);
        if found.is_empty() {
            ui.add_space(t.space().x5);
            ui.vertical_centered(|ui| text::remark(ui, "Nothing is called so"));
            ui.add_space(t.space().x5);
            return None;
        }
        let mut clicked = None;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.add_space(t.space().x1);
            let mut group = "";
            for (i, line) in found.iter().enumerate() {
                if line.group != group {
                    group = line.group;
                    caption(ui, t, group);
                }
                let response = row(ui, t, line, i == self.chosen);
                if self.moved && i == self.chosen {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(i);
                }
            }
            ui.add_space(t.space().x1);
        });
        clicked
    }
}

fn caption(ui: &mut Ui, t: &Theme, words: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().nav), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let at = pos2(rect.left() + t.space().x5, rect.center().y + 2.0);
    paint::text(ui.painter(), at, Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
}

fn row(ui: &mut Ui, t: &Theme, line: &Line, chosen: bool) -> egui::Response {
    let on = line.off.is_none();
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().palette), Sense::CLICK);
    let said = match line.off {
        Some(why) => format!("{}, {}: {why}", line.title, line.remark),
        None => format!("{}, {}", line.title, line.remark),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, on, chosen, &said));
    let rect = whole.shrink2(vec2(t.space().x2 - 2.0, 0.0));
    if chosen || response.hovered() {
        let fill = if chosen { t.surface.selected } else { t.surface.hover };
        ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    }
    let y = rect.center().y;
    let ink = match (on, chosen) {
        (false, _) => t.text.disabled,
        (_, true) => t.accent.text,
        _ => t.text.normal,
    };
    let x = whole.left() + t.space().x5 + t.icon().normal / 2.0;
    paint::icon(ui.painter(), pos2(x, y), line.icon, t.icon().normal, ink);
    let mut right = rect.right() - t.space().x3;
    if let Some(key) = &line.key {
        right = keys(ui, t, key, right, y) - t.space().x3;
    }
    let left = x + t.icon().normal / 2.0 + t.space().x3;
    let title = title(ui, t, line);
    let end = left + title.size().x;
    ui.painter().galley(pos2(left, y - title.size().y / 2.0), title, ink);
    let place = Rect::from_min_max(pos2(end + t.space().x3, rect.top()), pos2(right.max(end), rect.bottom()));
    let (words, ink) = match line.off {
        Some(why) => (why, t.text.normal),
        None => (line.remark.as_str(), t.text.subdued),
    };
    let cut = paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, words, t.font(Type::Caption), ink).1;
    let response = if on { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response };
    if cut { response.on_hover_text(words) } else { response }
}

/// The title with the letters that were meant in accent.
fn title(ui: &Ui, t: &Theme, line: &Line) -> std::sync::Arc<egui::Galley> {
    let (font, strong) = (t.font(Type::Label), t.strong_font(Type::Body));
    let plain = if line.off.is_none() { t.text.strong } else { t.text.disabled };
    let mut job = LayoutJob::default();
    for (i, c) in line.title.chars().enumerate() {
        let meant = line.off.is_none() && line.letters.contains(&i);
        let format = match meant {
            true => TextFormat::simple(strong.clone(), t.accent.text),
            false => TextFormat::simple(font.clone(), plain),
        };
        job.append(c.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    ui.painter().layout_job(job)
}

/// Keys in their boxes, ending at `right`. Returns where they begin.
fn keys(ui: &Ui, t: &Theme, keys: &str, right: f32, y: f32) -> f32 {
    let mut x = right;
    for key in keys.split(' ').rev() {
        let wide = ui.painter().layout_no_wrap(key.to_owned(), t.font(Type::Caption), t.text.normal).size().x;
        let size = vec2((wide + 2.0 * t.space().x1 + 2.0).max(t.icon().normal), t.icon().normal);
        key_cap(ui.painter(), t, Rect::from_min_size(pos2(x - size.x, y - size.y / 2.0), size), key);
        x -= size.x + t.space().x1;
    }
    x
}

fn foot(ui: &mut Ui, t: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT), Sense::hover());
    let y = rect.center().y;
    let mut x = rect.left() + t.space().x5;
    for (key, words) in [("↑ ↓", "choose"), ("Enter", "open"), ("Tab", "only this group, or all")] {
        let width = keys_width(ui, t, key);
        keys(ui, t, key, x + width, y);
        let at = pos2(x + width + t.space().x2, y);
        let place = paint::text(ui.painter(), at, Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
        x = place.right() + t.space().x5;
    }
    let at = pos2(rect.right() - t.space().x5, y);
    let place = paint::text(ui.painter(), at, Align2::RIGHT_CENTER, "close", t.font(Type::Caption), t.text.subdued);
    keys(ui, t, "Esc", place.left() - t.space().x2, y);
}

fn keys_width(ui: &Ui, t: &Theme, keys: &str) -> f32 {
    let one = |key: &str| {
        let wide = ui.painter().layout_no_wrap(key.to_owned(), t.font(Type::Caption), t.text.normal).size().x;
        (wide + 2.0 * t.space().x1 + 2.0).max(t.icon().normal)
    };
    let parts: Vec<f32> = keys.split(' ').map(one).collect();
    parts.iter().sum::<f32>() + (parts.len() - 1) as f32 * t.space().x1
}
