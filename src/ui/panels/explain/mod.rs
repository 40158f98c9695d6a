//! Explain a change: why revenue moved between two periods, and why a platform tells another figure.

mod change;
mod difference;
mod groups;
pub mod pictures;
mod steps;

use egui::Ui;

use self::change::ChangeTab;
use self::difference::DifferenceTab;
use super::{Panel, draw_empty, draw_waiting};
use crate::model::{Day, Definitions};
use crate::ui::cx::Cx;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, segmented};

/// What a result depends on beside what is asked.
#[derive(Clone, PartialEq)]
struct Basis {
    data: u64,
    revision: u64,
    definitions: Definitions,
    as_of: Day,
}

impl Basis {
    fn of(cx: &Cx) -> Option<Self> {
        let shop = cx.shop.as_ref()?;
        Some(Self {
            data: shop.data_key(),
            revision: shop.facts.revision,
            definitions: shop.facts.definitions.clone(),
            as_of: shop.as_of(),
        })
    }
}

/// Which of the two questions is on view.
#[derive(Clone, Copy, Default, PartialEq)]
enum Tab {
    #[default]
    Change,
    Difference,
}

/// The page and what it remembers.
#[derive(Default)]
pub struct ExplainPage {
    tab: Tab,
    change: ChangeTab,
    difference: DifferenceTab,
}

impl Panel for ExplainPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(basis) = Basis::of(cx) else { return };
        let empty = cx.shop.as_ref().is_some_and(|shop| shop.is_empty());
        let (line, ready) = match self.tab {
            Tab::Change => (self.change.line(basis.as_of), self.change.is_ready()),
            Tab::Difference => (self.difference.line(basis.as_of), self.difference.is_ready()),
        };
        page_header(ui, "Explain a change", &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready && !empty));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Table as") {
                    match self.tab {
                        Tab::Change => self.change.table.ask(target),
                        Tab::Difference => self.difference.table.ask(target),
                    }
                }
            });
            if !empty {
                let tabs = [(Tab::Change, "A change"), (Tab::Difference, "A difference")];
                segmented(ui, "What is explained", &tabs, &mut self.tab);
            }
        });
        if empty {
            let words = "It takes orders of two periods: the parts of a change then add up to the cent";
            return draw_empty(ui, cx, icons::EXPLAIN, "Nothing to explain yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        match self.tab {
            Tab::Change => self.change.ui(cx, ui, &basis),
            Tab::Difference => self.difference.ui(cx, ui, &basis),
        }
    }
}

/// The gap between the cards of the page.
fn gap(ui: &mut Ui) {
    let between = theme::of(ui).shell().gutter - ui.spacing().item_spacing.y;
    ui.add_space(between);
}

/// Sentences beside a verdict as one text.
fn together(sentences: &[String]) -> String {
    sentences.join(". ")
}
