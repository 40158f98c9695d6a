//! The verdict first: a tinted strip that says in a sentence what the page means, and below it why.

use egui::accesskit::Role;
use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

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
        let sentence = ui.painter().layout(self.sentence.to_owned(), t.font(Type::Emphasis), t.text.strong, width);
        let high = sentence.size().y.max(t.line(Type::Emphasis));
        let size = vec2(ui.available_width(), high + reason.size().y + 2.0 * above);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Note, true, format!("{}. {}", self.sentence, self.reason)));
        let tone = t.tone(self.tone);
        ui.painter().rect_filled(rect, corner(t.radius().large), tone.tint);
        let centre = pos2(rect.left() + pad + t.icon().large / 2.0, rect.center().y);
        paint::icon(ui.painter(), centre, self.icon(), t.icon().large, tone.mark);
        let at = pos2(rect.left() + lead, rect.top() + above);
        ui.painter().galley(at + vec2(0.0, (high - sentence.size().y) / 2.0), sentence, t.text.strong);
        ui.painter().galley(at + vec2(0.0, high), reason, t.text.normal);
    }
}
