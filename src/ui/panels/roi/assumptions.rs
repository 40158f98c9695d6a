//! The assumptions of a calculator as a scenario holds them: typed with a range, or taken from the shop's data.

use egui::{Sense, Ui, vec2};

use super::{Record, print};
use crate::analytics::roi::{Calculator, Given, Taken, said};
use crate::model::Currency;
use crate::model::assumption::{Assumption, AssumptionId, Held, Kind, Scenario, Value};
use crate::model::plan::Amount;
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::button::icon_button_sized;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::fields::typing::{self, Typing};
use crate::ui::widgets::record::fact;
use crate::ui::widgets::{Button, Field, hairline, paint, remark, say};

/// Width of a field.
const FIELD: f32 = 132.0;

/// What the card knows beside the record.
pub(super) struct Known<'a> {
    /// The calculator whose assumptions are asked for.
    pub calculator: &'static Calculator,
    /// What data say; `None` while they are asked.
    pub taken: Option<&'a Taken>,
    /// The shop's currency.
    pub currency: Currency,
}

/// Draws the rows of a scenario. `ranging` is the assumption whose range is open.
pub(super) fn rows(
    ui: &mut Ui,
    record: &mut Record,
    scenario: usize,
    known: &Known<'_>,
    ranging: &mut Option<AssumptionId>,
) {
    let t = theme::of(ui);
    for (n, id) in known.calculator.inputs.iter().enumerate() {
        if n > 0 {
            ui.add_space(t.space().x1);
            hairline(ui);
            ui.add_space(t.space().x1);
        }
        let of = id.get();
        let given = known.taken.and_then(|taken| taken.values.get(id));
        let Some(one) = record.draft.value.all.get_mut(scenario) else { return };
        row(ui, &mut record.typing, (scenario, one), of, given, known.currency, ranging);
    }
}

fn row(
    ui: &mut Ui,
    typing: &mut Typing,
    (n, scenario): (usize, &mut Scenario),
    of: &'static Assumption,
    given: Option<&Given>,
    currency: Currency,
    ranging: &mut Option<AssumptionId>,
) {
    let t = theme::of(ui);
    let at = format!("scenarios[{n}].values.{}", of.key);
    let held = scenario.values.get(&of.id).copied();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space().x1;
        // What stands beside the name: the field with its margins, two buttons and the gaps between them.
        let beside = FIELD + 2.0 * t.row().dense + 3.0 * t.space().x1 + t.space().x5;
        let size = vec2((ui.available_width() - beside).max(80.0), t.row().field + 4.0);
        let (place, response) = ui.allocate_exact_size(size, Sense::hover());
        let name = egui::Rect::from_min_size(place.min, vec2(size.x, t.line(Type::Body)));
        let align = egui::Align2::LEFT_CENTER;
        paint::text_in(ui.painter(), name, align, of.name, t.font(Type::Label), t.text.strong);
        let below = name.translate(vec2(0.0, t.line(Type::Body)));
        let words = origin(of, held, given, currency);
        paint::text_in(ui.painter(), below, align, &words, t.font(Type::Caption), t.text.subdued);
        response.widget_info(|| {
            let said = format!("{}: {words}", of.name);
            egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, said)
        });
        response.on_hover_text(help(of, given));
        field(ui, typing, &at, scenario, of, given, currency);
        let side = t.row().dense;
        let is_typed = matches!(held, Some(Held::Typed { .. }));
        let can_take = of.from_data.is_some() && !matches!(held, Some(Held::FromData));
        ui.add_enabled_ui(can_take, |ui| {
            if icon_button_sized(ui, icons::DATA, &format!("Take {} from the data", said::in_a_sentence(of.name)), side)
                .clicked()
            {
                scenario.values.insert(of.id, Held::FromData);
                typing.clear();
            }
        });
        ui.add_enabled_ui(is_typed, |ui| {
            if icon_button_sized(ui, icons::RANGE, &format!("Range of {}", said::in_a_sentence(of.name)), side)
                .clicked()
            {
                *ranging = (*ranging != Some(of.id)).then_some(of.id);
            }
        });
    });
    typing.told(ui, &at);
    if *ranging == Some(of.id) {
        range(ui, typing, &at, scenario, of, currency);
    }
}

/// Where a value comes from, with its range.
fn origin(of: &Assumption, held: Option<Held>, given: Option<&Given>, currency: Currency) -> String {
    let between = |(low, high): (f64, f64), currency: Currency| {
        format!(", {} – {}", print::bare(of.unit, low, currency), print::bare(of.unit, high, currency))
    };
    match held {
        Some(Held::Typed { value, range }) => {
            let currency = currency_of(value).unwrap_or(currency);
            let range = range.map(|(low, high)| between((low.number(), high.number()), currency));
            format!("Typed{}", range.unwrap_or_default())
        }
        Some(Held::FromData) => match given {
            Some(given) if given.value.is_some() => {
                format!("From data{}", given.interval.map(|ends| between(ends, currency)).unwrap_or_default())
            }
            Some(_) => "Data cannot tell".to_owned(),
            None => "From data".to_owned(),
        },
        None => match of.otherwise {
            Some(value) => format!("Taken as {}", print::value(of.unit, value, currency)),
            None => "Open".to_owned(),
        },
    }
}

fn help(of: &Assumption, given: Option<&Given>) -> String {
    let mut lines = vec![of.help.to_owned()];
    match (of.from_data, given) {
        (_, Some(given)) if given.value.is_some() => {
            let how = given.how.map_or_else(String::new, |how| format!("; 95% interval {}", how.words()));
            lines.push(format!("{}, from {} {}{how}", given.from, locale::count(given.n), given.of));
        }
        (_, Some(given)) => lines.push(given.from.clone()),
        (Some(from), None) => lines.push(format!("From data: {from}")),
        (None, None) => lines.push("No data tell it; it is typed".to_owned()),
    }
    lines.join("\n")
}

fn currency_of(value: Value) -> Option<Currency> {
    match value {
        Value::Money(amount) => Some(amount.currency),
        Value::Number(_) => None,
    }
}

/// The field of a value: what is typed into it is typed from then on.
fn field(
    ui: &mut Ui,
    typing: &mut Typing,
    at: &str,
    scenario: &mut Scenario,
    of: &Assumption,
    given: Option<&Given>,
    shop: Currency,
) {
    let held = scenario.values.get(&of.id).copied();
    let (known, currency) = match held {
        Some(Held::Typed { value, .. }) => (Some(value), currency_of(value).unwrap_or(shop)),
        Some(Held::FromData) => (given.and_then(|given| given.value).map(|number| wrap(of, number, shop)), shop),
        None => (of.otherwise.map(|number| wrap(of, number, shop)), shop),
    };
    let suffix = of.unit.suffix(&currency.symbol());
    let field = Field::number(of.name, &suffix, FIELD);
    // What data give has more decimals than anybody reads.
    let from_data = !matches!(held, Some(Held::Typed { .. }));
    let shown = known.map_or_else(String::new, |value| match value {
        Value::Number(number) if from_data => rounded(of, number),
        value => shown(of, value),
    });
    if let Some(new) = typing.bare(ui, at, field, shown, |text| read_value(of, text, currency)) {
        match new {
            Some(value) => {
                // A range that no longer holds the value is a range of something else.
                let range = match held {
                    Some(Held::Typed { range, .. }) => range,
                    _ => None,
                };
                let holds = |(low, high): &(Value, Value)| (low.number()..=high.number()).contains(&value.number());
                scenario.values.insert(of.id, Held::Typed { value, range: range.filter(holds) });
            }
            None => {
                scenario.values.remove(&of.id);
            }
        }
    }
}

/// The two ends of the range of a typed value.
fn range(ui: &mut Ui, typing: &mut Typing, at: &str, scenario: &mut Scenario, of: &Assumption, shop: Currency) {
    let Some(Held::Typed { value, range }) = scenario.values.get(&of.id).copied() else { return };
    let currency = currency_of(value).unwrap_or(shop);
    let suffix = of.unit.suffix(&currency.symbol());
    let mut new = range;
    ui.horizontal(|ui| {
        let ends = range.unwrap_or((value, value));
        for (nth, (name, end)) in [("Least", ends.0), ("Most", ends.1)].into_iter().enumerate() {
            say(ui, Type::Caption, name);
            let field = Field::number(name, &suffix, FIELD - 20.0);
            let read = |text: &str| read_value(of, text, currency)?.ok_or_else(|| "Type a value".to_owned());
            let key = format!("{at}.range{nth}");
            if let Some(end) = typing.bare(ui, &key, field, shown(of, end), read) {
                new = Some(if nth == 0 { (end, ends.1) } else { (ends.0, end) });
            }
        }
        if range.is_some() && icon_button_sized(ui, icons::CLOSE, "No range", theme::of(ui).row().dense).clicked() {
            new = None;
        }
    });
    for nth in 0..2 {
        typing.told(ui, &format!("{at}.range{nth}"));
    }
    if new != range {
        scenario.values.insert(of.id, Held::Typed { value, range: new });
    }
}

/// A plain number as the value of an assumption.
pub(super) fn wrap(of: &Assumption, number: f64, currency: Currency) -> Value {
    if of.unit.is_money() {
        Value::Money(Amount { minor: (number * currency.scale() as f64).round() as i64, currency })
    } else {
        Value::Number(number)
    }
}

fn read_value(of: &Assumption, text: &str, currency: Currency) -> Result<Option<Value>, String> {
    let value = match of.unit.kind {
        Kind::Money => read::money(text, currency)?.map(|minor| Value::Money(Amount { minor, currency })),
        Kind::Share => read::percent(text, (of.least, of.most))?.map(Value::Number),
        _ => read::decimal(text)?.map(Value::Number),
    };
    match value {
        Some(value) if !of.allows(value.number()) => Err(format!(
            "From {} to {}",
            print::bare(of.unit, of.least, currency),
            print::bare(of.unit, of.most, currency)
        )),
        value => Ok(value),
    }
}

fn as_typed(value: Value) -> String {
    match value {
        Value::Money(amount) => typing::plain(amount, amount.currency),
        Value::Number(number) => typing::trimmed(number, 6),
    }
}

/// A number from data as a field shows it: shares in per cent, with as many decimals as tell something.
fn rounded(of: &Assumption, number: f64) -> String {
    let (number, decimals) = match of.unit.kind {
        Kind::Share => (number * 100.0, 1),
        _ if number.abs() < 1.0 => (number, 3),
        _ if number.abs() < 100.0 => (number, 1),
        _ => (number, 0),
    };
    typing::trimmed(number, decimals)
}

/// As a field shows a number: shares in per cent.
pub(super) fn shown(of: &Assumption, value: Value) -> String {
    match value {
        Value::Number(number) if of.unit.kind == Kind::Share => typing::trimmed(number * 100.0, 4),
        value => as_typed(value),
    }
}

/// What the shop's own data say of the same assumptions; true when they are to be used.
pub(super) fn shop_says(ui: &mut Ui, scenario: &Scenario, known: &Known<'_>) -> bool {
    let Some(taken) = known.taken else { return false };
    let told: Vec<(&Assumption, f64)> = known
        .calculator
        .inputs
        .iter()
        .filter_map(|id| Some((id.get(), taken.values.get(id)?.value?)))
        .filter(|(of, _)| !matches!(scenario.values.get(&of.id), Some(Held::FromData)))
        .collect();
    if told.is_empty() {
        return false;
    }
    let t = theme::of(ui);
    ui.add_space(t.space().x2);
    say(ui, Type::Label, "Your shop says");
    for (of, number) in told {
        fact(ui, of.name, &print::value(of.unit, number, known.currency));
    }
    let used = ui.add(Button::new("Use the shop’s own values").icon(icons::DATA)).clicked();
    remark(ui, "This scenario keeps its values; another one stands beside it");
    used
}
