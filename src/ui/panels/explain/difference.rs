//! Why a platform tells another figure: platform, days and what it says, then the rules one by one.

use std::sync::Arc;

use egui::{Sense, Ui, vec2};

use super::change::day;
use super::{Basis, gap, pictures, together};
use crate::analytics::explain::{Asked, Difference, Platform, Theirs, last_month, said};
use crate::model::{Currency, Day, Zone};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::draw_slot;
use crate::ui::slot::Slot;
use crate::ui::theme::{self, Tone, Type};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::chart::waterfall::Waterfall;
use crate::ui::widgets::fields::{read, typing::Typing};
use crate::ui::widgets::figure::money;
use crate::ui::widgets::form::search_choice;
use crate::ui::widgets::pick::zones;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Field, Table, TableState, choice, say, say_in, scrolled};

/// Width from which on all fields stand in one row.
const ONE_ROW: f32 = 1_080.0;
/// Share of the width that the picture takes beside the table.
const PICTURE: f32 = 0.52;

/// What a difference depends on.
type Key = (Basis, Asked);

/// The tab and what it remembers.
pub(super) struct DifferenceTab {
    found: Slot<Key, Arc<Difference>>,
    platform: Platform,
    /// Days of the user's own, instead of the last month that is over.
    own: Option<(Day, Day)>,
    zone: Option<Zone>,
    theirs: Option<i64>,
    typing: Typing,
    pub table: TableState,
}

impl Default for DifferenceTab {
    fn default() -> Self {
        Self {
            found: Slot::new("Counting as the platform does"),
            platform: Platform::default(),
            own: None,
            zone: None,
            theirs: None,
            typing: Typing::default(),
            table: TableState::default(),
        }
    }
}

impl DifferenceTab {
    pub fn is_ready(&self) -> bool {
        self.found.latest().is_some()
    }

    fn days(&self, as_of: Day) -> (Day, Day) {
        self.own.unwrap_or_else(|| last_month(as_of))
    }

    /// What is turned into what, below the title.
    pub fn line(&self, as_of: Day) -> String {
        let days = said::days(self.days(as_of), locale::current());
        format!("Your revenue turned into {}, {days}", self.platform.name())
    }

    pub fn ui(&mut self, cx: &mut Cx, ui: &mut Ui, basis: &Basis) {
        let (as_of, definitions) = (basis.as_of, &basis.definitions);
        self.controls(ui, as_of, definitions.currency, definitions.zone);
        let theirs = self.theirs.map(|amount| Theirs { amount, imported: false });
        let asked = Asked { platform: self.platform, days: self.days(as_of), zone: self.zone, theirs };
        self.found.ask((basis.clone(), asked), || {
            cx.from_session(move |home, progress| {
                Ok(home.session()?.explain_difference(Some(as_of), &asked, progress)?.map(Arc::new))
            })
        });
        let about = ("No orders in these days", "Choose other days, or import their orders");
        let view = self.found.view();
        if draw_slot(ui, cx, view, about, |ui, cx, found| self.ready(cx, ui, found)) {
            self.found.stop();
        }
    }

    fn controls(&mut self, ui: &mut Ui, as_of: Day, currency: Currency, shop: Zone) {
        let t = theme::of(ui);
        if ui.available_width() > ONE_ROW {
            ui.horizontal(|ui| {
                self.what(ui, as_of);
                ui.add_space(t.space().x2);
                self.says(ui, currency, shop);
            });
        } else {
            ui.horizontal(|ui| self.what(ui, as_of));
            ui.add_space(t.space().x1);
            ui.horizontal(|ui| self.says(ui, currency, shop));
        }
        for at in ["First day", "Last day", "theirs"] {
            self.typing.told(ui, at);
        }
        ui.add_space(t.space().x2);
    }

    /// Which figure, and of which days.
    fn what(&mut self, ui: &mut Ui, as_of: Day) {
        let names: Vec<String> = Platform::ALL.map(Platform::name).to_vec();
        if let Some(n) = choice(ui, "Figure", 280.0, &self.platform.name(), &names) {
            self.platform = Platform::ALL[n];
        }
        let (mut from, mut to) = self.days(as_of);
        day(ui, &mut self.typing, "First day", &mut from);
        say(ui, Type::Body, "–");
        day(ui, &mut self.typing, "Last day", &mut to);
        if (from, to) != self.days(as_of) {
            self.own = Some((from, to));
        }
    }

    /// In which time zone its days begin, and what it says.
    fn says(&mut self, ui: &mut Ui, currency: Currency, shop: Zone) {
        let t = theme::of(ui);
        let shown = self.zone.map_or("Your time zone", |zone| zone.name());
        let size = vec2(176.0, t.row().field);
        if let Some(name) = search_choice(ui, "Time zone", size, shown, zones(), self.zone.is_none()) {
            self.zone = Zone::parse(name).filter(|zone| *zone != shop);
        }
        ui.add_space(t.space().x2);
        say(ui, Type::Label, format!("{} says", self.platform.tool()));
        let field = Field::number("What the platform says", currency.code(), 140.0).hint("optional");
        let shown = self.theirs.map_or_else(String::new, |minor| money(minor, currency, true));
        if let Some(minor) = self.typing.bare(ui, "theirs", field, shown, |text| read::money(text, currency)) {
            self.theirs = minor;
        }
    }

    fn ready(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Arc<Difference>) {
        let t = theme::of(ui);
        scrolled(ui, t.space().x4, |ui| {
            let open: Vec<String> =
                found.left.iter().map(|left| said::left(left, found.currency, locale::current())).collect();
            let tone = match found.not_explained {
                None => Tone::Info,
                Some(0) => Tone::Good,
                Some(_) => Tone::Warning,
            };
            let sentence = said::outcome(found, locale::current());
            let reason = if open.is_empty() { found.asked.platform.in_words().to_owned() } else { together(&open) };
            Verdict { tone, sentence: &sentence, reason: &reason }.show(ui);
            gap(ui);
            let steps = found.steps.len() + if found.not_explained.is_some() { 4 } else { 2 };
            let size = vec2(ui.available_width(), Waterfall::height(t, steps.max(4)));
            let (area, _) = ui.allocate_exact_size(size, Sense::hover());
            let between = t.shell().gutter;
            let middle = area.left() + ((area.width() - between) * PICTURE).round();
            pictures::from_figure_to_figure(cx, ui, area.with_max_x(middle), found);
            let place = area.with_min_x(middle + between);
            table(cx, ui, &mut self.table, found, place);
            gap(ui);
            hints(ui, found);
            ui.add_space(t.space().x2);
        });
    }
}

/// What no order tells and what may still make the figure differ.
fn hints(ui: &mut Ui, found: &Difference) {
    let t = theme::of(ui);
    say(ui, Type::Label, "What else may differ, and no order tells");
    for hint in found.asked.platform.hints() {
        say_in(ui, Type::Caption, t.text.subdued, *hint);
    }
}

/// A line of the table: its name, amount, orders and the figure after it.
struct Line {
    name: String,
    amount: i64,
    orders: Option<u64>,
    after: i64,
    is_total: bool,
}

fn lines(found: &Difference) -> Vec<Line> {
    let total = |name: String, amount, orders| Line { name, amount, orders, after: amount, is_total: true };
    let mut lines = vec![total("Your revenue".into(), found.ours, Some(found.our_orders))];
    lines.extend(found.steps.iter().map(|step| Line {
        name: said::what(step.what),
        amount: step.amount,
        orders: Some(step.orders),
        after: step.after,
        is_total: false,
    }));
    lines.push(total(found.asked.platform.name(), found.by_their_rules, Some(found.their_orders)));
    if let (Some(theirs), Some(rest)) = (found.asked.theirs, found.not_explained) {
        let after = theirs.amount;
        lines.push(Line { name: "Not explained".into(), amount: rest, orders: None, after, is_total: false });
        lines.push(total(format!("{} says", found.asked.platform.tool()), after, None));
    }
    lines
}

fn table(cx: &mut Cx, ui: &mut Ui, state: &mut TableState, found: &Difference, place: egui::Rect) {
    let t = theme::of(ui);
    let code = found.currency.code();
    let columns = [
        Column::text("Rule", 170.0).grow(1.0),
        Column::number(format!("Amount ({code})"), 124.0),
        Column::number("Orders", 80.0),
        Column::number("After it", 124.0),
    ];
    let lines = lines(found);
    let table = Table::new("Steps of the difference", &columns, lines.len() as u64, t.row().normal).plain();
    let shown = card_at(ui, place, 0.0, |ui| {
        table.show(ui, state, |row, column, cell| {
            let Some(line) = lines.get(row as usize) else { return };
            let sign = if !line.is_total && line.amount > 0 { "+" } else { "" };
            let words = match column {
                0 => line.name.clone(),
                1 => format!("{sign}{}", money(line.amount, found.currency, true)),
                2 => line.orders.map_or_else(|| "—".to_owned(), locale::count),
                _ => money(line.after, found.currency, true),
            };
            match (line.is_total, column) {
                (true, _) => cell.strong(&words),
                (false, 3) => cell.subdued(&words),
                (false, _) => cell.text(&words),
            }
        })
    });
    if let Some(wanted) = shown.wanted {
        cx.deliver(wanted, |row, column| {
            let Some(line) = lines.get(row as usize) else { return Value::Empty };
            match column {
                0 => Value::Text(line.name.clone()),
                1 => Value::Money(line.amount, found.currency),
                2 => line.orders.map_or(Value::Empty, Value::Count),
                _ => Value::Money(line.after, found.currency),
            }
        });
    }
}
