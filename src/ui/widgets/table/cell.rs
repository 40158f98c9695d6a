//! One cell of a table: draws text, numbers, bars, chips and figures, and tells screen readers what it holds.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::select::take_copy;
use crate::ui::theme::{Icon, Theme, Tone, Type, corner};
use crate::ui::widgets::figure::{self, Tip};
use crate::ui::widgets::{chip, paint};

/// A cell about to be filled.
pub struct Cell<'u> {
    /// Where to put further widgets.
    pub ui: &'u mut Ui,
    /// The theme.
    pub t: &'static Theme,
    /// The cell without its padding.
    pub rect: Rect,
    /// Whether the pointer is over the row.
    pub hovered: bool,
    /// A key opens what stands in it.
    pub(super) opened: bool,
    numeric: bool,
    said: String,
    cut: bool,
    /// The cell without its padding, before anything was put into it.
    whole: Rect,
    /// Width of a bar before the text.
    lead: f32,
    /// Width that the content would like, where that is asked for.
    wish: Option<f32>,
}

impl<'u> Cell<'u> {
    pub(super) fn new(ui: &'u mut Ui, t: &'static Theme, rect: Rect, numeric: bool, hovered: bool) -> Self {
        Self {
            ui,
            t,
            rect,
            hovered,
            opened: false,
            numeric,
            said: String::new(),
            cut: false,
            whole: rect,
            lead: 0.0,
            wish: None,
        }
    }

    /// Also finds out how wide the content would like to be.
    pub(super) fn measured(mut self) -> Self {
        self.wish = Some(0.0);
        self
    }

    /// Room that the content would like to have.
    pub(super) fn wish(&self) -> f32 {
        self.wish.unwrap_or(0.0)
    }

    fn wants(&mut self, content: f32) {
        let around = self.whole.width() - self.rect.width() + self.lead;
        self.wish = self.wish.map(|wish| wish.max(around + content));
    }

    /// Text, or a number where the column is numeric.
    pub fn text(&mut self, text: &str) {
        self.write(text, self.t.font(Type::Body), self.t.text.normal);
    }

    /// Text in medium weight.
    pub fn label(&mut self, text: &str) {
        self.write(text, self.t.font(Type::Label), self.t.text.strong);
    }

    /// Semi-bold text, for totals.
    pub fn strong(&mut self, text: &str) {
        self.write(text, self.t.strong_font(Type::Body), self.t.text.strong);
    }

    /// Subdued text.
    pub fn subdued(&mut self, text: &str) {
        self.write(text, self.t.font(Type::Body), self.t.text.subdued);
    }

    /// A small subdued remark.
    pub fn caption(&mut self, text: &str) {
        self.write(text, self.t.font(Type::Caption), self.t.text.subdued);
    }

    /// Text after a square of a category's colour.
    pub fn swatch(&mut self, colour: Color32, text: &str) {
        let side = self.t.space().x2 + 2.0;
        let square =
            Rect::from_center_size(pos2(self.rect.left() + side / 2.0, self.rect.center().y), vec2(side, side));
        self.ui.painter().rect_filled(square, corner(2.0), colour);
        self.rect.min.x += side + self.t.space().x2 - 2.0;
        self.label(text);
    }

    /// An icon before what follows.
    pub fn icon(&mut self, icon: Icon, colour: Color32) {
        let size = self.t.icon().small;
        paint::icon(self.ui.painter(), pos2(self.rect.left() + size / 2.0, self.rect.center().y), icon, size, colour);
        self.rect.min.x += size + self.t.space().x2;
    }

    /// A thin bar at the left for a share that is printed beside it.
    pub fn bar(&mut self, share: f64, colour: Color32) {
        let width = self.t.space().x8 + self.t.space().x6;
        let left = pos2(self.rect.left(), self.rect.center().y - 3.0);
        let rest = if self.hovered { self.t.border.normal } else { self.t.surface.raised };
        self.lead = width + self.t.space().x3;
        paint::bar(self.ui.painter(), Rect::from_min_size(left, vec2(width, 6.0)), share as f32, colour, rest);
    }

    /// A number on a ground that is the darker the nearer `share` is to 1; `None` is an empty cell.
    pub fn heat(&mut self, share: Option<f64>, text: &str) {
        let Some(share) = share else { return self.subdued(text) };
        let (fill, ink) = self.t.heat(share);
        let ground = self.whole.expand2(vec2(self.t.space().x1, -1.5));
        self.ui.painter().rect_filled(ground, corner(self.t.radius().small), fill);
        self.write(text, self.t.font(Type::Body), ink);
    }

    /// A chip whose colour and icon carry a meaning.
    pub fn chip(&mut self, text: &str, tone: Option<Tone>, icon: Option<Icon>) {
        let width = chip::chip_width(self.ui, text, icon.is_some());
        let place = Rect::from_min_size(pos2(self.rect.left(), self.rect.center().y - 11.0), vec2(width, 22.0));
        let colours = match tone {
            Some(tone) => (self.t.tone(tone).tint, self.t.tone(tone).text),
            None => (self.t.surface.raised, self.t.text.normal),
        };
        chip::paint_chip(self.ui.painter(), self.t, place, text, icon, colours);
        self.wants(width);
        self.said.push_str(text);
    }

    /// A number behind which stands a figure: dotted underline, hover, copy.
    pub fn figure(&mut self, text: &str, strong: bool, tip: impl Fn() -> Tip) {
        figure::drawn(self.ui.ctx(), || tip().figure);
        let font = if strong { self.t.strong_font(Type::Body) } else { self.t.font(Type::Body) };
        let galley = self.ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
        let place = self.anchor().align_size_within_rect(galley.size(), self.rect);
        self.wants(galley.size().x);
        let reach = place.expand2(vec2(5.0, 4.0));
        let id = self.ui.unique_id().with(("figure", self.rect.left() as i32));
        let response = self.ui.interact(reach, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{text}: show the rows")));
        if response.clicked() || std::mem::take(&mut self.opened) {
            figure::open(self.ui.ctx(), tip());
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        let lit = response.hovered();
        if lit {
            self.ui.painter().rect_filled(reach, corner(self.t.radius().small), self.t.accent.tint);
        }
        let ink = if lit {
            self.t.accent.text
        } else if strong {
            self.t.text.strong
        } else {
            self.t.text.normal
        };
        self.ui.painter().galley(place.min, galley, ink);
        if lit {
            self.ui.painter().hline(reach.x_range(), reach.bottom(), self.t.hairline(self.t.accent.text));
            let tip = tip();
            tip.show(&response);
            if take_copy(self.ui) {
                self.ui.ctx().copy_text(tip.value);
            }
        } else if self.hovered {
            paint::dotted(self.ui.painter(), self.t, pos2(place.left(), place.bottom() + 1.0), place.width());
        }
        self.said.push_str(text);
    }

    /// An estimate and its interval on a scale from −1 to 1 around zero; what reaches further is cut at the edge.
    pub fn interval(&mut self, estimate: f64, (low, high): (f64, f64), colour: Color32, words: &str) {
        let (t, painter) = (self.t, self.ui.painter());
        let half = (self.rect.width() / 2.0 - t.space().x2).max(1.0);
        let x = |value: f64| self.rect.center().x + value.clamp(-1.0, 1.0) as f32 * half;
        let (middle, cap) = (self.rect.center().y, t.space().x1);
        let zero = egui::Stroke::new(t.stroke().hairline * 2.0, t.border.control);
        painter.vline(self.rect.center().x, self.whole.shrink2(vec2(0.0, t.space().x1)).y_range(), zero);
        let stroke = egui::Stroke::new(t.stroke().series, colour);
        painter.hline(x(low)..=x(high), middle, stroke);
        for (value, cut) in [(low, low < -1.0), (high, high > 1.0)] {
            if !cut {
                painter.vline(x(value), middle - cap..=middle + cap, stroke);
            }
        }
        painter.circle_filled(pos2(x(estimate), middle), t.space().x1, colour);
        self.said.push_str(words);
    }

    /// The name of something that has a page of its own. Returns whether that page is to be opened.
    pub fn link(&mut self, text: &str) -> bool {
        let font = self.t.font(Type::Label);
        let wide = self.ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
        let reach = self.rect.with_max_x((self.rect.left() + wide).min(self.rect.right()));
        let id = self.ui.unique_id().with(("link", self.rect.left() as i32));
        let response = self.ui.interact(reach, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{text}: open the customer")));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        let lit = response.hovered();
        let ink = if lit { self.t.accent.text } else { self.t.text.strong };
        self.write(text, font, ink);
        if lit {
            let below = self.rect.center().y + self.t.line(Type::Label) / 2.0;
            self.ui.painter().hline(reach.x_range(), below, self.t.hairline(self.t.accent.text));
        }
        response.clicked() || std::mem::take(&mut self.opened)
    }

    /// A widget of its own within the cell.
    pub fn interact(&mut self, rect: Rect, what: &str, role: Role) -> Response {
        let id = self.ui.unique_id().with((what, self.rect.left() as i32));
        let response = self.ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(role, true, what));
        response
    }

    fn anchor(&self) -> Align2 {
        if self.numeric { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER }
    }

    fn write(&mut self, text: &str, font: egui::FontId, colour: Color32) {
        if self.wish.is_some() {
            let galley = self.ui.painter().layout_no_wrap(text.to_owned(), font.clone(), colour);
            self.wants(galley.size().x);
        }
        let (_, cut) = paint::text_in(self.ui.painter(), self.rect, self.anchor(), text, font, colour);
        self.cut |= cut;
        if !self.said.is_empty() {
            self.said.push(' ');
        }
        self.said.push_str(text);
    }

    /// Tells screen readers what stands here; shows the whole text where it was cut.
    pub(super) fn finish(self, column: usize) {
        if self.said.is_empty() {
            return;
        }
        let id = self.ui.unique_id().with(("cell", column));
        let response = self.ui.interact(self.rect, id, Sense::HOVER);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &self.said));
        if self.cut {
            response.on_hover_text(&self.said);
        }
    }
}
