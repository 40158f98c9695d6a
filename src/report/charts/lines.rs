//! Lines over time.

use super::frame::{Frame, LINE};
use super::scale::{Scale, value_text};
use super::sheet::{AXIS, Anchor, SIZE, STRONG, Sheet, cut};
use super::{Drawn, Line};
use crate::report::fonts;

/// Up to so many lines carry their names at their ends; more have a legend.
const DIRECT: usize = 4;
/// Up to so many points are marked one by one.
const MARKED: usize = 26;
/// Room for a name at a line's end.
const NAME: f64 = 130.0;

/// Lines with gaps where there is no value. Returns the picture's height.
pub fn draw(sheet: &mut Sheet, drawn: &Drawn<'_>) -> f64 {
    let scale = Scale::over(drawn.values(), false, 5.0);
    let several = drawn.series.len() > 1;
    let legend = drawn.series.len() > DIRECT;
    let ends: Vec<(f64, String, &Line<'_>)> =
        if legend { Vec::new() } else { drawn.series.iter().filter_map(|line| end(line, drawn, several)).collect() };
    let room = ends.iter().map(|(_, text, _)| fonts::width(text, SIZE)).fold(0.0, f64::max) + 12.0;
    let frame = Frame::draw(sheet, drawn, scale, legend, room);
    let level = frame.y(frame.scale.base());
    for line in &drawn.series {
        for run in runs(line, &frame) {
            if !several && frame.scale.has_zero() {
                sheet.area(&run, level, &line.colour);
            }
            if run.len() > 1 {
                sheet.path(&run, &line.colour);
            }
            if run.len() == 1 || drawn.labels.len() <= MARKED {
                run.iter().for_each(|point| sheet.dot(*point, 3.0, &line.colour));
            }
        }
    }
    if frame.scale.has_zero() {
        sheet.line([frame.left, level, frame.right, level], AXIS);
    }
    let levels = apart(ends.iter().map(|(value, _, _)| frame.y(*value)).collect(), frame.top, frame.bottom);
    for ((_, text, line), y) in ends.iter().zip(levels) {
        let ink = if several { line.colour.as_str() } else { STRONG };
        sheet.strong((frame.right + 8.0, y + 4.0), Anchor::Start, ink, text);
    }
    frame.height
}

/// The last value of a line, and what is written beside it: its name, or the value where there is one line only.
fn end<'a, 'b>(line: &'b Line<'a>, drawn: &Drawn<'_>, several: bool) -> Option<(f64, String, &'b Line<'a>)> {
    let last = line.values.iter().rev().copied().flatten().next()?;
    let text = if several { cut(line.name, NAME) } else { value_text(last, drawn.unit) };
    Some((last, text, line))
}

/// The unbroken parts of a line.
fn runs(line: &Line<'_>, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
    let mut out = vec![Vec::new()];
    for (at, value) in line.values.iter().enumerate() {
        match (value, out.last_mut()) {
            (Some(value), Some(run)) => run.push((frame.x(at), frame.y(*value))),
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|run| !run.is_empty());
    out
}

/// Levels of texts, moved as far apart as reading needs.
fn apart(levels: Vec<f64>, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by(|a, b| levels[*a].total_cmp(&levels[*b]).then(a.cmp(b)));
    let mut out = levels;
    let mut free = top - LINE;
    for at in &order {
        out[*at] = out[*at].max(free);
        free = out[*at] + LINE;
    }
    // What was pushed out below comes back up.
    let mut limit = bottom + 4.0;
    for at in order.iter().rev() {
        out[*at] = out[*at].min(limit);
        limit = out[*at] - LINE;
    }
    out
}
