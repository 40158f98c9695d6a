//! The list of campaigns, and what a new one begins with.

use egui::{Rect, Ui};

use super::Facts;
use crate::model::Day;
use crate::model::campaign::{TEMPLATES, Template, template};
use crate::ops::campaigns::SavedCampaign;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::table::menu::export_items;
use crate::ui::widgets::{Button, Column, Table, TableState, check, sheet, states};

/// The list and where it stands.
pub struct List {
    table: TableState,
    archived: bool,
}

impl Default for List {
    fn default() -> Self {
        Self { table: TableState::sorted(3, true), archived: false }
    }
}

impl List {
    /// Draws the list; a row opens its campaign.
    pub(super) fn show(&mut self, cx: &mut Cx, ui: &mut Ui, facts: &Facts) {
        let put_away = facts.saved.iter().filter(|saved| saved.campaign.archived).count();
        if put_away > 0 {
            check(ui, &format!("Show {} that were put away", locale::count(put_away as u64)), &mut self.archived);
        }
        let mut rows: Vec<&SavedCampaign> =
            facts.saved.iter().filter(|saved| self.archived || !saved.campaign.archived).collect();
        self.sort(&mut rows, facts);
        let columns = [
            Column::text("Campaign", 220.0).grow(1.0).sortable(),
            Column::text("Kind", 190.0).sortable(),
            Column::text("Status", 96.0).sortable(),
            Column::text("Starts", 110.0).sortable(),
            Column::text("Ends", 110.0).sortable(),
            Column::text("Owner", 120.0).sortable(),
            Column::number("Tasks done", 96.0),
            Column::number(format!("Planned spend, {}", facts.currency.code()), 140.0),
        ];
        let of = |row: u64| usize::try_from(row).ok().and_then(|row| rows.get(row)).copied();
        let mut opened = None;
        let shown = sheet(ui, |ui| {
            let table = Table::new("Campaigns", &columns, rows.len() as u64, theme::of(ui).row().normal);
            table.opens("Open the campaign").show(ui, &mut self.table, |row, column, cell| {
                let Some(SavedCampaign { id, campaign }) = of(row) else { return };
                match column {
                    0 => {
                        if cell.link(&campaign.name) {
                            opened = Some(*id);
                        }
                    }
                    1 => cell.label(template(campaign.template).name),
                    2 => cell.chip(campaign.status.name(), tone(campaign.status), None),
                    3 => cell.label(&locale::date(campaign.days().0)),
                    4 => cell.label(&locale::date(campaign.days().1)),
                    5 if campaign.owner.is_empty() => cell.subdued("—"),
                    5 => cell.label(&campaign.owner),
                    6 => {
                        let (done, all) = tasks(campaign);
                        cell.text(&format!("{done} of {all}"));
                    }
                    _ if campaign.spend.is_empty() => cell.text("—"),
                    _ => {
                        let minor = campaign.planned_spend(facts.currency);
                        cell.text(&locale::number(facts.currency.major(minor), facts.currency.exponent()));
                    }
                }
            })
        })
        .inner;
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| of(row).map_or(Value::Empty, |saved| value(saved, column, facts)));
        }
        if let Some(id) = opened.or_else(|| Some(of(shown.entered?)?.id)) {
            cx.campaign = Some(id);
        }
    }

    fn sort(&self, rows: &mut [&SavedCampaign], facts: &Facts) {
        let Some((column, down)) = self.table.sort else { return };
        let key = |saved: &SavedCampaign| match value(saved, column, facts) {
            Value::Text(text) => (text.to_lowercase(), 0),
            Value::Day(Day(day)) => (String::new(), day),
            _ => (String::new(), 0),
        };
        rows.sort_by_key(|saved| key(saved));
        if down {
            rows.reverse();
        }
    }

    /// The button that saves the list.
    pub fn export_menu(&mut self, ui: &mut Ui) {
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron());
        menu_of(&export, |ui| {
            if let Some(target) = export_items(ui, "Campaigns as") {
                self.table.ask(target);
            }
        });
    }
}

fn tone(status: crate::model::campaign::Status) -> Option<Tone> {
    use crate::model::campaign::Status;
    match status {
        Status::Running => Some(Tone::Info),
        Status::Done => Some(Tone::Good),
        Status::Cancelled => Some(Tone::Warning),
        Status::Draft | Status::Planned => None,
    }
}

fn tasks(campaign: &crate::model::Campaign) -> (usize, usize) {
    let tasks = || campaign.phases.iter().flat_map(|phase| &phase.tasks);
    (tasks().filter(|task| task.done).count(), tasks().count())
}

fn value(saved: &SavedCampaign, column: usize, facts: &Facts) -> Value {
    let campaign = &saved.campaign;
    match column {
        0 => Value::Text(campaign.name.clone()),
        1 => Value::Text(template(campaign.template).name.to_owned()),
        2 => Value::Text(campaign.status.name().to_owned()),
        3 => Value::Day(campaign.days().0),
        4 => Value::Day(campaign.days().1),
        5 => Value::Text(campaign.owner.clone()),
        6 => {
            let (done, all) = tasks(campaign);
            Value::Text(format!("{done} of {all}"))
        }
        _ if campaign.spend.is_empty() => Value::Empty,
        _ => Value::Money(campaign.planned_spend(facts.currency), facts.currency),
    }
}

/// The button that makes a campaign, with its templates.
pub fn new_menu(ui: &mut Ui) -> Option<Template> {
    let button = ui.add(Button::accent("New campaign").icon(icons::ADD).chevron());
    let mut chosen = None;
    menu_of(&button, |ui| chosen = templates(ui));
    chosen
}

/// The templates as lines of a menu.
pub fn templates(ui: &mut Ui) -> Option<Template> {
    let mut chosen = None;
    for info in TEMPLATES {
        if menu_item(ui, info.name, None, None, false).on_hover_text(info.objective).clicked() {
            chosen = Some(info.id);
        }
    }
    chosen
}

/// Before the first campaign.
pub fn first(ui: &mut Ui) -> Option<Template> {
    let rect: Rect = ui.available_rect_before_wrap();
    let mut chosen = None;
    card_at(ui, rect, 16.0, |ui| {
        let words = "A sale event comes with its phases, tasks, measures and checklist; every one can be changed";
        let button = Button::accent("Plan a sale event").icon(icons::ADD);
        if states::empty(ui, icons::CAMPAIGNS, "No campaigns yet", words, button).clicked() {
            chosen = Some(Template::SaleEvent);
        }
        ui.vertical_centered(|ui| {
            let other = ui.add(Button::plain("Begin with another template").chevron());
            menu_of(&other, |ui| chosen = chosen.or(templates(ui)));
        });
    });
    chosen
}
