//! The command as a user types it.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

fn clv(folder: &Path, args: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright"));
    command.current_dir(folder).args(["clv", "shop.cartwright"]).args(args).output().unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let out = clv(folder, &[args, &["--json"]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn sample(folder: &Path) {
    let args = ["sample", "shop.cartwright", "--customers", "3000"];
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output();
    assert!(made.unwrap().status.success());
}

#[test]
fn the_command_gives_parameters_customers_and_the_held_out_check() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let value = json(folder.path(), &["--limit", "5"]);
    assert_eq!((value["model"].as_str(), value["time_unit"].as_str()), (Some("bg-nbd"), Some("week")));
    for letter in ["r", "alpha", "a", "b"] {
        let [low, at, high] =
            [&value["intervals"][letter][0], &value["params"][letter], &value["intervals"][letter][1]]
                .map(|v| v.as_f64().unwrap());
        assert!(0.0 < low && low < at && at < high, "{letter}: {low} {at} {high}");
    }
    assert!(value["log_likelihood"].as_f64().unwrap() < 0.0);
    let customers = value["customers"].as_array().unwrap();
    let worth: Vec<f64> = customers.iter().map(|c| c["predicted_value"]["value"].as_f64().unwrap()).collect();
    assert!(worth.len() == 5 && worth.windows(2).all(|w| w[0] >= w[1]), "{worth:?}");
    let check = &value["held_out"];
    assert!(check["calibration"].as_array().unwrap().len() >= 6);
    assert!(check["model"]["rmse"].as_f64() < check["naive"]["rmse"].as_f64(), "{check}");
    assert_eq!(check["verdict"], "model");
    let days = json(folder.path(), &["--limit", "1", "--time-unit", "day"]);
    let ratio = days["params"]["alpha"].as_f64().unwrap() / value["params"]["alpha"].as_f64().unwrap();
    assert!((ratio - 7.0).abs() < 1e-9, "{ratio}");
}

#[test]
fn models_horizons_and_customers_are_chosen_by_option() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let short = json(folder.path(), &["--model", "pareto-nbd", "--horizon", "90d", "--discount", "0", "--limit", "1"]);
    assert!(short["params"]["beta"].is_f64() && short["horizon_days"] == 90.0);
    let who = short["customers"][0]["customer_id"].as_str().unwrap();
    let long = json(folder.path(), &["--model", "pareto-nbd", "--horizon", "2y", "--customers", who]);
    let one = long["customers"].as_array().unwrap();
    assert_eq!((one.len(), one[0]["customer_id"].as_str()), (1, Some(who)));
    let orders = |v: &Value| v["customers"][0]["expected_orders"]["value"].as_f64().unwrap();
    assert!(orders(&long) > orders(&short));
    for wrong in [["--horizon", "soon"], ["--discount", "much"], ["--model", "guess"]] {
        assert_eq!(clv(folder.path(), &wrong).status.code(), Some(2), "{wrong:?}");
    }
    let early = clv(folder.path(), &["--as-of", "2020-01-01"]);
    assert_eq!(early.status.code(), Some(1));
    let words = String::from_utf8_lossy(&early.stderr).into_owned();
    assert!(words.contains("too little to tell: 0 of at least 5"), "{words}");
}

#[test]
fn people_read_the_verdict_and_how_intervals_are_made() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let out = String::from_utf8(clv(folder.path(), &[]).stdout).unwrap();
    for words in ["Held-out check: fitted until", "Past rate goes on", "The model was nearer", "Intervals are 95%"] {
        assert!(out.contains(words), "{words}\n{out}");
    }
}
