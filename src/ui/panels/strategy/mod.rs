//! The plans of the product and the marketing framework: what there is to do by phases with dates, owners and evidence;
//! what matters here; strategies, challenges and metrics beside what the data say; contents, case studies, the roadmap.
//! What is changed is saved at once, every change a step that can be undone.

mod board;
mod cases;
mod content;
mod dated;
mod found;
mod groups;
mod item;
mod line;
mod metrics;
mod saved;
mod sources;
mod strip;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use self::board::Board;
use self::found::Found;
use self::saved::Saved;
use super::{PANELS, Panel, PanelId};
use crate::framework::guide::evidence::Evidence;
use crate::framework::guide::{self, Guide, GuideList, ListKind};
use crate::model::{Day, MetricId};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::{
    Button, Field, TableState, page_header, remark, removable_chip, say, say_in, scrolled, segmented,
};

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// What is done when.
    Dated,
    /// What matters here.
    Focus,
    /// Strategies and challenges.
    Strategies,
    /// Metrics and where their data come from.
    Metrics,
    /// Case studies and reference customers.
    Cases,
    /// Stages of the customer's life.
    Lifecycle,
    /// Contents by stage and channel.
    Content,
    /// Features by stage.
    Roadmap,
}

/// Which framework a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Product,
    Marketing,
}

impl Of {
    fn guide(self) -> &'static Guide {
        match self {
            Self::Product => guide::product(),
            Self::Marketing => guide::marketing(),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Product => "Product plan",
            Self::Marketing => "Marketing plan",
        }
    }

    fn tabs(self) -> &'static [(Tab, &'static str)] {
        match self {
            Self::Product => &[
                (Tab::Dated, "Phases"),
                (Tab::Focus, "Focus"),
                (Tab::Strategies, "Strategies"),
                (Tab::Metrics, "Metrics and data"),
                (Tab::Cases, "Cases"),
            ],
            Self::Marketing => &[
                (Tab::Dated, "Checklist"),
                (Tab::Lifecycle, "Lifecycle"),
                (Tab::Content, "Content"),
                (Tab::Focus, "Market"),
                (Tab::Metrics, "Metrics and stack"),
                (Tab::Roadmap, "Roadmap"),
            ],
        }
    }

    /// Where a list stands: by its kind; of plans, those with days are what the first part is about.
    fn tab(self, list: &GuideList) -> Tab {
        match list.kind {
            ListKind::Plan if is_dated(list) => Tab::Dated,
            ListKind::Plan if self == Self::Marketing => Tab::Lifecycle,
            ListKind::Plan => Tab::Strategies,
            ListKind::Reading | ListKind::Rated => Tab::Focus,
            ListKind::Strategies | ListKind::Challenges if self == Self::Marketing => Tab::Focus,
            ListKind::Strategies | ListKind::Challenges => Tab::Strategies,
            ListKind::Metrics | ListKind::Integrations => Tab::Metrics,
            ListKind::Cases | ListKind::References => Tab::Cases,
            ListKind::Lifecycle | ListKind::Dimensions => Tab::Lifecycle,
            ListKind::Content => Tab::Content,
            ListKind::Roadmap => Tab::Roadmap,
        }
    }

    fn lists(self, tab: Tab) -> impl Iterator<Item = &'static GuideList> {
        self.guide().lists.iter().filter(move |list| self.tab(list) == tab)
    }
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    /// An item of the framework, by key.
    Item(String),
    /// A piece of content, by id.
    Content(String),
    /// A case study, by id.
    Case(String),
    /// A reference customer, by id.
    Reference(String),
    /// An outside source of data, by id.
    Source(String),
}

/// What was asked for on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Did {
    /// Open something in the drawer.
    Open(Open),
    /// Go to a page, there to a metric.
    Page(PanelId, Option<MetricId>),
    /// Done or not done.
    Tick(String),
    /// Rated 1–5, or not rated.
    Rate(String, Option<u8>),
    /// Put a card of the roadmap into another stage.
    Move(String, String),
}

/// What every part of a page needs to know.
struct Seen {
    as_of: Day,
    evidence: Arc<Evidence>,
    /// Why there are no answers, where there are none yet.
    waiting: Option<String>,
}

/// A page and what it remembers.
pub struct PlanPage {
    of: Of,
    /// The workspace that all of this is of.
    shop: PathBuf,
    tab: Tab,
    saved: Saved,
    found: Found,
    open: Option<Open>,
    /// The group that the dated list is narrowed to.
    phase: Option<usize>,
    board: Board,
    tables: BTreeMap<String, TableState>,
}

impl PlanPage {
    /// The page of the product framework.
    pub fn product() -> Self {
        Self::of(Of::Product)
    }

    /// The page of the marketing framework.
    pub fn marketing() -> Self {
        Self::of(Of::Marketing)
    }

    fn of(of: Of) -> Self {
        Self {
            of,
            shop: PathBuf::new(),
            tab: Tab::Dated,
            saved: Saved::default(),
            found: Found::default(),
            open: None,
            phase: None,
            board: Board::default(),
            tables: BTreeMap::new(),
        }
    }
}

impl Panel for PlanPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        if self.shop != shop.path {
            // What was changed in another workspace stays there.
            *self = Self { shop: shop.path.clone(), ..Self::of(self.of) };
        }
        self.saved.follow(&shop.facts);
        let (as_of, empty) = (shop.as_of(), shop.is_empty());
        self.found.ask(cx);
        let seen =
            Seen { as_of, evidence: self.found.evidence().unwrap_or_default(), waiting: self.found.waiting(empty) };
        self.show(cx, ui, &seen);
        self.saved.keep(cx, ui);
    }

    fn leave(&mut self, cx: &mut Cx) {
        if cx.shop.as_ref().is_some_and(|shop| shop.path == self.shop) {
            self.saved.leave(cx);
        }
    }
}

impl PlanPage {
    fn show(&mut self, cx: &mut Cx, ui: &mut Ui, seen: &Seen) {
        let t = theme::of(ui);
        page_header(ui, self.of.title(), &self.line(seen), |ui| self.actions(ui, seen));
        self.saved.typing.told(ui, "start");
        ui.horizontal(|ui| {
            if segmented(ui, "Part of the plan", self.of.tabs(), &mut self.tab) {
                self.open = None;
            }
            ui.add_space(t.space().x3);
            let words = match (self.tab, &seen.waiting) {
                (Tab::Roadmap, None) => {
                    "Drag a card, or choose it and press Ctrl and an arrow, to put it into another stage"
                }
                (_, Some(waiting)) => waiting,
                _ => "",
            };
            // In a narrow window the words end early rather than widen the page.
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            say_in(ui, Type::Caption, t.text.subdued, words);
        });
        ui.add_space(t.space().x2);
        let did = scrolled(ui, t.space().x4, |ui| {
            let did = self.tab(cx, ui, seen);
            ui.add_space(t.space().x2);
            did
        });
        for did in did.into_iter().chain(self.drawer(cx, ui, seen)) {
            self.take(cx, did);
        }
    }

    /// How far the dated part is, in words.
    fn line(&self, seen: &Seen) -> String {
        let items = self.of.lists(Tab::Dated).flat_map(|list| &list.groups).flat_map(|group| &group.items);
        let far = guide::done(self.saved.plan(), items, seen.as_of);
        let (done, all) = (locale::count(far.done as u64), locale::count(far.wanted() as u64));
        let late =
            if far.overdue > 0 { format!(", {} overdue", locale::count(far.overdue as u64)) } else { String::new() };
        format!("{done} of {all} done{late} on {}", locale::date(seen.as_of))
    }

    /// The first day, from which everything else is dated.
    fn actions(&mut self, ui: &mut Ui, seen: &Seen) {
        let of = self.of;
        let (plan, typing) = self.saved.fields();
        let start = match of {
            Of::Product => &mut plan.product_start,
            Of::Marketing => &mut plan.marketing_start,
        };
        if start.is_none() {
            let words = format!("Begin on {}", locale::date(seen.as_of));
            if ui.add(Button::accent(&words).icon(icons::CALENDAR)).clicked() {
                *start = Some(seen.as_of);
            }
        }
        let shown = start.map_or_else(String::new, locale::date);
        let field = Field::new("First day of the plan", 140.0).hint("no day yet").icon(icons::CALENDAR);
        if let Some(day) = typing.bare(ui, "start", field, shown, read::day) {
            *start = day;
        }
        say(ui, Type::Label, "First day");
    }

    fn tab(&mut self, cx: &mut Cx, ui: &mut Ui, seen: &Seen) -> Vec<Did> {
        let gap = theme::of(ui).shell().gutter;
        let mut did = Vec::new();
        if self.tab == Tab::Content {
            did.extend(content::show(ui, &mut self.saved, seen));
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
        for list in self.of.lists(self.tab) {
            let plan = self.saved.plan();
            let table = self.tables.entry(list.key.clone()).or_default();
            match list.kind {
                ListKind::Plan if is_dated(list) => {
                    strip::show(ui, list, plan, seen, &mut self.phase);
                    ui.add_space(gap - ui.spacing().item_spacing.y);
                    if let Some(group) = self.phase.and_then(|n| list.groups.get(n))
                        && removable_chip(ui, &group.title)
                    {
                        self.phase = None;
                    }
                    did.extend(dated::show(cx, ui, table, list, (plan, seen), self.phase));
                }
                ListKind::Metrics => did.extend(metrics::show(cx, ui, table, list, (plan, seen))),
                ListKind::Roadmap => did.extend(board::show(ui, &mut self.board, list, (plan, seen))),
                ListKind::Cases | ListKind::References => {
                    let open = self.open.clone();
                    did.extend(cases::show(cx, ui, table, list, (&mut self.saved, open.as_ref())));
                }
                _ => did.extend(groups::show(ui, list, plan, seen)),
            }
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
        if (self.tab, self.of) == (Tab::Metrics, Of::Product) {
            let table = self.tables.entry("external".to_owned()).or_default();
            did.extend(sources::show(cx, ui, table, &mut self.saved));
        }
        did
    }

    fn take(&mut self, cx: &mut Cx, did: Did) {
        match did {
            Did::Open(open) => {
                if self.open.as_ref() != Some(&open) {
                    self.saved.typing.clear();
                }
                self.open = Some(open);
            }
            Did::Page(page, metric) => {
                cx.metric = metric.filter(|_| page == PanelId::Kpis);
                cx.go(page);
            }
            Did::Tick(key) => {
                let item = self.saved.plan_mut().item_mut(&key);
                item.status = line::ticked(item.status);
            }
            Did::Rate(key, rating) => self.saved.plan_mut().item_mut(&key).rating = rating,
            Did::Move(key, stage) => {
                // Back where the framework has it, nothing needs to be said.
                let own = guide::place(&key).is_some_and(|place| place.group.key == stage);
                self.saved.plan_mut().item_mut(&key).stage = (!own).then_some(stage);
            }
        }
    }

    fn drawer(&mut self, cx: &Cx, ui: &Ui, seen: &Seen) -> Option<Did> {
        let open = self.open.clone()?;
        let (closed, did) = match &open {
            Open::Item(key) => item::show(ui, &mut self.saved, key, seen),
            Open::Content(id) => (content::drawer(ui, &mut self.saved, id), None),
            Open::Case(id) => (cases::drawer(cx, ui, &mut self.saved, (id, true)), None),
            Open::Reference(id) => (cases::drawer(cx, ui, &mut self.saved, (id, false)), None),
            Open::Source(id) => (sources::drawer(cx, ui, &mut self.saved, id), None),
        };
        if closed {
            self.open = None;
        }
        did
    }
}

/// Whether a list has days: its groups follow each other in time.
fn is_dated(list: &GuideList) -> bool {
    list.groups.iter().any(|group| group.span.is_some())
}

/// A list's name and what it is for, above it.
fn head(ui: &mut Ui, list: &GuideList) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        say(ui, Type::Section, &list.title);
        if !list.intro.is_empty() {
            remark(ui, &list.intro);
        }
    });
}

/// The page with this title.
fn page_of(title: &str) -> Option<PanelId> {
    PANELS.iter().find(|panel| panel.title == title).map(|panel| panel.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_stands_on_a_tab_of_its_page() {
        for of in [Of::Product, Of::Marketing] {
            for list in &of.guide().lists {
                let tab = of.tab(list);
                assert!(of.tabs().iter().any(|(other, _)| *other == tab), "{}: {}", of.title(), list.key);
            }
        }
    }

    #[test]
    fn pages_that_items_point_at_are_there() {
        for (key, place) in guide::places() {
            assert!(place.item.page.is_empty() || page_of(&place.item.page).is_some(), "{key}: {}", place.item.page);
        }
    }
}
