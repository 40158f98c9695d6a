//! "Order Export & Order Import for WooCommerce" (WebToffee): one row per order, lines in numbered columns of
//! packed cells. A line's total is after discounts and without tax, for the whole quantity.

use super::packed::{records, text, value};
use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Cell, Row};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::Currency;
use crate::model::record::{CodeUse, LineRecord, OrderRecord, RefundRecord};

const SHAPE: Shape = Shape {
    all: &["order_id", "order_date", "order_total"],
    none: &[],
    more: &["order_currency", "billing_email", "line_item_1", "coupon_items", "refund_items", "shipping_items"],
};

pub struct WebToffeeOrders;

impl Source for WebToffeeOrders {
    fn name(&self) -> &'static str {
        "woocommerce-webtoffee-orders"
    }

    fn title(&self) -> &'static str {
        "WooCommerce orders (Order Export & Import plugin)"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Orders
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let is_packed = preview.header.iter().any(|name| name.starts_with("line_item_") || name.ends_with("_items"));
        if is_packed { SHAPE.fits(preview) } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Orders,
            Layout::Numbered,
            &[
                (Field::OrderId, &["order_id"]),
                (Field::OrderNumber, &["order_number"]),
                (Field::PlacedAt, &["order_date"]),
                (Field::CustomerId, &["customer_user", "customer_id"]),
                (Field::Email, &["customer_email", "billing_email"]),
                (Field::CustomerName, &["billing_first_name", "billing_last_name"]),
                (Field::Country, &["billing_country", "shipping_country"]),
                (Field::Channel, &["meta:_wc_order_attribution_utm_source", "meta:_wc_order_attribution_source_type"]),
                (Field::Discount, &["discount_total", "cart_discount", "order_discount"]),
                (Field::Shipping, &["shipping_total"]),
                (Field::Tax, &["tax_total"]),
                (Field::Total, &["order_total"]),
                (Field::Status, &["status"]),
                (Field::Currency, &["order_currency"]),
                (Field::UtmSource, super::UTM_SOURCE),
                (Field::UtmMedium, super::UTM_MEDIUM),
                (Field::Campaign, super::UTM_CAMPAIGN),
                (Field::Device, super::DEVICE),
                (Field::Landing, super::LANDING),
                (Field::Referrer, super::REFERRER),
            ],
        )
    }

    fn lines(&self, row: &Row, cells: &CellReader) -> Result<Vec<LineRecord>, CellError> {
        let currency = shape::currency(row, cells)?;
        let header = row.header();
        let number = |i: usize| header.name(i).strip_prefix("line_item_")?.parse::<u32>().ok();
        let mut columns: Vec<(u32, usize)> = (0..header.names().len()).filter_map(|i| Some((number(i)?, i))).collect();
        columns.sort_unstable();
        let packed: Vec<Cell> = columns.iter().map(|(_, i)| row.at(*i)).filter(|cell| !cell.is_blank()).collect();
        let mut lines = packed.iter().map(|cell| line(row, cells, *cell, currency)).collect::<Result<Vec<_>, _>>()?;
        if packed.iter().all(|cell| before_discount(*cell).is_none()) {
            spread(cells.money(row.field(Field::Discount), currency)?.unwrap_or(0), &mut lines);
        }
        Ok(lines)
    }

    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        let currency = shape::currency(row, cells)?;
        order.customer.shop_id = order.customer.shop_id.take().filter(|id| id != super::GUEST);
        order.number = order.number.take().filter(|number| *number != order.key);
        super::leave_out_back_office(order);
        order.customer_name = shape::full_name(row, "billing_first_name", "billing_last_name");
        let on_lines: i64 = order.lines.iter().map(|line| line.discount).sum();
        order.discount = order.discount.map(|discount| (discount - on_lines).max(0));
        for coupon in records(row.cell("coupon_items"), "code") {
            let amount = value(coupon, "amount").map(|cell| cells.money(cell, currency)).transpose()?.flatten();
            if let Some(code) = text(coupon, "code", &["amount"]).filter(|code| !code.is_blank()) {
                order.codes.push(CodeUse { code: code.text.to_owned(), amount });
            }
        }
        for refund in records(row.cell("refund_items"), "amount") {
            let amount = value(refund, "amount").map(|cell| cells.money(cell, currency)).transpose()?.flatten();
            let at = value(refund, "date").map(|cell| cells.moment(cell)).transpose()?.flatten();
            let reason = text(refund, "reason", &["date"]).and_then(|cell| cells.text(cell).ok().flatten());
            if let Some(amount) = amount.map(i64::abs).filter(|amount| *amount > 0) {
                order.refunds.push(RefundRecord { line: row.line, at, amount, reason: reason.map(str::to_owned) });
            }
        }
        Ok(())
    }
}

/// One line: `name:LED TV|product_id:13|sku:A13|quantity:1|total:23.19|sub_total:25.00|tax:4.17`.
fn line(row: &Row, cells: &CellReader, cell: Cell, currency: Currency) -> Result<LineRecord, CellError> {
    let amount = |key| value(cell, key).map(|part| cells.money(part, currency)).transpose().map(Option::flatten);
    let net = amount("total")?
        .ok_or_else(|| CellError::new(cell, "has no total", "Write it as name:…|sku:…|quantity:1|total:1.00"))?;
    let before = before_discount(cell).map(|part| cells.money(part, currency)).transpose()?.flatten().unwrap_or(net);
    let quantity = value(cell, "quantity").map(|part| cells.quantity_milli(part)).transpose()?.flatten();
    let title = text(cell, "name", &["product_id", "sku", "quantity"]).map(|part| cells.text(part)).transpose()?;
    let sku = text(cell, "sku", &["quantity", "total"]).map(|part| cells.id(part)).transpose()?;
    Ok(LineRecord {
        line: row.line,
        sku: sku.flatten().map(str::to_owned),
        title: title.flatten().map(str::to_owned),
        category: None,
        quantity_milli: quantity.unwrap_or(1000),
        amount: before.max(net),
        discount: (before - net).max(0),
    })
}

/// What a line cost before discounts, where the version of the plugin writes it.
fn before_discount(line: Cell) -> Option<Cell> {
    value(line, "sub_total").or_else(|| value(line, "subtotal"))
}

/// Files of older versions give lines after discounts only. The order's discount then goes back to its lines
/// in proportion to their totals, which keeps both what each line earned and what the order gave off exact.
fn spread(discount: i64, lines: &mut [LineRecord]) {
    let net: i64 = lines.iter().map(|line| line.amount).sum();
    if discount <= 0 || net <= 0 || lines.iter().any(|line| line.amount < 0) {
        return;
    }
    let (mut left, mut weight) = (discount, net);
    for line in lines {
        // Of what is left, each line takes its share of what is left to share: the last takes the rest.
        let share = (i128::from(left) * i128::from(line.amount) / i128::from(weight.max(1))) as i64;
        left -= share;
        weight -= line.amount;
        line.amount += share;
        line.discount = share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_is_spread_without_losing_a_cent() {
        let mut lines: Vec<LineRecord> =
            [2319, 880, 800].map(|amount| LineRecord { amount, ..LineRecord::default() }).to_vec();
        spread(1000, &mut lines);
        let discounts: Vec<i64> = lines.iter().map(|line| line.discount).collect();
        assert_eq!(discounts, [579, 220, 201]);
        assert_eq!(lines.iter().map(|line| line.amount - line.discount).collect::<Vec<_>>(), [2319, 880, 800]);
    }
}
