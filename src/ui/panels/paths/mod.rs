//! Product paths: what buyers bought first, second and third, and which first product brings them back.

mod picture;
mod returning;
mod walked;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use self::returning::Returning;
use self::walked::Walked;
use super::{Panel, PanelId, draw_empty, draw_slot, draw_waiting};
use crate::analytics::paths::{By, Next, Paths, Pick, Settings, paths};
use crate::analytics::rules::Picked;
use crate::model::Dataset;
use crate::ops::paths::PathNames;
use crate::ui::cx::{Cx, MemberFilter, counted};
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::form::choice;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, scrolled, segmented, text};

/// Least heights of the picture and of the table below it.
const PICTURE: f32 = 280.0;
const TABLE: f32 = 260.0;
/// Things told apart: as many as there are colours.
const TOP: usize = 7;
/// Days within which a next order may be looked for.
const WITHIN: [i32; 5] = [30, 60, 90, 180, 365];

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// Paths as a picture and a list.
    #[default]
    Walked,
    /// First products by how many came back.
    Returning,
}

/// Paths with the names of what they pass.
pub struct Named {
    /// The paths.
    pub found: Arc<Paths>,
    /// The names.
    pub names: PathNames,
}

impl Named {
    /// A station of a path in words; `order` counts from 0.
    fn station(&self, next: Next, order: usize) -> String {
        match next {
            Next::Thing(thing) => self.names.things.get(usize::from(thing)).cloned().unwrap_or_default(),
            Next::Stopped => format!("No {} order", ordinal(order)),
            Next::Open => format!("No {} order yet", ordinal(order)),
        }
    }

    /// What a pick is called, and how many buyers it has.
    fn called(&self, pick: Pick) -> Option<(String, u64)> {
        match pick {
            Pick::Path(at) => {
                let path = self.found.paths.get(at)?;
                let stations = path.stations.iter().enumerate().map(|(order, next)| self.station(*next, order));
                Some((stations.collect::<Vec<_>>().join(", then "), path.buyers))
            }
            Pick::Band { step, from, to } => {
                let one = self.found.steps.get(step)?;
                let place = one.places.get(usize::from(from))?;
                let buyers = match to {
                    Next::Thing(to) => *one.counts.get(usize::from(from))?.get(usize::from(to))?,
                    Next::Stopped => place.stopped,
                    Next::Open => place.open,
                };
                let order = text::capital(ordinal(step));
                let words = [self.station(Next::Thing(from), step), self.station(to, step + 1)];
                Some((format!("{order} order {}, then {}", words[0], words[1]), buyers))
            }
            Pick::First(at) => {
                let first = self.found.first.get(at)?;
                Some((format!("First order {}", self.names.first.get(at)?), first.buyers))
            }
        }
    }
}

/// `first`, `second` …; `order` counts from 0.
fn ordinal(order: usize) -> &'static str {
    ["first", "second", "third", "fourth"].get(order).copied().unwrap_or("next")
}

/// The page and what it remembers.
pub struct PathsPage {
    /// What the user chose; `None` = categories, where the shop has any.
    by: Option<By>,
    within: i32,
    view: View,
    /// What was clicked, in these paths.
    chosen: Option<(Same<Paths>, Pick)>,
    walked: Walked,
    returning: Returning,
    found: Slot<(TableKey, Settings), Arc<Paths>>,
    named: Slot<Same<Paths>, Arc<Named>>,
}

impl Default for PathsPage {
    fn default() -> Self {
        Self {
            by: None,
            within: Settings::default().within,
            view: View::default(),
            chosen: None,
            walked: Walked::default(),
            returning: Returning::default(),
            found: Slot::new("Following the buyers"),
            named: Slot::new("Reading the names"),
        }
    }
}

impl Panel for PathsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.named.latest().map(|(_, named)| named.clone());
        page_header(ui, "Product paths", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "This table as") {
                    self.ask_for(target);
                }
            });
        });
        if empty {
            let words = "They show what is bought after what, and what brings buyers back";
            return draw_empty(ui, cx, icons::PATHS, "No product paths yet", words);
        }
        let Some(data) = shop.data().cloned() else { return draw_waiting(ui, cx) };
        self.ask(cx, &data);
        let about = ("Too little data for product paths", "Paths need customers who ordered by the as-of date");
        let found = self.found.view();
        let stop = draw_slot(ui, cx, found, about, |ui, cx, found| {
            let named = self.named.latest().filter(|(key, _)| Arc::ptr_eq(&key.0, found));
            if let Some(named) = named.map(|(_, named)| named.clone()) {
                self.ready(cx, ui, &named);
            }
        });
        if stop {
            self.found.stop();
        }
    }
}

fn line(named: Option<&Named>) -> String {
    let Some(Named { found, .. }) = named else { return "What buyers bought first, second and third".into() };
    let buyers = counted(found.buyers, "buyer", "buyers");
    format!("{buyers} up to {}, by what most was paid for in each order", locale::date(found.as_of))
}

impl PathsPage {
    fn ask_for(&mut self, target: Target) {
        match self.view {
            View::Walked => self.walked.ask_for(target),
            View::Returning => self.returning.ask_for(target),
        }
    }

    /// Asks for the paths, then for the names of what they pass.
    fn ask(&mut self, cx: &Cx, data: &Arc<Dataset>) {
        let Some(shop) = &cx.shop else { return };
        let Some((key, _, _)) = shop.segments_with_data() else { return };
        let (as_of, definitions) = (key.as_of, shop.facts.definitions.clone());
        let has_categories = || data.products.category.iter().any(|category| *category > 0);
        let by = self.by.unwrap_or_else(|| if has_categories() { By::Category } else { By::Product });
        let (settings, shared) = (Settings { by, top: TOP, within: self.within, ..Settings::default() }, data.clone());
        self.found.ask((shop.table_key(), settings), || {
            cx.compute(move |progress| Ok(paths(&shared, &definitions, as_of, settings, progress)?.map(Arc::new)))
        });
        let Some((_, found)) = self.found.latest() else { return };
        let found = found.clone();
        self.named.ask(Same(found.clone()), || {
            cx.from_session(move |home, _| {
                let names = home.session()?.path_names(&found)?;
                Ok(Ok(Arc::new(Named { found, names })))
            })
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, named: &Arc<Named>) {
        let t = theme::of(ui);
        if self.chosen.as_ref().is_some_and(|(of, _)| !Arc::ptr_eq(&of.0, &named.found)) {
            self.chosen = None;
        }
        scrolled(ui, t.space().x4, |ui| {
            self.controls(cx, ui, named);
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let room = ui.available_height() - t.stroke().hairline;
            let (area, _) = ui.allocate_exact_size(vec2(width, room.max(PICTURE + gap + TABLE)), Sense::hover());
            let (chosen, entered) = match self.view {
                View::Walked => {
                    let tall = (area.height() * 0.55).round().clamp(PICTURE, area.height() - gap - TABLE);
                    let band = picture::show(cx, ui, named, area.with_max_y(area.top() + tall));
                    let below = area.with_min_y(area.top() + tall + gap);
                    let (row, entered) = self.walked.show(cx, ui, named, below);
                    (band.or(row), entered)
                }
                View::Returning => self.returning.show(cx, ui, named, area),
            };
            if let Some(pick) = chosen {
                self.chosen = Some((Same(named.found.clone()), pick));
            }
            if let Some(pick) = entered {
                open(cx, named, pick);
            }
            ui.advance_cursor_after_rect(Rect::from_min_size(area.left_bottom(), vec2(0.0, 0.0)));
        });
    }

    /// What is shown, by what, within which time; and the way to the customers of what was clicked.
    fn controls(&mut self, cx: &mut Cx, ui: &mut Ui, named: &Named) {
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space().x2;
            let views = [(View::Walked, "Paths"), (View::Returning, "What brings them back")];
            if segmented(ui, "What is shown", &views, &mut self.view) {
                self.chosen = None;
            }
            let words = |by: By| format!("By {}", by.word());
            let shown = words(self.by.unwrap_or(named.found.settings.by));
            if let Some(i) = choice(ui, "Grouped by", 150.0, &shown, &By::ALL.map(words)) {
                self.by = Some(By::ALL[i]);
            }
            let words = |days: i32| format!("Within {days} days");
            let shown = words(self.within);
            if let Some(i) = choice(ui, "Time for the next order", 150.0, &shown, &WITHIN.map(words)) {
                self.within = WITHIN[i];
            }
            let Some(pick) = self.chosen.as_ref().map(|(_, pick)| *pick) else { return };
            let Some((name, buyers)) = named.called(pick) else { return };
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(layout, |ui| {
                let words = counted(buyers, "customer", "customers");
                let open_them = format!("Show {words}");
                if ui.add(Button::outline(&open_them).icon(icons::ARROW_RIGHT)).on_hover_text(&name).clicked() {
                    open(cx, named, pick);
                }
            });
        });
    }
}

/// Shows the customers of a row or band in their list.
fn open(cx: &mut Cx, named: &Named, pick: Pick) {
    let Some((name, _)) = named.called(pick) else { return };
    let picked = Arc::new(Picked::new(name, named.found.picked(pick)));
    cx.members = MemberFilter { picked: Some(picked), ..MemberFilter::default() };
    cx.go(PanelId::Customers);
}
