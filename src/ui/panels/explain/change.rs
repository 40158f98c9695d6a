//! Why revenue moved: two periods, what each factor made of the change, and the groups it came from.

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use super::{Basis, gap, groups, pictures, together};
use crate::analytics::explain::{Change, Dimension, Preset, Settings, said};
use crate::model::Day;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::chart::waterfall::Waterfall;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Field, TableState, check, choice, say, scrolled};

/// Rows that the pictures leave room for.
const ROWS: usize = 9;
/// Width of a field for a day.
const DAY: f32 = 132.0;

/// What a change depends on.
type Key = (Basis, Settings);

/// The tab and what it remembers.
pub(super) struct ChangeTab {
    found: Slot<Key, Arc<Change>>,
    preset: Preset,
    /// Periods of the user's own, instead of the preset's.
    own: Option<[(Day, Day); 2]>,
    by: Dimension,
    /// Whether the value of orders is taken apart in the picture.
    apart: bool,
    typing: Typing,
    pub table: TableState,
}

impl Default for ChangeTab {
    fn default() -> Self {
        Self {
            found: Slot::new("Taking the change apart"),
            preset: Preset::default(),
            own: None,
            by: Dimension::default(),
            apart: false,
            typing: Typing::default(),
            table: TableState::default(),
        }
    }
}

impl ChangeTab {
    pub fn is_ready(&self) -> bool {
        self.found.latest().is_some()
    }

    fn periods(&self, as_of: Day) -> [(Day, Day); 2] {
        self.own.unwrap_or_else(|| self.preset.periods(as_of))
    }

    /// The two periods, below the title.
    pub fn line(&self, as_of: Day) -> String {
        let [before, after] = self.periods(as_of).map(|days| said::days(days, locale::current()));
        format!("Why revenue moved, {after} against {before}")
    }

    pub fn ui(&mut self, cx: &mut Cx, ui: &mut Ui, basis: &Basis) {
        self.controls(ui, basis.as_of);
        let [before, after] = self.periods(basis.as_of);
        let settings = Settings { before, after, by: self.by, rows: Settings::ROWS };
        let as_of = basis.as_of;
        self.found.ask((basis.clone(), settings), || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.explain_change(Some(as_of), &settings, progress)?.map(Arc::new))
            })
        });
        let about = ("One of the periods has no orders", "Choose other periods, or import orders of both");
        let view = self.found.view();
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found)) {
            self.found.stop();
        }
    }

    fn controls(&mut self, ui: &mut Ui, as_of: Day) {
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            let mut names: Vec<String> = Preset::ALL.map(|preset| preset.name().to_owned()).to_vec();
            names.push("Other periods".to_owned());
            let shown = if self.own.is_some() { &names[Preset::ALL.len()] } else { self.preset.name() };
            if let Some(n) = choice(ui, "Periods", 290.0, shown, &names) {
                self.typing.clear();
                match Preset::ALL.get(n) {
                    Some(preset) => (self.preset, self.own) = (*preset, None),
                    None => self.own = Some(self.periods(as_of)),
                }
            }
            let dimensions: Vec<String> = Dimension::ALL.map(|by| format!("By {}", lowered(by.name()))).to_vec();
            let shown = format!("By {}", lowered(self.by.name()));
            if let Some(n) = choice(ui, "Groups", 190.0, &shown, &dimensions) {
                self.by = Dimension::ALL[n];
            }
            ui.add_space(t.space().x2);
            check(ui, "Take order value apart", &mut self.apart);
        });
        if let Some(own) = &mut self.own {
            ui.add_space(t.space().x1);
            ui.horizontal(|ui| {
                let [before, after] = own;
                for (label, (from, to)) in [("Before", before), ("After", after)] {
                    say(ui, Type::Label, label);
                    day(ui, &mut self.typing, &format!("{label}, first day"), from);
                    say(ui, Type::Body, "–");
                    day(ui, &mut self.typing, &format!("{label}, last day"), to);
                    ui.add_space(t.space().x4);
                }
            });
            for at in ["Before, first day", "Before, last day", "After, first day", "After, last day"] {
                self.typing.told(ui, at);
            }
        }
        ui.add_space(t.space().x2);
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Change>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            let notes = said::notes(found, locale::current());
            let tone = match found.amount() {
                ..0 => Tone::Warning,
                0 => Tone::Info,
                _ => Tone::Good,
            };
            let sentence = said::verdict(found, locale::current());
            Verdict { tone, sentence: &sentence, reason: &together(&notes) }.show(ui);
            gap(ui);
            let high = Waterfall::height(t, ROWS);
            let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
            let between = t.shell().gutter;
            let middle = area.left() + ((area.width() - between) / 2.0).round();
            let (left, right): (Rect, Rect) = (area.with_max_x(middle), area.with_min_x(middle + between));
            pictures::moved(cx, ui, left, found, self.apart);
            pictures::by_group(cx, ui, right, found, ROWS - 2);
            gap(ui);
            groups::show(cx, ui, &mut self.table, found);
            ui.add_space(t.space().x2);
        });
    }
}

/// A field for a day; what is no day yet changes nothing.
pub(super) fn day(ui: &mut Ui, typing: &mut Typing, name: &str, value: &mut Day) {
    let field = Field::new(name, DAY).hint("2026-10-14").icon(icons::CALENDAR);
    if let Some(Some(new)) = typing.bare(ui, name, field, locale::date(*value), read::day) {
        *value = new;
    }
}

/// A name within a sentence.
pub(super) fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
