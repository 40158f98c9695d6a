//! Customers by group on the first date (rows) and on the second (columns).

use egui::{Rect, Ui};

use super::short;
use crate::analytics::movement::Movement;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Column, Table, TableState, say};

/// The card and what it remembers.
#[derive(Default)]
pub struct Matrix {
    table: TableState,
    seen: Option<(u64, usize)>,
}

impl Matrix {
    /// Draws the card. Returns the pair of groups that was chosen.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Movement) -> Option<(usize, usize)> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, "From row to column");
            say(ui, Type::Caption, "Customers; choose a cell to list them");
            ui.add_space(t.space().x1);
            let names = found.groups.names();
            let mut columns = vec![Column::text("From", 132.0).grow(1.0)];
            columns.extend(names.iter().map(|name| Column::number(short(name), 78.0).grow(0.4)));
            let most = found.counts.iter().flatten().copied().max().unwrap_or(0).max(1) as f64;
            let table = Table::new("Movement", &columns, names.len() as u64, t.row().dense).plain();
            let shown = table.show(ui, &mut self.table, |row, column, cell| {
                let row = row as usize;
                let Some(to) = column.checked_sub(1) else { return cell.label(names[row]) };
                match found.counts[row][to] {
                    0 => cell.subdued("—"),
                    // A root, so that the few who moved are told apart beside the many who stayed.
                    n => cell.heat(Some((n as f64 / most).sqrt()), &locale::count(n)),
                }
            });
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |row, column| match column.checked_sub(1) {
                    None => Value::Text(names[row as usize].to_owned()),
                    Some(to) => Value::Count(found.counts[row as usize][to]),
                });
            }
            let at = self.table.range.filter(|range| range.is_one()).map(|range| range.at);
            let fresh = at.filter(|_| at != self.seen);
            self.seen = at;
            fresh.and_then(|(row, column)| Some((row as usize, column.checked_sub(1)?)))
        })
    }
}
