//! Frames without a window or a graphics driver, to measure what a frame costs the processor.

use std::path::PathBuf;
use std::time::Duration;

use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, vec2};

use super::app::App;
use super::panels::PanelId;
use super::settings::Places;

/// The size of the window that is measured.
const SIZE: [f32; 2] = [1440.0, 900.0];

/// The workbench with an input that is made up.
pub struct Probe {
    ctx: Context,
    app: App,
    frames: u32,
}

impl Probe {
    /// Opens a workspace and waits until its list of customers is on view.
    pub fn new(places: Places, workspace: PathBuf) -> Self {
        let ctx = Context::default();
        let mut app = App::new(&ctx, places);
        app.cx.open(workspace);
        let mut probe = Self { ctx, app, frames: 0 };
        while probe.app.cx.shop.as_ref().and_then(|shop| shop.segments()).is_none() {
            std::thread::sleep(Duration::from_millis(5));
            probe.frame(Vec::new());
        }
        probe.app.cx.go(PanelId::Customers);
        for _ in 0..200 {
            std::thread::sleep(Duration::from_millis(5));
            probe.frame(Vec::new());
        }
        probe
    }

    /// Customers in the list.
    pub fn customers(&self) -> u64 {
        self.app.cx.shop.as_ref().and_then(|shop| shop.segments()).map_or(0, |table| table.total.customers)
    }

    /// One frame: everything the window's thread does between input and the triangles to draw. Gives their number.
    pub fn frame(&mut self, events: Vec<Event>) -> usize {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            focused: true,
            ..RawInput::default()
        };
        self.app.tick();
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| app.show(ui));
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        primitives
            .iter()
            .map(|primitive| match &primitive.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum()
    }

    /// The pointer over the middle of the list, and a turn of the wheel.
    pub fn scroll(points: f32) -> Vec<Event> {
        vec![
            Event::PointerMoved(Pos2::new(SIZE[0] / 2.0, SIZE[1] / 2.0)),
            Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -points),
                modifiers: egui::Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Trackpad,
            },
        ]
    }
}
