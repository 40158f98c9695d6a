//! The tables of a replay: sequences, and the messages of one.

use egui::{Ui, vec2};

use super::Found;
use crate::analytics::triggers::said::held;
use crate::analytics::triggers::{Fate, MessageOutcome, SequenceOutcome};
use crate::model::figure::{Filter, Value as FigureValue};
use crate::model::{Figure, MetricId, Scope};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::{Column, Table, TableState, card, say};

/// The tables and what they remember.
#[derive(Default)]
pub struct Tables {
    sequences: TableState,
    messages: TableState,
}

/// Counts of a sequence, in the order of the columns after its name.
const COUNTS: [fn(&SequenceOutcome) -> u64; 6] = [
    |one| one.entered,
    SequenceOutcome::all,
    |one| one.sum(|message| message.bought_before),
    |one| one.of_all(unreached),
    |one| one.sum(held),
    |one| one.of_all(|fate| fate == Fate::Sent),
];

/// Counts of a message, in the order of the columns after its day.
const STAGES: [fn(&MessageOutcome) -> u64; 6] = [
    |one| one.of_all(|_| true),
    |one| one.bought_before,
    |one| one.of_all(Fate::is_due),
    |one| one.of_all(Fate::is_wanted),
    held,
    |one| one.of(Fate::Sent),
];

fn unreached(fate: Fate) -> bool {
    matches!(fate, Fate::NoAddress | Fate::Refused | Fate::Unknown)
}

impl Tables {
    /// What each sequence comes to; who would have been written to is a door.
    pub fn sequences(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Found) {
        let t = theme::of(ui);
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        let columns = [
            Column::text("Sequence", 150.0).grow(1.0),
            Column::number("Entered", 80.0),
            Column::number("Messages", 86.0),
            Column::number("Bought before", 106.0),
            Column::number("Not reachable", 104.0),
            Column::number("Held back", 84.0),
            Column::number("Sent", 74.0),
            Column::number("Customers", 88.0),
        ];
        let active: Vec<usize> =
            (0..found.replay.sequences.len()).filter(|n| found.replay.sequences[*n].active).collect();
        let rows = active.len() as u64;
        let at = |row: u64| active.get(usize::try_from(row).ok()?).copied();
        let count = |row: u64, column: usize| match at(row) {
            Some(n) => COUNTS[column - 1](&found.replay.sequences[n]),
            None => active.iter().map(|n| COUNTS[column - 1](&found.replay.sequences[*n])).sum(),
        };
        let heads = |row: u64| at(row).map_or(found.replay.heads, |n| found.picked[n].members.count());
        let name = |row: u64| at(row).map_or("All together", |n| found.replay.sequences[n].name.as_str());
        let mut shown = None;
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, "What each sequence would have sent");
            say(
                ui,
                Type::Caption,
                "Messages of all who entered; those not counted here left before, or are not due yet",
            );
            let table = Table::new("Sequences", &columns, rows, t.row().dense).totals();
            let height = table.height(t);
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                shown = Some(table.show(ui, &mut self.sequences, |row, column, cell| {
                    let total = row == rows;
                    match (column, at(row)) {
                        (0, Some(_)) => cell.label(name(row)),
                        (0, None) => cell.strong(name(row)),
                        (7, Some(n)) => {
                            let picked = &found.picked[n];
                            let value = Some(FigureValue::Count(heads(row)));
                            let scope = Scope {
                                as_of: found.replay.as_of,
                                period: None,
                                filter: Filter::Picked(picked.key),
                                definitions: found.replay.definitions,
                            };
                            let figure = Figure { metric: MetricId::Customers, scope, value };
                            let rows = locale::counted(heads(row), "customer", "customers");
                            cell.figure(&locale::count(heads(row)), false, || {
                                Tip::of(&figure, &definitions, rows.clone()).named(&picked.name)
                            });
                        }
                        (7, None) => cell.strong(&locale::count(heads(row))),
                        _ if total => cell.strong(&locale::count(count(row, column))),
                        _ => cell.text(&locale::count(count(row, column))),
                    }
                }));
            });
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |row, column| match column {
                0 => Value::Text(name(row).to_owned()),
                7 => Value::Count(heads(row)),
                _ => Value::Count(count(row, column)),
            });
        }
    }

    /// The messages of a sequence: from entering to what followed.
    pub fn messages(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Found, of: &str) {
        let Some(outcome) = found.replay.sequences.iter().find(|one| one.name == of && one.active) else { return };
        let t = theme::of(ui);
        let currency = found.replay.currency;
        let columns = [
            Column::text("Message", 136.0).grow(1.0),
            Column::number("Day", 48.0),
            Column::number("Entered", 76.0),
            Column::number("Bought before", 104.0),
            Column::number("Due", 72.0),
            Column::number("Reachable", 82.0),
            Column::number("Held back", 80.0),
            Column::number("Sent", 68.0),
            Column::number("Order after", 86.0),
            Column::number(format!("Given ({})", currency.code()), 92.0),
        ];
        let rows = outcome.messages.len() as u64;
        let at = |row: u64| outcome.messages.get(usize::try_from(row).ok()?);
        let mut shown = None;
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, format!("{of}: from entering to what followed"));
            say(
                ui,
                Type::Caption,
                "Order after: share of messages with an order in the days after, placed without them; given: what their offers would have taken off those",
            );
            let table = Table::new("Messages", &columns, rows, t.row().dense);
            let height = table.height(t);
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                shown = Some(table.show(ui, &mut self.messages, |row, column, cell| {
                    let Some(message) = at(row) else { return };
                    match column {
                        0 => cell.label(&message.subject),
                        1 => cell.text(&message.day.to_string()),
                        8 => cell.text(&message.conversion().map_or_else(|| "—".into(), |s| locale::percent(s, 1))),
                        9 => cell.text(&locale::current().money_whole(message.given, currency)),
                        _ => {
                            let n = STAGES[column - 2](message);
                            let stage = matches!(column, 2 | 4 | 5 | 7) && outcome.entered > 0;
                            if stage {
                                return cell.heat(Some(n as f64 / outcome.entered as f64), &locale::count(n));
                            }
                            cell.text(&locale::count(n));
                        }
                    }
                }));
            });
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |row, column| match (at(row), column) {
                (Some(message), 0) => Value::Text(message.subject.clone()),
                (Some(message), 1) => Value::Number(message.day as f64),
                (Some(message), 8) => message.conversion().map_or(Value::Empty, Value::Number),
                (Some(message), 9) => Value::Money(message.given, currency),
                (Some(message), _) => Value::Count(STAGES[column - 2](message)),
                _ => Value::Empty,
            });
        }
    }
}
