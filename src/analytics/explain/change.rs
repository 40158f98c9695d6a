//! A change of revenue between two periods, taken apart.

use serde::Serialize;

use super::dimension::Dimension;
use super::factors::{Factor, Part, add};
use super::groups::{Groups, Naming, weekdays};
use super::rows::{Row, of_orders, rows};
use super::tally::{Cell, Look, Sums, tally};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::flag;
use crate::model::definitions::Part as Counted;
use crate::model::{Currency, Dataset, Day, Definitions, TooLittle};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// First and last day of the earlier period.
    pub before: (Day, Day),
    /// First and last day of the later period.
    pub after: (Day, Day),
    /// What the change is told by.
    pub by: Dimension,
    /// Most groups to tell apart where they have no order of their own; the rest is joined.
    pub rows: usize,
}

impl Settings {
    /// Groups that are told apart unless somebody wants more.
    pub const ROWS: usize = 12;

    /// Days of the two periods.
    pub fn days(&self) -> [u32; 2] {
        [self.before, self.after].map(|(from, to)| u32::try_from(i64::from(to.0) - i64::from(from.0) + 1).unwrap_or(0))
    }
}

/// Something to know about the two periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The first order that is known is later than the first day.
    HistoryBegins(Day),
    /// No facts are known after this day, which is before the last one.
    KnownUntil(Day),
    /// The earlier period begins within a year of the first order that is known: who bought before that counts as new.
    EarlyHistory(Day),
    /// Orders of the periods, before and after, in currencies without a rate: they are left out.
    WithoutRate([u64; 2]),
    /// Orders of the periods, before and after, whose revenue may hold a tax that is to be left out.
    TaxUnknown([u64; 2]),
    /// Orders of the periods, before and after, whose lines do not tell units and prices.
    WithoutLines([u64; 2]),
    /// The later period ended only this many days before the last day that is known: more refunds may come for it.
    RefundsToCome(u32),
}

/// A change of revenue between two periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What was asked.
    pub settings: Settings,
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Currency of all money.
    pub currency: Currency,
    /// Version of the definitions used.
    pub definitions: u32,
    /// The earlier period.
    pub before: Sums,
    /// The later period.
    pub after: Sums,
    /// What each factor made of the change; sums to [`Change::amount`].
    pub parts: Vec<Part>,
    /// What the calendar alone made of it: other numbers of days and of Mondays, Tuesdays …; it is within the parts
    /// and is not added to them. `None` where both periods have the same days of the week.
    pub calendar: Option<i64>,
    /// The change by groups; their amounts sum to it as well.
    pub rows: Vec<Row>,
    /// What to know about it.
    pub notes: Vec<Note>,
}

impl Change {
    /// The change, minor units.
    pub fn amount(&self) -> i64 {
        self.after.revenue() - self.before.revenue()
    }

    /// Days of the two periods that have come.
    pub fn days(&self) -> [u32; 2] {
        let cut = |(from, to): (Day, Day)| (from, to.min(self.as_of));
        Settings { before: cut(self.settings.before), after: cut(self.settings.after), ..self.settings }.days()
    }

    /// The change as a share of the earlier revenue; `None` where that is not more than 0.
    pub fn share(&self) -> Option<f64> {
        crate::analytics::door::share(self.amount() as f64, self.before.revenue() as f64)
    }

    /// What a factor made of it; 0 where it has no part.
    pub fn part(&self, factor: Factor) -> i64 {
        self.parts.iter().find(|part| part.factor == factor).map_or(0, |part| part.amount)
    }
}

/// Why revenue moved between two periods, as known at the end of `as_of`.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one which period has no order.
pub fn explain(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: &Settings,
    naming: &Naming,
    progress: &Progress,
) -> Result<Result<Change, TooLittle>, Cancelled> {
    // Days that have not come are no days of a period: the calendar must not count them.
    let periods = [settings.before, settings.after].map(|(from, to)| (from, to.min(as_of)));
    let group = |by| Groups::new(by, data, (definitions, as_of), periods, naming, progress);
    let mut groupings = vec![group(Dimension::Newness)?, group(Dimension::Weekday)?];
    if !groupings.iter().any(|groups| groups.by == settings.by) {
        groupings.push(group(settings.by)?);
    }
    let look = Look { data, definitions, revenue: Revenue::new(data, definitions, as_of), periods };
    let cells = tally(&look, &groupings.iter().collect::<Vec<_>>(), progress)?;
    let mut told = groupings.iter().zip(&cells).map(|(groups, cells)| rows(groups, cells, periods, settings.rows));
    let (newness, weekdays) = (told.next().unwrap_or_default(), told.next().unwrap_or_default());
    let sum = |side: usize| cells[0].iter().fold(Sums::default(), |sum, cell| sum.plus(&cell.all()[side]));
    let (before, after) = (sum(0), sum(1));
    for (sums, what) in [(before, "orders in the earlier period"), (after, "orders in the later period")] {
        if sums.orders == 0 {
            return Ok(Err(TooLittle { have: 0, need: 1, what }));
        }
    }
    let (parts, calendar) = (parts(&cells[0], definitions), calendar(&weekdays, periods));
    let rows = match settings.by {
        Dimension::Newness => newness,
        Dimension::Weekday => weekdays,
        _ => told.next().unwrap_or_default(),
    };
    let notes = notes(&look, as_of, settings, (&before, &after));
    Ok(Ok(Change {
        settings: *settings,
        as_of,
        currency: definitions.currency,
        definitions: definitions.version,
        before,
        after,
        parts,
        calendar,
        rows,
        notes,
    }))
}

/// What new customers, returning ones and their habits made of the change: the sum of what they made in each group.
fn parts(newness: &[Cell], definitions: &Definitions) -> Vec<Part> {
    let mut parts: Vec<Part> =
        [Factor::NewCustomers, Factor::ReturningCustomers, Factor::OrdersPerCustomer, Factor::OrderValue]
            .map(|factor| Part::plain(factor, 0))
            .into();
    if definitions.refunds == Counted::Included {
        parts.push(Part::plain(Factor::Refunds, 0));
    }
    for (cell, customers) in newness.iter().zip([Factor::NewCustomers, Factor::ReturningCustomers, Factor::Customers]) {
        let mut own = of_orders(cell);
        for part in own.iter_mut().filter(|part| part.factor == Factor::Customers) {
            part.factor = customers;
        }
        add(&mut parts, &own);
    }
    parts
}

/// What other numbers of each day of the week made of the change.
fn calendar(rows: &[Row], periods: [(Day, Day); 2]) -> Option<i64> {
    let [before, after] = periods.map(weekdays);
    (before != after).then(|| rows.iter().map(|row| row.part(Factor::Days)).sum())
}

/// Days after the end of a period within which refunds may still come.
const REFUND_DAYS: i32 = 30;

fn notes(look: &Look, as_of: Day, settings: &Settings, (before, after): (&Sums, &Sums)) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some((first, _)) = look.data.span {
        // A shop need not sell every day; a month without an order is a month nobody knows of.
        if first.0 - settings.before.0.0 > REFUND_DAYS {
            notes.push(Note::HistoryBegins(first));
        } else if settings.before.0.0 - first.0 < crate::model::definitions::YEAR_DAYS {
            notes.push(Note::EarlyHistory(first));
        }
    }
    if as_of < settings.after.1 {
        notes.push(Note::KnownUntil(as_of));
    } else if as_of.0 - settings.after.1.0 < REFUND_DAYS && after.refunds > 0 {
        notes.push(Note::RefundsToCome((as_of.0 - settings.after.1.0).unsigned_abs()));
    }
    let lines = [before, after].map(|sums| sums.orders - sums.lined);
    let (rate, tax) = unsure(look, as_of);
    for (orders, note) in
        [(rate, Note::WithoutRate as fn(_) -> _), (tax, Note::TaxUnknown as _), (lines, Note::WithoutLines as _)]
    {
        if orders != [0; 2] {
            notes.push(note(orders));
        }
    }
    notes
}

/// Orders of both periods without a rate, and of unknown tax.
fn unsure(look: &Look, as_of: Day) -> ([u64; 2], [u64; 2]) {
    let (orders, revenue) = (&look.data.orders, &look.revenue);
    let tax = look.definitions.tax == Counted::Excluded;
    let (mut without_rate, mut of_unknown_tax) = ([0; 2], [0; 2]);
    for i in (0..orders.day.len()).filter(|&i| orders.day[i] <= as_of) {
        let unknown = tax && orders.flags[i] & flag::TAX_UNKNOWN != 0;
        let unrated = !revenue.convertible(i);
        if !unknown && !unrated {
            continue;
        }
        for (side, (from, to)) in look.periods.into_iter().enumerate() {
            let within = from <= orders.day[i] && orders.day[i] <= to;
            without_rate[side] += u64::from(within && unrated);
            of_unknown_tax[side] += u64::from(within && unknown && revenue.is_purchase(i));
        }
    }
    (without_rate, of_unknown_tax)
}
