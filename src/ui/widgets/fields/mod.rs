//! Fields for money, percentages and days: what is typed stays, and below it stands how it was read or what is wrong.

pub mod read;
pub mod typing;

use egui::{Response, Ui};

use self::read::Read;
use super::form::{Field, error_line};
use super::text::{say, say_in};
use crate::model::{Currency, Day};
use crate::ui::locale;
use crate::ui::theme::{self, Type, icons};

/// A field after it was shown.
pub struct Entry<T> {
    /// The field.
    pub response: Response,
    /// What its text means: nothing typed, a value, or what is wrong.
    pub value: Read<T>,
}

/// An amount of money, in minor units.
pub fn money_field(ui: &mut Ui, label: &str, width: f32, currency: Currency, text: &mut String) -> Entry<i64> {
    let field = Field::number(label, currency.code(), width).hint("0.00");
    let read = |text: &str| read::money(text, currency);
    show(ui, label, field, text, read, |minor| locale::money(*minor, currency))
}

/// A percentage as a share, within bounds that are shares too.
pub fn percent_field(ui: &mut Ui, label: &str, width: f32, bounds: (f64, f64), text: &mut String) -> Entry<f64> {
    let field = Field::number(label, "%", width).hint("0.0");
    let read = |text: &str| read::percent(text, bounds);
    show(ui, label, field, text, read, |share| locale::percent(*share, 2))
}

/// A day.
pub fn day_field(ui: &mut Ui, label: &str, width: f32, text: &mut String) -> Entry<Day> {
    let field = Field::new(label, width).hint("2026-10-14").icon(icons::CALENDAR);
    show(ui, label, field, text, read::day, |day| locale::date(*day))
}

fn show<T>(
    ui: &mut Ui,
    label: &str,
    field: Field<'_>,
    text: &mut String,
    read: impl Fn(&str) -> Read<T>,
    words: impl Fn(&T) -> String,
) -> Entry<T> {
    let t = theme::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = t.space().x1;
        say(ui, Type::Label, label);
        let wrong = read(text).err();
        let response = field.error(wrong.as_deref()).show(ui, text);
        let value = read(text);
        // One line is always kept free, so that nothing below moves when it is filled.
        match &value {
            Ok(None) => ui.add_space(t.line(Type::Caption)),
            Ok(Some(value)) => {
                say_in(ui, Type::Caption, t.text.subdued, format!("Read as {}", words(value)));
            }
            Err(why) => error_line(ui, why),
        }
        Entry { response, value }
    })
    .inner
}
