//! Forecast: orders, revenue and order value by day, week or month, what each product will be asked for, and how demand
//! answers to prices.

mod demand;
mod prices;
mod sales;

use std::sync::Arc;

use egui::Ui;

use self::demand::{DemandTable, Products};
use self::prices::{PricesTable, Responses};
use self::sales::SalesPart;
use super::{Panel, draw_empty, draw_slot, draw_waiting};
use crate::analytics::demand::Settings as DemandSettings;
use crate::analytics::outlook::{Asked, Grain, Of, Outlook, most};
use crate::analytics::price_response::Settings as PriceSettings;
use crate::model::{Day, Definitions};
use crate::planner::holidays::{countries, country};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::form::choice;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, page_header, say, scrolled, segmented};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    #[default]
    Sales,
    Demand,
    Prices,
}

const TABS: [(Tab, &str); 3] = [(Tab::Sales, "Sales"), (Tab::Demand, "Demand and stock"), (Tab::Prices, "Prices")];

/// What results depend on: the state of the data and of what was edited (planned sales), what words mean, the day.
type State = (u64, u64, Definitions, Day);

/// The page and what it remembers.
pub struct ForecastPage {
    tab: Tab,
    outlook: Slot<(State, Asked), Arc<Outlook>>,
    demand: Slot<(State, DemandSettings), Arc<Products>>,
    prices: Slot<(State, PriceSettings), Arc<Responses>>,
    asked: Asked,
    lead: DemandSettings,
    target: PriceSettings,
    typing: Typing,
    sales: SalesPart,
    stock: DemandTable,
    response: PricesTable,
}

impl Default for ForecastPage {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            outlook: Slot::new("Foretelling the past again to see which rule is nearest"),
            demand: Slot::new("Looking at what each product was asked for"),
            prices: Slot::new("Looking at what prices did to demand"),
            asked: Asked::default(),
            lead: DemandSettings::default(),
            target: PriceSettings::default(),
            typing: Typing::default(),
            sales: SalesPart::default(),
            stock: DemandTable::default(),
            response: PricesTable::default(),
        }
    }
}

impl Panel for ForecastPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let (empty, as_of) = (shop.is_empty(), shop.as_of());
        page_header(ui, "Forecast", &format!("What is likely after {}", locale::date(as_of)), |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(!empty));
            menu_of(&export, |ui| self.export(ui));
        });
        if empty {
            let words = "Forecasts rest on the shop’s own past: import orders first";
            return draw_empty(ui, cx, icons::FORECAST, "Nothing to go on yet", words);
        }
        if cx.shop.as_ref().is_none_or(|shop| shop.data().is_none()) {
            return draw_waiting(ui, cx);
        }
        let t = theme::of(ui);
        ui.horizontal(|ui| {
            segmented(ui, "Part of the forecast", &TABS, &mut self.tab);
            ui.add_space(t.space().x3);
            self.controls(ui);
        });
        self.typing.told(ui, "steps");
        ui.add_space(t.space().x2);
        match self.tab {
            Tab::Sales => self.show_sales(cx, ui),
            Tab::Demand => self.show_demand(cx, ui),
            Tab::Prices => self.show_prices(cx, ui),
        }
    }
}

impl ForecastPage {
    fn export(&mut self, ui: &mut Ui) {
        let (words, ask): (_, &mut dyn FnMut(Target)) = match self.tab {
            Tab::Sales => ("Forecast as", &mut |target| self.sales.ask_for(target)),
            Tab::Demand => ("Products as", &mut |target| self.stock.ask_for(target)),
            Tab::Prices => ("Products as", &mut |target| self.response.ask_for(target)),
        };
        if let Some(target) = export_items(ui, words) {
            ask(target);
        }
    }

    fn controls(&mut self, ui: &mut Ui) {
        match self.tab {
            Tab::Sales => {
                segmented(ui, "What is foretold", &Of::ALL.map(|of| (of, of.name())), &mut self.asked.of);
                let grains = [(Grain::Day, "By day"), (Grain::Week, "By week"), (Grain::Month, "By month")];
                if segmented(ui, "How long a step is", &grains, &mut self.asked.grain) {
                    self.asked.ahead = None;
                    self.typing.clear();
                }
                say(ui, Type::Label, "Ahead");
                let (mut ahead, most) = (self.asked.steps(), most(self.asked.grain));
                let unit = format!("{}s", self.asked.grain.name());
                if number(ui, &mut self.typing, "steps", ("Ahead", &unit), (1, most), &mut ahead) {
                    self.asked.ahead = Some(ahead);
                }
                self.holidays(ui);
            }
            Tab::Demand => {
                for (at, name, value) in [
                    ("lead", "Delivery takes", &mut self.lead.lead_days),
                    ("review", "Stock is looked at every", &mut self.lead.review_days),
                ] {
                    say(ui, Type::Label, name);
                    number(ui, &mut self.typing, at, (name, "days"), (1, 365), value);
                }
                say(ui, Type::Label, "Stock is to last in");
                let mut share = (self.lead.service * 100.0).round() as u32;
                if number(ui, &mut self.typing, "service", ("Stock is to last in", "% of cases"), (50, 99), &mut share)
                {
                    self.lead.service = f64::from(share) / 100.0;
                }
            }
            Tab::Prices => {
                say(ui, Type::Label, "Stock should last");
                let place = ("Stock should last", "days");
                number(ui, &mut self.typing, "target", place, (7, 730), &mut self.target.target_days);
            }
        }
    }

    /// Whose holidays may have done something in past years.
    fn holidays(&mut self, ui: &mut Ui) {
        const NONE: &str = "No holidays";
        let all = countries();
        let names: Vec<String> =
            std::iter::once(NONE.to_owned()).chain(all.iter().map(|one| one.name.clone())).collect();
        let chosen = self.asked.country.as_deref().and_then(country).map_or(NONE, |one| one.name.as_str());
        if let Some(new) = choice(ui, "Holidays of", 170.0, chosen, &names) {
            self.asked.country = new.checked_sub(1).and_then(|n| all.get(n)).map(|one| one.code.clone());
        }
    }

    fn state(cx: &Cx) -> Option<State> {
        let shop = cx.shop.as_ref()?;
        Some((shop.data_key(), shop.facts.revision, shop.facts.definitions.clone(), shop.as_of()))
    }

    fn show_sales(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(state) = Self::state(cx) else { return };
        let (asked, as_of) = (self.asked.clone(), state.3);
        self.outlook.ask((state, asked.clone()), || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.outlook(&asked, Some(as_of), progress)?.map(Arc::new))
            })
        });
        let about = ("Too little to go on", "A forecast takes some weeks of sales, for months some months");
        let view = self.outlook.view();
        let sales = &mut self.sales;
        let stop = draw_slot(ui, cx, view, about, |ui, cx, found| {
            scrolled(ui, theme::of(ui).space().x4, |ui| sales.show(cx, ui, found));
        });
        if stop {
            self.outlook.stop();
        }
    }

    fn show_demand(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(state) = Self::state(cx) else { return };
        let (asked, as_of) = (self.lead.clone(), state.3);
        self.demand.ask((state, asked.clone()), || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                Ok(match session.demand(&asked, Some(as_of), progress)? {
                    Ok(found) => Ok(Arc::new(Products::named(session, found)?)),
                    Err(missing) => Err(missing),
                })
            })
        });
        let about = ("Too little to go on", "Demand takes orders whose lines say which products were bought");
        let view = self.demand.view();
        let stock = &mut self.stock;
        if draw_slot(ui, cx, view, about, |ui, cx, found| stock.show(cx, ui, found)) {
            self.demand.stop();
        }
    }

    fn show_prices(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(state) = Self::state(cx) else { return };
        let (asked, as_of) = (self.target, state.3);
        self.prices.ask((state, asked), || {
            cx.from_session(move |home, progress| {
                let session = home.session()?;
                Ok(match session.price_response(&asked, Some(as_of), progress)? {
                    Ok(found) => Ok(Arc::new(Responses::named(session, found)?)),
                    Err(missing) => Err(missing),
                })
            })
        });
        let about = ("Too little to go on", "It takes half a year of order lines with products and prices");
        let view = self.prices.view();
        let response = &mut self.response;
        if draw_slot(ui, cx, view, about, |ui, cx, found| response.show(cx, ui, found)) {
            self.prices.stop();
        }
    }
}

/// A whole number in a narrow field; true when another one is meant. Nothing is computed for somebody who still types.
fn number(
    ui: &mut Ui,
    typing: &mut Typing,
    at: &str,
    (name, unit): (&str, &str),
    (least, most): (u32, u32),
    value: &mut u32,
) -> bool {
    let field = crate::ui::widgets::Field::number(name, unit, 116.0);
    let read = |text: &str| {
        let number = crate::ui::widgets::fields::typing::number(text)?;
        number.filter(|n| (least..=most).contains(n)).ok_or_else(|| format!("Type a number from {least} to {most}"))
    };
    match typing.bare(ui, at, field, value.to_string(), read) {
        Some(new) if new != *value => {
            *value = new;
            true
        }
        _ => false,
    }
}
