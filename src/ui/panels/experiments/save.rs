//! The result of an experiment as files: a page for the document, a list of its figures.

use std::sync::Arc;

use egui::Ui;

use super::read::Reading;
use crate::jobs::Progress;
use crate::ops::experiments::page;
use crate::report::table_export::{TABLE_FORMATS, TableFormat};
use crate::report::{FORMATS, Format};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::settings::short_path;
use crate::ui::shop::Home;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::Button;
use crate::ui::widgets::menu::{menu_item, menu_of};

/// The button with its menu.
pub fn menu(cx: &mut Cx, ui: &mut Ui, reading: &Arc<Reading>) {
    let button = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
    menu_of(&button, |ui| {
        for format in FORMATS {
            let words = format!("Page as {}…", format.title());
            if menu_item(ui, &words, Some(icons::DOCUMENT), None, false).clicked() {
                save_page(cx, reading, *format);
            }
        }
        for format in TABLE_FORMATS {
            let words = format!("Figures as {}…", format.title());
            if menu_item(ui, &words, Some(icons::TABLE), None, false).clicked() {
                save_figures(cx, reading, *format);
            }
        }
    });
}

fn name(reading: &Reading) -> String {
    reading.of.experiment.name.replace(['/', '\\', ':'], " ")
}

fn save_page(cx: &mut Cx, reading: &Arc<Reading>, format: &'static dyn Format) {
    let (name, extension, reading) = (name(reading), format.extension(), Arc::clone(reading));
    cx.ask_save(Ask::Save { name: format!("{name}.{extension}"), extension }, move |cx, path| {
        let shown = short_path(&path);
        let work =
            move |_: &mut Home, _: &Progress| crate::ops::document::save(&page::page(&reading.of), format, &path);
        cx.command("Saving the page", "", work, move |cx, result| match result {
            Ok(()) => {
                cx.notices.tell(Tone::Good, "Page saved", shown, None);
            }
            Err(error) => cx.notices.failed("The page was not saved", &error),
        });
    });
}

fn save_figures(cx: &mut Cx, reading: &Arc<Reading>, format: &'static dyn TableFormat) {
    let (name, extension, reading) = (name(reading), format.extension(), Arc::clone(reading));
    cx.ask_save(Ask::Save { name: format!("{name}.{extension}"), extension }, move |cx, path| {
        let shown = short_path(&path);
        let work = move |_: &mut Home, _: &Progress| page::save_list(&reading.of, &path, format);
        cx.command("Saving the figures", "rows", work, move |cx, result| match result {
            Ok(written) => {
                let title = format!("{} saved", locale::counted(written.rows, "row", "rows"));
                cx.notices.tell(Tone::Good, title, shown, None);
            }
            Err(error) => cx.notices.failed("The figures were not saved", &error),
        });
    });
}
