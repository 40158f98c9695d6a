//! Where the data of an experiment come from: typed totals, a file, or a hold-out list.

use std::path::PathBuf;

use egui::Ui;

use super::{Editing, Facts};
use crate::jobs::Progress;
use crate::model::Currency;
use crate::model::experiment::{
    Attached, Data, Experiment, Metric, MetricTotal, Spread, Sum, Totals, Unit, VariantTotals,
};
use crate::model::plan::Amount;
use crate::ops::experiments::attach::AttachedFile;
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::draft::Draft;
use crate::ui::locale;
use crate::ui::paths::Purpose;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::fields::typing::{Typing, whole as read_whole};
use crate::ui::widgets::form::choice_dimmed;
use crate::ui::widgets::record::{form_card, heading};
use crate::ui::widgets::{Button, Field, remark, say};

/// Width of a field of totals.
const WIDE: f32 = 130.0;

/// Draws the cards.
pub(super) fn show(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing, facts: &Facts) {
    form_card(ui, |ui| sources(cx, ui, editing));
    let Editing { draft: Draft { value: experiment, .. }, typing, .. } = editing;
    match &experiment.data {
        Some(Data::Customers(attached)) => form_card(ui, |ui| of_customers(ui, attached)),
        Some(Data::Totals(totals)) if !totals.file.is_empty() => {
            let words = format!("The totals are those of {}; they can be corrected below", totals.file);
            form_card(ui, |ui| {
                remark(ui, words);
            });
            form_card(ui, |ui| totals_card(ui, typing, experiment, facts.currency));
        }
        Some(Data::Totals(_)) => form_card(ui, |ui| totals_card(ui, typing, experiment, facts.currency)),
        Some(Data::Holdout(_)) | None => {}
    }
}

fn sources(cx: &mut Cx, ui: &mut Ui, editing: &mut Editing) {
    let line = match &editing.draft.value.data {
        None => "None yet".to_owned(),
        Some(Data::Totals(totals)) if totals.file.is_empty() => "Typed totals".to_owned(),
        Some(Data::Totals(totals)) => format!("Totals of each variant, from {}", totals.file),
        Some(Data::Customers(attached)) => format!(
            "{} from {}; what they bought comes from the shop’s own orders where the file does not tell",
            locale::counted(attached.customers, "customer", "customers"),
            attached.file
        ),
        Some(Data::Holdout(name)) => format!("Hold-out “{name}”: those held out are the control"),
    };
    let id = editing.draft.id;
    heading(ui, "Where the data come from", &line, |_| {});
    ui.horizontal(|ui| {
        if ui.add(Button::new("Type totals").icon(icons::EDIT)).clicked() {
            type_totals(&mut editing.draft.value);
        }
        if ui.add(Button::new("Open a file…").icon(icons::IMPORTS)).clicked() {
            let then = move |cx: &mut Cx, path: PathBuf| attach(cx, id, path);
            cx.ask_path(Purpose::Then(Box::new(then)), Ask::Experiment);
        }
        let held = cx.shop.as_ref().map(|shop| shop.facts.holdouts.clone()).unwrap_or_default();
        if !held.is_empty()
            && let Some(at) = choice_dimmed(
                ui,
                "Read a hold-out",
                egui::vec2(220.0, theme::of(ui).row().field),
                "Read a hold-out",
                &held,
                true,
            )
        {
            let name = held[at].clone();
            let work = move |home: &mut Home, _: &Progress| home.session()?.attach_holdout(id, &name);
            cx.write("Attaching the hold-out", work, |_, _| {});
        }
        if editing.draft.value.data.is_some()
            && ui.add(Button::plain("Take the data away").icon(icons::CLOSE)).clicked()
        {
            let work = move |home: &mut Home, _: &Progress| home.session()?.detach_data(id);
            cx.write("Taking the data away", work, |_, _| {});
        }
    });
    remark(
        ui,
        "A file has a row for each variant (GrowthBook’s export, or variant, users, conversions, revenue) or a row for each \
         customer (customer or e-mail, variant, time)",
    );
}

/// Attaches a file to an experiment and tells what came of it.
pub fn attach(cx: &mut Cx, id: i64, path: PathBuf) {
    let work = move |home: &mut Home, progress: &Progress| {
        let session = home.session()?;
        let looked = session.look_at_experiment_file(&path, progress)?;
        let columns = looked.columns.clone();
        session.attach_file(id, (&looked, &columns), true, progress)
    };
    cx.write("Reading the file", work, |cx, done: AttachedFile| {
        let undo = cx.made(1);
        let more = if done.adopted { "The variants of the file took the place of those of the plan" } else { "" };
        cx.notices.tell(Tone::Good, "The file is attached", more.to_owned(), undo);
    });
}

/// Empty sums for every variant, where there are none yet.
fn type_totals(experiment: &mut Experiment) {
    if matches!(experiment.data, Some(Data::Totals(_))) {
        return;
    }
    let empty = |name: &str| VariantTotals { variant: name.to_owned(), ..VariantTotals::default() };
    let variants = experiment.plan.variants.iter().map(|variant| empty(&variant.name)).collect();
    experiment.data = Some(Data::Totals(Totals { variants, ..Totals::default() }));
}

fn of_customers(ui: &mut Ui, attached: &Attached) {
    heading(ui, "Rows that are not counted", "", |_| {});
    let left = &attached.left_out;
    let lines = [
        (left.twice, "customers saw two variants; they are left out of all"),
        (left.again, "further rows of a customer with the same variant; the first one counts"),
        (left.unknown, "rows name nobody of the shop"),
        (left.no_variant, "rows have no variant of this experiment"),
        (left.unreadable, "rows have a cell that cannot be read"),
        (left.other_experiments, "rows are of other experiments"),
    ];
    let told: Vec<String> =
        lines.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{} {words}", locale::count(*n))).collect();
    if told.is_empty() {
        remark(ui, "Every row is counted");
    }
    told.iter().for_each(|line| {
        say(ui, Type::Body, line);
    });
}

/// A row of fields for each variant: visitors, then a sum for each measure, and the spread of money.
fn totals_card(ui: &mut Ui, typing: &mut Typing, experiment: &mut Experiment, currency: Currency) {
    let metrics: Vec<Metric> = experiment.plan.metrics();
    let Some(Data::Totals(totals)) = &mut experiment.data else { return };
    heading(ui, "Totals", "Sums over all visitors of a variant, those who did not buy included", |_| {});
    // A variant that came after the totals gets a row of its own.
    for variant in &experiment.plan.variants {
        let same = |known: &VariantTotals| known.variant.trim() == variant.name.trim();
        if !variant.name.trim().is_empty() && !totals.variants.iter().any(same) {
            totals.variants.push(VariantTotals { variant: variant.name.clone(), ..VariantTotals::default() });
        }
    }
    for (n, variant) in totals.variants.iter_mut().enumerate() {
        say(ui, Type::Label, &variant.variant);
        ui.horizontal_wrapped(|ui| {
            let at = format!("data.totals.variants[{n}].visitors");
            let mut visitors = Some(variant.visitors).filter(|visitors| *visitors > 0);
            whole(ui, typing, (&at, "Visitors"), &mut visitors);
            variant.visitors = visitors.unwrap_or(0);
            for metric in metrics.iter().filter(|metric| is_typed(metric)) {
                value(ui, typing, n, variant, metric, currency);
            }
        });
    }
    if metrics.iter().any(|metric| !is_typed(metric)) {
        remark(ui, "Average order value and repeat rate follow from customers, not from totals; open a file for them");
    }
    typing.told(ui, "data.totals");
}

fn is_typed(metric: &Metric) -> bool {
    !matches!(metric, Metric::OrderValue | Metric::Repeat)
}

fn whole(ui: &mut Ui, typing: &mut Typing, (at, label): (&str, &str), value: &mut Option<u64>) {
    let shown = value.map_or_else(String::new, locale::count);
    if let Some(new) = typing.field(ui, at, Field::number(label, "", WIDE).hint("0"), label, shown, read_whole) {
        *value = new;
    }
}

/// The fields of a measure of a variant.
fn value(ui: &mut Ui, typing: &mut Typing, n: usize, variant: &mut VariantTotals, metric: &Metric, currency: Currency) {
    let place = variant.values.iter().position(|value| value.metric == *metric);
    let at = format!("data.totals.variants[{n}].values[{}]", place.unwrap_or(variant.values.len()));
    let known = place.map(|place| variant.values[place].clone());
    let mut sum = known.as_ref().map(|known| known.sum);
    let mut spread = known.as_ref().and_then(|known| known.spread);
    match metric.unit() {
        Unit::Share => {
            let mut count = match sum {
                Some(Sum::Count(count)) => u64::try_from(count).ok(),
                _ => None,
            };
            let label = if *metric == Metric::Conversion { "Conversions" } else { metric.name() };
            whole(ui, typing, (&at, label), &mut count);
            sum = count.map(|count| Sum::Count(i64::try_from(count).unwrap_or(i64::MAX)));
        }
        Unit::Money => {
            let label = match metric {
                Metric::Revenue => "Revenue".to_owned(),
                Metric::Profit => "Gross profit".to_owned(),
                other => other.name().to_owned(),
            };
            let mut amount = match sum {
                Some(Sum::Amount(amount)) => Some(amount),
                _ => None,
            };
            typing.amount_or_none(ui, &at, &label, WIDE, currency, &mut amount);
            sum = amount.map(|amount: Amount| Sum::Amount(amount));
            deviation(ui, typing, &at, currency.code(), &mut spread);
        }
        Unit::Number => {
            let shown = match sum {
                Some(Sum::Number(number)) => locale::number(number, 2),
                Some(Sum::Count(count)) => count.to_string(),
                _ => String::new(),
            };
            let read = |text: &str| number(text);
            let label = metric.name();
            if let Some(new) = typing.field(ui, &at, Field::number(label, "", WIDE), label, shown, read) {
                sum = new.map(Sum::Number);
            }
            deviation(ui, typing, &at, "", &mut spread);
        }
    }
    match (sum, place) {
        (Some(sum), Some(place)) => variant.values[place] = MetricTotal { metric: metric.clone(), sum, spread },
        (Some(sum), None) => variant.values.push(MetricTotal { metric: metric.clone(), sum, spread }),
        (None, Some(place)) => {
            variant.values.remove(place);
        }
        (None, None) => {}
    }
}

fn number(text: &str) -> Result<Option<f64>, String> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let plain = text.replace(',', ".");
            let read = plain.parse().ok().filter(|value: &f64| value.is_finite());
            read.map(Some).ok_or_else(|| "Type a number, such as 12.5".to_owned())
        }
    }
}

/// The standard deviation of the value of a visitor.
fn deviation(ui: &mut Ui, typing: &mut Typing, at: &str, unit: &str, spread: &mut Option<Spread>) {
    let at = format!("{at}.spread");
    let shown = match spread {
        Some(Spread::Deviation(deviation)) => locale::number(*deviation, 2),
        Some(Spread::Squares(_)) => "from squares".to_owned(),
        None => String::new(),
    };
    let field = Field::number("Standard deviation of a visitor’s value", unit, WIDE + 20.0).hint("needed to tell");
    if let Some(new) = typing.field(ui, &at, field, "Standard deviation", shown, number) {
        *spread = new.map(Spread::Deviation);
    }
}
