//! The verdict first: a tinted strip that says in a sentence what the page means, and below it why.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Icon, Tone, Type, corner, icons};

/// A verdict about to be shown.
pub struct Verdict<'a> {
    /// Good = settled, warning = weigh it, info = cannot tell.
    pub tone: Tone,
    /// The sentence.
    pub sentence: &'a str,
    /// Why.
    pub reason: &'a str,
}

impl Verdict<'_> {
    fn icon(&self) -> Icon {
        match self.tone {
            Tone::Good => icons::ANSWERED,
            Tone::Warning => icons::WARNING,
            Tone::Bad => icons::ERROR,
            Tone::Info => icons::INFO,
        }
    }

    /// Draws the strip over the whole width.
    pub fn show(&self, ui: &mut Ui) {
        let t = theme::of(ui);
        let (pad, above) = (t.space().x4, t.space().x3);
        let lead = 2.0 * pad + t.icon().large;
        let width = ui.available_width() - lead - pad;
        let reason = ui.painter().layout(self.reason.to_owned(), t.font(Type::Body), t.text.normal, width);
        let size = vec2(ui.available_width(), t.line(Type::Emphasis) + reason.size().y + 2.0 * above);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Note, true, format!("{}. {}", self.sentence, self.reason)));
        let tone = t.tone(self.tone);
        ui.painter().rect_filled(rect, corner(t.radius().large), tone.tint);
        let centre = pos2(rect.left() + pad + t.icon().large / 2.0, rect.center().y);
        paint::icon(ui.painter(), centre, self.icon(), t.icon().large, tone.mark);
        let at = pos2(rect.left() + lead, rect.top() + above);
        let line = Rect::from_min_size(at, vec2(width, t.line(Type::Emphasis)));
        let font = t.font(Type::Emphasis);
        let cut = paint::text_in(ui.painter(), line, Align2::LEFT_CENTER, self.sentence, font, t.text.strong).1;
        ui.painter().galley(line.left_bottom(), reason, t.text.normal);
        if cut {
            response.on_hover_text(self.sentence);
        }
    }
}
