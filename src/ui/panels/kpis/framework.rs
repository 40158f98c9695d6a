//! The framework's table: six KPIs from baseline to target, and what their change is worth.

use egui::{Rect, Sense, Ui, vec2};

use super::print;
use crate::analytics::kpi::{FrameworkRow, Kpis, said};
use crate::model::MetricId;
use crate::model::figure::Value as Known;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::bullet::Bullet;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{Cell, Column, Table, TableState, paint};

/// Draws the table; gives the metric whose row was clicked.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Kpis) -> Option<MetricId> {
    let t = theme::of(ui);
    let code = found.currency.code();
    let columns = [
        Column::text("KPI", 200.0).grow(1.0),
        Column::number("Baseline", 96.0),
        Column::number("Current", 96.0),
        Column::number("Target", 96.0),
        Column::text("Ring: baseline, stroke: target", 190.0),
        Column::number("Lift", 92.0),
        Column::number(format!("Revenue impact ({code})"), 140.0),
        Column::number(format!("To the target ({code})"), 130.0),
        Column::number("Benchmark", 96.0),
    ];
    let at = |row: u64| found.framework.get(usize::try_from(row).ok()?);
    let table = Table::new("The framework’s KPIs", &columns, found.framework.len() as u64, t.row().normal);
    let foot = t.line(Type::Caption) + 2.0 * t.space().x2;
    let high = table.height(t) + foot;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let (shown, hovered) = card_at(ui, place, 0.0, |ui| {
        let mut hovered = None;
        ui.set_max_height(high - foot);
        let shown = table.show(ui, state, |row, column, cell| {
            if let Some(row) = at(row) {
                draw(cell, column, found, row);
                if cell.hovered {
                    hovered = Some(row);
                }
            }
        });
        (shown, hovered)
    });
    let line = Rect::from_min_max(egui::pos2(place.left(), place.bottom() - foot), place.max);
    let words =
        hovered.map_or_else(|| format!("{}. Point at a row to see how its impact is reckoned", said::OVERLAP), how);
    let within = line.shrink2(vec2(t.space().x4, 0.0));
    paint::text_in(ui.painter(), within, egui::Align2::LEFT_CENTER, &words, t.font(Type::Caption), t.text.subdued);
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| at(row).map_or(Value::Empty, |row| value(found, column, row)));
    }
    shown.chosen.and_then(at).map(|row| row.metric)
}

/// How the impact of a row is reckoned.
fn how(row: &FrameworkRow) -> String {
    let name = print::name(row.metric);
    match (&row.why_not, said::with_numbers(locale::current(), row)) {
        (Some(why), _) => format!("{name}: {why}"),
        (None, Some(numbers)) => format!("{name}: {} = {numbers}", row.formula),
        (None, None) => format!("{name}: {}", row.formula),
    }
}

fn draw(cell: &mut Cell<'_>, column: usize, found: &Kpis, row: &FrameworkRow) {
    let metric = row.metric.metric();
    match column {
        0 => cell.label(metric.name),
        1 => cell.subdued(&print::maybe(metric, row.baseline)),
        2 => cell.strong(&print::maybe(metric, row.current)),
        3 => cell.text(&print::maybe(metric, row.target)),
        4 => {
            let number = |known: Option<Known>| known.map(Known::number);
            let bullet = Bullet {
                baseline: number(row.baseline),
                current: number(row.current),
                target: number(row.target),
                worse: row.good == Some(false),
            };
            bullet.paint(cell.ui.painter(), cell.t, cell.rect);
        }
        5 => match row.lift {
            Some(lift) => {
                let (icon, tone) = match row.good {
                    Some(false) => (Some(icons::EXCLAMATION), Tone::Bad),
                    Some(true) => (Some(icons::CHECK), Tone::Good),
                    None => (None, Tone::Info),
                };
                if let Some(icon) = icon {
                    let ink = cell.t.tone(tone).text;
                    cell.icon(icon, ink);
                }
                cell.text(&print::signed(lift));
            }
            None => cell.subdued("—"),
        },
        6 => match row.impact {
            Some(minor) => cell.text(&whole(found, minor)),
            None => cell.subdued("—"),
        },
        7 => match (row.to_target, found.row(row.metric).and_then(|row| row.target.as_ref()?.reached)) {
            (_, Some(true)) => cell.subdued("reached"),
            (Some(minor), _) => cell.text(&whole(found, minor)),
            (None, _) => cell.subdued("—"),
        },
        _ => cell.subdued(&print::maybe(metric, row.benchmark)),
    }
}

/// An amount with its sign; the header names the currency.
fn whole(found: &Kpis, minor: i64) -> String {
    let words = money(minor, found.currency, false);
    if minor > 0 { format!("+{words}") } else { words }
}

fn value(found: &Kpis, column: usize, row: &FrameworkRow) -> Value {
    let amount = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, found.currency));
    match column {
        0 => Value::Text(print::name(row.metric).to_owned()),
        1 => print::exported(row.baseline),
        2 => print::exported(row.current),
        3 => print::exported(row.target),
        4 => Value::Text(how(row)),
        5 => row.lift.map_or(Value::Empty, Value::Number),
        6 => amount(row.impact),
        7 => amount(row.to_target),
        _ => print::exported(row.benchmark),
    }
}
