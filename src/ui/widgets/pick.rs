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
    // Funds, metals and codes for testing are no money that a shop is paid in.
    let paid_in = |c: &iso_currency::Currency| {
        let code = c.code();
        let regional = ["XAF", "XCD", "XCG", "XOF", "XPF"].contains(&code);
        let fund = ["BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"].contains(&code);
        !fund && (regional || !code.starts_with('X'))
    };
    iso_currency::Currency::iter().filter(paid_in).map(|c| format!("{} {}", c.code(), c.name())).collect()
});

/// Names of all time zones.
pub fn zones() -> &'static [String] {
    &ZONES
}

/// All currencies as `USD United States dollar`.
pub fn currencies() -> &'static [String] {
    &CURRENCIES
}

/// The lines that hold a text, the likeliest first: those that begin with it, then those with a word that does.
fn fitting<'a>(lines: &'a [String], text: &str) -> Vec<&'a String> {
    let plain = |text: &str| text.trim().to_lowercase().replace('_', " ");
    let wanted = plain(text);
    let rank = |line: &String| {
        let line = plain(line);
        let at = line.find(&wanted)?;
        let word =
            line.match_indices(&wanted).any(|(at, _)| at == 0 || line[..at].ends_with(|c: char| !c.is_alphanumeric()));
        Some(match () {
            () if at == 0 => 0,
            () if word => 1,
            () => 2,
        })
    };
    let mut fits: Vec<(u8, &String)> = lines.iter().filter_map(|line| Some((rank(line)?, line))).collect();
    fits.sort_by_key(|(rank, _)| *rank);
    fits.into_iter().map(|(_, line)| line).collect()
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
    let fits = fitting(lines, &text);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_before_what_merely_holds_its_letters() {
        assert_eq!(fitting(currencies(), "eur")[0], "EUR Euro");
        assert_eq!(fitting(currencies(), "franc")[0].get(0..3), Some("BIF"));
        assert_eq!(fitting(zones(), "new york")[0], "America/New_York");
        assert!(currencies().iter().all(|line| !line.starts_with("XBA") && !line.starts_with("CHE")));
    }
}
