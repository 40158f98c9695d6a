//! Segments of the user's own: rules, who they mean, what they have in common, and files of them.

mod arrange;
pub(super) mod data;
mod draft;
mod editor;
mod files;
mod holdout;
mod list;
mod outcome;
mod tabs;
mod upset;

use std::sync::Arc;

use egui::{Ui, UiBuilder, vec2};

use self::data::{Found, Group, Offers, Shared};
use super::customers::members::Members;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::rules::Sieve;
use crate::model::Rule;
use crate::model::rule::Library;
use crate::ops::segments::{SavedSegment, library_of};
use crate::ui::cx::{Cx, NewSegment};
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{card, page_header, scrolled};

/// Width of the list of saved segments.
const LIST: f32 = 264.0;

/// What is shown of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Rule,
    Members,
    Overlap,
    Suggestions,
}

/// A segment that is being edited.
#[derive(Debug, Clone, PartialEq)]
struct Editing {
    /// 0 = not saved yet.
    id: i64,
    name: String,
    description: String,
    rule: draft::Group,
}

/// The page and what it remembers.
pub struct Builder {
    editing: Option<Editing>,
    sieve: Slot<TableKey, Arc<Sieve>>,
    found: Slot<(TableKey, String, Rule, Library), Arc<Found>>,
    saved: Slot<(TableKey, Vec<SavedSegment>), Arc<Vec<Found>>>,
    offers: Slot<TableKey, Arc<Offers>>,
    shared: Slot<Vec<u64>, Arc<Vec<Shared>>>,
    /// Saved segments to compare, by id.
    compared: Vec<i64>,
    tab: Tab,
    members: Members,
    /// Chosen once it is saved.
    awaited: Option<String>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            editing: None,
            sieve: Slot::new("Preparing the customers"),
            found: Slot::new("Counting members"),
            saved: Slot::new("Counting saved segments"),
            offers: Slot::new("Looking at the shop’s percentiles"),
            shared: Slot::new("Comparing segments"),
            compared: Vec::new(),
            tab: Tab::default(),
            members: Members::new("Members"),
            awaited: None,
        }
    }
}

impl Panel for Builder {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (as_of, empty) = (shop.as_of(), shop.is_empty());
        let line = format!("Rules over everything the shop knows of its customers, as of {}", locale::date(as_of));
        page_header(ui, "Segment builder", &line, |ui| {
            if !empty {
                self.actions(cx, ui);
            }
        });
        if empty {
            let words = "Rules ask for them, once a shop’s orders are imported";
            return draw_empty(ui, cx, icons::BUILDER, "No customers yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        self.ask(cx);
        let view = match cx.shop.as_ref().map(|shop| shop.details.view()) {
            Some(View::Working(step, _)) if self.sieve.latest().is_none() => View::Working(step, None),
            Some(View::Failed(why)) => View::Failed(why),
            _ => self.sieve.view(),
        };
        let stop = draw_slot(ui, cx, view, ("Too little data", ""), |ui, cx, sieve| self.ready(cx, ui, sieve));
        if stop {
            self.sieve.stop();
        }
    }
}

impl Builder {
    /// Asks for what the page shows.
    fn ask(&mut self, cx: &mut Cx) {
        let details = cx.ask_details();
        let Some(shop) = &mut cx.shop else { return };
        let (key, saved) = (shop.table_key(), shop.facts.segments.clone());
        let currency = key.definitions.currency;
        if let Some(draft) = cx.new_segment.take() {
            self.editing = Some(Editing::draft(draft, currency));
            self.tab = Tab::Rule;
        }
        self.choose(&saved, currency);
        let Some(base) = details else { return };
        let wanted = key.clone();
        self.sieve.ask(key.clone(), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(Sieve::new(wanted.rules_shop(&base), wanted.as_of, progress)?))))
        });
        let Some((have, sieve)) = self.sieve.latest() else { return };
        if *have != key {
            return;
        }
        let sieve = sieve.clone();
        if let Some((name, rule)) = self.editing.as_ref().and_then(|e| Some((e.title(), e.rule.read(currency).ok()?))) {
            let library = library_of(&saved);
            let (of, asked) = (sieve.clone(), (name.clone(), rule.clone(), library.clone()));
            self.found.ask((key.clone(), name, rule, library), || {
                cx.compute(move |progress| Ok(Ok(Arc::new(data::find(&of, &asked.2, &asked.0, &asked.1, progress)?))))
            });
        }
        let (of, wanted) = (sieve.clone(), saved.clone());
        self.saved.ask((key.clone(), saved.clone()), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(data::find_all(&of, &wanted, progress)?))))
        });
        let of = sieve.clone();
        self.offers.ask(key, || cx.compute(move |progress| Ok(Ok(Arc::new(data::offers(&of, progress)?)))));
        let groups = self.groups(&saved);
        if self.tab == Tab::Overlap && groups.len() > 1 {
            let keys = groups.iter().map(|group| group.picked.key).collect();
            self.shared.ask(keys, || cx.compute(move |_| Ok(Ok(Arc::new(data::compare(&sieve, &groups))))));
        }
        self.tell_picked(cx);
    }

    /// Segments that are compared.
    fn groups(&self, saved: &[SavedSegment]) -> Vec<Group> {
        let Some((_, found)) = self.saved.latest() else { return Vec::new() };
        let chosen = saved.iter().zip(found.iter()).filter(|(segment, _)| self.compared.contains(&segment.id));
        chosen.filter_map(|(_, found)| found.as_ref().ok().cloned()).collect()
    }

    /// Tells the shop whom figures on view are about, so that they open.
    fn tell_picked(&self, cx: &mut Cx) {
        let Some(shop) = &mut cx.shop else { return };
        let mut picked = Vec::new();
        let mut add = |group: &Group| picked.push(group.picked.clone());
        if let Some((_, found)) = self.found.latest() {
            found.as_ref().as_ref().ok().into_iter().for_each(&mut add);
        }
        if let Some((_, found)) = self.saved.latest() {
            found.iter().flatten().for_each(&mut add);
        }
        if let Some((_, offers)) = self.offers.latest() {
            offers.suggestions.iter().for_each(|(_, group)| add(group));
        }
        if let Some((_, shared)) = self.shared.latest() {
            shared.iter().for_each(|shared| add(&shared.group));
        }
        shop.picked = picked;
    }

    /// Keeps something in the editor: what was just saved, what is still there, else a new segment.
    fn choose(&mut self, saved: &[SavedSegment], currency: crate::model::Currency) {
        let of = |segment: &SavedSegment| Editing::of(segment, currency);
        if let Some(segment) = self.awaited.as_ref().and_then(|name| saved.iter().find(|s| s.name == *name)) {
            self.editing = Some(of(segment));
            self.awaited = None;
        }
        let gone = self.editing.as_ref().is_some_and(|e| e.id != 0 && saved.iter().all(|s| s.id != e.id));
        if self.editing.is_none() || gone {
            self.editing = Some(saved.first().map_or_else(|| Editing::draft(NewSegment::default(), currency), of));
        }
        self.compared.retain(|id| saved.iter().any(|segment| segment.id == *id));
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let t = theme::of(ui);
        let (area, gap) = (ui.available_rect_before_wrap(), t.shell().gutter);
        let left = area.with_max_x(area.left() + LIST);
        let right = area.with_min_x(left.right() + gap);
        card_at(ui, left, 0.0, |ui| self.list(cx, ui, sieve));
        let mut side = ui.new_child(UiBuilder::new().max_rect(right).id_salt("rule"));
        side.spacing_mut().item_spacing.y = gap;
        // Who is meant stays in sight, however long the rule is.
        self.outcome(&mut side, sieve);
        self.tabs(cx, &mut side);
        match self.tab {
            Tab::Members => self.member_list(cx, &mut side),
            tab => scrolled(&mut side, t.space().x4, |ui| {
                card(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(t.space().x2, t.space().x2);
                    match tab {
                        Tab::Overlap => self.overlap(cx, ui, sieve),
                        Tab::Suggestions => self.suggestions(ui, sieve),
                        Tab::Rule | Tab::Members => self.editor(cx, ui),
                    }
                });
                ui.add_space(t.space().x1);
            }),
        }
        ui.advance_cursor_after_rect(area);
    }
}

impl Editing {
    fn draft(draft: NewSegment, currency: crate::model::Currency) -> Self {
        let NewSegment { name, rule } = draft;
        Self { id: 0, name, description: String::new(), rule: draft::Group::of(&rule, currency) }
    }

    fn of(segment: &SavedSegment, currency: crate::model::Currency) -> Self {
        Self {
            id: segment.id,
            name: segment.name.clone(),
            description: segment.description.clone(),
            rule: draft::Group::of(&segment.rule, currency),
        }
    }

    /// What the customers are called while they have no name yet.
    fn title(&self) -> String {
        let name = self.name.trim();
        if name.is_empty() { "New segment".into() } else { name.to_owned() }
    }
}
