//! What is assumed: typed, since no past can tell it.

use egui::Ui;

use crate::analytics::next_action::Assumptions;
use crate::model::Currency;
use crate::ui::theme;
use crate::ui::widgets::card;
use crate::ui::widgets::fields::{money_field, percent_field, read};

/// The assumptions as they are being typed.
pub struct Assumed {
    lift: [String; 3],
    discount: String,
    message: Option<String>,
}

/// Bounds of a lift, as shares.
const LIFT: (f64, f64) = (-0.99, 10.0);

impl Default for Assumed {
    fn default() -> Self {
        let usual = Assumptions::default();
        let (low, expected, high) = usual.lift;
        let plain = |share: f64| format!("{:.0}", share * 100.0);
        Self { lift: [low, expected, high].map(plain), discount: plain(usual.discount), message: None }
    }
}

impl Assumed {
    /// The assumptions; `None` while something in them cannot be read.
    pub fn read(&self, currency: Currency) -> Option<Assumptions> {
        let share = |text: &str, bounds| read::percent(text, bounds).ok().flatten();
        let [low, expected, high] = [0, 1, 2].map(|i| share(&self.lift[i], LIFT));
        let (low, expected, high) = (low?, expected?, high?);
        let usual = Assumptions::default();
        let message = match &self.message {
            Some(text) => read::money(text, currency).ok().flatten().filter(|minor| (0..1_000_000).contains(minor))?,
            None => usual.message,
        };
        let discount = share(&self.discount, (0.0, 1.0))?;
        let lift = (low, expected, high);
        (low <= expected && expected <= high).then_some(Assumptions { lift, discount, message, ..usual })
    }

    /// Draws the fields.
    pub fn show(&mut self, ui: &mut Ui, currency: Currency) {
        let t = theme::of(ui);
        card(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = t.space().x6;
                let labels = ["Lift of orders, least", "Lift of orders, expected", "Lift of orders, most"];
                for (label, text) in labels.into_iter().zip(&mut self.lift) {
                    percent_field(ui, label, 150.0, LIFT, text);
                }
                percent_field(ui, "Discount, where one is given", 180.0, (0.0, 1.0), &mut self.discount);
                let usual = || currency.plain(Assumptions::default().message);
                let message = self.message.get_or_insert_with(usual);
                money_field(ui, "Cost of a message", 150.0, currency, message);
            });
        });
    }
}
