//! Case studies and reference customers: a table of them by category, and their parts in the drawer. Evidence is linked
//! to experiments and campaigns of the workspace; nobody is named before the day on which the customer agreed.

use egui::{Sense, Ui, vec2};

use super::item::{day, pick, status_chip};
use super::saved::Saved;
use super::{Did, Open, head};
use crate::framework::guide::{self, GuideItem, GuideList, ListKind};
use crate::model::strategy::{Case, ItemStatus};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chip::{removable_chip, tone_chip};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::pick::search_menu;
use crate::ui::widgets::{Button, Cell, Column, Table, TableState, remark, say};

/// Draws the table of a list of categories with what is kept in them.
pub fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    state: &mut TableState,
    list: &GuideList,
    (saved, open): (&mut Saved, Option<&Open>),
) -> Vec<Did> {
    let t = theme::of(ui);
    let own = list.kind == ListKind::Cases;
    let (one, called) =
        if own { ("Case study", "Case studies") } else { ("Reference customer", "Reference customers") };
    let categories: Vec<&GuideItem> = list.groups.iter().flat_map(|group| &group.items).collect();
    let mut did = Vec::new();
    let mut category = None;
    ui.horizontal(|ui| {
        head(ui, list);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = format!("Add: {}", one.to_lowercase());
            let add = ui.add(Button::new(one).icon(icons::ADD).chevron().named(&name));
            menu_of(&add, |ui| {
                for item in &categories {
                    let line = menu_item(ui, &item.title, None, None, false);
                    if line.on_hover_text(&item.words).clicked() {
                        category = Some(item.key.clone());
                    }
                }
            });
        });
    });
    if let Some(category) = category {
        let case = Case { title: format!("New {}", one.to_lowercase()), category, ..Case::default() };
        let plan = saved.plan_mut();
        let opened = if own { Open::Case(plan.add_case(case)) } else { Open::Reference(plan.add_reference(case)) };
        did.push(Did::Open(opened));
    }
    let plan = saved.plan();
    let cases = if own { &plan.cases } else { &plan.references };
    if cases.is_empty() {
        crate::ui::widgets::card(ui, |ui| {
            for item in &categories {
                ui.horizontal_wrapped(|ui| {
                    say(ui, Type::Label, &item.title);
                    remark(ui, &item.words);
                });
            }
            remark(ui, format!("None written yet; add the first {} above", one.to_lowercase()));
        });
        return did;
    }
    state.selected = cases
        .iter()
        .position(|case| match open {
            Some(Open::Case(id)) if own => case.id == *id,
            Some(Open::Reference(id)) if !own => case.id == *id,
            _ => false,
        })
        .map(|n| n as u64);
    let columns = [
        Column::text(one, 220.0).grow(2.0),
        Column::text("Category", 160.0).grow(1.0),
        Column::text("Result", 200.0).grow(2.0),
        Column::text("Evidence", 150.0).grow(1.0),
        Column::text("Agreed to be named", 130.0),
        Column::text("Status", 104.0),
    ];
    let at = |row: u64| cases.get(usize::try_from(row).ok()?);
    let table = Table::new(called, &columns, cases.len() as u64, t.row().normal).opens("Open");
    let strip = t.shell().scroll_bar + t.space().x1;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), table.height(t) + strip), Sense::hover());
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |n, column, cell| {
            if let Some(case) = at(n) {
                draw(cell, column, case);
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |n, column| at(n).map_or(Value::Empty, |case| value(column, case)));
    }
    if let Some(case) = shown.entered.or(shown.chosen).and_then(at) {
        let id = case.id.clone();
        did.push(Did::Open(if own { Open::Case(id) } else { Open::Reference(id) }));
    }
    did
}

fn category(case: &Case) -> &str {
    guide::place(&case.category).map_or("", |place| place.item.title.as_str())
}

fn draw(cell: &mut Cell<'_>, column: usize, case: &Case) {
    match column {
        0 => cell.label(&case.title),
        1 => cell.text(category(case)),
        2 => cell.text(case.result.lines().next().unwrap_or_default()),
        3 => cell.text(&case.evidence.join(", ")),
        4 => match case.consent {
            Some(day) => cell.text(&locale::date(day)),
            None => cell.subdued("Not yet"),
        },
        _ => status_chip(cell, case.status),
    }
}

fn value(column: usize, case: &Case) -> Value {
    let text = |words: &str| if words.is_empty() { Value::Empty } else { Value::Text(words.to_owned()) };
    match column {
        0 => text(&case.title),
        1 => text(category(case)),
        2 => text(&case.result),
        3 => text(&case.evidence.join(", ")),
        4 => case.consent.map_or(Value::Empty, Value::Day),
        _ => text(case.status.name()),
    }
}

/// Draws the drawer of a case study, or of a reference customer. Returns whether it is to be closed.
pub fn drawer(cx: &Cx, ui: &Ui, saved: &mut Saved, (id, own): (&str, bool)) -> bool {
    let cases = if own { &saved.plan().cases } else { &saved.plan().references };
    let Some(n) = cases.iter().position(|case| case.id == id) else { return true };
    let title = cases[n].title.clone();
    let line = if own { "Case study" } else { "Reference customer" };
    let kind = if own { ListKind::Cases } else { ListKind::References };
    let drawer = Drawer { title: &title, line, within: drawer::place(ui.ctx()), scrolls: true };
    let evidence = shown_by(cx);
    let mut gone = false;
    let closed = drawer.show(ui.ctx(), |ui| {
        let gap = theme::of(ui).space().x3;
        let width = ui.available_width();
        let half = ((width - gap) / 2.0).floor();
        let (plan, typing) = saved.fields();
        let case = if own { &mut plan.cases[n] } else { &mut plan.references[n] };
        let at = |field: &str| format!("{}.{id}.{field}", if own { "cases" } else { "references" });
        let name = if own { "Headline" } else { "Customer" };
        typing.line(ui, &at("title"), name, width, &mut case.title);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let places: Vec<_> = guide::places().filter(|(_, place)| place.list.kind == kind).collect();
            let titles: Vec<&str> = places.iter().map(|(_, place)| place.item.title.as_str()).collect();
            let label = if own { "Category" } else { "Programme" };
            let shown = category(case).to_owned();
            pick(ui, label, half, &shown, &titles, |n| places[n].0.clone_into(&mut case.category));
            pick(ui, "Status", half, case.status.name(), &ItemStatus::ALL.map(ItemStatus::name), |n| {
                case.status = ItemStatus::ALL[n];
            });
        });
        typing.text(ui, &at("situation"), "Situation: where they stood", (width, 3), &mut case.situation);
        typing.text(ui, &at("action"), "Action: what was done", (width, 3), &mut case.action);
        typing.text(ui, &at("result"), "Result: what came of it", (width, 3), &mut case.result);
        linked(ui, case, &evidence);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            day(ui, typing, (&at("consent"), "Agreed to be named on"), half, None, &mut case.consent);
        });
        if case.consent.is_none() {
            tone_chip(ui, "Not to be named before the customer agrees", Tone::Warning, Some(icons::WARNING));
        }
        ui.add_space(theme::of(ui).space().x2);
        gone = ui.add(Button::plain("Remove").icon(icons::DELETE).small()).clicked();
    });
    if gone {
        let plan = saved.plan_mut();
        let cases = if own { &mut plan.cases } else { &mut plan.references };
        cases.remove(n);
    }
    closed || gone
}

/// Experiments and campaigns of the workspace, by name.
fn shown_by(cx: &Cx) -> Vec<String> {
    let Some(shop) = &cx.shop else { return Vec::new() };
    let experiments = shop.facts.experiments.iter().map(|saved| saved.experiment.name.clone());
    let campaigns = shop.facts.campaigns.iter().map(|saved| saved.campaign.name.clone());
    experiments.chain(campaigns).collect()
}

/// What shows it.
fn linked(ui: &mut Ui, case: &mut Case, known: &[String]) {
    ui.horizontal(|ui| {
        say(ui, Type::Label, "Evidence: experiments and campaigns");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = Button::plain("Link").icon(icons::ADD).small().named("Link an experiment or a campaign");
            let add = ui.add(button.enabled(!known.is_empty()));
            menu_of(&add, |ui| {
                if let Some(name) = search_menu(ui, "Find by name", known)
                    && !case.evidence.iter().any(|other| other == name)
                {
                    case.evidence.push(name.to_owned());
                }
            });
        });
    });
    if case.evidence.is_empty() {
        remark(ui, "None");
    }
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        for (n, name) in case.evidence.iter().enumerate() {
            let lost = if known.contains(name) { "" } else { " (no longer there)" };
            if removable_chip(ui, &format!("{name}{lost}")) {
                gone = Some(n);
            }
        }
    });
    if let Some(n) = gone {
        case.evidence.remove(n);
    }
}
