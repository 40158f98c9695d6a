//! The command line of the calculators.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(args: &[&str]) -> (bool, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_cartwright")).arg("roi").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.success(), text(out.stdout), text(out.stderr))
}

fn json(args: &[&str]) -> Value {
    let (ok, out, error) = run(&[args, &["--json"]].concat());
    assert!(ok, "{args:?}: {error}");
    serde_json::from_str(&out).unwrap()
}

fn result(told: &Value, key: &str) -> Option<f64> {
    let all = told["results"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).unwrap_or_else(|| panic!("no {key}"))["value"].as_f64()
}

#[test]
fn the_example_needs_no_shop() {
    let (ok, out, error) = run(&["--example"]);
    assert!(ok, "{error}");
    for text in ["$297", "$148,500", "395%", "($148,500 − $30,000) ÷ $30,000", "against the month’s spend"] {
        assert!(out.contains(text), "{text} is not in {out}");
    }
    let told = json(&["--example", "--tornado", "roi", "--two-way", "margin", "lifespan", "--monte-carlo"]);
    assert!((result(&told, "roi").unwrap() - 3.95).abs() < 1e-12);
    assert_eq!(told["tornado"]["bars"][0]["key"], "lifespan");
    assert_eq!(told["two_way"]["as_it_stands"], serde_json::json!([2, 2]));
    assert_eq!(told["monte_carlo"]["quantiles"].as_array().unwrap().len(), 7);
    let (ok, out, error) = run(&["--example", "--tornado", "roi", "--two-way", "margin", "lifespan", "--monte-carlo"]);
    assert!(ok && out.contains("Customer lifespan") && out.contains("Below it"), "{error}{out}");
    assert!(run(&["--list"]).1.contains("marketing_roi"));
    assert_eq!(json(&["--list"])["calculators"].as_array().unwrap().len(), 13);
    for calculator in json(&["--list"])["calculators"].as_array().unwrap() {
        assert!(run(&["--example", "--calculator", calculator["key"].as_str().unwrap()]).0);
    }
}

#[test]
fn bad_input_is_refused_in_a_sentence() {
    for (args, words) in [
        (&["--set", "lifespan=0"][..], "0.1 to 600"),
        (&["--set", "margin=120%"], "-1000% to 100%"),
        (&["--set", "margin=20"], "20% and 0.2 are a fifth"),
        (&["--set", "new_customers=-5"], "0 to"),
        (&["--set", "aov=1e308"], "aov"),
        (&["--set", "aov=NaN"], "is no number"),
        (&["--set", "aov=inf"], "is no number"),
        (&["--set", "nothing=1"], "no assumption “nothing”"),
        (&["--set", "margin"], "is no change"),
        (&["--range", "lifespan=24..12"], "is no range"),
        (&["--range", "lifespan=20..24"], "the range does not hold the value"),
        (&["--tornado", "nonsense"], "no calculator tells"),
        (&["--calculator", "nonsense"], "there is no calculator"),
        (&["--draws", "0", "--monte-carlo"], "draws"),
    ] {
        let (ok, _, error) = run(&[&["--example"], args].concat());
        assert!(!ok && error.contains(words), "{args:?}: {error}");
    }
    let told = json(&["--example", "--set", "investment=0"]);
    assert_eq!(result(&told, "roi"), None);
    let text = told.to_string();
    assert!(text.contains("nothing is spent, so there is no return on it"), "{text}");
    let loss = json(&["--example", "--set", "margin=-10%"]);
    assert!((result(&loss, "clv").unwrap() + 148.5).abs() < 1e-9);
    assert_eq!(
        result(&json(&["--example", "--calculator", "cac", "--set", "new_customers=0"]), "cost_of_customer"),
        None
    );
    assert!(!run(&["--save", "x"]).0 && !run(&[]).0 && !run(&["nowhere.cartwright"]).0);
}

#[test]
fn a_shop_saves_compares_and_says_what_moves() {
    let folder = tempfile::tempdir().unwrap();
    drop(crate::rules::sample_shop(folder.path()));
    let file = folder.path().join("shop.cartwright");
    let file = file.to_str().unwrap();
    let taken = json(&[file, "--taken"]);
    let aov = taken["values"].as_array().unwrap().iter().find(|one| one["key"] == "aov").unwrap();
    assert!(aov["interval"][0].as_f64() < aov["value"].as_f64());
    let own = json(&[file]);
    assert_eq!(own["scenario"], "Your shop");
    let saved =
        json(&[file, "--set", "margin=30%", "--range", "margin=25%..35%", "--save", "Better margin", "--effects"]);
    assert!(saved["moved"].as_array().unwrap().iter().any(|one| one["what"] == "Customer lifetime value"));
    let both = json(&[file, "--compare", "your shop", "Better margin", "--effects"]);
    let clv = |n: usize| result(&both["scenarios"][n], "clv").unwrap();
    assert_eq!(clv(0), result(&own, "clv").unwrap());
    assert!(clv(1) != clv(0) && both["moved"].as_array().is_some_and(|moved| !moved.is_empty()));
    assert!(run(&[file, "--compare", "Your shop", "Better margin", "--effects"]).1.contains("Better margin"));
    assert!(run(&[file, "--scenario", "better margin", "--use"]).0);
    assert_eq!(json(&[file])["scenario"], "Better margin");
    let history = Command::new(env!("CARGO_BIN_EXE_cartwright")).arg("history").arg(file).output().unwrap();
    let history = String::from_utf8(history.stdout).unwrap();
    assert!(
        history.contains("Save scenario Better margin") && history.contains("Use scenario Better margin"),
        "{history}"
    );
    let (ok, _, error) = run(&[file, "--scenario", "gone"]);
    assert!(!ok && error.contains("there are Framework example, Your shop, Better margin"), "{error}");
    for args in
        [&["--taken"][..], &["--channels"], &["--stack"], &["--tornado", "clv", "--monte-carlo", "--draws", "200"]]
    {
        let (ok, out, error) = run(&[&[file], args].concat());
        assert!(ok && !out.contains("NaN"), "{args:?}: {error}");
        json(&[&[file], args].concat());
    }
    let early = run(&[file, "--as-of", "2020-01-01"]);
    assert!(early.0 && Path::new(file).exists(), "{}", early.2);
}
