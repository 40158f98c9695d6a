//! Everything that happened as a table; orders open to their lines.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rect, Ui, UiBuilder};

use crate::model::{Currency, Day};
use crate::ops::person::Dossier;
use crate::ops::person::timeline::{What, Words, quantity};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::door::place;
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Cell, Column, Table, TableState, sheet};
use crate::workspace::lists::Origin;

const NAME: &str = "Timeline";

/// A row of the table.
struct Row {
    day: Option<Day>,
    words: Words,
    from: Option<Origin>,
    /// The order that it opens, and whether it is open.
    opens: Option<(usize, bool)>,
    /// A line of the order above.
    is_line: bool,
}

/// The table and what it remembers.
#[derive(Default)]
pub struct Timeline {
    table: TableState,
    of: Option<Arc<Dossier>>,
    open: BTreeSet<usize>,
    rows: Vec<Row>,
}

impl Timeline {
    /// Copies or saves the whole table once it is drawn.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the table into a sheet of a given place.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, dossier: &Arc<Dossier>) {
        self.follow(dossier);
        let t = theme::of(ui);
        let columns = [
            Column::text("Date", 108.0),
            Column::text("What happened", 196.0).grow(1.0),
            Column::text("Details", 180.0).grow(2.0),
            Column::number("Amount", 108.0),
            Column::text("From", 120.0).grow(1.0),
        ];
        let mut flipped = None;
        let rows = &self.rows;
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(NAME));
        let shown = sheet(&mut ui, |ui| {
            ui.set_max_height(rect.height());
            let table = Table::new(NAME, &columns, rows.len() as u64, t.row().dense);
            table.show(ui, &mut self.table, |row, column, cell| {
                let Some(row) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
                if draw(cell, column, row) {
                    flipped = row.opens;
                }
            })
        })
        .inner;
        let entered = shown.entered.and_then(|row| self.rows.get(row as usize)?.opens);
        if let Some((order, is_open)) = flipped.or(entered) {
            if is_open {
                self.open.remove(&order)
            } else {
                self.open.insert(order)
            };
            self.rows = rows_of(dossier, &self.open);
        }
        if let Some(wanted) = shown.wanted {
            let rows = &self.rows;
            cx.deliver(wanted, |row, column| {
                usize::try_from(row).ok().and_then(|row| rows.get(row)).map_or(Value::Empty, |row| raw(row, column))
            });
        }
    }

    /// Takes in another person, or the same on another day.
    fn follow(&mut self, dossier: &Arc<Dossier>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, dossier)) {
            return;
        }
        if self.of.as_ref().is_none_or(|of| of.person.id != dossier.person.id) {
            self.open.clear();
            self.table.rewind();
        }
        self.of = Some(dossier.clone());
        self.rows = rows_of(dossier, &self.open);
    }
}

fn rows_of(dossier: &Dossier, open: &BTreeSet<usize>) -> Vec<Row> {
    let (person, portrait) = (&dossier.person, &dossier.portrait);
    let mut rows = Vec::new();
    for event in &dossier.events {
        let order = match event.what {
            What::Order(i) => Some(i).filter(|&i| !person.orders[i].lines.is_empty()),
            _ => None,
        };
        rows.push(Row {
            day: event.day,
            words: event.words(person, portrait, locale::current()),
            from: event.origin(person).cloned(),
            opens: order.map(|i| (i, open.contains(&i))),
            is_line: false,
        });
        if let Some(i) = order.filter(|i| open.contains(i)) {
            let order = &person.orders[i];
            rows.extend(order.lines.iter().map(|line| line_row(line, order.currency)));
        }
    }
    rows
}

fn line_row(line: &crate::workspace::person::LineEntry, currency: Currency) -> Row {
    let mut details = vec![quantity(line.quantity_milli, locale::current())];
    details.extend(line.sku.clone().filter(|sku| Some(sku) != line.product.as_ref()));
    if line.discount != 0 {
        details.push(format!("discount {}", locale::money(line.discount, currency)));
    }
    Row {
        day: None,
        words: Words {
            title: line.product.clone().unwrap_or_else(|| "Product without a name".into()),
            details: details.join(" · "),
            amount: Some((line.amount.saturating_sub(line.discount), currency)),
            segment: None,
        },
        from: Some(line.origin.clone()),
        opens: None,
        is_line: true,
    }
}

/// Draws a cell. Returns whether the order of the row is to be opened or closed.
fn draw(cell: &mut Cell<'_>, column: usize, row: &Row) -> bool {
    match column {
        0 if row.is_line => {}
        0 => match row.day {
            Some(day) => cell.text(&locale::date(day)),
            None => cell.subdued("No date"),
        },
        1 => return title(cell, row),
        2 => cell.subdued(&row.words.details),
        3 => {
            if let Some((minor, currency)) = row.words.amount {
                cell.text(&locale::money(minor, currency));
            }
        }
        _ => {
            if let Some(from) = &row.from {
                cell.caption(&place(from));
            }
        }
    }
    false
}

fn title(cell: &mut Cell<'_>, row: &Row) -> bool {
    let words = &row.words;
    let t = cell.t;
    let lead = t.icon().small + t.space().x2;
    if let Some((_, is_open)) = row.opens {
        let whole = cell.rect;
        let icon = if is_open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
        cell.icon(icon, t.text.subdued);
        cell.label(&words.title);
        let verb = if is_open { "Hide" } else { "Show" };
        let name = format!("{verb} the lines of {}", words.title);
        return cell.interact(whole.with_max_x(whole.left() + lead), &name, Role::Button).clicked();
    }
    cell.rect.min.x += if row.is_line { 2.0 * lead } else { lead };
    match words.segment {
        Some(segment) => cell.swatch(colour(t, segment), &words.title),
        None if row.is_line => cell.text(&words.title),
        None => cell.label(&words.title),
    }
    false
}

fn raw(row: &Row, column: usize) -> Value {
    let text = |text: &str| if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) };
    match column {
        0 => row.day.map_or(Value::Empty, Value::Day),
        1 => text(&row.words.title),
        2 => text(&row.words.details),
        3 => row.words.amount.map_or(Value::Empty, |(minor, currency)| Value::Money(minor, currency)),
        _ => row.from.as_ref().map_or(Value::Empty, |from| text(&place(from))),
    }
}
