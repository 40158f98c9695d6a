//! Which files to ask for, where a form begins without any data.

use egui::Ui;

use crate::ops::files::FileToAsk;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::chip::tone_chip;
use crate::ui::widgets::{Button, hairline, remark, say};

/// Draws how to begin: the way to the import, and the list of files by platform.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, files: &[FileToAsk]) {
    let t = theme::of(ui);
    ui.add_space(t.space().x2);
    hairline(ui);
    say(ui, Type::Emphasis, "Nothing is imported yet");
    remark(ui, "Every field can be typed; these files of the shop fill most of them");
    let button = Button::new("Import files…").icon(icons::DROP).key_of("Import files…");
    if ui.add(button).clicked() {
        cx.ask_import();
    }
    ui.spacing_mut().item_spacing.y = t.space().x1 / 2.0;
    let mut platform = "";
    for file in files {
        if file.platform != platform {
            platform = file.platform;
            ui.add_space(t.space().x3);
            say(ui, Type::Label, platform);
        }
        ui.horizontal(|ui| {
            say(ui, Type::Body, file.title);
            if file.here {
                tone_chip(ui, "Here", Tone::Good, Some(icons::CHECK));
            }
        })
        .response
        .on_hover_text(format!("Without it stay open: {}", file.open_without));
        remark(ui, file.from);
    }
}
