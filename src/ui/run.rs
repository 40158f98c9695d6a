//! Opens the native window.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use eframe::{NativeOptions, Renderer};
use egui::{ViewportBuilder, vec2};

use super::app::App;
use super::settings::Places;
use super::theme;
use super::widgets::mark;

impl eframe::App for App {
    fn logic(&mut self, _: &egui::Context, _: &mut eframe::Frame) {
        self.tick();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::get(visuals.dark_mode).surface.page.to_normalized_gamma_f32()
    }
}

/// What the window shows first.
#[derive(Debug, Clone, Default)]
pub enum First {
    /// The welcome page.
    #[default]
    Welcome,
    /// This workspace.
    Workspace(PathBuf),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When no window can be opened: no display, or no usable graphics driver. The sentence says what to do.
pub fn run(first: &First) -> Result<()> {
    let order =
        if cfg!(target_os = "linux") { [Renderer::Glow, Renderer::Wgpu] } else { [Renderer::Wgpu, Renderer::Glow] };
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err(anyhow!(
            "there is no display to open a window on; every analysis also runs on the command line, see --help"
        ));
    }
    for renderer in order {
        let first = first.clone();
        let made = eframe::run_native(
            "Cartwright",
            options(renderer),
            Box::new(move |cc| {
                let mut app = App::new(&cc.egui_ctx, Places::usual());
                match first {
                    First::Welcome => {}
                    First::Workspace(path) => app.cx.open(path),
                }
                Ok(Box::new(app))
            }),
        );
        if made.is_ok() {
            return Ok(());
        }
    }
    Err(anyhow!(
        "no window could be opened: neither OpenGL nor the system's own graphics can be used here; every analysis \
         also runs on the command line, see --help"
    ))
}

fn options(renderer: Renderer) -> NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_app_id("cartwright")
        .with_title("Cartwright")
        .with_inner_size(vec2(1440.0, 900.0))
        .with_min_inner_size(vec2(960.0, 640.0))
        .with_icon(mark::window_icon())
        .with_drag_and_drop(true);
    NativeOptions { viewport, renderer, centered: true, ..NativeOptions::default() }
}
