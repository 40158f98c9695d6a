//! The list of chosen files: what each was recognised as, and whether it is ready.

use egui::Ui;

use crate::report::table_export::Value;
use crate::ui::cx::{Cx, counted};
use crate::ui::importing::{Flow, FlowFile, Stage};
use crate::ui::locale;
use crate::ui::panels::welcome::bytes;
use crate::ui::slot::View;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Button, Cell, Column, Table, TableState, sheet};

use super::{FOOT, foot};

/// Draws the list.
pub fn show(cx: &mut Cx, ui: &mut Ui, flow: &mut Flow, state: &mut TableState) {
    let t = theme::of(ui);
    let columns = [
        Column::text("File", 280.0).grow(1.0),
        Column::text("Recognised as", 220.0).grow(0.6),
        Column::number("Sure", 76.0),
        Column::number("Size", 90.0),
        Column::text("State", 210.0).grow(0.5),
        Column::text("", 220.0),
    ];
    let (mut opened, mut flipped) = (None, None);
    let below =
        egui::Rect::from_min_max(egui::pos2(ui.max_rect().left(), ui.max_rect().bottom() - FOOT), ui.max_rect().max);
    let shown = sheet(ui, |ui| {
        let rows = Table::new("Files to import", &columns, flow.files.len() as u64, 40.0).plain();
        rows.show(ui, state, |row, i, cell| {
            let Some(n) = usize::try_from(row).ok().filter(|n| *n < flow.files.len()) else { return };
            match i {
                5 => match row_buttons(cell, flow.files[n].left_out) {
                    Some(true) => opened = Some(n),
                    Some(false) => flipped = Some(n),
                    None => {}
                },
                _ => fact(cell, flow, n, i),
            }
        })
    });
    if let Some(wanted) = shown.inner.wanted {
        cx.deliver(wanted, |row, column| flow.files.get(row as usize).map_or(Value::Empty, |file| value(file, column)));
    }
    ui.add_space(t.space().x2);
    if ui.add(Button::new("Add files…").icon(icons::ADD)).clicked() {
        cx.ask_import();
    }
    if let Some(n) = opened {
        (flow.current, flow.stage) = (n, Stage::Columns);
    }
    if let Some(file) = flipped.and_then(|n| flow.files.get_mut(n)) {
        file.left_out = !file.left_out;
    }
    card_at(ui, below, 0.0, |ui| foot::show(cx, ui, flow));
}

fn state_words(file: &FlowFile) -> String {
    let questions = file.look().map_or(0, |look| look.questions().len() as u64);
    match file.looked.view() {
        _ if file.left_out => "Left out".into(),
        View::Working(..) => "Looking…".into(),
        View::Failed(_) => "Not a table we read".into(),
        _ if questions > 0 => counted(questions, "question", "questions"),
        _ => "Ready".into(),
    }
}

fn value(file: &FlowFile, column: usize) -> Value {
    let look = file.look();
    let recognised = look.and_then(|look| look.preview.recognised.as_ref());
    match column {
        0 => Value::Text(file.name.clone()),
        1 => recognised.map_or(Value::Empty, |r| Value::Text(r.title.to_owned())),
        2 => recognised.map_or(Value::Empty, |r| Value::Number(r.confidence)),
        3 => look.map_or(Value::Empty, |look| Value::Count(look.preview.size)),
        _ => Value::Text(state_words(file)),
    }
}

fn fact(cell: &mut Cell<'_>, flow: &Flow, n: usize, column: usize) {
    let file = &flow.files[n];
    let look = file.look();
    let recognised = look.and_then(|look| look.preview.recognised.as_ref());
    match column {
        0 => cell.label(&file.name),
        1 => cell.text(recognised.map_or("—", |r| r.title)),
        2 => cell.text(&recognised.map_or_else(|| "—".into(), |r| locale::percent(r.confidence, 0))),
        3 => cell.text(&look.map_or_else(|| "—".into(), |look| bytes(look.preview.size))),
        _ => {
            let questions = look.map_or(0, |look| look.questions().len() as u64);
            let (tone, icon) = match file.looked.view() {
                _ if file.left_out => (None, None),
                View::Working(..) => (None, None),
                View::Failed(_) => (Some(Tone::Bad), Some(icons::ERROR)),
                _ if questions > 0 => (Some(Tone::Warning), Some(icons::QUESTION)),
                _ => (Some(Tone::Good), Some(icons::CHECK)),
            };
            cell.chip(&state_words(file), tone, icon);
        }
    }
}

/// Whether columns are to be shown (`true`) or the file left out or taken in again (`false`).
fn row_buttons(cell: &mut Cell<'_>, left_out: bool) -> Option<bool> {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let builder = egui::UiBuilder::new().max_rect(cell.rect).layout(layout).id_salt("buttons");
    let mut ui = cell.ui.new_child(builder);
    if ui.add(Button::plain(if left_out { "Take in" } else { "Leave out" }).small()).clicked() {
        return Some(false);
    }
    if !left_out && ui.add(Button::new("Columns and issues").named("Columns and issues of the file").small()).clicked()
    {
        return Some(true);
    }
    None
}
