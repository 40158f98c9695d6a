//! Setups carried between workspaces, and copies of a workspace: what is asked, shown before, and told after.

use std::path::PathBuf;

use egui::{ScrollArea, Ui};

use super::cx::{Cx, counted};
use super::dialog::Ask;
use super::paths::Purpose;
use super::settings::short_path;
use super::shop::Home;
use super::theme::{self, Tone, Type};
use super::widgets::{hairline, remark, say, text};
use crate::jobs::Progress;
use crate::ops::setup::{Change, Incoming};

use super::modal::Modal;

impl Cx {
    /// Asks where to, then writes the setup.
    pub fn export_setup(&mut self) {
        let Some(shop) = &self.shop else { return };
        let ask = Ask::Save { name: format!("{} setup.json", shop.facts.name), extension: "json" };
        self.ask_save(ask, |cx, path| {
            let shown = short_path(&path);
            let export = move |home: &mut Home, _: &Progress| home.session()?.export_setup(&path);
            cx.command("Saving the setup", "", export, move |cx, result| match result {
                Ok(_) => cx.notices.tell(Tone::Good, "Setup saved", shown, None),
                Err(error) => cx.notices.failed("The setup was not saved", &error),
            });
        });
    }

    /// Asks for a setup, looks at it and shows what it would change.
    pub fn ask_setup(&mut self) {
        let look = |cx: &mut Self, path: PathBuf| {
            let look = move |home: &mut Home, _: &Progress| home.session()?.look_at_setup(&path);
            cx.command("Looking at the setup", "", look, |cx, result| match result {
                Ok(incoming) => cx.modal = Some(Modal::Setup(incoming)),
                Err(error) => cx.notices.failed("The setup cannot be taken over", &error),
            });
        };
        self.ask_path(Purpose::Then(Box::new(look)), Ask::Setup);
    }

    /// Takes over a setup that was looked at.
    pub fn take_over(&mut self, incoming: Incoming) {
        let shop = incoming.shop.clone();
        let work = move |home: &mut Home, _: &Progress| home.session()?.take_over_setup(&incoming);
        self.write("Taking over the setup", work, move |cx, ()| {
            let undo = cx.made(1);
            cx.notices.tell(Tone::Good, "Setup taken over", format!("From {shop}"), undo);
        });
    }

    /// Asks where to, then saves a copy: one for somebody else to read, or one of the user's own.
    pub fn save_copy(&mut self, for_reading: bool) {
        self.copy_then(for_reading, move |cx, path| {
            let title = if for_reading { "Copy for reading saved" } else { "Copy saved" };
            cx.notices.tell(Tone::Good, title, short_path(&path), None);
        });
    }

    /// Makes a copy that was handed over the user's own, and goes on in it.
    pub fn own_copy(&mut self) {
        self.copy_then(false, Self::open);
    }

    fn copy_then(&mut self, for_reading: bool, then: impl FnOnce(&mut Self, PathBuf) + Send + 'static) {
        let Some(shop) = &self.shop else { return };
        let kind = if for_reading { " for reading" } else { " copy" };
        let ask = Ask::Save { name: format!("{}{kind}.cartwright", shop.facts.name), extension: "cartwright" };
        self.ask_save(ask, move |cx, path| {
            let to = path.clone();
            let copy = move |home: &mut Home, _: &Progress| home.session()?.copy(&to, for_reading);
            cx.command("Saving a copy", "", copy, move |cx, result| match result {
                Ok(()) => then(cx, path),
                Err(error) => cx.notices.failed("The copy was not saved", &error),
            });
        });
    }
}

/// What taking over a setup would change, kind by kind.
pub fn preview(ui: &mut Ui, incoming: &Incoming) {
    let t = theme::of(ui);
    say(ui, Type::Section, format!("Take over the setup of {}", incoming.shop));
    let same = counted(incoming.unchanged as u64, "thing is", "things are");
    if incoming.changes.is_empty() {
        remark(ui, format!("Nothing would change: {same} the same here already"));
        return;
    }
    let changes = counted(incoming.changes.len() as u64, "change", "changes");
    let rest = if incoming.unchanged > 0 { format!("; {same} the same already") } else { String::new() };
    remark(ui, format!("{changes}, one step that can be undone{rest}"));
    ui.add_space(t.space().x2);
    ScrollArea::vertical().max_height(14.0 * t.row().field).auto_shrink([false, true]).show(ui, |ui| {
        let mut kind = "";
        for entry in &incoming.changes {
            if entry.kind != kind {
                kind = entry.kind;
                ui.add_space(t.space().x1);
                say(ui, Type::Emphasis, kind);
                hairline(ui);
            }
            change(ui, entry);
        }
    });
}

fn change(ui: &mut Ui, change: &Change) {
    let t = theme::of(ui);
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() * 0.4).round();
        ui.vertical(|ui| {
            ui.set_width(width);
            say(ui, Type::Body, &change.what);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ui.available_width());
            text::say_in(ui, Type::Label, t.text.strong, &change.to);
            if let Some(from) = &change.from {
                remark(ui, format!("Now: {from}"));
            }
        });
    });
}
