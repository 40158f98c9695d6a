//! A second opinion: each customer on its own, every order looked at again for every condition.

use cartwright::analytics::revenue::Revenue;
use cartwright::analytics::rules::{FigureOf, Sieve};
use cartwright::jobs::Progress;
use cartwright::model::dataset::NO_DAY;
use cartwright::model::rule::{Condition, FieldId, Kind, Narrow, Rule, Test};
use cartwright::model::{Dataset, Day};

use super::{RULES, days, members, odd_shop, sample_shop};

/// True, false or unknown of one customer.
fn truth(sieve: &Sieve, rule: &Rule, who: usize) -> Option<bool> {
    match rule {
        Rule::All(rules) => {
            let all: Vec<_> = rules.iter().map(|rule| truth(sieve, rule, who)).collect();
            if all.contains(&Some(false)) { Some(false) } else { (!all.contains(&None)).then_some(true) }
        }
        Rule::Any(rules) => {
            let all: Vec<_> = rules.iter().map(|rule| truth(sieve, rule, who)).collect();
            if all.contains(&Some(true)) { Some(true) } else { (!all.contains(&None)).then_some(false) }
        }
        Rule::Not(rule) => truth(sieve, rule, who).map(|is| !is),
        Rule::InSegment(_) => None,
        Rule::Where(condition) => asked(sieve, condition, who),
    }
}

fn of_text(test: &Test, text: Option<&str>) -> Option<bool> {
    match (test, text) {
        (Test::Known, text) => Some(text.is_some()),
        (test, text) if test.is_numeric() => {
            let number: f64 = text?.parse().ok()?;
            Some(of_number(test, number))
        }
        (test, text) => Some(test.of_text(text?)),
    }
}

fn of_number(test: &Test, number: f64) -> bool {
    match *test {
        Test::AtLeast(n) => number >= n - 1e-9,
        Test::AtMost(n) => number <= n + 1e-9,
        Test::Exactly(n) => (number - n).abs() < 1e-9,
        Test::Between(low, high) => number >= low - 1e-9 && number <= high + 1e-9,
        _ => false,
    }
}

fn of_day(test: &Test, day: Option<Day>, as_of: Day) -> Option<bool> {
    if *test == Test::Known { Some(day.is_some()) } else { Some(test.of_day(day?, as_of)) }
}

fn word(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn asked(sieve: &Sieve, condition: &Condition, who: usize) -> Option<bool> {
    let (data, details, as_of) = (&*sieve.shop.data, &*sieve.shop.details, sieve.as_of);
    let Condition { field, of, test, only, within } = condition;
    let of = of.as_deref().unwrap_or_default();
    let known = |day: Day| (day != NO_DAY).then_some(day);
    let in_days = |day: Day| match within.map(|window| window.days(as_of)) {
        Some((from, to)) => day >= from && day <= to,
        None => day <= as_of,
    };
    let mine = |at: u32| at as usize == who;
    match field {
        FieldId::Country => of_text(test, word(&data.labels[data.customers.country[who] as usize])),
        FieldId::Created => of_day(test, known(data.customers.created[who]), as_of),
        FieldId::BirthDate => of_day(test, known(details.birth_date[who]), as_of),
        FieldId::HasEmail => Some(test.of_flag(details.has_email[who])),
        FieldId::HasPhone => Some(test.of_flag(details.has_phone[who])),
        FieldId::Tag => {
            let mut own = details.tags.iter().filter(|(_, all)| all.iter().any(|at| mine(*at)));
            Some(match test {
                Test::IsNot(_) => own.all(|(tag, _)| test.of_text(tag)),
                _ => own.any(|(tag, _)| test.of_text(tag)),
            })
        }
        FieldId::Consent => {
            let answer =
                details.consents.get(of)?.iter().find(|answer| mine(answer.customer) && answer.day <= as_of)?;
            Some(test.of_flag(answer.granted))
        }
        FieldId::Attribute => {
            let values = details.customer_attributes.get(of);
            let own = values.and_then(|values| values.iter().find(|(at, _)| mine(*at)));
            of_text(test, own.map(|(_, text)| details.texts.get(*text)))
        }
        FieldId::Carts => Some(of_number(
            test,
            details.carts.iter().filter(|c| mine(c.customer) && c.day != NO_DAY && in_days(c.day)).count() as f64,
        )),
        FieldId::LastCart => {
            let days = details.carts.iter().filter(|c| mine(c.customer) && c.day != NO_DAY && in_days(c.day));
            of_day(test, days.map(|c| c.day).max(), as_of)
        }
        FieldId::Touches => {
            Some(of_number(test, details.touches.iter().filter(|t| mine(t.customer) && in_days(t.day)).count() as f64))
        }
        FieldId::LastTouch => {
            let days = details.touches.iter().filter(|t| mine(t.customer) && in_days(t.day));
            of_day(test, days.map(|t| t.day).max(), as_of)
        }
        FieldId::Segment | FieldId::RfmGroup => match sieve.figure(*field, who) {
            Some(FigureOf::Text(name)) => of_text(test, Some(name)),
            _ => of_text(test, None),
        },
        FieldId::RecencyScore
        | FieldId::FrequencyScore
        | FieldId::MoneyScore
        | FieldId::PAlive
        | FieldId::PredictedValue => match sieve.figure(*field, who)? {
            FigureOf::Number(n) => {
                Some(of_number(test, n as f64 / field.scale(sieve.shop.definitions.currency) as f64))
            }
            FigureOf::Text(_) => None,
        },
        _ => bought(sieve, condition, only, &in_days, who),
    }
}

fn bought(
    sieve: &Sieve,
    condition: &Condition,
    only: &[Narrow],
    in_days: &dyn Fn(Day) -> bool,
    who: usize,
) -> Option<bool> {
    let (data, definitions, as_of) = (&*sieve.shop.data, &sieve.shop.definitions, sieve.as_of);
    let revenue = Revenue::new(data, definitions, as_of);
    let worth = |i: usize| {
        let refunds = (0..data.refunds.order.len()).filter(|&r| data.refunds.order[r] as usize == i);
        revenue.before_refunds(i) - refunds.map(|r| revenue.refunded(r)).sum::<i64>()
    };
    let major = |minor: i64| definitions.currency.major(minor);
    let (mut orders, mut on_sale, mut spend, mut saved) = (0, 0, 0, 0);
    let mut smallest: Option<f64> = None;
    let (mut units, mut price, mut products) = (0, 0, std::collections::BTreeSet::new());
    let mut bought_on: Vec<Day> = Vec::new();
    for i in data.orders.of_customer(who).filter(|&i| data.orders.day[i] <= as_of && in_days(data.orders.day[i])) {
        let lines: Vec<usize> = (0..data.orders.line_count[i] as usize)
            .map(|n| data.orders.line_start[i] as usize + n)
            .filter(|&line| only.iter().all(|narrow| line_is(sieve, narrow, line) != Some(false)))
            .collect();
        let about_lines = only.iter().any(|narrow| narrow.field.field().about == cartwright::model::rule::About::Line);
        let right =
            only.iter().all(|narrow| order_is(sieve, narrow, i, worth(i), revenue.is_counted(i)) != Some(false));
        if !right || (about_lines && lines.is_empty()) {
            continue;
        }
        if !revenue.is_counted(i) {
            let counts = definitions.counts(data.orders.status(i)) && data.orders.flags[i] & 1 == 0;
            if counts && !revenue.convertible(i) {
                return if condition.test == Test::Known { Some(false) } else { None };
            }
            continue;
        }
        spend += worth(i);
        if revenue.is_purchase(i) {
            orders += 1;
            on_sale += i64::from(data.orders.discount.get(i) > 0);
            saved += data.orders.discount.get(i);
            smallest = off_price(data, i).into_iter().chain(smallest).reduce(f64::min);
            bought_on.push(data.orders.day[i]);
        }
        for line in lines {
            units += data.lines.quantity_milli.get(line);
            price += data.lines.amount.get(line) - data.lines.discount.get(line);
            if data.lines.quantity_milli.get(line) > 0 && data.lines.product[line] > 0 {
                products.insert(data.lines.product[line]);
            }
        }
    }
    let test = &condition.test;
    let per_order = |number: f64| (orders > 0).then(|| of_number(test, number / orders as f64));
    match condition.field {
        FieldId::Orders => Some(of_number(test, orders as f64)),
        FieldId::Spend => Some(of_number(test, major(spend))),
        FieldId::Saved => Some(of_number(test, major(saved))),
        FieldId::OrderAverage => per_order(major(spend)),
        FieldId::SaleShare => per_order(on_sale as f64),
        FieldId::SmallestDiscount => smallest.map(|share| of_number(test, share)),
        FieldId::FirstOrder => of_day(test, bought_on.iter().min().copied(), as_of),
        FieldId::LastOrder => of_day(test, bought_on.iter().max().copied(), as_of),
        FieldId::Units => Some(of_number(test, units as f64 / 1_000.0)),
        FieldId::ProductSpend => Some(of_number(test, major(price))),
        FieldId::Products => Some(of_number(test, products.len() as f64)),
        other => panic!("{other:?} is new here"),
    }
}

/// The part of the goods' price that was taken off, to a millionth.
fn off_price(data: &Dataset, i: usize) -> Option<f64> {
    let (o, from) = (&data.orders, data.orders.line_start[i] as usize);
    let of_lines: i64 = (0..o.line_count[i] as usize).map(|n| data.lines.amount.get(from + n)).sum();
    let paid = o.total.get(i) - o.tax.get(i) - o.shipping.get(i) + o.discount.get(i);
    let (off, price) = (o.discount.get(i), if of_lines > 0 { of_lines } else { paid });
    (off > 0 && price > 0).then(|| ((off as f64 / price as f64).min(1.0) * 1e6).round().max(1.0) / 1e6)
}

/// `None` when the narrowing is not about orders.
fn order_is(sieve: &Sieve, narrow: &Narrow, i: usize, worth: i64, counted: bool) -> Option<bool> {
    let (data, details) = (&*sieve.shop.data, &*sieve.shop.details);
    let label = |number: u32| word(&data.labels[number as usize]);
    let codes =
        || details.codes.iter().filter(|(order, _)| *order as usize == i).map(|(_, code)| &data.labels[*code as usize]);
    let answer = match narrow.field {
        FieldId::Channel => of_text(&narrow.test, label(data.orders.channel[i])),
        FieldId::OrderCountry => of_text(&narrow.test, details.order_country.get(i).and_then(|c| label(*c))),
        FieldId::OnSale => Some(narrow.test.of_flag(data.orders.discount.get(i) > 0)),
        FieldId::OrderValue => Some(counted && of_number(&narrow.test, sieve.shop.definitions.currency.major(worth))),
        FieldId::Code if matches!(narrow.test, Test::IsNot(_)) => Some(codes().all(|code| narrow.test.of_text(code))),
        FieldId::Code => Some(codes().any(|code| narrow.test.of_text(code))),
        _ => return None,
    };
    Some(answer == Some(true))
}

/// `None` when the narrowing is not about lines.
fn line_is(sieve: &Sieve, narrow: &Narrow, line: usize) -> Option<bool> {
    let (data, details): (&Dataset, _) = (&sieve.shop.data, &*sieve.shop.details);
    let product = data.lines.product[line] as usize;
    let names = &details.products;
    let text = match narrow.field {
        FieldId::Product => details.texts.get(names.title[product]),
        FieldId::Sku => details.texts.get(names.sku[product]),
        FieldId::Brand => details.texts.get(names.brand[product]),
        FieldId::Category => &data.labels[data.products.category[product] as usize],
        _ => return None,
    };
    Some(of_text(&narrow.test, word(text)) == Some(true))
}

#[test]
fn members_are_those_a_naive_evaluation_finds() {
    let folder = tempfile::tempdir().unwrap();
    for mut session in [odd_shop(folder.path()), sample_shop(folder.path())] {
        let last = session.sieve(None, &Progress::none()).unwrap();
        for as_of in days(&last) {
            let sieve = session.sieve(Some(as_of), &Progress::none()).unwrap();
            for text in RULES {
                let rule = Rule::parse(text).unwrap();
                rule.check().unwrap_or_else(|why| panic!("{text}: {why}"));
                let ours = sieve.members(&rule, &Progress::none()).unwrap();
                for who in 0..sieve.facts.len() {
                    let expected = if sieve.facts[who].present { truth(&sieve, &rule, who) } else { Some(false) };
                    let got = match (ours.yes.has(who), ours.unknown.has(who)) {
                        (true, _) => Some(true),
                        (_, true) => None,
                        _ => Some(false),
                    };
                    assert_eq!(got, expected, "{text} as of {as_of}, customer {who}");
                }
            }
        }
    }
}

#[test]
fn the_rules_of_these_tests_reach_every_field_and_tell_customers_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (odd, sample) = (
        odd_shop(folder.path()).sieve(None, &Progress::none()).unwrap(),
        sample_shop(folder.path()).sieve(None, &Progress::none()).unwrap(),
    );
    let rules: Vec<Rule> = RULES.iter().map(|text| Rule::parse(text).unwrap()).collect();
    let untested: Vec<_> = cartwright::model::rule::FIELDS
        .iter()
        .filter(|field| {
            let used = |c: &&Condition| c.field == field.id || c.only.iter().any(|narrow| narrow.field == field.id);
            !rules.iter().any(|rule| rule.conditions().iter().any(used))
        })
        .map(|field| field.key)
        .collect();
    assert_eq!(untested, ["order_attribute", "product_attribute", "touch_channel", "campaign"]);
    assert!(rules.iter().any(|rule| rule.conditions().iter().any(|c| c.field.field().kind == Kind::Share)));
    let split = rules.iter().filter(|rule| {
        [&odd, &sample].iter().any(|sieve| {
            let n = members(sieve, rule).len();
            n > 0 && n < sieve.facts.len()
        })
    });
    assert!(split.count() > 45);
}
