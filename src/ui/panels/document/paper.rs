//! A document on paper: always in the light theme, as it will be printed.

use egui::{Align2, Color32, Frame, Margin, Rect, Sense, Ui, pos2, vec2};

use crate::report::document::{Bars, Block, Cell, Document, Table};
use crate::ui::theme::{self, Theme, Type};
use crate::ui::widgets::paint;

/// Draws the sheet.
pub fn show(ui: &mut Ui, document: &Document) {
    let t = theme::get(false);
    let frame =
        Frame::new().fill(t.surface.panel).stroke(t.hairline(t.border.normal)).inner_margin(Margin::symmetric(64, 56));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = t.space().x2;
        words(ui, t, Type::Title, t.text.strong, &document.title);
        words(ui, t, Type::Body, t.text.subdued, &document.subtitle);
        ui.add_space(t.space().x2);
        for block in &document.blocks {
            draw(ui, t, block);
        }
    });
}

fn draw(ui: &mut Ui, t: &Theme, block: &Block) {
    match block {
        Block::Heading(level, text) => {
            ui.add_space(t.space().x3);
            let role = if *level == 1 { Type::Section } else { Type::Emphasis };
            words(ui, t, role, t.text.strong, text);
        }
        Block::Text(text) => words(ui, t, Type::Body, t.text.normal, text),
        Block::List(items) => {
            for item in items {
                words(ui, t, Type::Body, t.text.normal, &format!("•  {item}"));
            }
        }
        Block::Facts(facts) => pairs(ui, t, facts),
        Block::Table(table) => draw_table(ui, t, table),
        Block::Bars(bars) => draw_bars(ui, t, bars),
        Block::Chart(chart) => draw_table(ui, t, &chart.table()),
        Block::Note(text) => words(ui, t, Type::Caption, t.text.subdued, text),
    }
}

fn words(ui: &mut Ui, t: &Theme, role: Type, ink: Color32, text: &str) {
    ui.label(crate::ui::widgets::text::rich(t, role, text).color(ink));
}

/// Terms left, explanations right; both wrap.
fn pairs(ui: &mut Ui, t: &Theme, facts: &[(String, String)]) {
    let left = ui.available_width() * 0.3;
    ui.spacing_mut().item_spacing.y = t.space().x1;
    for (term, text) in facts {
        ui.horizontal_top(|ui| {
            for (width, role, ink, text) in [
                (left, Type::Label, t.text.strong, term),
                (ui.available_width() - left - t.space().x2, Type::Body, t.text.normal, text),
            ] {
                let layout = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
                    ui.set_width(width);
                    words(ui, t, role, ink, text);
                });
            }
        });
    }
    ui.spacing_mut().item_spacing.y = t.space().x2;
}

/// Column widths: numbers and short texts as wide as they are; what is missing is taken from the widest text.
fn widths(ui: &Ui, t: &Theme, table: &Table, room: f32) -> Vec<f32> {
    let font = small(t);
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), t.text.normal).size().x;
    let cells = |i: usize| table.rows.iter().chain(&table.total).filter_map(move |row| row.get(i));
    let natural = |(i, column): (usize, &crate::report::document::Column)| {
        cells(i).map(|cell| wide(&cell.text)).fold(wide(&column.header), f32::max) + 2.0 * t.space().x2
    };
    let mut widths: Vec<f32> = table.columns.iter().enumerate().map(natural).collect();
    let spare = room - widths.iter().sum::<f32>();
    let texts = (0..widths.len()).filter(|&i| !table.columns[i].numeric);
    if let Some(widest) = texts.max_by(|a, b| widths[*a].total_cmp(&widths[*b])) {
        widths[widest] = (widths[widest] + spare).max(6.0 * t.space().x4);
    }
    widths
}

/// Cells on paper are a point larger than captions.
fn small(t: &Theme) -> egui::FontId {
    egui::FontId { size: t.font(Type::Caption).size + 1.0, ..t.font(Type::Body) }
}

fn draw_table(ui: &mut Ui, t: &Theme, table: &Table) {
    if !table.caption.is_empty() {
        words(ui, t, Type::Caption, t.text.subdued, &table.caption);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let widths = widths(ui, t, table, ui.available_width());
    let header: Vec<Cell> = table.columns.iter().map(|column| Cell::text(&column.header)).collect();
    line(ui, t, table, &widths, &header, (t.font(Type::Caption), t.text.subdued), t.text.strong);
    for row in &table.rows {
        line(ui, t, table, &widths, row, (small(t), t.text.normal), t.border.subtle);
    }
    if let Some(total) = &table.total {
        let font = egui::FontId { size: small(t).size, ..t.strong_font(Type::Body) };
        line(ui, t, table, &widths, total, (font, t.text.strong), t.border.normal);
    }
    ui.spacing_mut().item_spacing.y = t.space().x2;
    ui.add_space(t.space().x2);
}

fn line(
    ui: &mut Ui,
    t: &Theme,
    table: &Table,
    widths: &[f32],
    cells: &[Cell],
    (font, ink): (egui::FontId, Color32),
    rule: Color32,
) {
    let pad = t.space().x1;
    // Text after a number stands off, or the two would read as one.
    let text_after_number = |i: usize| i > 0 && table.columns[i - 1].numeric && !table.columns[i].numeric;
    let lead = |i: usize| if text_after_number(i) { t.space().x4 } else { pad };
    let lay = |(i, (cell, width)): (usize, (&Cell, &f32))| {
        ui.painter().layout(cell.text.clone(), font.clone(), ink, (width - pad - lead(i)).max(1.0))
    };
    let galleys: Vec<_> = cells.iter().zip(widths).take(table.columns.len()).enumerate().map(lay).collect();
    let height = galleys.iter().map(|g| g.size().y).fold(0.0, f32::max) + t.space().x2;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let said: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Row, true, said.join(", ")));
    let mut x = rect.left();
    for (i, ((galley, width), column)) in galleys.into_iter().zip(widths).zip(&table.columns).enumerate() {
        let left = if column.numeric { x + width - pad - galley.size().x } else { x + lead(i) };
        ui.painter().galley(pos2(left, rect.top() + pad), galley, ink);
        x += width;
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), t.hairline(rule));
}

/// Colours of the five segments, as on the segments page; other parts in order.
fn part_colour(t: &Theme, parts: usize, i: usize) -> Color32 {
    use crate::analytics::segments::Segment;
    match (parts, Segment::ALL.get(i)) {
        (5, Some(segment)) => crate::ui::panels::segments::data::colour(t, *segment),
        _ => t.series(i),
    }
}

fn draw_bars(ui: &mut Ui, t: &Theme, bars: &Bars) {
    words(ui, t, Type::Caption, t.text.subdued, &bars.caption);
    for (name, shares) in &bars.bars {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().dense), Sense::hover());
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, format!("{name}, shares")));
        let label = Rect::from_min_size(rect.min, vec2(90.0, rect.height()));
        paint::text_in(ui.painter(), label, Align2::LEFT_CENTER, name, t.font(Type::Caption), t.text.strong);
        let bar = Rect::from_min_max(pos2(label.right(), rect.top() + 4.0), rect.max - vec2(0.0, 4.0));
        let mut at = 0.0_f32;
        for (i, share) in shares.iter().enumerate() {
            let left = bar.left() + at * bar.width();
            at += *share as f32;
            let right = (bar.left() + at * bar.width() - 1.5).max(left);
            let piece = Rect::from_min_max(pos2(left, bar.top()), pos2(right, bar.bottom()));
            ui.painter().rect_filled(piece, 1.5, part_colour(t, shares.len(), i));
        }
    }
    ui.horizontal_wrapped(|ui| {
        for (i, part) in bars.parts.iter().enumerate() {
            let (square, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
            ui.painter().rect_filled(square, 1.5, part_colour(t, bars.parts.len(), i));
            words(ui, t, Type::Caption, t.text.normal, part);
        }
    });
}
