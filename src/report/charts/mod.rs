//! Charts of amounts as SVG: upright bars, lying bars and lines, in the light palette and the bundled font.

mod bars;
mod frame;
mod lines;
mod scale;
mod sheet;

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, ensure};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::document::{Chart, ChartKind, ChartUnit};
use super::{fonts, palette, picture};
use sheet::{Anchor, SUBDUED, Sheet};

/// How wide a picture is, in points; its height follows from what it shows.
pub const WIDTH: f64 = 720.0;

/// Pictures wider than this are refused: they would not fit into memory.
const MOST_PIXELS: u32 = 8_192;

/// A chart whose values fit its labels and can be drawn.
struct Drawn<'a> {
    labels: Vec<&'a str>,
    series: Vec<Line<'a>>,
    unit: &'a ChartUnit,
}

/// One series: its name, colour, and a value or a gap for each label.
struct Line<'a> {
    name: &'a str,
    colour: String,
    values: Vec<Option<f64>>,
}

impl<'a> Drawn<'a> {
    fn new(chart: &'a Chart, accent: Option<[u8; 3]>) -> Self {
        let labels: Vec<&str> = chart.labels.iter().map(|label| label.trim()).collect();
        let colours = palette::series(accent);
        let line = |(at, series): (usize, &'a super::document::Series)| Line {
            name: series.name.trim(),
            colour: colours.get(at).or(colours.last()).cloned().unwrap_or_default(),
            values: (0..labels.len())
                .map(|at| series.values.get(at).copied().flatten().filter(|v| v.is_finite()))
                .collect(),
        };
        Self { series: chart.series.iter().enumerate().map(line).collect(), unit: &chart.unit, labels }
    }

    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.series.iter().flat_map(|line| line.values.iter().copied().flatten())
    }
}

/// The picture, complete in itself. What cannot be drawn (no value, a value that is no number) is a gap.
pub fn svg(chart: &Chart, accent: Option<[u8; 3]>) -> String {
    let drawn = Drawn::new(chart, accent);
    let mut sheet = Sheet::new();
    let height = if drawn.values().next().is_none() {
        sheet.text((0.0, 24.0), Anchor::Start, SUBDUED, "No values to draw");
        36.0
    } else {
        match chart.kind {
            ChartKind::Columns => bars::upright(&mut sheet, &drawn),
            ChartKind::Bars => bars::lying(&mut sheet, &drawn),
            ChartKind::Lines => lines::draw(&mut sheet, &drawn),
        }
    };
    sheet.finish(WIDTH, height, &chart.caption)
}

/// A picture of [`svg`], or of [`super::bars::svg`], as PNG on white.
///
/// # Errors
/// When the text is no SVG, or the width is none that can be drawn.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>> {
    ensure!((1..=MOST_PIXELS).contains(&width), "A picture can be 1 to {MOST_PIXELS} pixels wide, not {width}");
    let options = Options { font_family: fonts::FAMILY.into(), fontdb: fonts::database(), ..closed() };
    let tree = Tree::from_str(&standalone(svg), &options).context("The chart could not be drawn")?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).ceil().clamp(1.0, 4.0 * MOST_PIXELS as f32) as u32;
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| anyhow!("The chart is too large to be drawn"))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    // On white nothing is transparent, so that premultiplied colours are plain ones.
    picture::png(width, height, pixels.data())
}

/// Options that open no file: pictures within pictures are left out, unless they are in the text itself.
pub(super) fn closed() -> Options<'static> {
    let mut options = Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options.fontdb = Arc::new(resvg::usvg::fontdb::Database::new());
    options
}

/// A picture as a file of its own. Those that stand in web pages need no name of their language.
pub(super) fn standalone(svg: &str) -> String {
    if svg.contains(XMLNS) { svg.to_owned() } else { svg.replacen("<svg", &format!("<svg{XMLNS}"), 1) }
}

/// A picture as part of a web page.
pub(super) fn inline(svg: &str) -> String {
    svg.replacen(XMLNS, "", 1)
}

const XMLNS: &str = " xmlns=\"http://www.w3.org/2000/svg\"";

#[cfg(test)]
mod tests;
