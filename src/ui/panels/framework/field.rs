//! One field: its label with the mark of where its value comes from, and what can be typed or chosen.

use egui::accesskit::Role;
use egui::{
    Align2, Key, Modifiers, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::Known;
use super::data::{Spot, after};
use super::editing::{Editing, id};
use super::print;
use crate::framework::state::{FieldState, Source};
use crate::model::strategy::FieldKind;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::form::{choice_field, error_line};
use crate::ui::widgets::{Field, paint};

/// A text longer than this scrolls within its field.
const LONG: usize = 700;
/// Lines of such a field.
const LONG_LINES: f32 = 9.0;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Data filled it.
    Data,
    /// Somebody typed it.
    Typed,
    /// Nobody said anything.
    Open,
}

impl Mark {
    /// The mark of a field as it stands.
    pub fn of(state: Option<&FieldState>) -> Self {
        match state.map(|state| &state.source) {
            Some(Source::Data(_)) => Self::Data,
            Some(Source::Typed { .. }) => Self::Typed,
            _ => Self::Open,
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "From data",
            Self::Typed => "Typed",
            Self::Open => "Open",
        }
    }

    /// Paints it centred on a point.
    pub fn paint(self, ui: &Ui, t: &Theme, centre: egui::Pos2) {
        let size = t.icon().small - 1.0;
        match self {
            Self::Data => paint::icon(ui.painter(), centre, icons::DATA, size, t.evidence.measured),
            Self::Typed => paint::icon(ui.painter(), centre, icons::EDIT, size, t.text.normal),
            Self::Open => {
                ui.painter().circle_stroke(centre, size / 2.0 - 2.0, Stroke::new(1.5, t.evidence.none));
            }
        }
    }
}

/// The height of a field of one line with its label.
pub(super) fn height(t: &Theme) -> f32 {
    t.line(Type::Caption) + 2.0 + t.row().field
}

/// Draws a field as wide as the space that is left.
pub(super) fn show(ui: &mut Ui, known: &Known<'_>, editing: &mut Editing, spot: Spot) {
    let t = theme::of(ui);
    let state = known.facts.field(&spot.field.key);
    let mark = if editing.is_sent(&spot.field.key) { Mark::Typed } else { Mark::of(state) };
    ui.spacing_mut().item_spacing.y = 2.0;
    label(ui, t, known, spot, mark, state.is_some_and(|state| !state.comment.is_empty()));
    let response = ui.add_enabled_ui(known.own, |ui| match spot.field.kind {
        FieldKind::Choice if !spot.field.choices.is_empty() => chosen(ui, known, editing, spot, state),
        _ => typed(ui, known, editing, spot, state),
    });
    let response = response.inner;
    if known.disputed.contains(spot.field.key.as_str()) {
        let edge = Stroke::new(1.5, t.tone(Tone::Warning).mark);
        ui.painter().rect_stroke(response.rect, corner(t.radius().medium), edge, StrokeKind::Inside);
    }
    if let Some(why) = editing.wrong(&spot.field.key) {
        error_line(ui, why);
    }
    if response.has_focus() {
        editing.note_focus(&spot.field.key);
    }
    if editing.focus.as_deref() == Some(spot.field.key.as_str()) {
        editing.focus = None;
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// Label left, mark right; both in one line that screen readers hear as one.
fn label(ui: &mut Ui, t: &Theme, known: &Known<'_>, spot: Spot, mark: Mark, comment: bool) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.line(Type::Caption)), Sense::hover());
    let side = t.icon().small;
    let mut right = rect.right();
    mark.paint(ui, t, pos2(right - side / 2.0, rect.center().y));
    right -= side + 2.0;
    if comment {
        paint::icon(
            ui.painter(),
            pos2(right - side / 2.0, rect.center().y),
            icons::COMMENT,
            side - 2.0,
            t.text.subdued,
        );
        right -= side + 2.0;
    }
    if known.disputed.contains(spot.field.key.as_str()) {
        let ink = t.tone(Tone::Warning).mark;
        paint::icon(ui.painter(), pos2(right - side / 2.0, rect.center().y), icons::WARNING, side - 2.0, ink);
        right -= side + 2.0;
    }
    let words = rect.with_max_x(right);
    let font = t.font(Type::Caption);
    let (_, cut) = paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &spot.field.label, font, t.text.normal);
    let said = format!("{} of {}: {}", spot.field.label, spot.group.title, mark.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let tip = if cut { format!("{}\n{}", spot.field.label, mark.name()) } else { mark.name().to_owned() };
    response.on_hover_text(tip);
}

/// What screen readers call the field.
fn name(spot: Spot) -> String {
    format!("{}: {}", spot.group.title, spot.field.label)
}

/// A field to type into.
fn typed(ui: &mut Ui, known: &Known<'_>, editing: &mut Editing, spot: Spot, state: Option<&FieldState>) -> Response {
    let t = theme::of(ui);
    let key = &spot.field.key;
    let value = state.and_then(FieldState::value);
    let is_typed = state.is_some_and(FieldState::is_typed);
    let kept = value.map_or_else(String::new, |value| print::text(spot.field, value, is_typed));
    let mut words = editing.words(key).map_or_else(|| kept.clone(), str::to_owned);
    let suggestion = known.suggestion(key);
    take_suggestion(ui, editing, key, suggestion, &mut words);
    let (unit, name) = (print::unit(spot.field, value, known.currency), name(spot));
    let is_text = !print::is_short(spot.field);
    let width = ui.available_width();
    let field = if is_text { Field::new(&name, width).grows() } else { Field::number(&name, &unit, width) };
    let field = match spot.field.kind {
        FieldKind::Date => Field::new(&name, width).icon(icons::CALENDAR),
        _ => field,
    };
    let wrong = editing.wrong(key).map(str::to_owned);
    let field = field.hint(suggestion.unwrap_or_default()).error(wrong.as_deref()).id(id(key));
    let response = if words.len() > LONG {
        let high = LONG_LINES * t.line(Type::Body);
        let scroll = ScrollArea::vertical().id_salt(key.as_str()).max_height(high).auto_shrink([false, true]);
        scroll.show(ui, |ui| field.show(ui, &mut words)).inner
    } else {
        field.show(ui, &mut words)
    };
    if response.changed() {
        editing.typed(ui, spot.field, words, known.currency);
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key) && !input.modifiers.shift);
    if response.lost_focus() && pressed(Key::Escape) {
        editing.restore(key);
    }
    let entered = pressed(Key::Enter);
    if entered && (response.lost_focus() || (is_text && response.has_focus())) {
        response.surrender_focus();
        go_on(editing, key);
    }
    response
}

/// Enter goes to the field after this one.
fn go_on(editing: &mut Editing, key: &str) {
    if let Some(next) = after(key) {
        editing.go(&next.field.key);
    }
}

/// In an empty field the arrow to the right takes what is offered.
fn take_suggestion(ui: &Ui, editing: &mut Editing, key: &str, suggestion: Option<&str>, words: &mut String) {
    let Some(suggestion) = suggestion.filter(|_| words.is_empty()) else { return };
    if ui.memory(|memory| memory.has_focus(id(key)))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowRight))
    {
        suggestion.clone_into(words);
        editing.put(ui, key, suggestion.to_owned());
    }
}

/// A field to choose in.
fn chosen(ui: &mut Ui, known: &Known<'_>, editing: &mut Editing, spot: Spot, state: Option<&FieldState>) -> Response {
    let t = theme::of(ui);
    let key = &spot.field.key;
    let value = state.and_then(FieldState::value);
    let kept = value.map_or_else(String::new, |value| print::text(spot.field, value, true));
    let words = editing.words(key).map_or(kept, str::to_owned);
    let empty = words.is_empty();
    let suggestion = known.suggestion(key).unwrap_or("Choose");
    let shown = if empty { suggestion } else { &words };
    let mut options = spot.field.choices.clone();
    if !empty {
        options.push(NOTHING.to_owned());
    }
    let size = vec2(ui.available_width(), t.row().field);
    let (response, picked) = choice_field(ui, &name(spot), size, shown, &options, empty);
    if let Some(option) = picked.and_then(|n| options.get(n)) {
        let words = if option == NOTHING { String::new() } else { option.clone() };
        editing.put(ui, key, words);
    }
    response
}

/// Takes a choice back.
const NOTHING: &str = "Leave open";

/// Draws a field into a place of its own.
pub(super) fn show_at(ui: &mut Ui, rect: Rect, known: &Known<'_>, editing: &mut Editing, spot: Spot) -> f32 {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(spot.field.key.as_str()));
    show(&mut child, known, editing, spot);
    child.min_rect().bottom()
}
