//! What stands beside the title: files, the contact limit, a new campaign.

use egui::Ui;

use super::{CalendarPage, Shown, View};
use crate::model::campaign::Template;
use crate::model::{Campaign, Day};
use crate::planner::calendar::Wish;
use crate::planner::holidays;
use crate::planner::rounds::Span;
use crate::report::table_export::{TABLE_FORMATS, TableFormat, Value};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::panels::campaigns::new_menu;
use crate::ui::settings::short_path;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::chart::Asked;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, segmented};

/// Limits that the menu offers.
const LIMITS: std::ops::RangeInclusive<u32> = 1..=8;

impl CalendarPage {
    /// Draws the buttons, from right to left.
    pub(super) fn header(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Shown) {
        if shown.campaigns.is_empty() {
            return;
        }
        if let Some(template) = new_menu(ui) {
            self.add(cx, template);
        }
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
        menu_of(&export, |ui| self.exports(cx, ui, shown.span));
        segmented(ui, "Calendar of", &[(View::Bars, "Timeline"), (View::Content, "Content")], &mut self.view);
        let limit = cx.shop.as_ref().and_then(|shop| shop.facts.contact_limit);
        let words = limit.map_or_else(|| "No contact limit".to_owned(), |limit| format!("Contact limit {limit}"));
        let hover = "The most messages that a head is to get in a week; sequences keep it too";
        let button = ui.add(Button::new(&words).chevron()).on_hover_text(hover);
        menu_of(&button, |ui| {
            for choice in LIMITS.map(Some).chain([None]) {
                let words = match choice {
                    None => "Any number".to_owned(),
                    Some(n) => format!("{} a week", locale::counted(n.into(), "message", "messages")),
                };
                if menu_item(ui, &words, None, None, choice == limit).clicked() && choice != limit {
                    let work = move |home: &mut crate::ui::shop::Home, _: &_| home.session()?.set_contact_limit(choice);
                    cx.write("Saving the limit", work, |_, ()| {});
                }
            }
        });
    }

    fn exports(&mut self, cx: &mut Cx, ui: &mut Ui, span: Span) {
        if menu_item(ui, "Calendar file (.ics)", Some(icons::PLANNER), None, false).clicked() {
            let wish = self.wish.clone();
            cx.ask_save(Ask::Save { name: "Calendar.ics".into(), extension: "ics" }, move |cx, path| {
                let shown = short_path(&path);
                let work =
                    move |home: &mut crate::ui::shop::Home, _: &_| home.session()?.export_ics(&path, &wish, span);
                cx.command("Saving the calendar", "", work, move |cx, result| told(cx, result, shown));
            });
        }
        if menu_item(ui, "Picture (PNG)", Some(icons::EYE), None, false).clicked() {
            cx.deliver_chart("Calendar", Asked::Png(self.drawn), |_, _| Value::Empty);
        }
        for &format in TABLE_FORMATS {
            if menu_item(ui, format.title(), Some(icons::TABLE), None, false).clicked() {
                save_list(cx, format, self.wish.clone(), span, &self.country);
            }
        }
    }

    /// Makes a campaign from a template in the first week after the as-of day, and chooses it.
    pub(super) fn add(&mut self, cx: &mut Cx, template: Template) {
        let Some(shop) = &cx.shop else { return };
        let currency = shop.facts.definitions.currency;
        let next = Day(crate::planner::pressure::monday(shop.as_of()).0 + 7);
        let campaign = Campaign::from_template(template, next.date().and_time(chrono::NaiveTime::MIN), currency);
        let taken = |name: &str| shop.facts.campaigns.iter().any(|saved| saved.campaign.name == name);
        let stem = campaign.name.clone();
        let names = (1_u32..).map(|n| if n == 1 { stem.clone() } else { format!("{stem} {n}") });
        self.awaited = names.take(1_000).find(|name| !taken(name));
        let work = move |home: &mut crate::ui::shop::Home, _: &_| home.session()?.add_campaign(campaign);
        cx.write("Making the campaign", work, |_, _| {});
    }
}

fn save_list(cx: &mut Cx, format: &'static dyn TableFormat, wish: Wish, span: Span, country: &str) {
    let extension = format.extension();
    let country = holidays::country(country);
    cx.ask_save(Ask::Save { name: format!("Calendar.{extension}"), extension }, move |cx, path| {
        let shown = short_path(&path);
        let work = move |home: &mut crate::ui::shop::Home, _: &_| {
            home.session()?.export_calendar(&path, format, (&wish, span), country).map(|_| ())
        };
        cx.command("Saving the calendar", "", work, move |cx, result| told(cx, result, shown));
    });
}

fn told(cx: &mut Cx, result: anyhow::Result<()>, shown: String) {
    match result {
        Ok(()) => cx.notices.tell(Tone::Good, "Calendar saved", shown, None),
        Err(error) => cx.notices.failed("The calendar was not saved", &error),
    }
}
