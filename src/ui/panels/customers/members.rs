//! Customers that were picked, as a list beside what picked them.

use std::sync::Arc;

use egui::Ui;

use super::list::{Sort, members};
use super::{From, OPEN, columns, draw, export, open_row};
use crate::analytics::rules::Picked;
use crate::analytics::segments::SegmentTable;
use crate::model::Dataset;
use crate::ops::Session;
use crate::ui::cx::{Cx, MemberFilter};
use crate::ui::listings::Listings;
use crate::ui::panels::PanelId;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Button, Column, Table, TableState, sheet, states};
use crate::workspace::lists::CustomerListing;

/// Columns of the customers' page that fit beside something else.
const SHOWN: [usize; 7] = [0, 1, 2, 3, 5, 7, 9];

/// Whom the list shows: a set by its key, in an order.
type Key = (u64, Sort, Same<SegmentTable>);

/// Who is listed, in order.
type Rows = (Arc<SegmentTable>, Arc<Dataset>, Arc<Vec<u32>>);

/// The list and where it stands.
pub struct Members {
    name: &'static str,
    table: TableState,
    rows: Slot<Key, Rows>,
    names: Listings<CustomerListing>,
}

impl Members {
    /// A list under a name of its own.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            table: TableState::sorted(4, true),
            rows: Slot::new("Listing members"),
            names: Listings::default(),
        }
    }

    /// Saves or copies the list.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the list in the height that is left.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, picked: &Arc<Picked>) {
        self.ask(cx, picked);
        let Some((table, data, rows)) = self.rows.latest().map(|(_, rows)| rows.clone()) else { return };
        let Some(definitions) = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()) else { return };
        self.names.follow(cx, &rows, &data.customers.id, Session::customers);
        let all = columns(&table, None, None);
        let columns: Vec<Column> = SHOWN.iter().map(|&column| all[column].clone()).collect();
        let (names, state) = (&self.names, &mut self.table);
        let from = From { table: &table, other: None, lifetime: None, data: &data };
        let mut opened = None;
        let shown = states::dimmed(ui, self.rows.is_working(), |ui| {
            sheet(ui, |ui| {
                let list = Table::new(self.name, &columns, rows.len() as u64, theme::of(ui).row().normal).opens(OPEN);
                list.show(ui, state, |row, column, cell| {
                    let Some(&customer) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
                    if draw(cell, SHOWN[column], customer as usize, names.get(row), &from, &definitions) {
                        opened = Some(row);
                    }
                })
            })
            .inner
        });
        if let Some(row) = opened.or(shown.entered) {
            open_row(cx, &data, &rows, row, names.get(row));
        }
        if let Some(wanted) = shown.wanted {
            let within = wanted.rows.start as usize..(wanted.rows.end as usize).min(rows.len());
            let columns = wanted.columns.iter().map(|&column| SHOWN[column]).collect();
            let list = rows[within].to_vec();
            let source = export::Source { list, table, other: None, lifetime: None, data, columns };
            cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
        }
        self.names.want(shown.visible);
        if shown.sorted {
            self.table.rewind();
        }
    }

    fn ask(&mut self, cx: &Cx, picked: &Arc<Picked>) {
        let Some((_, table, data)) = cx.shop.as_ref().and_then(|shop| shop.segments_with_data()) else { return };
        let sort = Sort::of(self.table.sort.map(|(column, down)| (SHOWN[column], down)));
        let key = (picked.key, sort, Same(table.clone()));
        let (table, data, picked) = (table.clone(), data.clone(), picked.clone());
        self.rows.ask(key, || {
            cx.compute(move |progress| {
                let filter = MemberFilter { picked: Some(picked), ..MemberFilter::default() };
                let rows = Arc::new(members((&table, None), &data, &filter, None, sort, progress)?);
                Ok(Ok((table, data, rows)))
            })
        });
    }
}

/// A button that leads to customers picked on the page of customers.
pub fn to_customers(cx: &mut Cx, ui: &mut Ui, picked: Option<&Arc<Picked>>) {
    let button = Button::plain("Open in Customers").icon(icons::ARROW_RIGHT).small().enabled(picked.is_some());
    if ui.add(button).clicked()
        && let Some(picked) = picked
    {
        cx.members = MemberFilter { picked: Some(picked.clone()), ..MemberFilter::default() };
        cx.go(PanelId::Customers);
    }
}
