//! The members of a rule as a list.

use std::sync::Arc;

use egui::Ui;

use super::Builder;
use crate::analytics::rules::{Picked, Sieve};
use crate::analytics::segments::SegmentTable;
use crate::ops::Session;
use crate::ui::cx::{Cx, MemberFilter};
use crate::ui::listings::Listings;
use crate::ui::panels::PanelId;
use crate::ui::panels::customers::list::{Sort, members};
use crate::ui::panels::customers::{From, OPEN, columns, draw, export, open_row};
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{Button, Column, Table, TableState, remark, sheet, states};
use crate::workspace::lists::CustomerListing;

/// Columns of the customers' page that fit beside the list of segments.
const SHOWN: [usize; 7] = [0, 1, 2, 3, 5, 7, 9];

/// Whom the list shows: a set by its key, in an order.
type Key = (u64, Sort, Same<SegmentTable>);

/// The list and where it stands.
pub struct List {
    table: TableState,
    rows: Slot<Key, (Arc<SegmentTable>, Arc<Vec<u32>>)>,
    names: Listings<CustomerListing>,
}

impl Default for List {
    fn default() -> Self {
        Self { table: TableState::sorted(4, true), rows: Slot::new("Listing members"), names: Listings::default() }
    }
}

impl Builder {
    pub(super) fn member_list(&mut self, cx: &mut Cx, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let Some(group) = self.found.latest().and_then(|(_, found)| found.as_ref().as_ref().ok().cloned()) else {
            return;
        };
        if group.count.customers == 0 {
            remark(ui, "Nobody fits the rule");
            return;
        }
        let list = &mut self.members;
        list.ask(cx, &group.picked);
        let Some((table, rows)) = list.rows.latest().map(|(_, value)| value.clone()) else { return };
        let data = sieve.shop.data.clone();
        list.names.follow(cx, &rows, &data.customers.id, Session::customers);
        let all = columns(&table, None, None);
        let columns: Vec<Column> = SHOWN.iter().map(|&column| all[column].clone()).collect();
        let (names, definitions) = (&list.names, &sieve.shop.definitions);
        let stale = list.rows.is_working();
        let state = &mut list.table;
        let mut opened = None;
        let shown = states::dimmed(ui, stale, |ui| {
            sheet(ui, |ui| {
                let rows_shown =
                    Table::new("Members", &columns, rows.len() as u64, theme::of(ui).row().normal).opens(OPEN);
                rows_shown.show(ui, state, |row, column, cell| {
                    let Some(&customer) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
                    let from = From { table: &table, other: None, lifetime: None, data: &data };
                    if draw(cell, SHOWN[column], customer as usize, names.get(row), &from, definitions) {
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
            let source = export::Source {
                list: rows[within].to_vec(),
                table: table.clone(),
                other: None,
                lifetime: None,
                data,
                columns,
            };
            cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
        }
        list.names.want(shown.visible);
        if shown.sorted {
            list.table.rewind();
        }
    }

    /// A button that leads to these customers on the page of customers.
    pub(super) fn to_customers(&self, cx: &mut Cx, ui: &mut Ui) {
        let group = self.found.latest().and_then(|(_, found)| found.as_ref().as_ref().ok().cloned());
        let button = Button::plain("Open in Customers").icon(icons::ARROW_RIGHT).small().enabled(group.is_some());
        if ui.add(button).clicked()
            && let Some(group) = group
        {
            cx.members = MemberFilter { picked: Some(group.picked), ..MemberFilter::default() };
            cx.go(PanelId::Customers);
        }
    }
}

impl List {
    fn ask(&mut self, cx: &Cx, picked: &Arc<Picked>) {
        let Some((_, table, data)) = cx.shop.as_ref().and_then(|shop| shop.segments_with_data()) else { return };
        let sort = Sort::of(self.table.sort.map(|(column, down)| (SHOWN[column], down)));
        let key = (picked.key, sort, Same(table.clone()));
        let (table, data, picked) = (table.clone(), data.clone(), picked.clone());
        self.rows.ask(key, || {
            cx.compute(move |progress| {
                let filter = MemberFilter { picked: Some(picked), ..MemberFilter::default() };
                let rows = Arc::new(members(&table, &data, &filter, None, sort, progress)?);
                Ok(Ok((table, rows)))
            })
        });
    }
}
