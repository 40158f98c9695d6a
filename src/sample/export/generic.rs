//! Plain tables with the field names of the command line, for the generic mapper: every row of an order repeats what
//! belongs to the order.
//!
//! Lost on the way: reasons of refunds, dates of consent.

use super::table::{header, local, money, or_blank, yes_no};
use super::{ExportError, ExportFile, Out, Platform, each};
use crate::jobs::Progress;
use crate::model::record::Record;
use crate::sample::records::{email, name, order_key, shop_id};
use crate::sample::{Buyer, CURRENCY, Kind, Shop};

/// Tables of no platform.
pub const PLATFORM: Platform = Platform {
    name: "generic",
    title: "Plain tables",
    files: &[
        ExportFile { name: "lines.csv", header: |_| header(LINES), rows: lines },
        ExportFile { name: "customers.csv", header: |_| header(CUSTOMERS), rows: customers },
        ExportFile { name: "products.csv", header: |_| header(PRODUCTS), rows: products },
        ExportFile { name: "touchpoints.csv", header: |_| header(TOUCHPOINTS), rows: touchpoints },
    ],
};

const LINES: &str = "\
    order_id,placed_at,customer_id,email,customer_name,country,channel,sku,title,category,quantity,unit_price,\
    line_discount,discount,discount_code,shipping,tax,total,refunded,refunded_at,status,test,currency";
const CUSTOMERS: &str = "customer_id,email,customer_name,country,created_at,consent_email,consent_sms";
const PRODUCTS: &str = "sku,title,category,brand,price,cost,stock,currency";

const TOUCHPOINTS: &str =
    "touched_at,customer_id,email,visitor_id,touch_kind,utm_source,utm_medium,utm_campaign,device,cost,currency";

fn lines(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.order_count(), progress, |i| {
        let order = shop.order(i);
        let (basket, key) = (&order.basket, order_key(&order));
        for line in &basket.lines {
            let product = &shop.catalogue().products[line.product];
            if let Buyer::Person(person) = order.buyer {
                out.put("customer_name", name(person));
            }
            out.put("order_id", order.number)
                .put("placed_at", moment(order.placed_at))
                .put("customer_id", or_blank(key.shop_id.as_ref()))
                .put("email", or_blank(key.email.as_ref()))
                .put("country", order.region.code)
                .put("channel", order.channel)
                .put("sku", &product.sku)
                .put("title", product.full_title())
                .put("category", product.category().name)
                .put("quantity", line.quantity)
                .put("unit_price", money(product.price))
                .put("line_discount", money(line.discount))
                .put("discount", money(basket.discount))
                .put("discount_code", basket.code.unwrap_or_default())
                .put("shipping", money(basket.shipping))
                .put("tax", money(basket.tax))
                .put("total", money(basket.total))
                .put("refunded", money(basket.refund.map_or(0, |r| r.amount)))
                .put("refunded_at", or_blank(basket.refund.map(|r| moment(r.at))))
                .put("status", basket.status)
                .put("test", yes_no(order.buyer == Buyer::Test))
                .put("currency", CURRENCY)
                .end_row()?;
        }
        Ok(())
    })
}

fn customers(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.people().len(), progress, |i| {
        let (index, person) = (i as u32, &shop.people()[i]);
        if person.kind == Kind::Guest {
            return Ok(());
        }
        let consents = shop.consents(index);
        let agrees = |channel: &str| yes_no(consents.iter().any(|c| c.channel == channel && c.granted));
        out.put("customer_id", shop_id(index))
            .put("email", email(index))
            .put("customer_name", name(index))
            .put("country", person.region().code)
            .put("created_at", or_blank(person.account_since().map(moment)))
            .put("consent_email", agrees("email"))
            .put("consent_sms", agrees("sms"))
            .end_row()
    })
}

fn products(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.catalogue().products.len(), progress, |i| {
        let product = &shop.catalogue().products[i];
        out.put("sku", &product.sku)
            .put("title", product.full_title())
            .put("category", product.category().name)
            .put("brand", product.series)
            .put("price", money(product.price))
            .put("cost", or_blank(product.cost.map(money)))
            .put("stock", product.stock)
            .put("currency", CURRENCY)
            .end_row()
    })
}

fn touchpoints(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let touches: Vec<_> = shop.touch_records().collect();
    each(touches.len(), progress, |i| {
        let Record::Touch(touch) = &touches[i] else { return Ok(()) };
        out.put("touched_at", moment(touch.at))
            .put("customer_id", or_blank(touch.customer.shop_id.as_ref()))
            .put("email", or_blank(touch.customer.email.as_ref()))
            .put("visitor_id", or_blank(touch.visitor.as_ref()))
            .put("touch_kind", &touch.kind)
            .put("utm_source", or_blank(touch.source.as_ref()))
            .put("utm_medium", or_blank(touch.medium.as_ref()))
            .put("utm_campaign", or_blank(touch.campaign.as_ref()))
            .put("device", or_blank(touch.device.as_ref()))
            .put("cost", or_blank(touch.cost.map(money)))
            .put("currency", CURRENCY)
            .end_row()
    })
}

/// RFC 3339: the shop's clock with its offset.
fn moment(utc: i64) -> String {
    local(utc).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}
