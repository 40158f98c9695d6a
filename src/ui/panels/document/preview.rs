//! The document as it will be printed, beside the form or over the whole page. It is made on the session's thread, set
//! in pages on another, and kept for as long as nothing that it rests on changes.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use egui::{Align, ColorImage, Frame, Layout, Ui};

use super::wanted::PAPERS;
use crate::model::{Day, Definitions};
use crate::ops::document::{SECTIONS, Wanted};
use crate::report::document::Paper;
use crate::report::pdf::Compiled;
use crate::report::{Document, glyphs};
use crate::ui::cx::{Cx, counted};
use crate::ui::slot::{Same, Slot, View};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::pages::{Paged, Pages};
use crate::ui::widgets::{Button, remark, say, segmented, states};

/// What the document depends on: the state of the data and of what is edited, what words mean, the day, what is wanted.
type Made = (u64, u64, Definitions, Day, Wanted);

/// A document set in pages.
struct Set {
    compiled: Compiled,
    paper: Paper,
    /// Characters that the font of the pages lacks.
    missing: String,
}

impl Set {
    fn of(document: &Document) -> Result<Self> {
        let missing = glyphs::missing(document).into_iter().take(12).collect();
        Ok(Self { compiled: Compiled::new(document)?, paper: document.look.paper, missing })
    }
}

impl Paged for Set {
    fn count(&self) -> usize {
        self.compiled.count()
    }

    fn size(&self) -> (f32, f32) {
        match self.paper {
            Paper::A4 => (595.0, 842.0),
            Paper::Letter => (612.0, 792.0),
        }
    }

    fn draw(&self, page: usize, pixels: f32) -> Result<ColorImage> {
        let raster = self.compiled.page(page, f64::from(pixels)).ok_or_else(|| anyhow!("there is no such page"))?;
        let size = [raster.width as usize, raster.height as usize];
        Ok(ColorImage::from_rgba_premultiplied(size, &raster.rgba))
    }
}

/// A document on view.
pub struct Preview {
    made: Slot<Made, Arc<Document>>,
    set: Slot<Same<Document>, Arc<Set>>,
    pages: Pages<Set>,
    /// The section on view, so that another begins with its first page.
    section: Option<String>,
}

impl Default for Preview {
    fn default() -> Self {
        Self {
            made: Slot::new("Writing the document"),
            set: Slot::new("Setting the pages"),
            pages: Pages::default(),
            section: None,
        }
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
        let known = section.filter(|key| SECTIONS.iter().any(|(one, _)| one == key)).map(str::to_owned);
        if self.section != known {
            self.section.clone_from(&known);
            self.pages.to_first();
        }
        let wanted = Wanted { sections: known.into_iter().collect(), ..shop.handed.wanted.clone() };
        self.show(cx, ui, wanted);
    }

    /// Over the whole page: what was chosen of it.
    pub fn whole(&mut self, cx: &Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        self.show(cx, ui, shop.handed.wanted.clone());
    }

    fn show(&mut self, cx: &Cx, ui: &mut Ui, wanted: Wanted) {
        self.ask(cx, wanted);
        let t = theme::of(ui);
        let frame = Frame::new().fill(t.surface.raised).corner_radius(theme::corner(t.radius().large));
        frame.inner_margin(t.space().x3).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let made = match self.made.view() {
                View::Ready(_) => None,
                View::Working(step, old) => Some(Ok((step, old.is_some()))),
                View::Failed(why) => Some(Err(why)),
                View::TooLittle(missing) => Some(Err(format!("There are no {} yet", missing.what))),
            };
            let set = match self.set.view() {
                View::Working(step, None) if self.made.latest().is_some() => Some(Ok((step, false))),
                View::Failed(why) => Some(Err(why)),
                _ => None,
            };
            match made.or(set) {
                Some(Err(why)) => self.failed(ui, why),
                Some(Ok((step, false))) => {
                    if states::working(ui, &step, "") {
                        self.made.stop();
                        self.set.stop();
                    }
                }
                _ => {
                    let Some((_, set)) = self.set.latest().map(|(key, set)| (key.clone(), set.clone())) else { return };
                    if !set.missing.is_empty() {
                        remark(ui, missing(&set.missing));
                    }
                    self.pages.show(cx, ui, &set);
                }
            }
        });
    }

    fn failed(&mut self, ui: &mut Ui, why: String) {
        remark(ui, why);
        if ui.add(Button::new("Try again").icon(icons::REFRESH)).clicked() {
            self.made.clear();
            self.set.clear();
        }
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
        let Some((_, document)) = self.made.latest() else { return };
        let document = document.clone();
        self.set.ask(Same(document.clone()), || cx.compute(move |_| Ok(Ok(Arc::new(Set::of(&document)?)))));
    }
}

fn missing(characters: &str) -> String {
    let count = characters.chars().count() as u64;
    format!(
        "The font of the pages lacks {} ({characters}); HTML, Markdown and Word keep them",
        counted(count, "character", "characters")
    )
}
