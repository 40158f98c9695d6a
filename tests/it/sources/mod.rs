//! Files of the shop systems: small ones of this project with every record spelled out, and real ones.

mod bigcommerce;
mod magento;
mod properties;
mod refusals;
mod results;
mod samples;
mod shopify;
mod woocommerce;

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use cartwright::import::plan::{Choices, Defaults, Plan};
use cartwright::import::preview::{PreviewError, preview};
use cartwright::import::run::{Summary, run};
use cartwright::jobs::Progress;
use cartwright::model::record::{
    CartRecord, CustomerKey, CustomerRecord, DiscountRecord, LineRecord, OrderRecord, ProductRecord, Record, Sink,
    TouchRecord,
};
use cartwright::model::{Currency, Zone};

/// What an import of a file gave.
pub struct Import {
    pub source: &'static str,
    pub summary: Summary,
    pub records: Vec<Record>,
}

impl Import {
    pub fn orders(&self) -> impl Iterator<Item = &OrderRecord> {
        self.records.iter().filter_map(|r| if let Record::Order(order) = r { Some(&**order) } else { None })
    }

    pub fn products(&self) -> impl Iterator<Item = &ProductRecord> {
        self.records.iter().filter_map(|r| if let Record::Product(product) = r { Some(&**product) } else { None })
    }
}

#[derive(Default)]
struct Collect(Vec<Record>);

impl Sink for Collect {
    type Error = Infallible;

    fn accept(&mut self, record: Record) -> Result<(), Infallible> {
        self.0.push(record);
        Ok(())
    }
}

/// A file of `tests/data`.
pub fn data(file: &str) -> PathBuf {
    crate::source::root().join("tests/data").join(file)
}

/// Imports a file as a user would who changes nothing; an error is the sentence shown.
pub fn try_import(path: &Path, choices: &Choices) -> Result<Import, String> {
    let sentence = |e: PreviewError| e.to_string();
    let preview = preview(path, choices, &Progress::none()).map_err(sentence)?;
    let plan = Plan::new(&preview, choices, &Defaults { zone: Zone::UTC, currency: Currency::USD })?;
    let questions: Vec<String> = plan.questions().iter().map(|q| format!("{}. {}", q.what, q.repair)).collect();
    if !questions.is_empty() {
        return Err(format!("asks: {}", questions.join(" / ")));
    }
    let mut sink = Collect::default();
    let summary = run(&plan, &mut sink, &Progress::none()).map_err(|e| e.to_string())?;
    assert_eq!(summary.rows, summary.accepted + summary.rejected + summary.skipped);
    Ok(Import { source: plan.source, summary, records: sink.0 })
}

/// Imports a file of `tests/data` and checks source and records, one line of text each.
#[track_caller]
pub fn check(file: &str, source: &str, expected: &str) -> Import {
    let import = try_import(&data(file), &Choices::default()).unwrap_or_else(|e| panic!("{file}: {e}"));
    assert_eq!(import.source, source, "{file}");
    let found: Vec<String> = import.records.iter().flat_map(show).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(found, expected, "{file}:\n{}\n", found.join("\n"));
    import
}

/// A record as lines of text: one for itself, one for each of its order lines.
pub fn show(record: &Record) -> Vec<String> {
    match record {
        Record::Order(order) => show_order(order),
        Record::Cart(cart) => show_cart(cart),
        Record::Customer(customer) => vec![show_customer(customer)],
        Record::Product(product) => vec![show_product(product)],
        Record::Discount(discount) => vec![show_discount(discount)],
        Record::Spend(spend) => vec![results::show_spend(spend)],
        Record::Send(send) => vec![results::show_send(send)],
        Record::Visits(visits) => vec![results::show_visits(visits)],
        Record::Event(event) => vec![format!("{event:?}")],
        Record::Touch(touch) => vec![show_touch(touch)],
        Record::Measured(row) => vec![format!("{row:?}")],
        Record::Rejected(row) => vec![format!("rejected {}: {} | {}", row.line, row.reason, row.repair)],
    }
}

fn show_touch(touch: &TouchRecord) -> String {
    Words::new(format!("touch {} {}", time(Some(touch.at)).unwrap_or_default(), touch.kind))
        .add("shop_id", touch.customer.shop_id.as_ref())
        .add("email", touch.customer.email.as_ref())
        .add("visitor", touch.visitor.as_ref())
        .add("order", touch.order.as_ref())
        .add("channel", touch.channel.as_ref())
        .add("source", touch.source.as_ref())
        .add("medium", touch.medium.as_ref())
        .add("campaign", touch.campaign.as_ref())
        .add("device", touch.device.as_ref())
        .add("cost", touch.cost)
        .add("landing", touch.landing.as_ref())
        .add("referrer", touch.referrer.as_ref())
        .end()
}

/// Collects `name=value` of what is present.
struct Words(Vec<String>);

impl Words {
    fn new(start: String) -> Self {
        Self(vec![start])
    }

    fn add(mut self, name: &str, value: Option<impl ToString>) -> Self {
        self.0.extend(value.map(|value| format!("{name}={}", value.to_string())));
        self
    }

    fn key(self, key: &CustomerKey) -> Self {
        self.add("id", key.shop_id.as_ref()).add("email", key.email.as_ref())
    }

    fn list(mut self, name: &str, values: &[String]) -> Self {
        if !values.is_empty() {
            self.0.push(format!("{name}=[{}]", values.join("; ")));
        }
        self
    }

    fn end(self) -> String {
        self.0.join(" ")
    }
}

fn time(at: Option<i64>) -> Option<String> {
    let moment = at.and_then(|at| chrono::DateTime::from_timestamp(at, 0));
    moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}

fn show_order(order: &OrderRecord) -> Vec<String> {
    let codes = order.codes.iter().map(|c| c.amount.map_or(c.code.clone(), |a| format!("{} {a}", c.code)));
    let refunds = order.refunds.iter().map(|r| {
        let words = [time(r.at), Some(r.amount.to_string()), r.reason.clone()];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let head = Words::new(format!("order {} {}", order.line, order.key))
        .add("number", order.number.as_ref())
        .add("at", time(order.placed_at))
        .key(&order.customer)
        .add("name", order.customer_name.as_ref())
        .add("country", order.country.as_ref())
        .add("channel", order.channel.as_ref())
        .add("in", order.currency)
        .add("status", order.status)
        .add("test", order.test.unwrap_or(false).then_some("yes"))
        .add("discount", order.discount)
        .add("shipping", order.shipping)
        .add("tax", order.tax)
        .add("total", order.total)
        .list("codes", &codes.collect::<Vec<_>>())
        .list("refunds", &refunds.collect::<Vec<_>>());
    std::iter::once(head.end()).chain(order.lines.iter().map(show_line)).collect()
}

fn show_line(line: &LineRecord) -> String {
    Words::new(format!("- {}", line.line))
        .add("sku", line.sku.as_ref())
        .add("title", line.title.as_ref())
        .add("category", line.category.as_ref())
        .add("milli", Some(line.quantity_milli))
        .add("amount", Some(line.amount))
        .add("discount", Some(line.discount).filter(|d| *d != 0))
        .end()
}

fn show_cart(cart: &CartRecord) -> Vec<String> {
    let head = Words::new(format!("cart {} {}", cart.line, cart.key))
        .add("at", time(cart.at))
        .key(&cart.customer)
        .add("in", cart.currency)
        .add("total", cart.total);
    std::iter::once(head.end()).chain(cart.lines.iter().map(show_line)).collect()
}

fn show_customer(customer: &CustomerRecord) -> String {
    let consent = |c: &cartwright::model::record::ConsentRecord| {
        format!("{} {}{}", c.channel, if c.granted { "yes" } else { "no" }, time(c.at).unwrap_or_default())
    };
    Words::new(format!("customer {}", customer.line))
        .key(&customer.key)
        .add("name", customer.name.as_ref())
        .add("phone", customer.phone.as_ref())
        .add("country", customer.country.as_ref())
        .add("created", time(customer.created_at))
        .add("born", customer.birth_date)
        .list("tags", &customer.tags)
        .list("consents", &customer.consents.iter().map(consent).collect::<Vec<_>>())
        .end()
}

fn show_product(product: &ProductRecord) -> String {
    Words::new(format!("product {}", product.line))
        .add("sku", product.sku.as_ref())
        .add("title", product.title.as_ref())
        .add("category", product.category.as_ref())
        .add("brand", product.brand.as_ref())
        .list("tags", &product.tags)
        .add("price", product.price)
        .add("cost", product.cost)
        .add("stock", product.stock)
        .end()
}

fn show_discount(discount: &DiscountRecord) -> String {
    Words::new(format!("discount {} {}", discount.line, discount.code))
        .add("kind", Some(&discount.kind))
        .add("value", discount.value)
        .add("from", time(discount.starts_at))
        .add("until", time(discount.ends_at))
        .add("used", discount.used)
        .add("status", discount.status.as_ref())
        .end()
}
