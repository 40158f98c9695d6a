//! Customers by how they buy.

use egui::{Rect, Ui};

use super::Pick;
use crate::analytics::discounts::{Class, Discounts};
use crate::analytics::door::share;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Column, Table, TableState, say};

/// The card and what it remembers.
#[derive(Default)]
pub struct Classes {
    table: TableState,
}

impl Classes {
    /// Draws the card. Returns the class that was chosen, and the one that was entered.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Discounts, rect: Rect) -> (Option<Pick>, Option<Pick>) {
        let t = theme::of(ui);
        let columns = [
            Column::text("How they buy", 150.0).grow(1.0),
            Column::number("Customers", 92.0),
            Column::number("Share of buyers", 176.0),
        ];
        let of = |row: u64| Class::ALL.get(usize::try_from(row).ok()?).copied();
        let n = |class: Class| found.total.classes[class as usize];
        let part = |class: Class| share(n(class) as f64, found.total.buyers as f64);
        let mut shown = None;
        card_at(ui, rect, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, "How customers buy");
            say(ui, Type::Caption, "A row leads to its customers; two orders make a habit");
            ui.add_space(t.space().x1);
            let table = Table::new("How customers buy", &columns, Class::ALL.len() as u64, t.row().normal);
            shown = Some(table.show(ui, &mut self.table, |row, column, cell| {
                let Some(class) = of(row) else { return };
                match column {
                    0 => cell.label(class.name()),
                    1 => cell.text(&locale::count(n(class))),
                    _ => {
                        cell.bar(part(class).unwrap_or(0.0), cell.t.series(0));
                        cell.text(&part(class).map_or_else(|| "—".into(), |share| locale::percent(share, 1)));
                    }
                }
            }));
        });
        let Some(shown) = shown else { return (None, None) };
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| match (of(row), column) {
                (Some(class), 0) => Value::Text(class.name().to_owned()),
                (Some(class), 1) => Value::Count(n(class)),
                (Some(class), _) => part(class).map_or(Value::Empty, Value::Number),
                _ => Value::Empty,
            });
        }
        let pick = |row: Option<u64>| row.and_then(of).map(|class| (Some(class), None));
        (pick(shown.chosen), pick(shown.entered))
    }
}
