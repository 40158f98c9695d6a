//! What an experiment shows: the verdict first, then every measure, how it came about day by day, and what was checked.

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use super::read::{Key, Point, Reading, read};
use super::table::{self, Engine, Print};
use super::{Editing, Facts};
use crate::analytics::experiment::reading::{Check, Grade, Interval, Verdict as Found};
use crate::model::Currency;
use crate::model::experiment::{Choice, Experiment, Found as FoundLift, Impact, Metric};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::chip::{chip, segmented};
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, TableState, card, hairline, remark, say, say_in, text};

/// Height of the cards below the table.
const HEIGHT: f32 = 330.0;

/// The part of the page and what it remembers.
pub struct ResultStep {
    reading: Slot<Key, Arc<Reading>>,
    engine: Engine,
    table: TableState,
    parts: TableState,
    factors: TableState,
}

impl Default for ResultStep {
    fn default() -> Self {
        Self {
            reading: Slot::new("Reading the experiment"),
            engine: Engine::default(),
            table: TableState::default(),
            parts: TableState::default(),
            factors: TableState::default(),
        }
    }
}

impl ResultStep {
    /// The verdict of the experiment that was read last.
    pub fn sentence(&self) -> Option<String> {
        self.reading.latest().map(|(_, reading)| reading.of.analysis.sentence.clone())
    }

    /// What the measure that decides has shown, for the record.
    pub fn found(&self, experiment: &Experiment) -> Vec<FoundLift> {
        let latest = self.reading.latest().filter(|(key, _)| key.2.plan == experiment.plan);
        latest.map(|(key, reading)| reading.of.decision(Choice::Keep, "", key.3).found).unwrap_or_default()
    }

    /// What the variant that was chosen is worth in a year, by the data.
    pub fn impact(&self, experiment: &Experiment) -> Option<Impact> {
        let (_, reading) = self.reading.latest()?;
        let Choice::Adopt(variant) = &experiment.decision.as_ref()?.choice else { return None };
        let at = reading.of.analysis.arms.iter().position(|arm| arm == variant)?;
        Some(reading.of.worth(at)?.impact)
    }

    /// Draws the part; whether the decision is to be written.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) -> bool {
        let experiment = &editing.draft.value;
        if experiment.data.is_none() {
            card(ui, |ui| {
                let words = "Type totals, or open a file, in the step Data";
                say(ui, Type::Emphasis, "Nothing was seen yet");
                remark(ui, words);
            });
            return false;
        }
        self.ask(cx, editing.draft.id, experiment, facts);
        let about = ("Too little data for a result", "An experiment takes at least two variants with visitors");
        let mut decide = false;
        let view = self.reading.view();
        let stop = draw_slot(ui, cx, view, about, |ui, cx, reading| {
            decide = self.ready(cx, ui, reading, facts.currency);
        });
        if stop {
            self.reading.stop();
        }
        decide
    }

    fn ask(&mut self, cx: &Cx, id: i64, experiment: &Experiment, facts: &Facts) {
        let Some(shop) = &cx.shop else { return };
        let as_of = facts.as_of;
        // What was decided changes nothing of what is seen.
        let asked = Experiment { decision: None, impact: None, implemented: false, ..experiment.clone() };
        let key: Key = (shop.data_key(), id, asked, as_of, shop.facts.definitions.clone());
        self.reading.ask(key.clone(), || cx.from_session(move |home, progress| Ok(Ok(read(home, &key, progress)?))));
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, reading: &Arc<Reading>, currency: Currency) -> bool {
        let analysis = &reading.of.analysis;
        let t = theme::of(ui);
        let tone = match analysis.verdict {
            Found::Better => Tone::Good,
            Found::Worse | Found::Invalid => Tone::Warning,
            _ => Tone::Info,
        };
        Verdict { tone, sentence: &analysis.sentence, reason: &reason(reading) }.show(ui);
        let mut decide = false;
        ui.horizontal(|ui| {
            for words in &reading.chips {
                chip(ui, words);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                decide = ui.add(Button::accent("Write the decision").icon(icons::EDIT)).clicked();
                super::save::menu(cx, ui, reading);
                let engines = [(Engine::Intervals, "Intervals"), (Engine::Beliefs, "Bayesian")];
                segmented(ui, "How it is read", &engines, &mut self.engine);
            });
        });
        for problem in reading.of.problems.iter().filter(|problem| problem.stops) {
            error_line(ui, &text::capital(&problem.words));
        }
        for problem in &analysis.problems {
            remark(ui, format!("{}: {}", problem.field, problem.words));
        }
        if !analysis.metrics.is_empty() {
            table::show(
                cx,
                ui,
                &mut self.table,
                (analysis, &reading.of.observed.metrics, reading.of.settings.confidence),
                self.engine,
            );
        }
        for words in &reading.notes {
            remark(ui, words);
        }
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let gap = t.shell().gutter;
        let split = (rect.width() * 0.57).round();
        let left = rect.with_max_x(rect.left() + split);
        let right = rect.with_min_x(rect.left() + split + gap);
        match self.engine {
            // Without moments nobody knows what came when.
            Engine::Intervals if !reading.course.is_empty() => course(cx, ui, left, reading, currency),
            _ => density(cx, ui, left, reading, currency),
        }
        checks(ui, right, &analysis.checks);
        if !reading.of.factors.is_empty() {
            super::factors::show(cx, ui, &mut self.factors, reading, currency);
        }
        if !reading.of.parts.is_empty() {
            super::parts::show(cx, ui, &mut self.parts, reading, currency);
        }
        decide
    }
}

/// What the verdict rests on beside the measure that decides: gross profit, else what else was measured.
fn reason(reading: &Reading) -> String {
    let others = reading.of.analysis.metrics.iter().skip(1);
    let of_variant = |metric: &crate::analytics::experiment::MetricReading| {
        metric.comparisons.iter().find(|one| one.arm == reading.variant).map(|one| one.sentence.clone())
    };
    let mut sentences: Vec<String> = others.filter_map(of_variant).take(2).collect();
    let advice = reading.of.analysis.checks.iter().find(|check| check.grade >= Grade::Mind && !check.advice.is_empty());
    sentences.extend(advice.map(|check| check.advice.clone()));
    sentences.join(". ")
}

/// The difference so far with the band that may be looked at on any day.
fn course(cx: &mut Cx, ui: &mut Ui, rect: egui::Rect, reading: &Reading, currency: Currency) {
    let print = Print::of(reading.of.observed.metrics.first().unwrap_or(&Metric::Conversion), currency);
    let name = reading.of.observed.metrics.first().map_or("", |metric| metric.name());
    let periods: Vec<String> = reading.course.iter().map(|point| locale::date(point.day)).collect();
    let of = |pick: &dyn Fn(&Point) -> Option<f64>| reading.course.iter().map(pick).collect();
    let series = [
        Series { name: "Difference".into(), kind: Kind::Line, values: of(&|point| point.estimate) },
        Series {
            name: "Always-valid band, from".into(),
            kind: Kind::Edge,
            values: of(&|point| point.within.map(|w: Interval| w.low)),
        },
        Series {
            name: "Always-valid band, to".into(),
            kind: Kind::Edge,
            values: of(&|point| point.within.map(|w: Interval| w.high)),
        },
    ];
    let variant = reading.of.analysis.arms.get(reading.variant).map_or("", String::as_str);
    let control = reading.of.analysis.arms.first().map_or("", String::as_str);
    let chart = Chart {
        title: &format!("{name}, difference so far"),
        line: &format!("{variant} less {control}, day by day; the band may be read on any day"),
        about: "All visitors up to the end of each day. The band holds the true difference on all days together, so that \
                looking early does no harm",
        period: "Day",
        periods: &periods,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|value| print.difference(value),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Difference so far", asked, |row, column| chart.value(row, column));
    }
}

/// What is believed of the difference.
fn density(cx: &mut Cx, ui: &mut Ui, rect: egui::Rect, reading: &Reading, currency: Currency) {
    let print = Print::of(reading.of.observed.metrics.first().unwrap_or(&Metric::Conversion), currency);
    let Some(metric) = reading.of.analysis.metrics.first() else { return };
    let comparison = metric.comparisons.iter().find(|one| one.arm == reading.variant);
    let Some(belief) = comparison.and_then(|one| one.belief.as_ref()) else { return };
    let periods: Vec<String> = belief.density.iter().map(|(x, _)| print.difference(*x)).collect();
    let side = |wanted: bool| belief.density.iter().map(|(x, y)| (wanted == (*x > 0.0)).then_some(*y)).collect();
    let series = [
        Series { name: "Above zero".into(), kind: Kind::Bars, values: side(true) },
        Series { name: "Below zero".into(), kind: Kind::Rest, values: side(false) },
    ];
    let variant = reading.of.analysis.arms.get(reading.variant).map_or("", String::as_str);
    let chart = Chart {
        title: &format!("{}: what is believed of the difference", metric.name),
        line: &format!(
            "{variant}: wins with {}; taking it loses {} on average, keeping the control {}",
            locale::percent(belief.chance_to_win, 1),
            print.value(belief.loss_if_taken),
            print.value(belief.loss_if_kept)
        ),
        about: &belief.prior,
        period: "Difference",
        periods: &periods,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|value| locale::number(value, 2),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Belief", asked, |row, column| chart.value(row, column));
    }
}

fn checks(ui: &mut Ui, rect: egui::Rect, checks: &[Check]) {
    let t = theme::of(ui);
    let fine = checks.iter().filter(|check| check.grade == Grade::Fine).count();
    card_at(ui, rect, t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        say(ui, Type::Emphasis, "Checks before the verdict");
        say_in(ui, Type::Caption, t.text.subdued, format!("{fine} of {} pass", checks.len()));
        ui.add_space(t.space().x1);
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for (n, check) in checks.iter().enumerate() {
                if n > 0 {
                    hairline(ui);
                }
                let (icon, colour) = match check.grade {
                    Grade::Fine => (icons::ANSWERED, t.tone(Tone::Good).mark),
                    Grade::Unknown => (icons::QUESTION, t.text.subdued),
                    Grade::Mind => (icons::WARNING, t.tone(Tone::Warning).mark),
                    Grade::Stop => (icons::ERROR, t.tone(Tone::Bad).mark),
                };
                ui.horizontal_top(|ui| {
                    text::icon(ui, icon, t.icon().small, colour);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        say(ui, Type::Label, check.name);
                        remark(ui, &check.seen);
                        if !check.advice.is_empty() {
                            say(ui, Type::Caption, &check.advice);
                        }
                    });
                });
            }
        });
    });
}
