//! Records whose fields are read and set as texts, as a sheet to write into.

use egui::{Rect, Ui};

use crate::model::sheet::Field;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::spreadsheet::{SheetColumn, SheetState, Spreadsheet};
use crate::ui::widgets::text::capital;

/// What the sheet remembers.
#[derive(Default)]
pub struct Written {
    state: SheetState,
    /// What was refused: row, column, what was typed and why.
    refused: Option<(usize, usize, String)>,
}

/// What a sheet is made of.
pub struct Sheet<'a, T: 'static> {
    /// Its name for screen readers.
    pub name: &'a str,
    /// Columns that only show, before the fields: title, width, and their texts by row.
    pub shown: &'a [(&'a str, f32, Vec<String>)],
    /// The fields.
    pub fields: &'static [Field<T>],
    /// The choices of a field, where it has some.
    pub choices: &'a dyn Fn(&str) -> Option<Vec<&'static str>>,
    /// For every row the group it belongs to.
    pub groups: &'a [String],
    /// What stands in a cell that nothing was typed into: from data, and marked so.
    pub unless_typed: &'a dyn Fn(usize, &str) -> Option<String>,
}

impl<T> Sheet<'_, T> {
    /// Draws the sheet over `rows`, which take what is written. Returns the row that is to be opened.
    pub fn show(&self, ui: &mut Ui, written: &mut Written, rows: &mut [&mut T]) -> Option<usize> {
        let t = theme::of(ui);
        let lead = self.shown.len();
        let columns: Vec<SheetColumn> = self.columns();
        let area = ui.available_rect_before_wrap();
        let foot = t.line(Type::Caption) + t.space().x1;
        let body = area.with_max_y(area.bottom() - foot);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt(self.name));
        let outcome = {
            let value = |row: usize, column: usize| match column.checked_sub(lead) {
                None => self.shown[column].2.get(row).cloned().unwrap_or_default(),
                Some(field) => {
                    let field = &self.fields[field];
                    let typed = (field.text)(rows[row]);
                    if typed.is_empty() { (self.unless_typed)(row, field.key).unwrap_or_default() } else { typed }
                }
            };
            let wrong = |row: usize, column: usize| {
                let refused = written.refused.as_ref().filter(|(r, c, _)| (*r, *c) == (row, column));
                refused.map(|(_, _, why)| why.clone())
            };
            let sheet =
                Spreadsheet { name: self.name, columns: &columns, groups: self.groups, value: &value, wrong: &wrong };
            let mut state = written.state.clone();
            let outcome = sheet.show(&mut inner, &mut state);
            (outcome, state)
        };
        let (outcome, state) = outcome;
        written.state = state;
        for change in outcome.written {
            let Some(field) = change.column.checked_sub(lead).and_then(|n| self.fields.get(n)) else { continue };
            let set = field.set(rows[change.row], &change.text);
            written.refused = set.err().map(|why| (change.row, change.column, format!("{}: {why}", field.name)));
        }
        if let Some((_, _, why)) = &written.refused {
            let place = Rect::from_min_max(egui::pos2(area.left(), body.bottom() + t.space().x1), area.max);
            error_line(&mut ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("refused")), &capital(why));
        }
        ui.advance_cursor_after_rect(area);
        outcome.opened
    }

    fn columns(&self) -> Vec<SheetColumn> {
        let shown = self.shown.iter().map(|(title, width, _)| SheetColumn::fixed(title, *width, 0.0));
        let fields = self.fields.iter().map(|field| match (self.choices)(field.key) {
            Some(names) => SheetColumn::choice(field.name, 108.0, names),
            None if is_number(field.key) => SheetColumn::text(field.name, 150.0, 0.0),
            None if field.key == "name" => SheetColumn::text(field.name, 166.0, 1.0),
            None => SheetColumn::text(field.name, 96.0, 1.0),
        });
        shown.chain(fields).collect()
    }
}

fn is_number(key: &str) -> bool {
    matches!(key, "usage" | "satisfaction" | "revenue" | "lift")
}
