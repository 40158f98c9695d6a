//! Size and place of the window between starts, brought back onto a screen that is there.

use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand, pos2, vec2};
use serde::{Deserialize, Serialize};

use super::cx::Cx;

/// The usual size, and the smallest.
pub const USUAL: Vec2 = vec2(1440.0, 900.0);
/// Below this the pages do not fit.
pub const LEAST: Vec2 = vec2(960.0, 640.0);
/// So much of the window's top must be on a screen to be taken hold of.
const GRIP: Vec2 = vec2(160.0, 24.0);

/// Where the window was, in points that do not depend on the zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Left and top; `None` where the system does not tell (Wayland).
    pub at: Option<(i32, i32)>,
    /// Width and height of the content, not maximised.
    pub size: (i32, i32),
    /// Whether it filled the screen.
    pub maximised: bool,
}

impl WindowPlace {
    fn size(self) -> Vec2 {
        vec2(self.size.0 as f32, self.size.1 as f32).max(LEAST)
    }

    fn at(self) -> Option<Pos2> {
        self.at.map(|(x, y)| pos2(x as f32, y as f32))
    }

    /// The place on one of these screens: as it was where its top can be reached, else in the middle of the first.
    pub fn on(self, screens: &[Rect]) -> Self {
        let (Some(at), Some(first)) = (self.at(), screens.first()) else { return self };
        let grip = Rect::from_min_size(at, vec2(self.size().x, GRIP.y));
        let reachable = |screen: &&Rect| {
            let seen = screen.intersect(grip);
            seen.width() >= GRIP.x && seen.height() >= GRIP.y
        };
        let kept = screens.iter().find(reachable);
        let screen = kept.unwrap_or(first);
        let size = self.size().min(screen.size()).max(LEAST);
        let at = if kept.is_some() { at } else { screen.center() - size / 2.0 };
        let at = at.max(screen.min - vec2(size.x, 0.0));
        Self { at: Some((at.x as i32, at.y as i32)), size: (size.x as i32, size.y as i32), ..self }
    }

    /// A window of this place.
    pub fn builder(self, builder: ViewportBuilder) -> ViewportBuilder {
        let builder = builder.with_inner_size(self.size()).with_maximized(self.maximised);
        match self.at() {
            Some(at) => builder.with_position(at),
            None => builder,
        }
    }
}

impl Cx {
    /// Notes where the window is now; does nothing without a native window.
    pub fn note_window(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if std::mem::take(&mut self.window_reset) {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(false));
            ctx.send_viewport_cmd(ViewportCommand::InnerSize(USUAL / zoom));
            return;
        }
        let (inner, outer, maximised, hidden) = ctx.input(|i| {
            let v = i.viewport();
            (v.inner_rect, v.outer_rect, v.maximized, v.minimized == Some(true) || v.fullscreen == Some(true))
        });
        let (Some(inner), false) = (inner, hidden) else { return };
        let whole = |points: f32| (points * zoom).round() as i32;
        let maximised = maximised.unwrap_or(false);
        // What a maximised window goes back to stays what it was.
        let before = self.settings.window.filter(|_| maximised);
        let now = WindowPlace {
            at: outer.map(|outer| (whole(outer.left()), whole(outer.top()))),
            size: (whole(inner.width()), whole(inner.height())),
            maximised,
        };
        self.settings.window = Some(before.map_or(now, |before| WindowPlace { maximised, ..before }));
    }

    /// Brings the window back onto one of these screens (points without zoom), if it was left beyond them.
    pub fn keep_on(&self, screens: &[Rect]) {
        let Some(place) = self.settings.window.filter(|place| !place.maximised) else { return };
        let (kept, zoom) = (place.on(screens), self.ctx.zoom_factor());
        if let (true, Some(at)) = (kept != place, kept.at()) {
            self.ctx.send_viewport_cmd(ViewportCommand::InnerSize(kept.size() / zoom));
            self.ctx.send_viewport_cmd(ViewportCommand::OuterPosition((at.to_vec2() / zoom).to_pos2()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_beyond_every_screen_comes_back() {
        let screens = [
            Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0)),
            Rect::from_min_size(pos2(1920.0, 0.0), vec2(1280.0, 1024.0)),
        ];
        let place = |x, y| WindowPlace { at: Some((x, y)), size: (1440, 900), maximised: false };
        for (x, y) in [(0, 0), (300, 120), (-400, 10), (2000, 40), (1800, 900)] {
            assert_eq!(place(x, y).on(&screens).at, Some((x, y)), "{x} {y} can be reached");
        }
        for (x, y) in [(5_000, 100), (-1_400, 100), (100, -300), (200, 2_000)] {
            assert_eq!(place(x, y).on(&screens).at, Some((240, 90)), "{x} {y}");
        }
        // The second screen is gone; the window is larger than what is left.
        let small = [Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 720.0))];
        let kept = place(2_000, 40).on(&small);
        assert_eq!((kept.at, kept.size), (Some((0, 0)), (1280, 720)));
        let unknown = WindowPlace { at: None, ..place(0, 0) };
        assert_eq!(unknown.on(&small), unknown);
    }
}
