//! A metric up close, in the drawer beside the page: what it means, what it should come to, and who looks after it.

use egui::Ui;

use super::print;
use crate::analytics::kpi::{KpiRow, Kpis, TargetFrom};
use crate::model::assumption::ASSUMPTIONS;
use crate::model::figure::Value;
use crate::model::kpi::{Baseline, Benchmark, BenchmarkKind, Board, Target, can_aim};
use crate::model::metric::{Metric, Unit};
use crate::model::{Currency, MetricId};
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::{self, Typing};
use crate::ui::widgets::record::fact;
use crate::ui::widgets::{Button, Field, choice, hairline, remark, say};

/// Kinds of targets in the choice.
const TARGETS: [&str; 4] = ["None of the shop’s own", "A value", "Above the baseline", "As an assumption"];
/// Kinds of baselines in the choice.
const BASELINES: [&str; 3] = ["A year before", "A period", "A value"];

/// Draws what the drawer says and asks of a metric; the board takes what is typed.
pub(super) fn show(ui: &mut Ui, found: &Kpis, row: &KpiRow, board: &mut Board, typing: &mut Typing) {
    let metric = row.metric.metric();
    told(ui, found, row);
    let t = theme::of(ui);
    ui.add_space(t.space().x1);
    hairline(ui);
    ui.add_space(t.space().x1);
    let is_pinned = board.pinned.contains(&row.metric);
    let words = if is_pinned { "Unpin from the top" } else { "Pin to the top" };
    if ui.add(Button::new(words).icon(icons::PIN)).clicked() {
        match is_pinned {
            true => board.pinned.retain(|id| *id != row.metric),
            false => board.pinned.push(row.metric),
        }
    }
    let width = ui.available_width();
    let mut owner = board.owners.get(&row.metric).cloned().unwrap_or_default();
    typing.line(ui, &format!("owners.{}", metric.key), "Who looks after it", width, &mut owner);
    match owner.trim().is_empty() {
        true => board.owners.remove(&row.metric),
        false => board.owners.insert(row.metric, owner),
    };
    target(ui, found, metric, board, typing);
    baseline(ui, found, metric, board, typing);
    benchmark(ui, found, row, board, typing);
}

fn told(ui: &mut Ui, found: &Kpis, row: &KpiRow) {
    let metric = row.metric.metric();
    say(ui, Type::Section, print::maybe(metric, row.value));
    if let Some(why) = &row.why_not {
        remark(ui, why);
    }
    remark(ui, metric.in_words);
    fact(ui, "Unit", metric.unit.name());
    fact(ui, "Direction", metric.better.name());
    fact(ui, "Source", metric.source.name());
    if !row.from.is_empty() {
        fact(ui, "This value from", &row.from);
    }
    if let Some((n, of)) = row.n {
        fact(ui, "Rests on", &format!("{} {of}", locale::count(n)));
    }
    if let Some((low, high)) = row.interval {
        fact(ui, "95% interval", &format!("{} – {}", locale::percent(low, 2), locale::percent(high, 2)));
    }
    let with = |value: String, change: Option<String>| match change {
        Some(change) => format!("{value} ({change})"),
        None => value,
    };
    let before = with(print::maybe(metric, row.previous), print::change(row.change));
    fact(ui, &crate::ui::widgets::text::capital(found.settings.period.before_in_words()), &before);
    if let Some(year) = row.last_year {
        fact(
            ui,
            "A year before, same weekdays",
            &with(print::maybe(metric, year.weekdays), print::change(year.change)),
        );
        fact(
            ui,
            "A year before, same dates",
            &with(print::maybe(metric, year.dates), print::change(year.change_dates)),
        );
    }
    if let Some(baseline) = row.baseline {
        fact(ui, "Baseline", &print::value(metric, baseline));
    }
    if let Some(target) = &row.target {
        let from = match &target.from {
            TargetFrom::Typed => "typed".to_owned(),
            TargetFrom::Lift(lift) => format!("{} above the baseline", print::signed(*lift)),
            TargetFrom::Assumption(key) => format!("assumption “{}”", assumption(key)),
            TargetFrom::File { source, dated } => format!("{source}, {}", locale::date(*dated)),
        };
        fact(ui, "Target", &print::value(metric, target.value));
        remark(ui, from);
    }
    if let Some(one) = &row.benchmark {
        fact(ui, "Benchmark", &print::benchmark(metric, one.value));
        remark(ui, format!("{}; {}, {}", one.of, one.source, locale::date(one.dated)));
    }
}

/// The name of an assumption by its key.
fn assumption(key: &str) -> &str {
    ASSUMPTIONS.iter().find(|one| one.key == key).map_or(key, |one| one.name)
}

fn target(ui: &mut Ui, found: &Kpis, metric: &Metric, board: &mut Board, typing: &mut Typing) {
    let id = metric.id;
    let at = format!("targets.{}", metric.key);
    say(ui, Type::Label, "Target");
    let kind = match board.targets.get(&id) {
        None => 0,
        Some(Target::Value(_)) => 1,
        Some(Target::Lift(_)) => 2,
        Some(Target::Assumption(_)) => 3,
    };
    let fitting: Vec<&crate::model::assumption::Assumption> =
        ASSUMPTIONS.iter().filter(|one| can_aim(metric, one.unit.kind)).collect();
    let kinds = if fitting.is_empty() { &TARGETS[..3] } else { &TARGETS[..] };
    let names: Vec<String> = kinds.iter().map(|name| (*name).to_owned()).collect();
    let width = ui.available_width();
    if let Some(new) = choice(ui, "Kind of target", width, TARGETS[kind], &names) {
        typing.clear();
        let value = found.row(id).and_then(|row| row.value.or(row.baseline));
        match (new, value, fitting.first()) {
            (1, value, _) => {
                let zero = metric.unit.value(0.0, found.currency);
                if let Some(value) = value.or(zero) {
                    board.targets.insert(id, Target::Value(value));
                }
            }
            (2, ..) => {
                let lift = if metric.better.is_rise_good() == Some(false) { -0.1 } else { 0.1 };
                board.targets.insert(id, Target::Lift(lift));
            }
            (3, _, Some(first)) => {
                board.targets.insert(id, Target::Assumption(first.key.to_owned()));
            }
            _ => {
                board.targets.remove(&id);
            }
        }
    }
    match board.targets.get(&id).cloned() {
        Some(Target::Value(value)) => {
            if let Some(new) = value_field(ui, typing, &at, ("Target", width), metric, found.currency, value) {
                board.targets.insert(id, Target::Value(new));
            }
        }
        Some(Target::Lift(lift)) => {
            let field = Field::number("Above the baseline", "%", width);
            let shown = typing::trimmed(lift * 100.0, 4);
            let read = |text: &str| read::percent(text, (-1.0, 100.0))?.ok_or_else(|| "Type a percentage".to_owned());
            if let Some(new) = typing.field(ui, &at, field, "", shown, read) {
                board.targets.insert(id, Target::Lift(new));
            }
        }
        Some(Target::Assumption(key)) => {
            let names: Vec<String> = fitting.iter().map(|one| one.name.to_owned()).collect();
            if let Some(new) = choice(ui, "Assumption", width, assumption(&key), &names) {
                board.targets.insert(id, Target::Assumption(fitting[new].key.to_owned()));
            }
            remark(ui, "The scenario in use gives the value; it moves with it");
        }
        None => {}
    }
}

fn baseline(ui: &mut Ui, found: &Kpis, metric: &Metric, board: &mut Board, typing: &mut Typing) {
    let id = metric.id;
    let at = format!("baselines.{}", metric.key);
    say(ui, Type::Label, "Baseline");
    let kind = match board.baselines.get(&id) {
        None => 0,
        Some(Baseline::Period(..)) => 1,
        Some(Baseline::Value(_)) => 2,
    };
    let width = ui.available_width();
    let names: Vec<String> = BASELINES.iter().map(|name| (*name).to_owned()).collect();
    if let Some(new) = choice(ui, "Kind of baseline", width, BASELINES[kind], &names) {
        typing.clear();
        let value = found.row(id).and_then(|row| row.baseline.or(row.value));
        let (from, to) = found.baseline;
        match (new, value.or(metric.unit.value(0.0, found.currency))) {
            (1, _) => board.baselines.insert(id, Baseline::Period(from, to)),
            (2, Some(value)) => board.baselines.insert(id, Baseline::Value(value)),
            _ => board.baselines.remove(&id),
        };
    }
    match board.baselines.get(&id).cloned() {
        Some(Baseline::Value(value)) => {
            if let Some(new) = value_field(ui, typing, &at, ("Baseline", width), metric, found.currency, value) {
                board.baselines.insert(id, Baseline::Value(new));
            }
        }
        Some(Baseline::Period(from, to)) => {
            let read = |text: &str| read::day(text)?.ok_or_else(|| "Type a day".to_owned());
            let first = typing.field(ui, &format!("{at}.from"), Field::new("From", width), "", from.to_string(), read);
            let last = typing.field(ui, &format!("{at}.to"), Field::new("To", width), "", to.to_string(), read);
            if first.is_some() || last.is_some() {
                board.baselines.insert(id, Baseline::Period(first.unwrap_or(from), last.unwrap_or(to)));
            }
            typing.told(ui, &at);
        }
        None => {}
    }
}

/// A benchmark of the shop's own, with who says so and when.
fn benchmark(ui: &mut Ui, found: &Kpis, row: &KpiRow, board: &mut Board, typing: &mut Typing) {
    let metric = row.metric.metric();
    let is_own = |one: &Benchmark| one.key == metric.key && one.kind == BenchmarkKind::Benchmark;
    let Some(at) = board.benchmarks.iter().position(is_own) else {
        let begins = row.benchmark.as_ref().map(|one| one.value).or_else(|| row.value.map(Value::number));
        if ui.add(Button::new("Set a benchmark of your own").icon(icons::ADD)).clicked() {
            board.benchmarks.push(Benchmark {
                key: metric.key.to_owned(),
                kind: BenchmarkKind::Benchmark,
                name: metric.name.to_owned(),
                value: begins.unwrap_or(0.0),
                of: row.benchmark.as_ref().map_or_else(|| metric.in_words.to_owned(), |one| one.of.clone()),
                source: "Our own".to_owned(),
                dated: found.as_of,
            });
        }
        return;
    };
    let (width, key) = (ui.available_width(), format!("benchmarks.{}", metric.key));
    say(ui, Type::Label, "Benchmark of your own");
    let Some(value) = metric.unit.value(board.benchmarks[at].value, found.currency) else { return };
    if let Some(new) = value_field(ui, typing, &key, ("Benchmark", width), metric, found.currency, value) {
        board.benchmarks[at].value = new.number();
    }
    typing.line(ui, &format!("{key}.source"), "Benchmark from", width, &mut board.benchmarks[at].source);
    let read = |text: &str| read::day(text)?.ok_or_else(|| "Type a day".to_owned());
    let shown = board.benchmarks[at].dated.to_string();
    if let Some(day) =
        typing.field(ui, &format!("{key}.dated"), Field::new("Written on", width), "Written on", shown, read)
    {
        board.benchmarks[at].dated = day;
    }
    if ui.add(Button::plain("Back to the given benchmark")).clicked() {
        board.benchmarks.remove(at);
        typing.clear();
    }
}

/// A field for a value of a metric, in its unit.
pub(super) fn value_field(
    ui: &mut Ui,
    typing: &mut Typing,
    at: &str,
    (name, width): (&str, f32),
    metric: &Metric,
    currency: Currency,
    value: Value,
) -> Option<Value> {
    let field = Field::number(name, unit_of(metric, &currency), width);
    let read = |text: &str| read_value(metric, text, currency)?.ok_or_else(|| "Type a value".to_owned());
    typing.field(ui, at, field, "", as_typed(value), read)
}

/// What stands behind the number in its field.
pub(super) fn unit_of<'c>(metric: &Metric, currency: &'c Currency) -> &'c str {
    match metric.unit {
        Unit::Money => currency.code(),
        Unit::Share | Unit::Growth => "%",
        Unit::Days => "days",
        Unit::Seconds => "s",
        Unit::Ratio => "×",
        _ => "",
    }
}

fn as_typed(value: Value) -> String {
    match value {
        Value::Money(minor, currency) => typing::plain(crate::model::plan::Amount { minor, currency }, currency),
        Value::Count(n) => n.to_string(),
        Value::Share(share) => typing::trimmed(share * 100.0, 4),
        Value::Number(number) => typing::trimmed(number, 4),
    }
}

/// A value of a metric as somebody types it; nothing typed is nothing.
pub(super) fn read_value(metric: &Metric, text: &str, currency: Currency) -> Result<Option<Value>, String> {
    let value = match metric.unit {
        Unit::Money => read::money(text, currency)?.map(|minor| Value::Money(minor, currency)),
        Unit::Share | Unit::Growth => read::percent(text, (-1.0, 100.0))?.map(Value::Share),
        Unit::Count => typing::whole(text)?.map(Value::Count),
        _ => read::decimal(text)?.map(Value::Number),
    };
    match value.map(|value| crate::model::kpi::fits(metric.id, value).map(|()| value)) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(why)) => Err(why),
    }
}

/// The name of the drawer and the line below it.
pub(super) fn head(metric: MetricId) -> (&'static str, String) {
    let metric = metric.metric();
    (metric.name, metric.group.map_or_else(String::new, |group| group.name().to_owned()))
}
