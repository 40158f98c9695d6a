//! The drawer behind a figure: its formula with its terms, the rows of each, and where every row came from.

mod rows;

use std::cmp::Reverse;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Ui, WidgetInfo, pos2, vec2};

use self::rows::Source;
use super::cx::{Cx, counted};
use super::listings::Listings;
use super::locale;
use super::second::Source as On;
use super::slot::{Slot, View};
use super::theme::{self, Theme, Tone, Type, icons};
use super::widgets::drawer::Drawer;
use super::widgets::figure::{Tip, exact, money};
use super::widgets::table::Wanted;
use super::widgets::{Button, Cell, Column, Table, TableState, paint, remark, say, segmented, states};
use crate::analytics::clv::{LifetimeValue, MILLION};
use crate::analytics::door::{Door, Rows, Term};
use crate::analytics::rules::Picked;
use crate::analytics::segments::SegmentTable;
use crate::model::definitions::YEAR_DAYS;
use crate::model::figure::{MetricId, MetricKind};
use crate::model::{Currency, Dataset, Definitions};
use crate::ops::Session;
use crate::workspace::lists::{CustomerListing, OrderListing, Origin};

/// Rows of a term in the order of the table.
struct Listed {
    at: Arc<Vec<u32>>,
    values: Vec<i64>,
}

/// How rows are ordered: column and whether the largest come first.
type Sort = Option<(usize, bool)>;

/// An open drawer.
pub struct Doorway {
    tip: Tip,
    /// What had the focus when it was opened.
    before: Option<egui::Id>,
    table: Arc<SegmentTable>,
    lifetime: Option<Arc<LifetimeValue>>,
    data: Arc<Dataset>,
    definitions: Definitions,
    picked: Option<Arc<Picked>>,
    door: Slot<(), Arc<Door>>,
    term: usize,
    listed: Slot<(usize, Sort), Arc<Listed>>,
    rows: TableState,
    orders: Listings<OrderListing>,
    customers: Listings<CustomerListing>,
    /// Rows of a term that are to be copied or saved.
    wanted: Option<(usize, Wanted)>,
}

impl Doorway {
    /// The drawer of a figure that was computed from this.
    pub fn new(tip: Tip, of: &On<'_>) -> Self {
        Self {
            before: None,
            lifetime: of.lifetime.filter(|_| is_model(&tip)).cloned(),
            tip,
            table: of.table.clone(),
            data: of.data.clone(),
            definitions: of.definitions.clone(),
            picked: of.picked.cloned(),
            door: Slot::new("Looking for the rows"),
            term: 0,
            listed: Slot::new("Sorting the rows"),
            rows: TableState::default(),
            orders: Listings::default(),
            customers: Listings::default(),
            wanted: None,
        }
    }

    /// Whether its figure was computed from this.
    fn is_of(&self, on: &On<'_>) -> bool {
        let same = |mine: &Arc<LifetimeValue>| on.lifetime.is_some_and(|its| Arc::ptr_eq(mine, its));
        Arc::ptr_eq(&self.table, on.table) && self.lifetime.as_ref().is_none_or(same)
    }

    /// The figure taken apart, once that is done.
    pub fn door(&self) -> Option<&Arc<Door>> {
        self.door.latest().map(|((), door)| door)
    }

    fn follow(&mut self, cx: &Cx) {
        let (figure, table, data) = (self.tip.figure, self.table.clone(), self.data.clone());
        let (definitions, lifetime) = (self.definitions.clone(), self.lifetime.clone());
        let picked = self.picked.clone();
        self.door.ask((), || {
            cx.compute(move |progress| {
                let (lifetime, picked) = (lifetime.as_ref(), picked.as_ref());
                let on = On { table: &table, data: &data, definitions: &definitions, lifetime, picked };
                Ok(Ok(Arc::new(on.open(&figure, progress)?)))
            })
        });
        let Some(door) = self.door().cloned() else { return };
        self.term = self.term.min(door.terms.len().saturating_sub(1));
        let (term, sort, data) = (self.term, self.rows.sort, self.data.clone());
        self.listed.ask((term, sort), || cx.compute(move |_| Ok(Ok(Arc::new(list(&door.terms[term], sort, &data))))));
        let Some(((shown, _), listed)) = self.listed.latest() else { return };
        match self.door().and_then(|door| door.terms.get(*shown)).map(|term| term.of) {
            Some(of) if of.are_customers() => {
                self.customers.follow(cx, &listed.at, &self.data.customers.id, Session::customers);
            }
            _ => self.orders.follow(cx, &listed.at, &self.data.orders.id, Session::orders),
        }
    }
}

fn is_model(tip: &Tip) -> bool {
    tip.figure.metric.metric().kind == MetricKind::Model
}

/// Puts the rows of a term into an order; without one the latest come first.
fn list(term: &Term, sort: Sort, data: &Dataset) -> Listed {
    let mut rows = term.rows.clone();
    let day = |at: u32| match term.of {
        of if of.are_customers() => data.customers.created[at as usize].0,
        _ => data.orders.day[at as usize].0,
    };
    match sort {
        Some((column, down)) if column == VALUE => {
            rows.sort_by_key(|row| row.value);
            if down {
                rows.reverse();
            }
        }
        None if matches!(term.of, Rows::Value | Rows::Foretold) => rows.sort_by_key(|row| Reverse(row.value)),
        Some((_, false)) => rows.sort_by_key(|row| day(row.at)),
        _ => rows.sort_by_key(|row| Reverse(day(row.at))),
    }
    Listed { at: Arc::new(rows.iter().map(|row| row.at).collect()), values: rows.iter().map(|row| row.value).collect() }
}

/// Columns of the rows.
const DATE: usize = 1;
const VALUE: usize = 4;

/// Draws the drawer over the page, when one is open; `bottom` is where it ends.
pub fn show(cx: &mut Cx, ctx: &egui::Context, bottom: f32) {
    let Some(mut doorway) = cx.door.take() else { return };
    doorway.follow(cx);
    let t = theme::get(ctx.global_style().visuals.dark_mode);
    let mut within = ctx.content_rect();
    within.min.y += t.shell().top_bar;
    within.max.y = bottom;
    let title = doorway.tip.name.clone();
    let drawer = Drawer { title: &title, line: "The rows behind the figure", within, scrolls: false };
    let mut stop = false;
    let closed = drawer.show(ctx, |ui| stop = doorway.ui(ui, t));
    doorway.deliver(cx);
    if !closed && !stop {
        cx.door = Some(doorway);
    } else if let Some(before) = doorway.before {
        // Whoever came by key goes on where they were.
        ctx.memory_mut(|memory| memory.request_focus(before));
    }
}

impl Doorway {
    /// Draws it; `true` when looking for the rows is to be stopped.
    fn ui(&mut self, ui: &mut Ui, t: &Theme) -> bool {
        self.head(ui, t);
        match self.door.view() {
            View::Ready(door) | View::Working(_, Some(door)) => self.body(ui, t, &door),
            View::Working(step, None) => return states::working(ui, &step, ""),
            View::TooLittle(_) => {}
            View::Failed(why) => {
                remark(ui, why);
            }
        }
        false
    }

    fn head(&self, ui: &mut Ui, t: &Theme) {
        ui.horizontal(|ui| {
            say(ui, Type::Kpi, &self.tip.value);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::plain("Copy explanation").icon(icons::COPY).small()).clicked() {
                    ui.ctx().copy_text(self.explanation());
                }
                if ui.add(Button::plain("Copy value").icon(icons::COPY).small()).clicked() {
                    ui.ctx().copy_text(self.tip.value.clone());
                }
            });
        });
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (label, words) in self.tip.rows.iter().filter(|(label, _)| *label != "Rows") {
                remark(ui, format!("{label}: {words}"));
            }
        });
        ui.add_space(t.space().x1);
    }

    /// Everything the drawer says of the figure, as text.
    fn explanation(&self) -> String {
        let mut lines = vec![format!("{}: {}", self.tip.name, self.tip.value)];
        lines.extend(self.tip.rows.iter().map(|(label, words)| format!("{label}: {words}")));
        if let Some(door) = self.door() {
            lines.push(equation(door, self.table.currency));
        }
        lines.join("\n")
    }

    fn body(&mut self, ui: &mut Ui, t: &Theme, door: &Door) {
        self.proof(ui, t, door);
        let names: Vec<String> = door.terms.iter().map(|term| tab(term, self.table.currency)).collect();
        if names.len() > 1 {
            let choices: Vec<(usize, &str)> = names.iter().map(String::as_str).enumerate().collect();
            if segmented(ui, "Term of the formula", &choices, &mut self.term) {
                self.rows = TableState::default();
            }
        }
        ui.add_space(t.space().x1);
        let Some(((shown, _), listed)) = self.listed.latest().map(|(key, listed)| (*key, listed.clone())) else {
            return;
        };
        let Some(term) = door.terms.get(shown) else { return };
        let columns = columns(term, self.table.currency);
        let (data, orders, customers) = (self.data.clone(), &self.orders, &self.customers);
        let currency = self.table.currency;
        let name = format!("Rows of {}", term.words.to_lowercase());
        let drawn = Table::new(&name, &columns, listed.at.len() as u64, t.row().dense).plain().show(
            ui,
            &mut self.rows,
            |n, column, cell| {
                let Some((&at, &value)) =
                    usize::try_from(n).ok().and_then(|n| listed.at.get(n).zip(listed.values.get(n)))
                else {
                    return;
                };
                match term.of {
                    of if of.are_customers() => customer_cell(cell, column, customers.get(n)),
                    _ => order_cell(cell, column, orders.get(n), locale::date(data.orders.day[at as usize])),
                }
                if column == VALUE {
                    cell.text(&match term.of {
                        Rows::Revenue | Rows::Value => money(value, currency, true),
                        Rows::Foretold => locale::number(value as f64 / MILLION, 3),
                        Rows::Orders | Rows::Customers => locale::count(value.unsigned_abs()),
                    });
                }
            },
        );
        self.wanted = drawn.wanted.map(|wanted| (shown, wanted));
        self.orders.want(drawn.visible.clone());
        self.customers.want(drawn.visible);
    }

    /// Hands over the rows that are to be copied or saved.
    fn deliver(&mut self, cx: &mut Cx) {
        let Some((term, wanted)) = self.wanted.take() else { return };
        let (Some(door), Some((_, listed))) = (self.door().cloned(), self.listed.latest()) else { return };
        let (Some(term), listed) = (door.terms.get(term), listed.clone()) else { return };
        let source = Source {
            of: term.of,
            rows: wanted.rows.clone(),
            columns: wanted.columns.clone(),
            listed,
            data: self.data.clone(),
            currency: self.table.currency,
        };
        cx.deliver_from(wanted, move |home, progress, take| source.feed(home.session()?, progress, take));
    }

    /// The formula with its numbers, and whether it gives the figure.
    fn proof(&self, ui: &mut Ui, t: &Theme, door: &Door) {
        let holds = door.folded == door.figure.value;
        let (icon, tone) = if holds { (icons::ANSWERED, Tone::Good) } else { (icons::WARNING, Tone::Warning) };
        let words = equation(door, self.table.currency);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().nav), egui::Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Note, true, &words));
        let centre = pos2(rect.left() + t.icon().small / 2.0, rect.center().y);
        paint::icon(ui.painter(), centre, icon, t.icon().small, t.tone(tone).mark);
        let place = Rect::from_min_max(pos2(rect.left() + t.icon().small + t.space().x2, rect.top()), rect.max);
        let font = t.font(Type::Label);
        let (_, cut) = paint::text_in(ui.painter(), place, egui::Align2::LEFT_CENTER, &words, font, t.text.strong);
        if cut {
            response.on_hover_text(words);
        }
    }
}

fn in_unit(term: &Term, value: i64, currency: Currency) -> String {
    match term.of {
        Rows::Revenue | Rows::Value => locale::money(value, currency),
        Rows::Foretold => locale::number(value as f64 / MILLION, 2),
        Rows::Orders | Rows::Customers => locale::count(value.unsigned_abs()),
    }
}

fn tab(term: &Term, currency: Currency) -> String {
    format!("{}: {}", term.words, in_unit(term, term.sum, currency))
}

/// The formula of a figure with its numbers: `$22,480.00 of revenue ÷ 200 orders = $112.40`.
pub fn equation(door: &Door, currency: Currency) -> String {
    let result = exact(door.folded);
    let named = |term: &Term| format!("{} {}", in_unit(term, term.sum, currency), lower(term.words));
    match door.terms.as_slice() {
        [only] => {
            let rows = match only.of {
                of if of.are_customers() => counted(only.rows.len() as u64, "customer", "customers"),
                _ => counted(only.rows.len() as u64, "order", "orders"),
            };
            format!("{rows} add up to {result}")
        }
        [above, below] if door.figure.metric == MetricId::Frequency => {
            let days = counted(door.observed_days.unsigned_abs().into(), "day", "days");
            let scale =
                if door.observed_days == YEAR_DAYS { String::new() } else { format!(" × {YEAR_DAYS} ÷ {days}") };
            format!("{} ÷ {}{scale} = {result}", named(above), named(below))
        }
        [above, below] => format!("{} ÷ {} = {result}", named(above), named(below)),
        _ => result,
    }
}

fn lower(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn columns(term: &Term, currency: Currency) -> Vec<Column> {
    let symbol = currency.symbol();
    match term.of {
        of if of.are_customers() => vec![
            Column::text("Customer", 122.0).grow(1.0),
            Column::text("Shop id", 76.0),
            Column::text("Country", 66.0),
            Column::text("From", 120.0).grow(1.0),
            match of {
                Rows::Value => Column::number(format!("Value, {}", symbol.trim()), 96.0).sortable(),
                Rows::Foretold => Column::number("Expected", 88.0).sortable(),
                _ => Column::number("Counts", 72.0),
            },
        ],
        of => vec![
            Column::text("Order", 70.0).grow(0.5),
            Column::text("Date", 92.0).sortable(),
            Column::text("Customer", 116.0).grow(1.0),
            Column::text("From", 118.0).grow(1.0),
            if of == Rows::Revenue {
                Column::number(format!("Revenue, {}", symbol.trim()), 104.0).sortable()
            } else {
                Column::number("Counts", 96.0)
            },
        ],
    }
}

/// `Line 12, orders.csv`: where there is little room the name of the file is cut, not the line.
pub(super) fn place(origin: &Origin) -> String {
    match (origin.file.as_str(), origin.line) {
        ("", _) => "—".into(),
        (file, 0) => file.to_owned(),
        (file, line) => format!("Line {}, {file}", locale::count(line)),
    }
}

fn order_cell(cell: &mut Cell<'_>, column: usize, listing: Option<&OrderListing>, date: String) {
    match (column, listing) {
        (DATE, _) => cell.text(&date),
        (VALUE, _) => {}
        (_, None) => cell.subdued("…"),
        (0, Some(order)) => cell.label(&order.number),
        (2, Some(order)) => cell.text(order.customer.as_deref().unwrap_or("—")),
        (_, Some(order)) => cell.caption(&place(&order.origin)),
    }
}

fn customer_cell(cell: &mut Cell<'_>, column: usize, listing: Option<&CustomerListing>) {
    let or_dash = |text: Option<&str>| text.unwrap_or("—").to_owned();
    match (column, listing) {
        (VALUE, _) => {}
        (_, None) => cell.subdued("…"),
        (0, Some(c)) => cell.label(&or_dash(c.name.as_deref().or(c.email.as_deref()).or(c.shop_id.as_deref()))),
        (1, Some(c)) => cell.text(&or_dash(c.shop_id.as_deref())),
        (2, Some(c)) => cell.text(&or_dash(c.country.as_deref())),
        (_, Some(c)) => cell.caption(&place(&c.origin)),
    }
}

/// Opens the drawer of a figure that was clicked in this frame; closes one whose table is no longer on view.
pub fn follow_clicks(cx: &mut Cx) {
    let Some(shop) = &cx.shop else {
        cx.door = None;
        return;
    };
    if let Some(tip) = super::widgets::figure::take_opened(&cx.ctx) {
        let Some(of) = shop.source_of(&tip.figure) else { return };
        let mut doorway = Box::new(Doorway::new(tip, &of));
        doorway.before = cx.ctx.memory(|memory| memory.focused());
        cx.door = Some(doorway);
    } else if let Some(door) = &cx.door
        && !shop.sources().iter().any(|source| door.is_of(source))
    {
        cx.door = None;
    }
}
