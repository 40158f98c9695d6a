//! Charts on their way into files: picture as PNG or SVG, data as any table.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Rect};

use super::cx::Cx;
use super::dialog::Ask;
use super::settings::short_path;
use super::theme::Tone;
use super::widgets::chart::Asked;
use crate::report::table_export::Value;
use crate::report::{file, picture};

impl Cx {
    /// Saves or copies what a chart's menu asks for.
    pub fn deliver_chart(&mut self, title: &str, asked: Asked, value: impl Fn(u64, usize) -> Value) {
        match asked {
            Asked::Data(wanted) => self.deliver(wanted, value),
            Asked::Svg(text) => self.save_bytes(title, "svg", text.into_bytes()),
            Asked::Png(part) => self.photograph(title.to_owned(), part),
        }
    }

    /// Takes a picture of a part of the window, then asks where to save it.
    fn photograph(&self, title: String, part: Rect) {
        let (later, ctx) = (self.later(), self.ctx.clone());
        let scale = ctx.pixels_per_point();
        self.ctx.request_screenshot(move |image: Arc<ColorImage>| {
            later(Box::new(move |cx| match cut(&image, part, scale) {
                Ok(bytes) => cx.save_bytes(&title, "png", bytes),
                Err(error) => cx.notices.failed("The picture was not saved", &error),
            }));
            ctx.request_repaint();
        });
    }

    fn save_bytes(&mut self, title: &str, extension: &'static str, bytes: Vec<u8>) {
        let name = format!("{}.{extension}", title.replace(['/', '\\', ':'], " "));
        self.ask_save(Ask::Save { name, extension }, move |cx, path: PathBuf| {
            let shown = short_path(&path);
            let work = move |_: &mut _, _: &_| file::write(&path, |out| Ok(out.write_all(&bytes)?));
            cx.command("Saving the picture", "", work, move |cx, result| match result {
                Ok(()) => cx.notices.tell(Tone::Good, "Picture saved", shown, None),
                Err(error) => cx.notices.failed("The picture was not saved", &error),
            });
        });
    }
}

/// The part of a picture of the window, as a PNG file.
fn cut(image: &ColorImage, part: Rect, scale: f32) -> anyhow::Result<Vec<u8>> {
    let [width, height] = image.size;
    let pixel = |points: f32, most: usize| ((points * scale).round().max(0.0) as usize).min(most);
    let (x0, x1) = (pixel(part.left(), width), pixel(part.right(), width));
    let (y0, y1) = (pixel(part.top(), height), pixel(part.bottom(), height));
    let row = |y: usize| image.pixels.get(y * width + x0..y * width + x1).unwrap_or_default();
    let pixels: Vec<u8> = (y0..y1).flat_map(row).flat_map(|pixel| pixel.to_array()).collect();
    picture::png((x1.saturating_sub(x0)) as u32, (y1.saturating_sub(y0)) as u32, &pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Color32, pos2};

    #[test]
    fn a_part_of_the_window_is_cut_out_at_its_scale() {
        let image = ColorImage::filled([200, 100], Color32::TRANSPARENT);
        let part = Rect::from_min_max(pos2(10.0, 5.0), pos2(60.0, 200.0));
        let bytes = cut(&image, part, 2.0).unwrap();
        let size = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!((size(16), size(20)), (100, 90));
    }
}
