//! BigCommerce: orders with all lines packed in one cell, customers.
//!
//! Lost on the way: the time of day, markdowns of a sale (the unit price is the sale price), test orders, refund dates,
//! consent to SMS. Titles leave out the variant, which stands beside them.

use super::table::{header, local, money, or_blank};
use super::{ExportError, ExportFile, Out, Platform, each};
use crate::jobs::Progress;
use crate::model::record::OrderStatus;
use crate::sample::records::{email, name, shop_id};
use crate::sample::{Buyer, CURRENCY, Kind, Line, Order, Shop};

/// BigCommerce.
pub const PLATFORM: Platform = Platform {
    name: "bigcommerce",
    title: "BigCommerce",
    files: &[
        ExportFile { name: "orders.csv", header: |_| header(ORDERS), rows: orders },
        ExportFile { name: "customers.csv", header: |_| header(CUSTOMERS), rows: customers },
    ],
};

const ORDERS: &str = "\
    Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),\
    Subtotal (ex tax),Tax Total,Shipping Cost (inc tax),Shipping Cost (ex tax),Ship Method,Handling Cost (inc tax),\
    Handling Cost (ex tax),Store Credit Redeemed,Gift Certificate Amount Redeemed,Gift Certificate Code,\
    Gift Certificate Expiration Date,Coupon Details,Coupon Value,Order Total (inc tax),Order Total (ex tax),\
    Payment Method,Total Quantity,Total Shipped,Date Shipped,Order Currency Code,Exchange Rate,Order Notes,\
    Customer Message,Billing First Name,Billing Last Name,Billing Company,Billing Street 1,Billing Street 2,\
    Billing Suburb,Billing State,Billing Zip,Billing Country,Billing Phone,Billing Email,Shipping First Name,\
    Shipping Last Name,Shipping Company,Shipping Street 1,Shipping Street 2,Shipping Suburb,Shipping State,\
    Shipping Zip,Shipping Country,Shipping Phone,Shipping Email,Product Details,Refund Amount,Channel ID,\
    Channel Name";
const CUSTOMERS: &str = "\
    Customer ID,First Name,Last Name,Company,Email,Phone,Notes,Store Credit,Customer Group,Date Joined,Addresses,\
    Receive Review/Abandoned Cart Emails?,Tax Exempt Category";

const DAY: i64 = 86_400;

fn orders(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.order_count(), progress, |i| {
        let order = shop.order(i);
        // Nothing in this file tells a test from an order.
        if order.buyer == Buyer::Test { Ok(()) } else { write_order(shop, out, &order) }
    })
}

fn write_order(shop: &Shop, out: &mut Out, order: &Order) -> csv::Result<()> {
    let basket = &order.basket;
    let sent = basket.status != OrderStatus::Cancelled && shop.end() - order.placed_at > 3 * DAY;
    let pieces: i64 = basket.lines.iter().map(|line| line.quantity).sum();
    let in_store = order.channel == "pos";
    out.put("Order ID", order.number)
        .put("Order Date", date(order.placed_at))
        .put("Order Status", status(order, sent))
        .put("Subtotal (inc tax)", money(basket.goods() + basket.tax))
        .put("Subtotal (ex tax)", money(basket.goods()))
        .put("Tax Total", money(basket.tax))
        .put_all(&["Shipping Cost (inc tax)", "Shipping Cost (ex tax)"], money(basket.shipping))
        .put("Ship Method", if basket.shipping > 0 { "Flat rate" } else { "Free shipping" })
        .put_all(&["Handling Cost (inc tax)", "Handling Cost (ex tax)"], money(0))
        .put_all(&["Store Credit Redeemed", "Gift Certificate Amount Redeemed"], money(0))
        .put("Coupon Details", basket.code.unwrap_or_default())
        .put("Coupon Value", money(basket.discount))
        .put("Order Total (inc tax)", money(basket.total))
        .put("Order Total (ex tax)", money(basket.total - basket.tax))
        .put("Payment Method", "Credit Card")
        .put("Total Quantity", pieces)
        .put("Total Shipped", if sent { pieces } else { 0 })
        .put("Date Shipped", or_blank(sent.then(|| date(order.placed_at + DAY))))
        .put("Order Currency Code", CURRENCY)
        .put("Exchange Rate", "1.0000000000")
        .put("Refund Amount", money(basket.refund.map_or(0, |r| r.amount)))
        .put("Channel ID", if in_store { 2 } else { 1 })
        .put("Channel Name", if in_store { "Point of sale" } else { "Storefront" })
        .put("Product Details", details(shop, &basket.lines));
    buyer(out, order);
    out.end_row()
}

fn status(order: &Order, sent: bool) -> &'static str {
    match order.basket.status {
        OrderStatus::Paid if sent => "Completed",
        OrderStatus::Paid => "Awaiting Fulfillment",
        OrderStatus::Pending => "Awaiting Payment",
        OrderStatus::Cancelled => "Cancelled",
        OrderStatus::Refunded => "Refunded",
        OrderStatus::PartiallyRefunded => "Partially Refunded",
        OrderStatus::Failed => "Declined",
    }
}

fn buyer(out: &mut Out, order: &Order) {
    let Buyer::Person(person) = order.buyer else {
        out.put("Customer ID", 0).put_all(&["Billing Country", "Shipping Country"], order.region.country);
        return;
    };
    out.put("Customer ID", if order.signed_in { shop_id(person) } else { 0 })
        .put("Customer Name", name(person))
        .put_all(&["Customer Email", "Billing Email", "Shipping Email"], email(person));
    for side in ["Billing", "Shipping"] {
        out.put(&format!("{side} First Name"), "Customer")
            .put(&format!("{side} Last Name"), name(person).trim_start_matches("Customer "))
            .put(&format!("{side} Street 1"), "1 Sample Street")
            .put(&format!("{side} Suburb"), order.region.city)
            .put(&format!("{side} State"), order.region.province_name)
            .put(&format!("{side} Zip"), order.region.zip)
            .put(&format!("{side} Country"), order.region.country);
    }
}

/// All lines in one cell, texts with HTML entities.
fn details(shop: &Shop, lines: &[Line]) -> String {
    let pack = |line: &Line| {
        let product = &shop.catalogue().products[line.product];
        let variation = product.variant.map_or_else(String::new, |v| format!("{}: {v}", product.category().option));
        format!(
            "Product ID: {}, Product Qty: {}, Product SKU: {}, Product Name: {}, Product Weight: 0.5000, \
             Product Variation Details: {}, Product Unit Price: {}, Product Total Price: {}",
            100 + product.parent,
            line.quantity,
            product.sku,
            entities(&product.title),
            entities(&variation),
            unit_price(line),
            money(line.net()),
        )
    };
    lines.iter().map(pack).collect::<Vec<_>>().join("|")
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#039;")
}

/// Four places, since a marked-down line need not divide evenly.
fn unit_price(line: &Line) -> String {
    let hundredths_of_cents = line.net() * 100 / line.quantity.max(1);
    format!("{}.{:04}", hundredths_of_cents / 10_000, hundredths_of_cents % 10_000)
}

fn customers(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.people().len(), progress, |i| {
        let (index, person) = (i as u32, &shop.people()[i]);
        if person.kind == Kind::Guest {
            return Ok(());
        }
        let agrees = shop.consents(index).iter().any(|c| c.channel == "email" && c.granted);
        let (name, region) = (name(index), person.region());
        let number = name.trim_start_matches("Customer ");
        let address = format!(
            "Address ID: {}, Address First Name: Customer, Address Last Name: {number}, Address Company: , \
             Address Street 1: 1 Sample Street, Address Street 2: , Address City: {}, Address State: {}, Address Zip: {}, \
             Address Country: {}",
            index + 1,
            region.city,
            region.province,
            region.zip,
            region.country,
        );
        out.put("Customer ID", shop_id(index))
            .put("First Name", "Customer")
            .put("Last Name", number)
            .put("Email", email(index))
            .put("Store Credit", money(0))
            .put("Date Joined", or_blank(person.account_since().map(date)))
            .put("Addresses", address)
            .put("Receive Review/Abandoned Cart Emails?", if agrees { "Yes" } else { "No" })
            .end_row()
    })
}

/// `12/31/2026`, the shop's display setting.
fn date(utc: i64) -> impl std::fmt::Display {
    local(utc).format("%m/%d/%Y")
}
