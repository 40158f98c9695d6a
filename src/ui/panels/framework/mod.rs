//! Framework: the strategy framework as a form. Every field says whether data filled it, somebody typed it or it is
//! open; beside it stands the document as it will be printed.

mod about;
mod changes;
mod data;
mod disagree;
mod editing;
mod field;
mod files;
mod find;
mod form;
mod group;
mod options;
mod print;
mod refill;
mod sections;
mod versions;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};

use self::about::Comment;
use self::data::{Facts, of_all, spot};
use self::editing::{Due, Editing};
use self::find::{Find, Found};
use self::options::OptionsDrawer;
use self::versions::Versions;
use super::document::preview::Preview;
use super::document::wanted;
use super::{Panel, PanelId, draw_waiting};
use crate::framework::template::options::suggestion;
use crate::framework::template::template;
use crate::jobs::Progress;
use crate::model::{Currency, Day, Definitions};
use crate::ui::cx::Cx;
use crate::ui::shop::Home;
use crate::ui::slot::{Slot, View};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::states::{self, Failure};
use crate::ui::widgets::{Button, card, page_header};

/// Width of the list of sections.
const LEFT: f32 = 226.0;
/// Width of the document.
const RIGHT: f32 = 388.0;
/// Where less room than this is left, the document folds away.
const WIDE: f32 = 1080.0;

/// What the form depends on: the state of the data and of what is edited, what words mean, the day, and how often it
/// was asked for anew.
type Made = (u64, u64, Definitions, Day, u32);

/// What is open beside the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Issues and their comparison.
    Versions,
    /// What the refill found.
    Refill,
    /// The shop's kind.
    Options,
    /// What the document holds.
    Export,
}

/// What the parts of the form know.
pub(super) struct Known<'a> {
    facts: &'a Facts,
    /// Fields in which two places disagree.
    disputed: BTreeSet<&'a str>,
    currency: Currency,
    /// The workspace may be changed.
    own: bool,
}

impl Known<'_> {
    /// What the chosen options offer for an open field.
    fn suggestion(&self, key: &str) -> Option<&'static str> {
        suggestion(&self.facts.answers.options, key)
    }
}

/// The page and what it remembers.
pub struct FrameworkPage {
    /// The workspace that all of this is of.
    of: PathBuf,
    facts: Slot<Made, Arc<Facts>>,
    editing: Editing,
    comment: Comment,
    section: usize,
    /// The contradiction told of, and whether both its places are on view.
    dispute: (usize, bool),
    closed: BTreeSet<(usize, usize)>,
    /// The form begins at its top again.
    to_top: bool,
    open: Option<Open>,
    find: Option<Find>,
    again: u32,
    versions: Versions,
    refill: refill::Refill,
    options: OptionsDrawer,
    preview: Preview,
}

impl Default for FrameworkPage {
    fn default() -> Self {
        Self {
            of: PathBuf::new(),
            facts: Slot::new("Filling the framework from data"),
            editing: Editing::default(),
            comment: Comment::default(),
            section: 0,
            dispute: (0, false),
            closed: BTreeSet::new(),
            to_top: false,
            open: None,
            find: None,
            again: 0,
            versions: Versions::default(),
            refill: refill::Refill::default(),
            options: OptionsDrawer::default(),
            preview: Preview::default(),
        }
    }
}

impl Panel for FrameworkPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        if self.of != shop.path {
            // What was typed into another workspace stays there.
            *self = Self { of: shop.path.clone(), ..Self::default() };
        }
        self.ask(cx);
        let facts = self.facts.latest().map(|(_, facts)| facts.clone());
        self.header(cx, ui, facts.as_deref());
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        let Some(facts) = facts else { return self.not_there(ui) };
        self.editing.follow(&facts);
        self.keys(cx, ui, &facts);
        self.body(cx, ui, &facts);
        self.keep(cx, ui, &facts);
        self.drawers(cx, ui, &facts);
        self.search(ui, &facts);
    }

    fn leave(&mut self, cx: &mut Cx) {
        let Some(shop) = &cx.shop else { return };
        // What was typed into another workspace, or into a copy that was handed over, has nowhere to go.
        if self.of != shop.path || shop.facts.handed_over.is_some() {
            return;
        }
        let Some(facts) = self.facts.latest().map(|(_, facts)| facts.clone()) else { return };
        for due in self.editing.due_on_leaving(&facts, shop.facts.definitions.currency) {
            save(cx, due);
        }
        if let Some((key, words)) = self.comment.take() {
            save_comment(cx, key, words);
        }
    }
}

impl FrameworkPage {
    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        if shop.data().is_none() {
            return;
        }
        let as_of = shop.as_of();
        let key = (shop.data_key(), shop.facts.revision, shop.facts.definitions.clone(), as_of, self.again);
        self.facts.ask(key, || {
            cx.from_session(move |home, progress| Ok(Ok(Arc::new(Facts::read(home.session()?, as_of, progress)?))))
        });
    }

    /// Before the form is there for the first time, or where it failed.
    fn not_there(&mut self, ui: &mut Ui) {
        if let View::Failed(why) = self.facts.view() {
            let failure = Failure {
                title: "The framework could not be filled".into(),
                about: "What was typed is kept in the workspace".into(),
                happened: why,
                safe: "Nothing was changed; your data is as it was".into(),
                to_do: "Try again; if it happens again, copy the details".into(),
            };
            let mut again = false;
            card(ui, |ui| {
                states::failed(ui, &failure, |ui| {
                    again = ui.add(Button::accent("Try again").icon(icons::REFRESH)).clicked();
                });
            });
            if again {
                self.facts.clear();
            }
        } else if card(ui, |ui| states::working(ui, &self.facts.step(), "")).inner {
            self.facts.stop();
        }
    }

    fn header(&mut self, cx: &mut Cx, ui: &mut Ui, facts: Option<&Facts>) {
        let mut line = "Personalization and customer experience".to_owned();
        if let Some(facts) = facts {
            let (some, all) = of_all(facts.filled_all());
            line = format!("{line}, {some} of {all} fields filled");
        }
        let folded = ui.available_width() < WIDE;
        page_header(ui, "Framework", &line, |ui| {
            if ui.add(Button::accent("Export document").icon(icons::DOWNLOAD).chevron()).clicked() {
                self.open = (self.open != Some(Open::Export)).then_some(Open::Export);
            }
            if ui.add(Button::new("Versions").icon(icons::HISTORY)).clicked() {
                self.open = (self.open != Some(Open::Versions)).then_some(Open::Versions);
            }
            if ui.add(Button::plain("Options").icon(icons::SETTINGS).named("Options of the framework")).clicked() {
                self.open = (self.open != Some(Open::Options)).then_some(Open::Options);
            }
            if folded && ui.add(Button::plain("Preview").icon(icons::EYE)).clicked() {
                cx.go(PanelId::Document);
            }
        });
    }

    /// Keys of the page: Ctrl F finds a field, Ctrl and arrows change the section.
    fn keys(&mut self, cx: &Cx, ui: &Ui, facts: &Facts) {
        if cx.modal.is_some() || cx.palette.is_some() {
            return;
        }
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        if pressed(Key::F) {
            self.find = Some(Find::default());
        }
        let last = facts.state.progress.len().saturating_sub(1);
        if pressed(Key::ArrowDown) && self.section < last {
            self.show_section(self.section + 1);
        }
        if pressed(Key::ArrowUp) && self.section > 0 {
            self.show_section(self.section - 1);
        }
    }

    /// Shows a section; who is writing goes on in its first field.
    fn show_section(&mut self, at: usize) {
        let writing = self.editing.is_writing();
        (self.section, self.to_top, self.dispute.1) = (at, true, false);
        let first = template().sections.get(at).and_then(|section| section.groups.first()?.fields.first());
        if let Some(first) = first.filter(|_| writing) {
            self.editing.go(&first.key);
        }
    }

    /// Shows the section of the field that gets the focus, and opens its group.
    fn follow_focus(&mut self) {
        let Some(spot) = self.editing.focus.as_deref().and_then(spot) else { return };
        if self.dispute.1 {
            return;
        }
        if spot.section_at != self.section {
            (self.section, self.to_top) = (spot.section_at, true);
        }
        let at = spot.section.groups.iter().position(|group| group.key == spot.group.key);
        if let Some(at) = at {
            self.closed.remove(&(spot.section_at, at));
        }
    }

    fn body(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Arc<Facts>) {
        let Some(shop) = &cx.shop else { return };
        let known = Known {
            disputed: facts.disputed(),
            currency: shop.facts.definitions.currency,
            own: shop.facts.handed_over.is_none(),
            facts,
        };
        self.follow_focus();
        let gap = theme::of(ui).shell().gutter;
        let area = ui.available_rect_before_wrap();
        let left = Rect::from_min_size(area.min, vec2(LEFT.min(area.width() * 0.25), area.height()));
        let wide = area.width() >= WIDE;
        let middle = if wide { area.right() - RIGHT - gap } else { area.right() };
        let form = Rect::from_min_max(pos2(left.right() + gap, area.top()), pos2(middle, area.bottom()));
        if let Some(at) = card_at(ui, left, theme::of(ui).space().x2, |ui| sections::show(ui, facts, self.section)) {
            self.show_section(at);
        }
        card_at(ui, form, 0.0, |ui| self.form(cx, ui, &known, form));
        if wide {
            let right = Rect::from_min_max(pos2(middle + gap, area.top()), area.max);
            let mut column = ui.new_child(UiBuilder::new().max_rect(right).id_salt("document"));
            let section = template().sections.get(self.section).map(|section| section.key.as_str());
            self.preview.beside(cx, &mut column, section);
        }
        ui.advance_cursor_after_rect(area);
    }

    /// Hands over what is to be kept.
    fn keep(&mut self, cx: &mut Cx, ui: &Ui, facts: &Facts) {
        let Some(shop) = &cx.shop else { return };
        if shop.facts.handed_over.is_some() {
            return;
        }
        let currency = shop.facts.definitions.currency;
        for due in self.editing.due(ui, facts, currency) {
            save(cx, due);
        }
    }

    fn drawers(&mut self, cx: &mut Cx, ui: &Ui, facts: &Arc<Facts>) {
        let goes = match self.open {
            None => return,
            Some(Open::Versions) => self.versions.show(cx, ui, facts),
            Some(Open::Refill) => {
                let shown = self.refill.show(cx, ui, facts, self.facts.is_working());
                if shown.keep {
                    self.open = Some(Open::Versions);
                    return;
                }
                shown.goes
            }
            Some(Open::Options) => self.options.show(cx, ui, facts),
            Some(Open::Export) => {
                let closed = wanted::drawer(cx, ui);
                if closed { Goes::Closed } else { Goes::Stays }
            }
        };
        match goes {
            Goes::Stays => {}
            Goes::Closed => self.open = None,
            Goes::To(key) => {
                (self.open, self.dispute.1) = (None, false);
                self.editing.go(&key);
            }
        }
    }

    fn search(&mut self, ui: &Ui, facts: &Facts) {
        let Some(find) = &mut self.find else { return };
        match find.show(ui, facts) {
            Found::Stay => {}
            Found::Closed => self.find = None,
            Found::Field(spot) => {
                (self.find, self.dispute.1) = (None, false);
                self.editing.go(&spot.field.key);
            }
        }
    }
}

/// Saves what stands in a field.
fn save(cx: &mut Cx, Due { key, words, sent }: Due) {
    let work = move |home: &mut Home, _: &Progress| {
        let saved = home.session().and_then(|session| {
            session.set_field(&key, &words)?;
            session.revision()
        });
        sent.done(saved.as_ref().ok().copied());
        saved
    };
    cx.write("Saving the framework", work, |_, _| {});
}

/// Saves a comment.
fn save_comment(cx: &mut Cx, key: String, words: String) {
    let work = move |home: &mut Home, _: &Progress| home.session()?.comment_field(&key, &words);
    cx.write("Saving the comment", work, |_, _| {});
}

/// The shop's currency.
fn currency(cx: &Cx) -> Currency {
    cx.shop.as_ref().map_or(Currency::USD, |shop| shop.facts.definitions.currency)
}

/// What becomes of a drawer.
enum Goes {
    /// It stays open.
    Stays,
    /// It is closed.
    Closed,
    /// It is closed, and this field is gone to.
    To(String),
}
