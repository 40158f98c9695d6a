//! Sources of data about customers that are not the shop's own: how good each is, whom it knows, what it costs and
//! brings.

use egui::{Sense, Ui, vec2};

use super::saved::Saved;
use super::{Did, Open};
use crate::model::Currency;
use crate::model::plan::Amount;
use crate::model::strategy::ExternalSource;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::{Button, Cell, Column, Field, Table, TableState, remark, say};

/// Draws the table.
pub fn show(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, saved: &mut Saved) -> Vec<Did> {
    let t = theme::of(ui);
    let mut did = Vec::new();
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            say(ui, Type::Section, "Outside sources");
            remark(ui, "Data about customers that are not your own; they stand in the section on data and privacy");
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let add = Button::new("Source").icon(icons::ADD).named("Add an outside source");
            if ui.add(add).clicked() {
                let one = ExternalSource { name: "New source".into(), ..ExternalSource::default() };
                did.push(Did::Open(Open::Source(saved.plan_mut().add_source(one))));
            }
        });
    });
    let rows = &saved.plan().external;
    if rows.is_empty() {
        crate::ui::widgets::card(ui, |ui| remark(ui, "None: the shop works with its own data alone"));
        return did;
    }
    let currency = currency(cx);
    let columns = [
        Column::text("Source", 220.0).grow(1.0),
        Column::number("Quality", 96.0),
        Column::number("Match rate", 96.0),
        Column::number(format!("Cost a year ({})", currency.code()), 140.0),
        Column::number("ROI", 96.0),
    ];
    let at = |row: u64| rows.get(usize::try_from(row).ok()?);
    let table = Table::new("Outside sources", &columns, rows.len() as u64, t.row().normal).opens("Open the source");
    let strip = t.shell().scroll_bar + t.space().x1;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + strip), Sense::hover());
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |n, column, cell| {
            if let Some(one) = at(n) {
                draw(cell, column, one, currency);
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| at(n).map_or(Value::Empty, |one| value(column, one, currency)));
    }
    if let Some(one) = shown.entered.or(shown.chosen).and_then(at) {
        did.push(Did::Open(Open::Source(one.id.clone())));
    }
    did
}

fn currency(cx: &Cx) -> Currency {
    cx.shop.as_ref().map_or(Currency::USD, |shop| shop.facts.definitions.currency)
}

fn draw(cell: &mut Cell<'_>, column: usize, one: &ExternalSource, currency: Currency) {
    let words = match column {
        0 => return cell.label(&one.name),
        1 => one.quality.map(|share| locale::percent(share, 0)),
        2 => one.match_rate.map(|share| locale::percent(share, 0)),
        3 => one.cost.map(|cost| locale::number(currency.major(cost), currency.exponent())),
        _ => one.roi.map(|roi| format!("{}:1", locale::number(roi, 1))),
    };
    match words {
        Some(words) => cell.text(&words),
        None => cell.subdued("—"),
    }
}

fn value(column: usize, one: &ExternalSource, currency: Currency) -> Value {
    let number = |known: Option<f64>| known.map_or(Value::Empty, Value::Number);
    match column {
        0 => Value::Text(one.name.clone()),
        1 => number(one.quality),
        2 => number(one.match_rate),
        3 => one.cost.map_or(Value::Empty, |cost| Value::Money(cost, currency)),
        _ => number(one.roi),
    }
}

/// Draws the drawer of a source. Returns whether it is to be closed.
pub fn drawer(cx: &Cx, ui: &Ui, saved: &mut Saved, id: &str) -> bool {
    let Some(n) = saved.plan().external.iter().position(|one| one.id == id) else { return true };
    let title = saved.plan().external[n].name.clone();
    let currency = currency(cx);
    let drawer = Drawer { title: &title, line: "Outside source", within: drawer::place(ui.ctx()), scrolls: true };
    let mut gone = false;
    let closed = drawer.show(ui.ctx(), |ui| {
        let gap = theme::of(ui).space().x3;
        let width = ui.available_width();
        let half = ((width - gap) / 2.0).floor();
        let (plan, typing) = saved.fields();
        let one = &mut plan.external[n];
        let at = |field: &str| format!("external.{id}.{field}");
        typing.line(ui, &at("name"), "Source", width, &mut one.name);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let shares = [
                ("quality", "Quality: rows that are right", &mut one.quality),
                ("match_rate", "Match rate: customers it knows", &mut one.match_rate),
            ];
            for (key, label, share) in shares {
                let shown = share.map_or_else(String::new, |share| locale::number(share * 100.0, 1));
                let read = |text: &str| read::percent(text, (0.0, 1.0));
                if let Some(new) = typing.field(ui, &at(key), Field::number(label, "%", half), label, shown, read) {
                    *share = new;
                }
            }
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let mut cost = one.cost.map(|minor| Amount { minor, currency });
            typing.amount_or_none(ui, &at("cost"), "Cost a year", half, currency, &mut cost);
            one.cost = cost.map(|amount| amount.minor);
            let label = "ROI: gain for each unit of cost";
            let shown = one.roi.map_or_else(String::new, |roi| locale::number(roi, 2));
            let field = Field::number(label, ":1", half);
            if let Some(new) = typing.field(ui, &at("roi"), field, label, shown, read::decimal) {
                one.roi = new;
            }
        });
        ui.add_space(theme::of(ui).space().x2);
        gone = ui.add(Button::plain("Remove").icon(icons::DELETE).small()).clicked();
    });
    if gone {
        saved.plan_mut().external.remove(n);
    }
    closed || gone
}
