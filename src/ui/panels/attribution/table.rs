//! Channels by models as a table.

use egui::{Sense, Ui, vec2};

use super::chart::{amount, interval};
use super::{Measure, currency};
use crate::analytics::attribution::{Attribution, Credit, MODELS};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{Column, Table, TableState};

/// Draws the table.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Attribution, measure: Measure) {
    let t = theme::of(ui);
    let currency = currency(found);
    let mut columns = vec![Column::text("Channel", 150.0).grow(1.0)];
    columns.extend(MODELS.iter().map(|about| Column::number(about.name, 98.0)));
    columns.push(Column::number("Markov, interval", 150.0));
    let last = columns.len() - 1;
    let rows = found.channels.len() as u64;
    let credit = |row: u64, column: usize| -> Option<&Credit> {
        found.channels.get(usize::try_from(row).ok()?)?.credits.get(column.checked_sub(1)?)?.as_ref()
    };
    let markov = crate::analytics::attribution::Model::Markov as usize + 1;
    let total = |column: usize| -> Option<f64> {
        let all = found.channels.iter().map(|c| c.credits.get(column - 1)?.as_ref().map(|c| amount(c, measure)));
        all.sum()
    };
    let print = |value: f64| match measure {
        Measure::Orders => locale::number(value, 1),
        Measure::Revenue => money(value.round() as i64, currency, false),
    };
    let table = Table::new("Attribution by model", &columns, rows, t.row().normal).totals().plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| match (row == rows, column) {
            (true, 0) => cell.strong("Shared out"),
            (true, n) if n < last => match total(n) {
                Some(value) => cell.strong(&print(value)),
                None => cell.subdued("—"),
            },
            (false, 0) => {
                if let Some(channel) = usize::try_from(row).ok().and_then(|row| found.channels.get(row)) {
                    cell.label(&channel.channel);
                }
            }
            (false, n) if n == last => match credit(row, markov).and_then(|credit| interval(credit, measure)) {
                Some((low, high)) => cell.text(&format!("{} – {}", print(low), print(high))),
                None => cell.subdued("—"),
            },
            (false, n) => match credit(row, n) {
                Some(credit) => cell.text(&print(amount(credit, measure))),
                None => cell.subdued("—"),
            },
            _ => {}
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| match column {
            0 => {
                let channel = usize::try_from(row).ok().and_then(|row| found.channels.get(row));
                channel.map_or(Value::Empty, |channel| Value::Text(channel.channel.clone()))
            }
            n if n == last => {
                let interval = credit(row, markov).and_then(|credit| interval(credit, measure));
                interval.map_or(Value::Empty, |(low, high)| Value::Text(format!("{} – {}", print(low), print(high))))
            }
            n => match (credit(row, n), measure) {
                (Some(credit), Measure::Orders) => Value::Number(credit.conversions),
                (Some(credit), Measure::Revenue) => Value::Money(credit.value_minor, currency),
                (None, _) => Value::Empty,
            },
        });
    }
}
