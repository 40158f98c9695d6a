//! An item of a framework up close, in the drawer: what data say of it, how far it is, who answers for it, by when.

use egui::Ui;

use super::line;
use super::saved::Saved;
use super::{Did, Seen, page_of};
use crate::analytics::journey::State;
use crate::framework::guide::evidence::possible;
use crate::framework::guide::{self, ListKind, Place};
use crate::model::Day;
use crate::model::strategy::ItemStatus;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::chip::tone_chip;
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::fields::{read, typing::Typing};
use crate::ui::widgets::record::fact;
use crate::ui::widgets::{Button, Field, choice, hairline, link, remark, say, say_in};

/// Draws the drawer. Returns whether it is to be closed, and what was asked for in it.
pub fn show(ui: &Ui, saved: &mut Saved, key: &str, seen: &Seen) -> (bool, Option<Did>) {
    let Some(place) = guide::place(key) else { return (true, None) };
    let line = match place.group.title.as_str() {
        "" => place.list.title.clone(),
        group => format!("{}, {group}", place.list.title),
    };
    let drawer = Drawer { title: &place.item.title, line: &line, within: drawer::place(ui.ctx()), scrolls: true };
    let mut did = None;
    let closed = drawer.show(ui.ctx(), |ui| {
        did = told(ui, &place, seen);
        ui.add_space(theme::of(ui).space().x1);
        hairline(ui);
        ui.add_space(theme::of(ui).space().x1);
        fields(ui, saved, &place, seen);
    });
    (closed, did)
}

/// What the framework and the data say.
fn told(ui: &mut Ui, place: &Place, seen: &Seen) -> Option<Did> {
    let t = theme::of(ui);
    let item = place.item;
    let mut did = None;
    if !item.words.is_empty() {
        say(ui, Type::Body, &item.words);
    }
    if !item.target.is_empty() {
        fact(ui, "Target", &item.target);
    }
    if place.list.kind == ListKind::Roadmap {
        possible_already(ui, place, seen);
    }
    for told in line::answers(seen, item) {
        match told.found {
            Some(found) => {
                let measured = told.state == State::Measured;
                let (chip, tone) = if measured { ("From data", Tone::Good) } else { ("Partly", Tone::Warning) };
                ui.horizontal_wrapped(|ui| {
                    tone_chip(ui, chip, tone, None);
                    say(ui, Type::Label, &told.words);
                });
                if !found.how.is_empty() {
                    say_in(ui, Type::Caption, t.text.subdued, &found.how);
                }
                if let Some(door) = told.door()
                    && link(ui, &format!("Open {}", found.page)).clicked()
                {
                    did = Some(door);
                }
            }
            None => {
                ui.horizontal_wrapped(|ui| {
                    tone_chip(ui, "No data", Tone::Info, None);
                    remark(ui, &told.words);
                });
            }
        }
    }
    if let Some(page) = page_of(&item.page)
        && link(ui, &format!("It is done on the page {}", item.page)).clicked()
    {
        did = Some(Did::Page(page, None));
    }
    did
}

fn possible_already(ui: &mut Ui, place: &Place, seen: &Seen) {
    let (words, tone, icon) = match possible(&seen.evidence, place.item) {
        Some(true) => ("Your data make this possible already", Tone::Good, Some(icons::CHECK)),
        Some(false) => ("Your data do not make this possible yet", Tone::Info, None),
        None => return,
    };
    tone_chip(ui, words, tone, icon);
}

/// What the shop says.
fn fields(ui: &mut Ui, saved: &mut Saved, place: &Place, seen: &Seen) {
    let key = place.item.key.as_str();
    let at = |field: &str| format!("items.{key}.{field}");
    let gap = theme::of(ui).space().x3;
    let width = ui.available_width();
    let half = ((width - gap) / 2.0).floor();
    let days = guide::dates(saved.plan(), key);
    let overdue = guide::overdue(saved.plan(), key, seen.as_of);
    let stage = guide::stage(saved.plan(), key).map(str::to_owned);
    let (plan, typing) = saved.fields();
    let item = plan.item_mut(key);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        pick(ui, "Status", half, item.status.name(), &ItemStatus::ALL.map(ItemStatus::name), |n| {
            item.status = ItemStatus::ALL[n];
        });
        typing.line(ui, &at("owner"), "Owner", half, &mut item.owner);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        day(ui, typing, (&at("from"), "From"), half, days.map(|(from, _)| from), &mut item.from);
        day(ui, typing, (&at("due"), "Due"), half, days.and_then(|(_, due)| due), &mut item.due);
    });
    if overdue {
        ui.horizontal(|ui| {
            tone_chip(ui, "Overdue", Tone::Bad, Some(icons::WARNING));
            remark(ui, format!("It was to be done before {}", locale::date(seen.as_of)));
        });
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let shown = item.rating.map_or_else(|| "Not rated".to_owned(), |rating| format!("{rating} of 5"));
        if place.list.kind == ListKind::Rated {
            let names = ["Not rated", "1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"];
            pick(ui, "How much it matters here", half, &shown, &names, |n| {
                item.rating = (n > 0).then_some(n as u8);
            });
        }
        if place.list.kind == ListKind::Roadmap {
            let groups = &place.list.groups;
            let titles: Vec<&str> = groups.iter().map(|group| group.title.as_str()).collect();
            let current = groups.iter().position(|group| Some(&group.key) == stage.as_ref()).unwrap_or(0);
            pick(ui, "Stage", half, titles.get(current).copied().unwrap_or_default(), &titles, |n| {
                let own = groups[n].key == place.group.key;
                item.stage = (!own).then(|| groups[n].key.clone());
            });
        }
    });
    if item.stage.is_some() && ui.add(Button::plain("Back to the framework’s stage").small()).clicked() {
        item.stage = None;
    }
    typing.text(ui, &at("evidence"), "Evidence: what shows that it is done", (width, 3), &mut item.evidence);
    typing.text(ui, &at("note"), "Note", (width, 4), &mut item.note);
}

/// A day that may be left to the plan: then the counted one stands in the field in grey.
pub fn day(
    ui: &mut Ui,
    typing: &mut Typing,
    (at, label): (&str, &str),
    width: f32,
    counted: Option<Day>,
    value: &mut Option<Day>,
) {
    let hint = counted.map_or_else(|| "no day".to_owned(), locale::date);
    let field = Field::new(label, width).hint(&hint).icon(icons::CALENDAR);
    let shown = value.map_or_else(String::new, locale::date);
    if let Some(new) = typing.field(ui, at, field, label, shown, read::day) {
        *value = new;
    }
}

/// A choice under its label.
pub fn pick(ui: &mut Ui, label: &str, width: f32, shown: &str, names: &[&str], take: impl FnOnce(usize)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
        say(ui, Type::Label, label);
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        if let Some(n) = choice(ui, label, width, shown, &names) {
            take(n);
        }
    });
}

/// A chip with the status of something that is no item of a framework.
pub fn status_chip(cell: &mut crate::ui::widgets::Cell<'_>, status: ItemStatus) {
    match line::status(status, false) {
        Some((words, tone, icon)) => cell.chip(words, tone, icon),
        None => cell.subdued(status.name()),
    }
}
