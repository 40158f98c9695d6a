//! The mark: a wheel with six spokes, drawn at any size.

use egui::{Color32, IconData, Painter, Pos2, Stroke, vec2};

/// Paints the mark.
pub fn paint(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let width = size * RIM;
    // Strokes of circles lie outside the radius.
    let radius = size / 2.0 - width;
    painter.circle_stroke(centre, radius, Stroke::new(width, colour));
    for spoke in 0..6 {
        let angle = (30.0 + 60.0 * spoke as f32).to_radians();
        painter
            .line_segment([centre, centre + radius * vec2(angle.cos(), angle.sin())], Stroke::new(width * 0.7, colour));
    }
    painter.circle_filled(centre, size * HUB, colour);
}

const RIM: f32 = 0.11;
const HUB: f32 = 0.12;

/// The mark as the window's icon, in the light theme's accent.
pub fn window_icon() -> IconData {
    const SIDE: usize = 64;
    let colour = crate::ui::theme::get(false).accent.base;
    let mut rgba = Vec::with_capacity(SIDE * SIDE * 4);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let cover =
                coverage((x as f32 + 0.5) / SIDE as f32 - 0.5, (y as f32 + 0.5) / SIDE as f32 - 0.5, SIDE as f32);
            rgba.extend([colour.r(), colour.g(), colour.b(), (cover * 255.0) as u8]);
        }
    }
    IconData { rgba, width: SIDE as u32, height: SIDE as u32 }
}

/// How much of a pixel the mark covers, by its distance from rim, spokes and hub.
fn coverage(x: f32, y: f32, pixels: f32) -> f32 {
    let r = x.hypot(y);
    let rim = (r - (1.0 - RIM) / 2.0).abs() - RIM / 2.0;
    let spoke = (0..3)
        .map(|i| {
            let angle = (30.0 + 60.0 * i as f32).to_radians();
            (x * angle.sin() - y * angle.cos()).abs() - RIM * 0.35
        })
        .fold(f32::INFINITY, f32::min)
        .max(r - 0.5 + RIM / 2.0);
    let distance = rim.min(spoke).min(r - HUB);
    (0.5 - distance * pixels).clamp(0.0, 1.0)
}
