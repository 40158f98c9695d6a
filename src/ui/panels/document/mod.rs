//! The document to hand over: a preview on paper, and its export.

mod paper;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Frame, ScrollArea, Ui, vec2};

use super::{Panel, draw_empty, draw_slot};
use crate::analytics::segments::SegmentTable;
use crate::framework::fill::{Profile, SegmentsInput, segments_document};
use crate::ops::document;
use crate::report::{Document, FORMATS};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::settings::short_path;
use crate::ui::shop::{Shop, Snapshot};
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, page_header};

/// Width of the paper on the screen.
const PAPER: f32 = 800.0;

/// The page and the document it shows.
#[derive(Default)]
pub struct DocumentPage {
    made: Option<(Arc<SegmentTable>, u64, Arc<Document>)>,
}

impl Panel for DocumentPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let line = format!("Section 1 of the framework, filled from your data as of {}", locale::date(shop.as_of()));
        let ready = self.made.as_ref().map(|(_, _, document)| document.clone()).filter(|_| !empty);
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
        let Some(view) = cx.shop.as_ref().map(Shop::segments_view) else { return };
        let about = ("Too little data for section 1", "It needs at least one customer by the as-of date");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, table| self.ready(cx, ui, table));
        if let (true, Some(shop)) = (stop, &mut cx.shop) {
            shop.stop();
        }
    }
}

impl DocumentPage {
    fn ready(&mut self, cx: &Cx, ui: &mut Ui, table: &Arc<SegmentTable>) {
        let Some(shop) = &cx.shop else { return };
        let stale =
            |(of, version, _): &(Arc<SegmentTable>, u64, _)| !Arc::ptr_eq(of, table) || *version != shop.version;
        if self.made.as_ref().is_none_or(stale) {
            self.made = Some((table.clone(), shop.version, Arc::new(write(&shop.facts, table))));
        }
        let Some((_, _, document)) = &self.made else { return };
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
}

fn write(facts: &Snapshot, table: &SegmentTable) -> Document {
    let zone = facts.definitions.zone;
    let imports: Vec<_> = facts.imports.iter().rev().map(|import| document::imported_file(import, zone)).collect();
    segments_document(&SegmentsInput {
        profile: &Profile { company: facts.name.clone(), ..Profile::default() },
        table,
        definitions: &facts.definitions,
        focus: &facts.focus,
        filter: "",
        imports: &imports,
        sample: facts.sample,
    })
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
