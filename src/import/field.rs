//! The fields a column can become, one list per kind of table.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one row of a file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// One line of an order per row (order columns may repeat or stand on the first row only).
    Lines,
    /// One order per row.
    Orders,
    /// One customer per row.
    Customers,
    /// One product variant per row.
    Products,
    /// Abandoned checkouts, laid out like order lines.
    Carts,
    /// Discount codes.
    Discounts,
    /// Spend on advertising: a day or period and a campaign or channel per row.
    Spend,
    /// What a mailing tool sent: a campaign, or a version or day of it, per row.
    Sends,
    /// Visits by web analytics: a day or origin per row.
    Visits,
    /// Looks at products, and prices or stock by the moment.
    Events,
    /// Touchpoints: who met the shop when on which channel.
    Touches,
    /// Metrics by period: a metric and month, or a month, per row.
    Metrics,
}

impl TableKind {
    /// Every kind, as named on the command line.
    pub const ALL: [Self; 12] = [
        Self::Lines,
        Self::Orders,
        Self::Customers,
        Self::Products,
        Self::Carts,
        Self::Discounts,
        Self::Spend,
        Self::Sends,
        Self::Visits,
        Self::Events,
        Self::Touches,
        Self::Metrics,
    ];

    /// Its name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Orders => "orders",
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Carts => "carts",
            Self::Discounts => "discounts",
            Self::Spend => "spend",
            Self::Sends => "sends",
            Self::Visits => "visits",
            Self::Events => "events",
            Self::Touches => "touches",
            Self::Metrics => "metrics",
        }
    }
}

impl fmt::Display for TableKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How the cells of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text, trimmed.
    Text,
    /// An id: text, with a leading apostrophe guard and a float tail (`17850.0`) removed.
    Id,
    /// An e-mail address, lower-cased.
    Email,
    /// An amount of money.
    Money,
    /// A quantity, up to three decimals.
    Quantity,
    /// A moment or date.
    Moment,
    /// A calendar date.
    Date,
    /// yes/no, true/false, 1/0, and the consent words of mail tools.
    Flag,
    /// A currency code.
    Currency,
    /// A list in one cell.
    List,
    /// An order status word.
    Status,
}

macro_rules! fields {
    ($($variant:ident $name:literal $title:literal $kind:ident [$($table:ident)*];)*) => {
        /// What a column becomes. The names are those of `--map field=column`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $(#[doc = $title] $variant,)* }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name on the command line and in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its name in the interface.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// How its cells are read.
            pub fn cell_kind(self) -> CellKind {
                match self { $(Self::$variant => CellKind::$kind,)* }
            }

            /// Whether it belongs to a kind of table.
            pub fn belongs_to(self, table: TableKind) -> bool {
                match self { $(Self::$variant => matches!(table, $(TableKind::$table)|*),)* }
            }
        }
    };
}

fields! {
    OrderId "order_id" "Order number" Id [Lines Orders Carts Touches];
    OrderNumber "order_number" "Order number shown" Text [Lines Orders];
    PlacedAt "placed_at" "Placed at" Moment [Lines Orders Carts];
    PlacedTime "placed_time" "Time of day" Text [Lines Orders Carts];
    CustomerId "customer_id" "Customer id" Id [Lines Orders Customers Carts Events Touches];
    Email "email" "Customer e-mail" Email [Lines Orders Customers Carts Events Touches];
    CustomerName "customer_name" "Customer name" Text [Lines Orders Customers Carts];
    Country "country" "Country" Text [Lines Orders Customers Carts];
    Channel "channel" "Channel" Text [Lines Orders];
    Sku "sku" "SKU, kept as text" Id [Lines Products Carts Events];
    Title "title" "Product title" Text [Lines Products Carts Events];
    Category "category" "Category" Text [Lines Products];
    Quantity "quantity" "Quantity" Quantity [Lines Carts];
    UnitPrice "unit_price" "Unit price" Money [Lines Carts];
    LineAmount "line_amount" "Line amount" Money [Lines Carts];
    LineDiscount "line_discount" "Discount, amount per line" Money [Lines];
    Discount "discount" "Discount, once per order" Money [Lines Orders];
    DiscountCode "discount_code" "Discount code" List [Lines Orders];
    Shipping "shipping" "Shipping, once per order" Money [Lines Orders];
    Tax "tax" "Tax, once per order" Money [Lines Orders];
    Total "total" "Order total" Money [Lines Orders Carts];
    Refunded "refunded" "Refunded amount" Money [Lines Orders];
    RefundedAt "refunded_at" "Refunded at" Moment [Lines Orders];
    Status "status" "Order status" Status [Lines Orders];
    CancelledAt "cancelled_at" "Cancelled at" Moment [Lines Orders];
    Test "test" "Test order" Flag [Lines Orders];
    Currency "currency" "Currency" Currency [Lines Orders Products Carts Spend Sends Visits Touches Metrics];
    Phone "phone" "Phone" Id [Customers];
    CreatedAt "created_at" "Created at" Moment [Customers];
    BirthDate "birth_date" "Birth date" Date [Customers];
    ConsentEmail "consent_email" "Agrees to e-mail" Flag [Customers];
    ConsentSms "consent_sms" "Agrees to SMS" Flag [Customers];
    ConsentAt "consent_at" "Agreed at" Moment [Customers];
    Tags "tags" "Tags" List [Customers Products Sends];
    Brand "brand" "Brand" Text [Products];
    Price "price" "Price" Money [Products Events];
    Cost "cost" "Unit cost" Money [Products];
    Stock "stock" "Stock" Quantity [Products Events];
    Code "code" "Discount code name" Text [Discounts];
    DiscountKind "discount_kind" "Kind of discount" Text [Discounts];
    DiscountValue "discount_value" "Value of discount" Money [Discounts];
    StartsAt "starts_at" "Valid from" Moment [Discounts];
    EndsAt "ends_at" "Valid until" Moment [Discounts];
    UsedCount "used_count" "Times used" Quantity [Discounts];
    DiscountStatus "discount_status" "State of discount" Text [Discounts];
    SpentOn "spent_on" "Day of the spend" Date [Spend];
    AdChannel "ad_channel" "Advertising channel" Text [Spend Sends Visits Touches];
    CampaignId "campaign_id" "Campaign id" Id [Spend Sends];
    Campaign "campaign" "Campaign" Text [Spend Sends Visits Touches Lines Orders];
    Spent "spent" "Amount spent" Money [Spend];
    Impressions "impressions" "Impressions" Quantity [Spend];
    Clicks "clicks" "Clicks" Quantity [Spend Sends];
    SpentUntil "spent_until" "Last day of the spend" Date [Spend];
    Conversions "conversions" "Conversions" Quantity [Spend Sends Visits];
    ConversionValue "conversion_value" "Value of conversions" Money [Spend Sends Visits];
    Variant "variant" "Variant" Text [Sends];
    Subject "subject" "Subject" Text [Sends];
    SentAt "sent_at" "Sent at" Moment [Sends];
    SentTo "sent_to" "Lists" List [Sends];
    Recipients "recipients" "Recipients" Quantity [Sends];
    Delivered "delivered" "Delivered" Quantity [Sends];
    Opens "opens" "Opens" Quantity [Sends];
    OpensTotal "opens_total" "All opens" Quantity [Sends];
    ClicksTotal "clicks_total" "All clicks" Quantity [Sends];
    Unsubscribes "unsubscribes" "Unsubscribes" Quantity [Sends];
    Complaints "complaints" "Spam complaints" Quantity [Sends];
    Bounces "bounces" "Bounces" Quantity [Sends];
    VisitedOn "visited_on" "Day of the visits" Date [Visits];
    TrafficSource "traffic_source" "Source of visits" Text [Visits];
    Users "users" "Users" Quantity [Visits];
    Sessions "sessions" "Sessions" Quantity [Visits];
    Purchases "purchases" "Purchases" Quantity [Visits];
    EventAt "event_at" "Happened at" Moment [Events];
    Event "event" "Event" Text [Events];
    TouchedAt "touched_at" "Touched at" Moment [Touches];
    VisitorId "visitor_id" "Visitor id" Id [Touches];
    TouchKind "touch_kind" "Kind of touchpoint" Text [Touches];
    UtmSource "utm_source" "Source" Text [Touches Lines Orders];
    UtmMedium "utm_medium" "Medium" Text [Touches Lines Orders];
    Device "device" "Device" Text [Touches Lines Orders];
    TouchCost "touch_cost" "Cost of the touchpoint" Money [Touches];
    Landing "landing" "Landing page" Text [Touches Lines Orders];
    Referrer "referrer" "Referrer" Text [Touches Lines Orders];
    MetricName "metric" "Metric" Text [Metrics];
    MetricValue "metric_value" "Value of the metric" Text [Metrics];
    MeasuredOn "measured_on" "Month or first day" Text [Metrics];
    MeasuredUntil "measured_until" "Last day of the measuring" Date [Metrics];
    SampleSize "sample_size" "Number of answers" Quantity [Metrics];
    MeasuredBy "measured_by" "Source of the metric" Text [Metrics];
}

impl Field {
    /// The field with a command-line name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.name() == name.trim())
    }
}
