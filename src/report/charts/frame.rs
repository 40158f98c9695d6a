//! What upright bars and lines share: legend, axis, grid, and names along the foot.

use super::scale::{Scale, unit_text};
use super::sheet::{AXIS, Anchor, GRID, SIZE, SUBDUED, Sheet, cut, lines};
use super::{Drawn, WIDTH};
use crate::report::fonts;

/// Height of the part that values are drawn in.
const PLOT: f64 = 220.0;
/// Height of a line of text.
pub const LINE: f64 = 16.0;
/// Side of the square beside a name.
const SWATCH: f64 = 10.0;

/// Where values are drawn.
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Level of the highest step.
    pub top: f64,
    /// Level of the lowest.
    pub bottom: f64,
    /// The axis.
    pub scale: Scale,
    /// Width that each label has.
    pub slot: f64,
    /// Height of the whole picture.
    pub height: f64,
}

impl Frame {
    /// Draws everything but the values. `legend`: names above the chart; `right`: room beside it.
    pub fn draw(sheet: &mut Sheet, drawn: &Drawn<'_>, scale: Scale, legend: bool, right: f64) -> Self {
        let mut top = if legend { legend_of(sheet, drawn) } else { 0.0 };
        let unit = unit_text(drawn.unit);
        if !unit.is_empty() {
            sheet.text((0.0, top + SIZE), Anchor::Start, SUBDUED, &cut(unit, WIDTH));
            top += LINE;
        }
        // Values on the highest bars need room too.
        top += LINE + 4.0;
        let texts: Vec<(f64, String)> =
            scale.steps().into_iter().map(|s| (s, scale.step_text(s, drawn.unit))).collect();
        let left = texts.iter().map(|(_, text)| fonts::width(text, SIZE)).fold(0.0, f64::max) + 10.0;
        let right = WIDTH - right;
        let slot = (right - left) / drawn.labels.len().max(1) as f64;
        let mut frame = Self { left, right, top, bottom: top + PLOT, scale, slot, height: 0.0 };
        for (step, text) in texts {
            let y = frame.y(step);
            let colour = if step.abs() < 1e-12 { AXIS } else { GRID };
            sheet.line([left, y, right, y], colour);
            sheet.text((left - 10.0, y + 4.0), Anchor::End, SUBDUED, &text);
        }
        frame.height = frame.names(sheet, drawn) + 6.0;
        frame
    }

    /// Level of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.at(value) * (self.bottom - self.top)
    }

    /// Middle of a label's room.
    pub fn x(&self, at: usize) -> f64 {
        self.left + (at as f64 + 0.5) * self.slot
    }

    /// Names along the foot: as they are, on several lines, or every so manieth one. Returns where they end.
    fn names(&self, sheet: &mut Sheet, drawn: &Drawn<'_>) -> f64 {
        let widest = drawn.labels.iter().map(|label| fonts::width(label, SIZE)).fold(0.0, f64::max);
        let room = self.slot - 8.0;
        let baseline = self.bottom + LINE;
        if widest > room && room >= 48.0 {
            let broken: Vec<Vec<String>> = drawn.labels.iter().map(|label| lines(label, room, 3)).collect();
            for (at, line, text) in
                broken.iter().enumerate().flat_map(|(at, l)| l.iter().enumerate().map(move |(n, t)| (at, n, t)))
            {
                sheet.text((self.x(at), baseline + line as f64 * LINE), Anchor::Middle, SUBDUED, text);
            }
            return baseline + LINE * (broken.iter().map(Vec::len).max().unwrap_or(1).max(1) - 1) as f64 + 4.0;
        }
        let most = widest.min(120.0);
        let every = ((most + 12.0) / self.slot).ceil().max(1.0) as usize;
        for (at, label) in drawn.labels.iter().enumerate().step_by(every) {
            let text = cut(label, most.max(room));
            let half = fonts::width(&text, SIZE) / 2.0;
            let x = self.x(at).max(half).min(WIDTH - half);
            sheet.text((x, baseline), Anchor::Middle, SUBDUED, &text);
            if every > 1 {
                sheet.line([self.x(at), self.bottom, self.x(at), self.bottom + 4.0], AXIS);
            }
        }
        baseline + 4.0
    }
}

/// Names with their colours, on as many lines as they need. Returns where they end.
pub fn legend_of(sheet: &mut Sheet, drawn: &Drawn<'_>) -> f64 {
    let (mut x, mut y) = (0.0, 0.0);
    for line in &drawn.series {
        let name = cut(line.name, WIDTH / 2.0);
        let width = SWATCH + 6.0 + fonts::width(&name, SIZE) + 18.0;
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + LINE + 4.0);
        }
        sheet.rect([x, y + 2.0, SWATCH, SWATCH], &line.colour);
        sheet.text((x + SWATCH + 6.0, y + SIZE - 1.0), Anchor::Start, super::sheet::STRONG, &name);
        x += width;
    }
    y + LINE + 8.0
}
