//! Properties that hold for any shop: segments share out the customers, figures are sums of their orders, and the past
//! does not change when the future is known.

use std::sync::Arc;

use cartwright::analytics::cohorts::{Grouping, Settings, Step, active, cohorts, members};
use cartwright::analytics::course::{Course, Stay};
use cartwright::analytics::door;
use cartwright::analytics::facts::{CustomerFacts, customer_facts, year_to};
use cartwright::analytics::movement;
use cartwright::analytics::revenue::Revenue;
use cartwright::analytics::rfm;
use cartwright::analytics::segments::{NOT_PRESENT, SegmentRules, SegmentTable, segment_table};
use cartwright::jobs::Progress;
use cartwright::model::dataset::*;
use cartwright::model::definitions::{Definitions, Part};
use cartwright::model::figure::METRICS;
use cartwright::model::{Currency, Day, MetricId};
use proptest::prelude::*;

/// An order as the strategies draw it: customer (the last number = unidentified), day, total, tax, status, refund.
pub type Drawn = (usize, i32, i64, i64, u8, Option<(i64, i32)>);

const CUSTOMERS: usize = 5;

pub fn orders() -> impl Strategy<Value = Vec<Drawn>> {
    let refund = prop::option::of((1_i64..5_000, 0_i32..40));
    prop::collection::vec((0..=CUSTOMERS, 19_000_i32..20_000, -500_i64..9_000, 0_i64..200, 0_u8..6, refund), 0..60)
}

/// Lays drawn orders out as the workspace does: by customer, then by time.
pub fn dataset(drawn: &[Drawn]) -> Dataset {
    laid_out(drawn, CUSTOMERS)
}

/// The same of any number of customers.
pub fn laid_out(drawn: &[Drawn], customers: usize) -> Dataset {
    let mut sorted: Vec<&Drawn> = drawn.iter().collect();
    sorted.sort_by_key(|d| (d.0, d.1));
    let mut o = Orders::default();
    let mut r = Refunds::default();
    for (i, &&(customer, day, total, tax, status, refund)) in (0_u32..).zip(&sorted) {
        o.id.push(i + 1);
        o.customer.push(if customer == customers { NO_CUSTOMER } else { customer as u32 });
        o.placed_at.push(i64::from(day) * 86_400);
        o.day.push(Day(day));
        o.total.push(total);
        o.tax.push(tax.min(total.max(0)));
        o.shipping.push(0);
        o.discount.push(0);
        o.status.push(status);
        o.flags.push(if total < 0 { flag::RETURN } else { 0 });
        o.currency.push(0);
        o.channel.push(0);
        o.line_start.push(0);
        o.line_count.push(0);
        if let Some((amount, after)) = refund.filter(|_| total > 0) {
            r.order.push(i);
            r.day.push(if after == 0 { NO_DAY } else { Day(day + after) });
            r.imported.push(Day(20_100));
            r.amount.push(amount.min(total));
        }
    }
    o.by_customer = (0..=customers).map(|c| sorted.iter().filter(|d| d.0 < c).count() as u32).collect();
    let span = o.day.iter().min().copied().zip(o.day.iter().max().copied());
    let known = Customers {
        id: (1..=customers as u32).collect(),
        created: vec![NO_DAY; customers],
        country: vec![0; customers],
    };
    Dataset {
        customers: Arc::new(known),
        orders: Arc::new(o),
        refunds: Arc::new(r),
        currencies: vec![Currency::USD],
        span,
        ..Default::default()
    }
}

fn table(data: &Dataset, definitions: &Definitions, as_of: Day, rules: Option<SegmentRules>) -> SegmentTable {
    segment_table(data, definitions, as_of, rules, &Progress::none()).unwrap().unwrap()
}

pub fn any_definitions() -> impl Strategy<Value = Definitions> {
    let part = || prop::sample::select(vec![Part::Included, Part::Excluded]);
    (part(), part(), part()).prop_map(|(tax, refunds, free_orders)| Definitions {
        tax,
        refunds,
        free_orders,
        ..Default::default()
    })
}

proptest! {
    #[test]
    fn the_rows_behind_every_figure_fold_to_the_figure(
        drawn in orders(), definitions in any_definitions(), day in 19_000_i32..20_050
    ) {
        let data = dataset(&drawn);
        let Ok(table) = segment_table(&data, &definitions, Day(day), None, &Progress::none()).unwrap() else {
            return Ok(());
        };
        let cells = table.rows.iter().chain([&table.total]);
        let mut figures: Vec<_> = cells.flat_map(|row| METRICS.iter().map(|m| table.figure(row, m.id))).collect();
        for customer in 0..CUSTOMERS as u32 {
            for in_year in [true, false] {
                figures.push(table.customer_figure(customer, MetricId::Orders, in_year));
                figures.push(table.customer_figure(customer, MetricId::Revenue, in_year));
            }
        }
        for figure in figures {
            let door = door::open(&figure, &table, &data, &definitions, &Progress::none()).unwrap();
            prop_assert_eq!(door.folded, figure.value, "{:?}", figure);
        }
    }

    #[test]
    fn every_customer_is_in_one_segment_and_the_rows_add_up(drawn in orders(), definitions in any_definitions(), day in 19_000_i32..20_100) {
        let data = dataset(&drawn);
        let Ok(Ok(t)) = segment_table(&data, &definitions, Day(day), None, &Progress::none()) else { return Ok(()) };
        let present = t.segment_of.iter().filter(|&&s| s != NOT_PRESENT).count() as u64;
        prop_assert_eq!(t.total.customers, present);
        for (part, whole) in [
            (t.rows.iter().map(|r| r.customers as i64).sum::<i64>(), t.total.customers as i64),
            (t.rows.iter().map(|r| r.orders as i64).sum(), t.total.orders as i64),
            (t.rows.iter().map(|r| r.revenue).sum(), t.total.revenue),
            (t.rows.iter().map(|r| r.lifetime_revenue).sum(), t.total.lifetime_revenue),
        ] {
            prop_assert_eq!(part, whole);
        }
        if t.total.revenue > 0 {
            let shares: f64 = t.rows.iter().filter_map(|r| r.revenue_share).sum();
            prop_assert!((shares - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn figures_are_the_sums_of_their_orders(drawn in orders(), definitions in any_definitions(), day in 19_000_i32..20_100) {
        let data = dataset(&drawn);
        let Ok(Ok(t)) = segment_table(&data, &definitions, Day(day), None, &Progress::none()) else { return Ok(()) };
        let revenue = Revenue::new(&data, &definitions, Day(day));
        let (from, to) = year_to(Day(day));
        let (mut identified, mut rest) = (0, 0);
        for i in 0..data.orders.id.len() {
            let when = data.orders.day[i];
            if when < from || when > to || !revenue.is_counted(i) {
                continue;
            }
            let refunds: i64 = revenue.refunds_of(i, i + 1).map(|r| revenue.refunded(r)).sum();
            let sum = if data.orders.customer[i] == NO_CUSTOMER { &mut rest } else { &mut identified };
            *sum += revenue.before_refunds(i) - refunds;
        }
        prop_assert_eq!(t.total.revenue, identified);
        prop_assert_eq!(t.unidentified.revenue, rest);
    }

    #[test]
    fn cohorts_share_out_customers_orders_and_revenue(
        drawn in orders(), definitions in any_definitions(), day in 19_000_i32..20_100, step in 0_usize..5
    ) {
        let (data, as_of) = (dataset(&drawn), Day(day));
        let settings = Settings { step: Step::ALL[step], ages: 2_000, ..Settings::default() };
        let Ok(found) = cohorts(&data, &definitions, as_of, settings, &Progress::none()).unwrap() else { return Ok(()) };
        let facts = customer_facts(&data, &definitions, as_of, &Progress::none()).unwrap();
        let buyers: Vec<_> = facts.iter().filter(|f| f.orders > 0).collect();
        prop_assert_eq!(found.rows.iter().map(|row| row.customers).sum::<u64>(), buyers.len() as u64);
        let cells = || found.rows.iter().flat_map(|row| &row.cells);
        prop_assert_eq!(cells().map(|c| c.orders).sum::<u64>(), buyers.iter().map(|f| u64::from(f.orders)).sum::<u64>());
        for row in &found.rows {
            prop_assert!(row.cells[0].active == row.customers && row.cells.iter().all(|c| c.active <= c.eligible));
            prop_assert!(row.cells.iter().all(|c| c.active <= c.orders && c.eligible == row.customers));
        }
        let sets = members((&data, &[]), &definitions, as_of, settings, &Progress::none()).unwrap();
        for (row, set) in found.rows.iter().zip(&sets) {
            prop_assert_eq!(set.count(), row.customers);
            for (age, cell) in row.cells.iter().enumerate().filter(|(age, cell)| *age < 4 || cell.active > 0) {
                let who = active(&data, &definitions, as_of, settings, (set, age));
                prop_assert_eq!(who.count(), cell.active, "age {}", age);
            }
        }
        // Returns from before the first purchase belong to no age.
        let from_first = |f: &&&CustomerFacts| f.revenue;
        let at_most: i64 = buyers.iter().map(|f| from_first(&f)).sum();
        let counted: i64 = cells().map(|c| c.revenue).sum();
        prop_assert!(counted >= at_most, "{} {}", counted, at_most);
        for by in Grouping::ALL {
            let settings = Settings { by, ..settings };
            let found = cohorts(&data, &definitions, as_of, settings, &Progress::none()).unwrap().unwrap();
            prop_assert_eq!(found.total.customers, buyers.len() as u64, "{:?}", by);
            let sets = members((&data, &[]), &definitions, as_of, settings, &Progress::none()).unwrap();
            for (row, set) in found.rows.iter().zip(&sets) {
                prop_assert_eq!(set.count(), row.customers);
                for (age, cell) in row.cells.iter().enumerate().take(4) {
                    prop_assert_eq!(active(&data, &definitions, as_of, settings, (set, age)).count(), cell.active);
                }
            }
            prop_assert!(found.rows.iter().flat_map(|row| &row.cells).all(|c| c.active <= c.eligible));
        }
    }

    #[test]
    fn stays_in_segments_are_what_the_tables_of_every_day_say(
        drawn in orders(), definitions in any_definitions(), day in 19_100_i32..20_050, created in prop::option::of(18_990_i32..20_000)
    ) {
        let mut data = dataset(&drawn);
        let mut customers = (*data.customers).clone();
        customers.created[0] = created.map_or(NO_DAY, Day);
        data.customers = Arc::new(customers);
        let revenue = Revenue::new(&data, &definitions, Day(day));
        let rules = SegmentRules::default();
        let stays: Vec<Vec<Stay>> =
            (0..CUSTOMERS).map(|c| Course::of(&data, &revenue, c).stays(&rules, Day(day))).collect();
        // Every day near a change, and some between.
        let near = stays.iter().flatten().filter_map(|stay| stay.from).flat_map(|from| [from.0 - 1, from.0, from.0 + 1]);
        let days = near.chain((19_000..=day).step_by(37)).chain([day]).filter(|d| *d <= day);
        for d in days {
            let table = table_or_none(&data, &definitions, Day(d), Some(rules));
            for (c, stays) in stays.iter().enumerate() {
                let there = table.as_ref().map_or(NOT_PRESENT, |t| t.segment_of[c]);
                let stay = stays.iter().rfind(|stay| stay.from.is_none_or(|from| from.0 <= d));
                let told = stay.and_then(|stay| stay.segment).map_or(NOT_PRESENT, |s| s as u8);
                prop_assert_eq!(told, there, "customer {} on day {}: {:?}", c, d, stays);
            }
        }
    }

    #[test]
    fn movement_is_what_two_tables_say_and_begins_where_the_segment_does(
        drawn in orders(), definitions in any_definitions(), day in 19_100_i32..20_050, back in 1_i32..400
    ) {
        let data = dataset(&drawn);
        let at = |day: i32, rules| segment_table(&data, &definitions, Day(day), rules, &Progress::none()).unwrap();
        let Ok(after) = at(day, None) else { return Ok(()) };
        let Ok(before) = at(day - back, Some(after.rules)) else { return Ok(()) };
        let moved = movement::of_segments(&data, &definitions, (&before, &after), &Progress::none()).unwrap();
        let there = after.segment_of.iter().zip(&before.segment_of).filter(|(a, b)| **a != NOT_PRESENT || **b != NOT_PRESENT);
        prop_assert_eq!(moved.counts.iter().flatten().sum::<u64>(), there.count() as u64);
        for one in moved.moves.iter().filter(|one| usize::from(one.after) < 5) {
            let since = one.since.unwrap().0;
            let segment = |day: i32| at(day, Some(after.rules)).map_or(NOT_PRESENT, |t| t.segment_of[one.customer as usize]);
            prop_assert!(since <= day && since > day - back, "{} {}", since, day);
            prop_assert_eq!(segment(since), one.after);
            prop_assert!(segment(since - 1) != one.after);
        }
    }

    #[test]
    fn what_happened_later_does_not_change_an_earlier_day(drawn in orders(), day in 19_000_i32..20_000) {
        let known: Vec<Drawn> = drawn.iter().filter(|d| d.1 <= day).copied().map(|mut d| {
            d.5 = d.5.filter(|(_, after)| d.1 + after <= day);
            d
        }).collect();
        let (all, past) = (dataset(&drawn), dataset(&known));
        let definitions = Definitions::default();
        let rules = Some(SegmentRules::default());
        let wound_back = table_or_none(&all, &definitions, Day(day), rules);
        let then = table_or_none(&past, &definitions, Day(day), rules);
        let (Some(a), Some(b)) = (wound_back, then) else { return Ok(()) };
        // Accounts whose only orders lie in the future are unknown then; the past has them as accounts without orders.
        let bought = |t: &SegmentTable| t.facts.iter().map(|f| (f.orders, f.revenue, f.revenue_in_year, f.last)).collect::<Vec<_>>();
        prop_assert_eq!(bought(&a), bought(&b));
        prop_assert_eq!(a.rows[0].customers, b.rows[0].customers);
        prop_assert_eq!(a.rows[3].revenue, b.rows[3].revenue);
        prop_assert_eq!(a.unidentified, b.unidentified);
    }

    #[test]
    fn ntiles_differ_by_one_at_most_and_follow_the_order(values in prop::collection::vec(-50_i64..50, 5..200), bins in 2_u8..9) {
        let tiles = rfm::ntile(&values, bins);
        let sizes: Vec<usize> = (1..=bins).map(|b| tiles.iter().filter(|&&t| t == b).count()).collect();
        prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1 || values.len() < bins as usize);
        for i in 0..values.len() {
            for j in 0..values.len() {
                prop_assert!(values[i] >= values[j] || tiles[i] <= tiles[j]);
            }
        }
        let cuts = rfm::cut(&values, bins);
        for i in 0..values.len() {
            for j in 0..values.len() {
                prop_assert!(values[i] != values[j] || cuts[i] == cuts[j]);
            }
        }
    }
}

fn table_or_none(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    rules: Option<SegmentRules>,
) -> Option<SegmentTable> {
    segment_table(data, definitions, as_of, rules, &Progress::none()).ok()?.ok()
}

#[test]
fn segments_of_a_shop_small_enough_to_count_by_hand() {
    // One order each on the days given, 10.00 apiece, no tax; as of day 20,000.
    let visits: [&[i32]; CUSTOMERS] = [
        &[19_700, 19_750, 19_800, 19_850, 19_950], // five in a year, the last 50 days ago
        &[19_700, 19_750],                         // two in a year
        &[19_100],                                 // one, long ago
        &[19_980],                                 // the first 20 days ago
        &[],                                       // none
    ];
    let drawn: Vec<Drawn> =
        visits.iter().enumerate().flat_map(|(c, days)| days.iter().map(move |&d| (c, d, 1_000, 0, 0, None))).collect();
    let t = table(&dataset(&drawn), &Definitions::default(), Day(20_000), Some(SegmentRules::default()));
    assert_eq!(t.segment_of, [0, 1, 2, 3, 4]);
    let revenue: Vec<i64> = t.rows.iter().map(|r| r.revenue).collect();
    assert_eq!(revenue, [5_000, 2_000, 0, 1_000, 0]);
    assert_eq!(t.rows[0].frequency_per_year, Some(5.0));
    assert_eq!((t.rows[2].aov, t.rows[2].ltv), (None, Some(1_000)));
    assert_eq!(t.total.aov, Some(1_000));
}

#[test]
fn a_refund_takes_its_share_of_tax_and_shipping_with_it() {
    let mut definitions = Definitions::default();
    // 120.00 with 20.00 tax; half of it given back ten days later.
    let data = dataset(&[(0, 19_500, 12_000, 2_000, 0, Some((6_000, 10)))]);
    let revenue = |definitions: &Definitions, day| table(&data, definitions, Day(day), None).total.lifetime_revenue;
    assert_eq!(revenue(&definitions, 19_505), 10_000);
    assert_eq!(revenue(&definitions, 19_510), 5_000);
    definitions.tax = Part::Included;
    assert_eq!(revenue(&definitions, 19_510), 6_000);
    definitions.refunds = Part::Excluded;
    assert_eq!(revenue(&definitions, 19_510), 12_000);
}
