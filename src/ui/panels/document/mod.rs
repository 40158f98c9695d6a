//! The document to hand over: a preview on paper, and its export.

mod paper;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Frame, ScrollArea, Ui, vec2};

use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::model::{Day, Definitions};
use crate::ops::document::Wanted;
use crate::report::{Document, FORMATS};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::settings::short_path;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, page_header};

/// Width of the paper on the screen.
const PAPER: f32 = 800.0;

/// What the document depends on: the state of the data and of what is edited, what words mean, the day.
type Key = (u64, u64, Definitions, Day);

/// The page and the document it shows.
pub struct DocumentPage {
    made: Slot<Key, Arc<Document>>,
}

impl Default for DocumentPage {
    fn default() -> Self {
        Self { made: Slot::new("Writing the document") }
    }
}

impl Panel for DocumentPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let line = format!("The framework, filled from your data as of {}", locale::date(shop.as_of()));
        let ready = self.made.latest().map(|(_, document)| document.clone()).filter(|_| !empty);
        page_header(ui, "Document", &line, |ui| {
            let Some(document) = ready else { return };
            let export = ui.add(Button::accent("Export document").icon(icons::DOWNLOAD).chevron());
            menu_of(&export, |ui| {
                for format in FORMATS {
                    if menu_item(ui, &format!("As {}…", format.title()), Some(icons::DOCUMENT), None, false).clicked()
                    {
                        export_document(cx, document.clone(), *format);
                    }
                }
            });
        });
        if empty {
            let words = "The framework is filled from the orders you import";
            return draw_empty(ui, cx, icons::DOCUMENT, "Nothing to write yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        self.ask(cx);
        let about = ("Too little data for the framework", "It needs at least one customer by the as-of date");
        let view = self.made.view();
        if draw_slot(ui, cx, view, about, |ui, _, document| sheet(ui, document)) {
            self.made.stop();
        }
    }
}

impl DocumentPage {
    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let as_of = shop.as_of();
        let key = (shop.data_key(), shop.facts.revision, shop.facts.definitions.clone(), as_of);
        self.made.ask(key, || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                Ok(match session.segments(Some(as_of), progress)? {
                    Ok(_) => Ok(Arc::new(session.framework_document(Some(as_of), &Wanted::default(), progress)?)),
                    Err(missing) => Err(missing),
                })
            })
        });
    }
}

fn sheet(ui: &mut Ui, document: &Document) {
    let t = theme::of(ui);
    let frame = Frame::new().fill(t.surface.raised).corner_radius(theme::corner(t.radius().large));
    frame.show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(t.space().x6);
            let width = PAPER.min(ui.available_width() - 2.0 * t.space().x6);
            let side = ((ui.available_width() - width) / 2.0).max(0.0).round();
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                let layout = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| paper::show(ui, document));
            });
            ui.add_space(t.space().x6);
        });
    });
}

fn export_document(cx: &mut Cx, document: Arc<Document>, format: &'static dyn crate::report::Format) {
    let name = cx.shop.as_ref().map_or("shop", |shop| shop.facts.name.as_str());
    let ask = Ask::Save { name: format!("{name} framework.{}", format.extension()), extension: format.extension() };
    cx.ask_save(ask, move |cx, path: PathBuf| {
        let shown = short_path(&path);
        cx.command(
            "Writing the document",
            "",
            move |_, _| crate::ops::document::save(&document, format, &path),
            move |cx, result| match result {
                Ok(()) => cx.notices.tell(Tone::Good, "Document written", shown, None),
                Err(error) => cx.notices.failed("The document was not written", &error),
            },
        );
    });
}
