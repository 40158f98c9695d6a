//! The list of saved segments.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::arrange::{Act, arrange_menu};
use super::data::tip;
use super::{Builder, Editing};
use crate::analytics::rules::Sieve;
use crate::jobs::Progress;
use crate::model::MetricId;
use crate::ops::segments::SavedSegment;
use crate::ui::cx::{Cx, NewSegment};
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, corner, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::{Button, card::hairline, figure, paint, remark, say, scrolled};

impl Builder {
    pub(super) fn list(&mut self, cx: &mut Cx, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let t = theme::of(ui);
        let pad = t.space().x4;
        let head =
            Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), t.row().field + 2.0 * t.space().x2));
        let mut top = ui.new_child(UiBuilder::new().max_rect(head.shrink2(vec2(pad, t.space().x2))).id_salt("head"));
        top.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let new = Button::new("New").icon(icons::ADD).small().named("New segment");
            if ui.add(new).clicked() {
                cx.new_segment = Some(NewSegment::default());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| say(ui, Type::Emphasis, "Saved segments"));
        });
        ui.advance_cursor_after_rect(head);
        hairline(ui);
        let saved = cx.shop.as_ref().map(|shop| shop.facts.segments.clone()).unwrap_or_default();
        if saved.is_empty() {
            ui.add_space(pad);
            ui.scope_builder(
                UiBuilder::new().max_rect(ui.available_rect_before_wrap().shrink2(vec2(pad, 0.0))),
                |ui| {
                    remark(ui, "None yet. Build a rule, give it a name and save it, or begin with a suggestion");
                },
            );
            return;
        }
        let found = self.saved.latest().map(|(_, found)| found.clone());
        scrolled(ui, 0.0, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(t.space().x1);
            for (at, segment) in saved.iter().enumerate() {
                let group = found.as_ref().and_then(|found| found.get(at)?.as_ref().ok());
                let act = self.entry(cx, ui, sieve, segment, group, (at == 0, at + 1 == saved.len()));
                if let Some(act) = act {
                    self.act(cx, act, segment, at);
                }
            }
        });
    }

    fn entry(
        &mut self,
        cx: &mut Cx,
        ui: &mut Ui,
        sieve: &Arc<Sieve>,
        segment: &SavedSegment,
        group: Option<&super::data::Group>,
        (first, last): (bool, bool),
    ) -> Option<Act> {
        let t = theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().normal + 4.0), Sense::click());
        let chosen = self.editing.as_ref().is_some_and(|editing| editing.id == segment.id);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &segment.name));
        let inner = rect.shrink2(vec2(t.space().x2, 1.0));
        if chosen || response.hovered() {
            let fill = if chosen { t.surface.selected } else { t.surface.hover };
            ui.painter().rect_filled(inner, corner(t.radius().small), fill);
        }
        paint::focus_ring(ui, t, inner, t.radius().small, &response);
        if response.clicked() && !chosen {
            let currency = cx.shop.as_ref().map(|shop| shop.facts.definitions.currency);
            self.editing = currency.map(|currency| Editing::of(segment, currency));
        }
        let more = Rect::from_center_size(pos2(inner.right() - 14.0, inner.center().y), vec2(26.0, 26.0));
        let mut right = more.left() - t.space().x1;
        if let Some(group) = group {
            let words = locale::count(group.count.customers);
            let at = pos2(right, inner.center().y);
            let place = paint::text(ui.painter(), at, Align2::RIGHT_CENTER, &words, t.font(Type::Body), t.text.strong);
            let label = format!("Customers of {}: {words}", segment.name);
            figure::door(ui, place, response.id.with("count"), &label, &|| tip(sieve, group, MetricId::Customers));
            paint::dotted(ui.painter(), t, pos2(place.left(), place.bottom()), place.width());
            right = place.left() - t.space().x2;
        }
        let ink = if chosen { t.accent.text } else { t.text.strong };
        let words = Rect::from_min_max(pos2(inner.left() + t.space().x2, inner.top()), pos2(right, inner.bottom()));
        paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &segment.name, t.font(Type::Label), ink);
        let mut place = ui.new_child(UiBuilder::new().max_rect(more).id_salt(("more", segment.id)));
        let button = icon_button_sized(&mut place, icons::MORE, &format!("More of {}", segment.name), 26.0);
        arrange_menu(&button, (first, last), "Delete")
    }

    fn act(&mut self, cx: &mut Cx, act: Act, segment: &SavedSegment, at: usize) {
        let (id, name) = (segment.id, segment.name.clone());
        let work = move |home: &mut Home, _: &Progress| {
            let session = home.session()?;
            match act {
                Act::Up => session.move_segment(id, at.saturating_sub(1)),
                Act::Down => session.move_segment(id, at + 1),
                Act::Copy => session.duplicate_segment(id).map(drop),
                Act::Remove => session.remove_segment(id),
            }
        };
        cx.write("Changing the segments", work, move |cx, ()| {
            if matches!(act, Act::Remove) {
                let undo = cx.made(1);
                cx.notices.tell(Tone::Good, format!("“{name}” deleted"), "Its rule is gone from the list", undo);
            }
        });
    }
}
