//! Order by order: which platforms can claim it.

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use crate::analytics::claims::{Claimable, Ledger};
use crate::model::Dataset;
use crate::ops::Session;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::deliver::in_pages;
use crate::ui::listings::Listings;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::{Column, Table, TableState, remark, say};
use crate::workspace::lists::OrderListing;

/// Height of the list.
const LIST: f32 = 380.0;

/// The list and what it remembers.
#[derive(Default)]
pub struct Orders {
    /// Where it stands.
    pub table: TableState,
    names: Listings<OrderListing>,
    /// What is listed, orders of most platforms first.
    of: Option<Listed>,
}

/// A ledger, positions of its orders in the dataset, and for each the bits of the platforms that can claim it.
type Listed = (Arc<Ledger>, Arc<Vec<u32>>, Vec<u64>);

impl Orders {
    /// Draws the list, where journeys are known.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Ledger>) {
        let Some(claimable) = &found.claimable else { return };
        let Some(data) = cx.shop.as_ref().and_then(|shop| shop.data().cloned()) else { return };
        if !self.of.as_ref().is_some_and(|(of, ..)| Arc::ptr_eq(of, found)) {
            let mut orders = claimable.orders.clone();
            orders.sort_by_key(|(at, bits)| (std::cmp::Reverse(bits.count_ones()), *at));
            let (at, bits) = orders.into_iter().unzip();
            self.of = Some((found.clone(), Arc::new(at), bits));
            self.table.rewind();
        }
        let Some((_, list, bits)) = &self.of else { return };
        // An older ledger may speak of orders that a newer state of the data does not have.
        if list.iter().any(|at| *at as usize >= data.orders.id.len()) {
            return;
        }
        let t = theme::of(ui);
        self.names.follow(cx, list, &data.orders.id, Session::orders);
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), LIST), Sense::hover());
        let columns = [
            Column::text("Order", 110.0),
            Column::text("Day", 110.0),
            Column::text("Customer", 180.0).grow(1.0),
            Column::number(format!("Value ({})", found.currency.code()), 110.0),
            Column::number("Claimed by", 96.0),
            Column::text("Platforms", 260.0).grow(2.0),
        ];
        let platforms = |bits: u64| -> Vec<&str> {
            Claimable::platforms(bits).filter_map(|n| found.platforms.get(n)).map(|one| one.title.as_str()).collect()
        };
        let names = &self.names;
        let state = &mut self.table;
        let shown = card_at(ui, place, 0.0, |ui| {
            let inner = ui.max_rect();
            let mut head = ui.new_child(egui::UiBuilder::new().max_rect(inner.shrink(t.space().x4)).id_salt("head"));
            head.spacing_mut().item_spacing.y = 0.0;
            say(&mut head, Type::Emphasis, "Which orders a platform can claim");
            remark(
                &mut head,
                "Those with a touch of its channel within the look-back; an order with several is claimed by each",
            );
            let top = head.min_rect().bottom() + t.space().x2;
            let mut body = ui.new_child(egui::UiBuilder::new().max_rect(inner.with_min_y(top)).id_salt("orders"));
            let table = Table::new("Claimed orders", &columns, list.len() as u64, t.row().dense).plain();
            table.show(&mut body, state, |row, column, cell| {
                let Some((&at, &bits)) = usize::try_from(row).ok().and_then(|n| list.get(n).zip(bits.get(n))) else {
                    return;
                };
                let (i, listing) = (at as usize, names.get(row));
                match column {
                    0 => cell.label(listing.map_or("", |one| one.number.as_str())),
                    1 => cell.text(&locale::date(data.orders.day[i])),
                    2 => cell.text(listing.and_then(|one| one.customer.as_deref()).unwrap_or("")),
                    3 => cell.text(&money(data.orders.total.get(i), found.currency, true)),
                    4 => cell.text(&locale::count(bits.count_ones().into())),
                    _ => cell.text(&platforms(bits).join(", ")),
                }
            })
        });
        self.names.want(shown.visible);
        if let Some(wanted) = shown.wanted {
            let (from, to) = (wanted.rows.start as usize, (wanted.rows.end as usize).min(list.len()));
            let rows: Vec<(u32, u64)> = (from..to).map(|n| (list[n], bits[n])).collect();
            let (ledger, columns) = (found.clone(), wanted.columns.clone());
            cx.deliver_from(wanted, move |home, progress, take| {
                let session = home.session()?;
                in_pages(&rows, progress, take, |page| {
                    let ids: Vec<u32> = page.iter().map(|(at, _)| data.orders.id[*at as usize]).collect();
                    let listed = session.orders(&ids)?;
                    let row = |(listing, (at, bits)): (&OrderListing, &(u32, u64))| {
                        let of = (listing, *at as usize, *bits);
                        columns.iter().map(|column| value(&ledger, &data, of, *column)).collect()
                    };
                    Ok(listed.iter().zip(page).map(row).collect())
                })
            });
        }
    }
}

fn value(ledger: &Ledger, data: &Dataset, (listing, at, bits): (&OrderListing, usize, u64), column: usize) -> Value {
    match column {
        0 => Value::Text(listing.number.clone()),
        1 => Value::Day(data.orders.day[at]),
        2 => listing.customer.clone().map_or(Value::Empty, Value::Text),
        3 => {
            let currency = data.currencies.get(usize::from(data.orders.currency[at])).copied();
            Value::Money(data.orders.total.get(at), currency.unwrap_or(ledger.currency))
        }
        4 => Value::Count(bits.count_ones().into()),
        _ => {
            let names = Claimable::platforms(bits).filter_map(|n| ledger.platforms.get(n));
            Value::Text(names.map(|one| one.title.as_str()).collect::<Vec<_>>().join(", "))
        }
    }
}
