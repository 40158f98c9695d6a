//! Scenarios side by side: what each assumes and what follows from it, for one calculator.

use egui::{Sense, Ui, vec2};

use super::print;
use crate::analytics::roi::{Calculator, Inputs, Outcome, OutputId};
use crate::model::assumption::AssumptionId;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Column, Table, TableState};

/// A scenario with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// Its values.
    pub inputs: Inputs,
    /// What the calculator tells.
    pub outcomes: Vec<Outcome>,
}

enum Row {
    Assumed(AssumptionId),
    Told(OutputId),
}

/// Draws the table.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, calculator: &Calculator, all: &[Beside]) {
    let t = theme::of(ui);
    let rows: Vec<Row> = calculator
        .outputs
        .iter()
        .map(|id| Row::Told(*id))
        .chain(calculator.inputs.iter().map(|id| Row::Assumed(*id)))
        .collect();
    let columns: Vec<Column> = std::iter::once(Column::text("", 240.0))
        .chain(all.iter().map(|one| Column::number(one.name.as_str(), 150.0).grow(1.0)))
        .collect();
    let mut columns = columns;
    columns[0] = Column::text(calculator.name, 240.0);
    let table = Table::new("Scenarios side by side", &columns, rows.len() as u64, t.row().normal).plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let at = |row: u64| rows.get(usize::try_from(row).ok()?);
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            let Some(row) = at(row) else { return };
            match (column.checked_sub(1).and_then(|n| all.get(n)), row) {
                (None, Row::Told(id)) => cell.label(id.get().name),
                (None, Row::Assumed(id)) => cell.subdued(id.get().name),
                (Some(one), Row::Told(id)) => match told(one, *id) {
                    Some(number) => cell.strong(&print::output(*id, number, one.inputs.currency)),
                    None => cell.subdued("—"),
                },
                (Some(one), Row::Assumed(id)) => match assumed(one, *id) {
                    Some(number) => cell.text(&print::value(id.get().unit, number, one.inputs.currency)),
                    None => cell.subdued("—"),
                },
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(row) = at(row) else { return Value::Empty };
            match (column.checked_sub(1).and_then(|n| all.get(n)), row) {
                (None, Row::Told(id)) => Value::Text(id.get().name.to_owned()),
                (None, Row::Assumed(id)) => Value::Text(id.get().name.to_owned()),
                (Some(one), Row::Told(id)) => told(one, *id).map_or(Value::Empty, Value::Number),
                (Some(one), Row::Assumed(id)) => assumed(one, *id).map_or(Value::Empty, Value::Number),
            }
        });
    }
}

fn told(one: &Beside, id: OutputId) -> Option<f64> {
    one.outcomes.iter().find(|outcome| outcome.output == id)?.value
}

fn assumed(one: &Beside, id: AssumptionId) -> Option<f64> {
    one.inputs.values.get(&id).map(|input| input.value).or(id.get().otherwise)
}
