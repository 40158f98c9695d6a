//! The ledger by platform.

use egui::{Sense, Ui, vec2};

use crate::analytics::claims::{Claim, Ledger, said};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::{money, percent};
use crate::ui::widgets::{Column, Table, TableState, say_in};

/// Draws the table.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Ledger) {
    let t = theme::of(ui);
    let code = found.currency.code();
    let columns = [
        Column::text("Platform", 150.0).grow(1.0),
        Column::text("Channel", 110.0),
        Column::number("Orders claimed", 110.0),
        Column::number("Of all orders", 96.0),
        Column::number(format!("Revenue claimed ({code})"), 150.0),
        Column::number("Of all revenue", 100.0),
        Column::number("Touched at most", 116.0),
        Column::number("Beyond that", 100.0),
        Column::text("Reading", 150.0),
    ];
    let rows = found.platforms.len() as u64;
    let table = Table::new("Claims by platform", &columns, rows, t.row().normal).totals().plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let claim = |row: u64| found.total.claims.get(usize::try_from(row).ok()?);
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            if row == rows {
                return match together(found, column) {
                    Some(words) => cell.strong(&words),
                    None => cell.subdued(""),
                };
            }
            let Some(claim) = claim(row) else { return };
            let platform = &found.platforms[row as usize];
            match column {
                0 => cell.label(&platform.title),
                1 => cell.text(platform.channel.as_deref().unwrap_or("All")),
                8 => {
                    let (tone, words) = reading(claim);
                    cell.chip(words, Some(tone), None);
                }
                _ => match words(found, claim, column) {
                    Some(words) => cell.text(&words),
                    None => cell.subdued("—"),
                },
            }
        })
    });
    for n in 0..found.platforms.len() {
        let remarks = said::remarks(found, &found.total, n);
        if !remarks.is_empty() {
            let words = format!("{}: {}", found.platforms[n].title, remarks.join(". "));
            say_in(ui, Type::Caption, t.text.subdued, words);
        }
    }
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(claim) = claim(row) else { return Value::Empty };
            let platform = &found.platforms[row as usize];
            let number = |milli: Option<i64>| milli.map_or(Value::Empty, |milli| Value::Number(milli as f64 / 1_000.0));
            let share = |share: Option<f64>| share.map_or(Value::Empty, Value::Number);
            match column {
                0 => Value::Text(platform.title.clone()),
                1 => Value::Text(platform.channel.clone().unwrap_or_else(|| "All".into())),
                2 => number(claim.orders_milli),
                3 => share(claim.share_of_orders),
                4 => claim.revenue.map_or(Value::Empty, |minor| Value::Money(minor, found.currency)),
                5 => share(claim.share_of_revenue),
                6 => claim.supported.map_or(Value::Empty, Value::Count),
                7 => number(claim.unsupported_milli),
                _ => Value::Text(reading(claim).1.to_owned()),
            }
        });
    }
}

fn words(found: &Ledger, claim: &Claim, column: usize) -> Option<String> {
    Some(match column {
        2 => orders(claim.orders_milli?),
        3 => percent(claim.share_of_orders?),
        4 => money(claim.revenue?, found.currency, false),
        5 => percent(claim.share_of_revenue?),
        6 => locale::count(claim.supported?),
        7 => orders(claim.unsupported_milli?),
        _ => return None,
    })
}

fn together(found: &Ledger, column: usize) -> Option<String> {
    let total = &found.total;
    Some(match column {
        0 => format!("Together, of {} sold", locale::counted(total.orders, "order", "orders")),
        2 => orders(total.claimed_milli),
        3 => percent(total.over_claim?),
        4 => money(total.claimed_revenue, found.currency, false),
        5 => percent(total.over_claim_revenue?),
        6 => locale::count(total.touched?),
        8 => format!("{} times", locale::number(total.over_claim?, 2)),
        _ => return None,
    })
}

/// Thousandths of orders: whole where they are.
fn orders(milli: i64) -> String {
    locale::number(milli as f64 / 1_000.0, u32::from(milli % 1_000 != 0))
}

fn reading(claim: &Claim) -> (Tone, &'static str) {
    match (claim.least_over_claim, claim.unsupported_milli) {
        (Some(_), _) => (Tone::Bad, "More than sold"),
        (None, _) if claim.share_of_revenue.is_some_and(|share| share > 1.0) => (Tone::Warning, "More revenue"),
        (None, Some(beyond)) if beyond > 0 => (Tone::Warning, "Beyond its touches"),
        (None, Some(_)) => (Tone::Good, "May be right"),
        (None, None) => (Tone::Info, "Cannot tell"),
    }
}
