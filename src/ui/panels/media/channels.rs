//! What is known of every channel.

use egui::{Sense, Ui, vec2};

use crate::analytics::media::{ChannelResponse, Measure, Media, Told};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{Column, Table, TableState};

/// Draws the table; gives the row that was clicked.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Media, chosen: usize) -> Option<usize> {
    let t = theme::of(ui);
    let code = found.currency.code();
    let back = match found.settings.measure {
        Measure::Revenue => "Revenue per unit spent".to_owned(),
        Measure::Orders => format!("Orders per {code}"),
    };
    let columns = [
        Column::text("Channel", 130.0).grow(1.0),
        Column::number(format!("A week at present ({code})"), 120.0),
        Column::number("Share of sales", 160.0),
        Column::number(back, 170.0),
        Column::number("Of one more unit", 150.0),
        Column::number("Half gone after", 150.0),
        Column::text("Reading", 118.0),
    ];
    let rows = found.channels.len() as u64;
    let table = Table::new("Media response", &columns, rows, t.row().normal);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    state.selected = Some(chosen as u64);
    let at = |row: u64| found.channels.get(usize::try_from(row).ok()?);
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            let Some(channel) = at(row) else { return };
            match column {
                0 => cell.label(&channel.channel),
                6 if channel.doubts.is_empty() => cell.chip("Adds", Some(Tone::Good), None),
                6 => cell.chip("Cannot tell", Some(Tone::Info), None),
                _ => match words(found, channel, column) {
                    Some(words) => cell.text(&words),
                    None => cell.subdued("—"),
                },
            }
        })
    });
    let clicked = shown.chosen.and_then(|row| usize::try_from(row).ok());
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(channel) = at(row) else { return Value::Empty };
            match column {
                0 => Value::Text(channel.channel.clone()),
                1 => Value::Money(channel.present.round() as i64, found.currency),
                6 => Value::Text(reading(channel)),
                _ => words(found, channel, column).map_or(Value::Empty, Value::Text),
            }
        });
    }
    clicked
}

fn reading(channel: &ChannelResponse) -> String {
    if channel.doubts.is_empty() {
        return "Adds to sales".to_owned();
    }
    let why = channel.doubts.iter().map(|doubt| doubt.words()).collect::<Vec<_>>().join("; ");
    format!("Cannot tell: {why}")
}

fn words(found: &Media, channel: &ChannelResponse, column: usize) -> Option<String> {
    let told = |told: &Told, print: &dyn Fn(f64) -> String| {
        format!("{} ({} – {})", print(told.mean), print(told.interval.0), print(told.interval.1))
    };
    Some(match column {
        1 => money(channel.present.round() as i64, found.currency, false),
        2 => told(&channel.share, &|share| locale::percent(share, 1)),
        3 => told(&channel.per_unit, &|value| locale::number(value, 2)),
        4 => told(&channel.marginal, &|value| locale::number(value, 2)),
        5 => {
            let print = |weeks: f64| locale::number(weeks, 1);
            format!("{} weeks", told(channel.half_life.as_ref()?, &print))
        }
        _ => return None,
    })
}
