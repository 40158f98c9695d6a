//! What is to be settled before an import, and what is worth knowing: questions, doubts, rows that would be rejected.

use std::collections::BTreeMap;

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

use crate::import::field::{Field as ImportField, TableKind};
use crate::import::plan::{DateOrder, DecimalMark, Plan};
use crate::import::preview::{Doubt, Topic};
use crate::model::definitions::Part;
use crate::model::{Currency, Definitions};
use crate::ui::cx::{Cx, counted};
use crate::ui::importing::{Checked, FlowFile, Looked};
use crate::ui::locale::count;
use crate::ui::slot::View;
use crate::ui::theme::{self, Icon, Tone, Type, icons};
use crate::ui::widgets::states;
use crate::ui::widgets::{Button, Field, choice, hairline, remark, say, text, tone_chip};

/// Rates as they are being typed.
#[derive(Default)]
pub struct Typed {
    rates: BTreeMap<Currency, String>,
}

/// Draws the card.
pub fn show(cx: &mut Cx, ui: &mut Ui, file: &mut FlowFile, looked: &Looked, typed: &mut Typed) {
    let t = theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let questions = looked.questions();
    let checked = file.checked.latest().map(|(_, checked)| checked.clone());
    let pad = Margin::symmetric(t.space().x4 as i8, t.space().x3 as i8);
    Frame::new().inner_margin(pad).show(ui, |ui| {
        // One below the other where both do not fit.
        ui.horizontal_wrapped(|ui| {
            say(ui, Type::Emphasis, "To settle before importing");
            let rejected = checked.as_ref().map_or(0, |c| c.summary.rejected);
            headline_chip(ui, questions.len() as u64, rejected);
        });
    });
    hairline(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for doubt in &questions {
            issue(ui, icons::QUESTION, Tone::Warning, &doubt.what, "", |ui| answers(ui, file, looked, doubt));
        }
        if let Some(checked) = &checked {
            rates(cx, ui, file, looked, checked, typed);
            rejected(ui, checked);
        }
        let settled = questions.is_empty() && checked.as_ref().is_some_and(|c| c.groups.is_empty());
        if settled && !file.checked.is_working() {
            issue(ui, icons::ANSWERED, Tone::Good, "Nothing is left to settle", "", |_| {});
        }
        let amounts = looked.plan.as_ref().map_or_else(|_| Vec::new(), |plan| amounts(cx, plan));
        let known: Vec<&Doubt> = looked.preview.doubts.iter().filter(|doubt| !doubt.question).collect();
        let more =
            checked.as_ref().is_some_and(|c| !(c.summary.skipped_reasons.is_empty() && c.summary.repaired.is_empty()));
        if !known.is_empty() || more || looked.remembered || !amounts.is_empty() {
            Frame::new().inner_margin(pad).show(ui, |ui| say(ui, Type::Emphasis, "Good to know"));
            hairline(ui);
        }
        for words in &amounts {
            issue(ui, icons::INFO, Tone::Info, words, "", |_| {});
        }
        for doubt in known {
            issue(ui, icons::INFO, Tone::Info, &doubt.what, "", |ui| {
                if !doubt.repair.contains("--") {
                    remark(ui, &doubt.repair);
                }
            });
        }
        if let Some(checked) = &checked {
            skipped(ui, checked);
        }
        if looked.remembered {
            issue(ui, icons::ANSWERED, Tone::Good, "Answers of the last import of such a file are used", "", |_| {});
        }
        if let View::Working(step, _) = file.checked.view()
            && file.checked.is_working()
        {
            Frame::new().inner_margin(pad).show(ui, |ui| {
                if states::working(ui, &step, "") {
                    file.checked.stop();
                }
            });
        }
    });
}

fn headline_chip(ui: &mut Ui, questions: u64, rejected: u64) {
    let mut words = Vec::new();
    if questions > 0 {
        words.push(counted(questions, "question", "questions"));
    }
    if rejected > 0 {
        words.push(counted(rejected, "line", "lines"));
    }
    match (questions, rejected) {
        (0, 0) => tone_chip(ui, "All settled", Tone::Good, Some(icons::CHECK)),
        (0, _) => tone_chip(ui, &format!("{} would be rejected", words.join(" · ")), Tone::Bad, None),
        _ => tone_chip(ui, &words.join(" · "), Tone::Warning, None),
    };
}

fn issue(ui: &mut Ui, icon: Icon, tone: Tone, title: &str, count: &str, add: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    let pad = Margin::symmetric(t.space().x4 as i8, t.space().x3 as i8);
    Frame::new().inner_margin(pad).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            text::icon(ui, icon, t.icon().normal, t.tone(tone).mark);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = t.space().x1;
                ui.horizontal_top(|ui| {
                    let room = ui.available_width() - if count.is_empty() { 0.0 } else { 84.0 };
                    ui.vertical(|ui| {
                        ui.set_width(room);
                        say(ui, Type::Label, title);
                    });
                    ui.with_layout(Layout::right_to_left(Align::Min), |ui| say(ui, Type::Body, count));
                });
                add(ui);
            });
        });
    });
    hairline(ui);
}

/// Buttons and fields that answer a question.
fn answers(ui: &mut Ui, file: &mut FlowFile, looked: &Looked, doubt: &Doubt) {
    let t = theme::of(ui);
    ui.add_space(t.space().x1);
    ui.horizontal_wrapped(|ui| match doubt.topic {
        Topic::DateOrder => {
            let example = ambiguous_date(&doubt.what);
            for (order, word) in [(DateOrder::Dmy, "Day first"), (DateOrder::Mdy, "Month first")] {
                let day = example.and_then(|(a, b, year)| match order {
                    DateOrder::Mdy => chrono::NaiveDate::from_ymd_opt(year, a, b),
                    _ => chrono::NaiveDate::from_ymd_opt(year, b, a),
                });
                let label = day.map_or_else(|| word.to_owned(), |day| day.format("%-d %B %Y").to_string());
                if ui.add(Button::new(&label).named(word)).clicked() {
                    file.choices.date_order = Some(order);
                }
            }
        }
        Topic::Decimal => {
            for (mark, word) in [(DecimalMark::Point, "1,234.56"), (DecimalMark::Comma, "1.234,56")] {
                if ui.add(Button::new(word)).clicked() {
                    file.choices.decimal = Some(mark);
                }
            }
        }
        Topic::Source => {
            for table in [
                TableKind::Lines,
                TableKind::Orders,
                TableKind::Customers,
                TableKind::Products,
                TableKind::Spend,
                TableKind::Events,
                TableKind::Touches,
                TableKind::Metrics,
            ] {
                let word = match table {
                    TableKind::Lines => "Order lines",
                    TableKind::Orders => "Orders",
                    TableKind::Customers => "Customers",
                    TableKind::Spend => "Ad spend",
                    TableKind::Events => "Events",
                    TableKind::Touches => "Touchpoints",
                    TableKind::Metrics => "Metrics",
                    _ => "Products",
                };
                if ui.add(Button::new(word)).clicked() {
                    file.choices.table = Some(table);
                    file.choices.source = None;
                }
            }
        }
        Topic::Header => {
            if ui.add(Button::new("Line 1 is the header")).clicked() {
                file.choices.header_line = Some(1);
            }
            if ui.add(Button::new("There is no header")).clicked() {
                file.choices.header_line = Some(0);
            }
        }
        Topic::Field => missing_field(ui, file, looked, doubt),
        Topic::Encoding | Topic::Column => {
            remark(ui, "Change it above, beside the file’s name");
        }
    });
}

/// The two small numbers and the year of a date like 03/04/2026 in a sentence.
fn ambiguous_date(sentence: &str) -> Option<(u32, u32, i32)> {
    sentence.split_whitespace().find_map(|word| {
        let mut parts = word.split(['/', '.', '-']);
        let (a, b) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let year: i32 = parts.next()?.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
        let year = if year < 100 { year + 2000 } else { year };
        ((1..=12).contains(&a) && (1..=12).contains(&b)).then_some((a, b, year))
    })
}

/// A field that the import needs: which column gives it, or none.
fn missing_field(ui: &mut Ui, file: &mut FlowFile, looked: &Looked, doubt: &Doubt) {
    let named = |field: &&ImportField| doubt.repair.contains(&format!("--map {}=", field.name()));
    let fields: Vec<ImportField> = ImportField::ALL.iter().filter(named).copied().collect();
    let columns = &looked.preview.header;
    for field in &fields {
        let name = format!("{} is in column", field.title());
        if let Some(i) = choice(ui, &name, 190.0, &format!("{}…", field.title()), columns)
            && let Some(column) = columns.get(i)
        {
            file.choices.map.insert(*field, column.clone());
        }
    }
    if let Some(field) = fields.first()
        && ui.add(Button::plain("Import without")).clicked()
    {
        file.choices.map.insert(*field, String::new());
    }
}

/// Orders in foreign currencies need the user's own rate.
fn rates(cx: &mut Cx, ui: &mut Ui, file: &mut FlowFile, looked: &Looked, checked: &Checked, typed: &mut Typed) {
    let shop = cx.own_shop().map(|shop| (shop.facts.definitions.clone(), shop.is_empty()));
    let (mut definitions, first) = shop.clone().unwrap_or_else(|| (Definitions::default(), true));
    if let (true, Ok(plan)) = (first && definitions.version == 1, &looked.plan) {
        definitions.currency = plan.currency;
    }
    let own = definitions.currency;
    for (currency, orders) in checked.without_rate(&definitions) {
        let title = format!("No rate for {currency}");
        issue(ui, icons::ERROR, Tone::Bad, &title, &counted(orders, "order", "orders"), |ui| {
            remark(ui, format!("They need your rate to {own}; without one they are imported, and not counted"));
            ui.horizontal_wrapped(|ui| {
                if first && ui.add(Button::new(&format!("The shop’s currency is {currency}"))).clicked() {
                    file.choices.currency = Some(currency);
                }
                if let Some((definitions, false)) = &shop {
                    rate_field(cx, ui, definitions, currency, typed.rates.entry(currency).or_default());
                }
            });
        });
    }
}

fn rate_field(cx: &mut Cx, ui: &mut Ui, definitions: &Definitions, currency: Currency, text: &mut String) {
    let own = definitions.currency;
    say(ui, Type::Body, format!("1 {currency} ="));
    let label = format!("Rate of {currency} in {own}");
    let response = Field::number(&label, own.code(), 120.0).hint("0.00").show(ui, text);
    let rate = parse_rate(text);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    let clicked = ui.add(Button::new("Use this rate").enabled(rate.is_some())).clicked();
    if let (Some(rate), true) = (rate, clicked || entered) {
        let mut definitions = definitions.clone();
        definitions.rates.insert(currency, rate);
        cx.set_definitions(definitions);
    }
}

/// A rate as typed, in millionths; both decimal marks are taken.
pub fn parse_rate(text: &str) -> Option<i64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    let millionths = (value * 1e6).round();
    (1.0..1e15).contains(&millionths).then_some(millionths as i64)
}

fn rejected(ui: &mut Ui, checked: &Checked) {
    for group in &checked.groups {
        let title = group.column.as_ref().map_or_else(|| "Lines as a whole".to_owned(), |c| format!("Column “{c}”"));
        issue(ui, icons::ERROR, Tone::Bad, &title, &counted(group.rows, "line", "lines"), |ui| {
            remark(ui, format!("Line {}: {}", count(group.line), group.example));
            say(ui, Type::Caption, format!("{}. Other rows are imported; these can be saved and mended", group.repair));
        });
    }
}

/// Which currency the amounts of orders are in, and whether they are taken with or without tax.
fn amounts(cx: &Cx, plan: &Plan) -> Vec<String> {
    let has = |field: ImportField| plan.mapping.fields.contains_key(&field);
    if !matches!(plan.mapping.table, TableKind::Lines | TableKind::Orders) {
        return Vec::new();
    }
    let currency = match has(ImportField::Currency) {
        true => format!("Amounts are in the currency of their row, else in {}", plan.currency),
        false => format!("All amounts are in {}; no column names a currency", plan.currency),
    };
    let without = cx.own_shop().is_none_or(|shop| shop.facts.definitions.tax == Part::Excluded);
    let tax = match (without, has(ImportField::Tax)) {
        (false, _) => "Revenue is with tax, as your definitions say",
        (true, true) => "Revenue is without tax; the tax is taken from its column",
        (true, false) => "No column says the tax: where totals contain it, so does revenue",
    };
    vec![currency, tax.to_owned()]
}

fn skipped(ui: &mut Ui, checked: &Checked) {
    for (reason, rows) in &checked.summary.skipped_reasons {
        let title = format!("Skipped: {reason}");
        issue(ui, icons::INFO, Tone::Info, &title, &counted(*rows, "line", "lines"), |_| {});
    }
    for (what, rows) in &checked.summary.repaired {
        let title = format!("Put right: {what}");
        issue(ui, icons::INFO, Tone::Info, &title, &counted(*rows, "line", "lines"), |_| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_with_either_decimal_mark() {
        assert_eq!(parse_rate("1.08"), Some(1_080_000));
        assert_eq!(parse_rate(" 0,0065 "), Some(6_500));
        assert_eq!(parse_rate("0"), None);
        assert_eq!(parse_rate("-2"), None);
        assert_eq!(parse_rate("x"), None);
    }

    #[test]
    fn the_date_in_question_is_found_in_its_sentence() {
        assert_eq!(ambiguous_date("Date on line 3 reads 02/01/2026 14:01: day or month first"), Some((2, 1, 2026)));
        assert_eq!(ambiguous_date("Date on line 3 reads 3.4.26, day or month"), Some((3, 4, 2026)));
        assert_eq!(ambiguous_date("No date here"), None);
    }
}
