//! Where customers meet the shop, and what contents follow the person: two tables of the framework as sheets. Figures that
//! nobody typed come from data and are marked so.

use egui::{Sense, Ui, vec2};

use super::found::Found;
use super::table::{Sheet, Written};
use crate::analytics::journey::Told;
use crate::model::content::{self, Contents};
use crate::model::journey::Level;
use crate::model::omnichannel::{self, Omnichannel};
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::percent;
use crate::ui::widgets::{Button, say_in};

/// How a sheet is used, beside the tabs.
pub fn hint(ui: &mut Ui) {
    let ink = theme::of(ui).text.subdued;
    say_in(ui, Type::Caption, ink, "Type to replace, Enter to change, Tab to go on; blocks can be pasted");
}

/// A sheet in a card over the rest of the page.
pub fn framed<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let t = theme::of(ui);
    let area = ui.available_rect_before_wrap();
    let done = card_at(ui, area, t.space().x4, add);
    ui.advance_cursor_after_rect(area);
    done
}

/// The omnichannel table.
pub fn channels(ui: &mut Ui, table: &mut Omnichannel, written: &mut Written, found: &Found) {
    let filled = found.tables().cloned();
    let mut added = false;
    framed(ui, |ui| {
        let mut rows: Vec<_> = table.channels.iter_mut().filter(|row| !row.hidden).collect();
        let groups = vec![String::new(); rows.len()];
        let of = |row: usize| filled.as_ref().and_then(|filled| filled.channels.rows.get(row));
        let orders = (0..rows.len()).map(|row| of(row).map_or("—".to_owned(), |one| locale::count(one.orders)));
        let sheet = Sheet {
            name: "Omnichannel",
            shown: &[("Orders", 78.0, orders.collect())],
            fields: omnichannel::FIELDS,
            choices: &|_| None,
            groups: &groups,
            unless_typed: &|row, key| {
                let one = of(row)?;
                match key {
                    "usage" => from_data(one.usage),
                    "revenue" => from_data(one.revenue),
                    "satisfaction" => Some("—".to_owned()),
                    _ => None,
                }
            },
        };
        let room = ui.available_height() - theme::of(ui).row().button_small - 2.0 * theme::of(ui).space().x2;
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), room), Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("omnichannel"));
        sheet.show(&mut inner, written, &mut rows);
        ui.horizontal(|ui| {
            added = ui.add(Button::plain("Add a channel").small()).clicked();
            let rule = "An order belongs to the channel that its sales channel names, else to that of the last touch before \
                        it, else to the website";
            say_in(ui, Type::Caption, theme::of(ui).text.subdued, rule);
        });
    });
    if added {
        table.add("New channel");
    }
}

/// The matrix of dynamic contents.
pub fn contents(ui: &mut Ui, table: &mut Contents, written: &mut Written, found: &Found) {
    let filled = found.tables().cloned();
    let mut added = false;
    framed(ui, |ui| {
        let mut rows: Vec<_> = table.contents.iter_mut().filter(|row| !row.hidden).collect();
        let groups = vec![String::new(); rows.len()];
        let of = |row: usize| filled.as_ref().and_then(|filled| filled.contents.get(row));
        let tests = (0..rows.len()).map(|row| {
            of(row).map_or("—".to_owned(), |one| locale::count((one.lifts.len() + one.undecided.len()) as u64))
        });
        let sheet = Sheet {
            name: "Dynamic content",
            shown: &[("Tests", 64.0, tests.collect())],
            fields: content::FIELDS,
            choices: &|key| (key == "level").then(|| Level::ALL.map(Level::name).to_vec()),
            groups: &groups,
            unless_typed: &|row, key| {
                let one = of(row)?;
                match key {
                    "lift" => from_data(one.lift),
                    "testing" if !one.testing.is_empty() => Some(format!("{} (from data)", one.testing)),
                    _ => None,
                }
            },
        };
        let room = ui.available_height() - theme::of(ui).row().button_small - 2.0 * theme::of(ui).space().x2;
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), room), Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("contents"));
        sheet.show(&mut inner, written, &mut rows);
        added = ui.add(Button::plain("Add a content").small()).clicked();
    });
    if added {
        table.add("New content");
    }
}

/// A figure that nobody typed.
fn from_data(told: Told) -> Option<String> {
    match (told.is_typed, told.data) {
        (true, _) => None,
        (false, Some(share)) => Some(format!("{} (from data)", percent(share))),
        (false, None) => Some("—".to_owned()),
    }
}
