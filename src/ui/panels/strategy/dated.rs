//! What there is to do by phases: one row for each activity, criterion or task, to be ticked, with owner and days.

use egui::{Rect, Sense, Ui, Vec2, pos2, vec2};

use super::{Did, Open, Seen, line};
use crate::framework::guide::{self, GuideGroup, GuideItem, GuideList, Role};
use crate::model::strategy::{Item, ItemStatus, StrategyPlan};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Cell, Column, Table, TableState};

/// A row: an item, where it stands, and what is said of it.
struct Row<'a> {
    group: &'a GuideGroup,
    item: &'a GuideItem,
    said: Item,
    from: Option<crate::model::Day>,
    due: Option<crate::model::Day>,
    overdue: bool,
}

/// Draws the table of a list, of one group where it is narrowed to that.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    list: &GuideList,
    (plan, seen): (&StrategyPlan, &Seen),
    of: Option<usize>,
) -> Vec<Did> {
    let t = theme::of(ui);
    let all = [
        Column::text(&list.title, 300.0).grow(3.0),
        Column::text("Status", 104.0),
        Column::text("Owner", 104.0).grow(1.0),
        Column::text("From", 112.0),
        Column::text("Due", 132.0),
        Column::text("Evidence", 100.0).grow(2.0),
        Column::text("Kind", 112.0),
        Column::text("Phase", 150.0).grow(1.0),
    ];
    let rows = rows(list, plan, seen, of);
    // Where all are of one kind, nobody needs to be told.
    let first = list.groups.iter().flat_map(|group| &group.items).next().map(|item| item.role);
    let mixed = list.groups.iter().flat_map(|group| &group.items).any(|item| Some(item.role) != first);
    let kept: Vec<usize> = (0..all.len()).filter(|n| mixed || *n != 6).collect();
    let columns: Vec<Column> = kept.iter().map(|n| all[*n].clone()).collect();
    let at = |row: u64| rows.get(usize::try_from(row).ok()?);
    let table = Table::new(&list.title, &columns, rows.len() as u64, t.row().normal).opens("Open the item");
    let strip = t.shell().scroll_bar + t.space().x1;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + strip), Sense::hover());
    let mut did = Vec::new();
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |n, column, cell| {
            if let Some(row) = at(n)
                && draw(cell, kept[column], list, row)
            {
                did.push(Did::Tick(row.item.key.clone()));
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| at(n).map_or(Value::Empty, |row| value(kept[column], row)));
    }
    let opened = shown.entered.or(shown.chosen).and_then(at);
    if let Some(row) = opened.filter(|_| did.is_empty()) {
        did.push(Did::Open(Open::Item(row.item.key.clone())));
    }
    did
}

fn rows<'a>(list: &'a GuideList, plan: &StrategyPlan, seen: &Seen, of: Option<usize>) -> Vec<Row<'a>> {
    let groups = list.groups.iter().enumerate().filter(|(n, _)| of.is_none_or(|of| of == *n));
    let items = groups.flat_map(|(_, group)| group.items.iter().map(move |item| (group, item)));
    items
        .map(|(group, item)| {
            let days = guide::dates(plan, &item.key);
            Row {
                group,
                item,
                said: plan.items.get(&item.key).cloned().unwrap_or_default(),
                from: days.map(|(from, _)| from),
                due: days.and_then(|(_, due)| due),
                overdue: guide::overdue(plan, &item.key, seen.as_of),
            }
        })
        .collect()
}

/// Draws a cell. Returns whether the row was ticked.
fn draw(cell: &mut Cell<'_>, column: usize, list: &GuideList, row: &Row<'_>) -> bool {
    let day = |day: Option<crate::model::Day>| day.map_or_else(|| "—".to_owned(), locale::date);
    match column {
        0 => {
            let mut ticked = false;
            if line::is_to_do(list, row.item) {
                let side = cell.t.icon().small;
                let square = Rect::from_center_size(
                    pos2(cell.rect.left() + side / 2.0, cell.rect.center().y),
                    Vec2::splat(side),
                );
                let id = cell.ui.unique_id().with(("done", &row.item.key));
                let on = row.said.status == ItemStatus::Done;
                ticked = line::tick(cell.ui, cell.t, square, (id, &row.item.title), on).clicked();
                cell.rect.min.x = square.right() + cell.t.space().x2;
            }
            match row.said.status {
                ItemStatus::Done | ItemStatus::Dropped => cell.subdued(&row.item.title),
                ItemStatus::Open | ItemStatus::Doing => cell.label(&row.item.title),
            }
            return ticked;
        }
        1 => match line::status(row.said.status, row.overdue) {
            Some((words, tone, icon)) => cell.chip(words, tone, icon),
            None => cell.subdued(row.said.status.name()),
        },
        2 => cell.text(&row.said.owner),
        3 => cell.subdued(&day(row.from)),
        4 if row.overdue => {
            let ink = cell.t.tone(theme::Tone::Bad).text;
            cell.icon(theme::icons::WARNING, ink);
            cell.text(&day(row.due));
        }
        4 => cell.text(&day(row.due)),
        5 => cell.text(row.said.evidence.lines().next().unwrap_or_default()),
        6 => cell.caption(kind(row.item.role)),
        _ => cell.caption(&row.group.title),
    }
    false
}

fn kind(role: Role) -> &'static str {
    match role {
        Role::Item => "Task",
        Role::Activity => "Activity",
        Role::Criterion => "Success criterion",
        Role::Indicator => "Success indicator",
        Role::Need => "Customer need",
        Role::Answer => "Strategy",
        Role::Requirement => "Requirement",
        Role::Solution => "Solution",
    }
}

fn value(column: usize, row: &Row<'_>) -> Value {
    let text = |words: &str| if words.is_empty() { Value::Empty } else { Value::Text(words.to_owned()) };
    match column {
        0 => text(&row.item.title),
        1 => text(line::status(row.said.status, row.overdue).map_or(row.said.status.name(), |(words, ..)| words)),
        2 => text(&row.said.owner),
        3 => row.from.map_or(Value::Empty, Value::Day),
        4 => row.due.map_or(Value::Empty, Value::Day),
        5 => text(&row.said.evidence),
        6 => text(kind(row.item.role)),
        _ => text(&row.group.title),
    }
}
