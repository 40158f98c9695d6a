//! Where the user is in a workspace, kept with the settings: page, filters, as-of day, sort and scroll of tables.
//! Settings are written a moment after they changed, so that a kill costs a second at most.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::cx::Cx;
use super::panels::{PANELS, PanelId};
use super::settings::Settings;
use super::widgets::TableState;
use super::widgets::table::layout;
use super::worker::Task;
use crate::analytics::clv;
use crate::analytics::segments::Segment;
use crate::model::Day;

/// How many workspaces are remembered.
const BOOKMARKS: usize = 20;
/// Changes that follow each other faster than this are written together.
const QUIET: Duration = Duration::from_millis(500);

/// Where the user was in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// The workspace.
    pub path: PathBuf,
    /// Title of the page.
    pub page: String,
    /// Segment that customers are filtered by.
    pub segment: Option<Segment>,
    /// Country that customers are filtered by.
    pub country: Option<String>,
    /// What customers are searched for.
    pub search: String,
    /// Wound back to this day.
    pub as_of: Option<Day>,
    /// Compared with this day.
    pub compared_with: Option<Day>,
    /// What is asked of the models of lifetime value, where it is not the usual.
    pub foretold: Option<Foretold>,
    /// Tables by name.
    pub tables: BTreeMap<String, TablePlace>,
}

/// Model, time ahead and discount of lifetime value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foretold {
    /// Key of the model.
    pub model: String,
    /// Days ahead.
    pub days: u32,
    /// What money loses in a year, thousandths.
    pub discount: u32,
}

impl Foretold {
    fn of(settings: &clv::Settings) -> Option<Self> {
        let (days, discount) = (settings.horizon.round() as u32, (settings.discount * 1e3).round() as u32);
        let own = *settings != clv::Settings::default();
        own.then(|| Self { model: settings.model.key().to_owned(), days, discount })
    }

    fn settings(&self) -> clv::Settings {
        let usual = clv::Settings::default();
        let model = clv::Model::ALL.into_iter().find(|model| model.key() == self.model).unwrap_or(usual.model);
        let months = (f64::from(self.days) / clv::MONTH_DAYS).round().clamp(1.0, 120.0);
        let discount = f64::from(self.discount.min(1_000)) / 1e3;
        clv::Settings { model, horizon: months * clv::MONTH_DAYS, discount, ..usual }
    }
}

/// Where a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TablePlace {
    /// The first row on view.
    pub top: u64,
    /// Column that sorts, and whether downwards.
    pub sort: Option<(usize, bool)>,
}

/// The place of the open workspace, and what of it is not yet taken up again.
#[derive(Debug, Default)]
pub struct Tables {
    tables: BTreeMap<String, TablePlace>,
    waiting: BTreeMap<String, TablePlace>,
    country: Option<String>,
    as_of: Option<Day>,
    compared_with: Option<Day>,
}

impl Tables {
    /// Puts a table where it was when the workspace was open last. To be called before the table is drawn.
    pub fn restore(&mut self, name: &str, rows: u64, table: &mut TableState) {
        // Until the rows are there, nothing can be scrolled.
        if rows == 0 {
            return;
        }
        let Some(place) = self.waiting.get(name).copied() else { return };
        if table.sort != place.sort && place.sort.is_some() {
            table.sort = place.sort;
            return;
        }
        self.waiting.remove(name);
        table.scroll_to(place.top);
    }

    /// Notes where a table stands. To be called after it was drawn.
    pub fn note(&mut self, name: &str, table: &TableState) {
        if !self.waiting.contains_key(name) {
            self.tables.insert(name.to_owned(), TablePlace { top: table.top(), sort: table.sort });
        }
    }

    /// Forgets where tables stand.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Writing of settings, a moment after they changed.
#[derive(Default)]
pub struct Keeper {
    kept: Settings,
    wanted: Settings,
    changed: Option<Instant>,
    task: Option<Task<()>>,
}

impl Keeper {
    /// For settings that were just read.
    pub fn of(settings: &Settings) -> Self {
        Self { kept: settings.clone(), wanted: settings.clone(), changed: None, task: None }
    }
}

impl Cx {
    /// Goes back to where the user was in the open workspace.
    pub(super) fn restore_bookmark(&mut self) {
        self.tables.clear();
        let Some(shop) = &mut self.shop else { return };
        let Some(place) = self.settings.bookmarks.iter().find(|place| place.path == shop.path).cloned() else { return };
        if let Some(foretold) = &place.foretold {
            shop.lifetime.settings = foretold.settings();
        }
        if let Some(panel) = PANELS.iter().find(|panel| panel.title == place.page) {
            self.page = panel.id;
        }
        self.members.segment = place.segment;
        self.members.search = place.search;
        self.tables = Tables {
            tables: place.tables.clone(),
            waiting: place.tables,
            country: place.country,
            as_of: place.as_of,
            compared_with: place.compared_with,
        };
    }

    /// What can only be taken up again once the orders are there.
    fn restore_from_data(&mut self) {
        let Some(shop) = &mut self.shop else { return };
        let Some(data) = shop.data().cloned() else { return };
        if let Some(day) = self.tables.as_of.take() {
            shop.wind_to(day);
        }
        if let Some(day) = self.tables.compared_with.take() {
            shop.compare_with(Some(day));
        }
        if let Some(country) = self.tables.country.take() {
            let label = data.labels.iter().position(|label| *label == country);
            self.members.country = label.and_then(|label| u32::try_from(label).ok());
        }
    }

    fn bookmark(&self) -> Option<Bookmark> {
        let shop = self.shop.as_ref()?;
        let page = PANELS.iter().find(|panel| panel.id == self.page)?;
        let label = |label: u32| shop.data()?.labels.get(label as usize).map(ToString::to_string);
        Some(Bookmark {
            path: shop.path.clone(),
            page: page.title.to_owned(),
            segment: self.members.segment,
            country: self.members.country.and_then(label).or_else(|| self.tables.country.clone()),
            search: self.members.search.clone(),
            as_of: shop.wound_to.or(self.tables.as_of),
            compared_with: shop.second.day.or(self.tables.compared_with),
            foretold: Foretold::of(&shop.lifetime.settings),
            tables: self.tables.tables.clone(),
        })
    }

    /// Keeps the settings and the place of the open workspace on disk, off the window's thread.
    pub(super) fn keep_settings(&mut self) {
        self.restore_from_data();
        self.note_bookmark();
        let keeper = &mut self.keeper;
        match keeper.task.as_ref().map(Task::poll) {
            Some(None) => return,
            Some(Some(Err(error))) => {
                self.notices.failed("Settings were not saved", &error);
                keeper.task = None;
            }
            Some(Some(Ok(()))) => keeper.task = None,
            None => {}
        }
        if self.settings == keeper.kept {
            keeper.changed = None;
            return;
        }
        if self.settings != keeper.wanted || keeper.changed.is_none() {
            keeper.wanted = self.settings.clone();
            keeper.changed = Some(Instant::now());
        }
        // Only what changes with every turn of the wheel waits for quiet.
        let known = Settings {
            bookmarks: self.settings.bookmarks.clone(),
            window: self.settings.window,
            ..keeper.kept.clone()
        };
        if known == self.settings && keeper.changed.is_some_and(|at| at.elapsed() < QUIET) {
            self.ctx.request_repaint_after(QUIET);
            return;
        }
        keeper.kept = self.settings.clone();
        let (settings, file) = (self.settings.clone(), self.places.settings.clone());
        keeper.task = Some(self.files.run(move |(), _| settings.save(&file)));
    }

    /// Writes what is not yet written; at the end, when nobody waits for a frame.
    pub fn flush_settings(&mut self) {
        self.note_bookmark();
        if self.settings != self.keeper.kept {
            // Nobody is left to be told if this fails.
            let _ = self.settings.save(&self.places.settings);
            self.keeper = Keeper::of(&self.settings);
        }
    }

    fn note_bookmark(&mut self) {
        let Some(here) = self.bookmark() else { return };
        let bookmarks = &mut self.settings.bookmarks;
        if bookmarks.first() != Some(&here) {
            bookmarks.retain(|known| known.path != here.path);
            bookmarks.insert(0, here);
            bookmarks.truncate(BOOKMARKS);
        }
    }

    /// Puts everything back where it is in a new window.
    pub fn reset_layout(&mut self) {
        self.settings.bookmarks.clear();
        self.settings.window = None;
        self.set_zoom(100);
        self.tables.clear();
        layout::reset_all(&self.ctx);
        self.members = Default::default();
        self.page = PanelId::Segments;
        self.unwind();
        self.renew_pages = true;
        self.window_reset = true;
    }
}
