//! The framework's technology stack: what stands for each component, what it costs and what it brings, as a sheet to
//! write into.

use egui::{Sense, Ui, vec2};

use super::print;
use crate::analytics::roi::Technology;
use crate::model::Currency;
use crate::model::assumption::{StackRow, Unit};
use crate::model::plan::Amount;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::plain;
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::spreadsheet::{SheetColumn, SheetState, Spreadsheet};
use crate::ui::widgets::text::capital;
use crate::ui::widgets::{remark, say};

/// What the sheet remembers.
#[derive(Default)]
pub struct StackSheet {
    state: SheetState,
    /// What was refused: row, column and why.
    refused: Option<(usize, usize, String)>,
}

/// Columns that are written into, after the name of the component.
const SOLUTION: usize = 1;
const INTEGRATION: usize = 2;
const PERFORMANCE: usize = 3;
const COST: usize = 4;
const BENEFIT: usize = 5;

/// Height of the card.
const HEIGHT: f32 = 340.0;

/// Draws the sheet over the stack, which takes what is written.
pub(super) fn show(ui: &mut Ui, sheet: &mut StackSheet, stack: &mut [StackRow], told: &Technology) {
    let t = theme::of(ui);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    card_at(ui, place, t.space().x4, |ui| {
        say(ui, Type::Emphasis, "Technology stack");
        remark(ui, sum(told));
        ui.add_space(t.space().x1);
        let currency = told.currency;
        let columns = [
            SheetColumn::fixed("Component", 170.0, 0.0),
            SheetColumn::text("Solution", 120.0, 1.0),
            SheetColumn::text("Integration", 110.0, 1.0),
            SheetColumn::text("Performance", 110.0, 1.0),
            SheetColumn::text(&format!("Cost / mo ({})", currency.code()), 120.0, 0.0),
            SheetColumn::text(&format!("Benefit / mo ({})", currency.code()), 130.0, 0.0),
            SheetColumn::fixed("ROI", 90.0, 0.0),
        ];
        let groups: Vec<String> = stack.iter().map(|_| String::new()).collect();
        let amount = |known: Option<Amount>| known.map_or_else(String::new, |known| plain(known, currency));
        let value = |row: usize, column: usize| {
            let Some(one) = stack.get(row) else { return String::new() };
            match column {
                SOLUTION => one.solution.clone(),
                INTEGRATION => one.integration.clone(),
                PERFORMANCE => one.performance.clone(),
                COST => amount(one.cost),
                BENEFIT => amount(one.benefit),
                0 => one.name().to_owned(),
                _ => told
                    .rows
                    .get(row)
                    .and_then(|row| row.roi)
                    .map_or_else(|| "—".to_owned(), |roi| print::value(Unit::SHARE, roi, currency)),
            }
        };
        let wrong = |row: usize, column: usize| {
            sheet.refused.as_ref().filter(|(r, c, _)| (*r, *c) == (row, column)).map(|(_, _, why)| why.clone())
        };
        let mut state = sheet.state.clone();
        let whole =
            Spreadsheet { name: "Technology stack", columns: &columns, groups: &groups, value: &value, wrong: &wrong };
        let outcome = whole.show(ui, &mut state);
        sheet.state = state;
        for change in outcome.written {
            let Some(row) = stack.get_mut(change.row) else { continue };
            let set = write(row, change.column, &change.text, currency);
            sheet.refused = set.err().map(|why| (change.row, change.column, why));
        }
        if let Some((_, _, why)) = &sheet.refused {
            error_line(ui, &capital(why));
        }
    });
}

fn write(row: &mut StackRow, column: usize, text: &str, currency: Currency) -> Result<(), String> {
    let amount = || Ok::<_, String>(read::money(text, currency)?.map(|minor| Amount { minor, currency }));
    match column {
        SOLUTION => row.solution = text.to_owned(),
        INTEGRATION => row.integration = text.to_owned(),
        PERFORMANCE => row.performance = text.to_owned(),
        COST => row.cost = amount()?,
        BENEFIT => row.benefit = amount()?,
        _ => {}
    }
    Ok(())
}

/// What the whole stack brings for what it costs.
fn sum(told: &Technology) -> String {
    let (Some(cost), Some(benefit), Some(roi)) = (told.cost, told.benefit, told.roi) else {
        return "Type what a component costs and what it brings in a month, as contribution, not revenue".to_owned();
    };
    let left = match told.left_out {
        0 => String::new(),
        n => format!("; {} without a cost or a benefit left out", locale::counted(n as u64, "component", "components")),
    };
    format!(
        "{} a month bring {}: a return of {}{left}",
        locale::money(cost, told.currency),
        locale::money(benefit, told.currency),
        print::value(Unit::SHARE, roi, told.currency)
    )
}
