//! One file per platform, and the list of them.

mod bigcommerce;
mod ga4;
mod generic;
mod google_ads;
mod klaviyo;
mod magento;
mod mailchimp;
mod meta_ads;
mod metrics;
mod shape;
mod shopify;
mod woocommerce;

use super::cells::{CellError, CellReader};
use super::field::TableKind;
use super::plan::{DateOrder, DecimalMark, Mapping};
use super::preview::{Doubt, Preview, Recognised};
use super::row::Row;
use crate::model::record::{
    CustomerRecord, DiscountRecord, LineRecord, OrderRecord, ProductRecord, SendRecord, SpendRecord,
};
use crate::model::{Currency, Day, Zone};

/// A kind of file: how to recognise it and how to read its rows.
///
/// Most of a source is its [`Mapping`]; the run reads every mapped field. The hooks say what a mapping
/// cannot. Each hook sees one row and a record that holds what this row alone said, so a hook that fails
/// rejects its row and nothing else.
pub trait Source: Sync {
    /// Name on the command line: `shopify-orders`.
    fn name(&self) -> &'static str;

    /// Name for people: "Shopify orders".
    fn title(&self) -> &'static str;

    /// Where its keys are unique: `shopify`. Sources of one shop system share it.
    fn origin(&self) -> &'static str;

    /// What its rows describe.
    fn table(&self) -> TableKind;

    /// How surely a file is of this kind, from 0 (not at all) to 1.
    fn matches(&self, preview: &Preview) -> f64;

    /// Which columns become which fields.
    fn mapping(&self, preview: &Preview) -> Mapping;

    /// What the user should know about this file before it is imported.
    fn doubts(&self, _preview: &Preview) -> Vec<Doubt> {
        Vec::new()
    }

    /// The zone of times without one, when the format fixes it.
    fn zone(&self) -> Option<Zone> {
        None
    }

    /// The order of day and month, when the format fixes it.
    fn date_order(&self) -> Option<DateOrder> {
        None
    }

    /// The decimal mark, when the format fixes it.
    fn decimal(&self) -> Option<DecimalMark> {
        None
    }

    /// The currency of the whole file, when it says one outside its rows.
    fn currency(&self, _preview: &Preview) -> Option<Currency> {
        None
    }

    /// First and last day that the whole file speaks of, when it says so above its table.
    fn period(&self, _preview: &Preview) -> Option<(Day, Day)> {
        None
    }

    /// The advertising platform or mail channel that all rows are of.
    fn channel(&self) -> Option<&'static str> {
        None
    }

    /// Whether a file is a page of labels and values rather than a table. Asked of its first rows, before a header
    /// is looked for; such a file is read by [`super::plan::Layout::Page`].
    fn is_page(&self, _rows: &[(u64, Vec<String>)]) -> bool {
        false
    }

    /// The name of the part of a page that begins with this row.
    fn part_of_page<'r>(&self, _row: &Row<'r>) -> Option<&'r str> {
        None
    }

    /// Whether a row sums up the others. Asked before its cells are counted, as such rows may be wider.
    fn is_total(&self, _row: &Row) -> bool {
        false
    }

    /// The place of a row among the rows of one product. Asked of every row, skipped ones too; what is blank
    /// in a member's row (title, category, brand, tags) is taken from the head before `finish_product`.
    fn family(&self, _row: &Row) -> Family {
        Family::Alone
    }

    /// Why a row is no data (a total, an image row); `None` reads it. The reason is counted in the summary.
    fn skip(&self, _row: &Row) -> Option<&'static str> {
        None
    }

    /// The lines of an order of [`super::plan::Layout::Numbered`] or [`super::plan::Layout::Packed`].
    fn lines(&self, _row: &Row, _cells: &CellReader) -> Result<Vec<LineRecord>, CellError> {
        Ok(Vec::new())
    }

    /// Completes the part of an order that one row gave: refund items, codes with amounts, status words.
    /// In [`super::plan::Layout::RowPerLine`] it is called for every row; of all parts of an order the
    /// first value that is present wins, as do the first codes and refunds, while lines add up. Carts pass
    /// through it as orders.
    fn finish_order(&self, _row: &Row, _cells: &CellReader, _order: &mut OrderRecord) -> Result<(), CellError> {
        Ok(())
    }

    /// Completes a customer.
    fn finish_customer(
        &self,
        _row: &Row,
        _cells: &CellReader,
        _customer: &mut CustomerRecord,
    ) -> Result<(), CellError> {
        Ok(())
    }

    /// Completes a product variant.
    fn finish_product(&self, _row: &Row, _cells: &CellReader, _product: &mut ProductRecord) -> Result<(), CellError> {
        Ok(())
    }

    /// Completes a discount.
    fn finish_discount(
        &self,
        _row: &Row,
        _cells: &CellReader,
        _discount: &mut DiscountRecord,
    ) -> Result<(), CellError> {
        Ok(())
    }

    /// Completes spend on advertising.
    fn finish_spend(&self, _row: &Row, _cells: &CellReader, _spend: &mut SpendRecord) -> Result<(), CellError> {
        Ok(())
    }

    /// Completes what a mailing tool sent.
    fn finish_send(&self, _row: &Row, _cells: &CellReader, _send: &mut SendRecord) -> Result<(), CellError> {
        Ok(())
    }
}

/// The place of a row among the rows of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Family {
    /// The row says all of its product.
    Alone,
    /// The row says what holds for the whole product, known by these keys.
    Head(Vec<String>),
    /// The row is a variant of the product with this key.
    Member(String),
}

/// Every kind of file that can be read. Of equal confidence the first wins.
pub static SOURCES: &[&dyn Source] = &[
    &shopify::Orders,
    &shopify::Checkouts,
    &shopify::Customers,
    &shopify::Products,
    &shopify::Discounts,
    &woocommerce::WebToffeeOrders,
    &woocommerce::AdvancedOrders,
    &woocommerce::AnalyticsOrders,
    &woocommerce::AnalyticsCustomers,
    &woocommerce::Products,
    &woocommerce::Coupons,
    &bigcommerce::Orders,
    &bigcommerce::Customers,
    &magento::OrderGrid,
    &magento::Customers,
    &magento::Products,
    &klaviyo::Campaigns,
    &klaviyo::Flows,
    &klaviyo::Profiles,
    &mailchimp::SUBSCRIBED,
    &mailchimp::UNSUBSCRIBED,
    &mailchimp::CLEANED,
    &mailchimp::AUDIENCE,
    &mailchimp::Campaigns,
    &mailchimp::Report,
    &google_ads::Campaigns,
    &meta_ads::Campaigns,
    &ga4::Traffic,
    &generic::LINES,
    &generic::ORDERS,
    &generic::CUSTOMERS,
    &generic::PRODUCTS,
    &generic::SPEND,
    &generic::EVENTS,
    &generic::TOUCHES,
    &metrics::Metrics,
];

/// Below this a file counts as not recognised.
const LEAST_CONFIDENCE: f64 = 0.2;

/// The source with a command-line name.
pub fn by_name(name: &str) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|s| s.name() == name.trim())
}

/// Whether a source is a generic mapper, whose columns are found by common names.
pub fn is_generic(name: &str) -> bool {
    by_name(name).is_some_and(|s| s.origin() == generic::LINES.origin())
}

/// Whether a file is a page of labels and values that some source reads.
pub(super) fn is_page(rows: &[(u64, Vec<String>)]) -> bool {
    SOURCES.iter().any(|source| source.is_page(rows))
}

/// The source that fits a file best, when one fits.
pub fn recognise(preview: &Preview) -> Option<Recognised> {
    best(preview, |_| true)
        .filter(|(confidence, _)| *confidence >= LEAST_CONFIDENCE)
        .map(|(confidence, s)| Recognised { source: s.name(), title: s.title(), table: s.table(), confidence })
}

/// The generic mapper that fits a file best.
pub fn recognise_generic(preview: &Preview) -> Option<&'static dyn Source> {
    best(preview, |source| is_generic(source.name())).map(|(_, source)| source)
}

fn best(preview: &Preview, wanted: impl Fn(&dyn Source) -> bool) -> Option<(f64, &'static dyn Source)> {
    let mut best: Option<(f64, &'static dyn Source)> = None;
    for source in SOURCES.iter().copied().filter(|s| wanted(*s)) {
        let confidence = source.matches(preview);
        if best.is_none_or(|(most, _)| confidence > most) {
            best = Some((confidence, source));
        }
    }
    best
}
