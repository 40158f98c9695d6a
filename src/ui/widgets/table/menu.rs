//! The menu of a table (export, columns) and the menu under the pointer.

use egui::{Popup, PopupCloseBehavior, Rect, Response, Sense, Ui, UiBuilder, pos2, vec2};

use super::column::Column;
use super::layout::{self, Layout, is_movable};
use super::wanted::Target;
use crate::report::table_export::TABLE_FORMATS;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::menu::{menu_item, menu_line};
use crate::ui::widgets::{button::icon_button_sized, check, text};

const WIDTH: f32 = 248.0;

/// The lines that every export menu has, each starting with `lead`: "As", "This table as". Returns what was chosen.
pub fn export_items(ui: &mut Ui, lead: &str) -> Option<Target> {
    let mut chosen = None;
    for format in TABLE_FORMATS {
        let label = format!("{lead} {}…", format.title());
        if menu_item(ui, &label, Some(icons::DOWNLOAD), None, false).clicked() {
            chosen = Some(Target::Save(*format));
        }
    }
    if menu_item(ui, "Copy the table", Some(icons::COPY), None, false).clicked() {
        chosen = Some(Target::Copy { headers: true });
    }
    chosen
}

/// The button at the right end of the header, and its menu.
pub(super) fn table_menu(ui: &mut Ui, rect: Rect, name: &str, columns: &[Column]) -> Option<Target> {
    let t = theme::of(ui);
    let mut place = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("table menu"));
    let button = icon_button_sized(&mut place, icons::MORE, &format!("Export and columns of {name}"), rect.height());
    let popup = Popup::menu(&button).gap(t.space().x1).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.set_width(WIDTH);
        caption(ui, "Export");
        let chosen = export_items(ui, "As");
        if (0..columns.len()).any(|i| is_movable(columns, i)) {
            menu_line(ui);
            caption(ui, "Columns");
            column_rows(ui, name, columns);
        }
        chosen
    });
    shown.and_then(|shown| shown.inner)
}

fn caption(ui: &mut Ui, words: &str) {
    let t = theme::of(ui);
    ui.horizontal(|ui| {
        ui.add_space(t.space().x3);
        text::say(ui, Type::Caption, words);
    });
}

/// One row per column that can be hidden: a tick, and arrows that move it.
fn column_rows(ui: &mut Ui, name: &str, columns: &[Column]) {
    let arrangement = layout::of(ui.ctx(), name);
    let everything = Layout { hidden: Default::default(), ..arrangement.clone() };
    let order: Vec<usize> = everything.shown(columns).into_iter().filter(|&i| is_movable(columns, i)).collect();
    let t = theme::of(ui);
    for (place, &i) in order.iter().enumerate() {
        let column = &columns[i];
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, t.row().nav), Sense::hover());
        let side = t.row().dense;
        let left = Rect::from_min_max(rect.min + vec2(t.space().x3, 0.0), rect.max - vec2(2.0 * side, 0.0));
        let mut words = ui.new_child(UiBuilder::new().max_rect(left).id_salt(("tick", i)));
        words.shrink_clip_rect(left.expand(t.space().x1));
        let mut on = !arrangement.hidden.contains(&column.title);
        if check(&mut words, &column.title, &mut on).changed() {
            layout::change(ui.ctx(), name, true, |layout| layout.flip(column));
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let right = Rect::from_min_max(pos2(left.right(), rect.top()), rect.max - vec2(t.space().x1, 0.0));
        let mut arrows = ui.new_child(UiBuilder::new().max_rect(right).layout(layout).id_salt(("arrows", i)));
        arrows.spacing_mut().item_spacing.x = 0.0;
        let later = icon_button_sized(&mut arrows, icons::ARROW_DOWN, &format!("Move {} right", column.title), side);
        let sooner = icon_button_sized(&mut arrows, icons::ARROW_UP, &format!("Move {} left", column.title), side);
        let to = match (sooner.clicked(), later.clicked()) {
            (true, _) => place.checked_sub(1),
            (_, true) => Some(place + 1),
            _ => None,
        };
        if let Some(to) = to {
            layout::change(ui.ctx(), name, true, |layout| layout.place(columns, i, to));
        }
    }
    menu_line(ui);
    if menu_item(ui, "Reset the columns", Some(icons::RESET), None, false).clicked() {
        layout::change(ui.ctx(), name, true, |layout| *layout = Layout::default());
    }
}

/// What was chosen under the pointer.
pub(super) enum Chosen {
    Open,
    Cell,
    Row,
    Cells { headers: bool },
    Export(Target),
}

/// The menu of a cell or of the chosen cells; `opens` is what entering the row does.
pub(super) fn context_menu(body: &Response, many: bool, opens: Option<&str>) -> Option<Chosen> {
    let shown = Popup::context_menu(body).show(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.set_min_width(WIDTH);
        let mut chosen = None;
        if let Some(words) = opens {
            if menu_item(ui, words, Some(icons::ARROW_RIGHT), Some("Enter"), false).clicked() {
                chosen = Some(Chosen::Open);
            }
            menu_line(ui);
        }
        let copy =
            |ui: &mut Ui, label: &str, key: Option<&str>| menu_item(ui, label, Some(icons::COPY), key, false).clicked();
        if many {
            if copy(ui, "Copy the cells", Some("Ctrl C")) {
                chosen = Some(Chosen::Cells { headers: false });
            }
        } else if copy(ui, "Copy the cell", Some("Ctrl C")) {
            chosen = Some(Chosen::Cell);
        }
        if copy(ui, "Copy the row", None) {
            chosen = Some(Chosen::Row);
        }
        if copy(ui, "Copy with headers", None) {
            chosen = Some(Chosen::Cells { headers: true });
        }
        menu_line(ui);
        if let Some(target) = export_items(ui, "This table as") {
            chosen = Some(Chosen::Export(target));
        }
        chosen
    });
    shown.and_then(|shown| shown.inner)
}
