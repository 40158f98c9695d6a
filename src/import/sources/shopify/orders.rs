//! Orders, Export: one row per line; rows after an order's first leave its own columns blank.
//!
//! `Name` ("#1001") is the key: `Id` stands on the first row only, and layouts before 2016 lack it.

use crate::import::arrival;
use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Header, Row};
use crate::import::sources::Source;
use crate::import::sources::shape::{self, Shape};
use crate::model::Traffic;
use crate::model::channels::Said;
use crate::model::record::OrderRecord;

const SHAPE: Shape = Shape {
    all: &["Name", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price"],
    none: &["Transaction kind"],
    more: &["Financial Status", "Fulfillment Status", "Subtotal", "Lineitem sku", "Discount Code", "Billing Name"],
};

pub struct Orders;

impl Source for Orders {
    fn name(&self) -> &'static str {
        "shopify-orders"
    }

    fn title(&self) -> &'static str {
        "Shopify orders"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Lines
    }

    fn matches(&self, preview: &Preview) -> f64 {
        if are_checkouts(preview) { 0.0 } else { fits(preview) }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        shape::mapping(
            preview,
            TableKind::Lines,
            Layout::RowPerLine,
            &[
                (Field::OrderId, &["Name"]),
                (Field::PlacedAt, &["Created at"]),
                (Field::Email, &["Email"]),
                (Field::CustomerName, &["Billing Name", "Shipping Name"]),
                (Field::Country, &["Billing Country", "Shipping Country"]),
                (Field::Channel, &["Source"]),
                (Field::Sku, &["Lineitem sku"]),
                (Field::Title, &["Lineitem name"]),
                (Field::Quantity, &["Lineitem quantity"]),
                (Field::UnitPrice, &["Lineitem price"]),
                (Field::LineDiscount, &["Lineitem discount"]),
                (Field::Discount, &["Discount Amount"]),
                (Field::DiscountCode, &["Discount Code"]),
                (Field::Shipping, &["Shipping"]),
                (Field::Tax, &["Taxes"]),
                (Field::Total, &["Total"]),
                (Field::Refunded, &["Refunded Amount"]),
                (Field::Status, &["Financial Status"]),
                (Field::CancelledAt, &["Cancelled at"]),
                (Field::Currency, &["Currency"]),
                (Field::UtmSource, &["UTM Source", "utm_source", "Browser: UTM Source"]),
                (Field::UtmMedium, &["UTM Medium", "utm_medium", "Browser: UTM Medium"]),
                (Field::Campaign, &["UTM Campaign", "utm_campaign", "Browser: UTM Campaign"]),
                (Field::Landing, &["Landing Page", "Landing Site", "Browser: Landing Page"]),
                (Field::Referrer, &["Referring Site", "Referrer", "Browser: Referrer"]),
            ],
        )
    }

    /// Orders paid through Shopify's test gateway are test orders.
    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        let by_test_gateway = row.cell("Payment Method").text.to_ascii_lowercase().contains("bogus");
        order.test = Some(order.test.unwrap_or(false) || by_test_gateway);
        tell_arrival(row, cells, order)?;
        take_tax_off_shipping(row, cells, order)
    }
}

/// Apps keep UTM fields among the attributes of the cart; a source that is a network or search site is where the buyer
/// came from. `web`, `pos` and ids of apps tell where the order was taken instead.
fn tell_arrival(row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
    let notes = row.cell("Note Attributes").text;
    if notes.contains("utm_") {
        arrival::read_notes(notes, order);
    }
    if order.touch.is_none()
        && let Some(source) = cells.text(row.cell("Source"))?
        && matches!(Traffic::classify(&Said::channel(source)), Some(Traffic::OrganicSocial | Traffic::OrganicSearch))
    {
        arrival::came_by(order, Some(source), None);
    }
    Ok(())
}

/// Where prices contain their tax, so does the shipping, while the taxes are those of both together: the tax of
/// the shipping must not be taken off twice. The file says neither; the total does, and one rate is assumed.
fn take_tax_off_shipping(row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
    let (Some(shipping), Some(tax), Some(total)) = (order.shipping, order.tax, order.total) else { return Ok(()) };
    let subtotal = cells.money(row.cell("Subtotal"), shape::currency(row, cells)?)?;
    let contained = subtotal.is_some_and(|subtotal| subtotal.saturating_add(shipping) == total);
    if contained && tax > 0 && shipping > 0 && total > 0 {
        let share = i128::from(tax) * i128::from(shipping);
        let of_shipping = (share + i128::from(total) / 2) / i128::from(total);
        order.shipping = Some(shipping - i64::try_from(of_shipping).unwrap_or(0));
    }
    Ok(())
}

/// How surely a file is one of orders or of abandoned checkouts, which share their columns.
pub(super) fn fits(preview: &Preview) -> f64 {
    SHAPE.fits(preview)
}

/// Digits of a checkout's id, which is its name as well; order numbers are much shorter.
const CHECKOUT_DIGITS: usize = 12;

/// Whether a file of these columns holds abandoned checkouts: no row has a financial status, and each is
/// named after its own id.
pub(super) fn are_checkouts(preview: &Preview) -> bool {
    if preview.rows.is_empty() {
        return preview.file.to_ascii_lowercase().starts_with("checkouts");
    }
    let header = Header::new(&preview.header);
    let Some(name) = header.position("Name") else { return false };
    let (id, status) = (header.position("Id"), header.position("Financial Status"));
    let is_checkout = |cells: &Vec<String>| {
        let cell = |i: Option<usize>| i.and_then(|i| cells.get(i)).map_or("", |c| c.trim());
        let number = cell(Some(name)).trim_start_matches('#');
        let is_long = number.len() >= CHECKOUT_DIGITS && number.bytes().all(|b| b.is_ascii_digit());
        cell(status).is_empty() && (is_long || number == cell(id).trim_start_matches('\''))
    };
    preview.rows.iter().all(|(_, cells)| is_checkout(cells))
}
