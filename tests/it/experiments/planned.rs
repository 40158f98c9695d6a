//! Sizes of experiments, from what is typed and from what the shop's own customers do.

use cartwright::analytics::experiment::plan::Base;
use cartwright::jobs::Progress;
use cartwright::model::Experiment;
use cartwright::model::experiment::{Covariate, METRICS, Metric};
use cartwright::ops::experiments::baseline::Takers;
use cartwright::ops::experiments::planning::Seen;
use cartwright::ops::{Session, sample};
use cartwright::sample::Params;

use super::cli;

#[test]
fn a_typed_rate_gives_the_size_of_the_formula() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let read = cli::json(at, &["plan", "--rate", "0.05", "--effect", "0.1", "--per-week", "10000", "--json"]);
    // Fleiss, Levin, Paik (2003), without correction for continuity: 31,234 each.
    assert_eq!(read["arms"], serde_json::json!([31_234, 31_234]));
    assert_eq!((read["users"].as_u64(), read["weeks"].as_u64()), (Some(62_468), Some(7)));
    assert!(read["what_if"].as_array().unwrap().len() > 5);
    let (_, said) = cli::ok(at, &["plan", "--mean", "5.2", "--deviation", "31", "--effect", "0.05", "--variants", "3"]);
    assert!(said.contains("in the control"), "{said}");
    for (args, words) in [
        (vec!["plan"], "name a workspace, or what is known"),
        (vec!["plan", "--rate", "0"], "rate lies between"),
        (vec!["plan", "--rate", "0.9", "--effect", "0.5"], "the rate would leave"),
        (vec!["plan", "--rate", "0.1", "--effect", "0"], "not zero"),
        (vec!["plan", "--rate", "NaN"], "rate lies between"),
        (vec!["plan", "--rate", "0.1", "--variants", "1"], "2 to 20 variants"),
    ] {
        let why = cli::fails(at, &args);
        assert!(why.to_lowercase().contains(&words.to_lowercase()), "{args:?}: {why}");
    }
}

fn shop(folder: &std::path::Path) -> Session {
    let params = Params { customers: 5_000, ..Params::default() };
    sample::create(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap()
}

#[test]
fn the_shop_s_own_customers_tell_rate_spread_and_correlation() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let mut plan = Experiment::new("").plan;
    (plan.effect, plan.window_days) = (Some(0.1), Some(60));
    let none = session.plan_experiment(&plan, Takers::Customers, None, &Progress::none()).unwrap().0;
    let Base::Share { rate } = none.known.base else { panic!("conversion is a share") };
    assert!((0.01..0.6).contains(&rate), "{rate}");
    assert_eq!(none.known.correlation, 0.0);
    assert!(matches!(none.detectable.as_slice(), [(Seen::All(_), change)] if *change > 0.0));
    plan.covariate = Some(Covariate::RevenueBefore(365));
    let (known, baseline) = session.plan_experiment(&plan, Takers::Customers, None, &Progress::none()).unwrap();
    assert!(known.known.correlation > 0.05, "who bought more before buys more often: {}", known.known.correlation);
    let (with, without) = (known.size.unwrap().users as f64, none.size.unwrap().users as f64);
    let saved = 1.0 - known.known.correlation.powi(2);
    assert!((with / without - saved).abs() < 0.01, "{with} of {without}, not {saved}");
    let told: Vec<&Metric> = baseline.metrics.iter().map(|(metric, _)| metric).collect();
    assert_eq!(told, METRICS.iter().map(|(metric, _)| metric).collect::<Vec<_>>());
    let why = session.plan_experiment(&plan, Takers::Sessions, None, &Progress::none()).unwrap_err().to_string();
    assert!(why.contains("no sessions are known"), "{why}");
    let path = session.path().to_str().unwrap().to_owned();
    let read = cli::json(folder.path(), &["plan", &path, "--primary", "order_value", "--before", "180", "--json"]);
    assert!(read["users"].as_u64().unwrap() > 0 && read["base"]["value"]["mean"].as_f64().unwrap() > 1.0, "{read}");
}
