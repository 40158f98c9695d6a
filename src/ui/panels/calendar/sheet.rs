//! The sheet of days: captions, groups and campaigns, contact pressure, and below it what is told of the chosen campaign.

use std::collections::BTreeMap;

use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::data::Found;
use super::drag::Change;
use super::grid::{GROUP, Grid, PRESSURE, ROW};
use super::pressure::Answer;
use super::row::{self, Look};
use super::{CalendarPage, Chosen, Shown, detail, pressure};
use crate::model::Day;
use crate::model::campaign::TEMPLATES;
use crate::ops::campaigns::SavedCampaign;
use crate::planner::calendar::Row;
use crate::planner::holidays;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::scrolled;

impl CalendarPage {
    /// The sheet of days, and below it what is told of the chosen campaign.
    pub(super) fn sheet(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Shown) {
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
        let mut answer = None;
        card_at(ui, card, 0.0, |ui| {
            let (upper, lower) = self.scale.heads(shown.span);
            let body = Rect::from_min_max(pos2(card.left(), card.top() + Grid::head()), pos2(card.right(), foot_top));
            grid.weekends(ui.painter(), t, card.top() + Grid::head() - 24.0, foot_top);
            grid.heads(ui.painter(), t, (&upper, &lower), card.bottom() - 1.0);
            if let Some(country) = holidays::country(&self.country) {
                grid.holidays(ui, t, &country.days(shown.span), shown.as_of);
            } else {
                grid.holidays(ui, t, &[], shown.as_of);
            }
            let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("rows"));
            inner.set_clip_rect(body.intersect(ui.clip_rect()));
            inner.spacing_mut().item_spacing.y = 0.0;
            scrolled(&mut inner, 0.0, |ui| self.rows(cx, ui, &grid, shown, (rows, found.as_deref())));
            grid.marked(ui.painter(), t, (shown.as_of, shown.today), card.bottom() - 1.0);
            grid.caption(ui, t, foot_top, "Contact pressure");
            let week = match self.chosen {
                Some(Chosen::Week(monday)) => Some(monday),
                _ => None,
            };
            if let Some(monday) = pressure::row(ui, t, &grid, foot_top + GROUP, found.as_deref(), week) {
                self.chosen = Some(Chosen::Week(monday));
            }
            if let Some(found) = &found
                && let Some(told) = week.and_then(|monday| found.week(monday))
            {
                answer = pressure::card(cx, ui, &grid, foot_top - t.space().x2, found, told);
            }
        });
        match answer {
            Some(Answer::Close) => self.chosen = None,
            Some(Answer::Hold(id, days)) => self.save(cx, shown, id, (Change::Move, days)),
            None => {}
        }
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
            grid.caption(ui, t, top, group.name);
            top += GROUP;
            for row in &group.rows {
                let look = Look {
                    colour: colour(t, group.name),
                    chosen: self.chosen == Some(Chosen::Campaign(row.id)),
                    clash: clashing.get(&row.id).copied(),
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
}

/// Campaigns that write to somebody who gets more than the limit, with the Monday of the first such week.
fn clashing(found: &Found) -> BTreeMap<i64, Day> {
    let mut first = BTreeMap::new();
    for told in &found.weeks {
        for id in told.clash.iter().flat_map(|clash| [clash.of.one, clash.of.other]) {
            first.entry(id).or_insert(told.week.monday);
        }
    }
    first
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
