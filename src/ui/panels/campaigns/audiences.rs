//! Whom a campaign is for, the most important first: how many they are, and how many of them are in one above.

use std::sync::Arc;

use egui::{Align, Layout, Ui, vec2};

use super::{Editing, empty_shop, form_card, heading, remove};
use crate::analytics::rules::{Bits, Picked, Sieve};
use crate::model::campaign::{Audience, CHANNELS, Who};
use crate::model::rule::{Condition, FieldId, Library, Test, Words};
use crate::model::{MetricId, Rule};
use crate::ops::segments::library_of;
use crate::ui::cx::{Cx, NewSegment};
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::panels::builder::data::{Found, Group, find, tip};
use crate::ui::panels::{PanelId, draw_slot, draw_waiting};
use crate::ui::shop::TableKey;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::form::choice_dimmed;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Column, Table, TableState, remark, say_in};

/// Audiences of a campaign, counted.
pub struct Counted {
    sieve: Arc<Sieve>,
    /// In the order of the campaign.
    audiences: Vec<One>,
}

/// One audience.
struct One {
    found: Found,
    /// Of its members, those in no audience above.
    fresh: Option<Group>,
    /// Of its members, those who agreed to each channel that asks for it.
    agreed: Vec<(&'static str, u64)>,
}

/// What audiences are counted for.
type Key = (TableKey, Vec<Audience>, Library, Vec<&'static str>);

/// The part of the page and what it remembers.
pub struct Audiences {
    counted: Slot<Key, Arc<Counted>>,
    sieve: Slot<TableKey, Arc<Sieve>>,
    table: TableState,
}

impl Default for Audiences {
    fn default() -> Self {
        Self {
            counted: Slot::new("Counting the audiences"),
            sieve: Slot::new("Preparing the customers"),
            table: TableState::default(),
        }
    }
}

impl Audiences {
    /// Draws the part.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing) {
        let Some(shop) = &cx.shop else { return };
        if shop.is_empty() {
            return empty_shop(cx, ui);
        }
        form_card(ui, |ui| edit(cx, ui, editing));
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        if editing.draft.value.audiences.is_empty() {
            return;
        }
        self.ask(cx, editing);
        let names: Vec<String> = editing.draft.value.audiences.iter().map(|audience| audience.name.clone()).collect();
        let table = &mut self.table;
        let view = self.counted.view();
        let stop = draw_slot(ui, cx, view, ("Too little data", ""), |ui, cx, counted| {
            sizes(cx, ui, table, counted, &names);
        });
        if stop {
            self.counted.stop();
        }
    }

    fn ask(&mut self, cx: &mut Cx, editing: &Editing) {
        let details = cx.ask_details();
        let Some(shop) = &cx.shop else { return };
        let (key, Some(base)) = (shop.table_key(), details) else { return };
        let wanted = key.clone();
        self.sieve.ask(key.clone(), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(Sieve::new(wanted.rules_shop(&base), wanted.as_of, progress)?))))
        });
        let Some((have, sieve)) = self.sieve.latest() else { return };
        if *have != key {
            return;
        }
        let campaign = &editing.draft.value;
        let audiences = campaign.audiences.clone();
        let channels: Vec<&'static str> =
            campaign.channels.iter().filter_map(|channel| channel.info().consent).collect();
        let (library, sieve) = (library_of(&shop.facts.segments), sieve.clone());
        let asked = (audiences.clone(), library.clone(), channels.clone());
        self.counted.ask((key, audiences, library, channels), || {
            cx.compute(move |progress| {
                let (audiences, library, channels) = asked;
                let mut above = Bits::none(sieve.facts.len());
                let mut counted = Vec::new();
                for Audience { name, who } in &audiences {
                    let found = find(&sieve, &library, name, who.rule(), progress)?;
                    let mut one = One { found, fresh: None, agreed: Vec::new() };
                    if let Ok(group) = &one.found {
                        let members = group.picked.members.clone();
                        for channel in channels.iter().filter(|_| who.is_reached()) {
                            let agreed = sieve.members(&consent(channel), progress)?.yes.and(&members);
                            one.agreed.push((channel, agreed.count()));
                        }
                        let fresh = members.clone().minus(&above);
                        let count = sieve.count_of(&fresh);
                        let picked = Arc::new(Picked::new(format!("{name}, in no audience above"), fresh));
                        one.fresh = Some(Group { picked, count });
                        if who.is_reached() {
                            above = above.or(&members);
                        }
                    }
                    counted.push(one);
                }
                Ok(Ok(Arc::new(Counted { sieve, audiences: counted })))
            })
        });
        // Figures on view open their customers.
        if let (Some((_, counted)), Some(shop)) = (self.counted.latest(), &mut cx.shop) {
            let groups = counted.audiences.iter().flat_map(|one| one.found.as_ref().ok().into_iter().chain(&one.fresh));
            shop.picked = groups.map(|group| group.picked.clone()).collect();
        }
    }
}

fn consent(channel: &str) -> Rule {
    let of = Some(channel.to_owned());
    Rule::Where(Condition { field: FieldId::Consent, of, test: Test::Yes, only: Vec::new(), within: None })
}

/// The list as it is planned.
fn edit(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing) {
    let Some(shop) = &cx.shop else { return };
    let segments = shop.facts.segments.clone();
    let currency = shop.facts.definitions.currency;
    let Editing { draft: Draft { value: campaign, .. }, typing, .. } = editing;
    heading(ui, "Audiences", "The most important first; who is in several is written to once, as the first", |ui| {
        let add = ui.add(Button::plain("Audience").icon(icons::ADD).small().named("Add an audience"));
        menu_of(&add, |ui| {
            let starts = [("Existing customers", "orders >= 1"), ("Cart abandoners", "last_cart within 30 days")];
            for (name, rule) in starts {
                if menu_item(ui, name, None, None, false).clicked() {
                    let rule = Rule::parse(rule).unwrap_or_default();
                    campaign.audiences.push(Audience { name: name.to_owned(), who: Who::Rule(rule) });
                }
            }
            for segment in &segments {
                if menu_item(ui, &format!("Segment {}", segment.name), None, None, false).clicked() {
                    let who = Who::Rule(Rule::InSegment(segment.name.clone()));
                    campaign.audiences.push(Audience { name: segment.name.clone(), who });
                }
            }
        });
    });
    if campaign.audiences.is_empty() {
        remark(ui, "None yet: the campaign speaks to nobody in particular");
    }
    let (mut gone, mut up) = (None, None);
    for (n, audience) in campaign.audiences.iter_mut().enumerate() {
        ui.push_id(("audience", n), |ui| {
            ui.horizontal(|ui| {
                let t = theme::of(ui);
                say_in(ui, Type::Label, t.text.subdued, format!("{}", n + 1));
                typing.line(ui, &format!("audiences[{n}].name"), "", 240.0, &mut audience.name);
                kind(ui, audience);
                let names: Vec<String> = segments.iter().map(|segment| segment.name.clone()).collect();
                let shown = match audience.who.rule() {
                    Rule::InSegment(name) => name.clone(),
                    rule => rule.sentence(Words { locale: locale::current(), currency }),
                };
                let width = ui.available_width() - 132.0;
                let size = vec2(width.max(120.0), t.row().field);
                if let Some(at) = choice_dimmed(ui, "Who they are", size, &shown, &names, false) {
                    set(&mut audience.who, Rule::InSegment(names[at].clone()));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if remove(ui, &audience.name) {
                        gone = Some(n);
                    }
                    let button = crate::ui::widgets::icon_button(ui, icons::ARROW_UP, "More important");
                    if n > 0 && button.clicked() {
                        up = Some(n);
                    }
                    let build = crate::ui::widgets::icon_button(ui, icons::BUILDER, "Edit in the segment builder");
                    if build.clicked() {
                        let (name, rule) = (audience.name.clone(), audience.who.rule().clone());
                        cx.new_segment = Some(NewSegment { name, rule });
                        cx.go(PanelId::Builder);
                    }
                });
            });
        });
    }
    if let Some(n) = up {
        campaign.audiences.swap(n, n - 1);
        typing.clear();
    }
    if let Some(n) = gone {
        campaign.audiences.remove(n);
        typing.clear();
    }
}

fn set(who: &mut Who, rule: Rule) {
    match who {
        Who::Rule(old) | Who::Lookalike(old) => *old = rule,
    }
}

/// Whether they are written to, or an ad tool looks for their likes.
fn kind(ui: &mut Ui, audience: &mut Audience) {
    let names = ["Reach them".to_owned(), "Find their likes".to_owned()];
    let like = usize::from(!audience.who.is_reached());
    let size = vec2(148.0, theme::of(ui).row().field);
    if let Some(at) = choice_dimmed(ui, "What the audience is for", size, &names[like], &names, false) {
        let rule = audience.who.rule().clone();
        audience.who = if at == 0 { Who::Rule(rule) } else { Who::Lookalike(rule) };
    }
}

/// How many they are.
fn sizes(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, counted: &Counted, names: &[String]) {
    let t = theme::of(ui);
    let channels: Vec<&str> = counted
        .audiences
        .iter()
        .find(|one| !one.agreed.is_empty())
        .map_or_else(Vec::new, |one| one.agreed.iter().map(|(channel, _)| *channel).collect());
    let mut columns = vec![
        Column::text("Audience", 220.0).grow(1.0),
        Column::number("Customers", 110.0),
        Column::number("In none above", 120.0),
    ];
    for channel in &channels {
        let name = CHANNELS.iter().find(|info| info.consent == Some(channel)).map_or(*channel, |info| info.name);
        columns.push(Column::number(format!("Agreed to {}", name.to_lowercase().replace("sms", "SMS")), 130.0));
    }
    let rows = names.len().min(counted.audiences.len());
    let of = |row: u64| usize::try_from(row).ok().and_then(|row| Some((row, counted.audiences.get(row)?)));
    form_card(ui, |ui| {
        heading(ui, "How many they are", "On the as-of day; consent by the newest answer that a file told", |_| {});
        let table = Table::new("Sizes of the audiences", &columns, rows as u64, t.row().normal);
        ui.allocate_ui(vec2(ui.available_width(), table.height(t)), |ui| {
            let shown = table.show(ui, state, |row, column, cell| {
                let Some((at, one)) = of(row) else { return };
                match (column, &one.found) {
                    (0, Ok(_)) => cell.label(&names[at]),
                    (0, Err(why)) => cell.label(&format!("{}: {why}", names[at])),
                    (_, Err(_)) => cell.text("—"),
                    (1, Ok(group)) => {
                        let words = locale::count(group.count.customers);
                        cell.figure(&words, true, || tip(&counted.sieve, group, MetricId::Customers));
                    }
                    (2, Ok(_)) => {
                        if let Some(fresh) = &one.fresh {
                            let words = locale::count(fresh.count.customers);
                            cell.figure(&words, false, || tip(&counted.sieve, fresh, MetricId::Customers));
                        }
                    }
                    (_, Ok(_)) => {
                        let agreed = one.agreed.get(column - 3).map(|(_, n)| locale::count(*n));
                        cell.text(agreed.as_deref().unwrap_or("—"));
                    }
                }
            });
            if let Some(wanted) = shown.wanted {
                use crate::report::table_export::Value;
                cx.deliver(wanted, |row, column| {
                    let Some((at, one)) = of(row) else { return Value::Empty };
                    let size = |group: Option<&Group>| group.map_or(Value::Empty, |g| Value::Count(g.count.customers));
                    match column {
                        0 => Value::Text(names[at].clone()),
                        1 => size(one.found.as_ref().ok()),
                        2 => size(one.fresh.as_ref()),
                        _ => one.agreed.get(column - 3).map_or(Value::Empty, |(_, n)| Value::Count(*n)),
                    }
                });
            }
        });
        let empty = counted
            .audiences
            .iter()
            .zip(names)
            .filter(|(one, _)| one.found.as_ref().is_ok_and(|group| group.count.customers == 0));
        for (_, name) in empty {
            crate::ui::widgets::form::error_line(
                ui,
                &format!("Nobody belongs to {name} on the as-of day; choose others"),
            );
        }
    });
}
