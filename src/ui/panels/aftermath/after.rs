//! After a sale: what it brought, the days after it, plan against outcome, and what the next plan should assume.

use egui::{Sense, Ui, vec2};

use super::before::paragraph;
use super::course;
use crate::analytics::aftermath::lines::{Line, What};
use crate::analytics::aftermath::said;
use crate::ops::aftermath::PostMortem;
use crate::ops::sale_results::SaleResults;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState};

/// The table of plan against outcome.
#[derive(Default)]
pub struct AfterTables {
    lines: TableState,
}

impl AfterTables {
    /// Draws the post-mortem.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &SaleResults, of: &PostMortem) {
        let currency = found.currency;
        let tone = match of.found.revenue.net().1 {
            (low, _) if low > 0.0 => Tone::Good,
            (_, high) if high < 0.0 => Tone::Warning,
            _ => Tone::Info,
        };
        let reasons = said::reasons(&of.found, currency);
        let (first, others) = reasons.split_first().map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
        Verdict { tone, sentence: &said::verdict(&of.found, currency), reason: first }.show(ui);
        if let Some(days) = &found.course {
            let (lift, _) = of.found.revenue.lift();
            let title = format!("{} of revenue against the same days without the sale", said::share(lift));
            course::show(cx, ui, days, currency, &title, None);
        }
        self.lines(cx, ui, found, of);
        paragraph(ui, "What was found", others);
        paragraph(ui, "What the next plan should assume", &said::next(&of.found, of.top_up.as_ref()));
    }

    fn lines(&mut self, cx: &mut Cx, ui: &mut Ui, found: &SaleResults, of: &PostMortem) {
        let t = theme::of(ui);
        let currency = found.currency;
        let columns = [
            Column::text("Plan against outcome", 200.0).grow(1.0),
            Column::number("Planned", 130.0),
            Column::number("With 95%", 240.0),
            Column::number("Came", 130.0),
            Column::number("Off by", 90.0),
            Column::text("", 130.0),
        ];
        let rows = of.lines.len() as u64;
        let table = Table::new("Plan against outcome", &columns, rows, t.row().normal).plain();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
        let line = |row: u64| usize::try_from(row).ok().and_then(|row| of.lines.get(row));
        let show = |what: &What, value: Option<f64>| match value {
            None => "—".to_owned(),
            Some(value) if what.is_money() => locale::money(value.round() as i64, currency),
            Some(value) => locale::number(value, 0),
        };
        let within = |one: &Line| {
            one.within.map_or_else(
                || "—".to_owned(),
                |(low, high)| format!("{} – {}", show(&one.what, Some(low)), show(&one.what, Some(high))),
            )
        };
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            shown = Some(table.show(ui, &mut self.lines, |row, column, cell| {
                let Some(one) = line(row) else { return };
                match column {
                    0 => cell.label(&one.what.name()),
                    1 => cell.text(&show(&one.what, one.planned)),
                    2 => cell.text(&within(one)),
                    3 => cell.strong(&show(&one.what, one.came)),
                    4 => cell.text(&one.off().map_or_else(|| "—".into(), said::share)),
                    _ => {
                        if let Some(words) = stands(one) {
                            cell.chip(words, None, None);
                        }
                    }
                }
            }));
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |row, column| {
                let Some(one) = line(row) else { return Value::Empty };
                let value = |value: Option<f64>| match value {
                    None => Value::Empty,
                    Some(value) if one.what.is_money() => Value::Money(value.round() as i64, currency),
                    Some(value) => Value::Number(value),
                };
                match column {
                    0 => Value::Text(one.what.name()),
                    1 => value(one.planned),
                    2 => one.within.map_or(Value::Empty, |_| Value::Text(within(one))),
                    3 => value(one.came),
                    4 => one.off().map_or(Value::Empty, Value::Number),
                    _ => stands(one).map_or(Value::Empty, |words| Value::Text(words.into())),
                }
            });
        }
    }
}

/// Where what came lies against the interval, in words.
fn stands(line: &Line) -> Option<&'static str> {
    Some(match line.stands()? {
        std::cmp::Ordering::Less => "Below",
        std::cmp::Ordering::Equal => "As expected",
        std::cmp::Ordering::Greater => "Above",
    })
}
