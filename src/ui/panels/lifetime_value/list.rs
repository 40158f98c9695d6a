//! Customers by what they are expected to bring, with intervals; smooth at a million rows.

use std::collections::HashMap;
use std::sync::Arc;

use egui::Ui;
use rayon::prelude::*;

use super::cards::tip;
use super::export::Source;
use crate::analytics::clv::{CustomerOutlook, CustomerValue, Estimate, LifetimeValue, day_after};
use crate::model::figure::Filter;
use crate::model::{Dataset, Day, Definitions, MetricId};
use crate::ops::Session;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::listings::Listings;
use crate::ui::locale;
use crate::ui::panels::customers::{OPEN, called, open_row};
use crate::ui::slot::Slot;
use crate::ui::theme;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Cell, Column, Table, TableState, sheet};
use crate::workspace::lists::CustomerListing;

/// What a column shows, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Customer,
    LastOrder,
    Orders,
    Alive,
    AliveInterval,
    Expected,
    ExpectedInterval,
    Range,
    Value,
    ValueInterval,
    Next,
    NextRange,
    Historic,
}

pub(super) const COLUMNS: [Shows; 13] = [
    Shows::Customer,
    Shows::Alive,
    Shows::AliveInterval,
    Shows::Expected,
    Shows::ExpectedInterval,
    Shows::Range,
    Shows::Value,
    Shows::ValueInterval,
    Shows::Next,
    Shows::NextRange,
    Shows::LastOrder,
    Shows::Orders,
    Shows::Historic,
];

/// Column and whether the largest come first.
type Sort = Option<(usize, bool)>;

/// The table and what it remembers.
pub struct List {
    table: TableState,
    order: Slot<(u64, Sort), Arc<Vec<u32>>>,
    names: Listings<CustomerListing>,
    /// The answer of the models on view, and how many there were before it.
    of: (u64, Option<Arc<LifetimeValue>>),
    /// Intervals of its customers that were on view.
    known: HashMap<u32, CustomerOutlook>,
}

impl Default for List {
    fn default() -> Self {
        Self {
            table: TableState::sorted(6, true),
            order: Slot::new("Sorting customers"),
            names: Listings::default(),
            of: (0, None),
            known: HashMap::new(),
        }
    }
}

/// Rows that are on view at least, where the page scrolls.
const ROWS: f32 = 5.0;
const NAME: &str = "Customers by expected value";

impl List {
    /// Copies or saves the whole table once it is drawn.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the table, `room` high or as high as a few rows.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, value: &Arc<LifetimeValue>, data: &Arc<Dataset>, room: f32) {
        if self.of.1.as_ref().is_none_or(|old| !Arc::ptr_eq(old, value)) {
            self.of = (self.of.0 + 1, Some(value.clone()));
            self.known.clear();
        }
        let (of, sort, shared) = (self.of.0, self.table.sort, value.clone());
        self.order.ask((of, sort), || cx.compute(move |_| Ok(Ok(Arc::new(sorted(&shared, sort))))));
        let Some(((shown_of, _), list)) = self.order.latest() else { return };
        if *shown_of != of {
            return;
        }
        let list = list.clone();
        cx.tables.restore(NAME, list.len() as u64, &mut self.table);
        self.names.follow(cx, &list, &data.customers.id, Session::customers);
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        let columns: Vec<Column> = COLUMNS.iter().map(|shows| column(*shows, value)).collect();
        let t = theme::of(ui);
        let (names, known) = (&self.names, &mut self.known);
        let mut opened = None;
        let rows = Table::new(NAME, &columns, list.len() as u64, t.row().normal).opens(OPEN);
        let height = room.max(t.row().header + ROWS * t.row().normal);
        let shown = sheet(ui, |ui| {
            ui.set_max_height(height);
            rows.show(ui, &mut self.table, |row, column, cell| {
                let Some(&index) = usize::try_from(row).ok().and_then(|row| list.get(row)) else { return };
                let Some(customer) = value.base.customers.get(index as usize).and_then(Option::as_ref) else { return };
                let outlook = *known.entry(index).or_insert_with(|| value.base.with_intervals(customer));
                let one = One { value, index, customer, outlook: &outlook };
                if draw(cell, COLUMNS[column], &one, names.get(row), &definitions) {
                    opened = Some(row);
                }
            })
        })
        .inner;
        if let Some(row) = opened.or(shown.entered) {
            open_row(cx, data, &list, row, names.get(row));
        }
        if let Some(wanted) = shown.wanted {
            let rows = wanted.rows.start as usize..(wanted.rows.end as usize).min(list.len());
            let source = Source {
                list: list[rows].to_vec(),
                value: value.clone(),
                data: data.clone(),
                columns: wanted.columns.clone(),
            };
            cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
        }
        self.names.want(shown.visible);
        if shown.sorted {
            self.table.rewind();
        }
        cx.tables.note(NAME, &self.table);
    }
}

/// Customers by index, in the order of a column.
fn sorted(value: &LifetimeValue, sort: Sort) -> Vec<u32> {
    let (column, down) = sort.unwrap_or((6, true));
    let key = |c: &CustomerValue| match COLUMNS.get(column) {
        Some(Shows::Alive) => c.p_alive,
        Some(Shows::Expected) => c.orders,
        Some(Shows::LastOrder) => f64::from(c.buyer.tx) - f64::from(c.buyer.t),
        Some(Shows::Orders) => f64::from(c.buyer.x),
        Some(Shows::Historic) => c.buyer.historic as f64,
        _ => c.value as f64,
    };
    let mut keyed: Vec<(f64, u32)> = value.base.buyers().map(|(i, c)| (key(c), i)).collect();
    keyed.par_sort_by(|a, b| {
        let order = a.0.total_cmp(&b.0);
        if down { order.reverse() } else { order }.then(a.1.cmp(&b.1))
    });
    keyed.into_iter().map(|(_, i)| i).collect()
}

fn column(shows: Shows, value: &LifetimeValue) -> Column {
    let symbol = value.base.currency.symbol();
    let unit = symbol.trim();
    match shows {
        Shows::Customer => Column::text("Customer", 140.0).grow(1.0),
        Shows::LastOrder => Column::number("Last order", 104.0).sortable(),
        Shows::Orders => Column::number("Orders", 72.0).sortable(),
        Shows::Alive => Column::number("Chance to be active", 148.0).sortable(),
        Shows::AliveInterval => Column::number("Chance, 95% interval", 98.0).headed("95% interval".into()),
        Shows::Expected => Column::number("Expected orders", 122.0).sortable(),
        Shows::ExpectedInterval => Column::number("Expected orders, 95% interval", 98.0).headed("95% interval".into()),
        Shows::Range => Column::number("Range of orders", 126.0),
        Shows::Value => Column::number(format!("Expected value, {unit}"), 128.0).sortable(),
        Shows::ValueInterval => {
            Column::number(format!("Expected value, {unit}, 95% interval"), 108.0).headed("95% interval".into())
        }
        Shows::Next => Column::number("Next order about", 122.0),
        Shows::NextRange => Column::number("Range of next order", 186.0),
        Shows::Historic => Column::number(format!("Revenue to date, {unit}"), 138.0).sortable(),
    }
}

/// One customer about to be drawn.
pub(super) struct One<'a> {
    pub value: &'a LifetimeValue,
    pub index: u32,
    pub customer: &'a CustomerValue,
    pub outlook: &'a CustomerOutlook,
}

impl One<'_> {
    fn day(&self, days: f64) -> Option<Day> {
        day_after(self.value.base.as_of, days)
    }

    /// What stands in a column of words: intervals and days.
    fn words(&self, shows: Shows) -> String {
        let between = |e: &Estimate, decimals| {
            format!("{} – {}", locale::number(e.low, decimals), locale::number(e.high, decimals))
        };
        let day = |days| self.day(days).map_or_else(|| "later".to_owned(), locale::date);
        match shows {
            Shows::AliveInterval => between(&self.outlook.p_alive, 2),
            Shows::ExpectedInterval => between(&self.outlook.orders, 1),
            Shows::ValueInterval => between(&self.outlook.value, 0),
            Shows::Range => {
                let (low, high) = self.outlook.orders_range;
                format!("{} – {}", locale::count(low.into()), locale::count(high.into()))
            }
            Shows::Next => day(self.outlook.next_order.value),
            Shows::NextRange => {
                let next = &self.outlook.next_order;
                format!("{} – {}", day(next.low), day(next.high))
            }
            _ => String::new(),
        }
    }

    fn last_order(&self) -> Day {
        let since = self.customer.buyer.t - self.customer.buyer.tx;
        Day(self.value.base.as_of.0 - since as i32)
    }

    /// The same as a raw value.
    pub fn raw(&self, shows: Shows, listing: &CustomerListing) -> Value {
        let currency = self.value.base.currency;
        match shows {
            Shows::Customer => called(listing).map_or(Value::Empty, |name| Value::Text(name.to_owned())),
            Shows::LastOrder => Value::Day(self.last_order()),
            Shows::Orders => Value::Count(u64::from(self.customer.buyer.x) + 1),
            Shows::Alive => Value::Number(self.customer.p_alive),
            Shows::Expected => Value::Number(self.customer.orders),
            Shows::Value => Value::Money(self.customer.value, currency),
            Shows::Historic => Value::Money(self.customer.buyer.historic, currency),
            Shows::Next => self.day(self.outlook.next_order.value).map_or(Value::Empty, Value::Day),
            words => Value::Text(self.words(words)),
        }
    }
}

/// Draws a cell. Returns whether the customer's page is to be opened.
fn draw(cell: &mut Cell<'_>, shows: Shows, one: &One<'_>, listing: Option<&CustomerListing>, of: &Definitions) -> bool {
    let figure = |cell: &mut Cell<'_>, text: String, metric| {
        cell.figure(&text, false, || {
            let tip = tip(one.value, metric, Filter::Customer(one.index), of);
            match listing.and_then(called) {
                Some(name) => tip.named(name),
                None => tip,
            }
        });
    };
    let (customer, currency) = (one.customer, one.value.base.currency);
    match shows {
        Shows::Customer => match listing {
            None => cell.subdued("…"),
            Some(listing) => match called(listing) {
                Some(name) => return cell.link(name),
                None => cell.label("—"),
            },
        },
        Shows::LastOrder => cell.text(&locale::date(one.last_order())),
        Shows::Orders => cell.text(&locale::count(u64::from(customer.buyer.x) + 1)),
        Shows::Alive => {
            let ink = if customer.p_alive < 0.5 { cell.t.tone(theme::Tone::Warning).mark } else { cell.t.series(0) };
            cell.bar(customer.p_alive, ink);
            figure(cell, locale::number(customer.p_alive, 2), MetricId::StillCustomers);
        }
        Shows::Expected => figure(cell, locale::number(customer.orders, 1), MetricId::PredictedOrders),
        Shows::Value => figure(cell, money(customer.value, currency, false), MetricId::PredictedValue),
        Shows::Historic => cell.text(&money(customer.buyer.historic, currency, false)),
        Shows::Next => cell.text(&one.words(shows)),
        words => cell.subdued(&one.words(words)),
    }
    false
}
