//! ROI and value: calculators over one set of assumptions, typed or taken from the shop's data; what each result depends
//! on; scenarios side by side; and what moves in the rest of the product when a scenario is used.

mod assumptions;
mod channels;
mod compare;
mod moves;
mod pictures;
mod print;
mod results;
mod stack;
mod work;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, pos2, vec2};

use self::assumptions::Known;
use self::channels::Channels;
use self::moves::Moves;
use self::stack::StackSheet;
use self::work::{Asked, Shown};
use super::{Panel, draw_slot};
use crate::analytics::roi::{CALCULATORS, CalculatorId, OutputId, Taken, technology};
use crate::jobs::Progress;
use crate::model::assumption::{AssumptionId, OWN, Saved, Scenario, Scenarios};
use crate::model::plan::Problem;
use crate::model::{Day, Definitions};
use crate::ops::now;
use crate::ops::roi::problems;
use crate::ui::cx::Cx;
use crate::ui::draft::{Draft, Followed};
use crate::ui::shop::Home;
use crate::ui::slot::{Same, Slot};
use crate::ui::theme::{self, Type, icons};
use crate::ui::widgets::fields::typing::Typing;
use crate::ui::widgets::form::choice;
use crate::ui::widgets::menu::{item, menu_item, menu_line, menu_of};
use crate::ui::widgets::record::{form_card, heading};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, TableState, icon_button, page_header, say, scrolled};

/// Width of the card of assumptions.
const LEFT: f32 = 396.0;
/// Height of the pictures below the tornado.
const LOWER: f32 = 330.0;

/// The scenarios as they are edited, and what is being typed.
pub struct Record {
    draft: Draft<Scenarios>,
    typing: Typing,
}

/// What data say depends on the state of the data, what words mean, and the day.
type TakenKey = (u64, Definitions, Day);

/// The page and what it remembers.
pub struct RoiPage {
    record: Record,
    taken: Slot<TakenKey, Arc<Taken>>,
    shown: Slot<(Option<Same<Taken>>, Asked), Arc<Shown>>,
    scenario: String,
    /// Somebody has seen the page since it was made.
    opened: bool,
    calculator: CalculatorId,
    output: Option<OutputId>,
    pair: Option<(AssumptionId, AssumptionId)>,
    cell: Option<(usize, usize)>,
    ranging: Option<AssumptionId>,
    comparing: bool,
    side_by_side: TableState,
    stack: StackSheet,
    moves: Moves,
    channels: Channels,
}

impl Default for RoiPage {
    fn default() -> Self {
        Self {
            record: Record { draft: Draft::of(0, &Scenarios::default()), typing: Typing::default() },
            taken: Slot::new("Looking what the shop’s data say"),
            shown: Slot::new("Reckoning"),
            scenario: Scenario::example().name,
            opened: false,
            calculator: CalculatorId::MarketingRoi,
            output: None,
            pair: None,
            cell: None,
            ranging: None,
            comparing: false,
            side_by_side: TableState::default(),
            stack: StackSheet::default(),
            moves: Moves::default(),
            channels: Channels::default(),
        }
    }
}

impl Panel for RoiPage {
    fn ui(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        if self.record.draft.follow(&shop.facts.scenarios, |_, _| {}) == Followed::Replaced {
            self.record.typing.clear();
        }
        self.record.typing.problems = problems(&self.record.draft.value);
        // The shop's own choice goes before the example, once there is one.
        if !std::mem::replace(&mut self.opened, true) && self.record.draft.value.used != OWN {
            self.scenario.clone_from(&self.record.draft.value.used);
        }
        if self.record.draft.value.named(&self.scenario).is_none() {
            self.scenario = self.record.draft.value.used.clone();
        }
        self.ask(cx);
        self.header(ui);
        let view = self.shown.view();
        let about = ("Too little to reckon with", "Type the assumptions, or import what tells them");
        if draw_slot(ui, cx, view, about, |ui, cx, shown| self.ready(cx, ui, shown)) {
            self.shown.stop();
        }
        self.keep(cx, ui);
    }
}

impl RoiPage {
    fn keep(&mut self, cx: &mut Cx, ui: &Ui) {
        if self.record.typing.problems.iter().any(|problem: &Problem| problem.stops) {
            return;
        }
        if let Some(scenarios) = self.record.draft.due(ui, Clone::clone) {
            let work = move |home: &mut Home, _: &Progress| {
                home.session()?.save_scenarios("Changed the assumptions", now(), &scenarios)
            };
            cx.write("Saving the assumptions", work, |_, ()| {});
        }
    }

    fn place(&self) -> usize {
        let all = &self.record.draft.value.all;
        all.iter().position(|one| one.name == self.scenario).unwrap_or(0)
    }

    fn chosen_output(&self) -> OutputId {
        let calculator = self.calculator.get();
        self.output.filter(|id| calculator.outputs.contains(id)).unwrap_or(calculator.main)
    }

    fn chosen_pair(&self) -> Option<(AssumptionId, AssumptionId)> {
        let inputs = self.calculator.get().inputs;
        self.pair.filter(|(a, b)| inputs.contains(a) && inputs.contains(b))
    }

    fn ask(&mut self, cx: &Cx) {
        let Some(shop) = &cx.shop else { return };
        let (definitions, as_of) = (shop.facts.definitions.clone(), shop.as_of());
        if shop.data().is_some() {
            self.taken.ask((shop.data_key(), definitions.clone(), as_of), || {
                cx.from_session(move |home, progress| Ok(Ok(Arc::new(home.session()?.taken(Some(as_of), progress)?))))
            });
        }
        let taken = self.taken.latest().map(|(_, taken)| taken.clone());
        let asked = Asked {
            scenarios: self.record.draft.value.clone(),
            scenario: self.scenario.clone(),
            calculator: self.calculator,
            output: self.chosen_output(),
            pair: self.chosen_pair(),
            definitions,
            as_of,
        };
        self.shown.ask((taken.clone().map(Same), asked.clone()), || {
            cx.compute(move |progress| Ok(Ok(Arc::new(work::reckon(&asked, taken.as_deref(), progress)?))))
        });
    }

    fn header(&mut self, ui: &mut Ui) {
        let calculator = self.calculator.get();
        let line = format!("Scenario: {}. {}", self.scenario, calculator.purpose);
        page_header(ui, "ROI and value", &line, |ui| {
            let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
            menu_of(&export, |ui| {
                if let Some(target) = export_items(ui, "Scenarios side by side as") {
                    self.comparing = true;
                    self.side_by_side.ask(target);
                }
            });
            let words = if self.comparing { "Back to one scenario" } else { "Compare scenarios" };
            if ui.add(Button::new(words).icon(icons::COMPARE)).clicked() {
                self.comparing = !self.comparing;
            }
            self.kept(ui);
        });
    }

    /// Calculations that are kept.
    fn kept(&mut self, ui: &mut Ui) {
        let button = ui.add(Button::new("Kept").icon(icons::DOCUMENT).chevron());
        let mut open = None;
        menu_of(&button, |ui| {
            let saved = &self.record.draft.value.saved;
            if saved.is_empty() {
                item(ui, "Nothing is kept yet", None, None, false, false);
            }
            for one in saved {
                let icon = one.in_document.then_some(icons::CHECK);
                if menu_item(ui, &one.name, icon, None, false).clicked() {
                    open = Some(one.clone());
                }
            }
        });
        if let Some(one) = open {
            self.scenario = one.scenario;
            self.calculator = CalculatorId::parse(&one.calculator).unwrap_or(self.calculator);
            self.output = OutputId::parse(&one.output);
            self.pair = one.two_way;
            (self.cell, self.comparing) = (None, false);
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Arc<Shown>) {
        let t = theme::of(ui);
        let gap = t.shell().gutter;
        scrolled(ui, t.space().x4, |ui| {
            let area = ui.available_rect_before_wrap();
            let left = Rect::from_min_size(area.min, vec2(LEFT.min(area.width() * 0.4), area.height()));
            let right = Rect::from_min_max(pos2(left.right() + gap, area.top()), area.max);
            let mut column = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("assumptions"));
            column.spacing_mut().item_spacing.y = gap;
            self.left(cx, &mut column);
            let mut other = ui.new_child(egui::UiBuilder::new().max_rect(right).id_salt("results"));
            other.spacing_mut().item_spacing.y = gap;
            if self.comparing {
                compare::show(cx, &mut other, &mut self.side_by_side, self.calculator.get(), &shown.beside);
            } else {
                self.right(cx, &mut other, shown);
            }
            let bottom = column.min_rect().bottom().max(other.min_rect().bottom());
            ui.advance_cursor_after_rect(area.with_max_y(bottom + t.space().x2));
        });
    }

    fn left(&mut self, cx: &Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let currency = shop.facts.definitions.currency;
        let place = self.place();
        form_card(ui, |ui| {
            self.scenario_line(ui, place);
            let names: Vec<String> = CALCULATORS.iter().map(|one| one.name.to_owned()).collect();
            let wide = ui.available_width();
            if let Some(new) = choice(ui, "Calculator", wide, self.calculator.get().name, &names) {
                (self.calculator, self.output, self.pair, self.cell) = (CALCULATORS[new].id, None, None, None);
                self.ranging = None;
            }
            let taken = self.taken.latest().map(|(_, taken)| taken.clone());
            let known = Known { calculator: self.calculator.get(), taken: taken.as_deref(), currency };
            assumptions::rows(ui, &mut self.record, place, &known, &mut self.ranging);
            let Some(scenario) = self.record.draft.value.all.get(place) else { return };
            if assumptions::shop_says(ui, scenario, &known) {
                self.scenario = self.new_scenario(OWN, Scenario::from_data);
            }
            self.document_line(ui);
        });
        self.about(ui, place);
    }

    /// Heading with the choice of scenario and what can be done with it.
    fn scenario_line(&mut self, ui: &mut Ui, place: usize) {
        let used = self.record.draft.value.used == self.scenario;
        let line =
            if used { "Used by sale plans, targets and documents" } else { "Not used by the rest of the product" };
        heading(ui, "Assumptions", line, |ui| {
            let more = icon_button(ui, icons::MORE, "What to do with the scenario");
            let mut act = None;
            menu_of(&more, |ui| {
                for (n, (words, icon, enabled)) in [
                    ("Use it in the product", icons::CHECK, !used),
                    ("Duplicate", icons::COPY, true),
                    ("New from the shop’s data", icons::DATA, true),
                    ("New, empty", icons::ADD, true),
                    ("Delete", icons::DELETE, self.record.draft.value.all.len() > 1),
                ]
                .into_iter()
                .enumerate()
                {
                    if n == 4 {
                        menu_line(ui);
                    }
                    if item(ui, words, Some(icon), None, false, enabled).clicked() {
                        act = Some(n);
                    }
                }
            });
            if let Some(act) = act {
                self.act(act, place);
            }
        });
        let names: Vec<String> = self.record.draft.value.all.iter().map(|one| one.name.clone()).collect();
        let wide = ui.available_width();
        if let Some(new) = choice(ui, "Scenario", wide, &self.scenario, &names) {
            self.scenario.clone_from(&names[new]);
            self.record.typing.clear();
            self.ranging = None;
        }
    }

    fn act(&mut self, act: usize, place: usize) {
        let Some(one) = self.record.draft.value.all.get(place).cloned() else { return };
        match act {
            0 => self.record.draft.value.used = one.name,
            1 => self.scenario = self.new_scenario(&one.name, |name| Scenario { name: name.into(), ..one.clone() }),
            2 => self.scenario = self.new_scenario(OWN, Scenario::from_data),
            3 => {
                let empty = |name: &str| Scenario { name: name.into(), ..Scenario::default() };
                self.scenario = self.new_scenario("New scenario", empty);
            }
            _ => {
                self.record.draft.value.remove(&one.name);
                self.scenario = self.record.draft.value.used.clone();
            }
        }
        self.record.typing.clear();
        self.ranging = None;
    }

    /// Puts a scenario of a free name behind the others; tells the name.
    fn new_scenario(&mut self, name: &str, make: impl Fn(&str) -> Scenario) -> String {
        let all = &mut self.record.draft.value;
        let free = (1..)
            .map(|n| if n == 1 { name.to_owned() } else { format!("{name} {n}") })
            .find(|name| all.named(name).is_none())
            .unwrap_or_default();
        all.all.push(make(&free));
        free
    }

    /// Keeps the calculation and puts it into the document, or takes it out.
    fn document_line(&mut self, ui: &mut Ui) {
        let t = theme::of(ui);
        let name = format!("{}, {}", self.calculator.get().name, self.scenario);
        let (output, pair) = (self.chosen_output(), self.chosen_pair());
        let saved = &mut self.record.draft.value.saved;
        let mine = saved.iter().position(|one| {
            CalculatorId::parse(&one.calculator) == Some(self.calculator) && one.scenario == self.scenario
        });
        ui.add_space(t.space().x2);
        let in_document = mine.is_some_and(|n| saved[n].in_document);
        let words = if in_document { "Take out of the document" } else { "Put into the document" };
        if ui.add(Button::new(words).icon(icons::DOCUMENT)).clicked() {
            match mine {
                Some(n) => saved[n].in_document = !in_document,
                None => saved.push(Saved {
                    name,
                    calculator: self.calculator.get().key.to_owned(),
                    scenario: self.scenario.clone(),
                    output: output.get().key.to_owned(),
                    two_way: pair,
                    draws: crate::analytics::roi::DRAWS,
                    seed: work::SEED,
                    in_document: true,
                }),
            }
        }
        if let Some(n) = mine {
            let wide = ui.available_width();
            self.record.typing.line(ui, &format!("saved[{n}].name"), "Kept as", wide, &mut saved[n].name);
        }
    }

    /// Name and note of the scenario.
    fn about(&mut self, ui: &mut Ui, place: usize) {
        form_card(ui, |ui| {
            let wide = ui.available_width();
            let all = &mut self.record.draft.value;
            let Some(one) = all.all.get(place) else { return };
            let (old, mut name, mut note) = (one.name.clone(), one.name.clone(), one.note.clone());
            say(ui, Type::Emphasis, "About this scenario");
            self.record.typing.line(ui, &format!("scenarios[{place}].name"), "Name", wide, &mut name);
            self.record.typing.text(ui, &format!("scenarios[{place}].note"), "What it is for", (wide, 3), &mut note);
            if name != old {
                all.rename(&old, &name);
                self.scenario = all.all.get(place).map(|one| one.name.clone()).unwrap_or_default();
            }
            if let Some(one) = all.all.get_mut(place) {
                one.note = note;
            }
        });
    }

    fn right(&mut self, cx: &mut Cx, ui: &mut Ui, shown: &Arc<Shown>) {
        let t = theme::of(ui);
        let gap = t.shell().gutter;
        let chosen = self.chosen_output();
        let by_large = results::show(ui, shown, chosen);
        results::remarks(ui, &shown.remarks);
        if self.calculator == CalculatorId::Technology
            && let Some(shop) = &cx.shop
        {
            let told = technology(&self.record.draft.value.stack, &shop.facts.definitions);
            stack::show(ui, &mut self.stack, &mut self.record.draft.value.stack, &told);
        }
        let high = pictures::tornado_height(ui, shown);
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
        pictures::tornado(cx, ui, shown, place);
        let (lower, _) = ui.allocate_exact_size(vec2(ui.available_width(), LOWER), Sense::hover());
        let middle = lower.left() + ((lower.width() - gap) * 0.5).round();
        let drawn = (shown.two_way.rows, shown.two_way.columns);
        let mut pair = drawn;
        pictures::two_way(ui, shown, lower.with_max_x(middle), &mut pair, &mut self.cell);
        if pair != drawn {
            (self.pair, self.cell) = (Some(pair), None);
        }
        pictures::spread(cx, ui, shown, lower.with_min_x(middle + gap));
        let by_small = results::others(ui, shown, chosen);
        if let Some(output) = by_large.or(by_small) {
            (self.output, self.cell) = (Some(output), None);
        }
        let all = &self.record.draft.value;
        if let (Some(used), Some(one)) = (all.in_use(), all.named(&self.scenario))
            && let Some((state, _)) = self.taken.latest()
        {
            if self.calculator == CalculatorId::AdSpend {
                self.channels.show(cx, ui, state, one);
            }
            if used.name != one.name {
                self.moves.show(cx, ui, state, (used, one));
            }
        }
    }
}
