//! Two stacked bars of the same parts, joined by bands: how shares of one thing become shares of another. Every share
//! is a figure: it can be hovered and opened.

use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::frame::{Asked, Frame};
use super::scene::{Mark, paint_all};
use crate::report::table_export::Value;
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::{self, Tip, percent};
use crate::ui::widgets::paint;

/// A part of both bars.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name below the lower bar.
    pub name: String,
    /// Its colour.
    pub colour: Color32,
    /// Its share of the upper bar, 0–1.
    pub above: f64,
    /// Its share of the lower bar, 0–1.
    pub below: f64,
}

/// The chart about to be shown.
pub struct Shares<'a> {
    /// The words around it.
    pub frame: Frame<'a>,
    /// What the upper and the lower bar divide.
    pub names: [&'a str; 2],
    /// The parts, in order.
    pub parts: &'a [Part],
    /// What stands in place of the lower bar while it has no parts.
    pub none: &'a str,
    /// The figure of a part in the upper (0) or the lower (1) bar.
    pub tip: &'a dyn Fn(usize, usize) -> Tip,
}

/// Height of a bar where there is room, and the least.
const BAR: std::ops::RangeInclusive<f32> = 18.0..=96.0;
const GAP: f32 = 2.0;
/// How high a bar is against the room for both and the bands between them.
const PART_OF_ROOM: f32 = 0.29;

impl Shares<'_> {
    /// Draws the chart into a card of a given place.
    pub fn show(&self, ui: &mut Ui, rect: Rect) -> Option<Asked> {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            let inner = ui.max_rect();
            let asked = self.frame.head(ui, t, inner, |_| {});
            let body = inner.with_min_y(inner.top() + Frame::height(t) + t.space().x1);
            let (marks, bars) = self.marks(ui.painter(), t, body);
            let response = ui.interact(body, ui.scope_id().with(("chart", self.frame.title)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.summary()));
            paint_all(ui.painter(), t, &marks);
            for (which, stretches) in bars.iter().enumerate() {
                for (part, stretch) in stretches.iter().enumerate().filter(|(_, stretch)| stretch.width() > 0.0) {
                    self.door(ui, t, *stretch, part, which);
                }
            }
            let columns = std::iter::once("Part".to_owned()).chain(self.names.map(str::to_owned)).collect();
            Some(self.frame.asked(t, asked?, (rect, body), &marks, (self.parts.len(), columns)))
        })
    }

    /// A value of its data: the part's name, then its share of each bar.
    pub fn value(&self, row: u64, column: usize) -> Value {
        let Some(part) = usize::try_from(row).ok().and_then(|row| self.parts.get(row)) else { return Value::Empty };
        match column {
            0 => Value::Text(part.name.clone()),
            1 => Value::Number(part.above),
            _ => Value::Number(part.below),
        }
    }

    fn door(&self, ui: &mut Ui, t: &Theme, stretch: Rect, part: usize, which: usize) {
        let name = &self.parts[part].name;
        let share = if which == 0 { self.parts[part].above } else { self.parts[part].below };
        let words = format!("{name}, {} of {}", percent(share), self.names[which].to_lowercase());
        let id = ui.scope_id().with((self.frame.title, part, which));
        let response = figure::door(ui, stretch, id, &words, &|| (self.tip)(part, which));
        if response.hovered() || response.has_focus() {
            let edge = egui::Stroke::new(t.stroke().series, t.text.strong);
            ui.painter().rect_stroke(stretch, theme::corner(2.0), edge, egui::StrokeKind::Outside);
        }
    }

    /// For those who do not see it.
    fn summary(&self) -> String {
        let names = self.names.map(str::to_lowercase);
        let one = |part: &Part| {
            format!("{} {} of {} and {} of {}", part.name, percent(part.above), names[0], percent(part.below), names[1])
        };
        self.parts.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// All strokes, and where the parts of both bars lie.
    fn marks(&self, painter: &Painter, t: &Theme, rect: Rect) -> (Vec<Mark>, [Vec<Rect>; 2]) {
        let line = t.line(Type::Caption);
        let left = rect.left() + 3.0 * t.space().x8;
        let right = rect.right() - t.space().x5;
        // Two bars and the bands between them share what the labels leave, as 2 to 3.
        let room = rect.height() - 3.0 * line - t.space().x2;
        let tall = (room * PART_OF_ROOM).clamp(*BAR.start(), *BAR.end()).round();
        let flow = (room - 2.0 * tall).clamp(t.space().x5, 2.0 * tall).round();
        let top = Rect::from_min_size(pos2(left, rect.top() + line + 2.0), vec2(right - left, tall));
        let bottom = top.translate(vec2(0.0, tall + flow));
        let above = stretches(top, self.parts.iter().map(|p| p.above));
        let below = stretches(bottom, self.parts.iter().map(|p| p.below));
        let mut marks = Vec::new();
        for (name, bar) in self.names.iter().zip([top, bottom]) {
            let at = pos2(rect.left(), bar.center().y);
            marks.push(Mark::Word(at, Align2::LEFT_CENTER, (*name).to_owned(), t.text.strong));
        }
        for ((part, a), b) in self.parts.iter().zip(&above).zip(&below) {
            if part.below > 0.0 && part.above > 0.0 {
                let fill = t.surface.panel.lerp_to_gamma(part.colour, t.chart.band_alpha);
                marks.push(Mark::Area(vec![a.left_bottom(), a.right_bottom(), b.right_top(), b.left_top()], fill));
            }
        }
        for ((part, a), b) in self.parts.iter().zip(&above).zip(&below) {
            let bars = [a, b].into_iter().filter(|bar| bar.width() > 0.0);
            marks.extend(bars.map(|bar| Mark::Bar(*bar, part.colour)));
        }
        self.labels(painter, t, (&above, &below), &mut marks);
        self.without_any(painter, t, &above, &mut marks);
        if self.parts.iter().all(|part| part.below <= 0.0) {
            marks.push(Mark::Word(bottom.center(), Align2::CENTER_CENTER, self.none.to_owned(), t.text.subdued));
        }
        (marks, [above, below])
    }

    /// Shares above the upper bar; shares and names below the lower one, where there is room.
    fn labels(&self, painter: &Painter, t: &Theme, (above, below): (&[Rect], &[Rect]), marks: &mut Vec<Mark>) {
        let mut free = f32::NEG_INFINITY;
        for (part, bar) in self.parts.iter().zip(above) {
            let words = percent(part.above);
            let wide = paint::width(painter, &words, t.font(Type::Caption));
            let left = bar.center().x - wide / 2.0;
            if part.above > 0.0 && left >= free {
                free = left + wide + t.space().x1;
                let at = pos2(bar.center().x, bar.top() - t.line(Type::Caption) / 2.0);
                marks.push(Mark::Word(at, Align2::CENTER_CENTER, words, t.text.strong));
            }
        }
        free = f32::NEG_INFINITY;
        for (part, bar) in self.parts.iter().zip(below).filter(|(part, _)| part.below > 0.0) {
            let words = percent(part.below);
            let (wide, name) = (
                paint::width(painter, &words, t.font(Type::Caption)),
                paint::width(painter, &part.name, t.font(Type::Caption)),
            );
            let left = bar.center().x - wide / 2.0;
            if left < free {
                continue;
            }
            let named = name <= bar.width().max(wide + t.space().x2);
            free = bar.center().x + if named { name.max(wide) } else { wide } / 2.0 + t.space().x1;
            let y = bar.bottom() + 3.0;
            marks.push(Mark::Word(pos2(bar.center().x, y), Align2::CENTER_TOP, words, t.text.strong));
            if named {
                let at = pos2(bar.center().x, y + t.line(Type::Caption) - 1.0);
                marks.push(Mark::Word(at, Align2::CENTER_TOP, part.name.clone(), t.text.subdued));
            }
        }
    }

    /// Says under the upper bar which parts do not reach the lower one, each where it has room.
    fn without_any(&self, painter: &Painter, t: &Theme, above: &[Rect], marks: &mut Vec<Mark>) {
        let mut free = f32::NEG_INFINITY;
        for (part, bar) in self.parts.iter().zip(above).filter(|(part, _)| part.below <= 0.0 && part.above > 0.0) {
            let words = format!("{}, no {}", part.name, self.names[1].to_lowercase());
            let wide = paint::width(painter, &words, t.font(Type::Caption));
            if bar.right() - wide >= free {
                free = bar.right() + t.space().x2;
                let at = pos2(bar.right(), bar.bottom() + t.line(Type::Caption) / 2.0 + 3.0);
                marks.push(Mark::Word(at, Align2::RIGHT_CENTER, words, t.text.subdued));
            }
        }
    }
}

/// Cuts a bar into its parts, pixel-snapped, with gaps between.
fn stretches(bar: Rect, shares: impl Iterator<Item = f64>) -> Vec<Rect> {
    let mut at = 0.0_f64;
    let x = |share: f64| (bar.left() + share as f32 * bar.width()).round();
    shares
        .map(|share| {
            let (from, to) = (x(at), x((at + share).min(1.0)));
            at += share;
            let to = if to >= bar.right() - 1.0 { to } else { to - GAP };
            Rect::from_min_max(pos2(from, bar.top()), pos2(to.max(from), bar.bottom()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretches_fill_the_bar_in_order() {
        let bar = Rect::from_min_size(pos2(10.0, 0.0), vec2(200.0, 10.0));
        let cut = stretches(bar, [0.25, 0.0, 0.75].into_iter());
        assert_eq!((cut[0].left(), cut[0].right()), (10.0, 58.0));
        assert_eq!(cut[1].width(), 0.0);
        assert_eq!((cut[2].left(), cut[2].right()), (60.0, 210.0));
    }
}
