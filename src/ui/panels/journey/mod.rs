//! Journey: what is done at each touchpoint and what the data say about it, who came how far, where customers meet the
//! shop, and what contents follow the person. What is changed is saved at once, every change a step that can be undone.

mod cell;
pub mod data;
mod export;
mod found;
mod funnel;
mod matrix;
mod picture;
mod places;
mod saved;
mod table;

use std::sync::Arc;

use egui::Ui;

use self::cell::Seen;
use self::data::{COLOURS, Colour};
use self::found::People;
use self::matrix::Opened;
use self::saved::{Editing, Saved};
use self::table::{Sheet, Written};
use super::{Panel, draw_slot};
use crate::analytics::journey::{By, State};
use crate::model::journey::{FEELINGS, FIELDS, Level, Linked, STAGES, Stage, Status};
use crate::model::{Currency, Segment};
use crate::ops::journey::Filters;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Theme, icons};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, TableState, card, choice, page_header, scrolled, segmented};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Matrix,
    Funnel,
    Channels,
    Content,
}

const TABS: [(Tab, &str); 4] = [
    (Tab::Matrix, "Matrix"),
    (Tab::Funnel, "Funnel"),
    (Tab::Channels, "Omnichannel"),
    (Tab::Content, "Dynamic content"),
];

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    Cell(String),
    Lanes(Stage),
}

/// What can be linked to a touchpoint, with names for people.
#[derive(Default)]
struct Linkable {
    links: Vec<Linked>,
    names: Vec<String>,
}

/// The page and what it remembers.
#[derive(Default)]
pub struct JourneyPage {
    tab: Tab,
    saved: Saved,
    found: found::Found,
    colour: Colour,
    /// The matrix as a table to write into.
    as_table: bool,
    lanes: bool,
    chosen: Option<(usize, usize)>,
    open: Option<Open>,
    sheets: [Written; 3],
    filters: Filters,
    by: By,
    funnel: TableState,
    /// Where the matrix was drawn, for its picture.
    drawn: Option<egui::Rect>,
}

impl Panel for JourneyPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        self.saved.follow(&shop.facts);
        self.show(cx, ui);
        self.saved.keep(cx, ui);
    }
}

impl JourneyPage {
    fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        self.header(cx, ui);
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            segmented(ui, "Part of the journey", &TABS, &mut self.tab);
            ui.add_space(t.space().x3);
            match self.tab {
                Tab::Matrix if self.as_table => places::hint(ui),
                Tab::Matrix => self.filter(ui),
                Tab::Funnel => {
                    let by = By::ALL.map(|by| (by, by.name()));
                    if segmented(ui, "People by", &by, &mut self.by) {
                        self.funnel = TableState::default();
                    }
                    self.filter(ui);
                }
                Tab::Channels | Tab::Content => places::hint(ui),
            }
        });
        if self.tab == Tab::Matrix && !self.as_table {
            ui.horizontal(|ui| self.matrix_tools(ui));
        }
        ui.add_space(t.space().x2);
        self.found.ask(cx, &self.filters);
        match self.tab {
            Tab::Matrix if self.as_table => self.table(ui),
            Tab::Matrix => self.matrix(ui),
            Tab::Funnel => self.people(cx, ui),
            Tab::Channels => places::channels(ui, &mut self.saved.channels.value, &mut self.sheets[1], &self.found),
            Tab::Content => places::contents(ui, &mut self.saved.contents.value, &mut self.sheets[2], &self.found),
        }
        self.drawer(cx, ui);
    }

    fn header(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let known = cx.shop.as_ref().is_some_and(|shop| !shop.is_empty());
        let line = match self.found.journey().filter(|_| known).map(|journey| journey.period) {
            Some((from, to)) => format!(
                "What is done at each touchpoint, and what the data say about it, {} – {}",
                locale::date(from),
                locale::date(to)
            ),
            None => "What is done at each touchpoint, and what the data say about it".to_owned(),
        };
        page_header(ui, "Journey", &line, |ui| {
            self.export_menu(cx, ui);
            if self.tab == Tab::Matrix {
                let (words, icon) =
                    if self.as_table { ("Edit as matrix", icons::RFM) } else { ("Edit as table", icons::TABLE) };
                if ui.add(Button::new(words).icon(icon)).clicked() {
                    self.as_table = !self.as_table;
                }
                let add = ui.add(Button::plain("Touchpoint").icon(icons::ADD).chevron().named("Add a touchpoint"));
                menu_of(&add, |ui| self.add_menu(ui));
            }
        });
    }

    /// Adds an own touchpoint to a stage, or shows a hidden one again.
    fn add_menu(&mut self, ui: &mut Ui) {
        let matrix = &mut self.saved.matrix.draft.value;
        for stage in STAGES {
            if menu_item(ui, &format!("New in {}", stage.name()), Some(icons::ADD), None, false).clicked() {
                let id = matrix.add(stage, "New touchpoint");
                self.open = Some(Open::Cell(id));
            }
        }
        let hidden: Vec<(String, String)> = matrix
            .cells()
            .filter(|(_, cell)| cell.hidden)
            .map(|(_, cell)| (cell.id.clone(), cell.name.clone()))
            .collect();
        for (id, name) in hidden {
            if menu_item(ui, &format!("Show {name} again"), Some(icons::EYE), None, false).clicked()
                && let Some(cell) = matrix.cell_mut(&id)
            {
                cell.hidden = false;
            }
        }
    }

    /// Of whom figures are told.
    fn filter(&mut self, ui: &mut Ui) {
        let names = std::iter::once("All segments").chain(Segment::ALL.into_iter().map(Segment::name));
        let names: Vec<String> = names.map(str::to_owned).collect();
        let shown = self.filters.segment.map_or("All segments", Segment::name);
        if let Some(n) = choice(ui, "Segment", 150.0, shown, &names) {
            self.filters.segment = n.checked_sub(1).and_then(|n| Segment::ALL.get(n).copied());
        }
        let devices = self.found.base().map(|base| base.devices()).unwrap_or_default();
        if devices.is_empty() {
            return;
        }
        let names: Vec<String> = std::iter::once("All devices".to_owned()).chain(devices).collect();
        let shown = self.filters.device.clone().unwrap_or_else(|| names[0].clone());
        if let Some(n) = choice(ui, "Device", 130.0, &shown, &names) {
            self.filters.device = (n > 0).then(|| names[n].clone());
        }
    }

    fn matrix_tools(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        segmented(ui, "Coloured by", &COLOURS, &mut self.colour);
        ui.add_space(t.space().x2);
        if let Some(journey) = self.found.journey() {
            for state in State::ALL {
                matrix::legend(ui, state, journey.count(state));
                ui.add_space(t.space().x1);
            }
        }
        let words = if self.lanes { "Hide needs and pains" } else { "Needs and pains" };
        if ui.add(Button::plain(words).icon(icons::EYE)).clicked() {
            self.lanes = !self.lanes;
        }
    }

    fn matrix(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        let stages = data::stages(
            &self.saved.matrix.draft.value,
            self.found.journey().map(|journey| journey.as_ref()),
            self.colour,
        );
        if let Some(why) = self.found.failure() {
            card(ui, |ui| crate::ui::widgets::remark(ui, why));
        }
        let opened = scrolled(ui, t.space().x4, |ui| {
            self.drawn = Some(ui.clip_rect());
            matrix::show(ui, &stages, &mut self.chosen, self.lanes)
        });
        match opened {
            Some(Opened::Cell(stage, at)) => {
                let cells = data::on_view(&self.saved.matrix.draft.value);
                self.open = cells.get(stage).and_then(|cells| cells.get(at)).map(|cell| Open::Cell(cell.id.clone()));
            }
            Some(Opened::Lanes(n)) => self.open = STAGES.get(n).copied().map(Open::Lanes),
            None => {}
        }
    }

    /// The matrix as a sheet to write into.
    fn table(&mut self, ui: &mut Ui) {
        let journey = self.found.journey().cloned();
        let matrix = &mut self.saved.matrix.draft.value;
        let mut groups = Vec::new();
        let mut known = Vec::new();
        let mut rows = Vec::new();
        for (stage, cells) in STAGES.into_iter().zip(&mut matrix.stages) {
            for cell in cells.iter_mut().filter(|cell| !cell.hidden) {
                groups.push(stage.name().to_owned());
                let evidence = journey.as_ref().and_then(|journey| journey.cell(&cell.id));
                known.push(evidence.map_or("", |evidence| evidence.state.name()).to_owned());
                rows.push(cell);
            }
        }
        let ids: Vec<String> = rows.iter().map(|cell| cell.id.clone()).collect();
        let sheet = Sheet {
            name: "Touchpoints",
            shown: &[("Data", 88.0, known)],
            fields: FIELDS,
            choices: &|key| match key {
                "level" => Some(Level::ALL.map(Level::name).to_vec()),
                "status" => Some(Status::ALL.map(Status::name).to_vec()),
                "feeling" => Some(FEELINGS.map(|(_, word)| word).to_vec()),
                _ => None,
            },
            groups: &groups,
            unless_typed: &|_, _| None,
        };
        let opened = places::framed(ui, |ui| sheet.show(ui, &mut self.sheets[0], &mut rows));
        if let Some(id) = opened.and_then(|row| ids.get(row)) {
            self.open = Some(Open::Cell(id.clone()));
        }
    }

    fn people(&mut self, cx: &mut Cx, ui: &mut Ui) {
        self.found.ask_people(cx, &self.filters, self.by);
        let about = ("Nobody came in the period", "It takes orders, events or touchpoints with a name or a visitor id");
        let state = &mut self.funnel;
        let stop = draw_slot(ui, cx, self.found.people(), about, |ui, cx, found: &Arc<People>| {
            scrolled(ui, theme::of(ui).space().x4, |ui| funnel::show(cx, ui, state, found));
        });
        if stop {
            self.found.stop();
        }
    }

    fn drawer(&mut self, cx: &Cx, ui: &Ui) {
        let closed = match self.open.clone() {
            None => return,
            Some(Open::Lanes(stage)) => cell::lanes(ui, &mut self.saved.matrix, stage),
            Some(Open::Cell(id)) => {
                let linkable = Linkable::of(cx);
                let journey = self.found.journey().cloned();
                let evidence = journey.as_ref().and_then(|journey| journey.cell(&id));
                let seen = Seen {
                    evidence,
                    currency: journey.as_ref().map_or(Currency::USD, |journey| journey.currency),
                    linkable: &linkable,
                };
                cell::show(ui, &mut self.saved.matrix, &id, &seen)
            }
        };
        if closed {
            self.open = None;
        }
    }
}

/// A disc that says how much is known: full, half full or empty.
pub fn mark(ui: &Ui, t: &Theme, middle: egui::Pos2, side: f32, known: State) {
    matrix::disc(ui, t, middle, (side, matrix::colours(known, t).0), known);
}

impl Linkable {
    /// What the open shop has planned.
    fn of(cx: &Cx) -> Self {
        let mut found = Self::default();
        let Some(shop) = &cx.shop else { return found };
        let facts = &shop.facts;
        let campaigns = facts.campaigns.iter().map(|saved| Linked::Campaign(saved.campaign.name.clone()));
        let sequences = facts.sequences.iter().map(|saved| Linked::Sequence(saved.sequence.name.clone()));
        let experiments = facts.experiments.iter().map(|saved| Linked::Experiment(saved.experiment.name.clone()));
        for link in campaigns.chain(sequences).chain(experiments) {
            found.names.push(format!("{}: {}", link.sort(), link.name()));
            found.links.push(link);
        }
        found
    }
}
