//! Sales ahead: the picture, the steps, how the rules did on the past, and what is put on top of ordinary days.

use egui::{Sense, Ui, vec2};

use crate::analytics::outlook::{Ahead, EventKind, Grain, Of, Outlook, said};
use crate::model::Day;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::{Chart, Flag, Kind, Series};
use crate::ui::widgets::record::{Side, fact, form_card, halves};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::text::capital;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState, remark, say};

/// Height of the picture.
const PICTURE: f32 = 300.0;
/// Steps of the past that are drawn.
const DRAWN: [(Grain, usize); 3] = [(Grain::Day, 60), (Grain::Week, 52), (Grain::Month, 24)];

/// What the part remembers.
#[derive(Default)]
pub struct SalesPart {
    steps: TableState,
    rules: TableState,
}

impl SalesPart {
    /// Copies or saves the steps once they are drawn.
    pub fn ask_for(&mut self, target: Target) {
        self.steps.ask(target);
    }

    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Outlook) {
        let t = theme::of(ui);
        let tone = if found.used_naive { Tone::Info } else { Tone::Good };
        Verdict { tone, sentence: &said::verdict(found), reason: &said::held_out(found) }.show(ui);
        ui.add_space(t.space().x2);
        picture(cx, ui, found);
        let gap = t.shell().gutter;
        ui.add_space(gap - ui.spacing().item_spacing.y);
        self.table(cx, ui, found);
        ui.add_space(gap - ui.spacing().item_spacing.y);
        halves(ui, |ui, side| {
            form_card(ui, |ui| match side {
                Side::Left => self.rules(cx, ui, found),
                Side::Right => events(ui, found),
            });
        });
        ui.add_space(t.space().x2);
    }

    fn table(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Outlook) {
        let t = theme::of(ui);
        let unit = unit(found);
        let columns = [
            Column::text(capital(found.grain.name()), 220.0),
            Column::number(format!("Expected{unit}"), 130.0),
            Column::number(format!("8 in 10 from{unit}"), 130.0),
            Column::number(format!("8 in 10 to{unit}"), 130.0),
            Column::number(format!("95% from{unit}"), 130.0),
            Column::number(format!("95% to{unit}"), 130.0),
            Column::text("What is in it", 200.0).grow(1.0),
        ];
        let table = Table::new("Forecast", &columns, found.ahead.len() as u64, t.row().dense).totals().plain();
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
        let at = |row: u64| found.ahead.get(usize::try_from(row).ok()?);
        let shown = card_at(ui, place, 0.0, |ui| {
            table.show(ui, &mut self.steps, |row, column, cell| match at(row) {
                Some(step) => match column {
                    0 => cell.label(&name(found.grain, step.from, step.to)),
                    1..=5 => cell.text(&print(found, values(step)[column - 1])),
                    _ => cell.subdued(&inside(found, step)),
                },
                None => match column {
                    0 => cell.strong("All of them"),
                    1..=5 => cell.strong(&print(found, total(found)[column - 1])),
                    _ => {}
                },
            })
        });
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| match (at(row), column) {
                (None, _) => Value::Empty,
                (Some(step), 0) => Value::Text(name(found.grain, step.from, step.to)),
                (Some(step), 1..=5) => exported(found, values(step)[column - 1]),
                (Some(step), _) => Value::Text(inside(found, step)),
            });
        }
    }

    fn rules(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Outlook) {
        let t = theme::of(ui);
        say(ui, Type::Emphasis, "How the rules did on the past");
        let held = &found.held_out;
        remark(
            ui,
            format!(
                "Foretold again from {} between {} and {}; {} lay in the 95% interval, {} in the 8-in-10 one",
                locale::counted(held.origins.into(), "day", "days"),
                locale::date(held.days.0),
                locale::date(held.days.1),
                locale::percent(held.within_95, 0),
                locale::percent(held.within_80, 0),
            ),
        );
        let columns = [
            Column::text("Rule", 220.0).grow(1.0),
            Column::number("Error", 70.0),
            Column::number("Scaled error", 100.0),
            Column::number("Bias", 76.0),
        ];
        let at = |row: u64| found.tried.get(usize::try_from(row).ok()?);
        let table = Table::new("Rules of forecasts", &columns, found.tried.len() as u64, t.row().dense).plain();
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t)), Sense::hover());
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("rules"));
        let shown = table.show(&mut inner, &mut self.rules, |row, column, cell| {
            let Some(rule) = at(row) else { return };
            match column {
                0 if rule.rule == found.rule => cell.strong(&rule.rule),
                0 => cell.text(&rule.rule),
                1 => cell.text(&locale::percent(rule.wape, 1)),
                2 => cell.text(&rule.mase.map_or_else(|| "—".to_owned(), |mase| locale::number(mase, 2))),
                _ => cell.text(&locale::signed_percent(rule.bias)),
            }
        });
        remark(
            ui,
            "Error: what steps were off by ÷ what came. Scaled: against what a step differs from the one a season \
             before; below 1 is better than that. Bias: foretold too much (+) or too little (−)",
        );
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| {
                let Some(rule) = at(row) else { return Value::Empty };
                match column {
                    0 => Value::Text(rule.rule.clone()),
                    1 => Value::Number(rule.wape),
                    2 => rule.mase.map_or(Value::Empty, Value::Number),
                    _ => Value::Number(rule.bias),
                }
            });
        }
    }
}

fn picture(cx: &mut Cx, ui: &mut Ui, found: &Outlook) {
    let drawn = DRAWN.iter().find(|(grain, _)| *grain == found.grain).map_or(60, |(_, steps)| *steps);
    let past = &found.history[found.history.len().saturating_sub(drawn)..];
    let mut names: Vec<String> = past.iter().map(|step| locale::step(found.grain, step.from)).collect();
    names.extend(found.ahead.iter().map(|step| locale::step(found.grain, step.from)));
    let blank = || std::iter::repeat_n(None, past.len());
    let ahead = |of: &dyn Fn(&Ahead) -> f64| -> Vec<Option<f64>> {
        blank().chain(found.ahead.iter().map(|step| Some(of(step)))).collect()
    };
    let came = past.iter().map(|step| step.value).chain(found.ahead.iter().map(|_| None)).collect();
    let series = |name: &str, kind, values| Series { name: name.into(), kind, values };
    let all = [
        series("Came", Kind::Rest, came),
        series("Expected", Kind::Line, ahead(&|step| step.middle)),
        series("8 in 10, from", Kind::Edge, ahead(&|step| step.within_80.0)),
        series("8 in 10, to", Kind::Edge, ahead(&|step| step.within_80.1)),
    ];
    let flags: Vec<Flag> = flags(found, past.len());
    let title = format!("{} by {}", found.of.name(), found.grain.name());
    let line = match found.of {
        Of::Orders => "Orders that count; what came, and what is expected".to_owned(),
        Of::Revenue | Of::Aov => {
            format!("{}, by the shop’s definitions; what came, and what is expected", found.currency)
        }
    };
    let about = "Intervals are as wide as the rule was off on the shop’s own past, so many steps ahead. Days in and just \
                 after sales are not learnt from; planned sales are put on top with what past sales brought";
    let chart = Chart {
        title: &title,
        line: &line,
        about,
        period: "From",
        periods: &names,
        series: &all,
        unfinished: None,
        flags: &flags,
        print: &|value| print(found, value),
    };
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), PICTURE), Sense::hover());
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(&title, asked, |row, column| chart.value(row, column));
    }
}

/// Each event once, at its first step.
fn flags(found: &Outlook, before: usize) -> Vec<Flag> {
    let first = |event: usize| found.ahead.iter().position(|step| step.events.contains(&event));
    let flag = |(n, event): (usize, &crate::analytics::outlook::Event)| {
        Some(Flag { period: before + first(n)?, words: event.name.clone() })
    };
    let mut flags: Vec<Flag> = found.events.iter().enumerate().filter_map(flag).collect();
    flags.sort_by_key(|flag| flag.period);
    flags
}

fn events(ui: &mut Ui, found: &Outlook) {
    say(ui, Type::Emphasis, "What is put on top of ordinary days");
    if found.events.is_empty() {
        remark(ui, "No planned sale and no holiday with a past of its own lies ahead");
    }
    for event in &found.events {
        let days = if event.from == event.to {
            locale::date(event.from)
        } else {
            format!("{} – {}", locale::date(event.from), locale::date(event.to))
        };
        let times = match event.factor {
            Some((factor, (low, high))) => {
                format!("× {} ({} – {})", locale::number(factor, 2), locale::number(low, 2), locale::number(high, 2))
            }
            None => "cannot tell, nothing is put on".to_owned(),
        };
        let of = match event.kind {
            EventKind::Sale => "past sale",
            EventKind::Holiday => "year",
        };
        let past = locale::counted(event.past.into(), of, &format!("{of}s"));
        fact(ui, &format!("{}, {days}", event.name), &format!("{times}, from {past}"));
    }
    if let Some(growth) = found.growth {
        fact(ui, "Last year against the one before, ordinary days", &locale::signed_percent(growth));
    }
    for note in &found.notes {
        remark(ui, note);
    }
}

fn values(step: &Ahead) -> [f64; 5] {
    [step.middle, step.within_80.0, step.within_80.1, step.within_95.0, step.within_95.1]
}

fn total(found: &Outlook) -> [f64; 5] {
    let told = &found.total;
    [told.middle, told.within_80.0, told.within_80.1, told.within_95.0, told.within_95.1]
}

/// What is not ordinary in a step, and what is known of it.
fn inside(found: &Outlook, step: &Ahead) -> String {
    let known = step.known.map(|known| {
        format!("{} of it came: {}", locale::counted(known.days.into(), "day", "days"), print(found, known.value))
    });
    let events = step.events.iter().filter_map(|&n| found.events.get(n)).map(|event| event.name.clone());
    known.into_iter().chain(events).collect::<Vec<_>>().join(", ")
}

fn print(found: &Outlook, value: f64) -> String {
    match found.of {
        Of::Orders => locale::number(value, 0),
        Of::Revenue => locale::current().money_whole(value.round() as i64, found.currency),
        Of::Aov => locale::money(value.round() as i64, found.currency),
    }
}

fn exported(found: &Outlook, value: f64) -> Value {
    match found.of {
        Of::Orders => Value::Number(value),
        Of::Revenue | Of::Aov => Value::Money(value.round() as i64, found.currency),
    }
}

fn unit(found: &Outlook) -> String {
    match found.of {
        Of::Orders => String::new(),
        Of::Revenue | Of::Aov => format!(" ({})", found.currency.code()),
    }
}

fn name(grain: Grain, from: Day, to: Day) -> String {
    match grain {
        Grain::Day => locale::date(from),
        Grain::Week => format!("{} – {}", locale::date(from), locale::date(to)),
        Grain::Month => from.date().format("%B %Y").to_string(),
    }
}
