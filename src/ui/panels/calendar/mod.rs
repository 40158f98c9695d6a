//! The calendar: campaigns as bars over days, holidays above them, messages per head and week below them.

mod content;
mod data;
mod detail;
mod drag;
mod grid;
mod header;
mod pressure;
mod row;
mod scale;
mod sheet;
mod toolbar;

use std::sync::Arc;

use egui::{Rect, Ui};

use self::data::Found;
use self::drag::Drag;
use self::scale::Scale;
use super::Panel;
use super::campaigns::templates;
use crate::analytics::rules::Sieve;
use crate::model::{Currency, Day};
use crate::ops::calendar::planned;
use crate::ops::campaigns::SavedCampaign;
use crate::ops::segments::SavedSegment;
use crate::planner::calendar::{Calendar, Wish};
use crate::planner::rounds::Span;
use crate::ui::cx::Cx;
use crate::ui::shop::{Shop, TableKey};
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::{Button, page_header, states};

/// Which of the two calendars is on view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// Campaigns as bars.
    #[default]
    Bars,
    /// Pieces of content.
    Content,
}

/// What a click chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Campaign(i64),
    /// The week of a Monday.
    Week(Day),
}

/// What messages are counted for: the customers, the campaigns, the segments they name, the days, the limit.
type FoundKey = (Same<Sieve>, Same<Vec<SavedCampaign>>, Vec<SavedSegment>, Span, Option<u32>);

/// The page and what it remembers.
pub struct CalendarPage {
    view: View,
    /// Where the sheet was drawn, for its picture.
    drawn: Rect,
    scale: Scale,
    /// The first day on view; `None` = wherever the as-of day is in sight.
    first: Option<Day>,
    wish: Wish,
    /// ISO code of the country whose holidays are shown; empty = none, `None` before the first look.
    country: String,
    looked: bool,
    sieve: Slot<TableKey, Arc<Sieve>>,
    found: Slot<FoundKey, Arc<Found>>,
    chosen: Option<Chosen>,
    drag: Option<Drag>,
    /// What was sent to be saved, shown until the shop has changed from this version.
    sent: Option<(u64, SavedCampaign)>,
    /// Chosen once it is saved.
    awaited: Option<String>,
}

impl Default for CalendarPage {
    fn default() -> Self {
        Self {
            view: View::default(),
            drawn: Rect::NOTHING,
            scale: Scale::default(),
            first: None,
            wish: Wish::default(),
            country: String::new(),
            looked: false,
            sieve: Slot::new("Preparing the customers"),
            found: Slot::new("Counting messages per head"),
            chosen: None,
            drag: None,
            sent: None,
            awaited: None,
        }
    }
}

/// What is on view.
struct Shown {
    span: Span,
    as_of: Day,
    /// What the as-of day is called.
    today: &'static str,
    /// As they are saved.
    campaigns: Arc<Vec<SavedCampaign>>,
    calendar: Calendar,
}

impl Panel for CalendarPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, currency) = (shop.facts.campaigns.is_empty(), shop.facts.definitions.currency);
        if !std::mem::replace(&mut self.looked, true) {
            self.country = usual_country(currency).into();
        }
        let shown = self.shown(shop);
        self.follow(&shown);
        let what = if self.view == View::Bars { "Campaigns, sends and tasks" } else { "Content by stage and media" };
        let line = format!("{what}, {}", row::days(shown.span));
        page_header(ui, "Calendar", &line, |ui| self.header(cx, ui, &shown));
        if empty {
            return self.nothing(cx, ui);
        }
        self.ask(cx, &shown);
        self.toolbar(ui, &shown);
        ui.add_space(theme::of(ui).space().x1);
        match self.view {
            View::Bars => self.sheet(cx, ui, &shown),
            View::Content => self.content(cx, ui, &shown),
        }
    }
}

/// Whose holidays a shop of a currency is likely to want.
fn usual_country(currency: Currency) -> &'static str {
    match currency.code() {
        "USD" => "US",
        "GBP" => "GB",
        "CAD" => "CA",
        "AUD" => "AU",
        "NZD" => "NZ",
        "JPY" => "JP",
        "INR" => "IN",
        "BRL" => "BR",
        "CHF" => "CH",
        "PLN" => "PL",
        "SEK" => "SE",
        "DKK" => "DK",
        "NOK" => "NO",
        _ => "",
    }
}

impl CalendarPage {
    /// What is on view: campaigns as they are saved, but for what is being dragged or saved.
    fn shown(&mut self, shop: &Shop) -> Shown {
        let as_of = shop.as_of();
        let span = self.scale.span(self.first.unwrap_or_else(|| self.scale.first(as_of)));
        let campaigns = shop.facts.campaigns.clone();
        self.sent = self.sent.take().filter(|(version, _)| *version == shop.version);
        let mut seen = (*campaigns).clone();
        if let Some((_, sent)) = &self.sent
            && let Some(saved) = seen.iter_mut().find(|saved| saved.id == sent.id)
        {
            saved.campaign = sent.campaign.clone();
        }
        if let Some(drag) = &self.drag
            && let Some(saved) = seen.iter_mut().find(|saved| saved.id == drag.id)
        {
            saved.campaign = drag.change.of(&saved.campaign, drag.days);
        }
        let calendar = Calendar::new(&planned(&seen), &self.wish, span);
        let clock = Day::from_date(chrono::Local::now().date_naive());
        Shown { span, as_of, today: if as_of == clock { "Today" } else { "As of" }, campaigns, calendar }
    }

    /// Keeps what is chosen something that is there.
    fn follow(&mut self, shown: &Shown) {
        if let Some(name) = &self.awaited
            && let Some(saved) = shown.campaigns.iter().find(|saved| saved.campaign.name == *name)
        {
            self.chosen = Some(Chosen::Campaign(saved.id));
            self.awaited = None;
        }
        if let Some(Chosen::Campaign(id)) = self.chosen
            && shown.campaigns.iter().all(|saved| saved.id != id)
        {
            self.chosen = None;
        }
    }

    /// Asks who is written to and how often.
    fn ask(&mut self, cx: &mut Cx, shown: &Shown) {
        let details = cx.ask_details();
        let Some(shop) = &mut cx.shop else { return };
        let (key, limit, segments) = (shop.table_key(), shop.facts.contact_limit, shop.facts.segments.clone());
        if let Some((_, found)) = self.found.latest() {
            shop.picked = found.people();
        }
        let Some(base) = details else { return };
        let wanted = key.clone();
        self.sieve.ask(key.clone(), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(Sieve::new(wanted.rules_shop(&base), wanted.as_of, progress)?))))
        });
        let Some((_, sieve)) = self.sieve.latest().filter(|(have, _)| **have == key) else { return };
        let (sieve, campaigns, span) = (sieve.clone(), shown.campaigns.clone(), shown.span);
        let key = (Same(sieve.clone()), Same(campaigns.clone()), segments.clone(), span, limit);
        self.found.ask(key, || {
            cx.compute(move |progress| {
                Ok(Ok(Arc::new(Found::of(sieve, &campaigns, &segments, (span, limit), progress)?)))
            })
        });
    }

    fn nothing(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let rect = ui.available_rect_before_wrap();
        let words = "Sales, sequences, newsletters and ads stand here with the days that matter";
        let button = Button::accent("New campaign").icon(icons::ADD).chevron();
        let mut made = None;
        card_at(ui, rect, 16.0, |ui| {
            let response = states::empty(ui, icons::PLANNER, "Nothing planned yet", words, button);
            menu_of(&response, |ui| made = templates(ui));
        });
        if let Some(template) = made {
            self.add(cx, template);
        }
    }
}
