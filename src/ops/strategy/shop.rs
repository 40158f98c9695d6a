//! What the shop's own files say: orders, customers, products, consents.

use std::collections::BTreeSet;

use super::Answer;
use crate::framework::guide::evidence::Finding;
use crate::model::dataset::{NO_CUSTOMER, NO_DAY};
use crate::model::details::Attributes;
use crate::model::{Dataset, Day, Definitions, Details, Locale};

const DAY: i64 = 86_400;
/// Days after which seasons come again, so that they can be told from a trend.
const TWO_YEARS: i32 = 730;
const MONTH_DAYS: f64 = 30.4375;

/// What answers are taken from.
pub struct Asked<'a> {
    pub data: &'a Dataset,
    pub details: &'a Details,
    pub definitions: &'a Definitions,
    pub as_of: Day,
}

impl Asked<'_> {
    /// All answers, by key.
    pub fn answers(&self) -> Vec<(String, Answer)> {
        let data = self.data;
        let orders: Vec<usize> = (0..data.orders.id.len()).filter(|i| data.orders.day[*i] <= self.as_of).collect();
        let share = |is: &dyn Fn(usize) -> bool| (orders.iter().filter(|i| is(**i)).count(), orders.len());
        let labelled = |label: u32| data.labels.get(label as usize).is_some_and(|text| !text.is_empty());
        let is_known = |i: usize| data.orders.customer[i] != NO_CUSTOMER;
        let orders_file = "no data: import the shop’s orders";
        let of_orders = |what: &str, n, page| counted(n, "orders", what, orders_file, page);
        let products: Vec<usize> = (0..data.products.id.len()).filter(|i| self.is_product(*i)).collect();
        let of_products = |is: &dyn Fn(usize) -> bool, what: &str| {
            let n = (products.iter().filter(|i| is(**i)).count(), products.len());
            counted(n, "products", what, "no data: import the shop’s products", "Imports")
        };
        let country = |i: usize| {
            let of_customer = || data.customers.country.get(data.orders.customer[i] as usize).copied().unwrap_or(0);
            self.details.order_country.get(i).is_some_and(|label| labelled(*label)) || labelled(of_customer())
        };
        let clock = |i: usize| self.definitions.zone.offset_at(data.orders.placed_at[i]);
        let timed = |i: usize| (data.orders.placed_at[i] + i64::from(clock(i))).rem_euclid(DAY) != 0;
        let lines = |i: usize| is_known(i) && data.orders.line_count[i] > 0;
        let answers = [
            ("orders", of_orders("on file", (orders.len(), orders.len()), "KPIs")),
            ("identified", of_orders("of a known customer", share(&is_known), "Segments")),
            ("purchases", of_orders("of a known customer, with their products", share(&lines), "Product paths")),
            ("discounts", of_orders("with a discount", share(&|i| data.orders.discount.get(i) > 0), "Discounts")),
            ("countries", of_orders("with a country", share(&country), "Segment builder")),
            ("sources", of_orders("with a channel", share(&|i| labelled(data.orders.channel[i])), "Attribution")),
            ("time_of_day", of_orders("with a time of day", share(&timed), "Campaign results")),
            ("seasons", self.seasons()),
            ("payments", self.attribute(&self.details.order_attributes, &["payment", "gateway"], "orders")),
            (
                "products",
                of_products(
                    &|i| labelled(data.products.category[i]) && data.products.price[i].is_some(),
                    "with category and price",
                ),
            ),
            ("stock", of_products(&|i| data.products.stock[i].is_some(), "with their stock")),
            ("costs", of_products(&|i| data.products.cost[i].is_some(), "with a unit cost")),
            ("age_gender", self.age_gender()),
            ("income", self.attribute(&self.details.customer_attributes, &["income", "salary"], "customers")),
            (
                "life_stage",
                self.attribute(
                    &self.details.customer_attributes,
                    &["life stage", "life_stage", "lifestage", "family", "household"],
                    "customers",
                ),
            ),
            ("email_consents", self.consents("email", "e-mail")),
            ("sms_consents", self.consents("sms", "SMS")),
        ];
        answers.map(|(key, answer)| (key.to_owned(), answer)).into()
    }

    /// Entry 0 of the products stands for lines whose product nobody knows.
    fn is_product(&self, i: usize) -> bool {
        self.data.products.id[i] != 0
    }

    fn seasons(&self) -> Answer {
        let Some((first, _)) = self.data.span.filter(|(first, _)| *first <= self.as_of) else {
            return Err("no data: import the shop’s orders".into());
        };
        let days = self.as_of.0 - first.0;
        let months = (f64::from(days) / MONTH_DAYS).floor();
        let enough = days >= TWO_YEARS;
        let more = if enough { "" } else { "; two years are needed to tell seasons from a trend" };
        Ok(Finding {
            text: format!("{months:.0} months of orders{more}"),
            value: Some(months),
            serves: Some(enough),
            how: format!("Orders from {} to {}", first.display(), self.as_of.display()),
            page: "Forecast",
        })
    }

    fn age_gender(&self) -> Answer {
        let known: BTreeSet<u32> = (0..)
            .zip(&self.details.birth_date)
            .filter(|(_, day)| **day != NO_DAY)
            .map(|(customer, _)| customer)
            .chain(with(&self.details.customer_attributes, &["age", "gender", "sex"]))
            .collect();
        let n = (known.len(), self.data.customers.id.len());
        let missing = "no data: import customers with their date of birth, or with an attribute such as gender";
        counted(n, "customers", "with age or gender", missing, "Segment builder")
    }

    /// Things with an attribute whose name is or contains a word.
    fn attribute(&self, of: &Attributes, words: &[&str], what: &str) -> Answer {
        let known: BTreeSet<u32> = with(of, words).collect();
        let all = if what == "orders" { self.data.orders.id.len() } else { self.data.customers.id.len() };
        let missing = format!("no data: import {what} with a column of their own for it, such as “{}”", words[0]);
        counted((known.len(), all), what, &format!("with “{}”", words[0]), &missing, "Segment builder")
    }

    fn consents(&self, channel: &str, name: &str) -> Answer {
        let answers = self.details.consents.get(channel).map_or(&[][..], Vec::as_slice);
        let heard = answers.iter().filter(|answer| answer.day <= self.as_of);
        // Of several answers of a customer the last one holds.
        let last: std::collections::BTreeMap<u32, bool> = heard.map(|one| (one.customer, one.granted)).collect();
        if last.is_empty() {
            return Err(format!(
                "no data: import customers, or the audience of the mailing tool, with their consent to {name}"
            ));
        }
        let granted = last.values().filter(|granted| **granted).count();
        let words = format!("of {} who answered agree to {name}", Locale::En.count(last.len() as u64));
        Ok(Finding {
            text: format!("{} {words}", Locale::En.count(granted as u64)),
            value: Some(granted as f64 / last.len() as f64),
            serves: Some(granted > 0),
            how: format!("Answers up to {}, the last of each customer", self.as_of.display()),
            page: "Segment builder",
        })
    }
}

/// What has an attribute whose name contains one of some words as a word of its own.
fn with<'a>(of: &'a Attributes, words: &'a [&str]) -> impl Iterator<Item = u32> + 'a {
    let is = |name: &str| {
        let name = name.to_lowercase();
        let mut parts = name.split(|c: char| !c.is_alphanumeric());
        words.iter().any(|word| name == *word || parts.any(|part| part == *word))
    };
    of.iter().filter(move |(name, _)| is(name)).flat_map(|(_, values)| values.iter().map(|(at, _)| *at))
}

/// So many of all; without any there are no data.
pub fn counted((n, all): (usize, usize), things: &str, what: &str, missing: &str, page: &'static str) -> Answer {
    if n == 0 {
        return Err(missing.to_owned());
    }
    let share = n as f64 / all as f64;
    let text = match n == all {
        true => format!("{} {things} {what}", Locale::En.count(n as u64)),
        false => format!("{} of {things} {what}", Locale::En.percent(share, 1)),
    };
    let how = format!("{} of {} {things}", Locale::En.count(n as u64), Locale::En.count(all as u64));
    Ok(Finding { text, value: Some(share), serves: Some(true), how, page })
}
