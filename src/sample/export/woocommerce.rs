//! WooCommerce: orders of the WebToffee export plugin, the analytics downloads of orders and customers, products.
//!
//! Lost on the way: markdowns of a sale (a sale price is the price), test orders, and times lose their zone.

use super::table::{header, local_text, money, or_blank};
use super::tally::{most_lines, spending};
use super::{ExportError, ExportFile, Out, Platform, each};
use crate::jobs::Progress;
use crate::model::record::OrderStatus;
use crate::sample::records::{email, name, shop_id};
use crate::sample::{Buyer, CURRENCY, Kind, Order, Product, Shop};

/// WooCommerce.
pub const PLATFORM: Platform = Platform {
    name: "woocommerce",
    title: "WooCommerce",
    files: &[
        ExportFile { name: "order_export.csv", header: order_header, rows: orders },
        ExportFile { name: "wc-orders-report-export.csv", header: |_| header(ANALYTICS), rows: analytics },
        ExportFile { name: "wc-customers-report-export.csv", header: |_| header(CUSTOMERS), rows: customers },
        ExportFile { name: "wc-product-export.csv", header: |_| header(PRODUCTS), rows: products },
    ],
};

const ORDERS: &str = "\
    order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,\
    tax_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_key,order_currency,\
    payment_method,payment_method_title,transaction_id,customer_ip_address,customer_user_agent,shipping_method,\
    customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_company,billing_email,\
    billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,billing_country,\
    shipping_first_name,shipping_last_name,shipping_company,shipping_phone,shipping_address_1,shipping_address_2,\
    shipping_postcode,shipping_city,shipping_state,shipping_country,customer_note,wt_import_key,shipping_items,\
    fee_items,tax_items,coupon_items,refund_items,order_notes,download_permissions,\
    meta:_wc_order_attribution_source_type,meta:_wc_order_attribution_utm_source";
const ANALYTICS: &str = "\
    Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,\
    Attribution";
const CUSTOMERS: &str = "\
    Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code";
const PRODUCTS: &str = "\
    ID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,Is featured?,Visibility in catalog,Short description,\
    Description,Date sale price starts,Date sale price ends,Tax status,Tax class,In stock?,Stock,Low stock amount,\
    Backorders allowed?,Sold individually?,Weight (kg),Length (cm),Width (cm),Height (cm),Allow customer reviews?,\
    Purchase note,Sale price,Regular price,Categories,Tags,Shipping class,Images,Download limit,\
    Download expiry days,Parent,Grouped products,Upsells,Cross-sells,External URL,Button text,Position,\
    Cost of goods,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 1 global";

const DAY: i64 = 86_400;

/// The fixed columns, then a packed column and six plain ones for every line of the longest order.
fn order_header(shop: &Shop) -> Vec<String> {
    let lines = most_lines(shop);
    let packed = (1..=lines).map(|n| format!("line_item_{n}"));
    let plain = (1..=lines).flat_map(|n| {
        ["Name", "id", "SKU", "Quantity", "Total", "Subtotal"].map(|part| format!("Product Item {n} {part}"))
    });
    header(ORDERS).into_iter().chain(packed).chain(plain).collect()
}

fn orders(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.order_count(), progress, |i| {
        let order = shop.order(i);
        // Nothing in this file tells a test from an order.
        if order.buyer == Buyer::Test { Ok(()) } else { write_order(shop, out, &order) }
    })
}

fn write_order(shop: &Shop, out: &mut Out, order: &Order) -> csv::Result<()> {
    let basket = &order.basket;
    let unpaid = matches!(basket.status, OrderStatus::Pending | OrderStatus::Cancelled);
    out.put_all(&["order_id", "order_number"], order.number)
        .put("order_date", local_text(order.placed_at))
        .put("paid_date", or_blank((!unpaid).then(|| local_text(order.placed_at))))
        .put("status", status(shop, order))
        .put("shipping_total", money(basket.shipping))
        .put_all(&["shipping_tax_total", "fee_total", "fee_tax_total"], money(0))
        .put("tax_total", money(basket.tax))
        .put_all(&["cart_discount", "order_discount", "discount_total"], money(basket.discount))
        .put("order_total", money(basket.total))
        .put("order_subtotal", money(basket.goods()))
        .put("order_key", format_args!("wc_order_{:08x}", order.number))
        .put("order_currency", CURRENCY)
        .put("payment_method", "stripe")
        .put("payment_method_title", "Credit card")
        .put("shipping_method", if basket.shipping > 0 { "Flat rate" } else { "Free shipping" })
        .put(
            "tax_items",
            format_args!("rate_id:1|code:{}-TAX|total:{}|label:Tax", order.region.code, money(basket.tax)),
        )
        .put("meta:_wc_order_attribution_source_type", if order.channel == "web" { "typein" } else { "utm" })
        .put("meta:_wc_order_attribution_utm_source", order.channel);
    buyer(out, order);
    packed_money(out, order);
    lines(shop, out, order);
    out.end_row()
}

fn status(shop: &Shop, order: &Order) -> &'static str {
    match order.basket.status {
        OrderStatus::Pending => "on-hold",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Failed => "failed",
        OrderStatus::Refunded => "refunded",
        // A refund in part leaves the status as it is.
        OrderStatus::Paid | OrderStatus::PartiallyRefunded if shop.end() - order.placed_at < 3 * DAY => "processing",
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => "completed",
    }
}

/// Guests have user 0 and their e-mail among the billing columns only.
fn buyer(out: &mut Out, order: &Order) {
    let Buyer::Person(person) = order.buyer else {
        out.put_all(&["customer_id", "customer_user"], 0).put("billing_country", order.region.code);
        return;
    };
    let (account, region) = (if order.signed_in { shop_id(person) } else { 0 }, order.region);
    out.put_all(&["customer_id", "customer_user"], account)
        .put("customer_email", or_blank(order.signed_in.then(|| email(person))))
        .put("billing_email", email(person));
    for side in ["billing", "shipping"] {
        out.put(&format!("{side}_first_name"), "Customer")
            .put(&format!("{side}_last_name"), name(person).trim_start_matches("Customer "))
            .put(&format!("{side}_address_1"), "1 Sample Street")
            .put(&format!("{side}_postcode"), region.zip)
            .put(&format!("{side}_city"), region.city)
            .put(&format!("{side}_state"), region.province)
            .put(&format!("{side}_country"), region.code);
    }
}

fn packed_money(out: &mut Out, order: &Order) {
    let basket = &order.basket;
    if let Some(code) = basket.code {
        let code = code.to_lowercase();
        out.put("coupon_items", format_args!("code:{code}|amount:{}", money(basket.discount)));
    }
    if let Some(refund) = basket.refund {
        let (amount, at) = (money(refund.amount), local_text(refund.at));
        out.put("refund_items", format_args!("amount:{amount}|reason:{}|date:{at}", refund.reason));
    }
}

/// `total` is what the whole line cost after the coupon, without tax; `sub_total` before it.
fn lines(shop: &Shop, out: &mut Out, order: &Order) {
    let basket = &order.basket;
    let (coupons, taxes) = (basket.split(basket.discount), basket.split(basket.tax));
    let mut shipped = Vec::new();
    for (i, line) in basket.lines.iter().enumerate() {
        let (product, n, quantity) = (&shop.catalogue().products[line.product], i + 1, line.quantity);
        let (title, id) = (product.full_title(), product_id(line.product));
        let (total, subtotal) = (money(line.net() - coupons[i]), money(line.net()));
        let packed = format_args!(
            "name:{title}|product_id:{id}|sku:{}|quantity:{quantity}|total:{total}|sub_total:{subtotal}|tax:{}",
            product.sku,
            money(taxes[i]),
        );
        out.put(&format!("line_item_{n}"), packed);
        shipped.push(format!("{title} X {quantity}"));
        out.put(&format!("Product Item {n} Name"), title)
            .put(&format!("Product Item {n} id"), id)
            .put(&format!("Product Item {n} SKU"), &product.sku)
            .put(&format!("Product Item {n} Quantity"), quantity)
            .put(&format!("Product Item {n} Total"), total)
            .put(&format!("Product Item {n} Subtotal"), subtotal);
    }
    out.put("shipping_items", format_args!("item:Items|value:{}\n", shipped.join(", ")));
}

/// The report of the analytics page: refunds are rows of their own with the number of their order.
fn analytics(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.order_count(), progress, |i| {
        let order = shop.order(i);
        if order.buyer == Buyer::Test {
            return Ok(());
        }
        let basket = &order.basket;
        let products = basket
            .lines
            .iter()
            .map(|line| format!("{}× {}", line.quantity, shop.catalogue().products[line.product].full_title()));
        report_row(out, &order, order.placed_at, basket.taxed(), status(shop, &order))
            .put("Product(s)", products.collect::<Vec<_>>().join(", "))
            .put("Items sold", basket.lines.iter().map(|line| line.quantity).sum::<i64>())
            .put("Coupon(s)", or_blank(basket.code.map(str::to_lowercase)))
            .end_row()?;
        match basket.refund {
            Some(refund) => {
                report_row(out, &order, refund.at, -refund.goods, "completed").put("Items sold", 0).end_row()
            }
            None => Ok(()),
        }
    })
}

fn report_row<'a>(out: &'a mut Out, order: &Order, at: i64, net: i64, status: &str) -> &'a mut Out {
    if let Buyer::Person(person) = order.buyer {
        out.put("Customer", name(person));
    }
    let attribution = if order.channel == "web" { "Direct" } else { order.channel };
    out.put("Date", local_text(at))
        .put("Order #", order.number)
        .put("N. Revenue (formatted)", CURRENCY.display(net).replace('−', "-"))
        .put("Status", status)
        .put("Customer type", if order.first { "new" } else { "returning" })
        .put("Net Sales", money(net))
        .put("Attribution", attribution)
}

/// The report of the analytics page: everybody with an e-mail, guests without a user name.
fn customers(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let spending = spending(shop, progress)?;
    each(shop.people().len(), progress, |i| {
        let (index, person, spent) = (i as u32, &shop.people()[i], spending[i]);
        let region = person.region();
        let account = person.kind != Kind::Guest;
        let last = spent.last.unwrap_or(person.first_seen);
        out.put("Name", name(index))
            .put("Username", or_blank(account.then(|| format!("customer{:05}", index + 1))))
            .put("Last Active", local_text(last))
            .put("Sign Up", or_blank(person.account_since().map(local_text)))
            .put("Email", email(index))
            .put("Orders", spent.orders)
            .put("Total Spend", money(spent.amount))
            .put("AOV", money(spent.amount / i64::from(spent.orders.max(1))))
            .put("Country / Region", region.code)
            .put("City", region.city)
            .put("Region", region.province)
            .put("Postal Code", region.zip)
            .end_row()
    })
}

fn product_id(position: usize) -> usize {
    20_001 + position
}

/// Products with variants are a row of type variable, then one of type variation for each.
fn products(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let products = &shop.catalogue().products;
    each(products.len(), progress, |i| {
        let product = &products[i];
        let siblings = products[i..].iter().take_while(|p| p.parent == product.parent);
        if product.variant.is_some() && product.place == 0 {
            let choices: Vec<_> = siblings.filter_map(|p| p.variant).collect();
            catalogue_row(out, product, "variable")
                .put("ID", 10_001 + product.parent)
                .put("SKU", product.parent_sku())
                .put("Name", &product.title)
                .put("Categories", category_path(product))
                .put("Attribute 1 value(s)", choices.join(", "))
                .end_row()?;
        }
        let kind = if product.variant.is_some() { "variation" } else { "simple" };
        let row = catalogue_row(out, product, kind);
        row.put("ID", product_id(i))
            .put("SKU", &product.sku)
            .put("Name", product.full_title())
            .put("Stock", product.stock)
            .put("Regular price", money(product.price))
            .put("Cost of goods", or_blank(product.cost.map(money)))
            .put("Attribute 1 value(s)", product.variant.unwrap_or_default());
        if product.variant.is_some() {
            row.put("Parent", product.parent_sku()).put("Position", product.place + 1);
        } else {
            row.put("Categories", category_path(product));
        }
        row.end_row()
    })
}

fn category_path(product: &Product) -> String {
    format!("Home > {}", product.category().name)
}

fn catalogue_row<'a>(out: &'a mut Out, product: &Product, kind: &str) -> &'a mut Out {
    out.put("Type", kind)
        .put("Published", 1)
        .put("Is featured?", 0)
        .put("Visibility in catalog", "visible")
        .put("Tax status", "taxable")
        .put("In stock?", u8::from(product.stock > 0))
        .put("Backorders allowed?", 0)
        .put("Sold individually?", 0)
        .put("Allow customer reviews?", 1);
    if product.variant.is_some() {
        out.put("Attribute 1 name", product.category().option)
            .put("Attribute 1 visible", 1)
            .put("Attribute 1 global", 1);
    }
    out
}
