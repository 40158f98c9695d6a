//! The groups of a change with what each factor made of theirs.

use egui::{Sense, Ui, vec2};

use crate::analytics::explain::{Change, Factor, Row, said};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{Column, Table, TableState, say_in};

/// Columns before those of the factors.
const BEFORE: usize = 6;

/// Draws the table.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Change) {
    let t = theme::of(ui);
    let code = found.currency.code();
    let factors = said::factors(&found.rows);
    let mut columns = vec![
        Column::text(found.settings.by.name(), 150.0).grow(1.0).sortable(),
        Column::number(format!("Before ({code})"), 116.0).sortable(),
        Column::number(format!("After ({code})"), 116.0).sortable(),
        Column::number("Change", 104.0).sortable(),
        Column::number("Orders before", 98.0).sortable(),
        Column::number("Orders after", 90.0).sortable(),
    ];
    columns.extend(factors.iter().map(|factor| Column::number(factor.name(), 116.0).sortable()));
    let order = order(found, &factors, state.sort);
    let rows = order.len() as u64;
    let table = Table::new("Groups of the change", &columns, rows, t.row().normal).totals().plain();
    // What is wider than the page has a bar below to move it by.
    let wide = columns.iter().map(|column| column.width).sum::<f32>() + t.space().x8 > ui.available_width();
    let bar = if wide { t.shell().scroll_bar + t.space().x1 } else { 0.0 };
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + bar), Sense::hover());
    let row = |n: u64| order.get(usize::try_from(n).ok()?).and_then(|at| found.rows.get(*at));
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |n, column, cell| {
            let Some(row) = row(n) else {
                return match column {
                    0 => cell.strong("Together"),
                    4 => cell.strong(&locale::count(found.before.orders)),
                    5 => cell.strong(&locale::count(found.after.orders)),
                    column => cell.strong(&words(together(found, &factors, column), column, found)),
                };
            };
            match column {
                0 => cell.label(&said::name(row)),
                4 => cell.text(&locale::count(row.before.orders)),
                5 => cell.text(&locale::count(row.after.orders)),
                column => cell.text(&words(amount(row, &factors, column), column, found)),
            }
        })
    });
    say_in(ui, Type::Caption, t.text.subdued, found.settings.by.in_words());
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| {
            let Some(row) = row(n) else { return Value::Empty };
            match column {
                0 => Value::Text(said::name(row)),
                4 => Value::Count(row.before.orders),
                5 => Value::Count(row.after.orders),
                column => Value::Money(amount(row, &factors, column), found.currency),
            }
        });
    }
}

/// An amount of a row, minor units.
fn amount(row: &Row, factors: &[Factor], column: usize) -> i64 {
    match column {
        1 => row.before.revenue(),
        2 => row.after.revenue(),
        3 => row.amount(),
        column => column.checked_sub(BEFORE).and_then(|n| factors.get(n)).map_or(0, |factor| row.part(*factor)),
    }
}

fn together(found: &Change, factors: &[Factor], column: usize) -> i64 {
    found.rows.iter().map(|row| amount(row, factors, column)).sum()
}

/// An amount as it is printed; a change has its sign.
fn words(minor: i64, column: usize, found: &Change) -> String {
    let sign = if column > 2 && minor > 0 { "+" } else { "" };
    format!("{sign}{}", money(minor, found.currency, true))
}

/// The rows in the order that the user wants, or in their own.
fn order(found: &Change, factors: &[Factor], sort: Option<(usize, bool)>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.rows.len()).collect();
    let Some((column, down)) = sort else { return order };
    let rows = &found.rows;
    match column {
        0 => order.sort_by_key(|&at| said::name(&rows[at])),
        4 => order.sort_by_key(|&at| rows[at].before.orders),
        5 => order.sort_by_key(|&at| rows[at].after.orders),
        column => order.sort_by_key(|&at| amount(&rows[at], factors, column)),
    }
    if down {
        order.reverse();
    }
    order
}
