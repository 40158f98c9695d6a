//! Lines and cells of a spreadsheet, and the cell that is being typed into.

use egui::accesskit::Role;
use egui::{Align2, Key, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::keys::{Act, take_open};
use super::{Kind, Line, Pass, Spreadsheet};
use crate::ui::theme::{Tone, Type, icons};
use crate::ui::widgets::menu::{menu_item, menu_of, open_by_key};
use crate::ui::widgets::{paint, typing};

impl Spreadsheet<'_> {
    pub(super) fn line(&self, ui: &mut Ui, (place, line): (Rect, Line), widths: &[f32], pass: &mut Pass<'_>) {
        let t = pass.t;
        let row = match line {
            Line::Group(row) => {
                let words = place.shrink2(vec2(t.space().x2, 0.0));
                let font = t.strong_font(Type::Body);
                paint::text_in(ui.painter(), words, Align2::LEFT_CENTER, &self.groups[row], font, t.text.strong);
                ui.painter().hline(place.x_range(), place.bottom(), t.hairline(t.border.subtle));
                return;
            }
            Line::Row(row) => row,
        };
        let mut x = place.left();
        for (column, width) in widths.iter().enumerate() {
            let cell = Rect::from_min_size(pos2(x, place.top()), vec2(*width, place.height()));
            if pass.state.at == (row, column) && pass.state.typing.is_some() {
                self.typed(ui, cell, pass);
            } else {
                self.cell(ui, cell, (row, column), pass);
            }
            x += width;
        }
        ui.painter().hline(place.x_range(), place.bottom(), t.hairline(t.border.subtle));
    }

    fn cell(&self, ui: &Ui, place: Rect, at: (usize, usize), pass: &mut Pass<'_>) {
        let (value, column) = ((self.value)(at.0, at.1), &self.columns[at.1]);
        let chosen = pass.state.at == at && pass.whole.has_focus();
        let response = ui.interact(place, pass.whole.id.with(at), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{}: {value}", column.title)));
        let cut = self.content(ui, place, (&value, at.1), (chosen, response.hovered()), pass);
        if let Kind::Choice(names) = &column.kind {
            menu_of(&response, |ui| {
                for name in names {
                    if menu_item(ui, name, None, None, *name == value).clicked() {
                        pass.write(at, name.as_str());
                        pass.whole.request_focus();
                    }
                }
            });
            if chosen && take_open(ui, pass.whole.id) {
                open_by_key(&response);
            }
        }
        if response.double_clicked() || (response.clicked() && chosen) {
            match column.kind {
                Kind::Text => pass.state.typing = Some(value.clone()),
                Kind::Fixed => pass.shown.opened = Some(at.0),
                Kind::Choice(_) => {}
            }
        }
        if response.clicked() {
            pass.state.at = at;
            pass.whole.request_focus();
        }
        self.remark(ui, place, response, (at, value, cut), pass);
    }

    /// Draws what stands in a cell. Returns whether it was cut.
    fn content(
        &self,
        ui: &Ui,
        place: Rect,
        (value, column): (&str, usize),
        (chosen, hovered): (bool, bool),
        pass: &Pass<'_>,
    ) -> bool {
        let (t, painter) = (pass.t, ui.painter());
        if chosen {
            painter.rect_filled(place, 0.0, t.surface.selected);
            painter.rect_stroke(place, 0.0, Stroke::new(t.stroke().series, t.accent.base), StrokeKind::Inside);
        } else if hovered {
            painter.rect_filled(place, 0.0, t.surface.hover);
        }
        let kind = &self.columns[column].kind;
        let mut words = place.shrink2(vec2(t.space().x2, 0.0));
        if matches!(kind, Kind::Choice(_)) && (chosen || hovered) {
            let centre = pos2(words.right() - t.icon().small / 2.0, place.center().y);
            paint::icon(painter, centre, icons::CHEVRON_DOWN, t.icon().small, t.text.normal);
            words.max.x -= t.icon().small;
        }
        let (font, ink) = if *kind == Kind::Fixed { (Type::Label, t.text.strong) } else { (Type::Body, t.text.normal) };
        paint::text_in(painter, words, Align2::LEFT_CENTER, value, t.font(font), ink).1
    }

    /// Tells what is wrong with a cell, or the whole of a text that was cut.
    fn remark(
        &self,
        ui: &Ui,
        place: Rect,
        response: Response,
        (at, value, cut): ((usize, usize), String, bool),
        pass: &Pass<'_>,
    ) {
        let t = pass.t;
        if let Some(why) = (self.wrong)(at.0, at.1) {
            ui.painter().rect_stroke(place, 0.0, t.hairline(t.tone(Tone::Bad).mark), StrokeKind::Inside);
            response.on_hover_text(why);
        } else if cut {
            response.on_hover_text(value);
        }
    }

    /// The cell that is being typed into.
    fn typed(&self, ui: &mut Ui, place: Rect, pass: &mut Pass<'_>) {
        let (t, (row, column)) = (pass.t, pass.state.at);
        let Some(text) = &mut pass.state.typing else { return };
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("typed"));
        let edit = TextEdit::singleline(text)
            .id(pass.whole.id.with("typed"))
            .font(t.font(Type::Body))
            .text_color(t.text.strong)
            .background_color(t.surface.field)
            .desired_width(place.width())
            .min_size(place.size())
            .margin(egui::Margin::symmetric(t.space().x2 as i8, 0));
        let response = child.add(edit).accessible_name(self.columns[column].title.as_str());
        typing::note(&response, text);
        let edge = Stroke::new(t.stroke().series, t.accent.base);
        ui.painter().rect_stroke(place, 0.0, edge, StrokeKind::Inside);
        if !response.lost_focus() {
            if !response.has_focus() {
                response.request_focus();
            }
            return;
        }
        let (pressed, back) = (|key: Key| ui.input(|i| i.key_pressed(key)), ui.input(|i| i.modifiers.shift));
        let text = pass.state.typing.take().unwrap_or_default();
        if !pressed(Key::Escape) && text != (self.value)(row, column) {
            pass.write((row, column), text);
        }
        let on = match () {
            () if pressed(Key::Enter) => Act::Go(if back { -1 } else { 1 }, 0),
            () if pressed(Key::Tab) => Act::Along(!back),
            () if pressed(Key::Escape) => Act::Go(0, 0),
            () => return,
        };
        self.go(pass.state, &on);
        pass.whole.request_focus();
    }
}
