//! A touchpoint up close, in the drawer beside the matrix: what the data say of it, and what is typed.

use egui::Ui;

use super::data::{self, quantity, time};
use super::{Editing, Linkable};
use crate::analytics::journey::{Evidence, State};
use crate::model::Currency;
use crate::model::journey::{FEELINGS, Level, Linked, Matrix, STAGES, Stage, Status, feeling_name};
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::chip::{removable_chip, tone_chip};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::pick::search_menu;
use crate::ui::widgets::record::fact;
use crate::ui::widgets::text::capital;
use crate::ui::widgets::{Button, choice, hairline, remark, say, say_in};

/// What the drawer knows of the touchpoint beside what is typed.
pub struct Seen<'a> {
    /// What the data say.
    pub evidence: Option<&'a Evidence>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// What can be linked to it.
    pub linkable: &'a Linkable,
}

/// Draws the drawer of a touchpoint. Returns whether it is to be closed.
pub(super) fn show(ui: &Ui, editing: &mut Editing, id: &str, seen: &Seen<'_>) -> bool {
    let Some((stage, cell)) = editing.draft.value.cell(id) else { return true };
    let (title, line) = (cell.name.clone(), stage.name());
    let drawer = Drawer { title: &title, line, within: drawer::place(ui.ctx()), scrolls: true };
    let mut gone = false;
    let closed = drawer.show(ui.ctx(), |ui| {
        if let Some(evidence) = seen.evidence {
            told(ui, evidence, seen);
            ui.add_space(theme::of(ui).space().x2);
            hairline(ui);
            ui.add_space(theme::of(ui).space().x1);
        }
        let Editing { draft, typing, .. } = editing;
        fields(ui, typing, &mut draft.value, id);
        linked(ui, &mut draft.value, id, seen.linkable);
        gone = places(ui, &mut draft.value, (id, stage));
    });
    closed || gone
}

/// Draws the drawer of a stage's lanes. Returns whether it is to be closed.
pub(super) fn lanes(ui: &Ui, editing: &mut Editing, stage: Stage) -> bool {
    let drawer = Drawer {
        title: stage.name(),
        line: "What customers need there, and what hurts",
        within: drawer::place(ui.ctx()),
        scrolls: true,
    };
    drawer.show(ui.ctx(), |ui| {
        let Editing { draft, typing, .. } = editing;
        let matrix = &mut draft.value;
        let width = ui.available_width();
        let key = stage.key();
        let mut needs = matrix.needs(stage).to_owned();
        typing.text(ui, &format!("lanes.{key}.needs"), "Customers need, one a line", (width, 6), &mut needs);
        if needs != matrix.needs(stage) {
            matrix.set_needs(stage, Some(needs));
        }
        let mut pains = matrix.pains(stage).to_owned();
        typing.text(ui, &format!("lanes.{key}.pains"), "What hurts, one a line", (width, 6), &mut pains);
        if pains != matrix.pains(stage) {
            matrix.set_pains(stage, Some(pains));
        }
        if matrix.lanes.contains_key(&stage) && ui.add(Button::plain("Back to the framework’s words")).clicked() {
            matrix.set_needs(stage, None);
            matrix.set_pains(stage, None);
            typing.clear();
        }
    })
}

/// What the data say.
fn told(ui: &mut Ui, evidence: &Evidence, seen: &Seen<'_>) {
    let currency = seen.currency;
    let (tone, words) = match evidence.state {
        State::Measured => (Tone::Good, "Measured"),
        State::Partly => (Tone::Warning, "Partly measured"),
        State::NoData => (Tone::Info, "No data"),
    };
    ui.horizontal(|ui| {
        tone_chip(ui, words, tone, None);
        if !evidence.reason.is_empty() {
            remark(ui, &evidence.reason);
        }
    });
    if !evidence.headline.is_empty() {
        say(ui, Type::Section, data::line(&evidence.headline, currency));
    }
    if !evidence.beside.is_empty() {
        remark(ui, data::line(&evidence.beside, currency));
    }
    for told in &evidence.facts {
        fact(ui, &told.name, &quantity(told.value, currency));
    }
    if let Some(conversion) = &evidence.conversion {
        let (people, moved) = (locale::count(conversion.people), locale::count(conversion.moved));
        let mut words = format!("{moved} of {people}");
        if let (Some(rate), Some((low, high))) = (conversion.rate, conversion.interval) {
            words = format!(
                "{} ({} – {}), {words}",
                locale::percent(rate, 1),
                locale::percent(low, 1),
                locale::percent(high, 1)
            );
        }
        fact(ui, &format!("{} within {} days of it", capital(conversion.to), conversion.within_days), &words);
        if let Some(median) = conversion.median() {
            fact(ui, "Half of them within", &time(median));
        }
    }
    if let Some(cost) = evidence.cost {
        fact(ui, "Cost", &locale::money(cost, currency));
    }
    if let Some(followed) = evidence.followed {
        let orders = locale::counted(followed.orders, "order", "orders");
        fact(ui, "Orders that followed", &format!("{orders}, {}", locale::money(followed.revenue, currency)));
        remark(ui, followed.rule);
    }
    if let Some(band) = evidence.band {
        fact(ui, "Share of orders, by all models", &data::share_band(band));
    }
    if let Some(change) = evidence.trend.and_then(|trend| trend.change) {
        let change = quantity(crate::analytics::journey::Quantity::Change(change), currency);
        fact(ui, "Against the time before", &change);
    }
    for lift in &evidence.lifts {
        let percent = |share: f64| quantity(crate::analytics::journey::Quantity::Change(share), currency);
        let words = format!("{} ({} to {})", percent(lift.lift), percent(lift.interval.0), percent(lift.interval.1));
        fact(ui, &format!("{}, {}", lift.experiment, lift.metric), &words);
    }
    if !evidence.import.is_empty() {
        say_in(ui, Type::Caption, theme::of(ui).text.subdued, &evidence.import);
    }
}

fn fields(ui: &mut Ui, typing: &mut Typing, matrix: &mut Matrix, id: &str) {
    let Some(cell) = matrix.cell_mut(id) else { return };
    let at = |field: &str| format!("cells.{id}.{field}");
    let gap = theme::of(ui).space().x3;
    let width = ui.available_width();
    let half = ((width - gap) / 2.0).floor();
    typing.line(ui, &at("name"), "Touchpoint", width, &mut cell.name);
    typing.text(ui, &at("tactic"), "Tactic", (width, 2), &mut cell.tactic);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        pick(ui, "Personalization", half, cell.level.name(), Level::ALL.map(Level::name), |n| {
            cell.level = Level::ALL[n]
        });
        pick(ui, "Status", half, cell.status.name(), Status::ALL.map(Status::name), |n| cell.status = Status::ALL[n]);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        typing.line(ui, &at("owner"), "Owner", half, &mut cell.owner);
        typing.line(ui, &at("channel"), "Channel", half, &mut cell.channel);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        typing.line(ui, &at("pain"), "Pain point", half, &mut cell.pain);
        let shown = cell.feeling.map_or("Not said", feeling_name);
        let names = std::iter::once("Not said").chain(FEELINGS.map(|(_, word)| word));
        pick(ui, "Feeling", half, shown, names, |n| cell.feeling = n.checked_sub(1).map(|n| FEELINGS[n].0));
    });
    typing.text(ui, &at("notes"), "Notes", (width, 3), &mut cell.notes);
}

fn pick<'n>(
    ui: &mut Ui,
    label: &str,
    width: f32,
    shown: &str,
    names: impl IntoIterator<Item = &'n str>,
    take: impl FnOnce(usize),
) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
        say(ui, Type::Label, label);
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        if let Some(n) = choice(ui, label, width, shown, &names) {
            take(n);
        }
    });
}

/// What is part of the touchpoint.
fn linked(ui: &mut Ui, matrix: &mut Matrix, id: &str, linkable: &Linkable) {
    let Some(cell) = matrix.cell_mut(id) else { return };
    ui.horizontal(|ui| {
        say(ui, Type::Label, "Campaigns, sequences and experiments");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button =
                Button::plain("Link").icon(icons::ADD).small().named("Link a campaign, sequence or experiment");
            let add = ui.add(button.enabled(!linkable.names.is_empty()));
            menu_of(&add, |ui| {
                let picked = search_menu(ui, "Find by name", &linkable.names).map(str::to_owned);
                let found = picked.and_then(|name| linkable.names.iter().position(|other| *other == name));
                if let Some(link) = found.map(|n| &linkable.links[n])
                    && !cell.linked.contains(link)
                {
                    cell.linked.push(link.clone());
                }
            });
        });
    });
    if cell.linked.is_empty() {
        remark(ui, "None");
    }
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        for (n, link) in cell.linked.iter().enumerate() {
            let name = linkable.name(link);
            if removable_chip(ui, &name) {
                gone = Some(n);
            }
        }
    });
    if let Some(n) = gone {
        cell.linked.remove(n);
    }
}

/// Moves and removes it. Returns whether it is gone.
fn places(ui: &mut Ui, matrix: &mut Matrix, (id, stage): (&str, Stage)) -> bool {
    let mut gone = false;
    let is_own = matrix.cell(id).is_some_and(|(_, cell)| cell.of_framework().is_none());
    ui.add_space(theme::of(ui).space().x2);
    ui.horizontal(|ui| {
        let place = matrix.place(id).map_or(0, |(_, at)| at);
        if ui.add(Button::new("Up").icon(icons::ARROW_UP).small().enabled(place > 0)).clicked() {
            matrix.move_to(id, stage, place - 1);
        }
        let last = place + 1 >= matrix.stage(stage).len();
        if ui.add(Button::new("Down").icon(icons::ARROW_DOWN).small().enabled(!last)).clicked() {
            matrix.move_to(id, stage, place + 1);
        }
        let to = ui.add(Button::new("To another stage").small().chevron());
        menu_of(&to, |ui| {
            for other in STAGES.into_iter().filter(|other| *other != stage) {
                if menu_item(ui, other.name(), None, None, false).clicked() {
                    matrix.move_to(id, other, usize::MAX);
                }
            }
        });
        let (words, icon) = if is_own { ("Remove", icons::DELETE) } else { ("Empty and hide", icons::ARCHIVE) };
        if ui.add(Button::plain(words).icon(icon).small()).clicked() {
            matrix.remove(id);
            gone = true;
        }
    });
    gone
}

impl Linkable {
    /// What a link is called.
    pub fn name(&self, link: &Linked) -> String {
        let found = self.links.iter().position(|other| other == link).map(|n| self.names[n].clone());
        found.unwrap_or_else(|| format!("{} (no longer there)", link.name()))
    }
}
