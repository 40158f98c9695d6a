//! Rules: their logic, their members against a naive evaluation, and their SQL on real engines.

mod audience;
mod engines;
mod logic;
mod naive;
mod saved;

use std::path::Path;

use cartwright::analytics::rules::Sieve;
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::{Day, Rule};
use cartwright::ops::{Session, sample};
use cartwright::sample::Params;

/// A sample shop of 1,500 customers in a folder.
pub fn sample_shop(folder: &Path) -> Session {
    let params = Params { customers: 1_500, ..Params::default() };
    sample::create(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap()
}

/// A small shop with everything a rule can look at: attributes, tags, consents, codes, foreign money without a rate,
/// refunds, returns, empty and odd texts.
pub fn odd_shop(folder: &Path) -> Session {
    let mut session = Session::create(&folder.join("odd.cartwright"), "Odd “shop” -- '; DROP").unwrap();
    let files = [
        (
            "orders.csv",
            "order_id,created_at,customer_id,email,currency,sku,title,category,qty,unit_price,discount,total,channel,code,country\n\
             1,2026-01-05 10:00:00,1,a@example.com,USD,A,Tea,Drinks,2,10.00,,20.00,web,,DE\n\
             2,2026-02-07 11:30:00,2,b@example.com,USD,A,Tea,Drinks,1,10.00,1.00,9.00,web,SPRING,DE\n\
             3,2026-03-08 09:00:00,1,a@example.com,USD,B,\"O'Neil\\\\'s \"\"pot\"\"\",Pots,1,15.00,,15.00,,,\n\
             4,2026-03-09 09:00:00,3,c@example.com,JPY,B,,,1,1500,,1500,store,,JP\n\
             5,2026-03-10 09:00:00,3,c@example.com,USD,C,CAFÉ noir,drinks & more,3,5.00,5.00,10.00,store,it's 10%,JP\n\
             6,2026-03-11 09:00:00,4,d@example.com,USD,C,CAFÉ noir,drinks & more,1,5.00,,5.00,phone,SPRING,FR\n\
             7,2026-03-31 09:00:00,4,d@example.com,USD,A,Tea,Drinks,1,10.00,10.00,0.00,phone,,FR\n",
        ),
        (
            "customers.csv",
            "customer_id,email,name,country,created_at,tags,accepts_email,Size,Points\n\
             1,a@example.com,Ann,DE,2025-12-01 08:00:00,\"vip, early\",yes,L,12.5\n\
             2,b@example.com,Bob,DE,,early,no,M,7\n\
             5,e@example.com,Eve,,2026-03-20 08:00:00,,yes,o'l,many\n\
             6,f@example.com,Finn,GB,2026-01-20 08:00:00,,,,\n",
        ),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        let keep = ["Size", "Points"].map(|name| (name.to_owned(), name.to_lowercase())).to_vec();
        let choices = Choices { keep: if name == "customers.csv" { keep } else { Vec::new() }, ..Choices::default() };
        let preview = preview(&path, &choices, &Progress::none()).unwrap();
        let plan = session.plan(&preview, &choices).unwrap();
        session.import(&plan, &choices, &Progress::none()).unwrap();
    }
    session
}

/// The shop of the Online Retail data set, where it is there.
pub fn online_retail(folder: &Path) -> Option<Session> {
    let file = crate::shared::shared("data/online_retail/online_retail.csv")?;
    let mut session = Session::create(&folder.join("retail.cartwright"), "Online Retail").unwrap();
    let choices = Choices::default();
    let plan = session.plan(&preview(&file, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap();
    Some(session)
}

/// Rules over every field and every kind of test that the SQL has to know, for a shop like those above.
pub const RULES: &[&str] = &[
    "everybody",
    "nobody",
    "country is DE | US",
    "country is not DE",
    "country contains e",
    "country known",
    "not country is DE",
    "created within 120 days",
    "created before 2026-01-01 or birth_date known",
    "tag is early",
    "tag is not vip",
    "tag contains VI and not tag is nothing",
    "consent[email] yes",
    "consent[email] no",
    "not consent[email] yes",
    "has_email yes and has_phone no",
    "attribute[size] is L | M",
    "attribute[size] is not L",
    "attribute[size] contains \"'L\"",
    "attribute[points] >= 7.5",
    "not attribute[points] >= 7.5",
    "attribute[points] known",
    "orders >= 2",
    "orders = 0 in last 90 days",
    "orders between 1 and 3 from 2026-01-01 to 2026-03-10",
    "orders >= 1 400 to 100 days ago",
    "spend >= 25.5",
    "spend <= 100 in last 365 days",
    "order_average >= 12.5",
    "not order_average >= 12.5",
    "order_average between 5 and 60 in last 180 days",
    "first_order within 60 days",
    "last_order 30 days ago",
    "last_order from 2026-03-09 and first_order before 2026-03-01",
    "not last_order within 30 days",
    "last_order known",
    "sale_share >= 0.5",
    "sale_share = 0",
    "sale_share between 0.25 and 0.75 in last 365 days",
    "saved >= 3",
    "smallest_discount <= 0.12",
    "smallest_discount between 0.05 and 0.2 in last 365 days",
    "not smallest_discount >= 0.1 where (channel is web)",
    "orders >= 1 where (on_sale yes)",
    "orders >= 1 where (on_sale no, order_value >= 12)",
    "orders >= 1 where (channel is web)",
    "orders >= 1 where (channel is not web)",
    "orders >= 1 where (order_country is JP | GB | US)",
    "orders >= 1 where (code is SPRING | \"it's 10%\")",
    "orders >= 1 where (code is not SPRING)",
    "orders >= 1 where (code contains pri, channel known)",
    "spend >= 10 where (category is Drinks)",
    "orders >= 1 where (category contains drinks, sku is C)",
    "orders >= 2 where (product contains café) or orders >= 1 where (product contains CAF)",
    "orders >= 1 where (product is \"O'Neil\\\\'s \"\"pot\"\"\")",
    "orders >= 1 where (category is Drinks) and orders = 0 where (category is Pots)",
    "units >= 50 where (product contains christmas) and orders = 0 in last 90 days",
    "units >= 3",
    "units >= 2 where (category is Drinks) in last 200 days",
    "product_spend >= 20 where (sku is A)",
    "products >= 2",
    "products <= 1 where (brand known)",
    "carts >= 1 or last_cart within 30 days",
    "touches = 0 where (touch_kind is click) and not last_touch known",
    "segment is \"Regular Buyers\" | \"New Customers\"",
    "rfm_group is Champions | Loyal",
    "r_score >= 4 and f_score between 2 and 5 and m_score <= 4",
    "p_alive >= 0.5 and predicted_value between 1 and 100",
    "not p_alive >= 0.9",
    "not (segment is \"New Customers\" or orders >= 3)",
    "not (consent[email] yes and (attribute[points] >= 7.5 or country is DE))",
    "(orders >= 2 or spend >= 40) and not (sale_share >= 0.5 or country is DE) and has_email yes",
];

/// Customers by row id who are members of a rule.
pub fn members(sieve: &Sieve, rule: &Rule) -> Vec<u32> {
    let members = sieve.members(rule, &Progress::none()).unwrap();
    members.yes.iter().map(|at| sieve.shop.data.customers.id[at as usize]).collect()
}

/// The days that tests look at a shop: its last, one in its past, one before it.
pub fn days(sieve: &Sieve) -> Vec<Day> {
    let (first, last) = sieve.shop.data.span.unwrap();
    vec![last, Day((first.0 + 2 * last.0) / 3), Day(first.0 - 1)]
}
