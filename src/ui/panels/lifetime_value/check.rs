//! May the model be believed: the verdict of the held-out check, and its picture.

use egui::{Rect, Ui};

use crate::analytics::clv::held_out::Errors;
use crate::analytics::clv::{HeldOut, LifetimeValue, Verdict as Nearer};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::{Chart, Kind, Series};
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{remark, say};

/// The sentence, and what it rests on.
pub fn verdict(ui: &mut Ui, value: &LifetimeValue) {
    let check = match &value.held_out {
        Ok(check) => check,
        Err(unfit) => {
            let reason = format!("No check on the shop’s own past: {unfit}");
            let sentence = "Whether the model can be believed cannot be told yet";
            return Verdict { tone: Tone::Info, sentence, reason: &reason }.show(ui);
        }
    };
    let (tone, sentence) = match check.verdict {
        Nearer::Model if check.is_far_off() => {
            (Tone::Warning, "The model beats the naive rule, but was far off in total; weigh it")
        }
        Nearer::Model => (Tone::Good, "The model can be believed for this shop, rather than the past rate"),
        Nearer::Naive => (Tone::Warning, "The naive rule wins: that the past rate goes on was nearer than the model"),
        Nearer::Undecided => (Tone::Info, "Model and naive rule were equally near; more customers would settle it"),
    };
    let mut reason = reason(check);
    if let Some(settle) = &value.totals.would_settle {
        reason = format!("{reason}. {settle}");
    }
    Verdict { tone, sentence, reason: &reason }.show(ui);
}

fn reason(check: &HeldOut) -> String {
    let days = counted(check.days().unsigned_abs().into(), "unseen day", "unseen days");
    let bias = |e: &Errors| e.bias.map_or_else(String::new, |b| format!(" ({})", locale::signed_percent(b)));
    format!(
        "It expected {} repeat orders in {days} and {} came{}. Per customer it misses by {} orders, the naive rule by {}",
        locale::number(check.model.total, 0),
        locale::count(check.actual_total),
        bias(&check.model),
        locale::number(check.model.rmse, 2),
        locale::number(check.naive.rmse, 2),
    )
}

/// Orders per customer that came and that were foretold, by repeat orders before.
pub fn chart(cx: &mut Cx, ui: &mut Ui, value: &LifetimeValue, rect: Rect) {
    let Ok(check) = &value.held_out else {
        let t = theme::of(ui);
        card_at(ui, rect, t.space().x4, |ui| {
            say(ui, theme::Type::Emphasis, "Held-out check by past orders");
            remark(ui, "There is nothing to show until the check can be made");
        });
        return;
    };
    let periods: Vec<String> =
        check.classes.iter().map(|c| format!("{}{}", c.x, if c.and_more { "+" } else { "" })).collect();
    let series = |name: &str, kind, of: fn(&crate::analytics::clv::held_out::Class) -> f64| Series {
        name: name.into(),
        kind,
        values: check.classes.iter().map(|c| Some(of(c))).collect(),
    };
    let series = [
        series("What came", Kind::Rest, |c| c.actual.value),
        series(value.base.fit.model.name(), Kind::Dots, |c| c.model),
        series("Past rate goes on", Kind::Before, |c| c.naive),
    ];
    let days = counted(check.days().unsigned_abs().into(), "day", "days");
    let line = format!("Mean orders per customer in the {days} held out, by repeat orders before");
    let chart = Chart {
        title: "Held-out check by past orders",
        line: &line,
        about: "The model was fitted to the orders before the held-out days only; dots near the bars mean that it can be believed",
        period: "Repeat orders before",
        periods: &periods,
        series: &series,
        unfinished: None,
        flags: &[],
        print: &|v| locale::number(v, if (v - v.round()).abs() < 0.005 { 0 } else { 2 }),
    };
    if let Some(asked) = chart.show(ui, rect) {
        cx.deliver_chart("Held-out check", asked, |row, column| chart.value(row, column));
    }
}
