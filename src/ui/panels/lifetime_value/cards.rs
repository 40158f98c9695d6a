//! The four figures of the page, each with its interval.

use egui::Ui;

use super::horizon_words;
use crate::analytics::clv::{Estimate, LifetimeValue};
use crate::model::figure::{Filter, Value};
use crate::model::{Currency, Definitions, MetricId};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::theme;
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::kpi::Kpi;

/// Money without its decimals.
pub fn whole(major: f64, currency: Currency) -> String {
    locale::current().money_whole((major * currency.scale() as f64).round() as i64, currency)
}

fn between(e: &Estimate, print: impl Fn(f64) -> String) -> String {
    format!("95% interval {} – {}", print(e.low), print(e.high))
}

/// Draws the cards side by side.
pub fn show(cx: &Cx, ui: &mut Ui, value: &LifetimeValue) {
    let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
    let (t, totals) = (theme::of(ui), &value.totals);
    let ahead = horizon_words(&value.base.settings);
    let currency = value.base.currency;
    let whole_number = |v: f64| locale::number(v, 0);
    let percent = |share: f64| locale::percent(share, 1);
    let cards = [
        (
            MetricId::PredictedValue,
            format!("Expected value, next {ahead}"),
            between(&totals.value, |v| whole(v, currency)),
        ),
        (MetricId::PredictedOrders, format!("Expected orders, next {ahead}"), between(&totals.orders, whole_number)),
        (MetricId::StillCustomers, "Buyers likely still active".into(), between(&totals.alive, whole_number)),
        (MetricId::Stopped, "Expected to have stopped".into(), between(&totals.churned(), percent)),
    ];
    let gap = t.space().x3;
    let width = ((ui.available_width() - 3.0 * gap) / 4.0).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (metric, label, line) in cards {
            let figure = value.figure(metric, Filter::All);
            let shown = match figure.value {
                Some(Value::Money(minor, currency)) => locale::current().money_whole(minor, currency),
                Some(Value::Share(share)) => percent(share),
                Some(Value::Number(number)) => whole_number(number),
                _ => String::new(),
            };
            let kpi = Kpi { label: &label, value: Some(&shown), delta: None, course: &[], line: &line };
            kpi.show_low(ui, width, || tip(value, metric, Filter::All, &definitions));
        }
    });
}

/// The hover of a figure of the model.
pub fn tip(value: &LifetimeValue, metric: MetricId, filter: Filter, definitions: &Definitions) -> Tip {
    let counts = match filter {
        Filter::All => counted(value.base.fit.buyers, "customer", "customers"),
        _ => String::new(),
    };
    let mut tip = Tip::of(&value.figure(metric, filter), definitions, counts);
    let settings = &value.base.settings;
    let discount = match metric {
        MetricId::PredictedValue => format!(", discounted by {} a year", locale::percent(settings.discount, 0)),
        _ => String::new(),
    };
    tip.rows.push(("Model", format!("{}{discount}", settings.model.name())));
    tip
}
