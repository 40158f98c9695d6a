//! Before a sale: what it is expected to bring against its target, and its discounts against prices before.

use egui::{Sense, Ui, vec2};

use super::course;
use crate::analytics::forecast::said;
use crate::analytics::prior_price::{self, Standing};
use crate::ops::sale_results::{Outlook, SaleResults};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::{card, card_at};
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState, say};

/// Rows of the list that are on view at once, at most.
const ROWS: f32 = 12.0;
/// From this chance on a target is likely to be reached; below the rest of it, it is not.
const LIKELY: f64 = 0.8;

/// The list of prices and what it remembers.
#[derive(Default)]
pub struct Prices {
    table: TableState,
}

impl Prices {
    /// Draws everything that is known before a sale.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &SaleResults, outlook: &Outlook, target: Option<i64>) {
        let event = &outlook.event;
        let chance = target.and_then(|target| event.chance_of(target));
        let tone = match chance {
            Some(chance) if chance >= LIKELY => Tone::Good,
            Some(chance) if chance <= 1.0 - LIKELY => Tone::Warning,
            _ => Tone::Info,
        };
        let reasons = said::reasons(event, found.currency);
        let (first, others) = reasons.split_first().map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
        Verdict { tone, sentence: &said::verdict(event, found.currency, target), reason: first }.show(ui);
        if let Some(days) = &found.course {
            let lift = event.lift.as_ref().ok().map(|lift| lift.revenue.middle);
            course::show(cx, ui, days, found.currency, "What the days of the sale bring without and with it", lift);
        }
        paragraph(ui, "What the forecast rests on", others);
        self.prices(cx, ui, found, outlook);
        paragraph(ui, "How prices are compared", &prior_price::said::notes(&outlook.prices));
    }

    fn prices(&mut self, cx: &mut Cx, ui: &mut Ui, found: &SaleResults, outlook: &Outlook) {
        let t = theme::of(ui);
        let (prices, currency) = (&outlook.prices, found.currency);
        if prices.rows.is_empty() {
            return;
        }
        let columns = [
            Column::text("Product", 200.0).grow(1.0),
            Column::text("Offer", 110.0),
            Column::number(format!("Price ({})", currency.code()), 100.0),
            Column::number("Planned", 92.0),
            Column::number("Lowest before", 116.0),
            Column::number("On", 104.0),
            Column::number("Orders", 76.0),
            Column::number("Below it by", 96.0),
            Column::text("Discount", 240.0),
        ];
        let high = t.line(Type::Emphasis) + 2.0 * t.space().x3 + t.row().header;
        let rows = prices.rows.len() as u64;
        let size = vec2(ui.available_width(), high + (rows as f32).min(ROWS) * t.row().dense);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let row = |row: u64| usize::try_from(row).ok().and_then(|row| prices.rows.get(row));
        let name =
            |row: u64| usize::try_from(row).ok().and_then(|row| outlook.names.get(row)).map_or("", String::as_str);
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(t.space().x3);
            ui.horizontal(|ui| {
                ui.add_space(t.space().x4);
                say(ui, Type::Emphasis, prior_price::said::verdict(prices));
            });
            ui.add_space(t.space().x3);
            let table = Table::new("Prior prices", &columns, rows, t.row().dense).square();
            shown = Some(table.show(ui, &mut self.table, |at, column, cell| {
                let Some(one) = row(at) else { return };
                let money =
                    |minor: Option<i64>| minor.map_or_else(|| "—".into(), |minor| locale::money(minor, currency));
                let words = match column {
                    0 => return cell.label(name(at)),
                    1 => found.plan.tiers[one.tier].name.clone(),
                    2 => money(one.price),
                    3 => money(one.planned),
                    4 => money(one.lowest.map(|lowest| lowest.price)),
                    5 => one.lowest.map_or_else(|| "—".into(), |lowest| locale::date(lowest.day)),
                    6 => locale::count(one.lowest.map_or(0, |lowest| lowest.orders).into()),
                    7 => one.reduction().map_or_else(|| "—".into(), |share| locale::percent(share, 1)),
                    _ => return cell.chip(one.standing().words(), tone(one.standing()), None),
                };
                cell.text(&words);
            }));
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |at, column| {
                let Some(one) = row(at) else { return Value::Empty };
                let money = |minor: Option<i64>| minor.map_or(Value::Empty, |minor| Value::Money(minor, currency));
                match column {
                    0 => Value::Text(name(at).to_owned()),
                    1 => Value::Text(found.plan.tiers[one.tier].name.clone()),
                    2 => money(one.price),
                    3 => money(one.planned),
                    4 => money(one.lowest.map(|lowest| lowest.price)),
                    5 => one.lowest.map_or(Value::Empty, |lowest| Value::Day(lowest.day)),
                    6 => Value::Count(one.lowest.map_or(0, |lowest| lowest.orders).into()),
                    7 => one.reduction().map_or(Value::Empty, Value::Number),
                    _ => Value::Text(one.standing().words().to_owned()),
                }
            });
        }
    }
}

fn tone(standing: Standing) -> Option<Tone> {
    match standing {
        Standing::NotLower => Some(Tone::Bad),
        Standing::LessThanAnnounced => Some(Tone::Warning),
        Standing::AsAnnounced => Some(Tone::Good),
        Standing::NoEvidence => None,
    }
}

/// Sentences under a headline, in a card.
pub fn paragraph(ui: &mut Ui, headline: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let t = theme::of(ui);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        say(ui, Type::Emphasis, headline);
        sentences.iter().for_each(|sentence| {
            say(ui, Type::Body, sentence);
        });
    });
}
