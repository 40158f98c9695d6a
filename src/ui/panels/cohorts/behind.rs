//! Who stands behind the cell that is looked at.

use std::sync::Arc;

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use super::named::Named;
use super::{CohortsPage, Pick};
use crate::analytics::cohorts::active;
use crate::analytics::rules::Picked;
use crate::model::Dataset;
use crate::ui::cx::{Cx, counted};
use crate::ui::panels::customers::members::to_customers;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::text;

impl CohortsPage {
    /// Asks for the customers of the cell that is looked at, and tells the shop whom figures are about.
    pub(super) fn ask_for_customers(&mut self, cx: &mut Cx, data: &Arc<Dataset>) {
        let Some((_, named)) = self.named.latest() else { return };
        let Some(shop) = &mut cx.shop else { return };
        shop.picked.clone_from(&named.sets);
        let definitions = shop.facts.definitions.clone();
        if self.pick.as_ref().is_some_and(|(of, _)| !Arc::ptr_eq(&of.0, &named.found)) {
            self.pick = None;
        }
        let Some((of, (row, age))) = self.pick.clone() else { return };
        let Some(set) = named.sets.get(row).cloned() else { return };
        let (data, found) = (data.clone(), named.found.clone());
        self.picked.ask((of, (row, age)), || {
            cx.compute(move |_| {
                let Some(age) = age else { return Ok(Ok(set)) };
                let name = format!("{}, {} {age}", set.name, found.settings.step.word());
                let active = active(&data, &definitions, found.as_of, found.settings, (&set.members, age));
                Ok(Ok(Arc::new(Picked::new(name, active))))
            })
        });
    }

    /// Who stands behind the chosen cell, and the way to them.
    pub(super) fn behind(&self, cx: &mut Cx, ui: &mut Ui, rect: Rect, named: &Named, (row, age): Pick) {
        let t = theme::of(ui);
        let chosen = self.picked.latest().filter(|(key, _)| key.1 == (row, age)).map(|(_, picked)| picked.clone());
        let layout = Layout::left_to_right(Align::Center);
        let mut line = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        line.spacing_mut().item_spacing.x = t.space().x3;
        let name = named.names.get(row).map_or("", String::as_str);
        let words = match (&chosen, age) {
            (None, _) => "Looking for the customers".to_owned(),
            (Some(picked), None) => format!("{name}: {}", counted(picked.members.count(), "customer", "customers")),
            (Some(picked), Some(age)) => format!(
                "{name}: {} ordered in {} {age}",
                counted(picked.members.count(), "customer", "customers"),
                named.found.settings.step.word()
            ),
        };
        text::say(&mut line, Type::Label, words);
        to_customers(cx, &mut line, chosen.as_ref());
    }
}
