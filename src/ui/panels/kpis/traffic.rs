//! Where visits come from, and on which devices they end in orders.

use egui::{Sense, Ui, vec2};

use super::print;
use crate::analytics::kpi::Kpis;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::record::{Side, form_card, halves};
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// Draws both tables side by side.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, (sources, devices): (&mut TableState, &mut TableState), found: &Kpis) {
    halves(ui, |ui, side| {
        form_card(ui, |ui| match side {
            Side::Left => by_source(cx, ui, sources, found),
            Side::Right => by_device(cx, ui, devices, found),
        });
    });
}

fn rate(share: Option<f64>, interval: Option<(f64, f64)>) -> String {
    match (share, interval) {
        (Some(share), Some((low, high))) => {
            format!("{} ({} – {})", locale::percent(share, 2), locale::percent(low, 2), locale::percent(high, 2))
        }
        (Some(share), None) => locale::percent(share, 2),
        _ => "—".to_owned(),
    }
}

fn by_source(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Kpis) {
    let t = theme::of(ui);
    say(ui, Type::Emphasis, "Traffic by source");
    if found.traffic.is_empty() {
        remark(ui, "Nobody tells: import visits from web analytics, or touchpoints");
        return;
    }
    let columns = [
        Column::text("Channel", 120.0).grow(1.0),
        Column::number("Visits", 80.0),
        Column::number("Share", 70.0),
        Column::number("Change", 80.0),
        Column::number("Conversion", 190.0),
    ];
    let at = |row: u64| found.traffic.get(usize::try_from(row).ok()?);
    let table = Table::new("Traffic by source", &columns, found.traffic.len() as u64, t.row().dense).plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("traffic"));
    let shown = table.show(&mut inner, state, |row, column, cell| {
        let Some(row) = at(row) else { return };
        match column {
            0 => cell.label(&row.channel),
            1 => cell.text(&locale::count(row.visits)),
            2 => cell.text(&locale::percent(row.share, 1)),
            3 => cell.text(&print::change(row.change).unwrap_or_else(|| "—".to_owned())),
            _ => cell.text(&rate(row.conversion, row.interval)),
        }
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(row) = at(row) else { return Value::Empty };
            match column {
                0 => Value::Text(row.channel.clone()),
                1 => Value::Number(row.visits as f64),
                2 => Value::Number(row.share),
                3 => print::change(row.change).map_or(Value::Empty, Value::Text),
                _ => row.conversion.map_or(Value::Empty, Value::Number),
            }
        });
    }
}

fn by_device(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Kpis) {
    let t = theme::of(ui);
    say(ui, Type::Emphasis, "Mobile against desktop");
    if found.devices.is_empty() {
        remark(ui, "Nobody tells: import touchpoints with their devices");
        return;
    }
    let columns = [
        Column::text("Device", 120.0).grow(1.0),
        Column::number("Touchpoints", 100.0),
        Column::number("Before an order", 120.0),
        Column::number("Conversion", 190.0),
    ];
    let at = |row: u64| found.devices.get(usize::try_from(row).ok()?);
    let table = Table::new("Devices", &columns, found.devices.len() as u64, t.row().dense).plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("devices"));
    let shown = table.show(&mut inner, state, |row, column, cell| {
        let Some(row) = at(row) else { return };
        match column {
            0 => cell.label(&row.device),
            1 => cell.text(&locale::count(row.visits)),
            2 => cell.text(&locale::count(row.sold)),
            _ => cell.text(&rate(row.conversion, row.interval)),
        }
    });
    remark(ui, "Share of the touchpoints on a device that were the last before an order");
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(row) = at(row) else { return Value::Empty };
            match column {
                0 => Value::Text(row.device.clone()),
                1 => Value::Number(row.visits as f64),
                2 => Value::Number(row.sold as f64),
                _ => row.conversion.map_or(Value::Empty, Value::Number),
            }
        });
    }
}
