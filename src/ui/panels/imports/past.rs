//! Past imports: what each brought, its rejected lines, refresh in one click, undo of the newest step.

use std::sync::Arc;

use anyhow::Result;
use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::super::draw_empty;
use super::done::LISTED;
use crate::jobs::Progress;
use crate::model::record::RejectedRow;
use crate::report::table_export::{Value, Written};
use crate::ui::cx::{Cx, counted};
use crate::ui::deliver::Take;
use crate::ui::locale::{self, count};
use crate::ui::shop::Home;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Button, Column, Table, TableState, page_header, paint, sheet};
use crate::workspace::lists::ImportListing;

/// What the page remembers.
pub struct Past {
    table: TableState,
    rows: TableState,
    rejected: Slot<i64, Arc<Vec<RejectedRow>>>,
}

impl Default for Past {
    fn default() -> Self {
        Self {
            table: TableState::default(),
            rows: TableState::default(),
            rejected: Slot::new("Reading rejected lines"),
        }
    }
}

/// An import as texts.
struct Row {
    id: i64,
    file: String,
    source: String,
    when: String,
    counts: [u64; 4],
    changed: String,
}

impl Row {
    fn of(import: &ImportListing) -> Self {
        let summary: serde_json::Value = serde_json::from_str(&import.summary).unwrap_or_default();
        let count = |name: &str| summary[name].as_u64().unwrap_or(0);
        Self {
            id: import.id,
            file: import.file.clone(),
            source: summary["title"].as_str().unwrap_or(&import.source).to_owned(),
            when: locale::moment(import.imported_at),
            counts: [count("rows"), count("accepted"), count("rejected"), count("skipped")],
            changed: changed(&summary["tables"]),
        }
    }

    fn value(&self, column: usize) -> Value {
        match column {
            0 => Value::Text(self.file.clone()),
            1 => Value::Text(self.source.clone()),
            2 => Value::Text(self.when.clone()),
            3..=6 => Value::Count(self.counts[column - 3]),
            _ => Value::Text(self.changed.clone()),
        }
    }
}

/// `12,417 orders created, 312 updated`
fn changed(tables: &serde_json::Value) -> String {
    let Some(tables) = tables.as_object() else { return String::new() };
    let mut words = Vec::new();
    for (name, counts) in tables {
        let n = |what: &str| counts[what].as_u64().unwrap_or(0);
        match (n("created"), n("updated")) {
            (0, 0) => {}
            (created, 0) => words.push(counted(created, name.strip_suffix('s').unwrap_or(name), name)),
            (created, updated) => {
                let made = counted(created, name.strip_suffix('s').unwrap_or(name), name);
                words.push(format!("{made}, {} updated", count(updated)));
            }
        }
    }
    if words.is_empty() { "Nothing new".into() } else { words.join("; ") }
}

impl Past {
    /// Draws the page.
    pub fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let rows: Vec<Row> = shop.facts.imports.iter().map(Row::of).collect();
        let step = shop.facts.history.done.first().map(|step| step.label.clone());
        let files = shop.facts.imports.iter().any(|import| !import.path.is_empty());
        let line = "Files that were read, with every row accounted for";
        page_header(ui, "Imports", line, |ui| {
            if rows.is_empty() {
                return;
            }
            if ui.add(Button::accent("Import files…").icon(icons::DROP)).clicked() {
                cx.ask_import();
            }
            if ui
                .add(Button::new("Refresh").icon(icons::REFRESH).key_of("Refresh from the same files").enabled(files))
                .clicked()
            {
                cx.refresh_imports();
            }
            if let Some(step) = &step
                && ui.add(Button::plain("Undo").icon(icons::UNDO)).on_hover_text(format!("Undo {step}")).clicked()
            {
                cx.undo();
            }
        });
        if rows.is_empty() {
            let words = "Drop your shop’s exports on this window, or choose them";
            return draw_empty(ui, cx, icons::IMPORTS, "Nothing imported yet", words);
        }
        self.list(cx, ui, &rows);
        let chosen = self.table.selected.and_then(|row| rows.get(usize::try_from(row).ok()?));
        if let Some(row) = chosen.or(rows.first()).filter(|row| row.counts[2] > 0) {
            self.rejected(cx, ui, row);
        }
    }

    fn list(&mut self, cx: &mut Cx, ui: &mut Ui, rows: &[Row]) {
        let columns = [
            Column::text("File", 210.0).grow(0.7),
            Column::text("Read as", 170.0).grow(0.3),
            Column::text("Imported", 140.0),
            Column::number("Rows", 88.0),
            Column::number("Accepted", 88.0),
            Column::number("Rejected", 84.0),
            Column::number("Skipped", 84.0),
            Column::text("Brought", 240.0).grow(1.0),
        ];
        let height = theme::of(ui).row().normal;
        let shown = sheet(ui, |ui| {
            ui.set_max_height((ui.available_height() * 0.55).max(200.0));
            Table::new("Imports", &columns, rows.len() as u64, height).show(ui, &mut self.table, |row, i, cell| {
                let Some(row) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
                match i {
                    0 => cell.label(&row.file),
                    1 => cell.text(&row.source),
                    2 => cell.subdued(&row.when),
                    3..=6 => cell.text(&count(row.counts[i - 3])),
                    _ => cell.subdued(&row.changed),
                }
            })
        });
        if let Some(wanted) = shown.inner.wanted {
            cx.deliver(wanted, |row, column| match rows.get(row as usize) {
                Some(row) => row.value(column),
                None => Value::Empty,
            });
        }
    }

    fn rejected(&mut self, cx: &mut Cx, ui: &mut Ui, row: &Row) {
        let t = theme::of(ui);
        let import = row.id;
        self.rejected.ask(import, || {
            cx.from_session(move |home, _| Ok(Ok(Arc::new(home.session()?.rejected_rows(import, 0, LISTED)?))))
        });
        let found = match self.rejected.latest() {
            Some((id, rows)) if *id == import => rows.clone(),
            _ => Arc::default(),
        };
        ui.add_space(t.shell().gutter - ui.spacing().item_spacing.y);
        let rect = ui.available_rect_before_wrap();
        card_at(ui, rect, 0.0, |ui| {
            let head = Rect::from_min_size(rect.min, vec2(rect.width(), 48.0)).shrink2(vec2(t.space().x4, 0.0));
            let title = format!("Rejected lines of {}", row.file);
            let font = t.font(Type::Emphasis);
            paint::label(ui, head.left_center(), egui::Align2::LEFT_CENTER, &title, font, t.text.strong);
            let layout = Layout::right_to_left(Align::Center);
            let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(layout));
            if right.add(Button::new("Save rejected lines…").icon(icons::DOWNLOAD)).clicked() {
                cx.save_rejected(import, &row.file);
            }
            let body = Rect::from_min_max(pos2(rect.left(), rect.top() + 48.0), rect.max);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(body));
            rejected_table(cx, &mut ui, import, &found, &mut self.rows);
        });
    }
}

/// Rejected rows: line, column, reason, repair, and the row as it was read.
pub fn rejected_table(cx: &mut Cx, ui: &mut Ui, import: i64, rows: &[RejectedRow], state: &mut TableState) {
    let columns = [
        Column::number("Line", 84.0),
        Column::text("Column", 130.0),
        Column::text("What is wrong", 260.0).grow(1.0),
        Column::text("What mends it", 260.0).grow(1.0),
        Column::text("The line as read", 240.0).grow(1.0),
    ];
    let height = theme::of(ui).row().dense;
    let table = Table::new("Rejected lines", &columns, rows.len() as u64, height).square();
    let shown = table.show(ui, state, |row, i, cell| {
        let Some(row) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
        match i {
            0 => cell.text(&count(row.line)),
            1 => cell.label(row.column.as_deref().unwrap_or("—")),
            2 => cell.text(&row.reason),
            3 => cell.text(&row.repair),
            _ => cell.subdued(&row.cells.join(" · ")),
        }
    });
    let Some(wanted) = shown.wanted else { return };
    if matches!(wanted.target, Target::Save(_)) {
        // A file holds all of them, not only those that are listed.
        let columns = wanted.columns.clone();
        cx.deliver_from(wanted, move |home, progress, take| all_rejected(home, progress, take, import, &columns));
        return;
    }
    cx.deliver(wanted, |row, column| rows.get(row as usize).map_or(Value::Empty, |row| rejected_value(row, column)));
}

fn all_rejected(
    home: &mut Home,
    progress: &Progress,
    take: Take<'_>,
    import: i64,
    columns: &[usize],
) -> Result<Written> {
    let session = home.session()?;
    let mut from = 0;
    let mut pages = std::iter::from_fn(|| {
        let page = progress.step(from).map_err(Into::into).and_then(|()| session.rejected_rows(import, from, LISTED));
        from += LISTED;
        page.map(|rows| (!rows.is_empty()).then_some(rows)).transpose()
    });
    let cells = |row: &RejectedRow| columns.iter().map(|&column| rejected_value(row, column)).collect();
    let mut rows = pages.by_ref().flat_map(|page| match page {
        Ok(rows) => rows.iter().map(|row| Ok(cells(row))).collect(),
        Err(error) => vec![Err(error)],
    });
    take(&mut rows)
}

fn rejected_value(row: &RejectedRow, column: usize) -> Value {
    match column {
        0 => Value::Count(row.line),
        1 => row.column.clone().map_or(Value::Empty, Value::Text),
        2 => Value::Text(row.reason.clone()),
        3 => Value::Text(row.repair.clone()),
        _ => Value::Text(row.cells.join(" · ")),
    }
}
