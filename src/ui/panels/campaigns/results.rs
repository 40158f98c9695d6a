//! What the campaign came to so far, by its measures.

use std::sync::Arc;

use egui::Ui;

use super::{Editing, Facts, heading};
use crate::analytics::success::{Came, Success, success};
use crate::model::Campaign;
use crate::model::campaign::{Source, Target, metric};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::TableKey;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::{Field, remark, say, say_in, text};

/// The card and what it remembers.
pub struct Results {
    found: Slot<(TableKey, (chrono::NaiveDateTime, chrono::NaiveDateTime)), Arc<Success>>,
}

impl Default for Results {
    fn default() -> Self {
        Self { found: Slot::new("Looking at what it came to") }
    }
}

impl Results {
    fn ask(&mut self, cx: &mut Cx, campaign: &Campaign) {
        let details = cx.ask_details();
        let Some(shop) = &cx.shop else { return };
        let (key, Some(base)) = (shop.table_key(), details) else { return };
        let (wanted, campaign) = (key.clone(), campaign.clone());
        self.found.ask((key, (campaign.starts, campaign.ends)), || {
            cx.compute(move |progress| {
                let (data, details) = (&base.0, &base.1);
                let found = success(data, details, &wanted.definitions, wanted.as_of, &campaign, progress)?;
                Ok(Ok(Arc::new(found)))
            })
        });
    }

    /// Draws the card's content.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
        let as_of = cx.shop.as_ref().map(|shop| shop.as_of());
        let begun = as_of.is_some_and(|as_of| editing.campaign.days().0 <= as_of);
        let line = match (begun, as_of) {
            (true, Some(as_of)) => format!("Up to {}; what it caused is the post-mortem’s to say", locale::date(as_of)),
            _ => "Told once the data reach its first day".to_owned(),
        };
        heading(ui, "Targets and outcome", &line, |_| {});
        if editing.campaign.metrics.is_empty() {
            remark(ui, "It has no measures; add some on the first page");
        }
        if begun {
            self.ask(cx, &editing.campaign);
        }
        let found = self.found.latest().filter(|_| begun).map(|(_, found)| found.clone());
        let Editing { campaign, typing, .. } = editing;
        egui::Grid::new("outcome").num_columns(3).spacing([20.0, 8.0]).show(ui, |ui| {
            let t = theme::of(ui);
            for head in ["Measure", "Target", "Outcome"] {
                say_in(ui, Type::Caption, t.text.subdued, head);
            }
            ui.end_row();
            for (n, one) in campaign.metrics.iter_mut().enumerate() {
                let info = metric(one.kind);
                say(ui, Type::Body, info.name).on_hover_text(info.about);
                say(ui, Type::Body, words(Came::typed(one.target), facts));
                ui.horizontal(|ui| {
                    if info.source == Source::Typed {
                        let field = Field::new(info.name, 96.0).hint("type it");
                        let shown = one.typed.map_or_else(String::new, Target::display);
                        let read = super::typing::percent_or_none;
                        if let Some(new) = typing.bare(ui, &format!("metrics[{n}].typed"), field, shown, read) {
                            one.typed = new.map(Target::Percent);
                        }
                    }
                    let came = match (&found, one.typed) {
                        (_, Some(typed)) => Some(Came::typed(typed)),
                        (Some(found), None) => found.of(one.kind, None),
                        (None, None) => None,
                    };
                    outcome(ui, came, one.target, facts, info.source);
                });
                ui.end_row();
            }
        });
        if found.is_some_and(|found| !found.over) {
            remark(ui, "The window is not over yet");
        }
    }
}

fn outcome(ui: &mut Ui, came: Option<Came>, target: Target, facts: &Facts, source: Source) {
    let t = theme::of(ui);
    let Some(came) = came else {
        if source != Source::Typed {
            say_in(ui, Type::Body, t.text.subdued, "—");
        }
        return;
    };
    match came.reaches(target, facts.currency) {
        Some(true) => drop(text::icon(ui, icons::ANSWERED, t.icon().small, t.tone(Tone::Good).mark)),
        Some(false) => drop(text::icon(ui, icons::WARNING, t.icon().small, t.tone(Tone::Warning).mark)),
        None => {}
    }
    if source != Source::Typed {
        say(ui, Type::Label, words(came, facts));
    }
}

fn words(came: Came, facts: &Facts) -> String {
    match came {
        Came::Money(minor) => locale::money(minor, facts.currency),
        Came::Share(share) => locale::percent(share, 1),
        Came::Count(count) => locale::count(count),
    }
}
