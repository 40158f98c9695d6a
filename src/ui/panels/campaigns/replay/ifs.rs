//! What follows if buyers behave one way or another, and plans side by side.

use egui::{Ui, vec2};

use super::super::data::{Replayed, Replays};
use crate::analytics::sale::{BreakEven, Judged, Lift, Scenario, Verdict};
use crate::model::TooLittle;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme;
use crate::ui::widgets::{Column, Table, TableState, sheet};

/// A way to behave.
struct If {
    name: String,
    assumes: String,
    of: Option<Scenario>,
    /// Whether it is no sale, which nothing is held against.
    base: bool,
}

/// Draws the table of behaviours.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    of: &Replayed,
    judged: &Judged,
    lift: &Result<Lift, TooLittle>,
) {
    let Some((replay, _)) = &of.done else { return };
    let currency = replay.currency;
    let signed = |share: f64| format!("{}{}", if share > 0.0 { "+" } else { "" }, locale::percent(share, 0));
    let rows = [
        If {
            name: "No sale".into(),
            assumes: "what those days really were".into(),
            of: Some(judged.no_sale),
            base: true,
        },
        If {
            name: "Nobody changes".into(),
            assumes: "same baskets, cheaper".into(),
            of: Some(judged.nobody),
            base: false,
        },
        If {
            name: "Near baskets top up".into(),
            assumes: format!("{} of {} reach a tier", of.plan.assumptions.top_up, locale::count(replay.near)),
            of: Some(judged.top_up),
            base: false,
        },
        If {
            name: "Lift as in past sales".into(),
            assumes: match lift {
                Ok(lift) => {
                    format!("{} orders, {} to {}", signed(lift.mean), signed(lift.of_next.0), signed(lift.of_next.1))
                }
                Err(missing) => format!("cannot tell: {} of {} past sales known", missing.have, missing.need),
            },
            of: judged.lifted.as_ref().ok().map(|lifted| lifted[0]),
            base: false,
        },
    ];
    let code = currency.code();
    let columns = [
        Column::text("If …", 150.0),
        Column::text("What it assumes", 176.0).grow(1.0),
        Column::number("Orders", 68.0),
        Column::number(format!("Revenue, {code}"), 104.0),
        Column::number(format!("Margin after offer, {code}"), 138.0),
        Column::number(format!("Against no sale, {code}"), 140.0),
    ];
    let at = |row: u64| usize::try_from(row).ok().and_then(|row| rows.get(row));
    let money = |minor: i64| locale::number(currency.major(minor), currency.exponent());
    sheet(ui, |ui| {
        let t = theme::of(ui);
        let table = Table::new("If buyers behave", &columns, rows.len() as u64, t.row().normal);
        let tall = table.height(t);
        ui.allocate_ui(vec2(ui.available_width(), tall), |ui| {
            ui.set_height(tall);
            let shown = table.show(ui, state, |row, column, cell| {
                let Some(one) = at(row) else { return };
                match (column, one.of) {
                    (0, _) => cell.strong(&one.name),
                    (1, _) => cell.label(&one.assumes),
                    (_, None) => cell.text("—"),
                    (2, Some(of)) => cell.text(&locale::count(of.orders)),
                    (3, Some(of)) => cell.text(&money(of.revenue)),
                    (4, Some(of)) => cell.text(&of.margin.map_or_else(|| "—".into(), money)),
                    (_, Some(of)) => {
                        let words = of
                            .against
                            .filter(|_| !one.base)
                            .map(|minor| format!("{}{}", if minor > 0 { "+" } else { "" }, money(minor)));
                        cell.text(words.as_deref().unwrap_or("—"));
                    }
                }
            });
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |row, column| {
                    let Some(one) = at(row) else { return Value::Empty };
                    let amount = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
                    match (column, one.of) {
                        (0, _) => Value::Text(one.name.clone()),
                        (1, _) => Value::Text(one.assumes.clone()),
                        (_, None) => Value::Empty,
                        (2, Some(of)) => Value::Count(of.orders),
                        (3, Some(of)) => amount(Some(of.revenue)),
                        (4, Some(of)) => amount(of.margin),
                        (_, Some(of)) => amount(of.against.filter(|_| !one.base)),
                    }
                });
            }
        });
    });
}

/// Draws plans side by side.
pub fn variants(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Replays) {
    let Some(currency) = found.plans.iter().find_map(|plan| plan.done.as_ref()).map(|(replay, _)| replay.currency)
    else {
        return;
    };
    let code = currency.code();
    let columns = [
        Column::text("Variant", 150.0).grow(1.0),
        Column::number("Served", 62.0),
        Column::number(format!("Given, {code}"), 96.0),
        Column::number("Breaks even", 86.0),
        Column::number(format!("Nobody changes, {code}"), 136.0),
        Column::number(format!("As past sales, {code}"), 124.0),
        Column::text("Verdict", 124.0),
    ];
    let of = |row: u64| usize::try_from(row).ok().and_then(|row| found.plans.get(row));
    let value = |row: u64, column: usize| -> Value {
        let Some(plan) = of(row) else { return Value::Empty };
        if column == 0 {
            return Value::Text(plan.plan.name.clone());
        }
        let Some((replay, judged)) = &plan.done else { return Value::Empty };
        let amount = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
        match column {
            1 => Value::Count(replay.nobody.served),
            2 => amount(Some(replay.nobody.given())),
            3 => match judged.break_even {
                BreakEven::At(at) => Value::Number(at),
                _ => Value::Empty,
            },
            4 => amount(judged.nobody.against),
            5 => amount(judged.lifted.as_ref().ok().and_then(|lifted| lifted[0].against)),
            _ => Value::Text(
                match judged.verdict {
                    Verdict::Pays => "Probably pays",
                    Verdict::DoesNot => "Does not pay",
                    Verdict::CannotTell => "Cannot tell",
                }
                .into(),
            ),
        }
    };
    sheet(ui, |ui| {
        let t = theme::of(ui);
        let table = Table::new("Variants side by side", &columns, found.plans.len() as u64, t.row().normal);
        let tall = table.height(t);
        ui.allocate_ui(vec2(ui.available_width(), tall), |ui| {
            ui.set_height(tall);
            let shown = table.show(ui, state, |row, column, cell| match value(row, column) {
                Value::Text(text) if column == 0 => cell.strong(&text),
                Value::Text(text) => cell.label(&text),
                Value::Count(n) => cell.text(&locale::count(n)),
                Value::Money(minor, _) => cell.text(&locale::number(currency.major(minor), currency.exponent())),
                Value::Number(share) => cell.text(&locale::percent(share, 0)),
                _ => cell.text("—"),
            });
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, value);
            }
        });
    });
}
