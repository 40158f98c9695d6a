//! Figures of platforms, step by step and at once.

use proptest::prelude::*;

use super::super::*;
use super::{DAY, Made, dataset, definitions, orders};
use crate::analytics::revenue::divide_rounded;
use crate::jobs::Progress;
use crate::model::dataset::{NO_DAY, flag};
use crate::model::definitions::Definitions;
use crate::model::record::OrderStatus;
use crate::model::{Currency, Dataset, Day, Locale, TooLittle, Zone};

const LATE: Day = Day(500);

fn told(data: &Dataset, definitions: &Definitions, asked: Asked) -> Result<Difference, TooLittle> {
    difference(data, definitions, LATE, &asked, &Progress::none()).unwrap()
}

fn asked(platform: Platform, days: (i32, i32)) -> Asked {
    Asked { platform, days: (Day(days.0), Day(days.1)), zone: None, theirs: None }
}

/// One order with everything, returned in part ten days later; a cancelled one; a test.
fn small() -> Vec<Made> {
    let sold = Made { off: 1_000, tax: 900, shipping: 500, refund: Some((1_040, 10)), ..Made::plain(0, 5, 10, 1_000) };
    let cancelled = Made { status: OrderStatus::Cancelled as u8, ..Made::plain(1, 6, 1, 2_000) };
    let test = Made { flags: flag::TEST, ..Made::plain(1, 7, 1, 300) };
    vec![sold, cancelled, test]
}

/// Goods 100.00 less 10.00, tax 9.00, shipping 5.00: 104.00 of which a tenth is given back.
#[test]
fn each_platform_counts_as_it_says() {
    let data = dataset(&small(), Zone::UTC);
    let own = Definitions::default();
    for (platform, figure, orders) in [
        (Platform::ShopifyGross, 12_000, 2),
        (Platform::ShopifyNet, 9_000, 1),
        (Platform::ShopifyTotal, 10_400, 1),
        (Platform::WooCommerceGross, 10_000, 1),
        (Platform::WooCommerceNet, 9_000, 1),
        (Platform::WooCommerceTotal, 10_400, 1),
        (Platform::Ga4Purchase, 11_300, 3),
        (Platform::Ga4Gross, 11_300, 3),
        (Platform::Ga4Total, 12_700, 3),
    ] {
        let found = told(&data, &own, asked(platform, (0, 10))).unwrap();
        assert_eq!(
            (found.ours, found.by_their_rules, found.their_orders),
            (8_100, figure, orders),
            "{}",
            platform.key()
        );
    }
    // The refund counts in the days in which it was made.
    let late = told(&data, &own, asked(Platform::ShopifyNet, (11, 20))).unwrap();
    assert_eq!((late.ours, late.by_their_rules, late.steps.last().unwrap().orders), (0, -900, 1));
}

#[test]
fn what_a_platform_says_beyond_its_rules_is_not_explained() {
    let data = dataset(&small(), Zone::UTC);
    let ask = Asked { theirs: Some(Theirs { amount: 9_250, imported: false }), ..asked(Platform::ShopifyNet, (0, 10)) };
    let found = told(&data, &Definitions::default(), ask).unwrap();
    assert_eq!(found.not_explained, Some(250));
    assert_eq!(found.left, [Left::CancelledDay(1)]);
    assert_eq!(
        said::outcome(&found, Locale::En),
        "$81.00 by your definitions is $90.00 as Shopify net sales; it says $92.50, of which +$2.50 is not explained"
    );
    let steps: Vec<String> = found.steps.iter().map(|step| said::step(step, Currency::USD, Locale::En)).collect();
    assert_eq!(steps, ["Refunds on their own day: +$9.00, 1 order"]);
}

#[test]
fn a_day_begins_in_the_zone_of_the_platform() {
    // Ten at night in New York is the next day in UTC.
    let made = [Made { at: 4 * DAY + 3 * 3_600, ..Made::plain(0, 4, 1, 1_000) }, Made::plain(0, 8, 1, 500)];
    let data = dataset(&made, Zone::UTC);
    let ask = Asked { zone: Zone::parse("America/New_York"), ..asked(Platform::ShopifyNet, (4, 10)) };
    let found = told(&data, &Definitions::default(), ask).unwrap();
    assert_eq!((found.steps[0].amount, found.steps[0].orders, found.by_their_rules), (-1_000, 1, 500));
}

#[test]
fn days_without_an_order_are_too_little() {
    let data = dataset(&small(), Zone::UTC);
    assert!(told(&data, &Definitions::default(), asked(Platform::ShopifyNet, (100, 120))).is_err());
}

/// The figure of a platform from the words of its rules, order by order, without the shop's own revenue.
fn from_scratch(data: &Dataset, own: &Definitions, asked: &Asked) -> (i64, u64) {
    let o = &data.orders;
    let zone = asked.zone.unwrap_or(own.zone);
    let has = |day: Day| asked.days.0 <= day && day <= asked.days.1;
    let key = asked.platform.key();
    let (gross, whole) = (matches!(key, "shopify-gross" | "woocommerce-gross"), key.ends_with("total"));
    let subtracts = matches!(key, "shopify-net" | "shopify-total" | "woocommerce-net" | "woocommerce-total" | "ga4");
    let counts = |status: OrderStatus| match (status, key.split('-').next().unwrap()) {
        (OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::PartiallyRefunded, _) => true,
        (OrderStatus::Pending, tool) => tool != "woocommerce",
        (OrderStatus::Cancelled, tool) => tool == "ga4" || key == "shopify-gross",
        (OrderStatus::Failed, _) => key == "shopify-gross",
    };
    let convert = |i: usize, minor: i64| own.convert(minor, data.currencies[usize::from(o.currency[i])]);
    let (mut sum, mut orders) = (0, 0);
    for i in 0..o.id.len() {
        let is_return = o.flags[i] & flag::RETURN != 0;
        let valid = (o.flags[i] & flag::TEST == 0 || key.starts_with("ga4")) && counts(o.status(i));
        let base = o.total.get(i) - if whole { 0 } else { o.tax.get(i) + o.shipping.get(i) };
        let (Some(value), true) = (convert(i, base), valid) else { continue };
        let inside = has(zone.day(o.placed_at[i]));
        if is_return {
            sum += if inside && subtracts { value } else { 0 };
            continue;
        }
        if inside {
            orders += 1;
            sum += value + if gross { convert(i, o.discount.get(i)).unwrap() } else { 0 };
        }
        for r in (0..data.refunds.order.len()).filter(|&r| subtracts && data.refunds.order[r] as usize == i) {
            let day = if data.refunds.day[r] == NO_DAY { o.day[i] } else { data.refunds.day[r] };
            if has(day) && day <= LATE {
                let part =
                    divide_rounded(i128::from(data.refunds.amount[r]) * i128::from(base), i128::from(o.total.get(i)));
                sum -= convert(i, part as i64).unwrap();
            }
        }
    }
    (sum, orders)
}

proptest! {
    #[test]
    fn the_last_step_is_the_figure_from_scratch(
        made in orders(),
        own in definitions(),
        zone in prop::option::of(prop::sample::select(vec!["Europe/Berlin", "Pacific/Auckland"])),
        from in 0_i32..80,
        length in 1_i32..60,
    ) {
        let data = dataset(&made, own.zone);
        let zone = zone.and_then(Zone::parse);
        for platform in Platform::ALL {
            let ask = Asked { zone, theirs: Some(Theirs { amount: 12_345, imported: true }), ..asked(platform, (from, from + length)) };
            let Ok(found) = told(&data, &own, ask) else { continue };
            prop_assert_eq!((found.by_their_rules, found.their_orders), from_scratch(&data, &own, &ask), "{}", platform.key());
            prop_assert_eq!(found.ours + found.steps.iter().map(|step| step.amount).sum::<i64>(), found.by_their_rules);
            prop_assert_eq!(found.not_explained, Some(12_345 - found.by_their_rules));
            // The first figure is the revenue that a change between these days and others tells.
            let names = crate::model::ChannelNames::default();
            let settings = Settings { before: ask.days, after: ask.days, by: Dimension::Newness, rows: 9 };
            let change = explain(&data, &own, LATE, &settings, &Naming { channels: &names, rules: None }, &Progress::none());
            if let Ok(change) = change.unwrap() {
                prop_assert_eq!((change.after.revenue(), change.after.orders), (found.ours, found.our_orders));
                prop_assert_eq!(change.amount(), 0);
            }
        }
    }
}
