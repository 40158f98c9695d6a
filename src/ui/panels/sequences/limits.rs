//! How much a head is written to at most, all sequences together.

use egui::{Ui, vec2};

use super::editor::{line, number};
use crate::jobs::Progress;
use crate::model::sequence::{Pressure, Quiet};
use crate::ui::cx::Cx;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{card, check, choice, remark, say};

/// Draws the limits; a change is kept at once.
pub fn show(cx: &mut Cx, ui: &mut Ui) {
    let Some(kept) = cx.shop.as_ref().map(|shop| shop.facts.pressure) else { return };
    let mut wanted = kept;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(theme::of(ui).space().x2, theme::of(ui).space().x2);
        say(ui, Type::Emphasis, "Limits on messages per head");
        remark(ui, "All sequences together keep them; what a limit holds back is not sent later");
        limit(ui, "On one day", &mut wanted.per_day, 1);
        limit(ui, "Within 7 days", &mut wanted.per_week, 3);
        limit(ui, "Within 30 days", &mut wanted.per_30_days, 8);
        quiet(ui, &mut wanted.quiet);
        line(ui, "Collide within", |ui| {
            number(ui, "Days within which two sequences collide", "days", &mut wanted.apart_days);
            remark(ui, "0 = on the same day");
        });
        line(ui, "Counted too", |ui| {
            check(ui, "Messages that files tell of per customer", &mut wanted.contacts);
        });
        line(ui, "Consent unknown", |ui| {
            check(ui, "Write to customers of whom no file tells whether they agreed", &mut wanted.assume_consent);
        });
    });
    if wanted != kept && wanted.problems().is_empty() {
        keep(cx, wanted);
    }
}

fn keep(cx: &mut Cx, wanted: Pressure) {
    if let Some(shop) = &mut cx.shop {
        shop.facts.pressure = wanted;
    }
    cx.write("Saving", move |home: &mut Home, _: &Progress| home.session()?.set_pressure(&wanted), |_, ()| {});
}

fn limit(ui: &mut Ui, label: &str, limit: &mut Option<u32>, usual: u32) {
    line(ui, label, |ui| {
        let mut on = limit.is_some();
        if check(ui, "At most", &mut on).changed() {
            *limit = on.then_some(usual);
        }
        match limit {
            Some(most) => drop(number(ui, &format!("{label}, at most"), "messages", most)),
            None => drop(remark(ui, "no limit")),
        }
    });
}

fn quiet(ui: &mut Ui, quiet: &mut Option<Quiet>) {
    let hours: Vec<String> = (0..24).map(|hour| format!("{hour}:00")).collect();
    line(ui, "Quiet hours", |ui| {
        let mut on = quiet.is_some();
        if check(ui, "From", &mut on).changed() {
            *quiet = on.then_some(Quiet { from: 21, to: 8 });
        }
        if let Some(Quiet { from, to }) = quiet {
            if let Some(n) = choice(ui, "First quiet hour", 90.0, &hours[usize::from(*from).min(23)], &hours) {
                *from = n as u8;
            }
            remark(ui, "to");
            if let Some(n) = choice(ui, "End of the quiet hours", 90.0, &hours[usize::from(*to).min(23)], &hours) {
                *to = n as u8;
            }
            remark(ui, "what is due then goes when they end");
        }
    });
}
