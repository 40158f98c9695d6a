//! Campaign results: what imported campaigns brought, against the shop's own past, and what did better.

mod better;
mod detail;
mod list;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use self::better::Better;
use self::list::List;
use super::{Panel, draw_empty, draw_slot};
use crate::analytics::results::{By, CampaignResult, Place, RateKind, Results};
use crate::model::Day;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, page_header, scrolled};

/// Heights of what is told of a campaign with the picture beside it, and of the list.
const UPPER: f32 = 248.0;
const LIST: f32 = 230.0;

/// The page and what it remembers.
pub struct ResultsPage {
    found: Slot<(u64, Option<Day>), Arc<Results>>,
    list: List,
    better: Better,
}

impl Default for ResultsPage {
    fn default() -> Self {
        Self { found: Slot::new("Adding up campaigns"), list: List::default(), better: Better::default() }
    }
}

impl Panel for ResultsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let empty = shop.is_empty();
        let ready = self.found.latest().map(|(_, found)| found.clone());
        page_header(ui, "Campaign results", &line(ready.as_deref()), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(ready.is_some()));
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Campaigns as") {
                    self.list.ask_for(target);
                }
            });
        });
        if empty {
            return nothing(ui, cx);
        }
        self.ask(cx);
        if let crate::ui::slot::View::TooLittle(_) = self.found.view() {
            return nothing(ui, cx);
        }
        let about = ("Too little data for results", "They need imported campaigns");
        let stop = draw_slot(ui, cx, self.found.view(), about, |ui, cx, found| self.ready(cx, ui, found));
        if stop {
            self.found.stop();
        }
    }
}

fn nothing(ui: &mut Ui, cx: &mut Cx) {
    let words = "Export them from Klaviyo, Mailchimp, Google Ads or Meta Ads: they are recognised without any mapping";
    draw_empty(ui, cx, icons::RESULTS, "No campaigns imported yet", words);
}

fn line(found: Option<&Results>) -> String {
    match found {
        Some(found) => {
            let campaigns = counted(found.campaigns.len() as u64, "campaign", "campaigns");
            format!("{campaigns} up to {}; revenue as each tool credits it to itself", locale::date(found.as_of))
        }
        None => "What imported campaigns brought, against the shop’s own past".into(),
    }
}

impl ResultsPage {
    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let as_of = shop.wound_to;
        self.found.ask((shop.facts.revision, as_of), || {
            cx.from_session(move |home, progress| Ok(home.session()?.campaign_results(as_of, progress)?.map(Arc::new)))
        });
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Results>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            verdict(ui, found);
            self.better.choose(ui);
            let (width, gap) = (ui.available_width(), t.shell().gutter);
            let room = ui.available_height() - t.stroke().hairline;
            let (area, _) = ui.allocate_exact_size(vec2(width, room.max(UPPER + gap + LIST)), Sense::hover());
            let (upper, lower) = (area.with_max_y(area.top() + UPPER), area.with_min_y(area.top() + UPPER + gap));
            let middle = upper.left() + (width * 0.52).round();
            if let Some(one) = self.list.chosen(found) {
                detail::show(ui, found, one, upper.with_max_x(middle - gap));
            }
            self.better.show(cx, ui, found, upper.with_min_x(middle));
            self.list.show(cx, ui, found, lower);
            ui.advance_cursor_after_rect(Rect::from_min_size(area.left_bottom(), vec2(0.0, 0.0)));
        });
    }
}

/// How the newest campaign did against those before it, and what the shop's sends teach.
fn verdict(ui: &mut Ui, found: &Results) {
    let placed = |one: &&CampaignResult| one.rate(RateKind::Click).is_some_and(|rate| rate.past.is_some());
    let newest = found.campaigns.iter().find(placed);
    let (tone, sentence) = match newest.and_then(|one| Some((one, one.rate(RateKind::Click)?))) {
        Some((one, rate)) => {
            let clicked = format!("{} of “{}” clicked", locale::percent(rate.rate, 1), one.name);
            let median = rate.past.map_or(0.0, |past| past.median);
            let median = locale::percent(median, 1);
            match rate.past.map(|past| past.place) {
                Some(Place::High) => (Tone::Good, format!("{clicked}, more than usual ({median})")),
                Some(Place::Low) => (Tone::Warning, format!("{clicked}, fewer than usual ({median})")),
                _ => (Tone::Good, format!("{clicked}, about as usual ({median})")),
            }
        }
        None => (Tone::Info, "Too few campaigns to say what is usual for this shop".to_owned()),
    };
    let best = |by: By| found.grouped(by).and_then(|groups| Some((by, groups.best()?)));
    let better: Vec<String> = [By::Weekday, By::Hour, By::Channel, By::Segment]
        .into_iter()
        .filter_map(best)
        .map(|(by, group)| format!("best {}: {} ({})", by.word(), group.name, locale::percent(group.rate, 1)))
        .collect();
    let reason = if better.is_empty() {
        "No hour, weekday, channel or audience did better than chance would make it".to_owned()
    } else {
        format!("By clicks and beyond chance, {}", better.join(", "))
    };
    Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
    ui.add_space(theme::of(ui).space().x2);
}
