//! Spend on advertising: its import, and what a new customer cost by it; cohorts by discount code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cartwright::analytics::cohorts::{Cac, CacFrom, Grouping, Settings};
use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::model::dataset::NO_CUSTOMER;
use cartwright::model::{Currency, Day, Definitions};
use cartwright::ops::Session;
use cartwright::ops::import::Outcome;

const SPEND: &str = "Date,Channel,Campaign,Amount,Currency,Impressions,Clicks
2026-01-05,Google,Brand,100.00,USD,1000,50
2026-01-20,Google,Brand,50.00,USD,600,20
2026-01-20,Google,Brand,10.00,USD,,5
2026-01-20,Meta,Prospecting,40.00,USD,,
2026-02-03,Meta,Prospecting,90.00,USD,,
2026-02-30,Meta,Prospecting,90.00,USD,,
2026-02-04,Meta,Prospecting,,USD,,
";

/// Four new customers in January (three by Google), one in February, one in March.
const ORDERS: &str = "order_id,created_at,customer_id,channel,total,currency
1,2026-01-03 10:00,a,google,80.00,USD
2,2026-01-08 10:00,b,google,60.00,USD
3,2026-01-09 10:00,c,google,70.00,USD
4,2026-01-28 10:00,d,meta,50.00,USD
5,2026-02-10 10:00,a,google,40.00,USD
6,2026-02-11 10:00,e,meta,30.00,USD
7,2026-03-02 10:00,f,meta,20.00,USD
8,2026-03-31 10:00,f,meta,20.00,USD
";

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(session: &mut Session, path: &Path) -> Outcome {
    let choices = Choices::default();
    let plan = session.plan(&preview(path, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap()
}

fn shop(folder: &Path) -> Session {
    let mut session = Session::create(&folder.join("shop.cartwright"), "Shop").unwrap();
    import(&mut session, &written(folder, "orders.csv", ORDERS));
    session
}

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_table_of_spend_is_recognised_counted_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let before = dump(&session);
    let file = written(folder.path(), "spend.csv", SPEND);
    let found = preview(&file, &Choices::default(), &Progress::none()).unwrap();
    assert_eq!(found.recognised.as_ref().map(|r| r.source), Some("spend"));
    let outcome = import(&mut session, &file);
    let s = &outcome.summary;
    assert_eq!((s.rows, s.accepted, s.rejected, s.skipped), (7, 5, 2, 0));
    let after = dump(&session);
    // Two rows of one day, channel, campaign and currency are parts of one amount.
    assert!(after.contains(r#"["2026-01-20",null,"Google","Brand","USD","generic",6000,600,25,null,null]"#), "{after}");
    assert!(after.contains(r#"["generic","Prospecting","Prospecting","Meta",null,"{}"]"#), "{after}");
    import(&mut session, &file);
    assert_eq!(dump(&session), after, "the same file again changes nothing");
    // A later report of some of the days replaces what it speaks of.
    let mended =
        "Date,Channel,Campaign,Amount,Currency\n2026-01-20,Google,Brand,55.00,USD\n2026-02-05,Google,Brand,7,USD\n";
    import(&mut session, &written(folder.path(), "later.csv", mended));
    assert!(dump(&session).contains(r#"["2026-01-20",null,"Google","Brand","USD","generic",5500,600,25,null,null]"#));
    assert_eq!(session.dataset(&Progress::none()).unwrap().spend.len(), 5);
    session.undo().unwrap();
    assert_eq!(dump(&session), after);
    while dump(&session) != before {
        assert!(session.undo().unwrap().is_some(), "undo leads back to what was there");
    }
    assert!(session.dataset(&Progress::none()).unwrap().spend.is_empty());
}

#[test]
fn cohorts_know_what_a_new_customer_cost() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    import(&mut session, &written(folder.path(), "spend.csv", SPEND));
    let cohorts = |session: &mut Session, by: Grouping, as_of: Option<&str>| {
        let as_of = as_of.map(|day| Day::parse(day).unwrap());
        session.cohorts(as_of, Settings { by, ..Settings::default() }, &Progress::none()).unwrap().unwrap()
    };
    let spent = |found: &cartwright::analytics::cohorts::Cohorts| -> BTreeMap<String, Option<i64>> {
        found.rows.iter().map(|row| (row.name.clone(), row.spent)).collect()
    };
    let months = cohorts(&mut session, Grouping::FirstOrder, None);
    // 200 for four in January, 90 for one in February; nobody knows of March.
    let wanted = [("2026-01", Some(5_000)), ("2026-02", Some(9_000)), ("2026-03", None)];
    assert_eq!(spent(&months), wanted.map(|(name, cost)| (name.to_owned(), cost)).into());
    assert_eq!(months.total.spent, Some(5_800));
    let january = &months.rows[0];
    assert_eq!(january.cac(None), Some(Cac { amount: 5_000, from: CacFrom::Spend }));
    assert_eq!(january.cac(Some(700)), Some(Cac { amount: 700, from: CacFrom::Typed }));
    // 260 of four customers in January: 65 each, which is more than they cost.
    assert_eq!(january.payback(january.cac(None)), Some(0));
    assert_eq!(months.rows[1].payback(months.rows[1].cac(None)), None);
    assert!((january.ltv_to_cac(january.cac(None)).unwrap() - 75.0 / 50.0).abs() < 1e-9);
    // Google: 160 for three in January. Meta: 40 for one in January and 90 for one in February.
    let channels = cohorts(&mut session, Grouping::Channel, None);
    let wanted = [("google", Some(5_333)), ("meta", Some(6_500))];
    assert_eq!(spent(&channels), wanted.map(|(name, cost)| (name.to_owned(), cost)).into());
    // Of what else they are grouped by, spend says nothing: all share the shop's.
    let discounted = cohorts(&mut session, Grouping::Discounted, None);
    assert!(discounted.rows.iter().all(|row| row.spent == Some(5_800)));
    // In March, before it is over: 58 of five in their first month, 10 of four in their second.
    let march = cohorts(&mut session, Grouping::FirstOrder, Some("2026-03-15"));
    assert!((march.total.ltv_to_cac(march.total.cac(None)).unwrap() - 68.0 / 58.0).abs() < 1e-9);
    // As of a day in January, what came later is not known: 100 for the three customers there were.
    let early = cohorts(&mut session, Grouping::FirstOrder, Some("2026-01-15"));
    assert_eq!(early.rows[0].spent, Some(3_333));

    let foreign = "Date,Channel,Campaign,Amount,Currency\n2026-02-08,Meta,Prospecting,10.00,CHF\n";
    import(&mut session, &written(folder.path(), "foreign.csv", foreign));
    let months = cohorts(&mut session, Grouping::FirstOrder, None);
    assert_eq!(months.rows.iter().map(|row| row.spent).collect::<Vec<_>>(), [Some(5_000), None, None]);
    assert_eq!(months.total.spent, None, "francs without a rate: nobody can tell");
    let rates = [(Currency::parse("CHF").unwrap(), 1_100_000)].into();
    session.set_definitions(Definitions { rates, ..session.definitions().unwrap() }).unwrap();
    assert_eq!(cohorts(&mut session, Grouping::FirstOrder, None).rows[1].spent, Some(10_100));
}

/// The sum of a period is never spread: it tells of the months that it fills alone, and of all of them together.
#[test]
fn the_sum_of_a_period_tells_of_a_month_only_where_it_lies_within() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let report = |period: &str, cost: &str| {
        format!("Campaign report\n\"{period}\"\nCampaign,Currency code,Clicks,Impr.,Cost\nBrand,USD,3,40,{cost}\n")
    };
    let take = |session: &mut Session, name: &str, text: &str| {
        import(session, &written(folder.path(), name, text));
        let months = session.cohorts(None, Settings::default(), &Progress::none()).unwrap().unwrap();
        (months.rows.iter().map(|row| row.spent).collect::<Vec<_>>(), months.total.spent)
    };
    let january = take(&mut session, "january.csv", &report("January 3, 2026 - January 31, 2026", "200.00"));
    assert_eq!(january, (vec![Some(5_000), None, None], Some(5_000)));
    // 90 for one new customer in February and one in March together; of either alone nobody can tell.
    let spring = take(&mut session, "spring.csv", &report("February 1, 2026 - March 30, 2026", "90.00"));
    assert_eq!(spring, (vec![Some(5_000), None, None], Some(4_833)));
    // The same spring by days: as they add up to the sum, they are taken in its place.
    let days = "Campaign report\n\"February 1, 2026 - March 30, 2026\"\nDay,Campaign,Currency code,Clicks,Impr.,Cost
2026-02-03,Brand,USD,1,10,60.00\n2026-03-05,Brand,USD,2,30,30.00\n";
    let days = take(&mut session, "days.csv", days);
    assert_eq!(days, (vec![Some(5_000), Some(6_000), Some(3_000)], Some(4_833)));
}

#[test]
fn the_command_tells_what_a_customer_cost_and_where_that_is_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    import(&mut session, &written(folder.path(), "spend.csv", SPEND));
    drop(session);
    let run = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"));
        let out = command.arg("cohorts").arg(folder.path().join("shop.cartwright")).args(more).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    let first = &json["cohorts"][0];
    assert_eq!((first["cac"].as_f64(), first["cac_from"].as_str()), (Some(50.0), Some("spend")));
    assert_eq!((first["ltv_to_cac"].as_f64(), first["payback"].as_u64()), (Some(1.5), Some(0)));
    assert!(json["cohorts"][2]["cac"].is_null());
    let json: serde_json::Value = serde_json::from_str(&run(&["--json", "--cac", "20"])).unwrap();
    let last = &json["cohorts"][2];
    assert_eq!((last["cac"].as_f64(), last["cac_from"].as_str()), (Some(20.0), Some("typed")));
    assert!(run(&[]).contains("imported spend"));
}

#[test]
fn cohorts_by_discount_code_hold_whom_a_second_look_finds() {
    let folder = tempfile::tempdir().unwrap();
    let params = cartwright::sample::Params { customers: 1_500, ..cartwright::sample::Params::default() };
    let file = folder.path().join("shop.cartwright");
    let mut session = cartwright::ops::sample::create(&file, &params, &Progress::none()).unwrap();
    let settings = Settings { by: Grouping::FirstCode, ..Settings::default() };
    let found = session.cohorts(None, settings, &Progress::none()).unwrap().unwrap();
    let (data, details) = (session.dataset(&Progress::none()).unwrap(), session.details(&Progress::none()).unwrap());
    let definitions = session.definitions().unwrap();
    let revenue = cartwright::analytics::revenue::Revenue::new(&data, &definitions, found.as_of);
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for customer in 0..data.customers.id.len() {
        let Some(first) = data.orders.of_customer(customer).find(|&i| revenue.is_purchase(i)) else { continue };
        assert_ne!(data.orders.customer[first], NO_CUSTOMER);
        let code = details.codes.iter().find(|(order, _)| *order as usize == first);
        *sizes.entry(code.map_or("No code", |(_, code)| data.labels[*code as usize].as_str())).or_default() += 1;
    }
    let ours: BTreeMap<&str, u64> = found.rows.iter().map(|row| (row.name.as_str(), row.customers)).collect();
    assert_eq!(ours, sizes);
    assert!(ours["WELCOME10"] > 50 && ours["No code"] > ours["WELCOME10"], "{ours:?}");
}
