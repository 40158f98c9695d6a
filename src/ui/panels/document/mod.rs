//! The document to hand over: what it holds and how it looks, its pages as they will be printed, and its export.

pub mod preview;
pub mod wanted;

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use self::preview::Preview;
use super::{Panel, draw_waiting};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::{Button, page_header};

/// Width of the choices.
const LEFT: f32 = 316.0;

/// The page and the document it shows.
#[derive(Default)]
pub struct DocumentPage {
    preview: Preview,
}

impl Panel for DocumentPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let line = match shop.is_empty() {
            true => "The framework with every field open, to be filled by hand".to_owned(),
            false => format!("The framework, filled from your data as of {}", locale::date(shop.as_of())),
        };
        let ready = shop.data().is_some();
        page_header(ui, "Document", &line, |ui| {
            wanted::formats_menu(cx, ui, ready);
            if ui.add(Button::new("Client pack…").icon(icons::ARCHIVE).enabled(ready)).clicked() {
                cx.ask_pack();
            }
        });
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let left = Rect::from_min_size(area.min, vec2(LEFT.min(area.width() * 0.35), area.height()));
        let right = Rect::from_min_max(pos2(left.right() + t.shell().gutter, area.top()), area.max);
        card_at(ui, left, t.space().x3, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| wanted::form(cx, ui, 1));
        });
        let mut column = ui.new_child(UiBuilder::new().max_rect(right).id_salt("pages"));
        self.preview.whole(cx, &mut column);
        ui.advance_cursor_after_rect(area);
    }
}
