//! Frames without a window or a graphics driver, to measure what a frame costs the processor.

use std::path::PathBuf;
use std::time::Duration;

use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, vec2};

use super::app::App;
use super::panels::PanelId;
use super::settings::Places;
use super::widgets::figure::{self, Tip};
use crate::model::MetricId;

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

    /// Goes to a page and waits until it has settled.
    pub fn go(&mut self, page: PanelId) {
        self.app.cx.go(page);
        let mut quiet = 0;
        while quiet < 20 {
            std::thread::sleep(Duration::from_millis(4));
            self.frame(Vec::new());
            quiet = if self.app.cx.is_idle() { quiet + 1 } else { 0 };
        }
    }

    /// Opens the drawer of the revenue of all customers, and waits for its rows.
    pub fn open_a_figure(&mut self) {
        self.go(PanelId::Segments);
        let Some(shop) = &self.app.cx.shop else { return };
        let Some(table) = shop.segments() else { return };
        let figure = table.figure(&table.total, MetricId::Revenue);
        figure::open(&self.ctx, Tip::of(&figure, &shop.facts.definitions, String::new()));
        self.go(PanelId::Segments);
    }

    /// Starts the import of a file, as far as it needs no answers.
    pub fn import(&mut self, file: PathBuf) {
        self.app.cx.import_files(vec![file]);
        self.go(PanelId::Imports);
        self.app.cx.run_import();
    }

    /// Whether a command is under way.
    pub fn is_working(&self) -> bool {
        self.app.cx.working().is_some()
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
        triangles(&self.ctx, output)
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

fn triangles(ctx: &Context, output: egui::FullOutput) -> usize {
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    let count = |primitive: &egui::ClippedPrimitive| match &primitive.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        egui::epaint::Primitive::Callback(_) => 0,
    };
    primitives.iter().map(count).sum()
}

/// The peer of the frame measurement: as many rows and ten columns of labels in egui's own scroll area and grid, in
/// egui's own style.
pub fn plain_table(rows: u64) -> impl FnMut(Vec<Event>) -> usize {
    let ctx = Context::default();
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    move |events| {
        let rect = Rect::from_min_size(Pos2::ZERO, SIZE.into());
        let input = RawInput { screen_rect: Some(rect), events, focused: true, ..RawInput::default() };
        let output = ctx.run_ui(input, |ui| {
            egui::ScrollArea::vertical().auto_shrink([false; 2]).show_rows(ui, 18.0, rows, |ui, visible| {
                egui::Grid::new("rows").striped(true).num_columns(10).show(ui, |ui| {
                    for row in visible {
                        for column in 0..10 {
                            ui.label(format!("Row {row}, column {column}"));
                        }
                        ui.end_row();
                    }
                });
            });
        });
        triangles(&ctx, output)
    }
}
