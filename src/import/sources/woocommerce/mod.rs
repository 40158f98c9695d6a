//! Files of WooCommerce and of its order export plugins.

mod advanced;
mod analytics;
mod coupons;
mod customers;
mod packed;
mod products;
mod webtoffee;

pub(super) use advanced::AdvancedOrders;
pub(super) use analytics::AnalyticsOrders;
pub(super) use coupons::Coupons;
pub(super) use customers::AnalyticsCustomers;
pub(super) use products::Products;
pub(super) use webtoffee::WebToffeeOrders;

use crate::import::cells::{CellError, CellReader};
use crate::import::field::Field;
use crate::import::row::Row;
use crate::import::sources::shape;
use crate::model::record::{OrderRecord, RefundRecord};

/// Where the keys of all these files are unique.
const ORIGIN: &str = "woocommerce";

/// The id of a guest.
const GUEST: &str = "0";

/// Turns a row that books a refund – it has the number of its order and a negative total – into that refund.
fn book_refund(row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
    let total = cells.money(row.field(Field::Total), shape::currency(row, cells)?)?;
    let Some(total) = total.filter(|total| *total < 0) else { return Ok(()) };
    let refund = RefundRecord { line: order.line, at: order.placed_at, amount: total.saturating_neg(), reason: None };
    // What else the row says describes the refund, not the order.
    *order = OrderRecord {
        line: order.line,
        key: std::mem::take(&mut order.key),
        currency: order.currency,
        refunds: vec![refund],
        ..OrderRecord::default()
    };
    Ok(())
}
