//! The list of known exports that are not read. The first entry with a matching sign names the file, so narrow
//! signs stand before wide ones.

use super::Known;
use super::Sign::{Columns, DatedReport, Lines, Some};

/// What to do instead, where more than one entry says it.
const SHOP_FILES: &str = "export orders, customers or products from the shop itself and import those";
const SHOP_ORDERS: &str = "export the orders from the shop itself and import those";
const AS_CUSTOMERS: &str = "to take the contacts as customers, choose the generic mapper: --as customers";

const SITE_FIGURES: &str = "it does not say which campaign, channel or source its visits came from";
const SEARCH_FIGURES: &str = "it holds search figures and names no customer, order or campaign";
const VISITS: &str = "to see visits by campaign, download the report Traffic acquisition, by Session campaign or by \
                      Session source / medium, with the column Sessions";
const PAYMENTS: &str = "it lists payments, which repeat the orders of the shop without their lines";
const SALES_TOTALS: &str = "it holds sums per day, which cannot be split into orders";

/// Words of Google Ads' columns, in the languages seen.
const GOOGLE_ADS: &[&str] = &[
    "ad group",
    "asset type",
    "auction insights",
    "avg. cost",
    "avg. cpc",
    "avg. cpm",
    "bid adj.",
    "bid strategy type",
    "budget type",
    "campagna",
    "campagne",
    "campaign status",
    "campaign",
    "campanha",
    "campaña",
    "clicks",
    "clics",
    "conv. rate",
    "conv. value / cost",
    "conv. value",
    "cost / conv.",
    "currency code",
    "demographic status",
    "impr. share",
    "impr.",
    "interaction rate",
    "kampagne",
    "keyword",
    "klicks",
    "kosten",
    "landing page",
    "local reach (impressions)",
    "match type",
    "negative keyword",
    "optimisation score",
    "optimization score",
    "overlap rate",
    "search term",
    "status reasons",
    "store visits",
    "währungscode",
];

/// Every known export that is not read.
pub(super) const KNOWN: &[Known] = &[
    // Shops: files of the platforms that are read, which are not data of the shop's customers, orders or products.
    Known {
        title: "a Shopify Transporter order template",
        signs: &[Columns(&["transaction kind", "lineitem name"]), Columns(&["processed at", "shipping line title"])],
        because: "it is written to move orders into Shopify and carries no totals to check them by",
        instead: "once the orders are in Shopify, export them from there (Orders, Export) and import that file",
    },
    Known {
        title: "a Shopify payouts export",
        signs: &[Columns(&["payout status", "payout date"])],
        because: PAYMENTS,
        instead: SHOP_ORDERS,
    },
    Known {
        title: "a Shopify inventory export",
        signs: &[Columns(&["handle", "hs code", "coo"])],
        because: "it counts stock per location and has no prices",
        instead: "export the products (Products, Export) and import that file, which has stock and prices",
    },
    Known {
        title: "a WooCommerce tax rate table",
        signs: &[Columns(&["country code", "rate %", "tax name"])],
        because: "it sets up taxes and holds nothing that was sold",
        instead: SHOP_FILES,
    },
    Known {
        title: "a Magento price rule table",
        signs: &[Columns(&["simple_action", "discount_amount"])],
        because: "its conditions are program data, from which no discount of an order can be told",
        instead: "import the order grid (Sales, Orders, Export), whose totals are after discounts",
    },
    Known {
        title: "a Magento product review table",
        signs: &[Columns(&["rating_code", "rating_value"])],
        because: "it holds opinions, not sales",
        instead: SHOP_FILES,
    },
    Known {
        title: "a Magento tax rate table",
        signs: &[Columns(&["tax_country_id", "rate"])],
        because: "it sets up taxes and holds nothing that was sold",
        instead: SHOP_FILES,
    },
    Known {
        title: "an order fixture of Magento's sample data",
        signs: &[Columns(&["customer_email", "shipping_method", "product", "refund"])],
        because: "its orders have no number, date or price",
        instead: "install the sample data, then import the order grid (Sales, Orders, Export)",
    },
    // E-mail.
    Known {
        title: "a Mailchimp audience export",
        signs: &[Some(
            3,
            &[
                "clean_time",
                "confirm_ip",
                "confirm_time",
                "dstoff",
                "euid",
                "gmtoff",
                "last_changed",
                "leid",
                "member_rating",
                "optin_ip",
                "optin_time",
                "unsub_time",
            ],
        )],
        because: "it has no column Email Address",
        instead: AS_CUSTOMERS,
    },
    Known {
        title: "a Mailchimp campaigns report",
        signs: &[Some(
            3,
            &[
                "abuse complaints",
                "folder id",
                "forwarded opens",
                "hard bounces",
                "soft bounces",
                "times forwarded",
                "times liked on facebook",
                "unique id",
            ],
        )],
        because: "it lacks the title, subject or date of its campaigns",
        instead: "export it again with the columns Title, Subject, Send Date and Unique Id",
    },
    Known {
        title: "a MailerLite campaign report",
        signs: &[Lines(&["campaign results", "total emails sent"]), Lines(&["campaign report", "bad statistics"])],
        because: "it is a page about one campaign that names neither the campaign nor what was bought",
        instead: "results of mail campaigns are read from Klaviyo and Mailchimp; orders come from the shop itself",
    },
    Known {
        title: "a Mailchimp report of one campaign",
        signs: &[Lines(&["email campaign report"]), Lines(&["subject line", "total recipients"])],
        because: "it lacks the title or the delivery date of its campaign",
        instead: "export the report over all campaigns (Reports, Export) and import that file",
    },
    Known {
        title: "a Klaviyo flows report",
        signs: &[Columns(&["flow id", "flow name"]), Columns(&["flow message id"]), Columns(&["flow message name"])],
        because: "it does not say what was delivered on which day",
        instead: "export the flows by day with the columns Day, Flow Name and Delivered",
    },
    Known {
        title: "a Klaviyo profiles export",
        signs: &[
            Columns(&["klaviyo id"]),
            Some(
                2,
                &[
                    "average days between orders",
                    "email marketing consent timestamp",
                    "email marketing consent",
                    "email suppressions",
                    "historic customer lifetime value",
                    "historic number of orders",
                    "predicted customer lifetime value",
                    "profile created on",
                    "total customer lifetime value",
                ],
            ),
        ],
        because: "it has no column of addresses that is called Email",
        instead: AS_CUSTOMERS,
    },
    Known {
        title: "a Klaviyo campaigns export",
        signs: &[
            Columns(&["campaign name", "campaign channel"]),
            Columns(&["unique placed order"]),
            Some(
                3,
                &[
                    "bounces",
                    "click rate",
                    "conversion value",
                    "count of unique conversions",
                    "open rate",
                    "placed order rate",
                    "send date (utc)",
                    "send time",
                    "spam complaints rate",
                    "spam complaints",
                    "total bounced",
                    "total recipients",
                    "total spam complaints",
                    "unique clicks",
                    "unique opens",
                    "unique unsubscribes",
                ],
            ),
        ],
        because: "it lacks the name, the time or the recipients of its campaigns",
        instead: "export the campaigns with the columns Campaign Name, Send Time and Total Recipients",
    },
    // Web and search.
    Known {
        title: "a Google Analytics snapshot",
        signs: &[Lines(&["# report csv export"]), Columns(&["nth day"])],
        because: SITE_FIGURES,
        instead: VISITS,
    },
    Known {
        title: "a Google Analytics report",
        signs: &[
            Lines(&["# account", "# property"]),
            Lines(&["# start date", "# end date"]),
            Some(
                3,
                &[
                    "active users",
                    "average engagement time per active user",
                    "engaged sessions",
                    "engagement rate",
                    "event count per active user",
                    "event count",
                    "event name",
                    "key events",
                    "page path and screen class",
                    "session default channel group",
                    "session source / medium",
                    "total users",
                    "views per active user",
                ],
            ),
        ],
        because: SITE_FIGURES,
        instead: VISITS,
    },
    Known {
        title: "a Google Analytics exploration",
        signs: &[Lines(&["# ----------"])],
        because: SITE_FIGURES,
        instead: VISITS,
    },
    Known {
        title: "a Google Search Console export",
        signs: &[Columns(&["clicks", "impressions", "ctr", "position"])],
        because: SEARCH_FIGURES,
        instead: VISITS,
    },
    Known {
        title: "a Semrush export",
        signs: &[
            Columns(&["target", "target type", "metric", "database"]),
            Some(
                3,
                &[
                    "keyword difficulty",
                    "keyword intents",
                    "number of results",
                    "position type",
                    "previous position",
                    "search volume",
                    "serp features by keyword",
                    "traffic (%)",
                    "traffic cost (%)",
                ],
            ),
        ],
        because: SEARCH_FIGURES,
        instead: SHOP_FILES,
    },
    // Advertising.
    Known {
        title: "a Meta Ads report",
        signs: &[
            Columns(&["reporting starts", "reporting ends"]),
            Some(
                2,
                &[
                    "ad delivery",
                    "ad set delivery",
                    "ad set name",
                    "attribution setting",
                    "campaign delivery",
                    "cost per results",
                    "ctr (link click-through rate)",
                    "result indicator",
                    "results roas",
                ],
            ),
        ],
        because: "it does not say what was spent on which campaign in which currency",
        instead: "export the campaigns with the columns Reporting starts, Reporting ends, Campaign name and Amount spent",
    },
    Known {
        title: "a Google Ads report",
        signs: &[DatedReport(GOOGLE_ADS), Some(4, GOOGLE_ADS)],
        because: "it is not the report of campaigns, and what it says of cost is a part of that",
        instead: "download the report Campaigns, best with the columns Day, Currency code, Cost and Conv. value",
    },
    // Experiments.
    Known {
        title: "a GrowthBook experiment result",
        signs: &[
            Columns(&["metric", "variation", "chancetobeatcontrol"]),
            Some(3, &["chancetobeatcontrol", "percentchange", "peruservalue", "peruservaluestddev", "riskofchoosing"]),
        ],
        because: "it holds the figures of a test and names no customer or order",
        instead: "attach it to an experiment, on the page Experiments or with `cartwright experiment attach`",
    },
    // Marketplaces and tills.
    Known {
        title: "a Square item sales export",
        signs: &[Columns(&["item", "price point name"]), Columns(&["item", "qty", "net sales", "event type"])],
        because: "its sales are those of a till, most of them without a customer",
        instead: "to take its rows as order lines, choose the generic mapper: --as lines --map title=Item --map tax=",
    },
    Known {
        title: "a Square transactions export",
        signs: &[
            Columns(&["total collected", "net total", "transaction id"]),
            Columns(&["gift card sales", "partial refunds"]),
        ],
        because: PAYMENTS,
        instead: "export the item sales from Square, whose rows can be taken as order lines",
    },
    Known {
        title: "an Etsy order items export",
        signs: &[Columns(&["item name", "listing id", "transaction id"]), Columns(&["listings type", "item total"])],
        because: "it names buyers without an address and repeats what an order paid for shipping on some of its rows",
        instead: "to take its rows as order lines, choose the generic mapper: --as lines --map customer_id=Buyer",
    },
    Known {
        title: "an Etsy orders export",
        signs: &[Some(
            3,
            &[
                "adjusted card processing fees",
                "adjusted net order amount",
                "adjusted order total",
                "buyer user id",
                "card processing fees",
                "inperson discount",
                "number of items",
                "order net",
                "order value",
            ],
        )],
        because: "it has no lines and names buyers without an address",
        instead: "to take its rows as orders without lines, choose the generic mapper: --as orders --map customer_id=Buyer",
    },
    Known {
        title: "an Etsy account statement",
        signs: &[Columns(&["title", "info", "fees & taxes", "net"])],
        because: "it lists fees, payouts and refunds in words",
        instead: "download the sold order items (Shop Manager, Settings, Options, Download data)",
    },
    Known {
        title: "an Amazon unshipped orders report",
        signs: &[Columns(&["order-item-id", "quantity-to-ship"]), Columns(&["days-past-promise"])],
        because: "it has no prices",
        instead: "request the All Orders report from Amazon",
    },
    Known {
        title: "an Amazon all orders report",
        signs: &[Columns(&["amazon-order-id"])],
        because: "it does not say who bought",
        instead: "to take its rows as order lines, choose the generic mapper: --as lines --map order_id=amazon-order-id --map line_amount=item-price",
    },
    Known {
        title: "an Amazon new orders report",
        signs: &[Columns(&["order-id", "order-item-id"]), Columns(&["order-item-id", "quantity-purchased"])],
        because: "it lists what is to be shipped, without discounts, cancellations and refunds",
        instead: "to take its rows as order lines, choose the generic mapper: --as lines --map quantity=quantity-purchased --map line_amount=item-price",
    },
    Known {
        title: "an Amazon settlement report",
        signs: &[Columns(&["settlement-id", "transaction-type"])],
        because: PAYMENTS,
        instead: "request the All Orders report from Amazon",
    },
    Known {
        title: "an eBay orders report",
        signs: &[
            Columns(&["sales record number"]),
            Some(2, &["buyer username", "sold for", "total price", "paid on date"]),
            Some(2, &["angebotstitel", "nutzername des käufers", "verkauft für", "verkaufsprotokollnummer"]),
        ],
        because: "its totals stand on some rows of an order only",
        instead: "to take its rows as order lines, choose the generic mapper (--as lines) and name its columns with --map",
    },
    // Payments and sums.
    Known {
        title: "a Stripe payments export",
        signs: &[Some(
            3,
            &[
                "amount refunded",
                "card id",
                "converted amount refunded",
                "converted amount",
                "converted currency",
                "created (utc)",
                "created date (utc)",
                "payment source type",
                "paymentintent id",
                "refunded date (utc)",
                "seller message",
                "statement descriptor",
            ],
        )],
        because: PAYMENTS,
        instead: SHOP_ORDERS,
    },
    Known {
        title: "a PayPal activity download",
        signs: &[
            Columns(&["gross", "fee", "net", "balance"]),
            Columns(&["gross", "fee", "net", "receipt id"]),
            Columns(&["gross", "fee", "net", "time zone"]),
            Columns(&["gross", "fee", "net", "timezone"]),
            Some(3, &["brutto", "entgelt", "gebühr", "guthaben", "netto", "zeitzone"]),
        ],
        because: PAYMENTS,
        instead: SHOP_ORDERS,
    },
    Known {
        title: "a WooCommerce revenue report",
        signs: &[Columns(&["date", "orders", "coupons", "net sales"])],
        because: SALES_TOTALS,
        instead: "download Analytics, Orders (not Revenue) and import that file",
    },
    Known {
        title: "a Shopify sales report",
        signs: &[Columns(&["gross sales", "discounts", "returns", "net sales", "total sales"])],
        because: SALES_TOTALS,
        instead: "export the orders (Orders, Export) and import that file",
    },
];
