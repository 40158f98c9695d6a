//! Tiers × caps × stacking × stock over made-up shops.

use cartwright::analytics::sale::{Answer, BasketRow, Question, Replay, baskets, replay};
use cartwright::jobs::Progress;
use cartwright::model::plan::{Benefit, Caps, EarlyAccess, Percent, Stacking};
use cartwright::model::{Dataset, SalePlan};
use proptest::prelude::*;

use super::*;

fn run(data: &Dataset, plan: &SalePlan) -> (Replay, Vec<BasketRow>) {
    let (definitions, resolved) = (definitions(), resolved(plan));
    let question = Question { data, definitions: &definitions, plan, resolved: &resolved, window: WINDOW };
    let rows = baskets(&question).collect();
    (replay(&question, &Progress::none()).unwrap(), rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_replay_is_the_naive_one_to_the_cent(orders in any_orders(), plan in any_plan()) {
        let data = shop(&orders);
        let (replay, rows) = run(&data, &plan);
        let naive = naive::replay(&data, &definitions(), &plan, &resolved(&plan));
        let sums = &replay.nobody;
        prop_assert_eq!(
            (sums.baskets, sums.goods, sums.discount, sums.shipping, sums.gifts, sums.cost),
            (naive.baskets, naive.goods, naive.discount, naive.shipping, naive.gifts, naive.cost)
        );
        prop_assert_eq!(replay.were.to_full_price, naive.to_full_price);
        for row in &rows {
            let given: Vec<Option<i64>> =
                row.answers.iter().map(|a| if let Answer::Applied(minor) = a { Some(*minor) } else { None }).collect();
            prop_assert_eq!(&given, &naive.given[&data.orders.id[row.order as usize]]);
        }
        let qualifies: Vec<u64> = replay.tiers.iter().map(|tier| tier.qualifies).collect();
        prop_assert_eq!(qualifies, naive.qualifies);
        for (featured, sums) in plan.featured.iter().zip(&replay.featured) {
            prop_assert_eq!(sums.sold, naive.sold[&featured.product]);
        }
    }

    #[test]
    fn sums_are_those_of_the_baskets_and_every_cap_holds(orders in any_orders(), plan in any_plan()) {
        let data = shop(&orders);
        let (replay, rows) = run(&data, &plan);
        let nobody = &replay.nobody;
        let sum = |of: fn(&BasketRow) -> i64| rows.iter().map(of).sum::<i64>();
        prop_assert_eq!(sum(|r| r.discount), nobody.discount);
        prop_assert_eq!(sum(|r| r.shipping), nobody.shipping);
        prop_assert_eq!(sum(|r| r.gifts), nobody.gifts);
        prop_assert_eq!(sum(|r| r.goods), nobody.goods);
        let most = |amount: Option<cartwright::model::plan::Amount>| amount.map_or(i64::MAX, |a| a.minor);
        for row in &rows {
            prop_assert!(row.discount >= 0 && row.discount <= row.in_sale && row.in_sale <= row.goods);
            prop_assert!(row.discount <= most(plan.caps.per_order));
            let mut alone = 0;
            for (tier, answer) in plan.tiers.iter().zip(&row.answers) {
                if let Answer::Applied(given) = answer {
                    prop_assert!(*given >= 0 && *given <= most(tier.caps.per_order));
                    alone += u32::from(tier.stacking != Stacking::WithOthers);
                }
            }
            prop_assert!(alone <= 1);
            let applied = row.answers.iter().filter(|a| matches!(a, Answer::Applied(_))).count();
            let exclusive = plan.tiers.iter().zip(&row.answers)
                .any(|(t, a)| t.stacking == Stacking::Exclusive && matches!(a, Answer::Applied(_)));
            prop_assert!(!exclusive || applied == 1);
        }
        for outcome in [nobody, &replay.topped_up] {
            prop_assert!(outcome.given() <= most(plan.caps.budget));
            prop_assert!(outcome.discount <= outcome.goods);
        }
        for (tier, sums) in plan.tiers.iter().zip(&replay.tiers) {
            prop_assert!(sums.given() <= most(tier.caps.budget));
            prop_assert!(tier.caps.units.is_none_or(|units| sums.milli <= i64::from(units) * 1_000));
            prop_assert_eq!(sums.qualifies, sums.applied + sums.overshadowed + sums.used_up);
            prop_assert!(sums.to_full_price <= sums.given());
            prop_assert!(sums.near <= sums.below.iter().sum());
        }
        for (featured, sums) in plan.featured.iter().zip(&replay.featured) {
            prop_assert!(sums.sold <= i64::from(featured.units) * 1_000 && sums.sold <= sums.asked);
        }
        prop_assert_eq!(replay.topped_up.goods, nobody.goods + replay.added);
        prop_assert_eq!(replay.topped_up.baskets, nobody.baskets);
        let bars: u64 = replay.distribution.bars.iter().map(|bar| bar.served + bar.near + bar.other).sum();
        prop_assert!(bars == nobody.baskets || replay.distribution.step == 0);
    }

    #[test]
    fn the_order_of_tiers_decides_nothing(orders in any_orders(), plan in any_plan()) {
        let data = shop(&orders);
        let (replay, _) = run(&data, &plan);
        let mut turned = plan.clone();
        turned.tiers.reverse();
        let (mut other, _) = run(&data, &turned);
        other.tiers.reverse();
        prop_assert_eq!(replay, other);
    }

    #[test]
    fn a_more_generous_plan_never_costs_less(orders in any_orders(), plan in any_plan(), more in 1_u32..3_000, at in 0_usize..5) {
        // Priorities and budgets may send a buyer to a poorer tier, on purpose.
        let mut plan = SalePlan { caps: Caps::default(), ..plan };
        for tier in &mut plan.tiers {
            (tier.priority, tier.caps) = (0, Caps { per_order: tier.caps.per_order, ..Caps::default() });
        }
        // Of tiers that cover different goods one can leave less to another: see the naive replay.
        plan.tiers.iter_mut().for_each(|tier| {
            (tier.when.products, tier.when.categories) = (Vec::new(), Vec::new());
        });
        plan.tiers.retain(|tier| !matches!(tier.benefit, Benefit::BuyGet(_)));
        prop_assume!(!plan.tiers.is_empty());
        let data = shop(&orders);
        let before = run(&data, &plan).0.nobody.given();
        let mut generous = plan.clone();
        let at = at % generous.tiers.len();
        let tier = &mut generous.tiers[at];
        match &mut tier.benefit {
            Benefit::PercentOff(percent) => *percent = Percent((percent.0 + more).min(10_000)),
            Benefit::AmountOff(amount) => amount.minor += i64::from(more),
            Benefit::Gift(gift) => gift.cost.minor += i64::from(more),
            _ => {}
        }
        if let Some(cap) = &mut tier.caps.per_order {
            cap.minor += i64::from(more);
        }
        tier.when.from = tier.when.from.filter(|from| from.minor > i64::from(more)).map(|from| usd(from.minor - i64::from(more)));
        let after = run(&data, &generous).0.nobody.given();
        // Rounding of one tier after the other may take back a cent a tier and basket.
        let slack = (plan.tiers.len() * orders.len()) as i64;
        prop_assert!(after >= before - slack, "{} {}", before, after);
    }

    #[test]
    fn plans_come_back_from_their_json(plan in any_plan()) {
        let text = serde_json::to_string(&plan).unwrap();
        prop_assert_eq!(serde_json::from_str::<SalePlan>(&text).unwrap(), plan);
    }
}

/// The framework's sale by hand on five baskets.
#[test]
fn the_frameworks_sale_on_five_baskets() {
    let order = |amount: i64, shipping: i64, discount: i64| Made {
        customer: Some(0),
        at: amount,
        shipping,
        lines: vec![(1, 1_000, amount, 0)],
        discount,
    };
    let data = shop(&[
        order(4_999, 500, 0),
        order(5_003, 500, 0),
        order(7_500, 500, 700),
        order(9_999, 0, 0),
        order(10_003, 500, 0),
    ]);
    let (replay, rows) = run(&data, &framework(Currency::USD));
    // 15 % of 50.03 = 7.50(45); of 75.00 = 11.25; of 99.99 = 15.00 (14.9985); 20 % of 100.03 = 20.01 (20.006).
    let given: Vec<(i64, i64)> = rows.iter().map(|row| (row.discount, row.shipping)).collect();
    assert_eq!(given, [(0, 0), (750, 0), (1_125, 500), (1_500, 0), (2_001, 500)]);
    assert_eq!(rows[0].next(), Some((0, 1)));
    assert_eq!(
        rows[1].answers,
        [Answer::Applied(750), Answer::Missing { value: 4_997, milli: 0 }, Answer::Missing { value: 2_497, milli: 0 }]
    );
    assert_eq!(rows[4].answers, [Answer::Overshadowed(Some(1)), Answer::Applied(2_001), Answer::Applied(500)]);
    assert_eq!((replay.were.discounted, replay.were.had), (1, 700));
    assert_eq!(replay.were.to_full_price, 750 + 1_500 + 2_501);
    // Near: 49.99 misses 0.01 of 50, 99.99 misses 0.01 of 100; 50.03 is too far from 75, 75.00 too far from 100.
    assert_eq!((replay.near, replay.added), (2, 2));
    assert_eq!(replay.topped_up.discount, 750 + 750 + 1_125 + 2_000 + 2_001);
    assert_eq!(replay.nobody.margin(), Some(replay.before.goods - 5_376 - 1_000 - 5 * 111));
}

/// Those with early access buy before the sale begins, the others wait; nobody knows who bought without a name.
#[test]
fn early_access_is_for_its_audience_alone() {
    let order = |customer: Option<u32>, at: i64| Made {
        customer,
        at,
        shipping: 0,
        lines: vec![(1, 1_000, 6_000, 0)],
        discount: 0,
    };
    let data = shop(&[
        order(Some(0), -500),
        order(Some(1), -500),
        order(None, -500),
        order(Some(0), -5_000),
        order(Some(1), 5),
    ]);
    let mut plan = framework(Currency::USD);
    let starts = plan.starts - chrono::TimeDelta::seconds(1_000);
    plan.early_access = Some(EarlyAccess { audience: Default::default(), starts });
    let resolved = resolved(&plan);
    let window = PastWindow { early: Some(FROM - 1_000), ..WINDOW };
    let question = Question { data: &data, definitions: &definitions(), plan: &plan, resolved: &resolved, window };
    let replay = replay(&question, &Progress::none()).unwrap();
    assert_eq!((replay.nobody.baskets, replay.nobody.discount), (2, 1_800));
}
