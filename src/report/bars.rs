//! Stacked bars of shares with bands that follow each part from one bar to the next, as an inline SVG.

use std::fmt::Write;

use super::document::Bars;
use super::html::escape;
use super::{fonts, palette};

const WIDTH: f64 = 720.0;
const LABEL_WIDTH: f64 = 96.0;
const BAR_HEIGHT: f64 = 44.0;
const BAND_HEIGHT: f64 = 56.0;
const TEXT_HEIGHT: f64 = 18.0;
/// White space between two parts of a bar.
const GAP: f64 = 1.5;
/// Room one character of a label takes.
const CHARACTER: f64 = 6.4;

/// A share for people: `7.0%`; "—" when it is no number.
pub fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.1}%", share * 100.0) } else { "—".into() }
}

/// Colours of parts; parts beyond the list share the last.
struct Colours(Vec<String>);

impl Colours {
    fn of(&self, part: usize) -> &str {
        self.0.get(part).or(self.0.last()).map_or("", String::as_str)
    }
}

/// A part of one bar, in points from the left edge of the picture.
#[derive(Clone, Copy)]
struct Span {
    left: f64,
    right: f64,
}

impl Span {
    fn width(self) -> f64 {
        self.right - self.left
    }

    fn middle(self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

/// The picture. It is marked as decoration: the key that stands below it says the same in words. `accent`: colour of the
/// first part.
pub fn svg(bars: &Bars, accent: Option<[u8; 3]>) -> String {
    let colours = Colours(palette::parts(accent));
    let count = bars.bars.len() as f64;
    let height = 2.0 * TEXT_HEIGHT + count * BAR_HEIGHT + (count - 1.0).max(0.0) * BAND_HEIGHT;
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" aria-hidden=\"true\" \
         focusable=\"false\" font-family=\"'{}', Inter, system-ui, sans-serif\" font-size=\"12\" fill=\"#36383D\">",
        fonts::FAMILY
    );
    let mut top = TEXT_HEIGHT;
    let mut above: Option<Vec<Span>> = None;
    for (index, (name, shares)) in bars.bars.iter().enumerate() {
        let spans = spans(shares);
        if let Some(above) = above {
            bands(&mut out, &colours, &above, &spans, top - BAND_HEIGHT);
        }
        bar(&mut out, &colours, name, &spans, top);
        // Labels of the first bar stand above it, of the last below; those between have no room.
        if index == 0 {
            labels(&mut out, shares, &spans, top - 5.0);
        } else if index + 1 == bars.bars.len() {
            labels(&mut out, shares, &spans, top + BAR_HEIGHT + 14.0);
        }
        above = Some(spans);
        top += BAR_HEIGHT + BAND_HEIGHT;
    }
    out + "</svg>"
}

/// Where the parts lie. Shares that are no numbers or negative take no room; too much in sum is scaled to fit.
fn spans(shares: &[f64]) -> Vec<Span> {
    let shares: Vec<f64> = shares.iter().map(|s| if s.is_finite() { s.max(0.0) } else { 0.0 }).collect();
    let scale = (WIDTH - LABEL_WIDTH) / shares.iter().sum::<f64>().max(1.0);
    let mut left = LABEL_WIDTH;
    let mut span = |share: f64| {
        let right = left + share * scale;
        let span = Span { left, right };
        left = right;
        span
    };
    shares.into_iter().map(&mut span).collect()
}

fn bar(out: &mut String, colours: &Colours, name: &str, spans: &[Span], top: f64) {
    let middle = top + BAR_HEIGHT / 2.0 + 4.0;
    let _ = write!(out, r##"<text x="0" y="{middle:.1}" font-size="13" fill="#191A1D">{}</text>"##, escape(name));
    for (part, span) in spans.iter().enumerate().filter(|(_, span)| span.width() > 0.0) {
        let width = (span.width() - GAP).max(0.5);
        let _ = write!(
            out,
            r#"<rect x="{:.1}" y="{top:.1}" width="{width:.1}" height="{BAR_HEIGHT}" rx="2" fill="{}"/>"#,
            span.left,
            colours.of(part)
        );
    }
}

fn bands(out: &mut String, colours: &Colours, above: &[Span], below: &[Span], top: f64) {
    let bottom = top + BAND_HEIGHT;
    let both = above.iter().zip(below).enumerate().filter(|(_, (a, b))| a.width() > 0.0 && b.width() > 0.0);
    for (part, (a, b)) in both {
        let _ = write!(
            out,
            r#"<path d="M{:.1} {top:.1}H{:.1}L{:.1} {bottom:.1}H{:.1}Z" fill="{}" fill-opacity="0.15"/>"#,
            a.left,
            (a.right - GAP).max(a.left),
            (b.right - GAP).max(b.left),
            b.left,
            colours.of(part)
        );
    }
}

/// Percentages centred on their parts; one that would run into its neighbour is left to the key.
fn labels(out: &mut String, shares: &[f64], spans: &[Span], baseline: f64) {
    let mut free = LABEL_WIDTH - CHARACTER;
    for (&share, span) in shares.iter().zip(spans).filter(|(_, span)| span.width() > 0.0) {
        let text = percent(share);
        let half = text.len() as f64 * CHARACTER / 2.0;
        let middle = span.middle().min(WIDTH - half);
        if middle - half < free || half > span.width() {
            continue;
        }
        let _ = write!(out, r#"<text x="{middle:.1}" y="{baseline:.1}" text-anchor="middle">{text}</text>"#);
        free = middle + half + CHARACTER / 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(first: Vec<f64>, second: Vec<f64>) -> String {
        let parts = first.iter().enumerate().map(|(i, _)| format!("Part {i}")).collect();
        svg(&Bars { caption: String::new(), parts, bars: vec![("<One>".into(), first), ("Two".into(), second)] }, None)
    }

    #[test]
    fn draws_each_part_with_a_share_and_a_band_where_both_bars_have_it() {
        let picture = drawn(vec![0.07, 0.66, 0.27], vec![0.4, 0.6, 0.0]);
        assert_eq!(picture.matches("<rect").count(), 5);
        assert_eq!(picture.matches("<path").count(), 2);
        assert!(picture.contains(">66.0%<") && picture.contains("&lt;One&gt;"));
    }

    #[test]
    fn survives_shares_that_cannot_be_drawn() {
        let picture = drawn(vec![f64::NAN, -1.0, f64::INFINITY, 3.0], vec![0.0; 4]);
        assert!(!picture.contains("NaN") && !picture.contains("inf"));
        assert_eq!(picture.matches("<rect").count(), 1);
    }

    #[test]
    fn labels_never_overlap() {
        let picture = drawn(vec![0.01, 0.01, 0.01, 0.97], vec![0.25; 4]);
        assert!(!picture.contains(">1.0%<") && picture.contains(">97.0%<"));
        assert_eq!(picture.matches(">25.0%<").count(), 4);
    }
}
