//! The most walked paths as a table.

use egui::{Rect, Ui};

use super::{Named, ordinal};
use crate::analytics::paths::Pick;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Column, Table, TableState, text};

/// The card and what it remembers.
#[derive(Default)]
pub struct Walked {
    table: TableState,
}

impl Walked {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the card. Returns the row that was chosen, and the row that was entered.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, named: &Named, rect: Rect) -> (Option<Pick>, Option<Pick>) {
        let t = theme::of(ui);
        let found = &named.found;
        let orders = found.settings.steps;
        let mut columns: Vec<Column> = (0..orders)
            .map(|n| Column::text(format!("{} order", text::capital(ordinal(n))), 150.0).grow(1.0))
            .collect();
        columns.push(Column::number("Buyers", 84.0));
        columns.push(Column::number("Of the same first", 128.0));
        columns.extend((1..orders).map(|n| Column::number(format!("Days to the {}", ordinal(n)), 122.0)));
        let path = |row: u64| found.paths.get(usize::try_from(row).ok()?);
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("Paths", &columns, found.paths.len() as u64, t.row().dense);
            shown = Some(table.show(ui, &mut self.table, |row, column, cell| {
                let Some(path) = path(row) else { return };
                match column {
                    i if i < orders => match path.stations.get(i) {
                        Some(crate::analytics::paths::Next::Thing(thing)) => {
                            cell.label(&named.names.things[usize::from(*thing)]);
                        }
                        Some(end) => cell.subdued(&named.station(*end, i)),
                        None => {}
                    },
                    i if i == orders => cell.text(&locale::count(path.buyers)),
                    i if i == orders + 1 => {
                        cell.text(&path.share.map_or_else(|| "—".into(), |share| locale::percent(share, 1)));
                    }
                    i => match path.median_days.get(i - orders - 2) {
                        Some(days) => cell.text(&days_in_words(*days)),
                        None => cell.subdued("—"),
                    },
                }
            }));
        });
        let Some(shown) = shown else { return (None, None) };
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let Some(path) = path(row) else { return Value::Empty };
                match column {
                    i if i < orders => {
                        path.stations.get(i).map_or(Value::Empty, |next| Value::Text(named.station(*next, i)))
                    }
                    i if i == orders => Value::Count(path.buyers),
                    i if i == orders + 1 => path.share.map_or(Value::Empty, Value::Number),
                    i => path.median_days.get(i - orders - 2).copied().flatten().map_or(Value::Empty, Value::Number),
                }
            });
        }
        let pick = |row: Option<u64>| row.and_then(|row| usize::try_from(row).ok()).map(Pick::Path);
        (pick(shown.chosen), pick(shown.entered))
    }
}

/// A median of days.
fn days_in_words(days: Option<f64>) -> String {
    days.map_or_else(|| "—".into(), |days| locale::number(days, u32::from(days.fract() != 0.0)))
}
