//! A bullet bar for tables: the current value as a bar, where it began as a ring, where it is to go as a stroke.

use egui::{Color32, Painter, Rect, Stroke, pos2, vec2};

use crate::ui::theme::{Theme, Tone, corner};

/// What a bullet bar shows, in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bullet {
    /// Where it began.
    pub baseline: Option<f64>,
    /// Where it stands.
    pub current: Option<f64>,
    /// Where it is to go.
    pub target: Option<f64>,
    /// It went the wrong way.
    pub worse: bool,
}

impl Bullet {
    /// Draws it into a rectangle; its axis begins at zero.
    pub fn paint(&self, painter: &Painter, t: &Theme, rect: Rect) {
        let known = [self.baseline, self.current, self.target];
        let most = known.into_iter().flatten().filter(|value| value.is_finite()).fold(0.0_f64, f64::max) * 1.15;
        if most <= 0.0 {
            return;
        }
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 8.0));
        let x = |value: f64| bar.left() + (value.clamp(0.0, most) / most) as f32 * bar.width();
        painter.rect_filled(bar, corner(4.0), t.surface.raised);
        if let Some(current) = self.current {
            painter.rect_filled(bar.with_max_x(x(current).max(bar.left() + 4.0)), corner(4.0), self.ink(t));
        }
        if let Some(target) = self.target {
            let x = x(target).round();
            painter.vline(x, bar.center().y - 8.0..=bar.center().y + 8.0, Stroke::new(2.0, t.text.strong));
        }
        if let Some(baseline) = self.baseline {
            painter.circle(pos2(x(baseline), bar.center().y), 4.0, t.surface.panel, Stroke::new(2.0, t.text.strong));
        }
    }

    fn ink(&self, t: &Theme) -> Color32 {
        if self.worse { t.tone(Tone::Bad).mark } else { t.series(0) }
    }
}
