//! Prints the milliseconds from the start of the process to the first frame on the screen: of an empty eframe window,
//! or with a WORKSPACE of the workbench that opens it.
//!
//! `cargo run --release --example first_frame -- [WORKSPACE]`

use std::path::PathBuf;
use std::time::Instant;

use cartwright::ui::App;
use cartwright::ui::settings::Places;

struct Timed {
    app: Option<App>,
    started: Instant,
    frames: u32,
}

impl eframe::App for Timed {
    fn logic(&mut self, _: &egui::Context, _: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.tick();
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.frames += 1;
        if self.frames == 2 {
            // The second frame begins when the first was handed to the screen.
            println!("{}", self.started.elapsed().as_millis());
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        ui.ctx().request_repaint();
        if let Some(app) = &mut self.app {
            app.show(ui);
        }
    }
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let workspace = std::env::args().nth(1).map(PathBuf::from);
    let viewport = egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let options = eframe::NativeOptions { renderer: eframe::Renderer::Glow, ..options };
    let settings = tempfile::tempdir().map_err(|error| eframe::Error::AppCreation(error.into()))?;
    let make = move |cc: &eframe::CreationContext<'_>| {
        let app = workspace.map(|path| {
            let mut app = App::new(&cc.egui_ctx, Places::within(settings.path()));
            app.cx.open(path);
            app
        });
        Ok(Box::new(Timed { app, started, frames: 0 }) as Box<dyn eframe::App>)
    };
    eframe::run_native("First frame", options, Box::new(make))
}
