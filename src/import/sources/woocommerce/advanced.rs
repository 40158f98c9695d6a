//! "Advanced Order Export for WooCommerce": columns chosen by the user. Products stand on further rows with
//! blank order columns, or in groups of columns repeated across the row.
//!
//! Refunds may be exported as rows of their own: the number of the order they belong to, a negative total.

use crate::import::cells::{CellError, CellReader};
use crate::import::field::{Field, TableKind};
use crate::import::plan::{Layout, Mapping};
use crate::import::preview::Preview;
use crate::import::row::{Cell, Header, Row, fold};
use crate::import::sources::Source;
use crate::import::sources::shape;
use crate::model::record::{LineRecord, OrderRecord};

/// Columns of the plugin, of which a file must have some beside the order's number and date.
const TELLING: &[&str] = &[
    "Order Status",
    "Order Total Amount",
    "Order Shipping Amount",
    "Order Tax Amount",
    "Cart Discount Amount",
    "Customer User Email",
    "Customer User Id",
    "Email (Billing)",
    "Country Code (Billing)",
    "First Name (Billing)",
    "Payment Method Title",
    "Order line (w/o tax)",
    "Order Line Subtotal",
    "Order Line Total",
    "Item Cost",
    "Item Name",
];
const LEAST_TELLING: usize = 3;
/// What stands around the number of a product in a column name.
const AROUND_NUMBERS: [char; 3] = ['#', '(', ')'];

const SKU: &[&str] = &["SKU", "Product SKU"];
const TITLE: &[&str] = &["Name", "Item Name", "Product Name", "Product Name (main)"];
const CATEGORY: &[&str] = &["Category"];
const QUANTITY: &[&str] = &["Quantity", "Qty", "Quantity (- Refund)"];
/// Before discounts, without tax.
const SUBTOTAL: &[&str] = &["Order Line Subtotal"];
/// After discounts, without tax.
const NET: &[&str] = &["Order line (w/o tax)", "Order Line Total", "Order Line (w/o tax)"];
const PRICE: &[&str] = &["Price", "Item Cost", "Item Price"];

pub struct AdvancedOrders;

impl Source for AdvancedOrders {
    fn name(&self) -> &'static str {
        "woocommerce-advanced-orders"
    }

    fn title(&self) -> &'static str {
        "WooCommerce orders (Advanced Order Export plugin)"
    }

    fn origin(&self) -> &'static str {
        super::ORIGIN
    }

    fn table(&self) -> TableKind {
        TableKind::Lines
    }

    fn matches(&self, preview: &Preview) -> f64 {
        let header = Header::new(&preview.header);
        let is_order = (header.has("Order Number") || header.has("Order Id")) && header.has("Order Date");
        let telling = TELLING.iter().filter(|name| header.has(name)).count();
        if is_order && telling >= LEAST_TELLING { 0.6 + 0.4 * telling as f64 / TELLING.len() as f64 } else { 0.0 }
    }

    fn mapping(&self, preview: &Preview) -> Mapping {
        let numbered = groups(&Header::new(&preview.header)).len() > 1;
        let mut columns: Vec<(Field, &[&str])> = vec![
            (Field::OrderId, &["Order Number", "Order Id"]),
            (Field::PlacedAt, &["Order Date"]),
            (Field::CustomerId, &["Customer User Id"]),
            (Field::Email, &["Email (Billing)", "Customer User Email"]),
            (Field::CustomerName, &["Full Name (Billing)", "First Name (Billing)"]),
            (Field::Country, &["Country Code (Billing)", "Country Name (Billing)", "Country Code (Shipping)"]),
            (Field::Discount, &["Cart Discount Amount"]),
            (Field::DiscountCode, &["Coupon Code"]),
            (Field::Shipping, &["Order Shipping Amount"]),
            (Field::Tax, &["Order Total Tax Amount", "Order Tax Amount"]),
            (Field::Total, &["Order Total Amount"]),
            (Field::Refunded, &["Order Refund Amount"]),
            (Field::Status, &["Order Status"]),
            (Field::Currency, &["Currency", "Order Currency"]),
            (Field::UtmSource, super::UTM_SOURCE),
            (Field::UtmMedium, super::UTM_MEDIUM),
            (Field::Campaign, super::UTM_CAMPAIGN),
            (Field::Device, super::DEVICE),
            (Field::Landing, super::LANDING),
            (Field::Referrer, super::REFERRER),
        ];
        if !numbered {
            columns.extend([
                (Field::Sku, SKU),
                (Field::Title, TITLE),
                (Field::Category, CATEGORY),
                (Field::Quantity, QUANTITY),
                (Field::UnitPrice, PRICE),
            ]);
            columns.push((Field::LineAmount, if has_any(preview, SUBTOTAL) { SUBTOTAL } else { NET }));
        }
        let layout = if numbered { Layout::Numbered } else { Layout::RowPerLine };
        shape::mapping(preview, TableKind::Lines, layout, &columns)
    }

    fn lines(&self, row: &Row, cells: &CellReader) -> Result<Vec<LineRecord>, CellError> {
        let groups = groups(row.header());
        let lines = groups.iter().map(|group| line(row, cells, group)).collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().flatten().collect())
    }

    fn finish_order(&self, row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
        order.customer.shop_id = order.customer.shop_id.take().filter(|id| id != super::GUEST);
        super::leave_out_back_office(order);
        let currency = shape::currency(row, cells)?;
        // "Order Tax Amount" is the tax on the goods; that on shipping stands beside it.
        if row.cell("Order Total Tax Amount").is_blank()
            && let Some(tax) = order.tax
        {
            let on_shipping = cells.money(row.cell("Order Shipping Tax Amount"), currency)?.unwrap_or(0);
            order.tax = Some(tax.saturating_add(on_shipping));
        }
        if SUBTOTAL.iter().any(|name| row.header().has(name)) {
            take_line_discounts(row, cells, order)?;
        }
        // Further products of a refund have rows without its total: the refund is booked by the total alone.
        order.lines.retain(|line| line.quantity_milli >= 0);
        super::book_refund(row, cells, order)
    }
}

/// Where lines are known before and after discounts, the discount of the order is on its lines.
fn take_line_discounts(row: &Row, cells: &CellReader, order: &mut OrderRecord) -> Result<(), CellError> {
    let Some(net) = NET.iter().map(|name| row.cell(name)).find(|cell| !cell.is_blank()) else { return Ok(()) };
    let currency = shape::currency(row, cells)?;
    if let ([line], Some(net)) = (order.lines.as_mut_slice(), cells.money(net, currency)?) {
        line.discount = (line.amount - net).max(0);
        order.discount = order.discount.map(|_| 0);
    }
    Ok(())
}

fn has_any(preview: &Preview, names: &[&str]) -> bool {
    let header = Header::new(&preview.header);
    names.iter().any(|name| header.has(name))
}

/// The columns of one product of a row: (column name without its number, position).
type Group = Vec<(String, usize)>;

/// Groups of product columns, which are numbered: "SKU #2", "Product 2 SKU", "SKU 2", or "SKU (2)" as repeated
/// names are told apart. Columns without a number are those of the first product.
fn groups(header: &Header) -> Vec<Group> {
    let known: Vec<String> =
        [SKU, TITLE, CATEGORY, QUANTITY, SUBTOTAL, NET, PRICE].concat().iter().map(|name| fold(name)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (position, name) in header.names().iter().enumerate() {
        let folded = fold(name);
        let (name, number) = without_number(&folded);
        if !known.iter().any(|k| k == name) {
            continue;
        }
        let number = number.unwrap_or(1);
        if number == 0 || number > header.names().len() {
            continue;
        }
        if groups.len() < number {
            groups.resize(number, Vec::new());
        }
        groups[number - 1].push((name.to_owned(), position));
    }
    groups
}

/// Splits the number of its product off a column name.
fn without_number(name: &str) -> (&str, Option<usize>) {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    if matches!(first, "product" | "item" | "line")
        && let Some((number, rest)) = rest.split_once(' ')
        && let Ok(number) = number.trim_matches(AROUND_NUMBERS).parse()
    {
        return (rest.trim_start_matches(['-', ':', ' ']), Some(number));
    }
    match name.rsplit_once(' ') {
        Some((rest, number)) => match number.trim_matches(AROUND_NUMBERS).parse() {
            Ok(number) => (rest, Some(number)),
            Err(_) => (name, None),
        },
        None => (name, None),
    }
}

/// The line of one group; `None` when the order has no product there.
fn line(row: &Row, cells: &CellReader, group: &Group) -> Result<Option<LineRecord>, CellError> {
    let cell = |names: &[&str]| -> Cell {
        let of_name = |name: &&str| group.iter().find(|(n, _)| *n == fold(name)).map(|(_, at)| row.at(*at));
        names.iter().filter_map(of_name).find(|cell| !cell.is_blank()).unwrap_or(Cell::new("", ""))
    };
    let currency = shape::currency(row, cells)?;
    let (sku, title) = (cells.id(cell(SKU))?, cells.text(cell(TITLE))?);
    if sku.is_none() && title.is_none() {
        return Ok(None);
    }
    let quantity_milli = cells.quantity_milli(cell(QUANTITY))?.unwrap_or(1000);
    let net = cells.money(cell(NET), currency)?;
    let price = cells.money(cell(PRICE), currency)?;
    let times_price = price.map(|price| (i128::from(price) * i128::from(quantity_milli) / 1000) as i64);
    let before = cells.money(cell(SUBTOTAL), currency)?.or(net).or(times_price).unwrap_or(0);
    Ok(Some(LineRecord {
        line: row.line,
        sku: sku.map(str::to_owned),
        title: title.map(str::to_owned),
        category: cells.text(cell(CATEGORY))?.map(str::to_owned),
        quantity_milli,
        amount: before,
        discount: net.map_or(0, |net| (before - net).max(0)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_columns_are_grouped_however_they_are_numbered() {
        let shape = |names: &[&str]| -> Vec<Vec<usize>> {
            let groups = groups(&Header::new(names));
            groups.iter().map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
        };
        assert_eq!(shape(&["Order Number", "SKU", "Name", "SKU #2", "Name #2"]), [[1, 2], [3, 4]]);
        assert_eq!(shape(&["Product 1 SKU", "Product 1 Name", "Product 2 SKU"]), [vec![0, 1], vec![2]]);
        assert_eq!(shape(&["SKU (2)", "Quantity (2)", "SKU", "Quantity"]), [[2, 3], [0, 1]]);
        assert_eq!(shape(&["Order Number", "SKU", "Item Name", "Quantity"]), [[1, 2, 3]]);
        assert_eq!(shape(&["Order Number", "Total items"]), Vec::<Vec<usize>>::new());
    }
}
