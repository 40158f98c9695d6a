//! The list of customers, of one segment or of all: sort, filter, search, export; smooth at a million rows.

pub(super) mod export;
pub mod list;
pub mod members;

use std::sync::Arc;

use egui::{Id, Ui};

use self::list::{ListKey, Listed, Sort};
use super::{Panel, draw_empty, draw_slot, lifetime_value};
use crate::analytics::clv::LifetimeValue;
use crate::analytics::segments::{Segment, SegmentTable};
use crate::model::dataset::NO_DAY;
use crate::model::figure::{Filter, MetricKind};
use crate::model::{Dataset, Definitions, MetricId};
use crate::ops::Session;
use crate::ui::cx::Cx;
use crate::ui::listings::Listings;
use crate::ui::locale::{self, count};
use crate::ui::panels::segments::data::{MISSING, colour};
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::{Tip, money};
use crate::ui::widgets::filters::{filter_line, n_of_m};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::typing;
use crate::ui::widgets::{Button, Cell, Column, Field, Table, TableState, choice, page_header, sheet, states};
use crate::workspace::lists::CustomerListing;

/// The page and what it remembers.
pub struct Customers {
    table: TableState,
    found: Slot<(u64, String), Arc<Vec<u32>>>,
    countries: Slot<u64, Arc<Vec<u32>>>,
    list: Slot<ListKey, Listed>,
    names: Listings<CustomerListing>,
}

impl Default for Customers {
    fn default() -> Self {
        Self {
            table: TableState::sorted(5, true),
            found: Slot::new("Searching customers"),
            countries: Slot::new("Looking for countries"),
            list: Slot::new("Sorting customers"),
            names: Listings::default(),
        }
    }
}

impl Panel for Customers {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, as_of) = (shop.is_empty(), shop.segments().map_or(shop.as_of(), |table| table.as_of));
        let picked = cx.members.picked.as_ref().map(|picked| picked.name.clone());
        let title = picked.as_deref().or(cx.members.segment.map(Segment::name)).unwrap_or("Customers");
        let line = format!("Orders and revenue of each customer, as of {}", locale::date(as_of));
        page_header(ui, title, &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(!empty));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "As") {
                    self.table.ask(target);
                }
            });
        });
        if empty {
            let words = "They come with the orders you import";
            return draw_empty(ui, cx, icons::MEMBERS, "No customers yet", words);
        }
        let Some((view, data)) = cx.shop.as_ref().and_then(|s| Some((s.segments_view(), s.data()?.clone()))) else {
            return super::draw_waiting(ui, cx);
        };
        let about = ("Too little data", "There is no customer by the as-of date");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, table| self.ready(cx, ui, table, &data));
        if let (true, Some(shop)) = (stop, &mut cx.shop) {
            shop.stop();
        }
    }
}

impl Customers {
    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, newest: &Arc<SegmentTable>, data: &Arc<Dataset>) {
        self.ask(cx);
        let listed = self.list.latest().map(|(_, listed)| listed.clone());
        let Listed { table, rows: list } =
            listed.unwrap_or_else(|| Listed { table: newest.clone(), rows: Arc::default() });
        self.filters(cx, ui, &table, data, list.len() as u64);
        let before = cx.members.clone();
        if list.is_empty() && !self.list.is_working() {
            let rect = ui.available_rect_before_wrap();
            let clicked = card_at(ui, rect, 16.0, |ui| {
                let button = Button::accent("Remove all filters").icon(icons::CLOSE);
                states::empty(ui, icons::SEARCH, "Nobody fits", "No customer matches the filters", button).clicked()
            });
            if clicked {
                cx.members = Default::default();
            }
            return;
        }
        cx.tables.restore("Customers", list.len() as u64, &mut self.table);
        self.names.follow(cx, &list, &data.customers.id, Session::customers);
        let other = cx.shop.as_ref().and_then(|shop| shop.compared()).cloned();
        let lifetime = cx.shop.as_ref().and_then(|shop| shop.lifetime_beside(&table)).cloned();
        let columns = columns(&table, other.as_deref(), lifetime.as_deref());
        let names = &self.names;
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        let dim = self.list.is_working();
        let mut opened = None;
        let shown = states::dimmed(ui, dim, |ui| {
            sheet(ui, |ui| {
                let rows = Table::new("Customers", &columns, list.len() as u64, theme::of(ui).row().normal).opens(OPEN);
                rows.show(ui, &mut self.table, |row, column, cell| {
                    let Some(&customer) = usize::try_from(row).ok().and_then(|row| list.get(row)) else { return };
                    let from = From { table: &table, other: other.as_deref(), lifetime: lifetime.as_deref(), data };
                    if draw(cell, column, customer as usize, names.get(row), &from, &definitions) {
                        opened = Some(row);
                    }
                })
            })
            .inner
        });
        if let Some(row) = opened.or(shown.entered) {
            open_row(cx, data, &list, row, names.get(row));
        }
        if let Some(wanted) = shown.wanted {
            let rows = wanted.rows.start as usize..(wanted.rows.end as usize).min(list.len());
            let columns = wanted.columns.clone();
            let (list, table, data) = (list[rows].to_vec(), table.clone(), data.clone());
            let source = export::Source { list, table, other, lifetime, data, columns };
            cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
        }
        self.names.want(shown.visible);
        if shown.sorted || before != cx.members {
            self.table.rewind();
        }
        cx.tables.note("Customers", &self.table);
    }

    /// Asks for the list that filters, search and sort want now.
    fn ask(&mut self, cx: &mut Cx) {
        let Some(shop) = &cx.shop else { return };
        let Some((of, table, data)) = shop.segments_with_data() else { return };
        let key = shop.data_key();
        let shared = data.clone();
        self.countries.ask(key, || cx.compute(move |_| Ok(Ok(Arc::new(list::countries(&shared))))));
        let search = cx.members.search.trim().to_owned();
        let mut found = None;
        if !search.is_empty() {
            let text = search.clone();
            self.found.ask((key, search.clone()), || {
                cx.from_session(move |home, _| Ok(Ok(Arc::new(home.session()?.find_customers(&text)?))))
            });
            match self.found.latest() {
                Some((have, ids)) if *have == (key, search.clone()) => found = Some(ids.clone()),
                _ => return,
            }
        }
        let sort = Sort::of(self.table.sort);
        let foretold = matches!(sort.by, list::By::Alive | list::By::Worth);
        let lifetime = shop.lifetime_beside(table).filter(|_| foretold).cloned();
        let filter = cx.members.clone();
        let wanted = ListKey { table: of.clone(), filter, sort, lifetime: lifetime.clone().map(Same) };
        let (table, data, filter) = (table.clone(), data.clone(), cx.members.clone());
        self.list.ask(wanted, || {
            cx.compute(move |progress| {
                let found = found.as_deref().map(Vec::as_slice);
                let rows =
                    Arc::new(list::members((&table, lifetime.as_deref()), &data, &filter, found, sort, progress)?);
                Ok(Ok(Listed { table, rows }))
            })
        });
    }

    fn filters(&mut self, cx: &mut Cx, ui: &mut Ui, table: &SegmentTable, data: &Dataset, shown: u64) {
        let search = cx.members.search.trim();
        let country = cx.members.country.map(|label| country_name(data, label));
        // Each filter stands once: as a choice while it is off, as a chip that can be taken away while it is on.
        let filters = [
            cx.members.segment.map(|segment| segment.name().to_owned()),
            country,
            (!search.is_empty()).then(|| format!("“{search}”")),
            cx.members.picked.as_ref().map(|picked| picked.name.clone()),
        ];
        let chips: Vec<String> = filters.iter().flatten().cloned().collect();
        let on: Vec<usize> = (0..filters.len()).filter(|&i| filters[i].is_some()).collect();
        let count = n_of_m(shown, table.total.customers, "customers");
        let choices = |ui: &mut Ui, cx: &mut Cx| {
            if cx.members.segment.is_none() {
                self.segment_choice(cx, ui);
            }
            if cx.members.country.is_none() {
                self.country_choice(cx, ui, data);
            }
        };
        let gone = filter_line(ui, cx, choices, &chips, &count, |ui, cx| {
            let field = Field::new("Search customers", 280.0).hint("Name, e-mail or id").icon(icons::SEARCH);
            let response = field.id(Id::unique("customer search")).show(ui, &mut cx.members.search);
            if std::mem::take(&mut cx.focus_search) {
                typing::focus_whole(&response, &cx.members.search);
            }
        });
        match gone.and_then(|chip| on.get(chip)) {
            Some(0) => cx.members.segment = None,
            Some(1) => cx.members.country = None,
            Some(2) => cx.members.search.clear(),
            Some(_) => cx.members.picked = None,
            None => {}
        }
    }

    fn segment_choice(&self, cx: &mut Cx, ui: &mut Ui) {
        let mut options = vec!["All segments".to_owned()];
        options.extend(Segment::ALL.map(|s| s.name().to_owned()));
        let shown = cx.members.segment.map_or(options[0].clone(), |s| s.name().to_owned());
        if let Some(i) = choice(ui, "Segment", 170.0, &shown, &options) {
            cx.members.segment = i.checked_sub(1).and_then(|i| Segment::ALL.get(i).copied());
        }
    }

    fn country_choice(&self, cx: &mut Cx, ui: &mut Ui, data: &Dataset) {
        let Some(countries) = self.countries.latest().map(|(_, c)| c.clone()).filter(|c| c.len() > 1) else { return };
        let name = |label: u32| country_name(data, label);
        let mut options = vec!["All countries".to_owned()];
        options.extend(countries.iter().map(|&label| name(label)));
        let shown = cx.members.country.map_or(options[0].clone(), name);
        if let Some(i) = choice(ui, "Country", 170.0, &shown, &options) {
            cx.members.country = i.checked_sub(1).and_then(|i| countries.get(i).copied());
        }
    }
}

fn country_name(data: &Dataset, label: u32) -> String {
    match data.labels.get(label as usize).map_or("", String::as_str) {
        "" => "Country unknown".to_owned(),
        text => text.to_owned(),
    }
}

/// Columns of a list of customers.
pub(super) fn columns(
    table: &SegmentTable,
    other: Option<&SegmentTable>,
    lifetime: Option<&LifetimeValue>,
) -> Vec<Column> {
    let symbol = table.currency.symbol();
    let unit = symbol.trim();
    let mut columns = vec![
        Column::text("Customer", 148.0).grow(1.0),
        Column::text("E-mail", 164.0).grow(2.0),
        Column::text("Country", 76.0).grow(0.2),
        Column::text("Segment", 138.0),
        Column::number("Orders, 12 mo", 106.0).sortable(),
        Column::number(format!("Revenue, 12 mo, {unit}"), 132.0).sortable(),
        Column::number("Orders", 68.0).sortable(),
        Column::number(format!("Revenue, {unit}"), 102.0).sortable(),
        Column::number("First order", 100.0).sortable(),
        Column::number("Last order", 108.0).sortable(),
    ];
    if lifetime.is_some() {
        columns.push(Column::number(MetricId::StillCustomers.metric().short, 144.0).sortable());
        columns.push(Column::number(format!("{}, {unit}", MetricId::PredictedValue.metric().short), 142.0).sortable());
    }
    let was = other.map(|other| Column::text(format!("Segment, {}", locale::date(other.as_of)), 138.0).after(3));
    columns.extend(was);
    columns
}

/// Columns of lifetime value, which stand there once it was foretold for the same day.
const ALIVE: usize = 10;
const WORTH: usize = 11;

/// Where the figures of a row come from.
pub(super) struct From<'a> {
    /// The segment table.
    pub table: &'a SegmentTable,
    /// That of another date, while two are compared.
    pub other: Option<&'a SegmentTable>,
    /// What is foretold, once it is.
    pub lifetime: Option<&'a LifetimeValue>,
    /// The columns.
    pub data: &'a Dataset,
}

/// The segment of a customer in a table.
fn segment_in(table: &SegmentTable, customer: usize) -> Option<Segment> {
    table.segment_of.get(customer).and_then(|&s| Segment::from_number(s))
}

/// What entering a row of a list of customers does.
pub(super) const OPEN: &str = "Open customer";

/// What a customer is called in lists.
pub(super) fn called(listing: &CustomerListing) -> Option<&str> {
    listing.name.as_deref().or(listing.shop_id.as_deref()).or(listing.email.as_deref())
}

/// Opens the page of the customer in a row of a list.
pub(super) fn open_row(cx: &mut Cx, data: &Dataset, list: &[u32], row: u64, listing: Option<&CustomerListing>) {
    let customer = usize::try_from(row).ok().and_then(|row| list.get(row));
    let id = customer.and_then(|&customer| data.customers.id.get(customer as usize));
    if let Some(&id) = id {
        let name = listing.and_then(called).map_or_else(|| format!("#{id}"), str::to_owned);
        cx.open_customer(id, name);
    }
}

/// Draws a cell of a list of customers. Returns whether the customer's page is to be opened.
pub(super) fn draw(
    cell: &mut Cell<'_>,
    column: usize,
    customer: usize,
    listing: Option<&CustomerListing>,
    from: &From<'_>,
    definitions: &Definitions,
) -> bool {
    let From { table, other, lifetime, data } = *from;
    let Some(facts) = table.facts.get(customer) else { return false };
    let or_missing = |text: Option<&str>| text.unwrap_or(MISSING).to_owned();
    let figure = |cell: &mut Cell<'_>, text: String, metric: MetricId, in_year: bool| {
        cell.figure(&text, false, || {
            let tip = match lifetime.filter(|_| metric.metric().kind == MetricKind::Model) {
                Some(lifetime) => lifetime_value::tip(lifetime, metric, Filter::Customer(customer as u32), definitions),
                None => Tip::of(&table.customer_figure(customer as u32, metric, in_year), definitions, String::new()),
            };
            match listing.and_then(|l| l.name.as_deref().or(l.email.as_deref()).or(l.shop_id.as_deref())) {
                Some(name) => tip.named(name),
                None => tip,
            }
        });
    };
    let day = |day: crate::model::Day| if day == NO_DAY { MISSING.to_owned() } else { locale::date(day) };
    match column {
        0 => match listing {
            None => cell.subdued("…"),
            Some(l) => match called(l) {
                Some(name) => return cell.link(name),
                None => cell.label(MISSING),
            },
        },
        1 => cell.text(&listing.map_or_else(|| "…".into(), |l| or_missing(l.email.as_deref()))),
        2 => {
            let label = data.customers.country.get(customer).and_then(|&c| data.labels.get(c as usize));
            cell.text(label.map(String::as_str).filter(|l| !l.is_empty()).unwrap_or(MISSING));
        }
        3 => {
            if let Some(segment) = segment_in(table, customer) {
                cell.swatch(colour(cell.t, segment), segment.name());
            }
        }
        4 => figure(cell, count(u64::from(facts.orders_in_year)), MetricId::Orders, true),
        5 => figure(cell, money(facts.revenue_in_year, table.currency, true), MetricId::Revenue, true),
        6 => figure(cell, count(u64::from(facts.orders)), MetricId::Orders, false),
        7 => figure(cell, money(facts.revenue, table.currency, true), MetricId::Revenue, false),
        8 => cell.text(&day(facts.first)),
        9 => cell.text(&day(facts.last)),
        ALIVE | WORTH if lifetime.is_some() => {
            let known = lifetime.and_then(|l| l.base.customers.get(customer)?.as_ref());
            match known {
                None => cell.subdued(MISSING),
                Some(one) if column == ALIVE => {
                    figure(cell, locale::number(one.p_alive, 2), MetricId::StillCustomers, false);
                }
                Some(one) => figure(cell, money(one.value, table.currency, true), MetricId::PredictedValue, false),
            }
        }
        _ => match other.and_then(|other| segment_in(other, customer)) {
            Some(then) if segment_in(table, customer) == Some(then) => cell.subdued("The same"),
            Some(then) => cell.swatch(colour(cell.t, then), then.name()),
            None => cell.subdued("No segment then"),
        },
    }
    false
}
