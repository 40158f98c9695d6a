//! What was measured outside of the data: values of a metric by period, typed here or brought by files.

use egui::Ui;

use super::detail::{read_value, unit_of};
use super::print;
use crate::jobs::Progress;
use crate::model::figure::Value;
use crate::model::kpi::Measurement;
use crate::model::metric::Metric;
use crate::model::{Currency, Day, MetricId};
use crate::ops::now;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::whole;
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::record::fact;
use crate::ui::widgets::{Button, Field, remark, say};

/// A measurement that is being typed.
#[derive(Default)]
pub struct Entry {
    of: Option<MetricId>,
    value: String,
    from: String,
    to: String,
    n: String,
    source: String,
    /// Why it was not taken.
    wrong: Option<String>,
}

/// Draws the measurements of a metric and a form for another one.
pub(super) fn show(
    cx: &mut Cx,
    ui: &mut Ui,
    entry: &mut Entry,
    metric: &Metric,
    known: &[Measurement],
    (days, currency): ((Day, Day), Currency),
) {
    if !metric.source.can_be_typed() {
        return;
    }
    if entry.of != Some(metric.id) {
        let (from, to) = (days.0.to_string(), days.1.to_string());
        *entry = Entry { of: Some(metric.id), from, to, ..Entry::default() };
    }
    let t = theme::of(ui);
    say(ui, Type::Emphasis, "Measured elsewhere");
    if !known.iter().any(|one| one.metric == metric.id) {
        remark(ui, "Nothing yet. Type a value with the days that it is of, or import a table of metrics by period");
    }
    for one in known.iter().filter(|one| one.metric == metric.id) {
        ui.horizontal(|ui| {
            let side = t.row().dense;
            let size = egui::vec2(ui.available_width() - side - t.space().x2, t.row().dense);
            let (place, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            let mut line =
                ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(("measured", one.from.0, one.to.0)));
            let name = format!("{} – {}{}", locale::date(one.from), locale::date(one.to), origin(one));
            fact(&mut line, &name, &print::value(metric, one.value));
            if one.typed {
                let words = format!("Remove the value of {}", locale::date(one.from));
                if icon_button_sized(ui, icons::CLOSE, &words, side).clicked() {
                    remove(cx, one);
                }
            }
        });
    }
    form(cx, ui, entry, metric, currency);
}

fn origin(one: &Measurement) -> String {
    let n = one.n.map(|n| format!("of {}", locale::count(n)));
    let source = (!one.source.is_empty()).then(|| one.source.clone());
    let parts: Vec<String> = n.into_iter().chain(source).collect();
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) }
}

fn form(cx: &mut Cx, ui: &mut Ui, entry: &mut Entry, metric: &Metric, currency: Currency) {
    let t = theme::of(ui);
    let half = ((ui.available_width() - t.space().x4) / 2.0).floor();
    ui.horizontal(|ui| {
        Field::new("First day", half).hint("2026-10-01").labelled(ui, &mut entry.from);
        Field::new("Last day", half).hint("2026-10-31").labelled(ui, &mut entry.to);
    });
    ui.horizontal(|ui| {
        Field::number("Value", unit_of(metric, &currency), half).labelled(ui, &mut entry.value);
        Field::number("Out of how many", "", half).hint("not said").labelled(ui, &mut entry.n);
    });
    Field::new("Who says so", ui.available_width()).hint("survey, tool …").labelled(ui, &mut entry.source);
    if let Some(wrong) = &entry.wrong {
        error_line(ui, wrong);
    }
    if ui.add(Button::new("Add the value").icon(icons::ADD)).clicked() {
        match measured(entry, metric, currency) {
            Ok(one) => {
                let work = move |home: &mut Home, _: &Progress| home.session()?.set_measurement(now(), &one);
                cx.write("Saving the value", work, |_, ()| {});
                (entry.value, entry.n, entry.wrong) = (String::new(), String::new(), None);
            }
            Err(why) => entry.wrong = Some(why),
        }
    }
}

/// What was typed as a measurement.
fn measured(entry: &Entry, metric: &Metric, currency: Currency) -> Result<Measurement, String> {
    let day = |text: &str| read::day(text)?.ok_or_else(|| "Type the first and the last day".to_owned());
    let value: Value = read_value(metric, &entry.value, currency)?.ok_or_else(|| "Type a value".to_owned())?;
    let one = Measurement {
        metric: metric.id,
        from: day(&entry.from)?,
        to: day(&entry.to)?,
        value,
        n: whole(&entry.n)?,
        source: entry.source.trim().to_owned(),
        typed: true,
    };
    one.check().map_err(|why| crate::ui::widgets::text::capital(&why))?;
    Ok(one)
}

fn remove(cx: &mut Cx, one: &Measurement) {
    let (metric, days) = (one.metric, (one.from, one.to));
    let work = move |home: &mut Home, _: &Progress| home.session()?.remove_measurement(now(), metric, days);
    cx.write("Removing the value", work, |_, _| {});
}
