//! How demand answers to prices, product by product, and what the stock suggests.

use anyhow::Result;
use egui::Ui;

use crate::analytics::price_response::{PriceResponse, ProductResponse, said};
use crate::ops::Session;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Cell, Column, Table, TableState, remark, sheet};

/// The elasticity at which its picture ends.
const STEEPEST: f64 = 4.0;

/// Responses with the names of their products.
pub struct Responses {
    /// What was found.
    pub found: PriceResponse,
    /// Names, in its order.
    pub names: Vec<String>,
}

impl Responses {
    /// Reads the names.
    pub fn named(session: &mut Session, found: PriceResponse) -> Result<Self> {
        let names = session.product_names(found.products.iter().map(|one| one.product))?;
        Ok(Self { found, names })
    }
}

/// The table and what it remembers.
#[derive(Default)]
pub struct PricesTable {
    table: TableState,
}

impl PricesTable {
    /// Copies or saves the table once it is drawn.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, responses: &Responses) {
        let (t, found) = (theme::of(ui), &responses.found);
        let tone = if found.told > 0 { Tone::Good } else { Tone::Info };
        let mut notes = found.notes.iter();
        let reason = notes.next().map_or("", String::as_str);
        Verdict { tone, sentence: &said::verdict(found), reason }.show(ui);
        for note in notes {
            remark(ui, note);
        }
        ui.add_space(t.space().x2);
        let code = found.currency.code();
        let columns = [
            Column::text("Product", 210.0).grow(1.0),
            Column::number("Weeks", 70.0),
            Column::number("Units", 80.0),
            Column::number(format!("Price now ({code})"), 118.0),
            Column::text(format!("Prices tried ({code})"), 140.0),
            Column::number("Elasticity", 84.0),
            Column::text("95%", 120.0),
            Column::text("In a picture", 130.0),
            Column::text("Reading", 300.0),
        ];
        let at = |row: u64| {
            let row = usize::try_from(row).ok()?;
            Some((found.products.get(row)?, responses.names.get(row).map_or("", String::as_str)))
        };
        let rows = found.products.len() as u64;
        let table = Table::new("Price response", &columns, rows, t.row().normal).plain();
        let shown = sheet(ui, |ui| {
            ui.set_max_height(ui.available_height());
            table.show(ui, &mut self.table, |row, column, cell| {
                if let Some((one, name)) = at(row) {
                    draw(cell, column, found, one, name);
                }
            })
        })
        .inner;
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                at(row).map_or(Value::Empty, |(one, name)| match column {
                    0 => Value::Text(name.to_owned()),
                    1 => Value::Number(one.weeks.into()),
                    2 => Value::Number(one.units),
                    3 => one.prices.map_or(Value::Empty, |p| Value::Money(p.present.round() as i64, found.currency)),
                    5 => told(one).map_or(Value::Empty, |told| Value::Number(told.middle)),
                    8 => Value::Text(reading(found, one)),
                    _ => words(column, found, one).map_or(Value::Empty, Value::Text),
                })
            });
        }
    }
}

/// What the prices say, and what the stock suggests.
fn reading(found: &PriceResponse, one: &ProductResponse) -> String {
    let words = said::product(one);
    match &one.hint {
        Some(hint) => format!("{words}. {}", said::hint(hint, found.currency)),
        None => words,
    }
}

/// The elasticity, where it can be told.
fn told(one: &ProductResponse) -> Option<crate::analytics::price_response::Told> {
    one.elasticity.filter(|_| one.doubts.is_empty())
}

fn draw(cell: &mut Cell<'_>, column: usize, found: &PriceResponse, one: &ProductResponse, name: &str) {
    match column {
        0 => cell.label(name),
        7 => match told(one) {
            Some(told) => {
                let (low, high) = told.within_95;
                let words = words(6, found, one).unwrap_or_default();
                let colour = cell.t.series(0);
                cell.interval(told.middle / STEEPEST, (low / STEEPEST, high / STEEPEST), colour, &words);
            }
            None => cell.chip("Cannot tell", Some(Tone::Info), None),
        },
        8 => cell.caption(&reading(found, one)),
        _ => match words(column, found, one) {
            Some(words) => cell.text(&words),
            None => cell.subdued("—"),
        },
    }
}

fn words(column: usize, found: &PriceResponse, one: &ProductResponse) -> Option<String> {
    let money = |minor: f64| crate::ui::widgets::figure::money(minor.round() as i64, found.currency, true);
    Some(match column {
        1 => locale::count(one.weeks.into()),
        2 => locale::number(one.units, 0),
        3 => money(one.prices?.present),
        4 => {
            let prices = one.prices?;
            if prices.low < prices.high {
                format!("{} – {}", money(prices.low), money(prices.high))
            } else {
                money(prices.low)
            }
        }
        5 => locale::number(told(one)?.middle, 2),
        6 => {
            let (low, high) = told(one)?.within_95;
            format!("{} – {}", locale::number(low, 2), locale::number(high, 2))
        }
        _ => return None,
    })
}
