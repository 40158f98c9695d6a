//! Which first products bring buyers back: a verdict, and the products against the shop's average.

use egui::{Rect, Ui, UiBuilder};

use super::Named;
use crate::analytics::paths::{First, Pick, Standing};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState};

/// The table and what it remembers.
pub struct Returning {
    table: TableState,
}

impl Default for Returning {
    fn default() -> Self {
        Self { table: TableState::sorted(BUYERS, true) }
    }
}

const BUYERS: usize = 1;

fn tone(standing: Standing) -> Option<Tone> {
    match standing {
        Standing::More => Some(Tone::Good),
        Standing::Fewer => Some(Tone::Warning),
        Standing::AsUsual | Standing::TooFew => None,
    }
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "—".into(), |share| locale::percent(share, 1))
}

fn between(ends: Option<(f64, f64)>) -> String {
    ends.map_or_else(|| "—".into(), |(a, b)| format!("{} – {}", locale::percent(a, 1), locale::percent(b, 1)))
}

impl Returning {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the verdict and the card. Returns the row that was chosen, and the row that was entered.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, named: &Named, rect: Rect) -> (Option<Pick>, Option<Pick>) {
        let t = theme::of(ui);
        let mut upper = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("verdict of first products"));
        verdict(&mut upper, named);
        let rect = rect.with_min_y(upper.min_rect().bottom() + t.shell().gutter);
        let found = &named.found;
        let within = found.settings.within;
        let columns = [
            Column::text("First order", 180.0).grow(1.0).sortable(),
            Column::number("Buyers", 90.0).sortable(),
            Column::number("Old enough", 104.0).sortable(),
            Column::number(format!("Back in {within} days"), 190.0).sortable(),
            Column::number("95% interval", 130.0),
            Column::number("Expected", 96.0).sortable(),
            Column::number("95% of expected", 136.0),
            Column::text("Against the shop", 150.0).sortable(),
        ];
        let order = self.order(named);
        let rows = order.len() as u64;
        let at = |row: u64| usize::try_from(row).ok().and_then(|row| order.get(row).copied());
        let of = |row: u64| at(row).map_or(&found.average, |at| &found.first[at]);
        let name = |row: u64| at(row).map_or("All buyers", |at| named.names.first[at].as_str());
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("What brings buyers back", &columns, rows, t.row().normal).totals();
            shown = Some(table.show(ui, &mut self.table, |row, column, cell| {
                let (first, total) = (of(row), row == rows);
                let words = match column {
                    0 => name(row).to_owned(),
                    1 => locale::count(first.buyers),
                    2 => locale::count(first.eligible),
                    3 => {
                        cell.bar(first.rate().unwrap_or(0.0), cell.t.series(0));
                        share(first.rate())
                    }
                    4 => between(first.wilson),
                    5 => share(first.expected.map(|expected| expected.0)),
                    6 => between(first.expected.map(|expected| expected.1)),
                    _ if total => String::new(),
                    _ => return cell.chip(first.standing.words(), tone(first.standing), None),
                };
                match column {
                    5 | 6 if total => {}
                    _ if total => cell.strong(&words),
                    0 => cell.label(&words),
                    _ => cell.text(&words),
                }
            }));
        });
        let Some(shown) = shown else { return (None, None) };
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let (first, total) = (of(row), row >= rows);
                let number = |value: Option<f64>| value.map_or(Value::Empty, Value::Number);
                let words = |ends: Option<(f64, f64)>| ends.map_or(Value::Empty, |_| Value::Text(between(ends)));
                match column {
                    0 => Value::Text(name(row).to_owned()),
                    1 => Value::Count(first.buyers),
                    2 => Value::Count(first.eligible),
                    3 => number(first.rate()),
                    4 => words(first.wilson),
                    5 => number(first.expected.map(|expected| expected.0)),
                    6 => words(first.expected.map(|expected| expected.1)),
                    _ if total => Value::Empty,
                    _ => Value::Text(first.standing.words().to_owned()),
                }
            });
        }
        if shown.sorted {
            self.table.rewind();
        }
        let pick = |row: Option<u64>| row.and_then(at).map(Pick::First);
        (pick(shown.chosen), pick(shown.entered))
    }

    /// Places of the rows in the wanted order.
    fn order(&self, named: &Named) -> Vec<usize> {
        let first = &named.found.first;
        let mut order: Vec<usize> = (0..first.len()).collect();
        let Some((column, down)) = self.table.sort else { return order };
        let key = |at: usize| -> f64 {
            let one: &First = &first[at];
            match column {
                1 => one.buyers as f64,
                2 => one.eligible as f64,
                3 => one.rate().unwrap_or(-1.0),
                5 => one.expected.map_or(-1.0, |expected| expected.0),
                // The best first, when it goes down.
                _ => -f64::from(one.standing as u8),
            }
        };
        match column {
            0 => order.sort_by_key(|&at| named.names.first[at].to_lowercase()),
            _ => order.sort_by(|&a, &b| key(a).total_cmp(&key(b))),
        }
        if down {
            order.reverse();
        }
        order
    }
}

/// What the table says in a sentence.
fn verdict(ui: &mut Ui, named: &Named) {
    let found = &named.found;
    let (within, by) = (found.settings.within, found.settings.by.word());
    let Some(average) = found.average.rate() else {
        let sentence = format!("Too young to tell who comes back within {within} days");
        let reason = "No first order is that old yet; choose a shorter time";
        return Verdict { tone: Tone::Info, sentence: &sentence, reason }.show(ui);
    };
    let names = |standing: Standing| {
        let all = found.first.iter().zip(&named.names.first).filter(|(first, _)| first.standing == standing);
        let mut all: Vec<(&First, &String)> = all.collect();
        let expected = |first: &First| first.expected.map_or(0.0, |expected| expected.0);
        all.sort_by(|a, b| expected(b.0).total_cmp(&expected(a.0)));
        if standing == Standing::Fewer {
            all.reverse();
        }
        let words = |(first, name): &(&First, &String)| format!("{name} ({})", share(first.rate()));
        (all.len(), all.iter().take(3).map(words).collect::<Vec<_>>().join(", "))
    };
    let ((more, best), (fewer, worst)) = (names(Standing::More), names(Standing::Fewer));
    let usual = locale::percent(average, 1);
    let sentence = match more + fewer {
        0 => format!("No first {by} stands out: {usual} come back within {within} days"),
        _ => {
            format!("{usual} come back within {within} days; {more} first {} bring back more, {fewer} fewer", many(by))
        }
    };
    let reason = match (more, fewer) {
        (0, 0) => "What differences there are, chance alone would make".to_owned(),
        (_, 0) => format!("More: {best}"),
        (0, _) => format!("Fewer: {worst}"),
        _ => format!("More: {best}. Fewer: {worst}"),
    };
    let tone = if more + fewer == 0 { Tone::Info } else { Tone::Good };
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
}

fn many(word: &str) -> String {
    word.strip_suffix('y').map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"))
}
