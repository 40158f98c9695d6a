//! What one row says of its order.

use super::super::arrival;
use super::super::cells::{CellError, CellReader};
use super::super::field::Field;
use super::super::plan::{Layout, Plan};
use super::super::row::{Cell, Row};
use super::super::sources::Source;
use crate::model::Currency;
use crate::model::record::{CodeUse, LineRecord, MAX_LINES_PER_ORDER, OrderRecord, OrderStatus, RefundRecord};

/// Digits after the point that a unit price keeps before it is multiplied.
const PRICE_DECIMALS: u32 = 6;

/// Reads rows as parts of orders.
pub struct Parts<'a> {
    pub plan: &'a Plan,
    source: &'static dyn Source,
    /// The date read last: rows of one order repeat it.
    last_moment: (String, i64),
    part: OrderRecord,
    /// Rows that name another customer than the rows of their order before.
    pub other_customers: u64,
    /// The last second at which an order may have been placed.
    latest: i64,
}

/// No shop's export is older: 1990-01-01, UTC seconds.
const EARLIEST: i64 = 631_152_000;

/// Clocks go wrong and pre-orders exist, by less than two years.
const AHEAD: i64 = 2 * 366 * 86_400;

/// The last second at which something may have happened.
pub fn latest() -> i64 {
    chrono::Utc::now().timestamp() + AHEAD
}

/// What is wrong with a moment of a shop's life, when something is.
pub fn implausible(at: i64, latest: i64) -> Option<&'static str> {
    if at < EARLIEST { Some("lies before 1990") } else { (at > latest).then_some("lies years ahead") }
}

impl<'a> Parts<'a> {
    pub fn new(plan: &'a Plan, source: &'static dyn Source) -> Self {
        Self {
            plan,
            source,
            last_moment: (String::new(), 0),
            part: OrderRecord::default(),
            other_customers: 0,
            latest: latest(),
        }
    }

    /// What one row says of its order, values that the order already has left out. The record is used again
    /// for the next row: take what is wanted from it.
    pub fn read(
        &mut self,
        row: &Row,
        cells: &CellReader,
        group: Option<&OrderRecord>,
    ) -> Result<&mut OrderRecord, CellError> {
        let mut lines = std::mem::take(&mut self.part.lines);
        lines.clear();
        let mut part = OrderRecord { line: row.line, lines, ..OrderRecord::default() };
        part.currency = Some(currency(row, cells, group)?);
        part.placed_at = self.placed_at(row, cells, group)?;
        if group.is_none() {
            let id = row.field(Field::OrderId);
            part.key = cells.id(id)?.ok_or_else(|| CellError::blank(id.column, "Fill in the order number"))?.to_owned();
        }
        self.buyer(row, cells, group, &mut part)?;
        self.amounts(row, cells, group, &mut part)?;
        for (column, attribute) in &self.plan.mapping.keep {
            if let Some(value) = row.header().position(column).and_then(|i| cells.text(row.at(i)).ok().flatten()) {
                part.attributes.push((attribute.clone(), value.to_owned()));
            }
        }
        match self.plan.mapping.layout {
            Layout::RowPerLine => part.lines.extend(line(row, cells, part.currency)?),
            Layout::Numbered | Layout::Packed => part.lines = self.source.lines(row, cells)?,
            Layout::NoLines | Layout::Flat | Layout::Page => {}
        }
        if part.lines.len() > MAX_LINES_PER_ORDER {
            return Err(too_many_lines(row.field(Field::OrderId)));
        }
        if group.is_none_or(|g| g.touch.is_none()) {
            part.touch = arrival::of_order(row, cells)?.map(Box::new);
        }
        self.source.finish_order(row, cells, &mut part)?;
        self.part = part;
        Ok(&mut self.part)
    }

    fn placed_at(
        &mut self,
        row: &Row,
        cells: &CellReader,
        group: Option<&OrderRecord>,
    ) -> Result<Option<i64>, CellError> {
        let date = row.field(Field::PlacedAt);
        let time = row.field(Field::PlacedTime);
        if date.is_blank() {
            let needed = group.is_none() && self.plan.mapping.fields.contains_key(&Field::PlacedAt);
            let blank = || CellError::blank(date.column, "Fill in when the order was placed");
            return if needed { Err(blank()) } else { Ok(None) };
        }
        if !time.is_blank() {
            let both = format!("{} {}", date.text, time.text);
            let at = cells.moment(date.part(&both))?;
            return at.map(|at| self.plausible(date, at)).transpose();
        }
        if self.last_moment.0 == date.text {
            return Ok(Some(self.last_moment.1));
        }
        let Some(at) = cells.moment(date)? else {
            return Err(CellError::blank(date.column, "Fill in when the order was placed"));
        };
        self.plausible(date, at)?;
        self.last_moment.0.clear();
        self.last_moment.0.push_str(date.text);
        self.last_moment.1 = at;
        Ok(Some(at))
    }

    /// An order of the year 1 or 9999 is a slip, and would stretch every span of time to itself.
    fn plausible(&self, date: Cell, at: i64) -> Result<i64, CellError> {
        match implausible(at, self.latest) {
            Some(why) => Err(CellError::new(date, why, "Write the day on which the order was placed")),
            None => Ok(at),
        }
    }

    fn buyer(
        &mut self,
        row: &Row,
        cells: &CellReader,
        group: Option<&OrderRecord>,
        part: &mut OrderRecord,
    ) -> Result<(), CellError> {
        let lacks = |have: fn(&OrderRecord) -> bool| group.is_none_or(|g| !have(g));
        let text = |field| cells.text(row.field(field)).map(|t| t.map(str::to_owned));
        match group.and_then(|g| g.customer.shop_id.as_deref()) {
            None => part.customer.shop_id = cells.id(row.field(Field::CustomerId))?.map(str::to_owned),
            Some(known) => {
                let other = cells.id(row.field(Field::CustomerId))?.is_some_and(|id| id != known);
                self.other_customers += u64::from(other);
            }
        }
        if lacks(|g| g.customer.email.is_some()) {
            part.customer.email = cells.email(row.field(Field::Email))?;
        }
        if lacks(|g| g.customer_name.is_some()) {
            part.customer_name = text(Field::CustomerName)?;
        }
        if lacks(|g| g.country.is_some()) {
            part.country = text(Field::Country)?;
        }
        if lacks(|g| g.channel.is_some()) {
            part.channel = text(Field::Channel)?;
        }
        if lacks(|g| g.number.is_some()) {
            part.number = text(Field::OrderNumber)?;
        }
        Ok(())
    }

    fn amounts(
        &self,
        row: &Row,
        cells: &CellReader,
        group: Option<&OrderRecord>,
        part: &mut OrderRecord,
    ) -> Result<(), CellError> {
        let currency = part.currency.unwrap_or(self.plan.currency);
        let money = |field, known: Option<i64>| match known {
            Some(_) => Ok(None),
            None => cells.money(row.field(field), currency),
        };
        part.discount = money(Field::Discount, group.and_then(|g| g.discount))?.map(i64::abs);
        part.shipping = money(Field::Shipping, group.and_then(|g| g.shipping))?;
        part.tax = money(Field::Tax, group.and_then(|g| g.tax))?;
        part.total = money(Field::Total, group.and_then(|g| g.total))?;
        if group.is_none_or(|g| g.refunds.is_empty())
            && let Some(amount) = cells.money(row.field(Field::Refunded), currency)?.map(i64::abs)
        {
            if amount == 0 {
                part.nothing_refunded = true;
            } else {
                let at = cells.moment(row.field(Field::RefundedAt))?;
                part.refunds.push(RefundRecord { line: row.line, at, amount, reason: None });
            }
        }
        if group.is_none_or(|g| g.codes.is_empty()) {
            let codes = cells.list(row.field(Field::DiscountCode))?;
            part.codes.extend(codes.into_iter().map(|code| CodeUse { code, amount: None }));
        }
        if group.is_none_or(|g| g.status.is_none()) {
            part.status = status(row, cells)?;
        }
        part.test = cells.flag(row.field(Field::Test))?;
        Ok(())
    }
}

/// A row that names a product and nothing of an order: it belongs to the order above.
pub fn is_bare_line(row: &Row) -> bool {
    let blank = |fields: &[Field]| fields.iter().all(|f| row.field(*f).is_blank());
    use Field::*;
    blank(&[OrderId, PlacedAt, CustomerId, Email, Total]) && !blank(&[Sku, Title, Quantity, UnitPrice, LineAmount])
}

/// The currency of a row's amounts. An order has one.
fn currency(row: &Row, cells: &CellReader, group: Option<&OrderRecord>) -> Result<Currency, CellError> {
    let cell = row.field(Field::Currency);
    let known = group.and_then(|g| g.currency);
    match (cells.currency(cell)?, known) {
        (Some(written), Some(known)) if written != known => {
            Err(CellError::new(cell, format!("differs from {known} on the rows above"), "An order has one currency"))
        }
        (Some(written), _) => Ok(written),
        (None, known) => Ok(known.unwrap_or(cells.conventions().currency)),
    }
}

/// The written status; a date of cancellation cancels what was not refunded or failed.
fn status(row: &Row, cells: &CellReader) -> Result<Option<OrderStatus>, CellError> {
    use OrderStatus::{Cancelled, Failed, PartiallyRefunded, Refunded};
    let written = cells.status(row.field(Field::Status))?;
    if cells.moment(row.field(Field::CancelledAt))?.is_none() {
        return Ok(written);
    }
    Ok(written.filter(|s| matches!(s, Refunded | PartiallyRefunded | Failed)).or(Some(Cancelled)))
}

/// The line of an order on a row; `None` when the row has no product fields.
fn line(row: &Row, cells: &CellReader, currency: Option<Currency>) -> Result<Option<LineRecord>, CellError> {
    let currency = currency.unwrap_or(cells.conventions().currency);
    let (quantity, price, amount) =
        (row.field(Field::Quantity), row.field(Field::UnitPrice), row.field(Field::LineAmount));
    let sku = cells.id(row.field(Field::Sku))?;
    let title = cells.text(row.field(Field::Title))?;
    if sku.is_none() && title.is_none() && quantity.is_blank() && price.is_blank() && amount.is_blank() {
        return Ok(None);
    }
    let written = cells.money(amount, currency)?;
    let quantity_milli = match (cells.quantity_milli(quantity)?, written) {
        (Some(quantity), _) => quantity,
        (None, Some(written)) => 1_000 * if written < 0 { -1 } else { 1 },
        (None, None) if row.header().columns_of(Field::Quantity).is_empty() => 1_000,
        (None, None) => return Err(CellError::blank(quantity.column, "Fill in the number of pieces")),
    };
    let amount = match (written, cells.scaled(price, PRICE_DECIMALS)?) {
        (Some(written), _) => written,
        (None, Some(price)) => times(quantity_milli, price, currency)
            .ok_or_else(|| CellError::new(quantity, "times the price is too large to be kept exactly", "Check both"))?,
        (None, None) if quantity_milli == 0 => 0,
        (None, None) => return Err(CellError::blank(price.column, "Fill in the price of one piece")),
    };
    Ok(Some(LineRecord {
        line: row.line,
        sku: sku.map(str::to_owned),
        title: title.map(str::to_owned),
        category: cells.text(row.field(Field::Category))?.map(str::to_owned),
        quantity_milli,
        amount,
        discount: cells.money(row.field(Field::LineDiscount), currency)?.map_or(0, i64::abs),
    }))
}

/// Quantity × unit price in minor units, rounded once, half away from zero.
fn times(quantity_milli: i64, price: i64, currency: Currency) -> Option<i64> {
    let product = i128::from(quantity_milli) * i128::from(price);
    let unit = 10_i128.checked_pow((PRICE_DECIMALS + 3).checked_sub(currency.exponent())?)?;
    i64::try_from((product.abs() + unit / 2) / unit * product.signum()).ok()
}

pub fn too_many_lines(cell: Cell) -> CellError {
    CellError::new(cell, format!("has more than {MAX_LINES_PER_ORDER} lines"), "Check the column of order numbers")
}
