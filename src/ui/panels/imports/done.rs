//! What an import did: every row accounted for, what changed per table, and the rows that were rejected.

use std::sync::Arc;

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::past::rejected_table;
use crate::model::record::RejectedRow;
use crate::ops::import::Outcome;
use crate::report::table_export::Value;
use crate::ui::cx::{Cx, counted};
use crate::ui::importing::{Ended, Flow, FlowFile};
use crate::ui::locale::count;
use crate::ui::panels::PanelId;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::states::{self, Failure};
use crate::ui::widgets::{Button, Cell, Column, Table, TableState, hairline, paint, say, sheet};

/// At most this many rejected rows are listed; all of them can be saved.
pub const LISTED: u64 = 1_000;

/// What the page remembers.
pub struct Done {
    files: TableState,
    changes: TableState,
    rows: TableState,
    rejected: Slot<i64, Arc<Vec<RejectedRow>>>,
}

impl Default for Done {
    fn default() -> Self {
        Self {
            files: TableState::default(),
            changes: TableState::default(),
            rows: TableState::default(),
            rejected: Slot::new("Reading rejected lines"),
        }
    }
}

/// The buttons of the header. Returns whether the import is to be put away.
pub fn actions(cx: &mut Cx, ui: &mut Ui) -> bool {
    let mut away = false;
    if ui.add(Button::accent("Show segments").icon(icons::ARROW_RIGHT)).clicked() {
        cx.go(PanelId::Segments);
        away = true;
    }
    if ui.add(Button::new("All imports")).clicked() {
        away = true;
    }
    if ui.add(Button::new("Import more…").icon(icons::ADD)).clicked() {
        cx.ask_import();
    }
    away
}

impl Done {
    /// Draws the page.
    pub fn ui(&mut self, cx: &mut Cx, ui: &mut Ui, flow: &mut Flow) {
        if flow.files.len() > 1 {
            self.list(cx, ui, flow);
            ui.add_space(theme::of(ui).space().x2);
        }
        let Some(file) = flow.files.get(flow.current) else { return };
        match &file.ended {
            Some(Ended::Imported(outcome)) => self.outcome(cx, ui, outcome),
            Some(Ended::Failed(why)) => failed(cx, ui, file, why),
            None => {}
        }
    }

    fn list(&mut self, cx: &mut Cx, ui: &mut Ui, flow: &mut Flow) {
        let columns = [
            Column::text("File", 260.0).grow(1.0),
            Column::text("Read as", 190.0).grow(0.4),
            Column::number("Rows", 96.0),
            Column::number("Accepted", 96.0),
            Column::number("Rejected", 96.0),
            Column::number("Skipped", 96.0),
            Column::text("Result", 150.0),
        ];
        self.files.selected = Some(flow.current as u64);
        let height = theme::of(ui).row().normal;
        let files = &flow.files;
        let shown = sheet(ui, |ui| {
            ui.set_max_height(300.0);
            Table::new("Imported files", &columns, files.len() as u64, height).show(
                ui,
                &mut self.files,
                |row, i, cell| {
                    if let Some(file) = usize::try_from(row).ok().and_then(|row| files.get(row)) {
                        file_cell(cell, file, i);
                    }
                },
            )
        });
        if let Some(wanted) = shown.inner.wanted {
            cx.deliver(wanted, |row, column| {
                files.get(row as usize).map_or(Value::Empty, |file| file_value(file, column))
            });
        }
        if let Some(row) = shown.inner.chosen.and_then(|row| usize::try_from(row).ok()) {
            flow.current = row;
        }
    }

    fn outcome(&mut self, cx: &mut Cx, ui: &mut Ui, outcome: &Outcome) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let gap = t.shell().gutter;
        let high =
            (3.0 + outcome.tables.0.len() as f32).mul_add(t.row().normal, 3.0 * t.space().x8).min(area.height() * 0.5);
        let top = Rect::from_min_size(area.min, vec2(area.width(), high.max(196.0)));
        let half = (area.width() - gap) * 0.42;
        let left = Rect::from_min_size(top.min, vec2(half, top.height()));
        let right = Rect::from_min_max(pos2(left.right() + gap, top.top()), top.max);
        card_at(ui, left, t.space().x4, |ui| balance(ui, outcome));
        card_at(ui, right, 0.0, |ui| tables(cx, ui, outcome, &mut self.changes));
        let below = Rect::from_min_max(pos2(area.left(), top.bottom() + gap), area.max);
        self.rejected(cx, ui, outcome, below);
        ui.advance_cursor_after_rect(area);
    }

    fn rejected(&mut self, cx: &mut Cx, ui: &mut Ui, outcome: &Outcome, rect: Rect) {
        let t = theme::of(ui);
        let Some(import) = outcome.import.filter(|_| outcome.summary.rejected > 0) else {
            return nothing_rejected(ui, outcome, rect);
        };
        self.rejected.ask(import, || {
            cx.from_session(move |home, _| Ok(Ok(Arc::new(home.session()?.rejected_rows(import, 0, LISTED)?))))
        });
        let rows = self.rejected.latest().map(|(_, rows)| rows.clone()).unwrap_or_default();
        card_at(ui, rect, 0.0, |ui| {
            let head = Rect::from_min_size(rect.min, vec2(rect.width(), 48.0)).shrink2(vec2(t.space().x4, 0.0));
            let n = outcome.summary.rejected;
            let title = format!("{} rejected", counted(n, "line", "lines"));
            paint::label(
                ui,
                head.left_center(),
                egui::Align2::LEFT_CENTER,
                &title,
                t.font(Type::Emphasis),
                t.text.strong,
            );
            let layout = Layout::right_to_left(Align::Center);
            let mut right = ui.new_child(UiBuilder::new().max_rect(head).layout(layout));
            if right.add(Button::new("Save rejected lines…").icon(icons::DOWNLOAD)).clicked() {
                cx.save_rejected(import, &outcome.file);
            }
            let words = if n > LISTED {
                format!("The first {} are listed; all are saved", count(LISTED))
            } else {
                "They import again once mended".into()
            };
            say(&mut right, Type::Caption, words);
            let body = Rect::from_min_max(pos2(rect.left(), rect.top() + 48.0), rect.max);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(body));
            rejected_table(cx, &mut ui, import, &rows, &mut self.rows);
        });
    }
}

fn nothing_rejected(ui: &mut Ui, outcome: &Outcome, rect: Rect) {
    let t = theme::of(ui);
    let (title, line) = if outcome.import.is_none() {
        ("Nothing changed", "Every row was known already; the file left no trace")
    } else {
        ("No line was rejected", "Every row of data went into the workspace")
    };
    card_at(ui, Rect::from_min_size(rect.min, vec2(rect.width(), 72.0)), t.space().x4, |ui| {
        ui.horizontal(|ui| {
            crate::ui::widgets::text::icon(ui, icons::ANSWERED, t.icon().large, t.tone(Tone::Good).mark);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                say(ui, Type::Label, title);
                say(ui, Type::Caption, line);
            });
        });
    });
}

fn file_cell(cell: &mut Cell<'_>, file: &FlowFile, column: usize) {
    let n = count;
    match (&file.ended, column) {
        (_, 0) => cell.label(&file.name),
        (Some(Ended::Imported(o)), 1) => cell.text(o.title),
        (Some(Ended::Imported(o)), 2) => cell.text(&n(o.summary.rows)),
        (Some(Ended::Imported(o)), 3) => cell.text(&n(o.summary.accepted)),
        (Some(Ended::Imported(o)), 4) => cell.text(&n(o.summary.rejected)),
        (Some(Ended::Imported(o)), 5) => cell.text(&n(o.summary.skipped)),
        (Some(Ended::Imported(o)), _) if o.import.is_none() => cell.chip("Nothing new", None, None),
        (Some(Ended::Imported(_)), _) => cell.chip("Imported", Some(Tone::Good), Some(icons::CHECK)),
        (Some(Ended::Failed(_)), 6) => cell.chip("Not imported", Some(Tone::Bad), Some(icons::ERROR)),
        _ => cell.subdued("—"),
    }
}

fn file_value(file: &FlowFile, column: usize) -> Value {
    match (&file.ended, column) {
        (_, 0) => Value::Text(file.name.clone()),
        (Some(Ended::Imported(o)), 1) => Value::Text(o.title.to_owned()),
        (Some(Ended::Imported(o)), 2) => Value::Count(o.summary.rows),
        (Some(Ended::Imported(o)), 3) => Value::Count(o.summary.accepted),
        (Some(Ended::Imported(o)), 4) => Value::Count(o.summary.rejected),
        (Some(Ended::Imported(o)), 5) => Value::Count(o.summary.skipped),
        (Some(Ended::Imported(o)), _) if o.import.is_none() => Value::Text("Nothing new".into()),
        (Some(Ended::Imported(_)), _) => Value::Text("Imported".into()),
        (Some(Ended::Failed(_)), 6) => Value::Text("Not imported".into()),
        _ => Value::Empty,
    }
}

/// rows = accepted + rejected + skipped
fn balance(ui: &mut Ui, outcome: &Outcome) {
    let t = theme::of(ui);
    let summary = &outcome.summary;
    say(ui, Type::Emphasis, &outcome.file);
    let zone = outcome.time_zone.name();
    say(ui, Type::Caption, format!("{}; times in {zone}, amounts in {}", outcome.title, outcome.currency));
    ui.add_space(t.space().x1);
    let n = count;
    let line = |ui: &mut Ui, value: u64, what: &str, strong: bool| {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().dense), egui::Sense::hover());
        let what = format!("{} {what}", if value == 1 { "row" } else { "rows" });
        let said = format!("{} {what}", n(value));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &said));
        let font = if strong { t.strong_font(Type::Body) } else { t.font(Type::Body) };
        let at = pos2(rect.left() + 96.0, rect.center().y);
        paint::text(ui.painter(), at, egui::Align2::RIGHT_CENTER, n(value), font.clone(), t.text.strong);
        let ink = if strong { t.text.strong } else { t.text.normal };
        let at = at + vec2(t.space().x3, 0.0);
        paint::text(ui.painter(), at, egui::Align2::LEFT_CENTER, what, font, ink);
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    line(ui, summary.accepted, "accepted", false);
    line(ui, summary.rejected, "rejected", false);
    line(ui, summary.skipped, "skipped", false);
    hairline(ui);
    line(ui, summary.rows, "in the file", true);
}

fn tables(cx: &mut Cx, ui: &mut Ui, outcome: &Outcome, state: &mut TableState) {
    let columns = [
        Column::text("Table", 140.0).grow(1.0),
        Column::number("Created", 110.0),
        Column::number("Updated", 110.0),
        Column::number("Unchanged", 110.0),
    ];
    let rows: Vec<_> = outcome.tables.0.iter().collect();
    let height = theme::of(ui).row().normal;
    let table = Table::new("What changed", &columns, rows.len() as u64, height).plain();
    let shown = table.show(ui, state, |row, i, cell| {
        let Some((name, counts)) = usize::try_from(row).ok().and_then(|row| rows.get(row)) else { return };
        let mut capital = (*name).clone();
        if let Some(first) = capital.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        match i {
            0 => cell.label(&capital),
            1 => cell.text(&count(counts.created)),
            2 => cell.text(&count(counts.updated)),
            _ => cell.text(&count(counts.unchanged)),
        }
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| match (rows.get(row as usize), column) {
            (Some((name, _)), 0) => Value::Text((*name).clone()),
            (Some((_, counts)), 1) => Value::Count(counts.created),
            (Some((_, counts)), 2) => Value::Count(counts.updated),
            (Some((_, counts)), _) => Value::Count(counts.unchanged),
            (None, _) => Value::Empty,
        });
    }
}

fn failed(cx: &mut Cx, ui: &mut Ui, file: &FlowFile, why: &str) {
    let failure = Failure {
        title: "The file was not imported".into(),
        about: file.name.clone(),
        happened: why.to_owned(),
        safe: "Nothing of this file was written; your data is as it was".into(),
        to_do: "Mend the file or export it again, then import it".into(),
    };
    let rect = ui.available_rect_before_wrap();
    card_at(ui, rect, theme::of(ui).space().x4, |ui| {
        states::failed(ui, &failure, |ui| {
            if ui.add(Button::accent("Choose another file…").icon(icons::FOLDER)).clicked() {
                cx.ask_import();
            }
        });
    });
}
