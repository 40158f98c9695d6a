//! The ledger of claims over whole shops: against a naive recount, with hostile touches, and on the command line.

use std::collections::BTreeMap;

use cartwright::analytics::claims::{Claimable, Ledger};
use cartwright::analytics::cohorts::Step;
use cartwright::jobs::Progress;
use cartwright::model::Day;
use cartwright::ops::Session;
use cartwright::sample::Params;
use serde_json::Value;

use super::touches::{import, new_shop, written};

const ORDERS: &str = "order_id,created_at,email,sku,title,qty,unit_price,currency
1,2026-03-03 10:00,a@example.com,P1,Pot,1,80.00,USD
2,2026-03-08 10:00,b@example.com,P2,Pan,1,60.00,USD
3,2026-03-31 10:00,,P2,Pan,1,60.00,USD
4,2026-04-02 10:00,a@example.com,P2,Pan,1,60.00,USD
";

const TOUCHES: &str = "timestamp,email,visitor_id,order_id,channel,type
2026-03-01 09:00,a@example.com,,,google ads,click
2026-03-02 09:00,a@example.com,,,meta ads,click
2026-03-09 09:00,b@example.com,,,google ads,click
2026-01-01 09:00,b@example.com,,,meta ads,click
2026-03-20 09:00,,v1,,meta ads,click
2026-03-31 09:00,,v1,3,direct,visit
2026-04-01 09:00,a@example.com,,2,google ads,click
";

const SPEND: &str = "date,channel,cost,conversions,conversion_value
2026-03-05,Google Ads,10.00,3,300.00
2026-03-06,Meta Ads,10.00,4,100.00
2026-04-06,Meta Ads,10.00,1,50.00
";

fn ledger(session: &mut Session, from: &str, to: &str) -> Ledger {
    let days = (Day::parse(from), Day::parse(to));
    session.claims(days, Step::Month, 30, &Progress::none()).unwrap()
}

fn small(folder: &std::path::Path) -> Session {
    let mut session = new_shop(folder);
    import(&mut session, &written(folder, "orders.csv", ORDERS));
    import(&mut session, &written(folder, "touches.csv", TOUCHES));
    import(&mut session, &written(folder, "spend.csv", SPEND));
    session
}

#[test]
fn claims_stand_against_orders_and_touches() {
    let folder = tempfile::tempdir().unwrap();
    let found = ledger(&mut small(folder.path()), "2026-03-01", "2026-04-30");
    let names: Vec<_> = found.platforms.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(names, ["Meta Ads", "Google Ads"]);
    let (march, april) = (&found.periods[0], &found.periods[1]);
    assert_eq!((march.orders, march.revenue, april.orders), (3, 20_000, 1));
    // A touch after the purchase, one long before it, and one that names another order support nothing.
    let supported: Vec<_> = march.claims.iter().map(|claim| (claim.supported, claim.unsupported_milli)).collect();
    assert_eq!(supported, [(Some(2), Some(2_000)), (Some(1), Some(2_000))]);
    assert_eq!(april.claims.iter().map(|claim| claim.supported).collect::<Vec<_>>(), [Some(0), Some(0)]);
    assert_eq!(march.claims[0].least_over_claim, Some(4.0 / 3.0));
    assert_eq!((march.over_claim, march.over_claim_revenue), (Some(7.0 / 3.0), Some(2.0)));
    let claimable = found.claimable.as_ref().unwrap();
    assert_eq!(claimable.by_platforms, [2, 1, 1]);
    assert_eq!(claimable.orders.len(), 2);
    assert_eq!(found.total.touched, Some(2));
}

#[test]
fn the_sample_shop_agrees_with_a_naive_recount() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers: 600, seed: 5, ..Params::default() };
    let mut session =
        cartwright::ops::sample::create(&folder.path().join("s.cartwright"), &params, &Progress::none()).unwrap();
    let found = session.claims((None, None), Step::Week, 30, &Progress::none()).unwrap();
    assert!(found.platforms.len() >= 3, "{:?}", found.platforms);
    let data = session.dataset(&Progress::none()).unwrap();
    let touches = session.touches(&Progress::none()).unwrap();
    let zone = session.definitions().unwrap().zone;
    let mut expected: BTreeMap<u32, u64> = BTreeMap::new();
    let mut orders = 0;
    for i in 0..data.orders.id.len() {
        let day = data.orders.day[i];
        let counts =
            data.orders.flags[i] & 1 == 0 && ![2, 5].contains(&data.orders.status[i]) && data.orders.total.get(i) > 0;
        if !counts || day < found.settings.from || day > found.settings.to {
            continue;
        }
        orders += 1;
        let at = data.orders.placed_at[i] + i64::from(zone.offset_at(data.orders.placed_at[i]));
        let mut bits = 0;
        for t in 0..touches.len() {
            let own = touches.person[t] == data.orders.customer[i];
            if own && touches.at[t] <= at && touches.at[t] >= at - 30 * 86_400 {
                let name = &touches.channels[usize::from(touches.channel[t])];
                for (n, platform) in found.platforms.iter().enumerate() {
                    bits |= u64::from(platform.channel.as_ref().is_none_or(|own| own == name)) << n;
                }
            }
        }
        if bits != 0 {
            expected.insert(i as u32, bits);
        }
    }
    assert_eq!(found.total.orders, orders);
    let claimable = found.claimable.as_ref().unwrap();
    assert_eq!(claimable.orders.iter().copied().collect::<BTreeMap<_, _>>(), expected);
    for n in 0..found.platforms.len() {
        let supported =
            expected.values().filter(|bits| Claimable::platforms(**bits).any(|own| own == n)).count() as u64;
        assert_eq!(found.total.claims[n].supported, Some(supported));
        let by_week: u64 = found.periods.iter().filter_map(|period| period.claims[n].supported).sum();
        assert_eq!(by_week, supported, "weeks add up");
        let claimed: i64 = found.periods.iter().filter_map(|period| period.claims[n].orders_milli).sum();
        assert_eq!(Some(claimed), found.total.claims[n].orders_milli);
    }
    assert_eq!(claimable.by_platforms.iter().sum::<u64>(), orders);
}

#[test]
fn the_command_prints_saves_and_gives_json() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(small(at));
    let run = |args: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(at).args(args).output();
        let out = out.unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let days = ["claims", "shop.cartwright", "--from", "2026-03-01", "--to", "2026-04-30"];
    let text = run(&days);
    assert!(text.contains("2 platforms together claim 8 orders where 4 were sold: 2.00 times"), "{text}");
    let json: Value =
        serde_json::from_str(&run(&[&days[..], &["--json", "--orders", "orders.csv.csv", "--out", "l.xlsx"]].concat()))
            .unwrap();
    assert_eq!(json["total"]["claimed_orders"], 8.0);
    assert_eq!(json["total"]["revenue"], 260.0);
    assert_eq!(json["claimable"]["orders_by_platforms"][2], 1);
    let orders = std::fs::read_to_string(at.join("orders.csv.csv")).unwrap();
    assert_eq!(orders.lines().count(), 3, "{orders}");
    assert!(orders.contains("\"Meta Ads, Google Ads\""), "{orders}");
}
