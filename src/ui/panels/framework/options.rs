//! The shop's kind: five options that change guidance and what is offered, and presets that choose all five.

use std::sync::Arc;

use egui::Ui;

use super::Goes;
use super::data::Facts;
use crate::framework::template::options::{self, ILLUSTRATION, Preset, ShopOption};
use crate::jobs::Progress;
use crate::model::strategy::Options;
use crate::ui::cx::Cx;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::{Button, chip, choice, hairline, remark, say};

/// The drawer and what it remembers.
#[derive(Default)]
pub(super) struct OptionsDrawer {
    /// What was chosen and is on its way into the workspace.
    sent: Option<Options>,
}

impl OptionsDrawer {
    /// Draws the drawer.
    pub fn show(&mut self, cx: &mut Cx, ui: &Ui, facts: &Arc<Facts>) -> Goes {
        if self.sent.as_ref() == Some(&facts.answers.options) {
            self.sent = None;
        }
        let on_view = self.sent.clone().unwrap_or_else(|| facts.answers.options.clone());
        let own = cx.shop.as_ref().is_some_and(|shop| shop.facts.handed_over.is_none());
        let line = "They change guidance and what is offered; nothing that stands in a field";
        let within = drawer::place(ui.ctx());
        let drawer = Drawer { title: "The kind of shop", line, within, scrolls: true };
        let (mut new, mut taken) = (on_view.clone(), None);
        let closed = drawer.show(ui.ctx(), |ui| {
            ui.add_enabled_ui(own, |ui| {
                for option in options::options() {
                    choices(ui, option, &mut new);
                }
                ui.add_space(theme::of(ui).space().x2);
                say(ui, Type::Emphasis, "Presets");
                for preset in options::presets() {
                    hairline(ui);
                    if about(ui, preset, on_view.preset.as_deref() == Some(preset.key.as_str())) {
                        taken = Some(preset);
                    }
                }
            });
        });
        if new != on_view {
            self.sent = Some(new.clone());
            let work = move |home: &mut Home, _: &Progress| home.session()?.set_options(&new);
            cx.write("Saving the options", work, |_, _| {});
        }
        if let Some(preset) = taken {
            self.sent = Some(options::of_preset(preset));
            let work = move |home: &mut Home, _: &Progress| home.session()?.take_preset(preset);
            cx.write("Taking the preset", work, |_, _| {});
        }
        if closed { Goes::Closed } else { Goes::Stays }
    }
}

/// One option with its choices.
fn choices(ui: &mut Ui, option: &ShopOption, on_view: &mut Options) {
    say(ui, Type::Label, &option.title);
    let chosen = options::chosen(on_view, &option.key).and_then(|key| option.choice(key));
    let mut names: Vec<String> = option.choices.iter().map(|one| one.title.clone()).collect();
    names.push(NONE.to_owned());
    let wide = ui.available_width();
    let shown = chosen.map_or(NONE, |one| one.title.as_str());
    if let Some(new) = choice(ui, &option.title, wide, shown, &names) {
        let text = option.choices.get(new).map_or("", |one| one.key.as_str());
        // Only what there is can be chosen here.
        let _ = options::choose(on_view, &option.key, text);
    }
    remark(ui, &option.help);
}

const NONE: &str = "Not chosen";

/// A preset: what it is, what the framework tells of such a shop; whether it is to be begun with.
fn about(ui: &mut Ui, preset: &Preset, in_use: bool) -> bool {
    let mut taken = false;
    ui.horizontal(|ui| {
        say(ui, Type::Label, &preset.title);
        if in_use {
            chip(ui, "Chosen");
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            let name = format!("Begin with {}", preset.title);
            let button = Button::new("Begin with it").small().named(&name).enabled(!in_use);
            taken = ui.add(button).clicked();
        });
    });
    remark(ui, &preset.about);
    for (label, words) in &preset.facts {
        say(ui, Type::Body, format!("{label}: {words}"));
    }
    say(ui, Type::Caption, ILLUSTRATION);
    for result in &preset.results {
        say(ui, Type::Body, format!("•  {result}"));
    }
    taken
}
