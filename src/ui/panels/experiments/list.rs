//! The list of experiments, and the framework's table of the programme, which fills itself from it.

use std::sync::Arc;

use egui::{Rect, Ui};

use super::Facts;
use crate::model::Currency;
use crate::model::experiment::{Kind, Status};
use crate::ops::experiments::SavedExperiment;
use crate::ops::experiments::programme::{Memory, ProgrammeRow, memory, programme};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::menu::menu_of;
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, Column, Field, Table, TableState, check, remark, say, sheet, states};

/// The list and where it stands.
#[derive(Default)]
pub struct List {
    table: TableState,
    archived: bool,
    /// What is searched for.
    words: String,
    programme: TableState,
    together: Option<Together>,
}

/// What all experiments come to, as they were saved last: worked out once, not in every frame.
struct Together {
    of: Arc<Vec<SavedExperiment>>,
    currency: Currency,
    rows: Vec<ProgrammeRow>,
    memory: Memory,
}

impl Together {
    fn is_of(&self, facts: &Facts) -> bool {
        Arc::ptr_eq(&self.of, &facts.saved) && self.currency == facts.currency
    }

    fn new(facts: &Facts) -> Self {
        Self {
            of: Arc::clone(&facts.saved),
            currency: facts.currency,
            rows: programme(&facts.saved, facts.currency),
            memory: memory(&facts.saved, "", None),
        }
    }
}

impl List {
    /// Draws the list; a row opens its experiment.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let t = theme::of(ui);
        let put_away = facts.saved.iter().filter(|saved| saved.experiment.archived).count();
        ui.horizontal(|ui| {
            let field = Field::new("Find by what was changed", 320.0).icon(icons::SEARCH);
            field.hint("Find by what was changed").show(ui, &mut self.words);
            if put_away > 0 {
                check(ui, &format!("Show {} that were put away", locale::count(put_away as u64)), &mut self.archived);
            }
        });
        ui.add_space(t.space().x2);
        let rows: Vec<&SavedExperiment> = (facts.saved.iter().rev())
            .filter(|saved| self.archived || !saved.experiment.archived)
            .filter(|saved| saved.experiment.speaks_of(&self.words))
            .collect();
        let columns = [
            Column::text("Experiment", 220.0).grow(1.0),
            Column::text("Kind", 130.0),
            Column::text("Status", 96.0),
            Column::text("Decided by", 180.0),
            Column::text("Starts", 110.0),
            Column::number("Lift found", 96.0),
            Column::text("Decision", 170.0),
            Column::number(format!("Worth in a year, {}", facts.currency.code()), 150.0),
        ];
        let of = |row: u64| usize::try_from(row).ok().and_then(|row| rows.get(row)).copied();
        let mut opened = None;
        let shown = sheet(ui, |ui| {
            let table = Table::new("Experiments", &columns, rows.len() as u64, t.row().normal);
            let most = t.row().header + 12.0 * t.row().normal;
            let height = table.height(t).min(most);
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                table.opens("Open the experiment").show(ui, &mut self.table, |row, column, cell| {
                    let Some(saved) = of(row) else { return };
                    match (column, value(saved, column, facts)) {
                        (0, _) => {
                            if cell.link(&saved.experiment.name) {
                                opened = Some(saved.id);
                            }
                        }
                        (2, _) => cell.chip(saved.experiment.status.name(), tone(saved.experiment.status), None),
                        (_, Value::Text(text)) => cell.text(&text),
                        (_, Value::Day(day)) => cell.text(&locale::date(day)),
                        (_, Value::Number(share)) => cell.text(&signed_percent(share)),
                        (_, Value::Money(minor, currency)) => cell.text(&locale::money(minor, currency)),
                        _ => cell.subdued("—"),
                    }
                })
            })
            .inner
        })
        .inner;
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| of(row).map_or(Value::Empty, |saved| value(saved, column, facts)));
        }
        if let Some(id) = opened.or_else(|| Some(of(shown.entered?)?.id)) {
            cx.experiment = Some(id);
        }
        ui.add_space(t.shell().gutter);
        self.programme(cx, ui, facts);
    }

    fn programme(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let t = theme::of(ui);
        let known = self.together.take().filter(|together| together.is_of(facts));
        let Together { rows, memory, .. } = &*self.together.insert(known.unwrap_or_else(|| Together::new(facts)));
        let columns = [
            Column::text("Programme", 180.0).grow(1.0),
            Column::number("Current tests", 110.0),
            Column::number("Decided", 90.0),
            Column::number("Win rate", 90.0),
            Column::number("Average lift", 110.0),
            Column::number("Implemented", 110.0),
            Column::number(format!("Annual impact, {}", facts.currency.code()), 150.0),
        ];
        let row_of = |row: u64| rows.get(usize::try_from(row).ok()?);
        let value = |row: u64, column: usize| {
            let Some(of) = row_of(row) else { return Value::Empty };
            let share = |share: Option<f64>| share.map_or(Value::Empty, Value::Number);
            match column {
                0 => Value::Text(of.kind.name().into()),
                1 => Value::Count(of.running),
                2 => Value::Count(of.decided),
                3 => share(of.win_rate),
                4 => share(of.average_lift),
                5 => share(of.implementation_rate),
                _ => of.annual_impact.map_or(Value::Empty, |worth| Value::Money(worth.minor, worth.currency)),
            }
        };
        let mut shown = None;
        sheet(ui, |ui| {
            let table = Table::new("Testing programme", &columns, Kind::ALL.len() as u64, t.row().normal).plain();
            let height = table.height(t);
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                shown = Some(table.show(ui, &mut self.programme, |row, column, cell| match value(row, column) {
                    Value::Text(text) => cell.label(&text),
                    Value::Count(n) => cell.text(&locale::count(n)),
                    Value::Number(share) if column == 4 => cell.text(&signed_percent(share)),
                    Value::Number(share) => cell.text(&locale::percent(share, 0)),
                    Value::Money(minor, currency) => cell.text(&locale::money(minor, currency)),
                    _ => cell.subdued("—"),
                }));
            });
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, value);
        }
        if memory.programme.tests > 0 {
            say(ui, Type::Body, &memory.programme.words);
            if let Some(share) = memory.programme.false_winners {
                remark(
                    ui,
                    format!(
                        "{} better beyond chance by itself; of such about {} are expected to be false",
                        locale::counted(memory.programme.winners as u64, "result was", "results were each"),
                        locale::percent(share, 0)
                    ),
                );
            }
        }
    }

    /// The button that saves the list.
    pub fn export_menu(&mut self, ui: &mut Ui) {
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
        menu_of(&export, |ui| {
            if let Some(target) = export_items(ui, "Experiments as") {
                self.table.ask(target);
            }
        });
    }
}

fn signed_percent(share: f64) -> String {
    let text = locale::percent(share, 1);
    if share > 0.0 { format!("+{text}") } else { text }
}

fn tone(status: Status) -> Option<Tone> {
    match status {
        Status::Running => Some(Tone::Info),
        Status::Finished => Some(Tone::Good),
        Status::Stopped => Some(Tone::Warning),
        Status::Draft => None,
    }
}

fn value(saved: &SavedExperiment, column: usize, facts: &Facts) -> Value {
    let experiment = &saved.experiment;
    let plan = &experiment.plan;
    let decision = experiment.decision.as_ref();
    match column {
        0 => Value::Text(experiment.name.clone()),
        1 => Value::Text(plan.kind.name().into()),
        2 => Value::Text(experiment.status.name().into()),
        3 => Value::Text(plan.primary.name().to_owned()),
        4 => plan.starts.map_or(Value::Empty, Value::Day),
        5 => {
            let found = decision.and_then(|decision| decision.found.iter().max_by(|a, b| a.lift.total_cmp(&b.lift)));
            found.map_or(Value::Empty, |found| Value::Number(found.lift))
        }
        6 => decision.map_or(Value::Empty, |decision| Value::Text(decision.choice.words())),
        _ => match &experiment.impact {
            Some(impact) if impact.amount.currency == facts.currency => {
                Value::Money(impact.amount.minor, facts.currency)
            }
            _ => Value::Empty,
        },
    }
}

/// Before the first experiment. Returns whether one is wanted.
pub fn first(ui: &mut Ui) -> bool {
    let rect: Rect = ui.available_rect_before_wrap();
    card_at(ui, rect, 16.0, |ui| {
        let words =
            "Type totals, open a file of variants or customers, or read a hold-out list against the shop’s orders";
        let button = Button::accent("Plan an experiment").icon(icons::ADD);
        states::empty(ui, icons::EXPERIMENTS, "No experiments yet", words, button).clicked()
    })
}
