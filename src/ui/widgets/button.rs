//! Buttons: accent (one per page), secondary, outline, plain, and icons alone.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::commands::{command_named, key_text};
use crate::ui::theme::{self, Icon, Theme, Type, corner};

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do on a page.
    Accent,
    /// Beside it.
    Secondary,
    /// On tinted ground.
    Outline,
    /// Among others.
    Plain,
}

/// A button with a word, and perhaps an icon and a key.
pub struct Button<'a> {
    label: &'a str,
    name: Option<&'a str>,
    icon: Option<Icon>,
    kind: Kind,
    key: Option<Cow<'a, str>>,
    small: bool,
    chevron: bool,
    enabled: bool,
}

impl<'a> Button<'a> {
    /// A secondary button.
    pub fn new(label: &'a str) -> Self {
        Self {
            label,
            name: None,
            icon: None,
            kind: Kind::Secondary,
            key: None,
            small: false,
            chevron: false,
            enabled: true,
        }
    }

    /// The page's accent button.
    pub fn accent(label: &'a str) -> Self {
        Self { kind: Kind::Accent, ..Self::new(label) }
    }

    /// A button without a fill.
    pub fn plain(label: &'a str) -> Self {
        Self { kind: Kind::Plain, ..Self::new(label) }
    }

    /// A button with an edge.
    pub fn outline(label: &'a str) -> Self {
        Self { kind: Kind::Outline, ..Self::new(label) }
    }

    /// A fuller name for screen readers, where the word alone could mean another button.
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// Puts an icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shows the key that does the same.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Shows the key of the command that it does.
    pub fn key_of(mut self, title: &str) -> Self {
        let key = command_named(title).and_then(|command| command.key.as_ref());
        self.key = key.map(|key| key_text(key).into());
        self
    }

    /// 26 instead of 32 high.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Marks that a menu opens.
    pub fn chevron(mut self) -> Self {
        self.chevron = true;
        self
    }

    /// Greys it out.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    fn colours(&self, t: &Theme, response: &Response) -> (Color32, Color32) {
        let (hovered, pressed) = (response.hovered(), response.is_pointer_button_down_on());
        let deeper = t.surface.raised.lerp_to_gamma(t.border.normal, if pressed { 1.0 } else { 0.6 });
        if !self.enabled {
            let fill = if self.kind == Kind::Plain { Color32::TRANSPARENT } else { t.surface.raised };
            return (fill, t.text.disabled);
        }
        match self.kind {
            Kind::Accent if pressed => (t.accent.pressed, t.accent.on),
            Kind::Accent if hovered => (t.accent.hover, t.accent.on),
            Kind::Accent => (t.accent.base, t.accent.on),
            Kind::Secondary if hovered || pressed => (deeper, t.text.strong),
            Kind::Secondary => (t.surface.raised, t.text.strong),
            _ if pressed => (deeper, t.text.strong),
            _ if hovered => (t.surface.raised, t.text.strong),
            _ => (Color32::TRANSPARENT, t.text.strong),
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let t = theme::of(ui);
        let gap = t.space().x2;
        let (height, pad) = if self.small { (t.row().button_small, gap) } else { (t.row().button, t.space().x3) };
        let icon_size = if self.small { t.icon().small } else { t.icon().normal };
        let font = t.font(Type::Label);
        let wide = |text: &str, font: egui::FontId| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
        };
        let mut width = wide(self.label, font.clone()) + 2.0 * pad;
        let key_width = self.key.as_deref().map_or(0.0, |key| key_box_width(ui, t, key, self.kind) + gap);
        width += key_width;
        if self.icon.is_some() {
            width += icon_size + gap;
        }
        if self.chevron {
            width += t.icon().small + gap;
        }
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), height), sense);
        let name = self.name.unwrap_or(self.label);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled && ui.is_enabled(), name));
        if ui.is_rect_visible(rect) {
            self.paint(ui, t, rect, &response, (pad, gap, icon_size, key_width));
        }
        if self.enabled { response.on_hover_cursor(egui::CursorIcon::PointingHand) } else { response }
    }
}

impl Button<'_> {
    fn paint(&self, ui: &Ui, t: &Theme, rect: Rect, response: &Response, sizes: (f32, f32, f32, f32)) {
        let (pad, gap, icon_size, key_width) = sizes;
        let (fill, ink) = self.colours(t, response);
        let painter = ui.painter();
        painter.rect_filled(rect, corner(t.radius().medium), fill);
        if self.kind == Kind::Outline {
            painter.rect_stroke(rect, corner(t.radius().medium), t.hairline(t.border.control), StrokeKind::Inside);
        }
        let mut x = rect.left() + pad;
        if let Some(icon) = self.icon {
            paint::icon(painter, pos2(x + icon_size / 2.0, rect.center().y), icon, icon_size, ink);
            x += icon_size + gap;
        }
        let at = pos2(x, rect.center().y);
        let word = paint::text(painter, at, Align2::LEFT_CENTER, self.label, t.font(Type::Label), ink);
        if let Some(key) = self.key.as_deref() {
            let left = word.right() + gap;
            let area = Rect::from_min_size(pos2(left, rect.top()), vec2(key_width - gap, rect.height()));
            paint_key(painter, t, area, key, self.kind, ink);
        }
        if self.chevron {
            let centre = pos2(rect.right() - pad - t.icon().small / 2.0, rect.center().y);
            paint::icon(painter, centre, theme::icons::CHEVRON_DOWN, t.icon().small, ink);
        }
        paint::focus_ring(ui, t, rect, t.radius().medium, response);
    }
}

fn key_box_width(ui: &Ui, t: &Theme, key: &str, kind: Kind) -> f32 {
    let text = ui.painter().layout_no_wrap(key.to_owned(), t.font(Type::Caption), Color32::PLACEHOLDER).size().x;
    if kind == Kind::Accent { text } else { text + 2.0 * t.space().x1 + 2.0 }
}

fn paint_key(painter: &egui::Painter, t: &Theme, area: Rect, key: &str, kind: Kind, ink: Color32) {
    if kind == Kind::Accent {
        paint::text(painter, area.center(), Align2::CENTER_CENTER, key, t.font(Type::Caption), ink);
    } else {
        key_cap(painter, t, Rect::from_center_size(area.center(), vec2(area.width(), t.icon().normal)), key);
    }
}

/// A key in its box.
pub fn key_cap(painter: &egui::Painter, t: &Theme, rect: Rect, key: &str) {
    painter.rect(rect, corner(t.radius().small), t.surface.overlay, t.hairline(t.border.normal), StrokeKind::Inside);
    paint::text(painter, rect.center(), Align2::CENTER_CENTER, key, t.font(Type::Caption), t.text.normal);
}

/// An icon that is a button. The label is its accessible name and its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    icon_button_sized(ui, icon, label, theme::of(ui).row().nav)
}

/// An icon button of a given side.
pub fn icon_button_sized(ui: &mut Ui, icon: Icon, label: &str, side: f32) -> Response {
    let t = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if response.hovered() || response.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect, corner(t.radius().medium), t.surface.raised);
    }
    let size = if side < t.row().nav { t.icon().small } else { t.icon().normal };
    let ink = if response.hovered() { t.text.strong } else { t.text.normal };
    paint::icon(ui.painter(), rect.center(), icon, size, ink);
    paint::focus_ring(ui, t, rect, t.radius().medium, &response);
    response.on_hover_text(label).on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Words that act, in accent text.
pub fn link(ui: &mut Ui, label: &str) -> Response {
    let t = theme::of(ui);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), t.font(Type::Label), t.accent.text);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, t.line(Type::Body)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), label));
    let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(place.min, galley, t.accent.text);
    if response.hovered() {
        ui.painter().hline(rect.x_range(), place.bottom(), t.hairline(t.accent.text));
    }
    paint::focus_ring(ui, t, rect, t.radius().small, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
