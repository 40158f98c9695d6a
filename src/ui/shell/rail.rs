//! The time rail: the shop's orders over time as bars along the foot; its handle winds the whole workbench back.

use chrono::Datelike;
use egui::accesskit::Role;
use egui::{
    Align, Align2, EventFilter, Id, Key, Layout, Painter, Panel, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::model::Day;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::Shop;
use crate::ui::theme::{self, Theme, Tone, Type, icons};
use crate::ui::timeline::{Timeline, Unit};
use crate::ui::widgets::calendar::calendar_of;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::{Button, Field, button, paint, text};

/// Room for the save state at the right.
const STATE: f32 = 340.0;
/// Least distance between two labels.
const LABELS: f32 = 52.0;

/// Draws the time rail.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let wound = cx.shop.as_ref().is_some_and(|shop| shop.wound_to.is_some());
    let short = ui.ctx().content_rect().height() <= 720.0;
    let height = if short { t.space().x8 } else { t.shell().time_rail };
    let fill = if wound { t.tone(Tone::Info).tint } else { t.surface.page };
    let frame = egui::Frame::new().fill(fill);
    let panel = Panel::bottom("time rail").exact_size(height).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, t.hairline(t.border.normal));
        let narrow = ui.ctx().content_rect().width() < 1100.0;
        let left = rect.left() + t.shell().nav_width;
        let date = Rect::from_min_max(rect.min, pos2(left, rect.bottom()));
        let right = rect.right() - if narrow { 0.0 } else { STATE };
        let bars =
            Rect::from_min_max(pos2(left + t.shell().page_padding, rect.top() + 1.0), pos2(right, rect.bottom()));
        date_field(cx, ui, date);
        rail(cx, ui, bars);
        if !narrow {
            state(cx, ui, Rect::from_min_max(pos2(right, rect.top()), rect.max), wound);
        }
    });
}

fn date_field(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let t = theme::of(ui);
    let dragged = ui.data(|d| d.get_temp::<Day>(Id::unique("rail drag")));
    let Some(shop) = &mut cx.shop else { return };
    let wound = shop.wound_to.is_some() || dragged.is_some();
    let shown = dragged.unwrap_or_else(|| shop.as_of());
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("as of"));
    ui.add_space(t.space().x3);
    let ink = if wound { t.tone(Tone::Info).text } else { t.text.subdued };
    text::say_in(&mut ui, Type::Caption, ink, "As of");
    ui.spacing_mut().interact_size.y = t.row().nav;
    let id = Id::unique("as-of date");
    let focused = ui.memory(|m| m.has_focus(id));
    let kept = ui.data(|d| d.get_temp::<String>(id)).filter(|_| focused);
    let mut typed = kept.unwrap_or_else(|| locale::date(shown));
    let width = rect.right() - ui.cursor().left() - t.space().x4 + 4.0;
    let wrong = read::day(&typed).err().filter(|_| focused && locale::current().parse_date(&typed).is_none());
    let field = Field::new("As-of date", width).height(t.row().nav).icon(icons::CALENDAR).id(id);
    let response = field.error(wrong.as_deref()).show(&mut ui, &mut typed);
    let side = t.icon().small + t.space().x3;
    let place = Rect::from_min_size(response.rect.min, vec2(side, response.rect.height()));
    let opener = ui.interact(place, id.with("calendar"), Sense::click());
    opener.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Choose the as-of date"));
    paint::focus_ring(&ui, t, place, t.radius().medium, &opener);
    let opener = opener.on_hover_cursor(egui::CursorIcon::PointingHand);
    if let Some(span) = shop.data().and_then(|data| data.span)
        && let Some(day) = calendar_of(&opener, shown, span)
    {
        shop.wind_to(day);
        return;
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        if let Some(day) = step_by_key(&ui, shown) {
            shop.wind_to(day);
            typed = locale::date(shop.as_of());
        }
        ui.data_mut(|d| d.insert_temp(id, typed.clone()));
    }
    if !response.lost_focus() || ui.input(|i| i.key_pressed(Key::Escape)) {
        return;
    }
    match locale::current().parse_date(&typed) {
        Some(day) => shop.wind_to(day),
        None => {
            let stays = format!("The as-of date stays {}", locale::date(shown));
            let why = wrong.unwrap_or_else(|| "It is not a date".into());
            cx.notices.tell(
                Tone::Warning,
                format!("“{}” was not understood", typed.trim()),
                format!("{why}. {stays}"),
                None,
            );
        }
    }
}

fn step_by_key(ui: &Ui, from: Day) -> Option<Day> {
    let by_month = |back: bool| {
        let step = chrono::Months::new(1);
        let date = from.date();
        let moved = if back { date.checked_sub_months(step) } else { date.checked_add_months(step) };
        moved.map(Day::from_date)
    };
    ui.input(|i| {
        let pressed = |key: Key| i.key_pressed(key);
        match () {
            () if pressed(Key::ArrowUp) => Some(Day(from.0 + 1)),
            () if pressed(Key::ArrowDown) => Some(Day(from.0 - 1)),
            () if pressed(Key::PageUp) => by_month(false),
            () if pressed(Key::PageDown) => by_month(true),
            () => None,
        }
    })
}

impl Shop {
    /// Winds back to a day within the shop's time; the last day or a later one means latest.
    pub fn wind_to(&mut self, day: Day) {
        let Some((first, last)) = self.data().and_then(|data| data.span) else { return };
        self.wound_to = (day < last).then_some(day.max(first));
    }
}

/// Maps days to places on the rail: bars are equally wide.
struct Scale<'a> {
    line: &'a Timeline,
    left: f32,
    bar: f32,
}

impl Scale<'_> {
    /// Days from the start of a bar to that of the next.
    fn days(&self, bar: usize) -> f32 {
        let start = |i: usize| self.line.bars.get(i).map_or(self.line.end, |(start, _)| *start);
        (start(bar + 1).0 - start(bar).0).max(1) as f32
    }

    fn x(&self, day: Day) -> f32 {
        let bar = self.line.bars.partition_point(|(start, _)| *start <= day).saturating_sub(1);
        let Some((start, _)) = self.line.bars.get(bar) else { return self.left };
        let within = ((day.0 - start.0 + 1) as f32 / self.days(bar)).clamp(0.0, 1.0);
        self.left + (bar as f32 + within) * self.bar
    }

    fn day(&self, x: f32) -> Option<Day> {
        let at = ((x - self.left) / self.bar).max(0.0);
        let bar = (at as usize).min(self.line.bars.len().saturating_sub(1));
        let (start, _) = self.line.bars.get(bar)?;
        let days = self.days(bar);
        let within = ((at - bar as f32) * days).ceil().clamp(1.0, days);
        Some(Day(start.0 + within as i32 - 1))
    }
}

fn rail(cx: &mut Cx, ui: &mut Ui, rect: Rect) {
    let t = theme::of(ui);
    let Some(shop) = &mut cx.shop else { return };
    let as_of = shop.as_of();
    let Some(line) = shop.timeline.latest().map(|(_, line)| line).filter(|line| !line.bars.is_empty()) else { return };
    let scale = Scale { line, left: rect.left(), bar: rect.width() / line.bars.len() as f32 };
    let id = Id::unique("rail");
    let response = ui.interact(rect.shrink2(vec2(-6.0, 2.0)), id, Sense::CLICK | Sense::DRAG);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Slider, true, format!("Time rail, as of {}", locale::date(as_of))));
    let pointed = response.interact_pointer_pos().and_then(|pos| scale.day(pos.x));
    let shown = if response.dragged() { pointed.unwrap_or(as_of) } else { as_of };
    bars(ui.painter(), t, rect, &scale);
    if let Some(day) = shop.second.day {
        second_handle(ui.painter(), t, rect, scale.x(day));
    }
    handle(ui.painter(), t, rect, scale.x(shown), response.hovered() || response.dragged());
    if response.hovered()
        && !response.dragged()
        && let Some(pos) = ui.input(|i| i.pointer.hover_pos())
        && let Some((start, orders)) = scale.day(pos.x).and_then(|d| bar_at(line, d))
    {
        let when = match line.unit {
            Unit::Day => start.display(),
            Unit::Week => format!("Week from {}", start.display()),
            Unit::Month => start.date().format("%B %Y").to_string(),
        };
        let words = format!("{when}: {}", crate::ui::cx::counted(u64::from(orders), "order", "orders"));
        response.show_tooltip_text(words);
    }
    let drag = Id::unique("rail drag");
    if response.dragged() {
        ui.data_mut(|d| d.insert_temp(drag, shown));
    } else {
        ui.data_mut(|d| d.remove::<Day>(drag));
    }
    if (response.drag_stopped() || response.clicked())
        && let Some(day) = pointed
    {
        shop.wind_to(day);
    }
    response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
}

fn bar_at(line: &Timeline, day: Day) -> Option<(Day, u32)> {
    line.bars.get(line.bars.partition_point(|(start, _)| *start <= day).checked_sub(1)?).copied()
}

/// What stands below a bar: the year where one begins, in a young shop the month; below the first in any case.
fn label(line: &Timeline, i: usize) -> Option<String> {
    let (start, _) = line.bars.get(i)?;
    let before = i.checked_sub(1).and_then(|i| line.bars.get(i)).map(|(day, _)| day.date());
    let date = start.date();
    if line.unit == Unit::Month {
        return before.is_none_or(|before| before.year() != date.year()).then(|| date.year().to_string());
    }
    before.is_none_or(|before| before.month() != date.month()).then(|| date.format("%b %Y").to_string())
}

fn bars(painter: &Painter, t: &Theme, rect: Rect, scale: &Scale<'_>) {
    let base = rect.bottom() - t.line(Type::Caption);
    let most = scale.line.bars.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f32;
    let height = base - rect.top() - t.space().x1 - 1.0;
    let gap = if scale.bar > 6.0 { 3.0 } else { 1.0 };
    let mut label_free = f32::NEG_INFINITY;
    for (i, (_, orders)) in scale.line.bars.iter().enumerate() {
        let left = (rect.left() + i as f32 * scale.bar).round();
        let right = (rect.left() + (i + 1) as f32 * scale.bar).round() - gap;
        let tall = (*orders as f32 / most * height).max(if *orders > 0 { 1.0 } else { 0.0 });
        let bar = Rect::from_min_max(pos2(left, base - tall), pos2(right.max(left + 1.0), base));
        painter.rect_filled(bar, 1.5, t.chart.bar_rest);
        if let Some(words) = label(scale.line, i).filter(|_| left >= label_free && left + LABELS <= rect.right()) {
            let at = pos2(left + 2.0, base + 1.0);
            let place = paint::text(painter, at, Align2::LEFT_TOP, words, t.font(Type::Caption), t.text.subdued);
            label_free = (place.right() + t.space().x5).max(left + LABELS);
        }
    }
}

fn handle(painter: &Painter, t: &Theme, rect: Rect, x: f32, lively: bool) {
    let base = rect.bottom() - t.line(Type::Caption);
    let x = x.round();
    let line = egui::Stroke::new(t.stroke().series, t.accent.base);
    painter.hline(rect.left()..=x, base, line);
    painter.vline(x, rect.top() + t.space().x1..=base, line);
    painter.circle_filled(pos2(x, base), if lively { 6.0 } else { 5.0 }, t.accent.base);
}

/// Where the day to compare with lies: a hollow circle, so that the two are told apart without colour.
fn second_handle(painter: &Painter, t: &Theme, rect: Rect, x: f32) {
    let (x, base) = (x.round(), rect.bottom() - t.line(Type::Caption));
    let line = egui::Stroke::new(t.stroke().series, t.text.subdued);
    painter.vline(x, rect.top() + t.space().x1..=base, line);
    painter.circle(pos2(x, base), 5.0, t.surface.page, line);
}

/// The day to compare with, and the way to choose one.
fn compare(cx: &mut Cx, ui: &mut Ui) {
    let t = theme::of(ui);
    let Some(shop) = &mut cx.shop else { return };
    let Some(span) = shop.data().and_then(|data| data.span).filter(|(first, last)| first < last) else { return };
    let day = shop.second.day;
    if day.is_some() && button::icon_button_sized(ui, icons::CLOSE, "Stop comparing", t.row().dense).clicked() {
        return shop.compare_with(None);
    }
    let words = day.map_or_else(|| "Compare".into(), |day| format!("vs {}", locale::date(day)));
    let name = day.map_or_else(
        || "Compare with another date".into(),
        |day| format!("Compared with {}: choose another date", locale::date(day)),
    );
    let opener = ui.add(Button::plain(&words).named(&name).icon(icons::COMPARE).small());
    let shown = day.or_else(|| shop.year_before()).unwrap_or(span.0);
    if let Some(day) = calendar_of(&opener, shown, span) {
        shop.compare_with(Some(day));
    }
}

/// Save state, or the job under way, or the way back to the latest day.
fn state(cx: &mut Cx, ui: &mut Ui, rect: Rect, wound: bool) {
    let t = theme::of(ui);
    let layout = Layout::right_to_left(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("state"));
    ui.add_space(t.space().x4);
    if let Some(step) = cx.working() {
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        if button::icon_button_sized(&mut ui, icons::CLOSE, "Cancel what is under way", t.row().dense).clicked() {
            cx.cancel_work();
        }
        let percent = (step.done.0 * 100).checked_div(step.done.1).map_or_else(String::new, |p| format!(" {p}%"));
        text::say(&mut ui, Type::Caption, format!("{}{percent}", step.words));
        return;
    }
    if cx.shop.as_ref().is_some_and(Shop::is_trying) {
        text::say(&mut ui, Type::Caption, "Definitions not saved");
        text::icon(&mut ui, icons::EDIT, t.icon().small - 2.0, t.tone(Tone::Warning).mark);
    } else if let Some(saved) = cx.saved_at {
        let time = chrono::DateTime::from_timestamp(saved, 0)
            .map(|t| t.with_timezone(&chrono::Local).format("%H:%M").to_string());
        text::say(&mut ui, Type::Caption, format!("Saved {}", time.unwrap_or_default()));
        text::icon(&mut ui, icons::SAVED, t.icon().small - 2.0, t.tone(Tone::Good).mark);
    }
    if wound && ui.add(Button::outline("Latest").small()).clicked() {
        cx.unwind();
    }
    compare(cx, &mut ui);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_place_on_the_rail_agree() {
        let day = |text: &str| Day::parse(text).unwrap();
        let bars = vec![(day("2026-01-01"), 3), (day("2026-02-01"), 0), (day("2026-03-01"), 9)];
        let line = Timeline { bars, end: day("2026-04-01"), unit: Unit::Month };
        let scale = Scale { line: &line, left: 10.0, bar: 30.0 };
        for text in ["2026-01-01", "2026-01-31", "2026-02-14", "2026-03-31"] {
            assert_eq!(scale.day(scale.x(day(text)) - 0.01), Some(day(text)), "{text}");
        }
        assert_eq!(scale.day(-50.0), Some(day("2026-01-01")));
        assert_eq!(scale.day(500.0), Some(day("2026-03-31")));
    }
}
