//! The rule as rows: groups of conditions, each with a field, what is asked of it, and what it is narrowed to.

use std::sync::Arc;

use egui::{Align, Layout, Ui, vec2};

use super::Builder;
use super::arrange::{Act, arrange_menu};
use super::data::Offers;
use super::draft::{Ask, Group, How, Member, Node, Op, Row, Span, SpanKind};
use crate::model::Currency;
use crate::model::rule::{About, FIELDS, Field as RuleField, FieldId, Kind};
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::form::{choice_dimmed, error_line, search_choice};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::pick::search_menu;
use crate::ui::widgets::{Button, Field, card::hairline, paint, remark, say_in};

/// Height of everything in a row.
const HIGH: f32 = 32.0;
/// Room for “where”.
const WHERE: f32 = 36.0;
/// How far the members of a group stand in.
const INDENT: f32 = 20.0;

/// What rows need to know.
struct Env<'a> {
    currency: Currency,
    segments: &'a [String],
    offers: Option<&'a Offers>,
}

impl Builder {
    pub(super) fn editor(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let currency = shop.facts.definitions.currency;
        let offers = self.offers.latest().map(|(_, offers)| Arc::clone(offers));
        let Some(editing) = &mut self.editing else { return };
        let others = shop.facts.segments.iter().filter(|segment| segment.id != editing.id);
        let segments: Vec<String> = others.map(|segment| segment.name.clone()).collect();
        ui.horizontal(|ui| {
            Field::new("Name of the segment", 260.0).hint("Name of the segment").show(ui, &mut editing.name);
            let rest = ui.available_width();
            Field::new("What it is for", rest).hint("What it is for").show(ui, &mut editing.description);
        });
        hairline(ui);
        let env = Env { currency, segments: &segments, offers: offers.as_deref() };
        ui.push_id(("rule", editing.id), |ui| group(ui, &mut editing.rule, &env, 0, None));
    }
}

/// Draws a group; gives what is to become of it, where it stands within another.
fn group(ui: &mut Ui, group: &mut Group, env: &Env<'_>, depth: usize, place: Option<(bool, bool)>) -> Option<Act> {
    let mut act = None;
    ui.horizontal(|ui| {
        let words = How::ALL.map(|how| how.words().to_owned());
        if let Some(how) = choice_dimmed(ui, "Group", vec2(150.0, HIGH), group.how.words(), &words, false) {
            group.how = How::ALL[how];
        }
        if depth == 0 && group.parts.is_empty() {
            remark(ui, "No condition yet: all customers");
        }
        if let Some(place) = place {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| act = more(ui, place));
        }
    });
    let t = theme::of(ui);
    let top = ui.cursor().top();
    let left = ui.cursor().left() + t.space().x2;
    ui.horizontal_top(|ui| {
        ui.add_space(INDENT);
        ui.vertical(|ui| parts(ui, group, env, depth));
    });
    let line = ui.min_rect().bottom().max(top);
    ui.painter().vline(left, top..=line, t.hairline(t.border.normal));
    act
}

fn parts(ui: &mut Ui, group: &mut Group, env: &Env<'_>, depth: usize) {
    let last = group.parts.len().saturating_sub(1);
    let mut asked = None;
    for (at, part) in group.parts.iter_mut().enumerate() {
        let place = (at == 0, at == last);
        let act = ui
            .push_id(at, |ui| match part {
                Node::Group(inner) => self::group(ui, inner, env, depth + 1, Some(place)),
                Node::Row(row) => self::row(ui, row, env, place),
                Node::Member(member) => self::member(ui, member, env, place),
            })
            .inner;
        asked = asked.or(act.map(|act| (at, act)));
    }
    match asked {
        Some((at, Act::Up)) if at > 0 => group.parts.swap(at, at - 1),
        Some((at, Act::Down)) if at < last => group.parts.swap(at, at + 1),
        Some((at, Act::Copy)) => group.parts.insert(at + 1, group.parts[at].clone()),
        Some((at, Act::Remove)) => drop(group.parts.remove(at)),
        _ => {}
    }
    ui.horizontal(|ui| add(ui, group, env, depth));
}

/// Buttons that add something to a group.
fn add(ui: &mut Ui, group: &mut Group, env: &Env<'_>, depth: usize) {
    let condition = ui.add(Button::plain("Condition").icon(icons::ADD).small().named("Add a condition"));
    menu_of(&condition, |ui| {
        if let Some(field) = pick_field(ui, "Add a condition", &standing()) {
            group.parts.push(Node::Row(Row::new(field)));
        }
    });
    if depth < 4 && ui.add(Button::plain("Group").icon(icons::ADD).small().named("Add a group")).clicked() {
        group.parts.push(Node::Group(Group { how: How::Any, parts: Vec::new() }));
    }
    if !env.segments.is_empty() {
        let segment = ui.add(Button::plain("Saved segment").icon(icons::ADD).small().named("Add a saved segment"));
        menu_of(&segment, |ui| {
            for name in env.segments {
                if menu_item(ui, name, None, None, false).clicked() {
                    group.parts.push(Node::Member(Member { not: false, name: name.clone() }));
                }
            }
        });
    }
}

/// Fields that can stand alone.
fn standing() -> Vec<&'static RuleField> {
    FIELDS.iter().filter(|f| !matches!(f.about, About::Order | About::Line | About::Touch)).collect()
}

/// A menu to find a field in.
fn pick_field(ui: &mut Ui, name: &str, fields: &[&'static RuleField]) -> Option<FieldId> {
    let lines = lines_of(fields);
    let line = search_menu(ui, name, &lines)?;
    lines.iter().position(|known| known == line).map(|at| fields[at].id)
}

fn lines_of(fields: &[&'static RuleField]) -> Vec<String> {
    fields.iter().map(|field| format!("{} · {}", field.name, field.about.heading().to_lowercase())).collect()
}

fn more(ui: &mut Ui, place: (bool, bool)) -> Option<Act> {
    let mut act = None;
    if icon_button_sized(ui, icons::CLOSE, "Remove", HIGH).clicked() {
        act = Some(Act::Remove);
    }
    let button = icon_button_sized(ui, icons::MORE, "More", HIGH);
    arrange_menu(&button, place, "Remove").or(act)
}

fn member(ui: &mut Ui, member: &mut Member, env: &Env<'_>, place: (bool, bool)) -> Option<Act> {
    let mut act = None;
    ui.horizontal(|ui| {
        let words = ["in segment".to_owned(), "not in segment".to_owned()];
        let shown = &words[usize::from(member.not)];
        if let Some(at) = choice_dimmed(ui, "In or not", vec2(176.0, HIGH), shown, &words, false) {
            member.not = at == 1;
        }
        let shown = if member.name.is_empty() { "Pick a segment" } else { &member.name };
        let size = vec2(240.0, HIGH);
        if let Some(at) = choice_dimmed(ui, "Segment", size, shown, env.segments, member.name.is_empty()) {
            member.name.clone_from(&env.segments[at]);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| act = more(ui, place));
    });
    act
}

fn row(ui: &mut Ui, row: &mut Row, env: &Env<'_>, place: (bool, bool)) -> Option<Act> {
    let mut act = None;
    let about = row.ask.field.field().about;
    ui.horizontal(|ui| {
        ask(ui, &mut row.ask, env, &standing(), 176.0);
        if about.has_days() {
            span(ui, &mut row.span);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            act = more(ui, place);
            let fields: Vec<_> = FIELDS.iter().filter(|field| about.narrowed_by().contains(&field.about)).collect();
            if !fields.is_empty() {
                let button =
                    ui.add(Button::plain("where").icon(icons::ADD).small().named("Narrow by an order or product"));
                menu_of(&button, |ui| {
                    if let Some(field) = pick_field(ui, "Narrow by", &fields) {
                        row.only.push(Ask::new(field));
                    }
                });
            }
        });
    });
    // What a field of another kind cannot be narrowed by is gone with it.
    let narrowed_by = row.ask.field.field().about.narrowed_by();
    row.only.retain(|ask| narrowed_by.contains(&ask.field.field().about));
    let fields: Vec<_> = FIELDS.iter().filter(|field| narrowed_by.contains(&field.about)).collect();
    let mut gone = None;
    for (at, narrow) in row.only.iter_mut().enumerate() {
        ui.push_id(("where", at), |ui| {
            ui.horizontal(|ui| {
                ui.add_space(INDENT);
                let (rect, _) = ui.allocate_exact_size(vec2(WHERE, HIGH), egui::Sense::hover());
                let words = if at == 0 { "where" } else { "and" };
                let ink = theme::of(ui).text.subdued;
                let font = theme::of(ui).font(Type::Body);
                paint::text(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, words, font, ink);
                ask(ui, narrow, env, &fields, 150.0);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if icon_button_sized(ui, icons::CLOSE, "Remove", HIGH).clicked() {
                        gone = Some(at);
                    }
                });
            });
        });
    }
    if let Some(at) = gone {
        row.only.remove(at);
    }
    if let Err(why) = row.read(env.currency) {
        error_line(ui, &why);
    }
    act
}

/// A field, what is asked of it, and the values.
fn ask(ui: &mut Ui, ask: &mut Ask, env: &Env<'_>, fields: &[&'static RuleField], width: f32) {
    let lines = lines_of(fields);
    let shown = ask.field.field().name;
    if let Some(line) = search_choice(ui, "Field", vec2(width, HIGH), shown, &lines, false) {
        let field = lines.iter().position(|known| known == line).map_or(ask.field, |at| fields[at].id);
        if field != ask.field {
            *ask = Ask::new(field);
        }
    }
    let field = ask.field.field();
    if let Some(what) = field.of {
        let names = env.offers.and_then(|offers| offers.names.get(&ask.field)).map_or(&[][..], Vec::as_slice);
        let shown = if ask.of.is_empty() { what } else { &ask.of };
        let size = vec2(104.0, HIGH);
        if let Some(at) = choice_dimmed(ui, what, size, shown, names, ask.of.is_empty()) {
            ask.of.clone_from(&names[at]);
        }
    }
    let ops = Op::of(field);
    let words: Vec<String> = ops.iter().map(|op| op.words().to_owned()).collect();
    if let Some(at) = choice_dimmed(ui, "Comparison", vec2(126.0, HIGH), ask.op.words(), &words, false) {
        ask.op = ops[at];
    }
    values(ui, ask, env);
}

fn values(ui: &mut Ui, ask: &mut Ask, env: &Env<'_>) {
    let kind = ask.field.field().kind;
    let unit = match (kind, ask.op) {
        (_, Op::Within) => "days",
        (_, Op::Ago) => "days ago",
        (Kind::Money, _) => env.currency.code(),
        (Kind::Share, _) => "%",
        _ => "",
    };
    let word = matches!(ask.op, Op::Is | Op::IsNot | Op::Contains);
    let day = matches!(ask.op, Op::From | Op::Before);
    match ask.op.texts() {
        0 => {}
        1 if word => {
            let values = env.offers.and_then(|offers| offers.values.get(&ask.field)).filter(|_| ask.op != Op::Contains);
            Field::new("Value", 168.0).hint("Value | value").height(HIGH).show(ui, &mut ask.a);
            if let Some(values) = values.filter(|values| !values.is_empty()) {
                let button = icon_button_sized(ui, icons::CHEVRON_DOWN, "Pick a value", HIGH);
                menu_of(&button, |ui| {
                    if let Some(picked) = search_menu(ui, "Pick a value", values) {
                        let before = ask.a.trim().trim_end_matches('|').trim_end().to_owned();
                        ask.a = if before.is_empty() { picked.to_owned() } else { format!("{before} | {picked}") };
                    }
                });
            }
        }
        1 if day => drop(Field::new("Day", 112.0).hint("2026-10-14").height(HIGH).show(ui, &mut ask.a)),
        1 => drop(Field::number("Value", unit, 112.0).height(HIGH).show(ui, &mut ask.a)),
        _ => {
            Field::number("From", unit, 96.0).height(HIGH).show(ui, &mut ask.a);
            remark(ui, "and");
            Field::number("To", unit, 96.0).height(HIGH).show(ui, &mut ask.b);
        }
    }
}

fn span(ui: &mut Ui, span: &mut Span) {
    let words = SpanKind::ALL.map(|kind| kind.words().to_owned());
    let dimmed = span.kind == SpanKind::Ever;
    if let Some(at) = choice_dimmed(ui, "Days that count", vec2(118.0, HIGH), span.kind.words(), &words, dimmed) {
        span.kind = SpanKind::ALL[at];
        let (a, b) = match span.kind {
            SpanKind::Ever | SpanKind::Between => ("", ""),
            SpanKind::Last => ("90", ""),
            SpanKind::Ago => ("365", "90"),
        };
        (span.a, span.b) = (a.into(), b.into());
    }
    let t = theme::of(ui);
    let and = |ui: &mut Ui| say_in(ui, Type::Body, t.text.subdued, "to");
    match span.kind {
        SpanKind::Ever => {}
        SpanKind::Last => drop(Field::number("Days", "days", 92.0).height(HIGH).show(ui, &mut span.a)),
        SpanKind::Ago => {
            Field::number("From days ago", "", 48.0).height(HIGH).show(ui, &mut span.a);
            and(ui);
            Field::number("To days ago", "", 48.0).height(HIGH).show(ui, &mut span.b);
        }
        SpanKind::Between => {
            Field::new("First day", 100.0).hint("2026-01-01").height(HIGH).show(ui, &mut span.a);
            and(ui);
            Field::new("Last day", 100.0).hint("2026-10-14").height(HIGH).show(ui, &mut span.b);
        }
    }
}
