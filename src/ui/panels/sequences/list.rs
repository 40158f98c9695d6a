//! The list of sequences: whether each runs, what starts it, and how much it would have sent.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::draft::Draft;
use super::{SequencesPage, Tab};
use crate::analytics::triggers::Fate;
use crate::jobs::Progress;
use crate::ops::sequences::SavedSequence;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, corner, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};
use crate::ui::widgets::{paint, scrolled, text};

/// What the menu of a sequence asks for.
#[derive(Clone, Copy)]
enum Act {
    Switch,
    Duplicate,
    Delete,
}

impl SequencesPage {
    pub(super) fn list(&mut self, cx: &mut Cx, ui: &mut Ui, saved: &[SavedSequence]) {
        let t = theme::of(ui);
        scrolled(ui, 0.0, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(t.space().x1);
            for (at, one) in saved.iter().enumerate() {
                if let Some(act) = self.entry(ui, one, at) {
                    perform(cx, act, one);
                }
            }
        });
    }

    fn entry(&mut self, ui: &mut Ui, saved: &SavedSequence, at: usize) -> Option<Act> {
        let t = theme::of(ui);
        let sequence = &saved.sequence;
        let height = t.line(Type::Label) + t.line(Type::Caption) + 2.0 * t.space().x2;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let chosen = self.draft.as_ref().is_some_and(|draft| draft.id == saved.id);
        let state = if sequence.active { "on" } else { "off" };
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{}, {state}", sequence.name))
        });
        let inner = rect.shrink2(vec2(t.space().x2, 1.0));
        if chosen || response.hovered() {
            let fill = if chosen { t.surface.selected } else { t.surface.hover };
            ui.painter().rect_filled(inner, corner(t.radius().small), fill);
        }
        paint::focus_ring(ui, t, inner, t.radius().small, &response);
        if response.clicked() {
            self.draft = Some(Draft::of(saved));
            if response.double_clicked() {
                self.tab = Tab::Sequence;
            }
        }
        let dot = pos2(inner.left() + t.space().x3, inner.top() + t.space().x2 + t.line(Type::Label) / 2.0);
        let ink = if sequence.active { t.tone(Tone::Good).mark } else { t.border.control };
        ui.painter().circle_filled(dot, 4.0, ink);
        let more = Rect::from_center_size(pos2(inner.right() - 14.0, dot.y), vec2(26.0, 26.0));
        let mut right = more.left() - t.space().x1;
        if let Some(words) = self.sent_by(at).filter(|_| sequence.active) {
            let ink = t.text.normal;
            let place =
                paint::text(ui.painter(), pos2(right, dot.y), Align2::RIGHT_CENTER, words, t.font(Type::Body), ink);
            right = place.left() - t.space().x2;
        }
        let left = dot.x + t.space().x3;
        let ink = match (chosen, sequence.active) {
            (true, _) => t.accent.text,
            (false, true) => t.text.strong,
            (false, false) => t.text.subdued,
        };
        let line = Rect::from_min_max(
            pos2(left, inner.top() + t.space().x2 - 1.0),
            pos2(right, inner.top() + t.space().x2 - 1.0 + t.line(Type::Label)),
        );
        paint::text_in(ui.painter(), line, Align2::LEFT_CENTER, &sequence.name, t.font(Type::Label), ink);
        let below = Rect::from_min_max(pos2(left, line.bottom()), pos2(inner.right() - t.space().x2, inner.bottom()));
        let words = text::capital(&sequence.trigger.in_words());
        paint::text_in(ui.painter(), below, Align2::LEFT_TOP, &words, t.font(Type::Caption), t.text.subdued);
        let mut place = ui.new_child(UiBuilder::new().max_rect(more).id_salt(("more", saved.id)));
        let button = icon_button_sized(&mut place, icons::MORE, &format!("More of {}", sequence.name), 26.0);
        let mut act = None;
        menu_of(&button, |ui| {
            let switch = if sequence.active { "Switch off" } else { "Switch on" };
            for (words, icon, wanted) in
                [(switch, icons::CHECK, Act::Switch), ("Duplicate", icons::COPY, Act::Duplicate)]
            {
                if menu_item(ui, words, Some(icon), None, false).clicked() {
                    act = Some(wanted);
                }
            }
            menu_line(ui);
            if menu_item(ui, "Delete", Some(icons::DELETE), None, false).clicked() {
                act = Some(Act::Delete);
            }
        });
        act
    }

    /// Messages that the sequence of this place would have sent.
    fn sent_by(&self, at: usize) -> Option<String> {
        let (_, found) = self.found.latest()?;
        let outcome = found.replay.sequences.get(at)?;
        if outcome.missing.is_some() {
            return Some("no data".into());
        }
        Some(locale::count(outcome.of_all(|fate| fate == Fate::Sent)))
    }
}

fn perform(cx: &mut Cx, act: Act, saved: &SavedSequence) {
    let mut saved = saved.clone();
    let work = move |home: &mut Home, _: &Progress| {
        let session = home.session()?;
        match act {
            Act::Switch => {
                saved.sequence.active = !saved.sequence.active;
                session.save_sequence(&saved)
            }
            Act::Duplicate => session.duplicate_sequence(saved.id).map(|_| ()),
            Act::Delete => session.remove_sequence(saved.id),
        }
    };
    let words = match act {
        Act::Switch => None,
        Act::Duplicate => Some("Sequence duplicated"),
        Act::Delete => Some("Sequence deleted"),
    };
    cx.write("Saving", work, move |cx, ()| {
        if let Some(words) = words {
            let undo = cx.made(1);
            cx.notices.tell(Tone::Good, words, "", undo);
        }
    });
}
