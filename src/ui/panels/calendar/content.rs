//! The content calendar: what is shown and told when, by stage of the journey and by whose media it is.

use egui::{Align2, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::{CalendarPage, Shown};
use crate::model::Day;
use crate::model::campaign::{Media, Stage};
use crate::ops::calendar::planned;
use crate::planner::content::{Piece, pieces};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme::{self, Theme, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{check, paint, say_in, scrolled};

/// Width of the names of the stages.
const STAGES: f32 = 180.0;
/// Height of the names of the media.
const HEAD: f32 = 34.0;
/// Height of a piece, and the least of a stage.
const PIECE: f32 = 46.0;
const LEAST: f32 = 64.0;

/// What a stage is about.
fn about(stage: Stage) -> &'static str {
    match stage {
        Stage::Discovery => "Finding and comparing",
        Stage::Purchase => "Deciding and paying",
        Stage::PostPurchase => "Using, caring, coming back",
    }
}

impl CalendarPage {
    /// Draws the pieces of the days on view.
    pub(super) fn content(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Shown) {
        let t = theme::of(ui);
        let found = pieces(&planned(&shown.campaigns), &self.wish, shown.span);
        let area = ui.available_rect_before_wrap();
        let cell = |stage: Stage, media: Media| found.iter().filter(move |p| p.stage == stage && p.media == media);
        let tall = |stage: Stage| {
            let most = Media::ALL.iter().map(|media| cell(stage, *media).count()).max().unwrap_or(0);
            (most as f32 * PIECE + 2.0 * t.space().x2).max(LEAST)
        };
        let rows: f32 = Stage::ALL.iter().map(|stage| tall(*stage)).sum();
        let card = area.with_max_y((area.top() + HEAD + rows + 2.0).min(area.bottom() - 2.0));
        self.drawn = card;
        let mut ticked = None;
        card_at(ui, card, 1.0, |ui| {
            let width = (card.width() - STAGES) / Media::ALL.len() as f32;
            let column = |n: usize| card.left() + STAGES + n as f32 * width;
            for (n, media) in Media::ALL.iter().enumerate() {
                let place = Rect::from_min_size(pos2(column(n), card.top()), vec2(width, HEAD));
                let count = found.iter().filter(|piece| piece.media == *media);
                let done = count.clone().filter(|piece| piece.done).count() as u64;
                let words = place.shrink2(vec2(t.space().x3, 0.0));
                let font = t.strong_font(Type::Body);
                let name = media.name();
                let at = paint::text(ui.painter(), words.left_center(), Align2::LEFT_CENTER, name, font, t.text.strong);
                let line = format!("{} of {} done", locale::count(done), locale::count(count.count() as u64));
                let beside = pos2(at.right() + t.space().x2, place.center().y);
                paint::text(ui.painter(), beside, Align2::LEFT_CENTER, line, t.font(Type::Caption), t.text.subdued);
            }
            let body = card.with_min_y(card.top() + HEAD);
            let mut inner = ui.new_child(UiBuilder::new().max_rect(body.shrink2(vec2(1.0, 0.0))).id_salt("content"));
            inner.set_clip_rect(body.intersect(ui.clip_rect()));
            scrolled(&mut inner, 0.0, |ui| {
                let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), rows), Sense::hover());
                let mut top = whole.top();
                for stage in Stage::ALL {
                    let stripe = Rect::from_min_size(pos2(card.left(), top), vec2(card.width(), tall(stage)));
                    ui.painter().hline(stripe.x_range(), stripe.top(), t.hairline(t.border.subtle));
                    name(ui, t, stripe.with_max_x(card.left() + STAGES), stage);
                    for (n, media) in Media::ALL.iter().enumerate() {
                        let place = Rect::from_min_size(pos2(column(n), top), vec2(width, stripe.height()));
                        ui.painter().vline(place.left().round(), place.y_range(), t.hairline(t.border.subtle));
                        let own: Vec<&Piece> = cell(stage, *media).collect();
                        ticked = ticked.take().or(list(ui, t, place, &own, shown.as_of));
                    }
                    top = stripe.bottom();
                }
            });
        });
        if let Some((id, at)) = ticked {
            self.tick(cx, shown, id, at);
        }
        ui.advance_cursor_after_rect(area);
    }

    /// Marks a piece as done, or as not done after all.
    fn tick(&mut self, cx: &mut Cx, shown: &Shown, id: i64, at: usize) {
        let Some(mut saved) = shown.campaigns.iter().find(|saved| saved.id == id).cloned() else { return };
        let Some(content) = saved.campaign.content.get_mut(at) else { return };
        content.done = !content.done;
        cx.write("Saving the campaign", move |home, _| home.session()?.save_campaign(&saved), |_, ()| {});
    }
}

fn name(ui: &Ui, t: &Theme, place: Rect, stage: Stage) {
    let at = place.min + vec2(t.space().x4, t.space().x3);
    let font = t.font(Type::Label);
    let first = paint::label(ui, at, Align2::LEFT_TOP, stage.name(), font, t.text.strong);
    let below = pos2(at.x, first.bottom() + 2.0);
    paint::text(ui.painter(), below, Align2::LEFT_TOP, about(stage), t.font(Type::Caption), t.text.subdued);
}

/// Draws the pieces of a cell; gives the one that was ticked: its campaign, and its position there.
fn list(ui: &mut Ui, t: &Theme, place: Rect, own: &[&Piece], as_of: Day) -> Option<(i64, usize)> {
    let mut ticked = None;
    let inner = place.shrink2(vec2(t.space().x3, t.space().x2));
    let salt = (place.left() as i32, place.top() as i32);
    let builder = UiBuilder::new().max_rect(inner).id_salt(salt);
    let mut ui = ui.new_child(builder);
    ui.set_clip_rect(place.intersect(ui.clip_rect()));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = t.line(Type::Caption);
    if own.is_empty() {
        let at = pos2(inner.left(), inner.top() + t.space().x2);
        paint::text(ui.painter(), at, Align2::LEFT_TOP, "—", t.font(Type::Body), t.text.subdued);
    }
    for piece in own {
        ui.push_id((piece.campaign, piece.at), |ui| {
            let mut done = piece.done;
            let name = fitted(ui, &piece.name, inner.width() - t.icon().normal - t.space().x2);
            if check(ui, &name, &mut done).on_hover_text(&piece.name).clicked() {
                ticked = Some((piece.campaign, piece.at));
            }
            let late = !piece.done && piece.day < as_of;
            let (ink, words) = if late {
                let days = counted((as_of.0 - piece.day.0).unsigned_abs().into(), "day", "days");
                (t.tone(Tone::Bad).text, format!("{}, {days} late · {}", locale::date(piece.day), piece.of))
            } else {
                (t.text.subdued, format!("{} · {}", locale::date(piece.day), piece.of))
            };
            ui.horizontal(|ui| {
                ui.add_space(t.icon().normal + t.space().x2);
                say_in(ui, Type::Caption, ink, &words);
            });
        });
    }
    ticked
}

/// A name cut with "…" to a width.
fn fitted(ui: &Ui, name: &str, width: f32) -> String {
    let t = theme::of(ui);
    let wide = |words: &str| paint::width(ui.painter(), words, t.font(Type::Body));
    if wide(name) <= width {
        return name.to_owned();
    }
    let ends = name.char_indices().map(|(at, _)| format!("{}…", name[..at].trim_end()));
    ends.take_while(|words| wide(words) <= width).last().unwrap_or_default()
}
