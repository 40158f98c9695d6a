//! Bars, upright and lying.

use super::frame::{Frame, LINE, legend_of};
use super::scale::{Scale, unit_text, value_text};
use super::sheet::{AXIS, Anchor, SIZE, STRONG, SUBDUED, Sheet, cut, lines};
use super::{Drawn, WIDTH};
use crate::report::fonts;

/// The widest upright bar.
const WIDEST: f64 = 56.0;
/// The thickest lying bar.
const THICKEST: f64 = 18.0;
/// The highest chart of lying bars: it has to fit on a page.
const HIGHEST: f64 = 860.0;
/// A row of lying bars is at least so high, or its name cannot be read.
const LOWEST: f64 = 13.0;

/// Groups of upright bars. Returns the picture's height.
pub fn upright(sheet: &mut Sheet, drawn: &Drawn<'_>) -> f64 {
    let scale = Scale::over(drawn.values(), true, 5.0);
    let frame = Frame::draw(sheet, drawn, scale, drawn.series.len() > 1, 4.0);
    let count = drawn.series.len() as f64;
    let width = (frame.slot * 0.74 / count).clamp(0.4, WIDEST);
    let gap = if width > 6.0 { 2.0 } else { 0.0 };
    let base = frame.y(frame.scale.base());
    let values = || drawn.values().map(|value| fonts::width(&value_text(value, drawn.unit), SIZE));
    let labelled = values().fold(0.0, f64::max) <= (if count > 1.0 { width } else { frame.slot }) - 3.0;
    for (n, line) in drawn.series.iter().enumerate() {
        for (at, value) in line.values.iter().enumerate().filter_map(|(at, v)| v.map(|v| (at, v))) {
            let x = frame.x(at) + (n as f64 - count / 2.0) * width;
            let y = frame.y(value);
            let (top, height) = (y.min(base), (y - base).abs());
            // Nothing and next to nothing still show that there is a value.
            let (top, height) = if height < 1.0 { (base - 1.0, 1.0) } else { (top, height) };
            sheet.rect([x + gap / 2.0, top, width - gap, height], &line.colour);
            if labelled {
                let level = if value < 0.0 { top + height + SIZE + 1.0 } else { top - 5.0 };
                sheet.strong((x + width / 2.0, level), Anchor::Middle, STRONG, &value_text(value, drawn.unit));
            }
        }
    }
    if frame.scale.has_zero() {
        sheet.line([frame.left, base, frame.right, base], AXIS);
    }
    frame.height
}

/// Lying bars under each other, with their values at the end. Returns the picture's height.
pub fn lying(sheet: &mut Sheet, drawn: &Drawn<'_>) -> f64 {
    let count = drawn.series.len();
    let mut top = if count > 1 { legend_of(sheet, drawn) } else { 0.0 };
    let unit = unit_text(drawn.unit);
    if !unit.is_empty() {
        sheet.text((WIDTH, top + SIZE), Anchor::End, SUBDUED, &cut(unit, WIDTH));
        top += LINE + 4.0;
    }
    let least = LOWEST * count as f64;
    let shown = drawn.labels.len().min(((HIGHEST / least) as usize).max(1));
    let row = (HIGHEST / shown as f64).min(THICKEST * count as f64 + 10.0).max(least);
    let thick = ((row * 0.8) / count as f64).min(THICKEST);

    let names = drawn.labels.iter().take(shown).map(|label| fonts::width(label, SIZE)).fold(0.0, f64::max).min(220.0);
    let room =
        drawn.values().map(|value| fonts::width(&value_text(value, drawn.unit), SIZE)).fold(0.0, f64::max) + 10.0;
    let scale = Scale::over(drawn.values(), true, 5.0);
    let (low, high) = drawn.values().fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    // From the smallest to the largest value: there is no axis whose steps would have to fit.
    let left = names + 12.0 + if low < 0.0 { room } else { 0.0 };
    let right = WIDTH - if high > 0.0 || low == high { room } else { 4.0 };
    let (from, to) = (scale.at(low), scale.at(high));
    let x = |value: f64| {
        if to > from { left + (scale.at(value) - from) / (to - from) * (right - left).max(1.0) } else { left }
    };
    for (at, label) in drawn.labels.iter().enumerate().take(shown) {
        let y = top + at as f64 * row;
        let most = if row >= 2.0 * LINE - 4.0 { 2 } else { 1 };
        let broken = lines(label, names.max(20.0), most);
        let first = y + row / 2.0 + 4.0 - (broken.len().max(1) - 1) as f64 * 7.0;
        for (n, text) in broken.iter().enumerate() {
            sheet.text((0.0, first + n as f64 * 14.0), Anchor::Start, STRONG, text);
        }
        for (n, line) in drawn.series.iter().enumerate() {
            let y = y + (row - thick * count as f64) / 2.0 + n as f64 * thick;
            let Some(value) = line.values[at] else {
                sheet.text((x(0.0) + 6.0, y + thick / 2.0 + 4.0), Anchor::Start, SUBDUED, "—");
                continue;
            };
            let (one, other) = (x(0.0).min(x(value)), x(0.0).max(x(value)));
            sheet.rect([one, y + 0.5, (other - one).max(1.0), thick - 1.0], &line.colour);
            let text = value_text(value, drawn.unit);
            let level = y + thick / 2.0 + 4.0;
            if value < 0.0 {
                sheet.strong((one - 6.0, level), Anchor::End, STRONG, &text);
            } else {
                sheet.strong((other + 6.0, level), Anchor::Start, STRONG, &text);
            }
        }
    }
    let mut bottom = top + shown as f64 * row;
    sheet.line([x(0.0), top, x(0.0), bottom], AXIS);
    let more = drawn.labels.len() - shown;
    if more > 0 {
        bottom += LINE;
        sheet.text((0.0, bottom), Anchor::Start, SUBDUED, &format!("and {more} more, in the table"));
    }
    bottom + 6.0
}
