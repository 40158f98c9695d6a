//! The metrics of a framework: what each is, what it comes to, and where the framework wants it.

use egui::{Sense, Ui, vec2};

use super::line::{self, Told};
use super::{Did, Open, Seen, head};
use crate::analytics::journey::State;
use crate::framework::guide::evidence::of_metric;
use crate::framework::guide::{GuideGroup, GuideItem, GuideList};
use crate::model::strategy::StrategyPlan;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::panels::journey::mark;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::bullet::Bullet;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Cell, Column, Table, TableState};

/// A row: a metric and what data say of it.
struct Row<'a> {
    group: &'a GuideGroup,
    item: &'a GuideItem,
    told: Option<Told<'a>>,
    /// The figure that the target is about.
    current: Option<f64>,
    /// Whether the target is reached.
    reached: Option<bool>,
}

/// Draws the table of a list.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    list: &GuideList,
    (plan, seen): (&StrategyPlan, &Seen),
) -> Vec<Did> {
    let t = theme::of(ui);
    head(ui, list);
    let rows = rows(list, seen);
    let all = [
        Column::text("Metric", 210.0).grow(1.0),
        Column::text("What your data say", 210.0).grow(1.5),
        Column::text("Target", 150.0).grow(1.0),
        Column::text("Stroke: target", 110.0),
        Column::text("Reached", 96.0),
        Column::text("What it means", 180.0).grow(2.0),
        Column::text("Owner", 90.0),
        Column::text("Group", 180.0),
    ];
    // Where the framework names no targets, there is nothing to hold figures against.
    let aims = rows.iter().any(|row| !row.item.target.is_empty());
    let kept: Vec<usize> = (0..all.len()).filter(|n| aims || !(2..=4).contains(n)).collect();
    let columns: Vec<Column> = kept.iter().map(|n| all[*n].clone()).collect();
    let at = |row: u64| rows.get(usize::try_from(row).ok()?);
    let owner = |row: &Row<'_>| plan.items.get(&row.item.key).map_or(String::new(), |said| said.owner.clone());
    let table = Table::new(&list.title, &columns, rows.len() as u64, t.row().normal).opens("Open the metric");
    let strip = t.shell().scroll_bar + t.space().x1;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + strip), Sense::hover());
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |n, column, cell| {
            if let Some(row) = at(n) {
                draw(cell, kept[column], row, &owner(row));
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| at(n).map_or(Value::Empty, |row| value(kept[column], row, &owner(row))));
    }
    let opened = shown.entered.or(shown.chosen).and_then(at);
    opened.map(|row| Did::Open(Open::Item(row.item.key.clone()))).into_iter().collect()
}

fn rows<'a>(list: &'a GuideList, seen: &'a Seen) -> Vec<Row<'a>> {
    let items = list.groups.iter().flat_map(|group| group.items.iter().map(move |item| (group, item)));
    items
        .map(|(group, item)| {
            let metric = item.kpis.first();
            let current = metric
                .and_then(|metric| seen.evidence.get(&of_metric(*metric)))
                .and_then(|answer| answer.as_ref().ok()?.value);
            let rise_is_good = metric.and_then(|metric| metric.metric().better.is_rise_good());
            let reached = current
                .zip(item.level)
                .zip(rise_is_good)
                .map(|((current, level), up)| if up { current >= level } else { current <= level });
            Row { group, item, told: line::answers(seen, item).into_iter().next(), current, reached }
        })
        .collect()
}

fn draw(cell: &mut Cell<'_>, column: usize, row: &Row<'_>, owner: &str) {
    match column {
        0 => cell.label(&row.item.title),
        1 => match &row.told {
            Some(told) => {
                let side = cell.t.icon().small - 5.0;
                let centre = egui::pos2(cell.rect.left() + side / 2.0, cell.rect.center().y);
                mark(cell.ui, cell.t, centre, side, told.state);
                cell.rect.min.x += side + cell.t.space().x2;
                match told.state {
                    State::NoData => cell.subdued(&told.beside(&row.item.title)),
                    State::Measured | State::Partly => cell.strong(&told.beside(&row.item.title)),
                }
            }
            None => cell.subdued("—"),
        },
        2 => cell.text(&row.item.target),
        3 => {
            let worse = row.reached == Some(false);
            let bullet = Bullet { baseline: None, current: row.current, target: row.item.level, worse };
            if row.item.level.is_some() {
                bullet.paint(cell.ui.painter(), cell.t, cell.rect);
            }
        }
        4 => match row.reached {
            Some(true) => cell.chip("Reached", Some(Tone::Good), Some(icons::CHECK)),
            Some(false) => cell.chip("Not yet", Some(Tone::Warning), None),
            None => cell.subdued("—"),
        },
        5 => cell.caption(&row.item.words),
        6 => cell.text(owner),
        _ => cell.caption(&row.group.title),
    }
}

fn value(column: usize, row: &Row<'_>, owner: &str) -> Value {
    let text = |words: &str| if words.is_empty() { Value::Empty } else { Value::Text(words.to_owned()) };
    match column {
        0 => text(&row.item.title),
        1 => text(&row.told.as_ref().map_or_else(String::new, |told| told.beside(&row.item.title))),
        2 => text(&row.item.target),
        3 => row.item.level.map_or(Value::Empty, Value::Number),
        4 => text(row.reached.map_or("", |reached| if reached { "Reached" } else { "Not yet" })),
        5 => text(&row.item.words),
        6 => text(owner),
        _ => text(&row.group.title),
    }
}
