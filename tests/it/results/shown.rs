//! What is told of campaigns: by the analysis, and on the command line.

use cartwright::analytics::results::{By, Place, RateKind, Standing, suggestions, summed};
use cartwright::jobs::Progress;
use cartwright::model::results::CampaignKey;
use cartwright::sample::Params;
use cartwright::sample::campaigns::{BEST, BETTER};

use super::shop;
use crate::shared::shared;

fn key(origin: &str, key: &str) -> CampaignKey {
    CampaignKey { origin: origin.into(), key: key.into() }
}

#[test]
fn figures_are_those_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let found = session.campaign_results(None, &Progress::none()).unwrap().unwrap();
    let of = |k: &CampaignKey| found.campaigns.iter().find(|one| one.key == *k).unwrap();

    // Two versions of one send: 2,000 people, 1,980 delivered.
    let spring = of(&key("klaviyo", "01SPRING"));
    assert_eq!((spring.sends, spring.recipients, spring.delivered), (1, Some(2_000), Some(1_980)));
    assert_eq!((spring.opens, spring.clicks, spring.money.revenue), (Some(800), Some(100), Some(105_050)));
    let versions = spring.versions.as_ref().unwrap();
    assert_eq!(versions.winner().map(|v| v.name.as_str()), Some("A"), "60 against 40 of 990 is beyond chance");
    // Wilson's interval of 100 of 1,980 at 95 %, worked out apart from this code.
    let (low, high) = spring.rate(RateKind::Click).unwrap().wilson;
    assert!((low - 0.041_699_96).abs() < 1e-7 && (high - 0.061_050_93).abs() < 1e-7, "{low} {high}");
    // 3.02 dollars spent twice a month: spend and value are in one currency, the ratio is theirs.
    let brand = of(&key("google_ads", "11"));
    assert_eq!((brand.money.spend, brand.money.revenue), (Some(1_575), Some(8_100)));
    assert!((brand.money.roas().unwrap() - 8_100.0 / 1_575.0).abs() < 1e-12);
    assert!((brand.money.roi().unwrap() - (8_100.0 / 1_575.0 - 1.0)).abs() < 1e-12);
    // A campaign in euros, without a rate: nobody can tell.
    let mugs = of(&key("meta_ads", "Mugs, blue"));
    assert!(mugs.money.unrated && mugs.money.roas().is_none() && mugs.in_periods);
    // Visits by links that are called like it.
    assert_eq!(of(&key("klaviyo", "F1")).visits, None);
    let both = summed(&[spring.key.clone(), brand.key.clone(), key("klaviyo", "gone")], &found.campaigns);
    assert_eq!((both.campaigns, both.missing.len()), (2, 1));
    assert_eq!((both.money.revenue, both.money.spend, both.clicks), (Some(113_150), Some(1_575), Some(114)));
    let meant = suggestions("Spring sale 2026", Some("spring_sale"), &found.campaigns);
    assert_eq!(meant.first().map(|(key, _)| key), Some(&spring.key));
    assert_eq!(
        spring.visits.map(|v| (v.sessions, v.purchases, v.revenue)),
        Some((1_200, Some(30), Some(164_425))),
        "visits by links called spring_sale"
    );
}

#[test]
fn the_better_weekday_and_hour_of_the_sample_shop_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers: 8_000, ..Params::default() };
    let file = folder.path().join("shop.cartwright");
    let mut session = cartwright::ops::sample::create(&file, &params, &Progress::none()).unwrap();
    let found = session.campaign_results(None, &Progress::none()).unwrap().unwrap();
    let hours = found.grouped(By::Hour).unwrap();
    let best = hours.best().expect("an hour that is better beyond chance");
    assert_eq!(best.name, format!("{:02}:00", BEST.1));
    let others: Vec<_> = hours.groups.iter().filter(|group| group.name != best.name).collect();
    let (k, n) = others.iter().fold((0, 0), |(k, n), group| (k + group.k, n + group.n));
    let lift = best.rate / (k as f64 / n as f64);
    assert!(lift > 1.0 + (BETTER - 1.0) / 2.0, "planted {BETTER}, found {lift}");
    assert!(others.iter().all(|group| group.standing != Standing::More));
    assert!(found.campaigns.iter().filter(|one| one.versions.is_some()).count() >= 5);
    assert!(found.grouped(By::Segment).unwrap().groups.iter().any(|group| group.name == "VIP/Loyal"));
    let placed = found.campaigns.iter().filter_map(|one| one.rate(RateKind::Click)?.past);
    assert!(placed.clone().count() > 40);
    assert!(placed.clone().any(|past| past.place == Place::High), "mails of the better hour");
    // As of a day what came later is not known.
    let early = cartwright::model::Day::parse("2025-01-31").unwrap();
    let past = session.campaign_results(Some(early), &Progress::none()).unwrap().unwrap();
    assert!(past.campaigns.len() < found.campaigns.len());
    assert!(past.campaigns.iter().all(|one| one.days.1 <= early));
}

#[test]
fn the_command_prints_what_the_analysis_found() {
    let folder = tempfile::tempdir().unwrap();
    drop(shop(folder.path()));
    let run = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"));
        let command = command.args(["campaign", "results"]).arg(folder.path().join("shop.cartwright")).args(more);
        let out = command.output().unwrap();
        (out.status.success(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"]).1).unwrap();
    let spring = json["campaigns"].as_array().unwrap().iter().find(|one| one["key"] == "01SPRING").unwrap();
    assert_eq!((spring["revenue"].as_f64(), spring["delivered"].as_i64()), (Some(1050.5), Some(1_980)));
    assert_eq!(spring["versions"]["winner"].as_str(), Some("A"));
    assert!(json["groups"][0]["groups"][0]["interval"].is_null(), "one send tells nothing of its hour");
    let (_, text, _) = run(&["spring sale"]);
    assert!(text.contains("A did better beyond chance") && text.contains("too few earlier ones"), "{text}");
    let (fine, _, error) = run(&["nothing of the kind"]);
    assert!(!fine && error.contains("no imported campaign is called"), "{error}");
}

/// Open rates as Klaviyo itself prints them in its export.
#[test]
fn rates_are_those_that_klaviyo_prints() {
    let Some(path) = shared("samples/klaviyo/campaigns_export_excerpt.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut session = cartwright::ops::Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    super::import(&mut session, &path);
    let found = session.campaign_results(None, &Progress::none()).unwrap().unwrap();
    for (key, open, click) in [
        ("01JNKBNFTCMV9QW500TPVHSHXE", 70.80, 0.41),
        ("01JRJY5KADG2HFJBNNMBP2A2CP", 65.77, 30.26),
        ("01JT42NEWTTZSD31MJHYXA9P50", 69.49, 0.48),
    ] {
        let one = found.campaigns.iter().find(|one| one.key.key == key).unwrap();
        let percent = |kind| one.rate(kind).unwrap().rate * 100.0;
        assert!((percent(RateKind::Open) - open).abs() < 0.005, "{key}");
        assert!((percent(RateKind::Click) - click).abs() < 0.005, "{key}");
    }
}
