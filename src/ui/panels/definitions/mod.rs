//! What the shop means by its words: revenue, zone, currency, rates. One value, kept with the shop.

mod moves;

use std::path::{Path, PathBuf};

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder, pos2};

use self::moves::Moves;
use super::Panel;
use super::imports::parse_rate;
use crate::model::definitions::{Part, UndatedRefund};
use crate::model::record::OrderStatus;
use crate::model::{Currency, Definitions, Zone};
use crate::ui::cx::Cx;
use crate::ui::panels::segments::data::without_rate;
use crate::ui::theme::{self, Theme, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::fields::read;
use crate::ui::widgets::form::error_line;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::pick::{currencies, search_menu, zones};
use crate::ui::widgets::{
    Button, Field, check, hairline, icon_button, page_header, remark, say, scrolled, segmented, text,
};

/// The form with what is being typed.
#[derive(Default)]
pub struct DefinitionsPage {
    form: Option<Form>,
    moves: Moves,
}

/// Room for what moves: its headings and about seven figures.
const MOVES: f32 = 316.0;
/// Least height that the fields keep.
const FIELDS: f32 = 150.0;

struct Form {
    /// Which workspace it was made for.
    path: PathBuf,
    from: Definitions,
    /// The name that is kept.
    named: String,
    wanted: Definitions,
    name: String,
    margin: String,
    rates: Vec<(Currency, String)>,
    /// Was just added: its field takes the focus.
    fresh: Option<Currency>,
}

impl Form {
    fn of(path: &Path, name: &str, definitions: &Definitions) -> Self {
        let rate = |(currency, rate): (&Currency, &i64)| (*currency, trim_zeros(*rate as f64 / 1e6));
        Self {
            path: path.to_owned(),
            from: definitions.clone(),
            named: name.to_owned(),
            wanted: definitions.clone(),
            name: name.to_owned(),
            margin: definitions.default_margin.map_or_else(String::new, |m| trim_zeros(m * 100.0)),
            rates: definitions.rates.iter().map(rate).collect(),
            fresh: None,
        }
    }

    /// A currency to type the rate of, with the focus in its field.
    fn add_rate(&mut self, currency: Currency) {
        self.rates.push((currency, String::new()));
        self.fresh = Some(currency);
    }

    /// The margin as typed, as a share.
    fn margin(&self) -> Result<Option<f64>, String> {
        read::percent(&self.margin, (0.0, 1.0)).map_err(|why| format!("Margin: {why}"))
    }

    /// Whether anything was typed that is not kept.
    fn is_touched(&self) -> bool {
        let kept = Self::of(&self.path, &self.named, &self.from);
        self.wanted != kept.wanted || self.margin.trim() != kept.margin || self.rates != kept.rates
    }

    /// Takes in what was kept since: another workspace or other definitions make it anew, another name only its field.
    fn follow(&mut self, path: &Path, name: &str, definitions: &Definitions) {
        if self.path != path || self.from != *definitions {
            *self = Self::of(path, name, definitions);
        } else if self.named != name {
            (self.named, self.name) = (name.to_owned(), name.to_owned());
        }
    }

    /// The definitions as typed, or what is wrong.
    fn definitions(&self) -> Result<Definitions, String> {
        let mut wanted = self.wanted.clone();
        wanted.rates.clear();
        // What was added and not typed yet is no mistake and no rate.
        for (currency, text) in self.rates.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let rate = parse_rate(text).ok_or_else(|| format!("The rate of {currency} is not a number above 0"))?;
            wanted.rates.insert(*currency, rate);
        }
        wanted.default_margin = self.margin()?;
        if wanted.counted.is_empty() {
            return Err("At least one kind of order must count".into());
        }
        Ok(wanted)
    }
}

fn trim_zeros(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Panel for DefinitionsPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (name, current) = (shop.facts.name.clone(), shop.facts.definitions.clone());
        let form = self.form.get_or_insert_with(|| Form::of(&shop.path, &name, &current));
        form.follow(&shop.path, &name, &current);
        let missing = shop.data().map_or_else(Vec::new, |data| without_rate(data, &current));
        let line =
            format!("Version {}, printed in every document. Today’s definitions apply to every date", current.version);
        let result = form.definitions();
        // What is being tried is computed beside what is kept, and shown before it is kept.
        let draft = result.as_ref().ok().filter(|wanted| **wanted != current).cloned();
        let changed = result.as_ref().is_ok_and(|wanted| *wanted != current);
        let mut revert = false;
        page_header(ui, "Definitions", &line, |ui| {
            if ui.add(Button::accent("Save definitions").icon(icons::CHECK).enabled(changed)).clicked()
                && let Ok(wanted) = &result
            {
                cx.set_definitions(wanted.clone());
            }
            revert = form.is_touched() && ui.add(Button::plain("Discard changes")).clicked();
        });
        let t = theme::of(ui);
        let area = ui.available_rect_before_wrap();
        let half = ((area.width() - t.shell().gutter) / 2.0).round();
        let left = Rect::from_min_max(area.min, pos2(area.left() + half, area.bottom()));
        let right = Rect::from_min_max(pos2(area.right() - half, area.top()), area.max);
        card_at(ui, left, t.space().x4, |ui| {
            scrolled(ui, t.space().x3, |ui| revenue(ui, t, form));
        });
        let tall = MOVES.min(right.height() - FIELDS - t.shell().gutter);
        let (fields, below) = match form.is_touched() {
            true => {
                (right.with_max_y(right.bottom() - tall - t.shell().gutter), right.with_min_y(right.bottom() - tall))
            }
            false => (right, right),
        };
        card_at(ui, fields, t.space().x4, |ui| {
            scrolled(ui, t.space().x3, |ui| {
                if place(ui, t, form, &missing) {
                    match form.name.trim() {
                        "" => form.name = name.clone(),
                        typed if typed != name => cx.set_shop_name(typed.to_owned()),
                        _ => {}
                    }
                }
            });
        });
        if form.is_touched() {
            card_at(ui, below, t.space().x4, |ui| match &result {
                Err(wrong) => error_line(ui, wrong),
                Ok(wanted) => self.moves.show(cx, ui, wanted),
            });
        }
        ui.advance_cursor_after_rect(area);
        if let Some(shop) = &mut cx.shop {
            shop.try_definitions(draft);
        }
        if revert {
            self.form = None;
        }
    }
}

fn revenue(ui: &mut Ui, t: &Theme, form: &mut Form) {
    say(ui, Type::Emphasis, "What counts as revenue");
    remark(ui, form.wanted.revenue_in_words());
    ui.add_space(t.space().x2);
    let parts = [(Part::Included, "Included"), (Part::Excluded, "Left out")];
    let wanted = &mut form.wanted;
    row(ui, "Tax", "Contained in order totals", |ui| segmented(ui, "Tax", &parts, &mut wanted.tax));
    row(ui, "Shipping", "What buyers paid for delivery", |ui| segmented(ui, "Shipping", &parts, &mut wanted.shipping));
    let refunds = [(Part::Included, "Subtracted"), (Part::Excluded, "Ignored")];
    row(ui, "Refunds and returns", "", |ui| segmented(ui, "Refunds and returns", &refunds, &mut wanted.refunds));
    let undated = [(UndatedRefund::OrderDate, "Order date"), (UndatedRefund::ImportDate, "Import date")];
    row(ui, "Refunds without a date", "Where the source does not say when", |ui| {
        segmented(ui, "Refunds without a date", &undated, &mut wanted.undated_refunds)
    });
    row(ui, "Orders of no value", "Free samples and replacements", |ui| {
        segmented(
            ui,
            "Orders of no value",
            &[(Part::Included, "Count"), (Part::Excluded, "Do not")],
            &mut wanted.free_orders,
        )
    });
    ui.add_space(t.space().x2);
    say(ui, Type::Label, "Orders that count");
    remark(ui, "Test orders never count");
    for status in OrderStatus::ALL {
        let mut on = wanted.counted.contains(&status);
        let mut name = status.word().to_owned();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        if check(ui, &name, &mut on).changed() {
            // Kept in the order of their numbers, so that equal choices are equal values.
            wanted.counted = OrderStatus::ALL
                .into_iter()
                .filter(|s| if *s == status { on } else { wanted.counted.contains(s) })
                .collect();
        }
    }
}

/// Returns whether the field of the name was left.
fn place(ui: &mut Ui, t: &Theme, form: &mut Form, missing: &[Currency]) -> bool {
    say(ui, Type::Emphasis, "Name, time, currency and margin");
    ui.add_space(t.space().x2);
    let mut named = false;
    row(ui, "Name of the shop", "In the window and on documents", |ui| {
        let wrong = form.name.trim().is_empty().then_some("A shop needs a name");
        named = Field::new("Name of the shop", 220.0).error(wrong).show(ui, &mut form.name).lost_focus();
    });
    row(ui, "Time zone", "Days begin at its midnight", |ui| {
        let zone = ui.add(Button::new(form.wanted.zone.name()).chevron());
        menu_of(&zone, |ui| {
            if let Some(zone) = search_menu(ui, "Search time zones", zones()).and_then(Zone::parse) {
                form.wanted.zone = zone;
            }
        });
    });
    row(ui, "Currency", "All figures are in it", |ui| {
        let currency = ui.add(Button::new(form.wanted.currency.code()).chevron());
        menu_of(&currency, |ui| {
            let line = search_menu(ui, "Search currencies", currencies());
            if let Some(currency) = line.and_then(|line| Currency::parse(line.get(0..3)?)) {
                form.wanted.currency = currency;
            }
        });
    });
    row(ui, "Margin where no unit cost is known", "Share of revenue left after the cost of goods", |ui| {
        let wrong = form.margin().err();
        let field = Field::number("Margin where no unit cost is known", "%", 110.0).hint("Not set");
        field.error(wrong.as_deref()).show(ui, &mut form.margin)
    });
    ui.add_space(t.space().x3);
    hairline(ui);
    ui.add_space(t.space().x2);
    rates(ui, t, form, missing);
    named
}

fn rates(ui: &mut Ui, t: &Theme, form: &mut Form, missing: &[Currency]) {
    let own = form.wanted.currency;
    ui.horizontal(|ui| {
        say(ui, Type::Label, "Your exchange rates");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let add = ui.add(Button::plain("Add a currency").icon(icons::ADD).small());
            menu_of(&add, |ui| {
                let line = search_menu(ui, "Search currencies to add", currencies());
                if let Some(currency) = line.and_then(|line| Currency::parse(line.get(0..3)?))
                    && currency != own
                    && form.rates.iter().all(|(c, _)| *c != currency)
                {
                    form.add_rate(currency);
                }
            });
        });
    });
    remark(ui, "Orders in a currency without a rate are kept and not counted");
    let open = missing.iter().filter(|c| **c != own && form.rates.iter().all(|(rated, _)| rated != *c));
    let open: Vec<Currency> = open.copied().collect();
    if !open.is_empty() {
        ui.horizontal_wrapped(|ui| {
            text::icon(ui, icons::WARNING, t.icon().small, t.tone(Tone::Warning).mark);
            say(ui, Type::Body, "Without a rate:");
            for currency in open {
                let name = format!("Add a rate of {currency}");
                if ui.add(Button::new(currency.code()).named(&name).icon(icons::ADD).small()).clicked() {
                    form.add_rate(currency);
                }
            }
        });
    }
    ui.add_space(t.space().x1);
    let mut gone = None;
    for (i, (currency, text)) in form.rates.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            say(ui, Type::Body, format!("1 {currency} ="));
            let label = format!("Rate of {currency} in {own}");
            let wrong = (!text.trim().is_empty() && parse_rate(text).is_none()).then_some("not a rate");
            let id = Id::unique(("rate", currency.code()));
            let field = Field::number(&label, own.code(), 140.0).hint("0.00").error(wrong).id(id).show(ui, text);
            if form.fresh == Some(*currency) {
                form.fresh = None;
                field.request_focus();
            }
            if icon_button(ui, icons::CLOSE, &format!("Remove the rate of {currency}")).clicked() {
                gone = Some(i);
            }
        });
    }
    if let Some(i) = gone {
        form.rates.remove(i);
    }
}

/// A form row: label and remark left, control right.
fn row<R>(ui: &mut Ui, label: &str, line: &str, control: impl FnOnce(&mut Ui) -> R) {
    let t = theme::of(ui);
    let size = egui::vec2(ui.available_width(), 44.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt(label));
    control(&mut right);
    let words = Rect::from_min_max(rect.min, pos2(right.min_rect().left() - t.space().x2, rect.bottom()));
    let mut left = ui.new_child(UiBuilder::new().max_rect(words).layout(Layout::top_down(Align::Min)));
    left.spacing_mut().item_spacing.y = 0.0;
    let high = if line.is_empty() { t.line(Type::Body) } else { t.line(Type::Body) + t.line(Type::Caption) };
    left.add_space((rect.height() - high) / 2.0);
    // Cut rather than wrapped: in a narrow window a second line would run into the next row.
    for (style, ink, words) in [(Type::Label, t.text.strong, label), (Type::Caption, t.text.subdued, line)] {
        if !words.is_empty() {
            left.add(egui::Label::new(text::rich(t, style, words).color(ink)).truncate());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_what_it_was_made_of() {
        let mut definitions = Definitions::default();
        definitions.rates.insert(Currency::parse("CHF").unwrap(), 1_080_000);
        definitions.default_margin = Some(0.42);
        let mut form = Form::of(Path::new("a"), "My shop", &definitions);
        assert_eq!(form.definitions().unwrap(), definitions);
        assert!(!form.is_touched());
        form.margin = "142".into();
        assert!(form.is_touched());
        assert!(form.definitions().is_err());
        form.margin = String::new();
        assert_eq!(form.definitions().unwrap().default_margin, None);
        form.rates[0].1 = "abc".into();
        assert!(form.definitions().unwrap_err().contains("CHF"));
        form.follow(Path::new("a"), "Renamed", &definitions);
        assert_eq!((form.name.as_str(), form.rates[0].1.as_str()), ("Renamed", "abc"), "the rest is still being typed");
        form.follow(Path::new("b"), "Another", &definitions);
        assert_eq!((form.name.as_str(), form.is_touched()), ("Another", false));
    }
}
