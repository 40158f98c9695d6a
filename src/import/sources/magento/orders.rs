//! Sales, Orders, Export: the grid, one row per order. It has no lines, no tax, no discount and no coupon.
//!
//! Amounts are in the shop's base currency, except what was purchased and refunded, which are in the
//! currency of the order; no column names either.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::{Row, fold};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::{OrderRecord, OrderStatus};

const SHAPE: Shape = Shape {
    all: &["ID", "Purchase Date", "Grand Total (Base)"],
    none: &[],
    more: &["Purchase Point", "Bill-to Name", "Grand Total (Purchased)", "Status", "Customer Email", "Total Refunded"],
};

pub struct OrderGrid;

impl Source for OrderGrid {
    fn name(&self) -> &'static str {
        "magento-orders"
    }

    fn title(&self) -> &'static str {
        "Magento orders (grid)"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Orders
    }

    fn matches(&self, preview: &Preview) -> f64 {
        SHAPE.fits(preview)
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Orders,
            Layout::NoLines,
            &[
                (Field::OrderId, &["ID"]),
                (Field::PlacedAt, &["Purchase Date"]),
                (Field::Email, &["Customer Email"]),
                (Field::CustomerName, &["Customer Name", "Bill-to Name"]),
                (Field::Channel, &["Purchase Point"]),
                (Field::Shipping, &["Shipping and Handling"]),
                (Field::Total, &["Grand Total (Base)"]),
                (Field::Refunded, &["Total Refunded"]),
                (Field::Status, &["Status"]),
            ],
        )
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        shape::note(
            "The order grid has no lines and no tax: totals are in the shop's base currency and include tax",
            "Nothing to do; products cannot be analysed from this file",
        )
    }

    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        // A purchase point is a website, store and store view on lines of their own.
        let view = order.channel.as_deref().and_then(|point| point.lines().map(str::trim).rfind(|s| !s.is_empty()));
        order.channel = view.map(str::to_owned);
        // Magento closes an order once all of it is refunded.
        if fold(row.field(Field::Status).text) == "closed" {
            order.status = Some(OrderStatus::Refunded);
        }
        let purchased = cells.money(row.cell("Grand Total (Purchased)"), shape::currency(row, cells)?)?;
        if let (Some(base), Some(purchased)) = (order.total, purchased)
            && base != purchased
            && purchased != 0
        {
            for refund in &mut order.refunds {
                refund.amount = scale(refund.amount, base, purchased);
            }
        }
        Ok(())
    }
}

/// `amount` × `to` / `from`, rounded half away from zero.
fn scale(amount: i64, to: i64, from: i64) -> i64 {
    let (numerator, denominator) = (i128::from(amount) * i128::from(to), i128::from(from));
    let half = denominator.abs() / 2 * numerator.signum() * denominator.signum();
    i64::try_from((numerator + half * denominator.signum()) / denominator).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use super::scale;

    #[test]
    fn refunds_go_back_to_the_base_currency() {
        assert_eq!(scale(2000, 2000, 2200), 1818);
        assert_eq!(scale(2200, 2000, 2200), 2000);
        assert_eq!(scale(1, 1, 2), 1);
    }
}
