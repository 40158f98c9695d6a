//! `forecast`, `forecast demand` and `forecast prices` as a user types them, and demand against a naive count.

use assert_cmd::Command;
use cartwright::analytics::demand::Settings;
use cartwright::analytics::revenue::Revenue;
use cartwright::jobs::Progress;
use cartwright::model::Day;
use serde_json::Value;

use super::sample_shop;

fn run(args: &[&str]) -> (bool, String, String) {
    let out = Command::cargo_bin("cartwright").unwrap().args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (out.status.success(), text(&out.stdout), text(&out.stderr))
}

fn json(args: &[&str]) -> Value {
    let (done, out, err) = run(args);
    assert!(done, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn forecasts_are_told_as_text_json_and_document() {
    let (folder, session) = sample_shop(2_000, 42);
    let shop = session.path().to_str().unwrap().to_owned();
    drop(session);
    let page = folder.path().join("forecast.html");
    let found =
        json(&["forecast", &shop, "--measure", "orders", "--ahead", "8", "--out", page.to_str().unwrap(), "--json"]);
    let number = |value: &Value| value.as_f64().unwrap();
    let ahead = found["ahead"].as_array().unwrap();
    assert!(ahead.len() == 8 || ahead.len() == 9, "{}", ahead.len());
    let sum: f64 = ahead.iter().map(|step| number(&step["middle"])).sum();
    assert!((number(&found["total"]["middle"]) / sum - 1.0).abs() < 1e-9);
    for step in ahead {
        let low = number(&step["within_95"][0]);
        assert!(low <= number(&step["within_80"][0]) && number(&step["within_80"][0]) <= number(&step["middle"]));
    }
    let (own, naive) = (number(&found["held_out"]["own"]["wape"]), number(&found["held_out"]["naive"]["wape"]));
    assert!(own <= naive && found["used_naive"] == (own == naive), "{own} {naive}");
    assert!(std::fs::read_to_string(page).unwrap().contains("Rules on the shop"));
    let (done, out, err) = run(&["forecast", &shop, "--measure", "aov", "--by", "month", "--country", "US"]);
    assert!(done && out.contains("per order is expected") && out.contains("95% interval"), "{out} {err}");
    let (done, _, err) = run(&["forecast", &shop, "--by", "month", "--ahead", "13"]);
    assert!(!done && err.contains("at most 12 months"), "{err}");
    let (done, _, err) = run(&["forecast"]);
    assert!(!done && err.contains("workspace"), "{err}");

    let demand = json(&["forecast", "demand", &shop, "--lead-days", "21", "--top", "5", "--json"]);
    assert_eq!(demand["products"].as_array().unwrap().len(), 5);
    assert_eq!(demand["settings"]["lead_days"], 21);
    let (done, out, err) = run(&["forecast", "demand", &shop, "--top", "3"]);
    assert!(done && out.contains("by the naive rule"), "{out} {err}");
    let (done, _, err) = run(&["forecast", "demand", &shop, "--service", "2"]);
    assert!(!done && err.contains("0.5 to 0.999"), "{err}");
    let prices = json(&["forecast", "prices", &shop, "--json"]);
    for product in prices["products"].as_array().unwrap() {
        let told = product["told"].as_bool().unwrap();
        assert_eq!(told, product["doubts"].as_array().unwrap().is_empty());
        assert_eq!(!told, product["words"].as_str().unwrap().starts_with("Cannot tell"), "{product}");
    }
}

/// Units and money of the last 52 weeks, counted line by line.
#[test]
fn demand_counts_what_was_sold() {
    let (_folder, mut session) = sample_shop(1_000, 7);
    let (data, definitions) = (session.dataset(&Progress::none()).unwrap(), session.definitions().unwrap());
    let last = data.span.unwrap().1;
    let found = session.demand(&Settings::default(), None, &Progress::none()).unwrap().unwrap();
    let revenue = Revenue::new(&data, &definitions, last);
    let mut units = vec![0.0; data.products.id.len()];
    let mut paid = vec![0.0; units.len()];
    for order in (0..data.orders.id.len()).filter(|order| revenue.is_counted(*order)) {
        if data.orders.day[order] <= Day(last.0 - 364) {
            continue;
        }
        let first = data.orders.line_start[order] as usize;
        let lines = first..first + data.orders.line_count[order] as usize;
        let net = |line: usize| (data.lines.amount.get(line) - data.lines.discount.get(line)) as f64;
        let goods: f64 = lines.clone().map(net).sum();
        let off: f64 = lines.clone().map(|line| data.lines.discount.get(line) as f64).sum();
        let rest = (data.orders.discount.get(order) as f64 - off).clamp(0.0, goods.max(0.0));
        for line in lines {
            let product = data.lines.product[line] as usize;
            units[product] += data.lines.quantity_milli.get(line) as f64 / 1_000.0;
            paid[product] += net(line) * if goods > 0.0 { 1.0 - rest / goods } else { 1.0 };
        }
    }
    assert!(found.products.len() > 10);
    for product in &found.products {
        let at = product.product as usize;
        assert!((product.units - units[at]).abs() < 1e-3 * units[at].abs().max(1.0), "{} {}", product.units, units[at]);
        assert!((product.revenue as f64 - paid[at]).abs() <= 2.0, "{} {}", product.revenue, paid[at]);
    }
    // Urgent ones first.
    let days: Vec<_> = found.products.iter().filter_map(|product| product.stock?.order_by).collect();
    assert!(days.is_sorted());
}
