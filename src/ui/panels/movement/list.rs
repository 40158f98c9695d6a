//! Who moved: name, from where, to where, since when.

use std::cmp::Reverse;
use std::sync::Arc;

use anyhow::Result;
use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{node, short};
use crate::analytics::movement::{Move, Movement};
use crate::jobs::Progress;
use crate::model::Dataset;
use crate::ops::Session;
use crate::report::table_export::{Value, Written};
use crate::ui::cx::{Cx, counted};
use crate::ui::deliver::{Take, in_pages};
use crate::ui::listings::Listings;
use crate::ui::locale;
use crate::ui::panels::customers::{OPEN, called, open_row};
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Button, Column, Table, TableState, say};
use crate::workspace::lists::CustomerListing;

/// A pair of groups, or all who moved.
type Pair = Option<(usize, usize)>;

/// Who is listed, in order.
struct Listed {
    moves: Vec<Move>,
    at: Arc<Vec<u32>>,
}

/// The card and what it remembers.
pub struct List {
    table: TableState,
    listed: Slot<(Same<Movement>, Pair), Arc<Listed>>,
    names: Listings<CustomerListing>,
}

impl Default for List {
    fn default() -> Self {
        let listed = Slot::new("Listing who moved");
        Self { table: TableState::default(), listed, names: Listings::default() }
    }
}

impl List {
    /// Saves or copies the list.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the card. Returns whether all who moved are to be listed again.
    pub fn show(
        &mut self,
        cx: &mut Cx,
        ui: &mut Ui,
        rect: Rect,
        of: (&Arc<Movement>, &Arc<Dataset>),
        pair: Pair,
    ) -> bool {
        let t = theme::of(ui);
        let (found, data) = of;
        let key = (Same(found.clone()), pair);
        let source = found.clone();
        self.listed.ask(key, || cx.compute(move |_| Ok(Ok(Arc::new(list(&source, pair))))));
        let listed = self.listed.latest().map(|(_, listed)| listed.clone());
        let names = found.groups.names();
        let title = pair.map_or_else(|| "Who moved".to_owned(), |(a, b)| format!("{} to {}", names[a], names[b]));
        let mut all = false;
        card_at(ui, rect, t.space().x4, |ui| {
            let head = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), t.row().button));
            let layout = Layout::right_to_left(Align::Center);
            let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(layout));
            all = pair.is_some() && right.add(Button::plain("All who moved").icon(icons::CLOSE).small()).clicked();
            ui.spacing_mut().item_spacing.y = 2.0;
            say(ui, Type::Emphasis, title);
            let Some(listed) = listed else { return };
            say(ui, Type::Caption, counted(listed.moves.len() as u64, "customer", "customers"));
            ui.add_space(t.space().x1);
            self.rows(cx, ui, found, data, &listed);
        });
        all
    }

    fn rows(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Movement, data: &Arc<Dataset>, listed: &Arc<Listed>) {
        let t = theme::of(ui);
        self.names.follow(cx, &listed.at, &data.customers.id, Session::customers);
        let columns = [
            Column::text("Customer", 116.0).grow(1.0),
            Column::text("From", 104.0),
            Column::text("To", 104.0),
            Column::text("Since", 106.0),
        ];
        let names = &self.names;
        let mut opened = None;
        let table = Table::new("Who moved", &columns, listed.moves.len() as u64, t.row().dense).plain().opens(OPEN);
        let shown = table.show(ui, &mut self.table, |row, column, cell| {
            let Some(one) = listed.moves.get(row as usize) else { return };
            let group = |group: u8| node(cell.t, found.groups, usize::from(group));
            match (column, names.get(row)) {
                (0, None) => cell.subdued("…"),
                (0, Some(who)) => match called(who) {
                    Some(name) if cell.link(name) => opened = Some(row),
                    Some(_) => {}
                    None => cell.label("—"),
                },
                (1, _) => swatch(cell, &group(one.before)),
                (2, _) => swatch(cell, &group(one.after)),
                _ => cell.text(&one.since.map_or_else(|| "—".into(), locale::date)),
            }
        });
        if let Some(row) = opened.or(shown.entered) {
            open_row(cx, data, &listed.at, row, names.get(row));
        }
        self.names.want(shown.visible);
        if let Some(wanted) = shown.wanted {
            let rows = wanted.rows.start as usize..(wanted.rows.end as usize).min(listed.moves.len());
            let source = Source {
                moves: listed.moves[rows].to_vec(),
                names: found.groups.names(),
                data: data.clone(),
                columns: wanted.columns.clone(),
            };
            cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
        }
    }
}

fn swatch(cell: &mut crate::ui::widgets::Cell<'_>, node: &crate::ui::widgets::chart::flow::Node) {
    cell.swatch(node.colour, short(&node.name));
}

/// Those of a pair of groups, or all who moved; the latest first.
fn list(found: &Movement, pair: Pair) -> Listed {
    let wanted = |one: &&Move| pair.is_none_or(|pair| pair == (usize::from(one.before), usize::from(one.after)));
    let mut moves: Vec<Move> = found.moves.iter().filter(wanted).copied().collect();
    moves.sort_by_key(|one| (Reverse(one.since), one.customer));
    Listed { at: Arc::new(moves.iter().map(|one| one.customer).collect()), moves }
}

/// The list as rows of raw values.
struct Source {
    moves: Vec<Move>,
    names: Vec<&'static str>,
    data: Arc<Dataset>,
    columns: Vec<usize>,
}

impl Source {
    fn feed(&self, session: &Session, progress: &Progress, take: Take<'_>) -> Result<Written> {
        in_pages(&self.moves, progress, take, |page| self.page(session, page))
    }

    fn page(&self, session: &Session, page: &[Move]) -> Result<Vec<Vec<Value>>> {
        let ids: Vec<u32> = page.iter().map(|one| self.data.customers.id[one.customer as usize]).collect();
        let listed = session.customers(&ids)?;
        let group = |group: u8| Value::Text(self.names[usize::from(group)].to_owned());
        let one = |one: &Move, who: &CustomerListing, column: usize| match column {
            0 => Value::Text(called(who).unwrap_or("—").to_owned()),
            1 => group(one.before),
            2 => group(one.after),
            _ => one.since.map_or(Value::Empty, Value::Day),
        };
        let row = |(moved, who): (&Move, &CustomerListing)| {
            self.columns.iter().map(|&column| one(moved, who, column)).collect()
        };
        Ok(page.iter().zip(&listed).map(row).collect())
    }
}
