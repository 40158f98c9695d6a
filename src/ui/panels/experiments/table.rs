//! The table of measures: what each variant did, and the difference with its interval around zero.

use egui::{Color32, Sense, Ui, vec2};

use crate::analytics::experiment::reading::{Analysis, Comparison, Interval, MetricReading, Verdict};
use crate::analytics::experiment::settings::Role;
use crate::model::Currency;
use crate::model::experiment::{Metric, Unit};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Icon, Theme, Tone, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Column, Table, TableState};

/// How differences are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Intervals that hold the truth so often.
    #[default]
    Intervals,
    /// Probabilities of what is true.
    Beliefs,
}

/// A line of the table: a measure of a variant, as it is or adjusted by what was known before.
#[derive(Clone, Copy)]
struct Line {
    metric: usize,
    comparison: usize,
    adjusted: bool,
}

/// What a value is printed in.
#[derive(Clone, Copy)]
pub struct Print {
    unit: Unit,
    currency: Currency,
}

impl Print {
    /// Of a measure.
    pub fn of(metric: &Metric, currency: Currency) -> Self {
        Self { unit: metric.unit(), currency }
    }

    /// A value.
    pub fn value(self, value: f64) -> String {
        match self.unit {
            Unit::Share => locale::percent(value, 2),
            Unit::Money => self.money(value),
            Unit::Number => locale::number(value, 3),
        }
    }

    /// A difference, with its sign.
    pub fn difference(self, value: f64) -> String {
        let text = match self.unit {
            Unit::Share => format!("{} pp", locale::number(value * 100.0, 2)),
            Unit::Money => self.money(value),
            Unit::Number => locale::number(value, 3),
        };
        if value > 0.0 { format!("+{text}") } else { text }
    }

    fn money(self, value: f64) -> String {
        locale::money((value * self.currency.scale() as f64).round() as i64, self.currency)
    }

    /// Both ends of an interval of differences.
    pub fn interval(self, interval: Interval) -> String {
        format!("{} to {}", self.difference(interval.low), self.difference(interval.high))
    }
}

/// What a comparison comes to under an engine.
fn effect(of: &Comparison, adjusted: bool, engine: Engine) -> Option<(f64, Interval)> {
    let effect = if adjusted { of.adjusted?.absolute } else { of.absolute? };
    match engine {
        Engine::Intervals => Some((effect.estimate, effect.corrected.or(effect.interval)?)),
        Engine::Beliefs => Some((effect.estimate, of.belief.as_ref()?.interval)),
    }
}

/// What is said of a comparison in a word, with its mark.
pub fn reading(verdict: Verdict) -> (&'static str, Option<Tone>, Icon) {
    match verdict {
        Verdict::Better => ("Better", Some(Tone::Good), icons::ANSWERED),
        Verdict::Worse => ("Worse", Some(Tone::Bad), icons::ERROR),
        Verdict::AsGoodAsEqual => ("As good as equal", Some(Tone::Info), icons::INFO),
        Verdict::CannotTell => ("Cannot tell", None, icons::QUESTION),
        Verdict::NotYet => ("Not yet", None, icons::QUESTION),
        Verdict::Invalid => ("Not to be trusted", Some(Tone::Warning), icons::WARNING),
    }
}

/// Draws the table.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    (analysis, metrics, confidence): (&Analysis, &[Metric], f64),
    engine: Engine,
) {
    let t = theme::of(ui);
    let currency = cx.shop.as_ref().map_or(Currency::USD, |shop| shop.facts.definitions.currency);
    let several = analysis.arms.len() > 2;
    let lines = lines(analysis, engine);
    let control = analysis.arms.first().map_or("Control", String::as_str);
    let variant = if several { "Variant" } else { analysis.arms.get(1).map_or("Variant", String::as_str) };
    let last = if engine == Engine::Beliefs { "Chance to win" } else { "Reading" };
    let columns = [
        Column::text("Measure", 170.0).grow(1.0),
        Column::text("", 80.0),
        Column::text(if several { "Variant" } else { "" }, if several { 112.0 } else { 8.0 }),
        Column::number(control.to_owned(), 90.0),
        Column::number(if several { "It has".to_owned() } else { variant.to_owned() }, 90.0),
        Column::number("Difference", 100.0),
        Column::text("Worse | better", 160.0),
        Column::number(format!("{} interval", locale::percent(confidence, 0)), 176.0),
        Column::text(last, 126.0),
    ];
    let table = Table::new("Result", &columns, lines.len() as u64, t.row().normal).plain();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
    let at = |row: u64| lines.get(usize::try_from(row).ok()?).copied();
    let of = |line: Line| {
        let reading = &analysis.metrics[line.metric];
        (reading, &reading.comparisons[line.comparison])
    };
    let print = |line: Line| {
        let named = |metric: &&Metric| metric.name() == analysis.metrics[line.metric].name;
        Print::of(metrics.iter().find(named).unwrap_or(&Metric::Conversion), currency)
    };
    let text = |row: u64, column: usize| -> Option<String> {
        let line = at(row)?;
        let (reading, comparison) = of(line);
        let print = print(line);
        let arm = |at: usize| {
            let figure = reading.arms.get(at)?;
            Some(print.value(if line.adjusted { figure.adjusted? } else { figure.value? }))
        };
        let found = effect(comparison, line.adjusted, engine);
        match column {
            0 if line.adjusted => Some(format!("{}, adjusted", reading.name)),
            0 => Some(reading.name.clone()),
            1 => role(reading).map(str::to_owned).filter(|_| !line.adjusted),
            2 => several.then(|| analysis.arms.get(comparison.arm).cloned())?,
            // Adjusted values are known by their difference.
            3 if line.adjusted => {
                let of = reading.arms.get(comparison.arm)?.adjusted? - comparison.adjusted?.absolute.estimate;
                Some(print.value(of))
            }
            3 => arm(0),
            4 => arm(comparison.arm),
            5 => found.map(|(estimate, _)| print.difference(estimate)),
            6 => None,
            7 => found.map(|(_, interval)| print.interval(interval)),
            _ if engine == Engine::Beliefs => {
                comparison.belief.as_ref().map(|belief| locale::percent(belief.chance_corrected, 1))
            }
            _ => Some(self::reading(comparison.verdict).0.to_owned()),
        }
    };
    let mut shown = None;
    card_at(ui, rect, 0.0, |ui| {
        shown = Some(table.show(ui, state, |row, column, cell| {
            let Some(line) = at(row) else { return };
            let (_, comparison) = of(line);
            let words = text(row, column);
            match (column, words) {
                (0, Some(words)) if line.adjusted => cell.subdued(&words),
                (0, Some(words)) => cell.label(&words),
                (1, Some(words)) => cell.chip(&words, (words == "Decides").then_some(Tone::Info), None),
                (5, Some(words)) => cell.strong(&words),
                (6, _) => {
                    if let Some((estimate, interval)) = effect(comparison, line.adjusted, engine) {
                        let reach = interval.low.abs().max(interval.high.abs()).max(f64::MIN_POSITIVE) * 1.15;
                        let scaled = (interval.low / reach, interval.high / reach);
                        let said = print(line).interval(interval);
                        cell.interval(estimate / reach, scaled, ink(t, comparison.verdict), &said);
                    }
                }
                (8, Some(words)) if engine == Engine::Intervals => {
                    let (_, tone, icon) = reading(comparison.verdict);
                    let colour = tone.map_or(t.text.subdued, |tone| t.tone(tone).mark);
                    cell.icon(icon, colour);
                    cell.text(&words);
                }
                (_, Some(words)) => cell.text(&words),
                (2, None) => {}
                (1, None) => {}
                (_, None) => cell.subdued("—"),
            }
        }));
    });
    if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
        cx.deliver(wanted, |row, column| text(row, column).map_or(Value::Empty, Value::Text));
    }
}

fn lines(analysis: &Analysis, engine: Engine) -> Vec<Line> {
    let mut lines = Vec::new();
    for (metric, reading) in analysis.metrics.iter().enumerate() {
        for (comparison, of) in reading.comparisons.iter().enumerate() {
            // What is believed rests on the adjusted comparison, where there is one.
            let adjusted = of.adjusted.is_some();
            if !adjusted || engine == Engine::Intervals {
                lines.push(Line { metric, comparison, adjusted: false });
            }
            if adjusted {
                lines.push(Line { metric, comparison, adjusted: true });
            }
        }
    }
    lines
}

fn role(reading: &MetricReading) -> Option<&'static str> {
    match reading.role {
        Role::Primary => Some("Decides"),
        Role::Guard => Some("Guard"),
        Role::Secondary => None,
    }
}

/// The colour of an interval.
pub fn ink(t: &Theme, verdict: Verdict) -> Color32 {
    match verdict {
        Verdict::Better => t.series(0),
        Verdict::Worse => t.tone(Tone::Bad).mark,
        _ => t.text.subdued,
    }
}
