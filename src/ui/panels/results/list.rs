//! The campaigns, one per row.

use egui::{Rect, Ui};

use crate::analytics::results::{CampaignResult, Place, Rate, RateKind, Results};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::money;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Cell, Column, Table, TableState};

/// The table and what it remembers.
pub struct List {
    table: TableState,
}

const LAST_DAY: usize = 2;

impl Default for List {
    fn default() -> Self {
        Self { table: TableState::sorted(LAST_DAY, true) }
    }
}

impl List {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// The campaign that is looked at.
    pub fn chosen<'a>(&self, found: &'a Results) -> Option<&'a CampaignResult> {
        let row = self.table.selected.map_or(0, |row| row as usize);
        let at = *self.order(found).get(row)?;
        found.campaigns.get(at)
    }

    /// Draws the card.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Results, rect: Rect) {
        let t = theme::of(ui);
        let code = found.currency.code();
        let columns = [
            Column::text("Campaign", 180.0).grow(1.0).sortable(),
            Column::text("Channel", 90.0).sortable(),
            Column::number("Last day", 100.0).sortable(),
            Column::number("Reached", 84.0).sortable(),
            Column::number("Opened", 72.0).sortable(),
            Column::number("Clicked", 72.0).sortable(),
            Column::text("Against the past", 118.0).sortable(),
            Column::number("Bought", 72.0).sortable(),
            Column::number(format!("Revenue ({code})"), 104.0).sortable(),
            Column::number(format!("Spend ({code})"), 94.0).sortable(),
            Column::number("ROAS", 60.0).sortable(),
            Column::number("ROI", 64.0).sortable(),
        ];
        let order = self.order(found);
        let rows = order.len() as u64;
        self.table.selected.get_or_insert(0);
        let at = |row: u64| order.get(usize::try_from(row).ok()?).and_then(|at| found.campaigns.get(*at));
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("Campaign results", &columns, rows, t.row().dense);
            let shown = table.show(ui, &mut self.table, |row, column, cell| {
                if let Some(one) = at(row) {
                    draw(cell, found, one, column);
                }
            });
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |row, column| at(row).map_or(Value::Empty, |one| raw(found, one, column)));
            }
            if shown.sorted {
                self.table.rewind();
            }
        });
    }

    /// Places of the rows in the wanted order.
    fn order(&self, found: &Results) -> Vec<usize> {
        let all = &found.campaigns;
        let mut order: Vec<usize> = (0..all.len()).collect();
        let Some((column, down)) = self.table.sort else { return order };
        match column {
            0 => order.sort_by_key(|&at| all[at].name.to_lowercase()),
            1 => order.sort_by_key(|&at| all[at].channel.to_lowercase()),
            _ => order.sort_by(|&a, &b| key(&all[a], column).total_cmp(&key(&all[b], column))),
        }
        if down {
            order.reverse();
        }
        order
    }
}

/// By what a row sorts; what is not known comes last.
fn key(one: &CampaignResult, column: usize) -> f64 {
    let count = |n: Option<i64>| n.map_or(f64::NEG_INFINITY, |n| n as f64);
    let share = |share: Option<f64>| share.unwrap_or(f64::NEG_INFINITY);
    match column {
        LAST_DAY => f64::from(one.days.1.0),
        3 => count(reached(one)),
        6 => place(one).map_or(f64::NEG_INFINITY, |place| -f64::from(place as u8)),
        8 => count(one.money.revenue),
        9 => count(one.money.spend),
        10 | 11 => share(one.money.roas()),
        _ => share(rate(one, column).map(|rate| rate.rate)),
    }
}

/// People a message arrived at; of advertising how often it was shown.
fn reached(one: &CampaignResult) -> Option<i64> {
    one.delivered.or(one.impressions)
}

fn rate(one: &CampaignResult, column: usize) -> Option<&Rate> {
    match column {
        4 => one.rate(RateKind::Open),
        5 => one.rate(RateKind::Click),
        7 => one.rate(RateKind::Conversion),
        _ => None,
    }
}

/// Where its clicks stand among the shop's earlier campaigns.
fn place(one: &CampaignResult) -> Option<Place> {
    one.rate(RateKind::Click)?.past.map(|past| past.place)
}

fn place_words(place: Place) -> (&'static str, Option<Tone>) {
    match place {
        Place::High => ("More clicks", Some(Tone::Good)),
        Place::Usual => ("As usual", None),
        Place::Low => ("Fewer clicks", Some(Tone::Warning)),
    }
}

fn draw(cell: &mut Cell<'_>, found: &Results, one: &CampaignResult, column: usize) {
    let text = match column {
        0 => return cell.label(&one.name),
        1 => Some(one.channel.clone()),
        LAST_DAY => Some(locale::date(one.days.1)),
        3 => reached(one).map(|n| locale::count(n.unsigned_abs())),
        6 => match place(one) {
            Some(place) => {
                let (words, tone) = place_words(place);
                return cell.chip(words, tone, None);
            }
            None => None,
        },
        8 => one.money.revenue.map(|minor| money(minor, found.currency, false)),
        9 => one.money.spend.map(|minor| money(minor, found.currency, false)),
        10 => one.money.roas().map(|roas| locale::number(roas, 2)),
        11 => one.money.roi().map(|roi| locale::percent(roi, 0)),
        _ => rate(one, column).map(|rate| locale::percent(rate.rate, if rate.rate < 0.01 { 2 } else { 1 })),
    };
    match text {
        Some(text) => cell.text(&text),
        None => cell.subdued("—"),
    }
}

fn raw(found: &Results, one: &CampaignResult, column: usize) -> Value {
    let amount = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, found.currency));
    let number = |value: Option<f64>| value.map_or(Value::Empty, Value::Number);
    match column {
        0 => Value::Text(one.name.clone()),
        1 => Value::Text(one.channel.clone()),
        LAST_DAY => Value::Day(one.days.1),
        3 => reached(one).map_or(Value::Empty, |n| Value::Count(n.unsigned_abs())),
        6 => place(one).map_or(Value::Empty, |place| Value::Text(place_words(place).0.to_owned())),
        8 => amount(one.money.revenue),
        9 => amount(one.money.spend),
        10 => number(one.money.roas()),
        11 => number(one.money.roi()),
        _ => number(rate(one, column).map(|rate| rate.rate)),
    }
}
