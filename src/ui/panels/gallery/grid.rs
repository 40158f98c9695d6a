//! A table of a million rows and more columns than fit, with every kind of cell.

use egui::Ui;

use crate::model::{Currency, Day};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::figure::{Tip, money, percent};
use crate::ui::widgets::filters::{filter_line, n_of_m};
use crate::ui::widgets::{Cell, Column, Field, Table, TableState, sheet};

/// Rows of the table: as many as the largest shop has customers.
const ROWS: u64 = 1_000_000;

/// What the part remembers.
#[derive(Default)]
pub struct Grid {
    table: TableState,
    search: String,
    unfiltered: bool,
}

impl Grid {
    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let chips = if self.unfiltered { vec![] } else { vec!["Country is DE".to_owned(), "2+ orders".to_owned()] };
        let count = n_of_m(ROWS, ROWS, "customers");
        let search = |ui: &mut Ui, search: &mut String| {
            Field::new("Search rows", 240.0).hint("Search rows").icon(icons::SEARCH).show(ui, search);
        };
        let gone = filter_line(ui, &mut self.search, |_, _| {}, &chips, &count, search);
        self.unfiltered |= gone.is_some();
        let columns = columns();
        let shown = sheet(ui, |ui| {
            let table = Table::new("Gallery", &columns, ROWS, theme::of(ui).row().normal).totals();
            table.show(ui, &mut self.table, draw)
        });
        if let Some(wanted) = shown.inner.wanted {
            cx.deliver(wanted, value);
        }
    }
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::text("Customer", 150.0),
        Column::text("Segment", 140.0).sortable(),
        Column::text("State", 120.0),
        Column::number("Share of revenue", 160.0).sortable(),
        Column::number("Revenue, $", 120.0).sortable(),
        Column::number("Change, $", 110.0),
        Column::text("Last order", 120.0),
        Column::text("A longer text that is cut where it does not fit", 170.0),
    ];
    columns.extend((1..=12).map(|month| Column::number(format!("Month {month}, %"), 84.0)));
    columns
}

fn cents(row: u64) -> i64 {
    (row as i64).wrapping_mul(7_919) % 1_000_000
}

fn rate(row: u64, month: usize) -> f64 {
    ((row * 31 + month as u64 * 17) % 97) as f64 / 97.0
}

fn draw(row: u64, column: usize, cell: &mut Cell<'_>) {
    if row == ROWS {
        return match column {
            0 => cell.strong("All customers"),
            4 => cell.strong("4,999,995,000"),
            _ => {}
        };
    }
    match column {
        0 => cell.label(&format!("Customer {}", locale::count(row + 1))),
        1 => {
            let colour = cell.t.series((row % 4) as usize);
            cell.swatch(colour, ["VIP/Loyal", "Regular", "Occasional", "New"][(row % 4) as usize]);
        }
        2 => match row % 3 {
            0 => cell.chip("Active", Some(Tone::Good), Some(icons::CHECK)),
            1 => cell.chip("At risk", Some(Tone::Warning), Some(icons::WARNING)),
            _ => cell.chip("Unknown", None, None),
        },
        3 => {
            let colour = cell.t.chart.bar_rest;
            cell.bar(rate(row, 0), colour);
            cell.text(&percent(rate(row, 0)));
        }
        4 => {
            let words = money(cents(row), Currency::USD, true);
            let rows = || vec![("Rows", "3 orders".into())];
            let tip = || Tip { figure: super::figure(), name: "Revenue".into(), value: words.clone(), rows: rows() };
            cell.figure(&words, false, tip);
        }
        5 => cell.text(&money(cents(row) - 500_000, Currency::USD, true)),
        6 if row % 7 == 3 => cell.subdued("—"),
        6 => cell.text(&locale::date(Day(20_000 + (row % 700) as i32))),
        7 => cell.subdued("Wrote twice in spring, bought a linen apron, has not been seen since"),
        month => {
            let rate = rate(row, month);
            cell.heat((rate > 0.1).then_some(rate), &if rate > 0.1 { percent(rate) } else { "—".into() });
        }
    }
}

fn value(row: u64, column: usize) -> Value {
    match column {
        0 => Value::Text(format!("Customer {}", row + 1)),
        1 => Value::Text(["VIP/Loyal", "Regular", "Occasional", "New"][(row % 4) as usize].into()),
        2 => Value::Text(["Active", "At risk", "Unknown"][(row % 3) as usize].into()),
        3 => Value::Number(rate(row, 0)),
        4 => Value::Money(cents(row), Currency::USD),
        5 => Value::Money(cents(row) - 500_000, Currency::USD),
        6 if row % 7 == 3 => Value::Empty,
        6 => Value::Day(Day(20_000 + (row % 700) as i32)),
        7 => Value::Text("Wrote twice in spring, bought a linen apron, has not been seen since".into()),
        month if rate(row, month) > 0.1 => Value::Number(rate(row, month)),
        _ => Value::Empty,
    }
}
