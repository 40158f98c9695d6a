//! What panels and commands work with: the open shop, the workers, notices, and where the user is.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::Result;
use egui::Context;

use super::bookmark::{Keeper, Tables};
use super::dialog::Ask;
use super::door::Doorway;
use super::importing::Flow;
pub use super::locale::counted;
use super::modal::Modal;
use super::notices::Notices;
use super::palette::Palette;
use super::panels::PanelId;
use super::paths::Purpose;
use super::person::OpenCustomer;
use super::settings::{Places, Settings, now};
use super::shop::{Home, Shop, Snapshot};
use super::slot::Slot;
use super::timeline::timeline;
use super::widgets::states::Step;
use super::widgets::table;
use super::worker::{Task, Worker, aside};
use crate::analytics::rules::Picked;
use crate::analytics::segments::{Segment, segment_table};
use crate::jobs::{Cancelled, Progress};
use crate::model::{MetricId, Rule};
use crate::ui::theme::Tone;

/// What a worker wants done in the window, once it is ready.
pub(super) type Reply = Box<dyn FnOnce(&mut Cx) + Send>;

/// A command under way on the session thread.
struct Busy {
    words: String,
    unit: &'static str,
    /// Rows that the whole stands for, where the task counts bytes.
    rows: Option<u64>,
    task: Task<()>,
}

/// What is done with a path that was asked for.
pub type SaveTo = Box<dyn FnOnce(&mut Cx, PathBuf)>;

/// Facts about a recent file, looked up off the window's thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Bytes.
    pub size: u64,
}

/// A segment to begin with on the page that builds them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewSegment {
    /// A name to go on from.
    pub name: String,
    /// Whom it means at first.
    pub rule: Rule,
}

/// Which customers a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberFilter {
    /// Of this segment; `None` = of all.
    pub segment: Option<Segment>,
    /// Whom a rule picked; `None` = any.
    pub picked: Option<Arc<Picked>>,
    /// Of this country, index into the labels of the dataset; `None` = of all.
    pub country: Option<u32>,
    /// Whose name, e-mail or id contains this.
    pub search: String,
}

/// The state that all parts of the window share.
pub struct Cx {
    /// egui.
    pub ctx: Context,
    /// Where things lie.
    pub places: Places,
    /// The user's settings.
    pub settings: Settings,
    /// The page on view, when a shop is open.
    pub page: PanelId,
    /// The open shop.
    pub shop: Option<Shop>,
    /// The customer whose page is open.
    pub customer: Option<OpenCustomer>,
    /// The campaign that is open on the page of campaigns, by its row.
    pub campaign: Option<i64>,
    /// Open this metric on the page of KPIs.
    pub metric: Option<MetricId>,
    /// The experiment that is open on the page of experiments, by its row.
    pub experiment: Option<i64>,
    /// What was told.
    pub notices: Notices,
    /// What lies over the window.
    pub modal: Option<Modal>,
    /// The drawer behind a figure.
    pub door: Option<Box<Doorway>>,
    /// The palette, while it is open.
    pub palette: Option<Palette>,
    /// Begin this segment on the page that builds them.
    pub new_segment: Option<NewSegment>,
    /// Put the focus on the search field.
    pub focus_search: bool,
    /// Recent files: what is known of each, in the order of the settings.
    pub recent_facts: Slot<Vec<PathBuf>, Vec<Option<FileFacts>>>,
    /// The import under way.
    pub import: Option<Flow>,
    /// Which customers the list of customers shows.
    pub members: MemberFilter,
    /// When the last change was committed, UTC seconds.
    pub saved_at: Option<i64>,
    /// Esc belongs to a field, a menu or a dialog that is open, not to the page.
    pub esc_taken: bool,
    /// Where the tables of the open workspace stand.
    pub tables: Tables,
    /// Pages are to be made anew: what they keep no longer holds.
    pub renew_pages: bool,
    pub(super) window_reset: bool,
    /// The window is to close.
    pub quit: bool,
    /// Text for the clipboard, put there by the next frame.
    pub(super) to_copy: Option<String>,
    pub(super) dialog: Option<(Purpose, Ask, Task<Vec<PathBuf>>)>,
    busy: Vec<Busy>,
    session: Worker<Home>,
    compute: Worker<()>,
    /// Writes settings, while the others may be busy for long.
    pub(super) files: Worker<()>,
    pub(super) keeper: Keeper,
    reply: Sender<Reply>,
    replies: Receiver<Reply>,
}

impl Cx {
    /// A window without a shop.
    pub fn new(ctx: &Context, places: Places) -> Self {
        let (reply, replies) = channel();
        let settings = Settings::load(&places.settings);
        table::layout::remember(ctx, settings.tables.clone());
        let mut cx = Self {
            ctx: ctx.clone(),
            places,
            page: PanelId::Segments,
            shop: None,
            customer: None,
            campaign: None,
            experiment: None,
            metric: None,
            notices: Notices::default(),
            modal: None,
            door: None,
            palette: None,
            new_segment: None,
            focus_search: false,
            recent_facts: Slot::new("Looking for recent files"),
            import: None,
            members: MemberFilter::default(),
            saved_at: None,
            esc_taken: false,
            quit: false,
            to_copy: None,
            dialog: None,
            busy: Vec::new(),
            session: Worker::spawn(ctx, "session", Home::default),
            compute: Worker::spawn(ctx, "compute", || ()),
            files: Worker::spawn(ctx, "settings", || ()),
            tables: Tables::default(),
            renew_pages: false,
            window_reset: false,
            keeper: Keeper::of(&settings),
            settings,
            reply,
            replies,
        };
        cx.apply_settings();
        cx
    }

    /// Takes in what workers have finished. Called before every frame, also while the window is hidden.
    pub fn tick(&mut self) {
        while let Ok(reply) = self.replies.try_recv() {
            reply(self);
        }
        let mut failed = Vec::new();
        self.busy.retain(|busy| match busy.task.poll() {
            None => true,
            Some(Ok(())) => false,
            Some(Err(error)) => {
                failed.push((busy.words.clone(), error));
                false
            }
        });
        for (words, error) in failed {
            match error.downcast_ref::<Cancelled>() {
                // Cancelled before its turn.
                Some(_) => self.notices.tell(Tone::Info, "Cancelled", format!("{words}: nothing was changed"), None),
                None => self.notices.failed(&format!("{words} failed"), &error),
            }
        }
        if let Some(tables) = table::layout::changed(&self.ctx) {
            self.settings.tables = tables;
        }
        self.take_dialog();
        self.ask_for_data();
        if let Some(mut shop) = self.shop.take() {
            shop.ask_for_second(self);
            self.shop = Some(shop);
        }
        self.ask_for_looks();
        self.keep_settings();
    }

    /// Runs work on the session thread, then `then` in the window.
    pub fn command<T: Send + 'static>(
        &mut self,
        words: impl Into<String>,
        unit: &'static str,
        work: impl FnOnce(&mut Home, &Progress) -> Result<T> + Send + 'static,
        then: impl FnOnce(&mut Self, Result<T>) + Send + 'static,
    ) {
        let reply = self.reply.clone();
        let task = self.session.run(move |home, progress| {
            let result = work(home, progress);
            let _ = reply.send(Box::new(move |cx| then(cx, result)));
            Ok(())
        });
        self.busy.push(Busy { words: words.into(), unit, rows: None, task });
    }

    /// Like [`Self::command`] for work that counts bytes of files with `rows` rows: progress is told in rows.
    pub fn command_with_rows<T: Send + 'static>(
        &mut self,
        words: impl Into<String>,
        rows: u64,
        work: impl FnOnce(&mut Home, &Progress) -> Result<T> + Send + 'static,
        then: impl FnOnce(&mut Self, Result<T>) + Send + 'static,
    ) {
        self.command(words, "", work, then);
        if let Some(busy) = self.busy.last_mut() {
            busy.rows = (rows > 0).then_some(rows);
            busy.unit = if rows > 0 { "rows" } else { "" };
        }
    }

    /// Changes the open workspace, takes in its new facts, then runs `then`.
    pub fn write<T: Send + 'static>(
        &mut self,
        words: &'static str,
        work: impl FnOnce(&mut Home, &Progress) -> Result<T> + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        let write = move |home: &mut Home, progress: &Progress| {
            let value = work(home, progress);
            Ok((value, Snapshot::of(home.session()?)?))
        };
        self.command(words, "rows", write, move |cx, result| {
            // What was shown before it was certain is put right when it failed.
            let value = result.and_then(|(value, facts)| {
                cx.learn(facts);
                value
            });
            match value {
                Ok(value) => then(cx, value),
                Err(error) if error.downcast_ref::<Cancelled>().is_some() => {
                    cx.notices.tell(Tone::Info, "Cancelled", "Nothing was changed", None);
                }
                Err(error) => cx.notices.failed(&format!("{words} failed"), &error),
            }
        });
    }

    /// Brings something into the window from another thread.
    pub(super) fn later(&self) -> impl Fn(Reply) + Send + use<> {
        let reply = self.reply.clone();
        move |act| {
            let _ = reply.send(act);
        }
    }

    /// Takes in the facts of the open shop; when they tell of a commit, it was now.
    pub fn learn(&mut self, facts: Snapshot) {
        let Some(shop) = &mut self.shop else { return };
        if facts.revision != shop.facts.revision {
            self.saved_at = Some(now());
            self.notices.no_longer_undo();
        }
        shop.learn(facts);
    }

    /// Asks the session thread for something to show in one place.
    pub fn from_session<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Home, &Progress) -> Result<T> + Send + 'static,
    ) -> Task<T> {
        self.session.run(work)
    }

    /// Computes something for one place.
    pub fn compute<T: Send + 'static>(&self, work: impl FnOnce(&Progress) -> Result<T> + Send + 'static) -> Task<T> {
        self.compute.run(move |(), progress| work(progress))
    }

    /// Whether no worker has anything to do.
    pub fn is_idle(&self) -> bool {
        self.session.is_idle() && self.compute.is_idle()
    }

    /// The command under way that was asked for first.
    pub fn working(&self) -> Option<Step> {
        let busy = self.busy.first()?;
        let mut step = busy.task.step(busy.words.clone(), busy.unit);
        if let Some(rows) = busy.rows {
            let share = step.done.0 as f64 / step.done.1.max(1) as f64;
            step.done = ((share.min(1.0) * rows as f64) as u64, rows);
        }
        Some(step)
    }

    /// Cancels the command under way.
    pub fn cancel_work(&self) {
        if let Some(busy) = self.busy.first() {
            busy.task.progress.cancel();
        }
    }

    /// Keeps the slots of the open shop filled for the state that is wanted now.
    fn ask_for_data(&mut self) {
        let Some(shop) = &mut self.shop else { return };
        let key = shop.data_key();
        let session = &self.session;
        shop.dataset.ask(key, || session.run(move |home, progress| Ok(Ok(home.dataset(key, progress)?))));
        let Some((have, data)) = shop.dataset.latest().map(|(key, data)| (*key, data.clone())) else { return };
        if have != key {
            return;
        }
        let compute = &self.compute;
        let orders = data.clone();
        shop.timeline.ask(key, || compute.run(move |(), _| Ok(Ok(timeline(&orders)))));
        let wanted = shop.table_key();
        let (as_of, rules, definitions) = (wanted.as_of, shop.facts.rules, shop.facts.definitions.clone());
        shop.table.ask(wanted, || {
            compute
                .run(move |(), progress| Ok(segment_table(&data, &definitions, as_of, rules, progress)?.map(Arc::new)))
        });
    }

    /// Looks which recent files are still there.
    pub fn ask_recent(&mut self) {
        let paths: Vec<PathBuf> = self.settings.recent.iter().map(|recent| recent.path.clone()).collect();
        let (ctx, wanted) = (&self.ctx, paths.clone());
        self.recent_facts.ask(wanted, || {
            aside(ctx, move || {
                let facts = |path: &PathBuf| std::fs::metadata(path).ok().map(|m| FileFacts { size: m.len() });
                Ok(Ok(paths.iter().map(facts).collect()))
            })
        });
    }
}
