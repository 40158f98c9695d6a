//! KPIs: the shop's metrics over a period against the period before, a year before, target and benchmark; the framework's
//! table with what a change is worth; and every metric of the catalogue with its meaning.

mod cards;
mod catalogue;
mod course;
mod detail;
mod framework;
mod measured;
mod print;
mod traffic;

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use self::measured::Entry;
use super::explain::pictures as why;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::explain::{Change, Dimension, Note, Settings as Compared};
use crate::analytics::kpi::{KpiSettings, Kpis};
use crate::jobs::Progress;
use crate::model::kpi::{Board, Grain, Measurement, PERIODS, Period};
use crate::model::{Day, Definitions, MetricId};
use crate::ops::now;
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, Field, TableState, page_header, remark, scrolled, segmented};

/// Height of a course.
const PICTURE: f32 = 320.0;

/// What a result depends on: the state of the data and of what is edited, what words mean, the day, what is asked.
type Key = (u64, u64, Definitions, Day, KpiSettings);

/// The page and what it remembers.
pub struct KpisPage {
    found: Slot<Key, Arc<Kpis>>,
    /// Why revenue moved between the two periods.
    moved: Slot<Key, Arc<Change>>,
    settings: KpiSettings,
    board: Draft<Board>,
    typing: Typing,
    /// The metric whose course is drawn.
    chosen: MetricId,
    /// The metric that is open in the drawer.
    open: Option<MetricId>,
    arranging: bool,
    /// Days of its own period are being typed.
    own_days: bool,
    catalogue: TableState,
    framework: TableState,
    sources: TableState,
    devices: TableState,
    /// What was measured outside of the data.
    measured: Slot<u64, Arc<Vec<Measurement>>>,
    entry: Entry,
}

impl Default for KpisPage {
    fn default() -> Self {
        Self {
            found: Slot::new("Counting the KPIs"),
            moved: Slot::new("Taking the change apart"),
            settings: KpiSettings::default(),
            board: Draft::of(0, &Board::default()),
            typing: Typing::default(),
            chosen: MetricId::Revenue,
            open: None,
            arranging: false,
            own_days: false,
            catalogue: TableState::default(),
            framework: TableState::default(),
            sources: TableState::default(),
            devices: TableState::default(),
            measured: Slot::new("Reading what was measured"),
            entry: Entry::default(),
        }
    }
}

impl Panel for KpisPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        if self.board.follow(&shop.facts.board, |_, _| {}) == Followed::Replaced {
            self.typing.clear();
        }
        self.typing.problems = self.board.value.problems();
        self.show(cx, ui);
        self.keep(cx, ui);
    }
}

impl KpisPage {
    fn keep(&mut self, cx: &mut Cx, ui: &Ui) {
        if self.board.value.problems().iter().any(|problem| problem.stops) {
            return;
        }
        if let Some(board) = self.board.due(ui, Clone::clone) {
            let work =
                move |home: &mut Home, _: &Progress| home.session()?.save_kpi_board("Changed the KPIs", now(), &board);
            cx.write("Saving the KPIs", work, |_, ()| {});
        }
    }

    fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, as_of) = (shop.is_empty(), shop.as_of());
        let (from, to) = self.settings.period.days(as_of);
        let line =
            format!("{} – {} against {}", locale::date(from), locale::date(to), self.settings.period.before_in_words());
        page_header(ui, "KPIs", &line, |ui| self.actions(ui, empty));
        if empty {
            let words = "They are counted from orders, visits, spend and messages; what no file brings can be typed";
            return draw_empty(ui, cx, icons::KPIS, "No KPIs yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        if self.own_days {
            self.days(ui, as_of);
        }
        let Some(shop) = &cx.shop else { return };
        let definitions = shop.facts.definitions.clone();
        let key = (shop.data_key(), shop.facts.revision, definitions.clone(), as_of, self.settings);
        let settings = self.settings;
        let compared = Compared {
            before: settings.period.before(as_of),
            after: settings.period.days(as_of),
            by: Dimension::default(),
            rows: Compared::ROWS,
        };
        self.moved.ask(key.clone(), || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.explain_change(Some(as_of), &compared, progress)?.map(Arc::new))
            })
        });
        self.found.ask(key, || {
            cx.from_session(move |home, progress| {
                Ok(Ok(Arc::new(home.session()?.kpis(Some(as_of), &settings, progress)?)))
            })
        });
        let about = ("Too little to count", "KPIs are counted from orders by the as-of date");
        let view = self.found.view();
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found, &definitions)) {
            self.found.stop();
        }
    }

    fn actions(&mut self, ui: &mut Ui, empty: bool) {
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(!empty));
        menu_of(&export, |ui| {
            if let Some(target) = export_items(ui, "All metrics as") {
                self.catalogue.ask(target);
            }
            menu_line(ui);
            if let Some(target) = export_items(ui, "Framework’s table as") {
                self.framework.ask(target);
            }
        });
        let words = if self.arranging { "Done" } else { "Arrange" };
        if ui.add(Button::new(words).icon(icons::ARRANGE).enabled(!empty)).clicked() {
            self.arranging = !self.arranging;
        }
        let shown = match self.settings.period {
            Period::Days(..) => "Own days".to_owned(),
            named => named.name(),
        };
        let period = ui.add(Button::new(&shown).icon(icons::CALENDAR).chevron().enabled(!empty).named("Period"));
        menu_of(&period, |ui| {
            for (period, name, _) in PERIODS {
                if menu_item(ui, name, None, None, *period == self.settings.period).clicked() {
                    (self.settings.period, self.own_days) = (*period, false);
                    self.settings.grain = None;
                }
            }
            menu_line(ui);
            if menu_item(ui, "Own days…", None, None, self.own_days).clicked() {
                self.own_days = true;
            }
        });
    }

    /// Fields for days of one's own.
    fn days(&mut self, ui: &mut Ui, as_of: Day) {
        let (from, to) = self.settings.period.days(as_of);
        ui.horizontal(|ui| {
            let read = |text: &str| read::day(text)?.ok_or_else(|| "Type a day".to_owned());
            let first =
                self.typing.bare(ui, "from", Field::new("From", 130.0).icon(icons::CALENDAR), from.to_string(), read);
            remark(ui, "to");
            let last = self.typing.bare(ui, "to", Field::new("To", 130.0).icon(icons::CALENDAR), to.to_string(), read);
            if first.is_some() || last.is_some() {
                let (from, to) = (first.unwrap_or(from), last.unwrap_or(to));
                if from <= to {
                    self.settings.period = Period::Days(from, to);
                }
            }
            self.typing.told(ui, "from");
            self.typing.told(ui, "to");
        });
        ui.add_space(theme::of(ui).space().x2);
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Kpis>, definitions: &Definitions) {
        let t = theme::of(ui);
        if let Some(metric) = cx.metric.take().filter(|metric| found.row(*metric).is_some()) {
            (self.chosen, self.open) = (metric, Some(metric));
        }
        let gap = t.shell().gutter;
        scrolled(ui, t.space().x4, |ui| {
            if self.arranging {
                cards::arrange(ui, &mut self.board.value);
                ui.add_space(gap - ui.spacing().item_spacing.y);
            }
            cards::show(ui, found, &self.board.value, definitions);
            ui.add_space(gap - ui.spacing().item_spacing.y);
            self.pictures(cx, ui, found);
            ui.add_space(gap - ui.spacing().item_spacing.y);
            let by_row = framework::show(cx, ui, &mut self.framework, found);
            ui.add_space(gap - ui.spacing().item_spacing.y);
            let board = &self.board.value;
            let by_metric = catalogue::show(
                cx,
                ui,
                &mut self.catalogue,
                (found, board, definitions),
                self.open.unwrap_or(self.chosen),
            );
            if let Some(metric) = by_metric.or(by_row) {
                (self.chosen, self.open) = (metric, Some(metric));
                self.typing.clear();
            }
            ui.add_space(gap - ui.spacing().item_spacing.y);
            traffic::show(cx, ui, (&mut self.sources, &mut self.devices), found);
            for note in &found.notes {
                remark(ui, note);
            }
            ui.add_space(t.space().x2);
        });
        self.drawer(cx, ui, found);
    }

    /// The course of the chosen metric, and of those that stand on top as series.
    fn pictures(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Kpis) {
        let t = theme::of(ui);
        let gap = t.shell().gutter;
        ui.horizontal(|ui| {
            let grains = Grain::ALL.map(|(grain, name)| (Some(grain), by(name)));
            let grains: Vec<(Option<Grain>, &str)> = grains.to_vec();
            let mut grain = Some(found.grain);
            if segmented(ui, "Steps of the course", &grains, &mut grain) {
                self.settings.grain = grain;
            }
            remark(ui, "Click a metric below to see its course and to set its target");
        });
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
        // Against days before the history began there is nothing to explain.
        let whole = |change: &Arc<Change>| !change.notes.iter().any(|note| matches!(note, Note::HistoryBegins(_)));
        let change = self.moved.latest().map(|(_, change)| change.clone()).filter(whole);
        let split = if change.is_some() { ((area.width() - gap) * 0.6).round() } else { area.width() };
        if let Some(row) = found.row(self.chosen) {
            course::show(cx, ui, found, row, area.with_max_x(area.left() + split));
        }
        if let Some(change) = change {
            why::moved(cx, ui, area.with_min_x(area.left() + split + gap), &change, false);
        }
        ui.add_space(gap - ui.spacing().item_spacing.y);
        let others: Vec<MetricId> =
            cards::series(&self.board.value).into_iter().filter(|id| *id != self.chosen).collect();
        for pair in others.chunks(2) {
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
            let width = if pair.len() == 2 { ((area.width() - gap) / 2.0).floor() } else { area.width() };
            for (n, id) in pair.iter().enumerate() {
                let left = area.left() + n as f32 * (width + gap);
                let place = egui::Rect::from_min_size(egui::pos2(left, area.top()), vec2(width, area.height()));
                if let Some(row) = found.row(*id) {
                    course::show(cx, ui, found, row, place);
                }
            }
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
    }

    fn drawer(&mut self, cx: &mut Cx, ui: &Ui, found: &Kpis) {
        let Some(row) = self.open.and_then(|id| found.row(id)) else { return };
        let (title, line) = detail::head(row.metric);
        let drawer = Drawer { title, line: &line, within: drawer::place(ui.ctx()), scrolls: true };
        if let Some(shop) = &cx.shop {
            self.measured.ask(shop.facts.revision, || {
                cx.from_session(move |home, _| Ok(Ok(Arc::new(home.session()?.measurements()?))))
            });
        }
        let known = self.measured.latest().map(|(_, known)| known.clone()).unwrap_or_default();
        let (board, typing, entry) = (&mut self.board.value, &mut self.typing, &mut self.entry);
        let metric = row.metric.metric();
        let closed = drawer.show(ui.ctx(), |ui| {
            detail::show(ui, found, row, board, typing);
            measured::show(cx, ui, entry, metric, &known, (found.period, found.currency));
        });
        if closed {
            self.open = None;
        }
    }
}

fn by(grain: &str) -> &'static str {
    match grain {
        "day" => "By day",
        "week" => "By week",
        _ => "By month",
    }
}
