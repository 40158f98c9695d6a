//! What a refill from data found: how many fields data fill, and what became different since the last issue.

use std::sync::Arc;

use egui::Ui;

use super::data::Facts;
use super::{Goes, changes};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::{Button, TableState, remark, say};

/// The drawer and what it remembers.
#[derive(Default)]
pub(super) struct Refill {
    /// Fields from data before.
    before: usize,
    table: TableState,
}

/// What came of a frame of it.
pub(super) struct Shown {
    pub goes: Goes,
    /// An issue is to be kept.
    pub keep: bool,
}

impl Refill {
    /// Notes how the form stood before.
    pub fn begin(&mut self, facts: &Facts) {
        self.before = facts.filled_all().data;
    }

    /// Draws the drawer.
    pub fn show(&mut self, cx: &mut Cx, ui: &Ui, facts: &Arc<Facts>, working: bool) -> Shown {
        let filled = facts.filled_all();
        let line = match working {
            true => "Looking at the data…".to_owned(),
            false => format!(
                "{} from data, {} typed and kept, {} open",
                counted(filled.data as u64, "field", "fields"),
                locale::count(filled.typed as u64),
                locale::count(filled.open as u64)
            ),
        };
        let drawer = Drawer { title: "Filled from data", line: &line, within: drawer::place(ui.ctx()), scrolls: false };
        let (mut goes, mut keep) = (Goes::Stays, false);
        let closed = drawer.show(ui.ctx(), |ui| {
            if working {
                remark(ui, "The form shows what was there before until this is done");
                return;
            }
            if filled.data > self.before {
                let more = counted((filled.data - self.before) as u64, "more field is", "more fields are");
                say(ui, Type::Body, format!("{more} filled than before"));
            }
            let Some(issue) = facts.last_issue() else {
                say(ui, Type::Body, "No issue was kept yet, so there is nothing to tell changes against.");
                remark(ui, "Keep one when you hand the document over; the next refill then lists what changed since");
                keep = ui.add(Button::new("Keep an issue…").icon(icons::HISTORY)).clicked();
                return;
            };
            let changed = counted(facts.changed.len() as u64, "field", "fields");
            say(ui, Type::Label, format!("{changed} changed since “{}”", issue.name));
            remark(ui, format!("Its figures were of {}", locale::date(issue.as_of)));
            ui.add_space(theme::of(ui).space().x2);
            if facts.changed.is_empty() {
                return;
            }
            let currency = super::currency(cx);
            let (name, heads) = ("Changes since the last issue", ("Then", "Today"));
            if let Some(key) = changes::show(cx, ui, &mut self.table, name, heads, &facts.changed, currency) {
                goes = Goes::To(key);
            }
        });
        if closed && matches!(goes, Goes::Stays) {
            goes = Goes::Closed;
        }
        Shown { goes, keep }
    }
}
