//! How a weekly budget is best split, and how well the model foretold weeks that it had not seen.

use egui::{Sense, Ui, vec2};

use super::sales;
use crate::analytics::media::{Media, Split};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::figure::money;
use crate::ui::widgets::record::{Side, fact, form_card, halves};
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// Draws both cards.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Media) {
    halves(ui, |ui, side| {
        form_card(ui, |ui| match (side, &found.split) {
            (Side::Left, Some(split)) => best(cx, ui, state, found, split),
            (Side::Left, None) => {
                say(ui, Type::Emphasis, "Best split of a budget");
                remark(ui, "There is nothing to split: it takes two channels with spend at present");
            }
            (Side::Right, _) => held_out(ui, found),
        });
    });
}

fn best(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Media, split: &Split) {
    let t = theme::of(ui);
    say(ui, Type::Emphasis, format!("Best split of {} a week", whole(found, split.total)));
    let gain = format!(
        "{} more a week, between {} and {}",
        sales(found, split.gain.mean),
        sales(found, split.gain.interval.0),
        sales(found, split.gain.interval.1)
    );
    remark(
        ui,
        if split.told_apart {
            format!("It brings {gain}")
        } else {
            format!("It cannot be told apart from the present split: {gain}")
        },
    );
    let code = found.currency.code();
    let columns = [
        Column::text("Channel", 130.0).grow(1.0),
        Column::number(format!("As at present ({code})"), 130.0),
        Column::number(format!("Best ({code})"), 110.0),
        Column::number(format!("At most ({code})"), 110.0),
    ];
    let at = |row: u64| split.channels.get(usize::try_from(row).ok()?);
    let table = Table::new("Best split", &columns, split.channels.len() as u64, t.row().dense).plain();
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("best split"));
    let shown = table.show(&mut inner, state, |row, column, cell| {
        let Some(channel) = at(row) else { return };
        let amount = match column {
            0 => return cell.label(&channel.channel),
            1 => channel.present,
            2 => channel.best,
            _ => channel.limit,
        };
        cell.text(&money(amount.round() as i64, found.currency, false));
    });
    if split.unspent > 0.5 {
        remark(
            ui,
            format!(
                "{} is given to nobody: no channel was ever tried with so much, and beyond one and a half times of what \
                 was tried nobody knows",
                whole(found, split.unspent)
            ),
        );
    }
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(channel) = at(row) else { return Value::Empty };
            let amount = match column {
                0 => return Value::Text(channel.channel.clone()),
                1 => channel.present,
                2 => channel.best,
                _ => channel.limit,
            };
            Value::Money(amount.round() as i64, found.currency)
        });
    }
}

fn held_out(ui: &mut Ui, found: &Media) {
    let held = &found.held_out;
    say(ui, Type::Emphasis, "Can the model be believed");
    remark(ui, format!("The last {} were foretold from those before", locale::counted(held.weeks, "week", "weeks")));
    let rules = [
        ("With spend", Some(held.with_spend)),
        ("Without spend", Some(held.without_spend)),
        ("As the same weeks a year before", held.as_last_year),
    ];
    for (name, error) in rules {
        let words = error.map_or_else(
            || "cannot tell".to_owned(),
            |error| {
                format!(
                    "off by {} a week, {} in sum",
                    locale::percent(error.weekly, 1),
                    locale::signed_percent(error.sum)
                )
            },
        );
        fact(ui, name, &words);
    }
    for note in &found.notes {
        remark(ui, note);
    }
}

fn whole(found: &Media, minor: f64) -> String {
    locale::current().money_whole(minor.round() as i64, found.currency)
}
