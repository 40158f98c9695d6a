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
mod toolbar;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};

use self::data::Found;
use self::drag::{Change, Drag};
use self::grid::{GROUP, Grid, PRESSURE, ROW};
use self::row::Look;
use self::scale::Scale;
use super::Panel;
use crate::analytics::rules::Sieve;
use crate::model::campaign::TEMPLATES;
use crate::model::{Currency, Day};
use crate::ops::calendar::planned;
use crate::ops::campaigns::SavedCampaign;
use crate::ops::segments::SavedSegment;
use crate::planner::calendar::{Calendar, Row, Wish};
use crate::planner::holidays;
use crate::planner::rounds::Span;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::{Shop, TableKey};
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Theme, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{page_header, scrolled};

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
type FoundKey = (Same<Sieve>, Same<Vec<SavedCampaign>>, Vec<SavedSegment>, Span, u32);

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

    /// The sheet of days, and below it what is told of the chosen campaign.
    fn sheet(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Shown) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let chosen = match self.chosen {
            Some(Chosen::Campaign(id)) => shown.campaigns.iter().find(|saved| saved.id == id),
            _ => None,
        };
        let below = chosen.map_or(0.0, |_| detail::HEIGHT + t.shell().gutter);
        let rows = shown.calendar.groups.iter().map(|group| GROUP + group.rows.len() as f32 * ROW).sum::<f32>();
        let foot = GROUP + PRESSURE;
        let tall = (Grid::head() + rows + foot).min(area.height() - below - 2.0);
        let card = Rect::from_min_size(area.min, vec2(area.width(), tall));
        self.drawn = card;
        let found = self.found.latest().map(|(_, found)| found.clone());
        let grid = Grid::new(card.shrink(1.0), shown.span);
        let foot_top = card.bottom() - foot;
        card_at(ui, card, 0.0, |ui| {
            let (upper, lower) = self.scale.heads(shown.span);
            let body = Rect::from_min_max(pos2(card.left(), card.top() + Grid::head()), pos2(card.right(), foot_top));
            grid.weekends(ui.painter(), t, card.top() + Grid::head() - 24.0, foot_top);
            grid.heads(ui.painter(), t, (&upper, &lower), card.bottom() - 1.0);
            if let Some(country) = holidays::country(&self.country) {
                grid.holidays(ui, t, &country.days(shown.span));
            } else {
                grid.holidays(ui, t, &[]);
            }
            let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("rows"));
            inner.set_clip_rect(body.intersect(ui.clip_rect()));
            inner.spacing_mut().item_spacing.y = 0.0;
            scrolled(&mut inner, 0.0, |ui| self.rows(cx, ui, &grid, shown, (rows, found.as_deref())));
            grid.marked(ui.painter(), t, (shown.as_of, shown.today), card.bottom() - 1.0);
            grid.caption(ui.painter(), t, foot_top, "Contact pressure");
            let week = match self.chosen {
                Some(Chosen::Week(monday)) => Some(monday),
                _ => None,
            };
            if let Some(monday) = pressure::row(ui, t, &grid, foot_top + GROUP, found.as_deref(), week) {
                self.chosen = Some(Chosen::Week(monday));
            }
            if let Some(told) = week.zip(found.as_deref()).and_then(|(monday, found)| found.week(monday))
                && let Some(found) = &found
                && pressure::card(cx, ui, &grid, foot_top - t.space().x2, found, told)
            {
                self.chosen = None;
            }
        });
        if let Some(saved) = chosen {
            let top = card.bottom() + t.shell().gutter;
            let place = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), detail::HEIGHT));
            if detail::show(cx, ui, place, saved, found.as_deref()) {
                self.chosen = None;
            }
        }
        ui.advance_cursor_after_rect(area);
    }

    /// Groups and campaigns.
    fn rows(&mut self, cx: &mut Cx, ui: &mut Ui, grid: &Grid, shown: &Shown, (tall, found): (f32, Option<&Found>)) {
        let t = theme::of(ui);
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let clashing = found.map(clashing).unwrap_or_default();
        let mut top = place.top();
        let mut change = None;
        for group in &shown.calendar.groups {
            grid.caption(ui.painter(), t, top, group.name);
            top += GROUP;
            for row in &group.rows {
                let look = Look {
                    colour: colour(t, group.name),
                    chosen: self.chosen == Some(Chosen::Campaign(row.id)),
                    clash: clashing.contains(&row.id),
                    about: about(row),
                };
                let outcome = row::show(ui, t, grid, top, row, &look, &mut self.drag);
                if outcome.chosen {
                    self.chosen = Some(Chosen::Campaign(row.id));
                }
                change = change.or(outcome.change.map(|change| (row.id, change)));
                top += ROW;
            }
        }
        if let Some((id, (change, days))) = change {
            self.save(cx, shown, id, (change, days));
        }
    }

    /// Saves a campaign that was moved or stretched, as one step.
    fn save(&mut self, cx: &mut Cx, shown: &Shown, id: i64, (change, days): (Change, i32)) {
        let Some(version) = cx.shop.as_ref().map(|shop| shop.version) else { return };
        let sent = self.sent.take().map(|(_, sent)| sent).filter(|sent| sent.id == id);
        let Some(saved) = sent.or_else(|| shown.campaigns.iter().find(|saved| saved.id == id).cloned()) else { return };
        let campaign = change.of(&saved.campaign, days);
        if campaign == saved.campaign {
            return;
        }
        let saved = SavedCampaign { id, campaign };
        self.sent = Some((version, saved.clone()));
        cx.write("Saving the campaign", move |home, _| home.session()?.save_campaign(&saved), |_, ()| {});
    }

    fn nothing(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let rect = ui.available_rect_before_wrap();
        let words = "Sales, sequences, newsletters and ads stand here with the days that matter";
        let button = crate::ui::widgets::Button::accent("New campaign").icon(icons::ADD).chevron();
        let mut made = None;
        card_at(ui, rect, 16.0, |ui| {
            let response = crate::ui::widgets::states::empty(ui, icons::PLANNER, "Nothing planned yet", words, button);
            crate::ui::widgets::menu::menu_of(&response, |ui| made = header::templates(ui));
        });
        if let Some(template) = made {
            self.add(cx, template);
        }
    }
}

/// Campaigns of weeks in which somebody gets more than the limit.
fn clashing(found: &Found) -> BTreeSet<i64> {
    let clashes = found.weeks.iter().filter_map(|told| told.clash.as_ref());
    clashes.flat_map(|clash| [clash.of.one, clash.of.other]).collect()
}

/// The colour of a group: that of its place among the groups.
fn colour(t: &Theme, group: &str) -> egui::Color32 {
    /// Blue, green, brown, red in turn, as the groups of the templates follow; launches and what is left after them.
    const SERIES: [usize; 6] = [0, 2, 5, 4, 3, 6];
    let mut names: Vec<&str> = TEMPLATES.iter().map(|info| info.group).collect();
    names.dedup();
    let at = names.iter().position(|name| *name == group).unwrap_or(0);
    t.series(SERIES.get(at).copied().unwrap_or(at))
}

/// What the hover of a campaign says.
fn about(row: &Row) -> String {
    let owner = if row.owner.is_empty() { String::new() } else { format!(", {}", row.owner) };
    let mut lines = vec![format!("{}, {}{owner}", row.name, row.status.name()), row::days(row.days)];
    for bar in row.bars.iter().skip(1).take(4) {
        lines.push(format!("{}: {}", bar.name, row::days(bar.days)));
    }
    let next = row.marks.iter().filter(|mark| !mark.done);
    lines.extend(next.clone().take(5).map(|mark| format!("{}: {}", locale::date(mark.day), mark.name)));
    let more = next.count().saturating_sub(5);
    if more > 0 {
        lines.push(format!("and {} more", locale::counted(more as u64, "task", "tasks")));
    }
    lines.join("\n")
}
