//! What is being typed into the fields of a record: the text stays while it is no value yet, and what is wrong is told
//! below the field it belongs to.

use std::collections::BTreeMap;

use egui::Ui;

use super::read;
use crate::model::Currency;
use crate::model::plan::{Amount, Percent, Problem};
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::{Field, form, say, say_in, text};

/// Texts that are no values yet, and what is wrong, by field as in [`Problem::at`].
#[derive(Default)]
pub struct Typing {
    texts: BTreeMap<String, String>,
    /// What is wrong with what was read.
    pub problems: Vec<Problem>,
}

/// A value that a text stands for, or what is wrong with the text.
type Read<T> = Result<T, String>;

impl Typing {
    /// Forgets what was being typed.
    pub fn clear(&mut self) {
        self.texts.clear();
    }

    /// A field with its label above, and what is wrong below. Gives the value once the text stands for another one.
    pub fn field<T>(
        &mut self,
        ui: &mut Ui,
        at: &str,
        field: Field<'_>,
        label: &str,
        shown: String,
        read: impl Fn(&str) -> Read<T>,
    ) -> Option<T> {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::of(ui).space().x1;
            if !label.is_empty() {
                say(ui, Type::Label, label);
            }
            let value = self.bare(ui, at, field, shown, read);
            self.told(ui, at);
            value
        })
        .inner
    }

    /// The field alone; whoever draws it tells what is wrong by [`Self::told`].
    pub fn bare<T>(
        &mut self,
        ui: &mut Ui,
        at: &str,
        field: Field<'_>,
        shown: String,
        read: impl Fn(&str) -> Read<T>,
    ) -> Option<T> {
        let mut text = self.texts.get(at).cloned().unwrap_or_else(|| shown.clone());
        let wrong = self.wrong(at).map(|(words, _)| words);
        let response = field.error(wrong.as_deref()).show(ui, &mut text);
        let mut value = None;
        if response.changed() {
            match read(&text) {
                Ok(new) => {
                    value = Some(new);
                    self.texts.remove(&wrong_key(at));
                }
                Err(why) => {
                    self.texts.insert(wrong_key(at), why);
                }
            }
            self.texts.insert(at.to_owned(), text);
        }
        if response.lost_focus() && !self.texts.contains_key(&wrong_key(at)) {
            self.texts.remove(at);
        }
        value
    }

    fn wrong(&self, at: &str) -> Option<(String, bool)> {
        if let Some(why) = self.texts.get(&wrong_key(at)) {
            return Some((why.clone(), true));
        }
        let problem = self.problems.iter().find(|problem| problem.at == at)?;
        Some((text::capital(&problem.words), problem.stops))
    }

    /// What is wrong with a field, below it.
    pub fn told(&self, ui: &mut Ui, at: &str) {
        let Some((words, stops)) = self.wrong(at) else { return };
        if stops {
            return form::error_line(ui, &words);
        }
        let t = theme::of(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = t.space().x1;
            text::icon(ui, icons::WARNING, t.icon().small, t.tone(Tone::Warning).mark);
            say_in(ui, Type::Caption, t.tone(Tone::Warning).text, words);
        });
    }

    /// One line of text.
    pub fn line(&mut self, ui: &mut Ui, at: &str, label: &str, width: f32, value: &mut String) {
        let field = Field::new(if label.is_empty() { at } else { label }, width);
        if let Some(new) = self.field(ui, at, field, label, value.clone(), |text| Ok(text.to_owned())) {
            *value = new;
        }
    }

    /// A text of several lines.
    pub fn text(&mut self, ui: &mut Ui, at: &str, label: &str, (width, lines): (f32, usize), value: &mut String) {
        let field = Field::new(label, width).lines(lines);
        if let Some(new) = self.field(ui, at, field, label, value.clone(), |text| Ok(text.to_owned())) {
            *value = new;
        }
    }

    /// An amount in the shop's currency.
    pub fn amount(&mut self, ui: &mut Ui, at: &str, label: &str, width: f32, currency: Currency, value: &mut Amount) {
        let field = Field::number(if label.is_empty() { at } else { label }, currency.code(), width);
        let shown = plain(*value, currency);
        let read = |text: &str| read::money(text, currency)?.ok_or_else(|| "Type an amount".to_owned());
        if let Some(minor) = self.field(ui, at, field, label, shown, read) {
            *value = Amount { minor, currency };
        }
    }

    /// An amount that may be left out.
    pub fn amount_or_none(
        &mut self,
        ui: &mut Ui,
        at: &str,
        label: &str,
        width: f32,
        currency: Currency,
        value: &mut Option<Amount>,
    ) {
        let name = if label.is_empty() { at } else { label };
        let field = Field::number(name, currency.code(), width).hint("none");
        let shown = value.map_or_else(String::new, |value| plain(value, currency));
        if let Some(minor) = self.field(ui, at, field, label, shown, |text| read::money(text, currency)) {
            *value = minor.map(|minor| Amount { minor, currency });
        }
    }

    /// A percentage.
    pub fn percent(&mut self, ui: &mut Ui, at: &str, label: &str, width: f32, value: &mut Percent) {
        let field = Field::number(if label.is_empty() { at } else { label }, "%", width);
        let read = |text: &str| percent_or_none(text)?.ok_or_else(|| "Type a percentage".to_owned());
        if let Some(new) = self.field(ui, at, field, label, percent_text(*value), read) {
            *value = new;
        }
    }

    /// A percentage in a row, without room for a label.
    pub fn percent_bare(&mut self, ui: &mut Ui, at: &str, name: &str, width: f32, value: &mut Percent) {
        let read = |text: &str| percent_or_none(text)?.ok_or_else(|| "Type a percentage".to_owned());
        if let Some(new) = self.bare(ui, at, Field::number(name, "%", width), percent_text(*value), read) {
            *value = new;
        }
    }

    /// A percentage that may be left out; `hint` says what holds then.
    pub fn percent_or_none(
        &mut self,
        ui: &mut Ui,
        at: &str,
        label: &str,
        (width, hint): (f32, &str),
        value: &mut Option<Percent>,
    ) {
        let field = Field::number(label, "%", width).hint(hint);
        let shown = value.map_or_else(String::new, percent_text);
        if let Some(new) = self.field(ui, at, field, label, shown, percent_or_none) {
            *value = new;
        }
    }

    /// A whole number.
    pub fn count(&mut self, ui: &mut Ui, at: &str, label: &str, (width, unit): (f32, &str), value: &mut u32) {
        let field = Field::number(if label.is_empty() { at } else { label }, unit, width);
        let read = |text: &str| number(text)?.ok_or_else(|| "Type a number".to_owned());
        if let Some(new) = self.field(ui, at, field, label, value.to_string(), read) {
            *value = new;
        }
    }

    /// A whole number that may be left out.
    pub fn count_or_none(
        &mut self,
        ui: &mut Ui,
        at: &str,
        label: &str,
        (width, unit): (f32, &str),
        value: &mut Option<u32>,
    ) {
        let field = Field::number(if label.is_empty() { at } else { label }, unit, width).hint("any");
        let shown = value.map_or_else(String::new, |value| value.to_string());
        if let Some(new) = self.field(ui, at, field, label, shown, number) {
            *value = new;
        }
    }

    /// A time of the day.
    pub fn time(&mut self, ui: &mut Ui, at: &str, label: &str, width: f32, value: &mut chrono::NaiveTime) {
        let field = Field::new(if label.is_empty() { at } else { label }, width);
        if let Some(new) = self.field(ui, at, field, label, value.format("%H:%M").to_string(), time) {
            *value = new;
        }
    }

    /// Names separated by commas.
    pub fn names(&mut self, ui: &mut Ui, at: &str, label: &str, (width, hint): (f32, &str), value: &mut Vec<String>) {
        let field = Field::new(label, width).hint(hint);
        let read = |text: &str| {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            Ok(names.map(str::to_owned).collect())
        };
        if let Some(new) = self.field(ui, at, field, label, value.join(", "), read) {
            *value = new;
        }
    }
}

fn wrong_key(at: &str) -> String {
    format!("{at} is wrong")
}

/// The number alone where the amount is in the shop's currency, without decimals where it is whole; else with its own.
pub fn plain(value: Amount, currency: Currency) -> String {
    let whole = value.minor % currency.scale() == 0;
    let decimals = if whole { 0 } else { currency.exponent() };
    if value.currency == currency { locale::number(currency.major(value.minor), decimals) } else { value.to_string() }
}

fn percent_text(percent: Percent) -> String {
    percent.to_string().trim_end_matches('%').to_owned()
}

/// A number with as few decimals as it needs, and no more than so many.
pub fn trimmed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A percentage that may be left out.
pub fn percent_or_none(text: &str) -> Read<Option<Percent>> {
    let share = read::percent(text, (0.0, 10.0))?;
    Ok(share.map(|share| Percent((share * 10_000.0).round() as u32)))
}

/// A whole number that may be left out.
pub fn number(text: &str) -> Read<Option<u32>> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| "Type a whole number, such as 12".to_owned()),
    }
}

fn time(text: &str) -> Read<chrono::NaiveTime> {
    let text = text.trim();
    let whole = if text.contains(':') { text.to_owned() } else { format!("{text}:00") };
    chrono::NaiveTime::parse_from_str(&whole, "%H:%M").map_err(|_| "Type a time, such as 10:00".to_owned())
}

/// A large whole number that may be left out, with or without marks between its thousands.
pub fn whole(text: &str) -> Read<Option<u64>> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && !",.'’".contains(*c)).collect();
    match digits.as_str() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| "Type a whole number, such as 12000".to_owned()),
    }
}

/// A time of the day that may be left out.
pub fn time_or_none(text: &str) -> Read<Option<chrono::NaiveTime>> {
    if text.trim().is_empty() { Ok(None) } else { time(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_people_type_them() {
        assert_eq!(time("9:30").unwrap().to_string(), "09:30:00");
        assert_eq!(time("18").unwrap().to_string(), "18:00:00");
        assert!(time("25:00").is_err() && time("").is_err());
        assert_eq!(percent_or_none("12,5 %").unwrap(), Some(Percent(1_250)));
        assert_eq!(percent_text(Percent(1_250)), "12.5");
        assert_eq!((number(" 12 ").unwrap(), number("").unwrap()), (Some(12), None));
        assert_eq!((whole("12 000"), whole("12,000"), whole("")), (Ok(Some(12_000)), Ok(Some(12_000)), Ok(None)));
        assert!(whole("12 a").is_err());
        assert!(number("-1").is_err() && number("a").is_err());
    }
}
