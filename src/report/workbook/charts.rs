//! Charts of the spreadsheet program itself, which its user can change; they read the cells beside them.

use rust_xlsxwriter::{
    Chart as Native, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill,
    ChartType, Color,
};

use super::plan::Drawing;
use crate::report::document::{Bars, Chart, ChartKind, ChartUnit};
use crate::report::palette;
use crate::report::xml::legal;

/// Width and height in pixels.
const SIZE: (u32, u32) = (660, 380);
/// Rows that a chart covers.
pub const ROWS: u32 = SIZE.1 / 20 + 1;
const GRID: u32 = 0x00E2_DED7;
const TEXT: u32 = 0x0036_383D;

/// The chart of the numbers whose header stands in row `header` of the sheet `name`.
pub fn native(drawing: Drawing<'_>, name: &str, header: u32, accent: Option<[u8; 3]>) -> Native {
    match drawing {
        Drawing::Chart(chart) => amounts(chart, name, header, accent),
        Drawing::Bars(bars) => shares(bars, name, header, accent),
    }
}

fn amounts(chart: &Chart, name: &str, header: u32, accent: Option<[u8; 3]>) -> Native {
    let mut native = Native::new(match chart.kind {
        ChartKind::Columns => ChartType::Column,
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Lines => ChartType::Line,
    });
    let colours = palette::series(accent);
    let last = header + chart.labels.len() as u32;
    for at in 0..chart.series.len() {
        let column = at as u16 + 1;
        let series = native.add_series();
        series.set_name((name, header, column)).set_categories((name, header + 1, 0, last, 0));
        series.set_values((name, header + 1, column, last, column));
        let colour = colour(colours.get(at.min(colours.len().saturating_sub(1))).map_or("", String::as_str));
        if chart.kind == ChartKind::Lines {
            series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2.25)));
        } else {
            series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour))).set_gap(60);
        }
    }
    // Of lying bars the library calls the lower axis x, which is that of the values.
    let values = if chart.kind == ChartKind::Bars { native.x_axis() } else { native.y_axis() };
    values.set_num_format(match &chart.unit {
        ChartUnit::Share => "0%",
        ChartUnit::Money(_) | ChartUnit::Number(_) => "#,##0",
    });
    if let ChartUnit::Money(unit) | ChartUnit::Number(unit) = &chart.unit {
        values.set_name(unit.as_str());
    }
    if chart.kind == ChartKind::Bars {
        from_top(&mut native);
    }
    if chart.series.len() < 2 {
        native.legend().set_hidden();
    }
    dressed(native, name, chart.kind == ChartKind::Bars, &chart.caption)
}

/// One series per part: its row of the table.
fn shares(bars: &Bars, name: &str, header: u32, accent: Option<[u8; 3]>) -> Native {
    let mut native = Native::new(ChartType::BarPercentStacked);
    let colours = palette::parts(accent);
    let last = bars.bars.len() as u16;
    for at in 0..bars.parts.len() {
        let row = header + 1 + at as u32;
        let colour = colour(colours.get(at.min(colours.len().saturating_sub(1))).map_or("", String::as_str));
        let series = native.add_series();
        series.set_name((name, row, 0)).set_categories((name, header, 1, header, last));
        series.set_values((name, row, 1, row, last)).set_gap(40);
        series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    native.x_axis().set_num_format("0%");
    from_top(&mut native);
    dressed(native, name, true, &bars.caption)
}

/// The first of lying bars stands at the top, as in the table, and the values stay below.
fn from_top(native: &mut Native) {
    native.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
}

fn dressed(mut native: Native, name: &str, lies: bool, caption: &str) -> Native {
    let mut font = ChartFont::new();
    font.set_size(9).set_color(Color::RGB(TEXT));
    let mut bold = ChartFont::new();
    bold.set_size(11).set_bold().set_color(Color::RGB(TEXT));
    let line = ChartLine::new().set_color(Color::RGB(GRID)).set_width(0.75).clone();
    native.x_axis().set_font(&font).set_name_font(&font);
    native.y_axis().set_font(&font).set_name_font(&font);
    // Lines of the grid belong to the values, which x tells of lying bars.
    if lies { native.x_axis() } else { native.y_axis() }.set_major_gridlines(true).set_major_gridlines_line(&line);
    native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    if caption.trim().is_empty() {
        native.title().set_hidden();
    } else {
        // Taken from the sheet, as a name of its own could be read as a formula.
        native.title().set_name((name, 0, 0)).set_font(&bold);
    }
    native
        .set_width(SIZE.0)
        .set_height(SIZE.1)
        .set_alt_text(legal(&format!("{}. The numbers stand beside it", caption.trim())));
    native
}

/// `#RRGGBB` as the library wants it.
pub fn colour(hex: &str) -> Color {
    Color::RGB(u32::from_str_radix(hex.trim_start_matches('#'), 16).unwrap_or(TEXT))
}
