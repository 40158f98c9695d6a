//! Bars and lines over periods, as strokes within a rectangle.

use egui::{Align2, Color32, Rect, Ui, pos2};

use super::scene::Mark;
use super::{Chart, Kind, Series};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::paint;

/// Radius of a dot.
pub const DOT: f32 = 5.0;
/// Strength of the colour of a band.
const BAND: f32 = 0.22;
/// Grid lines that are wanted, about.
const LINES: f64 = 4.0;

/// Where periods and values lie.
pub struct Plane {
    /// The area between the axes.
    pub area: Rect,
    low: f64,
    high: f64,
    step: f64,
    periods: usize,
}

impl Plane {
    /// Fits the values of a chart into a rectangle, its axis labels included.
    pub fn new(ui: &Ui, t: &Theme, rect: Rect, chart: &Chart<'_>) -> Self {
        let values = chart.series.iter().flat_map(|s| s.values.iter().flatten().copied());
        let values = values.chain(chart.unfinished.iter().filter_map(|u| u.expected));
        let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        let step = nice_step((high - low).max(f64::MIN_POSITIVE) / LINES);
        let (low, high) = ((low / step).floor() * step, ((high / step).ceil() * step).max(step));
        let wide = |value: f64| paint::width(ui.painter(), &(chart.print)(value), t.font(Type::Caption));
        let left = wide(high).max(wide(low)).ceil() + t.space().x2;
        let flags = if chart.flags.is_empty() { 0.0 } else { t.line(Type::Caption) + t.space().x1 };
        let above = t.line(Type::Caption) + t.space().x1 + flags;
        let below = t.line(Type::Caption) + t.space().x1;
        let area = Rect::from_min_max(
            pos2((rect.left() + left).round(), (rect.top() + above).round()),
            pos2(rect.right(), (rect.bottom() - below).round()),
        );
        Self { area, low, high, step, periods: chart.periods.len().max(1) }
    }

    fn y(&self, value: f64) -> f32 {
        self.area.bottom() - ((value - self.low) / (self.high - self.low)) as f32 * self.area.height()
    }

    fn band(&self) -> f32 {
        self.area.width() / self.periods as f32
    }

    /// The middle of a period.
    pub fn x(&self, period: usize) -> f32 {
        self.area.left() + (period as f32 + 0.5) * self.band()
    }

    /// The period under a place.
    pub fn period_at(&self, x: f32) -> Option<usize> {
        let period = ((x - self.area.left()) / self.band()).floor();
        (period >= 0.0 && (period as usize) < self.periods).then_some(period as usize)
    }

    /// The strip of a period.
    pub fn strip(&self, period: usize) -> Rect {
        let x = self.x(period);
        Rect::from_x_y_ranges(x - self.band() / 2.0..=x + self.band() / 2.0, self.area.y_range())
    }

    /// All strokes of a chart.
    pub fn marks(&self, ui: &Ui, t: &Theme, chart: &Chart<'_>) -> Vec<Mark> {
        let mut marks = self.grid(t, chart);
        for (i, pair) in chart.series.windows(2).enumerate() {
            if pair.iter().all(|series| series.kind == Kind::Edge) {
                marks.extend(self.ribbon(&pair[0], &pair[1], tint(t, i)));
            }
        }
        let bars: Vec<usize> = (0..chart.series.len()).filter(|&i| chart.series[i].kind == Kind::Bars).collect();
        for (nth, &i) in bars.iter().enumerate() {
            self.bars(t, chart, &chart.series[i], colour(t, i), (nth, bars.len()), &mut marks);
        }
        for series in chart.series.iter().filter(|series| series.kind == Kind::Rest) {
            self.bars(t, chart, series, t.chart.bar_rest, (0, 1), &mut marks);
        }
        for (i, series) in chart.series.iter().enumerate() {
            match series.kind {
                Kind::Bars | Kind::Rest | Kind::Edge => {}
                Kind::Dots => marks.extend(self.dots(series, colour(t, 0))),
                Kind::Line => self.line(chart, series, colour(t, i), &mut marks),
                Kind::Before => self.before(t, series, &mut marks),
            }
        }
        self.names(ui, t, chart, &mut marks);
        self.flags(ui, t, chart, &mut marks);
        marks
    }

    /// What happened, above its period; where two are too close the later one keeps its mark alone.
    fn flags(&self, ui: &Ui, t: &Theme, chart: &Chart<'_>, marks: &mut Vec<Mark>) {
        let y = self.area.top() - t.line(Type::Caption) - t.space().x1 - t.line(Type::Caption) / 2.0;
        let (half, ink) = (4.5, t.series(1));
        let mut free = f32::NEG_INFINITY;
        for flag in chart.flags.iter().filter(|flag| flag.period < self.periods) {
            let x = self.x(flag.period);
            let corners = vec![pos2(x - half, y - half + 1.0), pos2(x + half, y - half + 1.0), pos2(x, y + half)];
            marks.push(Mark::Area(corners, ink));
            let left = x + half + t.space().x1;
            let wide = paint::width(ui.painter(), &flag.words, t.font(Type::Caption));
            let next = chart.flags.iter().map(|other| self.x(other.period)).find(|other| *other > x);
            if left >= free && left + wide < next.unwrap_or(f32::INFINITY).min(self.area.right()) {
                marks.push(Mark::Word(pos2(left, y), Align2::LEFT_CENTER, flag.words.clone(), t.text.normal));
                free = left + wide + t.space().x2;
            }
        }
    }

    fn grid(&self, t: &Theme, chart: &Chart<'_>) -> Vec<Mark> {
        let lines = ((self.high - self.low) / self.step).round() as usize;
        let mut marks = Vec::new();
        for n in 0..=lines {
            let value = self.low + n as f64 * self.step;
            let y = self.y(value).round();
            let zero = value.abs() < self.step / 1e6;
            let ink = if zero { t.chart.axis } else { t.chart.grid };
            let ends = vec![pos2(self.area.left(), y), pos2(self.area.right(), y)];
            marks.push(Mark::Line(ends, t.stroke().hairline, ink));
            let at = pos2(self.area.left() - t.space().x2, y);
            let value = if zero { 0.0 } else { value };
            marks.push(Mark::Word(at, Align2::RIGHT_CENTER, (chart.print)(value), t.text.subdued));
        }
        marks
    }

    fn bars(
        &self,
        t: &Theme,
        chart: &Chart<'_>,
        series: &Series,
        ink: Color32,
        (nth, of): (usize, usize),
        marks: &mut Vec<Mark>,
    ) {
        let all = (self.band() * 0.7).min(56.0);
        let width = (all / of as f32).max(1.0);
        let unfinished = chart.unfinished.as_ref();
        for (i, value) in series.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let left = (self.x(i) - all / 2.0 + nth as f32 * width).round();
            let bar = |value: f64| {
                let (a, b) = (self.y(0.0), self.y(value));
                let gap = if of > 1 { 2.0 } else { 0.0 };
                Rect::from_min_max(pos2(left, a.min(b).round()), pos2(left + width.round() - gap, a.max(b).round()))
            };
            match unfinished.filter(|_| i + 1 == self.periods) {
                None => marks.push(Mark::Bar(bar(*value), ink)),
                Some(unfinished) => {
                    let expected = unfinished.expected.filter(|_| nth == 0).map(bar);
                    marks.push(Mark::Hatched(bar(*value), ink));
                    marks.extend(expected.map(|rect| Mark::Expected(rect, ink)));
                    let top = expected.map_or(bar(*value).top(), |rect| rect.top().min(bar(*value).top()));
                    if nth == 0 {
                        let right = self.area.right();
                        let at = pos2(right, top - t.space().x1);
                        marks.push(Mark::Word(at, Align2::RIGHT_BOTTOM, unfinished.words.clone(), t.text.normal));
                    }
                }
            }
        }
    }

    fn line(&self, chart: &Chart<'_>, series: &Series, ink: Color32, marks: &mut Vec<Mark>) {
        let mut run = Vec::new();
        let mut last = None;
        for (i, value) in series.values.iter().enumerate() {
            match value {
                Some(value) => {
                    let at = pos2(self.x(i), self.y(*value));
                    if chart.unfinished.is_some() && i + 1 == self.periods && !run.is_empty() {
                        let before = run[run.len() - 1];
                        marks.push(Mark::Dashed(vec![before, at], 2.0, ink));
                    } else {
                        run.push(at);
                    }
                    last = Some(at);
                }
                None if run.len() > 1 => marks.push(Mark::Line(std::mem::take(&mut run), 2.0, ink)),
                None => run.clear(),
            }
        }
        if run.len() > 1 {
            marks.push(Mark::Line(run, 2.0, ink));
        }
        marks.extend(last.map(|at| Mark::Dot(at, 3.5, ink)));
    }

    /// The band between two edges, where both are known.
    fn ribbon(&self, low: &Series, high: &Series, ink: Color32) -> Option<Mark> {
        let both = low.values.iter().zip(&high.values).enumerate();
        let known = both.filter_map(|(i, (low, high))| Some((self.x(i), self.y((*low)?), self.y((*high)?))));
        let (upper, lower): (Vec<_>, Vec<_>) = known.map(|(x, low, high)| (pos2(x, high), pos2(x, low))).unzip();
        (upper.len() > 1).then_some(Mark::Ribbon(upper, lower, ink))
    }

    fn dots(&self, series: &Series, ink: Color32) -> Vec<Mark> {
        let dot = |(i, value): (usize, &Option<f64>)| Some(Mark::Dot(pos2(self.x(i), self.y((*value)?)), DOT, ink));
        series.values.iter().enumerate().filter_map(dot).collect()
    }

    /// Strokes across the bars: the same periods of a time before.
    fn before(&self, t: &Theme, series: &Series, marks: &mut Vec<Mark>) {
        let half = (self.band() * 0.43).min(34.0);
        for (i, value) in series.values.iter().enumerate() {
            if let Some(value) = value {
                let (x, y) = (self.x(i), self.y(*value).round());
                marks.push(Mark::Line(vec![pos2(x - half, y), pos2(x + half, y)], 2.0, t.text.strong));
            }
        }
    }

    /// Names of the periods, as many as have room.
    fn names(&self, ui: &Ui, t: &Theme, chart: &Chart<'_>, marks: &mut Vec<Mark>) {
        let y = self.area.bottom() + t.space().x1;
        let mut free = f32::NEG_INFINITY;
        for (i, name) in chart.periods.iter().enumerate() {
            let wide = paint::width(ui.painter(), name, t.font(Type::Caption));
            // The last one ends with the picture.
            let middle = self.x(i).min(self.area.right() + t.space().x2 - wide / 2.0);
            let left = middle - wide / 2.0;
            if left >= free {
                free = left + wide + t.space().x2;
                marks.push(Mark::Word(pos2(middle, y), Align2::CENTER_TOP, name.clone(), t.text.subdued));
            }
        }
    }
}

/// The colour of a series.
pub fn colour(t: &Theme, series: usize) -> Color32 {
    t.series(series)
}

/// The colour of a band whose first edge is this series: that of the series before it, around which it lies.
pub fn tint(t: &Theme, edge: usize) -> Color32 {
    colour(t, edge.saturating_sub(1)).gamma_multiply(BAND)
}

/// 1, 2 or 5 times a power of ten, not smaller than `rough`.
/// The next round number: 1, 2 or 5 times a power of ten.
pub fn nice_step(rough: f64) -> f64 {
    let power = 10.0_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|n| n * power >= rough * 0.999).unwrap_or(10.0);
    step * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_numbers() {
        assert_eq!(nice_step(167.0), 200.0);
        assert_eq!(nice_step(0.03), 0.05);
        assert_eq!(nice_step(1.0), 1.0);
        assert!(nice_step(7.2) == 10.0);
    }
}
