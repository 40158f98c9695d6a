//! Export files of every platform, imported again: what comes back is what the shop knows, minus what the platform's
//! files cannot say.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::shop;
use cartwright::import::plan::{Choices, Defaults, Plan};
use cartwright::import::preview::preview;
use cartwright::import::run::run;
use cartwright::jobs::Progress;
use cartwright::model::Zone;
use cartwright::model::record::{CustomerRecord, OrderRecord, OrderStatus, ProductRecord, Record, Sink};
use cartwright::sample::export::Platform;
use cartwright::sample::{Buyer, CURRENCY, Kind, Order, Shop, ZONE};

/// Everything that came back from a platform's files.
#[derive(Default)]
struct Back {
    sources: Vec<&'static str>,
    orders: Vec<OrderRecord>,
    others: Vec<Record>,
}

impl Sink for Back {
    type Error = Infallible;

    fn accept(&mut self, record: Record) -> Result<(), Infallible> {
        match record {
            Record::Order(order) => self.orders.push(*order),
            Record::Rejected(row) => panic!("{row:?}"),
            other => self.others.push(other),
        }
        Ok(())
    }
}

impl Back {
    fn customers(&self) -> BTreeMap<&str, &CustomerRecord> {
        let customers = self.others.iter().filter_map(|r| if let Record::Customer(c) = r { Some(&**c) } else { None });
        customers.map(|c| (c.key.email.as_deref().unwrap(), c)).collect()
    }

    fn products(&self) -> BTreeMap<&str, &ProductRecord> {
        let products = self.others.iter().filter_map(|r| if let Record::Product(p) = r { Some(&**p) } else { None });
        products.map(|p| (p.sku.as_deref().unwrap(), p)).collect()
    }
}

/// Writes the named files of a platform and imports them, without a word of help.
fn there_and_back(shop: &Shop, platform: &str, files: &[&str]) -> Back {
    there_and_back_with(shop, platform, files, ZONE)
}

/// The same, in a workspace of another time zone.
fn there_and_back_with(shop: &Shop, platform: &str, files: &[&str], zone: Zone) -> Back {
    let folder = tempfile::tempdir().unwrap();
    let written = Platform::find(platform).unwrap().write(shop, folder.path(), &Progress::none()).unwrap();
    let mut back = Back::default();
    for file in files {
        let written = written.iter().find(|w| w.path.ends_with(file)).unwrap();
        let preview = preview(&written.path, &Choices::default(), &Progress::none()).unwrap();
        let plan = Plan::new(&preview, &Choices::default(), &Defaults { zone, currency: CURRENCY }).unwrap();
        assert!(plan.questions().is_empty(), "{platform} {file}: {:#?}", plan.questions());
        let summary = run(&plan, &mut back, &Progress::none()).unwrap();
        assert_eq!((summary.rows, summary.rejected), (written.rows, 0), "{platform} {file}");
        back.sources.push(plan.source);
    }
    back
}

/// What an order says, in a form that platforms can be compared in.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    placed_at: i64,
    shop_id: Option<String>,
    email: Option<String>,
    country: Option<String>,
    channel: Option<String>,
    status: OrderStatus,
    test: bool,
    shipping: Option<i64>,
    tax: Option<i64>,
    total: i64,
    /// Discounts of lines and order together.
    discounts: i64,
    codes: Vec<String>,
    /// Amount and moment.
    refunds: Vec<(i64, Option<i64>)>,
    /// SKU, title, quantity and amount before discounts.
    lines: Vec<(String, String, i64, i64)>,
}

fn facts(order: &OrderRecord) -> Facts {
    let line = |l: &cartwright::model::record::LineRecord| {
        (l.sku.clone().unwrap_or_default(), l.title.clone().unwrap_or_default(), l.quantity_milli / 1_000, l.amount)
    };
    Facts {
        placed_at: order.placed_at.unwrap(),
        shop_id: order.customer.shop_id.clone(),
        email: order.customer.email.clone(),
        country: order.country.clone(),
        channel: order.channel.clone(),
        status: order.status.unwrap(),
        test: order.test == Some(true),
        shipping: order.shipping,
        tax: order.tax,
        total: order.total.unwrap(),
        discounts: order.discount.unwrap_or(0) + order.lines.iter().map(|line| line.discount).sum::<i64>(),
        codes: order.codes.iter().map(|code| code.code.clone()).collect(),
        refunds: order.refunds.iter().map(|refund| (refund.amount, refund.at)).collect(),
        lines: order.lines.iter().map(line).collect(),
    }
}

/// Compares orders one by one. `lose` takes from what the shop knows what the platform cannot say; `None` where the
/// platform's files leave the order out.
fn compare_orders(shop: &Shop, back: &Back, lose: impl Fn(&Order, Facts) -> Option<Facts>) {
    let number = |order: &OrderRecord| order.key.trim_start_matches(['#', '0']).parse::<u64>().unwrap();
    let mut found: BTreeMap<u64, Facts> = back.orders.iter().map(|order| (number(order), facts(order))).collect();
    assert_eq!(found.len(), back.orders.len(), "every order comes back in one piece");
    for position in 0..shop.order_count() {
        let order = shop.order(position);
        if let Some(expected) = lose(&order, facts(&shop.order_record(&order))) {
            assert_eq!(found.remove(&order.number), Some(expected), "order {}", order.number);
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

/// Sale prices are prices: markdowns are not to be seen.
fn lose_markdowns(order: &Order, facts: &mut Facts) {
    for (line, (.., amount)) in order.basket.lines.iter().zip(&mut facts.lines) {
        *amount = line.net();
    }
    facts.discounts = order.basket.discount;
}

fn lose_refund_dates(facts: &mut Facts) {
    facts.refunds.iter_mut().for_each(|(_, at)| *at = None);
}

/// Accounts (and guests, where the platform lists them) come back with their e-mail, and what `check` asks for.
fn compare_customers(shop: &Shop, back: &Back, guests: bool, check: impl Fn(&CustomerRecord, &CustomerRecord)) {
    let mut found = back.customers();
    for person in 0..shop.people().len() as u32 {
        let known = shop.customer_record(person);
        if guests || shop.people()[person as usize].kind != Kind::Guest {
            let email = known.key.email.as_deref().unwrap();
            let came_back = found.remove(email).unwrap_or_else(|| panic!("{email} is missing"));
            assert_eq!(came_back.name, known.name);
            check(came_back, &known);
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

/// Every variant comes back; rows for products with variants may come with them.
fn compare_products(shop: &Shop, back: &Back, category: impl Fn(&str) -> String, brand: bool, cost: bool) {
    let found = back.products();
    for position in 0..shop.catalogue().products.len() {
        let known = shop.product_record(position);
        let came_back = found[known.sku.as_deref().unwrap()];
        assert_eq!((&came_back.title, came_back.price), (&known.title, known.price));
        assert_eq!(came_back.stock, known.stock);
        assert_eq!(came_back.cost, known.cost.filter(|_| cost));
        assert_eq!(came_back.brand, known.brand.filter(|_| brand));
        assert_eq!(came_back.category, known.category.as_deref().map(&category));
    }
}

fn agreed(customer: &CustomerRecord, channel: &str) -> Option<bool> {
    customer.consents.iter().find(|c| c.channel == channel).map(|c| c.granted)
}

#[test]
fn plain_tables_lose_nothing_of_an_order() {
    let shop = shop(400, 11);
    let back = there_and_back(&shop, "generic", &["lines.csv", "customers.csv", "products.csv"]);
    assert_eq!(back.sources, ["lines", "customers", "products"]);
    compare_orders(&shop, &back, |_, facts| Some(facts));
    compare_customers(&shop, &back, false, |back, known| {
        assert_eq!((&back.key, &back.country, back.created_at), (&known.key, &known.country, known.created_at));
        assert_eq!(["email", "sms"].map(|c| agreed(back, c)), ["email", "sms"].map(|c| agreed(known, c)));
    });
    compare_products(&shop, &back, str::to_owned, true, true);
}

#[test]
fn shopify_keeps_all_but_channels_refund_dates_and_customer_ids_of_orders() {
    let shop = shop(400, 12);
    let files = ["orders_export.csv", "customers_export.csv", "products_export.csv"];
    let back = there_and_back(&shop, "shopify", &files);
    assert_eq!(back.sources, ["shopify-orders", "shopify-customers", "shopify-products"]);
    compare_orders(&shop, &back, |order, mut facts| {
        lose_refund_dates(&mut facts);
        facts.shop_id = None;
        facts.country = facts.country.filter(|_| matches!(order.buyer, Buyer::Person(_)));
        facts.channel = Some(if order.channel == "pos" { "pos" } else { "web" }.into());
        Some(facts)
    });
    compare_customers(&shop, &back, true, |back, known| {
        assert_eq!(back.country, known.country);
        assert!(back.key.shop_id.as_deref().unwrap().ends_with(known.key.shop_id.as_deref().unwrap()));
        assert_eq!(["email", "sms"].map(|c| agreed(back, c)), ["email", "sms"].map(|c| agreed(known, c)));
    });
    compare_products(&shop, &back, str::to_owned, true, true);
}

#[test]
fn shopify_checkouts_are_carts_and_discounts_are_discounts() {
    let shop = shop(400, 12);
    let back = there_and_back(&shop, "shopify", &["checkouts_export.csv", "discounts_export.csv"]);
    assert_eq!(back.sources, ["shopify-checkouts", "shopify-discounts"]);
    assert!(back.orders.is_empty(), "an abandoned checkout is no revenue");
    let carts: Vec<_> =
        back.others.iter().filter_map(|r| if let Record::Cart(c) = r { Some(c) } else { None }).collect();
    assert_eq!(carts.len(), shop.cart_count());
    for (i, cart) in carts.iter().enumerate() {
        let known = shop.cart_record(&shop.cart(i));
        assert!(cart.key.ends_with(&known.key), "{} {}", cart.key, known.key);
        assert_eq!((cart.at, cart.total, &cart.customer.email), (known.at, known.total, &known.customer.email));
        // Markdowns of a line are in the total of the cart only.
        let amounts = |lines: &[cartwright::model::record::LineRecord]| {
            lines.iter().map(|l| (l.sku.clone(), l.quantity_milli, l.amount)).collect::<Vec<_>>()
        };
        assert_eq!(amounts(&cart.lines), amounts(&known.lines));
    }
    let discounts = back.others.iter().filter_map(|r| if let Record::Discount(d) = r { Some(d) } else { None });
    let told = |d: &cartwright::model::record::DiscountRecord| {
        (d.code.clone(), d.kind.clone(), d.value, d.starts_at, d.ends_at)
    };
    let known = shop.discount_records();
    assert_eq!(discounts.map(|d| told(d)).collect::<Vec<_>>(), known.iter().map(told).collect::<Vec<_>>());
}

#[test]
fn woocommerce_loses_markdowns_and_tests_and_calls_a_refund_in_part_completed() {
    let shop = shop(400, 13);
    let files = ["order_export.csv", "wc-customers-report-export.csv", "wc-product-export.csv"];
    let back = there_and_back(&shop, "woocommerce", &files);
    assert_eq!(back.sources, ["woocommerce-webtoffee-orders", "woocommerce-customers", "woocommerce-products"]);
    compare_orders(&shop, &back, |order, mut facts| {
        lose_markdowns(order, &mut facts);
        facts.codes.iter_mut().for_each(|code| *code = code.to_lowercase());
        facts.status = Some(facts.status).filter(|s| *s != OrderStatus::PartiallyRefunded).unwrap_or_default();
        (!facts.test).then_some(facts)
    });
    compare_customers(&shop, &back, true, |back, known| {
        assert_eq!((&back.country, back.created_at), (&known.country, known.created_at));
        assert_eq!(back.key.shop_id, None);
    });
    compare_products(&shop, &back, |name| format!("Home > {name}"), false, true);
}

#[test]
fn woocommerce_analytics_has_net_sales_and_refunds_as_rows_and_nobodys_name() {
    let shop = shop(400, 13);
    let back = there_and_back(&shop, "woocommerce", &["wc-orders-report-export.csv"]);
    assert_eq!(back.sources, ["woocommerce-orders"]);
    let mut found: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for part in &back.orders {
        assert!(part.customer.is_empty());
        let entry = found.entry(&part.key).or_default();
        entry.0 += part.total.unwrap_or(0);
        entry.1 += part.refunds.iter().map(|refund| refund.amount).sum::<i64>();
    }
    let orders = (0..shop.order_count()).map(|i| shop.order(i)).filter(|order| order.buyer != Buyer::Test);
    let known: Vec<_> = orders
        .map(|order| (order.number.to_string(), (order.basket.taxed(), order.basket.refund.map_or(0, |r| r.goods))))
        .collect();
    assert_eq!(found, known.iter().map(|(number, money)| (number.as_str(), *money)).collect());
}

#[test]
fn bigcommerce_loses_the_time_of_day_markdowns_tests_and_variants_in_titles() {
    let shop = shop(400, 14);
    let back = there_and_back(&shop, "bigcommerce", &["orders.csv", "customers.csv"]);
    assert_eq!(back.sources, ["bigcommerce-orders", "bigcommerce-customers"]);
    let midnight = |at: i64| ZONE.to_utc(ZONE.day(at).date().into());
    compare_orders(&shop, &back, |order, mut facts| {
        lose_markdowns(order, &mut facts);
        lose_refund_dates(&mut facts);
        facts.placed_at = midnight(facts.placed_at);
        facts.country = Some(order.region.country.into());
        facts.channel = Some(if order.channel == "pos" { "Point of sale" } else { "Storefront" }.into());
        for (line, (_, title, ..)) in order.basket.lines.iter().zip(&mut facts.lines) {
            title.clone_from(&shop.catalogue().products[line.product].title);
        }
        (!facts.test).then_some(facts)
    });
    compare_customers(&shop, &back, false, |back, known| {
        assert_eq!((&back.key, back.created_at), (&known.key, known.created_at.map(midnight)));
        assert!(back.country.is_some());
    });
}

#[test]
fn magentos_grid_has_totals_only() {
    let shop = shop(400, 15);
    let back = there_and_back(&shop, "magento", &["export.csv", "catalog_product.csv"]);
    assert_eq!(back.sources, ["magento-orders", "magento-products"]);
    compare_orders(&shop, &back, |_, mut facts| {
        lose_refund_dates(&mut facts);
        (facts.shop_id, facts.country, facts.tax) = (None, None, None);
        facts.channel = Some("Default Store View".into());
        facts.status = Some(facts.status).filter(|s| *s != OrderStatus::PartiallyRefunded).unwrap_or_default();
        (facts.discounts, facts.codes, facts.lines) = (0, Vec::new(), Vec::new());
        (!facts.test).then_some(facts)
    });
    compare_products(&shop, &back, str::to_owned, true, false);
}

#[test]
fn magentos_customers_have_dates_in_utc() {
    let shop = shop(400, 15);
    let back = there_and_back_with(&shop, "magento", &["customer.csv"], Zone::UTC);
    compare_customers(&shop, &back, false, |back, known| {
        assert_eq!((&back.key.email, back.created_at), (&known.key.email, known.created_at));
    });
}
