//! What else is shown: what segments have in common, and suggestions.

use std::sync::Arc;

use egui::{Align, Layout, Ui};

use super::data::tip;
use super::{Builder, Editing, Tab, draft};
use crate::analytics::rules::{MOST, Picked, Sieve};
use crate::model::MetricId;
use crate::model::rule::Words;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::customers::members::to_customers;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Button, card::hairline, check, figure, paint, remark, say, say_in, segmented};

impl Builder {
    pub(super) fn tabs(&mut self, cx: &mut Cx, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let tabs = [
                (Tab::Rule, "Rule"),
                (Tab::Members, "Members"),
                (Tab::Overlap, "Overlap"),
                (Tab::Suggestions, "Suggestions"),
            ];
            segmented(ui, "What is shown", &tabs, &mut self.tab);
            let found = self.picked();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| to_customers(cx, ui, found.as_ref()));
        });
    }

    /// The members of the rule on view.
    fn picked(&self) -> Option<Arc<Picked>> {
        let (_, found) = self.found.latest()?;
        found.as_ref().as_ref().ok().map(|group| group.picked.clone())
    }

    pub(super) fn member_list(&mut self, cx: &mut Cx, ui: &mut Ui) {
        match self.picked() {
            Some(picked) if picked.members.count() > 0 => self.members.show(cx, ui, &picked),
            Some(_) => drop(remark(ui, "Nobody fits the rule")),
            None => {}
        }
    }

    pub(super) fn overlap(&mut self, cx: &mut Cx, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let saved = cx.shop.as_ref().map(|shop| shop.facts.segments.clone()).unwrap_or_default();
        if saved.len() < 2 {
            remark(ui, "Save two segments or more to see what they have in common");
            return;
        }
        say(ui, Type::Label, "Segments to compare");
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::of(ui).space().x4;
            for segment in &saved {
                let mut on = self.compared.contains(&segment.id);
                if check(ui, &segment.name, &mut on).changed() {
                    match on {
                        true if self.compared.len() < MOST => self.compared.push(segment.id),
                        _ => self.compared.retain(|id| *id != segment.id),
                    }
                }
            }
        });
        let groups = self.groups(&saved);
        if groups.len() < 2 {
            remark(ui, "Choose two or more");
            return;
        }
        if let Some((_, shared)) = self.shared.latest() {
            super::upset::draw(ui, sieve, &groups, shared);
        }
    }

    pub(super) fn suggestions(&mut self, ui: &mut Ui, sieve: &Arc<Sieve>) {
        let Some((_, offers)) = self.offers.latest() else {
            remark(ui, "Looking at the shop’s percentiles");
            return;
        };
        if offers.suggestions.is_empty() {
            remark(ui, "Too few customers bought for suggestions from the shop’s own percentiles");
            return;
        }
        let t = theme::of(ui);
        let currency = sieve.shop.definitions.currency;
        let words = Words { locale: locale::current(), currency };
        let mut taken = None;
        for (at, (suggestion, group)) in offers.suggestions.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            ui.horizontal(|ui| {
                let use_it = Button::outline("Use").small().named(suggestion.name);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.add(use_it).clicked() {
                        taken = Some(suggestion.clone());
                    }
                    ui.add_space(t.space().x2);
                    let text = locale::count(group.count.customers);
                    let response = say(ui, Type::Label, &text);
                    let place = response.rect;
                    let label = format!("Customers of {}: {text}", suggestion.name);
                    figure::door(ui, place, ui.scope_id().with(("suggested", at)), &label, &|| {
                        tip(sieve, group, MetricId::Customers)
                    });
                    paint::dotted(ui.painter(), t, place.left_bottom(), place.width());
                    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        say(ui, Type::Label, suggestion.name);
                        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                        say(ui, Type::Body, suggestion.rule.sentence(words));
                        say_in(ui, Type::Caption, t.text.subdued, &suggestion.why);
                    });
                });
            });
        }
        if let Some(suggestion) = taken {
            self.tab = Tab::Rule;
            self.editing = Some(Editing {
                id: 0,
                name: suggestion.name.into(),
                description: suggestion.why,
                rule: draft::Group::of(&suggestion.rule, currency),
            });
        }
    }
}
