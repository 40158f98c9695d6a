//! Advertising by channel, as platforms report it, at the margin of the scenario.

use std::sync::Arc;

use egui::Ui;

use super::TakenKey;
use crate::analytics::roi::ChannelFigures;
use crate::model::Currency;
use crate::model::assumption::Scenario;
use crate::ops::roi::AdChannels;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::record::form_card;
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// The card and what it remembers.
pub(super) struct Channels {
    found: Slot<(TakenKey, Scenario), Arc<AdChannels>>,
    table: TableState,
}

impl Default for Channels {
    fn default() -> Self {
        Self { found: Slot::new("Adding up what platforms report"), table: TableState::default() }
    }
}

impl Channels {
    /// Draws the table.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, state: &TakenKey, scenario: &Scenario) {
        let (as_of, currency) = (state.2, state.1.currency);
        let one = scenario.clone();
        self.found.ask((state.clone(), scenario.clone()), || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                let taken = session.taken(Some(as_of), progress)?;
                let resolved = session.in_numbers(&one, &taken)?;
                Ok(Ok(Arc::new(session.ad_channels(&resolved, Some(as_of), progress)?)))
            })
        });
        let view = self.found.view();
        let table = &mut self.table;
        let about = ("Nothing is reported", "Import exports of Google Ads or Meta Ads");
        if draw_slot(ui, cx, view, about, |ui, cx, found| draw(cx, ui, table, found, currency)) {
            self.found.stop();
        }
    }
}

fn draw(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &AdChannels, currency: Currency) {
    let t = theme::of(ui);
    form_card(ui, |ui| {
        say(ui, Type::Emphasis, "Advertising by channel");
        let days = format!("{} – {}", locale::date(found.days.0), locale::date(found.days.1));
        if found.rows.is_empty() {
            remark(ui, format!("No platform reports anything for {days}"));
            return;
        }
        remark(ui, days);
        let code = currency.code();
        let columns = [
            Column::text("Channel", 130.0).grow(1.0),
            Column::number(format!("Spend ({code})"), 100.0),
            Column::number("CTR", 70.0),
            Column::number(format!("CPC ({code})"), 84.0),
            Column::number("CVR", 70.0),
            Column::number(format!("CPA ({code})"), 84.0),
            Column::number("ROAS", 70.0),
            Column::number(format!("Profit ({code})"), 100.0),
            Column::number("ROI", 74.0),
        ];
        let rows = found.rows.len() as u64;
        let table = Table::new("Advertising", &columns, rows, t.row().dense).totals().plain();
        let size = egui::vec2(ui.available_width(), table.height(t));
        let (place, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("advertising"));
        let at = |row: u64| match usize::try_from(row).ok().and_then(|row| found.rows.get(row)) {
            Some(one) => Some(one),
            None => found.total.as_ref().filter(|_| row == rows),
        };
        let shown = table.show(&mut inner, state, |row, column, cell| {
            let Some(one) = at(row) else { return };
            match (column, row < rows) {
                (0, true) => cell.label(&one.report.channel),
                (0, false) => cell.strong("Together"),
                (column, true) => cell.text(&words(one, column)),
                (column, false) => cell.strong(&words(one, column)),
            }
        });
        for note in &found.notes {
            remark(ui, note);
        }
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let Some(one) = at(row) else { return Value::Empty };
                match column {
                    0 => Value::Text(one.report.channel.clone()),
                    _ => number(one, column).map_or(Value::Empty, Value::Number),
                }
            });
        }
    });
}

fn number(one: &ChannelFigures, column: usize) -> Option<f64> {
    match column {
        1 => Some(one.report.spend),
        2 => one.ctr,
        3 => one.cpc,
        4 => one.cvr,
        5 => one.cpa,
        6 => one.roas,
        7 => one.profit,
        _ => one.roi,
    }
}

fn words(one: &ChannelFigures, column: usize) -> String {
    let Some(number) = number(one, column) else { return "—".to_owned() };
    match column {
        2 | 4 => locale::percent(number, 2),
        8 => locale::percent(number, 1),
        1 | 7 => locale::number(number, 0),
        _ => locale::number(number, 2),
    }
}
