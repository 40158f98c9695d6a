//! Long lists to pick from by typing: time zones, currencies.

use std::sync::LazyLock;

use egui::{Id, ScrollArea, Ui};

use super::form::Field;
use super::menu::menu_item;
use crate::ui::theme::{self, icons};

static ZONES: LazyLock<Vec<String>> =
    LazyLock::new(|| chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()).collect());

static CURRENCIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    use iso_currency::IntoEnumIterator;
    iso_currency::Currency::iter().map(|c| format!("{} {}", c.code(), c.name())).collect()
});

/// Names of all time zones.
pub fn zones() -> &'static [String] {
    &ZONES
}

/// All currencies as `USD United States dollar`.
pub fn currencies() -> &'static [String] {
    &CURRENCIES
}

/// A menu's content: a search field above the lines that fit. Returns the line that was picked.
pub fn search_menu<'a>(ui: &mut Ui, name: &str, lines: &'a [String]) -> Option<&'a str> {
    let t = theme::of(ui);
    ui.set_width(260.0);
    let id = Id::unique(("search menu", name));
    let mut text: String = ui.data(|d| d.get_temp(id)).unwrap_or_default();
    let response = Field::new(name, 260.0).hint(name).icon(icons::SEARCH).id(id.with("field")).show(ui, &mut text);
    if !ui.memory(|m| m.has_focus(response.id)) && ui.data(|d| d.get_temp::<String>(id)).is_none() {
        response.request_focus();
    }
    ui.add_space(t.space().x1);
    let wanted = text.to_lowercase();
    let fits: Vec<&String> =
        lines.iter().filter(|l| l.to_lowercase().replace('_', " ").contains(&wanted.replace('_', " "))).collect();
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    let mut picked = entered.then(|| fits.first().map(|line| line.as_str())).flatten();
    ScrollArea::vertical().max_height(9.0 * t.row().nav).show_rows(ui, t.row().nav, fits.len(), |ui, rows| {
        for line in &fits[rows] {
            if menu_item(ui, line, None, None, false).clicked() {
                picked = Some(line.as_str());
            }
        }
    });
    if picked.is_some() {
        ui.data_mut(|d| d.remove::<String>(id));
        ui.close();
    } else {
        ui.data_mut(|d| d.insert_temp(id, text));
    }
    picked
}
