//! The document as it will be printed, beside the form or over the whole page. It is made on the session's thread and
//! kept for as long as nothing that it rests on changes.

use std::sync::Arc;

use egui::{Align, Frame, Layout, ScrollArea, Ui, vec2};

use super::paper;
use super::wanted::PAPERS;
use crate::model::{Day, Definitions};
use crate::ops::document::{SECTIONS, Wanted};
use crate::report::Document;
use crate::ui::cx::Cx;
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{remark, say, segmented, states};

/// Width of the paper on the screen.
const PAPER: f32 = 800.0;

/// What the document depends on: the state of the data and of what is edited, what words mean, the day, what is wanted.
type Made = (u64, u64, Definitions, Day, Wanted);

/// A document on view.
pub struct Preview {
    made: Slot<Made, Arc<Document>>,
}

impl Default for Preview {
    fn default() -> Self {
        Self { made: Slot::new("Writing the document") }
    }
}

impl Preview {
    /// Beside the form: one section of the document.
    pub fn beside(&mut self, cx: &mut Cx, ui: &mut Ui, section: Option<&str>) {
        let Some(shop) = &mut cx.shop else { return };
        ui.horizontal(|ui| {
            say(ui, Type::Emphasis, "Document");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                segmented(ui, "Paper of the preview", &PAPERS, &mut shop.handed.wanted.look.paper);
            });
        });
        let known = section.filter(|key| SECTIONS.iter().any(|(one, _)| one == key));
        let sections = known.map_or_else(Vec::new, |key| vec![key.to_owned()]);
        let wanted = Wanted { sections, ..shop.handed.wanted.clone() };
        self.show(cx, ui, wanted);
    }

    /// Over the whole page: what was chosen of it.
    pub fn whole(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let wanted = shop.handed.wanted.clone();
        self.show(cx, ui, wanted);
    }

    fn show(&mut self, cx: &Cx, ui: &mut Ui, wanted: Wanted) {
        self.ask(cx, wanted);
        let t = theme::of(ui);
        let frame = Frame::new().fill(t.surface.raised).corner_radius(theme::corner(t.radius().large));
        frame.inner_margin(t.space().x3).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            match self.made.view() {
                View::Ready(document) | View::Working(_, Some(document)) => sheet(ui, &document),
                View::Working(step, None) => {
                    if states::working(ui, &step, "") {
                        self.made.stop();
                    }
                }
                View::Failed(why) => {
                    remark(ui, why);
                }
                View::TooLittle(missing) => {
                    remark(ui, format!("There are no {} yet", missing.what));
                }
            }
        });
    }

    fn ask(&mut self, cx: &Cx, wanted: Wanted) {
        let Some(shop) = &cx.shop else { return };
        if shop.data().is_none() {
            return;
        }
        let as_of = shop.as_of();
        let key = (shop.data_key(), shop.facts.revision, shop.facts.definitions.clone(), as_of, wanted.clone());
        self.made.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(Ok(Arc::new(home.session()?.framework_document(Some(as_of), &wanted, progress)?)))
            })
        });
    }
}

fn sheet(ui: &mut Ui, document: &Document) {
    let t = theme::of(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = PAPER.min(ui.available_width() - t.space().x2);
        let side = ((ui.available_width() - width) / 2.0).max(0.0).round();
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            let layout = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| paper::show(ui, document));
        });
    });
}
