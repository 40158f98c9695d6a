//! The menu of one in a list: move it, copy it, take it away.

use egui::{Response, Ui};

use crate::ui::theme::icons;
use crate::ui::widgets::menu::{item, menu_line, menu_of};

/// What is done with it.
#[derive(Clone, Copy)]
pub enum Act {
    Up,
    Down,
    Copy,
    Remove,
}

/// The menu below a button, for one that is the first or the last of its list; `away` is the word for its removal.
pub fn arrange_menu(button: &Response, (first, last): (bool, bool), away: &str) -> Option<Act> {
    let mut act = None;
    menu_of(button, |ui| {
        let mut line = |ui: &mut Ui, words: &str, icon, enabled, does| {
            if item(ui, words, Some(icon), None, false, enabled).clicked() && enabled {
                act = Some(does);
            }
        };
        line(ui, "Move up", icons::ARROW_UP, !first, Act::Up);
        line(ui, "Move down", icons::ARROW_DOWN, !last, Act::Down);
        line(ui, "Duplicate", icons::COPY, true, Act::Copy);
        menu_line(ui);
        line(ui, away, icons::DELETE, true, Act::Remove);
    });
    act
}
