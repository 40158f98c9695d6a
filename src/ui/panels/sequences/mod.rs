//! Sequences: who is written to when, and what all of them together would have sent over the shop's history.

mod draft;
mod editor;
mod limits;
mod list;
mod result;
mod steps;
mod strip;
mod tables;

use std::sync::Arc;

use egui::{Ui, UiBuilder};

use self::draft::Draft;
use self::tables::Tables;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::rules::Picked;
use crate::analytics::triggers::{self, Replay};
use crate::jobs::{Cancelled, Progress};
use crate::model::Sequence;
use crate::model::sequence::{Pressure, Trigger, templates};
use crate::ops::segments::SavedSegment;
use crate::ops::sequences::{Prepared, SavedSequence};
use crate::report::table_export::{TABLE_FORMATS, TableFormat};
use crate::ui::cx::{Cx, counted};
use crate::ui::dialog::Ask;
use crate::ui::settings::short_path;
use crate::ui::shop::{Home, TableKey};
use crate::ui::slot::{Same, Slot, View};
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::{Button, card, page_header, segmented, states};

/// Width of the list of sequences.
const LIST: f32 = 252.0;

/// What is shown beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Replay,
    Sequence,
    Limits,
}

/// What a replay depends on.
type Key = (TableKey, Vec<SavedSequence>, Pressure, Vec<SavedSegment>);

/// A replay, and who would have been written to by each sequence.
struct Found {
    replay: Replay,
    picked: Vec<Arc<Picked>>,
    pressure: Pressure,
}

/// The page and what it remembers.
pub struct SequencesPage {
    prepared: Slot<Key, Arc<Prepared>>,
    found: Slot<Same<Prepared>, Arc<Found>>,
    draft: Option<Draft>,
    tab: Tab,
    tables: Tables,
    /// Chosen once it is saved.
    awaited: Option<String>,
    /// The cell of the collisions with the ring.
    cell: Option<(usize, usize)>,
}

impl Default for SequencesPage {
    fn default() -> Self {
        Self {
            prepared: Slot::new("Reading what triggers ask for"),
            found: Slot::new("Replaying sequences"),
            draft: None,
            tab: Tab::default(),
            tables: Tables::default(),
            awaited: None,
            cell: None,
        }
    }
}

impl Panel for SequencesPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, saved) = (shop.is_empty(), shop.facts.sequences.clone());
        let line = "Who is written to when, and what all of it together would have sent over the shop’s history";
        page_header(ui, "Sequences", line, |ui| {
            if !empty {
                self.new_menu(cx, ui, &saved);
                self.export_menu(cx, ui);
            }
        });
        if empty {
            let words = "They are replayed on a shop’s orders, once those are imported";
            return draw_empty(ui, cx, icons::SEQUENCES, "Nothing to replay sequences on yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        if saved.is_empty() {
            return none_yet(cx, ui);
        }
        self.choose(&saved);
        self.ask(cx, &saved);
        let (area, gap) = (ui.available_rect_before_wrap(), theme::of(ui).shell().gutter);
        let left = area.with_max_x(area.left() + LIST);
        card_at(ui, left, 0.0, |ui| self.list(cx, ui, &saved));
        let mut side = ui.new_child(UiBuilder::new().max_rect(area.with_min_x(left.right() + gap)).id_salt("side"));
        side.spacing_mut().item_spacing.y = gap;
        let tabs = [(Tab::Replay, "Replay"), (Tab::Sequence, "Sequence"), (Tab::Limits, "Limits")];
        segmented(&mut side, "What is shown", &tabs, &mut self.tab);
        match self.tab {
            Tab::Replay => self.replayed(cx, &mut side),
            Tab::Sequence => self.editor(cx, &mut side, &saved),
            Tab::Limits => limits::show(cx, &mut side),
        }
        ui.advance_cursor_after_rect(area);
    }
}

/// Before the first sequence: what they are, and the way to some.
fn none_yet(cx: &mut Cx, ui: &mut Ui) {
    let rect = ui.available_rect_before_wrap();
    let words =
        "The framework’s onboarding, retention and win-back, and its triggers, are a start; each can be changed";
    let button = Button::accent("Begin with the framework’s sequences").icon(icons::ADD);
    let clicked = card_at(ui, rect, 16.0, |ui| {
        states::empty(ui, icons::SEQUENCES, "No sequence is planned yet", words, button).clicked()
    });
    if clicked {
        add_templates(cx, Vec::new());
    }
}

fn add_templates(cx: &mut Cx, names: Vec<String>) {
    let work = move |home: &mut Home, _: &Progress| home.session()?.add_templates(&names);
    cx.write("Saving", work, |cx, names| {
        let undo = cx.made(usize::from(!names.is_empty()));
        let title = format!("{} saved", counted(names.len() as u64, "sequence", "sequences"));
        cx.notices.tell(Tone::Good, title, names.join(", "), undo);
    });
}

impl SequencesPage {
    fn new_menu(&mut self, cx: &mut Cx, ui: &mut Ui, saved: &[SavedSequence]) {
        let new = ui.add(Button::accent("New").icon(icons::ADD).chevron().named("New sequence"));
        let mut wanted = None;
        menu_of(&new, |ui| {
            if menu_item(ui, "Empty sequence", None, None, false).clicked() {
                wanted = Some(None);
            }
            menu_line(ui);
            let free = |template: &Sequence| saved.iter().all(|saved| saved.sequence.name != template.name);
            for template in templates::all().into_iter().filter(free) {
                if menu_item(ui, &template.name, None, None, false).clicked() {
                    wanted = Some(Some(template.name));
                }
            }
        });
        match wanted {
            None => {}
            Some(Some(name)) => {
                self.awaited = Some(name.clone());
                self.tab = Tab::Sequence;
                add_templates(cx, vec![name]);
            }
            Some(None) => {
                let free = |name: &String| saved.iter().all(|saved| saved.sequence.name != *name);
                let names = (1..).map(|n| if n == 1 { "New sequence".into() } else { format!("New sequence {n}") });
                let Some(name) = names.take(saved.len() + 2).find(free) else { return };
                self.awaited = Some(name.clone());
                self.tab = Tab::Sequence;
                let sequence = Sequence { active: false, ..Sequence::new(&name, Trigger::FirstOrder, Vec::new()) };
                draft::save(cx, SavedSequence { id: 0, sequence });
            }
        }
    }

    fn export_menu(&self, cx: &mut Cx, ui: &mut Ui) {
        let ready = self.prepared.latest().map(|(_, prepared)| prepared.clone());
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
        let mut wanted: Option<&'static dyn TableFormat> = None;
        menu_of(&export, |ui| {
            for format in TABLE_FORMATS {
                if menu_item(ui, &format!("Messages as {}", format.title()), None, None, false).clicked() {
                    wanted = Some(*format);
                }
            }
        });
        let Some((format, prepared)) = wanted.zip(ready) else { return };
        let extension = format.extension();
        cx.ask_save(Ask::Save { name: format!("Messages.{extension}"), extension }, move |cx, path| {
            let shown = short_path(&path);
            let work = move |home: &mut Home, progress: &Progress| {
                home.session()?.export_messages(&prepared, |_| true, &path, format, progress)
            };
            cx.command("Saving messages", "rows", work, move |cx, result| match result {
                Ok(written) => {
                    let title = format!("{} saved", counted(written.rows, "message", "messages"));
                    cx.notices.tell(Tone::Good, title, shown, None);
                }
                Err(error) => cx.notices.failed("The messages were not saved", &error),
            });
        });
    }

    /// Keeps a sequence in the editor: what was just saved, what is still there, else the first one.
    fn choose(&mut self, saved: &[SavedSequence]) {
        if let Some(new) = self.awaited.as_ref().and_then(|name| saved.iter().find(|s| s.sequence.name == *name)) {
            self.draft = Some(Draft::of(new));
            self.awaited = None;
        }
        let id = self.draft.as_ref().map(|draft| draft.id);
        match saved.iter().find(|saved| Some(saved.id) == id) {
            Some(kept) => {
                if let Some(draft) = &mut self.draft {
                    draft.follow(kept);
                }
            }
            None => self.draft = saved.first().map(Draft::of),
        }
    }

    /// Asks for the replay of what is saved.
    fn ask(&mut self, cx: &mut Cx, saved: &[SavedSequence]) {
        let Some(shop) = &mut cx.shop else { return };
        let key = (shop.table_key(), saved.to_vec(), shop.facts.pressure, shop.facts.segments.clone());
        let (as_of, sequences) = (key.0.as_of, saved.to_vec());
        self.prepared.ask(key, || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                let mut all = Vec::new();
                for SavedSequence { sequence, .. } in sequences {
                    // One that is not whole yet is told of in its editor and waits.
                    let whole = session.sequence_problems(&sequence)?.is_empty();
                    all.push(Sequence { active: sequence.active && whole, ..sequence });
                }
                Ok(Ok(Arc::new(session.prepare_sequences(&all, Some(as_of), progress)?)))
            })
        });
        let Some((_, prepared)) = self.prepared.latest() else { return };
        let prepared = prepared.clone();
        self.found
            .ask(Same(prepared.clone()), || cx.compute(move |progress| Ok(Ok(Arc::new(find(&prepared, progress)?)))));
        if let (Some((_, found)), Some(shop)) = (self.found.latest(), &mut cx.shop) {
            shop.picked = found.picked.clone();
        }
    }

    fn replayed(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let view = match self.prepared.view() {
            View::Working(step, _) => View::Working(step, self.found.latest().map(|(_, found)| found.clone())),
            View::Failed(why) => View::Failed(why),
            View::TooLittle(missing) => View::TooLittle(missing),
            View::Ready(_) => self.found.view(),
        };
        let stop = draw_slot(ui, cx, view, ("Nothing can be replayed", ""), |ui, cx, found| self.ready(cx, ui, found));
        if stop {
            self.prepared.stop();
            self.found.stop();
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Found) {
        if triggers::said::verdict(&found.replay).is_err() {
            card(ui, |ui| result::nobody(ui, found));
            return;
        }
        self.result(cx, ui, found);
    }
}

/// Replays, and notes who would have been written to by each sequence.
fn find(prepared: &Prepared, progress: &Progress) -> Result<Found, Cancelled> {
    let replay = triggers::replay(&prepared.question(), progress)?;
    let members = triggers::reached(&prepared.question(), progress)?;
    let names = prepared.sequences.iter().map(|sequence| format!("Written to by {}", sequence.name));
    let picked = names.zip(members).map(|(name, members)| Arc::new(Picked::new(name, members))).collect();
    Ok(Found { replay, picked, pressure: prepared.pressure })
}
