//! What stands above the days: how many, which, whose holidays, and which campaigns.

use egui::accesskit::Role;
use egui::{Align, Layout, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scale::Scale;
use super::{CalendarPage, Shown};
use crate::model::campaign::{Channel, Status};
use crate::ops::campaigns::SavedCampaign;
use crate::planner::calendar::Wish;
use crate::planner::holidays;
use crate::ui::cx::counted;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::filters::n_of_m;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::{Button, Field, icon_button, paint, removable_chip, say_in, segmented};

impl CalendarPage {
    /// Draws the line.
    pub(super) fn toolbar(&mut self, ui: &mut Ui, shown: &Shown) {
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            ui.set_min_height(t.row().field);
            ui.spacing_mut().item_spacing.x = t.space().x2;
            let mut scale = self.scale;
            if segmented(ui, "Days on view", &Scale::ALL, &mut scale) {
                self.rescale(scale, shown);
            }
            ui.spacing_mut().item_spacing.x = t.space().x1;
            let step = |by: i32| Some(self.scale.stepped(shown.span.0, by));
            let mut go = None;
            if icon_button(ui, icons::CHEVRON_LEFT, "Earlier").clicked() {
                go = Some(step(-1));
            }
            let hover = format!("To the as-of day, {}", locale::date(shown.as_of));
            if ui.add(Button::plain(shown.today).small()).on_hover_text(hover).clicked() {
                go = Some(None);
            }
            if icon_button(ui, icons::CHEVRON_RIGHT, "Later").clicked() {
                go = Some(step(1));
            }
            if let Some(first) = go {
                self.first = first;
            }
            ui.spacing_mut().item_spacing.x = t.space().x2;
            self.countries(ui);
            self.filters(ui, &shown.campaigns);
            let (taken, of) = (shown.calendar.taken as u64, shown.calendar.of as u64);
            say_in(ui, Type::Caption, t.text.subdued, n_of_m(taken, of, "campaigns"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.warning(ui));
        });
    }

    /// Other days on view: the as-of day stays in sight where it was, else the first day does.
    fn rescale(&mut self, scale: Scale, shown: &Shown) {
        let in_sight = (shown.span.0..=shown.span.1).contains(&shown.as_of);
        self.first = (!in_sight).then(|| scale.first(shown.span.0));
        self.scale = scale;
    }

    fn countries(&mut self, ui: &mut Ui) {
        let chosen = holidays::country(&self.country);
        let words = chosen.map_or("Holidays", |country| country.name.as_str());
        let name = format!("Holidays of {}", chosen.map_or("no country", |country| country.name.as_str()));
        let button =
            ui.add(Button::new(words).named(&name).small().chevron()).on_hover_text("Holidays and shopping events");
        menu_of(&button, |ui| {
            ScrollArea::vertical().max_height(12.5 * theme::of(ui).row().nav).show(ui, |ui| {
                if menu_item(ui, "None", None, None, chosen.is_none()).clicked() {
                    self.country = String::new();
                }
                for country in holidays::countries() {
                    if menu_item(ui, &country.name, None, None, country.code == self.country).clicked() {
                        self.country.clone_from(&country.code);
                    }
                }
            });
        });
    }

    fn filters(&mut self, ui: &mut Ui, campaigns: &[SavedCampaign]) {
        let wish = &mut self.wish;
        let mut gone = None;
        let filters: [Option<String>; 5] = [
            wish.owner.as_ref().map(|owner| if owner.is_empty() { "No owner".into() } else { owner.clone() }),
            wish.channel.map(|channel| channel.name().to_owned()),
            wish.status.map(|status| status.name().to_owned()),
            wish.archived.then(|| "With those put away".to_owned()),
            (!wish.search.trim().is_empty()).then(|| format!("“{}”", wish.search.trim())),
        ];
        for (n, words) in filters.iter().enumerate() {
            if let Some(words) = words
                && removable_chip(ui, words)
            {
                gone = Some(n);
            }
        }
        match gone {
            Some(0) => wish.owner = None,
            Some(1) => wish.channel = None,
            Some(2) => wish.status = None,
            Some(3) => wish.archived = false,
            Some(_) => wish.search.clear(),
            None => {}
        }
        let button = ui.add(Button::plain("Filter").small().icon(icons::ADD));
        menu_of(&button, |ui| filter_menu(ui, wish, campaigns));
    }

    fn warning(&mut self, ui: &mut Ui) {
        let Some((_, found)) = self.found.latest() else { return };
        let red = found.weeks.iter().filter(|told| told.week.above > 0);
        let (count, first) = (red.clone().count() as u64, red.map(|told| told.week.monday).next());
        let Some(first) = first else { return };
        let words = format!("{} above the contact limit", counted(count, "week", "weeks"));
        let hover = "Somebody gets more messages in a week than your limit; shows the first such week";
        if warned(ui, &words).on_hover_text(hover).clicked() {
            self.chosen = Some(super::Chosen::Week(first));
        }
    }
}

/// Words that warn and can be clicked.
fn warned(ui: &mut Ui, words: &str) -> Response {
    let t = theme::of(ui);
    let (tone, icon) = (t.tone(Tone::Bad), t.icon().small);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), t.font(Type::Label), tone.text);
    let size = vec2(icon + t.space().x2 + galley.size().x, t.row().nav);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let centre = pos2(rect.left() + icon / 2.0, rect.center().y);
    paint::icon(ui.painter(), centre, icons::WARNING, icon, tone.mark);
    let at = pos2(rect.left() + icon + t.space().x2, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tone.text);
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// What can be filtered by, as far as it occurs.
fn filter_menu(ui: &mut Ui, wish: &mut Wish, campaigns: &[SavedCampaign]) {
    let t = theme::of(ui);
    ui.set_min_width(220.0);
    Field::new("Search campaigns", 220.0).hint("Name, phase or task").icon(icons::SEARCH).show(ui, &mut wish.search);
    ScrollArea::vertical().max_height(14.5 * t.row().nav).show(ui, |ui| {
        let mut owners: Vec<&str> = campaigns.iter().map(|saved| saved.campaign.owner.trim()).collect();
        owners.sort_unstable();
        owners.dedup();
        if owners.len() > 1 {
            menu_line(ui);
            for owner in owners {
                let words = if owner.is_empty() { "No owner" } else { owner };
                let on = wish.owner.as_deref() == Some(owner);
                if menu_item(ui, words, Some(icons::PERSON), None, on).clicked() {
                    wish.owner = (!on).then(|| owner.to_owned());
                }
            }
        }
        menu_line(ui);
        let used = |channel: &Channel| campaigns.iter().any(|saved| saved.campaign.channels.contains(channel));
        let channels = crate::model::campaign::CHANNELS.iter().map(|info| info.id);
        for channel in channels.filter(used) {
            let on = wish.channel == Some(channel);
            if menu_item(ui, channel.name(), None, None, on).clicked() {
                wish.channel = (!on).then_some(channel);
            }
        }
        menu_line(ui);
        for status in Status::ALL {
            let on = wish.status == Some(status);
            if menu_item(ui, status.name(), None, None, on).clicked() {
                wish.status = (!on).then_some(status);
            }
        }
        menu_line(ui);
        if menu_item(ui, "With those put away", None, None, wish.archived).clicked() {
            wish.archived = !wish.archived;
        }
    });
}
