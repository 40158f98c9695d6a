//! The list. Platforms move their menus at times: what the export is called matters more than the way to it.

use super::Asked;

const fn file(platform: &'static str, source: &'static str, from: &'static str) -> Asked {
    Asked { platform, source, called: "", from }
}

const fn called(platform: &'static str, source: &'static str, called: &'static str, from: &'static str) -> Asked {
    Asked { platform, source, called, from }
}

/// Every file worth asking for; files of one platform stand together, the most telling first.
pub const ASKED: &[Asked] = &[
    file("Shopify", "shopify-orders", "Orders, Export: all orders, as plain CSV"),
    file("Shopify", "shopify-customers", "Customers, Export: all customers, as plain CSV"),
    file("Shopify", "shopify-products", "Products, Export: all products, with cost per item"),
    file("Shopify", "shopify-checkouts", "Orders, Abandoned checkouts, Export"),
    file("Shopify", "shopify-discounts", "Discounts, Export"),
    file(
        "WooCommerce",
        "woocommerce-advanced-orders",
        "Export Orders of the Advanced Order Export plugin, one row per item",
    ),
    file("WooCommerce", "woocommerce-webtoffee-orders", "Order export of the plugin Order Export & Order Import"),
    file("WooCommerce", "woocommerce-orders", "Analytics, Orders, Download: needs no plugin, has no items"),
    file("WooCommerce", "woocommerce-customers", "Analytics, Customers, Download"),
    file("WooCommerce", "woocommerce-products", "Products, Export: all columns"),
    file("WooCommerce", "woocommerce-coupons", "Coupon export of the plugin Order Export & Order Import"),
    file("Magento", "magento-orders", "Sales, Orders: the grid’s Export, CSV"),
    file(
        "Magento",
        "magento-customers",
        "System, Data Transfer, Export: Customers Main File; or the grid of all customers",
    ),
    file("Magento", "magento-products", "System, Data Transfer, Export: Products"),
    file("BigCommerce", "bigcommerce-orders", "Orders, Export: the default template, CSV"),
    file("BigCommerce", "bigcommerce-customers", "Customers, Export: CSV"),
    called(
        "Etsy",
        "lines",
        "EtsySoldOrderItems of every year",
        "Shop Manager, Settings, Options, Download data: order items",
    ),
    called(
        "Amazon",
        "lines",
        "All orders, by order date",
        "Seller Central, Reports, Fulfilment or Order reports: a text file with tabs",
    ),
    called("Square", "lines", "Item details", "Dashboard, Reports, Sales, Item sales: export of the detail as CSV"),
    called("Square", "customers", "Customer directory", "Dashboard, Customers, Directory: export"),
    called(
        "Another shop",
        "orders",
        "Orders, a row each",
        "Any table with order, day, customer and total; columns are matched by hand",
    ),
    called("Another shop", "products", "Products with price, cost and stock", "Any table with a product code or title"),
    called(
        "Another shop",
        "events",
        "Looks at products, prices and stock by the moment",
        "Any table with customer, moment and product",
    ),
    file("Klaviyo", "klaviyo-campaigns", "Campaigns, Export to CSV; or the campaign report of Analytics"),
    file("Klaviyo", "klaviyo-flows", "Analytics: flow performance report, by day, CSV"),
    file(
        "Klaviyo",
        "klaviyo-profiles",
        "Lists & segments, the main list, Export list to CSV, with all columns of consent",
    ),
    file("Mailchimp", "mailchimp-audience", "Audience, All contacts, Export audience: one file of all contacts"),
    file("Mailchimp", "mailchimp-subscribed", "Within the archive of Export audience"),
    file("Mailchimp", "mailchimp-unsubscribed", "Within the archive of Export audience"),
    file("Mailchimp", "mailchimp-cleaned", "Within the archive of Export audience"),
    file("Mailchimp", "mailchimp-campaigns", "Analytics, Reports, Export reports: all campaigns"),
    file("Mailchimp", "mailchimp-report", "One campaign’s report, Export: for split tests"),
    called("MailerLite", "customers", "Subscribers with their status", "Subscribers, a list or segment, Export to CSV"),
    file(
        "Google Analytics 4",
        "ga4-traffic",
        "Reports, Acquisition, Traffic acquisition, by day: Share, Download file, CSV",
    ),
    file("Google Ads", "google-ads-campaigns", "Campaigns, segmented by day: Download, .csv"),
    file("Meta Ads", "meta-ads-campaigns", "Ads Manager, Campaigns, breakdown by day: Reports, Export table data"),
    called(
        "Another platform",
        "spend",
        "Spend on advertising by day",
        "Any table with day, channel or campaign, and amount",
    ),
    called("Another platform", "touches", "Touchpoints", "Any table with visitor or customer, moment and channel"),
    called(
        "Anything measured",
        "metrics",
        "Figures by month",
        "Any table with metric, period and value; write the metrics’ keys in it",
    ),
    called("Search Console", "", "Performance by day", "Performance, Search results: Export, CSV"),
    called(
        "Test tools",
        "",
        "Results of tests that ran",
        "GrowthBook, Optimizely, VWO: opened on the page Experiments, not imported",
    ),
];
