//! The row of contact pressure, and the card that says what is wrong in a red week.

use egui::accesskit::Role;
use egui::{Align2, Frame, Margin, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::data::{Found, People, Told};
use super::grid::{Grid, PRESSURE};
use crate::model::Day;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::panels::customers::members::to_customers;
use crate::ui::theme::{self, Theme, Tone, Type, corner, icons};
use crate::ui::widgets::{Button, button::icon_button, figure, paint, say, text};

/// Width of the card.
const CARD: f32 = 330.0;
/// About how high it is.
const TALL: f32 = 156.0;
/// A week narrower than this prints no value.
const PRINTED: f32 = 24.0;

/// Draws the row from `top` on; gives the week that was chosen.
pub fn row(ui: &Ui, t: &Theme, grid: &Grid, top: f32, found: Option<&Found>, chosen: Option<Day>) -> Option<Day> {
    let name = grid.name_part(top, top + PRESSURE);
    let name = name.with_min_x(name.left() + t.space().x4).with_max_x(name.right() - t.space().x1);
    let words = "Messages per head, week";
    paint::text_in(ui.painter(), name, Align2::LEFT_CENTER, words, t.font(Type::Body), t.text.strong);
    let found = found?;
    let most = found.weeks.iter().filter_map(|told| told.week.per_head()).fold(0.0, f64::max);
    let most = most.max(f64::from(found.contacts.limit.unwrap_or(1)));
    let mut picked = None;
    for told in &found.weeks {
        let week = &told.week;
        let (left, right) = grid.stretch((week.monday, Day(week.monday.0 + 6)));
        let cell = Rect::from_min_max(pos2(left + 1.0, top + 5.0), pos2(right - 1.0, top + PRESSURE - 5.0));
        if cell.width() <= 0.0 {
            continue;
        }
        let response = ui.interact(cell, ui.scope_id().with(("week", week.monday.0)), Sense::CLICK);
        let said = said(told, found.contacts.limit);
        response.widget_info(|| WidgetInfo::selected(Role::Cell, true, chosen == Some(week.monday), &said));
        let radius = corner(t.radius().small);
        let words = week.per_head().map_or_else(|| "—".to_owned(), |n| locale::number(n, 1));
        let (fill, ink) = match week.per_head() {
            Some(value) => t.heat(value / most),
            None => (t.surface.panel, t.text.subdued),
        };
        ui.painter().rect_filled(cell, radius, fill);
        if week.above > 0 {
            let edge = Stroke::new(2.0, t.tone(Tone::Bad).mark);
            ui.painter().rect_stroke(cell, radius, edge, StrokeKind::Inside);
        }
        if cell.width() >= PRINTED {
            paint::text(ui.painter(), cell.center(), Align2::CENTER_CENTER, words, t.font(Type::Label), ink);
        }
        paint::focus_ring(ui, t, cell, t.radius().small, &response);
        if chosen == Some(week.monday) && !response.has_focus() {
            paint::ring(ui.painter(), t, cell.shrink(1.0), t.radius().small);
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(said);
        if response.clicked() {
            picked = Some(week.monday);
        }
    }
    picked
}

fn said(told: &Told, limit: Option<u32>) -> String {
    let week = &told.week;
    let Some(each) = week.per_head() else {
        return format!("Week of {}: nobody is written to", locale::date(week.monday));
    };
    let above = match week.above {
        0 => format!("{} at most", week.most),
        n => {
            let limit = limit.unwrap_or_default();
            format!("{} more than {limit}, {} at most", counted(n, "customer gets", "customers get"), week.most)
        }
    };
    format!(
        "Week of {}: {} to {}, {} each; {above}",
        locale::date(week.monday),
        counted(week.messages, "message", "messages"),
        counted(week.heads, "customer", "customers"),
        locale::number(each, 1),
    )
}

/// What is done about a week.
pub enum Answer {
    /// The card is closed.
    Close,
    /// A campaign begins so many days later.
    Hold(i64, i32),
}

/// The card of a week, beside its column.
pub fn card(cx: &mut Cx, ui: &mut Ui, grid: &Grid, bottom: f32, found: &Found, told: &Told) -> Option<Answer> {
    let t = theme::of(ui);
    let (left, right) = grid.stretch((told.week.monday, Day(told.week.monday.0 + 6)));
    let beside = if right + CARD + 12.0 < grid.area.right() { right + 12.0 } else { left - CARD - 12.0 };
    let at = pos2(beside.max(grid.area.left() + 4.0), bottom - TALL);
    let place = Rect::from_min_size(at, vec2(CARD, TALL));
    let mut answer = None;
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("week card"));
    // Bars below it are not to be hit through it.
    child.interact(place, child.unique_id().with("behind"), Sense::click_and_drag());
    let frame = Frame::new()
        .fill(t.surface.overlay)
        .stroke(t.hairline(t.border.normal))
        .corner_radius(corner(t.radius().large))
        .shadow(t.overlay_shadow())
        .inner_margin(Margin::same(t.space().x3 as i8));
    frame.show(&mut child, |ui| {
        ui.set_width(CARD - 2.0 * t.space().x3);
        ui.spacing_mut().item_spacing = vec2(t.space().x2, t.space().x2);
        ui.horizontal(|ui| {
            let tone = if told.week.above > 0 { t.tone(Tone::Bad).mark } else { t.tone(Tone::Good).mark };
            text::icon(ui, icons::MEMBERS, t.icon().normal, tone);
            title(ui, found, told);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, icons::CLOSE, "Close this week").clicked() {
                    answer = Some(Answer::Close);
                }
            });
        });
        say(ui, Type::Body, words(cx, told, found.contacts.limit));
        let people = told.clash.as_ref().map(|clash| &clash.both).or(told.above.as_ref());
        if let Some(people) = people {
            ui.horizontal(|ui| {
                if let Some((id, days)) = told.clash.as_ref().and_then(|clash| clash.hold)
                    && hold(cx, ui, id, days)
                {
                    answer = Some(Answer::Hold(id, days));
                }
                to_customers(cx, ui, Some(&people.picked));
            });
        }
    });
    answer
}

/// The offer to hold a campaign back until nobody gets too much of it.
fn hold(cx: &Cx, ui: &mut Ui, id: i64, days: i32) -> bool {
    let Some(shop) = &cx.shop else { return false };
    let Some(saved) = shop.facts.campaigns.iter().find(|saved| saved.id == id) else { return false };
    let until = locale::date(Day(saved.campaign.days().0.0 + days));
    let words = format!("Hold until {until}");
    let hover = format!(
        "{} begins {} later; then nobody to whom it writes gets more than the limit",
        saved.campaign.name,
        counted(days.unsigned_abs().into(), "day", "days")
    );
    ui.add(Button::new(&words).small()).on_hover_text(hover).clicked()
}

/// How many get both, or too many; a door to who they are.
fn title(ui: &mut Ui, found: &Found, told: &Told) {
    let (people, one, many) = match (&told.clash, &told.above) {
        (Some(clash), _) => (&clash.both, "customer gets both", "customers get both"),
        (None, Some(above)) => (above, "customer above the limit", "customers above the limit"),
        (None, None) => {
            say(ui, Type::Emphasis, "Nobody is above the limit");
            return;
        }
    };
    let count = people.picked.members.count();
    ui.spacing_mut().item_spacing.x = 5.0;
    number(ui, found, people, count);
    say(ui, Type::Emphasis, if count == 1 { one } else { many });
}

fn number(ui: &mut Ui, found: &Found, people: &People, count: u64) {
    let t = theme::of(ui);
    let words = locale::count(count);
    let response = say(ui, Type::Emphasis, &words);
    let rect = response.rect;
    paint::dotted(ui.painter(), t, rect.left_bottom(), rect.width());
    figure::door(ui, rect, ui.unique_id().with(("figure", count)), &words, &|| found.tip(people));
}

fn words(cx: &Cx, told: &Told, limit: Option<u32>) -> String {
    // Without a limit nobody is above it, and it is not spoken of.
    let limit = limit.unwrap_or_default();
    let week = &told.week;
    let name = |id: i64| {
        let all = cx.shop.as_ref().map(|shop| shop.facts.campaigns.clone()).unwrap_or_default();
        all.iter().find(|saved| saved.id == id).map_or_else(String::new, |saved| saved.campaign.name.clone())
    };
    let date = locale::date(week.monday);
    let each = week.per_head().map_or_else(String::new, |n| locale::number(n, 1));
    match &told.clash {
        Some(clash) => format!(
            "{} and {} write to the same people in the week of {date}: {each} messages per head, {} at most, your limit \
             is {limit}{}",
            name(clash.of.one),
            name(clash.of.other),
            week.most,
            clash.hold.map_or_else(String::new, |(id, _)| format!(". {} can wait", name(id)))
        ),
        None if week.above > 0 => {
            format!(
                "In the week of {date} one campaign alone writes {} times to them, your limit is {limit}",
                week.most
            )
        }
        None if week.heads > 0 => format!("In the week of {date} {each} messages per head, {} at most", week.most),
        None => format!("In the week of {date} nobody is written to"),
    }
}
