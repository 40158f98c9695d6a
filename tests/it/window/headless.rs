//! A window without a display: the workbench in a headless harness, for behaviour tests and pictures.

use std::path::Path;
use std::time::{Duration, Instant};

use cartwright::ui::settings::{Places, Settings, ThemeChoice};
use cartwright::ui::{App, theme};
use egui::UiBuilder;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable as _};

/// A workbench in a harness.
pub type Window = Harness<'static, Option<App>>;

/// A window of 1440 × 900 whose settings and workspaces lie in `folder`.
pub fn window(folder: &Path, look: egui::Theme) -> Window {
    let places = Places::within(folder);
    let theme = if look == egui::Theme::Dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    if !places.settings.exists() {
        Settings { theme, ..Settings::default() }.save(&places.settings).expect("settings can be written");
    }
    Harness::builder()
        .with_size(egui::vec2(1440.0, 900.0))
        .with_theme(look)
        .with_os(egui::os::OperatingSystem::Nix)
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(theme::install)
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| App::new(ui.ctx(), places.clone()));
                app.tick();
                // The harness keeps a margin; a window has none.
                let whole = ui.ctx().content_rect();
                let mut ui = ui.new_child(UiBuilder::new().max_rect(whole));
                ui.set_clip_rect(whole);
                app.show(&mut ui);
            },
            None,
        )
}

/// The workbench in the window.
pub fn app(window: &mut Window) -> &mut App {
    window.state_mut().as_mut().expect("the first frame makes the workbench")
}

/// Steps until `done`, at most half a minute.
pub fn wait(window: &mut Window, what: &str, done: impl Fn(&Window) -> bool) {
    let started = Instant::now();
    while !done(window) {
        assert!(started.elapsed() < Duration::from_secs(30), "waited in vain for {what}; on view: {}", words(window));
        std::thread::sleep(Duration::from_millis(2));
        window.step();
    }
}

/// Everything that is said on the screen.
fn words(window: &Window) -> String {
    let all = window.root().query_all(By::new().predicate(|node| node.label().or(node.value()).is_some()));
    let said = |node: egui_kittest::Node<'_>| {
        let node = NodeT::accesskit_node(&node);
        node.label().or(node.value()).unwrap_or_default()
    };
    all.map(said).collect::<Vec<_>>().join(" | ")
}

/// Steps until workers had time to answer and nothing is under way.
pub fn settle(window: &mut Window) {
    let mut quiet = 0;
    let started = Instant::now();
    while quiet < 25 && started.elapsed() < Duration::from_secs(60) {
        window.step();
        std::thread::sleep(Duration::from_millis(4));
        let cx = &app(window).cx;
        quiet = if cx.is_idle() && cx.working().is_none() { quiet + 1 } else { 0 };
    }
}
