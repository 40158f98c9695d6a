//! The heat table: a row per cohort, a column per age.

use std::sync::Arc;

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::named::Named;
use crate::analytics::cohorts::{Cac, CacFrom, Cell as Counted, Cohort, Cohorts, Step};
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::theme::{self, Tone, Type, icons};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::{money, percent};
use crate::ui::widgets::heat_map::{Scale, legend};
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Cell, Column, Table, TableState, paint};

/// What the cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum What {
    /// Share of customers who ordered.
    #[default]
    Retention,
    /// Orders.
    Orders,
    /// Revenue.
    Revenue,
    /// Revenue per customer so far.
    Cumulative,
    /// Margin per customer so far.
    Margin,
    /// Average order value.
    Aov,
}

/// Ages that are followed.
pub fn ages(step: Step) -> usize {
    match step {
        Step::Day => 31,
        Step::Week => 27,
        Step::Month => 25,
        Step::Quarter => 13,
        Step::Year => 10,
    }
}

impl What {
    /// All of them with their words.
    pub const CHOICES: [(Self, &'static str); 6] = [
        (Self::Retention, "Retention"),
        (Self::Orders, "Orders"),
        (Self::Revenue, "Revenue"),
        (Self::Cumulative, "Cumulative"),
        (Self::Margin, "Margin"),
        (Self::Aov, "AOV"),
    ];

    /// The numbers of a cohort by age: shares, counts, or amounts in minor units.
    pub fn numbers(self, cohort: &Cohort) -> Vec<Option<f64>> {
        let each = |number: &dyn Fn(&Counted) -> Option<f64>| {
            cohort.cells.iter().map(|cell| number(cell).filter(|_| cell.eligible > 0)).collect()
        };
        let minor = |sums: Vec<Option<i64>>| {
            let known = |(sum, cell): (Option<i64>, &Counted)| sum.filter(|_| cell.eligible > 0).map(|sum| sum as f64);
            sums.into_iter().zip(&cohort.cells).map(known).collect()
        };
        match self {
            Self::Retention => each(&Counted::retention),
            Self::Orders => each(&|cell| Some(cell.orders as f64)),
            Self::Revenue => each(&|cell| Some(cell.revenue as f64)),
            Self::Cumulative => minor(cohort.cumulative_revenue()),
            Self::Margin => minor(cohort.cumulative_margin()),
            Self::Aov => each(&|cell| cell.aov().map(|minor| minor as f64)),
        }
    }

    /// A number of this kind as it is printed.
    pub fn print(self, found: &Cohorts, value: f64) -> String {
        match self {
            Self::Retention => percent(value),
            Self::Orders => locale::count(value.max(0.0).round() as u64),
            Self::Revenue => money(value.round() as i64, found.currency, false),
            Self::Cumulative | Self::Margin | Self::Aov => money(value.round() as i64, found.currency, true),
        }
    }

    /// What the axis counts.
    pub fn axis(self, found: &Cohorts) -> String {
        let unit = found.currency.symbol();
        let unit = unit.trim();
        match self {
            Self::Retention => "Share of customers who order, %".into(),
            Self::Orders => "Orders".into(),
            Self::Revenue => format!("Revenue, {unit}"),
            Self::Cumulative => format!("Revenue per customer so far, {unit}"),
            Self::Margin => format!("Margin per customer so far, {unit}"),
            Self::Aov => format!("Average order value, {unit}"),
        }
    }

    /// What follows a number in a sentence.
    pub fn tail(self) -> &'static str {
        match self {
            Self::Retention => "of customers order",
            Self::Orders => "orders come",
            Self::Revenue => "of revenue come",
            Self::Cumulative => "of revenue a customer has brought",
            Self::Margin => "of margin a customer has brought",
            Self::Aov => "is the average order",
        }
    }

    fn raw(self, found: &Cohorts, value: Option<f64>) -> Value {
        match (self, value) {
            (_, None) => Value::Empty,
            (Self::Retention, Some(share)) => Value::Number(share),
            (Self::Orders, Some(n)) => Value::Count(n as u64),
            (_, Some(minor)) => Value::Money(minor.round() as i64, found.currency),
        }
    }
}

/// The sheet and what it remembers.
#[derive(Default)]
pub struct Matrix {
    table: TableState,
    seen: Option<(u64, usize)>,
    numbers: Option<Numbers>,
}

/// What the cells of a matrix show, taken once: sums over all ages are too much for every frame.
struct Numbers {
    of: (Arc<Named>, What),
    /// By row and age; the last row is that of all customers.
    rows: Vec<Vec<Option<f64>>>,
    /// The largest after the first period, which holds everybody's first order: it would wash out the colours.
    most: f64,
}

impl Numbers {
    fn of(named: &Arc<Named>, what: What) -> Self {
        let rows: Vec<_> = named.found.rows.iter().map(|row| what.numbers(row)).collect();
        let most = rows.iter().flat_map(|row| row.iter().skip(1).flatten()).copied().fold(0.0, f64::max);
        let total = what.numbers(&named.found.total);
        Self { of: (named.clone(), what), rows: rows.into_iter().chain([total]).collect(), most }
    }

    fn is_of(&self, named: &Arc<Named>, what: What) -> bool {
        Arc::ptr_eq(&self.of.0, named) && self.of.1 == what
    }

    fn get(&self, row: u64, age: usize) -> Option<f64> {
        let row = usize::try_from(row).unwrap_or(usize::MAX).min(self.rows.len() - 1);
        self.rows[row].get(age).copied().flatten()
    }
}

/// Columns before the ages.
const LEAD: usize = 2;

impl Matrix {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the sheet. Returns the cohort that was chosen, and the age where one was.
    pub fn show(
        &mut self,
        cx: &mut Cx,
        ui: &mut Ui,
        rect: Rect,
        named: &Arc<Named>,
        (what, cac): (What, Option<i64>),
    ) -> Option<(usize, Option<usize>)> {
        let t = theme::of(ui);
        let found = &named.found;
        let ages = found.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let wide = if matches!(what, What::Retention | What::Orders) { 74.0 } else { 86.0 };
        let step = found.settings.step.word();
        let mut columns = vec![Column::text("Cohort", 128.0), Column::number("Customers", 84.0)];
        columns.extend((0..ages).map(|age| Column::number(format!("{step} {age}"), wide).headed(age.to_string())));
        let priced = found.rows.iter().chain([&found.total]).any(|row| row.cac(cac).is_some());
        if priced {
            columns
                .push(Column::number(format!("CAC ({})", found.currency.code()), 104.0).headed("CAC".into()).after(1));
            let worth = if found.total.is_on_margin() { "LTV ÷ CAC" } else { "Revenue ÷ CAC" };
            columns.push(Column::number(worth, 104.0).after(1));
            columns.push(Column::number("Payback", 84.0).after(1));
        }
        if self.numbers.as_ref().is_none_or(|numbers| !numbers.is_of(named, what)) {
            self.numbers = Some(Numbers::of(named, what));
        }
        let Some(numbers) = &self.numbers else { return None };
        let rows = found.rows.len() as u64;
        let most = numbers.most;
        let heat = |n: u64, age: usize| (n < rows, (n < rows && most > 0.0 && age > 0).then_some(most));
        let row_of = |n: u64| found.rows.get(n as usize).unwrap_or(&found.total);
        let name_of = |n: u64| named.names.get(n as usize).map_or("All customers", String::as_str);
        let open = found.rows.iter().any(|row| row.cells.iter().any(|cell| cell.unfinished));
        let foot = t.line(Type::Caption) + 2.0 * t.space().x2;
        card_at(ui, rect, 0.0, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_max_height(rect.height() - foot);
            let table = Table::new("Cohorts", &columns, rows, t.row().dense).plain().totals();
            let shown = table.show(ui, &mut self.table, |n, column, cell| {
                let cohort = row_of(n);
                match column {
                    0 if n == rows => cell.strong(name_of(n)),
                    0 => cell.label(name_of(n)),
                    1 => {
                        let count = locale::count(cohort.customers);
                        match named.tip(cx, n as usize) {
                            Some(tip) => cell.figure(&count, n == rows, || tip.clone()),
                            None => cell.text(&count),
                        }
                    }
                    i if i < LEAD + ages => one(
                        cell,
                        (found, what),
                        cohort.cells.get(i - LEAD),
                        numbers.get(n, i - LEAD),
                        heat(n, i - LEAD),
                    ),
                    i if i == LEAD + ages => cost(cell, found, cohort.cac(cac)),
                    i if i == LEAD + ages + 1 => {
                        let ratio = cohort.ltv_to_cac(cohort.cac(cac));
                        cell.text(&ratio.map_or_else(|| "—".into(), |ratio| locale::number(ratio, 2)));
                    }
                    _ => cell.text(&payback(cohort, cohort.cac(cac), step)),
                }
            });
            let line =
                Rect::from_min_max(pos2(rect.left(), rect.bottom() - foot), rect.max).shrink2(vec2(t.space().x4, 0.0));
            if open {
                let words = "* This period is not over; it is in no total";
                paint::label(ui, line.left_center(), Align2::LEFT_CENTER, words, t.font(Type::Caption), t.text.subdued);
            }
            if most > 0.0 {
                let scale = Scale::Amount { from: 0.0, to: most };
                legend(ui.painter(), t, line.right_center(), scale, &|value| what.print(found, value));
            }
            if let Some(wanted) = shown.wanted {
                cx.deliver(wanted, |n, column| {
                    let cohort = row_of(n);
                    match column {
                        0 => Value::Text(name_of(n).to_owned()),
                        1 => Value::Count(cohort.customers),
                        i if i < LEAD + ages => what.raw(found, numbers.get(n, i - LEAD)),
                        i if i == LEAD + ages => {
                            cohort.cac(cac).map_or(Value::Empty, |cost| Value::Money(cost.amount, found.currency))
                        }
                        i if i == LEAD + ages + 1 => {
                            cohort.ltv_to_cac(cohort.cac(cac)).map_or(Value::Empty, Value::Number)
                        }
                        _ => cohort.payback(cohort.cac(cac)).map_or(Value::Empty, |age| Value::Count(age as u64)),
                    }
                });
            }
        });
        let at = self.table.range.filter(|range| range.is_one()).map(|range| range.at);
        let fresh = at.filter(|_| at != self.seen);
        self.seen = at;
        let (row, column) = fresh.filter(|(row, column)| *row < rows && *column >= LEAD - 1)?;
        let age = column.checked_sub(LEAD).filter(|age| *age < ages);
        (column < LEAD + ages).then_some((row as usize, age))
    }
}

/// What a new customer cost, and whether that was typed or comes from imported spend.
fn cost(cell: &mut Cell<'_>, found: &Cohorts, cac: Option<Cac>) {
    let Some(cac) = cac else { return cell.subdued("—") };
    match cac.from {
        CacFrom::Spend => cell.icon(icons::DATA, cell.t.tone(Tone::Info).mark),
        CacFrom::Typed => cell.icon(icons::EDIT, cell.t.text.subdued),
    }
    cell.text(&money(cac.amount, found.currency, true));
}

fn payback(cohort: &Cohort, cac: Option<Cac>, step: &str) -> String {
    if cac.is_none() {
        return "—".into();
    }
    cohort.payback(cac).map_or_else(|| "not yet".into(), |age| format!("{step} {age}"))
}

/// A cell of an age; marked with a star while its period is not over. `heat` says whether it stands in the body, and
/// the number of the strongest colour where it has one.
fn one(
    cell: &mut Cell<'_>,
    (found, what): (&Cohorts, What),
    counted: Option<&Counted>,
    value: Option<f64>,
    (body, most): (bool, Option<f64>),
) {
    let Some((counted, value)) = counted.zip(value) else { return };
    let words = what.print(found, value);
    let words = if counted.unfinished { format!("{words}*") } else { words };
    match most {
        Some(most) => cell.heat(Some((value / most).clamp(0.0, 1.0)), &words),
        None if body => cell.text(&words),
        None => cell.strong(&words),
    }
}
