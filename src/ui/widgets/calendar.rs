//! A month to choose a day from; weeks begin as the user's do.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use egui::accesskit::Role;
use egui::{Align2, Id, Popup, PopupCloseBehavior, Response, Sense, Ui, WidgetInfo, vec2};

use super::button::icon_button;
use super::paint;
use crate::model::Day;
use crate::ui::locale;
use crate::ui::theme::{self, Type, corner, icons};

/// Opens a month above or below what was clicked. Returns the day that was chosen.
pub fn calendar_of(response: &Response, shown: Day, span: (Day, Day)) -> Option<Day> {
    let mut chosen = None;
    let popup = Popup::menu(response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let month = response.id.with("month");
    let open = popup.is_open();
    popup.show(|ui| {
        chosen = calendar(ui, month, shown, span);
        if chosen.is_some() {
            ui.close();
        }
    });
    if !open {
        // The next time it begins with the month of the day.
        response.ctx.data_mut(|data| data.remove::<NaiveDate>(month));
    }
    chosen
}

fn calendar(ui: &mut Ui, id: Id, shown: Day, span: (Day, Day)) -> Option<Day> {
    let t = theme::of(ui);
    let side = t.row().nav;
    ui.set_width(7.0 * side);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let first = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| first_of_month(shown.date()));
    let mut turned = None;
    ui.horizontal(|ui| {
        if icon_button(ui, icons::CHEVRON_LEFT, "Month before").clicked() {
            turned = first.checked_sub_months(Months::new(1));
        }
        let title = first.format("%B %Y").to_string();
        let (rect, response) = ui.allocate_exact_size(vec2(5.0 * side, side), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &title));
        paint::text(ui.painter(), rect.center(), Align2::CENTER_CENTER, title, t.font(Type::Label), t.text.strong);
        if icon_button(ui, icons::CHEVRON_RIGHT, "Month after").clicked() {
            turned = first.checked_add_months(Months::new(1));
        }
    });
    let begin = first_of_week(first, locale::first_weekday());
    ui.horizontal(|ui| {
        for day in begin.iter_days().take(7) {
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            let name: String = day.format("%a").to_string().chars().take(2).collect();
            paint::text(
                ui.painter(),
                rect.center(),
                Align2::CENTER_CENTER,
                name,
                t.font(Type::Caption),
                t.text.subdued,
            );
        }
    });
    let mut chosen = None;
    for week in 0..6 {
        ui.horizontal(|ui| {
            let Some(monday) = begin.checked_add_days(Days::new(7 * week)) else { return };
            for date in monday.iter_days().take(7) {
                let day = Day::from_date(date);
                let within = day >= span.0 && day <= span.1;
                if cell(ui, day, day == shown, within, date.month() == first.month()) {
                    chosen = Some(day);
                }
            }
        });
    }
    if let Some(month) = turned {
        ui.data_mut(|data| data.insert_temp(id, month));
    }
    chosen
}

fn cell(ui: &mut Ui, day: Day, current: bool, within: bool, in_month: bool) -> bool {
    let t = theme::of(ui);
    let side = t.row().nav;
    let sense = if within { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, within, current, locale::date(day)));
    let fill = match (current, within && response.hovered()) {
        (true, _) => Some(t.accent.base),
        (_, true) => Some(t.surface.raised),
        _ => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect.shrink(1.0), corner(t.radius().medium), fill);
    }
    let ink = match (current, within, in_month) {
        (true, ..) => t.accent.on,
        (_, false, _) => t.text.disabled,
        (_, _, true) => t.text.strong,
        _ => t.text.subdued,
    };
    let number = day.date().day().to_string();
    paint::text(ui.painter(), rect.center(), Align2::CENTER_CENTER, number, t.font(Type::Body), ink);
    paint::focus_ring(ui, t, rect.shrink(1.0), t.radius().medium, &response);
    response.clicked()
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The day that begins the week of a date.
fn first_of_week(date: NaiveDate, first: Weekday) -> NaiveDate {
    let back = date.weekday().days_since(first);
    date.checked_sub_days(Days::new(u64::from(back))).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_where_the_user_says() {
        let date = |text: &str| Day::parse(text).unwrap().date();
        // 1 March 2026 is a Sunday.
        for (first, expected) in
            [(Weekday::Mon, "2026-02-23"), (Weekday::Sun, "2026-03-01"), (Weekday::Sat, "2026-02-28")]
        {
            assert_eq!(first_of_week(date("2026-03-01"), first), date(expected));
        }
    }
}
