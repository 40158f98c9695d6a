//! Orders, Export, default template: one row per order, products packed in one cell.
//!
//! Order dates follow the store's display setting, so the order of day and month is not known beforehand.

use super::details::{COUPON_KEYS, PRODUCT_KEYS, records, value, without_entities};
use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Cell, Row};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::{CodeUse, LineRecord, OrderRecord};

const SHAPES: &[Shape] = &[
    Shape {
        all: &["Order ID", "Order Date", "Order Status", "Product Details"],
        none: &[],
        more: &["Order Total (inc tax)", "Customer ID", "Subtotal (inc tax)", "Order Currency Code", "Coupon Details"],
    },
    Shape {
        all: &["Order ID", "Order Date", "Order Total (inc tax)"],
        none: &[],
        more: &["Order Status", "Tax Total", "Subtotal (ex tax)", "Shipping Cost (inc tax)", "Order Currency Code"],
    },
];

pub struct Orders;

impl Source for Orders {
    fn name(&self) -> &'static str {
        "bigcommerce-orders"
    }

    fn title(&self) -> &'static str {
        "BigCommerce orders"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Orders
    }

    fn matches(&self, preview: &Preview) -> f64 {
        shape::best_fit(SHAPES, preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Orders,
            Layout::Packed,
            &[
                (Field::OrderId, &["Order ID"]),
                (Field::PlacedAt, &["Order Date"]),
                (Field::PlacedTime, &["Order Time"]),
                (Field::CustomerId, &["Customer ID"]),
                (Field::Email, &["Customer Email", "Billing Email"]),
                (Field::CustomerName, &["Customer Name", "Billing Name"]),
                (Field::Country, &["Billing Country", "Shipping Country"]),
                (Field::Channel, &["Channel Name", "Order Source"]),
                // Tax stands in a column of its own, that on shipping included.
                (Field::Shipping, &["Shipping Cost (ex tax)", "Shipping Cost (inc tax)"]),
                (Field::Tax, &["Tax Total"]),
                (Field::Discount, &["Coupon Value"]),
                (Field::Total, &["Order Total (inc tax)"]),
                (Field::Refunded, &["Refund Amount"]),
                (Field::Status, &["Order Status"]),
                (Field::Currency, &["Order Currency Code"]),
            ],
        )
    }

    fn lines(&self, row: &Row, cells: &CellReader) -> Result<Vec<LineRecord>, CellError> {
        let currency = shape::currency(row, cells)?;
        let mut lines = Vec::new();
        for product in records(row.cell("Product Details"), PRODUCT_KEYS) {
            let money = |key| value(&product, key).map(|c| cells.money(c, currency)).transpose().map(Option::flatten);
            let text = |key| value(&product, key).map(|cell| without_entities(cell.text).trim().to_owned());
            let quantity = value(&product, "Product Qty").map(|cell| cells.quantity_milli(cell)).transpose()?.flatten();
            let quantity_milli = quantity.unwrap_or(1000);
            let price = money("Product Unit Price")?.unwrap_or(0);
            let times_price = i64::try_from(i128::from(price) * i128::from(quantity_milli) / 1000).unwrap_or(price);
            let sku = value(&product, "Product SKU").map(|cell| cells.id(cell)).transpose()?.flatten();
            lines.push(LineRecord {
                line: row.line,
                sku: sku.map(|sku| without_entities(sku).into_owned()),
                title: text("Product Name"),
                category: None,
                quantity_milli,
                amount: money("Product Total Price")?.unwrap_or(times_price),
                discount: 0,
            });
        }
        Ok(lines)
    }

    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        order.customer.shop_id = order.customer.shop_id.take().filter(|id| id != super::GUEST);
        order.customer_name = order.customer_name.take().map(|name| without_entities(&name).into_owned());
        order.codes = codes(row, cells)?;
        if order.discount.is_none() {
            let amounts: Vec<i64> = order.codes.iter().filter_map(|code| code.amount).collect();
            order.discount = (!amounts.is_empty()).then(|| amounts.iter().sum());
        }
        Ok(())
    }
}

/// The coupons of an order: packed like products, or plain codes.
fn codes(row: &Row, cells: &CellReader) -> Result<Vec<CodeUse>, CellError> {
    let cell = row.cell("Coupon Details");
    let coupons = records(cell, COUPON_KEYS);
    if coupons.is_empty() {
        let plain = cells.list(cell)?.into_iter().filter(|code| !code.contains(':'));
        return Ok(plain.map(|code| CodeUse { code, amount: None }).collect());
    }
    let currency = shape::currency(row, cells)?;
    let mut codes = Vec::new();
    for coupon in coupons {
        let Some(code) = value(&coupon, "Coupon Code").or_else(|| value(&coupon, "Coupon Name")) else { continue };
        let given: Option<Cell> =
            ["Coupon Value", "Coupon Discount", "Coupon Amount"].iter().find_map(|key| value(&coupon, key));
        // A percentage here is what the coupon promises, not what it gave.
        let given = given.filter(|cell| !cell.text.contains('%'));
        let amount = given.map(|cell| cells.money(cell, currency)).transpose()?.flatten().map(i64::abs);
        codes.push(CodeUse { code: without_entities(code.text).into_owned(), amount });
    }
    Ok(codes)
}
