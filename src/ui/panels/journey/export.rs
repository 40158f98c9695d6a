//! The journey on its way into files: a picture of the matrix, a workbook of all tables, a document.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use super::{JourneyPage, Tab, data, picture};
use crate::jobs::Progress;
use crate::ops::document;
use crate::ops::journey::{JourneyData, journey_document, save_workbook};
use crate::report::table_export::Value;
use crate::report::{FORMATS, Format};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::settings::short_path;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::Button;
use crate::ui::widgets::chart::Asked;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};

/// What can be saved.
enum Wanted {
    Workbook,
    Document(&'static dyn Format),
    Svg,
    Png,
}

impl JourneyPage {
    /// The menu of what the page can be saved as.
    pub(super) fn export_menu(&self, cx: &mut Cx, ui: &mut Ui) {
        let base = self.found.base();
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(base.is_some()));
        let is_drawn = self.tab == Tab::Matrix && !self.as_table;
        let mut wanted = None;
        menu_of(&export, |ui| {
            let mut line = |ui: &mut Ui, words: &str, icon, of: Wanted| {
                if menu_item(ui, words, Some(icon), None, false).clicked() {
                    wanted = Some(of);
                }
            };
            line(ui, "All tables as XLSX…", icons::DOWNLOAD, Wanted::Workbook);
            for format in FORMATS {
                let words = format!("Document as {}…", format.title());
                line(ui, &words, icons::DOWNLOAD, Wanted::Document(*format));
            }
            menu_line(ui);
            line(ui, "Whole matrix as SVG…", icons::EYE, Wanted::Svg);
            if is_drawn {
                line(ui, "What is on view as PNG…", icons::EYE, Wanted::Png);
            }
        });
        match (wanted, base, self.drawn) {
            (Some(Wanted::Png), _, Some(place)) => cx.deliver_chart("Journey", Asked::Png(place), |_, _| Value::Empty),
            (Some(Wanted::Svg), ..) => {
                let text = self.picture(ui);
                cx.deliver_chart("Journey", Asked::Svg(text), |_, _| Value::Empty);
            }
            (Some(Wanted::Workbook), Some(base), _) => self.save(cx, base, "xlsx", None),
            (Some(Wanted::Document(format)), Some(base), _) => self.save(cx, base, format.extension(), Some(format)),
            _ => {}
        }
    }

    fn picture(&self, ui: &Ui) -> String {
        let matrix = &self.saved.matrix.draft.value;
        let journey = self.found.journey().map(|journey| journey.as_ref());
        let stages = data::stages(matrix, journey, data::Colour::Evidence);
        picture::drawn(ui.painter(), theme::of(ui), "Journey matrix", &stages, self.lanes)
    }

    /// Saves all tables, as a document where there is a format, else as a workbook.
    fn save(&self, cx: &mut Cx, base: Arc<JourneyData>, extension: &'static str, format: Option<&'static dyn Format>) {
        let shop = cx.shop.as_ref().map(|shop| shop.facts.name.clone()).unwrap_or_default();
        let (by, filters) = (self.by, self.filters.clone());
        cx.ask_save(Ask::Save { name: format!("Journey.{extension}"), extension }, move |cx, path: PathBuf| {
            let shown = short_path(&path);
            let work = move |_: &mut Home, progress: &Progress| {
                let tables = base.tables(by, &filters, progress)?;
                match format {
                    Some(format) => document::save(&journey_document(&shop, &tables), format, &path),
                    None => save_workbook(&tables, &path).map(|_| ()),
                }
            };
            cx.command("Saving the journey", "", work, move |cx, result| match result {
                Ok(()) => cx.notices.tell(Tone::Good, "The journey was saved", shown, None),
                Err(error) => cx.notices.failed("The journey was not saved", &error),
            });
        });
    }
}
