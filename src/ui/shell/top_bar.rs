//! The top bar: workspace, menus, sample chip, search, and the small things at the right.

use egui::accesskit::Role;
use egui::{Align, Align2, Id, Layout, Panel, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::commands::{COMMANDS, FIND, HISTORY, MENUS, Menu, REDO, UNDO, command_named, key_text, page_key_text};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::notices;
use crate::ui::paths::Purpose;
use crate::ui::theme::{self, Tone, Type, corner, icons};
use crate::ui::widgets::button::key_cap;
use crate::ui::widgets::menu::{item, menu_item, menu_line, menu_of};
use crate::ui::widgets::{icon_button, mark, paint};

/// Draws the top bar.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let frame = egui::Frame::new().fill(t.surface.page);
    let panel = Panel::top("top bar").exact_size(t.shell().top_bar).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, t.hairline(t.border.normal));
        let inner =
            |left: f32, right: f32| Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom() - 1.0));
        workspace(cx, ui, inner(rect.left(), rect.left() + t.shell().nav_width));
        let middle = inner(rect.left() + t.shell().nav_width, rect.right());
        let layout = Layout::left_to_right(Align::Center);
        // Seven buttons at the right, and what lies between them.
        let free = middle.with_max_x(middle.right() - 7.0 * (t.row().nav + 2.0) - t.space().x6);
        let mut words = ui.new_child(UiBuilder::new().max_rect(free).layout(layout).id_salt("menus"));
        menus(cx, &mut words);
        sample_chip(cx, &mut words);
        let layout = Layout::right_to_left(Align::Center);
        let right = inner(words.min_rect().right(), rect.right() - t.space().x2);
        let mut tools = ui.new_child(UiBuilder::new().max_rect(right).layout(layout).id_salt("tools"));
        tools.spacing_mut().item_spacing.x = 2.0;
        self::tools(cx, &mut tools);
    });
}

/// Mark and name; with a shop open also the menu of recent ones.
fn workspace(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let t = theme::of(ui);
    let open = cx.shop.is_some();
    let name = cx.shop.as_ref().map_or("Cartwright", |shop| shop.facts.name.as_str()).to_owned();
    let area = rect.shrink2(vec2(t.space().x2, t.space().x2));
    let sense = if open { Sense::click() } else { Sense::hover() };
    let response = ui.interact(area, Id::unique("workspace"), sense);
    let role = if open { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("Workspace {name}")));
    if open && response.hovered() {
        ui.painter().rect_filled(area, corner(t.radius().medium), t.surface.raised);
    }
    let size = t.icon().normal + 1.0;
    mark::paint(ui.painter(), pos2(rect.left() + t.space().x6, rect.center().y), size, t.accent.base);
    let left = rect.left() + t.space().x8 + t.space().x2 + 2.0;
    let right = area.right() - if open { t.icon().normal + t.space().x1 } else { 0.0 };
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
    let font = t.strong_font(Type::Body);
    paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &name, font, t.text.strong);
    paint::focus_ring(ui, t, area, t.radius().medium, &response);
    if open {
        let centre = pos2(area.right() - t.icon().normal / 2.0 - 2.0, rect.center().y);
        paint::icon(ui.painter(), centre, icons::UNFOLD, t.icon().small, t.text.normal);
        menu_of(&response, |ui| recent_menu(cx, ui));
    }
}

fn recent_menu(cx: &mut Cx, ui: &mut Ui) {
    let current = cx.shop.as_ref().map(|shop| shop.path.clone());
    let mut wanted = None;
    for recent in &cx.settings.recent {
        let here = current.as_ref() == Some(&recent.path);
        if menu_item(ui, &recent.name, Some(icons::DATA), None, here).clicked() && !here {
            wanted = Some(recent.path.clone());
        }
    }
    menu_line(ui);
    if menu_item(ui, "Open a workspace…", Some(icons::FOLDER), None, false).clicked() {
        cx.ask_path(Purpose::Open, Ask::Workspace);
    }
    if menu_item(ui, "Close the workspace", None, None, false).clicked() {
        cx.leave();
    }
    if let Some(path) = wanted {
        cx.open(path);
    }
}

fn menus(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    ui.spacing_mut().item_spacing.x = 0.0;
    for (menu, name) in MENUS {
        let word = ui.painter().layout_no_wrap(name.to_owned(), t.font(Type::Body), t.text.normal);
        let size = vec2(word.size().x + 2.0 * (t.space().x2 + 1.0), t.row().nav);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let open = egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(&response));
        if response.hovered() || open {
            ui.painter().rect_filled(rect, corner(t.radius().medium), t.surface.raised);
        }
        ui.painter().galley(rect.center() - word.size() / 2.0, word, t.text.normal);
        paint::focus_ring(ui, t, rect, t.radius().medium, &response);
        if response.hovered() && !open && any_menu_open(ui) {
            egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(&response));
        }
        ui.data_mut(|d| d.insert_temp(Id::unique(("menu popup", name)), egui::Popup::default_response_id(&response)));
        menu_of(&response, |ui| commands_of(cx, ui, menu));
    }
}

/// With one menu open the pointer opens the others by passing over them.
fn any_menu_open(ui: &Ui) -> bool {
    MENUS.iter().any(|(_, name)| {
        let popup = ui.data(|d| d.get_temp::<Id>(Id::unique(("menu popup", *name))));
        popup.is_some_and(|id| egui::Popup::is_id_open(ui.ctx(), id))
    })
}

fn commands_of(cx: &mut Cx, ui: &mut Ui, menu: Menu) {
    ui.set_min_width(210.0);
    for command in COMMANDS.iter().filter(|c| c.menu == menu) {
        let off = (command.enabled)(cx).err();
        if command.line {
            menu_line(ui);
        }
        let key = command.key.as_ref().map(key_text);
        let title = command.title_now(cx);
        let row = item(ui, &title, command.icon, key.as_deref(), (command.chosen)(cx), off.is_none());
        let row = if let Some(why) = off { row.on_hover_text(why) } else { row };
        if row.clicked() {
            (command.run)(cx);
        }
    }
    if menu == Menu::View && cx.shop.is_some() {
        menu_line(ui);
        pages_of(cx, ui);
    }
}

/// All pages; where the window is too low for them they scroll, and the commands above stay in reach.
fn pages_of(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - t.space().x4;
    egui::ScrollArea::vertical().max_height(room.max(4.0 * t.row().nav)).show(ui, |ui| {
        for (i, panel) in crate::ui::panels::PANELS.iter().enumerate() {
            // Pages beyond the ninth have no key of their own.
            let key = crate::ui::commands::PAGE_KEYS.get(i).map(page_key_text);
            if menu_item(ui, panel.title, Some(panel.icon), key.as_deref(), false).clicked() {
                cx.go(panel.id);
            }
        }
    });
}

/// On every page of the sample shop: that it is one, and the way to real data.
fn sample_chip(cx: &mut Cx, ui: &mut Ui) {
    if !cx.shop.as_ref().is_some_and(|shop| shop.facts.sample) {
        return;
    }
    let t = theme::of(ui);
    let info = t.tone(Tone::Info);
    ui.add_space(t.space().x3);
    let font = t.font(Type::Caption);
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), info.text).size().x;
    let (first, second) = (wide("Sample data"), wide("Use my own"));
    let lead = t.space().x2 + t.icon().small + t.space().x1;
    // In a narrow window the link goes first, then the words.
    let room = ui.max_rect().right() - ui.cursor().left();
    let (marked, whole) = (lead + first + t.space().x2, lead + first + second + 2.0 * t.space().x2);
    let width = [whole, marked].into_iter().find(|width| *width <= room).unwrap_or(lead);
    let size = vec2(width, 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Sample data: use my own"));
    ui.painter().rect_filled(rect, corner(t.radius().small), info.tint);
    let y = rect.center().y;
    paint::icon(
        ui.painter(),
        pos2(rect.left() + t.space().x2 + 6.0, y),
        icons::SAMPLE,
        t.icon().small - 2.0,
        info.text,
    );
    if width >= marked {
        let at = pos2(rect.left() + lead, y);
        paint::text(ui.painter(), at, Align2::LEFT_CENTER, "Sample data", font.clone(), info.text);
    }
    if width >= whole {
        let at = pos2(rect.right() - t.space().x2, y);
        let link = paint::text(ui.painter(), at, Align2::RIGHT_CENTER, "Use my own", font, t.accent.text);
        if response.hovered() {
            ui.painter().hline(link.x_range(), link.bottom(), t.hairline(t.accent.text));
        }
    }
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    let response = if width < whole { response.on_hover_text("Sample data: use my own") } else { response };
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        cx.leave();
    }
}

fn tools(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let help = icon_button(ui, icons::HELP, "Help (F1 lists all keys)");
    menu_of(&help, |ui| commands_of(cx, ui, Menu::Help));
    let dark = ui.visuals().dark_mode;
    if icon_button(ui, icons::THEME, if dark { "Light theme" } else { "Dark theme" }).clicked() {
        cx.flip_theme();
    }
    let bell = icon_button(ui, icons::NOTICES, "Notices");
    if cx.notices.unread {
        ui.painter().circle_filled(bell.rect.right_top() + vec2(-8.0, 8.0), 3.0, t.accent.base);
    }
    if bell.clicked() {
        cx.notices.unread = false;
    }
    menu_of(&bell, |ui| notices::list(ui, &cx.notices));
    if cx.shop.is_none() {
        return find(cx, ui);
    }
    let (line, _) = ui.allocate_exact_size(vec2(t.space().x3, t.icon().normal), Sense::hover());
    ui.painter().vline(line.center().x, line.y_range(), t.hairline(t.border.normal));
    for title in [HISTORY, REDO, UNDO] {
        command_button(cx, ui, title);
    }
    find(cx, ui);
}

/// An icon that does a command; its tooltip names it, its key, or why it cannot be done now.
fn command_button(cx: &mut Cx, ui: &mut Ui, title: &str) {
    let Some(command) = command_named(title) else { return };
    let (Some(icon), tip) = (command.icon, command.tip(cx)) else { return };
    let enabled = (command.enabled)(cx).is_ok();
    let button = ui.add_enabled_ui(enabled, |ui| icon_button(ui, icon, &tip)).inner;
    if button.on_disabled_hover_text(tip).clicked() {
        (command.run)(cx);
    }
}

/// The field that opens the palette; an icon where there is little room.
fn find(cx: &mut Cx, ui: &mut Ui) {
    const WIDE: f32 = 320.0;
    const TIGHT: f32 = 200.0;
    let t = theme::of(ui);
    let Some(command) = command_named(FIND) else { return };
    let room = ui.available_width() - t.space().x6;
    let tip = command.tip(cx);
    ui.add_space(t.space().x2);
    if room < TIGHT {
        if icon_button(ui, icons::SEARCH, &tip).clicked() {
            (command.run)(cx);
        }
        return;
    }
    let size = vec2(WIDE.min(room), t.row().nav + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &tip));
    let fill = if response.hovered() { t.border.normal } else { t.surface.raised };
    ui.painter().rect_filled(rect, corner(t.radius().medium), fill);
    let icon = pos2(rect.left() + t.space().x3 + t.icon().small / 2.0 - 2.0, rect.center().y);
    paint::icon(ui.painter(), icon, icons::SEARCH, t.icon().small, t.text.normal);
    let mut right = rect.right() - t.space().x2;
    if let Some(key) = command.key.as_ref().map(key_text) {
        let place = Rect::from_min_max(pos2(right - 42.0, rect.top() + 6.0), pos2(right, rect.bottom() - 6.0));
        key_cap(ui.painter(), t, place, &key);
        right = place.left() - t.space().x2;
    }
    let words = Rect::from_min_max(pos2(icon.x + t.icon().small, rect.top()), pos2(right, rect.bottom()));
    let title = command.title.trim_end_matches('…');
    paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, title, t.font(Type::Body), t.text.subdued);
    paint::focus_ring(ui, t, rect, t.radius().medium, &response);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        (command.run)(cx);
    }
}
