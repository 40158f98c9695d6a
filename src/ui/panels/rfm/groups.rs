//! The named groups and what they bring.

use egui::{Rect, Ui};

use super::Found;
use crate::analytics::rfm::Pick;
use crate::model::MetricId;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::{money, percent};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Column, Table, TableState, say};

/// Figures of the table, in order.
const FIGURES: [MetricId; 5] =
    [MetricId::Customers, MetricId::BuyerShare, MetricId::Revenue, MetricId::RevenueShare, MetricId::LtvToDate];

/// The card and what it remembers.
#[derive(Default)]
pub struct Groups {
    table: TableState,
}

impl Groups {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the card; a chosen group becomes the pick.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &Found, pick: &mut Pick) {
        let t = theme::of(ui);
        let table = &found.table;
        let (symbol, bins) = (table.currency.symbol(), table.settings.bins);
        let unit = symbol.trim();
        let columns = [
            Column::text("Group", 104.0),
            Column::number("Buyers", 72.0),
            Column::number("Share", 64.0),
            Column::number(format!("Revenue, 12 mo, {unit}"), 122.0),
            Column::number("Share of it", 80.0),
            Column::number(format!("LTV, {unit}"), 76.0),
            Column::text("Rule", 120.0).grow(1.0),
        ];
        card_at(ui, rect, 0.0, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let pad = t.space().x4;
            egui::Frame::new()
                .inner_margin(egui::Margin {
                    left: pad as i8,
                    right: pad as i8,
                    top: t.space().x3 as i8,
                    bottom: t.space().x2 as i8,
                })
                .show(ui, |ui| {
                    say(ui, Type::Emphasis, "Groups");
                    say(
                        ui,
                        Type::Caption,
                        "Choose one to list its customers; revenue of the last 12 months, LTV since the first order",
                    );
                });
            let rows = table.groups.len() as u64;
            self.table.selected =
                table.groups.iter().position(|(group, _)| *pick == Pick::Group(*group)).map(|at| at as u64);
            let sheet = Table::new("RFM groups", &columns, rows, t.row().dense).totals().square();
            let at = |n: u64| found.sets.get(if n == rows { 0 } else { n as usize + 1 });
            let shown = sheet.show(ui, &mut self.table, |n, column, cell| {
                let Some((own, set)) = at(n) else { return };
                match column {
                    0 if n == rows => cell.strong("All buyers"),
                    0 => cell.label(&set.name),
                    6 => {
                        if let Pick::Group(group) = own {
                            cell.caption(&group.rule(bins).unwrap_or_default());
                        }
                    }
                    column => {
                        let text = text(found, *own, FIGURES[column - 1]);
                        cell.figure(&text, n == rows, || found.tip(cx, (*own, set), FIGURES[column - 1]));
                    }
                }
            });
            if let Some(n) = shown.chosen
                && let Some((own, _)) = at(n)
            {
                *pick = *own;
            }
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |n, column| {
                    let Some((own, set)) = at(n) else { return Value::Empty };
                    match column {
                        0 => Value::Text(set.name.clone()),
                        6 => match own {
                            Pick::Group(group) => Value::Text(group.rule(bins).unwrap_or_default()),
                            _ => Value::Empty,
                        },
                        column => Value::from(table.figure(*own, set, FIGURES[column - 1]).value),
                    }
                });
            }
        });
    }
}

/// A figure as it stands in its column.
fn text(found: &Found, pick: Pick, metric: MetricId) -> String {
    use crate::model::figure::Value as Figured;
    let Some(set) = found.set(pick) else { return "—".into() };
    match found.table.figure(pick, set, metric).value {
        None => "—".into(),
        Some(Figured::Count(n)) => locale::count(n),
        Some(Figured::Share(share)) => percent(share),
        Some(Figured::Number(number)) => locale::number(number, 1),
        Some(Figured::Money(minor, currency)) => money(minor, currency, false),
    }
}
