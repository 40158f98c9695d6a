//! Cut-offs of one's own: a row of fields for each score; map, groups and list follow at once.

use egui::{Key, Ui};

use crate::analytics::rfm::{Axis, Binning, Limits, RfmTable, Settings};
use crate::model::Currency;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::read;
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::text::capital;
use crate::ui::widgets::{Button, Field, card, remark, say};

/// Width of a field.
const NUMBER: f32 = 96.0;

/// The numbers as they are being typed.
pub struct Edit {
    before: Settings,
    fields: [Vec<String>; 3],
    fresh: bool,
}

impl Edit {
    /// Begins with the cut-offs in use, or with those that the customers make.
    pub fn of(settings: &Settings, table: &RfmTable) -> Self {
        let limits = match &settings.binning {
            Binning::Typed(limits) => limits.clone(),
            _ => table.limits(),
        };
        let plain = |minor: &i64| table.currency.plain(*minor);
        let fields = [
            limits.recency.iter().map(i32::to_string).collect(),
            limits.frequency.iter().map(u32::to_string).collect(),
            limits.monetary.iter().map(plain).collect(),
        ];
        Self { before: settings.clone(), fields, fresh: true }
    }

    fn settings(&self, currency: Currency) -> Result<Settings, String> {
        fn all<T>(fields: &[String], one: impl Fn(&str) -> Option<T>, what: &str) -> Result<Vec<T>, String> {
            let wrong = |text: &String| format!("“{}” is not {what}", text.trim());
            fields.iter().map(|text| one(text.trim()).ok_or_else(|| wrong(text))).collect()
        }
        let [days, orders, money] = &self.fields;
        let limits = Limits {
            recency: all(days, |text| text.parse().ok(), "a whole number of days")?,
            frequency: all(orders, |text| text.parse().ok(), "a whole number of orders")?,
            monetary: all(money, |text| read::money(text, currency).ok().flatten(), "an amount")?,
        };
        let settings = Settings { bins: self.before.bins, binning: Binning::Typed(limits) };
        settings.check().map(|()| settings).map_err(|why| capital(&why))
    }
}

/// Draws the editor. Returns whether it is done with.
pub fn show(cx: &mut Cx, ui: &mut Ui, edit: &mut Edit, table: &RfmTable) -> bool {
    let t = theme::of(ui);
    if ui.input(|i| i.key_pressed(Key::Escape)) {
        cx.set_scored(edit.before.clone(), false);
        return true;
    }
    let mut leave = false;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = t.space().x2;
        say(ui, Type::Emphasis, "Your own cut-offs");
        let bins = edit.before.bins;
        let mut fresh = std::mem::take(&mut edit.fresh);
        let mut changed = false;
        let unit = table.currency.code().to_owned();
        for (axis, fields) in Axis::ALL.into_iter().zip(&mut edit.fields) {
            ui.horizontal(|ui| {
                let (words, unit, best_first) = match axis {
                    Axis::Recency => ("Days since the last order, at most", "", true),
                    Axis::Frequency => ("Orders, at least", "", false),
                    Axis::Monetary => ("Revenue since the first order, at least", unit.as_str(), false),
                };
                let (rect, _) = ui.allocate_exact_size(egui::vec2(260.0, t.row().field), egui::Sense::hover());
                let at = rect.left_center();
                crate::ui::widgets::paint::label(
                    ui,
                    at,
                    egui::Align2::LEFT_CENTER,
                    words,
                    t.font(Type::Body),
                    t.text.normal,
                );
                for (place, text) in (0_u8..).zip(fields.iter_mut()) {
                    let score = if best_first { bins - place } else { place + 2 };
                    say(ui, Type::Label, format!("{}{score}", axis.letter()));
                    let label = format!("{}{score}: {}", axis.letter(), words.to_lowercase());
                    let width = if axis == Axis::Monetary { NUMBER + 24.0 } else { NUMBER - 24.0 };
                    let field = Field::number(&label, unit, width).show(ui, text);
                    if std::mem::take(&mut fresh) {
                        field.request_focus();
                    }
                    changed |= field.changed();
                }
            });
        }
        let read = edit.settings(table.currency);
        if let (true, Ok(settings)) = (changed, &read) {
            cx.set_scored(settings.clone(), false);
        }
        match &read {
            Ok(_) => drop(remark(ui, "Whoever reaches none has the score 1. Rules and movement use the same scores")),
            Err(why) => error_line(ui, why),
        };
        ui.horizontal(|ui| {
            if ui.add(Button::new("Done").icon(icons::CHECK).small().enabled(read.is_ok())).clicked()
                && let Ok(settings) = &read
            {
                cx.set_scored(settings.clone(), true);
                leave = true;
            }
            if ui.add(Button::plain("Cancel").small()).clicked() {
                cx.set_scored(edit.before.clone(), false);
                leave = true;
            }
        });
    });
    leave
}
