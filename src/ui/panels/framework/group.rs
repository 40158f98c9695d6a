//! A group of fields: a row of the template's table or a stage, with what changed in it since the last issue.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Known;
use super::data::Spot;
use super::editing::Editing;
use super::field::{self, Mark};
use super::print;
use crate::analytics::segments::Segment;
use crate::framework::SEGMENTS;
use crate::framework::template::{FormField, FormGroup, FormSection};
use crate::model::strategy::FieldKind;
use crate::ui::locale;
use crate::ui::panels::segments;
use crate::ui::theme::{self, Theme, Tone, Type, icons};
use crate::ui::widgets::chip::{chip_width, paint_chip};
use crate::ui::widgets::paint;

/// Least width of a number's field.
const CELL: f32 = 84.0;
/// Greatest width of a number's field, where few stand in a row.
const WIDEST: f32 = 180.0;

/// A group about to be drawn.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// Place of its section.
    pub section_at: usize,
    /// Its section.
    pub section: &'static FormSection,
    /// Its place in the section.
    pub at: usize,
    /// Itself.
    pub group: &'static FormGroup,
    /// Only its header is drawn.
    pub closed: bool,
}

impl Group {
    fn spot(&self, field: &'static FormField) -> Spot {
        Spot { section_at: self.section_at, section: self.section, group: self.group, field }
    }

    fn colour(&self, t: &Theme) -> Option<Color32> {
        let segment = Segment::ALL.get(self.at).filter(|_| self.section.key == SEGMENTS)?;
        Some(segments::data::colour(t, *segment))
    }
}

/// Draws the group; whether it is to be opened or closed.
pub(super) fn show(ui: &mut Ui, known: &Known<'_>, editing: &mut Editing, group: Group) -> bool {
    let t = theme::of(ui);
    let clicked = if group.group.title.is_empty() { false } else { header(ui, t, known, group) };
    if group.closed {
        return clicked;
    }
    ui.add_space(t.space().x1);
    fields(ui, t, known, editing, group);
    clicked
}

/// Swatch, name, what changed, and whether it is open.
fn header(ui: &mut Ui, t: &Theme, known: &Known<'_>, group: Group) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().nav), Sense::click());
    let said = format!("{} {}", if group.closed { "Open" } else { "Close" }, group.group.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    let y = rect.center().y;
    let mut left = rect.left();
    if let Some(colour) = group.colour(t) {
        let square = Rect::from_center_size(pos2(left + 5.0, y), vec2(10.0, 10.0));
        ui.painter().rect_filled(square, 2.0, colour);
        left += 10.0 + t.space().x2;
    }
    let side = t.icon().small;
    let mut right = rect.right();
    let icon = if group.closed { icons::CHEVRON_DOWN } else { icons::CHEVRON_UP };
    let ink = if response.hovered() { t.text.strong } else { t.text.subdued };
    paint::icon(ui.painter(), pos2(right - side / 2.0, y), icon, side, ink);
    right -= side + t.space().x2;
    let (words, tone, icon) = if group.closed { state_chip(known, group) } else { change_chip(known, group) };
    if !words.is_empty() {
        let width = chip_width(ui, &words, true).min(right - left - 120.0);
        let high = t.space().x5 + 2.0;
        let place = Rect::from_min_size(pos2(right - width, y - high / 2.0), vec2(width, high));
        let (fill, ink) = match tone {
            Some(tone) => (t.tone(tone).tint, t.tone(tone).text),
            None => (t.surface.raised, t.text.normal),
        };
        paint_chip(ui.painter(), t, place, &words, icon, (fill, ink));
        let chip = ui.interact(place, response.id.with("chip"), Sense::hover());
        chip.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let all = changes(known, group);
        if !group.closed && all.len() > 1 {
            chip.on_hover_text(all.join("\n"));
        }
        right -= width + t.space().x2;
    }
    let font = t.strong_font(Type::Body);
    let place = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
    let (name, _) = paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &group.group.title, font, t.text.strong);
    if group.closed {
        let place = place.with_min_x(name.right() + t.space().x2);
        let font = t.font(Type::Body);
        paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &summary(known, group), font, t.text.subdued);
    }
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The first value of a closed group.
fn summary(known: &Known<'_>, group: Group) -> String {
    let told = group.group.fields.iter().find_map(|field| {
        let value = known.facts.value(&field.key)?;
        Some(format!("{} {}", field.label, print::whole(field, Some(value), known.currency)))
    });
    told.unwrap_or_default().chars().take(80).collect()
}

type Chip = (String, Option<Tone>, Option<theme::Icon>);

/// Whether anything is open in a closed group.
fn state_chip(known: &Known<'_>, group: Group) -> Chip {
    let is_open = |field: &&FormField| Mark::of(known.facts.field(&field.key)) == Mark::Open;
    let open: Vec<&FormField> = group.group.fields.iter().filter(is_open).collect();
    match open.as_slice() {
        [] => ("Filled".to_owned(), Some(Tone::Good), Some(icons::CHECK)),
        [one] => (format!("{} open", one.label), None, Some(icons::OPEN)),
        several => (format!("{} open", several.len()), None, Some(icons::OPEN)),
    }
}

/// What changed in the group since the last issue, one line for each field.
fn changes(known: &Known<'_>, group: Group) -> Vec<String> {
    let Some(issue) = known.facts.last_issue() else { return Vec::new() };
    let day = locale::date(issue.as_of);
    let told = |field: &FormField| {
        let change = known.facts.change(&field.key)?;
        Some(match &change.before {
            Some(before) if print::is_short(field) => {
                format!("{} was {} on {day}", field.label, print::whole(field, Some(before), known.currency))
            }
            Some(_) => format!("{} was another on {day}", field.label),
            None => format!("{} was open on {day}", field.label),
        })
    };
    group.group.fields.iter().filter_map(told).collect()
}

fn change_chip(known: &Known<'_>, group: Group) -> Chip {
    let all = changes(known, group);
    let words = match (all.as_slice(), known.facts.last_issue()) {
        ([one], _) => one.clone(),
        ([_, ..], Some(issue)) => format!("{} changed since {}", all.len(), locale::date(issue.as_of)),
        _ => String::new(),
    };
    (words, Some(Tone::Info), Some(icons::HISTORY))
}

/// Numbers side by side, texts over the whole width.
fn fields(ui: &mut Ui, t: &Theme, known: &Known<'_>, editing: &mut Editing, group: Group) {
    let gap = t.space().x2;
    let all = &group.group.fields;
    let mut at = 0;
    while let Some(first) = all.get(at) {
        let width = ui.available_width();
        let row = if print::is_short(first) { row_of(&all[at..], width, gap) } else { 1 };
        let members = &all[at..at + row];
        let weights: Vec<f32> = members.iter().map(|field| weight(field).max(labelled(ui, t, field))).collect();
        let room = width - gap * (row as f32 - 1.0);
        let share = room / weights.iter().sum::<f32>();
        let share = if print::is_short(first) { share.min(WIDEST) } else { share };
        let top = ui.cursor().top();
        let (mut x, mut bottom) = (ui.cursor().left(), top);
        for (field, weight) in members.iter().zip(weights) {
            let wide = (share * weight).floor();
            let rect = Rect::from_min_size(pos2(x, top), vec2(wide, field::height(t)));
            bottom = field::show_at(ui, rect, known, editing, group.spot(field)).max(bottom);
            x += wide + gap;
        }
        let place = Rect::from_min_max(pos2(ui.cursor().left(), top), pos2(ui.cursor().left() + width, bottom));
        ui.advance_cursor_after_rect(place);
        at += row;
    }
}

/// How wide a field is beside others.
fn weight(field: &FormField) -> f32 {
    match field.kind {
        FieldKind::Choice => 1.8,
        FieldKind::Date => 1.5,
        _ => 1.0,
    }
}

/// How wide a field must be for its label and mark, as a weight.
fn labelled(ui: &Ui, t: &Theme, field: &FormField) -> f32 {
    let words = paint::width(ui.painter(), &field.label, t.font(Type::Caption));
    ((words + t.icon().small + t.space().x2) / CELL).min(1.6)
}

/// How many of the fields stand in the row that begins with the first.
fn row_of(fields: &[FormField], width: f32, gap: f32) -> usize {
    let mut used = 0.0;
    let fits = fields.iter().take_while(|field| {
        used += weight(field) * CELL + gap;
        print::is_short(field) && used <= width + gap
    });
    fits.count().max(1)
}
