//! Of a multivariate test: what each level of a factor changes, alone and together with others.

use egui::{Sense, Ui, vec2};

use super::read::Reading;
use super::table::Print;
use crate::analytics::experiment::factorial::FactorEffect;
use crate::model::Currency;
use crate::model::experiment::Metric;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Column, Table, TableState, card, remark, say};

/// Draws the table.
pub fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, reading: &Reading, currency: Currency) {
    let t = theme::of(ui);
    let print = Print::of(reading.of.observed.metrics.first().unwrap_or(&Metric::Conversion), currency);
    let columns = [
        Column::text("Level", 260.0).grow(1.0),
        Column::number("It changes", 120.0),
        Column::text("Less | more", 190.0),
        Column::number("Interval", 220.0),
    ];
    let effects = &reading.of.factors;
    let at = |row: u64| effects.get(usize::try_from(row).ok()?);
    let within = |of: &FactorEffect| of.corrected.or(of.interval);
    let reach = effects.iter().filter_map(within).map(|within| within.low.abs().max(within.high.abs()));
    let reach = reach.fold(f64::MIN_POSITIVE, f64::max) * 1.15;
    let text = |row: u64, column: usize| {
        let of = at(row)?;
        Some(match column {
            0 => of.of.iter().map(|(factor, level)| format!("{factor}: {level}")).collect::<Vec<_>>().join(" × "),
            1 => print.difference(of.estimate),
            3 => print.interval(within(of)?),
            _ => return None,
        })
    };
    let mut shown = None;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        say(ui, Type::Emphasis, "What each level changes");
        remark(ui, "Against the mean of all levels; two levels together tell whether they help or hinder each other");
        let table = Table::new("Factors", &columns, effects.len() as u64, t.row().dense).plain();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("factors"));
        shown = Some(table.show(&mut inner, state, |row, column, cell| {
            let Some(of) = at(row) else { return };
            match (column, text(row, column)) {
                (2, _) => {
                    if let Some(interval) = within(of) {
                        let scaled = (interval.low / reach, interval.high / reach);
                        let beyond = interval.low > 0.0 || interval.high < 0.0;
                        let colour = if beyond { t.series(0) } else { t.text.subdued };
                        cell.interval(of.estimate / reach, scaled, colour, &print.interval(interval));
                    }
                }
                (0, Some(words)) => cell.label(&words),
                (_, Some(words)) => cell.text(&words),
                _ => cell.subdued("—"),
            }
        }));
    });
    if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
        cx.deliver(wanted, |row, column| text(row, column).map_or(Value::Empty, Value::Text));
    }
}
