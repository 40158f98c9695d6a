//! What is told of the field in focus, below the form: what it means, where its value comes from and the way there,
//! what data say beside a typed value, what is offered, and a comment.

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::data::{Spot, spot};
use super::editing::Editing;
use super::field::Mark;
use super::{Known, print};
use crate::framework::state::{FieldState, FromData, Source};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::PANELS;
use crate::ui::theme::{self, Theme, Tone, Type};
use crate::ui::widgets::chip::{chip, tone_chip};
use crate::ui::widgets::figure::{self, Tip};
use crate::ui::widgets::{Button, Field, link, paint, text};

/// A comment that is being typed.
#[derive(Default)]
pub(super) struct Comment {
    /// Its field's key and the text.
    typed: Option<(String, String)>,
    /// The field whose comment is open.
    open: Option<String>,
    /// It was opened just now, to be typed into.
    begins: bool,
}

impl Comment {
    /// What was typed and is not kept yet.
    pub fn take(&mut self) -> Option<(String, String)> {
        self.typed.take()
    }
}

/// What the strip asks for.
pub(super) enum Act {
    /// Keep a comment.
    Comment(String, String),
    /// Drop the typed value.
    UseData(String),
    /// Take what is offered.
    Take(String, String),
}

/// Height of the strip: a line of names, two of sentences, perhaps one to comment.
pub(super) fn height(t: &Theme, known: &Known<'_>, editing: &Editing, comment: &Comment) -> f32 {
    let lines = t.row().nav + 2.0 * t.line(Type::Caption) + 2.0 + 2.0 * t.space().x3;
    let commented = editing.chosen.as_deref().is_some_and(|key| is_open(known, comment, key));
    lines + if commented { t.row().field + t.space().x2 } else { 0.0 }
}

fn is_open(known: &Known<'_>, comment: &Comment, key: &str) -> bool {
    let kept = known.facts.field(key).is_some_and(|state| !state.comment.is_empty());
    kept || comment.open.as_deref() == Some(key)
}

/// Draws the strip.
pub(super) fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    known: &Known<'_>,
    editing: &mut Editing,
    comment: &mut Comment,
    area: Rect,
) -> Option<Act> {
    let t = theme::of(ui);
    ui.painter().rect_filled(area, 0.0, t.surface.hover);
    ui.painter().hline(area.x_range(), area.top(), t.hairline(t.border.subtle));
    let inner = area.shrink2(vec2(t.space().x4, t.space().x3));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("about the field"));
    ui.spacing_mut().item_spacing.y = 1.0;
    let Some(spot) = editing.chosen.as_deref().and_then(spot) else {
        line(&mut ui, t, "Choose a field to see what it means and where its value comes from", true);
        line(&mut ui, t, "Enter goes to the next field, Esc restores, Ctrl ↑ ↓ changes the section", false);
        return None;
    };
    let state = known.facts.field(&spot.field.key);
    // What was typed beside another field and not yet kept is kept first.
    let left = comment.typed.take_if(|(of, _)| *of != spot.field.key).map(|(of, text)| Act::Comment(of, text));
    let act = head(&mut ui, known, comment, spot, state);
    let example = match spot.field.example.as_str() {
        "" => spot.field.help.clone(),
        example => format!("{}. For example: {example}", spot.field.help),
    };
    line(&mut ui, t, &example, true);
    source(cx, &mut ui, known, spot, state);
    let commented = if is_open(known, comment, &spot.field.key) {
        ui.add_space(t.space().x2 - 2.0);
        commented(&mut ui, known, comment, spot, state)
    } else {
        None
    };
    left.or(act).or(commented)
}

/// One line, whole in a hover where it does not fit.
fn line(ui: &mut Ui, t: &Theme, words: &str, strong: bool) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.line(Type::Caption)), Sense::hover());
    let ink = if strong { t.text.normal } else { t.text.subdued };
    let font = egui::FontId { size: t.font(Type::Caption).size + 1.0, ..t.font(Type::Body) };
    let (_, cut) = paint::text_in(ui.painter(), rect, egui::Align2::LEFT_CENTER, words, font, ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    if cut {
        response.on_hover_text(words);
    }
}

/// Name and mark left, what can be done right.
fn head(ui: &mut Ui, known: &Known<'_>, comment: &mut Comment, spot: Spot, state: Option<&FieldState>) -> Option<Act> {
    let t = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().nav), Sense::hover());
    let right = UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center)).id_salt("what to do");
    let mut buttons = ui.new_child(right);
    let act = actions(&mut buttons, known, comment, spot, state);
    let left = Rect::from_min_max(rect.min, pos2(buttons.min_rect().left() - t.space().x2, rect.bottom()));
    let layout = Layout::left_to_right(Align::Center);
    let mut words = ui.new_child(UiBuilder::new().max_rect(left).layout(layout).id_salt("what it is"));
    words.spacing_mut().item_spacing.x = t.space().x2;
    words.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
    let mark = Mark::of(state);
    match mark {
        Mark::Data => tone_chip(&mut words, mark.name(), Tone::Good, None),
        _ => chip(&mut words, mark.name()),
    };
    let name = format!("{}, {}", spot.group.title, spot.field.label);
    text::say(&mut words, Type::Label, name).on_hover_text(spot.place());
    act
}

fn actions(
    ui: &mut Ui,
    known: &Known<'_>,
    comment: &mut Comment,
    spot: Spot,
    state: Option<&FieldState>,
) -> Option<Act> {
    let mut act = None;
    let key = &spot.field.key;
    let data = state.and_then(FieldState::data);
    if !known.own {
        return None;
    }
    if state.is_some_and(FieldState::is_typed) {
        let words = if data.is_some() { "Use the data’s" } else { "Leave open" };
        if ui.add(Button::new(words).small()).clicked() {
            act = Some(Act::UseData(key.clone()));
        }
    }
    if matches!(Mark::of(state), Mark::Open)
        && let Some(offer) = known.suggestion(key)
        && ui.add(Button::new("Use the suggestion").small()).clicked()
    {
        act = Some(Act::Take(key.clone(), offer.to_owned()));
    }
    if !is_open(known, comment, key) && ui.add(Button::plain("Comment").small()).clicked() {
        (comment.open, comment.begins) = (Some(key.clone()), true);
    }
    act
}

/// Where the value comes from, with the doors to it at the right.
fn source(cx: &mut Cx, ui: &mut Ui, known: &Known<'_>, spot: Spot, state: Option<&FieldState>) {
    let t = theme::of(ui);
    let words = origin(known, spot, state);
    let Some(data) = state.and_then(FieldState::data) else { return line(ui, t, &words, false) };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), t.line(Type::Caption)), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut doors = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("doors"));
    doors.spacing_mut().item_spacing.x = t.space().x3;
    if let Some(panel) = PANELS.iter().find(|panel| panel.title == data.page)
        && link(&mut doors, &format!("Open {}", panel.title)).clicked()
    {
        cx.go(panel.id);
    }
    if let (Some(figure), Some(shop)) = (&data.figure, &cx.shop)
        && shop.source_of(figure).is_some()
        && link(&mut doors, "Show the rows").clicked()
    {
        figure::open(ui.ctx(), Tip::of(figure, &shop.facts.definitions, String::new()));
    }
    let end = doors.min_rect().left() - t.space().x3;
    let place = rect.with_max_x(if doors.min_rect().width() > 1.0 { end } else { rect.right() });
    let mut left = ui.new_child(UiBuilder::new().max_rect(place).id_salt("where from"));
    line(&mut left, t, &words, false);
}

/// Where the value comes from, or what is missing.
fn origin(known: &Known<'_>, spot: Spot, state: Option<&FieldState>) -> String {
    let told = |data: &FromData| {
        let scope = if data.scope.is_empty() { String::new() } else { format!("; {}", data.scope) };
        format!("{}{scope}; as of {}", data.how.trim_end_matches('.'), locale::date(data.as_of))
    };
    match state.map(|state| &state.source) {
        Some(Source::Data(data)) => told(data),
        Some(Source::Typed { data: Some(data), .. }) => {
            let value = print::whole(spot.field, Some(&data.value), known.currency);
            format!("Data say {value}: {}", told(data))
        }
        Some(Source::Typed { data: None, .. }) => spot.field.from.clone(),
        Some(Source::Open(Some(why))) => why.clone(),
        _ => match known.suggestion(&spot.field.key) {
            Some(offer) => format!("Suggested (→ takes it): {offer}"),
            None => spot.field.from.clone(),
        },
    }
}

/// The field of the comment.
fn commented(
    ui: &mut Ui,
    known: &Known<'_>,
    comment: &mut Comment,
    spot: Spot,
    state: Option<&FieldState>,
) -> Option<Act> {
    let key = &spot.field.key;
    let kept = state.map(|state| state.comment.clone()).unwrap_or_default();
    let mut text = comment.typed.as_ref().map_or_else(|| kept.clone(), |(_, text)| text.clone());
    let width = ui.available_width();
    let name = format!("Comment on {}", spot.field.label);
    let hint = "A remark for whoever works on the document";
    let response = ui.add_enabled_ui(known.own, |ui| Field::new(&name, width).hint(hint).show(ui, &mut text)).inner;
    if std::mem::take(&mut comment.begins) {
        response.request_focus();
    }
    if response.changed() {
        comment.typed = Some((key.clone(), text));
    }
    if response.lost_focus()
        && let Some((of, text)) = comment.typed.take().filter(|(_, text)| *text != kept)
        && !ui.input(|input| input.key_pressed(egui::Key::Escape))
    {
        return Some(Act::Comment(of, text));
    }
    None
}
