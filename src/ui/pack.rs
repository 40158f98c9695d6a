//! The client pack: what is to be in it, then where to, then one archive.

use egui::Ui;

use super::cx::{Cx, counted};
use super::dialog::Ask;
use super::modal::Modal;
use super::settings::short_path;
use super::shop::Home;
use super::theme::{self, Tone, Type};
use super::widgets::{Button, check, remark, say, segmented};
use crate::jobs::Progress;
use crate::ops::document::{SECTIONS, Wanted};
use crate::ops::pack::{Mode, Pack};
use crate::report::FORMATS;

/// What is asked before a pack is made.
pub struct PackAsk {
    mode: Mode,
    formats: Vec<bool>,
    sections: Vec<bool>,
}

/// What was answered.
pub enum Answer {
    /// Nothing yet.
    Stay,
    /// Not to make one.
    Close,
    /// To make this one.
    Make(Box<Pack>),
}

impl Default for PackAsk {
    fn default() -> Self {
        let sections = SECTIONS.iter().map(|(key, _)| *key != "files").collect();
        Self { mode: Mode::default(), formats: FORMATS.iter().map(|_| true).collect(), sections }
    }
}

impl PackAsk {
    /// Draws what can be chosen.
    pub fn ui(&mut self, ui: &mut Ui) -> Answer {
        let t = theme::of(ui);
        say(ui, Type::Section, "Make a client pack");
        let choices = Mode::ALL.map(|mode| (mode, mode.name()));
        segmented(ui, "What is in the pack", &choices, &mut self.mode);
        remark(ui, self.mode.in_words());
        ui.add_space(t.space().x2);
        say(ui, Type::Label, "Documents");
        ui.horizontal_wrapped(|ui| {
            for (format, on) in FORMATS.iter().zip(&mut self.formats) {
                check(ui, format.title(), on);
            }
        });
        ui.add_space(t.space().x2);
        say(ui, Type::Label, "Chapters");
        let half = SECTIONS.len().div_ceil(2);
        let sections = &mut self.sections;
        ui.columns(2, |columns| {
            for (at, ((_, title), on)) in SECTIONS.iter().zip(sections).enumerate() {
                check(&mut columns[at / half], title, on);
            }
        });
        ui.add_space(t.space().x4);
        self.buttons(ui)
    }

    fn buttons(&self, ui: &mut Ui) -> Answer {
        let mut answer = Answer::Stay;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let some = self.sections.iter().any(|on| *on) || self.formats.iter().all(|on| !on);
            if ui.add(Button::accent("Save the pack…").enabled(some)).clicked() {
                answer = Answer::Make(Box::new(self.pack()));
            }
            if ui.add(Button::new("Cancel").key("Esc")).clicked() {
                answer = Answer::Close;
            }
        });
        answer
    }

    fn pack(&self) -> Pack {
        let sections =
            SECTIONS.iter().zip(&self.sections).filter(|(_, on)| **on).map(|((key, _), _)| (*key).to_owned());
        let formats = FORMATS.iter().zip(&self.formats).filter(|(_, on)| **on).map(|(format, _)| *format);
        let wanted = Wanted { sections: sections.collect(), ..Wanted::default() };
        Pack { mode: self.mode, wanted, formats: formats.collect() }
    }
}

impl Cx {
    /// Asks what a client pack is to hold.
    pub fn ask_pack(&mut self) {
        self.modal = Some(Modal::Pack(PackAsk::default()));
    }

    /// Asks where to, then makes the pack as one archive, of the day that is on view.
    pub fn make_pack(&mut self, pack: Pack) {
        let Some(shop) = &self.shop else { return };
        let as_of = shop.data().map(|_| shop.as_of());
        let ask = Ask::Save { name: format!("{} client pack.zip", shop.facts.name), extension: "zip" };
        self.ask_save(ask, move |cx, path| {
            let shown = short_path(&path);
            let make =
                move |home: &mut Home, progress: &Progress| home.session()?.make_pack(&path, &pack, as_of, progress);
            cx.command("Making the client pack", "", make, move |cx, result| match result {
                Ok(packed) => {
                    let files = counted(packed.files.len() as u64, "file", "files");
                    cx.notices.tell(Tone::Good, "Client pack made", format!("{files} in {shown}"), None);
                }
                Err(error) => cx.notices.failed("The client pack was not made", &error),
            });
        });
    }
}
