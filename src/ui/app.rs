//! The window's content, drawn into any `Ui`: a native window or a headless test.

use std::time::{Duration, Instant};

use egui::{Align2, CentralPanel, Context, Frame, Id, LayerId, Margin, Order, Popup, Rect, ScrollArea, Ui};

use super::commands;
use super::cx::Cx;
use super::door;
use super::importing::Stage;
use super::modal;
use super::notices::Act;
use super::palette;
use super::panels::{self, PANELS, Panel, PanelId};
use super::paths::Purpose;
use super::settings::Places;
use super::shell::{banner, nav, rail, top_bar};
use super::theme::{self, Type, corner};
use super::widgets::paint;

/// The workbench.
pub struct App {
    /// What all parts share.
    pub cx: Cx,
    pages: Vec<(PanelId, Box<dyn Panel>)>,
    /// The page that was drawn last.
    shown: Option<PanelId>,
}

impl App {
    /// A window without a shop. Fonts and themes are installed into `ctx`.
    pub fn new(ctx: &Context, places: Places) -> Self {
        theme::install(ctx);
        // The zoom has its commands.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        Self { cx: Cx::new(ctx, places), pages: pages(), shown: None }
    }

    /// Takes in what workers have finished; also called while the window is hidden.
    pub fn tick(&mut self) {
        self.cx.tick();
    }

    /// The page on view is left: it saves what was typed into it.
    fn leave(&mut self) {
        let Some(shown) = self.shown.take() else { return };
        if let Some((_, panel)) = self.pages.iter_mut().find(|(id, _)| *id == shown) {
            panel.leave(&mut self.cx);
        }
    }

    /// The window is closed: what was typed last is saved, for which nobody waits long.
    pub fn close(&mut self) {
        const PATIENCE: Duration = Duration::from_secs(3);
        self.leave();
        // Pages take along what is only counted for them.
        self.pages.clear();
        let started = Instant::now();
        while self.cx.working().is_some() && started.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
            self.cx.tick();
        }
    }

    /// Draws one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        if self.cx.renew_pages || self.shown.is_some_and(|shown| shown != self.cx.page) {
            self.leave();
        }
        if std::mem::take(&mut self.cx.renew_pages) {
            self.pages = pages();
        }
        let cx = &mut self.cx;
        self.shown = Some(cx.page);
        commands::follow_keys(cx);
        top_bar::show(cx, ui);
        banner::show(cx, ui);
        let open = cx.shop.is_some();
        if open {
            rail::show(cx, ui);
            nav::show(cx, ui);
        }
        let padding = if open || cx.import.is_some() { t.shell().page_padding as i8 } else { 0 };
        let margin = Margin { left: padding, right: padding, top: padding - padding / 3, bottom: padding };
        let frame = Frame::new().fill(t.surface.page).inner_margin(margin);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let page = self.pages.iter_mut().find(|(id, _)| *id == cx.page);
            match page {
                Some((id, panel)) if open => {
                    ui.push_id(*id, |ui| page_room(ui, |ui| panel.ui(cx, ui)));
                }
                Some((id, panel)) if *id == PanelId::Imports && cx.import.is_some() => {
                    ui.push_id(*id, |ui| panel.ui(cx, ui));
                }
                _ => panels::welcome::show(cx, ui),
            }
        });
        door::follow_clicks(cx);
        door::show(cx, ui.ctx(), ui.ctx().content_rect().bottom() - if open { t.shell().time_rail } else { 0.0 });
        modal::show(cx);
        palette::show(cx);
        let mut foot = ui.ctx().content_rect().bottom() - if open { t.shell().time_rail } else { 0.0 };
        // A notice must not lie over the button that imports.
        if cx.page == PanelId::Imports && cx.import.as_ref().is_some_and(|flow| flow.stage != Stage::Done) {
            foot -= panels::imports::FOOT + t.shell().page_padding;
        }
        if let Some(act) = cx.notices.toasts(ui.ctx(), foot) {
            match act {
                Act::Undo(made) => cx.undo_made(made),
                Act::ShowImports => cx.page = PanelId::Imports,
            }
        }
        drops(cx, ui);
        // As of the next frame: egui itself takes Esc from a field before the page is drawn.
        let ctx = ui.ctx();
        cx.esc_taken = ctx.egui_wants_keyboard_input() || Popup::is_any_open(ctx) || cx.modal.is_some();
        if let Some(text) = cx.to_copy.take() {
            ui.ctx().copy_text(text);
        }
        if std::mem::take(&mut cx.quit) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// Room for a page: all there is, or, where that is too low (a small window, a large zoom), more by scrolling.
fn page_room(ui: &mut Ui, page: impl FnOnce(&mut Ui)) {
    /// Pages are made for this height and more.
    const LEAST: f32 = 480.0;
    if ui.available_height() >= LEAST {
        return page(ui);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let size = egui::vec2(ui.available_width(), LEAST);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        page(&mut ui.new_child(egui::UiBuilder::new().max_rect(rect)));
    });
}

/// Every page, as new.
fn pages() -> Vec<(PanelId, Box<dyn Panel>)> {
    let mut pages: Vec<(PanelId, Box<dyn Panel>)> = PANELS.iter().map(|p| (p.id, (p.make)())).collect();
    pages.push((PanelId::Customer, Box::new(panels::customer::CustomerPage::default())));
    pages.push((PanelId::Gallery, Box::new(panels::gallery::Gallery::default())));
    pages
}

/// Files dropped anywhere on the window; while they hover, what will happen to them.
fn drops(cx: &mut Cx, ui: &Ui) {
    let ctx = ui.ctx();
    let dropped: Vec<_> = ctx.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    if !dropped.is_empty() {
        let workspaces = dropped.iter().all(|path| path.extension().is_some_and(|e| e == "cartwright"));
        cx.take_paths(if workspaces { Purpose::Open } else { Purpose::Import }, dropped);
    }
    let hovered: Vec<String> = ctx.input(|i| {
        let names = i.raw.hovered_files.iter().filter_map(|file| file.path.as_ref()?.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    });
    let hovering = ctx.input(|i| i.raw.hovered_files.len());
    if hovering > 0 {
        drop_overlay(ctx, &hovered, hovering);
    }
}

/// Ends of names of files that hold tables.
pub const TABLE_FILES: [&str; 4] = ["csv", "tsv", "txt", "xlsx"];

fn drop_overlay(ctx: &Context, names: &[String], count: usize) {
    let t = theme::get(ctx.global_style().visuals.dark_mode);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop overlay")));
    let screen: Rect = ctx.content_rect();
    painter.rect_filled(screen, 0.0, t.surface.scrim);
    let sheet = Rect::from_center_size(screen.center(), egui::vec2(t.shell().modal, 120.0));
    painter.rect_filled(sheet, corner(t.radius().large), t.surface.overlay);
    paint::dashed_rect(&painter, sheet.shrink(8.0), t.radius().medium, egui::Stroke::new(1.5, t.accent.base), 6.0, 4.0);
    let (title, line) = drop_words(names, count);
    let at = sheet.center() - egui::vec2(0.0, 12.0);
    paint::text(&painter, at, Align2::CENTER_CENTER, title, t.font(Type::Section), t.text.strong);
    let line_rect =
        Rect::from_center_size(sheet.center() + egui::vec2(0.0, 16.0), egui::vec2(sheet.width() - 48.0, 20.0));
    paint::text_in(&painter, line_rect, Align2::CENTER_CENTER, &line, t.font(Type::Body), t.text.subdued);
}

/// What a drop would do, said while the files are still held over the window.
fn drop_words(names: &[String], count: usize) -> (String, String) {
    let ends = |name: &String, with: &[&str]| {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        with.contains(&extension.as_str())
    };
    let tables = names.iter().filter(|name| ends(name, &TABLE_FILES)).count();
    match names {
        [] => ("Drop to import".to_owned(), super::cx::counted(count as u64, "file", "files")),
        [name] if ends(name, &["cartwright"]) => ("Drop to open the workspace".into(), name.clone()),
        [name] if tables == 0 => {
            (format!("{name} is no table"), format!("What can be read: {}", TABLE_FILES.join(", ")))
        }
        [name] => ("Drop to import".into(), name.clone()),
        names if tables < names.len() => {
            (format!("Drop to import {tables} of {} files", names.len()), "The others are no tables".into())
        }
        names => (format!("Drop to import {} files", names.len()), names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_held_over_the_window_are_judged_before_they_are_dropped() {
        let words =
            |names: &[&str]| drop_words(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>(), names.len());
        assert_eq!(words(&["orders.CSV"]), ("Drop to import".into(), "orders.CSV".into()));
        assert_eq!(words(&["photo.jpg"]).0, "photo.jpg is no table");
        assert_eq!(words(&["a.csv", "b.jpg"]).0, "Drop to import 1 of 2 files");
        assert_eq!(words(&["shop.cartwright"]).0, "Drop to open the workspace");
        assert_eq!(words(&[]).1, "0 files");
    }
}
