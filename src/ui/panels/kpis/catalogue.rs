//! The catalogue: every metric with its value, how it moved, target, benchmark, and who looks after it.

use egui::{Sense, Ui, vec2};

use super::print;
use crate::analytics::kpi::{KpiRow, Kpis};
use crate::model::kpi::Board;
use crate::model::{Definitions, MetricId};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::kpi::sparkline;
use crate::ui::widgets::{Cell, Column, Table, TableState};

/// Draws the table; gives the metric whose row was clicked.
pub(super) fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    (found, board, definitions): (&Kpis, &Board, &Definitions),
    chosen: MetricId,
) -> Option<MetricId> {
    let t = theme::of(ui);
    let columns = [
        Column::text("Metric", 220.0).grow(1.0),
        Column::number("Value", 110.0),
        Column::text("Course", 96.0),
        Column::number("Period before", 110.0),
        Column::number("Change", 110.0),
        Column::number("A year before", 110.0),
        Column::number("Change to it", 110.0),
        Column::number("Target", 104.0),
        Column::number("Benchmark", 100.0),
        Column::text("Owner", 110.0),
        Column::text("Group", 150.0),
        Column::text("Source", 130.0),
    ];
    let rows: Vec<&KpiRow> = found
        .rows
        .iter()
        .filter(|row| board.shows(row.metric.metric()) && (!board.told_only || row.value.is_some()))
        .collect();
    let at = |row: u64| rows.get(usize::try_from(row).ok()?).copied();
    state.selected = rows.iter().position(|row| row.metric == chosen).map(|n| n as u64);
    let table = Table::new("Metrics", &columns, rows.len() as u64, t.row().normal).opens("Open the metric");
    // A bar below scrolls the columns sideways where they do not fit.
    let strip = t.shell().scroll_bar + t.space().x1;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + strip), Sense::hover());
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            if let Some(row) = at(row) {
                draw(cell, column, found, row, definitions);
            }
        })
    });
    let clicked = shown.entered.or(shown.chosen).and_then(at).map(|row| row.metric);
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| at(row).map_or(Value::Empty, |row| value(column, row)));
    }
    clicked
}

fn draw(cell: &mut Cell<'_>, column: usize, found: &Kpis, row: &KpiRow, definitions: &Definitions) {
    let metric = row.metric.metric();
    match column {
        0 => cell.label(metric.name),
        1 => match row.value {
            Some(known) => cell.figure(&print::value(metric, known), true, || print::tip(found, row, definitions)),
            None => cell.subdued("—"),
        },
        2 => {
            let course: Vec<f64> =
                row.course.iter().filter(|p| !p.unfinished).filter_map(|p| Some(p.value?.number())).collect();
            let place = egui::Rect::from_center_size(cell.rect.center(), vec2(cell.rect.width(), 22.0));
            sparkline(cell.ui.painter(), cell.t, place, &course, cell.t.series(0));
        }
        3 => cell.subdued(&print::maybe(metric, row.previous)),
        4 => moved(cell, print::change(row.change), row.good),
        5 => cell.subdued(&print::maybe(metric, row.last_year.and_then(|year| year.weekdays))),
        6 => moved(cell, row.last_year.and_then(|year| print::change(year.change)), None),
        7 => match &row.target {
            Some(target) => {
                if target.reached == Some(true) {
                    let ink = cell.t.tone(Tone::Good).text;
                    cell.icon(icons::CHECK, ink);
                }
                cell.text(&print::value(metric, target.value));
            }
            None => cell.subdued("—"),
        },
        8 => match &row.benchmark {
            Some(one) => cell.subdued(&print::benchmark(metric, one.value)),
            None => cell.subdued("—"),
        },
        9 => cell.text(&row.owner),
        10 => cell.caption(metric.group.map_or("", |group| group.name())),
        _ => cell.caption(metric.source.name()),
    }
}

/// A change with the colour of what is good, and an icon, since colour is never alone.
fn moved(cell: &mut Cell<'_>, words: Option<String>, good: Option<bool>) {
    let Some(words) = words else { return cell.subdued("—") };
    match good {
        Some(true) => {
            let ink = cell.t.tone(Tone::Good).text;
            cell.icon(icons::CHECK, ink);
        }
        Some(false) => {
            let ink = cell.t.tone(Tone::Bad).text;
            cell.icon(icons::EXCLAMATION, ink);
        }
        None => {}
    }
    cell.text(&words);
}

fn value(column: usize, row: &KpiRow) -> Value {
    let metric = row.metric.metric();
    let text = |words: Option<String>| words.map_or(Value::Empty, Value::Text);
    match column {
        0 => Value::Text(metric.name.to_owned()),
        1 => print::exported(row.value),
        2 => {
            let numbers = row.course.iter().filter_map(|point| Some(point.value?.number().to_string()));
            Value::Text(numbers.collect::<Vec<_>>().join(" "))
        }
        3 => print::exported(row.previous),
        4 => text(print::change(row.change)),
        5 => print::exported(row.last_year.and_then(|year| year.weekdays)),
        6 => text(row.last_year.and_then(|year| print::change(year.change))),
        7 => print::exported(row.target.as_ref().map(|target| target.value)),
        8 => row.benchmark.as_ref().map_or(Value::Empty, |one| Value::Number(one.value)),
        9 => Value::Text(row.owner.clone()),
        10 => Value::Text(metric.group.map_or("", |group| group.name()).to_owned()),
        _ => Value::Text(metric.source.name().to_owned()),
    }
}
