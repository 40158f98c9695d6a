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

// Where the shop system itself says that the buyer came from, under the names that export plugins give its fields. The
// kind of source stands in for a medium: `typein`, `organic`, `referral`.
const UTM_SOURCE: &[&str] =
    &["meta:_wc_order_attribution_utm_source", "_wc_order_attribution_utm_source", "utm_source"];
const UTM_MEDIUM: &[&str] = &[
    "meta:_wc_order_attribution_utm_medium",
    "_wc_order_attribution_utm_medium",
    "utm_medium",
    "meta:_wc_order_attribution_source_type",
    "_wc_order_attribution_source_type",
];
const UTM_CAMPAIGN: &[&str] =
    &["meta:_wc_order_attribution_utm_campaign", "_wc_order_attribution_utm_campaign", "utm_campaign"];
const DEVICE: &[&str] = &["meta:_wc_order_attribution_device_type", "_wc_order_attribution_device_type"];
const LANDING: &[&str] = &["meta:_wc_order_attribution_session_entry", "_wc_order_attribution_session_entry"];
const REFERRER: &[&str] = &["meta:_wc_order_attribution_referrer", "_wc_order_attribution_referrer"];

/// An order that the shop's people took themselves has no way by which its buyer came.
fn leave_out_back_office(order: &mut OrderRecord) {
    let taken_by_hand = |medium: &String| matches!(medium.as_str(), "admin" | "mobile_app" | "mobile_app_admin");
    if order.touch.as_ref().is_some_and(|touch| touch.medium.as_ref().is_some_and(taken_by_hand)) {
        order.touch = None;
    }
}

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
