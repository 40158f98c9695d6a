//! A table of fields that became different: which, what stood there, what stands there.

use egui::{Sense, Ui, vec2};

use super::data::{Spot, spot};
use super::print;
use crate::framework::state::Change;
use crate::model::Currency;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::{Column, Table, TableState};

/// Draws the table; the field that was entered.
pub(super) fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    name: &str,
    (before, after): (&str, &str),
    changes: &[Change],
    currency: Currency,
) -> Option<String> {
    let t = theme::of(ui);
    let columns = [
        Column::text("Field", 200.0).grow(1.0),
        Column::text(before.to_owned(), 120.0).grow(0.6),
        Column::text(after.to_owned(), 120.0).grow(0.6),
    ];
    let rows: Vec<(Spot, &Change)> = changes.iter().filter_map(|change| Some((spot(&change.key)?, change))).collect();
    let at = |row: u64| rows.get(usize::try_from(row).ok()?);
    let words = |row: u64, column: usize| {
        at(row).map_or_else(String::new, |(spot, change)| match column {
            0 => format!("{}: {}", spot.group.title, spot.field.label),
            1 => print::whole(spot.field, change.before.as_ref(), currency),
            _ => print::whole(spot.field, change.after.as_ref(), currency),
        })
    };
    let table = Table::new(name, &columns, rows.len() as u64, t.row().normal).opens("Go to the field");
    let high = table.height(t).min((ui.available_height() - t.space().x4).max(160.0)) + t.space().x4;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(name));
    let shown = table.show(&mut inner, state, |row, column, cell| {
        let text = words(row, column);
        match column {
            0 => cell.label(&text),
            1 => cell.subdued(&text),
            _ => cell.text(&text),
        }
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| Value::Text(words(row, column)));
    }
    shown.entered.and_then(at).map(|(spot, _)| spot.field.key.clone())
}
