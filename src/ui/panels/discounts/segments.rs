//! Discount dependence by segment of the framework.

use egui::{Rect, Ui};

use super::Pick;
use crate::analytics::discounts::{Discounts, Group};
use crate::model::figure::{Filter, Value as FigureValue};
use crate::model::{Figure, MetricId, Scope};
use crate::report::table_export::Value;
use crate::ui::cx::{Cx, counted};
use crate::ui::locale;
use crate::ui::panels::segments::data::colour;
use crate::ui::theme;
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::figure::Tip;
use crate::ui::widgets::table::Target;
use crate::ui::widgets::{Column, Table, TableState};

/// The table and what it remembers.
#[derive(Default)]
pub struct Segments {
    table: TableState,
}

const ORDERS: usize = 2;

/// Shares of the columns after the orders, as they are worked out.
const SHARES: [fn(&Group) -> Option<f64>; 6] = [
    Group::on_sale_share,
    Group::revenue_share,
    Group::rate,
    Group::only_share,
    |group| group.smallest,
    Group::margin_given,
];

impl Segments {
    /// Saves or copies the table.
    pub fn ask_for(&mut self, target: Target) {
        self.table.ask(target);
    }

    /// Draws the card. Returns the segment that was chosen, and the one that was entered.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &Discounts, rect: Rect) -> (Option<Pick>, Option<Pick>) {
        let t = theme::of(ui);
        let definitions = cx.shop.as_ref().map(|shop| shop.facts.definitions.clone()).unwrap_or_default();
        let columns = [
            Column::text("Segment", 150.0).grow(1.0),
            Column::number("Buyers", 78.0),
            Column::number("Orders", 78.0),
            Column::number("Orders on sale", 112.0),
            Column::number("Revenue on sale", 122.0),
            Column::number("Mean discount", 112.0),
            Column::number("Only on sale", 100.0),
            Column::number("Smallest, median", 128.0),
            Column::number("Margin given", 108.0),
            Column::number(format!("Given ({})", found.currency.code()), 110.0),
        ];
        let rows = found.segments.len() as u64;
        let at = |row: u64| found.segments.get(usize::try_from(row).ok()?);
        let of = |row: u64| at(row).map_or(&found.total, |(_, group)| group);
        let name = |row: u64| at(row).map_or("All customers", |(segment, _)| segment.name());
        let tip = |row: u64| {
            let filter = at(row).map_or(Filter::All, |(segment, _)| Filter::Segment(*segment));
            let scope = Scope { as_of: found.as_of, period: None, filter, definitions: found.definitions };
            let value = Some(FigureValue::Count(of(row).orders));
            let figure = Figure { metric: MetricId::Orders, scope, value };
            Tip::of(&figure, &definitions, counted(of(row).orders, "order", "orders"))
        };
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("Discounts by segment", &columns, rows, t.row().dense).totals();
            shown = Some(table.show(ui, &mut self.table, |row, column, cell| {
                let (group, total) = (of(row), row == rows);
                let words = match column {
                    0 => match at(row) {
                        Some((segment, _)) => return cell.swatch(colour(cell.t, *segment), segment.name()),
                        None => name(row).to_owned(),
                    },
                    1 => locale::count(group.buyers),
                    ORDERS => return cell.figure(&locale::count(group.orders), total, || tip(row)),
                    9 => locale::current().money_whole(group.given, found.currency),
                    _ => {
                        let share = SHARES[column - ORDERS - 1](group);
                        share.map_or_else(|| "—".into(), |share| locale::percent(share, 1))
                    }
                };
                if total { cell.strong(&words) } else { cell.text(&words) }
            }));
        });
        let Some(shown) = shown else { return (None, None) };
        if let Some(wanted) = shown.wanted {
            cx.deliver(wanted, |row, column| match column {
                0 => Value::Text(name(row).to_owned()),
                1 => Value::Count(of(row).buyers),
                ORDERS => Value::Count(of(row).orders),
                9 => Value::Money(of(row).given, found.currency),
                _ => SHARES[column - ORDERS - 1](of(row)).map_or(Value::Empty, Value::Number),
            });
        }
        let pick = |row: Option<u64>| row.and_then(at).map(|(segment, _)| (None, Some(*segment)));
        (pick(shown.chosen), pick(shown.entered))
    }
}
