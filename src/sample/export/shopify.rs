//! Shopify: orders with rows per line, customers, products, abandoned checkouts, discounts.
//!
//! Lost on the way: the channel beyond `web` and `pos`, refund dates and reasons, dates of customers.

use super::table::{header, local, money, or_blank, yes_no};
use super::tally::{code_uses, spending};
use super::{ExportError, ExportFile, Out, Platform, each};
use crate::jobs::Progress;
use crate::model::record::OrderStatus;
use crate::sample::records::{email, name, shop_id};
use crate::sample::{Basket, Buyer, CURRENCY, Line, Order, Product, Region, Shop};

/// Shopify.
pub const PLATFORM: Platform = Platform {
    name: "shopify",
    title: "Shopify",
    files: &[
        ExportFile { name: "orders_export.csv", header: |_| header(ORDERS), rows: orders },
        ExportFile { name: "customers_export.csv", header: |_| header(CUSTOMERS), rows: customers },
        ExportFile { name: "products_export.csv", header: |_| header(PRODUCTS), rows: products },
        ExportFile { name: "checkouts_export.csv", header: |_| checkout_header(), rows: checkouts },
        ExportFile { name: "discounts_export.csv", header: |_| header(DISCOUNTS), rows: discounts },
    ],
};

const ORDERS: &str = "\
    Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,\
    Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,\
    Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,\
    Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,\
    Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,\
    Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,\
    Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,\
    Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,\
    Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,\
    Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,\
    Payment Terms Name,Next Payment Due At,Payment References";
/// Columns of orders that checkouts lack.
const ORDERS_ONLY: &[&str] = &[
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Duties",
    "Payment ID",
    "Payment Terms Name",
    "Next Payment Due At",
    "Payment References",
];
const CUSTOMERS: &str = "\
    Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,\
    Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,\
    Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,\
    Tags";
const PRODUCTS: &str = "\
    Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,\
    Option1 Linked To,Option2 Name,Option2 Value,Option2 Linked To,Option3 Name,Option3 Value,Option3 Linked To,\
    Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,\
    Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,\
    Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit,\
    Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,\
    Variant Weight Unit,Variant Tax Code,Cost per item,Status";
const DISCOUNTS: &str = "\
    Name,Value,Value Type,Type,Discount Class,Minimum Purchase Requirements,Combines with Order Discounts,\
    Combines with Product Discounts,Combines with Shipping Discounts,Customer Selection,Context,Times Used In Total,\
    Applies Once Per Customer,Usage Limit Per Code,Status,Start,End";

const HOUR: i64 = 3_600;

fn checkout_header() -> Vec<String> {
    header(ORDERS).into_iter().filter(|column| !ORDERS_ONLY.contains(&column.as_str())).collect()
}

/// Newest first, as the admin lists them.
fn orders(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let count = shop.order_count();
    each(count, progress, |i| order(shop, out, &shop.order(count - 1 - i)))
}

fn order(shop: &Shop, out: &mut Out, order: &Order) -> csv::Result<()> {
    let (basket, test) = (&order.basket, order.buyer == Buyer::Test);
    let cancelled = basket.status == OrderStatus::Cancelled;
    let paid = !cancelled && basket.status != OrderStatus::Pending;
    let sent = paid && shop.end() - order.placed_at > 72 * HOUR;
    let in_store = order.channel == "pos";
    let number = order.number;
    out.put("Financial Status", financial_status(basket.status))
        .put("Paid at", or_blank(paid.then(|| moment(order.placed_at))))
        .put("Fulfillment Status", if sent { "fulfilled" } else { "unfulfilled" })
        .put("Fulfilled at", or_blank(sent.then(|| moment(order.placed_at + if in_store { 0 } else { 26 * HOUR }))))
        .put("Cancelled at", or_blank(cancelled.then(|| moment(order.placed_at + 5 * HOUR))))
        .put("Payment Method", if test { "bogus" } else { "Shopify Payments" })
        .put_all(&["Payment Reference", "Payment ID", "Payment References"], format_args!("r{number:09}"))
        .put("Refunded Amount", money(basket.refund.map_or(0, |r| r.amount)))
        .put("Outstanding Balance", money(if paid || cancelled { 0 } else { basket.total }))
        .put("Location", if in_store { "Main store" } else { "" })
        .put("Id", 5_400_000_000_000 + number)
        .put("Tags", if test { "test" } else { "" })
        .put("Source", if in_store { "pos" } else { "web" });
    if let Buyer::Person(person) = order.buyer {
        let agrees = shop.consents(person).iter().any(|c| c.channel == "email" && c.granted);
        out.put("Accepts Marketing", yes_no(agrees));
        address(out, order.region, &name(person));
    } else {
        out.put("Accepts Marketing", "no");
    }
    if number.is_multiple_of(50) {
        out.put("Notes", "Please ring twice,\nthen leave it at the door.");
    }
    let key = (format!("#{number}"), order_email(order));
    body(shop, out, &key, order.placed_at, basket, order.region, if sent { "fulfilled" } else { "pending" })
}

/// The columns that orders and checkouts share, then a row for every further line.
fn body(
    shop: &Shop,
    out: &mut Out,
    (name, email): &(String, String),
    at: i64,
    basket: &Basket,
    region: &Region,
    fulfillment: &str,
) -> csv::Result<()> {
    out.put("Currency", CURRENCY)
        .put("Subtotal", money(basket.taxed()))
        .put("Shipping", money(basket.shipping))
        .put("Taxes", money(basket.tax))
        .put("Total", money(basket.total))
        .put("Discount Code", basket.code.unwrap_or_default())
        .put("Discount Amount", money(basket.discount))
        .put("Shipping Method", if basket.shipping > 0 { "Standard" } else { "" })
        .put("Risk Level", "Low")
        .put("Tax 1 Name", format_args!("Tax {}%", region.tax as f64 / 100.0))
        .put("Tax 1 Value", money(basket.tax));
    for line in &basket.lines {
        out.put("Name", name).put("Email", email).put("Created at", moment(at));
        line_cells(out, line, &shop.catalogue().products[line.product], fulfillment);
        out.end_row()?;
    }
    Ok(())
}

fn line_cells(out: &mut Out, line: &Line, product: &Product, fulfillment: &str) {
    out.put("Lineitem quantity", line.quantity)
        .put("Lineitem name", product.full_title())
        .put("Lineitem price", money(product.price))
        .put("Lineitem sku", &product.sku)
        .put("Lineitem requires shipping", true)
        .put("Lineitem taxable", true)
        .put("Lineitem fulfillment status", fulfillment)
        .put("Lineitem discount", money(line.discount))
        .put("Vendor", product.series);
}

/// Shopify knows no failed orders; a cancelled one is voided.
fn financial_status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Paid => "paid",
        OrderStatus::Pending => "pending",
        OrderStatus::Cancelled | OrderStatus::Failed => "voided",
        OrderStatus::Refunded => "refunded",
        OrderStatus::PartiallyRefunded => "partially_refunded",
    }
}

/// Blank without identity; now and then with a capital, as people type it.
fn order_email(order: &Order) -> String {
    match order.buyer {
        Buyer::Person(person) if order.number.is_multiple_of(40) => email(person).replacen('c', "C", 1),
        Buyer::Person(person) => email(person),
        Buyer::WalkIn | Buyer::Test => String::new(),
    }
}

fn address(out: &mut Out, region: &Region, name: &str) {
    for side in ["Billing", "Shipping"] {
        let mut put = |column: &str, value: &str| {
            out.put(&format!("{side} {column}"), value);
        };
        put("Name", name);
        put("Street", "1 Sample Street");
        put("Address1", "1 Sample Street");
        put("City", region.city);
        // The apostrophe keeps spreadsheets from eating the zero.
        put("Zip", &format!("'{}", region.zip));
        put("Province", region.province);
        put("Country", region.code);
        put("Province Name", region.province_name);
    }
}

fn checkouts(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.cart_count(), progress, |i| {
        let cart = shop.cart(i);
        let id = 37_000_000_000_000 + cart.number;
        let region = shop.people()[cart.customer as usize].region();
        out.put("Fulfillment Status", "unfulfilled")
            .put("Accepts Marketing", "no")
            .put("Refunded Amount", money(0))
            .put("Id", id)
            .put("Source", "web");
        let key = (format!("#{id}"), email(cart.customer));
        body(shop, out, &key, cart.at, &cart.basket, region, "pending")
    })
}

/// Everybody who left an e-mail, guests too.
fn customers(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let spending = spending(shop, progress)?;
    each(shop.people().len(), progress, |i| {
        let (index, region) = (i as u32, shop.people()[i].region());
        let consents = shop.consents(index);
        let agrees = |channel: &str| yes_no(consents.iter().any(|c| c.channel == channel && c.granted));
        out.put("Customer ID", format_args!("'{}", 7_000_000_000_000 + shop_id(index)))
            .put("First Name", "Customer")
            .put("Last Name", name(index).trim_start_matches("Customer "))
            .put("Email", email(index))
            .put("Accepts Email Marketing", agrees("email"))
            .put("Default Address Address1", "1 Sample Street")
            .put("Default Address City", region.city)
            .put("Default Address Province Code", region.province)
            .put("Default Address Country Code", region.code)
            .put("Default Address Zip", format_args!("'{}", region.zip))
            .put("Accepts SMS Marketing", agrees("sms"))
            .put("Total Spent", money(spending[i].amount))
            .put("Total Orders", spending[i].orders)
            .put("Tax Exempt", "no")
            .end_row()
    })
}

fn products(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let products = &shop.catalogue().products;
    each(products.len(), progress, |i| {
        let product = &products[i];
        let handle = product.handle();
        if product.place == 0 {
            out.put("Title", &product.title)
                .put("Body (HTML)", format_args!("<p>From the {} series.</p>", product.series))
                .put("Vendor", product.series)
                .put("Type", product.category().name)
                .put("Published", true)
                .put("Option1 Name", if product.variant.is_some() { product.category().option } else { "Title" })
                .put("Gift Card", false)
                .put("Status", "active");
        }
        out.put("Handle", &handle)
            .put("Option1 Value", product.variant.unwrap_or("Default Title"))
            .put("Variant SKU", &product.sku)
            .put("Variant Grams", 500)
            .put("Variant Inventory Tracker", "shopify")
            .put("Variant Inventory Qty", product.stock)
            .put("Variant Inventory Policy", "deny")
            .put("Variant Fulfillment Service", "manual")
            .put("Variant Price", money(product.price))
            .put("Variant Requires Shipping", true)
            .put("Variant Taxable", true)
            .put("Variant Weight Unit", "g")
            .put("Cost per item", or_blank(product.cost.map(money)))
            .end_row()?;
        let last = products.get(i + 1).is_none_or(|next| next.parent != product.parent);
        if last && product.parent.is_multiple_of(5) {
            out.put("Handle", &handle)
                .put("Image Src", format_args!("https://example.com/images/{handle}.jpg"))
                .put("Image Position", 1)
                .end_row()?;
        }
        Ok(())
    })
}

fn discounts(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let uses = code_uses(shop, progress)?;
    let records = shop.discount_records();
    each(records.len(), progress, |i| {
        let discount = &records[i];
        let coded = shop.truth.sales.iter().all(|sale| sale.name != discount.code);
        let percent = discount.kind == "percent";
        let value = discount.value.unwrap_or_default();
        out.put("Name", &discount.code)
            .put("Value", format_args!("-{}", money(value)))
            .put("Value Type", if percent { "percentage" } else { "fixed_amount" })
            .put("Type", "Amount Off")
            .put("Discount Class", if coded { "order" } else { "product" })
            .put("Combines with Order Discounts", false)
            .put("Combines with Product Discounts", false)
            .put("Combines with Shipping Discounts", false)
            .put("Times Used In Total", uses.get(discount.code.as_str()).copied().unwrap_or(0))
            .put("Applies Once Per Customer", false)
            .put("Status", if discount.ends_at.is_some() { "Expired" } else { "Active" })
            .put("Start", or_blank(discount.starts_at.map(moment)))
            .put("End", or_blank(discount.ends_at.map(moment)))
            .end_row()
    })
}

/// `2026-10-14 09:30:00 -0400`: the shop's clock with its offset.
fn moment(utc: i64) -> impl std::fmt::Display {
    local(utc).format("%Y-%m-%d %H:%M:%S %z")
}
