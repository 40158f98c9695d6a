//! How a file is read: encoding, delimiter, header, decimals, dates, zone, currency. Each fact can be changed.

use egui::accesskit::Role;
use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::import::plan::{Choices, DateOrder, DecimalMark};
use crate::import::preview::{Dialect, Topic};
use crate::model::{Currency, Zone};
use crate::ui::importing::Looked;
use crate::ui::theme::{self, Type, corner, icons};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::paint;
use crate::ui::widgets::pick::{currencies, search_menu, zones};

const ENCODINGS: [&str; 9] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "ISO-8859-15",
    "Shift_JIS",
    "GBK",
];
const DELIMITERS: [(char, &str); 4] = [(',', "Comma"), (';', "Semicolon"), ('\t', "Tab"), ('|', "Vertical bar")];
const DECIMALS: [(DecimalMark, &str); 2] = [(DecimalMark::Point, "1,234.56"), (DecimalMark::Comma, "1.234,56")];
const ORDERS: [(DateOrder, &str); 3] =
    [(DateOrder::Dmy, "Day first"), (DateOrder::Mdy, "Month first"), (DateOrder::Ymd, "Year first")];
/// Header lines that the menu offers.
const HEADER_LINES: u64 = 12;

/// Draws the facts one beside the other, in as many lines as it takes.
pub fn show(ui: &mut Ui, looked: &Looked, choices: &mut Choices) {
    let t = theme::of(ui);
    ui.spacing_mut().item_spacing = vec2(t.space().x4, t.space().x1);
    dialect(ui, looked, choices);
    header(ui, looked, choices);
    let Ok(plan) = &looked.plan else { return };
    let asked = |topic: Topic| plan.questions().iter().any(|doubt| doubt.topic == topic);
    let decimal = match DECIMALS.iter().find(|(mark, _)| Some(*mark) == plan.decimal) {
        Some((_, word)) => word,
        None if asked(Topic::Decimal) => "To be answered",
        None => "Not needed",
    };
    fact(ui, "Decimals", decimal, |ui| {
        for (mark, word) in DECIMALS {
            if menu_item(ui, word, None, None, plan.decimal == Some(mark)).clicked() {
                choices.decimal = Some(mark);
            }
        }
    });
    let order = match ORDERS.iter().find(|(order, _)| Some(*order) == plan.date_order) {
        Some((_, word)) => word,
        None if asked(Topic::DateOrder) => "To be answered",
        None => "Clear",
    };
    fact(ui, "Dates", order, |ui| {
        for (order, word) in ORDERS {
            if menu_item(ui, word, None, None, plan.date_order == Some(order)).clicked() {
                choices.date_order = Some(order);
            }
        }
    });
    fact(ui, "Time zone", plan.zone.name(), |ui| {
        if let Some(name) = search_menu(ui, "Search time zones", zones()) {
            choices.zone = Zone::parse(name);
        }
    });
    fact(ui, "Currency", plan.currency.code(), |ui| {
        if let Some(line) = search_menu(ui, "Search currencies", currencies()) {
            choices.currency = line.get(0..3).and_then(Currency::parse);
        }
    });
}

fn dialect(ui: &mut Ui, looked: &Looked, choices: &mut Choices) {
    match &looked.preview.dialect {
        Dialect::Csv { encoding, bom, delimiter, .. } => {
            let words = if *bom { format!("{encoding} with BOM") } else { (*encoding).to_owned() };
            fact(ui, "Encoding", &words, |ui| {
                for name in ENCODINGS {
                    if menu_item(ui, name, None, None, name == *encoding).clicked() {
                        choices.encoding = Some(name.to_owned());
                    }
                }
            });
            let words = DELIMITERS.iter().find(|(c, _)| c == delimiter).map(|(_, word)| (*word).to_owned());
            fact(ui, "Delimiter", &words.unwrap_or_else(|| format!("“{delimiter}”")), |ui| {
                for (c, word) in DELIMITERS {
                    if menu_item(ui, word, None, None, c == *delimiter).clicked() {
                        choices.delimiter = Some(c);
                    }
                }
            });
        }
        Dialect::Xlsx { sheet } => fact(ui, "Sheet", sheet, |ui| {
            for name in &looked.preview.sheets {
                if menu_item(ui, name, None, None, name == sheet).clicked() {
                    choices.sheet = Some(name.clone());
                }
            }
        }),
    }
}

fn header(ui: &mut Ui, looked: &Looked, choices: &mut Choices) {
    let line = looked.preview.header_line;
    let words = match line {
        0 => "None".to_owned(),
        1 => "Line 1".to_owned(),
        2 => "Line 2, one skipped".to_owned(),
        n => format!("Line {n}, {} skipped", n - 1),
    };
    fact(ui, "Header", &words, |ui| {
        if menu_item(ui, "The file has no header", None, None, line == 0).clicked() {
            choices.header_line = Some(0);
        }
        for n in 1..=HEADER_LINES {
            if menu_item(ui, &format!("Line {n}"), None, None, line == n).clicked() {
                choices.header_line = Some(n);
            }
        }
    });
}

/// A caption with a value and a pencil; opens a menu.
fn fact(ui: &mut Ui, label: &str, value: &str, menu: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui);
    let words = paint::cut(ui.painter(), value, t.font(Type::Body), t.text.strong, 170.0);
    let caption = ui.painter().layout_no_wrap(label.to_owned(), t.font(Type::Caption), t.text.subdued);
    let pencil = t.icon().small;
    let width = (words.size().x + t.space().x1 + pencil).max(caption.size().x);
    let size = vec2(width.ceil(), t.line(Type::Caption) + t.line(Type::Body));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {value}")));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand(t.space().x1), corner(t.radius().small), t.surface.hover);
    }
    let at = pos2(rect.left(), rect.top() + t.line(Type::Caption) / 2.0);
    paint::text(ui.painter(), at, Align2::LEFT_CENTER, label, t.font(Type::Caption), t.text.subdued);
    let y = rect.bottom() - t.line(Type::Body) / 2.0;
    let (wide, high) = (words.size().x, words.size().y);
    ui.painter().galley(pos2(rect.left(), y - high / 2.0), words, t.text.strong);
    let centre = pos2(rect.left() + wide + t.space().x1 + pencil / 2.0, y);
    let ink = if response.hovered() { t.accent.text } else { t.text.subdued };
    paint::icon(ui.painter(), centre, icons::EDIT, pencil - 2.0, ink);
    paint::focus_ring(ui, t, rect.expand(2.0), t.radius().small, &response);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    menu_of(&response, menu);
}
