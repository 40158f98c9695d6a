//! What a figure depends on: one assumption at a time, two at a time, and all of them at once.

use egui::{Rect, Ui};

use super::{Shown, print};
use crate::analytics::roi::{OutputId, said};
use crate::model::assumption::AssumptionId;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::Frame;
use crate::ui::widgets::chart::histogram::{Bin, Histogram};
use crate::ui::widgets::chart::tornado::{Tornado, TornadoEnd, TornadoRow};
use crate::ui::widgets::form::choice;
use crate::ui::widgets::heat_map::{HeatCell, HeatMap, Scale};
use crate::ui::widgets::text::capital;
use crate::ui::widgets::{remark, say};

/// An assumption is said to decide when it moves the figure by so much more than the next one.
const DECIDES: f64 = 1.25;

/// How high the tornado is.
pub(super) fn tornado_height(ui: &Ui, shown: &Shown) -> f32 {
    Tornado::height(theme::of(ui), shown.tornado.bars.len().max(1))
}

/// One assumption at a time.
pub(super) fn tornado(cx: &mut Cx, ui: &mut Ui, shown: &Shown, place: Rect) {
    let currency = shown.inputs.currency;
    let output = shown.tornado.output.get();
    let print = |number: f64| print::short(shown.tornado.output, number, currency);
    let Some(base) = shown.tornado.base else {
        return nothing(ui, place, "What it depends on", "It cannot be told yet");
    };
    if shown.tornado.bars.is_empty() {
        let words = "No assumption has a range: type one beside its value, or take the value from data";
        return nothing(ui, place, "What it depends on", words);
    }
    let end = |id: AssumptionId, at: f64, result: Option<f64>| TornadoEnd {
        result,
        input: print::value(id.get().unit, at, currency),
    };
    let rows: Vec<TornadoRow> = shown
        .tornado
        .bars
        .iter()
        .map(|bar| TornadoRow {
            name: bar.id.get().name.to_owned(),
            ends: [end(bar.id, bar.range.0, bar.at_low), end(bar.id, bar.range.1, bar.at_high)],
        })
        .collect();
    let widths: Vec<f64> = shown.tornado.bars.iter().map(|bar| bar.width()).collect();
    let decides = widths.len() > 1 && widths[0] > DECIDES * widths[1];
    let title = if decides {
        format!("{} decides more than everything else", rows[0].name)
    } else {
        format!("What {} depends on", said::in_a_sentence(output.name))
    };
    let held: Vec<String> = shown.tornado.held.iter().map(|id| said::in_a_sentence(id.get().name)).collect();
    let held = if held.is_empty() { String::new() } else { format!(". Without a range: {}", held.join(", ")) };
    let line =
        format!("{} when one assumption goes over its range and the rest stay; line at {}", output.symbol, print(base));
    let about = format!(
        "Each bar goes from the least to the most that an assumption may be. Ranges are as typed, or 95% intervals of the \
         shop’s data{held}"
    );
    let chart =
        Tornado { frame: Frame { title: &title, line: &line, about: &about }, base, rows: &rows, print: &print };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(&title, asked, |row, column| chart.value(row, column));
    }
}

fn nothing(ui: &mut Ui, place: Rect, title: &str, words: &str) {
    card_at(ui, place, theme::of(ui).space().x4, |ui| {
        say(ui, Type::Emphasis, title);
        remark(ui, words);
    });
}

/// Two assumptions at a time; `pair` takes another choice of them.
pub(super) fn two_way(
    ui: &mut Ui,
    shown: &Shown,
    place: Rect,
    pair: &mut (AssumptionId, AssumptionId),
    chosen: &mut Option<(usize, usize)>,
) {
    let t = theme::of(ui);
    card_at(ui, place, t.space().x4, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        say(ui, Type::Emphasis, format!("{} by two assumptions", shown.two_way.output.get().symbol));
        let inputs: Vec<AssumptionId> = shown.calculator.inputs.to_vec();
        let names: Vec<String> = inputs.iter().map(|id| id.get().name.to_owned()).collect();
        ui.horizontal(|ui| {
            let wide = ((ui.available_width() - 3.0 * t.space().x4) / 2.0).min(190.0);
            if let Some(new) = choice(ui, "Down the side", wide, pair.0.get().name, &names) {
                *pair = (inputs[new], if pair.1 == inputs[new] { pair.0 } else { pair.1 });
            }
            remark(ui, "by");
            if let Some(new) = choice(ui, "Across the top", wide, pair.1.get().name, &names) {
                *pair = (if pair.0 == inputs[new] { pair.1 } else { pair.0 }, inputs[new]);
            }
        });
        ui.add_space(t.space().x1);
        let table = &shown.two_way;
        if table.row_values.is_empty() || table.column_values.is_empty() {
            remark(ui, "One of the two has no value yet");
            return;
        }
        let currency = shown.inputs.currency;
        let of = |id: AssumptionId, values: &[f64]| -> Vec<String> {
            values.iter().map(|value| print::edge(id.get().unit, *value, currency)).collect()
        };
        let (rows, columns) = (of(table.rows, &table.row_values), of(table.columns, &table.column_values));
        let known = table.cells.iter().flatten().flatten().copied();
        let (from, to) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let print = |number: f64| print::short(table.output, number, currency);
        let cell = |row: usize, column: usize| {
            let value = table.cells.get(row)?.get(column).copied()?;
            let text = value.map_or_else(|| "—".to_owned(), print);
            Some(HeatCell { value: value.unwrap_or(from), text, below: String::new(), unfinished: false })
        };
        let map = HeatMap {
            name: "Two assumptions at a time",
            rows: &rows,
            columns: &columns,
            row: None,
            cell: &cell,
            scale: Scale::Amount { from, to },
            print: &print,
        };
        if chosen.is_none() {
            *chosen = table.base;
        }
        map.show(ui, chosen);
    });
}

/// All of them at once.
pub(super) fn spread(cx: &mut Cx, ui: &mut Ui, shown: &Shown, place: Rect) {
    let spread = &shown.spread;
    let currency = shown.inputs.currency;
    let id: OutputId = spread.output;
    let print = |number: f64| print::short(id, number, currency);
    let at = |level: f64| spread.quantiles.iter().find(|(of, _)| (of - level).abs() < 1e-9).map(|(_, value)| *value);
    let (Some(low), Some(median), Some(high)) = (at(0.10), at(0.50), at(0.90)) else {
        return nothing(ui, place, "Where it may lie", "It cannot be told yet");
    };
    if spread.drawn.is_empty() {
        return nothing(ui, place, "Where it may lie", "No assumption has a range to draw from");
    }
    let title = format!("Eight in ten outcomes: {} to {}", print(low), print(high));
    let mut line = format!(
        "{} draws over the ranges, median {}, seed {}",
        locale::count(spread.draws),
        print(median),
        spread.seed
    );
    if let Some((even, below)) = spread.below_even.filter(|(_, below)| *below > 0.0) {
        line += &format!("; {} below {}", locale::percent(below, 1), print(even));
    }
    if spread.untold > 0 {
        line += &format!("; {} cannot be told", locale::count(spread.untold));
    }
    let bins: Vec<Bin> = spread.bins.iter().map(|b| Bin { from: b.from, to: b.to, count: b.count }).collect();
    let what = capital(id.get().name);
    let chart = Histogram {
        frame: Frame {
            title: &title,
            line: &line,
            about: "Typed ranges are drawn from a triangle over least, value and most; intervals from data from a normal \
                    distribution. Assumptions are drawn independently of each other; in colour the middle 80%",
        },
        what: &what,
        bins: &bins,
        inside: (low, high),
        mark: spread.base,
        print: &print,
    };
    if let Some(asked) = chart.show(ui, place) {
        cx.deliver_chart(&title, asked, |row, column| chart.value(row, column));
    }
}
