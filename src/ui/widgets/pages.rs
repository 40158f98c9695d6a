//! Pages of a document as they will be printed, one at a time: drawn on a worker, kept as a picture, turned by buttons.

use std::sync::Arc;

use anyhow::Result;
use egui::accesskit::Role;
use egui::{Align2, ColorImage, Rect, ScrollArea, Sense, TextureHandle, TextureOptions, Ui, WidgetInfo, pos2, vec2};

use super::{icon_button, paint};
use crate::ui::cx::Cx;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Theme, Type, icons};

/// What has pages that can be drawn.
pub trait Paged: Send + Sync + 'static {
    /// How many there are.
    fn count(&self) -> usize;

    /// Width and height of a page, in points.
    fn size(&self) -> (f32, f32);

    /// Draws one, from 0, with so many pixels to a point.
    ///
    /// # Errors
    /// A sentence when it cannot be drawn.
    fn draw(&self, page: usize, pixels: f32) -> Result<ColorImage>;
}

/// Widths are drawn in steps of so many pixels, so that dragging a window does not draw at every one.
const STEP: f32 = 16.0;
/// How much larger a page is looked at closely.
const CLOSE: f32 = 1.6;
/// Height of the line of buttons.
const FOOT: f32 = 36.0;

/// Which page is drawn: of what, its number, its width in pixels.
type Drawn<S> = (Same<S>, usize, u32);

/// The pages on view.
pub struct Pages<S> {
    raster: Slot<Drawn<S>, Arc<ColorImage>>,
    texture: Option<(Drawn<S>, TextureHandle)>,
    page: usize,
    close: bool,
}

impl<S: Paged> Default for Pages<S> {
    fn default() -> Self {
        Self { raster: Slot::new("Drawing the page"), texture: None, page: 0, close: false }
    }
}

impl<S: Paged> Pages<S> {
    /// Begins with the first page again.
    pub fn to_first(&mut self) {
        self.page = 0;
    }

    /// Draws the page into the space that is left, with the buttons below it.
    pub fn show(&mut self, cx: &Cx, ui: &mut Ui, pages: &Arc<S>) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let count = pages.count();
        self.page = self.page.min(count.saturating_sub(1));
        let sheet = Rect::from_min_max(area.min, area.max - vec2(0.0, FOOT));
        let (wide, high) = pages.size();
        // The whole page where it fits; looked at closely it scrolls.
        let fit = (sheet.width() / wide).min(sheet.height() / high).max(0.1);
        let scale = if self.close { (sheet.width() / wide).max(fit) * CLOSE } else { fit };
        let size = vec2((wide * scale).round(), (high * scale).round());
        self.ask(cx, ui, pages, size.x);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(sheet).id_salt("page"));
        if self.close {
            ScrollArea::both().auto_shrink(false).show(&mut inner, |ui| self.sheet(ui, t, size, count));
        } else {
            let side = vec2(((sheet.width() - size.x) / 2.0).max(0.0).round(), 0.0);
            let place = Rect::from_min_size(sheet.min + side, size);
            let mut place = inner.new_child(egui::UiBuilder::new().max_rect(place));
            self.sheet(&mut place, t, size, count);
        }
        let foot = Rect::from_min_max(pos2(area.left(), sheet.bottom()), area.max);
        self.buttons(ui, t, foot, count);
        ui.advance_cursor_after_rect(area);
    }

    fn ask(&mut self, cx: &Cx, ui: &Ui, pages: &Arc<S>, width: f32) {
        let pixels = ((width * ui.ctx().pixels_per_point()) / STEP).ceil() * STEP;
        let key = (Same(pages.clone()), self.page, pixels as u32);
        let (source, page) = (pages.clone(), self.page);
        let scale = pixels / pages.size().0;
        self.raster.ask(key, || cx.compute(move |_| Ok(Ok(Arc::new(source.draw(page, scale)?)))));
        let Some((have, image)) = self.raster.latest() else { return };
        if self.texture.as_ref().is_none_or(|(drawn, _)| drawn != have) {
            let image = ColorImage::clone(image);
            let texture = ui.ctx().load_texture("page of the document", image, TextureOptions::LINEAR);
            self.texture = Some((have.clone(), texture));
        }
    }

    fn sheet(&self, ui: &mut Ui, t: &Theme, size: egui::Vec2, count: usize) {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let said = format!("Page {} of {count} of the document", self.page + 1);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        ui.painter().rect_filled(rect, 0.0, theme::get(false).surface.panel);
        if let Some((_, texture)) = &self.texture {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, theme::UNTINTED);
        }
        ui.painter().rect_stroke(rect, 0.0, t.hairline(t.border.normal), egui::StrokeKind::Inside);
        if let Some(why) = self.raster.failure() {
            let font = t.font(Type::Caption);
            paint::text_in(ui.painter(), rect.shrink(8.0), Align2::CENTER_CENTER, why, font, t.text.normal);
        }
    }

    fn buttons(&mut self, ui: &mut Ui, t: &Theme, area: Rect, count: usize) {
        let words = format!("Page {} of {count}", self.page + 1);
        let side = t.row().nav;
        let wide = paint::width(ui.painter(), &words, t.font(Type::Body)).max(84.0);
        let all = 3.0 * side + wide + 4.0 * t.space().x2;
        let left = area.center().x - all / 2.0;
        let y = area.center().y;
        let button = |ui: &mut Ui, x: f32, icon, name: &str, on: bool| {
            let place = Rect::from_min_size(pos2(x, y - side / 2.0), vec2(side, side));
            let mut place = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(name));
            place.add_enabled_ui(on, |ui| icon_button(ui, icon, name).clicked()).inner
        };
        if button(ui, left, icons::CHEVRON_LEFT, "Page before", self.page > 0) {
            self.page -= 1;
        }
        let middle = left + side + t.space().x2;
        let at = pos2(middle + wide / 2.0, y);
        paint::label(ui, at, Align2::CENTER_CENTER, &words, t.font(Type::Body), t.text.normal);
        let right = middle + wide + t.space().x2;
        if button(ui, right, icons::CHEVRON_RIGHT, "Page after", self.page + 1 < count) {
            self.page += 1;
        }
        let (icon, name) = if self.close { (icons::ZOOM_OUT, "Whole page") } else { (icons::ZOOM_IN, "Look closely") };
        if button(ui, right + side + t.space().x4, icon, name, true) {
            self.close = !self.close;
        }
    }
}
