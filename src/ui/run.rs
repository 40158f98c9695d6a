//! Opens the native window.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use eframe::{NativeOptions, Renderer};
use egui::{Rect, ViewportBuilder, pos2, vec2};

use super::app::App;
use super::geometry::{LEAST, USUAL};
use super::settings::{Places, Settings};
use super::theme;
use super::widgets::mark;

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.cx.note_window(ctx);
        self.tick();
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.close();
        self.cx.flush_settings();
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
                app.cx.keep_on(&screens(cc));
                match first {
                    // Goes on where the last window was closed or killed.
                    First::Welcome => app.cx.reopen(),
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

/// The screens that are there, in points.
fn screens(cc: &eframe::CreationContext<'_>) -> Vec<Rect> {
    let Some(window) = cc.winit_window() else { return Vec::new() };
    let scale = |monitor_scale: f64| monitor_scale.max(0.1) as f32;
    let screens = window.available_monitors().map(|monitor| {
        let (at, size, scale) = (monitor.position(), monitor.size(), scale(monitor.scale_factor()));
        Rect::from_min_size(
            pos2(at.x as f32 / scale, at.y as f32 / scale),
            vec2(size.width as f32 / scale, size.height as f32 / scale),
        )
    });
    screens.collect()
}

fn options(renderer: Renderer) -> NativeOptions {
    let place = Settings::load(&Places::usual().settings).window;
    let viewport = ViewportBuilder::default()
        .with_app_id("cartwright")
        .with_title("Cartwright")
        .with_inner_size(USUAL)
        .with_min_inner_size(LEAST)
        .with_icon(mark::window_icon())
        .with_drag_and_drop(true);
    let centered = place.is_none_or(|place| place.at.is_none());
    let viewport = place.map_or_else(|| viewport.clone(), |place| place.builder(viewport.clone()));
    NativeOptions { viewport, renderer, centered, persist_window: false, ..NativeOptions::default() }
}
