//! Analytics, Orders, Download: one row per order with its products packed in one cell, and a row per refund
//! under the number of its order. Written on the server or, when it fits one page, by the browser.
//!
//! The file says neither who bought nor what a product cost: totals are net sales, and of an order with
//! several products only the quantities are known.

use crate::import::arrival;
use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::{Doubt, Preview};
use crate::import::row::{Cell, Row};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::record::{LineRecord, OrderRecord};

const SHAPE: Shape = Shape {
    all: &["Date", "Order #", "Status", "Product(s)", "Net sales"],
    none: &[],
    more: &["Customer", "Customer type", "Items sold", "Coupon(s)"],
};

pub struct AnalyticsOrders;

impl Source for AnalyticsOrders {
    fn name(&self) -> &'static str {
        "woocommerce-orders"
    }

    fn title(&self) -> &'static str {
        "WooCommerce orders (analytics)"
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
            Layout::Packed,
            &[
                (Field::OrderId, &["Order #"]),
                (Field::PlacedAt, &["Date"]),
                (Field::CustomerName, &["Customer"]),
                (Field::Channel, &["Attribution"]),
                (Field::DiscountCode, &["Coupon(s)"]),
                (Field::Total, &["Net sales"]),
                (Field::Status, &["Status"]),
            ],
        )
    }

    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        shape::note(
            "This file has no e-mail addresses and no prices: its orders stay without identity, totals are net sales \
             without tax and shipping, and an order of several products has quantities but no amounts per product",
            "For customers and products, export the orders with an order export plugin",
        )
    }

    fn lines(&self, row: &Row, cells: &CellReader) -> Result<Vec<LineRecord>, CellError> {
        let net = cells.money(row.field(Field::Total), shape::currency(row, cells)?)?.unwrap_or(0);
        let mut lines = Vec::new();
        for (quantity, name) in products(row.cell("Product(s)")) {
            lines.push(LineRecord {
                line: row.line,
                title: cells.text(name)?.map(str::to_owned),
                quantity_milli: cells.quantity_milli(quantity)?.unwrap_or(1000),
                ..LineRecord::default()
            });
        }
        if let [only] = lines.as_mut_slice() {
            only.amount = net;
        }
        Ok(lines)
    }

    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        super::book_refund(row, cells, order)?;
        if order.refunds.is_empty() {
            tell_arrival(row.cell("Attribution").text, order);
        }
        order.summary = true;
        Ok(())
    }
}

/// Where the shop system says that the buyer came from: "Organic: Google", "Source: spring", "Referral: example.org",
/// "Direct"; orders taken in the back office and those nobody knows of say nothing.
fn tell_arrival(attribution: &str, order: &mut OrderRecord) {
    let (kind, site) = attribution.split_once(": ").map_or((attribution, None), |(kind, site)| (kind, Some(site)));
    match kind.to_lowercase().as_str() {
        "organic" => arrival::came_by(order, site, Some("organic")),
        "referral" => arrival::came_by(order, site, Some("referral")),
        "source" => arrival::came_by(order, site, None),
        "direct" => arrival::came_by(order, Some("(direct)"), Some("(none)")),
        _ => {}
    }
}

/// Quantity and name of each product of "2× Chair, oak, 1× Cushion". Names may contain commas, so a product
/// starts where a number with a multiplication sign stands at the start or after ", ".
fn products(cell: Cell) -> Vec<(Cell, Cell)> {
    let starts: Vec<(usize, usize)> =
        cell.text.match_indices('×').filter_map(|(at, _)| Some((start_of(cell.text, at)?, at))).collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([cell.text.len()]);
    let piece = |(&(start, sign), end): (&(usize, usize), usize)| {
        let name = cell.text[sign + '×'.len_utf8()..end].trim_end_matches(", ");
        (cell.part(&cell.text[start..sign]), cell.part(name))
    };
    starts.iter().zip(ends).map(piece).collect()
}

/// Where the quantity before a multiplication sign starts, when it is one.
fn start_of(text: &str, sign: usize) -> Option<usize> {
    let before = text[..sign].trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    let starts_product = digits.is_empty() || digits.ends_with(", ");
    (digits.len() < before.len() && starts_product).then_some(digits.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        products(Cell::new("Product(s)", text)).iter().map(|(quantity, name)| (quantity.text, name.text)).collect()
    }

    #[test]
    fn a_comma_in_a_name_does_not_split_it() {
        assert_eq!(read("2× Chair, oak, 1× Cushion"), [("2", "Chair, oak"), ("1", "Cushion")]);
        assert_eq!(read("-1× Board 4×4, long"), [("-1", "Board 4×4, long")]);
        assert_eq!(read("1 × Table, 10 × Glass"), [("1", "Table"), ("10", "Glass")]);
        assert_eq!(read(""), []);
        assert_eq!(read("no quantity"), []);
    }
}
