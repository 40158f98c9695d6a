//! Versions: issues of the document that were kept, and two of them side by side.

use std::sync::Arc;

use egui::{Id, Key, Ui};

use super::data::Facts;
use super::{Goes, changes};
use crate::framework::state::{Change, between, changes as against};
use crate::jobs::Progress;
use crate::model::strategy::Issue;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::{Button, Field, TableState, choice, hairline, remark, say};

/// The drawer and what it remembers.
#[derive(Default)]
pub(super) struct Versions {
    name: String,
    /// Places of the two that are compared; the second `None` = as the form stands.
    compared: Option<(usize, Option<usize>)>,
    table: TableState,
}

impl Versions {
    /// Draws the drawer.
    pub fn show(&mut self, cx: &mut Cx, ui: &Ui, facts: &Arc<Facts>) -> Goes {
        let issues = &facts.issues.issues;
        let line = match issues.len() {
            0 => "Nothing was kept yet".to_owned(),
            n => format!("{} kept", counted(n as u64, "issue", "issues")),
        };
        let title = if self.compared.is_some() { "Two versions compared" } else { "Versions of the document" };
        let within = drawer::place(ui.ctx());
        let drawer = Drawer { title, line: &line, within, scrolls: self.compared.is_none() };
        let mut goes = Goes::Stays;
        let closed = drawer.show(ui.ctx(), |ui| match self.compared {
            Some(pair) => goes = self.compare(cx, ui, facts, pair),
            None => self.list(cx, ui, facts),
        });
        match goes {
            Goes::Stays if closed && self.compared.is_some() => {
                self.compared = None;
                Goes::Stays
            }
            Goes::Stays if closed => Goes::Closed,
            goes => goes,
        }
    }

    fn list(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let own = cx.shop.as_ref().is_some_and(|shop| shop.facts.handed_over.is_none());
        say(ui, Type::Label, "Keep the form as it stands");
        remark(ui, "An issue keeps every value with its origin, so that later versions can be compared with it");
        let proposed = format!("Issue of {}", locale::date(facts.as_of));
        let entered = ui
            .horizontal(|ui| {
                let field = Field::new("Name of the issue", ui.available_width() - 120.0).hint(&proposed);
                let response = field.id(Id::unique("name of the issue")).show(ui, &mut self.name);
                let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                ui.add(Button::new("Keep issue").icon(icons::ADD).enabled(own)).clicked() || (entered && own)
            })
            .inner;
        if entered {
            let name = std::mem::take(&mut self.name);
            let name = if name.trim().is_empty() { proposed } else { name.trim().to_owned() };
            keep(cx, name, facts);
        }
        ui.add_space(theme::of(ui).space().x2);
        for (at, issue) in facts.issues.issues.iter().enumerate().rev() {
            hairline(ui);
            if row(ui, issue) {
                self.compared = Some((at, None));
                self.table = TableState::default();
            }
        }
    }

    fn compare(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts, (first, second): (usize, Option<usize>)) -> Goes {
        let issues = &facts.issues.issues;
        let Some(one) = issues.get(first) else {
            self.compared = None;
            return Goes::Stays;
        };
        let names: Vec<String> = issues.iter().map(called).collect();
        let mut seconds = names.clone();
        seconds.push(AS_IT_STANDS.to_owned());
        let other = second.and_then(|at| issues.get(at));
        let shown = other.map_or(AS_IT_STANDS.to_owned(), called);
        let (mut first, mut second) = (first, second);
        ui.horizontal(|ui| {
            let wide = (ui.available_width() - 40.0) / 2.0;
            if let Some(new) = choice(ui, "Earlier version", wide, &called(one), &names) {
                first = new;
            }
            remark(ui, "→");
            if let Some(new) = choice(ui, "Later version", wide, &shown, &seconds) {
                second = (new < issues.len()).then_some(new);
            }
        });
        self.compared = Some((first, second));
        let changed: Vec<Change> = match other {
            Some(other) => between(one, other),
            None => against(one, &facts.state),
        };
        let fields = counted(changed.len() as u64, "field differs", "fields differ");
        ui.horizontal(|ui| {
            say(ui, Type::Body, if changed.is_empty() { "Both say the same".to_owned() } else { fields });
            if ui.add(Button::plain("All versions").icon(icons::BACK).small()).clicked() {
                self.compared = None;
            }
        });
        let currency = super::currency(cx);
        let heads = ("Before", "After");
        let table = &mut self.table;
        match changes::show(cx, ui, table, "Versions compared", heads, &changed, currency) {
            Some(key) if second.is_none() => Goes::To(key),
            _ => Goes::Stays,
        }
    }
}

const AS_IT_STANDS: &str = "As it stands";

/// An issue in a list: its name and the day of its figures.
fn called(issue: &Issue) -> String {
    format!("{} ({})", issue.name, locale::date(issue.as_of))
}

/// A kept issue; whether it is to be compared.
fn row(ui: &mut Ui, issue: &Issue) -> bool {
    let typed = issue.fields.values().filter(|field| field.typed).count();
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            say(ui, Type::Label, &issue.name);
            remark(
                ui,
                format!(
                    "Figures of {}, kept {}; {}, {} typed",
                    locale::date(issue.as_of),
                    locale::moment(issue.at),
                    counted(issue.fields.len() as u64, "field", "fields"),
                    locale::count(typed as u64)
                ),
            );
        });
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let name = format!("Compare {}", issue.name);
        ui.with_layout(layout, |ui| ui.add(Button::new("Compare").icon(icons::COMPARE).small().named(&name)).clicked())
            .inner
    })
    .inner
}

/// Keeps the form as an issue.
fn keep(cx: &mut Cx, name: String, facts: &Facts) {
    let as_of = facts.as_of;
    let kept = name.clone();
    let work = move |home: &mut Home, progress: &Progress| home.session()?.issue(&kept, Some(as_of), progress);
    cx.write("Keeping the issue", work, move |cx, _| {
        let undo = cx.made(1);
        cx.notices.tell(Tone::Good, "Issue kept", name, undo);
    });
}
