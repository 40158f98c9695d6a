//! What data say of the form's fields: every field of the sample shop has a value, a reason, or is one that only a person
//! can fill; values are those of the pages; nothing is made up where nothing is known.

use std::collections::BTreeSet;
use std::path::Path;

use cartwright::analytics::kpi::KpiSettings;
use cartwright::framework::state::{Fills, FromData};
use cartwright::framework::template::template;
use cartwright::jobs::Progress;
use cartwright::model::figure::Value;
use cartwright::model::strategy::{ExternalSource, FieldValue, StrategyPlan};
use cartwright::model::{Currency, Day, MetricId, Segment};
use cartwright::ops::experiments::programme::programme;
use cartwright::ops::journey::WITHIN_DAYS;
use cartwright::ops::{Session, sample};
use cartwright::sample::Params;

use crate::rules::online_retail;

/// Fields of which no data and no page say anything.
const ONLY_A_PERSON: [&str; 13] = [
    "COLLAB_ALGO",
    "COLLAB_PLACE",
    "CONTENT_ALGO",
    "CONTENT_PLACE",
    "HYBRID_ALGO",
    "HYBRID_PLACE",
    "TREND_ALGO",
    "TREND_PLACE",
    "BUNDLE_ALGO",
    "BUNDLE_PLACE",
    // Of these data only give a hint, where they have one.
    "GDPR_STATUS",
    "CCPA_STATUS",
    "RETENTION_POLICY",
];

/// Every field of the form.
fn placeholders() -> BTreeSet<String> {
    let all: BTreeSet<String> = template().all().map(|field| field.key.clone()).collect();
    assert_eq!(all.len(), 260);
    all
}

fn planned(folder: &Path) -> Session {
    let params = Params { customers: 1_500, ..Params::default() };
    sample::create_planned(&folder.join("planned.cartwright"), &params, &Progress::none()).unwrap()
}

fn fills(session: &mut Session) -> Fills {
    session.framework_fills(None, &Progress::none()).unwrap()
}

fn told<'a>(fills: &'a Fills, key: &str) -> &'a FromData {
    fills[key].as_ref().unwrap_or_else(|why| panic!("{key}: {why}"))
}

/// Everything that was found, and what is wrong with it.
fn checked(fills: &Fills, of: &str) -> usize {
    let all = placeholders();
    for (key, fill) in fills {
        assert!(all.contains(key), "{key} is no field");
        match fill {
            Ok(found) => {
                let field = template().field(key).unwrap();
                assert_eq!(found.value.kind(), field.kind, "{key}");
                if let FieldValue::Choice(choice) = &found.value {
                    assert!(field.choices.contains(choice), "{key}: {choice}");
                }
                assert!(
                    !found.how.is_empty() && !found.how.ends_with('.') && !found.how.contains("  "),
                    "{key}: {found:?}"
                );
                assert!(!found.scope.is_empty() && !found.page.is_empty(), "{key}: {found:?}");
                let number = match &found.value {
                    FieldValue::Number(n) | FieldValue::Percent(n) | FieldValue::Ratio(n) => *n,
                    FieldValue::Text(text) | FieldValue::Choice(text) => {
                        assert!(!text.trim().is_empty(), "{key}");
                        0.0
                    }
                    _ => 0.0,
                };
                assert!(number.is_finite(), "{key}: {found:?}");
            }
            Err(why) => assert!(why.len() > 20 && !why.ends_with('.') && !why.contains("  "), "{key}: {why}"),
        }
    }
    let without: Vec<&String> = all.iter().filter(|key| !fills.contains_key(*key)).collect();
    assert!(without.iter().all(|key| ONLY_A_PERSON.contains(&key.as_str())), "{without:?}");
    let filled = fills.values().filter(|fill| fill.is_ok()).count();
    println!("{of}: {filled} of {} fields are filled, {} have a reason", all.len(), fills.len() - filled);
    filled
}

#[test]
fn every_field_of_the_sample_shop_has_a_value_a_reason_or_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = planned(folder.path());
    let bare = checked(&fills(&mut session), "Sample shop");
    session.add_templates(&[]).unwrap();
    let with_sequences = fills(&mut session);
    assert!(checked(&with_sequences, "Sample shop with the templates of sequences") > bare);
    assert!(told(&with_sequences, "CART_MSG").how.contains("page Sequences"));
}

#[test]
fn values_are_those_of_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = planned(folder.path());
    let found = fills(&mut session);
    let none = Progress::none();
    let table = session.segments(None, &none).unwrap().unwrap();
    for (segment, prefix) in Segment::ALL.into_iter().zip(["VIP", "REG", "OCC", "NEW", "BROWSE"]) {
        let row = table.rows.iter().find(|row| row.segment == Some(segment)).unwrap();
        let key = |end: &str| format!("{prefix}_{end}");
        assert_eq!(told(&found, &key("SIZE")).value, FieldValue::Number(row.customers as f64));
        match (row.aov, &found[&key("AOV")]) {
            (Some(aov), Ok(told)) => {
                assert_eq!(told.value, FieldValue::Money(aov, table.currency));
                let figure = told.figure.unwrap();
                assert_eq!(figure.value, Some(Value::Money(aov, table.currency)));
                assert_eq!(figure.metric, MetricId::Aov);
            }
            (None, Err(why)) => assert!(why.contains(segment.name()), "{why}"),
            other => panic!("{other:?}"),
        }
    }
    let kpis = session.kpis(None, &KpiSettings::default(), &none).unwrap();
    for (row, prefix) in kpis.framework.iter().zip(["CONV", "AOV", "CLV", "RPR", "CART", "CTR"]) {
        let value = |end: &str| found[&format!("{prefix}_{end}")].as_ref().ok().map(|told| told.value.clone());
        let of = |value: Value| match value {
            Value::Money(minor, currency) => FieldValue::Money(minor, currency),
            Value::Share(share) => FieldValue::Percent(share),
            other => FieldValue::Number(other.number()),
        };
        assert_eq!(value("BASE"), row.baseline.map(of), "{prefix}");
        assert_eq!(value("CURR"), row.current.map(of), "{prefix}");
        // Where the shop does not know its value, or is there already, what others aim at is no target of its own.
        let target = row.target.filter(|_| value("TARGET").is_some());
        assert_eq!(value("TARGET"), target.map(of), "{prefix}");
        assert_eq!(value("LIFT"), row.lift.map(FieldValue::Percent), "{prefix}");
        assert_eq!(value("IMPACT"), row.impact.map(|minor| FieldValue::Money(minor, kpis.currency)), "{prefix}");
    }
    let journey = session.journey_data(None, None, &none).unwrap();
    let channels = journey.omnichannel(WITHIN_DAYS, &none).unwrap();
    for (row, prefix) in channels.rows.iter().zip(["WEB", "APP", "EMAIL", "SMS", "SOCIAL", "STORE"]) {
        let value = |end: &str| found[&format!("{prefix}_{end}")].as_ref().ok().map(|told| told.value.clone());
        assert_eq!(value("USAGE"), row.usage.value.map(FieldValue::Percent), "{prefix}");
        assert_eq!(value("SHARE"), row.revenue.value.map(FieldValue::Percent), "{prefix}");
        assert_eq!(value("SAT"), row.satisfaction.value.map(FieldValue::Number), "{prefix}");
    }
    let saved = session.saved_experiments().unwrap();
    for (row, prefix) in programme(&saved, table.currency).iter().zip(["AB", "MV", "PERS", "PRICE", "UX"]) {
        let value = |end: &str| found[&format!("{prefix}_{end}")].as_ref().ok().map(|told| told.value.clone());
        assert_eq!(value("WIN"), row.win_rate.map(FieldValue::Percent), "{prefix}");
        assert_eq!(value("LIFT"), row.average_lift.map(FieldValue::Percent), "{prefix}");
        let impact = row.annual_impact.map(|worth| FieldValue::Money(worth.minor, worth.currency));
        assert_eq!(value("IMPACT"), impact, "{prefix}");
    }
    let inventory = session.data_inventory(None, &none).unwrap();
    let data = session.dataset(&none).unwrap();
    assert_eq!(inventory.kind("orders").unwrap().rows, data.orders.id.len() as u64);
    assert_eq!(inventory.kind("orders").unwrap().days, data.span);
    assert_eq!(inventory.people.customers, table.total.customers, "nobody of the sample bought in another currency");
}

#[test]
fn an_empty_workspace_gives_reasons_and_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("empty.cartwright"), "Empty shop").unwrap();
    let found = fills(&mut session);
    checked(&found, "Empty workspace");
    let filled: Vec<&String> = found.iter().filter(|(_, fill)| fill.is_ok()).map(|(key, _)| key).collect();
    assert_eq!(filled, ["COMPANY_NAME"]);
    assert_eq!(found.len(), 260 - ONLY_A_PERSON.len());
    let inventory = session.data_inventory(None, &Progress::none()).unwrap();
    assert!(inventory.known().next().is_none() && inventory.sources.is_empty(), "{inventory:?}");
}

#[test]
fn what_is_typed_on_pages_and_in_the_plan_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("typed.cartwright"), "Typed").unwrap();
    assert!(fills(&mut session)["VIP_PERSONAL"].is_err());
    session.set_segment_focus(Segment::Vip, "A named contact").unwrap();
    let found = fills(&mut session);
    assert_eq!(told(&found, "VIP_PERSONAL").value, FieldValue::Text("A named contact".into()));
    assert_eq!(told(&found, "VIP_PERSONAL").page, "Segments");
    let source = |name: &str, cost: i64, roi: f64, quality: f64| ExternalSource {
        id: name.to_lowercase(),
        name: name.into(),
        quality: Some(quality),
        match_rate: None,
        cost: Some(cost),
        roi: Some(roi),
    };
    let external = vec![source("Addresses", 10_000, 2.0, 0.9), source("Weather", 30_000, 4.0, 0.8)];
    let plan = StrategyPlan { external, ..session.strategy_plan().unwrap() };
    session.save_strategy("List sources", 0, &plan).unwrap();
    let found = fills(&mut session);
    // (100 × 2 + 300 × 4) ÷ 400
    assert_eq!(told(&found, "DATA_ROI").value, FieldValue::Ratio(3.5));
    assert_eq!(told(&found, "DATA_COST").value, FieldValue::Money(40_000, Currency::USD));
    assert_eq!(told(&found, "EXTERNAL_DATA").value, FieldValue::Text("Addresses and Weather".into()));
    assert!(matches!(told(&found, "DATA_QUALITY").value, FieldValue::Percent(mean) if (mean - 0.85).abs() < 1e-12));
    assert!(found["MATCH_RATE"].is_err());
    let progress = Progress::none();
    progress.cancel();
    session.set_segment_focus(Segment::Vip, "").unwrap();
    assert!(session.framework_fills(None, &progress).is_err(), "work that was cancelled gives nothing");
}

#[test]
fn an_earlier_day_tells_what_was_known_then() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = planned(folder.path());
    let last = session.dataset(&Progress::none()).unwrap().span.unwrap().1;
    let day = Day(last.0 - 200);
    let then = session.framework_fills(Some(day), &Progress::none()).unwrap();
    let today = fills(&mut session);
    assert_eq!(told(&then, "VIP_SIZE").as_of, day);
    let count = |found: &Fills| match told(found, "CUSTOMER_COUNT").value {
        FieldValue::Number(n) => n,
        _ => 0.0,
    };
    assert!(count(&then) < count(&today));
    let inventory = session.data_inventory(Some(day), &Progress::none()).unwrap();
    assert!(inventory.known().filter_map(|kind| kind.days).all(|days| days.1 <= day), "{inventory:?}");
    assert_eq!(inventory.people.customers as f64, count(&then));
}

#[test]
fn a_real_shop_is_filled_as_far_as_its_file_goes() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut session) = online_retail(folder.path()) else { return };
    let found = fills(&mut session);
    let filled = checked(&found, "Online Retail");
    assert!(filled >= 36, "{filled}");
    assert!(found["CART_CURR"].is_err() && found["CONV_CURR"].is_err(), "no file tells of carts and visits");
    let hint = found["GDPR_STATUS"].as_ref().unwrap_err();
    assert!(hint.contains("European Economic Area"), "{hint}");
    println!("{hint}\n{:?}", told(&found, "TRANS_DATA").value);
}
