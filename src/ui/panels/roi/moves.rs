//! What would move in the rest of the product if another scenario were the one in use.

use std::sync::Arc;

use egui::Ui;

use super::TakenKey;
use crate::analytics::roi::{Moved, Side, said};
use crate::model::Currency;
use crate::model::assumption::Scenario;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::record::form_card;
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// The card and what it remembers.
pub(super) struct Moves {
    found: Slot<(TakenKey, u64, Scenario, Scenario), Arc<Vec<Moved>>>,
    table: TableState,
}

impl Default for Moves {
    fn default() -> Self {
        Self { found: Slot::new("Looking what would move"), table: TableState::default() }
    }
}

impl Moves {
    /// Draws what moves from the scenario in use to another one.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, state: &TakenKey, (used, one): (&Scenario, &Scenario)) {
        let Some(shop) = &cx.shop else { return };
        let (revision, as_of, currency) = (shop.facts.revision, state.2, state.1.currency);
        // Planned sales are replayed for it: nobody who types waits for that.
        if !ui.ctx().text_edit_focused() || self.found.latest().is_none() {
            let (before, after) = (used.clone(), one.clone());
            self.found.ask((state.clone(), revision, used.clone(), one.clone()), || {
                cx.from_session(move |home, progress| {
                    Ok(Ok(Arc::new(home.session()?.effects(&before, &after, Some(as_of), progress)?)))
                })
            });
        }
        let view = self.found.view();
        let table = &mut self.table;
        let title = format!("What moves if “{}” takes the place of “{}”", one.name, used.name);
        let about = ("Nothing can be told", "It takes a shop with data");
        if draw_slot(ui, cx, view, about, |ui, cx, found| draw(cx, ui, table, (&title, found), currency)) {
            self.found.stop();
        }
    }
}

fn draw(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, (title, found): (&str, &[Moved]), currency: Currency) {
    let t = theme::of(ui);
    form_card(ui, |ui| {
        say(ui, Type::Emphasis, title);
        if found.is_empty() {
            remark(ui, "Nothing: both come to the same");
            return;
        }
        let columns = [
            Column::text("What", 240.0).grow(1.0),
            Column::text("Where", 130.0),
            Column::number("As it stands", 130.0),
            Column::number("Then", 130.0),
        ];
        let at = |row: u64| found.get(usize::try_from(row).ok()?);
        let side = |side: &Side, one: &Moved| said::side(side, one.unit, currency, locale::current());
        let table = Table::new("What moves", &columns, found.len() as u64, t.row().dense).plain();
        let size = egui::vec2(ui.available_width(), table.height(t));
        let (place, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("moves"));
        let shown = table.show(&mut inner, state, |row, column, cell| {
            let Some(one) = at(row) else { return };
            match column {
                0 => cell.label(&one.what),
                1 => cell.caption(one.place.name()),
                2 => cell.subdued(&side(&one.before, one)),
                _ => cell.text(&side(&one.after, one)),
            }
        });
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let Some(one) = at(row) else { return Value::Empty };
                Value::Text(match column {
                    0 => one.what.clone(),
                    1 => one.place.name().to_owned(),
                    2 => side(&one.before, one),
                    _ => side(&one.after, one),
                })
            });
        }
    });
}
