//! How platforms count sales: which parts of which orders, on which day.

use serde::{Deserialize, Serialize};

use crate::model::definitions::Part;
use crate::model::record::OrderStatus;
use crate::model::{Definitions, Zone};

/// A figure of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Shopify, gross sales.
    ShopifyGross,
    /// Shopify, net sales.
    #[default]
    ShopifyNet,
    /// Shopify, total sales.
    ShopifyTotal,
    /// WooCommerce Analytics, gross sales.
    WooCommerceGross,
    /// WooCommerce Analytics, net sales.
    WooCommerceNet,
    /// WooCommerce Analytics, total sales.
    WooCommerceTotal,
    /// Google Analytics 4, purchase revenue.
    Ga4Purchase,
    /// Google Analytics 4, purchase revenue where no refund is ever sent to it.
    Ga4Gross,
    /// Google Analytics 4, total revenue where the tag sends the whole total of orders.
    Ga4Total,
}

impl Platform {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ShopifyGross,
        Self::ShopifyNet,
        Self::ShopifyTotal,
        Self::WooCommerceGross,
        Self::WooCommerceNet,
        Self::WooCommerceTotal,
        Self::Ga4Purchase,
        Self::Ga4Gross,
        Self::Ga4Total,
    ];

    /// Its key on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::ShopifyGross => "shopify-gross",
            Self::ShopifyNet => "shopify-net",
            Self::ShopifyTotal => "shopify-total",
            Self::WooCommerceGross => "woocommerce-gross",
            Self::WooCommerceNet => "woocommerce-net",
            Self::WooCommerceTotal => "woocommerce-total",
            Self::Ga4Purchase => "ga4",
            Self::Ga4Gross => "ga4-gross",
            Self::Ga4Total => "ga4-total",
        }
    }

    /// The tool.
    pub fn tool(self) -> &'static str {
        match self {
            Self::ShopifyGross | Self::ShopifyNet | Self::ShopifyTotal => "Shopify",
            Self::WooCommerceGross | Self::WooCommerceNet | Self::WooCommerceTotal => "WooCommerce",
            Self::Ga4Purchase | Self::Ga4Gross | Self::Ga4Total => "Google Analytics",
        }
    }

    /// What the tool calls the figure.
    pub fn figure(self) -> &'static str {
        match self {
            Self::ShopifyGross | Self::WooCommerceGross => "Gross sales",
            Self::ShopifyNet | Self::WooCommerceNet => "Net sales",
            Self::ShopifyTotal | Self::WooCommerceTotal => "Total sales",
            Self::Ga4Purchase => "Purchase revenue",
            Self::Ga4Gross => "Purchase revenue, no refunds sent",
            Self::Ga4Total => "Total revenue, whole totals sent",
        }
    }

    /// Tool and figure: `Shopify net sales`.
    pub fn name(self) -> String {
        let figure = self.figure();
        let (first, rest) = figure.split_at(1);
        format!("{} {}{rest}", self.tool(), first.to_lowercase())
    }

    /// How it counts, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::ShopifyGross => {
                "Goods before discounts, returns, tax and shipping, on the day of the order; pending and cancelled orders \
                 count, test orders do not"
            }
            Self::ShopifyNet => {
                "Goods after discounts, without tax and shipping, on the day of the order, minus returns on the day of the \
                 return; a cancelled order is a sale and a return"
            }
            Self::ShopifyTotal => {
                "Goods after discounts with tax and shipping, on the day of the order, minus returns on the day of the \
                 return; a cancelled order is a sale and a return"
            }
            Self::WooCommerceGross => {
                "Goods before coupons and refunds, without tax and shipping; pending, failed and cancelled orders do not \
                 count"
            }
            Self::WooCommerceNet => {
                "Goods after coupons, without tax and shipping, minus refunds on the day of the refund; pending, failed \
                 and cancelled orders do not count"
            }
            Self::WooCommerceTotal => {
                "Order totals with tax and shipping, minus refunds on the day of the refund; pending, failed and cancelled \
                 orders do not count"
            }
            Self::Ga4Purchase => {
                "The value of purchases without tax and shipping, as Google asks for, minus refunds on the day of the \
                 refund; it sees every checkout, whatever becomes of the order"
            }
            Self::Ga4Gross => {
                "The value of purchases without tax and shipping; no refund is sent to it, and it sees every checkout, \
                 whatever becomes of the order"
            }
            Self::Ga4Total => {
                "The whole total of purchases with tax and shipping; no refund is sent to it, and it sees every checkout, \
                 whatever becomes of the order"
            }
        }
    }

    /// What else may make its figure differ, which no order tells.
    pub fn hints(self) -> &'static [&'static str] {
        match self {
            Self::ShopifyGross | Self::ShopifyNet | Self::ShopifyTotal => &[
                "Deleted orders are not in Shopify’s reports, but in files that were exported before",
                "Gift cards that were sold, tips and duties are not goods in Shopify’s reports",
                "Edited orders are counted on the day of the edit",
                "Foreign amounts are converted at the rate of the day of the order",
            ],
            Self::WooCommerceGross | Self::WooCommerceNet | Self::WooCommerceTotal => &[
                "Orders on hold count in WooCommerce; files call them pending like those not paid",
                "The statuses that WooCommerce leaves out can be changed in its Analytics settings",
                "Its reports may go by the day of payment or completion instead of the day of the order",
                "Reports are made from lookup tables that may lag behind the orders",
            ],
            Self::Ga4Purchase | Self::Ga4Gross | Self::Ga4Total => &[
                "Visitors who refuse consent or block scripts are not seen",
                "Orders by phone, by subscription or in a marketplace never pass the site’s tag",
                "A thank-you page that is opened twice may be counted twice",
                "Figures of the last two days are not final",
                "The property has a time zone and a currency of its own",
            ],
        }
    }

    /// Where its reports are imported from, if they are.
    pub fn origin(self) -> Option<&'static str> {
        (self.tool() == "Google Analytics").then_some("ga4")
    }

    /// How it counts, beginning with the shop's own definitions: currency and rates stay the shop's.
    pub(super) fn rule(self, own: &Definitions, zone: Zone) -> Rule {
        use OrderStatus::{Cancelled, Failed, Paid, PartiallyRefunded, Pending, Refunded};
        let analytics = self.tool() == "Google Analytics";
        let counted = match self {
            // A sale and a return of the same order come to nothing, so that only the gross figure tells of it.
            Self::ShopifyGross => vec![Paid, Pending, Refunded, PartiallyRefunded, Cancelled, Failed],
            Self::ShopifyNet | Self::ShopifyTotal => vec![Paid, Pending, Refunded, PartiallyRefunded],
            Self::WooCommerceGross | Self::WooCommerceNet | Self::WooCommerceTotal => {
                vec![Paid, Refunded, PartiallyRefunded]
            }
            Self::Ga4Purchase | Self::Ga4Gross | Self::Ga4Total => {
                vec![Paid, Pending, Refunded, PartiallyRefunded, Cancelled]
            }
        };
        let part = |included: bool| if included { Part::Included } else { Part::Excluded };
        let whole = part(matches!(self, Self::ShopifyTotal | Self::WooCommerceTotal | Self::Ga4Total));
        let gross = matches!(self, Self::ShopifyGross | Self::WooCommerceGross);
        let refunds = !gross && !matches!(self, Self::Ga4Gross | Self::Ga4Total);
        Rule {
            definitions: Definitions {
                zone,
                counted,
                tax: whole,
                shipping: whole,
                refunds: part(refunds),
                free_orders: Part::Included,
                ..own.clone()
            },
            tests: analytics,
            before_discounts: gross,
            by_refund_day: refunds,
        }
    }
}

/// A way to count sales: definitions, and what they do not speak of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub definitions: Definitions,
    /// Whether test orders count.
    pub tests: bool,
    /// Whether discounts are added back.
    pub before_discounts: bool,
    /// Whether refunds count on their own day, rather than on that of their order.
    pub by_refund_day: bool,
}

impl Rule {
    /// As the shop counts.
    pub fn own(definitions: &Definitions) -> Self {
        Self { definitions: definitions.clone(), tests: false, before_discounts: false, by_refund_day: false }
    }
}
