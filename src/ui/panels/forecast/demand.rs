//! What each product will be asked for, how long its stock lasts, and when how many are to be ordered.

use anyhow::Result;
use egui::{Rect, Ui};

use crate::analytics::demand::{Demand, Expected, ProductDemand, said};
use crate::ops::Session;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::kpi::sparkline;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Cell, Column, Table, TableState, remark, sheet};

/// Demand with the names of its products.
pub struct Products {
    /// What was found.
    pub found: Demand,
    /// Names, in its order.
    pub names: Vec<String>,
}

impl Products {
    /// Reads the names.
    pub fn named(session: &mut Session, found: Demand) -> Result<Self> {
        let names = session.product_names(found.products.iter().map(|one| one.product))?;
        Ok(Self { found, names })
    }
}

/// The table and what it remembers.
#[derive(Default)]
pub struct DemandTable {
    table: TableState,
}

impl DemandTable {
    /// Copies or saves the table once it is drawn.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, products: &Products) {
        let (t, found) = (theme::of(ui), &products.found);
        let late = found.products.iter().any(|one| one.stock.is_some_and(|stock| stock.is_late));
        let tone = if late { Tone::Warning } else { Tone::Info };
        Verdict { tone, sentence: &said::verdict(found), reason: &said::held_out(found) }.show(ui);
        for note in &found.notes {
            remark(ui, note);
        }
        ui.add_space(t.space().x2);
        let span = found.settings.lead_days + found.settings.review_days;
        let columns = [
            Column::text("Product", 220.0).grow(1.0),
            Column::text("Last weeks", 110.0),
            Column::number("Units in 52 weeks", 128.0),
            Column::number("A week ahead", 104.0),
            Column::number(format!("In {span} days"), 96.0),
            Column::text("95%", 110.0),
            Column::number("In stock", 84.0),
            Column::number("Lasts, days", 92.0),
            Column::text("Order by", 116.0),
            Column::number("Order", 74.0),
            Column::text("How it is told", 190.0),
        ];
        let rows = found.products.len() as u64;
        let at = |row: u64| {
            let row = usize::try_from(row).ok()?;
            Some((found.products.get(row)?, products.names.get(row).map_or("", String::as_str)))
        };
        let table = Table::new("Demand", &columns, rows, t.row().normal).plain();
        let shown = sheet(ui, |ui| {
            ui.set_max_height(ui.available_height());
            table.show(ui, &mut self.table, |row, column, cell| {
                if let Some((one, name)) = at(row) {
                    draw(cell, column, one, name);
                }
            })
        })
        .inner;
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| at(row).map_or(Value::Empty, |(one, name)| value(column, one, name)));
        }
    }
}

fn draw(cell: &mut Cell<'_>, column: usize, one: &ProductDemand, name: &str) {
    match column {
        0 => cell.label(name),
        1 => {
            let course: Vec<f64> = one.weeks.iter().map(|week| week.unwrap_or(0.0)).collect();
            let place = Rect::from_center_size(cell.rect.center(), egui::vec2(cell.rect.width(), 22.0));
            sparkline(cell.ui.painter(), cell.t, place, &course, cell.t.series(0));
        }
        8 => {
            match one.stock.filter(|stock| stock.order_units > 0).and_then(|stock| stock.order_by.map(|by| (stock, by)))
            {
                Some((stock, _)) if stock.is_late => cell.chip("At once", Some(Tone::Warning), None),
                Some((_, by)) => cell.text(&locale::date(by)),
                None => cell.subdued("—"),
            }
        }
        10 => match &one.expected {
            Ok(expected) => cell.caption(expected.rule.name()),
            Err(missing) => {
                cell.caption(&format!("Cannot tell: {} of {} {}", missing.have, missing.need, missing.what))
            }
        },
        _ => match words(column, one) {
            Some(words) => cell.text(&words),
            None => cell.subdued("—"),
        },
    }
}

fn words(column: usize, one: &ProductDemand) -> Option<String> {
    let expected: Option<&Expected> = one.expected.as_ref().ok();
    Some(match column {
        2 => locale::number(one.units, 0),
        3 => locale::number(expected?.per_week, 1),
        4 => locale::number(expected?.units, 1),
        5 => {
            let (low, high) = expected?.within_95;
            format!("{} – {}", locale::number(low, 0), locale::number(high, 0))
        }
        6 => locale::number(one.stock?.units as f64, 0),
        7 => locale::number(one.stock?.cover_days?, 0),
        9 => one.stock.map(|stock| stock.order_units).filter(|units| *units > 0).map(|n| locale::count(n.into()))?,
        _ => return None,
    })
}

fn value(column: usize, one: &ProductDemand, name: &str) -> Value {
    let expected = one.expected.as_ref().ok();
    let number = |value: Option<f64>| value.map_or(Value::Empty, Value::Number);
    match column {
        0 => Value::Text(name.to_owned()),
        1 => Value::Text(
            one.weeks
                .iter()
                .map(|week| week.map_or_else(|| "–".to_owned(), |units| format!("{units}")))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        2 => Value::Number(one.units),
        3 => number(expected.map(|expected| expected.per_week)),
        4 => number(expected.map(|expected| expected.units)),
        6 => number(one.stock.map(|stock| stock.units as f64)),
        7 => number(one.stock.and_then(|stock| stock.cover_days)),
        8 => one.stock.and_then(|stock| stock.order_by).map_or(Value::Empty, |day| Value::Text(day.to_string())),
        9 => number(one.stock.map(|stock| f64::from(stock.order_units))),
        10 => Value::Text(match expected {
            Some(expected) => expected.rule.name().to_owned(),
            None => "cannot tell".to_owned(),
        }),
        _ => words(column, one).map_or(Value::Empty, Value::Text),
    }
}
