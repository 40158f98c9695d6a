//! Magento: the grid of orders, the customers main file, the catalogue.
//!
//! Lost on the way: order lines, discounts and codes, tax (it is what remains of the total), channels, test orders,
//! refund dates, and everything the customer file leaves out but name, e-mail and date.

use super::table::{header, local, or_blank};
use super::{ExportError, ExportFile, Out, Platform, each};
use crate::jobs::Progress;
use crate::model::record::OrderStatus;
use crate::sample::records::{email, name};
use crate::sample::{Buyer, Kind, Order, Product, Shop};

/// Magento.
pub const PLATFORM: Platform = Platform {
    name: "magento",
    title: "Magento",
    files: &[
        ExportFile { name: "export.csv", header: |_| header(GRID), rows: orders },
        ExportFile { name: "customer.csv", header: |_| header(CUSTOMERS), rows: customers },
        ExportFile { name: "catalog_product.csv", header: |_| header(PRODUCTS), rows: products },
    ],
};

const GRID: &str = "\
    ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,\
    Billing Address,Shipping Address,Shipping Information,Customer Email,Customer Group,Subtotal,\
    Shipping and Handling,Customer Name,Payment Method,Total Refunded";
const CUSTOMERS: &str = "\
    email,_website,_store,confirmation,created_at,created_in,disable_auto_group_change,dob,firstname,gender,\
    group_id,lastname,middlename,password_hash,prefix,reward_update_notification,reward_warning_notification,\
    rp_token,rp_token_created_at,store_id,suffix,taxvat,updated_at,website_id,password";
const PRODUCTS: &str = "\
    sku,store_view_code,attribute_set_code,product_type,categories,product_websites,name,description,\
    short_description,weight,product_online,tax_class_name,visibility,price,special_price,special_price_from_date,\
    special_price_to_date,url_key,meta_title,meta_keywords,meta_description,base_image,base_image_label,small_image,\
    small_image_label,thumbnail_image,thumbnail_image_label,created_at,updated_at,new_from_date,new_to_date,\
    display_product_options_in,map_price,msrp_price,map_enabled,gift_message_available,custom_design,\
    custom_design_from,custom_design_to,custom_layout_update,page_layout,product_options_container,\
    msrp_display_actual_price_type,country_of_manufacture,additional_attributes,qty,out_of_stock_qty,\
    use_config_min_qty,is_qty_decimal,allow_backorders,use_config_backorders,min_cart_qty,use_config_min_sale_qty,\
    max_cart_qty,use_config_max_sale_qty,is_in_stock,notify_on_stock_below,use_config_notify_stock_qty,manage_stock,\
    use_config_manage_stock,use_config_qty_increments,qty_increments,use_config_enable_qty_inc,\
    enable_qty_increments,is_decimal_divided,website_id,configurable_variations,configurable_variation_prices,\
    configurable_variation_labels,additional_images";

const DAY: i64 = 86_400;

/// Newest first, as the grid sorts them.
fn orders(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let count = shop.order_count();
    each(count, progress, |i| {
        let order = shop.order(count - 1 - i);
        // Nothing in the grid tells a test from an order.
        if order.buyer == Buyer::Test { Ok(()) } else { write_order(shop, out, &order) }
    })
}

fn write_order(shop: &Shop, out: &mut Out, order: &Order) -> csv::Result<()> {
    let (basket, region) = (&order.basket, order.region);
    out.put("ID", format_args!("{:09}", order.number))
        .put("Purchase Point", "Main Website\n  Main Website Store\n    Default Store View")
        .put("Purchase Date", local(order.placed_at).format("%b %-d, %Y %H:%M:%S %p"))
        .put_all(&["Grand Total (Base)", "Grand Total (Purchased)"], money(basket.total))
        .put("Status", status(shop, order))
        .put("Shipping Information", if basket.shipping > 0 { "Flat Rate - Fixed" } else { "Free Shipping" })
        .put("Customer Group", if order.signed_in { "General" } else { "NOT LOGGED IN" })
        .put("Subtotal", money(basket.goods()))
        .put("Shipping and Handling", money(basket.shipping))
        .put("Payment Method", "Credit Card")
        .put("Total Refunded", or_blank(basket.refund.map(|r| money(r.amount))));
    if let Buyer::Person(person) = order.buyer {
        let state = if region.province_name.is_empty() { "" } else { "," };
        let address = format!("1 Sample Street,{}{state}{},{}", region.city, region.province_name, region.zip);
        out.put_all(&["Bill-to Name", "Ship-to Name", "Customer Name"], name(person))
            .put_all(&["Billing Address", "Shipping Address"], address)
            .put("Customer Email", email(person));
    }
    out.end_row()
}

fn status(shop: &Shop, order: &Order) -> &'static str {
    match order.basket.status {
        OrderStatus::Pending => "pending",
        OrderStatus::Cancelled | OrderStatus::Failed => "canceled",
        OrderStatus::Refunded => "closed",
        // A refund in part leaves the status as it is.
        OrderStatus::Paid | OrderStatus::PartiallyRefunded if shop.end() - order.placed_at < 3 * DAY => "processing",
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => "complete",
    }
}

/// Passwords have no place in a sample, so those columns are blank.
fn customers(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    each(shop.people().len(), progress, |i| {
        let (index, person) = (i as u32, &shop.people()[i]);
        if person.kind == Kind::Guest {
            return Ok(());
        }
        let since = chrono::DateTime::from_timestamp(person.account_since().unwrap_or_default(), 0).unwrap_or_default();
        out.put("email", email(index))
            .put("_website", "base")
            .put("_store", "default")
            .put_all(&["created_at", "updated_at"], since.format("%Y-%m-%d %H:%M:%S"))
            .put("created_in", "Default Store View")
            .put("disable_auto_group_change", 0)
            .put("firstname", "Customer")
            .put("lastname", name(index).trim_start_matches("Customer "))
            .put_all(&["group_id", "store_id", "website_id"], 1)
            .end_row()
    })
}

/// Every variant is a simple product; products with variants follow as configurable.
fn products(shop: &Shop, out: &mut Out, progress: &Progress) -> Result<(), ExportError> {
    let products = &shop.catalogue().products;
    each(products.len(), progress, |i| {
        let product = &products[i];
        let option = product.category().option.to_lowercase();
        let mut attributes = format!("brand={}", product.series);
        if let Some(variant) = product.variant {
            attributes.push_str(&format!(",{option}={variant}"));
        }
        if let Some(cost) = product.cost {
            attributes.push_str(&format!(",cost={}", money(cost)));
        }
        product_row(out, product, "simple")
            .put("sku", &product.sku)
            .put("name", product.full_title())
            .put("url_key", format_args!("{}-{}", product.handle(), product.place))
            .put("visibility", if product.variant.is_some() { "Not Visible Individually" } else { "Catalog, Search" })
            .put("additional_attributes", attributes)
            .put("qty", product.stock)
            .put("is_in_stock", u8::from(product.stock > 0))
            .end_row()?;
        let last = products.get(i + 1).is_none_or(|next| next.parent != product.parent);
        if product.variant.is_none() || !last {
            return Ok(());
        }
        let variants = &products[i - product.place..=i];
        let packed = variants.iter().map(|p| format!("sku={},{option}={}", p.sku, p.variant.unwrap_or_default()));
        product_row(out, product, "configurable")
            .put("sku", product.parent_sku())
            .put("name", &product.title)
            .put("url_key", product.handle())
            .put("visibility", "Catalog, Search")
            .put("additional_attributes", format_args!("brand={}", product.series))
            .put("qty", 0)
            .put("is_in_stock", 1)
            .put("configurable_variations", packed.collect::<Vec<_>>().join("|"))
            .put("configurable_variation_labels", format_args!("{option}={}", product.category().option))
            .end_row()
    })
}

fn product_row<'a>(out: &'a mut Out, product: &Product, kind: &str) -> &'a mut Out {
    out.put("attribute_set_code", "Default")
        .put("product_type", kind)
        .put("categories", format_args!("Default Category/{},Default Category", product.category().name))
        .put("product_websites", "base")
        .put("weight", "0.5")
        .put("product_online", 1)
        .put("tax_class_name", "Taxable Goods")
        .put("price", money(product.price))
        .put("website_id", 1)
}

/// Raw attribute values have four places.
fn money(minor: i64) -> impl std::fmt::Display {
    format!("{}00", super::table::money(minor))
}
