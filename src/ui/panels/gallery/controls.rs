//! Buttons, chips, fields and notices.

use egui::{Rect, Ui, pos2};

use crate::model::Currency;
use crate::ui::cx::Cx;
use crate::ui::notices::{self, Act};
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::fields::{day_field, money_field, percent_field};
use crate::ui::widgets::{
    Button, Field, check, chip, choice, hairline, icon_button, link, removable_chip, say, segmented, stepper, tone_chip,
};

/// What the part remembers.
pub struct Controls {
    texts: [String; 7],
    ticked: bool,
    view: u8,
    picked: usize,
}

impl Default for Controls {
    fn default() -> Self {
        let texts = ["1.234,56", "ten", "12,5", "140", "14.10.2026", "03/04/2026", "Linen apron"];
        Self { texts: texts.map(str::to_owned), ticked: true, view: 0, picked: 0 }
    }
}

impl Controls {
    /// Draws the part.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let gap = t.shell().gutter;
        let third = (area.width() - 2.0 * gap) / 3.0;
        let column = |n: f32| {
            let left = area.left() + n * (third + gap);
            Rect::from_min_max(pos2(left, area.top()), pos2(left + third, area.bottom()))
        };
        card_at(ui, column(0.0), t.space().x4, |ui| self.fields(ui));
        card_at(ui, column(1.0), t.space().x4, |ui| self.choices(ui));
        card_at(ui, column(2.0), t.space().x4, |ui| told(cx, ui));
        ui.advance_cursor_after_rect(area);
    }

    fn fields(&mut self, ui: &mut Ui) {
        let width = ui.available_width();
        say(ui, Type::Emphasis, "Fields");
        let [amount, wrong, share, outside, day, unclear, name] = &mut self.texts;
        money_field(ui, "Ad spend", width, Currency::USD, amount);
        money_field(ui, "Ad spend that is no number", width, Currency::USD, wrong);
        percent_field(ui, "Margin", width, (0.0, 1.0), share);
        percent_field(ui, "Margin that is too much", width, (0.0, 1.0), outside);
        day_field(ui, "Start", width, day);
        day_field(ui, "Start that could be two days", width, unclear);
        Field::new("Name", width).hint("A name").labelled(ui, name);
    }

    fn choices(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        say(ui, Type::Emphasis, "Buttons and choices");
        ui.horizontal(|ui| {
            ui.add(Button::accent("Import").icon(icons::DROP).key("Ctrl I"));
            ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
            ui.add(Button::plain("Cancel"));
        });
        ui.horizontal(|ui| {
            ui.add(Button::outline("Latest").small());
            ui.add(Button::new("Off").enabled(false));
            ui.add(Button::accent("Off").enabled(false));
            icon_button(ui, icons::UNDO, "Undo");
            link(ui, "Show all");
        });
        ui.add_space(t.space().x2);
        segmented(ui, "View", &[(0, "Retention"), (1, "Revenue"), (2, "LTV/CAC")], &mut self.view);
        let options = ["All segments", "VIP/Loyal", "Regular Buyers"].map(str::to_owned);
        if let Some(i) = choice(ui, "Segment of the gallery", 220.0, &options[self.picked], &options) {
            self.picked = i;
        }
        check(ui, "Count test orders", &mut self.ticked);
        ui.add_space(t.space().x2);
        ui.horizontal_wrapped(|ui| {
            chip(ui, "Last 12 months");
            removable_chip(ui, "Country is DE");
            for (tone, words) in
                [(Tone::Good, "Certain"), (Tone::Warning, "Check"), (Tone::Bad, "Failed"), (Tone::Info, "Typed")]
            {
                tone_chip(ui, words, tone, Some(notices::tone_icon(tone)));
            }
        });
        ui.add_space(t.space().x2);
        stepper(ui, &["Files", "Columns", "Result"], 1);
        ui.add_space(t.space().x2);
        hairline(ui);
        ui.add_space(t.space().x2);
        for (role, words) in [
            (Type::Kpi, "Single result 30"),
            (Type::Title, "Title 24"),
            (Type::Section, "Section 18"),
            (Type::Emphasis, "Emphasis 15"),
            (Type::Label, "Label 13 medium"),
            (Type::Body, "Body 13"),
            (Type::Caption, "Caption 11"),
        ] {
            say(ui, role, words);
        }
    }
}

fn told(cx: &mut Cx, ui: &mut Ui) {
    say(ui, Type::Emphasis, "Notices");
    ui.horizontal_wrapped(|ui| {
        for (tone, word) in [(Tone::Good, "Good"), (Tone::Warning, "Warning"), (Tone::Bad, "Bad"), (Tone::Info, "Info")]
        {
            if ui.add(Button::new(word).small()).clicked() {
                cx.notices.tell(tone, format!("A notice: {word}"), "A line of detail", Some(Act::ShowImports));
            }
        }
    });
    notices::list(ui, &cx.notices);
}
