//! What pictures are written on: shapes and texts as SVG.

use std::fmt::Write;

use super::super::fonts;
use super::super::html::escape;

/// Ink of values and names.
pub const STRONG: &str = "#191A1D";
/// Ink of axes.
pub const SUBDUED: &str = "#62656B";
/// Lines behind a chart.
pub const GRID: &str = "#ECE9E4";
/// Zero line and axis.
pub const AXIS: &str = "#8E8A82";

/// Size of labels.
pub const SIZE: f64 = 12.0;

/// Where a text stands to its point.
#[derive(Clone, Copy)]
pub enum Anchor {
    /// Begins there.
    Start,
    /// Is centred on it.
    Middle,
    /// Ends there.
    End,
}

/// The picture so far.
pub struct Sheet {
    out: String,
}

impl Sheet {
    /// Nothing on it yet.
    pub fn new() -> Self {
        Self { out: String::new() }
    }

    /// The picture of a size, with its name for screen readers.
    pub fn finish(self, width: f64, height: f64, name: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" \
             height=\"{height:.0}\" role=\"img\" font-family=\"'{}', Inter, system-ui, sans-serif\" \
             font-size=\"{SIZE}\"><title>{}</title>{}</svg>",
            fonts::FAMILY,
            escape(name),
            self.out
        )
    }

    /// A filled rectangle.
    pub fn rect(&mut self, [x, y, width, height]: [f64; 4], fill: &str) {
        let round = 2.0_f64.min(width / 2.0).min(height / 2.0).max(0.0);
        let _ = write!(
            self.out,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{width:.2}" height="{height:.2}" rx="{round:.2}" fill="{fill}"/>"#
        );
    }

    /// A straight line.
    pub fn line(&mut self, [x1, y1, x2, y2]: [f64; 4], stroke: &str) {
        let _ = write!(
            self.out,
            r#"<line x1="{x1:.2}" y1="{y1:.2}" x2="{x2:.2}" y2="{y2:.2}" stroke="{stroke}" stroke-width="1"/>"#
        );
    }

    /// Straight lines from point to point.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: &str) {
        let _ = write!(self.out, r#"<path d=""#);
        self.points(points);
        let _ = write!(
            self.out,
            r#"" fill="none" stroke="{stroke}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>"#
        );
    }

    /// What lies between points and a level below them, tinted.
    pub fn area(&mut self, points: &[(f64, f64)], level: f64, fill: &str) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let _ = write!(self.out, r#"<path d=""#);
        self.points(points);
        let _ = write!(
            self.out,
            r#"L{:.2} {level:.2}L{:.2} {level:.2}Z" fill="{fill}" fill-opacity="0.1"/>"#,
            last.0, first.0
        );
    }

    fn points(&mut self, points: &[(f64, f64)]) {
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(self.out, "{}{x:.2} {y:.2}", if at == 0 { 'M' } else { 'L' });
        }
    }

    /// A disc with a white edge.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, fill: &str) {
        let _ = write!(
            self.out,
            r##"<circle cx="{x:.2}" cy="{y:.2}" r="{radius}" fill="{fill}" stroke="#FFFFFF" stroke-width="1.5"/>"##
        );
    }

    /// A text of one line.
    pub fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, fill: &str, text: &str) {
        self.write(x, y, anchor, fill, "", text);
    }

    /// A text of one line that stands out.
    pub fn strong(&mut self, (x, y): (f64, f64), anchor: Anchor, fill: &str, text: &str) {
        self.write(x, y, anchor, fill, r#" font-weight="500""#, text);
    }

    fn write(&mut self, x: f64, y: f64, anchor: Anchor, fill: &str, more: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let _ = write!(self.out, r#"<text x="{x:.2}" y="{y:.2}"{anchor}{more} fill="{fill}">{}</text>"#, escape(text));
    }
}

/// A text cut to a width, with "…" where something is missing.
pub fn cut(text: &str, width: f64) -> String {
    if fonts::width(text, SIZE) <= width {
        return text.to_owned();
    }
    let mut out: String = text.to_owned();
    while !out.is_empty() && fonts::width(&out, SIZE) + fonts::width("…", SIZE) > width {
        out.pop();
    }
    out.truncate(out.trim_end().len());
    out + "…"
}

/// A text on at most so many lines of a width: broken at spaces, the last line cut.
pub fn lines(text: &str, width: f64, most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if out.len() + 1 >= most.max(1) {
            let rest = words.by_ref().fold(word.to_owned(), |rest, word| rest + " " + word);
            out.push(rest);
            break;
        }
        let mut line = word.to_owned();
        while let Some(next) = words.peek().filter(|next| fonts::width(&format!("{line} {next}"), SIZE) <= width) {
            line = format!("{line} {next}");
            words.next();
        }
        out.push(line);
    }
    out.iter().map(|line| cut(line, width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_broken_to_fit() {
        assert_eq!(cut("Short", 100.0), "Short");
        let long = cut("An extraordinarily long name of a campaign", 100.0);
        assert!(long.ends_with('…') && fonts::width(&long, SIZE) <= 100.0, "{long}");
        assert_eq!(lines("Abandoned cart reminder", 110.0, 2), ["Abandoned cart", "reminder"]);
        assert_eq!(lines("one two three four five six", 30.0, 2).len(), 2);
        assert!(lines("", 30.0, 2).is_empty());
    }
}
