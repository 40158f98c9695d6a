//! One item of a framework as a row: done or not, what it is, how much it matters, and what data say about it.

use egui::accesskit::Role as Sort;
use egui::{Align2, Key, Rect, Response, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{Did, Open, Seen, is_dated, page_of};
use crate::analytics::journey::State;
use crate::framework::guide::evidence::{Finding, of_metric, questions_of};
use crate::framework::guide::{self, GuideItem, GuideList, ListKind, Role};
use crate::model::MetricId;
use crate::model::metric::METRICS;
use crate::model::strategy::{Item, ItemStatus, StrategyPlan};
use crate::ui::panels::journey::mark;
use crate::ui::theme::{self, Icon, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::chip::{chip_width, paint_chip};
use crate::ui::widgets::paint;
use crate::ui::widgets::text::capital;

/// Radius of a dot of a rating, and from one to the next.
const DOT: f32 = 5.0;
const STEP: f32 = 17.0;
/// Most answers of data in a row; the drawer has all.
const ANSWERS: usize = 3;

/// What ticking makes of a status, and unticking.
pub fn ticked(status: ItemStatus) -> ItemStatus {
    if status == ItemStatus::Done { ItemStatus::Open } else { ItemStatus::Done }
}

/// Whether an item is something to do, and so can be done.
pub fn is_to_do(list: &GuideList, item: &GuideItem) -> bool {
    match item.role {
        Role::Activity | Role::Criterion | Role::Answer | Role::Requirement => true,
        Role::Item => is_dated(list),
        Role::Indicator | Role::Need | Role::Solution => false,
    }
}

/// The chip that says how far an item is; none for one of which nothing is to be said.
pub fn status(status: ItemStatus, overdue: bool) -> Option<(&'static str, Option<Tone>, Option<Icon>)> {
    match status {
        _ if overdue => Some(("Overdue", Some(Tone::Bad), Some(icons::WARNING))),
        ItemStatus::Open => None,
        ItemStatus::Doing => Some((status.name(), Some(Tone::Info), None)),
        ItemStatus::Done => Some((status.name(), Some(Tone::Good), Some(icons::CHECK))),
        ItemStatus::Dropped => Some((status.name(), None, None)),
    }
}

/// One answer of data.
#[derive(Clone)]
pub struct Told<'s> {
    /// How much is known.
    pub state: State,
    /// The answer, or what is missing, with the name of its metric.
    pub words: String,
    /// The same without that name.
    pub value: &'s str,
    /// What was found.
    pub found: Option<&'s Finding>,
    /// The metric it is about.
    pub metric: Option<MetricId>,
}

impl<'s> Told<'s> {
    /// The answer to a question, once it is there.
    pub fn of(seen: &'s Seen, question: &str) -> Option<Self> {
        let (state, value, found) = match seen.evidence.get(question)? {
            Ok(found) if found.serves == Some(false) => (State::Partly, found.text.as_str(), Some(found)),
            Ok(found) => (State::Measured, found.text.as_str(), Some(found)),
            Err(why) => (State::NoData, why.as_str(), None),
        };
        let metric = METRICS.iter().find(|metric| question.ends_with(metric.key) && of_metric(metric.id) == question);
        let words = metric.map_or_else(|| capital(value), |metric| format!("{}: {value}", metric.name));
        Some(Self { state, words, value, found, metric: metric.map(|metric| metric.id) })
    }

    /// The words beside the name of what they are about: a figure that has that name needs no other.
    pub fn beside(&self, title: &str) -> String {
        let named = self.metric.map(|id| id.metric().name.to_lowercase());
        match named {
            Some(name) if self.found.is_some() && !title.to_lowercase().contains(&name) => self.words.clone(),
            _ => capital(self.value),
        }
    }

    /// What is asked for by a click on it; nothing where no page shows it.
    pub fn door(&self) -> Option<Did> {
        let page = page_of(self.found?.page)?;
        Some(Did::Page(page, self.metric))
    }
}

/// What data say about an item.
pub fn answers<'s>(seen: &'s Seen, item: &GuideItem) -> Vec<Told<'s>> {
    questions_of(item).iter().filter_map(|question| Told::of(seen, question)).collect()
}

/// Draws the row over the width that is left.
pub fn show(ui: &mut Ui, list: &GuideList, item: &GuideItem, (plan, seen): (&StrategyPlan, &Seen)) -> Vec<Did> {
    let t = theme::of(ui);
    let none = Item::default();
    let said = plan.items.get(&item.key).unwrap_or(&none);
    let answers: Vec<_> = answers(seen, item).into_iter().take(ANSWERS).collect();
    let (body, small) = (t.line(Type::Body), t.line(Type::Caption));
    let below = [&item.words, &item.target].into_iter().filter(|words| !words.is_empty()).count() + answers.len();
    let size = vec2(ui.available_width(), body + below as f32 * (small + 1.0) + 2.0 * t.space().x1);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return Vec::new();
    }
    let mut did = Vec::new();
    let id = ui.scope_id().with(&item.key);
    let response = ui.interact(rect, id, Sense::click());
    let words = spoken(item, said, &answers);
    response.widget_info(|| WidgetInfo::labeled(Sort::Button, true, words.as_str()));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(t.space().x2, 0.0)), corner(t.radius().medium), t.surface.hover);
    }
    paint::focus_ring(ui, t, rect.expand2(vec2(t.space().x1, 0.0)), t.radius().medium, &response);
    if response.clicked() {
        did.push(Did::Open(Open::Item(item.key.clone())));
    }
    let first = Rect::from_min_size(rect.min + vec2(0.0, t.space().x1), vec2(rect.width(), body));
    let mut left = first.left();
    if is_to_do(list, item) {
        let side = t.icon().small;
        let square = Rect::from_center_size(pos2(left + side / 2.0, first.center().y), Vec2::splat(side));
        if tick(ui, t, square, (id.with("done"), &item.title), said.status == ItemStatus::Done).clicked() {
            did.push(Did::Tick(item.key.clone()));
        }
        left = square.right() + t.space().x2;
    }
    let mut right = first.right();
    if list.kind == ListKind::Rated {
        let dots = Rect::from_min_max(pos2(right - 5.0 * STEP, first.top()), first.max);
        if let Some(rating) = rating(ui, t, dots, (&response, &item.title), said.rating) {
            did.push(Did::Rate(item.key.clone(), rating));
        }
        right = dots.left() - t.space().x2;
    }
    let overdue = guide::overdue(plan, &item.key, seen.as_of);
    if let Some((words, tone, icon)) = status(said.status, overdue) {
        let wide = chip_width(ui, words, icon.is_some());
        let place = Rect::from_center_size(pos2(right - wide / 2.0, first.center().y), vec2(wide, body));
        paint_chip(ui.painter(), t, place, words, icon, tone_inks(t, tone));
        right = place.left() - t.space().x2;
    }
    let place = Rect::from_min_max(pos2(left, first.top()), pos2(right, first.bottom()));
    let ink = if said.status == ItemStatus::Dropped { t.text.subdued } else { t.text.strong };
    let align = Align2::LEFT_CENTER;
    let mut cut = paint::text_in(ui.painter(), place, align, &item.title, t.font(Type::Label), ink).1;
    let mut y = first.bottom() + 1.0;
    let mut line = |words: &str, from: f32| {
        let place = Rect::from_min_size(pos2(from, y), vec2(rect.right() - from, small));
        y += small + 1.0;
        place.is_positive().then_some((place, words.to_owned()))
    };
    for words in [&item.words, &item.target].into_iter().filter(|words| !words.is_empty()) {
        let words = if words == &item.target { format!("Target: {words}") } else { words.clone() };
        if let Some((place, words)) = line(&words, left) {
            cut |= paint::text_in(ui.painter(), place, align, &words, t.font(Type::Caption), t.text.subdued).1;
        }
    }
    for (n, told) in answers.iter().enumerate() {
        if let Some((place, _)) = line(&told.words, left) {
            did.extend(show_told(ui, t, place, id.with(("answer", n)), told));
        }
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if cut {
        response.on_hover_text(format!("{}\n{}\n{}", item.title, item.words, item.target).trim().to_owned());
    }
    did
}

/// What a screen reader says of the row.
fn spoken(item: &GuideItem, said: &Item, answers: &[Told<'_>]) -> String {
    let mut parts = vec![format!("{}: {}", item.title, said.status.name().to_lowercase())];
    parts.extend([&item.words, &item.target].into_iter().filter(|words| !words.is_empty()).cloned());
    parts.extend(answers.iter().map(|told| told.words.clone()));
    parts.join(". ")
}

/// Ground and ink of a chip.
pub fn tone_inks(t: &Theme, tone: Option<Tone>) -> (egui::Color32, egui::Color32) {
    tone.map_or((t.surface.raised, t.text.normal), |tone| (t.tone(tone).tint, t.tone(tone).text))
}

/// A box to tick.
pub fn tick(ui: &Ui, t: &Theme, square: Rect, (id, title): (egui::Id, &str), on: bool) -> Response {
    let response = ui.interact(square.expand(3.0), id, Sense::click());
    let name = format!("Done: {title}");
    response.widget_info(|| WidgetInfo::selected(Sort::CheckBox, ui.is_enabled(), on, name.as_str()));
    let (fill, edge) = if on { (t.accent.base, t.accent.base) } else { (t.surface.field, t.border.control) };
    ui.painter().rect(square, corner(t.radius().small), fill, t.hairline(edge), StrokeKind::Inside);
    if on {
        paint::icon(ui.painter(), square.center(), icons::CHECK, t.icon().small - 2.0, t.accent.on);
    }
    paint::focus_ring(ui, t, square, t.radius().small, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// One to five dots. A click on a dot rates, one on the dot that ends the rating takes it away; so do the digit keys
/// while the row has the keyboard.
fn rating(ui: &Ui, t: &Theme, rect: Rect, (row, title): (&Response, &str), known: Option<u8>) -> Option<Option<u8>> {
    let response = ui.interact(rect, row.id.with("rating"), Sense::CLICK);
    let words = known.map_or_else(|| "not rated".to_owned(), |known| format!("{known} of 5"));
    response.widget_info(|| WidgetInfo::labeled(Sort::Slider, true, format!("{title}, rating: {words}")));
    let at = |x: f32| (((x - rect.left()) / STEP).floor().clamp(0.0, 4.0)) as u8 + 1;
    let under = response.hover_pos().map(|pos| at(pos.x));
    for n in 1..=5_u8 {
        let centre = pos2(rect.left() + (f32::from(n) - 0.5) * STEP, rect.center().y);
        let full = known.is_some_and(|known| n <= known);
        if full {
            ui.painter().circle_filled(centre, DOT, t.accent.base);
        } else {
            let ink = if under.is_some_and(|under| n <= under) { t.accent.base } else { t.border.control };
            ui.painter().circle_stroke(centre, DOT - 0.5, t.hairline(ink));
        }
    }
    let toggled = |rating: u8| if known == Some(rating) { None } else { Some(rating) };
    if response.clicked()
        && let Some(pos) = response.interact_pointer_pos()
    {
        return Some(toggled(at(pos.x)));
    }
    if !row.has_focus() {
        return None;
    }
    const DIGITS: [Key; 6] = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    let pressed = ui.input(|i| DIGITS.iter().position(|key| i.key_pressed(*key)))? as u8;
    Some((pressed > 0).then_some(pressed))
}

/// One answer of data with its disc; its words are a door to the page that shows it. Gives what was asked for.
pub fn show_told(ui: &Ui, t: &Theme, rect: Rect, id: egui::Id, told: &Told<'_>) -> Option<Did> {
    let side = t.icon().small - 5.0;
    mark(ui, t, pos2(rect.left() + side / 2.0, rect.center().y), side, told.state);
    let place = rect.with_min_x(rect.left() + side + t.space().x2 - 2.0);
    let font = t.font(Type::Caption);
    let wide = paint::width(ui.painter(), &told.words, font.clone()).min(place.width());
    let reach = place.with_max_x(place.left() + wide);
    let door = told.door();
    let opens = door.is_some();
    let response = ui.interact(reach, id, if opens { Sense::click() } else { Sense::hover() });
    let sort = if opens { Sort::Link } else { Sort::Label };
    let page = told.found.map_or("", |found| found.page);
    let spoken = if opens { format!("{}: open {page}", told.words) } else { told.words.clone() };
    response.widget_info(|| WidgetInfo::labeled(sort, true, spoken.as_str()));
    let lit = opens && response.hovered();
    let ink = match told.state {
        _ if lit => t.accent.text,
        State::NoData => t.text.subdued,
        State::Measured | State::Partly => t.text.normal,
    };
    paint::text_in(ui.painter(), place, Align2::LEFT_CENTER, &told.words, font, ink);
    if lit {
        ui.painter().hline(reach.x_range(), reach.bottom() - 1.0, t.hairline(t.accent.text));
    } else if opens {
        paint::dotted(ui.painter(), t, pos2(reach.left(), reach.bottom() - 1.0), reach.width());
    }
    paint::focus_ring(ui, t, reach, t.radius().small, &response);
    let how = told.found.map_or("", |found| found.how.as_str());
    let clicked = response.clicked();
    let response = if opens { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response };
    response.on_hover_text(format!("{}\n{how}", told.words).trim().to_owned());
    door.filter(|_| clicked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticking_twice_leaves_an_item_open() {
        assert_eq!(ticked(ItemStatus::Doing), ItemStatus::Done);
        assert_eq!(ticked(ticked(ItemStatus::Open)), ItemStatus::Open);
    }
}
