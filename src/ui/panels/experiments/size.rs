//! How many must take part and for how long, by what the shop's own customers or sessions do.

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use super::Facts;
use super::table::Print;
use crate::analytics::experiment::plan::Base;
use crate::model::experiment::{Experiment, Plan, Variant};
use crate::model::{Day, Definitions};
use crate::ops::experiments::baseline::{Baseline, Takers};
use crate::ops::experiments::planning::{Needed, Seen};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::Type;
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::chip::segmented;
use crate::ui::widgets::record::{form_card, heading};
use crate::ui::widgets::{remark, say};

/// Height of the curve.
const HEIGHT: f32 = 260.0;

/// What a size is computed for: the state of the data, what of the plan changes it, of whom, the day, what words mean.
type Key = (u64, Plan, Takers, Day, Definitions);

/// The card and what it remembers.
pub struct SizeCard {
    needed: Slot<Key, Arc<(Needed, Baseline)>>,
    takers: Takers,
}

impl Default for SizeCard {
    fn default() -> Self {
        Self { needed: Slot::new("Sizing the experiment"), takers: Takers::default() }
    }
}

impl SizeCard {
    /// Draws the card below the plan.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, experiment: &Experiment, facts: &Facts) {
        let Some(shop) = &cx.shop else { return };
        if shop.is_empty() || shop.data().is_none() {
            return form_card(ui, |ui| {
                heading(ui, "How large it must be", "", |_| {});
                remark(ui, "Once orders are imported, it is told from the shop’s own visitors and customers");
            });
        }
        let key: Key =
            (shop.data_key(), sized(&experiment.plan), self.takers, facts.as_of, shop.facts.definitions.clone());
        self.needed.ask(key.clone(), || {
            cx.from_session(move |home, progress| {
                home.dataset(key.0, progress)?;
                Ok(Ok(Arc::new(home.session()?.plan_experiment(&key.1, key.2, Some(key.3), progress)?)))
            })
        });
        let view = self.needed.view();
        let takers = &mut self.takers;
        let about = ("Too little data to size it", "A size takes some weeks of customers or sessions");
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| {
            form_card(ui, |ui| ready(cx, ui, takers, &experiment.plan, found, facts));
        });
        if stop {
            self.needed.stop();
        }
    }
}

/// The plan without what changes no size, so that typing a hypothesis computes nothing.
fn sized(plan: &Plan) -> Plan {
    let variant = |variant: &Variant| Variant { share: variant.share, ..Variant::default() };
    Plan {
        variants: plan.variants.iter().map(variant).collect(),
        primary: plan.primary.clone(),
        window_days: plan.window_days,
        covariate: plan.covariate.clone(),
        stop: plan.stop,
        correction: plan.correction,
        alpha: plan.alpha,
        power: plan.power,
        effect: plan.effect,
        ..Plan::default()
    }
}

fn ready(cx: &mut Cx, ui: &mut Ui, takers: &mut Takers, plan: &Plan, found: &Arc<(Needed, Baseline)>, facts: &Facts) {
    let (needed, baseline) = &**found;
    let of = baseline.takers.name();
    heading(ui, "How large it must be", "", |ui| {
        let kinds = [(Takers::Customers, "Customers"), (Takers::Sessions, "Sessions")];
        segmented(ui, "Of whom it is made", &kinds, takers);
    });
    let print = Print::of(&plan.primary, facts.currency);
    let value = match needed.known.base {
        Base::Share { rate } => rate,
        Base::Value { mean, .. } => mean,
    };
    let effect = locale::percent(plan.effect.unwrap_or(0.05), 1);
    let sentence = match &needed.size {
        None => "Cannot tell: the plan has a problem".to_owned(),
        Some(size) => {
            let weeks = needed.weeks.map_or_else(String::new, |weeks| {
                format!(", {} at the shop’s pace", locale::counted(weeks.into(), "week", "weeks"))
            });
            let arms: Vec<String> = size.arms.iter().map(|n| locale::count(*n)).collect();
            format!("{} {of} ({}){weeks} to find a change of {effect}", locale::count(size.users), arms.join(" + "))
        }
    };
    say(ui, Type::Emphasis, sentence);
    let (first, last) = baseline.days;
    remark(
        ui,
        format!(
            "From {} – {}: {} is {} now, of {} {of}{}",
            locale::date(first),
            locale::date(last),
            plan.primary.name().to_lowercase(),
            print.value(value),
            locale::count(baseline.users),
            if needed.known.correlation.abs() > 0.01 {
                format!(
                    "; what they spent before tells {} of how they differ",
                    locale::percent(needed.known.correlation.powi(2), 0)
                )
            } else {
                String::new()
            }
        ),
    );
    for problem in &needed.problems {
        remark(ui, format!("{}: {}", problem.field, problem.words));
    }
    if needed.too_few {
        remark(ui, "There are not so many; look for a larger effect, or let it run with fewer variants");
    }
    for (seen, change) in &needed.detectable {
        let who = match seen {
            Seen::Weeks(weeks) => format!("After {}", locale::counted((*weeks).into(), "week", "weeks")),
            Seen::All(users) => format!("With all {} {of}", locale::count(*users)),
        };
        remark(ui, format!("{who} it finds changes of {} and more", locale::percent(*change, 1)));
    }
    for what in &needed.what_if {
        let more = locale::percent(what.ratio - 1.0, 0);
        let sign = if what.ratio > 1.0 { "+" } else { "" };
        remark(ui, format!("{}: {sign}{more}, {} {of}", what.words, locale::count(what.size.users)));
    }
    curve(cx, ui, needed, of);
}

/// Power over the number of those who take part.
fn curve(cx: &mut Cx, ui: &mut Ui, needed: &Needed, of: &str) {
    if needed.curve.is_empty() {
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let periods: Vec<String> = needed.curve.iter().map(|(users, _)| locale::count(users.round() as u64)).collect();
    let values = needed.curve.iter().map(|(_, power)| Some(*power)).collect();
    let series = [Series { name: "Chance to find it".into(), kind: Kind::Line, values }];
    let chart = Chart {
        title: "Chance to find the effect",
        line: &format!("by the number of {of} who take part"),
        about: "The power of the test: how often the smallest effect worth finding is found when it is there",
        period: "Taking part",
        periods: &periods,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|value| locale::percent(value, 0),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Power", asked, |row, column| chart.value(row, column));
    }
}
