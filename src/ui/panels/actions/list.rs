//! The actions, ranked within their segments.

use egui::{Rect, Ui};

use super::audience;
use super::detail::lift_words;
use crate::analytics::next_action::{NextActions, Ranked};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Cell, Column, Table, TableState};

/// The card and what it remembers.
#[derive(Default)]
pub struct List {
    table: TableState,
}

impl List {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// The action that is looked at.
    pub fn chosen(&self) -> usize {
        self.table.selected.map_or(0, |row| row as usize)
    }

    /// Draws the card.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &NextActions) {
        let t = theme::of(ui);
        let symbol = found.currency.symbol();
        let unit = symbol.trim();
        let columns = [
            Column::text("Segment", 150.0),
            Column::text("Action", 250.0).grow(1.0),
            Column::number("Audience", 76.0),
            Column::number("Reachable", 80.0),
            Column::number("Order anyway", 96.0),
            Column::number(format!("Costs, {unit}"), 80.0),
            Column::number("Pays from", 76.0),
            Column::number(format!("Expected margin, {unit}"), 132.0),
            Column::number(format!("From–to, {unit}"), 136.0),
        ];
        let rows = found.ranked.len() as u64;
        self.table.selected.get_or_insert(0);
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("Next actions", &columns, rows, t.row().dense);
            let shown = table.show(ui, &mut self.table, |n, column, cell| {
                let Some(one) = found.ranked.get(n as usize) else { return };
                match column {
                    0 => cell.swatch(colour(cell.t, one.action.segment), one.action.segment.name()),
                    1 => cell.label(one.action.name),
                    2 => {
                        let words = locale::count(one.audience.members.count());
                        if let Some(tip) = audience(cx, found, n as usize) {
                            cell.figure(&words, false, || tip.clone());
                        }
                    }
                    column => plain(cell, found, one, column),
                }
            });
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |n, column| {
                    found.ranked.get(n as usize).map_or(Value::Empty, |one| raw(found, one, column))
                });
            }
        });
    }
}

fn plain(cell: &mut Cell<'_>, found: &NextActions, one: &Ranked, column: usize) {
    let amount = |minor: i64| money(minor, found.currency, false);
    let text = match column {
        3 => Some(locale::count(one.reach)),
        4 => one.anyway.as_ref().ok().and_then(|anyway| anyway.rate()).map(|rate| locale::percent(rate, 1)),
        5 => Some(amount(one.costs())),
        6 => one.break_even.map(lift_words),
        7 => one.expected.map(|(_, expected, _)| amount(expected)),
        _ => one.expected.map(|(from, _, to)| format!("{} – {}", amount(from), amount(to))),
    };
    match text {
        Some(text) if column == 7 => cell.strong(&text),
        Some(text) => cell.text(&text),
        None => cell.subdued("—"),
    }
}

fn raw(found: &NextActions, one: &Ranked, column: usize) -> Value {
    let amount = |minor: i64| Value::Money(minor, found.currency);
    match column {
        0 => Value::Text(one.action.segment.name().into()),
        1 => Value::Text(one.action.name.into()),
        2 => Value::Count(one.audience.members.count()),
        3 => Value::Count(one.reach),
        4 => one.anyway.as_ref().ok().and_then(|anyway| anyway.rate()).map_or(Value::Empty, Value::Number),
        5 => amount(one.costs()),
        6 => one.break_even.map_or(Value::Empty, Value::Number),
        7 => one.expected.map_or(Value::Empty, |(_, expected, _)| amount(expected)),
        8 => one.expected.map_or(Value::Empty, |(from, _, to)| {
            Value::Text(format!("{} – {}", found.currency.plain(from), found.currency.plain(to)))
        }),
        _ => Value::Empty,
    }
}
