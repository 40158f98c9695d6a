//! What an import delivers: typed records, each with the line of the file it came from.
//!
//! Amounts are minor units of the record's own currency; moments are UTC seconds. Texts are trimmed and
//! never empty (`None` instead). E-mails and shop ids arrive normalised (`import::identity`).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Currency;

/// Largest number of lines one order may have.
pub const MAX_LINES_PER_ORDER: usize = (1 << 20) - 1;

/// Receives what an importer reads, in file order. Validation happens before: a sink fails only when the
/// workspace cannot be written or the user cancelled.
pub trait Sink {
    /// Why a record could not be stored.
    type Error;

    /// Takes out of a record what must not be stored, such as people who were erased.
    fn admit(&mut self, _record: &mut Record) -> Admitted {
        Admitted::Whole
    }

    /// Stores one record.
    fn accept(&mut self, record: Record) -> Result<(), Self::Error>;
}

/// What of a record may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// All of it.
    Whole,
    /// The rest of it; why the other part was taken out.
    Part(&'static str),
    /// Nothing, and why: its rows are skipped.
    Nothing(&'static str),
}

/// One thing read from a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// An order or part of one: parts with the same origin and key within one file add up to one order.
    Order(Box<OrderRecord>),
    /// A customer account.
    Customer(Box<CustomerRecord>),
    /// A product variant.
    Product(Box<ProductRecord>),
    /// A cart or checkout that was not (yet) paid. Never revenue.
    Cart(Box<CartRecord>),
    /// A discount code or automatic discount as the shop defines it.
    Discount(Box<DiscountRecord>),
    /// What was spent on advertising on a day or in a period.
    Spend(Box<SpendRecord>),
    /// A message that a mailing tool sent to many.
    Send(Box<SendRecord>),
    /// Visits to the shop's site, as web analytics count them.
    Visits(Box<VisitRecord>),
    /// Something that happened at a moment: a look at a product, a price or stock that was observed.
    Event(Box<EventRecord>),
    /// A moment at which somebody met the shop on some channel.
    Touch(Box<TouchRecord>),
    /// What was measured outside of the data in a period.
    Measured(Box<MeasuredRecord>),
    /// A row that could not be used.
    Rejected(RejectedRow),
}

/// How a customer is named in a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CustomerKey {
    /// The shop's own customer id.
    pub shop_id: Option<String>,
    /// Lower-case e-mail.
    pub email: Option<String>,
}

impl CustomerKey {
    /// Whether nothing identifies the customer.
    pub fn is_empty(&self) -> bool {
        self.shop_id.is_none() && self.email.is_none()
    }
}

/// State of an order. The number is what the workspace stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum OrderStatus {
    /// Paid or completed; also orders of sources that do not say.
    #[default]
    Paid = 0,
    /// Placed and not yet paid (pending, on hold, authorized).
    Pending = 1,
    /// Cancelled or voided before it was fulfilled.
    Cancelled = 2,
    /// Paid, then wholly refunded.
    Refunded = 3,
    /// Paid, then refunded in part.
    PartiallyRefunded = 4,
    /// Payment failed or was declined.
    Failed = 5,
}

impl OrderStatus {
    /// Every status, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Paid, Self::Pending, Self::Cancelled, Self::Refunded, Self::PartiallyRefunded, Self::Failed];

    /// The status with a stored number; unknown numbers read as paid.
    pub fn from_number(n: u8) -> Self {
        Self::ALL.get(usize::from(n)).copied().unwrap_or_default()
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::PartiallyRefunded => "partially refunded",
            Self::Failed => "failed",
        }
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// An order, or the part of it that stands on adjacent rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrderRecord {
    /// First line of the file that belongs to it.
    pub line: u64,
    /// Key that is unique within the origin (`shopify`, `woocommerce`, `generic` …).
    pub key: String,
    /// Number shown to people, where it differs from the key.
    pub number: Option<String>,
    /// When it was placed, UTC seconds.
    pub placed_at: Option<i64>,
    /// Who bought.
    pub customer: CustomerKey,
    /// Buyer's name, for lists only, never for identity.
    pub customer_name: Option<String>,
    /// Country as the source writes it (code preferred).
    pub country: Option<String>,
    /// Sales channel or traffic source as the source writes it.
    pub channel: Option<String>,
    /// Currency of all amounts of the order; `None` means the shop's currency.
    pub currency: Option<Currency>,
    /// State, when the source says it.
    pub status: Option<OrderStatus>,
    /// A test order: kept, never counted. `None` when the source does not say.
    pub test: Option<bool>,
    /// A summary of the order: its amounts and lines fill what is not known of it, and replace nothing that is.
    pub summary: bool,
    /// Discount on the whole order (beyond discounts on its lines), at least 0.
    pub discount: Option<i64>,
    /// Shipping charged.
    pub shipping: Option<i64>,
    /// Tax, contained in the total.
    pub tax: Option<i64>,
    /// What the buyer was charged: lines − discounts + shipping (+ tax where prices are net).
    pub total: Option<i64>,
    /// Discount codes used, with the amount where the source splits it.
    pub codes: Vec<CodeUse>,
    /// Refunds. Amounts are at least 0.
    pub refunds: Vec<RefundRecord>,
    /// The source says that nothing was refunded, which takes back what it said before.
    pub nothing_refunded: bool,
    /// Lines. Empty when the source has none: lines known from another file stay.
    pub lines: Vec<LineRecord>,
    /// How its buyer came to the shop, where the row says so; it is handed over as a record of its own.
    pub touch: Option<Box<TouchRecord>>,
    /// Further columns the user chose to keep.
    pub attributes: Vec<(String, String)>,
}

/// A discount code on an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeUse {
    /// The code as typed by the buyer.
    pub code: String,
    /// Discount by this code, minor units.
    pub amount: Option<i64>,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRecord {
    /// Line of the file.
    pub line: u64,
    /// When, UTC seconds; `None` when the source does not say.
    pub at: Option<i64>,
    /// Minor units, at least 0.
    pub amount: i64,
    /// Reason given.
    pub reason: Option<String>,
}

/// One line of an order. A return line has a negative quantity and amount.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineRecord {
    /// Line of the file.
    pub line: u64,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// Product title.
    pub title: Option<String>,
    /// Product category, where the line carries one.
    pub category: Option<String>,
    /// Thousandths of a unit: 1 piece = 1000.
    pub quantity_milli: i64,
    /// Quantity × unit price before discounts, minor units, rounded once.
    pub amount: i64,
    /// Discount on this line, at least 0.
    pub discount: i64,
}

/// A customer account. `None` leaves what is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomerRecord {
    /// Line of the file.
    pub line: u64,
    /// Identity; at least one part is present.
    pub key: CustomerKey,
    /// Full name, for lists only.
    pub name: Option<String>,
    /// Phone as written.
    pub phone: Option<String>,
    /// Country as the source writes it.
    pub country: Option<String>,
    /// When the account was made, UTC seconds.
    pub created_at: Option<i64>,
    /// Birth date.
    pub birth_date: Option<super::Day>,
    /// Labels given by the shop.
    pub tags: Vec<String>,
    /// Consent by channel.
    pub consents: Vec<ConsentRecord>,
    /// Further columns the user chose to keep.
    pub attributes: Vec<(String, String)>,
}

/// Whether a customer agreed to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRecord {
    /// `email`, `sms`, `whatsapp`.
    pub channel: String,
    /// Agreed or not.
    pub granted: bool,
    /// When, UTC seconds; `None` when the source does not say.
    pub at: Option<i64>,
}

/// A product variant. `None` leaves what is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductRecord {
    /// Line of the file.
    pub line: u64,
    /// Stock keeping unit; without one the title identifies the product.
    pub sku: Option<String>,
    /// Title including the variant.
    pub title: Option<String>,
    /// Category path.
    pub category: Option<String>,
    /// Brand or vendor.
    pub brand: Option<String>,
    /// Labels given by the shop.
    pub tags: Vec<String>,
    /// Price now, minor units of `currency`.
    pub price: Option<i64>,
    /// Unit cost, minor units.
    pub cost: Option<i64>,
    /// Units in stock.
    pub stock: Option<i64>,
    /// Currency of price and cost; `None` means the shop's.
    pub currency: Option<Currency>,
    /// Further columns the user chose to keep.
    pub attributes: Vec<(String, String)>,
}

/// A cart or checkout that was left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CartRecord {
    /// Line of the file.
    pub line: u64,
    /// Key within the origin.
    pub key: String,
    /// When it was last touched, UTC seconds.
    pub at: Option<i64>,
    /// Who left it.
    pub customer: CustomerKey,
    /// Currency of amounts.
    pub currency: Option<Currency>,
    /// Value of the cart, minor units.
    pub total: Option<i64>,
    /// What lay in it.
    pub lines: Vec<LineRecord>,
}

/// A discount as the shop defines it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DiscountRecord {
    /// Line of the file.
    pub line: u64,
    /// Code, or title of an automatic discount.
    pub code: String,
    /// `percent`, `amount`, `shipping` or the source's own word.
    pub kind: String,
    /// Percent × 100 for `percent`, minor units for `amount`; at least 0.
    pub value: Option<i64>,
    /// Valid from, UTC seconds.
    pub starts_at: Option<i64>,
    /// Valid until, UTC seconds.
    pub ends_at: Option<i64>,
    /// Times used so far.
    pub used: Option<i64>,
    /// State in the shop's words.
    pub status: Option<String>,
}

/// What was spent on advertising on a day or, as one sum, in a period. Rows of one file with the same days, channel,
/// campaign and currency add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendRecord {
    /// Line of the file.
    pub line: u64,
    /// Day in the account's time zone, which is taken for the shop's.
    pub day: super::Day,
    /// Last day of the period, where the amount is the sum of more than one day.
    pub until: Option<super::Day>,
    /// Channel or platform as the source writes it.
    pub channel: Option<String>,
    /// What it was spent on.
    pub campaign: Option<NamedCampaign>,
    /// Minor units of `currency`; a credit is negative.
    pub amount: i64,
    /// Currency of the amount; `None` means the shop's.
    pub currency: Option<Currency>,
    /// How often an advertisement was shown.
    pub impressions: Option<i64>,
    /// How often one was clicked.
    pub clicks: Option<i64>,
    /// Purchases that the platform claims for it, thousandths: platforms count fractions.
    pub conversions_milli: Option<i64>,
    /// Their value, minor units of `currency`.
    pub value: Option<i64>,
}

/// A message that a mailing tool sent to many, or one version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendRecord {
    /// Line of the file.
    pub line: u64,
    /// The campaign or flow it belongs to.
    pub campaign: NamedCampaign,
    /// Sent once to a list, or by a rule to one after the other.
    pub kind: super::results::SendKind,
    /// Channel as the source writes it, in lower case: `email`, `sms`.
    pub channel: Option<String>,
    /// Labels given by the tool's user.
    pub tags: Vec<String>,
    /// Lists and segments it went to.
    pub lists: Vec<String>,
    /// Tells this send from others of the campaign; empty where there is one only.
    pub part: String,
    /// Which version of a split test, or which message of a flow.
    pub variant: Option<String>,
    /// Subject line.
    pub subject: Option<String>,
    /// When, UTC seconds.
    pub at: i64,
    /// How many it was sent to.
    pub recipients: Option<i64>,
    /// What became of it.
    pub figures: super::results::SendFigures,
    /// Currency of the revenue; `None` means the shop's.
    pub currency: Option<Currency>,
}

/// Visits to the shop's site, of a day or a period, by where they came from. Rows of one file with the same days and
/// origin add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRecord {
    /// Line of the file.
    pub line: u64,
    /// First day.
    pub day: super::Day,
    /// Last day of the period, where the counts are sums of more than one day.
    pub until: Option<super::Day>,
    /// Campaign, as links name it (`utm_campaign`).
    pub campaign: Option<String>,
    /// Channel group.
    pub channel: Option<String>,
    /// Source, or source and medium.
    pub source: Option<String>,
    /// People; of several rows the sum, which counts some of them twice.
    pub users: Option<i64>,
    /// Visits.
    pub sessions: Option<i64>,
    /// Actions that the property counts as success, thousandths.
    pub conversions_milli: Option<i64>,
    /// Purchases.
    pub purchases: Option<i64>,
    /// Revenue, minor units of `currency`.
    pub revenue: Option<i64>,
    /// Currency of the revenue; `None` means the shop's.
    pub currency: Option<Currency>,
}

/// Something that happened at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventRecord {
    /// Line of the file.
    pub line: u64,
    /// When, UTC seconds.
    pub at: i64,
    /// What: `view` for a look at a product, else the source's own word.
    pub kind: String,
    /// Who; nobody where it is about a product alone.
    pub customer: CustomerKey,
    /// Stock keeping unit of the product it is about.
    pub sku: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it cost then, minor units of the shop's currency.
    pub price: Option<i64>,
    /// Units in stock then.
    pub stock: Option<i64>,
}

/// A moment at which somebody met the shop on some channel. It makes nobody a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchRecord {
    /// Line of the file.
    pub line: u64,
    /// When, UTC seconds.
    pub at: i64,
    /// Who, where the file knows.
    pub customer: CustomerKey,
    /// Who, by the id of a browser or device.
    pub visitor: Option<String>,
    /// Key or number of the order it belongs to.
    pub order: Option<String>,
    /// What happened, in lower case: `visit`, `click`, `order`.
    pub kind: String,
    /// Channel in the file's words.
    pub channel: Option<String>,
    /// Who sent them (`utm_source`), or the site they came from.
    pub source: Option<String>,
    /// By what means (`utm_medium`).
    pub medium: Option<String>,
    /// Campaign, as links name it.
    pub campaign: Option<String>,
    /// Kind of device, in lower case.
    pub device: Option<String>,
    /// What it cost, minor units of `currency`.
    pub cost: Option<i64>,
    /// Currency of the cost; `None` means the shop's.
    pub currency: Option<Currency>,
    /// Page they came to: host and path without a query.
    pub landing: Option<String>,
    /// Page they came from: host and path without a query.
    pub referrer: Option<String>,
}

/// Metrics of a period, as a row of a table tells them.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredRecord {
    /// Line of the file.
    pub line: u64,
    /// The metrics; none where the row has none.
    pub values: Vec<super::kpi::Measurement>,
}

/// How a campaign is named in a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NamedCampaign {
    /// Key that is unique within the origin; the name where the source gives no id.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A row that could not be used, with what would mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Line of the file (1 = first line).
    pub line: u64,
    /// Column at fault, when one is.
    pub column: Option<String>,
    /// What is wrong, with the value found.
    pub reason: String,
    /// What to do about it.
    pub repair: String,
    /// The cells of the row as read.
    pub cells: Vec<String>,
}
