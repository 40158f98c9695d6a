//! Files of no known shop system: columns are recognised by what they are commonly called.

mod synonyms;

use super::Source;
use crate::import::cells::{self, CellError, CellReader, DateShape, Marks};
use crate::import::field::{CellKind, Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview, Topic};
use crate::import::row::Row;
use crate::model::Currency;
use crate::model::record::CustomerRecord;
use synonyms::{ARRIVAL, FIRST_NAMES, LAST_NAMES, SYNONYMS};
pub(super) use synonyms::{is_called, plain};

/// A file whose rows are of one kind, whatever wrote it.
pub struct Generic {
    table: TableKind,
    name: &'static str,
    title: &'static str,
}

/// Order lines.
pub static LINES: Generic = Generic { table: TableKind::Lines, name: "lines", title: "Generic order lines" };
/// Orders.
pub static ORDERS: Generic = Generic { table: TableKind::Orders, name: "orders", title: "Generic orders" };
/// Customers.
pub static CUSTOMERS: Generic = Generic { table: TableKind::Customers, name: "customers", title: "Generic customers" };
/// Products.
pub static PRODUCTS: Generic = Generic { table: TableKind::Products, name: "products", title: "Generic products" };

/// Spend on advertising.
pub static SPEND: Generic = Generic { table: TableKind::Spend, name: "spend", title: "Generic ad spend" };

/// Events.
pub static EVENTS: Generic = Generic { table: TableKind::Events, name: "events", title: "Generic events" };

/// Touchpoints.
pub static TOUCHES: Generic = Generic { table: TableKind::Touches, name: "touches", title: "Generic touchpoints" };

/// A generic reading never beats a platform that knows its own file.
const SURE: f64 = 0.5;
const LIKELY: f64 = 0.4;
const POSSIBLE: f64 = 0.3;

impl Source for Generic {
    fn name(&self) -> &'static str {
        self.name
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn origin(&self) -> &'static str {
        "generic"
    }

    fn table(&self) -> TableKind {
        self.table
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let mapping = self.mapping(preview);
        let has = |field| mapping.fields.contains_key(&field);
        let any = |fields: &[Field]| fields.iter().any(|f| has(*f));
        let order = has(Field::OrderId);
        let priced = has(Field::LineAmount) || (has(Field::UnitPrice) && has(Field::Quantity));
        let item = any(&[Field::Sku, Field::Title, Field::Quantity]);
        let person = any(&[
            Field::Country,
            Field::CustomerName,
            Field::Phone,
            Field::CreatedAt,
            Field::ConsentEmail,
            Field::Tags,
        ]);
        match self.table {
            TableKind::Lines if order && item && priced => {
                if has(Field::PlacedAt) {
                    SURE
                } else {
                    LIKELY
                }
            }
            TableKind::Orders if order && has(Field::PlacedAt) => {
                if has(Field::Total) {
                    LIKELY
                } else {
                    POSSIBLE
                }
            }
            TableKind::Orders if order && has(Field::Total) => POSSIBLE,
            TableKind::Customers if any(&[Field::CustomerId, Field::Email]) && person && !names_an_order(preview) => {
                LIKELY
            }
            TableKind::Products
                if any(&[Field::Sku, Field::Title])
                    && any(&[Field::Price, Field::Cost, Field::Stock, Field::Brand])
                    && !names_an_order(preview) =>
            {
                LIKELY
            }
            TableKind::Events
                if has(Field::EventAt)
                    && has(Field::Event)
                    && any(&[Field::Sku, Field::Title])
                    && !names_an_order(preview) =>
            {
                SURE
            }
            TableKind::Touches if has(Field::TouchedAt) && is_touch(preview, &has) => SURE,
            TableKind::Spend
                if has(Field::SpentOn)
                    && has(Field::Spent)
                    && any(&[Field::AdChannel, Field::Campaign, Field::CampaignId])
                    && !names_an_order(preview) =>
            {
                LIKELY
            }
            _ => 0.0,
        }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let mut taken: Vec<&str> = Vec::new();
        let mut mapping = Mapping {
            table: self.table,
            layout: match self.table {
                TableKind::Lines => Layout::RowPerLine,
                TableKind::Orders => Layout::NoLines,
                _ => Layout::Flat,
            },
            fields: Default::default(),
            keep: Vec::new(),
        };
        for (field, names) in SYNONYMS.iter().filter(|(f, _)| f.belongs_to(self.table)) {
            if mapping.fields.contains_key(field) {
                continue;
            }
            // How a buyer came may stand in a column that tells the channel of the order as well.
            let shares = self.table != TableKind::Touches && ARRIVAL.contains(field);
            let others = if shares { &[][..] } else { &taken[..] };
            let found = names.split_whitespace().find_map(|name| column_called(preview, name, *field, others));
            if let Some(column) = found {
                if !shares {
                    taken.push(column);
                }
                mapping.fields.insert(*field, vec![column.to_owned()]);
            }
        }
        if self.table == TableKind::Lines {
            settle_line_columns(preview, &mut mapping);
        }
        mapping
    }

    fn doubts(&self, preview: &Preview) -> Vec<Doubt> {
        let shares = preview.header.iter().filter(|c| self.table == TableKind::Lines && holds_shares(preview, c));
        let discounts = shares.filter(|c| is_called(c, names_of(Field::Discount)));
        discounts
            .map(|column| Doubt {
                topic: Topic::Column,
                column: Some(column.clone()),
                what: format!("{column} holds shares of 1, not amounts, and is left out"),
                repair: "Export the discount as an amount to have it counted".into(),
                question: false,
            })
            .collect()
    }

    fn finish_customer(&self, row: &Row, reader: &CellReader, customer: &mut CustomerRecord) -> Result<(), CellError> {
        if customer.name.is_none() {
            let part = |names: &str| {
                let column = row.header().names().iter().find(|column| is_called(column, names));
                column.map_or(Ok(None), |column| reader.text(row.cell(column)))
            };
            let parts = [part(FIRST_NAMES)?, part(LAST_NAMES)?];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            customer.name = (!name.is_empty()).then_some(name);
        }
        Ok(())
    }
}

/// Whether a table with moments tells who met the shop on which channel, and nothing that was bought.
fn is_touch(preview: &Preview, has: &impl Fn(Field) -> bool) -> bool {
    let any = |fields: &[Field]| fields.iter().any(|field| has(*field));
    let who = any(&[Field::Email, Field::CustomerId, Field::VisitorId, Field::OrderId]);
    let called = |field| preview.header.iter().any(|column| is_called(column, names_of(field)));
    let bought = [Field::Sku, Field::Title, Field::Quantity, Field::UnitPrice, Field::LineAmount, Field::Total];
    let telling = any(&[Field::VisitorId, Field::TouchKind, Field::UtmMedium, Field::Campaign, Field::Referrer]);
    let person = [Field::OrderId, Field::Country, Field::CustomerName, Field::Phone, Field::ConsentEmail, Field::Tags];
    who && any(&[Field::AdChannel, Field::UtmSource, Field::UtmMedium, Field::Referrer])
        && !bought.into_iter().any(called)
        && (telling || !person.into_iter().any(called))
}

fn names_an_order(preview: &Preview) -> bool {
    preview.header.iter().any(|column| is_called(column, names_of(Field::OrderId)))
}

fn names_of(field: Field) -> &'static str {
    SYNONYMS.iter().find(|(f, _)| *f == field).map_or("", |(_, names)| names)
}

/// A column of this name that is not yet taken and whose cells suit the field.
fn column_called<'p>(preview: &'p Preview, name: &str, field: Field, taken: &[&str]) -> Option<&'p str> {
    let position = preview.header.iter().position(|c| plain(c) == name && !taken.contains(&c.as_str()))?;
    suits(preview, position, field).then(|| preview.header[position].as_str())
}

/// Whether the cells of a column can be what the field needs: some of them are, or none is filled in. Rows
/// whose cell is something else are rejected by name.
fn suits(preview: &Preview, position: usize, field: Field) -> bool {
    let is_code = |text: &str| text.len() == 3 && Currency::parse(text).is_some();
    let fits: &dyn Fn(&str) -> bool = match field.cell_kind() {
        CellKind::Money | CellKind::Quantity => &|text| Marks::of(text) != Marks::NoNumber,
        CellKind::Moment | CellKind::Date => &|text| DateShape::of(text) != DateShape::NoDate,
        CellKind::Email => &|text| text.contains('@'),
        CellKind::Currency => &is_code,
        CellKind::Status => &cells::is_status,
        CellKind::Flag => &cells::is_flag,
        CellKind::Text | CellKind::Id | CellKind::List => return true,
    };
    cells_of(preview, position).any(fits) || cells_of(preview, position).next().is_none()
}

fn cells_of(preview: &Preview, position: usize) -> impl Iterator<Item = &str> {
    let cells = preview.rows.iter().filter_map(move |(_, cells)| cells.get(position));
    cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// Within one order, does the column hold different values on different rows?
fn varies_within_orders(preview: &Preview, mapping: &Mapping, column: &str) -> bool {
    let position = |name: &str| preview.header.iter().position(|c| c == name);
    let order = mapping.fields.get(&Field::OrderId).and_then(|c| position(c.first()?));
    let (Some(order), Some(column)) = (order, position(column)) else { return false };
    preview.rows.windows(2).any(|pair| {
        let [(_, a), (_, b)] = pair else { return false };
        let (Some(x), Some(y)) = (a.get(column), b.get(column)) else { return false };
        a.get(order) == b.get(order) && !x.trim().is_empty() && !y.trim().is_empty() && x != y
    })
}

/// `Total` and `Discount` may belong to the line or to the order: where they vary within one order, they
/// belong to the line. A discount of shares (0.2) is no amount.
fn settle_line_columns(preview: &Preview, mapping: &mut Mapping) {
    for (of_order, of_line) in [(Field::Total, Field::LineAmount), (Field::Discount, Field::LineDiscount)] {
        let Some(column) = mapping.fields.get(&of_order).and_then(|c| c.first()).cloned() else { continue };
        if of_order == Field::Discount && holds_shares(preview, &column) {
            mapping.fields.remove(&of_order);
        } else if varies_within_orders(preview, mapping, &column) {
            mapping.fields.remove(&of_order);
            mapping.fields.entry(of_line).or_insert_with(|| vec![column]);
        }
    }
}

/// Whether all values seen lie between 0 and 1, and some within.
fn holds_shares(preview: &Preview, column: &str) -> bool {
    let Some(position) = preview.header.iter().position(|c| c == column) else { return false };
    let values: Vec<f64> = cells_of(preview, position).filter_map(|c| c.replace(',', ".").parse().ok()).collect();
    values.iter().all(|v| (0.0..=1.0).contains(v)) && values.iter().any(|v| *v > 0.0 && *v < 1.0)
}
