//! Rows that are one record each: customers, products, discounts, spend, sends, visits, events, touchpoints.

use rustc_hash::FxHashMap;

use super::arrival;
use super::cells::{CellError, CellReader};
use super::field::Field;
use super::orders;
use super::plan::Plan;
use super::row::{Cell, Row};
use super::sources::{Family, Source};
use crate::model::Day;
use crate::model::record::{
    ConsentRecord, CustomerKey, CustomerRecord, DiscountRecord, EventRecord, NamedCampaign, ProductRecord, Record,
    SendRecord, SpendRecord, TouchRecord, VisitRecord,
};
use crate::model::results::{SendFigures, SendKind};

/// A customer account.
pub fn customer(row: &Row, cells: &CellReader, plan: &Plan, source: &dyn Source) -> Result<Record, CellError> {
    let mut customer = CustomerRecord {
        line: row.line,
        key: CustomerKey {
            shop_id: cells.id(row.field(Field::CustomerId))?.map(str::to_owned),
            email: cells.email(row.field(Field::Email))?,
        },
        name: text(row, cells, Field::CustomerName)?,
        phone: cells.id(row.field(Field::Phone))?.map(str::to_owned),
        country: text(row, cells, Field::Country)?,
        created_at: cells.moment(row.field(Field::CreatedAt))?,
        birth_date: cells.date(row.field(Field::BirthDate))?,
        tags: cells.list(row.field(Field::Tags))?,
        consents: consents(row, cells)?,
        attributes: attributes(row, cells, plan)?,
    };
    source.finish_customer(row, cells, &mut customer)?;
    if customer.key.is_empty() {
        let column = [row.field(Field::CustomerId), row.field(Field::Email)];
        let cell = column.into_iter().find(|c| !c.is_blank()).unwrap_or(column[0]);
        return Err(CellError::new(cell, "names no customer", "Fill in a customer id or a whole e-mail address"));
    }
    Ok(Record::Customer(Box::new(customer)))
}

fn consents(row: &Row, cells: &CellReader) -> Result<Vec<ConsentRecord>, CellError> {
    let at = cells.moment(row.field(Field::ConsentAt))?;
    let mut consents = Vec::new();
    for (field, channel) in [(Field::ConsentEmail, "email"), (Field::ConsentSms, "sms")] {
        if let Some(granted) = cells.flag(row.field(field))? {
            consents.push(ConsentRecord { channel: channel.to_owned(), granted, at });
        }
    }
    Ok(consents)
}

/// What the first rows of products say for their variants.
#[derive(Default)]
pub struct Families {
    heads: FxHashMap<String, Head>,
}

/// What holds for every variant of a product.
#[derive(Clone)]
struct Head {
    title: Option<String>,
    category: Option<String>,
    brand: Option<String>,
    tags: Vec<String>,
}

impl Families {
    /// Remembers the row when it is the head of a family, whether it is read or skipped.
    pub fn see(&mut self, row: &Row, cells: &CellReader, source: &dyn Source) {
        let Family::Head(keys) = source.family(row) else { return };
        let text = |field| text(row, cells, field).ok().flatten();
        let head = Head {
            title: text(Field::Title),
            category: text(Field::Category),
            brand: text(Field::Brand),
            tags: cells.list(row.field(Field::Tags)).unwrap_or_default(),
        };
        self.heads.extend(keys.into_iter().map(|key| (key, head.clone())));
    }

    /// Fills what a variant's row leaves blank.
    fn complete(&self, family: Family, product: &mut ProductRecord) {
        let Family::Member(key) = family else { return };
        let Some(head) = self.heads.get(&key) else { return };
        product.title = product.title.take().or_else(|| head.title.clone());
        product.category = product.category.take().or_else(|| head.category.clone());
        product.brand = product.brand.take().or_else(|| head.brand.clone());
        if product.tags.is_empty() {
            product.tags.clone_from(&head.tags);
        }
    }
}

/// A product variant.
pub fn product(
    row: &Row,
    cells: &CellReader,
    plan: &Plan,
    source: &dyn Source,
    families: &Families,
) -> Result<Record, CellError> {
    let written = cells.currency(row.field(Field::Currency))?;
    let currency = written.unwrap_or(plan.currency);
    let mut product = ProductRecord {
        line: row.line,
        sku: cells.id(row.field(Field::Sku))?.map(str::to_owned),
        title: text(row, cells, Field::Title)?,
        category: text(row, cells, Field::Category)?,
        brand: text(row, cells, Field::Brand)?,
        tags: cells.list(row.field(Field::Tags))?,
        price: cells.money(row.field(Field::Price), currency)?,
        cost: cells.money(row.field(Field::Cost), currency)?,
        stock: cells.scaled(row.field(Field::Stock), 0)?,
        currency: Some(currency),
        attributes: attributes(row, cells, plan)?,
    };
    families.complete(source.family(row), &mut product);
    source.finish_product(row, cells, &mut product)?;
    if product.sku.is_none() && product.title.is_none() {
        return Err(CellError::blank(row.field(Field::Sku).column, "Fill in the SKU or the title"));
    }
    Ok(Record::Product(Box::new(product)))
}

/// A discount as the shop defines it.
pub fn discount(row: &Row, cells: &CellReader, plan: &Plan, source: &dyn Source) -> Result<Record, CellError> {
    let code = row.field(Field::Code);
    let kind = discount_kind(cells.text(row.field(Field::DiscountKind))?.unwrap_or_default());
    let mut discount = DiscountRecord {
        line: row.line,
        code: cells.text(code)?.ok_or_else(|| CellError::blank(code.column, "Fill in the code"))?.to_owned(),
        value: discount_value(row.field(Field::DiscountValue), &kind, cells, plan)?,
        kind,
        starts_at: cells.moment(row.field(Field::StartsAt))?,
        ends_at: cells.moment(row.field(Field::EndsAt))?,
        used: cells.scaled(row.field(Field::UsedCount), 0)?,
        status: text(row, cells, Field::DiscountStatus)?,
    };
    source.finish_discount(row, cells, &mut discount)?;
    Ok(Record::Discount(Box::new(discount)))
}

/// Spend on advertising on a day or in a period.
pub fn spend(row: &Row, cells: &CellReader, plan: &Plan, source: &dyn Source) -> Result<Record, CellError> {
    let spent = row.field(Field::Spent);
    let currency = cells.currency(row.field(Field::Currency))?.unwrap_or(plan.currency);
    let (day, until) = days(row, cells, plan, Field::SpentOn, Field::SpentUntil)?;
    let mut spend = SpendRecord {
        line: row.line,
        day,
        until,
        channel: text(row, cells, Field::AdChannel)?.or_else(|| source.channel().map(str::to_owned)),
        campaign: campaign(row, cells)?,
        amount: cells
            .money(spent, currency)?
            .ok_or_else(|| CellError::blank(spent.column, "Fill in the amount spent"))?,
        currency: Some(currency),
        impressions: cells.scaled(row.field(Field::Impressions), 0)?,
        clicks: cells.scaled(row.field(Field::Clicks), 0)?,
        conversions_milli: cells.quantity_milli(row.field(Field::Conversions))?,
        value: cells.money(row.field(Field::ConversionValue), currency)?,
    };
    source.finish_spend(row, cells, &mut spend)?;
    // A week or month that the report cuts off is no whole one.
    if let Some((first, last)) = plan.period {
        spend.until = spend.until.map(|until| until.min(last).max(spend.day));
        spend.day = spend.day.max(first.min(spend.until.unwrap_or(spend.day)));
    }
    spend.until = spend.until.filter(|until| *until != spend.day);
    Ok(Record::Spend(Box::new(spend)))
}

/// What a mailing tool sent.
pub fn send(row: &Row, cells: &CellReader, plan: &Plan, source: &dyn Source) -> Result<Record, CellError> {
    let (name, at) = (row.field(Field::Campaign), row.field(Field::SentAt));
    let currency = cells.currency(row.field(Field::Currency))?.unwrap_or(plan.currency);
    let count = |field| cells.scaled(row.field(field), 0);
    let channel = text(row, cells, Field::AdChannel)?.map(|word| word.to_lowercase());
    let variant = text(row, cells, Field::Variant)?;
    let mut send = SendRecord {
        line: row.line,
        campaign: campaign(row, cells)?.ok_or_else(|| CellError::blank(name.column, "Fill in the campaign"))?,
        kind: SendKind::Campaign,
        channel: channel.or_else(|| source.channel().map(str::to_owned)),
        tags: cells.list(row.field(Field::Tags))?,
        lists: cells.list(row.field(Field::SentTo))?,
        part: variant.clone().unwrap_or_default(),
        variant,
        subject: text(row, cells, Field::Subject)?,
        at: cells.moment(at)?.ok_or_else(|| CellError::blank(at.column, "Fill in when it was sent"))?,
        recipients: count(Field::Recipients)?,
        figures: SendFigures {
            delivered: count(Field::Delivered)?,
            opens: count(Field::Opens)?,
            opens_total: count(Field::OpensTotal)?,
            clicks: count(Field::Clicks)?,
            clicks_total: count(Field::ClicksTotal)?,
            conversions: count(Field::Conversions)?,
            revenue: cells.money(row.field(Field::ConversionValue), currency)?,
            unsubscribes: count(Field::Unsubscribes)?,
            complaints: count(Field::Complaints)?,
            bounces: count(Field::Bounces)?,
        },
        currency: Some(currency),
    };
    source.finish_send(row, cells, &mut send)?;
    Ok(Record::Send(Box::new(send)))
}

/// Visits by web analytics.
pub fn visits(row: &Row, cells: &CellReader, plan: &Plan) -> Result<Record, CellError> {
    let currency = cells.currency(row.field(Field::Currency))?.unwrap_or(plan.currency);
    let (day, until) = days(row, cells, plan, Field::VisitedOn, Field::VisitedOn)?;
    Ok(Record::Visits(Box::new(VisitRecord {
        line: row.line,
        day,
        until: until.filter(|until| *until != day),
        campaign: text(row, cells, Field::Campaign)?,
        channel: text(row, cells, Field::AdChannel)?,
        source: text(row, cells, Field::TrafficSource)?,
        users: cells.scaled(row.field(Field::Users), 0)?,
        sessions: cells.scaled(row.field(Field::Sessions), 0)?,
        conversions_milli: cells.quantity_milli(row.field(Field::Conversions))?,
        purchases: cells.scaled(row.field(Field::Purchases), 0)?,
        revenue: cells.money(row.field(Field::ConversionValue), currency)?,
        currency: Some(currency),
    })))
}

/// The campaign of a row, by its id or else by its name.
fn campaign(row: &Row, cells: &CellReader) -> Result<Option<NamedCampaign>, CellError> {
    let (id, name) = (cells.id(row.field(Field::CampaignId))?, text(row, cells, Field::Campaign)?);
    Ok(id.map(str::to_owned).or_else(|| name.clone()).map(|key| {
        let name = name.unwrap_or_else(|| key.clone());
        NamedCampaign { key, name }
    }))
}

/// First and last day of a row: its own, else those of the whole file.
fn days(row: &Row, cells: &CellReader, plan: &Plan, from: Field, to: Field) -> Result<(Day, Option<Day>), CellError> {
    let (from, to) = (row.field(from), row.field(to));
    match (cells.date(from)?, cells.date(to)?, plan.period) {
        (Some(day), Some(until), _) if until < day => {
            Err(CellError::new(to, "lies before the first day", "Exchange the first and the last day"))
        }
        (Some(day), until, _) => Ok((day, until)),
        (None, _, Some((first, last))) => Ok((first, Some(last))),
        (None, _, None) => Err(CellError::blank(from.column, "Fill in the day")),
    }
}

/// Something that happened at a moment. A look at a product where the file does not say what.
pub fn event(row: &Row, cells: &CellReader, plan: &Plan) -> Result<Record, CellError> {
    let at = row.field(Field::EventAt);
    let kind = text(row, cells, Field::Event)?.map_or_else(|| VIEWS[0].to_owned(), |word| event_kind(&word));
    let event = EventRecord {
        line: row.line,
        at: cells.moment(at)?.ok_or_else(|| CellError::blank(at.column, "Fill in the moment"))?,
        kind,
        customer: CustomerKey {
            shop_id: cells.id(row.field(Field::CustomerId))?.map(str::to_owned),
            email: cells.email(row.field(Field::Email))?,
        },
        sku: cells.id(row.field(Field::Sku))?.map(str::to_owned),
        title: text(row, cells, Field::Title)?,
        price: cells.money(row.field(Field::Price), plan.currency)?,
        stock: cells.scaled(row.field(Field::Stock), 0)?,
    };
    let product = event.sku.is_some() || event.title.is_some();
    let observed = product && (event.price.is_some() || event.stock.is_some());
    if event.customer.is_empty() && !observed {
        let cell = row.field(if product { Field::Email } else { Field::Sku });
        return Err(CellError::new(
            cell,
            "tells of no customer, and of no product's price or stock",
            "Fill in the customer, or the SKU with a price or stock",
        ));
    }
    Ok(Record::Event(Box::new(event)))
}

/// A moment at which somebody met the shop. A visit where the file does not say what happened.
pub fn touch(row: &Row, cells: &CellReader, plan: &Plan) -> Result<Record, CellError> {
    let at = row.field(Field::TouchedAt);
    let currency = cells.currency(row.field(Field::Currency))?.unwrap_or(plan.currency);
    let came = arrival::of_row(row, cells)?.unwrap_or_default();
    let touch = TouchRecord {
        line: row.line,
        at: moment_of_life(at, cells)?.ok_or_else(|| CellError::blank(at.column, "Fill in the moment"))?,
        customer: CustomerKey {
            shop_id: cells.id(row.field(Field::CustomerId))?.map(str::to_owned),
            email: cells.email(row.field(Field::Email))?,
        },
        visitor: cells.id(row.field(Field::VisitorId))?.map(str::to_owned),
        order: cells.id(row.field(Field::OrderId))?.map(str::to_owned),
        kind: text(row, cells, Field::TouchKind)?.map_or_else(|| VISIT.to_owned(), |word| word.to_lowercase()),
        channel: text(row, cells, Field::AdChannel)?,
        cost: cells.money(row.field(Field::TouchCost), currency)?,
        currency: Some(currency),
        ..came
    };
    if touch.customer.is_empty() && touch.visitor.is_none() && touch.order.is_none() {
        let fields = [Field::Email, Field::CustomerId, Field::VisitorId, Field::OrderId];
        let cell = fields.into_iter().map(|field| row.field(field)).find(|cell| !cell.is_blank());
        let cell = cell.unwrap_or_else(|| row.field(Field::Email));
        return Err(CellError::new(cell, "names nobody", "Fill in a customer, a visitor id or an order number"));
    }
    Ok(Record::Touch(Box::new(touch)))
}

/// The kind of a touchpoint that says nothing of itself.
const VISIT: &str = "visit";

/// A moment between 1990 and two years from today: others are slips, and would stretch every span of time.
fn moment_of_life(cell: Cell, cells: &CellReader) -> Result<Option<i64>, CellError> {
    let Some(at) = cells.moment(cell)? else { return Ok(None) };
    match orders::implausible(at, orders::latest()) {
        Some(why) => Err(CellError::new(cell, why, "Write the day on which it happened")),
        None => Ok(Some(at)),
    }
}

/// Words for a look at a product, the first one as it is kept.
const VIEWS: &[&str] =
    &["view", "viewed product", "product viewed", "product view", "view_item", "viewed", "page view", "product_view"];

fn event_kind(word: &str) -> String {
    let folded = word.to_lowercase();
    if VIEWS.contains(&folded.as_str()) { VIEWS[0].to_owned() } else { folded }
}

/// `percent`, `amount` or `shipping` where the source's word means one of them.
fn discount_kind(word: &str) -> String {
    let folded = word.to_lowercase();
    let known = [("percent", "percent"), ("fixed", "amount"), ("amount", "amount"), ("shipping", "shipping")];
    let kind = known.into_iter().find(|(part, _)| folded.contains(part)).map(|(_, kind)| kind);
    kind.map_or_else(|| word.to_owned(), str::to_owned)
}

fn discount_value(cell: Cell, kind: &str, cells: &CellReader, plan: &Plan) -> Result<Option<i64>, CellError> {
    let value = match kind {
        "percent" => cells.scaled(cell.part(cell.text.trim_end_matches('%')), 2)?,
        _ => cells.money(cell, plan.currency)?,
    };
    Ok(value.map(i64::abs))
}

fn text(row: &Row, cells: &CellReader, field: Field) -> Result<Option<String>, CellError> {
    Ok(cells.text(row.field(field))?.map(str::to_owned))
}

fn attributes(row: &Row, cells: &CellReader, plan: &Plan) -> Result<Vec<(String, String)>, CellError> {
    let mut attributes = Vec::new();
    for (column, name) in &plan.mapping.keep {
        let value = row.header().position(column).map(|i| cells.text(row.at(i))).transpose()?.flatten();
        attributes.extend(value.map(|value| (name.clone(), value.to_owned())));
    }
    Ok(attributes)
}
