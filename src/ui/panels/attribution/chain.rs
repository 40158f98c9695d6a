//! The chain behind the removal effects: how often a journey goes from one channel to another, and how far back it
//! remembers.

use egui::{Sense, Ui, vec2};

use crate::analytics::attribution::{Attribution, Stop};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::heat_map::{HeatCell, HeatMap, Scale};
use crate::ui::widgets::{Column, Table, TableState, card, remark, say};

/// Draws the matrix of transitions.
pub(super) fn transitions(ui: &mut Ui, found: &Attribution, chosen: &mut Option<(usize, usize)>) {
    let channels = (0..found.names.len()).filter_map(|n| u16::try_from(n).ok()).map(Stop::Channel);
    let from: Vec<Stop> = std::iter::once(Stop::Start).chain(channels.clone()).collect();
    let to: Vec<Stop> = channels.chain([Stop::Order, Stop::Nothing]).collect();
    let name = |stop: &Stop| match stop {
        Stop::Start => "Start".to_owned(),
        Stop::Channel(n) => found.names.get(usize::from(*n)).cloned().unwrap_or_default(),
        Stop::Order => "Order".to_owned(),
        Stop::Nothing => "No order".to_owned(),
    };
    let (rows, columns): (Vec<String>, Vec<String>) = (from.iter().map(name).collect(), to.iter().map(name).collect());
    let at = |row: usize, column: usize| {
        found.transitions.iter().find(|move_| move_.from == from[row] && move_.to == to[column])
    };
    let cell = |row: usize, column: usize| {
        let found = at(row, column);
        Some(HeatCell {
            value: found.map_or(0.0, |found| found.probability),
            text: found.map_or_else(|| "·".to_owned(), |found| locale::percent(found.probability, 1)),
            below: String::new(),
            unfinished: false,
        })
    };
    card(ui, |ui| {
        say(ui, Type::Emphasis, "Where a journey goes next");
        remark(
            ui,
            "Of all journeys at the channel of the row, the share that goes to the column; a channel that follows itself counts once",
        );
        let map = HeatMap {
            name: "Transitions between channels",
            rows: &rows,
            columns: &columns,
            row: None,
            cell: &cell,
            scale: Scale::Amount { from: 0.0, to: 1.0 },
            print: &|value| locale::percent(value, 0),
        };
        map.show(ui, chosen);
    });
}

/// Draws what each memory of the chain foretells.
pub(super) fn memory(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Attribution) {
    let t = theme::of(ui);
    if found.candidates.is_empty() {
        card(ui, |ui| {
            remark(ui, format!("The chain remembers {}, as chosen above", steps(found.order)));
        });
        return;
    }
    if found.candidates.iter().all(|one| one.held_out.is_none()) {
        let words =
            "Too few journeys to try longer memories on journeys that were not shown, so the shortest one is used";
        remark(ui, words);
    }
    let columns = [
        Column::text("Memory", 120.0).grow(1.0),
        Column::number("States", 90.0),
        Column::number("Parameters", 110.0),
        Column::number("Log-likelihood", 150.0),
        Column::number("AIC", 130.0),
        Column::number("BIC", 130.0),
        Column::text("", 110.0),
    ];
    let rows = found.candidates.len() as u64;
    let table = Table::new("Memory of the chain", &columns, rows, t.row().normal).plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let value = |row: u64, column: usize| -> Option<Value> {
        let one = found.candidates.get(usize::try_from(row).ok()?)?;
        Some(match column {
            0 => Value::Text(steps(one.order)),
            1 => Value::Count(one.states as u64),
            2 => Value::Count(one.parameters as u64),
            3 => Value::Number(one.log_likelihood),
            4 => Value::Number(one.aic),
            5 => Value::Number(one.bic),
            _ => Value::Empty,
        })
    };
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| match value(row, column) {
            Some(Value::Text(words)) => cell.label(&words),
            Some(Value::Count(n)) => cell.text(&locale::count(n)),
            Some(Value::Number(number)) => cell.text(&locale::number(number, 1)),
            _ if found.candidates.get(row as usize).is_some_and(|one| one.order == found.order) => {
                cell.chip("Used", Some(theme::Tone::Good), None);
            }
            _ => {}
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| value(row, column).unwrap_or(Value::Empty));
    }
}

fn steps(order: usize) -> String {
    locale::counted(order as u64, "step", "steps")
}
