//! The figures of the customer, each a door.

use egui::Ui;

use super::Shown;
use crate::analytics::clv::{CustomerOutlook, Estimate, LifetimeValue, MONTH_DAYS};
use crate::model::figure::{Filter, Value};
use crate::model::{Definitions, Figure, MetricId};
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::panels::lifetime_value;
use crate::ui::slot::View;
use crate::ui::theme;
use crate::ui::widgets::figure::{Tip, exact};
use crate::ui::widgets::kpi::Kpi;

/// A card about to be drawn.
struct Card {
    label: String,
    value: Option<String>,
    line: String,
    tip: Option<Tip>,
}

/// Draws the cards side by side. What models foretell stands there once they were fitted.
pub fn show(
    cx: &Cx,
    ui: &mut Ui,
    shown: &Shown,
    (lifetime, outlook): (Option<&LifetimeValue>, Option<&CustomerOutlook>),
    definitions: &Definitions,
) {
    let t = theme::of(ui);
    let name = shown.dossier.person.called();
    let mut cards = known(shown, definitions);
    match lifetime.zip(outlook) {
        Some((value, outlook)) => cards.extend(foretold(value, outlook, shown, definitions)),
        None => cards.extend(untold(&why_not(cx, shown))),
    }
    let gap = t.space().x3;
    let n = cards.len() as f32;
    let width = ((ui.available_width() - (n - 1.0) * gap) / n).floor();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for card in &cards {
            let value = card.value.as_deref().filter(|_| card.tip.is_some());
            let kpi = Kpi { label: &card.label, value, delta: None, course: &[], line: &card.line };
            kpi.show_low(ui, width, || match &card.tip {
                Some(tip) => tip.clone().named(&name),
                None => Tip::of(&shown.table.customer_figure(0, MetricId::Orders, false), definitions, String::new()),
            });
        }
    });
}

/// A value that fits a card: large amounts without their decimals, which the hover has.
fn short(value: Value) -> String {
    const LARGE: i64 = 10_000;
    match value {
        Value::Money(minor, currency) if minor.abs() >= LARGE * currency.scale() => {
            locale::current().money_whole(minor, currency)
        }
        value => exact(Some(value)),
    }
}

/// What the orders say.
fn known(shown: &Shown, definitions: &Definitions) -> Vec<Card> {
    let (portrait, table) = (&shown.dossier.portrait, &shown.table);
    let card = |metric: MetricId, label: &str, line: String| {
        let figure = table.customer_figure(portrait.customer, metric, false);
        Card {
            label: label.to_owned(),
            value: figure.value.map(short),
            line,
            tip: figure.value.map(|_| Tip::of(&figure, definitions, String::new())),
        }
    };
    let in_year = |metric: MetricId| {
        let figure: Figure = table.customer_figure(portrait.customer, metric, true);
        format!("{} in 12 months", exact(figure.value))
    };
    let recency = portrait.facts.recency(portrait.as_of);
    let last = recency.map_or_else(
        || "No order yet".to_owned(),
        |days| format!("Last order {} ago", counted(days.unsigned_abs().into(), "day", "days")),
    );
    vec![
        card(MetricId::Orders, "Orders", in_year(MetricId::Orders)),
        card(MetricId::Revenue, "Revenue", in_year(MetricId::Revenue)),
        card(MetricId::Aov, "Average order", last),
    ]
}

/// What the models foretell.
fn foretold(value: &LifetimeValue, o: &CustomerOutlook, shown: &Shown, definitions: &Definitions) -> Vec<Card> {
    let filter = Filter::Customer(shown.dossier.portrait.customer);
    let ahead = counted((value.base.settings.horizon / MONTH_DAYS).round() as u64, "month", "months");
    let currency = value.base.currency;
    let whole = |major: f64| locale::current().money_whole((major * currency.scale() as f64).round() as i64, currency);
    let between = |e: &Estimate, print: &dyn Fn(f64) -> String| format!("95% {} – {}", print(e.low), print(e.high));
    let card = |metric: MetricId, label: String, line: String| {
        let figure = value.figure(metric, filter);
        let shown = match figure.value {
            Some(Value::Money(minor, currency)) => Some(locale::current().money_whole(minor, currency)),
            Some(Value::Number(number)) => {
                Some(locale::number(number, if metric == MetricId::StillCustomers { 2 } else { 1 }))
            }
            _ => None,
        };
        let tip = shown.is_some().then(|| lifetime_value::tip(value, metric, filter, definitions));
        Card { label, value: shown, line, tip }
    };
    vec![
        card(
            MetricId::StillCustomers,
            MetricId::StillCustomers.metric().name.into(),
            between(&o.p_alive, &|v| locale::number(v, 2)),
        ),
        card(
            MetricId::PredictedOrders,
            format!("Expected orders, {ahead}"),
            between(&o.orders, &|v| locale::number(v, 1)),
        ),
        card(MetricId::PredictedValue, format!("Expected value, {ahead}"), between(&o.value, &whole)),
    ]
}

/// The same cards while nothing is foretold, each with the reason.
fn untold(why: &str) -> Vec<Card> {
    [MetricId::StillCustomers, MetricId::PredictedOrders, MetricId::PredictedValue]
        .map(|metric| Card { label: metric.metric().name.into(), value: None, line: why.to_owned(), tip: None })
        .into()
}

fn why_not(cx: &Cx, shown: &Shown) -> String {
    if shown.dossier.portrait.facts.orders == 0 {
        return "Nothing bought yet".into();
    }
    match cx.shop.as_ref().map(|shop| shop.lifetime_view()) {
        Some(View::TooLittle(missing)) => {
            format!("Too little data: {} of {}", locale::count(missing.have), locale::count(missing.need))
        }
        Some(View::Failed(_)) => "The model does not fit".into(),
        _ => "Being computed".into(),
    }
}
