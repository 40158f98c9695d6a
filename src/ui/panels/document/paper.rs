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
        Block::Note(text) => words(ui, t, Type::Caption, t.text.subdued, text),
    }
}

fn words(ui: &mut Ui, t: &Theme, role: Type, ink: Color32, text: &str) {
    ui.label(crate::ui::widgets::text::rich(t, role, text).color(ink));
}

fn pairs(ui: &mut Ui, t: &Theme, facts: &[(String, String)]) {
    let left = 150.0;
    for (term, text) in facts {
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(left, t.line(Type::Body)), Sense::hover());
            let font = t.font(Type::Label);
            paint::text_in(ui.painter(), rect, Align2::LEFT_CENTER, term, font, t.text.strong);
            ui.vertical(|ui| words(ui, t, Type::Body, t.text.normal, text));
        });
    }
}

/// Column widths by what stands in them: numbers as wide as needed, texts share the rest.
fn widths(ui: &Ui, t: &Theme, table: &Table, room: f32) -> Vec<f32> {
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), t.font(Type::Caption), t.text.normal).size().x;
    let cells = |i: usize| table.rows.iter().chain(&table.total).filter_map(move |row| row.get(i));
    let mut widths: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            cells(i).map(|cell| wide(&cell.text)).fold(wide(&column.header), f32::max) + 2.0 * t.space().x2
        })
        .collect();
    let all: f32 = widths.iter().sum();
    if let (true, Some(last)) = (all < room, widths.last_mut()) {
        *last += room - all;
    } else if all > room {
        let texts: f32 = widths.iter().zip(&table.columns).filter(|(_, c)| !c.numeric).map(|(width, _)| *width).sum();
        let cut = ((texts - (all - room)) / texts.max(1.0)).max(0.2);
        for (width, _) in widths.iter_mut().zip(&table.columns).filter(|(_, c)| !c.numeric) {
            *width *= cut;
        }
    }
    widths
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
        let font = egui::FontId { size: t.font(Type::Caption).size + 1.0, ..t.font(Type::Body) };
        line(ui, t, table, &widths, row, (font, t.text.normal), t.border.subtle);
    }
    if let Some(total) = &table.total {
        let font = egui::FontId { size: t.font(Type::Caption).size + 1.0, ..t.strong_font(Type::Body) };
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
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().dense), Sense::hover());
    let said: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Row, true, said.join(", ")));
    let mut x = rect.left();
    for ((cell, width), column) in cells.iter().zip(widths).zip(&table.columns) {
        let place =
            Rect::from_min_size(pos2(x, rect.top()), vec2(*width, rect.height())).shrink2(vec2(t.space().x1, 0.0));
        let anchor = if column.numeric { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        paint::text_in(ui.painter(), place, anchor, &cell.text, font.clone(), ink);
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
