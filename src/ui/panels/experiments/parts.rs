//! The measure that decides in parts of the visitors, with a warning of how many were tried.

use egui::{Sense, Ui, vec2};

use super::read::Reading;
use super::table::{self, Print};
use crate::model::Currency;
use crate::model::experiment::Metric;
use crate::ops::experiments::analyse::PartRead;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Column, Table, TableState, card, remark, say};

/// Draws the table.
pub fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, reading: &Reading, currency: Currency) {
    let t = theme::of(ui);
    let print = Print::of(reading.of.observed.metrics.first().unwrap_or(&Metric::Conversion), currency);
    let columns = [
        Column::text("By", 110.0),
        Column::text("Part", 150.0).grow(1.0),
        Column::number("Visitors", 90.0),
        Column::number("Difference", 110.0),
        Column::text("Worse | better", 190.0),
        Column::number("Interval", 210.0),
        Column::text("Reading", 150.0),
    ];
    let parts = &reading.of.parts;
    let at = |row: u64| parts.get(usize::try_from(row).ok()?);
    // The same variant as in the pictures above.
    let of = |part: &PartRead| {
        let one = part.analysis.metrics.first()?.comparisons.iter().find(|one| one.arm == reading.variant)?;
        let effect = one.absolute?;
        Some((effect.estimate, effect.corrected.or(effect.interval)?, one.verdict))
    };
    let users = |part: &PartRead| {
        let arms = part.analysis.metrics.first().map(|metric| metric.arms.iter().map(|arm| arm.users).sum());
        arms.unwrap_or(0)
    };
    let reach = parts.iter().filter_map(of).map(|(_, within, _)| within.low.abs().max(within.high.abs()));
    let reach = reach.fold(f64::MIN_POSITIVE, f64::max) * 1.15;
    let text = |row: u64, column: usize| {
        let part = at(row)?;
        Some(match column {
            0 => part.by.clone(),
            1 => part.value.clone(),
            2 => locale::count(users(part)),
            3 => print.difference(of(part)?.0),
            5 => print.interval(of(part)?.1),
            6 => table::reading(of(part)?.2).0.to_owned(),
            _ => return None,
        })
    };
    let mut shown = None;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        say(ui, Type::Emphasis, "In parts of the visitors");
        remark(
            ui,
            format!(
                "{} parts were looked at: some differ by chance alone. A part that was not named before the test is a \
                 question for the next one",
                locale::count(parts.len() as u64)
            ),
        );
        let table = Table::new("Parts", &columns, parts.len() as u64, t.row().dense).plain();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("parts"));
        shown = Some(table.show(&mut inner, state, |row, column, cell| {
            let Some(part) = at(row) else { return };
            match (column, text(row, column)) {
                (4, _) => {
                    if let Some((estimate, interval, verdict)) = of(part) {
                        let scaled = (interval.low / reach, interval.high / reach);
                        cell.interval(estimate / reach, scaled, table::ink(t, verdict), &print.interval(interval));
                    }
                }
                (_, Some(words)) => cell.text(&words),
                _ => cell.subdued("—"),
            }
        }));
    });
    if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
        cx.deliver(wanted, |row, column| text(row, column).map_or(Value::Empty, Value::Text));
    }
}
