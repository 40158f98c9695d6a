//! A sale replayed on past baskets: does it pay, what it costs, who stands just below a tier, and four ways buyers may
//! behave.

mod baskets;
mod cards;
mod ifs;

use std::sync::Arc;

use egui::{Rect, Ui, UiBuilder, pos2};

use super::data::{Key, Replayed, Replays, replay};
use super::{Editing, Facts, empty_shop, heading, offers, plan};
use crate::analytics::forecast::said as foretold;
use crate::analytics::sale::{Verdict as Says, said};
use crate::model::plan::Problem;
use crate::model::{Campaign, Currency, Day, SalePlan};
use crate::ui::cx::Cx;
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::panels::{draw_slot, draw_waiting};
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Button, TableState, card, form, hairline, remark, say, scrolled};

/// Width of the offer beside the result.
const OFFER: f32 = 360.0;
/// More than this nobody compares.
const MOST_VARIANTS: usize = 4;

/// The part of the page and what it remembers.
pub struct ReplayStep {
    found: Slot<Key, Arc<Replays>>,
    /// Days to replay on, by the campaign they were chosen for.
    days: Option<(i64, (Day, Day))>,
    /// Other sales beside this one.
    others: Vec<i64>,
    ifs: TableState,
    variants: TableState,
}

impl Default for ReplayStep {
    fn default() -> Self {
        Self {
            found: Slot::new("Replaying the sale"),
            days: None,
            others: Vec::new(),
            ifs: TableState::default(),
            variants: TableState::default(),
        }
    }
}

impl ReplayStep {
    /// What the shop knows against the sale of a campaign, as far as it was looked at.
    pub fn problems(&self, campaign: &Campaign) -> Vec<Problem> {
        let Some((plan, (_, found))) = campaign.sale_plan().zip(self.found.latest()) else { return Vec::new() };
        let Some(first) = found.plans.first().filter(|first| first.plan == plan) else { return Vec::new() };
        first.problems.clone()
    }

    /// A menu of sales to compare with.
    pub(super) fn variants_menu(&mut self, ui: &mut Ui, id: i64, facts: &Facts) {
        self.others.retain(|other| *other != id && facts.saved.iter().any(|saved| saved.id == *other));
        let button = ui.add(Button::new("Compare").icon(icons::COMPARE).chevron().named("Compare with other sales"));
        menu_of(&button, |ui| {
            let others = facts.saved.iter().filter(|saved| saved.id != id && saved.campaign.sale.is_some());
            let mut none = true;
            for saved in others {
                none = false;
                let chosen = self.others.contains(&saved.id);
                if menu_item(ui, &saved.campaign.name, None, None, chosen).clicked() {
                    if chosen {
                        self.others.retain(|other| *other != saved.id);
                    } else if self.others.len() + 1 < MOST_VARIANTS {
                        self.others.push(saved.id);
                    }
                }
            }
            if none {
                ui.set_width(240.0);
                remark(ui, "Duplicate this sale, change the copy, and compare the two here");
            }
        });
    }

    /// Asks for the replay; to be called while somebody looks at what needs it.
    pub(super) fn ask(&mut self, cx: &Cx, editing: &Editing, facts: &Facts) {
        let Some(shop) = &cx.shop else { return };
        // As it is saved: nothing is computed for every letter that is typed.
        let Some(plan) = editing.draft.saved().sale_plan().filter(|_| shop.data().is_some()) else { return };
        let others = facts.saved.iter().filter(|saved| self.others.contains(&saved.id));
        let plans: Vec<SalePlan> =
            std::iter::once(plan).chain(others.filter_map(|saved| saved.campaign.sale_plan())).collect();
        let days = self.days.filter(|(id, _)| *id == editing.draft.id).map(|(_, days)| days);
        let key: Key = (shop.data_key(), shop.facts.definitions.clone(), plans, days);
        let wanted = key.clone();
        self.found.ask(key, || cx.from_session(move |home, progress| Ok(Ok(replay(home, &wanted, progress)?))));
    }

    /// Draws the part.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        let Some(shop) = &cx.shop else { return };
        if shop.is_empty() {
            return empty_shop(cx, ui);
        }
        if shop.data().is_none() {
            return draw_waiting(ui, cx);
        }
        self.ask(cx, editing, facts);
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let left = area.with_max_x(area.left() + OFFER);
        let right = area.with_min_x(left.right() + t.shell().gutter);
        card_at(ui, left, t.space().x4, |ui| scrolled(ui, t.space().x3, |ui| self.offer(ui, editing, facts)));
        let mut side = ui.new_child(UiBuilder::new().max_rect(right).id_salt("replay"));
        side.spacing_mut().item_spacing.y = t.shell().gutter - 4.0;
        let view = self.found.view();
        let about = ("Too little data for a replay", "It takes orders");
        let target = editing.draft.value.revenue_target(facts.currency);
        let stop = draw_slot(&mut side, cx, view, about, |ui, cx, found| self.ready(cx, ui, found, (right, target)));
        if stop {
            self.found.stop();
        }
        ui.advance_cursor_after_rect(area);
    }

    /// The offer, to be changed while one looks at what it comes to.
    fn offer(&mut self, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        let Editing { draft: Draft { value: campaign, id, .. }, typing, .. } = editing;
        heading(ui, "The offer", "", |ui| {
            if let Some(sale) = &mut campaign.sale {
                offers::add_menu(ui, sale, facts);
            }
        });
        plan::window(ui, campaign, typing);
        let Some(sale) = &mut campaign.sale else { return };
        typing.told(ui, "tiers");
        let last = sale.tiers.len().saturating_sub(1);
        let mut act = None;
        for (n, tier) in sale.tiers.iter_mut().enumerate() {
            ui.push_id(("tier", n), |ui| {
                hairline(ui);
                act = act.or(offers::tier_row(ui, typing, facts, (n, last), tier).map(|act| (n, act)));
            });
        }
        offers::arrange(sale, typing, act);
        hairline(ui);
        say(ui, Type::Emphasis, "Assumptions");
        offers::assumptions(ui, sale, typing, facts);
        hairline(ui);
        self.days(ui, *id);
        typing.told(ui, "window");
    }

    /// The past days, found or chosen.
    fn days(&mut self, ui: &mut Ui, id: i64) {
        say(ui, Type::Emphasis, "Replay on");
        let replayed =
            self.found.latest().and_then(|(_, found)| found.plans[0].done.as_ref().map(|done| done.0.window));
        let chosen = self.days.filter(|(of, _)| *of == id).map(|(_, days)| days);
        let Some(shown) = chosen.or(replayed.map(|window| window.days)) else { return };
        let mut days = shown;
        ui.horizontal(|ui| {
            let half = (ui.available_width() - 24.0) / 2.0;
            day(ui, "First day to replay on", half, &mut days.0);
            say(ui, Type::Body, "–");
            day(ui, "Last day to replay on", half, &mut days.1);
        });
        if days != shown && days.0 <= days.1 {
            self.days = Some((id, days));
        }
        if chosen.is_some() {
            if ui.add(Button::plain("Same season as the sale").icon(icons::RESET).small()).clicked() {
                self.days = None;
            }
            return;
        }
        if let Some(window) = replayed {
            use crate::analytics::sale::Basis;
            let words = match window.basis {
                Basis::SameSeason(1) => "The same weekdays a year before the sale".to_owned(),
                Basis::SameSeason(years) => format!("The same weekdays {years} years before the sale"),
                Basis::Latest => "The latest days with orders: none are known of that season".to_owned(),
                Basis::Chosen => String::new(),
            };
            remark(ui, words);
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Replays>, (area, target): (Rect, Option<i64>)) {
        let t = theme::of(ui);
        let first = &found.plans[0];
        let Some((replay, judged)) = &first.done else { return stopped(ui, first) };
        let tone = match judged.verdict {
            Says::Pays => Tone::Good,
            Says::DoesNot => Tone::Bad,
            Says::CannotTell => Tone::Info,
        };
        let sentence = said::verdict(judged, replay);
        let reasons = said::reasons(judged, replay, &found.lift);
        let mut lines: Vec<String> = reasons.iter().take(2).cloned().collect();
        lines.push(match &found.forecast {
            Ok(forecast) => foretold::verdict(forecast, replay.currency, target),
            Err(why) => format!("What these days will bring cannot be told: {why}"),
        });
        let reason = lines.join("\n");
        scrolled(ui, t.space().x4, |ui| {
            ui.spacing_mut().item_spacing.y = t.shell().gutter - 4.0;
            Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
            cards::show(cx, ui, found, judged);
            let wide = ui.available_width();
            let top = ui.cursor().min;
            let tall = (area.bottom() - top.y - 200.0).clamp(220.0, 360.0);
            let rect = Rect::from_min_max(top, pos2(top.x + wide, top.y + tall));
            baskets::show(cx, ui, rect, first);
            ui.allocate_rect(rect, egui::Sense::hover());
            ifs::show(cx, ui, &mut self.ifs, first, judged, &found.lift);
            if found.plans.len() > 1 {
                ifs::variants(cx, ui, &mut self.variants, found);
            }
            tiers(ui, first);
            card(ui, |ui| {
                say(ui, Type::Emphasis, "What this rests on");
                let notes = said::notes(&first.plan, replay);
                for line in std::iter::once(said::headline(replay)).chain(reasons.iter().skip(2).cloned()).chain(notes)
                {
                    remark(ui, crate::ui::widgets::text::capital(&line));
                }
            });
        });
    }
}

fn day(ui: &mut Ui, name: &str, width: f32, day: &mut Day) {
    use crate::ui::widgets::{Field, fields::read};
    let id = ui.scope_id().with(name);
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = typed.unwrap_or_else(|| locale::date(*day));
    let response = Field::new(name, width).show(ui, &mut text);
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if let Ok(Some(new)) = read::day(&text) {
            *day = new;
        }
    }
}

/// An amount as pictures and cards print it: without decimals where they are all zero.
fn whole(minor: i64, currency: Currency) -> String {
    locale::money(minor, currency).trim_end_matches(".00").trim_end_matches(",00").to_owned()
}

/// What is in the way of a replay.
fn stopped(ui: &mut Ui, of: &Replayed) {
    card(ui, |ui| {
        say(ui, Type::Emphasis, "The sale cannot be replayed as it is");
        remark(ui, "Nothing was lost; what is in the way stands at its field, too");
        for problem in of.problems.iter().filter(|problem| problem.stops) {
            form::error_line(ui, &crate::ui::widgets::text::capital(&problem.words));
        }
    });
}

/// What each tier gives, and to whom.
fn tiers(ui: &mut Ui, of: &Replayed) {
    let Some((replay, _)) = &of.done else { return };
    card(ui, |ui| {
        say(ui, Type::Emphasis, "By tier, if nobody changes");
        egui::Grid::new("tiers").num_columns(7).spacing([24.0, 6.0]).show(ui, |ui| {
            let t = theme::of(ui);
            let heads =
                ["Tier", "Qualify", "Applied", "Just below", "Discount", "Shipping and gifts", "To full-price buyers"];
            for head in heads {
                crate::ui::widgets::say_in(ui, Type::Caption, t.text.subdued, head);
            }
            ui.end_row();
            for (tier, sums) in of.plan.tiers.iter().zip(&replay.tiers) {
                let money = |minor: i64| locale::money(minor, replay.currency);
                say(ui, Type::Body, tier.in_words());
                for words in [
                    locale::count(sums.qualifies),
                    locale::count(sums.applied),
                    locale::count(sums.near),
                    money(sums.discount),
                    money(sums.shipping + sums.gifts),
                    money(sums.to_full_price),
                ] {
                    say(ui, Type::Body, words);
                }
                ui.end_row();
            }
        });
        for (featured, sums) in of.plan.featured.iter().zip(&replay.featured) {
            let unit = crate::analytics::sale::UNIT as f64;
            let words = format!(
                "{}: these days asked for {} units, {} of the {} were in the sale",
                featured.product,
                locale::number(sums.asked as f64 / unit, 0),
                locale::number(sums.sold as f64 / unit, 0),
                locale::count(u64::from(featured.units))
            );
            remark(ui, words);
        }
    });
}
