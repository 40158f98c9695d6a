//! A heat map: every cell prints its value, dark means much, a legend says from where to where.

use egui::accesskit::Role;
use egui::{Align2, EventFilter, Key, Painter, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::paint;
use crate::ui::theme::{self, Theme, Type, corner};

/// Space between cells.
const GAP: f32 = 2.0;
/// Least width of the names of the rows.
const NAMES: f32 = 84.0;
/// Width of the legend.
const LEGEND: f32 = 150.0;

/// What the colours stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// From little to much.
    Amount {
        /// Lightest in the light theme.
        from: f64,
        /// Darkest in the light theme.
        to: f64,
    },
    /// Below and above a target or zero.
    Around {
        /// The target.
        centre: f64,
        /// How far from it the strongest colours are.
        reach: f64,
    },
}

impl Scale {
    fn colours(self, t: &Theme, value: f64) -> (egui::Color32, egui::Color32) {
        match self {
            Self::Amount { from, to } => t.heat(part(value - from, to - from)),
            Self::Around { centre, reach } => t.heat_around(part(value - centre + reach, 2.0 * reach)),
        }
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Self::Amount { from, to } => (from, to),
            Self::Around { centre, reach } => (centre - reach, centre + reach),
        }
    }
}

fn part(value: f64, whole: f64) -> f64 {
    if whole > 0.0 { value / whole } else { 0.0 }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// What colours it.
    pub value: f64,
    /// What is printed in it.
    pub text: String,
    /// What stands below that, smaller; empty = nothing.
    pub below: String,
    /// Its period is not over: the value may still change.
    pub unfinished: bool,
}

/// A heat map about to be shown.
pub struct HeatMap<'a> {
    /// What it shows; its name for screen readers.
    pub name: &'a str,
    /// Names of the rows; what follows a line break is written smaller.
    pub rows: &'a [String],
    /// Names of the columns, likewise.
    pub columns: &'a [String],
    /// Height of a row; `None` = as one line needs.
    pub row: Option<f32>,
    /// The cell of a row and column; `None` = there is none.
    pub cell: &'a dyn Fn(usize, usize) -> Option<HeatCell>,
    /// What the colours stand for.
    pub scale: Scale,
    /// How the ends of the legend are printed.
    pub print: &'a dyn Fn(f64) -> String,
}

impl HeatMap<'_> {
    /// How high it is.
    pub fn height(&self, t: &Theme) -> f32 {
        self.head(t) + self.rows.len() as f32 * (self.row(t) + GAP) + t.space().x2 + t.line(Type::Caption)
    }

    fn row(&self, t: &Theme) -> f32 {
        self.row.unwrap_or(t.row().nav)
    }

    /// Height of the names of the columns.
    fn head(&self, t: &Theme) -> f32 {
        let lines = self.columns.iter().map(|name| name.lines().count()).max().unwrap_or(1);
        t.line(Type::Caption) * lines.max(1) as f32
    }

    /// Width of the names of the rows, with the gap after them.
    fn names(&self, painter: &Painter, t: &Theme) -> f32 {
        let wide = |name: &str| paint::width(painter, name, t.font(Type::Body));
        let widest = self.rows.iter().flat_map(|name| name.lines()).map(wide).fold(0.0, f32::max);
        (widest + t.space().x3).max(NAMES)
    }

    /// Draws it over the width there is; `chosen` is the cell with the ring, moved by click and by arrow keys.
    pub fn show(&self, ui: &mut Ui, chosen: &mut Option<(usize, usize)>) {
        let t = theme::of(ui);
        let (rect, whole) = ui.allocate_exact_size(vec2(ui.available_width(), self.height(t)), Sense::click());
        whole
            .widget_info(|| WidgetInfo::labeled(Role::Group, true, format!("{}, arrow keys choose a cell", self.name)));
        if whole.has_focus() {
            self.follow_keys(ui, whole.id, chosen);
        }
        let builder = UiBuilder::new().max_rect(rect).id_salt(self.name).accessibility_role(Role::Table);
        let mut ui = ui.new_child(builder.accessibility_label(self.name));
        let painter = ui.painter_at(rect.expand(t.space().x1));
        let names = self.names(&painter, t);
        let width = (rect.width() - names) / self.columns.len().max(1) as f32;
        let (line, head, high) = (t.line(Type::Caption), self.head(t), self.row(t));
        for (column, name) in self.columns.iter().enumerate() {
            let x = rect.left() + names + (column as f32 + 0.5) * width;
            let middle = pos2(x, rect.top() + head / 2.0 - 2.0);
            two_lines(&painter, t, middle, Align2::CENTER_CENTER, name, (Type::Caption, t.text.subdued));
        }
        for (row, name) in self.rows.iter().enumerate() {
            let top = rect.top() + head + row as f32 * (high + GAP);
            let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), high));
            let builder = UiBuilder::new().max_rect(place).id_salt(row).accessibility_role(Role::Row);
            let mut line_ui = ui.new_child(builder);
            two_lines(&painter, t, place.left_center(), Align2::LEFT_CENTER, name, (Type::Body, t.text.strong));
            for column in 0..self.columns.len() {
                let x = rect.left() + names + column as f32 * width;
                let cell = Rect::from_min_size(pos2(x, top), vec2(width - GAP, place.height()));
                if self.one(&mut line_ui, t, cell, (row, column), *chosen == Some((row, column))) {
                    *chosen = Some((row, column));
                    whole.request_focus();
                }
            }
        }
        if let Some((row, column)) = *chosen {
            let x = rect.left() + names + column as f32 * width;
            let top = rect.top() + head + row as f32 * (high + GAP);
            let cell = Rect::from_min_size(pos2(x, top), vec2(width - GAP, high));
            paint::ring(&painter, t, cell.shrink(1.0), t.radius().small);
        }
        self.legend(&painter, t, Rect::from_min_max(pos2(rect.left() + names, rect.bottom() - line), rect.max));
        ui.advance_cursor_after_rect(rect);
    }

    fn follow_keys(&self, ui: &Ui, id: egui::Id, chosen: &mut Option<(usize, usize)>) {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key: Key| ui.input(|i| i.key_pressed(key));
        let (row, column) = chosen.unwrap_or((0, 0));
        let to = match () {
            () if pressed(Key::ArrowDown) => (row + 1, column),
            () if pressed(Key::ArrowUp) => (row.saturating_sub(1), column),
            () if pressed(Key::ArrowRight) => (row, column + 1),
            () if pressed(Key::ArrowLeft) => (row, column.saturating_sub(1)),
            () => return,
        };
        if (self.cell)(to.0, to.1).is_some() && to.0 < self.rows.len() && to.1 < self.columns.len() {
            *chosen = Some(to);
        }
    }

    /// Draws a cell. Returns whether it was clicked.
    fn one(&self, ui: &mut Ui, t: &Theme, rect: Rect, (row, column): (usize, usize), chosen: bool) -> bool {
        let Some(cell) = (self.cell)(row, column) else { return false };
        let response = ui.interact(rect, ui.unique_id().with(("cell", column)), Sense::CLICK);
        let unfinished = if cell.unfinished { ", not finished" } else { "" };
        let below = if cell.below.is_empty() { String::new() } else { format!(", {}", cell.below) };
        let spoken = |name: &str| name.replace('\n', ", ");
        let names = (spoken(&self.rows[row]), spoken(&self.columns[column]));
        let said = format!("{}, {}: {}{below}{unfinished}", names.0, names.1, cell.text);
        response.widget_info(|| WidgetInfo::selected(Role::Cell, true, chosen, &said));
        let (fill, ink) = self.scale.colours(t, cell.value);
        let painter = ui.painter();
        let (ink, text) = if cell.unfinished {
            paint::dashed_rect(painter, rect.shrink(0.5), t.radius().small, Stroke::new(1.0, t.chart.axis), 3.0, 2.0);
            (t.text.normal, format!("{}*", cell.text))
        } else {
            painter.rect_filled(rect, corner(t.radius().small), fill);
            (ink, cell.text)
        };
        let kind = if self.row.is_some() { Type::Label } else { Type::Caption };
        let words = if cell.below.is_empty() { text } else { format!("{text}\n{}", cell.below) };
        let clipped = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        two_lines(&clipped, t, rect.center(), Align2::CENTER_CENTER, &words, (kind, ink));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.hovered() {
            response.show_tooltip_text(said);
        }
        response.clicked()
    }

    fn legend(&self, painter: &Painter, t: &Theme, rect: Rect) {
        let (font, y) = (t.font(Type::Caption), rect.center().y);
        legend(painter, t, pos2(rect.right() - GAP, y), self.scale, self.print);
        let any = |unfinished: bool| {
            (0..self.rows.len())
                .any(|r| (0..self.columns.len()).any(|c| (self.cell)(r, c).is_some_and(|x| x.unfinished == unfinished)))
        };
        if any(true) {
            let words = "* not finished, may still change";
            paint::text(painter, pos2(rect.left(), y), Align2::LEFT_CENTER, words, font, t.text.subdued);
        }
    }
}

/// The colours from end to end with the values of both ends, to the left of a point.
pub fn legend(painter: &Painter, t: &Theme, right: egui::Pos2, scale: Scale, print: &dyn Fn(f64) -> String) {
    let ((from, to), font) = (scale.ends(), t.font(Type::Caption));
    let y = right.y;
    let end = paint::text(painter, right, Align2::RIGHT_CENTER, print(to), font.clone(), t.text.subdued);
    let bar = Rect::from_min_size(pos2(end.left() - t.space().x2 - LEGEND, y - 5.0), vec2(LEGEND, 10.0));
    let steps = if matches!(scale, Scale::Amount { .. }) { t.chart.seq.len() } else { t.chart.div.len() };
    for step in 0..steps {
        let value = from + (to - from) * step as f64 / (steps - 1).max(1) as f64;
        let left = bar.left() + bar.width() * step as f32 / steps as f32;
        let part = Rect::from_min_size(pos2(left, bar.top()), vec2(bar.width() / steps as f32, bar.height()));
        painter.rect_filled(part, 0.0, scale.colours(t, value).0);
    }
    let at = pos2(bar.left() - t.space().x2, y);
    paint::text(painter, at, Align2::RIGHT_CENTER, print(from), font, t.text.subdued);
}

/// A name and, after a line break, a smaller one below it.
fn two_lines(
    painter: &Painter,
    t: &Theme,
    middle: egui::Pos2,
    align: Align2,
    words: &str,
    (kind, ink): (Type, egui::Color32),
) {
    let Some((first, second)) = words.split_once('\n') else {
        paint::text(painter, middle, align, words, t.font(kind), ink);
        return;
    };
    let (above, below) = (t.line(kind), t.line(Type::Caption));
    let top = middle.y - (above + below) / 2.0;
    paint::text(painter, pos2(middle.x, top + above / 2.0), align, first, t.font(kind), ink);
    let quiet = if ink == t.text.strong { t.text.subdued } else { ink };
    paint::text(painter, pos2(middle.x, top + above + below / 2.0), align, second, t.font(Type::Caption), quiet);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_scale_have_its_ends_as_colours() {
        for t in crate::ui::theme::THEMES.iter() {
            let amount = Scale::Amount { from: 3.0, to: 24.0 };
            assert_eq!(amount.colours(t, 3.0).0, t.chart.seq[0]);
            assert_eq!(amount.colours(t, 99.0).0, t.chart.seq[t.chart.seq.len() - 1]);
            let around = Scale::Around { centre: 0.0, reach: 5.0 };
            assert_eq!(around.colours(t, 0.0).0, t.chart.div[t.chart.div.len() / 2]);
            assert_eq!(Scale::Amount { from: 1.0, to: 1.0 }.colours(t, 1.0).0, t.chart.seq[0], "one value only");
        }
    }
}
